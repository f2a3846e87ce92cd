/* SPDX-License-Identifier: Apache-2.0 */
/* Globs, tag expressions, and commands split into arguments. */
#include "run/cases/glob.h"
#include "run/select/select.h"
#include "run/testee/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static hcsref_arena arena;

static int set_up(void **state) {
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  hcsref_arena_free(&arena);
  return 0;
}

static void matches_globs(void **state) {
  static const struct {
    const char *pattern, *text;
    bool matches;
  } rows[] = {
      {"", "", true},           {"*", "", true},          {"*", "a/b", true},       {"a*", "b", false},
      {"cpu/*", "cpu/x", true}, {"*/x", "cpu/x", true},   {"c?u/x", "cpu/x", true}, {"c?u", "cu", false},
      {"[a-c]x", "bx", true},   {"[!a-c]x", "bx", false}, {"[]]", "]", true},       {"[a", "[a", true},
      {"a*b*c", "aXbYc", true}, {"a*b*c", "aXbY", false}, {"abc", "abcd", false},   {"**", "anything", true},
      {"[a-]", "-", true},      {"*a", "aaaaab", false},
  };
  size_t i;
  char text[4001];
  (void)state;
  for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
    if (kit_glob(hcsref_cstr(rows[i].pattern), hcsref_cstr(rows[i].text)) != rows[i].matches)
      fail_msg("%s and %s", rows[i].pattern, rows[i].text);
  memset(text, 'a', 4000);
  text[4000] = '\0';
  assert_false(kit_glob(HCSREF_LIT("*a*a*a*a*a*a*a*a*a*a*b"), hcsref_cstr(text)));
}

typedef struct mask {
  bool wanted[40];
  size_t asked;
} mask;

static bool is_wanted(void *context, size_t index) {
  mask *m = context;
  m->asked++;
  return m->wanted[index];
}

/* What the index finds is what looking at one glob after the other finds. */
static void finds_the_first_of_many_globs(void **state) {
  static const char *const globs[] = {"cpu/x", "*",  "cpu/*", "c*",    "cpu/x", "mounts/[ab]", "cpu/?", "",
                                      "*/x",   "cp", "cpu/",  "c?u/x", "z",     "mounts/a",    "**",    "mounts/a*"};
  static const char *const texts[] = {"cpu/x", "mounts/a", "mounts/c", "", "c", "cpu", "cpu/", "none/such", "zz"};
  enum { GLOBS = sizeof(globs) / sizeof(globs[0]) };
  hcsref_str list[GLOBS];
  kit_patterns *p;
  size_t i, j, skipped;
  (void)state;
  for (i = 0; i < GLOBS; i++)
    list[i] = hcsref_cstr(globs[i]);
  p = kit_patterns_new(list, GLOBS);
  assert_non_null(p);
  for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
    for (skipped = 0; skipped <= GLOBS; skipped++) {
      mask m = {{false}, 0};
      size_t first = KIT_NO_PATTERN, matching = 0;
      for (j = GLOBS; j > 0; j--) {
        bool matches = kit_glob(list[j - 1], hcsref_cstr(texts[i]));
        m.wanted[j - 1] = j - 1 >= skipped;
        matching += matches;
        first = matches && m.wanted[j - 1] ? j - 1 : first;
      }
      assert_int_equal(kit_patterns_find(p, hcsref_cstr(texts[i]), is_wanted, &m), first);
      if (skipped == GLOBS)
        assert_int_equal(m.asked, matching);
    }
  }
  kit_patterns_free(p);
  p = kit_patterns_new(NULL, 0);
  assert_int_equal(kit_patterns_find(p, HCSREF_LIT("x"), NULL, NULL), KIT_NO_PATTERN);
  kit_patterns_free(p);
}

static void tells_texts_from_globs(void **state) {
  (void)state;
  assert_true(kit_is_literal(HCSREF_LIT("cpu/x-1.0")));
  assert_true(kit_is_literal(HCSREF_LIT("")));
  assert_false(kit_is_literal(HCSREF_LIT("cpu/*")));
  assert_false(kit_is_literal(HCSREF_LIT("a?")));
  assert_false(kit_is_literal(HCSREF_LIT("[a]")));
}

static bool tags_match(const char *expression, const char *tags) {
  kit_tag_expression *e = NULL;
  kit_json *list;
  hcsref_error err;
  if (!kit_tags_parse(&arena, hcsref_cstr(expression), &e, &err))
    fail_msg("%s: %.*s", expression, (int)err.message.len, err.message.data);
  assert_true(kit_json_parse(&arena, hcsref_cstr(tags), &list, &err));
  return kit_tags_match(e, list);
}

static void understands_tag_expressions(void **state) {
  static const char *const bad[] = {"", "a b", "(a", "a)", "a and", "not", "a || ", "!"};
  const char *tags = "[\"cpu\",\"xenon\",\"not-this\"]";
  size_t i;
  (void)state;
  assert_true(tags_match("cpu", tags));
  assert_true(tags_match("c*", tags));
  assert_false(tags_match("cp", tags));
  assert_true(tags_match("not-this", tags));
  assert_false(tags_match("cpu and not xenon", tags));
  assert_true(tags_match("cpu && !memory", tags));
  assert_true(tags_match("memory or cpu and xenon", tags));
  assert_false(tags_match("(memory or cpu) and !(xenon)", tags));
  assert_true(tags_match("memory, cpu", tags));
  assert_true(tags_match("not not cpu", tags));
  assert_false(tags_match("cpu", "[]"));
  for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
    kit_tag_expression *e;
    hcsref_error err;
    if (kit_tags_parse(&arena, hcsref_cstr(bad[i]), &e, &err))
      fail_msg("accepted: %s", bad[i]);
  }
}

static void limits_nested_expressions(void **state) {
  char text[1001];
  kit_tag_expression *e;
  hcsref_error err;
  (void)state;
  memset(text, '!', 1000);
  text[1000] = '\0';
  assert_false(kit_tags_parse(&arena, hcsref_cstr(text), &e, &err));
  memset(text, '(', 1000);
  assert_false(kit_tags_parse(&arena, hcsref_cstr(text), &e, &err));
}

/* The arguments between bars. */
static const char *split(const char *text) {
  static char joined[500];
  kit_command command;
  hcsref_error err;
  size_t i;
  if (!kit_command_split(&arena, hcsref_cstr(text), &command, &err))
    return "error";
  joined[0] = '\0';
  for (i = 0; i < command.count; i++) {
    strcat(joined, i == 0 ? "" : "|");
    strcat(joined, command.arguments[i]);
  }
  assert_null(command.arguments[command.count]);
  return joined;
}

static void splits_commands(void **state) {
  (void)state;
  assert_string_equal(split("a b"), "a|b");
  assert_string_equal(split("  a\t'b c'  \"d\\\"e\\x\" "), "a|b c|d\"e\\x");
  assert_string_equal(split("a'b'\"c\"d ''"), "abcd|");
  assert_string_equal(split("$HOME * ; | > x"), "$HOME|*|;|||>|x");
#ifdef _WIN32
  assert_string_equal(split("C:\\a\\b.exe c"), "C:\\a\\b.exe|c");
#else
  assert_string_equal(split("a\\ b c\\\\"), "a b|c\\");
#endif
  assert_string_equal(split(""), "error");
  assert_string_equal(split(" \t"), "error");
  assert_string_equal(split("a 'b"), "error");
  assert_string_equal(split("a \"b"), "error");
}

static void quotes_so_that_it_reads_back(void **state) {
  static const char *const words[] = {"plain", "", "two words", "it's", "a\"b", "$x", "tab\there"};
  size_t i;
  (void)state;
  for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
    hcsref_buf buf = {&arena, NULL, 0, 0, false};
    kit_command command;
    hcsref_error err;
    kit_append_argument(&buf, hcsref_cstr(words[i]));
    assert_true(kit_command_split(&arena, hcsref_buf_str(&buf), &command, &err));
    assert_int_equal(command.count, 1);
    assert_string_equal(command.arguments[0], words[i]);
  }
}

static void fills_placeholders(void **state) {
  kit_command command, filled;
  hcsref_error err;
  (void)state;
  assert_true(kit_command_split(&arena, HCSREF_LIT("x --{op} {op}{op} {other} {op {{op}"), &command, &err));
  assert_true(kit_command_fill(&arena, &command, HCSREF_LIT("op"), HCSREF_LIT("go"), &filled, &err));
  assert_string_equal(filled.arguments[1], "--go");
  assert_string_equal(filled.arguments[2], "gogo");
  assert_string_equal(filled.arguments[3], "{other}");
  assert_string_equal(filled.arguments[4], "{op");
  assert_string_equal(filled.arguments[5], "{go");
}

/* Asked again, in any order, each list of ranges gets the answer that it got without memory. */
static void remembers_ranges(void **state) {
  static const char *const lists[] = {"[\"baseline\"]", "[\"hcsshim >=0.9.0\"]", "[\"hcsshim <0.9.0\"]",
                                      "[\"hcsshim >=0.13.0\",\"hcsshim <0.9.0\"]", "[]"};
  static const char *const ops[] = {"oci-to-hcs", "cri-to-oci", "clean-path"};
  hcsref_error err;
  const hcsref_profile *profile = hcsref_profile_find(&arena, HCSREF_LIT("containerd-2.1.9"), &err);
  kit_remembered *remembered = hcsref_arena_alloc(&arena, sizeof(*remembered));
  size_t n, holding = 0;
  (void)state;
  assert_non_null(profile);
  assert_non_null(remembered);
  for (n = 0; n < 200; n++) {
    kit_case c = {.op = hcsref_cstr(ops[n * 7 % 3])};
    kit_json *tree = NULL;
    assert_true(kit_json_parse(&arena, hcsref_cstr(lists[n * 3 % 5]), &tree, &err));
    c.profiles = tree;
    assert_int_equal(kit_remembered_in_profile(remembered, &c, profile), kit_case_in_profile(&c, profile));
    holding += kit_case_in_profile(&c, profile);
  }
  assert_in_range(holding, 1, 199);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(matches_globs),
      cmocka_unit_test(finds_the_first_of_many_globs),
      cmocka_unit_test(tells_texts_from_globs),
      cmocka_unit_test(understands_tag_expressions),
      cmocka_unit_test(limits_nested_expressions),
      cmocka_unit_test(splits_commands),
      cmocka_unit_test(quotes_so_that_it_reads_back),
      cmocka_unit_test(fills_placeholders),
      cmocka_unit_test(remembers_ranges),
  };
  return cmocka_run_group_tests_name("select", tests, set_up, tear_down);
}
