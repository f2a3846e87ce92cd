/* SPDX-License-Identifier: Apache-2.0 */
#include "hcsref/base.h"

#include <string.h>

hcsref_str hcsref_cstr(const char *text) {
  return hcsref_str_from(text, text == NULL ? 0 : strlen(text));
}

/* memcmp must not see a null pointer, even for no bytes. */
static int compare_bytes(const char *a, const char *b, size_t len) {
  return len == 0 ? 0 : memcmp(a, b, len);
}

int hcsref_str_compare(hcsref_str a, hcsref_str b) {
  int order = compare_bytes(a.data, b.data, a.len < b.len ? a.len : b.len);
  if (order != 0)
    return order;
  return (a.len > b.len) - (a.len < b.len);
}

bool hcsref_str_has_suffix(hcsref_str s, hcsref_str suffix) {
  return s.len >= suffix.len && hcsref_str_equal(hcsref_str_skip(s, s.len - suffix.len), suffix);
}

static unsigned char ascii_lower(char c) {
  unsigned char byte = (unsigned char)c;
  return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte + ('a' - 'A')) : byte;
}

bool hcsref_str_equal_ascii_fold(hcsref_str a, hcsref_str b) {
  if (a.len != b.len)
    return false;
  for (size_t i = 0; i < a.len; i++)
    if (ascii_lower(a.data[i]) != ascii_lower(b.data[i]))
      return false;
  return true;
}
