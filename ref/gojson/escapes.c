/* SPDX-License-Identifier: Apache-2.0 */
/* What strings hardly have: escapes other than of backslashes and quotes, and bad UTF-8. Apart, so that the common ways
 * stay short. Source: encoding/json decode.go unquoteBytes. */
#include "base/arena.h"
#include "base/utf8.h"
#include "gojson/decoder.h"

#include <string.h>

static bool hex4(const char *p, uint32_t *out) {
  uint32_t value = 0;
  for (int i = 0; i < 4; i++) {
    unsigned char c = (unsigned char)p[i];
    unsigned char low = c | 0x20;
    if (c >= '0' && c <= '9')
      value = value << 4 | (uint32_t)(c - '0');
    else if (low >= 'a' && low <= 'f')
      value = value << 4 | (uint32_t)(low - 'a' + 10);
    else
      return false;
  }
  *out = value;
  return true;
}

/* The rune of a \u escape whose digits begin at *p: two surrogates that belong together make one, a lone one
 * makes U+FFFD. Source: decode.go unquoteBytes. */
static bool read_unicode(const char **p, uint32_t *rune) {
  uint32_t low;
  if (!hex4(*p, rune))
    return false;
  *p += 4;
  if (*rune < 0xD800 || *rune > 0xDFFF)
    return true;
  if (*rune < 0xDC00 && (*p)[0] == '\\' && (*p)[1] == 'u' && hex4(*p + 2, &low) && low >= 0xDC00 && low <= 0xDFFF) {
    *p += 6;
    *rune = 0x10000 + ((*rune - 0xD800) << 10) + (low - 0xDC00);
    return true;
  }
  *rune = HCSREF_RUNE_ERROR;
  return true;
}

/* What the letter of a two-character escape stands for, or 0. */
static char escape_value(char letter) {
  switch (letter) {
  case '"':
  case '\\':
  case '/':
    return letter;
  case 'b':
    return '\b';
  case 'f':
    return '\f';
  case 'n':
    return '\n';
  case 'r':
    return '\r';
  case 't':
    return '\t';
  default:
    return 0;
  }
}

bool hcsref_unescape(const char **p, char **out) {
  char value = escape_value(**p);
  uint32_t rune;
  if (value != 0) {
    (*p)++;
    *(*out)++ = value;
    return true;
  }
  if (**p != 'u')
    return false;
  (*p)++;
  if (!read_unicode(p, &rune))
    return false;
  *out += hcsref_utf8_encode(rune, *out);
  return true;
}

bool hcsref_copy_rune(const decoder *d, const char **p, char **to) {
  uint32_t rune;
  size_t width;
  if (*p >= d->end || !hcsref_utf8_decode(*p, (size_t)(d->end - *p), &rune, &width))
    return false;
  memcpy(*to, *p, width);
  *p += width;
  *to += width;
  return true;
}

/* Unescapes byte by byte from *p up to the closing quote, with U+FFFD for each byte of bad UTF-8. False: bad syntax. */
static bool replace_string(decoder *d, const char **p, char **to) {
  for (;;) {
    unsigned char c = (unsigned char)**p;
    if (c == '"')
      return true;
    if (c == '\\') {
      (*p)++;
      if (!hcsref_unescape(p, to))
        return false;
    } else if (c < 0x20) {
      return false;
    } else if (c < 0x80) {
      *(*to)++ = *(*p)++;
    } else if (!hcsref_copy_rune(d, p, to)) {
      (*p)++;
      *to += hcsref_utf8_encode(HCSREF_RUNE_ERROR, *to);
    }
  }
}

/* Three bytes for each up to the next quote that no backslash precedes; null when out of memory. */
static char *room_for_replaced(decoder *d, const char *begin) {
  const char *p = begin;
  size_t len;
  while (p < d->end && *p != '"')
    p += *p == '\\' ? 2 : 1;
  len = (size_t)(p - begin);
  return len > SIZE_MAX / 3 ? NULL : hcsref_arena_take(d->arena, len * 3);
}

hcsref_str hcsref_read_bad_string(decoder *d, const char *begin) {
  const char *p = begin;
  char *first = room_for_replaced(d, begin);
  char *to = first;
  if (first == NULL)
    hcsref_decoder_starves(d);
  if (first == NULL || !replace_string(d, &p, &to))
    return hcsref_str_from(NULL, 0);
  d->p = p + 1;
  return hcsref_str_from(first, (size_t)(to - first));
}
