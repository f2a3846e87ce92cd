/* SPDX-License-Identifier: Apache-2.0 */
/* The fast paths over runs of ordinary string bytes, and the character classes they stop at. */
#ifndef HCSREF_GOJSON_SCAN_H
#define HCSREF_GOJSON_SCAN_H

#include "base/sse.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* How many bytes may be read past the end of text that hcsref_plain_run and its like look at: two steps. */
#define HCSREF_SCAN_PADDING 32

/* Copies up to 16 bytes without a call: each half in one piece, which may overlap. */
static inline void hcsref_copy_to_16(char *to, const char *from, size_t len) {
  uint64_t wide[2];
  uint32_t half[2];
  if (len >= 8) {
    memcpy(&wide[0], from, 8);
    memcpy(&wide[1], from + len - 8, 8);
    memcpy(to, &wide[0], 8);
    memcpy(to + len - 8, &wide[1], 8);
  } else if (len >= 4) {
    memcpy(&half[0], from, 4);
    memcpy(&half[1], from + len - 4, 4);
    memcpy(to, &half[0], 4);
    memcpy(to + len - 4, &half[1], 4);
  } else if (len > 0) { /* up to three: the first, the middle and the last, which may be the same */
    char middle = from[len / 2];
    char end = from[len - 1];
    to[0] = from[0];
    to[len / 2] = middle;
    to[len - 1] = end;
  }
}

/* memcpy without a call where it is short: names are what this codec copies most. */
static inline void hcsref_copy_short(char *to, const char *from, size_t len) {
  if (len > 16)
    memcpy(to, from, len);
  else
    hcsref_copy_to_16(to, from, len);
}

/* memcmp of a few bytes without the call, which would cost the caller its registers. */
static inline bool hcsref_same_short(const char *a, const char *b, size_t len) {
  uint64_t wide[4];
  uint32_t half[4];
  for (; len > 16; a += 8, b += 8, len -= 8) {
    memcpy(&wide[0], a, 8);
    memcpy(&wide[1], b, 8);
    if (wide[0] != wide[1])
      return false;
  }
  if (len >= 8) {
    memcpy(&wide[0], a, 8);
    memcpy(&wide[1], b, 8);
    memcpy(&wide[2], a + len - 8, 8);
    memcpy(&wide[3], b + len - 8, 8);
    return ((wide[0] ^ wide[1]) | (wide[2] ^ wide[3])) == 0;
  }
  if (len >= 4) {
    memcpy(&half[0], a, 4);
    memcpy(&half[1], b, 4);
    memcpy(&half[2], a + len - 4, 4);
    memcpy(&half[3], b + len - 4, 4);
    return ((half[0] ^ half[1]) | (half[2] ^ half[3])) == 0;
  }
  return len == 0 || (a[0] == b[0] && a[len / 2] == b[len / 2] && a[len - 1] == b[len - 1]);
}

/* Not part of a run in a JSON text: the quote, the backslash, control characters and what is not ASCII. */
static inline bool hcsref_ends_plain_run(unsigned char c) {
  return c < 0x20 || c >= 0x80 || c == '"' || c == '\\';
}

#ifdef HCSREF_SSE2
/* A bit for each of 16 bytes that ends a run. */
static inline unsigned hcsref_stop_mask(__m128i bytes) {
  __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
  __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
  __m128i other = _mm_subs_epi8(bytes, _mm_set1_epi8(0x20)); /* signed: negative for what is not ASCII, too */
  return (unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, backslash), other));
}
#endif

/* The number of ordinary bytes at `p`, whose text ends in HCSREF_SCAN_PADDING zero bytes. */
static inline size_t hcsref_plain_run(const char *p) {
  size_t n = 0;
#ifdef HCSREF_SSE2
  for (;; n += 16) {
    unsigned mask = hcsref_stop_mask(_mm_loadu_si128((const __m128i *)(const void *)(p + n)));
    if (mask != 0)
      return n + hcsref_first_set(mask);
  }
#else
  while (!hcsref_ends_plain_run((unsigned char)p[n]))
    n++;
  return n;
#endif
}

#endif
