/* SPDX-License-Identifier: Apache-2.0 */
/* The one form of a layer's path. */
#include "engine/state.h"

/* Paths come as \\?\C:\… too. */
static hcsref_str without_prefix(hcsref_str path) {
  hcsref_str prefix = HCSREF_LIT("\\\\?\\");
  bool drive = hcsref_str_has_prefix(path, prefix) && path.len > prefix.len + 1 && path.data[prefix.len + 1] == ':';
  return drive ? hcsref_str_skip(path, prefix.len) : path;
}

static bool is_separator(char c) {
  return c == '\\' || c == '/';
}

hcsref_str sim_layer_path(hcsref_str path) {
  path = without_prefix(path);
  while (path.len > 3 && is_separator(path.data[path.len - 1]))
    path.len--;
  return path;
}

bool sim_layer_beside(hcsref_arena *arena, hcsref_str path, hcsref_str name, hcsref_str *out) {
  hcsref_str folder = sim_layer_path(path);
  bool is_name = name.len > 0;
  for (size_t i = 0; i < name.len; i++)
    is_name = is_name && !is_separator(name.data[i]) && name.data[i] != ':';
  *out = name;
  if (!is_name)
    return true;
  while (folder.len > 0 && !is_separator(folder.data[folder.len - 1]))
    folder.len--;
  return hcsref_format(arena, out, "%v%v", folder, name);
}
