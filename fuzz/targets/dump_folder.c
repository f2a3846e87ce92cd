/* SPDX-License-Identifier: Apache-2.0 */
/* The suffix of dump folders: two lines, folder and id. */
#include "support.h"

#define SUFFIX_LEN 14

static bool has_suffix(hcsref_str folder) {
  return hcsref_str_has_suffix(folder, HCSREF_LIT("{container_id}")) ||
         hcsref_str_has_suffix(folder, HCSREF_LIT("{CONTAINER_ID}"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str rest = fuzz_text(data, size), folder = fuzz_line(&rest), id = fuzz_line(&rest), out;
  size_t kept = has_suffix(folder) ? folder.len - SUFFIX_LEN : folder.len;
  REQUIRE(hcsref_dump_folder(fuzz_arena(FUZZ_FRESH), folder, id, &out), "memory");
  REQUIRE_SAME(hcsref_str_first(out, kept), hcsref_str_first(folder, kept), "what is before the suffix stays");
  REQUIRE_SAME(hcsref_str_skip(out, kept), has_suffix(folder) ? id : HCSREF_LIT(""), "the suffix becomes the id");
  return 0;
}
