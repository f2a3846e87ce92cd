/* SPDX-License-Identifier: Apache-2.0 */
/** @file Runs of bytes that mean nothing in a JSON string, KIT_SPAN_STEP at a time. */
#ifndef KIT_COMPARE_SPAN_H
#define KIT_COMPARE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Is it none of a control character, a quote, a backslash and a byte that is not ASCII? */
static inline bool kit_is_plain(char c) {
  return (unsigned char)c >= 0x20 && (unsigned char)c < 0x80 && c != '"' && c != '\\';
}

#if defined(__SSE2__) && defined(__GNUC__)
#include <emmintrin.h>

#define KIT_SPAN_STEP ((size_t)16)

/** How many of the KIT_SPAN_STEP bytes at `at` are plain before the first that is not. */
static inline size_t kit_plain_of_step(const char *at) {
  __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
  __m128i marks = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
  /* Signed: what is not ASCII is below 0x20, too. The bit above the step ends a run that fills it. */
  marks = _mm_or_si128(marks, _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)));
  return (size_t)__builtin_ctz((unsigned)_mm_movemask_epi8(marks) | 1u << KIT_SPAN_STEP);
}
#else
#define KIT_SPAN_STEP ((size_t)1)

static inline size_t kit_plain_of_step(const char *at) {
  return kit_is_plain(*at);
}
#endif

/** How many plain bytes begin at `at`. */
static inline size_t kit_plain_span(const char *at, const char *end) {
  const char *p = at;
  while ((size_t)(end - p) >= KIT_SPAN_STEP) {
    size_t plain = kit_plain_of_step(p);
    p += plain;
    if (plain < KIT_SPAN_STEP)
      return (size_t)(p - at);
  }
  while (p < end && kit_is_plain(*p))
    p++;
  return (size_t)(p - at);
}

#endif
