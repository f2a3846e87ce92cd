/* SPDX-License-Identifier: Apache-2.0 */
/** @file Which releases the table of changes tells nothing apart of, and the ranges that they are. */
#ifndef GOLDEN_TABLE_H
#define GOLDEN_TABLE_H

#include "hcsref/json.h"
#include "hcsref/profile.h"

/** A program in a release, built with a Go. Two of the same program of which the table says the same answer the same.
 */
typedef struct golden_build {
  const hcsref_profile *profile;
  hcsref_program program;
  hcsref_str release, go; /**< what the table says of the release, and of the Go */
} golden_build;

typedef struct golden_table golden_table;

/** Null: out of memory. */
golden_table *golden_table_new(hcsref_arena *arena);
/** Looks up what is in force for `program`, which the profile must have. False: out of memory. */
bool golden_table_look(golden_table *table, const hcsref_profile *profile, hcsref_program program, golden_build *out);
/** Has the table no change between the two? */
bool golden_builds_equal(const golden_build *a, const golden_build *b);
/** Appends the ranges (of hcsref_str) of all builds that equal one of `builds`: "baseline", runs of releases, single
 * commits, each with the versions of Go that change nothing. False: out of memory. */
bool golden_table_ranges(golden_table *table, const golden_build *builds, size_t count, hcsref_slice *out);

#endif
