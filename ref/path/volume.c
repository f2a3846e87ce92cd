/* SPDX-License-Identifier: Apache-2.0 */
/* Volume names, and what follows from them. Source: Go 1.19 path/filepath path_windows.go. */
#include "path/volume.h"

#include "hcsref/path.h"

static bool is_drive(hcsref_str path) {
  unsigned char letter = (unsigned char)(path.data[0] | 0x20);
  return letter >= 'a' && letter <= 'z' && path.data[1] == ':';
}

/* \\x with x neither a separator nor a point: the beginning of \\server\share. */
static bool begins_server(hcsref_str path) {
  return path.len >= 5 && hcsref_is_separator(path.data[0]) && hcsref_is_separator(path.data[1]) &&
         !hcsref_is_separator(path.data[2]) && path.data[2] != '.';
}

size_t hcsref_find_separator(hcsref_str path, size_t from) {
  while (from < path.len && !hcsref_is_separator(path.data[from]))
    from++;
  return from;
}

size_t hcsref_volume_len(hcsref_str path) {
  size_t share;
  if (path.len >= 2 && is_drive(path))
    return 2;
  if (!begins_server(path))
    return 0;
  share = hcsref_find_separator(path, 3) + 1;
  if (share >= path.len || hcsref_is_separator(path.data[share]) || path.data[share] == '.')
    return 0;
  return hcsref_find_separator(path, share);
}

hcsref_str hcsref_path_volume(hcsref_str path) {
  return hcsref_str_first(path, hcsref_volume_len(path));
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

bool hcsref_path_is_abs(hcsref_str path) {
  size_t volume = hcsref_volume_len(path);
  if (is_reserved(path))
    return true;
  if (volume == 0)
    return false;
  if (hcsref_is_separator(path.data[0]))
    return true;
  return volume < path.len && hcsref_is_separator(path.data[volume]);
}
