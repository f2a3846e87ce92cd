/* SPDX-License-Identifier: Apache-2.0 */
#include "hcsref/docker_script.h"

#include "host/forms.h"

#define DEFAULT_PROCESSORS 4

/* The `host` object, as decoded. */
typedef struct docker_document {
  int32_t *processor_count;
  uint32_t *os_build;
  bool client;
  hcsref_map registry, files, paths; /* of hcsref_value: a text, or what goes wrong */
  hcsref_str *registry_error;
} docker_document;

typedef struct docker_script {
  docker_document document;
  hcsref_index registry, files, paths;
  hcsref_host host;
} docker_script;

static const hcsref_type int32_ptr = {
    .kind = HCSREF_POINTER, .go_name = "*int32", .size = sizeof(void *), .elem = &hcsref_type_int32};
static const hcsref_type uint32_ptr = {
    .kind = HCSREF_POINTER, .go_name = "*uint32", .size = sizeof(void *), .elem = &hcsref_type_uint32};
static const hcsref_type string_ptr = {
    .kind = HCSREF_POINTER, .go_name = "*string", .size = sizeof(void *), .elem = &hcsref_type_string};
static const hcsref_type any_map = {.kind = HCSREF_MAP,
                                    .go_name = "map[string]interface {}",
                                    .size = sizeof(hcsref_map),
                                    .elem = &hcsref_type_any,
                                    .entry_size = sizeof(hcsref_value_entry)};

#define FIELD(member, field_type)                                                                                      \
  {                                                                                                                    \
    .name = #member, .name_len = sizeof(#member) - 1, .offset = offsetof(docker_document, member),                     \
    .type = &(field_type), .omit_empty = true                                                                          \
  }
static const hcsref_field document_fields[] = {
    FIELD(processor_count, int32_ptr), FIELD(os_build, uint32_ptr), FIELD(client, hcsref_type_bool),
    FIELD(registry, any_map),          FIELD(files, any_map),       FIELD(paths, any_map),
    FIELD(registry_error, string_ptr),
};
static const hcsref_type document_type = {.kind = HCSREF_STRUCT,
                                          .go_name = "host",
                                          .size = sizeof(docker_document),
                                          .fields = document_fields,
                                          .field_count = sizeof document_fields / sizeof *document_fields};

static int32_t processor_count(void *ctx) {
  const docker_script *script = ctx;
  return script->document.processor_count == NULL ? DEFAULT_PROCESSORS : *script->document.processor_count;
}

static uint32_t os_build(void *ctx) {
  const docker_script *script = ctx;
  return script->document.os_build == NULL ? HCSREF_BUILD_LTSC2022 : *script->document.os_build;
}

static hcsref_path_status stat_path(void *ctx, hcsref_arena *arena, hcsref_str path, bool *is_dir,
                                    hcsref_str *message) {
  const docker_script *script = ctx;
  const hcsref_value *answer = hcsref_index_find(&script->paths, path);
  (void)arena;
  if (answer == NULL) {
    *message = HCSREF_LIT("The system cannot find the file specified.");
    return HCSREF_PATH_NOT_EXIST;
  }
  if (hcsref_script_error(answer, message))
    return HCSREF_PATH_FAILED;
  *is_dir = hcsref_str_equal(hcsref_script_text(answer), HCSREF_LIT("dir"));
  return HCSREF_PATH_OK;
}

static bool read_file(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *data, hcsref_str *message) {
  const docker_script *script = ctx;
  const hcsref_value *answer = hcsref_index_find(&script->files, path);
  if (answer == NULL) {
    (void)hcsref_format(arena, message, "open %v: The system cannot find the file specified.", path);
    return false;
  }
  if (hcsref_script_error(answer, message))
    return false;
  *data = hcsref_script_text(answer);
  return true;
}

static bool is_client(void *ctx) {
  const docker_script *script = ctx;
  return script->document.client;
}

static hcsref_docker_registry_status registry_value(void *ctx, hcsref_arena *arena, hcsref_str name, hcsref_str *value,
                                                    hcsref_str *message) {
  const docker_script *script = ctx;
  const hcsref_value *answer = hcsref_index_find(&script->registry, name);
  (void)arena;
  if (script->document.registry_error != NULL) {
    *message = *script->document.registry_error;
    return HCSREF_DOCKER_REGISTRY_NO_KEY;
  }
  if (answer == NULL)
    return HCSREF_DOCKER_REGISTRY_NO_VALUE;
  if (hcsref_script_error(answer, message))
    return HCSREF_DOCKER_REGISTRY_FAILED;
  *value = hcsref_script_text(answer);
  return HCSREF_DOCKER_REGISTRY_OK;
}

static const hcsref_host_ops docker_ops = {
    .processor_count = processor_count, .os_build = os_build, .stat = stat_path, .read_file = read_file};

static bool index_maps(hcsref_arena *arena, docker_script *script, hcsref_error *err) {
  const docker_document *d = &script->document;
  return hcsref_script_settle_map(arena, &d->registry, &hcsref_form_answer, "registry", &script->registry, err) &&
         hcsref_script_settle_map(arena, &d->files, &hcsref_form_answer, "files", &script->files, err) &&
         hcsref_script_settle_map(arena, &d->paths, &hcsref_form_answer, "paths", &script->paths, err);
}

bool hcsref_docker_script_load(hcsref_arena *arena, hcsref_str text, hcsref_docker_host *out, hcsref_error *err) {
  docker_script *script = hcsref_arena_alloc(arena, sizeof *script);
  if (script == NULL)
    return hcsref_fail_memory(err);
  if (text.len != 0 && !hcsref_json_decode(arena, text, &document_type, HCSREF_JSON_WHOLE, &script->document, err))
    return false;
  if (!index_maps(arena, script, err))
    return false;
  script->host.ops = &docker_ops;
  script->host.ctx = script;
  out->host = &script->host;
  out->is_client = is_client;
  out->registry_value = registry_value;
  out->ctx = script;
  return true;
}
