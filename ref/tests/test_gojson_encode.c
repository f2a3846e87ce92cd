/* SPDX-License-Identifier: Apache-2.0 */
/* Encoding: what json.Marshal writes of values that no text gave. */
#include "hcsref/json.h"
#include "support.h"

static hcsref_str string_text(hcsref_arena *arena, hcsref_str s) {
  hcsref_buf buf = {.arena = arena};
  hcsref_json_append_string(&buf, s);
  assert_false(buf.failed);
  return hcsref_buf_str(&buf);
}

static void strings_are_escaped_as_in_go(void **state) {
  assert_text(string_text(*state, HCSREF_LIT("")), "\"\"");
  assert_text(string_text(*state, hcsref_cstr(NULL)), "\"\"");
  assert_text(string_text(*state, HCSREF_LIT("a\"\\\n\r\t\b\f\x1F\0\x7F/<>&")),
              "\"a\\\"\\\\\\n\\r\\t\\u0008\\u000c\\u001f\\u0000\x7F/\\u003c\\u003e\\u0026\"");
  assert_text(string_text(*state, HCSREF_LIT("\xE2\x80\xA7\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAA")),
              "\"\xE2\x80\xA7\\u2028\\u2029\xE2\x80\xAA\"");
  assert_text(string_text(*state, HCSREF_LIT("\xFF"
                                             "a\xC3\xE2\x82\xF0\x9F\x98\x80\xEF\xBF\xBD")),
              "\"\\ufffda\\ufffd\\ufffd\\ufffd\xF0\x9F\x98\x80\xEF\xBF\xBD\"");
}

/* Every special byte at every distance from the ends of the steps that the fast path takes. */
static void escapes_are_found_at_every_place(void **state) {
  static const char specials[] = "\"\\<>&\n\x01";
  for (size_t len = 1; len < 40; len++) {
    for (size_t at = 0; at < len; at++) {
      for (size_t k = 0; k < sizeof(specials); k++) {
        char text[40];
        hcsref_str out;
        memset(text, 'a', len);
        text[at] = specials[k];
        out = string_text(*state, hcsref_str_from(text, len));
        assert_int_equal(out.data[at + 1], '\\');
        assert_true(out.len == len + 3 || out.len == len + 7);
        assert_int_equal(out.data[out.len - 1], '"');
      }
      hcsref_arena_reset(*state);
    }
  }
}

static void long_strings_are_written_in_pieces(void **state) {
  static char text[20000];
  hcsref_str out;
  for (size_t i = 0; i < sizeof(text); i += 4)
    memcpy(text + i, "\xE2\x82\xAC\\", 4);
  out = string_text(*state, hcsref_str_from(text, sizeof(text)));
  assert_int_equal(out.len, 5000 * 5 + 2);
  for (size_t i = 0; i < 5000; i++)
    assert_memory_equal(out.data + 1 + i * 5, "\xE2\x82\xAC\\\\", 5);
  memset(text, 0xFF, sizeof(text));
  assert_int_equal(string_text(*state, hcsref_str_from(text, sizeof(text))).len, 6 * sizeof(text) + 2);
}

static void numbers_that_are_none_are_refused(void **state) {
  double values[3];
  hcsref_error err;
  hcsref_str out;
  values[0] = 1e308 * 10.0;
  values[1] = -values[0];
  values[2] = values[0] - values[0];
  for (size_t i = 0; i < 3; i++) {
    assert_false(hcsref_json_encode(*state, &hcsref_type_float64, &values[i], &out, &err));
    assert_string_equal(err.code, "json-value");
  }
}

static void bad_raw_messages_are_refused(void **state) {
  hcsref_str raw = HCSREF_LIT("{\"a\":}");
  hcsref_error err;
  hcsref_str out;
  assert_false(hcsref_json_encode(*state, &hcsref_type_raw, &raw, &out, &err));
  assert_string_equal(err.code, "json-value");
  raw = hcsref_cstr(NULL);
  assert_true(hcsref_json_encode(*state, &hcsref_type_raw, &raw, &out, &err));
  assert_text(out, "null");
}

typedef struct empties {
  bool flag;
  int8_t i8;
  uint64_t u64;
  double real;
  hcsref_str text, bytes, raw;
  bool *ptr;
  hcsref_slice strings;
  hcsref_map map;
  hcsref_value any;
  hcsref_time time;
  hcsref_guid guid;
  int32_t none[1];
} empties;

#define OMITTED(member, type)                                                                                          \
  { #member, sizeof(#member) - 1, offsetof(empties, member), &(type), NULL, true, 0, 0, NULL }

static const hcsref_type type_int8 = {HCSREF_INT8, "int8", 1, NULL, NULL, 0, 0, NULL, 0};
static const hcsref_type type_bool_ptr = {HCSREF_POINTER, "*bool", sizeof(void *), &hcsref_type_bool, NULL, 0, 0,
                                          NULL,           0};
static const hcsref_type type_no_ints = {HCSREF_ARRAY, "[0]int32", 0, &hcsref_type_int32, NULL, 0, 0, NULL, 0};
static const hcsref_field empties_fields[] = {
    OMITTED(flag, hcsref_type_bool),       OMITTED(i8, type_int8),
    OMITTED(u64, hcsref_type_uint64),      OMITTED(real, hcsref_type_float64),
    OMITTED(text, hcsref_type_string),     OMITTED(bytes, hcsref_type_bytes),
    OMITTED(raw, hcsref_type_raw),         OMITTED(ptr, type_bool_ptr),
    OMITTED(strings, hcsref_type_strings), OMITTED(map, hcsref_type_string_map),
    OMITTED(any, hcsref_type_any),         OMITTED(time, hcsref_type_time),
    OMITTED(guid, hcsref_type_guid),       OMITTED(none, type_no_ints),
};
static const hcsref_type type_empties = {
    HCSREF_STRUCT, "main.E", sizeof(empties), NULL, empties_fields, COUNT_OF(empties_fields), 0, NULL, 0};

static hcsref_str empties_text(hcsref_arena *arena, const empties *e) {
  hcsref_str out = {NULL, 0};
  assert_true(hcsref_json_encode(arena, &type_empties, e, &out, NULL));
  return out;
}

#define ALWAYS "\"time\":\"0001-01-01T00:00:00Z\",\"guid\":\"00000000-0000-0000-0000-000000000000\"}"

static void empty_fields_are_left_out(void **state) {
  empties e;
  bool no = false;
  hcsref_string_entry entry = {{NULL, 0}, {NULL, 0}};
  hcsref_str item = {NULL, 0};
  memset(&e, 0, sizeof(e));
  assert_text(empties_text(*state, &e), "{" ALWAYS);
  hcsref_slice_make_empty(&e.strings);
  assert_text(empties_text(*state, &e), "{" ALWAYS);
  e.real = -0.0;
  assert_text(empties_text(*state, &e), "{" ALWAYS);
  e.ptr = &no;
  e.any.kind = HCSREF_VALUE_BOOL;
  e.i8 = -1;
  e.strings.items = &item;
  e.strings.len = 1;
  e.map.entries = &entry;
  e.map.len = 1;
  assert_text(empties_text(*state, &e),
              "{\"i8\":-1,\"ptr\":false,\"strings\":[\"\"],\"map\":{\"\":\"\"},\"any\":false," ALWAYS);
}

static void maps_are_sorted_and_the_last_value_counts(void **state) {
  hcsref_map map;
  hcsref_str out = {NULL, 0};
  memset(&map, 0, sizeof(map));
  for (uint64_t i = 0; i < 1000; i++) {
    hcsref_string_entry *entry = hcsref_map_push(*state, &map, sizeof(*entry));
    assert_non_null(entry);
    assert_true(hcsref_format(*state, &entry->key, "%u", i * 7919 % 100));
    assert_true(hcsref_format(*state, &entry->value, "%u", i));
  }
  assert_true(hcsref_json_encode(*state, &hcsref_type_string_map, &map, &out, NULL));
  assert_true(hcsref_str_has_prefix(out, HCSREF_LIT("{\"0\":\"900\",\"1\":\"979\",\"10\":\"990\",\"11\":")));
  assert_text(*hcsref_map_find(&map, HCSREF_LIT("10")), "990");
}

static void an_append_that_fails_leaves_the_text(void **state) {
  counting_allocator c;
  hcsref_arena arena;
  hcsref_buf buf;
  hcsref_str big = hcsref_str_from(hcsref_arena_alloc(*state, 100000), 100000);
  hcsref_error err;
  counting_arena(&arena, &c, 1);
  buf = (hcsref_buf){.arena = &arena};
  hcsref_buf_append_char(&buf, 'x');
  assert_false(hcsref_json_append(&buf, &hcsref_type_string, &big, &err));
  assert_string_equal(err.code, "out-of-memory");
  assert_text(hcsref_buf_str(&buf), "x");
  hcsref_arena_free(&arena);
  assert_int_equal(c.live, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      arena_test(strings_are_escaped_as_in_go),
      arena_test(escapes_are_found_at_every_place),
      arena_test(long_strings_are_written_in_pieces),
      arena_test(numbers_that_are_none_are_refused),
      arena_test(bad_raw_messages_are_refused),
      arena_test(empty_fields_are_left_out),
      arena_test(maps_are_sorted_and_the_last_value_counts),
      arena_test(an_append_that_fails_leaves_the_text),
  };
  return cmocka_run_group_tests_name("gojson encode", tests, NULL, NULL);
}
