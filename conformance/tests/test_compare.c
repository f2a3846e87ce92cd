/* SPDX-License-Identifier: Apache-2.0 */
/* Exact trees, numbers by value, the three tiers, each kind of difference. */
#include "compare/compare.h"
#include "compare/number.h"
#include "compare/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
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

static kit_json *parse(const char *text) {
  kit_json *tree = NULL;
  hcsref_error err;
  if (!kit_json_parse(&arena, hcsref_cstr(text), &tree, &err))
    fail_msg("%s: %.*s", text, (int)err.message.len, err.message.data);
  return tree;
}

/* Compares as the payload of `op` and writes the differences as "kind pointer; kind pointer". */
static const char *compare_as(const char *op, kit_tier tier, const char *expected, const char *actual) {
  static char text[2000];
  kit_differences found;
  const kit_difference *d;
  const kit_json *e = parse(expected);
  hcsref_error err;
  bool ok = tier == KIT_BYTES
                ? kit_compare_texts(&arena, hcsref_cstr(expected), hcsref_cstr(actual), &found, &err)
                : kit_compare(&arena, tier, kit_payload_shape(hcsref_cstr(op), e), e, parse(actual), &found, &err);
  assert_true(ok);
  text[0] = '\0';
  for (d = found.first; d != NULL; d = d->next) {
    size_t used = strlen(text);
    snprintf(text + used, sizeof(text) - used, "%s%s %.*s", used == 0 ? "" : "; ", kit_difference_name(d->kind),
             (int)d->pointer.len, d->pointer.data == NULL ? "" : d->pointer.data);
  }
  return text;
}

static const char *semantic(const char *expected, const char *actual) {
  return compare_as("", KIT_SEMANTIC, expected, actual);
}

static const char *bytes(const char *expected, const char *actual) {
  return compare_as("", KIT_BYTES, expected, actual);
}

static void reads_what_json_is(void **state) {
  static const char *const good[] = {"null",
                                     " true ",
                                     "-0",
                                     "0.5e+10",
                                     "\"\\u00e9\\\\\"",
                                     "[]",
                                     "{}",
                                     "[1,[2,{\"a\":[]}]]",
                                     "{\"a\":1,\"a\":2}",
                                     "\"\\ud800\"",
                                     "18446744073709551616"};
  static const char *const bad[] = {"",     "nul",     "01",       "1.",    "-",     "\"",  "\"\\x\"", "\"\\u12g4\"",
                                    "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "[1 2]", "1 2", "\"\n\"",  "]",
                                    "{]",   "+1",      ".5"};
  size_t i;
  kit_json *tree;
  (void)state;
  for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
    parse(good[i]);
  for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
    hcsref_error err;
    if (kit_json_parse(&arena, hcsref_cstr(bad[i]), &tree, &err))
      fail_msg("accepted: %s", bad[i]);
    assert_string_equal(err.code, "json-syntax");
  }
}

static void keeps_what_was_written(void **state) {
  const kit_json *tree = parse("{\"n\": 1.0e2, \"s\": \"\\u0041\\ud83d\\ude00\", \"k\\u0000\": \"\xff\"}");
  const kit_json *n = kit_json_get(tree, "n"), *s = kit_json_get(tree, "s"), *k = s->next;
  (void)state;
  assert_memory_equal(n->raw.data, "1.0e2", 5);
  assert_int_equal(s->raw.len, 20);
  assert_true(hcsref_str_equal(s->text, HCSREF_LIT("A\xF0\x9F\x98\x80")));
  assert_int_equal(k->key.len, 2);
  assert_true(tree->bad_utf8);
  assert_false(parse("\"\xC3\xA9\"")->bad_utf8);
  assert_true(parse("\"\xC0\x80\"")->bad_utf8);
  assert_true(parse("\"\xED\xA0\x80\"")->bad_utf8);
}

static void limits_depth(void **state) {
  size_t depth = KIT_JSON_MAX_DEPTH + 1;
  char *text = malloc(2 * depth + 1);
  kit_json *tree, *other;
  kit_differences found;
  const kit_shape unknown = {NULL, false, NULL};
  hcsref_error err;
  (void)state;
  assert_non_null(text);
  memset(text, '[', depth);
  memset(text + depth, ']', depth);
  assert_false(kit_json_parse(&arena, hcsref_str_from(text, 2 * depth), &tree, &err));
  assert_string_equal(err.code, "json-depth");
  assert_true(kit_json_parse(&arena, hcsref_str_from(text + 1, 2 * depth - 2), &tree, &err));
  /* The walks go as deep, and stay quick when they differ only at the bottom. */
  text[depth] = '1';
  assert_true(kit_json_parse(&arena, hcsref_str_from(text + 2, 2 * depth - 3), &other, &err));
  assert_true(kit_compare(&arena, KIT_SEMANTIC, unknown, tree->first, other, &found, &err));
  assert_int_equal(found.count, 1);
  free(text);
}

static void compares_numbers_by_value(void **state) {
  static const struct {
    const char *a, *b;
    bool same;
  } rows[] = {
      {"1", "1.0", true},
      {"1", "10e-1", true},
      {"100", "1E2", true},
      {"0", "-0", true},
      {"0", "0e99", true},
      {"0.10", "1e-1", true},
      {"1e400", "10e399", true},
      {"18446744073709551615", "1.8446744073709551615e19", true},
      {"18446744073709551615", "18446744073709551614", false},
      {"18446744073709551615", "1.8446744073709552e19", false},
      {"1", "-1", false},
      {"1", "10", false},
      {"12", "1.2", false},
      {"0.1", "0.10000000000000001", false},
      {"1e99999999999999999999", "1e9999999999999999999999", true},
      {"105", "15", false},
      {"1.05", "1.5", false},
  };
  size_t i;
  (void)state;
  for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
    hcsref_str a = hcsref_cstr(rows[i].a), b = hcsref_cstr(rows[i].b);
    if (kit_number_equal(a, b) != rows[i].same || kit_number_equal(b, a) != rows[i].same)
      fail_msg("%s and %s", rows[i].a, rows[i].b);
  }
}

static void finds_each_kind_of_difference(void **state) {
  (void)state;
  assert_string_equal(semantic("{\"a\":1,\"b\":[true]}", "{ \"b\" : [ true ], \"a\" : 1.0 }"), "");
  assert_string_equal(semantic("{\"a\":1}", "{}"), "missing /a");
  assert_string_equal(semantic("{}", "{\"a/b\":1,\"c~\":2}"), "extra /a~1b; extra /c~0");
  assert_string_equal(semantic("{\"a\":1}", "{\"a\":\"1\"}"), "type /a");
  assert_string_equal(semantic("{\"a\":[{\"b\":1}]}", "{\"a\":[{\"b\":2}]}"), "value /a/0/b");
  assert_string_equal(semantic("[1,2,3]", "[3,2,1]"), "order ");
  assert_string_equal(semantic("[1,2,3]", "[2,3]"), "missing /0");
  assert_string_equal(semantic("[1,3]", "[1,2,3]"), "extra /1");
  assert_string_equal(semantic("[1,2]", "[1,2,2]"), "extra /2");
  assert_string_equal(semantic("{\"a\":1}", "{\"a\":1,\"a\":1}"), "extra /a");
  assert_string_equal(semantic("{\"a\":null}", "{}"), "missing /a");
  assert_string_equal(semantic("\"\\u003c\"", "\"<\""), "");
  assert_string_equal(semantic("true", "false"), "value ");
}

static void tells_values_on_one_line(void **state) {
  const kit_json *expected = parse("{\n  \"a\": {\n    \"b\": \"x y\"\n  }\n}"), *actual = parse("{}");
  kit_differences found;
  hcsref_error err;
  (void)state;
  assert_true(
      kit_compare(&arena, KIT_SEMANTIC, kit_payload_shape(hcsref_cstr(""), expected), expected, actual, &found, &err));
  assert_int_equal(found.count, 1);
  assert_true(hcsref_str_equal(found.first->expected, HCSREF_LIT("{\"b\":\"x y\"}")));
}

static void bytes_see_the_spelling(void **state) {
  (void)state;
  assert_string_equal(bytes("{\"a\":1}", "{\"a\":1}"), "");
  assert_string_equal(bytes("{\"a\":1}", "{\"a\":1.0}"), "number form /a");
  assert_string_equal(bytes("{\"a\":\"<\"}", "{\"a\":\"\\u003c\"}"), "escape /a");
  assert_string_equal(bytes("{\"<\":1}", "{\"\\u003c\":1}"), "escape /<");
  assert_string_equal(bytes("{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}"), "order ");
  assert_string_equal(bytes("{\"a\":1}", "{\"a\": 1}"), "space ");
  assert_string_equal(bytes("{\"a\":[1,2]}", "{\"a\":[2,1]}"), "order /a");
}

static void tables_say_what_may_be_absent(void **state) {
  const char *expected = "{\"v1\":{\"SystemType\":\"Container\",\"HvPartition\":false},\"v2\":{\"Storage\":{}}}";
  const char *fuller =
      "{\"v2\":{\"Storage\":{\"Layers\":[],\"Path\":\"\"},\"Memory\":null},"
      "\"v1\":{\"SystemType\":\"Container\",\"HvPartition\":false,\"Credentials\":\"\",\"Owner\":\"\"}}";
  (void)state;
  assert_string_equal(compare_as("oci-to-hcs", KIT_SEMANTIC, expected, fuller), "");
  assert_string_equal(compare_as("oci-to-hcs", KIT_SEMANTIC, fuller, expected), "");
  assert_string_equal(compare_as("oci-to-hcs", KIT_CANONICAL, expected, fuller),
                      "extra /v1/Credentials; extra /v1/Owner; extra /v2/Memory; extra /v2/Storage/Layers; extra "
                      "/v2/Storage/Path");
  /* HvPartition is always written; a structure is never left out for being empty. */
  assert_string_equal(
      compare_as("oci-to-hcs", KIT_SEMANTIC, expected, "{\"v1\":{\"SystemType\":\"Container\"},\"v2\":{}}"),
      "missing /v1/HvPartition; missing /v2/Storage");
  assert_string_equal(compare_as("create-document", KIT_SEMANTIC,
                                 "{\"kind\":\"hcs\",\"document\":{\"HostedSystem\":{\"SchemaVersion\":{}}}}",
                                 "{\"kind\":\"hcs\",\"document\":{\"Owner\":\"\",\"HostedSystem\":{\"SchemaVersion\":{"
                                 "\"Minor\":0},\"Container\":null}}}"),
                      "");
}

static void counts_more_than_it_keeps(void **state) {
  char expected[2000] = "[", actual[2000] = "[";
  const kit_shape unknown = {NULL, false, NULL};
  kit_differences found;
  hcsref_error err;
  int i;
  (void)state;
  for (i = 0; i < 200; i++) {
    strcat(expected, i == 0 ? "1" : ",1");
    strcat(actual, i == 0 ? "2" : ",2");
  }
  strcat(expected, "]");
  strcat(actual, "]");
  assert_true(kit_compare(&arena, KIT_SEMANTIC, unknown, parse(expected), parse(actual), &found, &err));
  assert_int_equal(found.count, 200);
  for (i = 0; found.first != NULL; i++)
    found.first = found.first->next;
  assert_int_equal(i, KIT_DIFFERENCES_KEPT);
}

static const char *written(void (*append)(hcsref_buf *buf, const kit_json *node), const char *text) {
  hcsref_buf buf = {&arena, NULL, 0, 0, false};
  append(&buf, parse(text));
  hcsref_buf_append_char(&buf, '\0');
  return buf.data;
}

static void append_narrow(hcsref_buf *buf, const kit_json *node) {
  kit_json_append_pretty(buf, node, 0, 20);
}

static void writes_texts(void **state) {
  hcsref_buf buf = {&arena, NULL, 0, 0, false};
  (void)state;
  kit_json_append_compact(&buf, HCSREF_LIT(" { \"a b\" : [ 1 ,\n2 ], \"\\\" \" : \" \\\\\" } "));
  assert_true(hcsref_str_equal(hcsref_buf_str(&buf), HCSREF_LIT("{\"a b\":[1,2],\"\\\" \":\" \\\\\"}")));
  assert_string_equal(written(kit_json_append_canonical, "{\"b\":\"<\\u0041\", \"a\": 1.0}"),
                      "{\"b\":\"\\u003cA\",\"a\":1.0}");
  assert_string_equal(written(append_narrow, "{\"a\":[1,2],\"b\":{\"c\":\"0123456789\",\"d\":[]}}"),
                      "{\n  \"a\": [1, 2],\n  \"b\": {\n    \"c\": \"0123456789\",\n    \"d\": []\n  }\n}");
}

/* Every allocation in turn fails; each time it is a clean error. */
static size_t allowed;

static void *failing_alloc(void *context, size_t size) {
  (void)context;
  if (allowed == 0)
    return NULL;
  allowed--;
  return malloc(size);
}

static void freeing(void *context, void *data, size_t size) {
  (void)context;
  (void)size;
  free(data);
}

static void survives_lack_of_memory(void **state) {
  const hcsref_allocator allocator = {failing_alloc, freeing, NULL};
  char expected[12000] = "[", actual[12000] = "[";
  size_t n, i;
  bool done = false;
  (void)state;
  for (i = 0; i < 400; i++) {
    strcat(expected, "{\"a\":[1,2]},");
    strcat(actual, "{\"a\":[2,3,4]},");
  }
  strcat(expected, "0]");
  strcat(actual, "0]");
  for (n = 0; !done; n++) {
    hcsref_arena small;
    const kit_shape unknown = {NULL, false, NULL};
    kit_differences found;
    kit_json *e, *a;
    hcsref_error err;
    hcsref_arena_init(&small, &allocator, 0);
    allowed = n;
    done = kit_json_parse(&small, hcsref_cstr(expected), &e, &err) &&
           kit_json_parse(&small, hcsref_cstr(actual), &a, &err) &&
           kit_compare(&small, KIT_SEMANTIC, unknown, e, a, &found, &err);
    if (!done)
      assert_string_equal(err.code, "out-of-memory");
    hcsref_arena_free(&small);
  }
  assert_true(n > 5);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_what_json_is),
      cmocka_unit_test(keeps_what_was_written),
      cmocka_unit_test(limits_depth),
      cmocka_unit_test(compares_numbers_by_value),
      cmocka_unit_test(finds_each_kind_of_difference),
      cmocka_unit_test(tells_values_on_one_line),
      cmocka_unit_test(bytes_see_the_spelling),
      cmocka_unit_test(tables_say_what_may_be_absent),
      cmocka_unit_test(counts_more_than_it_keeps),
      cmocka_unit_test(writes_texts),
      cmocka_unit_test(survives_lack_of_memory),
  };
  return cmocka_run_group_tests_name("compare", tests, set_up, tear_down);
}
