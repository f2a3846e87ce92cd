/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HCSREF_HOST_INDEX_H
#define HCSREF_HOST_INDEX_H

#include "hcsref/json.h"

/* The entries of a map[string]interface{} by key: each look-up takes time log n whatever the keys are. */
typedef struct hcsref_index {
  const hcsref_str *const *entries; /* sorted; each begins a hcsref_value_entry */
  size_t count;
} hcsref_index;

/* Makes the index of `map`, which must live as long. False: out of memory. */
bool hcsref_index_build(hcsref_arena *arena, const hcsref_map *map, hcsref_index *out);
/* The value of `key`, the last one if the map has several; null when there is none. */
const hcsref_value *hcsref_index_find(const hcsref_index *index, hcsref_str key);

#endif
