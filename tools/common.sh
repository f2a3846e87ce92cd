# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# What the scripts of this folder share. Sourced, never run.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cores=$(nproc 2>/dev/null || echo 2)
# Debian keeps the 64-bit program out of the PATH.
wine=/usr/lib/wine/wine64
[[ -x $wine ]] || wine=$(command -v wine64 || command -v wine || true)
# shellcheck disable=SC2034 # for the scripts of tools/mingw
wineserver=${wine%/*}/wineserver

if [[ -t 1 && -z ${NO_COLOR-} ]]; then
  bold=$'\e[1m' plain=$'\e[0m'
else
  bold='' plain=''
fi

# What was compiled before is not compiled again, in whatever folder, where ccache is installed.
use_compiler_cache() {
  if [[ -z ${CMAKE_C_COMPILER_LAUNCHER+set} ]] && command -v ccache >/dev/null; then
    export CMAKE_C_COMPILER_LAUNCHER=ccache
  fi
}
use_compiler_cache
# The name of the build folder, which debug information would have, makes no other object. What a file includes is read
# from what the compiler writes for ninja: to preprocess each file first takes as long as to compile a third of them.
# Nor does the language of a terminal, which would have tools/install/rebuild compile everything again.
export CCACHE_NOHASHDIR=1 CCACHE_DEPEND=1 CCACHE_SLOPPINESS=locale

say() {
  printf '%s== %s%s\n' "$bold" "$*" "$plain"
}

die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# usage FILE: the comment at the head of a script is its help.
usage() {
  sed -n '/^# SPDX/d; 2,/^$/ s/^# \{0,1\}//p' "$1"
}

# build PRESET [TARGET...]: on a terminal with ninja's progress line, elsewhere with a line for what fails only. Of two at
# once for one preset, the second waits.
build() {
  mkdir -p "$top/build"
  (
    if command -v flock >/dev/null; then
      exec 9>"$top/build/$1.lock"
      flock 9
    fi
    build_alone "$@" 9>&-
  )
}

build_alone() {
  local preset=$1 ready quiet=() settings=()
  shift
  [[ -t 1 ]] || quiet=(-- --quiet)
  # The compiler takes a little longer, all tests together half the time, and those under valgrind a third. Lines are what
  # traces show; more to debug with takes a sixth of the compiler's time. What coverage does not count is compiled as for dev.
  [[ $preset != dev && $preset != coverage ]] || settings=(-DCMAKE_C_FLAGS_DEBUG='-O1 -g1' -DHCSPROOF_LLD=ON)
  # gcov wants whole paths, which a shared cache may have taken out; ccache itself tells folders apart where it counts.
  [[ $preset != coverage ]] || export CCACHE_BASEDIR=''
  cd "$top" || return
  # Ninja itself looks at what CMake read, but not at these two.
  ready=build/$preset/build.ninja
  if [[ ! $ready -nt CMakePresets.json || ! $ready -nt tools/common.sh ]]; then
    cmake --preset "$preset" "${settings[@]}" >"build/$preset.configure.log" 2>&1 ||
      { cat "build/$preset.configure.log"; return 1; }
  fi
  cmake --build --preset "$preset" -j "$cores" ${1:+--target "$@"} "${quiet[@]}"
}
