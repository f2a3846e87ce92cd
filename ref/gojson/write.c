/* SPDX-License-Identifier: Apache-2.0 */
/* Strings and raw JSON on their way out. Source: encoding/json encode.go encodeState.string, indent.go compact. */
#include "gojson/write.h"

#include "base/utf8.h"
#include "gojson/scan.h"

#include <string.h>

static const char hex_digits[] = "0123456789abcdef";

/* Room is made for this many bytes of a string at a time. */
#define CHUNK ((size_t)4096)
/* No byte becomes longer than \u00xx; bad UTF-8 becomes \ufffd, a byte at a time. */
#define WIDEST 6

#ifndef HCSREF_SSE2
/* Bytes that cannot be copied as they are: control characters, quote, backslash, what HTML gives a meaning, and what
 * is not ASCII. */
static bool is_special(unsigned char c) {
  return c < 0x20 || c >= 0x80 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&';
}
#endif

#ifdef HCSREF_SSE2
#define STEP ((size_t)16)

/* A bit for each of 16 bytes that is special but no backslash. Each comparison finds two characters that differ in one
 * bit; the difference is signed, and negative for control characters and what is not ASCII. */
static inline unsigned other_mask(__m128i bytes) {
  __m128i quotes = _mm_cmpeq_epi8(_mm_and_si128(bytes, _mm_set1_epi8(~('"' ^ '&'))), _mm_set1_epi8('"' & '&'));
  __m128i angles = _mm_cmpeq_epi8(_mm_or_si128(bytes, _mm_set1_epi8('<' ^ '>')), _mm_set1_epi8('>'));
  __m128i others = _mm_subs_epi8(bytes, _mm_set1_epi8(0x20));
  return (unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quotes, angles), others));
}

/* Copies the last `len` of STEP bytes that end at `end`, which all belong to the string. */
static inline void copy_end(char *to, const char *end, size_t len) {
  uint64_t last;
  uint64_t first;
  memcpy(&last, end - sizeof last, sizeof last);
  if (len >= sizeof first) {
    memcpy(&first, end - len, sizeof first);
    memcpy(to, &first, sizeof first);
    memcpy(to + len - sizeof last, &last, sizeof last);
  } else {
    last >>= 8 * (sizeof last - len); /* little-endian, as SSE2 is */
    memcpy(to, &last, sizeof last);
  }
}

/* What may be read of the string behind the bytes of a step: at least as much again; nothing; and nothing, where not
 * all bytes before them can be read either. */
typedef enum surroundings { MORE_BEHIND, AT_END, ALONE } surroundings;

/* Copies the first `len` of STEP bytes, with backslashes, which paths are full of, doubled on the way: what each begins
 * is written again one byte further on, from `*from`. Both cursors move. False: it stopped at another special byte. */
static inline bool copy_step(__m128i bytes, size_t len, surroundings around, const char **from, char **to) {
  const char *p = *from;
  char *out = *to;
  unsigned backslashes = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
  unsigned others = other_mask(bytes);
  bool whole;
  _mm_storeu_si128((__m128i *)(void *)out, bytes);
  if (len < STEP) {
    backslashes &= (1u << len) - 1;
    others &= (1u << len) - 1;
  }
  whole = others == 0;
  if (!whole) {
    len = hcsref_first_set(others);
    backslashes &= (1u << len) - 1;
  }
  for (; backslashes != 0; backslashes &= backslashes - 1) {
    size_t at = hcsref_first_set(backslashes);
    out++;
    if (around == MORE_BEHIND)
      _mm_storeu_si128((__m128i *)(void *)(out + at), _mm_loadu_si128((const __m128i *)(const void *)(p + at)));
    else if (around == AT_END)
      copy_end(out + at, p + STEP, STEP - at);
    else
      hcsref_copy_to_16(out + at, p + at, len - at);
  }
  *from = p + len;
  *to = out + len;
  return whole;
}

/* Fewer than STEP bytes in a register, zeros behind them. */
static inline __m128i load_tail(const char *p, size_t len) {
  uint64_t low = 0;
  uint64_t high = 0;
  uint32_t half[2];
  if (len >= 8) {
    memcpy(&low, p, 8);
    memcpy(&high, p + len - 8, 8);
    high = len == 8 ? 0 : high >> 8 * (STEP - len);
  } else if (len >= 4) {
    memcpy(&half[0], p, 4);
    memcpy(&half[1], p + len - 4, 4);
    low = half[0] | (uint64_t)half[1] << 8 * (len - 4);
  } else if (len > 0) {
    low = (uint64_t)(unsigned char)p[0] | (uint64_t)(unsigned char)p[len / 2] << 8 * (len / 2) |
          (uint64_t)(unsigned char)p[len - 1] << 8 * (len - 1);
  }
  return _mm_set_epi64x((long long)high, (long long)low);
}

static inline __m128i load_step(const char *p) {
  return _mm_loadu_si128((const __m128i *)(const void *)p);
}

/* At least a step. What is not a whole number of them goes first: so the last one has all its bytes. */
static inline void copy_steps(const char **from, const char *end, char **to) {
  size_t len = (size_t)(end - *from) % STEP;
  if (len != 0 && !copy_step(load_step(*from), len, MORE_BEHIND, from, to))
    return;
  while ((size_t)(end - *from) > STEP)
    if (!copy_step(load_step(*from), STEP, MORE_BEHIND, from, to))
      return;
  (void)copy_step(load_step(*from), STEP, AT_END, from, to);
}
#endif

/* Copies bytes up to `end`, or up to a special one that is no backslash; both cursors move. The room behind the
 * copy is larger than a step. */
static inline void copy_plain(const char **from, const char *end, char **to) {
#ifdef HCSREF_SSE2
  size_t len = (size_t)(end - *from);
  if (len >= STEP)
    copy_steps(from, end, to);
  else
    (void)copy_step(load_tail(*from, len), len, ALONE, from, to);
#else
  for (; *from < end && (**from == '\\' || !is_special((unsigned char)**from)); (*from)++) {
    *(*to)++ = **from;
    if (**from == '\\')
      *(*to)++ = '\\';
  }
#endif
}

static char *put_unicode(char *out, unsigned rune) {
  out[0] = '\\';
  out[1] = 'u';
  for (int i = 0; i < 4; i++)
    out[2 + i] = hex_digits[rune >> (12 - 4 * i) & 0xF];
  return out + 6;
}

/* The last two pairs are of backspace and form feed, which had no short form before. */
static char *put_ascii(char *out, unsigned char c, const hcsref_rules *rules) {
  static const char short_form[] = "\"\"\\\\\nn\rr\tt\bb\ff";
  const char *end = short_form + (hcsref_has(rules, HCSREF_CHANGE_GO_SHORT_ESCAPES) ? 14 : 10);
  for (const char *p = short_form; p < end; p += 2) {
    if ((unsigned char)*p == c) {
      out[0] = '\\';
      out[1] = p[1];
      return out + 2;
    }
  }
  return put_unicode(out, c);
}

/* A rune outside ASCII: U+2028 and U+2029 are escaped, bad UTF-8 becomes the escaped U+FFFD, the rest stays. */
static char *put_rune(char *out, const char *p, size_t left, size_t *width) {
  uint32_t rune;
  if (!hcsref_utf8_decode(p, left, &rune, width))
    return put_unicode(out, HCSREF_RUNE_ERROR);
  if (rune == 0x2028 || rune == 0x2029)
    return put_unicode(out, rune);
  memcpy(out, p, *width);
  return out + *width;
}

/* The special byte or rune at *from. */
static inline void put_special(const char **from, const char *end, char **to, const hcsref_rules *rules) {
  unsigned char c = (unsigned char)**from;
  size_t width = 1;
  if (c == '\\') {
    (*to)[0] = '\\';
    (*to)[1] = '\\';
    *to += 2;
  } else {
    *to = c < 0x80 ? put_ascii(*to, c, rules) : put_rune(*to, *from, (size_t)(end - *from), &width);
  }
  *from += width;
}

/* Writes what begins in the next CHUNK bytes of the string, and the quotes where it begins and ends. */
static bool append_chunk(hcsref_buf *buf, const hcsref_rules *rules, hcsref_str s, const char **p) {
  const char *end = s.data + s.len;
  const char *stop = (size_t)(end - *p) > CHUNK ? *p + CHUNK : end;
  char *out;
  size_t room = (size_t)(stop - *p) * WIDEST + HCSREF_SCAN_PADDING + 2;
  if (buf->cap - buf->len < room && !hcsref_buf_reserve(buf, room))
    return false;
  out = buf->data + buf->len;
  if (*p == s.data)
    *out++ = '"';
  while (*p < stop) {
    copy_plain(p, stop, &out);
    if (*p < stop)
      put_special(p, end, &out, rules);
  }
  if (*p >= end)
    *out++ = '"';
  buf->len = (size_t)(out - buf->data);
  return true;
}

char *hcsref_put_string(char *out, hcsref_str s) {
  const char *p = s.data;
  *out++ = '"';
  if (s.len != 0) {
    copy_plain(&p, s.data + s.len, &out);
    if (p != s.data + s.len)
      return NULL;
  }
  *out++ = '"';
  return out;
}

void hcsref_json_append_string(hcsref_buf *buf, hcsref_str s) {
  hcsref_append_string(buf, HCSREF_BASELINE, s);
}

void hcsref_json_append_string_as(hcsref_buf *buf, const hcsref_rules *rules, hcsref_str s) {
  hcsref_append_string(buf, rules == NULL ? HCSREF_BASELINE : rules, s);
}

void hcsref_append_string(hcsref_buf *buf, const hcsref_rules *rules, hcsref_str s) {
  const char *p = s.data;
  if (s.len == 0) {
    hcsref_buf_append(buf, HCSREF_LIT("\"\""));
    return;
  }
  while (p < s.data + s.len)
    if (!append_chunk(buf, rules, s, &p))
      return;
}

/* ---- raw JSON ------------------------------------------------------------------------------------------- */

static bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The width of U+2028 or U+2029 at the start of `s`, or 0. */
static size_t line_separator(hcsref_str s) {
  bool found = s.len >= 3 && memcmp(s.data, "\xE2\x80", 2) == 0 && ((unsigned char)s.data[2] & ~1u) == 0xA8;
  return found ? 3 : 0;
}

static void append_escaped(hcsref_buf *buf, unsigned rune) {
  char text[WIDEST];
  put_unicode(text, rune);
  hcsref_buf_append(buf, hcsref_str_from(text, sizeof(text)));
}

/* One byte, or a line separator, of valid JSON; returns how much was used. */
static size_t compact_step(hcsref_buf *buf, hcsref_str s, bool in_string) {
  char c = s.data[0];
  size_t separator = line_separator(s);
  if (separator != 0) {
    append_escaped(buf, 0x2000u | ((unsigned char)s.data[2] & 0x3Fu));
    return separator;
  }
  if (c == '<' || c == '>' || c == '&')
    append_escaped(buf, (unsigned char)c);
  else if (in_string || !is_space(c))
    hcsref_buf_append_char(buf, c);
  return 1;
}

bool hcsref_append_compact(hcsref_buf *buf, hcsref_str json) {
  bool in_string = false;
  if (!hcsref_json_valid(buf->arena, json, HCSREF_JSON_WHOLE, NULL, NULL))
    return false;
  while (json.len > 0) {
    if (json.data[0] == '\\') {
      hcsref_buf_append(buf, hcsref_str_first(json, 2));
      json = hcsref_str_skip(json, 2);
      continue;
    }
    in_string ^= json.data[0] == '"';
    json = hcsref_str_skip(json, compact_step(buf, json, in_string));
  }
  return true;
}
