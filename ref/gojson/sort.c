/* SPDX-License-Identifier: Apache-2.0 */
#include "gojson/sort.h"

#include "base/arena.h"

#include <string.h>

typedef const hcsref_str *entry_ref;

/* Merges from[begin, middle) and from[middle, end) into `to`; of equal keys the earlier stays first. */
static void merge(const entry_ref *from, entry_ref *to, size_t begin, size_t middle, size_t end) {
  size_t left = begin;
  size_t right = middle;
  for (size_t i = begin; i < end; i++) {
    bool take_left = right == end || (left < middle && hcsref_str_compare(*from[left], *from[right]) <= 0);
    to[i] = take_left ? from[left++] : from[right++];
  }
}

/* Sorts bottom up, between two arrays; returns the one that holds the result. */
static entry_ref *merge_sort(entry_ref *a, entry_ref *b, size_t count) {
  for (size_t width = 1; width < count; width *= 2) {
    entry_ref *swap = a;
    for (size_t begin = 0; begin < count; begin += 2 * width) {
      size_t middle = begin + width < count ? begin + width : count;
      size_t end = middle + width < count ? middle + width : count;
      merge(a, b, begin, middle, end);
    }
    a = b;
    b = swap;
  }
  return a;
}

static size_t drop_overwritten(entry_ref *sorted, size_t count) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++)
    if (i + 1 == count || !hcsref_str_equal(*sorted[i], *sorted[i + 1]))
      sorted[kept++] = sorted[i];
  return kept;
}

const hcsref_str *const *hcsref_sort_entries(hcsref_arena *arena, const hcsref_map *map, size_t entry_size,
                                             size_t *count) {
  const unsigned char *entries = map->entries;
  entry_ref *refs, *sorted;
  if (map->len > SIZE_MAX / 4 / sizeof(entry_ref))
    return NULL;
  refs = hcsref_arena_take(arena, 2 * map->len * sizeof(entry_ref));
  if (refs == NULL)
    return NULL;
  for (size_t i = 0; i < map->len; i++)
    refs[i] = (entry_ref)(const void *)(entries + i * entry_size);
  sorted = merge_sort(refs, refs + map->len, map->len);
  *count = drop_overwritten(sorted, map->len);
  return sorted;
}
