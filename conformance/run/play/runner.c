/* SPDX-License-Identifier: Apache-2.0 */
/* The loop that lets each worker do what it can, and hands their results out in the order of the cases. */
#include "run/play/runner_state.h"

#include <stdlib.h>

/* How long to wait when nobody has a deadline. */
#define IDLE_WAIT 100

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
  if (r->sink_count == KIT_RUNNER_SINKS)
    return false;
  r->sinks[r->sink_count++] = sink;
  return true;
}

const kit_hello *kit_runner_first_hello(const kit_runner *r) {
  return r->summary.has_hello ? &r->summary.hello : NULL;
}

void kit_runner_stop(kit_runner *r) {
  r->stopped = r->enough = true;
}

/* ---- results ------------------------------------------------------------------------------------------ */

static void stop(kit_runner *r, const char *why) {
  r->stopped = true;
  if (r->summary.stopped.len == 0 && !hcsref_str_copy(&r->arena, hcsref_cstr(why), &r->summary.stopped))
    r->summary.out_of_memory = true;
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
  while (!r->enough && r->head < r->tail && kit_runner_ticket(r, r->head)->done) {
    kit_ticket *t = kit_runner_ticket(r, r->head);
    size_t i;
    if (r->expecter != NULL)
      r->expecter->judge(r->expecter->context, &t->c, &t->r);
    t->r.group = KIT_NO_GROUP;
    if (r->groups != NULL && !kit_groups_note(r->groups, &t->c, &t->r))
      kit_runner_out_of_memory(r);
    count_result(r, t);
    if (r->options.titles && !kit_case_make_title(&t->arena, &t->c))
      kit_runner_out_of_memory(r);
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
