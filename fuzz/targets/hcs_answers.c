/* SPDX-License-Identifier: Apache-2.0 */
/* What the Host Compute Service and the network service answer: results, error events, process status, properties,
 * exit status. The first byte chooses which. */
#include "mutator/inputs.h"
#include "support.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size);
  const hcsref_type *type = inputs_answer(fuzz_byte(&text));
  (void)fuzz_check_codec(fuzz_arena(FUZZ_USUAL), text, type, HCSREF_JSON_WHOLE);
  return 0;
}
