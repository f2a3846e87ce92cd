# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# What the steps of tools/test share. Sourced, never run. A step is a program that prints what it does, adds
# its results with `count`, and fails when one of them did.

. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
cd "$top" || exit 1

# count PASSED FAILED SKIPPED: for tools/test, which names the file; a step that is run alone shows them.
count() {
  if [[ -n ${HCSPROOF_COUNTS-} ]]; then
    echo "$1 $2 $3" >>"$HCSPROOF_COUNTS"
  else
    say "$1 passed, $2 failed, $3 skipped"
  fi
}

# check COMMAND...: one result, passed when the command succeeds.
check() {
  if "$@"; then
    count 1 0 0
  else
    count 0 1 0
    return 1
  fi
}

# sources SUFFIX: our own files with this suffix, a full path a line.
sources() {
  find "$top" -path "$top/build" -prune -o -name "*.$1" -print | sort
}

# The cmocka programs of a build, a path a line.
cmocka_programs() {
  find "build/$1/bin" -maxdepth 1 -type f -executable \( -name 'test_*' -o -name 'kit_*' \) | sort
}

# build_and_test PRESET [LABEL...]: the tests of the build but for those with such a label, counted one by one; with
# tools/test --quick without the slow ones, and with some of many similar attempts. One more at a time than there are
# processors, since some tests wait.
build_and_test() {
  local preset=$1 report=$top/build/$1/tests.xml status=0 passed failed skipped leave_out=''
  shift
  if [[ -n ${HCSPROOF_QUICK-} ]]; then
    set -- slow "$@"
    export HCSPROOF_TEST_STRIDE=7
  fi
  [[ $# -eq 0 ]] || leave_out="^($(IFS='|' && echo "$*"))$"
  build "$preset"
  ctest --preset "$preset" -j $((cores + 1)) ${leave_out:+--label-exclude "$leave_out"} --timeout 600 --no-tests=error \
    --output-junit "$report" --test-output-size-passed 10000000 --test-output-size-failed 10000000 || status=$?
  read -r passed failed skipped < <(tools/steps/count-tests "$report")
  count "$passed" "$failed" "$skipped"
  return "$status"
}
