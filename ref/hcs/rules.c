/* SPDX-License-Identifier: Apache-2.0 */
#include "hcs/rules.h"

const hcsref_rules *hcsref_shim_rules(hcsref_arena *arena, const hcsref_profile *profile, hcsref_error *err) {
  const hcsref_rules *rules = hcsref_profile_rules(profile, HCSREF_PROGRAM_HCSSHIM);
  if (rules == NULL)
    hcsref_fail(arena, err, "unsupported", HCSREF_LIT(""), "profile %v has no hcsshim", hcsref_profile_name(profile));
  return rules;
}

bool hcsref_fail_release(hcsref_arena *arena, const char *what, hcsref_error *err) {
  return hcsref_fail(arena, err, "unsupported", HCSREF_LIT(""), "this release of hcsshim does not %s", what);
}
