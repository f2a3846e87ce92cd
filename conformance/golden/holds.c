/* SPDX-License-Identifier: Apache-2.0 */
#include "golden/holds.h"

#include "cli/profile.h"
#include "hcsref/json.h"

#include <string.h>

/* What was found for a list of ranges: most cases share theirs. */
typedef struct known_set {
  hcsref_str op, ranges;
  golden_set set;
} known_set;

struct golden_holds {
  hcsref_arena *arena;
  const hcsref_profile *profiles[GOLDEN_MOST_PROFILES];
  size_t count;
  hcsref_slice known; /* of known_set */
};

/* Names that stand for others add nothing. */
static bool is_there(const golden_holds *holds, const hcsref_profile *profile) {
  for (size_t i = 0; i < holds->count; i++)
    if (cli_profile_same(holds->profiles[i], profile))
      return true;
  return false;
}

golden_holds *golden_holds_new(hcsref_arena *arena) {
  golden_holds *holds = hcsref_arena_alloc(arena, sizeof(*holds));
  const char *const *names = cli_profile_names(arena);
  if (holds == NULL || names == NULL)
    return NULL;
  holds->arena = arena;
  for (; *names != NULL && holds->count < GOLDEN_MOST_PROFILES; names++) {
    const hcsref_profile *profile = hcsref_profile_find(arena, hcsref_cstr(*names), NULL);
    if (profile == NULL)
      return NULL;
    if (!is_there(holds, profile))
      holds->profiles[holds->count++] = profile;
  }
  return holds;
}

static known_set *find_known(golden_holds *holds, hcsref_str op, hcsref_str ranges) {
  known_set *known = holds->known.items;
  for (size_t i = 0; i < holds->known.len; i++)
    if (hcsref_str_equal(known[i].op, op) && hcsref_str_equal(known[i].ranges, ranges))
      return &known[i];
  return NULL;
}

bool golden_holds_of(golden_holds *holds, const kit_case *c, golden_set *out) {
  hcsref_str ranges = c->profiles == NULL ? HCSREF_LIT("") : c->profiles->raw;
  known_set *known = find_known(holds, c->op, ranges);
  if (known == NULL) {
    known = hcsref_slice_push(holds->arena, &holds->known, sizeof(*known));
    if (known == NULL || !hcsref_str_copy(holds->arena, c->op, &known->op) ||
        !hcsref_str_copy(holds->arena, ranges, &known->ranges))
      return false;
    for (size_t i = 0; i < holds->count; i++)
      if (kit_case_in_profile(c, holds->profiles[i]))
        known->set.words[i / 64] |= (uint64_t)1 << (i % 64);
  }
  *out = known->set;
  return true;
}

const hcsref_profile *golden_holds_at(const golden_holds *holds, size_t i) {
  return i < holds->count ? holds->profiles[i] : NULL;
}

bool golden_set_has(const golden_set *set, size_t i) {
  return (set->words[i / 64] >> (i % 64) & 1) != 0;
}

const hcsref_profile *golden_holds_common(const golden_holds *holds, const golden_set *a, const golden_set *b) {
  for (size_t i = 0; i < holds->count; i++)
    if ((a->words[i / 64] & b->words[i / 64]) >> (i % 64) & 1)
      return holds->profiles[i];
  return NULL;
}
