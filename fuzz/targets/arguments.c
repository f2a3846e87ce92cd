/* SPDX-License-Identifier: Apache-2.0 */
/* The command line of a process: arguments, a line each. Taken apart as Windows programs do, it is the arguments. */
#include "support.h"

#define MOST 64

/* One argument by the rules of CommandLineToArgvW; `*rest` begins with it and ends after it. Source: Microsoft's
 * reference of CommandLineToArgvW and "Parsing C command-line arguments". */
static hcsref_str next_argument(hcsref_arena *arena, hcsref_str *rest) {
  hcsref_buf out = {.arena = arena};
  bool quoted = false;
  while (rest->len > 0) {
    size_t slashes = 0;
    bool quote;
    while (slashes < rest->len && rest->data[slashes] == '\\')
      slashes++;
    quote = slashes < rest->len && rest->data[slashes] == '"';
    *rest = hcsref_str_skip(*rest, slashes);
    for (size_t i = 0; i < (quote ? slashes / 2 : slashes); i++)
      hcsref_buf_append_char(&out, '\\');
    if (rest->len == 0 || (!quote && !quoted && (rest->data[0] == ' ' || rest->data[0] == '\t')))
      break;
    if (quote && slashes % 2 == 0)
      quoted = !quoted;
    else
      hcsref_buf_append_char(&out, rest->data[0]);
    *rest = hcsref_str_skip(*rest, 1);
  }
  REQUIRE(!quoted, "a quote is open");
  REQUIRE(!out.failed, "memory");
  return hcsref_buf_str(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_arena *arena = fuzz_arena(FUZZ_USUAL);
  hcsref_str arguments[MOST], rest;
  size_t count = fuzz_lines(fuzz_text(data, size), arguments, MOST);
  hcsref_buf line = {.arena = fuzz_arena(FUZZ_FRESH)};
  for (size_t i = 0; i < count; i++) {
    if (i > 0)
      hcsref_buf_append_char(&line, ' ');
    hcsref_append_argument(&line, arguments[i]);
  }
  REQUIRE(!line.failed, "memory");
  rest = hcsref_buf_str(&line);
  for (size_t i = 0; i < count; i++) {
    REQUIRE_SAME(next_argument(arena, &rest), arguments[i], "an argument comes back");
    REQUIRE(i + 1 == count ? rest.len == 0 : rest.len > 0, "after argument %u: %q", (uint64_t)i, rest);
    rest = hcsref_str_skip(rest, 1);
  }
  return 0;
}
