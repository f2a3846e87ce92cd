/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers beside the C library's own reading of them: float64 both ways, and the integer kinds at their bounds. */
#include "support.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST 2000

/* Not by ==: the sign of a zero counts. */
static bool same_double(double a, double b) {
  uint64_t a_bits, b_bits;
  memcpy(&a_bits, &a, sizeof a_bits);
  memcpy(&b_bits, &b, sizeof b_bits);
  return a_bits == b_bits;
}

/* JSON's form of a number is C's, so strtod may judge what was accepted. */
static void check_double(hcsref_str text) {
  hcsref_arena *arena = fuzz_arena(FUZZ_USUAL);
  char copy[LONGEST + 1];
  double ours = 0, theirs, again;
  hcsref_str written;
  bool accepted = hcsref_json_decode(arena, text, &hcsref_type_float64, HCSREF_JSON_WHOLE, &ours, NULL);
  if (text.len == 0 || text.len > LONGEST || strchr("-0123456789", text.data[0]) == NULL ||
      !hcsref_json_valid(arena, text, HCSREF_JSON_WHOLE, NULL, NULL))
    return;
  memcpy(copy, text.data, text.len);
  copy[text.len] = '\0';
  theirs = strtod(copy, NULL);
  REQUIRE(accepted == (fabs(theirs) <= DBL_MAX), "%v: only a number that is too large is refused", text);
  if (!accepted)
    return;
  REQUIRE(same_double(ours, theirs), "%v is read as another number than strtod's", text);
  written = fuzz_encode(arena, &hcsref_type_float64, &ours);
  REQUIRE(written.len <= LONGEST, "%v is written too long", text);
  memcpy(copy, written.data, written.len);
  copy[written.len] = '\0';
  again = strtod(copy, NULL);
  REQUIRE(same_double(ours, again), "%v is written as %v, which is another number", text, written);
}

/* What an integer kind accepts it writes the same, but for the sign of a zero. */
static void check_integer(hcsref_str text, const hcsref_type *type) {
  uint64_t storage = 0;
  hcsref_str written;
  if (!hcsref_json_decode(fuzz_arena(FUZZ_USUAL), text, type, HCSREF_JSON_WHOLE, &storage, NULL))
    return;
  written = fuzz_encode(fuzz_arena(FUZZ_SCRATCH), type, &storage);
  if (text.len != 0 && strchr("-0123456789", text.data[0]) != NULL && fuzz_count(text, ' ') == 0 &&
      fuzz_count(text, '\t') + fuzz_count(text, '\n') + fuzz_count(text, '\r') == 0)
    REQUIRE(hcsref_str_equal(written, text) || hcsref_str_equal(text, HCSREF_LIT("-0")), "%v is written as %v", text,
            written);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const hcsref_type *const integers[] = {&hcsref_type_int32,  &hcsref_type_int64,  &hcsref_type_uint8,
                                                &hcsref_type_uint16, &hcsref_type_uint32, &hcsref_type_uint64};
  hcsref_str text = fuzz_text(data, size);
  check_double(text);
  for (size_t i = 0; i < sizeof(integers) / sizeof(integers[0]); i++)
    check_integer(text, integers[i]);
  return 0;
}
