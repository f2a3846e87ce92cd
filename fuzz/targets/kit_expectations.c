/* SPDX-License-Identifier: Apache-2.0 */
/* An expectation file: the input is its text. A file that is refused is refused with its line. */
#include "support.h"

#include "run/expectations/expect.h"

#include <string.h>

static void ignore(void *context, const char *message) {
  size_t *told = context;
  REQUIRE(message != NULL && message[0] != '\0', "a complaint has words");
  ++*told;
}

/* What a run with these results would write down is a file that can be read. */
static void check_update(kit_expectations *x) {
  static const char *const ids[] = {"mounts/one", "a/b", "path/x"};
  hcsref_buf text = {.arena = fuzz_arena(FUZZ_USUAL)};
  char message[300] = "";
  kit_expectations *again;
  kit_expectations_remember(x, true);
  for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
    for (int failure = 0; failure < KIT_FAILURES; failure += 3) {
      kit_case c = {0};
      kit_result r = {0};
      c.id = hcsref_cstr(ids[i]);
      r.failure = (kit_failure)failure;
      r.verdict = failure == 0 ? KIT_PASS : KIT_FAIL;
      kit_expectations_judge(x, &c, &r);
      REQUIRE(r.known == KIT_NOT_LISTED || r.known == (failure == 0 ? KIT_UNEXPECTED_PASS : KIT_KNOWN), "%u",
              (uint64_t)r.known);
    }
  }
  REQUIRE(kit_expectations_text(x, &text), "memory");
  again = kit_expectations_read(hcsref_buf_str(&text), "known.jsonl", "2026-06-30", message, sizeof message);
  REQUIRE(again != NULL, "%s", message);
  kit_expectations_free(again);
}

/* A file that is not there is empty where that is allowed, and one that cannot be written is told of. */
static void check_missing(void) {
  static const char path[] = "no such folder/known.jsonl";
  char message[300] = "";
  kit_expectations *x = kit_expectations_load(path, "2026-06-30", true, message, sizeof message);
  REQUIRE(x != NULL, "%s", message);
  REQUIRE(!kit_expectations_update(x, message, sizeof message) && strncmp(message, path, sizeof path - 1) == 0, "%s",
          message);
  kit_expectations_free(x);
  message[0] = '\0';
  x = kit_expectations_load(path, "2026-06-30", false, message, sizeof message);
  REQUIRE(x == NULL && message[0] != '\0', "%s", message);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char message[300] = "";
  size_t told = 0;
  if (size < 2)
    check_missing(); /* looks at the file system: not each time */
  kit_expectations *x =
      kit_expectations_read(fuzz_text(data, size), "known.jsonl", "2026-06-30", message, sizeof message);
  if (x == NULL) {
    REQUIRE(strncmp(message, "known.jsonl:", 12) == 0, "%s", message);
    return 0;
  }
  REQUIRE(kit_expectations_check(x, ignore, &told) == told, "what is out of date is told");
  told = 0;
  check_update(x);
  kit_expectations_free(x);
  return 0;
}
