/* SPDX-License-Identifier: Apache-2.0 */
/* The order in which mounts are placed. */
#ifndef HCSREF_CRI_ORDER_H
#define HCSREF_CRI_ORDER_H

#include "release/changes.h"

/* By number of parts: `order[i]` is the index of the i-th. Equal ones stay as they were, or go where the Go of a
 * release that sorts unstably puts them. Takes time and memory in proportion to `count` and the largest of `parts`, or
 * O(count log count). False: out of memory. */
bool hcsref_order_by_parts(hcsref_arena *arena, const hcsref_rules *rules, const size_t *parts, size_t count,
                           size_t *order);

#endif
