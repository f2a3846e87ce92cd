/* SPDX-License-Identifier: Apache-2.0 */
/* Windows command lines from arguments. */
#include "base/command_line.h"

#include "hcsref/live.h"
#include "support.h"

static const struct {
  const char *argument, *escaped;
} arguments[] = {
    {"", "\"\""},
    {"cmd", "cmd"},
    {"a b", "\"a b\""},
    {"a\tb", "\"a\tb\""},
    {"a\nb", "a\nb"},
    {"a\xC2\xA0"
     "b",
     "a\xC2\xA0"
     "b"},
    {"say \"hi\"", "\"say \\\"hi\\\"\""},
    {"\"", "\\\""},
    {"\\\"", "\\\\\\\""},
    {"C:\\dir\\", "C:\\dir\\"},
    {"C:\\my dir\\", "\"C:\\my dir\\\\\""},
    {"a\\\\b c", "\"a\\\\b c\""},
};

static void arguments_are_escaped_alone(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(arguments); i++) {
    hcsref_arena arena;
    hcsref_buf buf = {.arena = &arena};
    hcsref_arena_init(&arena, NULL, 0);
    hcsref_append_argument(&buf, hcsref_cstr(arguments[i].argument));
    assert_text(hcsref_buf_str(&buf), arguments[i].escaped);
    hcsref_arena_free(&arena);
  }
}

static void arguments_are_joined_by_spaces(void **state) {
  hcsref_arena arena;
  hcsref_str words[] = {HCSREF_LIT("cmd"), HCSREF_LIT(""), HCSREF_LIT("a b")};
  hcsref_str line;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  assert_true(hcsref_command_line(&arena, words, COUNT_OF(words), &line));
  assert_text(line, "cmd \"\" \"a b\"");
  assert_true(hcsref_command_line(&arena, NULL, 0, &line));
  assert_text(line, "");
  hcsref_arena_free(&arena);
}

static void want_of_memory_is_told(void **state) {
  counting_allocator allocator;
  hcsref_arena arena;
  hcsref_str word = HCSREF_LIT("word"), line;
  (void)state;
  counting_arena(&arena, &allocator, 0);
  assert_false(hcsref_command_line(&arena, &word, 1, &line));
  hcsref_arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(arguments_are_escaped_alone),
      cmocka_unit_test(arguments_are_joined_by_spaces),
      cmocka_unit_test(want_of_memory_is_told),
  };
  return cmocka_run_group_tests_name("command line", tests, NULL, NULL);
}
