/* SPDX-License-Identifier: Apache-2.0 */
/* Sorting paths, stably and without a bad case. */
#ifndef HCSREF_CRI_ORDER_H
#define HCSREF_CRI_ORDER_H

#include "hcsref/base.h"

/* A path among many: what it is sorted by, and which one it was. */
typedef struct hcsref_sort_item {
  hcsref_str path;
  size_t parts;
  size_t index;
} hcsref_sort_item;

/* Must `a` stand before `b`? */
typedef bool (*hcsref_sort_before)(const hcsref_sort_item *a, const hcsref_sort_item *b);

/* The number of separators of a path that is clean already. */
size_t hcsref_count_separators(hcsref_str clean);
/* By number of parts. */
bool hcsref_before_by_parts(const hcsref_sort_item *a, const hcsref_sort_item *b);
/* Sorts in O(n log n) comparisons whatever the items are; equal ones keep their order. False: out of memory. */
bool hcsref_sort_items(hcsref_arena *arena, hcsref_sort_item *items, size_t count, hcsref_sort_before before);

#endif
