/* SPDX-License-Identifier: Apache-2.0 */
/* What a layer travels in: the first byte chooses between a file in the transport form and the list of removed names. A
 * file that is read is written and read again the same; what is read is no longer than it could be. */
#include "support.h"

#include "engine/layers/transport.h"

static void check_file(hcsref_str text) {
  hcsref_arena *arena = fuzz_arena(FUZZ_USUAL);
  hcsref_str data, file, again;
  uint32_t attributes, same;
  if (!sim_transport_read(arena, text, &attributes, &data))
    return;
  REQUIRE(sim_transport_write(arena, attributes, data, &file), "memory");
  REQUIRE(sim_transport_read(arena, file, &same, &again) && same == attributes, "what was written is read");
  REQUIRE_SAME(again, data, "the data stays the same");
}

/* Behind a line more it is what it was; a name that leads out makes it wrong. */
static void check_names(hcsref_str text) {
  hcsref_arena *arena = fuzz_arena(FUZZ_USUAL);
  hcsref_str more = {NULL, 0}, out = {NULL, 0};
  bool good = sim_tombstones_check(text);
  REQUIRE(hcsref_format(arena, &more, "%v\n\\a\\b", text) && hcsref_format(arena, &out, "%v\n\\..\\b", text), "memory");
  REQUIRE(!good || sim_tombstones_check(more), "one more name");
  REQUIRE(!sim_tombstones_check(out), "a name that leads out");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size);
  if (fuzz_byte(&text) % 2 == 0)
    check_file(text);
  else
    check_names(text);
  return 0;
}
