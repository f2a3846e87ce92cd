/* SPDX-License-Identifier: Apache-2.0 */
/* What tests of whole specs build. */
#ifndef HCSREF_TESTS_CRI_SPEC_STAGE_H
#define HCSREF_TESTS_CRI_SPEC_STAGE_H

#include "fake_host.h"
#include "hcsref/cri_spec.h"

/* What a row looks at. */
typedef enum part { PROCESS, WINDOWS, ANNOTATIONS, MOUNTS, REST, MESSAGE } part;

/* A container by its texts; null: the least there can be. */
typedef struct row {
  const char *profile, *config, *pod, *image, *base;
  part part;
  const char *expected;
} row;

#define NEWEST "containerd-2.3.4"
#define RUN    "{\"command\":[\"a\"]}"

typedef struct building {
  hcsref_arena *arena;
  fake_host fake;
  hcsref_cri_container container;
  hcsref_oci_spec spec;
  hcsref_error err;
} building;

static inline void *decode(building *b, const char *text, const hcsref_type *type) {
  const hcsref_rules *rules = hcsref_profile_rules(b->container.profile, HCSREF_PROGRAM_CONTAINERD);
  void *out;
  hcsref_error err = {0};
  if (text == NULL)
    return NULL;
  out = hcsref_arena_alloc(b->arena, type->size);
  assert_non_null(out);
  if (!hcsref_json_decode_as(b->arena, rules, hcsref_cstr(text), type, HCSREF_JSON_WHOLE, out, &err))
    fail_msg("%.*s in %s", (int)err.message.len, err.message.data, text);
  return out;
}

static const hcsref_str pod_patterns[] = {{"io.pod.*", 8}}, container_patterns[] = {{"io.container.?", 14}};

static inline void set_patterns(hcsref_slice *out, const hcsref_str *patterns) {
  out->items = (void *)(uintptr_t)patterns;
  out->len = out->cap = 1;
}

static inline void prepare(building *b, hcsref_arena *arena, const row *r) {
  static const fake_answer answers[] = {{"stat C:\\root\\volumes\\v", "-"}, {NULL, NULL}};
  hcsref_cri_container *c = &b->container;
  memset(b, 0, sizeof *b);
  b->arena = arena;
  fake_host_init(&b->fake, answers);
  c->profile = hcsref_profile_find(arena, hcsref_cstr(r->profile), &b->err);
  assert_non_null(c->profile);
  c->id = HCSREF_LIT("c");
  c->sandbox_id = HCSREF_LIT("s");
  c->name = HCSREF_LIT("app");
  c->image_name = HCSREF_LIT("img");
  c->network_namespace = HCSREF_LIT("ns");
  c->root = HCSREF_LIT("C:\\root");
  c->volume_id = HCSREF_LIT("v");
  c->config = decode(b, r->config == NULL ? RUN : r->config, &hcsref_type_cri_container_config);
  c->sandbox_config = decode(b, r->pod == NULL ? "{}" : r->pod, &hcsref_type_cri_pod_sandbox_config);
  c->image_config = decode(b, r->image, &hcsref_type_image_config);
  c->runtime.base_spec = decode(b, r->base, &hcsref_type_oci_spec);
  set_patterns(&c->runtime.pod_annotations, pod_patterns);
  set_patterns(&c->runtime.container_annotations, container_patterns);
}

static inline hcsref_str text_of(building *b, const hcsref_type *type, const void *value) {
  const hcsref_rules *rules = hcsref_profile_rules(b->container.profile, HCSREF_PROGRAM_CONTAINERD);
  hcsref_str text;
  assert_true(hcsref_json_encode_as(b->arena, rules, type, value, &text, NULL));
  return text;
}

static inline hcsref_str part_of(building *b, part which) {
  hcsref_oci_spec rest;
  switch (which) {
  case PROCESS:
    return text_of(b, &hcsref_type_oci_process, b->spec.process);
  case WINDOWS:
    return text_of(b, &hcsref_type_oci_windows, b->spec.windows);
  case ANNOTATIONS:
    return text_of(b, &hcsref_type_string_map, &b->spec.annotations);
  case MESSAGE:
    return b->err.message;
  case MOUNTS:
  case REST:
  default:
    break;
  }
  memset(&rest, 0, sizeof rest);
  if (which == MOUNTS) {
    rest.mounts = b->spec.mounts;
  } else {
    rest = b->spec;
    rest.process = NULL;
    rest.windows = NULL;
    memset(&rest.annotations, 0, sizeof rest.annotations);
  }
  return text_of(b, &hcsref_type_oci_spec, &rest);
}

#define GIDS ",\"additionalGids\":[0]"
#define UID  ",\"io.kubernetes.cri.sandbox-uid\":\"\""
#define HP   ",\"microsoft.com/hostprocess-container\":\"false\""
#define POD                                                                                                            \
  "{\"hostname\":\"h\",\"log_directory\":\"l\",\"annotations\":{\"io.pod.x\":\"1\"},\"windows\":{\"security_"          \
  "context\":"                                                                                                         \
  "{\"run_as_username\":\"u\",\"credential_spec\":\"cs\"}}}"

#endif
