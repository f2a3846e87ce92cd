/* SPDX-License-Identifier: Apache-2.0 */
/** @file Files of recorded cases with and without named values (run/cases/values.h). */
#ifndef KIT_GOLDEN_PACK_H
#define KIT_GOLDEN_PACK_H

#include "hcsref/json.h"

/** The cases of a .jsonl file in full, one per line, into `arena`. Errors: those of kit_values_read, with the number of
 * the line in the message. */
bool golden_unpack(hcsref_arena *arena, hcsref_str text, hcsref_str *out, hcsref_error *err);
/** The other way: each case on its line, in canonical form but without white space, and what several share named above
 * the first that has it.
 * The same cases always give the same text. A text that could not be read again stays as it is. Errors: "json-syntax",
 * "json-depth" (with the number of the line), "out-of-memory". */
bool golden_pack(hcsref_arena *arena, hcsref_str text, hcsref_str *out, hcsref_error *err);

#endif
