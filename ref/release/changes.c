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

const hcsref_rules hcsref_baseline[HCSREF_PROGRAM_COUNT + 1] = {
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
    {"1.1.0",
     {
         false,
#define HCSREF_CHANGE(part, name, slug, since, until, baseline, level, what, upstream)                                 \
  ((baseline)&OF_##part & (PROGRAM(HCSSHIM) | OF_CONTAINERD)) != 0,
#include "release/changes.def"
     }},
};

size_t hcsref_change_count(void) {
  return HCSREF_CHANGE_COUNT - 1;
}

hcsref_change_info hcsref_change_at(size_t i) {
  static const char *const parts[] = {"go", "runtime-spec", "containerd", "hcsshim", "moby"};
  const hcsref_change_row *row = &hcsref_change_rows[i + 1];
  hcsref_change_info info = {row->slug, parts[row->part], row->since, row->until, row->level, row->what, row->upstream};
  return info;
}

bool hcsref_rules_have(const hcsref_rules *rules, size_t i) {
  return rules->in_force[i + 1];
}

bool hcsref_change_concerns(size_t i, hcsref_program program) {
  return hcsref_part_concerns(hcsref_change_rows[i + 1].part, program);
}
