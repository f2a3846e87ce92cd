/* SPDX-License-Identifier: Apache-2.0 */
/* Strings of every length around the steps in which they are read, with everything that ends a step in every place. */
#include "compare/text.h"
#include "compare/tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define LONGEST 40

/* What stands in a text, and what it means there; null: the text is no JSON. */
static const struct {
  const char *spelt, *meant;
  bool bad_utf8;
} marks[] = {
    {"\\n", "\n", false},
    {"\\\\", "\\", false},
    {"\\\"", "\"", false},
    {"\\/", "/", false},
    {"\\u00e9", "\xC3\xA9", false},
    {"\\ud83d\\ude00", "\xF0\x9F\x98\x80", false},
    {"\xC3\xA9", "\xC3\xA9", false},
    {"\xFF", "\xFF", true},
    {"\x7F", "\x7F", false},
    {"\\x", NULL, false},
    {"\\u12g", NULL, false},
    {"\x1F", NULL, false},
    {"\n", NULL, false},
    {"\\\x80", NULL, false},
};

static void fill(char *at, size_t count) {
  for (size_t i = 0; i < count; i++)
    at[i] = (char)('a' + i % 26);
}

/* `before` letters, the mark, `after` letters; in memory of its own that ends with the text. */
static void try_string(size_t before, size_t mark, size_t after) {
  size_t length = strlen(marks[mark].spelt), total = before + length + after + 2;
  char *text = malloc(total), expected[2 * LONGEST + 8];
  hcsref_arena arena;
  kit_json *tree = NULL;
  bool ok;
  assert_non_null(text);
  hcsref_arena_init(&arena, NULL, 0);
  text[0] = text[total - 1] = '"';
  fill(text + 1, before);
  memcpy(text + 1 + before, marks[mark].spelt, length);
  fill(text + 1 + before + length, after);
  ok = kit_json_parse(&arena, hcsref_str_from(text, total), &tree, NULL);
  if (marks[mark].meant == NULL) {
    assert_false(ok);
  } else {
    assert_true(ok);
    length = strlen(marks[mark].meant);
    fill(expected, before);
    memcpy(expected + before, marks[mark].meant, length);
    fill(expected + before + length, after);
    assert_int_equal(tree->text.len, before + length + after);
    assert_memory_equal(tree->text.data, expected, tree->text.len);
    assert_int_equal(tree->bad_utf8, marks[mark].bad_utf8);
    assert_int_equal(tree->raw.len, total);
  }
  hcsref_arena_free(&arena);
  free(text);
}

static void marks_are_seen_everywhere(void **state) {
  (void)state;
  for (size_t mark = 0; mark < sizeof(marks) / sizeof(marks[0]); mark++)
    for (size_t before = 0; before <= LONGEST; before++)
      for (size_t after = 0; after <= LONGEST; after += after < 3 ? 1 : 7)
        try_string(before, mark, after);
}

static void an_open_string_ends_with_the_text(void **state) {
  (void)state;
  for (size_t length = 0; length <= LONGEST; length++) {
    char *text = malloc(length + 1);
    hcsref_arena arena;
    kit_json *tree;
    assert_non_null(text);
    hcsref_arena_init(&arena, NULL, 0);
    text[0] = '"';
    fill(text + 1, length);
    assert_false(kit_json_parse(&arena, hcsref_str_from(text, length + 1), &tree, NULL));
    hcsref_arena_free(&arena);
    free(text);
  }
}

static void space_goes_only_between_tokens(void **state) {
  static const struct {
    const char *text, *compact;
  } rows[] = {
      {"", ""},
      {" \t\r\n", ""},
      {"  [ 1 , \"a  b\" ,\t{ \"k\\\" \" : null } ] ", "[1,\"a  b\",{\"k\\\" \":null}]"},
      {"\"no end \\", "\"no end \\"},
      {"\"fifteen letters\\\\\" : \"sixteen  letters\\\" \"", "\"fifteen letters\\\\\":\"sixteen  letters\\\" \""},
  };
  (void)state;
  for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
    hcsref_arena arena;
    hcsref_buf buf = {&arena, NULL, 0, 0, false};
    hcsref_arena_init(&arena, NULL, 0);
    kit_json_append_compact(&buf, hcsref_cstr(rows[i].text));
    assert_false(buf.failed);
    assert_true(hcsref_str_equal(hcsref_buf_str(&buf), hcsref_cstr(rows[i].compact)));
    hcsref_arena_free(&arena);
  }
}

/* Names that begin alike and are of one length, the empty one, and members that are taken for others at first sight. */
static void members_are_found_by_their_names(void **state) {
  hcsref_arena arena;
  kit_json *tree = NULL;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  assert_true(
      kit_json_parse(&arena, HCSREF_LIT("{\"ab\":1,\"ac\":2,\"ab\":3,\"\":4,\"h\":5,\"\\u0061d\":6}"), &tree, NULL));
  assert_ptr_equal(kit_json_get(tree, "ab"), tree->first);
  assert_ptr_equal(kit_json_get(tree, "ac"), tree->first->next);
  assert_ptr_equal(kit_json_get(tree, ""), tree->first->next->next->next);
  assert_ptr_equal(kit_json_get(tree, "ad"), tree->last);
  assert_null(kit_json_get(tree, "ae"));
  assert_null(kit_json_get(tree, "a"));
  assert_null(kit_json_get(tree->first, "ab"));
  assert_null(kit_json_get(NULL, "ab"));
  hcsref_arena_free(&arena);
}

/* A text that is said to be canonical is what is written of it; one with any of what canonical texts lack is not. */
static void canonical_texts_are_told_from_others(void **state) {
  static const struct {
    const char *text;
    bool canonical;
  } rows[] = {
      {"{}", true},
      {"[1,-0.50e+7,true,null,\"\"]", true},
      {"{\"C:\\\\\":{\"\\\"\":[\"\\n\\r\\t\"]}}", true},
      {" {\"a\":[1]}\n", true},
      {"[1, 2]", false},
      {"[[[1\t]]]", false},
      {"[ ]", false},
      {"{\"a\" :1}", false},
      {"{\"a\":{\"b\":\"\\/\"}}", false},
      {"{\"\\u0061\":1}", false},
      {"\"\\b\"", false},
      {"[\"\xC3\xA9\"]", false},
      {"[\"\xFF\"]", false},
      {"[\"<\"]", false},
      {"{\">\":0}", false},
      {"\"&\"", false},
  };
  (void)state;
  for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
    hcsref_arena arena;
    hcsref_buf buf = {&arena, NULL, 0, 0, false};
    kit_json *tree = NULL;
    hcsref_arena_init(&arena, NULL, 0);
    assert_true(kit_json_parse(&arena, hcsref_cstr(rows[i].text), &tree, NULL));
    assert_int_equal(kit_json_is_canonical(tree), rows[i].canonical);
    kit_json_append_canonical(&buf, tree);
    assert_false(buf.failed);
    if (rows[i].canonical)
      assert_true(hcsref_str_equal(hcsref_buf_str(&buf), tree->raw));
    hcsref_arena_free(&arena);
  }
}

/* What stands before a value, or behind it, says nothing of it. */
static void spelling_is_told_of_each_value(void **state) {
  hcsref_arena arena;
  kit_json *tree = NULL;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  assert_true(kit_json_parse(&arena, HCSREF_LIT("{ \"\\u0061\" : [1] ,\"b\":[\"x\",2] ,\"c\":[ 3]}"), &tree, NULL));
  assert_true(tree->spaced && tree->odd);
  assert_false(tree->first->spaced || tree->first->odd);
  assert_false(tree->first->next->spaced || tree->first->next->odd);
  assert_true(tree->last->spaced);
  assert_false(tree->last->odd);
  hcsref_arena_free(&arena);
}

/* Only the member of that name, at the top, with that very text. */
static void what_is_known_is_not_looked_into(void **state) {
  static const struct {
    const char *text, *known;
    bool stepped_over;
  } rows[] = {
      {"{\"id\":1,\"ok\":[2]}", "[2]", true},
      {"{\"ok\":[2],\"id\":1}", "[2]", true},
      {"{\"ok\":[2] }", "[2]", false},
      {"{\"ok\":[2,3]}", "[2]", false},
      {"{\"ok\":[ 2]}", "[2]", false},
      {"{\"no\":[2]}", "[2]", false},
      {"{\"ok\":[2]}", "", false},
      {"{\"no\":{\"ok\":[2]}}", "[2]", false},
      {"{\"ok\":{\"a\":{}}}", "{\"a\":{}}", true},
  };
  (void)state;
  for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
    const kit_json_known known = {HCSREF_LIT("ok"), hcsref_cstr(rows[i].known)};
    hcsref_arena arena;
    kit_json *tree = NULL;
    const kit_json *ok;
    hcsref_arena_init(&arena, NULL, 0);
    assert_true(kit_json_parse_known(&arena, hcsref_cstr(rows[i].text), known, &tree, NULL));
    ok = kit_json_get(tree, "ok");
    assert_int_equal(ok != NULL && ok->first == NULL, rows[i].stepped_over);
    if (rows[i].stepped_over)
      assert_true(hcsref_str_equal(ok->raw, known.value));
    hcsref_arena_free(&arena);
  }
}

/* Whatever its kind; a number is not known by how it begins. */
static void a_known_scalar_has_its_kind(void **state) {
  static const struct {
    const char *text, *known;
    kit_json_kind kind;
  } rows[] = {
      {"{\"ok\":\"a\"}", "\"a\"", KIT_JSON_STRING}, {"{\"ok\":true}", "true", KIT_JSON_BOOL},
      {"{\"ok\":false}", "false", KIT_JSON_BOOL},   {"{\"ok\":null,\"id\":1}", "null", KIT_JSON_NULL},
      {"{\"ok\":12}", "12", KIT_JSON_NUMBER},       {"{\"ok\":12}", "1", KIT_JSON_NUMBER},
      {"{\"ok\":-1}", "-1", KIT_JSON_NUMBER},
  };
  (void)state;
  for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
    const kit_json_known known = {HCSREF_LIT("ok"), hcsref_cstr(rows[i].known)};
    hcsref_arena arena;
    kit_json *tree = NULL;
    hcsref_arena_init(&arena, NULL, 0);
    assert_true(kit_json_parse_known(&arena, hcsref_cstr(rows[i].text), known, &tree, NULL));
    assert_int_equal(kit_json_get(tree, "ok")->kind, rows[i].kind);
    hcsref_arena_free(&arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(marks_are_seen_everywhere),
                                     cmocka_unit_test(an_open_string_ends_with_the_text),
                                     cmocka_unit_test(space_goes_only_between_tokens),
                                     cmocka_unit_test(members_are_found_by_their_names),
                                     cmocka_unit_test(canonical_texts_are_told_from_others),
                                     cmocka_unit_test(spelling_is_told_of_each_value),
                                     cmocka_unit_test(what_is_known_is_not_looked_into),
                                     cmocka_unit_test(a_known_scalar_has_its_kind)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
