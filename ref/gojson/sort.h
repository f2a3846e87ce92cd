/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HCSREF_GOJSON_SORT_H
#define HCSREF_GOJSON_SORT_H

#include "hcsref/json.h"

/* A map's entries in byte order of their keys, of equal keys only the last; `*count` how many. Null: out of
 * memory. Takes time n log n. */
const hcsref_str *const *hcsref_sort_entries(hcsref_arena *arena, const hcsref_map *map, size_t entry_size,
                                             size_t *count);

#endif
