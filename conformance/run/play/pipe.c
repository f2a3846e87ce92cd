/* SPDX-License-Identifier: Apache-2.0 */
/* A testee over the pipe. When it dies or hangs with several questions in flight nobody can tell which of them it
 * was, so they are asked again one at a time; a case answers for the end of its testee only when it was the one
 * question that a fresh testee had. */
#include "run/cases/tags.h"
#include "run/play/profile.h"
#include "run/play/queue.h"
#include "run/play/worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Questions that wait for the pipe to take them; more are not written ahead. */
#define AHEAD_LIMIT ((size_t)1 << 18)
#define READ_STEP   ((size_t)1 << 16)
/* Of standard error this much is kept, the last of it. */
#define STDERR_KEPT ((size_t)8192)
/* Reads of one stream before the others get their turn. */
#define READ_ROUNDS 16
/* An end without any answer since the one before costs patience: a time limit much, since it was waited for. */
#define PATIENCE      20
#define COST_OF_DEATH 1
#define COST_OF_HANG  7

/* Answers to questions that were never asked, or were answered, before a testee is ended. */
#define MOST_STRAYS 20
/* How soon an idle worker asks for a case again when the ring was full. */
#define RETRY_WAIT 5

typedef enum pipe_state { PIPE_IDLE, PIPE_HELLO, PIPE_READY, PIPE_CLOSING, PIPE_OVER } pipe_state;

typedef struct ticket_list {
  kit_ticket *first, *last;
  size_t count;
} ticket_list;

struct kit_worker {
  kit_runner *runner;
  pipe_state state;
  kit_process *process;
  kit_queue in, out, err;
  size_t searched; /* of `in`: bytes that hold no line end */
  ticket_list flight, waiting;
  uint64_t next_id, asked; /* questions that this process was asked */
  uint64_t answers;        /* that it gave */
  uint64_t strays;         /* and those that nobody waited for */
  uint64_t since;          /* kit_now of the last sign of life that counts */
  unsigned patience_spent;
  bool exhausted, had_hello;
  bool declines;      /* its hello does not list the profile */
  hcsref_arena arena; /* of the hello */
  kit_hello hello;
  char suspicion[200]; /* an end that no case answers for yet */
};

/* ---- lists -------------------------------------------------------------------------------------------- */

static void push(ticket_list *list, kit_ticket *t) {
  t->next = NULL;
  if (list->last == NULL)
    list->first = t;
  else
    list->last->next = t;
  list->last = t;
  list->count++;
}

static kit_ticket *pop(ticket_list *list) {
  kit_ticket *t = list->first;
  if (t == NULL)
    return NULL;
  list->first = t->next;
  if (list->first == NULL)
    list->last = NULL;
  list->count--;
  return t;
}

static kit_ticket *remove_id(ticket_list *list, uint64_t id) {
  kit_ticket *before = NULL, *t;
  for (t = list->first; t != NULL && t->id != id; t = t->next)
    before = t;
  if (t == NULL)
    return NULL;
  if (before == NULL)
    return pop(list);
  before->next = t->next;
  if (list->last == t)
    list->last = before;
  list->count--;
  return t;
}

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

static void end_process(kit_worker *w) {
  kit_process_free(w->process);
  w->process = NULL;
  kit_queue_clear(&w->in);
  kit_queue_clear(&w->out);
  kit_queue_clear(&w->err);
  w->searched = 0;
  w->state = PIPE_IDLE;
}

static void free_pipe(kit_worker *w) {
  end_process(w);
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

/* ---- an end that was not asked for -------------------------------------------------------------------- */

static void give_up_before_hello(kit_worker *w, const char *what) {
  char text[400];
  snprintf(text, sizeof(text), "the testee did not say hello: it %s", what);
  kit_runner_give_up(w->runner, text, kit_queue_bytes(&w->err));
}

/* All in flight go in front of those that wait, to be asked one at a time. */
static void put_back(kit_worker *w) {
  ticket_list all = {NULL, NULL, 0};
  kit_ticket *t;
  while ((t = pop(&w->flight)) != NULL) {
    t->replayed++;
    push(&all, t);
  }
  while ((t = pop(&w->waiting)) != NULL)
    push(&all, t);
  w->waiting = all;
}

static void note_suspicion(kit_worker *w) {
  if (w->suspicion[0] == '\0')
    return;
  kit_runner_breach(w->runner, w->suspicion);
  w->suspicion[0] = '\0';
}

/* Is anyone waiting to be asked alone? */
static bool has_suspects(const kit_worker *w) {
  return w->waiting.first != NULL && w->waiting.first->replayed > 0;
}

static void spend_patience(kit_worker *w, kit_failure failure, const char *what) {
  char text[400];
  w->patience_spent += failure == KIT_TIMEOUT ? COST_OF_HANG : COST_OF_DEATH;
  if (w->patience_spent <= PATIENCE)
    return;
  snprintf(text, sizeof(text), "the testee was abandoned: it %s, again and again, with no answer in between", what);
  kit_runner_give_up(w->runner, text, HCSREF_LIT(""));
}

/* The process ended, hung or babbled ("it WHAT"). */
static void breakdown(kit_worker *w, kit_failure failure, const char *what) {
  char text[300];
  if (w->state == PIPE_HELLO && !w->had_hello) {
    give_up_before_hello(w, what);
    return;
  }
  snprintf(text, sizeof(text), "the testee %s", what);
  if (w->flight.count == 1 && w->asked == 1) {
    kit_runner_finish(w->runner, pop(&w->flight), KIT_BROKEN, failure, text, kit_queue_bytes(&w->err));
    w->suspicion[0] = '\0';
  } else {
    snprintf(w->suspicion, sizeof(w->suspicion), "the testee %s after %llu answers, but no single case makes it do so",
             what, (unsigned long long)w->answers);
    put_back(w);
    if (!has_suspects(w))
      note_suspicion(w);
  }
  end_process(w);
  spend_patience(w, failure, what);
  (void)kit_runner_restart(w->runner);
}

/* ---- what it writes ----------------------------------------------------------------------------------- */

static void keep_stderr(kit_worker *w) {
  int round;
  for (round = 0; round < READ_ROUNDS; round++) {
    char data[4096];
    ptrdiff_t got = kit_process_read(w->process, KIT_STDERR, data, sizeof(data));
    size_t length;
    if (got <= 0)
      return;
    if (!kit_queue_append(&w->err, hcsref_str_from(data, (size_t)got)))
      kit_runner_out_of_memory(w->runner);
    length = kit_queue_bytes(&w->err).len;
    if (length > STDERR_KEPT)
      kit_queue_drop(&w->err, length - STDERR_KEPT);
  }
}

/* Does it say that it does what is played? */
static void note_profiles(kit_worker *w) {
  const kit_run_options *o = kit_runner_options(w->runner);
  bool listed = true;
  if (!o->anonymous && !kit_lists_profile(&w->hello, o->profile, &listed))
    kit_runner_out_of_memory(w->runner);
  w->declines = !listed;
}

static void hear_hello(kit_worker *w, hcsref_str line) {
  hcsref_error err;
  hcsref_str copy;
  char text[600];
  if (!hcsref_str_copy(&w->arena, line, &copy)) {
    kit_runner_out_of_memory(w->runner);
  } else if (kit_hello_read(&w->arena, copy, &w->hello, &err)) {
    kit_runner_hello(w->runner, line);
    w->had_hello = true;
    note_profiles(w);
    w->state = PIPE_READY;
  } else {
    snprintf(text, sizeof(text), "the testee did not say hello: %.*s",
             err.message.len > 500 ? 500 : (int)err.message.len, err.message.data);
    kit_runner_give_up(w->runner, text, kit_queue_bytes(&w->err));
  }
}

static void hear_stray(kit_worker *w, const kit_reply *reply) {
  char text[200];
  if (reply->id < w->next_id)
    snprintf(text, sizeof(text), "the testee answered question %llu twice; the first answer counts",
             (unsigned long long)reply->id);
  else
    snprintf(text, sizeof(text), "the testee answered question %llu, which it was never asked",
             (unsigned long long)reply->id);
  kit_runner_breach(w->runner, text);
  if (++w->strays > MOST_STRAYS)
    breakdown(w, KIT_PROTOCOL, "answered questions that it was not asked, again and again");
}

/* Shortens a line for a message, without control characters. */
static void excerpt(hcsref_str line, char *out, size_t size) {
  size_t i;
  for (i = 0; i < line.len && i + 4 < size; i++)
    out[i] = (unsigned char)line.data[i] < 0x20 || (unsigned char)line.data[i] >= 0x7F ? '?' : line.data[i];
  snprintf(out + i, size - i, "%s", i < line.len ? "..." : "");
}

static void hear_babble(kit_worker *w, hcsref_str line, hcsref_str why) {
  char text[180], shown[80];
  excerpt(line, shown, sizeof(shown));
  snprintf(text, sizeof(text), "wrote a line that is not an answer (%.*s): %s", why.len > 60 ? 60 : (int)why.len,
           why.data == NULL ? "" : why.data, shown);
  breakdown(w, KIT_PROTOCOL, text);
}

static void hear_answer(kit_worker *w, hcsref_str line) {
  hcsref_error err = {NULL, HCSREF_LIT("it has no id"), HCSREF_LIT("")};
  kit_reply reply;
  kit_ticket *t;
  if (!kit_reply_read(kit_runner_scratch(w->runner), line, &reply, &err) || !reply.has_id) {
    if (kit_runner_is_too_large(w->runner))
      breakdown(w, KIT_TOO_LARGE, "wrote an answer that takes more than " KIT_ANSWER_ROOM_TEXT " to read");
    else if (err.code != NULL && strcmp(err.code, "out-of-memory") == 0)
      kit_runner_out_of_memory(w->runner);
    else
      hear_babble(w, line, err.message);
    return;
  }
  t = remove_id(&w->flight, reply.id);
  if (t == NULL) {
    hear_stray(w, &reply);
    return;
  }
  kit_runner_answer(w->runner, t, &reply, kit_queue_bytes(&w->err));
  kit_queue_clear(&w->err);
  w->answers++;
  w->patience_spent = 0;
  w->since = kit_now();
  if (!has_suspects(w) && w->flight.count == 0)
    note_suspicion(w);
}

static void hear_line(kit_worker *w, hcsref_str line) {
  if (line.len > 0 && line.data[line.len - 1] == '\r')
    line.len--;
  if (w->state == PIPE_HELLO)
    hear_hello(w, line);
  else if (line.len > 0)
    hear_answer(w, line);
}

/* Handles the complete lines that were read. */
static void hear_lines(kit_worker *w) {
  const kit_run_options *o = kit_runner_options(w->runner);
  while (w->process != NULL && !kit_runner_stopped(w->runner)) {
    hcsref_str bytes = kit_queue_bytes(&w->in);
    const char *end = bytes.len == w->searched ? NULL : memchr(bytes.data + w->searched, '\n', bytes.len - w->searched);
    size_t length = end == NULL ? bytes.len : (size_t)(end - bytes.data);
    if (length > o->answer_limit) {
      char text[100];
      snprintf(text, sizeof(text), "wrote a line of more than %llu bytes (--max-answer)",
               (unsigned long long)o->answer_limit);
      breakdown(w, KIT_TOO_LARGE, text);
      return;
    }
    w->searched = end == NULL ? bytes.len : 0;
    if (end == NULL)
      return;
    hear_line(w, hcsref_str_from(bytes.data, length));
    if (w->process != NULL)
      kit_queue_drop(&w->in, length + 1);
  }
}

/* False: there may be more to read. */
static bool read_answers(kit_worker *w) {
  int round;
  for (round = 0; round < READ_ROUNDS && w->process != NULL && !kit_runner_stopped(w->runner); round++) {
    char *room = kit_queue_room(&w->in, READ_STEP);
    ptrdiff_t got;
    if (room == NULL) {
      kit_runner_out_of_memory(w->runner);
      return true;
    }
    got = kit_process_read(w->process, KIT_STDOUT, room, READ_STEP);
    if (got <= 0)
      return true;
    kit_queue_grew(&w->in, (size_t)got);
    hear_lines(w);
  }
  return false;
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
  push(&w->flight, t);
  w->asked++;
}

/* The next case: those that wait first. */
static kit_ticket *next_ticket(kit_worker *w) {
  kit_ticket *t = pop(&w->waiting);
  return t != NULL ? t : kit_runner_take(w->runner, &w->exhausted);
}

/* A case that was in flight at an end is asked alone; one that was alone then too gets a fresh testee. */
static bool may_ask_suspect(kit_worker *w) {
  if (w->flight.count > 0)
    return false;
  if (w->waiting.first->replayed > 1 && w->asked > 0) {
    end_process(w);
    return false;
  }
  return true;
}

static void ask_more(kit_worker *w) {
  const kit_run_options *o = kit_runner_options(w->runner);
  while (w->flight.count < o->window && kit_queue_bytes(&w->out).len < AHEAD_LIMIT && !kit_runner_stopped(w->runner)) {
    bool suspect = has_suspects(w);
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
    push(&w->waiting, t);
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
  end_process(w);
  w->state = PIPE_OVER;
}

static void check_alive(kit_worker *w, bool ended, kit_exit how, uint64_t now) {
  uint64_t timeout = kit_runner_options(w->runner)->timeout;
  char text[150];
  if (ended) {
    kit_exit_describe(how, text, sizeof(text));
    breakdown(w, KIT_DIED, text);
  } else if ((w->state == PIPE_HELLO || w->flight.count > 0) && now >= w->since + timeout) {
    snprintf(text, sizeof(text), "gave no answer within %g s (--timeout)%s", (double)timeout / 1000,
             w->state == PIPE_HELLO ? "; does it flush its standard output?" : "");
    breakdown(w, KIT_TIMEOUT, text);
  }
}

/* A process is started only for a case. */
static void start_when_needed(kit_worker *w, uint64_t now) {
  if (w->waiting.first == NULL) {
    kit_ticket *t = kit_runner_take(w->runner, &w->exhausted);
    if (t == NULL)
      return;
    push(&w->waiting, t);
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
  keep_stderr(w);
  ended = read_answers(w) && ended;
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
