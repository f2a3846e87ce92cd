/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON Schema of a table, which the first byte chooses, and how much memory there is for it, which all bytes
 * choose. It is JSON, the same whatever was in memory; or it is nothing, for want of memory. */
#include "support.h"

#include "hcsref/schema.h"

static hcsref_str print(int which, hcsref_str input) {
  hcsref_arena *arena = fuzz_arena(which);
  hcsref_buf out = {.arena = arena};
  size_t count;
  const hcsref_schema *schemas = hcsref_schemas(&count);
  uint8_t choice = fuzz_byte(&(hcsref_str){input.data, input.len});
  REQUIRE(hcsref_schema_find(hcsref_cstr(schemas[choice % count].name)) == &schemas[choice % count], "its name");
  fuzz_tighten(arena, input);
  hcsref_schema_print(&out, &schemas[choice % count]);
  REQUIRE(!out.failed || which == FUZZ_LEAN, "memory");
  return out.failed ? HCSREF_LIT("out of memory") : hcsref_buf_str(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str input = fuzz_text(data, size), usual = print(FUZZ_USUAL, input);
  REQUIRE_SAME(print(FUZZ_FRESH, input), usual, "memory does not show");
  REQUIRE(hcsref_json_valid(fuzz_arena(FUZZ_SCRATCH), usual, HCSREF_JSON_WHOLE, NULL, NULL), "%v", usual);
  fuzz_lean_too(print, input, usual);
  return 0;
}
