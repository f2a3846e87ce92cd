/* SPDX-License-Identifier: Apache-2.0 */
/* Two values of any of the tables, the second decoded over the first as json.Unmarshal does: what is written after that
 * is stable, does not depend on where the memory came from, and the stream decoder agrees with the whole one. The first
 * byte chooses the table; a line feed is between the values. */
#include "mutator/inputs.h"
#include "support.h"

#include <string.h>

static hcsref_str merge(int which, const hcsref_type *type, hcsref_str first, hcsref_str second,
                        hcsref_json_mode mode) {
  hcsref_arena *arena = fuzz_arena(which);
  hcsref_error err = {0};
  void *value = hcsref_arena_alloc(arena, type->size), *before = hcsref_arena_alloc(arena, type->size);
  REQUIRE(value != NULL && before != NULL, "memory");
  if (!hcsref_json_decode(arena, first, type, mode, value, NULL))
    return hcsref_str_from(NULL, 0);
  memcpy(before, value, type->size);
  if (!hcsref_json_decode(arena, second, type, mode, value, &err)) {
    fuzz_check_error(&err);
    REQUIRE(memcmp(before, value, type->size) == 0, "a failure leaves the value untouched: %v", err.message);
    return err.message;
  }
  return fuzz_encode(arena, type, value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str second = fuzz_text(data, size), first, usual;
  uint8_t choice = fuzz_byte(&second);
  const hcsref_type *type = inputs_schema(choice);
  first = fuzz_line(&second);
  usual = merge(FUZZ_USUAL, type, first, second, HCSREF_JSON_WHOLE);
  if (usual.data == NULL)
    return 0;
  REQUIRE_SAME(merge(FUZZ_FRESH, type, first, second, HCSREF_JSON_WHOLE), usual, "memory does not show");
  if (second.len != 0 && hcsref_json_valid(fuzz_arena(FUZZ_SCRATCH), second, HCSREF_JSON_WHOLE, NULL, NULL))
    REQUIRE_SAME(merge(FUZZ_FRESH, type, first, second, HCSREF_JSON_STREAM), usual, "stream and whole agree");
  return 0;
}
