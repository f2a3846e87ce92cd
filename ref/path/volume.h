/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HCSREF_PATH_VOLUME_H
#define HCSREF_PATH_VOLUME_H

#include "base/sse.h"
#include "release/changes.h"

/* The rules that a function without any means. */
static inline const hcsref_rules *hcsref_path_rules(const hcsref_rules *rules) {
  return rules == NULL ? HCSREF_BASELINE : rules;
}

static inline bool hcsref_is_separator(char c) {
  return c == '\\' || c == '/';
}

/* The length of the leading volume name. Source: path/filepath volumeNameLen. */
size_t hcsref_volume_len(const hcsref_rules *rules, hcsref_str path);

/* The place of the first separator at or behind `from`; the end when there is none. */
static inline size_t hcsref_find_separator(hcsref_str path, size_t from) {
#ifdef HCSREF_SSE2
  for (; path.len >= 16 && from <= path.len - 16; from += 16) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(path.data + from));
    __m128i found = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('/')));
    unsigned mask = (unsigned)_mm_movemask_epi8(found);
    if (mask != 0)
      return from + hcsref_first_set(mask);
  }
#endif
  while (from < path.len && !hcsref_is_separator(path.data[from]))
    from++;
  return from;
}

#endif
