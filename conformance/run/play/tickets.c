/* SPDX-License-Identifier: Apache-2.0 */
/* What a worker is served with: cases to play, a place for their results, and notes on its testee. */
#include "run/play/runner_state.h"

#include <string.h>

/* A case's memory that is kept for the next one; more is given back. */
#define KEPT_ARENA ((size_t)1 << 17)

const kit_run_options *kit_runner_options(const kit_runner *r) {
  return &r->options;
}

bool kit_runner_stopped(const kit_runner *r) {
  return r->stopped;
}

/* ---- notes -------------------------------------------------------------------------------------------- */

void kit_runner_out_of_memory(kit_runner *r) {
  r->summary.out_of_memory = true;
  r->stopped = true;
  r->summary.stopped = HCSREF_LIT("out of memory");
}

void kit_runner_breach(kit_runner *r, const char *message) {
  uint64_t n = r->summary.breaches++;
  if (n < KIT_BREACHES_KEPT && !hcsref_str_copy(&r->arena, hcsref_cstr(message), &r->summary.breach_texts[n]))
    kit_runner_out_of_memory(r);
}

void kit_runner_give_up(kit_runner *r, const char *message, hcsref_str stderr_text) {
  hcsref_str text;
  if (r->summary.testee_broken)
    return;
  r->summary.testee_broken = true;
  r->stopped = true;
  if (!hcsref_format(&r->arena, &text, stderr_text.len == 0 ? "%s%v" : "%s\nstandard error of the testee:\n%v", message,
                     stderr_text))
    kit_runner_out_of_memory(r);
  else
    r->summary.stopped = text;
}

bool kit_runner_restart(kit_runner *r) {
  r->summary.restarts++;
  if (r->summary.restarts <= r->options.restarts)
    return true;
  kit_runner_give_up(r, "the testee was abandoned: it had to be restarted too often (--max-restarts)", HCSREF_LIT(""));
  return false;
}

void kit_runner_hello(kit_runner *r, hcsref_str line) {
  hcsref_str copy;
  if (r->summary.has_hello)
    return;
  if (!hcsref_str_copy(&r->arena, line, &copy) || !kit_hello_read(&r->arena, copy, &r->summary.hello, NULL))
    kit_runner_out_of_memory(r);
  else
    r->summary.has_hello = true;
}

/* ---- cases -------------------------------------------------------------------------------------------- */

static void reset_arena(hcsref_arena *arena) {
  if (arena->used > KEPT_ARENA)
    hcsref_arena_free(arena);
  else
    hcsref_arena_reset(arena);
}

/* Reads the next case that is selected into `ticket`; never KIT_NEXT_ERROR. */
static kit_next read_selected(kit_runner *r, kit_ticket *ticket) {
  for (;;) {
    hcsref_error err;
    kit_next next;
    reset_arena(&ticket->arena);
    next = r->feed.next(r->feed.context, &ticket->arena, &ticket->c, &err);
    if (next == KIT_NEXT_ERROR) {
      r->summary.case_errors++;
      r->complain(r->complain_context, err.message);
    } else if (next != KIT_NEXT_CASE || kit_selected(r->options.selection, &ticket->c)) {
      if (next == KIT_NEXT_CASE && !kit_case_complete(&ticket->arena, &ticket->c))
        kit_runner_out_of_memory(r);
      return next;
    }
  }
}

static kit_ticket *take_next(kit_runner *r, bool *exhausted) {
  kit_ticket *ticket = kit_runner_ticket(r, r->tail);
  kit_next next;
  *exhausted = r->exhausted || r->stopped;
  if (*exhausted || r->tail - r->head == r->ring_size)
    return NULL;
  if (ticket->arena.allocator.alloc == NULL)
    hcsref_arena_init(&ticket->arena, NULL, 0);
  next = read_selected(r, ticket);
  r->starved = next == KIT_NEXT_WAIT;
  r->exhausted = *exhausted = next == KIT_NEXT_END;
  if (next != KIT_NEXT_CASE)
    return NULL;
  r->tail++;
  r->summary.selected++;
  memset(&ticket->r, 0, sizeof(ticket->r));
  ticket->done = false;
  ticket->replayed = 0;
  ticket->next = NULL;
  return ticket;
}

/* There is nothing to compare its answer with. */
static void pass_over(kit_ticket *t) {
  t->r.verdict = KIT_SKIP;
  t->r.failure = KIT_UNSUPPORTED;
  t->r.reason = t->c.unanswered;
  t->done = true;
}

kit_ticket *kit_runner_take(kit_runner *r, bool *exhausted) {
  kit_ticket *ticket = take_next(r, exhausted);
  for (; ticket != NULL && ticket->c.unanswered.len > 0; ticket = take_next(r, exhausted))
    pass_over(ticket);
  return ticket;
}

static void copy_stderr(kit_runner *r, kit_ticket *t, hcsref_str text) {
  if (t->r.verdict != KIT_PASS && text.len != 0 && !hcsref_str_copy(&t->arena, text, &t->r.stderr_text))
    kit_runner_out_of_memory(r);
}

hcsref_arena *kit_runner_scratch(kit_runner *r) {
  reset_arena(&r->scratch);
  return &r->scratch;
}

bool kit_runner_is_too_large(const kit_runner *r) {
  return r->scratch.full;
}

/* Of an answer that is right nothing is needed, of one that is collected everything. */
static bool keep_pass(const kit_runner *r, kit_ticket *t, const kit_result *result) {
  t->r = *result;
  return !r->options.collects || hcsref_str_copy(&t->arena, result->answer, &t->r.answer);
}

void kit_runner_answer(kit_runner *r, kit_ticket *t, const kit_reply *reply, hcsref_str stderr_text) {
  kit_result result = t->r;
  bool ok = r->options.collects ? kit_accept(&r->scratch, reply, &result, NULL)
                                : kit_judge(&r->scratch, &r->options.rules, &t->c, reply, &result, NULL);
  if (!ok) {
    kit_runner_no_room(r, t, stderr_text);
    return;
  }
  result.microseconds = kit_now_precise() - t->sent_at;
  if (result.verdict == KIT_PASS)
    ok = keep_pass(r, t, &result);
  else
    ok = kit_result_copy(&t->arena, &result, &t->r);
  if (!ok)
    kit_runner_out_of_memory(r);
  copy_stderr(r, t, stderr_text);
  t->done = true;
}

void kit_runner_no_room(kit_runner *r, kit_ticket *t, hcsref_str stderr_text) {
  if (kit_runner_is_too_large(r))
    kit_runner_finish(r, t, KIT_BROKEN, KIT_TOO_LARGE, "the answer takes more than " KIT_ANSWER_ROOM_TEXT " to read",
                      stderr_text);
  else
    kit_runner_out_of_memory(r);
}

void kit_runner_finish(kit_runner *r, kit_ticket *t, kit_verdict verdict, kit_failure failure, const char *reason,
                       hcsref_str stderr_text) {
  t->r.verdict = verdict;
  t->r.failure = failure;
  t->r.microseconds = t->sent_at == 0 ? 0 : kit_now_precise() - t->sent_at;
  if (!hcsref_str_copy(&t->arena, hcsref_cstr(reason), &t->r.reason))
    kit_runner_out_of_memory(r);
  copy_stderr(r, t, stderr_text);
  t->done = true;
}
