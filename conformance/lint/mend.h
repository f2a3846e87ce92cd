/* SPDX-License-Identifier: Apache-2.0 */
/** @file Writes a document as it should have been, where that is certain. */
#ifndef KIT_LINT_MEND_H
#define KIT_LINT_MEND_H

#include "input/position.h"
#include "lint/lint.h"

/** A stretch of a text and what replaces it. */
typedef struct lint_mend {
  size_t offset, length;
  hcsref_str text;
} lint_mend;

/** Notes (slice of lint_mend) what a finding at `place` says should stand there, if it says so and there is memory. */
void lint_note_mend(hcsref_arena *arena, const input_map *map, const input_place *place, const kit_finding *finding,
                    hcsref_slice *mends);
/** Appends `text` with the changes to `out`. Of two in one place the first counts. */
void lint_mend_text(hcsref_str text, const hcsref_slice *mends, hcsref_buf *out);
/** A text that is no JSON for a comma behind the last value or for comments, without them: null data when it is
 * something else that is wrong. */
hcsref_str lint_mend_syntax(hcsref_arena *arena, hcsref_str text);

#endif
