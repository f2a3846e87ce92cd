/* SPDX-License-Identifier: Apache-2.0 */
/* The order of mounts. Upstream sorts with Go's unstable sort.Sort, whose order of equal mounts is that of the list
 * only up to a length that depends on the Go version; later versions sort stably, and so does this.
 * Source: containerd pkg/cri/opts/spec_windows.go WithWindowsMounts, pkg/cri/opts/spec.go orderedMounts. */
#include "cri/order.h"

#include "hcsref/path.h"
#include "hcsref/pipeline.h"

#include <string.h>

size_t hcsref_count_separators(hcsref_str clean) {
  size_t separators = 0;
  for (size_t i = 0; i < clean.len; i++)
    separators += clean.data[i] == '\\';
  return separators;
}

bool hcsref_before_by_parts(const hcsref_sort_item *a, const hcsref_sort_item *b) {
  return a->parts < b->parts;
}

/* Two sorted runs, [0, middle) and [middle, count) of `from`, become one of `to`. */
static void merge_runs(const hcsref_sort_item *from, size_t middle, size_t count, hcsref_sort_item *to,
                       hcsref_sort_before before) {
  size_t left = 0, right = middle;
  if (middle >= count || !before(&from[middle], &from[middle - 1])) { /* in order as they are */
    memcpy(to, from, count * sizeof *to);
    return;
  }
  for (size_t i = 0; i < count; i++) {
    bool take_right = left == middle || (right < count && before(&from[right], &from[left]));
    to[i] = from[take_right ? right++ : left++];
  }
}

static void merge_pass(const hcsref_sort_item *from, size_t count, size_t width, hcsref_sort_item *to,
                       hcsref_sort_before before) {
  for (size_t start = 0; start < count; start += 2 * width) {
    size_t rest = count - start;
    merge_runs(from + start, width, rest < 2 * width ? rest : 2 * width, to + start, before);
  }
}

static bool is_sorted(const hcsref_sort_item *items, size_t count, hcsref_sort_before before) {
  for (size_t i = 1; i < count; i++)
    if (before(&items[i], &items[i - 1]))
      return false;
  return true;
}

/* `count` items exist twice in memory, so doubling a width below it does not overflow. */
bool hcsref_sort_items(hcsref_arena *arena, hcsref_sort_item *items, size_t count, hcsref_sort_before before) {
  hcsref_sort_item *from = items, *to;
  if (is_sorted(items, count, before))
    return true;
  to = hcsref_arena_array(arena, count, sizeof *to);
  if (to == NULL)
    return false;
  for (size_t width = 1; width < count; width *= 2) {
    hcsref_sort_item *swap = from;
    merge_pass(from, count, width, to, before);
    from = to;
    to = swap;
  }
  if (from != items)
    memcpy(items, from, count * sizeof *items);
  return true;
}

static bool read_paths(hcsref_arena *arena, const hcsref_str *paths, size_t count, hcsref_sort_item *items) {
  for (size_t i = 0; i < count; i++) {
    if (!hcsref_path_parts(arena, paths[i], &items[i].parts))
      return false;
    items[i].index = i;
  }
  return true;
}

bool hcsref_cri_mount_order(hcsref_arena *arena, const hcsref_str *container_paths, size_t count, size_t *order,
                            size_t *parts, hcsref_error *err) {
  hcsref_sort_item *items = hcsref_arena_array(arena, count, sizeof *items);
  if (items == NULL || !read_paths(arena, container_paths, count, items) ||
      !hcsref_sort_items(arena, items, count, hcsref_before_by_parts))
    return hcsref_fail_memory(err);
  for (size_t i = 0; i < count; i++) {
    order[i] = items[i].index;
    if (parts != NULL)
      parts[i] = items[i].parts;
  }
  return true;
}
