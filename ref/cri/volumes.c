/* SPDX-License-Identifier: Apache-2.0 */
/* Source: containerd internal/cri/server container_create.go volumeMounts, isInCRIMounts. */
#include "cri/volumes.h"

#include "cri/path_set.h"
#include "gojson/sort.h"
#include "hcsref/path.h"

static bool clean_mounts(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_slice *mounts,
                         hcsref_path_set *out, hcsref_error *err) {
  hcsref_cri_mount *const *items = mounts->items;
  hcsref_str *paths = hcsref_arena_array(arena, mounts->len, sizeof *paths);
  if (paths == NULL)
    return hcsref_fail_memory(err);
  for (size_t i = 0; i < mounts->len; i++) {
    if (items[i] == NULL)
      return hcsref_fail_item(arena, err, "cri-null-mount", "/config/mounts", i, NULL, "a mount is null");
    if (!hcsref_path_clean_as(arena, rules, items[i]->container_path, &paths[i]))
      return hcsref_fail_memory(err);
  }
  return mounts->len == 0 || hcsref_path_set_make(arena, paths, mounts->len, out) || hcsref_fail_memory(err);
}

/* The folder on the host that stands behind each volume. */
static bool volume_folder(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_cri_container *container,
                          hcsref_str *out) {
  hcsref_str parts[3];
  parts[0] = container->root;
  parts[1] = HCSREF_LIT("volumes");
  parts[2] = container->volume_id;
  return hcsref_path_join_as(arena, rules, parts, 3, out);
}

static bool push_mount(hcsref_arena *arena, hcsref_slice *out, hcsref_str volume, hcsref_str folder) {
  hcsref_cri_mount *mount = hcsref_arena_alloc(arena, sizeof *mount);
  hcsref_cri_mount **place = hcsref_slice_push(arena, out, sizeof *place);
  if (mount == NULL || place == NULL)
    return false;
  mount->container_path = volume;
  mount->host_path = folder;
  mount->selinux_relabel = true;
  *place = mount;
  return true;
}

bool hcsref_volume_mounts(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_cri_container *container,
                          hcsref_slice *out, hcsref_error *err) {
  const hcsref_map *volumes = container->image_config == NULL ? NULL : &container->image_config->volumes;
  const hcsref_str *const *sorted;
  hcsref_path_set taken = {NULL, NULL, 0};
  hcsref_slice mounts = {NULL, 0, 0};
  hcsref_str folder;
  size_t count;
  *out = mounts;
  if (volumes == NULL || volumes->len == 0 || container->root.len == 0)
    return true;
  if (!clean_mounts(arena, rules, &container->config->mounts, &taken, err))
    return false;
  sorted = hcsref_sort_entries(arena, volumes, sizeof(hcsref_nothing_entry), &count);
  if (sorted == NULL || !volume_folder(arena, rules, container, &folder))
    return hcsref_fail_memory(err);
  for (size_t i = 0; i < count; i++) {
    hcsref_str clean;
    if (!hcsref_path_clean_as(arena, rules, *sorted[i], &clean) ||
        (!hcsref_path_set_has(&taken, clean) && !push_mount(arena, &mounts, *sorted[i], folder)))
      return hcsref_fail_memory(err);
  }
  *out = mounts;
  return true;
}
