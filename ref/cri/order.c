/* SPDX-License-Identifier: Apache-2.0 */
/* The order of mounts. Older releases sort with Go's unstable sort.Sort, whose order of equal mounts is that of the
 * list only up to a length that depends on the Go version; newer ones sort stably, and so does the baseline. Source:
 * containerd pkg/cri/opts/spec_windows.go WithWindowsMounts, pkg/cri/opts/spec.go orderedMounts. */
#include "cri/order.h"

#include "base/go_sort.h"
#include "cri/steps.h"
#include "hcsref/path.h"
#include "hcsref/pipeline.h"

static size_t largest(const size_t *numbers, size_t count) {
  size_t found = 0;
  for (size_t i = 0; i < count; i++)
    if (numbers[i] > found)
      found = numbers[i];
  return found;
}

/* Counts the mounts of each depth, and so knows where each depth begins. A path has no more parts than bytes, so
 * the table is no larger than the paths are long. */
static bool order_stably(hcsref_arena *arena, const size_t *parts, size_t count, size_t *order) {
  size_t depths = largest(parts, count) + 1, start = 0;
  size_t *next = hcsref_arena_array(arena, depths, sizeof *next);
  if (next == NULL)
    return false;
  for (size_t i = 0; i < count; i++)
    next[parts[i]]++;
  for (size_t depth = 0; depth < depths; depth++) {
    size_t size = next[depth];
    next[depth] = start;
    start += size;
  }
  for (size_t i = 0; i < count; i++)
    order[next[parts[i]]++] = i;
  return true;
}

static hcsref_go_sorter sorter_of(const hcsref_rules *rules) {
  if (hcsref_has(rules, HCSREF_CHANGE_GO_SORT_MIXING))
    return HCSREF_GO_SORT_PDQ_MIXING;
  return hcsref_has(rules, HCSREF_CHANGE_GO_SORT_PDQ) ? HCSREF_GO_SORT_PDQ : HCSREF_GO_SORT_QUICK;
}

bool hcsref_order_by_parts(hcsref_arena *arena, const hcsref_rules *rules, const size_t *parts, size_t count,
                           size_t *order) {
  if (hcsref_has(rules, HCSREF_CHANGE_MOUNTS_STABLE_SORT))
    return order_stably(arena, parts, count, order);
  hcsref_go_sort(sorter_of(rules), parts, count, order);
  return true;
}

static bool count_parts(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_str *paths, size_t count,
                        size_t *parts) {
  for (size_t i = 0; i < count; i++)
    if (!hcsref_path_parts_as(arena, rules, paths[i], &parts[i]))
      return false;
  return true;
}

bool hcsref_cri_mount_order(hcsref_arena *arena, const hcsref_profile *profile, const hcsref_str *container_paths,
                            size_t count, size_t *order, size_t *parts, hcsref_error *err) {
  const hcsref_rules *rules = hcsref_cri_rules(arena, profile, err);
  size_t *depths = hcsref_arena_array(arena, count, sizeof *depths);
  if (rules == NULL)
    return false;
  if (depths == NULL || !count_parts(arena, rules, container_paths, count, depths) ||
      !hcsref_order_by_parts(arena, rules, depths, count, order))
    return hcsref_fail_memory(err);
  for (size_t i = 0; parts != NULL && i < count; i++)
    parts[i] = depths[order[i]];
  return true;
}
