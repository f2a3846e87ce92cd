/* SPDX-License-Identifier: Apache-2.0 */
/** @file A text in JSON or YAML as a tree. */
#ifndef HCSPROOF_INPUT_TEXT_H
#define HCSPROOF_INPUT_TEXT_H

#include "compare/tree.h"
#include "hcsref/json.h"

/** UTF-8 JSON of a JSON or YAML text, and its tree. `type` says what strings are, or is null. Errors: those of the
 * encoding, of YAML and of JSON. */
bool input_read_tree(hcsref_arena *arena, hcsref_str bytes, const hcsref_type *type, hcsref_str *text, kit_json **tree,
                     hcsref_error *err);

#endif
