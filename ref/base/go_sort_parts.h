/* SPDX-License-Identifier: Apache-2.0 */
/* What both of Go's sorting algorithms are made of. */
#ifndef HCSREF_BASE_GO_SORT_PARTS_H
#define HCSREF_BASE_GO_SORT_PARTS_H

#include "hcsref/base.h"

/* What is sorted: places, each holding the index of a key. */
typedef struct hcsref_sorting {
  const size_t *keys;
  size_t *order;
  bool mixing; /* Go 1.24's random numbers */
} hcsref_sorting;

/* Up to this many elements are not partitioned, in either algorithm. */
#define HCSREF_SORT_SHORT 12

static inline bool hcsref_sort_less(const hcsref_sorting *s, size_t i, size_t j) {
  return s->keys[s->order[i]] < s->keys[s->order[j]];
}

static inline void hcsref_sort_swap(const hcsref_sorting *s, size_t i, size_t j) {
  size_t index = s->order[i];
  s->order[i] = s->order[j];
  s->order[j] = index;
}

/* The places [begin, end), one after the other, or as a heap. */
void hcsref_insertion_sort(const hcsref_sorting *s, size_t begin, size_t end);
void hcsref_heap_sort(const hcsref_sorting *s, size_t begin, size_t end);
/* As Go 1.18 and Go 1.19 sort them; `limit` is the number of bad partitions, or of partitions at all, that is put up
 * with before the heap. */
void hcsref_quick_sort(const hcsref_sorting *s, size_t begin, size_t end, size_t limit);
void hcsref_pdq_sort(const hcsref_sorting *s, size_t begin, size_t end, size_t limit);

#endif
