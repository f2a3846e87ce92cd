/* SPDX-License-Identifier: Apache-2.0 */
/* The pieces of JSON text: strings, numbers, and whole values that nobody wants. */
#include "base/arena.h"
#include "base/utf8.h"
#include "gojson/decoder.h"
#include "gojson/scan.h"

#include <string.h>

/* ---- strings ------------------------------------------------------------------------------------------- */

/* Unescaped text is never longer than its spelling, except that a byte of bad UTF-8 becomes three: that is
 * found out first, and such a text is given room of its own. */
static char *room_for(decoder *d, size_t len, bool bad_utf8) {
  if (bad_utf8)
    return len > SIZE_MAX / 3 ? NULL : hcsref_arena_take(d->arena, len * 3);
  if (d->pool == NULL)
    d->pool = hcsref_arena_take(d->arena, (size_t)(d->end - d->p) + HCSREF_SCAN_PADDING);
  return d->pool;
}

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

/* The escape at *p, behind its backslash, appended at *out. */
static bool unescape(const char **p, char **out) {
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

static void copy_run(char *out, const char *p, size_t len) {
#ifdef HCSREF_SSE2
  /* The pool and the text are both padded, so whole steps may be copied. */
  for (size_t i = 0; i < len; i += 16)
    _mm_storeu_si128((__m128i *)(void *)(out + i), _mm_loadu_si128((const __m128i *)(const void *)(p + i)));
#else
  memcpy(out, p, len);
#endif
}

/* Copies runes that are not ASCII, replacing bytes of bad UTF-8. */
static void copy_runes(const decoder *d, const char **p, char **out) {
  while ((unsigned char)**p >= 0x80 && *p < d->end) {
    uint32_t rune;
    size_t width;
    hcsref_utf8_decode(*p, (size_t)(d->end - *p), &rune, &width);
    *out += hcsref_utf8_encode(rune, *out);
    *p += width;
  }
}

/* Finds the closing quote of the string that begins at `p`, and whether it holds bad UTF-8; null when there is
 * none. Escapes are checked later. */
static const char *find_end(const decoder *d, const char *p, bool *bad_utf8) {
  *bad_utf8 = false;
  for (;;) {
    uint32_t rune;
    size_t width;
    p += hcsref_plain_run(p);
    if (p >= d->end)
      return NULL;
    if (*p == '"')
      return p;
    if (*p == '\\') {
      p += 2;
    } else if ((unsigned char)*p < 0x20) {
      return NULL;
    } else {
      if (!hcsref_utf8_decode(p, (size_t)(d->end - p), &rune, &width))
        *bad_utf8 = true;
      p += width;
    }
  }
}

/* A string with escapes or bad UTF-8, from `begin`; `p` is the first byte that needs care. */
static bool read_written_string(decoder *d, const char *begin, const char *p, hcsref_str *out) {
  bool bad_utf8;
  const char *close = find_end(d, p, &bad_utf8);
  char *first, *to;
  if (close == NULL)
    return false;
  first = room_for(d, (size_t)(close - begin), bad_utf8);
  if (first == NULL) {
    d->out_of_memory = true;
    return false;
  }
  memcpy(first, begin, (size_t)(p - begin));
  to = first + (p - begin);
  while (p < close) {
    size_t run = hcsref_plain_run(p);
    if (bad_utf8)
      memcpy(to, p, run);
    else
      copy_run(to, p, run);
    to += run;
    p += run;
    if (*p == '\\') {
      p++;
      if (!unescape(&p, &to))
        return false;
    } else {
      copy_runes(d, &p, &to);
    }
  }
  if (!bad_utf8)
    d->pool = to;
  d->p = close + 1;
  *out = hcsref_str_from(first, (size_t)(to - first));
  return true;
}

bool hcsref_read_string(decoder *d, hcsref_str *out) {
  const char *begin = d->p + 1;
  const char *p = begin + hcsref_plain_run(begin);
  while ((unsigned char)*p >= 0x80) {
    uint32_t rune;
    size_t width;
    if (p >= d->end || !hcsref_utf8_decode(p, (size_t)(d->end - p), &rune, &width))
      break;
    p += width;
    p += hcsref_plain_run(p);
  }
  if (*p != '"' || p >= d->end)
    return read_written_string(d, begin, p, out);
  *out = hcsref_str_from(begin, (size_t)(p - begin));
  d->p = p + 1;
  return true;
}

/* ---- numbers ------------------------------------------------------------------------------------------- */

static bool digit(char c) {
  return c >= '0' && c <= '9';
}

static const char *skip_digits(const char *p) {
  while (digit(*p))
    p++;
  return p;
}

bool hcsref_read_number(decoder *d, hcsref_str *out) {
  const char *p = d->p + (*d->p == '-');
  if (!digit(*p))
    return false;
  p = *p == '0' ? p + 1 : skip_digits(p);
  if (*p == '.') {
    if (!digit(p[1]))
      return false;
    p = skip_digits(p + 1);
  }
  if (*p == 'e' || *p == 'E') {
    p += p[1] == '+' || p[1] == '-' ? 2 : 1;
    if (!digit(*p))
      return false;
    p = skip_digits(p);
  }
  *out = hcsref_str_from(d->p, (size_t)(p - d->p));
  d->p = p;
  return true;
}

/* ---- values that are passed over --------------------------------------------------------------------------- */

static const char *skip_space(const char *p) {
  while (*p == ' ' || *p == '\n' || *p == '\t' || *p == '\r')
    p++;
  return p;
}

/* Which kind of container is open at each depth, a bit each: set for objects. */
typedef struct nesting {
  size_t depth;
  unsigned char bits[HCSREF_JSON_MAX_DEPTH / 8 + 1];
} nesting;

static bool in_object(const nesting *n) {
  return n->bits[n->depth / 8] >> n->depth % 8 & 1;
}

static bool enter(const decoder *d, nesting *n, bool object) {
  unsigned bit;
  if (d->depth + n->depth >= HCSREF_JSON_MAX_DEPTH)
    return false;
  n->depth++;
  bit = 1u << n->depth % 8;
  n->bits[n->depth / 8] = (unsigned char)(object ? n->bits[n->depth / 8] | bit : n->bits[n->depth / 8] & ~bit);
  return true;
}

static bool skip_string(decoder *d) {
  hcsref_str ignored;
  return hcsref_read_string(d, &ignored);
}

static bool skip_key(decoder *d) {
  d->p = skip_space(d->p);
  if (*d->p != '"' || !skip_string(d))
    return false;
  d->p = skip_space(d->p);
  return *d->p++ == ':';
}

static bool skip_word(decoder *d) {
  static const char *const words[] = {"null", "true", "false"};
  for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
    size_t len = strlen(words[i]);
    if (strncmp(d->p, words[i], len) == 0) {
      d->p += len;
      return true;
    }
  }
  return false;
}

static bool skip_scalar(decoder *d) {
  hcsref_str ignored;
  if (*d->p == '"')
    return skip_string(d);
  if (*d->p == '-' || digit(*d->p))
    return hcsref_read_number(d, &ignored);
  return skip_word(d);
}

/* Behind a value: closes what ends here and stands where the next value begins. */
static bool skip_to_next(decoder *d, nesting *n) {
  while (n->depth > 0) {
    d->p = skip_space(d->p);
    if (*d->p == ',') {
      d->p++;
      return !in_object(n) || skip_key(d);
    }
    if (*d->p != (in_object(n) ? '}' : ']'))
      return false;
    d->p++;
    n->depth--;
  }
  return true;
}

bool hcsref_skip_value(decoder *d) {
  nesting n;
  n.depth = 0;
  do {
    d->p = skip_space(d->p);
    if (*d->p == '{' || *d->p == '[') {
      bool object = *d->p == '{';
      if (!enter(d, &n, object))
        return false;
      d->p = skip_space(d->p + 1);
      if (*d->p != (object ? '}' : ']')) {
        if (object && !skip_key(d))
          return false;
        continue;
      }
    } else if (!skip_scalar(d)) {
      return false;
    }
    if (!skip_to_next(d, &n))
      return false;
  } while (n.depth > 0);
  return true;
}
