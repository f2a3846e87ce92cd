/* SPDX-License-Identifier: Apache-2.0 */
#include "golden/across.h"

#include "golden/golden.h"
#include "golden/holds.h"
#include "golden/table.h"
#include "serve/operation.h"

#include <string.h>

#define MOST_WITNESSES 64

/* A release of a program, built with one of the versions of Go that change something. */
typedef struct cell {
  const hcsref_profile *profile;
  size_t kind; /* cells of one kind have the same changes and the same runtime-spec */
} cell;

/* One of each kind. */
typedef struct kind {
  const hcsref_profile *profile;
  golden_build build;
} kind;

typedef struct program_cells {
  cell *cells; /* by release and Go */
  size_t releases;
  hcsref_slice kinds; /* of kind */
} program_cells;

/* What a list of ranges holds for; most cases share theirs. */
typedef struct known_sets {
  hcsref_str op, profiles;
  int program;
  uint64_t *sets; /* by release, a bit for each Go */
} known_sets;

struct golden_across {
  hcsref_arena *arena;
  golden_table *table;
  golden_holds *holds;
  size_t go_count, changes;
  program_cells programs[HCSREF_PROGRAM_COUNT];
  hcsref_slice known; /* of known_sets */
};

/* A case of one program. */
typedef struct question {
  golden_across *a;
  hcsref_arena *arena;
  const kit_case *c;
  int program;
  const hcsref_profile *witnesses[MOST_WITNESSES];
  hcsref_str answers[MOST_WITNESSES]; /* as far as they were asked for */
  signed char *shows[MOST_WITNESSES]; /* by change: 0 not asked yet, 1 shows it, -1 does not */
  size_t count;
  signed char *alike; /* by kind: 0 not asked yet, 1 yes, -1 no */
} question;

/* ---- the table ---- */

static bool find_kind(golden_across *a, program_cells *p, int program, cell *out) {
  golden_build build;
  kind *known = p->kinds.items, *fresh;
  if (!golden_table_look(a->table, out->profile, (hcsref_program)program, &build))
    return false;
  for (out->kind = 0; out->kind < p->kinds.len; out->kind++)
    if (golden_builds_equal(&known[out->kind].build, &build))
      return true;
  fresh = hcsref_slice_push(a->arena, &p->kinds, sizeof(*fresh));
  if (fresh == NULL)
    return false;
  fresh->profile = out->profile;
  fresh->build = build;
  return true;
}

static bool fill_cells(golden_across *a, int program) {
  program_cells *p = &a->programs[program];
  p->releases = golden_table_release_count(a->table, (hcsref_program)program);
  p->cells = hcsref_arena_array(a->arena, p->releases * a->go_count, sizeof(*p->cells));
  if (p->cells == NULL)
    return false;
  for (size_t i = 0; i < p->releases; i++)
    for (size_t g = 0; g < a->go_count; g++) {
      cell *at = &p->cells[i * a->go_count + g];
      at->profile = golden_table_cell(a->table, (hcsref_program)program, i, g);
      if (at->profile == NULL || !find_kind(a, p, program, at))
        return false;
    }
  return true;
}

golden_across *golden_across_new(hcsref_arena *arena) {
  golden_across *a = hcsref_arena_alloc(arena, sizeof(*a));
  if (a == NULL)
    return NULL;
  a->arena = arena;
  a->table = golden_table_new(arena);
  a->holds = golden_holds_new(arena);
  if (a->table == NULL || a->holds == NULL)
    return NULL;
  a->go_count = golden_table_go_count(a->table);
  a->changes = hcsref_change_count();
  for (int p = 0; p < HCSREF_PROGRAM_COUNT; p++)
    if (!fill_cells(a, p))
      return NULL;
  return a;
}

/* ---- what a case says ---- */

/* Null: out of memory. */
static const uint64_t *sets_of(golden_across *a, const kit_case *c, int program) {
  const program_cells *p = &a->programs[program];
  known_sets *known = a->known.items;
  for (size_t i = 0; i < a->known.len; i++)
    if (known[i].program == program && hcsref_str_equal(known[i].op, c->op) &&
        hcsref_str_equal(known[i].profiles, c->profiles->raw))
      return known[i].sets;
  known = hcsref_slice_push(a->arena, &a->known, sizeof(*known));
  if (known == NULL || !hcsref_str_copy(a->arena, c->op, &known->op) ||
      !hcsref_str_copy(a->arena, c->profiles->raw, &known->profiles))
    return NULL;
  known->program = program;
  known->sets = hcsref_arena_array(a->arena, p->releases, sizeof(*known->sets));
  for (size_t at = 0; known->sets != NULL && at < p->releases * a->go_count; at++)
    if (kit_performer_of(c->op, p->cells[at].profile) == program && kit_case_in_profile(c, p->cells[at].profile))
      known->sets[at / a->go_count] |= (uint64_t)1 << (at % a->go_count);
  return known->sets;
}

static bool add_witnesses(question *q) {
  for (const kit_json *item = q->c->recorded->first; item != NULL && q->count < MOST_WITNESSES; item = item->next) {
    hcsref_error err = {0};
    const hcsref_profile *profile = hcsref_profile_find(q->arena, item->text, &err);
    if (profile == NULL && strcmp(err.code, "out-of-memory") == 0)
      return false;
    if (profile == NULL || kit_performer_of(q->c->op, profile) != q->program)
      continue;
    q->shows[q->count] = hcsref_arena_array(q->arena, q->a->changes, 1);
    if (q->shows[q->count] == NULL)
      return false;
    q->witnesses[q->count++] = profile;
  }
  return true;
}

/* An operation that the profile lacks has an answer, too: none. False: out of memory. */
static bool ask(const question *q, const hcsref_profile *profile, hcsref_str *out) {
  hcsref_error err = {0};
  if (golden_expectation(q->arena, profile, q->c->op, q->c->params, false, out, &err))
    return true;
  *out = hcsref_cstr(err.code);
  return strcmp(err.code, "out-of-memory") != 0;
}

/* An expected error without a message is any error. */
static bool is_same(const question *q, hcsref_str a, hcsref_str b) {
  const hcsref_str error = HCSREF_LIT("{\"error\":");
  bool any = q->c->ok == NULL && q->c->message.len == 0 && q->c->message_prefix.len == 0;
  return hcsref_str_equal(a, b) || (any && hcsref_str_has_prefix(a, error) && hcsref_str_has_prefix(b, error));
}

/* Would the witness answer something else without the change, or with it? */
static bool ask_turned(question *q, size_t w, size_t i) {
  const hcsref_profile *turned;
  hcsref_str answer;
  if (q->shows[w][i] != 0)
    return true;
  turned = hcsref_profile_turn(q->arena, q->witnesses[w], i, NULL);
  if (turned == NULL || !ask(q, turned, &answer))
    return false;
  q->shows[w][i] = is_same(q, answer, q->answers[w]) ? -1 : 1;
  return true;
}

/* ---- is a release alike? ---- */

static bool differs(const question *q, const hcsref_profile *a, const hcsref_profile *b, size_t i) {
  return hcsref_rules_have(hcsref_profile_rules(a, (hcsref_program)q->program), i) !=
         hcsref_rules_have(hcsref_profile_rules(b, (hcsref_program)q->program), i);
}

/* The witness with the fewest changes between it and the release. */
static size_t find_nearest(const question *q, const hcsref_profile *profile) {
  size_t found = 0, fewest = SIZE_MAX;
  for (size_t w = 0; w < q->count; w++) {
    size_t between = 0;
    for (size_t i = 0; i < q->a->changes; i++)
      between += differs(q, q->witnesses[w], profile, i);
    if (between < fewest) {
      fewest = between;
      found = w;
    }
  }
  return found;
}

static bool ask_alike(question *q, const hcsref_profile *profile, signed char *out) {
  size_t w = find_nearest(q, profile);
  hcsref_str answer;
  if (!ask(q, profile, &answer) || (q->answers[w].data == NULL && !ask(q, q->witnesses[w], &q->answers[w])))
    return false;
  *out = is_same(q, answer, q->answers[w]) ? 1 : -1;
  for (size_t i = 0; *out == 1 && i < q->a->changes; i++) {
    if (!differs(q, q->witnesses[w], profile, i))
      continue;
    if (!ask_turned(q, w, i))
      return false;
    if (q->shows[w][i] == 1)
      *out = -1;
  }
  return true;
}

/* Adds to `sets` what is alike; `*more` when there is anything. */
static bool add_alike(question *q, uint64_t *sets, bool *more) {
  const program_cells *p = &q->a->programs[q->program];
  const kind *kinds = p->kinds.items;
  for (size_t at = 0; at < p->releases * q->a->go_count; at++) {
    const uint64_t bit = (uint64_t)1 << (at % q->a->go_count);
    const size_t k = p->cells[at].kind;
    if ((sets[at / q->a->go_count] & bit) != 0 || kit_performer_of(q->c->op, p->cells[at].profile) != q->program)
      continue;
    if (q->alike[k] == 0 && !ask_alike(q, kinds[k].profile, &q->alike[k]))
      return false;
    if (q->alike[k] == 1) {
      sets[at / q->a->go_count] |= bit;
      *more = true;
    }
  }
  return true;
}

/* ---- ranges ---- */

static bool add_range(hcsref_arena *arena, hcsref_slice *ranges, hcsref_str text) {
  hcsref_str *range = hcsref_slice_push(arena, ranges, sizeof(*range));
  if (range != NULL)
    *range = text;
  return range != NULL;
}

/* Does the range speak of that program's releases? Of Go's, when the program is Go. */
static bool is_of(hcsref_str range, int program) {
  return hcsref_str_has_prefix(range, hcsref_cstr(hcsref_program_name((hcsref_program)program)));
}

/* The ranges of all other programs, and the baseline, stay as they are. */
static bool keep_others(hcsref_arena *arena, const kit_case *c, int program, hcsref_slice *ranges) {
  for (const kit_json *item = c->profiles->first; item != NULL; item = item->next)
    if (!is_of(item->text, program) && !add_range(arena, ranges, item->text))
      return false;
  return true;
}

/* A range of Go or runtime-spec alone, for another program than Go, says what releases cannot. */
static bool is_plain(const kit_case *c, int program) {
  for (const kit_json *item = c->profiles->first; item != NULL; item = item->next)
    if (hcsref_str_has_prefix(item->text, HCSREF_LIT("runtime-spec")) ||
        (program != HCSREF_PROGRAM_GO && hcsref_str_has_prefix(item->text, HCSREF_LIT("go "))))
      return false;
  return true;
}

static bool widen(question *q, hcsref_slice *ranges) {
  const program_cells *p = &q->a->programs[q->program];
  const uint64_t *known = sets_of(q->a, q->c, q->program);
  uint64_t *sets = hcsref_arena_array(q->arena, p->releases, sizeof(*sets));
  bool more = false;
  q->alike = hcsref_arena_array(q->arena, p->kinds.len, 1);
  if (known == NULL || sets == NULL || q->alike == NULL)
    return false;
  memcpy(sets, known, p->releases * sizeof(*sets));
  if (!add_alike(q, sets, &more))
    return false;
  return !more || (keep_others(q->arena, q->c, q->program, ranges) &&
                   golden_table_cell_ranges(q->a->table, (hcsref_program)q->program, sets, ranges));
}

bool golden_across_ranges(golden_across *a, hcsref_arena *arena, const kit_case *c, hcsref_slice *ranges) {
  if (c->profiles == NULL || c->recorded == NULL)
    return true;
  /* One program a call: cases of several are widened for the first that can be. */
  for (int program = 0; program < HCSREF_PROGRAM_COUNT && ranges->len == 0; program++) {
    question q = {.a = a, .arena = arena, .c = c, .program = program};
    if (!is_plain(c, program))
      continue;
    if (!add_witnesses(&q) || (q.count > 0 && !widen(&q, ranges)))
      return false;
  }
  return true;
}
