/* SPDX-License-Identifier: Apache-2.0 */
/* The pieces of JSON text: strings, numbers, and whole values that nobody wants. */
#include "base/arena.h"
#include "base/utf8.h"
#include "gojson/decoder.h"
#include "gojson/scan.h"

#include <string.h>

/* ---- strings ------------------------------------------------------------------------------------------- */

/* Unescaped text goes into a pool that is as long as what is left of the text: no spelling is shorter than what
 * it stands for, except a byte of bad UTF-8. */
static char *pool_of(decoder *d) {
  if (d->pool == NULL)
    d->pool = hcsref_arena_take(d->arena, (size_t)(d->end - d->p) + HCSREF_SCAN_PADDING);
  return d->pool;
}

#ifdef HCSREF_SSE2
/* Copies 16 bytes with each doubled backslash, which paths are full of, made one: what follows it is written again one
 * byte further back. Stops at any other special byte, and then returns false. */
static inline bool copy_step(const char **from, char **to) {
  const char *p = *from;
  char *out = *to;
  __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
  unsigned backslashes = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
  unsigned others = hcsref_stop_mask(bytes) ^ backslashes;
  size_t len = others == 0 ? 16 : hcsref_first_set(others);
  size_t at = 0;
  _mm_storeu_si128((__m128i *)(void *)out, bytes);
  backslashes &= (1u << len) - 1;
  while (backslashes != 0) {
    at = hcsref_first_set(backslashes);
    if (p[at + 1] != '\\') {
      *from = p + at;
      *to = out + at;
      return false;
    }
    _mm_storeu_si128((__m128i *)(void *)(out + at + 1), _mm_loadu_si128((const __m128i *)(const void *)(p + at + 2)));
    out--;
    backslashes &= backslashes - 1;
    backslashes &= backslashes - 1;
  }
  if (at == 15) /* the second one is of the next step */
    len = 17;
  *from = p + len;
  *to = out + len;
  return others == 0;
}
#endif

/* Copies ordinary bytes and doubled backslashes up to the first other byte; both cursors move. The pool and the text
 * are both padded, so whole steps may be copied. */
static inline void copy_run(const char **from, char **to) {
#ifdef HCSREF_SSE2
  while (copy_step(from, to))
    ;
#else
  while (!hcsref_ends_plain_run((unsigned char)**from))
    *(*to)++ = *(*from)++;
#endif
}

/* How a string ended, if it has. */
typedef enum ending { GOES_ON, CLOSED, BROKEN, BAD_UTF8 } ending;

/* The special byte or rune at *p, which is not the closing quote. */
static ending read_special(const decoder *d, const char **p, char **to) {
  if (**p == '\\') {
    (*p)++;
    return hcsref_unescape(p, to) ? GOES_ON : BROKEN;
  }
  if ((unsigned char)**p < 0x20)
    return BROKEN; /* behind the text there are zeros only */
  return hcsref_copy_rune(d, p, to) ? GOES_ON : BAD_UTF8;
}

/* Unescapes from *from up to the closing quote. */
static ending unescape_string(const decoder *d, const char **from, char **to) {
  ending end = GOES_ON;
  while (end == GOES_ON) {
    copy_run(from, to);
    if (**from == '"')
      return CLOSED;
    if ((*from)[0] == '\\' && (*from)[1] == '"') {
      *(*to)++ = '"';
      *from += 2;
    } else {
      const char *p = *from; /* copies: the cursors stay in registers */
      char *out = *to;
      end = read_special(d, &p, &out);
      *from = p;
      *to = out;
    }
  }
  return end;
}

static hcsref_str finish_string(decoder *d, const char *p, const char *first, const char *to) {
  d->p = p + 1;
  return hcsref_str_from(first, (size_t)(to - first));
}

/* A string with escapes or bad UTF-8, from `begin`. */
static hcsref_str read_written_string(decoder *d, const char *begin) {
  char *first = pool_of(d);
  const char *p = begin;
  char *to = first;
  ending end;
  if (first == NULL) {
    hcsref_decoder_starves(d);
    return hcsref_str_from(NULL, 0);
  }
  end = unescape_string(d, &p, &to);
  if (end == BAD_UTF8)
    return hcsref_read_bad_string(d, begin);
  if (end == BROKEN)
    return hcsref_str_from(NULL, 0);
  d->pool = to;
  return finish_string(d, p, first, to);
}

hcsref_str hcsref_read_string_on(decoder *d, const char *p) {
  const char *begin = d->p + 1;
  while ((unsigned char)*p >= 0x80) {
    uint32_t rune;
    size_t width;
    if (p >= d->end || !hcsref_utf8_decode(p, (size_t)(d->end - p), &rune, &width))
      break;
    p += width;
    p += hcsref_plain_run(p);
  }
  if (*p != '"')
    return read_written_string(d, begin);
  return finish_string(d, p, begin, p);
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
  /* Bits of deeper levels are not yet set. NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult) */
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
