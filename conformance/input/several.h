/* SPDX-License-Identifier: Apache-2.0 */
/** @file The containers of one file: docker inspect prints a list of them; crictl inspect a list or, before cri-tools
 * 1.29, one document after another. */
#ifndef HCSPROOF_INPUT_SEVERAL_H
#define HCSPROOF_INPUT_SEVERAL_H

#include "compare/tree.h"
#include "hcsref/json.h"

/** One of them: its own text, and the pointer that leads to it in the whole. */
typedef struct input_item {
  hcsref_str text, place;
} input_item;

/** Reads JSON. Several documents, one after another, are a list when a program prints containers like that; all else is
 * one value, and what follows it an error. After a failure `*offset` is its byte. Errors: those of kit_json_parse_at.
 */
bool input_parse(hcsref_arena *arena, hcsref_str json, kit_json **tree, size_t *offset, hcsref_error *err);

/** The operand's containers, a slice of input_item, each read once: what has no list of them is one item, the operand
 * as it is, whatever that may be. False: out of memory. */
bool input_split(hcsref_arena *arena, hcsref_str operand, hcsref_slice *items, hcsref_error *err);

#endif
