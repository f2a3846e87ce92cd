/* SPDX-License-Identifier: Apache-2.0 */
/* The type of process dumps: the input is the annotation. */
#include "annotations.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  annotation a;
  int32_t type = -7;
  hcsref_error err = {0};
  annotation_make("io.microsoft.wcow.processdumptype", fuzz_text(data, size), &a);
  if (!hcsref_dump_type(fuzz_arena(FUZZ_FRESH), &a.map, &type, &err)) {
    fuzz_check_error(&err);
    REQUIRE(type == -7, "a failure leaves the type untouched");
    REQUIRE(strcmp(err.code, "dump-type") == 0, "%s", err.code);
    return 0;
  }
  REQUIRE(type == (hcsref_str_equal(a.entry.value, HCSREF_LIT("mini")) ? 1 : 2), "%q", a.entry.value);
  REQUIRE(type == 1 || a.entry.value.len == 0 || hcsref_str_equal(a.entry.value, HCSREF_LIT("full")), "%q",
          a.entry.value);
  return 0;
}
