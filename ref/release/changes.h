/* SPDX-License-Identifier: Apache-2.0 */
/* The changes of upstream's behaviour, and whether one is in force. No version is compared outside this folder. */
#ifndef HCSREF_RELEASE_CHANGES_H
#define HCSREF_RELEASE_CHANGES_H

#include "hcsref/profile.h"

/* Whose releases a change is counted in. */
typedef enum hcsref_part {
  HCSREF_PART_GO,           /* the Go that built the program */
  HCSREF_PART_RUNTIME_SPEC, /* opencontainers/runtime-spec as the program vendors it */
  HCSREF_PART_CONTAINERD,
  HCSREF_PART_HCSSHIM,
  HCSREF_PART_MOBY,
  HCSREF_PART_COUNT
} hcsref_part;

/* HCSREF_CHANGE_name of each row; NONE is no row: a field without a change. */
typedef enum hcsref_change {
  HCSREF_CHANGE_NONE,
#define HCSREF_CHANGE(part, name, slug, since, until, baseline, level, what, upstream) HCSREF_CHANGE_##name,
#include "release/changes.def"
  HCSREF_CHANGE_COUNT
} hcsref_change;

/* A row of the table. */
typedef struct hcsref_change_row {
  const char *slug;
  hcsref_part part;
  const char *since, *until; /* the first release of each line that has it, and where it went; "" for none */
  hcsref_change_level level;
  const char *what;     /* one sentence: what a user sees */
  const char *upstream; /* commit, pull request or issue */
} hcsref_change_row;

/* By HCSREF_CHANGE_…; the first, NONE, is empty. */
extern const hcsref_change_row hcsref_change_rows[HCSREF_CHANGE_COUNT];

/* Do the rules of `program` hold changes of `part`? */
bool hcsref_part_concerns(hcsref_part part, hcsref_program program);

struct hcsref_rules {
  const char *oci_version;            /* what the runtime-spec that it vendors calls itself */
  bool in_force[HCSREF_CHANGE_COUNT]; /* by HCSREF_CHANGE_… */
};

/* The rules of the baseline by program; moby's are not used. HCSREF_BASELINE: where no profile can be given; hcsshim's,
 * and containerd's changes too, for the tables of the CRI. */
extern const hcsref_rules hcsref_baseline[HCSREF_PROGRAM_COUNT + 1];
#define HCSREF_BASELINE (&hcsref_baseline[HCSREF_PROGRAM_COUNT])

/* Is the change in force? */
static inline bool hcsref_has(const hcsref_rules *rules, hcsref_change change) {
  return rules->in_force[change];
}

#endif
