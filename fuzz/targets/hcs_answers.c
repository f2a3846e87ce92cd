/* SPDX-License-Identifier: Apache-2.0 */
/* What the Host Compute Service and the network service answer: results, error events, process status, properties,
 * exit status. The first byte chooses which. */
#include "mutator/inputs.h"
#include "support.h"

static void check_result(const hcsref_v2_result_error *result) {
  const hcsref_v2_error_event *events = result->error_events.items;
  for (size_t i = 0; i < result->error_events.len; i++)
    REQUIRE(events[i].message.len == 0 || events[i].message.data != NULL, "event %u", (uint64_t)i);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size);
  const hcsref_type *type = inputs_answer(fuzz_byte(&text));
  const void *value = fuzz_check_codec(fuzz_arena(FUZZ_USUAL), text, type, HCSREF_JSON_WHOLE);
  if (value != NULL && type == &hcsref_type_v2_result_error)
    check_result(value);
  return 0;
}
