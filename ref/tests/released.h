/* SPDX-License-Identifier: Apache-2.0 */
/* Stage 2 as one release of hcsshim does it. */
#ifndef HCSREF_TESTS_RELEASED_H
#define HCSREF_TESTS_RELEASED_H

#include "hcs_stage.h"

/* The rules of hcsshim `release`, in `arena`. */
static inline const hcsref_profile *shim_of(hcsref_arena *arena, const char *release) {
  hcsref_str name;
  hcsref_error err;
  const hcsref_profile *profile;
  assert_true(hcsref_format(arena, &name, "hcsshim-%s+go-1.22.12", release));
  profile = hcsref_profile_find(arena, name, &err);
  if (profile == NULL)
    fail_msg("%.*s", (int)err.message.len, err.message.data);
  return profile;
}

static inline const hcsref_rules *rules_of(hcsref_arena *arena, const char *release) {
  return hcsref_profile_rules(shim_of(arena, release), HCSREF_PROGRAM_HCSSHIM);
}

/* Is `part` somewhere in `text`? */
static inline bool contains(hcsref_str text, const char *part) {
  size_t length = strlen(part);
  for (size_t i = 0; i + length <= text.len; i++)
    if (memcmp(text.data + i, part, length) == 0)
      return true;
  return false;
}

/* One question, and what one release makes of it. */
typedef struct released {
  const char *release, *spec;
  bool hosted;
  const char *has, *lacks; /* of both documents, or of "error CODE: MESSAGE"; null: not looked at */
} released;

static inline hcsref_str documents_text(stage *s, bool built) {
  hcsref_str text;
  assert_true(built ? hcsref_format(&s->arena, &text, "%v%v", v1_text(s), v2_text(s))
                    : hcsref_format(&s->arena, &text, "error %s: %v", s->err.code, s->err.message));
  return text;
}

static inline void check_text(const released *r, hcsref_str text) {
  if (r->has != NULL && !contains(text, r->has))
    fail_msg("%s: %s is not in %.*s", r->release, r->has, (int)text.len, text.data);
  if (r->lacks != NULL && contains(text, r->lacks))
    fail_msg("%s: %s is in %.*s", r->release, r->lacks, (int)text.len, text.data);
}

static inline void check_released(const released *rows, size_t count, const fake_answer *answers) {
  for (size_t i = 0; i < count; i++) {
    stage s;
    stage_init(&s, rows[i].spec, 2, 1, rows[i].hosted, answers);
    s.options.profile = shim_of(&s.arena, rows[i].release);
    check_text(&rows[i], documents_text(&s, build(&s)));
    hcsref_arena_free(&s.arena);
  }
}

#endif
