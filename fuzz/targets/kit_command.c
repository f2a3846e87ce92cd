/* SPDX-License-Identifier: Apache-2.0 */
/* A testee's command: the input is its text. Its arguments, quoted again, are the same arguments. */
#include "support.h"

#include "run/testee/command.h"

#include <string.h>

/* An option that is written down for somebody to type in again: read back, it is the option and its value, or nothing
 * where the value is what it is without. */
static void check_option(const char *value) {
  hcsref_buf line = {.arena = fuzz_arena(FUZZ_FRESH)};
  hcsref_error err = {0};
  kit_command read;
  hcsref_buf_append(&line, HCSREF_LIT("x"));
  kit_append_option(&line, "given", value, NULL);
  kit_append_option(&line, "usual", value, value);
  kit_append_option(&line, "none", NULL, NULL);
  REQUIRE(kit_command_split(line.arena, hcsref_buf_str(&line), &read, &err), "%v", hcsref_buf_str(&line));
  REQUIRE(read.count == 3 && strcmp(read.arguments[1], "--given") == 0 && strcmp(read.arguments[2], value) == 0, "%v",
          hcsref_buf_str(&line));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_arena *arena = fuzz_arena(FUZZ_USUAL);
  hcsref_buf quoted = {.arena = fuzz_arena(FUZZ_SCRATCH)};
  hcsref_error err = {0};
  kit_command first, again, filled;
  if (fuzz_is_lean(fuzz_text(data, size))) {
    hcsref_arena *lean = fuzz_arena(FUZZ_LEAN);
    fuzz_tighten(lean, fuzz_text(data, size));
    if (!kit_command_split(lean, fuzz_text(data, size), &first, &err) ||
        !kit_command_fill(lean, &first, HCSREF_LIT("name"), HCSREF_LIT("v"), &filled, &err))
      REQUIRE(err.message.len > 0, "an error has words");
  }
  if (!kit_command_split(arena, fuzz_text(data, size), &first, &err)) {
    fuzz_check_error(&err);
    return 0;
  }
  REQUIRE(first.count != 0 && first.arguments[first.count] == NULL, "%u arguments", (uint64_t)first.count);
  REQUIRE(kit_command_fill(arena, &first, HCSREF_LIT("name"), HCSREF_LIT("v"), &filled, &err), "%v", err.message);
  REQUIRE(filled.count == first.count && filled.arguments[filled.count] == NULL, "%u arguments",
          (uint64_t)filled.count);
  for (size_t i = 0; i < first.count; i++) {
    REQUIRE(strlen(filled.arguments[i]) <= strlen(first.arguments[i]) && strstr(first.arguments[i], "{name}") == NULL
                ? strcmp(filled.arguments[i], first.arguments[i]) == 0
                : strlen(filled.arguments[i]) < strlen(first.arguments[i]),
            "%s became %s", first.arguments[i], filled.arguments[i]);
    if (i > 0)
      hcsref_buf_append_char(&quoted, ' ');
    kit_append_argument(&quoted, hcsref_cstr(first.arguments[i]));
  }
  REQUIRE(kit_command_split(fuzz_arena(FUZZ_FRESH), hcsref_buf_str(&quoted), &again, &err), "%v",
          hcsref_buf_str(&quoted));
  REQUIRE(again.count == first.count, "%u arguments of %u", (uint64_t)again.count, (uint64_t)first.count);
  for (size_t i = 0; i < first.count; i++)
    REQUIRE(strcmp(first.arguments[i], again.arguments[i]) == 0, "%s is not %s", again.arguments[i],
            first.arguments[i]);
  check_option(first.arguments[first.count - 1]);
  return 0;
}
