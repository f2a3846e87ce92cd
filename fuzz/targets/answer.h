/* SPDX-License-Identifier: Apache-2.0 */
/** @file An answer of the reference as a testee: one line of JSON that the kit takes for an answer or a hello. */
#ifndef FUZZ_ANSWER_H
#define FUZZ_ANSWER_H

#include "support.h"

#include "run/verdict/reply.h"

static inline void answer_check(hcsref_str answer) {
  hcsref_arena *arena = fuzz_arena(FUZZ_SCRATCH);
  kit_json *tree;
  kit_hello hello;
  kit_reply reply;
  hcsref_error err = {0};
  REQUIRE(hcsref_str_has_suffix(answer, HCSREF_LIT("\n")) && fuzz_count(answer, '\n') == 1, "one line: %v", answer);
  answer.len--;
  REQUIRE(hcsref_json_valid(arena, answer, HCSREF_JSON_WHOLE, NULL, NULL), "JSON: %v", answer);
  REQUIRE(kit_json_parse(arena, answer, &tree, &err), "%v in %v", err.message, answer);
  if (kit_json_get(tree, "hello") != NULL) {
    REQUIRE(kit_hello_read(arena, answer, &hello, &err), "%v in %v", err.message, answer);
    return;
  }
  REQUIRE(kit_reply_read(arena, answer, &reply, &err), "%v in %v", err.message, answer);
  REQUIRE(kit_json_get(tree, "id") != NULL, "whose answer is it? %v", answer);
  REQUIRE(reply.breach == NULL, "%s: %v", reply.breach, answer);
}

#endif
