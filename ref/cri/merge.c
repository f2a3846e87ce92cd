/* SPDX-License-Identifier: Apache-2.0 */
/* Source: containerd pkg/cri/opts/spec_windows.go WithWindowsMounts, from its beginning to the default mounts. */
#include "cri/merge.h"

#include "cri/order.h"
#include "cri/path_set.h"
#include "hcsref/path.h"
#include "path/parts.h"

static bool read_mount(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_cri_mount *mount,
                       hcsref_supplied_mount *out) {
  out->mount = mount;
  if (!hcsref_path_clean_as(arena, rules, mount->container_path, &out->clean))
    return false;
  out->key = hcsref_is_named_pipe(mount->container_path) ? mount->container_path : out->clean;
  return true;
}

/* Appends the mounts of `list` whose key is not in `taken`. A null among them is where upstream crashes: it reads
 * the container path of each. */
static bool supply(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_mount_list *list,
                   const hcsref_path_set *taken, hcsref_supplied_mounts *out, hcsref_error *err) {
  hcsref_cri_mount *const *items = list->mounts->items;
  for (size_t i = 0; i < list->mounts->len; i++) {
    hcsref_supplied_mount *next = &out->items[out->count];
    if (items[i] == NULL)
      return hcsref_fail_item(arena, err, "cri-null-mount", list->where, i, NULL, "a mount is null");
    if (!read_mount(arena, rules, items[i], next))
      return hcsref_fail_memory(err);
    next->list = list->where;
    next->index = i;
    if (!hcsref_path_set_has(taken, next->key))
      out->count++;
  }
  return true;
}

static bool make_key_set(hcsref_arena *arena, const hcsref_supplied_mounts *mounts, hcsref_path_set *set) {
  hcsref_str *keys = hcsref_arena_array(arena, mounts->count, sizeof *keys);
  if (keys == NULL)
    return false;
  for (size_t i = 0; i < mounts->count; i++)
    keys[i] = mounts->items[i].key;
  return hcsref_path_set_make(arena, keys, mounts->count, set);
}

/* Mounts that stand deeper are placed later, so that none hides another. */
static bool order_by_parts(hcsref_arena *arena, const hcsref_rules *rules, hcsref_supplied_mounts *mounts) {
  size_t count = mounts->count;
  size_t *parts = hcsref_arena_array(arena, count, sizeof *parts);
  size_t *order = hcsref_arena_array(arena, count, sizeof *order);
  hcsref_supplied_mount *sorted = hcsref_arena_array(arena, count, sizeof *sorted);
  if (parts == NULL || order == NULL || sorted == NULL)
    return false;
  for (size_t i = 0; i < count; i++)
    parts[i] = hcsref_parts_of_clean(mounts->items[i].clean);
  if (!hcsref_order_by_parts(arena, rules, parts, count, order))
    return false;
  for (size_t i = 0; i < count; i++)
    sorted[i] = mounts->items[order[i]];
  mounts->items = sorted;
  return true;
}

static size_t count_mounts(const hcsref_mount_list *lists, size_t list_count) {
  size_t count = 0;
  for (size_t i = 0; i < list_count; i++)
    count += lists[i].mounts->len;
  return count;
}

bool hcsref_merge_mounts(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_mount_list *lists,
                         size_t list_count, hcsref_supplied_mounts *out, hcsref_error *err) {
  hcsref_path_set taken = {NULL, NULL, 0};
  hcsref_supplied_mounts all = {NULL, 0};
  size_t count = count_mounts(lists, list_count);
  all.items = hcsref_arena_array(arena, count, sizeof *all.items);
  if (all.items == NULL)
    return hcsref_fail_memory(err);
  if (!supply(arena, rules, &lists[0], &taken, &all, err))
    return false;
  if (count != lists[0].mounts->len && !make_key_set(arena, &all, &taken))
    return hcsref_fail_memory(err);
  for (size_t i = 1; i < list_count; i++)
    if (!supply(arena, rules, &lists[i], &taken, &all, err))
      return false;
  if (!order_by_parts(arena, rules, &all))
    return hcsref_fail_memory(err);
  *out = all;
  return true;
}

bool hcsref_keep_default_mounts(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_slice *defaults,
                                const hcsref_supplied_mounts *supplied, hcsref_oci_mount *kept, size_t *count,
                                hcsref_error *err) {
  const hcsref_oci_mount *items = defaults->items;
  hcsref_path_set taken = {NULL, NULL, 0};
  *count = 0;
  if (defaults->len != 0 && !make_key_set(arena, supplied, &taken))
    return hcsref_fail_memory(err);
  for (size_t i = 0; i < defaults->len; i++) {
    hcsref_str key;
    if (!hcsref_clean_mount_path_as(arena, rules, items[i].destination, &key))
      return hcsref_fail_memory(err);
    if (!hcsref_path_set_has(&taken, key))
      kept[(*count)++] = items[i];
  }
  return true;
}
