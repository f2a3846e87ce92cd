/* SPDX-License-Identifier: Apache-2.0 */
/** @file Which changes of the table a case shows. */
#ifndef GOLDEN_WITNESS_H
#define GOLDEN_WITNESS_H

#include "run/cases/case.h"

typedef struct golden_witness golden_witness;

/** Null: out of memory. */
golden_witness *golden_witness_new(hcsref_arena *arena);
/** The case that is asked about from now on; it must live as long. False: out of memory. */
bool golden_witness_take(golden_witness *w, const kit_case *c);
/** Does the case hold for a release with (or without) the i-th change, and would the reference answer something else
 * there if that one change were turned round? Of several releases the one that differs least from one on the other side
 * is asked. What is found out of a case stays in `arena`, the same for all questions about it. False: out of memory. */
bool golden_witness_shows(golden_witness *w, hcsref_arena *arena, size_t i, bool with, bool *out);

#endif
