/* SPDX-License-Identifier: Apache-2.0 */
/* A CRI container config, with the spellings of protobuf and of its JSON. */
#include "support.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size);
  (void)fuzz_check_codec(fuzz_arena(FUZZ_USUAL), text, &hcsref_type_cri_container_config, HCSREF_JSON_WHOLE);
  (void)fuzz_check_codec(fuzz_arena(FUZZ_USUAL), text, &hcsref_type_cri_windows_pod_sandbox_config, HCSREF_JSON_STREAM);
  return 0;
}
