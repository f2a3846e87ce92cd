/* SPDX-License-Identifier: Apache-2.0 */
/* The functions without rules: those of the baseline. */
#include "hcsref/path.h"
#include "path/volume.h"

hcsref_str hcsref_path_volume(hcsref_str path) {
  return hcsref_str_first(path, hcsref_volume_len(HCSREF_BASELINE, path));
}

bool hcsref_path_is_abs(hcsref_str path) {
  return hcsref_path_is_abs_as(NULL, path);
}

bool hcsref_path_clean(hcsref_arena *arena, hcsref_str path, hcsref_str *out) {
  return hcsref_path_clean_as(arena, NULL, path, out);
}

bool hcsref_path_join(hcsref_arena *arena, const hcsref_str *parts, size_t count, hcsref_str *out) {
  return hcsref_path_join_as(arena, NULL, parts, count, out);
}

void hcsref_path_split(hcsref_str path, hcsref_str *dir, hcsref_str *file) {
  hcsref_path_split_as(NULL, path, dir, file);
}

bool hcsref_path_base(hcsref_arena *arena, hcsref_str path, hcsref_str *out) {
  return hcsref_path_base_as(arena, NULL, path, out);
}

bool hcsref_path_dir(hcsref_arena *arena, hcsref_str path, hcsref_str *out) {
  return hcsref_path_dir_as(arena, NULL, path, out);
}

bool hcsref_clean_mount_path(hcsref_arena *arena, hcsref_str path, hcsref_str *out) {
  return hcsref_clean_mount_path_as(arena, NULL, path, out);
}

bool hcsref_path_parts(hcsref_arena *arena, hcsref_str path, size_t *out) {
  return hcsref_path_parts_as(arena, NULL, path, out);
}

bool hcsref_sandbox_mount_path(hcsref_arena *arena, hcsref_str path, hcsref_str *out) {
  return hcsref_sandbox_mount_path_as(arena, NULL, path, out);
}

bool hcsref_device_location(hcsref_arena *arena, hcsref_str path, hcsref_str *device, uint16_t *index) {
  return hcsref_device_location_as(arena, NULL, path, device, index);
}
