/* SPDX-License-Identifier: Apache-2.0 */
/* An expectation file: the input is its text. A file that is refused is refused with its line. */
#include "support.h"

#include "run/expect.h"

#include <string.h>

static void ignore(void *context, const char *message) {
  size_t *told = context;
  REQUIRE(message != NULL && message[0] != '\0', "a complaint has words");
  ++*told;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char message[300] = "";
  size_t told = 0;
  kit_expectations *x =
      kit_expectations_read(fuzz_text(data, size), "known.jsonl", "2026-06-30", message, sizeof message);
  if (x == NULL) {
    REQUIRE(strncmp(message, "known.jsonl:", 12) == 0, "%s", message);
    return 0;
  }
  REQUIRE(kit_expectations_check(x, true, ignore, &told) == told, "what is out of date is told");
  kit_expectations_free(x);
  return 0;
}
