/* SPDX-License-Identifier: Apache-2.0 */
/* The ring of cases in play, and the loop that lets each worker do what it can. */
#include "run/play/worker.h"

#include <stdlib.h>
#include <string.h>

#define MOST_SINKS 16
/* A case's memory that is kept for the next one; more is given back. */
#define KEPT_ARENA ((size_t)1 << 17)
/* How long to wait when nobody has a deadline. */
#define IDLE_WAIT 100

struct kit_runner {
  kit_run_options options;
  kit_feed feed;
  const kit_expecter *expecter;
  void (*complain)(void *context, hcsref_str message);
  void *complain_context;
  kit_sink sinks[MOST_SINKS];
  size_t sink_count;
  kit_ticket *ring; /* cases head … tail - 1 are in play; case n is at n % ring_size */
  size_t ring_size;
  uint64_t head, tail;
  bool exhausted, stopped, enough;
  bool starved; /* the feed waits for results */
  const kit_worker_kind *kind;
  kit_worker **workers;
  kit_groups *groups;   /* of the summary, or null */
  hcsref_arena arena;   /* of the summary */
  hcsref_arena scratch; /* of the answer that is being read */
  kit_summary summary;
};

/* ---- life --------------------------------------------------------------------------------------------- */

static const kit_worker_kind *const kinds[] = {&kit_pipe_worker, &kit_one_shot_worker, &kit_documents_worker};

/* Enough that a slow case does not make the other workers wait at once. */
static size_t ring_size_for(const kit_run_options *o) {
  size_t window = o->mode == KIT_PIPE ? o->window : 1;
  return o->jobs * window * 2 + 32;
}

kit_runner *kit_runner_new(const kit_run_options *options, kit_feed feed, const kit_expecter *expecter,
                           void (*complain)(void *context, hcsref_str message), void *context) {
  kit_runner *r = calloc(1, sizeof(*r));
  if (r == NULL)
    return NULL;
  r->options = *options;
  r->feed = feed;
  r->expecter = expecter;
  r->complain = complain;
  r->complain_context = context;
  r->kind = kinds[options->mode];
  r->ring_size = ring_size_for(options);
  r->ring = calloc(r->ring_size, sizeof(*r->ring));
  r->workers = calloc(options->jobs, sizeof(kit_worker *));
  hcsref_arena_init(&r->arena, NULL, 0);
  hcsref_arena_init(&r->scratch, NULL, KIT_ANSWER_ROOM);
  if (options->group)
    r->summary.groups = r->groups = kit_groups_new();
  if (r->ring != NULL && r->workers != NULL && (r->groups != NULL || !options->group))
    return r;
  kit_runner_free(r);
  return NULL;
}

static void free_workers(kit_runner *r) {
  size_t i;
  for (i = 0; r->workers != NULL && i < r->options.jobs; i++)
    if (r->workers[i] != NULL)
      r->kind->free(r->workers[i]);
  free(r->workers);
  r->workers = NULL;
}

void kit_runner_free(kit_runner *r) {
  size_t i;
  if (r == NULL)
    return;
  free_workers(r);
  for (i = 0; r->ring != NULL && i < r->ring_size; i++)
    hcsref_arena_free(&r->ring[i].arena);
  free(r->ring);
  kit_groups_free(r->groups);
  hcsref_arena_free(&r->arena);
  hcsref_arena_free(&r->scratch);
  free(r);
}

bool kit_runner_add_sink(kit_runner *r, kit_sink sink) {
  if (r->sink_count == MOST_SINKS)
    return false;
  r->sinks[r->sink_count++] = sink;
  return true;
}

const kit_run_options *kit_runner_options(const kit_runner *r) {
  return &r->options;
}

bool kit_runner_stopped(const kit_runner *r) {
  return r->stopped;
}

/* ---- notes -------------------------------------------------------------------------------------------- */

void kit_runner_stop(kit_runner *r) {
  r->stopped = r->enough = true;
}

static void stop(kit_runner *r, const char *why) {
  r->stopped = true;
  if (r->summary.stopped.len == 0 && !hcsref_str_copy(&r->arena, hcsref_cstr(why), &r->summary.stopped))
    r->summary.out_of_memory = true;
}

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

const kit_hello *kit_runner_first_hello(const kit_runner *r) {
  return r->summary.has_hello ? &r->summary.hello : NULL;
}

/* ---- cases -------------------------------------------------------------------------------------------- */

static void reset_arena(hcsref_arena *arena) {
  if (arena->used > KEPT_ARENA)
    hcsref_arena_free(arena);
  else
    hcsref_arena_reset(arena);
}

static kit_ticket *ticket_at(kit_runner *r, uint64_t n) {
  return &r->ring[n % r->ring_size];
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
      return next;
    }
  }
}

static kit_ticket *take_next(kit_runner *r, bool *exhausted) {
  kit_ticket *ticket = ticket_at(r, r->tail);
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

static void count_result(kit_runner *r, const kit_ticket *t) {
  kit_summary *s = &r->summary;
  kit_tally *level = &s->levels[t->c.level];
  s->verdicts[t->r.verdict]++;
  level->verdicts[t->r.verdict]++;
  if (t->r.known == KIT_KNOWN) {
    s->known[t->r.verdict]++;
    level->known[t->r.verdict]++;
  }
  if (t->r.known != KIT_KNOWN && t->r.verdict == KIT_SKIP && t->c.level == KIT_MUST && t->c.unanswered.len == 0)
    s->skipped_must++;
  if (t->r.known == KIT_UNEXPECTED_PASS)
    s->unexpected_passes++;
}

static uint64_t failed_so_far(const kit_run_options *o, const kit_summary *s) {
  const kit_tally *may = &s->levels[KIT_MAY];
  uint64_t passed_over = o->strict ? 0 : may->verdicts[KIT_FAIL] - may->known[KIT_FAIL];
  return s->verdicts[KIT_FAIL] - s->known[KIT_FAIL] + s->verdicts[KIT_BROKEN] - s->known[KIT_BROKEN] - passed_over;
}

/* Hands out what is done, in order; false: nothing was. */
static bool emit(kit_runner *r) {
  uint64_t head = r->head;
  while (!r->enough && r->head < r->tail && ticket_at(r, r->head)->done) {
    kit_ticket *t = ticket_at(r, r->head);
    size_t i;
    if (r->expecter != NULL)
      r->expecter->judge(r->expecter->context, &t->c, &t->r);
    t->r.group = KIT_NO_GROUP;
    if (r->groups != NULL && !kit_groups_note(r->groups, &t->c, &t->r))
      kit_runner_out_of_memory(r);
    count_result(r, t);
    for (i = 0; i < r->sink_count; i++)
      r->sinks[i].result(r->sinks[i].context, &t->c, &t->r);
    r->head++;
    if (r->enough)
      break;
    r->enough = r->options.max_fail != 0 && failed_so_far(&r->options, &r->summary) >= r->options.max_fail;
    if (r->enough)
      stop(r, "enough cases failed (--max-fail, --fail-fast)");
  }
  return r->head != head;
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

/* ---- the loop ----------------------------------------------------------------------------------------- */

static bool make_workers(kit_runner *r) {
  size_t i;
  for (i = 0; i < r->options.jobs; i++) {
    r->workers[i] = r->kind->make(r);
    if (r->workers[i] == NULL)
      return false;
  }
  return true;
}

/* Lets every worker do what it can; false when all are through. */
static bool work_all(kit_runner *r) {
  uint64_t now = kit_now();
  bool busy = false;
  size_t i;
  for (i = 0; i < r->options.jobs; i++)
    busy = r->kind->work(r->workers[i], now) || busy;
  return busy;
}

static void wait_all(kit_runner *r, kit_interest *interests) {
  uint64_t now = kit_now(), first = now + IDLE_WAIT;
  size_t i;
  for (i = 0; i < r->options.jobs; i++) {
    uint64_t deadline = UINT64_MAX;
    interests[i] = r->kind->interest(r->workers[i], &deadline);
    first = deadline < first ? deadline : first;
  }
  if (first > now)
    kit_process_wait(interests, r->options.jobs, first - now);
}

static void play(kit_runner *r) {
  kit_interest *interests = calloc(r->options.jobs, sizeof(*interests));
  if (interests == NULL || !make_workers(r)) {
    kit_runner_out_of_memory(r);
    free(interests);
    return;
  }
  while (work_all(r)) {
    bool emitted = emit(r);
    if (kit_interrupted() != 0) {
      r->summary.interrupted = kit_interrupted();
      stop(r, "interrupted");
    }
    if (r->stopped)
      break;
    if (!emitted || !r->starved) /* a feed that waits may go on now */
      wait_all(r, interests);
  }
  (void)emit(r);
  free(interests);
}

const kit_summary *kit_runner_run(kit_runner *r) {
  r->summary.started_at = kit_now_precise();
  play(r);
  free_workers(r);
  kit_process_end_strays();
  r->summary.microseconds = kit_now_precise() - r->summary.started_at;
  return &r->summary;
}
