/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"

/* What the second byte may be after a given first byte keeps out overlong forms, surrogates and what is past
 * U+10FFFF (Unicode, table 3-7). */
static bool second_byte_ok(unsigned char first, unsigned char second) {
  unsigned char low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  unsigned char high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  return second >= low && second <= high;
}

static size_t sequence_width(unsigned char first) {
  if (first < 0x80)
    return 1;
  if (first < 0xC2 || first > 0xF4)
    return 0;
  return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

static bool continuation(unsigned char byte) {
  return (byte & 0xC0) == 0x80;
}

static bool sequence_ok(const unsigned char *bytes, size_t len, size_t width) {
  if (width == 0 || width > len)
    return false;
  if (width > 1 && !second_byte_ok(bytes[0], bytes[1]))
    return false;
  for (size_t i = 2; i < width; i++)
    if (!continuation(bytes[i]))
      return false;
  return true;
}

bool hcsref_utf8_decode(const char *data, size_t len, uint32_t *rune, size_t *width) {
  static const unsigned char first_mask[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
  const unsigned char *bytes = (const unsigned char *)data;
  size_t wide = sequence_width(bytes[0]);
  if (!sequence_ok(bytes, len, wide)) {
    *rune = HCSREF_RUNE_ERROR;
    *width = 1;
    return false;
  }
  *rune = bytes[0] & first_mask[wide];
  for (size_t i = 1; i < wide; i++)
    *rune = (*rune << 6) | (bytes[i] & 0x3Fu);
  *width = wide;
  return true;
}

size_t hcsref_utf8_encode(uint32_t rune, char out[HCSREF_UTF8_MAX]) {
  if (rune > 0x10FFFF || (rune >= 0xD800 && rune <= 0xDFFF))
    rune = HCSREF_RUNE_ERROR;
  if (rune < 0x80) {
    out[0] = (char)rune;
    return 1;
  }
  if (rune < 0x800) {
    out[0] = (char)(0xC0 | rune >> 6);
    out[1] = (char)(0x80 | (rune & 0x3F));
    return 2;
  }
  if (rune < 0x10000) {
    out[0] = (char)(0xE0 | rune >> 12);
    out[1] = (char)(0x80 | (rune >> 6 & 0x3F));
    out[2] = (char)(0x80 | (rune & 0x3F));
    return 3;
  }
  out[0] = (char)(0xF0 | rune >> 18);
  out[1] = (char)(0x80 | (rune >> 12 & 0x3F));
  out[2] = (char)(0x80 | (rune >> 6 & 0x3F));
  out[3] = (char)(0x80 | (rune & 0x3F));
  return 4;
}
