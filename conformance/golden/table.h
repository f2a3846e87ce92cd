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

/** How many releases of a program the table has; of Go, one. */
size_t golden_table_release_count(const golden_table *table, hcsref_program program);
/** The versions of Go with which something changes, each up to the next: how many (at most 64). */
size_t golden_table_go_count(const golden_table *table);
/** The i-th release of the program, built with the g-th of them. Null: out of memory. */
const hcsref_profile *golden_table_cell(golden_table *table, hcsref_program program, size_t i, size_t g);
/** Appends the ranges (of hcsref_str) of those: by release, bit g of `sets`. False: out of memory. */
bool golden_table_cell_ranges(golden_table *table, hcsref_program program, const uint64_t *sets, hcsref_slice *out);
/** Appends a range as a JSON string, with < and > as they are: people read and write ranges. */
void golden_append_range(hcsref_buf *buf, hcsref_str range);

#endif
