/* SPDX-License-Identifier: Apache-2.0 */
/* Go's sort.Sort, exact down to the places where equal elements end up: upstream orders with it what it then writes,
 * so the order is a part of its answer. */
#ifndef HCSREF_BASE_GO_SORT_H
#define HCSREF_BASE_GO_SORT_H

#include "hcsref/base.h"

/* Which Go's. */
typedef enum hcsref_go_sorter {
  HCSREF_GO_SORT_QUICK,      /* up to Go 1.18 */
  HCSREF_GO_SORT_PDQ,        /* Go 1.19 to 1.23 */
  HCSREF_GO_SORT_PDQ_MIXING, /* since Go 1.24: other random numbers where a partition was badly balanced */
} hcsref_go_sorter;

/* Sorts by ascending `keys`: `order[i]` is the index of the i-th. No memory is asked for; takes O(count log count) time
 * and a stack of O(log count). Source: Go src/sort, Sort. */
void hcsref_go_sort(hcsref_go_sorter sorter, const size_t *keys, size_t count, size_t *order);

#endif
