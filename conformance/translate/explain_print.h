/* SPDX-License-Identifier: Apache-2.0 */
/** @file What --explain prints: the fields of a translation, one a line, with the file, line and column of each. */
#ifndef HCSPROOF_TRANSLATE_EXPLAIN_PRINT_H
#define HCSPROOF_TRANSLATE_EXPLAIN_PRINT_H

#include "input/position.h"
#include "io/input.h"
#include "translate/translation.h"

typedef struct explain_style {
  bool json;  /**< an object a line; else text */
  bool parts; /**< a line of text begins with the part that the field is of */
} explain_style;

/** A text that fields come from, and the way to places of it: read into `arena` for the first place, and kept there for
 * all that is explained of the same text. */
typedef struct explain_text {
  const input_text *text;
  input_map *map;
  hcsref_arena *arena;
} explain_text;

/** Appends a line for each of `fields`, a slice of translation_field. `texts` holds TRANSLATION_SOURCES inputs, those
 * that the fields' sources mean. Errors: out-of-memory. */
bool explain_append(hcsref_arena *arena, const explain_style *style, const explain_text *texts,
                    const hcsref_slice *fields, hcsref_buf *out, hcsref_error *err);

#endif
