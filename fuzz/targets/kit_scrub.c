/* SPDX-License-Identifier: Apache-2.0 */
/* A line of a recording: as it can be shared it is JSON on one line, has no secret left, and is shared as it is; what
 * is masked has the same length; messages mention no secret. */
#include "support.h"

#include "check/recording/scrub.h"

static void check_scrubbed(hcsref_arena *arena, hcsref_str text) {
  scrub_list left = {arena, {NULL, 0, 0}, false};
  const scrub_secret *secrets;
  hcsref_error err;
  kit_json *tree;
  REQUIRE(kit_json_parse(arena, text, &tree, &err), "what is shared is no JSON");
  scrub_find(&left, tree);
  secrets = left.secrets.items;
  REQUIRE(left.secrets.len == 0, "%q is left", secrets[0].value);
}

static void check_places(hcsref_arena *arena, hcsref_str text) {
  scrub_list list = {arena, {NULL, 0, 0}, false};
  hcsref_error err;
  hcsref_str masked, message;
  kit_json *tree;
  if (!kit_json_parse(arena, text, &tree, &err))
    return;
  scrub_find(&list, tree);
  REQUIRE(scrub_mask(&list, text, &masked) && masked.len == text.len, "places move");
  REQUIRE(scrub_message(&list, text, &message), "memory");
  REQUIRE(list.secrets.len > 0 || hcsref_str_equal(masked, text), "something is masked");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_arena *arena = fuzz_arena(FUZZ_USUAL);
  hcsref_str text = fuzz_text(data, size);
  hcsref_buf first = {.arena = arena}, again = {.arena = arena};
  REQUIRE(scrub_line(arena, text, &first), "memory");
  check_scrubbed(arena, hcsref_buf_str(&first));
  REQUIRE(scrub_line(arena, hcsref_buf_str(&first), &again), "memory");
  REQUIRE_SAME(hcsref_buf_str(&again), hcsref_buf_str(&first), "nothing is left to do");
  check_places(arena, text);
  return 0;
}
