/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz/reduce.h"

#include "fuzz/question.h"
#include "fuzz/shrink.h"

#include <stdlib.h>
#include <string.h>

/* Where waiting is what was found, each attempt takes a time limit. */
#define WAITING_COSTS 10
/* Candidates that may not be asked do not count as attempts, but have an end too. */
#define CANDIDATES_PER_ATTEMPT 100

typedef enum stage { STAGE_BEGIN, STAGE_AGAIN, STAGE_SHRINK, STAGE_SHOW } stage;

struct kit_fuzz_reducer {
  kit_fuzz_findings *findings;
  uint64_t limit;
  void (*tell)(void *context, const kit_fuzz_reduced *reduced);
  void *context;
  size_t current; /* finding */
  stage stage;
  kit_shrink *shrink; /* of the current one */
  uint64_t attempts, candidates, progress;
  bool asked, out_of_memory;
  hcsref_arena arena; /* of the params that are told */
};

kit_fuzz_reducer *kit_fuzz_reducer_new(kit_fuzz_findings *findings, uint64_t attempts,
                                       void (*tell)(void *context, const kit_fuzz_reduced *reduced), void *context) {
  kit_fuzz_reducer *d = calloc(1, sizeof(*d));
  if (d == NULL)
    return NULL;
  d->findings = findings;
  d->limit = attempts;
  d->tell = tell;
  d->context = context;
  hcsref_arena_init(&d->arena, NULL, 0);
  return d;
}

void kit_fuzz_reducer_free(kit_fuzz_reducer *d) {
  if (d == NULL)
    return;
  kit_shrink_free(d->shrink);
  hcsref_arena_free(&d->arena);
  free(d);
}

uint64_t kit_fuzz_reducer_progress(const kit_fuzz_reducer *d) {
  return d->progress;
}

bool kit_fuzz_reducer_out_of_memory(const kit_fuzz_reducer *d) {
  return d->out_of_memory;
}

static kit_fuzz_finding *current(const kit_fuzz_reducer *d) {
  return &d->findings->items[d->current];
}

/* ---- one finding after the other ---------------------------------------------------------------------- */

static bool begin(kit_fuzz_reducer *d) {
  hcsref_str input;
  hcsref_arena_reset(&d->arena);
  if (!kit_fuzz_open_params(&d->arena, current(d)->params, &input))
    return false;
  d->shrink = kit_shrink_new(input);
  d->attempts = d->candidates = 0;
  d->stage = STAGE_AGAIN;
  return d->shrink != NULL;
}

static void end(kit_fuzz_reducer *d) {
  kit_shrink_free(d->shrink);
  d->shrink = NULL;
  d->current++;
  d->progress++;
  d->stage = STAGE_BEGIN;
}

static bool may_go_on(const kit_fuzz_reducer *d) {
  uint64_t limit = current(d)->waited ? d->limit / WAITING_COSTS : d->limit;
  return d->attempts < limit && d->candidates < limit * CANDIDATES_PER_ATTEMPT;
}

static void tell(kit_fuzz_reducer *d, const kit_case *c, const kit_result *r) {
  kit_fuzz_reduced reduced = {current(d), {NULL, 0}, d->attempts, c, r, false};
  hcsref_arena arena;
  kit_case smallest;
  reduced.shown = r != NULL && kit_fuzz_shows(c, r, current(d)->kind);
  reduced.params = current(d)->params;
  hcsref_arena_init(&arena, NULL, 0);
  if (d->shrink != NULL && d->stage != STAGE_AGAIN) {
    if (kit_fuzz_ask(&arena, current(d)->operation, kit_shrink_text(d->shrink), &smallest) == KIT_FUZZ_FAIR)
      reduced.params = smallest.params;
    else
      d->out_of_memory = true;
  }
  d->tell(d->context, &reduced);
  hcsref_arena_free(&arena);
}

bool kit_fuzz_reducer_is_done(const kit_fuzz_reducer *d) {
  return d->current >= d->findings->count;
}

void kit_fuzz_reducer_skip(kit_fuzz_reducer *d) {
  if (kit_fuzz_reducer_is_done(d))
    return;
  tell(d, NULL, NULL);
  end(d);
}

/* ---- the feed ----------------------------------------------------------------------------------------- */

static kit_fuzz_fairness ask(kit_fuzz_reducer *d, hcsref_arena *arena, hcsref_str input, kit_case *out) {
  kit_fuzz_fairness fairness = kit_fuzz_ask(arena, current(d)->operation, input, out);
  if (fairness == KIT_FUZZ_FAIR && !kit_fuzz_id(arena, current(d), &out->id))
    fairness = KIT_FUZZ_NO_MEMORY;
  d->asked = fairness == KIT_FUZZ_FAIR;
  return fairness;
}

/* The next smaller input that may be asked; unfair: there is none. */
static kit_fuzz_fairness ask_smaller(kit_fuzz_reducer *d, hcsref_arena *arena, kit_case *out) {
  hcsref_str candidate;
  while (may_go_on(d) && kit_shrink_next(d->shrink, &candidate)) {
    kit_fuzz_fairness fairness = ask(d, arena, candidate, out);
    d->candidates++;
    if (fairness != KIT_FUZZ_UNFAIR)
      return fairness;
    kit_shrink_answer(d->shrink, false);
    hcsref_arena_reset(arena);
  }
  return KIT_FUZZ_UNFAIR;
}

static kit_fuzz_fairness ask_next(kit_fuzz_reducer *d, hcsref_arena *arena, kit_case *out) {
  if (d->stage == STAGE_BEGIN && !begin(d))
    return KIT_FUZZ_NO_MEMORY;
  if (d->stage == STAGE_SHRINK) {
    kit_fuzz_fairness fairness = ask_smaller(d, arena, out);
    if (fairness != KIT_FUZZ_UNFAIR)
      return fairness;
    d->stage = STAGE_SHOW;
  }
  return ask(d, arena, kit_shrink_text(d->shrink), out);
}

static void answer(kit_fuzz_reducer *d, bool shown) {
  d->asked = false;
  d->progress++;
  if (d->stage == STAGE_AGAIN) {
    d->stage = shown ? STAGE_SHRINK : STAGE_SHOW;
  } else if (d->stage == STAGE_SHRINK) {
    d->attempts++;
    kit_shrink_answer(d->shrink, shown);
  }
}

static kit_next next_question(void *context, hcsref_arena *arena, kit_case *out, hcsref_error *err) {
  kit_fuzz_reducer *d = context;
  (void)err;
  if (d->asked)
    return KIT_NEXT_WAIT;
  if (d->out_of_memory || kit_fuzz_reducer_is_done(d))
    return KIT_NEXT_END;
  if (ask_next(d, arena, out) == KIT_FUZZ_FAIR)
    return KIT_NEXT_CASE;
  d->out_of_memory = true;
  return KIT_NEXT_END;
}

/* A question that the run before ended without an answer to showed nothing. */
kit_feed kit_fuzz_reducer_feed(kit_fuzz_reducer *d) {
  const kit_feed feed = {next_question, d};
  if (d->asked && d->stage != STAGE_SHOW)
    answer(d, false);
  d->asked = false;
  return feed;
}

void kit_fuzz_reducer_result(kit_fuzz_reducer *d, const kit_case *c, const kit_result *r) {
  if (d->stage != STAGE_SHOW) {
    answer(d, kit_fuzz_shows(c, r, current(d)->kind));
    return;
  }
  d->asked = false;
  tell(d, c, r);
  end(d);
}
