/* SPDX-License-Identifier: Apache-2.0 */
/** @file For which releases a case holds beyond its evidence: those that differ only in changes it does not show. */
#ifndef GOLDEN_ACROSS_H
#define GOLDEN_ACROSS_H

#include "hcsref/json.h"
#include "run/cases/case.h"

typedef struct golden_across golden_across;

/** Null: out of memory. */
golden_across *golden_across_new(hcsref_arena *arena);
/** Appends to `ranges` (of hcsref_str, in `arena`) all that the case holds for, when that is more than it says; else
 * nothing. A release is added when the reference answers there what it answers as the nearest witness of the case, and
 * would still do so as that witness if any one of the changes between the two were turned round. False: out of memory.
 */
bool golden_across_ranges(golden_across *a, hcsref_arena *arena, const kit_case *c, hcsref_slice *ranges);

#endif
