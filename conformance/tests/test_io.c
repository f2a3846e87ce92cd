/* SPDX-License-Identifier: Apache-2.0 */
/* Indentation and lines in small pieces. */
#include "io/indent.h"
#include "io/lines.h"
#include "io/utf8.h"
#include "platform/platform.h"
#include "run/console.h"
#include "translate/default_host.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void text_is_indented(void **state) {
  static const struct {
    const char *json, *pretty;
  } rows[] = {
      {"", ""},
      {"1.00", "1.00"},
      {"\"a,{}[]:\\\"\"", "\"a,{}[]:\\\"\""},
      {"{}", "{}"},
      {"[]", "[]"},
      {"[{},[]]", "[\n  {},\n  []\n]"},
      {"{\"a\":1,\"b\":[true,null]}", "{\n  \"a\": 1,\n  \"b\": [\n    true,\n    null\n  ]\n}"},
      {"{\"a\\\\\":{\"b\":-0}}", "{\n  \"a\\\\\": {\n    \"b\": -0\n  }\n}"},
  };
  hcsref_arena arena;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
    hcsref_buf out = {.arena = &arena};
    indent_json(&out, hcsref_cstr(rows[i].json));
    assert_false(out.failed);
    assert_int_equal(out.len, strlen(rows[i].pretty));
    assert_memory_equal(out.len > 0 ? out.data : "", rows[i].pretty, out.len);
  }
  hcsref_arena_free(&arena);
}

/* Feeds a reader from a file that holds `text`. */
static FILE *file_of(const char *text) {
  FILE *file = platform_temporary();
  assert_non_null(file);
  fwrite(text, 1, strlen(text), file);
  rewind(file);
  return file;
}

/* The lines of `text` are `expected`, ended by null; a ! stands for one that is too long. */
static void expect_lines(const char *text, size_t limit, const char *const *expected) {
  FILE *file = file_of(text);
  line_reader reader;
  bool memory;
  line_reader_init(&reader, fileno(file), limit);
  for (;;) {
    char *line;
    size_t length;
    const char *want;
    line_result kind = line_reader_next(&reader, &line, &length);
    if (kind == LINE_NEEDED) {
      assert_true(line_reader_fill(&reader, &memory));
      continue;
    }
    if (kind == LINE_END)
      break;
    want = *expected != NULL ? *expected++ : "(no more lines)";
    assert_int_equal(kind, *want == '!' ? LINE_TOO_LONG : LINE_READY);
    want += *want == '!';
    assert_int_equal(length, strlen(want));
    assert_memory_equal(line, want, length);
  }
  assert_null(*expected);
  line_reader_free(&reader);
  fclose(file);
}

static void lines_end_at_newlines(void **state) {
  (void)state;
  expect_lines("", 10, (const char *const[]){NULL});
  expect_lines("\n", 10, (const char *const[]){"", NULL});
  expect_lines("a\nbc\r\n\nd", 10, (const char *const[]){"a", "bc", "", "d", NULL});
}

static void long_lines_are_skipped(void **state) {
  (void)state;
  expect_lines("abc\nabcd\nabc", 3, (const char *const[]){"abc", "!abcd", "abc", NULL});
  expect_lines("abcdef\na", 3, (const char *const[]){"!abcdef", "a", NULL});
  expect_lines("abcdef", 3, (const char *const[]){"!abcdef", NULL});
}

static void a_line_longer_than_the_room_is_read(void **state) {
  size_t size = 300000;
  char *text = malloc(size + 8);
  char *line = malloc(size + 1);
  (void)state;
  assert_non_null(text);
  assert_non_null(line);
  memset(line, 'x', size);
  line[size] = '\0';
  snprintf(text, size + 8, "a\n%s\nb", line);
  expect_lines(text, size, (const char *const[]){"a", line, "b", NULL});
  memmove(line + 1, line, LINE_BEGINNING);
  line[0] = '!';
  line[LINE_BEGINNING + 1] = '\0';
  expect_lines(text, size - 1, (const char *const[]){"a", line, "b", NULL});
  expect_lines(text, 1000, (const char *const[]){"a", line, "b", NULL});
  free(text);
  free(line);
}

static void characters_have_a_length(void **state) {
  static const struct {
    const char *text;
    size_t length, printable;
  } rows[] = {
      {"a", 1, 1},
      {"\x1b[31m", 1, 0},
      {"\x7f", 1, 0},
      {"\xc3\xa9", 2, 2},
      {"\xc2\x9b[31m", 2, 0}, /* CSI as a C1 control */
      {"\xc2\xa0", 2, 2},
      {"\xe2\x82\xac", 3, 3},
      {"\xf0\x9f\x98\x80", 4, 4},
      {"\xf4\x8f\xbf\xbf", 4, 4},
      {"\x80", 0, 0},
      {"\x9b[31m", 0, 0},
      {"\xc0\x80", 0, 0},         /* overlong */
      {"\xe0\x9f\xbf", 0, 0},     /* overlong */
      {"\xf0\x8f\xbf\xbf", 0, 0}, /* overlong */
      {"\xed\xa0\x80", 0, 0},     /* a surrogate */
      {"\xf4\x90\x80\x80", 0, 0}, /* past U+10FFFF */
      {"\xf5\x80\x80\x80", 0, 0},
      {"\xe2\x82", 0, 0},
      {"\xe2\x82x", 0, 0},
  };
  (void)state;
  for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
    assert_int_equal(utf8_length(hcsref_cstr(rows[i].text)), rows[i].length);
    assert_int_equal(utf8_printable(hcsref_cstr(rows[i].text)), rows[i].printable);
  }
}

static void a_cut_leaves_no_half_character(void **state) {
  static const struct {
    const char *text;
    size_t width, left;
  } rows[] = {
      {"abc", 3, 3},
      {"abc", 2, 2},
      {"a\xe2\x82\xac", 3, 1},
      {"a\xe2\x82\xac", 4, 4},
      {"\xf0\x9f\x98\x80", 3, 0},
      {"a\x80\x80\x80\x80\x80\x80", 5, 5},
      {"\x80\x80\x80", 2, 2},
      {"\x80\x80\x80", 0, 0},
  };
  (void)state;
  for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
    assert_int_equal(utf8_first(hcsref_cstr(rows[i].text), rows[i].width).len, rows[i].left);
}

static void a_terminal_obeys_no_text(void **state) {
  char printed[200] = "";
  FILE *file = platform_temporary();
  (void)state;
  assert_non_null(file);
  kit_print_text(file, HCSREF_LIT("\x1b[1m \xc2\x9b\x31m \x9b\x31m \xff\0 \xc3\xa9 \xe2\x82\xac"), 22);
  rewind(file);
  assert_non_null(fgets(printed, sizeof(printed), file));
  fclose(file);
  assert_string_equal(printed, "\\x1b[1m \\u009b1m \\x9b1m \\xff\\x00 \xc3\xa9 ... (3 more bytes)");
}

static void what_nobody_sees_is_shown(void **state) {
  static const struct {
    const char *text, *shown;
  } rows[] = {
      {"a\xe2\x80\xae"
       "b",
       "a\\u202eb"},                                  /* right-to-left override */
      {"\xe2\x81\xa6\xe2\x80\x8b", "\\u2066\\u200b"}, /* isolate, zero width space */
      {"\xd8\x9c\xef\xbb\xbf", "\\u061c\\ufeff"},     /* Arabic letter mark, byte-order mark */
      {"\xc2\xad\xe2\x80\xa8", "\\u00ad\\u2028"},     /* soft hyphen, line separator */
      {"\xf3\xa0\x81\x81", "\\U000e0041"},            /* tag */
      {"\xef\xb8\x8f", "\\ufe0f"},                    /* variation selector */
      {"\x7f\t\n", "\\x7f\\x09\\x0a"},
      {"\xe2\x80\x90\xe3\x80\x80\xf0\x9f\x98\x80", "\xe2\x80\x90\xe3\x80\x80\xf0\x9f\x98\x80"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
    char printed[100] = "";
    FILE *file = platform_temporary();
    assert_non_null(file);
    kit_print_text(file, hcsref_cstr(rows[i].text), SIZE_MAX);
    rewind(file);
    assert_int_equal(fread(printed, 1, sizeof(printed), file), strlen(rows[i].shown));
    fclose(file);
    assert_memory_equal(printed, rows[i].shown, strlen(rows[i].shown));
  }
}

static void messages_clean_what_is_foreign(void **state) {
  char printed[200] = "";
  FILE *file = platform_temporary();
  (void)state;
  assert_non_null(file);
  kit_print(file, "%s|%.3s|%.*s|%v|%S|%d|%llu|100%%\n", "\x1b", "abcd", 2, "xyz", HCSREF_LIT("\n"), "\t", -1, 7ull);
  rewind(file);
  assert_non_null(fgets(printed, sizeof(printed), file));
  fclose(file);
  assert_string_equal(printed, "\\x1b|abc|xy|\\x0a|\t|-1|7|100%\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(text_is_indented),
      cmocka_unit_test(lines_end_at_newlines),
      cmocka_unit_test(long_lines_are_skipped),
      cmocka_unit_test(a_line_longer_than_the_room_is_read),
      cmocka_unit_test(characters_have_a_length),
      cmocka_unit_test(a_cut_leaves_no_half_character),
      cmocka_unit_test(a_terminal_obeys_no_text),
      cmocka_unit_test(what_nobody_sees_is_shown),
      cmocka_unit_test(messages_clean_what_is_foreign),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
