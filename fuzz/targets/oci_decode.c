/* SPDX-License-Identifier: Apache-2.0 */
/* An OCI runtime spec: the codec with both tables. What the older table writes, the newer one reads and writes again
 * unchanged. */
#include "support.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size), written;
  void *older = fuzz_check_codec(fuzz_arena(FUZZ_USUAL), text, &hcsref_type_oci_spec_cri, HCSREF_JSON_WHOLE);
  hcsref_oci_spec newer = {0};
  if (older != NULL) {
    hcsref_arena *arena = fuzz_arena(FUZZ_FRESH);
    written = fuzz_encode(arena, &hcsref_type_oci_spec_cri, older);
    REQUIRE(hcsref_json_decode(arena, written, &hcsref_type_oci_spec, HCSREF_JSON_WHOLE, &newer, NULL), "%v", written);
    REQUIRE_SAME(fuzz_encode(arena, &hcsref_type_oci_spec, &newer), written, "the newer spec has all of the older");
  }
  (void)fuzz_check_codec(fuzz_arena(FUZZ_USUAL), text, &hcsref_type_oci_spec, HCSREF_JSON_STREAM);
  return 0;
}
