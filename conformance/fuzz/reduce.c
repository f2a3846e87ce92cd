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
  kit_fuzz_reducer *red = calloc(1, sizeof(*red));
  if (red == NULL)
    return NULL;
  red->findings = findings;
  red->limit = attempts;
  red->tell = tell;
  red->context = context;
  hcsref_arena_init(&red->arena, NULL, 0);
  return red;
}

void kit_fuzz_reducer_free(kit_fuzz_reducer *red) {
  if (red == NULL)
    return;
  kit_shrink_free(red->shrink);
  hcsref_arena_free(&red->arena);
  free(red);
}

uint64_t kit_fuzz_reducer_progress(const kit_fuzz_reducer *red) {
  return red->progress;
}

bool kit_fuzz_reducer_out_of_memory(const kit_fuzz_reducer *red) {
  return red->out_of_memory;
}

static kit_fuzz_finding *current(const kit_fuzz_reducer *red) {
  return &red->findings->items[red->current];
}

/* ---- one finding after the other ---------------------------------------------------------------------- */

static bool begin(kit_fuzz_reducer *red) {
  hcsref_str input;
  hcsref_arena_reset(&red->arena);
  if (!kit_fuzz_open_params(&red->arena, current(red)->params, &input))
    return false;
  red->shrink = kit_shrink_new(input);
  red->attempts = red->candidates = 0;
  red->stage = STAGE_AGAIN;
  return red->shrink != NULL;
}

static void end(kit_fuzz_reducer *red) {
  kit_shrink_free(red->shrink);
  red->shrink = NULL;
  red->current++;
  red->progress++;
  red->stage = STAGE_BEGIN;
}

static bool may_go_on(const kit_fuzz_reducer *red) {
  uint64_t limit = current(red)->waited ? red->limit / WAITING_COSTS : red->limit;
  return red->attempts < limit && red->candidates < limit * CANDIDATES_PER_ATTEMPT;
}

static void tell(kit_fuzz_reducer *red, const kit_case *c, const kit_result *r) {
  kit_fuzz_reduced reduced = {current(red), {NULL, 0}, red->attempts, c, r, false};
  hcsref_arena arena;
  kit_case smallest;
  reduced.shown = r != NULL && kit_shows_kind(c, r, current(red)->kind);
  reduced.params = current(red)->params;
  hcsref_arena_init(&arena, NULL, 0);
  if (red->shrink != NULL && red->stage != STAGE_AGAIN) {
    if (kit_fuzz_ask(&arena, current(red)->operation, kit_shrink_text(red->shrink), &smallest) == KIT_FUZZ_FAIR)
      reduced.params = smallest.params;
    else
      red->out_of_memory = true;
  }
  red->tell(red->context, &reduced);
  hcsref_arena_free(&arena);
}

bool kit_fuzz_reducer_is_done(const kit_fuzz_reducer *red) {
  return red->current >= red->findings->count;
}

void kit_fuzz_reducer_skip(kit_fuzz_reducer *red) {
  if (kit_fuzz_reducer_is_done(red))
    return;
  tell(red, NULL, NULL);
  end(red);
}

/* ---- the feed ----------------------------------------------------------------------------------------- */

static kit_fuzz_fairness ask(kit_fuzz_reducer *red, hcsref_arena *arena, hcsref_str input, kit_case *out) {
  kit_fuzz_fairness fairness = kit_fuzz_ask(arena, current(red)->operation, input, out);
  if (fairness == KIT_FUZZ_FAIR && !kit_fuzz_id(arena, current(red), &out->id))
    fairness = KIT_FUZZ_NO_MEMORY;
  red->asked = fairness == KIT_FUZZ_FAIR;
  return fairness;
}

/* The next smaller input that may be asked; unfair: there is none. */
static kit_fuzz_fairness ask_smaller(kit_fuzz_reducer *red, hcsref_arena *arena, kit_case *out) {
  hcsref_str candidate;
  while (may_go_on(red) && kit_shrink_next(red->shrink, &candidate)) {
    kit_fuzz_fairness fairness = ask(red, arena, candidate, out);
    red->candidates++;
    if (fairness != KIT_FUZZ_UNFAIR)
      return fairness;
    kit_shrink_answer(red->shrink, false);
    hcsref_arena_reset(arena);
  }
  return KIT_FUZZ_UNFAIR;
}

static kit_fuzz_fairness ask_next(kit_fuzz_reducer *red, hcsref_arena *arena, kit_case *out) {
  if (red->stage == STAGE_BEGIN && !begin(red))
    return KIT_FUZZ_NO_MEMORY;
  if (red->stage == STAGE_SHRINK) {
    kit_fuzz_fairness fairness = ask_smaller(red, arena, out);
    if (fairness != KIT_FUZZ_UNFAIR)
      return fairness;
    red->stage = STAGE_SHOW;
  }
  return ask(red, arena, kit_shrink_text(red->shrink), out);
}

static void answer(kit_fuzz_reducer *red, bool shown) {
  red->asked = false;
  red->progress++;
  if (red->stage == STAGE_AGAIN) {
    red->stage = shown ? STAGE_SHRINK : STAGE_SHOW;
  } else if (red->stage == STAGE_SHRINK) {
    red->attempts++;
    kit_shrink_answer(red->shrink, shown);
  }
}

static kit_next next_question(void *context, hcsref_arena *arena, kit_case *out, hcsref_error *err) {
  kit_fuzz_reducer *red = context;
  (void)err;
  if (red->asked)
    return KIT_NEXT_WAIT;
  if (red->out_of_memory || kit_fuzz_reducer_is_done(red))
    return KIT_NEXT_END;
  if (ask_next(red, arena, out) == KIT_FUZZ_FAIR)
    return KIT_NEXT_CASE;
  red->out_of_memory = true;
  return KIT_NEXT_END;
}

/* A question that the run before ended without an answer to showed nothing. */
kit_feed kit_fuzz_reducer_feed(kit_fuzz_reducer *red) {
  const kit_feed feed = {next_question, red};
  if (red->asked && red->stage != STAGE_SHOW)
    answer(red, false);
  red->asked = false;
  return feed;
}

void kit_fuzz_reducer_result(kit_fuzz_reducer *red, const kit_case *c, const kit_result *r) {
  if (red->stage != STAGE_SHOW) {
    answer(red, kit_shows_kind(c, r, current(red)->kind));
    return;
  }
  red->asked = false;
  tell(red, c, r);
  end(red);
}
