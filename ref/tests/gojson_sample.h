/* SPDX-License-Identifier: Apache-2.0 */
/* A table with every kind, and decoding into it. */
#ifndef HCSREF_TESTS_GOJSON_SAMPLE_H
#define HCSREF_TESTS_GOJSON_SAMPLE_H

#include "hcsref/json.h"
#include "support.h"

typedef struct inner {
  int32_t a, b;
} inner;

typedef struct number_entry {
  hcsref_str key;
  inner value;
} number_entry;

typedef struct sample {
  bool flag;
  int8_t i8;
  int16_t i16;
  int32_t i32;
  int64_t i64;
  uint8_t u8;
  uint16_t u16;
  uint32_t u32;
  uint64_t u64;
  double real;
  hcsref_str text, bytes, raw;
  inner in;
  inner *ptr;
  uint16_t *opt;
  hcsref_slice strings, inners;
  int32_t pair[2];
  hcsref_map map, inner_map, by_number;
  hcsref_value any;
  hcsref_time time;
  hcsref_guid guid;
  hcsref_str *raw_ptr;
  hcsref_slice ptrs;
} sample;

#define FIELD(s, member, name, type)                                                                                   \
  { name, sizeof(name) - 1, offsetof(s, member), &(type), NULL, false, 0, 0, NULL }

static const hcsref_type type_int8 = {HCSREF_INT8, "int8", 1, NULL, NULL, 0, 0, NULL, 0};
static const hcsref_type type_int16 = {HCSREF_INT16, "int16", 2, NULL, NULL, 0, 0, NULL, 0};
static const hcsref_field inner_fields[] = {FIELD(inner, a, "a", hcsref_type_int32),
                                            FIELD(inner, b, "b", hcsref_type_int32)};
static const hcsref_type type_inner = {HCSREF_STRUCT, "main.In", sizeof(inner), NULL, inner_fields, 2, 0, NULL, 0};
static const hcsref_type type_inner_ptr = {HCSREF_POINTER, "*main.In", sizeof(void *), &type_inner, NULL, 0, 0,
                                           NULL,           0};
static const hcsref_type type_u16_ptr = {HCSREF_POINTER, "*uint16", sizeof(void *), &hcsref_type_uint16, NULL, 0, 0,
                                         NULL,           0};
static const hcsref_type type_inners = {
    HCSREF_SLICE, "[]main.In", sizeof(hcsref_slice), &type_inner, NULL, 0, 0, NULL, 0};
static const hcsref_type type_pair = {HCSREF_ARRAY, "[2]int32", 2 * sizeof(int32_t), &hcsref_type_int32, NULL, 0, 2,
                                      NULL,         0};
static const hcsref_type type_inner_map = {
    HCSREF_MAP, "map[string]main.In", sizeof(hcsref_map), &type_inner, NULL, 0, 0, NULL, sizeof(number_entry)};
static const hcsref_type type_by_number = {HCSREF_MAP, "map[int]main.In", sizeof(hcsref_map),  &type_inner, NULL, 0,
                                           0,          &hcsref_type_int,  sizeof(number_entry)};
static const hcsref_type type_raw_ptr = {
    HCSREF_POINTER, "*json.RawMessage", sizeof(void *), &hcsref_type_raw, NULL, 0, 0, NULL, 0};
static const hcsref_type type_ptrs = {
    HCSREF_SLICE, "[]*main.In", sizeof(hcsref_slice), &type_inner_ptr, NULL, 0, 0, NULL, 0};
static const char *const text_aliases[] = {"text_alias", "textAlias", NULL};
static const hcsref_field sample_fields[] = {
    FIELD(sample, flag, "flag", hcsref_type_bool),
    FIELD(sample, i8, "i8", type_int8),
    FIELD(sample, i16, "i16", type_int16),
    FIELD(sample, i32, "i32", hcsref_type_int32),
    FIELD(sample, i64, "i64", hcsref_type_int64),
    FIELD(sample, u8, "u8", hcsref_type_uint8),
    FIELD(sample, u16, "u16", hcsref_type_uint16),
    FIELD(sample, u32, "u32", hcsref_type_uint32),
    FIELD(sample, u64, "u64", hcsref_type_uint64),
    FIELD(sample, real, "real", hcsref_type_float64),
    {"text", 4, offsetof(sample, text), &hcsref_type_string, text_aliases, false, 0, 0, NULL},
    FIELD(sample, bytes, "bytes", hcsref_type_bytes),
    FIELD(sample, raw, "raw", hcsref_type_raw),
    FIELD(sample, in, "in", type_inner),
    FIELD(sample, ptr, "ptr", type_inner_ptr),
    FIELD(sample, opt, "opt", type_u16_ptr),
    FIELD(sample, strings, "strings", hcsref_type_strings),
    FIELD(sample, inners, "inners", type_inners),
    FIELD(sample, pair, "pair", type_pair),
    FIELD(sample, map, "map", hcsref_type_string_map),
    FIELD(sample, inner_map, "innerMap", type_inner_map),
    FIELD(sample, by_number, "byNumber", type_by_number),
    FIELD(sample, any, "any", hcsref_type_any),
    FIELD(sample, time, "time", hcsref_type_time),
    FIELD(sample, guid, "guid", hcsref_type_guid),
    FIELD(sample, raw_ptr, "rawPtr", type_raw_ptr),
    FIELD(sample, ptrs, "ptrs", type_ptrs),
};
static const hcsref_type type_sample = {
    HCSREF_STRUCT, "main.Sample", sizeof(sample), NULL, sample_fields, COUNT_OF(sample_fields), 0, NULL, 0};

/* Decodes into a fresh value of `type` and writes it again: the text, or "code: message @ pointer". */
static inline hcsref_str round_trip_bytes(hcsref_arena *arena, const hcsref_type *type, hcsref_str text,
                                          hcsref_json_mode mode) {
  hcsref_error err;
  hcsref_str out;
  void *value = hcsref_arena_alloc(arena, type->size);
  if (hcsref_json_decode(arena, text, type, mode, value, &err)) {
    assert_true(hcsref_json_encode(arena, type, value, &out, &err));
    return out;
  }
  assert_true(hcsref_format(arena, &out, "%s: %v @ %v", err.code, err.message, err.where));
  return out;
}

static inline hcsref_str round_trip(hcsref_arena *arena, const hcsref_type *type, const char *text) {
  return round_trip_bytes(arena, type, hcsref_cstr(text), HCSREF_JSON_WHOLE);
}

static inline sample decode(hcsref_arena *arena, const char *text) {
  sample s;
  hcsref_error err;
  memset(&s, 0, sizeof(s));
  if (!hcsref_json_decode(arena, hcsref_cstr(text), &type_sample, HCSREF_JSON_WHOLE, &s, &err)) {
    print_error("%s\n%.*s\n", text, (int)err.message.len, err.message.data);
    fail();
  }
  return s;
}

#endif
