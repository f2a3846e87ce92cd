/* SPDX-License-Identifier: Apache-2.0 */
#include "run/result.h"

static const char *const failure_names[KIT_FAILURES] = {
    "none",        "difference",  "no-error", "error", "code",     "message",   "host-calls",
    "unsupported", "no-document", "timeout",  "died",  "protocol", "too-large", "not-utf8",
};

const char *kit_verdict_name(kit_verdict verdict) {
  static const char *const names[] = {"pass", "fail", "skip", "broken"};
  return names[verdict];
}

const char *kit_failure_name(kit_failure failure) {
  return failure_names[failure];
}

bool kit_failure_from_name(hcsref_str name, kit_failure *out) {
  size_t i;
  for (i = 1; i < KIT_FAILURES; i++) {
    if (hcsref_str_equal(name, hcsref_cstr(failure_names[i]))) {
      *out = (kit_failure)i;
      return true;
    }
  }
  return false;
}
