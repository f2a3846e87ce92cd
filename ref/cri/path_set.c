/* SPDX-License-Identifier: Apache-2.0 */
/* A sorted list that is searched by halves: a hash table would need a secret seed to have no bad case, and the
 * library may not ask for one. Upstream compares each extra mount with each CRI mount, and looks default mounts
 * up in a Go map. */
#include "cri/path_set.h"

#include <string.h>

/* Any total order will do: by length first, as that decides without looking at the bytes. */
static int compare_paths(hcsref_str a, hcsref_str b) {
  if (a.len != b.len)
    return a.len < b.len ? -1 : 1;
  return a.len == 0 ? 0 : memcmp(a.data, b.data, a.len);
}

static bool before_by_path(const hcsref_sort_item *a, const hcsref_sort_item *b) {
  return compare_paths(a->path, b->path) < 0;
}

bool hcsref_path_set_init(hcsref_arena *arena, size_t capacity, hcsref_path_set *set) {
  set->items = hcsref_arena_array(arena, capacity, sizeof *set->items);
  set->count = 0;
  return set->items != NULL;
}

void hcsref_path_set_add(hcsref_path_set *set, hcsref_str path) {
  set->items[set->count++].path = path;
}

bool hcsref_path_set_close(hcsref_arena *arena, hcsref_path_set *set) {
  return hcsref_sort_items(arena, set->items, set->count, before_by_path);
}

bool hcsref_path_set_has(const hcsref_path_set *set, hcsref_str path) {
  size_t low = 0, high = set->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = compare_paths(path, set->items[middle].path);
    if (order == 0)
      return true;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return false;
}
