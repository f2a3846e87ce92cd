/* SPDX-License-Identifier: Apache-2.0 */
#include "annotations.h"

void annotations_read(hcsref_str text, annotations *out) {
  hcsref_str lines[1 + 2 * ANNOTATIONS_MOST];
  size_t count = fuzz_lines(text, lines, sizeof lines / sizeof lines[0]);
  out->key = count == 0 ? HCSREF_LIT("") : lines[0];
  out->value = NULL;
  out->map.len = out->map.cap = count == 0 ? 0 : (count - 1) / 2;
  out->map.entries = out->map.len == 0 ? NULL : out->entries;
  for (size_t i = 0; i < out->map.len; i++) {
    out->entries[i].key = lines[1 + 2 * i];
    out->entries[i].value = lines[2 + 2 * i];
    if (hcsref_str_equal(out->entries[i].key, out->key))
      out->value = &out->entries[i].value;
  }
}
