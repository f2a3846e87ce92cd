/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Making a JSON text smaller, step by step, as long as somebody says that what matters about it is still there:
 * members and elements are left out, containers emptied, strings shortened, numbers made smaller.
 *
 *     while (kit_shrink_next(shrink, &candidate))
 *       kit_shrink_answer(shrink, is_still_wrong(candidate));
 *
 * Every step that is kept makes the text shorter or a digit smaller, so it ends; the same answers give the same steps.
 */
#ifndef KIT_FUZZ_SHRINK_H
#define KIT_FUZZ_SHRINK_H

#include "hcsref/base.h"

typedef struct kit_shrink kit_shrink;

/** Null: out of memory. A text that is no JSON, or has too many values for an outline, has no candidates. */
kit_shrink *kit_shrink_new(hcsref_str text);
void kit_shrink_free(kit_shrink *shrink);
/** The next smaller text, valid until the next call; false when no step is left. */
bool kit_shrink_next(kit_shrink *shrink, hcsref_str *candidate);
/** Was that one still good? Then it is what further steps start from. */
void kit_shrink_answer(kit_shrink *shrink, bool kept);
/** The smallest text so far. */
hcsref_str kit_shrink_text(const kit_shrink *shrink);

#endif
