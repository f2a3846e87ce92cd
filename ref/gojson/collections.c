/* SPDX-License-Identifier: Apache-2.0 */
/* Slices and maps: growth in an arena, and looking up. */
#include "base/arena.h"
#include "hcsref/json.h"

#include <string.h>

#define FIRST_CAPACITY 4

/* An empty slice or map that is not nil points here; nothing is ever read or written through it. */
static const char nothing[1] = {0};

static void *not_nil(void) {
  return (void *)(uintptr_t)nothing;
}

void hcsref_slice_make_empty(hcsref_slice *slice) {
  slice->items = not_nil();
  slice->len = 0;
  slice->cap = 0;
}

/* Room for twice as many of `cap` items, the new ones zeroed; in place when nothing was allocated since. */
static void *twice(hcsref_arena *arena, void *items, size_t cap, size_t size) {
  size_t old = cap * size;
  unsigned char *grown = items;
  if (hcsref_too_many(cap * 2, size))
    return NULL;
  if (!hcsref_arena_resize(arena, items, old, old * 2)) {
    grown = hcsref_arena_take(arena, old * 2);
    if (grown == NULL)
      return NULL;
    memcpy(grown, items, old);
  }
  memset(grown + old, 0, old);
  return grown;
}

/* Room for more than the `*cap` items that there are. */
static inline void *grow(hcsref_arena *arena, void *items, size_t *cap, size_t size) {
  size_t wanted = *cap == 0 ? FIRST_CAPACITY : *cap * 2;
  void *grown = *cap == 0 ? hcsref_arena_array(arena, FIRST_CAPACITY, size) : twice(arena, items, *cap, size);
  if (grown != NULL)
    *cap = wanted;
  return grown;
}

void *hcsref_slice_push(hcsref_arena *arena, hcsref_slice *slice, size_t elem_size) {
  if (slice->len == slice->cap) {
    void *grown = grow(arena, slice->items, &slice->cap, elem_size);
    if (grown == NULL)
      return NULL;
    slice->items = grown;
    return (unsigned char *)grown + slice->len++ * elem_size; /* what is new is zeroed */
  }
  return memset((unsigned char *)slice->items + slice->len++ * elem_size, 0, elem_size);
}

void *hcsref_map_push(hcsref_arena *arena, hcsref_map *map, size_t entry_size) {
  if (map->len == map->cap) {
    void *grown = grow(arena, map->entries, &map->cap, entry_size);
    if (grown == NULL)
      return NULL;
    map->entries = grown;
    return (unsigned char *)grown + map->len++ * entry_size;
  }
  return memset((unsigned char *)map->entries + map->len++ * entry_size, 0, entry_size);
}

const hcsref_str *hcsref_map_find(const hcsref_map *map, hcsref_str key) {
  const hcsref_string_entry *entries = map->entries;
  for (size_t i = map->len; i > 0; i--)
    if (hcsref_str_equal(entries[i - 1].key, key))
      return &entries[i - 1].value;
  return NULL;
}
