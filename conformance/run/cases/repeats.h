/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Texts that repeat themselves. {"$": ["a", ["bc", 3], "d"]} stands for the string "abcbcbcd" wherever one may stand in
 * a case: parts one after another, each a string, or a string and how often it is there. So a case about a limit says
 * what its input is made of.
 */
#ifndef KIT_RUN_CASES_REPEATS_H
#define KIT_RUN_CASES_REPEATS_H

#include "hcsref/json.h"

/** Most bytes of a case in which such texts are written out. */
#define KIT_REPEATS_LIMIT ((size_t)1 << 20)

/** Are there such texts in a case, well or badly formed? */
bool kit_repeats_in(hcsref_str text);
/** The case with its texts written out, in `arena`; `text` itself when there are none. Errors: "repeat-form",
 * "repeat-limit", "out-of-memory". */
bool kit_repeats_write_out(hcsref_arena *arena, hcsref_str text, hcsref_str *out, hcsref_error *err);

#endif
