/* SPDX-License-Identifier: Apache-2.0 */
/* Any of the tables, with any text: the first byte chooses the table, its high bit whether what follows the value is
 * ignored. */
#include "mutator/inputs.h"
#include "support.h"

#define STREAM_BIT 0x80u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size);
  uint8_t choice = fuzz_byte(&text);
  hcsref_json_mode mode = (choice & STREAM_BIT) != 0 ? HCSREF_JSON_STREAM : HCSREF_JSON_WHOLE;
  (void)fuzz_check_codec(fuzz_arena(FUZZ_USUAL), text, inputs_schema(choice), mode);
  return 0;
}
