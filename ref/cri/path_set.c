/* SPDX-License-Identifier: Apache-2.0 */
/* Buckets by hash, each sorted and searched by halves: quick as a hash table, and as many paths of one bucket as
 * somebody may think of cost no more than a sorted list of them. Upstream compares each extra mount with each CRI
 * mount, and looks default mounts up in a Go map. */
#include "cri/path_set.h"

#include "gojson/sort.h"

/* FNV-1a of 64 bits, its upper half folded into the lower. */
static size_t bucket_of(const hcsref_path_set *set, hcsref_str path) {
  uint64_t hash = 0xCBF29CE484222325u;
  for (size_t i = 0; i < path.len; i++)
    hash = (hash ^ (unsigned char)path.data[i]) * 0x100000001B3u;
  return (size_t)(hash ^ hash >> 32) & (set->buckets - 1);
}

static size_t bucket_start(const hcsref_path_set *set, size_t bucket) {
  return bucket == 0 ? 0 : set->ends[bucket - 1];
}

/* Counts the paths of each bucket, then puts each path in its place; the ends move along. */
static bool fill_buckets(hcsref_arena *arena, const hcsref_str *paths, size_t count, hcsref_path_set *set,
                         hcsref_str *filled) {
  size_t start = 0;
  size_t *buckets = hcsref_arena_array(arena, count, sizeof *buckets);
  if (buckets == NULL)
    return false;
  for (size_t i = 0; i < count; i++) {
    buckets[i] = bucket_of(set, paths[i]);
    set->ends[buckets[i]]++;
  }
  for (size_t bucket = 0; bucket < set->buckets; bucket++) {
    size_t size = set->ends[bucket];
    set->ends[bucket] = start;
    start += size;
  }
  for (size_t i = 0; i < count; i++)
    filled[set->ends[buckets[i]]++] = paths[i];
  return true;
}

/* Sorting drops paths that are there twice; the last one takes their places. */
static bool sort_bucket(hcsref_arena *arena, hcsref_str *paths, size_t size, hcsref_path_ref *out) {
  const hcsref_map map = {paths, size, size};
  size_t distinct = 1;
  hcsref_path_ref only = paths;
  const hcsref_path_ref *sorted = size == 1 ? &only : hcsref_sort_entries(arena, &map, sizeof *paths, &distinct);
  if (sorted == NULL)
    return false;
  for (size_t i = 0; i < size; i++)
    out[i] = sorted[i < distinct ? i : distinct - 1];
  return true;
}

static bool sort_buckets(hcsref_arena *arena, hcsref_str *filled, const hcsref_path_set *set) {
  for (size_t bucket = 0; bucket < set->buckets; bucket++) {
    size_t start = bucket_start(set, bucket), size = set->ends[bucket] - start;
    if (size != 0 && !sort_bucket(arena, filled + start, size, set->paths + start))
      return false;
  }
  return true;
}

/* `count` paths are in memory, so doubling a number below it does not overflow. */
bool hcsref_path_set_make(hcsref_arena *arena, const hcsref_str *paths, size_t count, hcsref_path_set *set) {
  hcsref_str *filled = hcsref_arena_array(arena, count, sizeof *filled);
  set->buckets = 1;
  while (set->buckets < count)
    set->buckets *= 2;
  set->ends = hcsref_arena_array(arena, set->buckets, sizeof *set->ends);
  set->paths = hcsref_arena_array(arena, count, sizeof(hcsref_path_ref));
  return filled != NULL && set->ends != NULL && set->paths != NULL && fill_buckets(arena, paths, count, set, filled) &&
         sort_buckets(arena, filled, set);
}

bool hcsref_path_set_has(const hcsref_path_set *set, hcsref_str path) {
  size_t bucket, low, high;
  if (set->buckets == 0)
    return false;
  bucket = bucket_of(set, path);
  low = bucket_start(set, bucket);
  high = set->ends[bucket];
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = hcsref_str_compare(path, *set->paths[middle]);
    if (order == 0)
      return true;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return false;
}
