/* SPDX-License-Identifier: Apache-2.0 */
/* Making a text smaller: it ends at the smallest that still shows what is looked for, every candidate is JSON and no
 * longer than what it was made from, and the same answers give the same steps. */
#include "compare/tree.h"
#include "fuzz/shrink.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define MOST_STEPS 5000

typedef bool (*is_wanted)(hcsref_str text);

static bool holds(hcsref_str text, const char *word) {
  size_t length = strlen(word), i;
  for (i = 0; i + length <= text.len; i++)
    if (memcmp(text.data + i, word, length) == 0)
      return true;
  return false;
}

static bool is_json(hcsref_str text) {
  hcsref_arena arena;
  kit_json *tree;
  bool ok;
  hcsref_arena_init(&arena, NULL, 0);
  ok = kit_json_parse(&arena, text, &tree, NULL);
  hcsref_arena_free(&arena);
  return ok;
}

/* Shrinks as long as `wanted` holds; the result is what `expected` says. */
static void shrinks(const char *text, is_wanted wanted, const char *expected) {
  kit_shrink *shrink = kit_shrink_new(hcsref_cstr(text));
  hcsref_str candidate, last;
  size_t steps = 0;
  assert_non_null(shrink);
  while (kit_shrink_next(shrink, &candidate)) {
    assert_true(++steps < MOST_STEPS);
    assert_true(is_json(candidate));
    assert_true(candidate.len <= kit_shrink_text(shrink).len);
    kit_shrink_answer(shrink, wanted(candidate));
  }
  last = kit_shrink_text(shrink);
  if (last.len != strlen(expected))
    print_error("%.*s\n", (int)last.len, last.data);
  assert_int_equal(last.len, strlen(expected));
  assert_memory_equal(last.data, expected, last.len);
  kit_shrink_free(shrink);
}

static bool anything(hcsref_str text) {
  (void)text;
  return true;
}

static bool nothing(hcsref_str text) {
  (void)text;
  return false;
}

static bool has_needle(hcsref_str text) {
  return holds(text, "needle");
}

static bool has_two_dots(hcsref_str text) {
  return holds(text, "..");
}

static bool has_seven(hcsref_str text) {
  return holds(text, "7");
}

static bool has_minus(hcsref_str text) {
  return holds(text, "-");
}

static bool has_escape(hcsref_str text) {
  return holds(text, "\\u0041");
}

static bool has_sign(hcsref_str text) {
  return holds(text, "\xe2\x82\xac");
}

static void finds_the_smallest(void **state) {
  (void)state;
  shrinks("{\"a\":[1,{\"b\":2}],\"c\":null}", anything, "{}");
  shrinks("{\"a\":[1,{\"b\":2}],\"c\":null}", nothing, "{\"a\":[1,{\"b\":2}],\"c\":null}");
  shrinks("{ \"a\" : [ 1 , {\"x\" : [ \"hay needle hay\" ] } , 3 ] , \"c\" : true }", has_needle,
          "{ \"a\" : [  {\"x\" : [ \"needle\" ] } ] }");
  shrinks("{\"needle\":{\"a\":1}}", has_needle, "{\"needle\":{}}");
  shrinks("[\"C:\\\\x\\\\..\\\\y\",\"..\",\"....\"]", has_two_dots, "[\"..\"]");
  shrinks("[10,1700,\"\"]", has_seven, "[17]");
  shrinks("[-250,1]", has_minus, "[-2]");
  shrinks("[9,1.5e3]", anything, "[]");
}

static void keeps_characters_whole(void **state) {
  (void)state;
  shrinks("[\"abc\\u0041\\\\\\\"def\"]", has_escape, "[\"\\u0041\"]");
  shrinks("[\"x\xe2\x82\xac\xe2\x82\xacy\xc3\xa9\"]", has_sign, "[\"\xe2\x82\xac\"]");
}

static void leaves_alone_what_is_no_json(void **state) {
  static const char *const texts[] = {"", "{", "[1", "\"", "x y"};
  size_t i;
  (void)state;
  for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
    kit_shrink *shrink = kit_shrink_new(hcsref_cstr(texts[i]));
    hcsref_str candidate;
    assert_non_null(shrink);
    if (i < 4)
      assert_false(kit_shrink_next(shrink, &candidate));
    assert_int_equal(kit_shrink_text(shrink).len, strlen(texts[i]));
    kit_shrink_free(shrink);
  }
}

/* Whatever is kept: two that get the same answers go the same way. */
static void is_repeatable(void **state) {
  static const char text[] = "{\"a\":[1,22,333],\"b\":{\"c\":\"words and words\",\"d\":[[],{}]},\"e\":-0.5}";
  unsigned pattern;
  (void)state;
  for (pattern = 0; pattern < 64; pattern++) {
    kit_shrink *a = kit_shrink_new(hcsref_cstr(text)), *b = kit_shrink_new(hcsref_cstr(text));
    hcsref_str x, y;
    size_t step = 0;
    assert_non_null(a);
    assert_non_null(b);
    while (kit_shrink_next(a, &x)) {
      bool kept = (pattern >> step % 6 & 1) != 0;
      assert_true(kit_shrink_next(b, &y));
      assert_int_equal(x.len, y.len);
      assert_memory_equal(x.data, y.data, x.len);
      assert_true(is_json(x));
      kit_shrink_answer(a, kept);
      kit_shrink_answer(b, kept);
      assert_true(++step < MOST_STEPS);
    }
    assert_false(kit_shrink_next(b, &y));
    kit_shrink_free(a);
    kit_shrink_free(b);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(finds_the_smallest),
      cmocka_unit_test(keeps_characters_whole),
      cmocka_unit_test(leaves_alone_what_is_no_json),
      cmocka_unit_test(is_repeatable),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
