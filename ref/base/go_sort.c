/* SPDX-License-Identifier: Apache-2.0 */
/* Source: Go src/sort sort.go Sort. */
#include "base/go_sort.h"

#include "base/go_sort_parts.h"

static size_t bit_length(size_t n) {
  size_t bits = 0;
  for (; n != 0; n >>= 1)
    bits++;
  return bits;
}

void hcsref_go_sort(hcsref_go_sorter sorter, const size_t *keys, size_t count, size_t *order) {
  const hcsref_sorting s = {keys, order, sorter == HCSREF_GO_SORT_PDQ_MIXING};
  size_t bits = bit_length(count);
  for (size_t i = 0; i < count; i++)
    order[i] = i;
  if (sorter == HCSREF_GO_SORT_QUICK)
    hcsref_quick_sort(&s, 0, count, 2 * bits);
  else
    hcsref_pdq_sort(&s, 0, count, bits);
}
