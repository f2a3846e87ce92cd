/* SPDX-License-Identifier: Apache-2.0 */
/* A path in two: filepath.Split, Dir and Base. Source: Go path/filepath path.go. */
#include "hcsref/path.h"
#include "path/volume.h"

void hcsref_path_split_as(const hcsref_rules *rules, hcsref_str path, hcsref_str *dir, hcsref_str *file) {
  size_t volume = hcsref_volume_len(hcsref_path_rules(rules), path);
  size_t cut = path.len;
  while (cut > volume && !hcsref_is_separator(path.data[cut - 1]))
    cut--;
  *dir = hcsref_str_first(path, cut);
  *file = hcsref_str_skip(path, cut);
}

bool hcsref_path_dir_as(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str path, hcsref_str *out) {
  hcsref_str volume, dir, file, clean;
  if (!hcsref_path_volume_as(arena, rules, path, &volume))
    return false;
  hcsref_path_split_as(rules, path, &dir, &file);
  if (!hcsref_path_clean_as(arena, rules, hcsref_str_skip(dir, volume.len), &clean))
    return false;
  if (hcsref_str_equal(clean, HCSREF_LIT(".")) && volume.len > 2) {
    *out = volume;
    return true;
  }
  return hcsref_format(arena, out, "%v%v", volume, clean);
}

bool hcsref_path_base_as(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str path, hcsref_str *out) {
  size_t cut;
  (void)arena;
  if (path.len == 0) {
    *out = HCSREF_LIT(".");
    return true;
  }
  while (path.len > 0 && hcsref_is_separator(path.data[path.len - 1]))
    path.len--;
  path = hcsref_str_skip(path, hcsref_volume_len(hcsref_path_rules(rules), path));
  for (cut = path.len; cut > 0 && !hcsref_is_separator(path.data[cut - 1]);)
    cut--;
  *out = path.len == 0 ? HCSREF_LIT("\\") : hcsref_str_skip(path, cut);
  return true;
}
