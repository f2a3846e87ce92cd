#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the fuzz targets as OSS-Fuzz and ClusterFuzzLite want them: programs, seed archives, dictionaries and options
# in $OUT. The environment gives $CC, $CXX, $CFLAGS, $CXXFLAGS, $LIB_FUZZING_ENGINE, $OUT, $WORK, $SRC, and may give
# $SANITIZER and $FUZZING_ENGINE.
#
# Programs are linked with what a bare machine has: the kit's libraries for JSON and YAML are linked statically.

set -euo pipefail

source_folder=${SRC:?}/hcsproof
build=${WORK:?}/hcsproof
: "${LIB_FUZZING_ENGINE:?}" "${CC:?}" "${CXX:?}" "${OUT:?}"

options=()
# Only libFuzzer and what is made like it calls our mutator.
[[ ${FUZZING_ENGINE:-libfuzzer} == libfuzzer || ${FUZZING_ENGINE:-libfuzzer} == centipede ]] ||
  options+=(-DHCSPROOF_FUZZ_MUTATOR=OFF)
# The memory sanitizer must see every store, and a foreign library is not built with it.
[[ ${SANITIZER:-address} != memory ]] || options+=(-DHCSPROOF_FUZZ_FOREIGN=OFF)

cmake -S "$source_folder" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=None -DHCSPROOF_TESTS=OFF \
  -DHCSPROOF_FUZZING_ENGINE="$LIB_FUZZING_ENGINE" "${options[@]}" \
  -Dpkgcfg_lib_JANSSON_jansson="$(pkg-config --variable=libdir jansson)/libjansson.a" \
  -Dpkgcfg_lib_YAML_yaml="$(pkg-config --variable=libdir yaml-0.1)/libyaml.a"
cmake --build "$build" --target fuzz-programs

for program in "$build"/bin/fuzz_*; do
  name=${program##*/fuzz_}
  length=$(awk -v n="$name" '$1 == n { print $2; found = 1 } END { if (!found) print 4096 }' \
    "$source_folder/fuzz/lengths")
  cp "$program" "$OUT/fuzz_$name"
  cp "$build/dictionaries/$name.dict" "$OUT/fuzz_$name.dict"
  printf '[libfuzzer]\nmax_len = %s\ndict = fuzz_%s.dict\n' "$length" "$name" >"$OUT/fuzz_$name.options"
  rm -f "$OUT/fuzz_${name}_seed_corpus.zip"
  "$source_folder/fuzz/inputs" unpack "$source_folder/corpus/$name.inputs" "$build/corpus/$name" >/dev/null
  (cd "$build/corpus/$name" && find . -type f | sort | zip -q -X "$OUT/fuzz_${name}_seed_corpus.zip" -@)
done
