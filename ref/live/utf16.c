/* SPDX-License-Identifier: Apache-2.0 */
/* Text and GUIDs between our form and Windows'. */
#include "base/utf8.h"
#include "hcsref/hcsapi.h"

hcsref_wchar *hcsref_to_utf16(hcsref_arena *arena, hcsref_str text) {
  /* No byte of UTF-8 becomes more than one unit. */
  hcsref_wchar *out = hcsref_arena_array(arena, text.len + 1, sizeof(*out));
  size_t at = 0, count = 0;
  if (out == NULL)
    return NULL;
  while (at < text.len && text.data[at] != '\0') {
    uint32_t rune;
    size_t width;
    hcsref_utf8_decode(text.data + at, text.len - at, &rune, &width);
    at += width;
    if (rune < 0x10000u) {
      out[count++] = (hcsref_wchar)rune;
    } else {
      out[count++] = (hcsref_wchar)(0xD800u + ((rune - 0x10000u) >> 10));
      out[count++] = (hcsref_wchar)(0xDC00u + ((rune - 0x10000u) & 0x3FFu));
    }
  }
  return out;
}

static bool is_high(hcsref_wchar unit) {
  return unit >= 0xD800u && unit < 0xDC00u;
}

static bool is_low(hcsref_wchar unit) {
  return unit >= 0xDC00u && unit < 0xE000u;
}

bool hcsref_from_utf16(hcsref_arena *arena, const hcsref_wchar *text, hcsref_str *out) {
  size_t length = 0, count = 0;
  char *data;
  while (text != NULL && text[length] != 0)
    length++;
  /* A unit becomes three bytes at most; a pair becomes four. */
  if (length > (SIZE_MAX - 1 - HCSREF_UTF8_MAX) / 3)
    return false;
  data = hcsref_arena_alloc(arena, length * 3 + HCSREF_UTF8_MAX + 1);
  if (data == NULL)
    return false;
  for (size_t i = 0; i < length; i++) {
    uint32_t rune = text[i];
    if (is_high(text[i]) && i + 1 < length && is_low(text[i + 1])) {
      rune = 0x10000u + ((rune - 0xD800u) << 10) + (text[i + 1] - 0xDC00u);
      i++;
    }
    count += hcsref_utf8_encode(rune, data + count);
  }
  data[count] = '\0';
  *out = hcsref_str_from(data, count);
  return true;
}

hcsref_win_guid hcsref_guid_to_windows(hcsref_guid guid) {
  const unsigned char *d = guid.data;
  hcsref_win_guid out;
  out.data1 = (uint32_t)d[0] << 24 | (uint32_t)d[1] << 16 | (uint32_t)d[2] << 8 | d[3];
  out.data2 = (uint16_t)(d[4] << 8 | d[5]);
  out.data3 = (uint16_t)(d[6] << 8 | d[7]);
  for (size_t i = 0; i < 8; i++)
    out.data4[i] = d[8 + i];
  return out;
}

hcsref_guid hcsref_guid_from_windows(hcsref_win_guid guid) {
  hcsref_guid out;
  for (unsigned i = 0; i < 4; i++)
    out.data[i] = (unsigned char)(guid.data1 >> (24 - 8 * i));
  out.data[4] = (unsigned char)(guid.data2 >> 8);
  out.data[5] = (unsigned char)guid.data2;
  out.data[6] = (unsigned char)(guid.data3 >> 8);
  out.data[7] = (unsigned char)guid.data3;
  for (size_t i = 0; i < 8; i++)
    out.data[8 + i] = guid.data4[i];
  return out;
}
