/* SPDX-License-Identifier: Apache-2.0 */
/* Volume names, and what follows from them. Source: Go path/filepath path_windows.go; each variant names the releases
 * that it is from. */
#include "path/volume.h"

#include "hcsref/path.h"

#include <string.h>

static bool is_drive(hcsref_str path) {
  unsigned char letter = (unsigned char)(path.data[0] | 0x20);
  return letter >= 'a' && letter <= 'z' && path.data[1] == ':';
}

/* \\x with x neither a separator nor a point: the beginning of \\server\share. */
static bool begins_server(hcsref_str path) {
  return path.len >= 5 && hcsref_is_separator(path.data[0]) && hcsref_is_separator(path.data[1]) &&
         !hcsref_is_separator(path.data[2]) && path.data[2] != '.';
}

/* Up to Go 1.19. */
static size_t len_of_share(hcsref_str path) {
  size_t share;
  if (!begins_server(path))
    return 0;
  share = hcsref_find_separator(path, 3) + 1;
  if (share >= path.len || hcsref_is_separator(path.data[share]) || path.data[share] == '.')
    return 0;
  return hcsref_find_separator(path, share);
}

/* \\server\share, or as much of it as there is, with `server` beginning at `from`. */
static size_t len_of_two(hcsref_str path, size_t from) {
  size_t server = hcsref_find_separator(path, from);
  return server >= path.len ? path.len : hcsref_find_separator(path, server + 1);
}

/* Does the path begin with `prefix`, letters in any case and separators alike, and then end or have a separator? */
static bool has_prefix(hcsref_str path, const char *prefix) {
  hcsref_str p = hcsref_cstr(prefix);
  for (size_t i = 0; i < p.len; i++) {
    bool separator = hcsref_is_separator(p.data[i]);
    if (i >= path.len || separator != hcsref_is_separator(path.data[i]) ||
        (!separator && !hcsref_str_equal_ascii_fold(hcsref_str_from(path.data + i, 1), hcsref_str_from(p.data + i, 1))))
      return false;
  }
  return path.len == p.len || hcsref_is_separator(path.data[p.len]);
}

/* Go 1.20.0 to 1.20.10, 1.21.0 to 1.21.3: \\server\share, \\.\device, \\?\device, and below these UNC\server\share. */
static size_t len_of_two_or_unc(hcsref_str path) {
  bool device = path.len >= 3 && (path.data[2] == '.' || path.data[2] == '?') && hcsref_find_separator(path, 2) == 3;
  size_t len = len_of_two(path, 2);
  hcsref_str second = hcsref_str_first(hcsref_str_skip(path, 4), len - (len < 4 ? len : 4));
  return device && len < path.len && hcsref_str_equal_ascii_fold(second, HCSREF_LIT("UNC")) ? len_of_two(path, len + 1)
                                                                                            : len;
}

/* From Go 1.20.11 and 1.21.4 on: the next element belongs to a device's prefix, but for a short while not to that of a
 * root local device. */
static size_t len_of_device(const hcsref_rules *rules, hcsref_str path) {
  bool root_local = has_prefix(path, "\\\\?") || has_prefix(path, "\\??");
  if (has_prefix(path, "\\\\.\\UNC"))
    return len_of_two(path, path.len < 8 ? path.len : 8);
  if (root_local && hcsref_has(rules, HCSREF_CHANGE_GO_VOLUME_SHORT))
    return 3;
  if (root_local || has_prefix(path, "\\\\."))
    return path.len == 3 ? 3 : hcsref_find_separator(path, 4);
  return path.len >= 2 && hcsref_is_separator(path.data[1]) ? len_of_two(path, 2) : 0;
}

size_t hcsref_volume_len(const hcsref_rules *rules, hcsref_str path) {
  bool any_drive = hcsref_has(rules, HCSREF_CHANGE_GO_VOLUME_ROOT_LOCAL);
  if (path.len >= 2 && (any_drive ? path.data[1] == ':' : is_drive(path)))
    return 2;
  if (path.len == 0 || !hcsref_is_separator(path.data[0]))
    return 0;
  if (any_drive)
    return len_of_device(rules, path);
  if (!hcsref_has(rules, HCSREF_CHANGE_GO_VOLUME_DEVICES))
    return len_of_share(path);
  return path.len >= 2 && hcsref_is_separator(path.data[1]) ? len_of_two_or_unc(path) : 0;
}

bool hcsref_path_volume_as(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str path, hcsref_str *out) {
  hcsref_str volume = hcsref_str_first(path, hcsref_volume_len(hcsref_path_rules(rules), path));
  char *copy;
  if (!hcsref_has(hcsref_path_rules(rules), HCSREF_CHANGE_GO_VOLUME_DEVICES) || volume.len == 0 ||
      memchr(volume.data, '/', volume.len) == NULL) {
    *out = volume;
    return true;
  }
  copy = hcsref_arena_alloc(arena, volume.len);
  if (copy == NULL)
    return false;
  for (size_t i = 0; i < volume.len; i++)
    copy[i] = volume.data[i] == '/' ? '\\' : volume.data[i];
  *out = hcsref_str_from(copy, volume.len);
  return true;
}

/* CON, PRN, AUX, NUL, COM1 … COM9, LPT1 … LPT9 in any case, and nothing else. Source: isReservedName. */
static bool is_reserved(hcsref_str path) {
  static const char *const names[] = {"CON", "PRN", "AUX", "NUL"};
  static const char *const ports[] = {"COM", "LPT"};
  if (path.len == 4 && path.data[3] >= '1' && path.data[3] <= '9') {
    for (size_t i = 0; i < sizeof(ports) / sizeof(ports[0]); i++)
      if (hcsref_str_equal_ascii_fold(hcsref_str_first(path, 3), hcsref_cstr(ports[i])))
        return true;
  }
  for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
    if (hcsref_str_equal_ascii_fold(path, hcsref_cstr(names[i])))
      return true;
  return false;
}

bool hcsref_path_is_abs_as(const hcsref_rules *rules, hcsref_str path) {
  size_t volume = hcsref_volume_len(hcsref_path_rules(rules), path);
  if (!hcsref_has(hcsref_path_rules(rules), HCSREF_CHANGE_GO_VOLUME_DEVICES) && is_reserved(path))
    return true;
  if (volume == 0)
    return false;
  if (hcsref_is_separator(path.data[0]) && hcsref_is_separator(path.data[1]))
    return true;
  return volume < path.len && hcsref_is_separator(path.data[volume]);
}
