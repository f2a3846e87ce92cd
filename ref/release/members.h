/* SPDX-License-Identifier: Apache-2.0 */
/* What a profile is made of. */
#ifndef HCSREF_RELEASE_MEMBERS_H
#define HCSREF_RELEASE_MEMBERS_H

#include "release/changes.h"

/* One program of a profile. */
typedef struct hcsref_member {
  bool present;
  const hcsref_release *release; /* null for Go */
  hcsref_str go;
  hcsref_rules rules;
} hcsref_member;

struct hcsref_profile {
  hcsref_str name;
  hcsref_member members[HCSREF_PROGRAM_COUNT];
};

#endif
