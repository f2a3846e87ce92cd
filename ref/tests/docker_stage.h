/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of dockerd's stages share: a container, its host, and what comes of a configuration. */
#ifndef HCSREF_TESTS_DOCKER_STAGE_H
#define HCSREF_TESTS_DOCKER_STAGE_H

#include "hcsref/hcsref.h"

#include "support.h"

/* One question. Null: "{}", and for the profile moby-28.5.2. */
typedef struct docker_question {
  const char *profile, *config, *host_config, *image_config, *image_os, *host, *isolation;
  hcsref_docker_network *network; /* null: none */
} docker_question;

static const hcsref_docker_host_config docker_no_host_config;

static inline const char *docker_text(const char *text, const char *otherwise) {
  return text == NULL ? otherwise : text;
}

static inline const hcsref_profile *docker_profile(hcsref_arena *arena, const char *name, hcsref_error *err) {
  return hcsref_profile_find(arena, hcsref_cstr(docker_text(name, "moby-28.5.2")), err);
}

/* The JSON of the spec, of a container c1 with two read-only layers; false with an error. */
static inline bool docker_answer(hcsref_arena *arena, const docker_question *q, hcsref_str *json,
                                 hcsref_docker_result *result, hcsref_error *err) {
  static hcsref_str layers[] = {{"C:\\l\\1", 6}, {"C:\\l\\2", 6}, {"C:\\rw", 5}};
  hcsref_docker_config config = {0}, image = {0};
  hcsref_docker_host_config host_config = docker_no_host_config;
  hcsref_docker_host host;
  hcsref_docker_input input = {.config = &config, .host_config = &host_config, .image_config = &image};
  const hcsref_profile *profile = docker_profile(arena, q->profile, err);
  if (profile == NULL ||
      !hcsref_docker_decode_config(arena, hcsref_cstr(docker_text(q->config, "{\"Cmd\":[\"cmd\"]}")), profile, &config,
                                   err) ||
      !hcsref_docker_decode_host_config(arena, hcsref_cstr(docker_text(q->host_config, "{}")), profile, &host_config,
                                        err) ||
      !hcsref_docker_decode_image(arena, hcsref_cstr(docker_text(q->image_config, "{}")), profile, &image, err) ||
      !hcsref_docker_script_load(arena, hcsref_cstr(docker_text(q->host, "{}")), &host, err))
    return false;
  input.id = HCSREF_LIT("0123456789abcdef");
  input.base_fs = HCSREF_LIT("\\\\?\\Volume{11111111-2222-3333-4444-555555555555}");
  input.image_os = hcsref_cstr(q->image_os);
  input.layer_folders = (hcsref_slice){layers, COUNT_OF(layers), COUNT_OF(layers)};
  input.default_isolation = hcsref_cstr(docker_text(q->isolation, "process"));
  input.root = HCSREF_LIT("C:\\ProgramData\\docker");
  if (q->network != NULL)
    input.networks = (hcsref_slice){q->network, 1, 1};
  return hcsref_docker_to_oci(arena, &input, profile, &host, result, err) &&
         hcsref_json_encode_as(arena, hcsref_profile_rules(profile, HCSREF_PROGRAM_MOBY), &hcsref_type_oci_spec,
                               result->spec, json, err);
}

/* Does the spec hold `part`? */
static inline void check_docker(const docker_question *q, const char *part, const char *file, int line) {
  hcsref_arena arena;
  hcsref_error err = {0};
  hcsref_docker_result result;
  hcsref_str json = {0};
  hcsref_buf text = {.arena = &arena};
  hcsref_arena_init(&arena, NULL, 0);
  if (!docker_answer(&arena, q, &json, &result, &err))
    check_same(err.message, hcsref_cstr(part), file, line);
  hcsref_buf_append(&text, json);
  hcsref_buf_append_char(&text, '\0');
  if (json.len != 0 && strstr(text.data, part) == NULL)
    check_same(json, hcsref_cstr(part), file, line);
  hcsref_arena_free(&arena);
}

/* Is it refused with that message, at that place? */
static inline void check_docker_refused(const docker_question *q, const char *message, const char *where,
                                        const char *file, int line) {
  hcsref_arena arena;
  hcsref_error err = {0};
  hcsref_docker_result result;
  hcsref_str json = {0};
  hcsref_arena_init(&arena, NULL, 0);
  if (docker_answer(&arena, q, &json, &result, &err))
    check_same(json, hcsref_cstr(message), file, line);
  check_same(err.message, hcsref_cstr(message), file, line);
  check_same(err.where, hcsref_cstr(where), file, line);
  hcsref_arena_free(&arena);
}

/* The members of docker_question that a row gives. */
#define assert_docker(part, ...)                                                                                       \
  do {                                                                                                                 \
    docker_question question = {__VA_ARGS__};                                                                          \
    check_docker(&question, part, __FILE__, __LINE__);                                                                 \
  } while (0)
#define assert_docker_refused(message, where, ...)                                                                     \
  do {                                                                                                                 \
    docker_question question = {__VA_ARGS__};                                                                          \
    check_docker_refused(&question, message, where, __FILE__, __LINE__);                                               \
  } while (0)

#endif
