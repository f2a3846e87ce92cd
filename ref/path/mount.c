/* SPDX-License-Identifier: Apache-2.0 */
/* The path rules of mounts: named pipes, sandbox mounts. */
#include "hcsref/path.h"

#include "path/parts.h"

#define PIPE_PREFIX HCSREF_LIT("\\\\.\\pipe\\")
/* Source: hcsshim internal/hcsoci/resources_wcow.go. */
#define SANDBOX_MOUNTS HCSREF_LIT("C:\\SandboxMounts")

static hcsref_str trim_prefix(hcsref_str s, hcsref_str prefix) {
  return hcsref_str_has_prefix(s, prefix) ? hcsref_str_skip(s, prefix.len) : s;
}

bool hcsref_is_named_pipe(hcsref_str path) {
  return hcsref_str_has_prefix(path, PIPE_PREFIX);
}

bool hcsref_clean_mount_path_as(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str path, hcsref_str *out) {
  if (hcsref_is_named_pipe(path)) {
    *out = path;
    return true;
  }
  return hcsref_path_clean_as(arena, rules, path, out);
}

size_t hcsref_parts_of_clean(hcsref_str clean) {
  size_t parts = 0;
  for (size_t i = 0; i < clean.len; i++)
    parts += clean.data[i] == '\\';
  return parts;
}

bool hcsref_path_parts_as(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str path, size_t *out) {
  hcsref_str clean;
  if (!hcsref_path_clean_as(arena, rules, path, &clean))
    return false;
  *out = hcsref_parts_of_clean(clean);
  return true;
}

bool hcsref_sandbox_mount_path_as(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str path, hcsref_str *out) {
  hcsref_str parts[2];
  parts[0] = SANDBOX_MOUNTS;
  parts[1] = trim_prefix(path, HCSREF_SANDBOX_PREFIX);
  return hcsref_path_join_as(arena, rules, parts, 2, out);
}
