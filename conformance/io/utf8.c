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

static uint32_t code_point(hcsref_str s, size_t length) {
  static const unsigned char masks[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
  uint32_t value = (unsigned char)s.data[0] & masks[length];
  for (size_t i = 1; i < length; i++)
    value = value << 6 | ((unsigned char)s.data[i] & 0x3F);
  return value;
}

/* Default_Ignorable_Code_Point of Unicode 15 (DerivedCoreProperties), with the line separators U+2028 and U+2029 and
 * the interlinear annotations U+FFF9 to U+FFFB. */
static const struct {
  uint32_t first, last;
} hidden[] = {
    {0xAD, 0xAD},     {0x34F, 0x34F},   {0x61C, 0x61C},     {0x115F, 0x1160},   {0x17B4, 0x17B5},   {0x180B, 0x180F},
    {0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F},   {0x3164, 0x3164},   {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},
    {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
};

static bool is_hidden(uint32_t c) {
  for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++)
    if (c >= hidden[i].first && c <= hidden[i].last)
      return true;
  return false;
}

size_t utf8_printable(hcsref_str s) {
  size_t length = utf8_length(s);
  uint32_t c = length == 0 ? 0 : code_point(s, length);
  bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
  return control || is_hidden(c) ? 0 : length;
}

static void put_hex(char *out, uint32_t value, int digits) {
  static const char hex[] = "0123456789abcdef";
  for (out[digits] = '\0'; digits > 0; value >>= 4)
    out[--digits] = hex[value & 15];
}

size_t utf8_escape(hcsref_str s, char out[UTF8_ESCAPE]) {
  size_t length = utf8_length(s);
  uint32_t c = length < 2 ? (unsigned char)s.data[0] : code_point(s, length);
  out[0] = '\\';
  out[1] = length < 2 ? 'x' : c < 0x10000 ? 'u' : 'U';
  put_hex(out + 2, c, length < 2 ? 2 : c < 0x10000 ? 4 : 8);
  return length == 0 ? 1 : length;
}

hcsref_str utf8_first(hcsref_str s, size_t width) {
  size_t end = width;
  if (s.len <= width)
    return s;
  while (end > 0 && width - end < LONGEST - 1 && is_continuation(s.data[end]))
    end--;
  return hcsref_str_first(s, is_continuation(s.data[end]) ? width : end); /* of nothing but these, no half is left */
}
