/* SPDX-License-Identifier: Apache-2.0 */
#include "host/index.h"

#include "gojson/sort.h"

bool hcsref_index_build(hcsref_arena *arena, const hcsref_map *map, hcsref_index *out) {
  out->entries = hcsref_sort_entries(arena, map, sizeof(hcsref_value_entry), &out->count);
  return out->entries != NULL;
}

const hcsref_value *hcsref_index_find(const hcsref_index *index, hcsref_str key) {
  size_t low = 0;
  size_t high = index->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = hcsref_str_compare(*index->entries[middle], key);
    if (order == 0)
      return &((const hcsref_value_entry *)(const void *)index->entries[middle])->value;
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}
