/* SPDX-License-Identifier: Apache-2.0 */
/** @file Which of all releases a case holds for. */
#ifndef GOLDEN_HOLDS_H
#define GOLDEN_HOLDS_H

#include "run/cases/case.h"

/** Most releases of the table, and the baseline. */
#define GOLDEN_MOST_PROFILES 512

/** A set of them. */
typedef struct golden_set {
  uint64_t words[GOLDEN_MOST_PROFILES / 64];
} golden_set;

typedef struct golden_holds golden_holds;

/** The baseline and every release, each as its own build made it. Null: out of memory. */
golden_holds *golden_holds_new(hcsref_arena *arena);
/** Where the case holds. False: out of memory. */
bool golden_holds_of(golden_holds *holds, const kit_case *c, golden_set *out);
/** The i-th release, from 0 on; null when there are no more. */
const hcsref_profile *golden_holds_at(const golden_holds *holds, size_t i);
/** Is the i-th in the set? */
bool golden_set_has(const golden_set *set, size_t i);
/** The first that both sets have, or null. */
const hcsref_profile *golden_holds_common(const golden_holds *holds, const golden_set *a, const golden_set *b);

#endif
