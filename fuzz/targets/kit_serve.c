/* SPDX-License-Identifier: Apache-2.0 */
/* The reference as a testee: the input is a line of the protocol. What is answered is one line of JSON that the kit
 * takes for an answer, the same every time. */
#include "answer.h"

#include "serve/frame.h"

/* As a session of its own, so that no hello changes what follows. */
static serve_result answer_line(hcsref_arena *arena, hcsref_str line, hcsref_str *out, hcsref_str *problem) {
  serve_session session = {0};
  serve_result result;
  hcsref_arena_init(&session.arena, NULL, 0);
  result = serve_answer_line(&session, arena, line, out, problem);
  hcsref_arena_free(&session.arena);
  return result;
}

/* What the runner writes is answered; and so is a line of which only the beginning could be kept, when its id is there.
 */
static void check_runner(hcsref_str input) {
  serve_session session = {0};
  hcsref_arena *arena = fuzz_arena(FUZZ_USUAL);
  hcsref_buf line = {.arena = arena};
  hcsref_str answer = {0}, problem = {0};
  bool json = hcsref_json_valid(fuzz_arena(FUZZ_SCRATCH), input, HCSREF_JSON_WHOLE, NULL, NULL);
  hcsref_arena_init(&session.arena, NULL, 0);
  kit_hello_append(&line, NULL, true);
  REQUIRE(serve_answer_line(&session, arena, hcsref_buf_str(&line), &answer, &problem) == SERVE_ANSWERED, "%v",
          problem);
  answer_check(answer);
  line.len = 0;
  kit_question_append(&line, 7, HCSREF_LIT("clean-path"),
                      json && fuzz_count(input, '\n') == 0 ? input : HCSREF_LIT("{}"));
  REQUIRE(serve_answer_line(&session, arena, hcsref_buf_str(&line), &answer, &problem) == SERVE_ANSWERED, "%v",
          problem);
  answer_check(answer);
  if (serve_answer_long_line(arena, input, 100, &answer, &problem) == SERVE_ANSWERED)
    answer_check(answer);
  hcsref_arena_free(&session.arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str line = fuzz_text(data, size), answer = {0}, again = {0}, problem = {0};
  serve_result result;
  if (fuzz_is_lean(line))
    check_runner(line);
  result = answer_line(fuzz_arena(FUZZ_USUAL), line, &answer, &problem);
  REQUIRE(answer_line(fuzz_arena(FUZZ_FRESH), line, &again, &problem) == result, "twice");
  if (result != SERVE_ANSWERED)
    return 0;
  REQUIRE_SAME(again, answer, "memory does not show");
  answer_check(answer);
  if (fuzz_is_lean(line)) {
    hcsref_arena *lean = fuzz_arena(FUZZ_LEAN);
    fuzz_tighten(lean, line);
    if (answer_line(lean, line, &again, &problem) == SERVE_ANSWERED)
      answer_check(again);
  }
  return 0;
}
