/* SPDX-License-Identifier: Apache-2.0 */
/* Stage 1, from texts to texts. */
#ifndef HCSREF_TESTS_CRI_STAGE_H
#define HCSREF_TESTS_CRI_STAGE_H

#include "cri/path_set.h"
#include "fake_host.h"
#include "hcsref/pipeline.h"
#include "hcsref/schema.h"

/* A config, extra mounts and a spec as texts; what they become. */
typedef struct stage {
  hcsref_arena arena;
  fake_host fake;
  hcsref_oci_spec spec;
  hcsref_cri_container_config config, extra; /* the mounts of `extra` are the extra ones */
  hcsref_error err;
} stage;

static inline void decode(hcsref_arena *arena, const char *text, const hcsref_type *type, void *out) {
  hcsref_error err;
  if (!hcsref_json_decode(arena, hcsref_cstr(text), type, HCSREF_JSON_WHOLE, out, &err))
    fail_msg("%.*s in %s", (int)err.message.len, err.message.data, text);
}

static inline void stage_init(stage *s, const char *spec, const fake_answer *answers) {
  memset(s, 0, sizeof *s);
  hcsref_arena_init(&s->arena, NULL, 0);
  fake_host_init(&s->fake, answers);
  decode(&s->arena, spec, &hcsref_type_oci_spec, &s->spec);
}

static inline hcsref_str spec_text(stage *s) {
  hcsref_str text;
  assert_true(hcsref_json_encode(&s->arena, &hcsref_type_oci_spec, &s->spec, &text, &s->err));
  return text;
}

static inline bool place_mounts(stage *s, const char *mounts, const char *extra) {
  hcsref_str text;
  assert_true(hcsref_format(&s->arena, &text, "{\"mounts\":%s}", mounts));
  assert_true(
      hcsref_json_decode(&s->arena, text, &hcsref_type_cri_container_config, HCSREF_JSON_WHOLE, &s->config, &s->err));
  assert_true(hcsref_format(&s->arena, &text, "{\"mounts\":%s}", extra));
  assert_true(
      hcsref_json_decode(&s->arena, text, &hcsref_type_cri_container_config, HCSREF_JSON_WHOLE, &s->extra, &s->err));
  return hcsref_cri_mounts(&s->arena, &s->spec, &s->config, &s->extra.mounts, &s->fake.host, &s->err);
}

#endif
