/* SPDX-License-Identifier: Apache-2.0 */
#include "io/utf8.h"

/* Bytes of the longest character. */
#define LONGEST 4

static bool is_continuation(char c) {
  return ((unsigned char)c & 0xC0) == 0x80;
}

/* What its first byte says of a character's length. */
static size_t announced_length(unsigned char first) {
  return first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
}

/* Neither an overlong form, nor a surrogate, nor past U+10FFFF? */
static bool is_sound_start(unsigned char first, unsigned char second) {
  return !(first == 0xE0 && second < 0xA0) && !(first == 0xED && second > 0x9F) && !(first == 0xF0 && second < 0x90) &&
         !(first == 0xF4 && second > 0x8F);
}

size_t utf8_length(hcsref_str s) {
  unsigned char first = (unsigned char)s.data[0];
  size_t length = announced_length(first);
  if (length > s.len)
    return 0;
  for (size_t i = 1; i < length; i++)
    if (!is_continuation(s.data[i]))
      return 0;
  return length > 2 && !is_sound_start(first, (unsigned char)s.data[1]) ? 0 : length;
}

size_t utf8_printable(hcsref_str s) {
  unsigned char first = (unsigned char)s.data[0];
  size_t length = utf8_length(s);
  bool c0 = first < 0x20 || first == 0x7F;
  bool c1 = length == 2 && first == 0xC2 && (unsigned char)s.data[1] < 0xA0;
  return c0 || c1 ? 0 : length;
}

hcsref_str utf8_first(hcsref_str s, size_t width) {
  size_t end = width;
  if (s.len <= width)
    return s;
  while (end > 0 && width - end < LONGEST - 1 && is_continuation(s.data[end]))
    end--;
  return hcsref_str_first(s, is_continuation(s.data[end]) ? width : end); /* of nothing but these, no half is left */
}
