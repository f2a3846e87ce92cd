/* SPDX-License-Identifier: Apache-2.0 */
#include "base/lower.h"

static const struct {
  hcsref_str letter;
  char lower;
} foreign[] = {{{"\xC4\xB0", 2}, 'i'}, {{"\xE2\x84\xAA", 3}, 'k'}};
#define FOREIGN (sizeof foreign / sizeof *foreign)

/* The lower case of the first letter, which is `*length` bytes long; a byte outside ASCII stands for itself. */
static char lower_first(hcsref_str text, size_t *length) {
  char c = text.data[0];
  *length = 1;
  for (size_t i = 0; i < FOREIGN; i++)
    if (hcsref_str_has_prefix(text, foreign[i].letter)) {
      *length = foreign[i].letter.len;
      return foreign[i].lower;
    }
  return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

bool hcsref_lower_has_prefix(hcsref_str text, hcsref_str prefix, hcsref_str *rest) {
  for (size_t i = 0; i < prefix.len; i++) {
    size_t length;
    if (text.len == 0 || lower_first(text, &length) != prefix.data[i])
      return false;
    text = hcsref_str_skip(text, length);
  }
  *rest = text;
  return true;
}
