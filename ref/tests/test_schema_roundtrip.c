/* SPDX-License-Identifier: Apache-2.0 */
/* Every table through the codec: a value with every field set, and a value with none. */
#include "hcsref/schema.h"
#include "support.h"

#include <jansson.h>

/* Recursive types are set this deep. */
#define DEEPEST 9

typedef struct filler {
  hcsref_arena *arena;
  uint64_t next; /* each scalar gets another number */
} filler;

/* ---- a value with every field set ------------------------------------------------------------------------- */

static void fill(filler *f, const hcsref_type *type, void *value, size_t depth);

static void *take(filler *f, size_t size) {
  void *place = hcsref_arena_alloc(f->arena, size);
  assert_non_null(place);
  return place;
}

static hcsref_str fill_text(filler *f, const char *format) {
  hcsref_str text;
  assert_true(hcsref_format(f->arena, &text, format, f->next++));
  return text;
}

static void fill_value(filler *f, hcsref_value *any) {
  static const char json[] = "{\"a\":[1,-2.5,true,null,\"x\"],\"b\":{\"<\":\"\\u2028\"}}";
  assert_true(hcsref_json_decode(f->arena, hcsref_cstr(json), &hcsref_type_any, HCSREF_JSON_WHOLE, any, NULL));
}

static void fill_time(filler *f, hcsref_time *time) {
  time->set = true;
  time->year = 2021;
  time->month = 12;
  time->day = 31;
  time->hour = 23;
  time->second = (uint8_t)(f->next % 60);
  time->nanosecond = (uint32_t)(f->next++ % 1000000000);
  time->offset_minutes = -90;
}

/* Close to the largest number of the type: a wrong width or sign would show. */
static void fill_integer(filler *f, const hcsref_type *type, void *value) {
  bool is_unsigned = type->kind >= HCSREF_UINT8;
  uint64_t largest = UINT64_MAX >> (64 - 8 * type->size + (is_unsigned ? 0 : 1));
  uint64_t number = largest - f->next++ % 100;
  uint8_t u8 = (uint8_t)number;
  uint16_t u16 = (uint16_t)number;
  uint32_t u32 = (uint32_t)number;
  memcpy(value,
         type->size == 1   ? (void *)&u8
         : type->size == 2 ? (void *)&u16
         : type->size == 4 ? (void *)&u32
                           : (void *)&number,
         type->size);
}

static void fill_slice(filler *f, const hcsref_type *type, hcsref_slice *slice, size_t depth) {
  for (int i = 0; i < 2; i++) {
    void *item = hcsref_slice_push(f->arena, slice, type->elem->size);
    assert_non_null(item);
    fill(f, type->elem, item, depth);
  }
}

static void fill_map(filler *f, const hcsref_type *type, hcsref_map *map, size_t depth) {
  for (int i = 0; i < 2; i++) {
    hcsref_str *key = hcsref_map_push(f->arena, map, type->entry_size);
    assert_non_null(key);
    *key = fill_text(f, type->key == NULL ? "key\t%u" : "%u");
    fill(f, type->elem, key + 1, depth);
  }
}

static void fill_struct(filler *f, const hcsref_type *type, void *value, size_t depth) {
  if (depth == DEEPEST)
    return;
  for (size_t i = 0; i < type->field_count; i++)
    fill(f, type->fields[i].type, (unsigned char *)value + type->fields[i].offset, depth + 1);
}

static void fill_pointer(filler *f, const hcsref_type *type, void *value, size_t depth) {
  void *place = take(f, type->elem->size);
  fill(f, type->elem, place, depth);
  memcpy(value, &place, sizeof(place));
}

static void fill(filler *f, const hcsref_type *type, void *value, size_t depth) {
  switch (type->kind) {
  case HCSREF_STRUCT:
    fill_struct(f, type, value, depth);
    break;
  case HCSREF_POINTER:
    fill_pointer(f, type, value, depth);
    break;
  case HCSREF_SLICE:
    fill_slice(f, type, value, depth);
    break;
  case HCSREF_ARRAY:
    for (size_t i = 0; i < type->length; i++)
      fill(f, type->elem, (unsigned char *)value + i * type->elem->size, depth);
    break;
  case HCSREF_MAP:
    fill_map(f, type, value, depth);
    break;
  case HCSREF_BOOL:
    *(bool *)value = true;
    break;
  case HCSREF_STRING:
    *(hcsref_str *)value = fill_text(f, "<text & \"%u\">");
    break;
  case HCSREF_RAW:
    *(hcsref_str *)value = fill_text(f, "{\"raw\":[1.00,\"%u\"]}");
    break;
  case HCSREF_ANY:
    fill_value(f, value);
    break;
  case HCSREF_TIME:
    fill_time(f, value);
    break;
  case HCSREF_GUID:
    memset(value, (int)(f->next++ % 256), type->size);
    break;
  default:
    assert_in_range(type->kind, HCSREF_INT8, HCSREF_UINT64);
    fill_integer(f, type, value);
  }
}

/* ---- what must be in the text ------------------------------------------------------------------------------- */

/* An object for each struct, with all fields in the table's order. */
static void check_members(const hcsref_type *type, json_t *json, size_t depth);

static void check_struct(const hcsref_type *type, json_t *json, size_t depth) {
  void *at = json_object_iter(json);
  if (depth == DEEPEST)
    return;
  for (size_t i = 0; i < type->field_count; i++) {
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
  filler f = {arena, 1};
  void *value = take(&f, type->size);
  hcsref_str text;
  json_t *json;
  fill(&f, type, value, 0);
  text = encode(arena, type, value);
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
    if (!stays_when_empty(&type->fields[i]))
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
