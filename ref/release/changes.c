/* SPDX-License-Identifier: Apache-2.0 */
#include "release/changes.h"

#define PROGRAM(name) (1u << HCSREF_PROGRAM_##name)

/* Whose rules the changes of a part belong to. */
#define OF_GO           (PROGRAM(CONTAINERD) | PROGRAM(HCSSHIM) | PROGRAM(MOBY) | PROGRAM(GO))
#define OF_RUNTIME_SPEC (PROGRAM(CONTAINERD) | PROGRAM(HCSSHIM) | PROGRAM(MOBY))
#define OF_CONTAINERD   PROGRAM(CONTAINERD)
#define OF_HCSSHIM      PROGRAM(HCSSHIM)
#define OF_MOBY         PROGRAM(MOBY)

/* Who has a change in the baseline. */
#define NONE 0u
#define SHIM PROGRAM(HCSSHIM)
#define BOTH OF_GO

bool hcsref_part_concerns(hcsref_part part, hcsref_program program) {
  static const unsigned programs[] = {OF_GO, OF_RUNTIME_SPEC, OF_CONTAINERD, OF_HCSSHIM, OF_MOBY};
  return (programs[part] >> (unsigned)program & 1u) != 0;
}

const hcsref_change_row hcsref_change_rows[HCSREF_CHANGE_COUNT] = {
    {"", HCSREF_PART_GO, "", "", HCSREF_LEVEL_MAY, "", ""},
#define HCSREF_CHANGE(part, name, slug, since, until, baseline, level, what, upstream)                                 \
  {slug, HCSREF_PART_##part, since, until, HCSREF_LEVEL_##level, what, upstream},
#include "release/changes.def"
};

const hcsref_rules hcsref_baseline[HCSREF_PROGRAM_COUNT] = {
    {"1.0.2-dev",
     {
         false,
#define HCSREF_CHANGE(part, name, slug, since, until, baseline, level, what, upstream)                                 \
  ((baseline)&OF_##part & PROGRAM(CONTAINERD)) != 0,
#include "release/changes.def"
     }},
    {"1.1.0",
     {
         false,
#define HCSREF_CHANGE(part, name, slug, since, until, baseline, level, what, upstream)                                 \
  ((baseline)&OF_##part & PROGRAM(HCSSHIM)) != 0,
#include "release/changes.def"
     }},
    {"", {false}},
    {"",
     {
         false,
#define HCSREF_CHANGE(part, name, slug, since, until, baseline, level, what, upstream)                                 \
  ((baseline)&OF_##part & PROGRAM(GO)) != 0,
#include "release/changes.def"
     }},
};
