/* SPDX-License-Identifier: Apache-2.0 */
/* The form that the root of a process-isolated container must have. Source: hcsshim hcsdoc_wcow.go
 * volumeGUIDRegex, which also lets pass \\?\VolumeG} and \\?\Volume{G}}. */
#include "hcsref/path.h"

static bool is_hex(char c) {
  unsigned char lower = (unsigned char)(c | 0x20);
  return (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'f');
}

/* The number of bytes of a GUID's text at the start of `s`, or 0. */
static size_t guid_len(hcsref_str s) {
  enum { LEN = 36 };
  static const size_t groups[] = {8, 4, 4, 4, 12};
  size_t n = 0;
  if (s.len < LEN)
    return 0;
  for (size_t g = 0; g < sizeof(groups) / sizeof(groups[0]); g++) {
    if (g > 0 && s.data[n++] != '-')
      return 0;
    for (size_t i = 0; i < groups[g]; i++)
      if (!is_hex(s.data[n++]))
        return 0;
  }
  return n;
}

bool hcsref_is_volume_path(hcsref_str path) {
  hcsref_str prefix = HCSREF_LIT("\\\\?\\Volume");
  hcsref_str rest;
  size_t guid;
  if (!hcsref_str_has_prefix(path, prefix))
    return false;
  rest = hcsref_str_skip(path, prefix.len);
  if (hcsref_str_has_prefix(rest, HCSREF_LIT("{")))
    rest = hcsref_str_skip(rest, 1);
  guid = guid_len(rest);
  if (guid == 0)
    return false;
  rest = hcsref_str_skip(rest, guid);
  if (hcsref_str_has_prefix(rest, HCSREF_LIT("}}")))
    rest = hcsref_str_skip(rest, 1);
  return hcsref_str_equal(rest, HCSREF_LIT("}")) || hcsref_str_equal(rest, HCSREF_LIT("}\\"));
}
