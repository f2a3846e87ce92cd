/* SPDX-License-Identifier: Apache-2.0 */
/** @file The values of a JSON text as places in it, each with the table that describes it. */
#ifndef FUZZ_MUTATOR_OUTLINE_H
#define FUZZ_MUTATOR_OUTLINE_H

#include "hcsref/json.h"

/** Most values that are looked at; a text with more has no outline. */
#define OUTLINE_MOST 4096
/** Deepest nesting. */
#define OUTLINE_DEPTH 64

typedef struct outline_node {
  char kind;               /**< first byte of the value: { [ " t f n, or 0 for a number */
  size_t start, end;       /**< of the value, in bytes from the start of the text */
  size_t key, key_end;     /**< of a member's key with its quotes; equal: no key */
  size_t parent;           /**< index; of the first node its own */
  size_t children;         /**< how many */
  const hcsref_type *type; /**< without pointers; null: nothing is known */
} outline_node;

typedef struct outline {
  const char *text;
  size_t len;
  size_t count; /**< in the order of the text: the whole value is first */
  outline_node nodes[OUTLINE_MOST];
} outline;

/** Reads the first value of `text`. False: it is no JSON, is too deep or has too many values. */
bool outline_read(outline *out, const char *text, size_t len, const hcsref_type *type);

#endif
