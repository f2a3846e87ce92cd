/* SPDX-License-Identifier: Apache-2.0 */
/* Every table through the codec: a value with every field set, and a value with none. */
#include "full_value.h"
#include "hcsref/schema.h"
#include "support.h"

#include <jansson.h>

/* ---- what must be in the text ------------------------------------------------------------------------------- */

/* An object for each struct, with all fields in the table's order. */
static void check_members(const hcsref_type *type, json_t *json, size_t depth);

static void check_struct(const hcsref_type *type, json_t *json, size_t depth) {
  void *at = json_object_iter(json);
  if (depth == DEEPEST)
    return;
  for (size_t i = 0; i < type->field_count; i++) {
    if (!hcsref_field_known(&type->fields[i], NULL))
      continue;
    assert_non_null(at);
    assert_string_equal(json_object_iter_key(at), type->fields[i].name);
    check_members(type->fields[i].type, json_object_iter_value(at), depth + 1);
    at = json_object_iter_next(json, at);
  }
  assert_null(at);
}

static void check_members(const hcsref_type *type, json_t *json, size_t depth) {
  const char *key;
  json_t *value;
  size_t i;
  while (type->kind == HCSREF_POINTER)
    type = type->elem;
  if (type->kind == HCSREF_STRUCT)
    check_struct(type, json, depth);
  if (type->kind == HCSREF_SLICE) {
    assert_int_equal(json_array_size(json), 2);
    json_array_foreach(json, i, value) check_members(type->elem, value, depth);
  }
  if (type->kind == HCSREF_MAP) {
    assert_int_equal(json_object_size(json), 2);
    json_object_foreach(json, key, value) check_members(type->elem, value, depth);
  }
}

static json_t *parse(hcsref_str text) {
  json_t *json = json_loadb(text.data, text.len, JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL, NULL);
  assert_non_null(json);
  return json;
}

/* ---- the tests ---------------------------------------------------------------------------------------------- */

static hcsref_str encode(hcsref_arena *arena, const hcsref_type *type, const void *value) {
  hcsref_error err;
  hcsref_str text;
  if (!hcsref_json_encode(arena, type, value, &text, &err))
    fail_msg("%s: %.*s", type->go_name, (int)err.message.len, err.message.data);
  return text;
}

static hcsref_str decode_and_encode(hcsref_arena *arena, const hcsref_type *type, hcsref_str text) {
  void *value = hcsref_arena_alloc(arena, type->size);
  hcsref_error err;
  assert_non_null(value);
  if (!hcsref_json_decode(arena, text, type, HCSREF_JSON_WHOLE, value, &err))
    fail_msg("%s: %.*s", type->go_name, (int)err.message.len, err.message.data);
  return encode(arena, type, value);
}

static void check_full_value(hcsref_arena *arena, const hcsref_type *type) {
  hcsref_str text = encode(arena, type, full_value(arena, type));
  json_t *json;
  json = parse(text);
  check_members(type, json, 0);
  json_decref(json);
  assert_same(decode_and_encode(arena, type, text), text);
}

/* "omitempty" never leaves out a struct or an array. */
static bool stays_when_empty(const hcsref_field *field) {
  hcsref_kind kind = field->type->kind;
  bool composite = kind == HCSREF_STRUCT || kind == HCSREF_ARRAY || kind == HCSREF_TIME || kind == HCSREF_GUID;
  return !field->omit_empty || composite;
}

static void check_empty_value(hcsref_arena *arena, const hcsref_type *type) {
  json_t *json = parse(decode_and_encode(arena, type, HCSREF_LIT("{}")));
  void *at = json_object_iter(json);
  for (size_t i = 0; i < type->field_count; i++) {
    if (!hcsref_field_known(&type->fields[i], NULL) || !stays_when_empty(&type->fields[i]))
      continue;
    assert_non_null(at);
    assert_string_equal(json_object_iter_key(at), type->fields[i].name);
    at = json_object_iter_next(json, at);
  }
  assert_null(at);
  json_decref(json);
}

static void for_each_schema(void (*check)(hcsref_arena *arena, const hcsref_type *type)) {
  size_t count;
  const hcsref_schema *schemas = hcsref_schemas(&count);
  for (size_t i = 0; i < count; i++) {
    hcsref_arena arena;
    hcsref_arena_init(&arena, NULL, 0);
    check(&arena, schemas[i].type);
    hcsref_arena_free(&arena);
  }
}

static void a_value_with_every_field_survives(void **state) {
  (void)state;
  for_each_schema(check_full_value);
}

static void an_empty_value_writes_what_must_be_written(void **state) {
  (void)state;
  for_each_schema(check_empty_value);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_value_with_every_field_survives),
      cmocka_unit_test(an_empty_value_writes_what_must_be_written),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
