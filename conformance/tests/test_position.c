/* SPDX-License-Identifier: Apache-2.0 */
/* Where in a file an error or a finding is, and what is said of texts that cannot be read. */
#include "input/position.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define U16 "\xFF\xFE"

static void at(const input_place *place, uint64_t line, uint64_t column, size_t length) {
  assert_int_equal(place->line, line);
  assert_int_equal(place->column, column);
  assert_int_equal(place->length, length);
}

static void values_are_found(void **state) {
  static const char json[] =
      "{\n  \"a\": {\"b/c\": [1, true],\r\n\t\"\xC3\xA9\": \"x\"}, \"a~\": null, \"n\": 1, \"n\": 22\r}";
  static const char yaml[] = "a:\n  b/c: &l\n  - 1\n  - true\n  \xC3\xA9: 'x'\na~: ~\nn: *l\nm: {<<: {k: v}}\n";
  static const struct {
    const char *text, *pointer;
    bool key, there;
    uint64_t line, column;
    size_t length;
  } rows[] = {
      {json, "", false, true, 1, 1, 1},
      {json, "/a", false, true, 2, 3, 3},
      {json, "/a/b~1c", false, true, 2, 9, 5},
      {json, "/a/b~1c/1", false, true, 2, 20, 4},
      {json, "/a/\xC3\xA9", false, true, 3, 7, 3},
      {json, "/a/\xC3\xA9", true, true, 3, 2, 4},
      {json, "/a~0", false, true, 3, 19, 4},
      {json, "/n", false, true, 3, 38, 2},
      {json, "/n", true, true, 3, 33, 3},
      {json, "/a/x/y", false, false, 2, 3, 3},
      {json, "/a/b~1c/7", false, false, 2, 9, 5},
      {json, "/a/b~1c/x", false, false, 2, 9, 5},
      {json, "/a~", false, false, 1, 1, 1},
      {yaml, "/a", false, true, 1, 1, 1},
      {yaml, "/a/b~1c/1", false, true, 4, 5, 4},
      {yaml, "/a/\xC3\xA9", false, true, 5, 6, 3},
      {yaml, "/a~0", false, true, 6, 5, 1},
      {yaml, "/n", true, true, 7, 1, 1},
      {yaml, "/n/1", false, true, 4, 5, 4},
      {yaml, "/m/k", false, true, 8, 13, 1},
      {yaml, "/m/none", false, false, 8, 1, 1},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    input_map map;
    input_place place;
    hcsref_error err = {0};
    hcsref_arena_reset(*state);
    assert_true(input_map_read(*state, hcsref_cstr(rows[i].text), NULL, &map, &err));
    assert_int_equal(input_locate(&map, hcsref_cstr(rows[i].pointer), rows[i].key, &place), rows[i].there);
    at(&place, rows[i].line, rows[i].column, rows[i].length);
  }
}

/* Each character twice as long, behind a mark. */
static hcsref_str widened(hcsref_arena *arena, const char *text) {
  hcsref_buf buf = {.arena = arena};
  hcsref_buf_append(&buf, HCSREF_LIT(U16));
  for (; *text != '\0'; text++) {
    hcsref_buf_append_char(&buf, *text);
    hcsref_buf_append_char(&buf, '\0');
  }
  return hcsref_buf_str(&buf);
}

static void columns_are_those_of_the_author(void **state) {
  input_map map;
  input_place place;
  hcsref_error err = {0};
  assert_true(input_map_read(*state, hcsref_cstr("\xEF\xBB\xBF{\"a\":1}"), NULL, &map, &err));
  assert_int_equal(map.encoding, INPUT_UTF8_MARK);
  assert_true(input_locate(&map, HCSREF_LIT("/a"), false, &place));
  at(&place, 1, 6, 1);
  assert_true(input_map_read(*state, widened(*state, "{\r\n\"a\":1}"), NULL, &map, &err));
  assert_int_equal(map.encoding, INPUT_UTF16);
  assert_true(input_locate(&map, HCSREF_LIT("/a"), false, &place));
  at(&place, 2, 5, 1);
  assert_true(input_map_read(*state, hcsref_cstr("{\"\xF0\x9F\x98\x80\":1}"), NULL, &map, &err));
  assert_int_equal(map.encoding, INPUT_UTF8);
  assert_true(input_locate(&map, HCSREF_LIT("/\xF0\x9F\x98\x80"), false, &place));
  at(&place, 1, 6, 1);
}

/* Also when it is asked for again, before and after others, and when another object has the same name. */
static void of_keys_that_are_there_twice_the_last_counts(void **state) {
  static const struct {
    const char *pointer;
    uint64_t column;
  } rows[] = {{"/a", 24}, {"/a", 24}, {"/b", 8}, {"/b/a", 17}, {"/a", 24}, {"/c", 1}, {"/b/a", 17}, {"/b", 8}};
  input_map map;
  input_place place;
  hcsref_error err = {0};
  assert_true(input_map_read(*state, hcsref_cstr("{\"a\":1,\"b\":{\"a\":2},\"a\":3}"), NULL, &map, &err));
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    input_locate(&map, hcsref_cstr(rows[i].pointer), false, &place);
    assert_int_equal(place.column, rows[i].column);
  }
}

static void what_is_wrong_is_told(void **state) {
  static const struct {
    const char *text;
    uint64_t line, column;
    const char *hint;
  } rows[] = {
      {"{\"a\":\n \"C:\\data\"}", 2, 5, "a backslash"},
      {"{\"a\":\"\\u12x\"}", 1, 7, "a backslash"},
      {"{\"a\":1,\n}", 2, 1, "no comma after"},
      {"[1,\n2,]", 2, 3, "no comma after"},
      {"{ // c\n}", 1, 3, "no comments"},
      {"{\"a\":1 # c\n}", 1, 8, "no comments"},
      {"{'a':1}", 1, 2, "double quotes"},
      {"{\"a\":True}", 1, 6, "lower case"},
      {"{\"a\":NaN}", 1, 6, "decimal"},
      {"{\"a\":0x1F}", 1, 7, "decimal"},
      {"{\"a\":C:\\\\x\"}", 1, 6, "opening quote"},
      {"{\"a\":1\n\"b\":2}", 2, 1, "a comma is missing"},
      {"{\"a\":\"x\n}", 1, 8, "closing quote"},
      {"{\"a\":[1", 1, 8, "cut off"},
      {"error (extra info:{\"a\":1})", 1, 1, "this is text"},
      {"[c1] Create Container, settings '{\"a\":1}'", 1, 2, "this is text"},
      {"[POST]=>[/namespaces/] Request : {\"a\":1}", 1, 2, "this is text"},
      {"[c1] failed to start", 1, 2, "this is text"},
      {"[c1, {\"a\":1}]", 1, 2, "opening quote"},
      {"{\"a\":1}}", 1, 8, NULL},
      {"a:\n\t- 1\n", 2, 1, "not with tabs"},
      {"a: 1\nb: \"C:\\data\"\n", 2, 7, "written twice"},
      {"failed: x: {\"a\": 1}", 1, 10, "this is text"},
      {"a: b: {}\nc: d\n", 1, 5, NULL},
      {"failed: x: y\n", 1, 10, "this is text"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    input_map map;
    hcsref_error err = {0};
    hcsref_arena_reset(*state);
    assert_false(input_map_read(*state, hcsref_cstr(rows[i].text), NULL, &map, &err));
    if (map.problem.line != rows[i].line || map.problem.column != rows[i].column)
      fail_msg("row %d: %d:%d", (int)i, (int)map.problem.line, (int)map.problem.column);
    if (rows[i].hint == NULL ? map.hint != NULL : map.hint == NULL || strstr(map.hint, rows[i].hint) == NULL)
      fail_msg("row %d: %s", (int)i, map.hint == NULL ? "no hint" : map.hint);
    assert_null(memchr(err.message.data, '0', err.message.len));
  }
}

static void errors_of_others_are_located(void **state) {
  static const hcsref_str text = {"{\"a\":\n1,}", 9}, good = {"{\"a\":\n1}", 8};
  hcsref_error syntax = {.code = "json-syntax"}, type = {.code = "json-type", .where = HCSREF_LIT("/a")};
  hcsref_error whole = {.code = "json-type"};
  input_map map = {0};
  input_place place;
  assert_true(input_locate_error(*state, text, &syntax, &map, &place));
  at(&place, 2, 3, 1);
  assert_non_null(map.hint);
  assert_true(input_locate_error(*state, good, &type, &map, &place));
  at(&place, 2, 1, 1);
  assert_false(input_locate_error(*state, good, &whole, &map, &place));
  assert_false(input_locate_error(*state, good, &syntax, &map, &place));
  assert_false(input_locate_error(*state, HCSREF_LIT("\xFF\xFE{\0\n"), &syntax, &map, &place));
}

/* What is printed, in memory of the caller. */
static void excerpt_of(const input_map *map, const input_place *place, char *out, size_t size) {
  FILE *file = tmpfile();
  size_t length;
  assert_non_null(file);
  input_print_excerpt(file, map, place);
  rewind(file);
  length = fread(out, 1, size - 1, file);
  out[length] = '\0';
  fclose(file);
}

static void refused_memory_is_said(void **state) {
  static const hcsref_str texts[] = {{"{\"a\":[\"\\u0041\",2]}", 18}, {"a: [b, c]\n", 10}, {"{\"a\":}", 6}};
  (void)state;
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
    for (size_t limit = 1; limit < 100000; limit += 512) {
      hcsref_arena arena;
      hcsref_error err = {0};
      input_map map;
      input_place place;
      bool read;
      hcsref_arena_init(&arena, NULL, limit);
      read = input_map_read(&arena, texts[i], NULL, &map, &err);
      if (read)
        assert_true(input_locate(&map, HCSREF_LIT("/a"), false, &place));
      else
        assert_true(strcmp(err.code, "out-of-memory") == 0 || i == 2);
      assert_true(read || map.tree == NULL);
      hcsref_arena_free(&arena);
    }
}

static void lines_are_shown(void **state) {
  char text[700], out[2000];
  input_map map;
  input_place place;
  hcsref_error err = {0};
  assert_true(
      input_map_read(*state, hcsref_cstr("{\r\n\t\"a\xC3\xA9\": \"v\xE2\x80\x8B\",\r\n\"b\":1}"), NULL, &map, &err));
  assert_true(input_locate(&map, HCSREF_LIT("/a\xC3\xA9"), false, &place));
  excerpt_of(&map, &place, out, sizeof out);
  assert_string_equal(out, "     2 |  \"a\xC3\xA9\": \"v\\u200b\",\n       |        ^~~~~~~~~\n");
  snprintf(text, sizeof text, "{\"%0300d\":\"%0300d\"}", 0, 0);
  assert_true(input_map_read(*state, hcsref_cstr(text), NULL, &map, &err));
  place = input_place_at(&map, 305, 302);
  excerpt_of(&map, &place, out, sizeof out);
  assert_true(strlen(out) < 300);
  assert_non_null(strstr(out, "     1 | ...00"));
  assert_non_null(strstr(out, "...\n"));
  place.line = 0;
  excerpt_of(&map, &place, out, sizeof out);
  assert_string_equal(out, "");
}

static void large_texts_are_fast(void **state) {
  enum { LINES = 30000 };
  hcsref_buf json = {.arena = *state}, yaml = {.arena = *state};
  input_map map;
  input_place place;
  hcsref_error err = {0};
  hcsref_buf_append(&json, HCSREF_LIT("[0"));
  for (int i = 0; i < LINES; i++) {
    if (i != 0)
      hcsref_buf_append(&json, HCSREF_LIT(",\n  {\"a\": \"\xC3\xA9\"}"));
    hcsref_buf_append(&yaml, HCSREF_LIT("- {a: \xC3\xA9}\n"));
  }
  hcsref_buf_append_char(&json, ']');
  assert_true(input_map_read(*state, hcsref_buf_str(&json), NULL, &map, &err));
  assert_true(input_locate(&map, HCSREF_LIT("/29999/a"), false, &place));
  at(&place, 30000, 9, 4);
  assert_true(input_map_read(*state, hcsref_buf_str(&yaml), NULL, &map, &err));
  assert_true(input_locate(&map, HCSREF_LIT("/29999/a"), false, &place));
  at(&place, 30000, 7, 2);
}

static int set_up(void **state) {
  static hcsref_arena arena;
  hcsref_arena_init(&arena, NULL, 0);
  *state = &arena;
  return 0;
}

static int tear_down(void **state) {
  hcsref_arena_free(*state);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(values_are_found, set_up, tear_down),
      cmocka_unit_test_setup_teardown(columns_are_those_of_the_author, set_up, tear_down),
      cmocka_unit_test_setup_teardown(of_keys_that_are_there_twice_the_last_counts, set_up, tear_down),
      cmocka_unit_test_setup_teardown(what_is_wrong_is_told, set_up, tear_down),
      cmocka_unit_test_setup_teardown(errors_of_others_are_located, set_up, tear_down),
      cmocka_unit_test(refused_memory_is_said),
      cmocka_unit_test_setup_teardown(lines_are_shown, set_up, tear_down),
      cmocka_unit_test_setup_teardown(large_texts_are_fast, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
