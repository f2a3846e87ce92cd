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
if [[ -z ${CMAKE_C_COMPILER_LAUNCHER+set} ]] && command -v ccache >/dev/null; then
  export CMAKE_C_COMPILER_LAUNCHER=ccache
fi
# The name of the build folder, which debug information would have, makes no other object.
export CCACHE_NOHASHDIR=1

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

# build PRESET [TARGET...]: on a terminal with ninja's progress line, elsewhere with a line for what fails only.
build() {
  local preset=$1 quiet=()
  shift
  [[ -t 1 ]] || quiet=(-- --quiet)
  mkdir -p "$top/build"
  (cd "$top" && cmake --preset "$preset" >"$top/build/$preset.configure.log" 2>&1) ||
    { cat "$top/build/$preset.configure.log"; return 1; }
  (cd "$top" && cmake --build --preset "$preset" -j "$cores" ${1:+--target "$@"} "${quiet[@]}")
}
