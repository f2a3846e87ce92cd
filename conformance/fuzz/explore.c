/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz/explore.h"

#include "fuzz/question.h"
#include "fuzz/shapes.h"
#include "mutator/generate.h"
#include "mutator/mutator.h"

#include <stdlib.h>
#include <string.h>

/* Cases of an operation that are asked as they are. */
#define STARTERS 8
/* Attempts at an input that may be asked; then a case is asked as it is. */
#define ATTEMPTS 20

struct kit_fuzz_explorer {
  kit_fuzz_limits limits;
  kit_fuzz_operations *operations;
  kit_fuzz_findings *findings;
  kit_fuzz_shapes *shapes;
  uint64_t sent, seen;
  size_t round, next; /* of the starters: the next one is pool[round] of operation `next` */
  bool settled, out_of_memory;
  size_t weight; /* of all operations that are not dropped */
  char input[KIT_FUZZ_INPUT_LIMIT];
};

kit_fuzz_explorer *kit_fuzz_explorer_new(const kit_fuzz_limits *limits, kit_fuzz_operations *operations,
                                         kit_fuzz_findings *findings) {
  kit_fuzz_explorer *e = calloc(1, sizeof(*e));
  if (e == NULL)
    return NULL;
  e->limits = *limits;
  e->operations = operations;
  e->findings = findings;
  e->shapes = kit_fuzz_shapes_new();
  if (e->shapes != NULL)
    return e;
  kit_fuzz_explorer_free(e);
  return NULL;
}

void kit_fuzz_explorer_free(kit_fuzz_explorer *e) {
  if (e == NULL)
    return;
  kit_fuzz_shapes_free(e->shapes);
  free(e);
}

uint64_t kit_fuzz_explored(const kit_fuzz_explorer *e) {
  return e->seen;
}

bool kit_fuzz_explorer_out_of_memory(const kit_fuzz_explorer *e) {
  return e->out_of_memory;
}

static kit_next give_up(kit_fuzz_explorer *e) {
  e->out_of_memory = true;
  return KIT_NEXT_END;
}

/* ---- starters ----------------------------------------------------------------------------------------- */

/* The next case that is asked as it is; null: that was all. */
static const hcsref_str *next_starter(kit_fuzz_explorer *e, kit_fuzz_operation **operation) {
  for (; e->round < STARTERS; e->round++, e->next = 0)
    while (e->next < e->operations->count) {
      *operation = &e->operations->items[e->next++];
      if ((*operation)->count > e->round)
        return &(*operation)->pool[e->round];
    }
  return NULL;
}

/* An operation of which nothing was answered is not asked again. */
static void settle(kit_fuzz_explorer *e) {
  size_t i;
  for (i = 0; i < e->operations->count; i++) {
    kit_fuzz_operation *o = &e->operations->items[i];
    o->dropped = o->played > 0 && o->skipped == o->played;
    e->weight += o->dropped ? 0 : o->weight;
  }
  e->settled = true;
}

/* ---- made inputs -------------------------------------------------------------------------------------- */

static void seed_input(const kit_fuzz_explorer *e, random_source *random) {
  random_seed(random, (unsigned)e->limits.seed);
  random->state ^= e->sent * 0xD1342543DE82EF95u;
}

static kit_fuzz_operation *choose_operation(kit_fuzz_explorer *e, random_source *random) {
  size_t left = random_below(random, e->weight), i;
  for (i = 0;; i++) {
    kit_fuzz_operation *o = &e->operations->items[i];
    if (o->dropped)
      continue;
    if (left < o->weight)
      return o;
    left -= o->weight;
  }
}

static hcsref_str choose_input(const kit_fuzz_operation *o, random_source *random) {
  return o->pool[random_below(random, o->count)];
}

static unsigned choose_seed(random_source *random) {
  return (unsigned)random_below(random, (size_t)1 << 31);
}

/* One input spliced into another; its length, 0 when they do not fit. */
static size_t cross(kit_fuzz_explorer *e, const kit_fuzz_operation *o, random_source *random) {
  hcsref_str first = choose_input(o, random), second = choose_input(o, random);
  return mutator_cross(&o->format, (const uint8_t *)first.data, first.len, (const uint8_t *)second.data, second.len,
                       (uint8_t *)e->input, sizeof(e->input), choose_seed(random));
}

static hcsref_str make_input(kit_fuzz_explorer *e, const kit_fuzz_operation *o, random_source *random) {
  size_t size = random_one_in(random, 4) ? cross(e, o, random) : 0;
  if (size == 0 || random_one_in(random, 2)) {
    hcsref_str base = size == 0 ? choose_input(o, random) : hcsref_str_from(e->input, size);
    memmove(e->input, base.data, base.len);
    size = mutator_mutate(&o->format, NULL, (uint8_t *)e->input, base.len, sizeof(e->input), choose_seed(random));
  }
  return hcsref_str_from(e->input, size);
}

/* ---- the feed ----------------------------------------------------------------------------------------- */

/* Asks the reference; an answer of a new shape makes the input one to start from. */
static kit_fuzz_fairness ask(kit_fuzz_explorer *e, hcsref_arena *arena, kit_fuzz_operation *o, hcsref_str input,
                             kit_case *out) {
  kit_fuzz_fairness fairness = kit_fuzz_ask(arena, o, input, out);
  if (fairness == KIT_FUZZ_FAIR && kit_fuzz_shapes_add(e->shapes, out) && e->settled &&
      !kit_fuzz_keep(e->operations, o, input))
    return KIT_FUZZ_NO_MEMORY;
  return fairness;
}

static kit_fuzz_fairness ask_made(kit_fuzz_explorer *e, hcsref_arena *arena, kit_case *out) {
  random_source random;
  kit_fuzz_operation *o;
  int attempt;
  seed_input(e, &random);
  o = choose_operation(e, &random);
  for (attempt = 0; attempt < ATTEMPTS; attempt++) {
    hcsref_str input = make_input(e, o, &random);
    kit_fuzz_fairness fairness = ask(e, arena, o, input, out);
    if (fairness != KIT_FUZZ_UNFAIR)
      return fairness;
    hcsref_arena_reset(arena);
  }
  return ask(e, arena, o, choose_input(o, &random), out);
}

bool kit_fuzz_explorer_is_over(const kit_fuzz_explorer *e) {
  return kit_fuzz_full(e->findings) || (e->limits.old != NULL && *kit_asker_trouble(e->limits.old) != '\0') ||
         (e->limits.deadline != 0 && kit_now() >= e->limits.deadline);
}

/* Counts an input. */
static kit_next give(kit_fuzz_explorer *e, hcsref_arena *arena, kit_fuzz_fairness fairness, kit_case *out) {
  if (fairness != KIT_FUZZ_FAIR || !hcsref_format(arena, &out->id, "input/%u", e->sent))
    return give_up(e);
  out->area = HCSREF_LIT("input");
  out->level = KIT_MAY; /* that it is skipped is no failure */
  out->line = e->sent;
  return KIT_NEXT_CASE;
}

static kit_next next_input(void *context, hcsref_arena *arena, kit_case *out, hcsref_error *err) {
  kit_fuzz_explorer *e = context;
  kit_fuzz_operation *o;
  const hcsref_str *starter;
  (void)err;
  if (e->out_of_memory || kit_fuzz_explorer_is_over(e) || (e->limits.runs != 0 && e->sent >= e->limits.runs))
    return KIT_NEXT_END;
  starter = next_starter(e, &o);
  if (starter == NULL && !e->settled) {
    if (e->seen < e->sent)
      return KIT_NEXT_WAIT;
    settle(e);
  }
  if (starter == NULL && e->weight == 0)
    return KIT_NEXT_END;
  e->sent++;
  return give(e, arena, starter != NULL ? ask(e, arena, o, *starter, out) : ask_made(e, arena, out), out);
}

kit_feed kit_fuzz_explorer_feed(kit_fuzz_explorer *e) {
  const kit_feed feed = {next_input, e};
  return feed;
}

void kit_fuzz_explorer_result(kit_fuzz_explorer *e, const kit_case *c, const kit_result *r) {
  kit_fuzz_operation *o = kit_fuzz_find(e->operations, c->op);
  if (o == NULL || kit_fuzz_full(e->findings))
    return;
  e->seen++;
  o->played++;
  o->skipped += r->verdict == KIT_SKIP;
  if (!kit_fuzz_note(e->findings, o, c->line, c, r))
    e->out_of_memory = true;
}
