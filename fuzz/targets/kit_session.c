/* SPDX-License-Identifier: Apache-2.0 */
/* The reference as a testee from hello to end: the input is the lines of a runner, of which a hello may choose a
 * release. Every operation in every release is reached by it. Each answer is one line of JSON that the kit takes for an
 * answer, the same whatever was in the memory before. */
#include "answer.h"

#include "serve/frame.h"

/* As many lines as are answered of one input. */
#define LINES 64
/* How many limits of memory each of them is tried with. */
#define LIMITS 12

/* All answers, one after the other. */
static hcsref_str play(int which, hcsref_str text) {
  hcsref_arena *arena = fuzz_arena(which);
  hcsref_buf all = {.arena = arena};
  hcsref_str lines[LINES], answer = {0}, problem = {0};
  size_t count = fuzz_lines(text, lines, LINES);
  serve_session session = {0};
  hcsref_arena_init(&session.arena, NULL, 0);
  for (size_t i = 0; i < count; i++) {
    if (serve_answer_line(&session, arena, lines[i], &answer, &problem) != SERVE_ANSWERED)
      break;
    answer_check(answer);
    hcsref_buf_append(&all, answer);
  }
  hcsref_arena_free(&session.arena);
  return hcsref_buf_str(&all);
}

/* Each line once more with little memory, which its last bytes choose: a session goes on after an answer that says so.
 */
static void play_leanly(hcsref_str text) {
  hcsref_str lines[LINES], answer = {0}, problem = {0};
  size_t count = fuzz_lines(text, lines, LINES);
  serve_session session = {0};
  hcsref_arena_init(&session.arena, NULL, 0);
  for (size_t i = 0; i < count; i++)
    for (size_t cut = 0; cut < LIMITS; cut++) {
      hcsref_arena *arena = fuzz_arena(FUZZ_LEAN);
      fuzz_tighten(arena, hcsref_str_skip(lines[i], cut));
      if (serve_answer_line(&session, arena, lines[i], &answer, &problem) == SERVE_ANSWERED)
        answer_check(answer);
      fuzz_loosen(arena);
    }
  hcsref_arena_free(&session.arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size), usual = play(FUZZ_USUAL, text);
  REQUIRE_SAME(play(FUZZ_FRESH, text), usual, "memory does not show");
  play_leanly(text);
  return 0;
}
