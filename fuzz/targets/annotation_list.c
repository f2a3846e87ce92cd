/* SPDX-License-Identifier: Apache-2.0 */
/* List annotations: the key that is asked for, then keys and values, a line each. */
#include "annotations.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  annotations a;
  hcsref_slice list;
  const hcsref_str *items;
  hcsref_buf joined = {.arena = fuzz_arena(FUZZ_SCRATCH)};
  annotations_read(fuzz_text(data, size), &a);
  REQUIRE(hcsref_annotation_list(fuzz_arena(FUZZ_FRESH), &a.map, a.key, &list), "memory");
  if (a.value == NULL || a.value->len == 0) {
    REQUIRE(list.items == NULL && list.len == 0, "nothing is no list");
    return 0;
  }
  items = list.items;
  REQUIRE(list.len == fuzz_count(*a.value, ',') + 1, "%q has %u items", *a.value, (uint64_t)list.len);
  for (size_t i = 0; i < list.len; i++) {
    REQUIRE(fuzz_count(items[i], ',') == 0, "%q is no item", items[i]);
    if (i > 0)
      hcsref_buf_append_char(&joined, ',');
    hcsref_buf_append(&joined, items[i]);
  }
  REQUIRE_SAME(hcsref_buf_str(&joined), *a.value, "joined again the items are the value");
  return 0;
}
