/* SPDX-License-Identifier: Apache-2.0 */
/* Look-up by hash, then by key, in a sorted array: quick, and keys made to collide only fall back to a binary
 * search over texts. */
#include "host/index.h"

#include "base/arena.h"

typedef struct hcsref_index_entry {
  uint64_t hash;
  const hcsref_value_entry *entry;
} index_entry;

/* FNV-1a. */
static uint64_t hash_of(hcsref_str key) {
  uint64_t hash = 14695981039346656037u;
  for (size_t i = 0; i < key.len; i++)
    hash = (hash ^ (unsigned char)key.data[i]) * 1099511628211u;
  return hash;
}

static int compare(const index_entry *a, uint64_t hash, hcsref_str key) {
  if (a->hash != hash)
    return a->hash < hash ? -1 : 1;
  return hcsref_str_compare(a->entry->key, key);
}

/* Merges from[begin, middle) and from[middle, end) into `to`; of equal ones the earlier stays first. */
static void merge(const index_entry *from, index_entry *to, size_t begin, size_t middle, size_t end) {
  size_t left = begin;
  size_t right = middle;
  for (size_t i = begin; i < end; i++) {
    bool take_left =
        right == end || (left < middle && compare(&from[left], from[right].hash, from[right].entry->key) <= 0);
    to[i] = take_left ? from[left++] : from[right++];
  }
}

static index_entry *merge_sort(index_entry *a, index_entry *b, size_t count) {
  for (size_t width = 1; width < count; width *= 2) {
    index_entry *swap = a;
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

bool hcsref_index_build(hcsref_arena *arena, const hcsref_map *map, hcsref_index *out) {
  const hcsref_value_entry *entries = map->entries;
  index_entry *index = hcsref_arena_array(arena, map->len, 2 * sizeof(*index));
  if (index == NULL)
    return false;
  for (size_t i = 0; i < map->len; i++) {
    index[i].hash = hash_of(entries[i].key);
    index[i].entry = &entries[i];
  }
  out->entries = merge_sort(index, index + map->len, map->len);
  out->count = map->len;
  return true;
}

const hcsref_value *hcsref_index_find(const hcsref_index *index, hcsref_str key) {
  uint64_t hash = hash_of(key);
  size_t low = 0;
  size_t high = index->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (compare(&index->entries[middle], hash, key) <= 0)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == 0 || compare(&index->entries[low - 1], hash, key) != 0)
    return NULL;
  return &index->entries[low - 1].entry->value;
}
