/* SPDX-License-Identifier: Apache-2.0 */
/* The order in which mounts are placed. */
#ifndef HCSREF_CRI_ORDER_H
#define HCSREF_CRI_ORDER_H

#include "hcsref/base.h"

/* By number of parts, equal ones as they were: `order[i]` is the index of the i-th. Takes time and memory in
 * proportion to `count` and the largest of `parts`. False: out of memory. */
bool hcsref_order_by_parts(hcsref_arena *arena, const size_t *parts, size_t count, size_t *order);

#endif
