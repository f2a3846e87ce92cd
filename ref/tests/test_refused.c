/* SPDX-License-Identifier: Apache-2.0 */
/* No memory, at every point: each table with every field set, and the whole way from each sample specification to
 * its documents, with the n-th request to the allocator refused and in arenas that end a little later each time.
 * What fails must say "out of memory", and nothing may be left behind. */
#include "full_value.h"
#include "hcsref/hcsref.h"
#include "support.h"

#include <jansson.h>
#include <stdio.h>

/* How many sizes of arena are tried for one piece of work. */
#define SIZES 1500

typedef bool (*job)(hcsref_arena *arena, const void *input, hcsref_error *err);

static void check_outcome(bool done, const hcsref_error *err) {
  if (!done)
    assert_string_equal(err->code, "out-of-memory");
}

static bool run_in_limit(job work, const void *input, size_t limit) {
  counting_allocator c;
  hcsref_arena arena;
  hcsref_error err = {0};
  bool done;
  counting_arena(&arena, &c, SIZE_MAX);
  arena.limit = limit;
  done = work(&arena, input, &err);
  check_outcome(done, &err);
  hcsref_arena_free(&arena);
  assert_int_equal(c.live, 0);
  return done;
}

static bool run_refused(job work, const void *input, size_t refuse_at, size_t *used) {
  counting_allocator c;
  hcsref_arena arena;
  hcsref_error err = {0};
  bool done;
  counting_arena(&arena, &c, refuse_at);
  done = work(&arena, input, &err);
  check_outcome(done, &err);
  *used = arena.used;
  hcsref_arena_free(&arena);
  assert_int_equal(c.live, 0);
  return done;
}

/* The steps are odd multiples of the arena's grain, so that over all the work every kind of request meets the end. */
static void refuse_everywhere(job work, const void *input) {
  size_t used = 0;
  size_t step;
  for (size_t refuse_at = 0; !run_refused(work, input, refuse_at, &used); refuse_at++)
    assert_true(refuse_at < 200);
  step = (used / SIZES / 16 | 1) * 16 * test_stride();
  for (size_t limit = 1; !run_in_limit(work, input, limit); limit += step)
    assert_true(limit <= 4 * used + 8192);
}

/* ---- every table ---------------------------------------------------------------------------------------- */

typedef struct table_text {
  const hcsref_type *type;
  hcsref_str text;
} table_text;

static bool decode_and_encode(hcsref_arena *arena, const void *input, hcsref_error *err) {
  const table_text *table = input;
  void *value = hcsref_arena_alloc(arena, table->type->size);
  hcsref_str out;
  if (value == NULL)
    return hcsref_fail_memory(err);
  return hcsref_json_decode(arena, table->text, table->type, HCSREF_JSON_WHOLE, value, err) &&
         hcsref_json_encode(arena, table->type, value, &out, err);
}

static void every_table_survives_refusals(void **state) {
  size_t count;
  const hcsref_schema *schemas = hcsref_schemas(&count);
  (void)state;
  for (size_t i = 0; i < count; i++) {
    hcsref_arena arena;
    table_text table = {schemas[i].type, {NULL, 0}};
    hcsref_arena_init(&arena, NULL, 0);
    assert_true(hcsref_json_encode(&arena, table.type, full_value(&arena, table.type), &table.text, NULL));
    refuse_everywhere(decode_and_encode, &table);
    hcsref_arena_free(&arena);
  }
}

/* ---- every sample specification ----------------------------------------------------------------------------- */

/* The parts of one sample; a missing one is empty. */
typedef struct sample {
  hcsref_str spec, host, system;
  hcsref_str schema;
} sample;

static json_t *read_sample(const char *name) {
  char path[512];
  json_t *parts;
  assert_true(snprintf(path, sizeof(path), "%s/ref/tests/data/specs/%s.json", HCSPROOF_SOURCE_DIR, name) <
              (int)sizeof(path));
  parts = json_load_file(path, JSON_ALLOW_NUL, NULL);
  assert_non_null(parts);
  return parts;
}

static hcsref_str part_of(hcsref_arena *arena, const json_t *parts, const char *name) {
  const json_t *part = json_object_get(parts, name);
  char *dumped = part == NULL ? NULL : json_dumps(part, JSON_ENCODE_ANY);
  hcsref_str text = {NULL, 0};
  assert_true(hcsref_str_copy(arena, hcsref_cstr(dumped), &text));
  free(dumped);
  return text;
}

static bool write_documents(hcsref_arena *arena, const hcsref_documents *documents, hcsref_error *err) {
  hcsref_str v1, v2;
  return hcsref_json_encode(arena, &hcsref_type_v1_container_config, documents->v1, &v1, err) &&
         hcsref_json_encode(arena, &hcsref_type_v2_container, documents->v2, &v2, err);
}

static bool translate(hcsref_arena *arena, const void *input, hcsref_error *err) {
  const sample *s = input;
  hcsref_oci_spec spec;
  hcsref_create_options options;
  hcsref_script *script = NULL;
  hcsref_hosting_system *system = NULL;
  hcsref_documents documents;
  hcsref_host host;
  memset(&spec, 0, sizeof(spec));
  memset(&options, 0, sizeof(options));
  if (!hcsref_json_decode(arena, s->spec, &hcsref_type_oci_spec, HCSREF_JSON_WHOLE, &spec, err) ||
      !hcsref_script_load(arena, s->host, &script, err) ||
      !hcsref_script_hosting_system(arena, script, s->system, &system, err))
    return false;
  host = hcsref_script_host(script);
  options.id = HCSREF_LIT("id");
  options.owner = HCSREF_LIT("owner");
  options.has_schema = true;
  options.schema.major = hcsref_str_equal(s->schema, HCSREF_LIT("v1")) ? 1 : 2;
  options.schema.minor = options.schema.major == 1 ? 0 : 1;
  options.hosting_system = system;
  return hcsref_oci_to_hcs(arena, &spec, &options, &host, &documents, err) && write_documents(arena, &documents, err);
}

static void every_sample_survives_refusals(void **state) {
  static const char *const names[] = {"buildkit-run-step",
                                      "cri-device-extensions",
                                      "cri-dumps-to-share",
                                      "cri-gpu-location-path",
                                      "cri-hyperv-sandbox-mounts",
                                      "cri-iis-volumes",
                                      "cri-long-paths",
                                      "docker-engine-pipe",
                                      "docker-hyperv-isolation-v1",
                                      "docker-service-update-layer",
                                      "docker-storage-qos",
                                      "nerdctl-compose-many-mounts"};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(names); i++) {
    hcsref_arena arena;
    json_t *parts;
    sample s;
    hcsref_arena_init(&arena, NULL, 0);
    parts = read_sample(names[i]);
    s.spec = part_of(&arena, parts, "config");
    s.host = part_of(&arena, parts, "host");
    s.system = part_of(&arena, parts, "hosting-system");
    s.schema = hcsref_cstr(json_string_value(json_object_get(json_object_get(parts, "options"), "schema")));
    assert_true(s.spec.len > 0 && s.schema.len > 0);
    refuse_everywhere(translate, &s);
    json_decref(parts);
    hcsref_arena_free(&arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_table_survives_refusals),
      cmocka_unit_test(every_sample_survives_refusals),
  };
  return cmocka_run_group_tests_name("refused", tests, NULL, NULL);
}
