/* SPDX-License-Identifier: Apache-2.0 */
/* The documents in what people paste: any text. */
#include "input/pasted/pasted.h"

#include "support.h"

static void check_found(hcsref_str text, const input_found *items, size_t count) {
  size_t from = 0;
  REQUIRE(count <= INPUT_MOST_FOUND, "more than the most");
  for (size_t i = 0; i < count; i++) {
    const input_found *one = &items[i];
    REQUIRE(one->at >= from && one->at < one->end && one->end <= text.len, "%u to %u", (uint64_t)one->at,
            (uint64_t)one->end);
    REQUIRE(one->tree == NULL || one->tree->kind == KIT_JSON_OBJECT, "only objects are documents");
    REQUIRE(one->wrapper != NULL && one->text.len > 0, "it has words");
    from = one->end;
  }
}

static hcsref_str work(int which, hcsref_str text) {
  hcsref_arena *arena = fuzz_arena(which);
  hcsref_buf all = {.arena = arena};
  hcsref_slice found;
  const input_found *items;
  if (!input_find_documents(arena, text, &found))
    return HCSREF_LIT("out of memory");
  items = found.items;
  check_found(text, items, found.len);
  for (size_t i = 0; i < found.len; i++)
    hcsref_buf_append(&all, items[i].text);
  return all.failed ? HCSREF_LIT("out of memory") : hcsref_buf_str(&all);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size);
  hcsref_str usual = work(FUZZ_USUAL, text);
  REQUIRE_SAME(work(FUZZ_FRESH, text), usual, "memory does not show");
  return 0;
}
