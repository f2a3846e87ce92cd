/* SPDX-License-Identifier: Apache-2.0 */
/** @file JSON texts from trees and texts. */
#ifndef KIT_COMPARE_TEXT_H
#define KIT_COMPARE_TEXT_H

#include "compare/tree.h"

/** Appends `text`, which is JSON, without the white space between its tokens: numbers and strings stay as they
 * are spelt, bad bytes too, so a value of any layout becomes one line. */
void kit_json_append_compact(hcsref_buf *buf, hcsref_str text);
/** Are two JSON texts the same, white space between tokens aside? */
bool kit_json_same_text(hcsref_str a, hcsref_str b);
/** Appends `root` the way encoding/json writes it: no white space, strings with its escapes; members in their
 * order, numbers as they are spelt. */
void kit_json_append_canonical(hcsref_buf *buf, const kit_json *root);
/** Is the text of `node` what kit_json_append_canonical makes of it? False, too, where it cannot be told at a glance.
 */
bool kit_json_is_canonical(const kit_json *node);
/** Appends `root` over several lines, two spaces a level (`level` levels to begin with; 40 levels at most), strings and
 * numbers as they are spelt. A container that fits into `width` columns with what stands before it stays on its line;
 * 0: only empty ones do. */
void kit_json_append_pretty(hcsref_buf *buf, const kit_json *root, size_t level, size_t width);
/** Appends `key` as a segment of a JSON pointer: a slash, and ~ and / written as ~0 and ~1. */
void kit_pointer_append(hcsref_buf *buf, hcsref_str key);
/** The same of a member, or of an element of a list, which has no key but an index. */
void kit_pointer_append_child(hcsref_buf *buf, hcsref_str key, size_t index);

#endif
