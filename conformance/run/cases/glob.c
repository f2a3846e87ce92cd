/* SPDX-License-Identifier: Apache-2.0 */
#include "run/cases/glob.h"

/* Matches one character against the set at `p` (behind its bracket); `*end` is behind the set. A set that is not
 * closed is no set. */
static bool match_set(hcsref_str pattern, size_t p, char c, size_t *end, bool *is_set) {
  bool negated = p < pattern.len && pattern.data[p] == '!', found = false;
  size_t i = negated ? p + 1 : p, first = i;
  for (; i < pattern.len && (pattern.data[i] != ']' || i == first); i++) {
    char low = pattern.data[i], high = low;
    if (i + 2 < pattern.len && pattern.data[i + 1] == '-' && pattern.data[i + 2] != ']') {
      high = pattern.data[i + 2];
      i += 2;
    }
    found = found || (c >= low && c <= high);
  }
  *is_set = i < pattern.len;
  *end = i + 1;
  return found != negated;
}

/* Matches the pattern's element at `*p` against `c` and steps over it. */
static bool match_one(hcsref_str pattern, size_t *p, char c) {
  char element = pattern.data[*p];
  if (element == '[') {
    size_t end;
    bool is_set, matched = match_set(pattern, *p + 1, c, &end, &is_set);
    if (is_set) {
      *p = end;
      return matched;
    }
  }
  ++*p;
  return element == '?' || element == c;
}

/* ---- globs -------------------------------------------------------------------------------------------- */

bool kit_glob(hcsref_str pattern, hcsref_str text) {
  size_t p = 0, t = 0, star = SIZE_MAX, retry = 0;
  while (t < text.len) {
    size_t next = p;
    if (p < pattern.len && pattern.data[p] == '*') {
      star = ++p;
      retry = t;
    } else if (p < pattern.len && match_one(pattern, &next, text.data[t])) {
      p = next;
      t++;
    } else if (star != SIZE_MAX) {
      p = star;
      t = ++retry;
    } else {
      return false;
    }
  }
  while (p < pattern.len && pattern.data[p] == '*')
    p++;
  return p == pattern.len;
}
