/* SPDX-License-Identifier: Apache-2.0 */
/* The number of process dumps: the input is the annotation. */
#include "annotations.h"

#include <string.h>

/* Digits, with a sign or not; the lower 32 bits of the number. False: not a positive number of 63 bits. */
static bool read_count(hcsref_str text, uint32_t *low) {
  uint64_t number = 0;
  if (hcsref_str_has_prefix(text, HCSREF_LIT("+")))
    text = hcsref_str_skip(text, 1);
  for (size_t i = 0; i < text.len; i++) {
    unsigned digit = (unsigned)text.data[i] - '0';
    if (digit > 9 || number > ((uint64_t)INT64_MAX - digit) / 10)
      return false;
    number = number * 10 + digit;
  }
  *low = (uint32_t)number;
  return number != 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  annotation a;
  int32_t count = -7;
  uint32_t expected;
  hcsref_error err = {0};
  bool ok;
  annotation_make("io.microsoft.wcow.processdumpcount", fuzz_text(data, size), &a);
  ok = hcsref_dump_count(fuzz_arena(FUZZ_FRESH), NULL, &a.map, &count, &err);
  if (a.entry.value.len == 0) {
    REQUIRE(ok && count == 10, "without a number there are 10");
    return 0;
  }
  REQUIRE(ok == read_count(a.entry.value, &expected), "%q", a.entry.value);
  if (ok) {
    REQUIRE((uint32_t)count == expected, "%q gives %d", a.entry.value, (int64_t)count);
    return 0;
  }
  fuzz_check_error(&err);
  REQUIRE(count == -7 && strcmp(err.code, "dump-count") == 0, "a failure leaves the count untouched: %s", err.code);
  return 0;
}
