/* SPDX-License-Identifier: Apache-2.0 */
/* The rules that a caller means. */
#ifndef HCSREF_HCS_RULES_H
#define HCSREF_HCS_RULES_H

#include "release/changes.h"

static inline const hcsref_rules *hcsref_rules_or_baseline(const hcsref_rules *rules) {
  return rules == NULL ? HCSREF_BASELINE : rules;
}

/* hcsshim's rules in `profile`; null with the error "unsupported" when that lacks it. */
const hcsref_rules *hcsref_shim_rules(hcsref_arena *arena, const hcsref_profile *profile, hcsref_error *err);

/* Error "unsupported": this release of hcsshim does not `what`. */
bool hcsref_fail_release(hcsref_arena *arena, const char *what, hcsref_error *err);

#endif
