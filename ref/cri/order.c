/* SPDX-License-Identifier: Apache-2.0 */
/* The order of mounts. Upstream sorts with Go's unstable sort.Sort, whose order of equal mounts is that of the list
 * only up to a length that depends on the Go version; later versions sort stably, and so does this.
 * Source: containerd pkg/cri/opts/spec_windows.go WithWindowsMounts, pkg/cri/opts/spec.go orderedMounts. */
#include "cri/order.h"

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
bool hcsref_order_by_parts(hcsref_arena *arena, const size_t *parts, size_t count, size_t *order) {
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

static bool count_parts(hcsref_arena *arena, const hcsref_str *paths, size_t count, size_t *parts) {
  for (size_t i = 0; i < count; i++)
    if (!hcsref_path_parts(arena, paths[i], &parts[i]))
      return false;
  return true;
}

bool hcsref_cri_mount_order(hcsref_arena *arena, const hcsref_str *container_paths, size_t count, size_t *order,
                            size_t *parts, hcsref_error *err) {
  size_t *depths = hcsref_arena_array(arena, count, sizeof *depths);
  if (depths == NULL || !count_parts(arena, container_paths, count, depths) ||
      !hcsref_order_by_parts(arena, depths, count, order))
    return hcsref_fail_memory(err);
  for (size_t i = 0; parts != NULL && i < count; i++)
    parts[i] = depths[order[i]];
  return true;
}
