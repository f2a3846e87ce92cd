/* SPDX-License-Identifier: Apache-2.0 */
/* A testee over the pipe: its process is started for the first case, asked, and closed after the last. */
#include "run/cases/tags.h"
#include "run/play/pipe_state.h"
#include "run/testee/profile.h"

#include <stdio.h>
#include <stdlib.h>

/* Questions that wait for the pipe to take them; more are not written ahead. */
#define AHEAD_LIMIT ((size_t)1 << 18)
/* How soon an idle worker asks for a case again when the ring was full. */
#define RETRY_WAIT 5

/* ---- life --------------------------------------------------------------------------------------------- */

static kit_worker *make_pipe(kit_runner *runner) {
  kit_worker *w = calloc(1, sizeof(*w));
  if (w == NULL)
    return NULL;
  w->runner = runner;
  w->next_id = 1;
  hcsref_arena_init(&w->arena, NULL, 0);
  return w;
}

static void free_pipe(kit_worker *w) {
  pipe_end_process(w);
  kit_queue_free(&w->in);
  kit_queue_free(&w->out);
  kit_queue_free(&w->err);
  hcsref_arena_free(&w->arena);
  free(w);
}

static void start_process(kit_worker *w, uint64_t now) {
  const kit_run_options *o = kit_runner_options(w->runner);
  const kit_spawn spawn = {&o->command, NULL, o->memory_limit};
  char message[512], text[600];
  hcsref_buf hello = {&w->arena, NULL, 0, 0, false};
  hcsref_arena_reset(&w->arena);
  w->process = kit_process_start(&spawn, message, sizeof(message));
  if (w->process == NULL) {
    snprintf(text, sizeof(text), "the testee could not be started: %s", message);
    kit_runner_give_up(w->runner, text, HCSREF_LIT(""));
    return;
  }
  w->asked = w->answers = w->strays = 0;
  w->since = now;
  w->state = PIPE_HELLO;
  kit_hello_append(&hello, o->profile, !o->anonymous);
  if (hello.failed || !kit_queue_append(&w->out, hcsref_buf_str(&hello)))
    kit_runner_out_of_memory(w->runner);
}

/* ---- what it is asked --------------------------------------------------------------------------------- */

/* Cases that the testee says it does not do are not asked. */
static bool is_declined(kit_worker *w, kit_ticket *t) {
  const kit_run_options *o = kit_runner_options(w->runner);
  hcsref_str profile = hcsref_profile_name(o->profile);
  char text[200];
  if (w->hello.ops != NULL && !kit_has_word(w->hello.ops, t->c.op))
    snprintf(text, sizeof(text), KIT_NOT_IN_HELLO "%.*s", t->c.op.len > 100 ? 100 : (int)t->c.op.len, t->c.op.data);
  else if (w->declines)
    snprintf(text, sizeof(text), "unsupported: the testee does not list the profile %.*s",
             profile.len > 100 ? 100 : (int)profile.len, profile.data);
  else
    return false;
  t->sent_at = 0;
  kit_runner_finish(w->runner, t, KIT_SKIP, KIT_UNSUPPORTED, text, HCSREF_LIT(""));
  return true;
}

static void ask(kit_worker *w, kit_ticket *t) {
  hcsref_buf question = {&t->arena, NULL, 0, 0, false};
  t->id = w->next_id++;
  t->sent_at = kit_now_precise();
  if (w->flight.count == 0)
    w->since = kit_now();
  if (!hcsref_buf_reserve(&question, t->c.params.len + t->c.op.len + 64))
    kit_runner_out_of_memory(w->runner);
  kit_question_append(&question, t->id, t->c.op, t->c.params);
  if (question.failed || !kit_queue_append(&w->out, hcsref_buf_str(&question)))
    kit_runner_out_of_memory(w->runner);
  ticket_list_push(&w->flight, t);
  w->asked++;
}

/* The next case: those that wait first. */
static kit_ticket *next_ticket(kit_worker *w) {
  kit_ticket *t = ticket_list_pop(&w->waiting);
  return t != NULL ? t : kit_runner_take(w->runner, &w->exhausted);
}

/* A case that was in flight at an end is asked alone; one that was alone then too gets a fresh testee. */
static bool may_ask_suspect(kit_worker *w) {
  if (w->flight.count > 0)
    return false;
  if (w->waiting.first->replayed > 1 && w->asked > 0) {
    pipe_end_process(w);
    return false;
  }
  return true;
}

static void ask_more(kit_worker *w) {
  const kit_run_options *o = kit_runner_options(w->runner);
  while (w->flight.count < o->window && kit_queue_bytes(&w->out).len < AHEAD_LIMIT && !kit_runner_stopped(w->runner)) {
    bool suspect = pipe_has_suspects(w);
    kit_ticket *t;
    if ((suspect && !may_ask_suspect(w)) || (w->flight.first != NULL && w->flight.first->replayed > 0))
      return;
    t = next_ticket(w);
    if (t == NULL)
      return;
    if (!is_declined(w, t))
      ask(w, t);
  }
}

/* Reads cases while the testee works on those that it has. Only where no other worker could ask them meanwhile. */
static void read_ahead(kit_worker *w) {
  const kit_run_options *o = kit_runner_options(w->runner);
  while (o->jobs == 1 && w->waiting.count < o->window && !kit_runner_stopped(w->runner)) {
    kit_ticket *t = kit_runner_take(w->runner, &w->exhausted);
    if (t == NULL)
      return;
    ticket_list_push(&w->waiting, t);
  }
}

static void write_questions(kit_worker *w) {
  hcsref_str bytes = kit_queue_bytes(&w->out);
  ptrdiff_t put;
  if (bytes.len == 0)
    return;
  put = kit_process_write(w->process, bytes.data, bytes.len);
  if (put > 0)
    kit_queue_drop(&w->out, (size_t)put);
  else if (put < 0)
    kit_queue_clear(&w->out); /* it reads no more: its end or the time limit will tell */
}

/* ---- one step ----------------------------------------------------------------------------------------- */

static void close_input_when_done(kit_worker *w, uint64_t now) {
  if (w->flight.count > 0 || w->waiting.count > 0 || !w->exhausted)
    return;
  kit_process_close_input(w->process);
  w->state = PIPE_CLOSING;
  w->since = now;
}

/* After the last answer it should end by itself, with status 0. */
static void check_closing(kit_worker *w, bool ended, kit_exit how, uint64_t now) {
  char text[200], description[100];
  if (!ended && now < w->since + kit_runner_options(w->runner)->timeout)
    return;
  kit_exit_describe(how, description, sizeof(description));
  if (!ended)
    kit_runner_breach(w->runner, "the testee did not end when its standard input was closed");
  else if (how.by_signal || how.code != 0) {
    snprintf(text, sizeof(text), "the testee %s after its standard input was closed", description);
    kit_runner_breach(w->runner, text);
  }
  pipe_end_process(w);
  w->state = PIPE_OVER;
}

static void check_alive(kit_worker *w, bool ended, kit_exit how, uint64_t now) {
  uint64_t timeout = kit_runner_options(w->runner)->timeout;
  char text[150];
  if (ended) {
    kit_exit_describe(how, text, sizeof(text));
    pipe_break_down(w, KIT_DIED, text);
  } else if ((w->state == PIPE_HELLO || w->flight.count > 0) && now >= w->since + timeout) {
    snprintf(text, sizeof(text), "gave no answer within %g s (--timeout)%s", (double)timeout / 1000,
             w->state == PIPE_HELLO ? "; does it flush its standard output?" : "");
    pipe_break_down(w, KIT_TIMEOUT, text);
  }
}

/* A process is started only for a case. */
static void start_when_needed(kit_worker *w, uint64_t now) {
  if (w->waiting.first == NULL) {
    kit_ticket *t = kit_runner_take(w->runner, &w->exhausted);
    if (t == NULL)
      return;
    ticket_list_push(&w->waiting, t);
  }
  start_process(w, now);
}

static bool work_pipe(kit_worker *w, uint64_t now) {
  kit_exit how = {false, 0};
  bool ended;
  if (kit_runner_stopped(w->runner))
    return false;
  if (w->state == PIPE_IDLE)
    start_when_needed(w, now);
  if (w->process == NULL)
    return w->state != PIPE_OVER && !(w->exhausted && w->waiting.first == NULL);
  ended = kit_process_ended(w->process, &how); /* first, so that all it wrote is read below */
  pipe_keep_stderr(w);
  ended = pipe_read_answers(w) && ended;
  if (w->process != NULL && w->state == PIPE_READY && !ended) {
    ask_more(w);
    if (w->process != NULL)
      close_input_when_done(w, now);
  }
  if (w->process == NULL)
    return true;
  write_questions(w);
  if (w->state == PIPE_READY && w->flight.count > 0)
    read_ahead(w);
  if (w->state == PIPE_CLOSING)
    check_closing(w, ended, how, now);
  else
    check_alive(w, ended, how, now);
  return w->state != PIPE_OVER; /* else the loop would wait once more, for nobody */
}

static kit_interest pipe_interest(kit_worker *w, uint64_t *deadline) {
  kit_interest interest = {w->process, kit_queue_bytes(&w->out).len > 0};
  if (w->process != NULL && (w->state != PIPE_READY || w->flight.count > 0))
    *deadline = w->since + kit_runner_options(w->runner)->timeout;
  if (w->process == NULL && (w->waiting.first != NULL || !w->exhausted))
    *deadline = w->state == PIPE_OVER ? UINT64_MAX : w->waiting.first != NULL ? 0 : kit_now() + RETRY_WAIT;
  return interest;
}

const kit_worker_kind kit_pipe_worker = {make_pipe, work_pipe, pipe_interest, free_pipe};
