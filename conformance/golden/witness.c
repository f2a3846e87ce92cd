/* SPDX-License-Identifier: Apache-2.0 */
#include "golden/witness.h"

#include "golden/golden.h"
#include "golden/holds.h"

#include <string.h>

/* Farther than any two releases are apart. */
#define FAR UINT16_MAX

/* One program of all releases. */
typedef struct program_table {
  bool *in_force; /* by release and change */
  uint16_t
      *near; /* by release and change: how many changes it differs in from the nearest without that one, or with it */
} program_table;

struct golden_witness {
  golden_holds *holds;
  size_t releases, changes;
  program_table programs[HCSREF_PROGRAM_COUNT];
  /* Of the case: */
  const kit_case *c;
  int performers[GOLDEN_MOST_PROFILES]; /* by release: the program, HCSREF_PROGRAM_COUNT where the case does not hold */
  hcsref_str answers[GOLDEN_MOST_PROFILES]; /* by release, as far as they were asked for */
};

/* ---- how far releases are apart ---- */

static bool has_program(const golden_witness *w, size_t release, int program) {
  return hcsref_profile_rules(golden_holds_at(w->holds, release), (hcsref_program)program) != NULL;
}

static void note_distance(const golden_witness *w, program_table *t, size_t a, size_t b) {
  const bool *x = t->in_force + a * w->changes, *y = t->in_force + b * w->changes;
  uint16_t distance = 0;
  for (size_t i = 0; i < w->changes; i++)
    distance = (uint16_t)(distance + (x[i] != y[i]));
  for (size_t i = 0; i < w->changes; i++) {
    uint16_t *near_a = &t->near[a * w->changes + i], *near_b = &t->near[b * w->changes + i];
    if (x[i] == y[i])
      continue;
    *near_a = distance < *near_a ? distance : *near_a;
    *near_b = distance < *near_b ? distance : *near_b;
  }
}

static bool fill_program(golden_witness *w, hcsref_arena *arena, int program) {
  program_table *t = &w->programs[program];
  t->in_force = hcsref_arena_array(arena, w->releases * w->changes, sizeof(*t->in_force));
  t->near = hcsref_arena_array(arena, w->releases * w->changes, sizeof(*t->near));
  if (t->in_force == NULL || t->near == NULL)
    return false;
  for (size_t r = 0; r < w->releases; r++) {
    const hcsref_rules *rules = hcsref_profile_rules(golden_holds_at(w->holds, r), (hcsref_program)program);
    for (size_t i = 0; i < w->changes; i++) {
      t->near[r * w->changes + i] = FAR;
      t->in_force[r * w->changes + i] = rules != NULL && hcsref_rules_have(rules, i);
    }
  }
  for (size_t a = 0; a < w->releases; a++)
    for (size_t b = 0; b < a; b++)
      if (has_program(w, a, program) && has_program(w, b, program))
        note_distance(w, t, a, b);
  return true;
}

golden_witness *golden_witness_new(hcsref_arena *arena) {
  golden_witness *w = hcsref_arena_alloc(arena, sizeof(*w));
  if (w == NULL)
    return NULL;
  w->holds = golden_holds_new(arena);
  if (w->holds == NULL)
    return NULL;
  while (golden_holds_at(w->holds, w->releases) != NULL)
    w->releases++;
  w->changes = hcsref_change_count();
  for (int p = 0; p < HCSREF_PROGRAM_COUNT; p++)
    if (!fill_program(w, arena, p))
      return NULL;
  return w;
}

/* ---- a case ---- */

bool golden_witness_take(golden_witness *w, const kit_case *c) {
  golden_set set;
  if (!golden_holds_of(w->holds, c, &set))
    return false;
  w->c = c;
  for (size_t r = 0; r < w->releases; r++) {
    w->performers[r] =
        golden_set_has(&set, r) ? kit_performer_of(c->op, golden_holds_at(w->holds, r)) : HCSREF_PROGRAM_COUNT;
    w->answers[r] = hcsref_str_from(NULL, 0);
  }
  return true;
}

/* Of the releases on that side, the nearest to the other; w->releases: there is none. */
static size_t find_nearest(const golden_witness *w, size_t change, bool with) {
  size_t found = w->releases;
  unsigned distance = FAR + 1u; /* of a change that no release has, all are as near */
  for (size_t r = 0; r < w->releases; r++) {
    const program_table *t = w->performers[r] == HCSREF_PROGRAM_COUNT ? NULL : &w->programs[w->performers[r]];
    size_t at = r * w->changes + change;
    if (t != NULL && t->in_force[at] == with && t->near[at] < distance) {
      distance = t->near[at];
      found = r;
    }
  }
  return found;
}

/* An operation that the profile lacks has an answer, too: none. False: out of memory. */
static bool ask(const golden_witness *w, hcsref_arena *arena, const hcsref_profile *profile, hcsref_str *out) {
  hcsref_error err = {0};
  if (golden_expectation(arena, profile, w->c->op, w->c->params, false, out, &err))
    return true;
  *out = hcsref_cstr(err.code);
  return strcmp(err.code, "out-of-memory") != 0;
}

static bool is_error(hcsref_str answer) {
  return hcsref_str_has_prefix(answer, HCSREF_LIT("{\"error\":"));
}

bool golden_witness_shows(golden_witness *w, hcsref_arena *arena, size_t i, bool with, bool *out) {
  size_t release = find_nearest(w, i, with);
  const hcsref_profile *turned;
  hcsref_str other;
  *out = false;
  if (release == w->releases)
    return true;
  turned = hcsref_profile_turn(arena, golden_holds_at(w->holds, release), i, NULL);
  if (turned == NULL || !ask(w, arena, turned, &other) ||
      (w->answers[release].data == NULL && !ask(w, arena, golden_holds_at(w->holds, release), &w->answers[release])))
    return false;
  /* An expected error without a message is any error. */
  *out = !hcsref_str_equal(other, w->answers[release]) &&
         (w->c->ok != NULL || w->c->message.len > 0 || w->c->message_prefix.len > 0 || !is_error(other));
  return true;
}
