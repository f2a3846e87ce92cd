/* SPDX-License-Identifier: Apache-2.0 */
/* Source: Go src/sort sort.go insertionSort, siftDown, heapSort. */
#include "base/go_sort_parts.h"

void hcsref_insertion_sort(const hcsref_sorting *s, size_t begin, size_t end) {
  for (size_t i = begin + 1; i < end; i++)
    for (size_t j = i; j > begin && hcsref_sort_less(s, j, j - 1); j--)
      hcsref_sort_swap(s, j, j - 1);
}

/* Lets the element at `root` of the heap of `size` places from `first` on sink to where it belongs. */
static void sink(const hcsref_sorting *s, size_t root, size_t size, size_t first) {
  for (;;) {
    size_t child = 2 * root + 1;
    if (child >= size)
      return;
    if (child + 1 < size && hcsref_sort_less(s, first + child, first + child + 1))
      child++;
    if (!hcsref_sort_less(s, first + root, first + child))
      return;
    hcsref_sort_swap(s, first + root, first + child);
    root = child;
  }
}

void hcsref_heap_sort(const hcsref_sorting *s, size_t begin, size_t end) {
  size_t size = end - begin;
  for (size_t i = (size + 1) / 2; i > 0; i--)
    sink(s, i - 1, size, begin);
  for (size_t i = size; i > 0; i--) {
    hcsref_sort_swap(s, begin, begin + i - 1);
    sink(s, 0, i - 1, begin);
  }
}
