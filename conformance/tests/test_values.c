/* SPDX-License-Identifier: Apache-2.0 */
/* Named values of a file of cases: what the lines are read as, and what is told of those that cannot be. */
#include "golden/pack.h"
#include "run/cases/values.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define VALUE(name, value) "{\"$\":\"" name "\",\"value\":" value "}"
#define USE(name)          "{\"$\":\"" name "\"}"
#define MEMBERS(name)      ",\"$\":\"" name "\""

typedef struct file {
  hcsref_arena arena;
  kit_values values;
  hcsref_error err;
} file;

static void open_file(file *f) {
  hcsref_arena_init(&f->arena, NULL, 0);
  kit_values_init(&f->values, NULL);
}

static void close_file(file *f) {
  kit_values_free(&f->values);
  hcsref_arena_free(&f->arena);
}

static void reads(file *f, hcsref_str line, const char *expected) {
  hcsref_str out = HCSREF_LIT("?");
  assert_true(kit_values_read(&f->values, &f->arena, line, &out, &f->err));
  assert_int_equal(out.len, strlen(expected));
  assert_memory_equal(out.len == 0 ? "" : out.data, expected, out.len);
}

static void refuses(file *f, hcsref_str line, const char *code) {
  hcsref_str out = HCSREF_LIT("?");
  f->err = (hcsref_error){0};
  assert_false(kit_values_read(&f->values, &f->arena, line, &out, &f->err));
  assert_string_equal(f->err.code, code);
  assert_true(hcsref_str_equal(out, HCSREF_LIT("?")));
}

static void values_stand_in_the_place_of_references(void **state) {
  static const struct {
    const char *line, *text;
  } rows[] = {
      {"{\"id\":\"a/b\"}", "{\"id\":\"a/b\"}"},
      {VALUE("host-1", "{\"cpus\":2}"), ""},
      {VALUE("Layer_2.x", "[1,\"}\"]"), ""},
      {"{\"host\":" USE("host-1") "}", "{\"host\":{\"cpus\":2}}"},
      {"[" USE("host-1") "," USE("Layer_2.x") "," USE("host-1") "]", "[{\"cpus\":2},[1,\"}\"],{\"cpus\":2}]"},
      {VALUE("all", "{\"of\":" USE("host-1") ",\"l\":" USE("Layer_2.x") "}"), ""},
      {"[" USE("all") "] ", "[{\"of\":{\"cpus\":2},\"l\":[1,\"}\"]}] "},
      {"{\"id\":1" MEMBERS("host-1") "}", "{\"id\":1,\"cpus\":2}"},
      {"{\"id\":1" MEMBERS("host-1") ",\"b\":" USE("host-1") "}", "{\"id\":1,\"cpus\":2,\"b\":{\"cpus\":2}}"},
      {VALUE("more", "{\"a\":1" MEMBERS("all") "}"), ""},
      {"[" USE("more") "]", "[{\"a\":1,\"of\":{\"cpus\":2},\"l\":[1,\"}\"]}]"},
      /* Whatever is spelt otherwise is what it says; so is what a string holds. */
      {"[{ \"$\":\"host-1\"},{\"\\u0024\":\"host-1\"}]", "[{ \"$\":\"host-1\"},{\"\\u0024\":\"host-1\"}]"},
      {"[\"{\\\"$\\\":\\\"host-1\\\"}\",\"$\",\"{\\\"\",\"$\"]",
       "[\"{\\\"$\\\":\\\"host-1\\\"}\",\"$\",\"{\\\"\",\"$\"]"},
  };
  file f;
  (void)state;
  open_file(&f);
  for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
    reads(&f, hcsref_cstr(rows[i].line), rows[i].text);
  close_file(&f);
}

static void lines_that_are_wrong_are_refused(void **state) {
  static const struct {
    const char *line, *code;
  } rows[] = {
      {USE("one"), "value-form"}, /* a line of its own names a value */
      {"[" USE("two") "]", "value-name"},
      {"[" USE("") "]", "value-form"},
      {"[" USE("a b") "]", "value-form"},
      {"[{\"$\":\"one\",\"x\":1}]", "value-form"},
      {"[{\"$\":\"one", "value-form"},
      {"[{\"$\":\"", "value-form"},
      {VALUE("one", "2"), "value-twice"},
      {VALUE("", "2"), "value-form"},
      {VALUE("three", ""), "json-syntax"},
      {VALUE("three", "1,\"id\":2"), "json-syntax"},
      {VALUE("three", USE("three")), "value-name"},
      {"{\"$\":\"three\",\"value\":1", "value-form"},
      {"{\"$\":\"three\", \"value\":1}", "value-form"},
      {"{\"$\":\"three\"}}", "value-form"},
      {"[{\"$\":" USE("text") "}]", "value-form"}, /* would become a reference */
      {"{\"a\":1,\"$\":" USE("text") "}", "value-form"},
      {"{\"a\":1" MEMBERS("none") "}", "value-name"},
      {"{\"a\":1" MEMBERS("one") "}", "value-form"}, /* not an object */
      {"{\"a\":1" MEMBERS("empty") "}", "value-form"},
      {"{\"a\":1" MEMBERS("behind") "}", "value-form"},
      {"{\"a\":1,\"$\":\"object", "value-form"},
      {"{\"a\":1,\"$\":\"\"}", "value-form"},
      {"{\"a\":1,\"$\":2" MEMBERS("object") ",\"$\":\"three\"}", "value-name"},
  };
  file f;
  (void)state;
  open_file(&f);
  reads(&f, HCSREF_LIT(VALUE("one", "1")), "");
  reads(&f, HCSREF_LIT(VALUE("text", "\"one\"")), "");
  reads(&f, HCSREF_LIT(VALUE("object", "{\"b\":1}")), "");
  reads(&f, HCSREF_LIT(VALUE("empty", "{}")), "");
  reads(&f, HCSREF_LIT(VALUE("behind", "{\"b\":1} ")), "");
  for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
    refuses(&f, hcsref_cstr(rows[i].line), rows[i].code);
  reads(&f, HCSREF_LIT("[" USE("one") "]"), "[1]"); /* what was right stays */
  kit_values_reset(&f.values);
  refuses(&f, HCSREF_LIT("[" USE("one") "]"), "value-name"); /* another file has its own */
  close_file(&f);
}

static void a_name_has_a_longest_length(void **state) {
  static const char digits[] =
      "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890"
      "1234567890";
  hcsref_str line;
  file f;
  (void)state;
  open_file(&f);
  for (size_t length = KIT_VALUE_NAME_LIMIT; length <= KIT_VALUE_NAME_LIMIT + 1; length++) {
    hcsref_str name = hcsref_str_from(digits, length);
    assert_true(hcsref_format(&f.arena, &line, "{\"$\":\"%v\",\"value\":1}", name));
    if (length == KIT_VALUE_NAME_LIMIT)
      reads(&f, line, "");
    else
      refuses(&f, line, "value-form");
  }
  close_file(&f);
}

static void names_a_value(file *f, size_t number, hcsref_str value, const char *code) {
  hcsref_str line, out;
  hcsref_arena_reset(&f->arena);
  assert_true(hcsref_format(&f->arena, &line, "{\"$\":\"v%u\",\"value\":%v}", (uint64_t)number, value));
  if (code == NULL)
    assert_true(kit_values_read(&f->values, &f->arena, line, &out, &f->err));
  else
    refuses(f, line, code);
}

static void a_file_has_so_many_values(void **state) {
  file f;
  size_t i;
  (void)state;
  open_file(&f);
  for (i = 0; i < KIT_VALUES_MOST; i++)
    names_a_value(&f, i, HCSREF_LIT("1"), NULL);
  names_a_value(&f, i, HCSREF_LIT("1"), "value-limit");
  reads(&f, HCSREF_LIT("[" USE("v9999") "]"), "[1]");
  close_file(&f);
}

/* A string of a quarter of a line's limit, four of which are just too long with what is around them. */
static hcsref_str quarter(file *f, char *text) {
  hcsref_str string = hcsref_str_from(text, KIT_VALUE_LINE_LIMIT / 4);
  memset(text, 'x', string.len);
  text[0] = text[string.len - 1] = '"';
  names_a_value(f, 0, string, NULL);
  return string;
}

static void a_line_has_so_many_bytes(void **state) {
  char *text = malloc(KIT_VALUE_LINE_LIMIT / 4);
  hcsref_str out;
  file f;
  (void)state;
  assert_non_null(text);
  open_file(&f);
  (void)quarter(&f, text);
  assert_true(
      kit_values_read(&f.values, &f.arena, HCSREF_LIT("[" USE("v0") "," USE("v0") "," USE("v0") "]"), &out, &f.err));
  assert_int_equal(out.len, KIT_VALUE_LINE_LIMIT / 4 * 3 + 4);
  refuses(&f, HCSREF_LIT("[" USE("v0") "," USE("v0") "," USE("v0") "," USE("v0") "]"), "value-limit");
  names_a_value(&f, 1, HCSREF_LIT("[" USE("v0") "," USE("v0") "," USE("v0") "," USE("v0") "]"), "value-limit");
  close_file(&f);
  free(text);
}

static void all_references_have_so_many_bytes(void **state) {
  char *text = malloc(KIT_VALUE_LINE_LIMIT / 4);
  hcsref_str out;
  file f;
  (void)state;
  assert_non_null(text);
  open_file(&f);
  (void)quarter(&f, text);
  for (size_t written = 0; written < KIT_VALUES_LIMIT; written += KIT_VALUE_LINE_LIMIT / 4) {
    hcsref_arena_reset(&f.arena);
    assert_true(kit_values_read(&f.values, &f.arena, HCSREF_LIT("[" USE("v0") "]"), &out, &f.err));
  }
  refuses(&f, HCSREF_LIT("[" USE("v0") "]"), "value-limit");
  reads(&f, HCSREF_LIT("[1]"), "[1]");
  kit_values_reset(&f.values);
  (void)quarter(&f, text);
  assert_true(kit_values_read(&f.values, &f.arena, HCSREF_LIT("[" USE("v0") "]"), &out, &f.err));
  close_file(&f);
  free(text);
}

/* ---- memory ----------------------------------------------------------------------------------------------------- */

static void *give(void *left, size_t size) {
  size_t *number = left;
  if (*number == 0)
    return NULL;
  --*number;
  return malloc(size);
}

static void take(void *left, void *block, size_t size) {
  (void)left;
  (void)size;
  free(block);
}

/* As many values as make every list grow; false: out of memory, and said so. */
static bool read_many(kit_values *values, hcsref_arena *arena) {
  hcsref_error err;
  hcsref_str line, out;
  for (size_t i = 0; i < 3000; i++) {
    hcsref_arena_reset(arena);
    assert_true(hcsref_format(arena, &line, "{\"$\":\"v%u\",\"value\":\"a text that takes some room\"}", (uint64_t)i));
    if (kit_values_read(values, arena, line, &out, &err))
      continue;
    assert_string_equal(err.code, "out-of-memory");
    return false;
  }
  return true;
}

static void each_allocation_may_fail(void **state) {
  bool done = false;
  (void)state;
  for (size_t attempt = 0; !done; attempt++) {
    size_t left = attempt;
    hcsref_allocator allocator = {give, take, &left};
    hcsref_arena arena;
    kit_values values;
    hcsref_str out;
    hcsref_error err;
    hcsref_arena_init(&arena, NULL, 0);
    kit_values_init(&values, &allocator);
    done = read_many(&values, &arena);
    if (attempt > 0) /* what was read before stays */
      assert_true(kit_values_read(&values, &arena, HCSREF_LIT("[" USE("v0") "]"), &out, &err));
    kit_values_free(&values);
    hcsref_arena_free(&arena);
  }
}

static void packs(const char *full, const char *packed) {
  hcsref_arena arena;
  hcsref_str out, again;
  hcsref_error err;
  hcsref_arena_init(&arena, NULL, 0);
  assert_true(golden_pack(&arena, hcsref_cstr(full), &out, &err));
  assert_int_equal(out.len, strlen(packed));
  assert_memory_equal(out.data, packed, out.len);
  assert_true(golden_unpack(&arena, out, &again, &err));
  assert_true(hcsref_str_equal(again, hcsref_cstr(full)));
  hcsref_arena_free(&arena);
}

#define SHARED "\"op\":\"memory-limit\",\"profiles\":[\"baseline\",\"hcsshim >=0.9.0\"],\"tags\":[\"memory\",\"argon\"]"
#define INNER  "\"one\":\"a member that is in each of them\",\"two\":\"and another one\",\"of\":{\"b\":[\"them\",null]}"
#define OUTER  "\"x\":{\"n\":0," INNER "}"

/* Members are named where they are written first, and what is in them counts once. */
static void members_that_objects_share_have_a_name(void **state) {
  (void)state;
  packs(
      "{\"id\":\"a/1\"," SHARED ",\"params\":{\"n\":1}}\n"
      "{\"id\":\"a/2\"," SHARED ",\"params\":{\"n\":2}}\n"
      "{\"id\":\"a/3\"," SHARED ",\"params\":{\"n\":3}}\n",
      VALUE("case-1", "{" SHARED "}") "\n{\"id\":\"a/1\"" MEMBERS(
          "case-1") ",\"params\":{\"n\":1}}\n{\"id\":\"a/2\"" MEMBERS("case-1") ",\"params\":{\"n\":2}}\n{\"id\":\"a/"
                                                                                "3\"" MEMBERS("case-1") ",\"params\":{"
                                                                                                        "\"n\":3}}\n");
  packs("[{\"m\":1," OUTER "}]\n"
        "{\"p\":{\"m\":2," OUTER "}}\n"
        "{\"q\":[{\"m\":3," INNER "}]}\n"
        "{\"q\":[[{\"m\":4," INNER ",\"z\":5}]]}\n",
        VALUE("x-2", "{" INNER "}") "\n" VALUE(
            "x-1", "{\"n\":0" MEMBERS("x-2") "}") "\n"
                                                  "[{\"m\":1,\"x\":" USE(
                                                      "x-1") "}]\n"
                                                             "{\"p\":{\"m\":2,\"x\":" USE(
                                                                 "x-1") "}}\n"
                                                                        "{\"q\":[{\"m\":3" MEMBERS(
                                                                            "x-2") "}]}\n"
                                                                                   "{\"q\":[[{\"m\":4" MEMBERS(
                                                                                       "x-2") ",\"z\":5}]]}\n");
}

/* The answer is the same as with enough memory, or there is none. */
static void naming_may_run_out_of_memory(void **state) {
  static const char full[] =
      "{\"id\":\"a/1\",\"params\":{\"path\":\"a path that several cases share, of some length\"}}\n"
      "{\"id\":\"a/2\",\"params\":{\"path\":\"a path that several cases share, of some length\"}}\n"
      "{\"id\":\"a/3\",\"params\":{\"path\":\"a path that several cases share, of some length\"}}\n";
  static const char named[] = VALUE(
      "params-1",
      "{\"path\":\"a path that several cases share, of some length\"}") "\n"
                                                                        "{\"id\":\"a/1\",\"params\":" USE(
                                                                            "params-1") "}\n"
                                                                                        "{\"id\":\"a/"
                                                                                        "2\",\"params\":" USE(
                                                                                            "params-1") "}\n"
                                                                                                        "{\"id\":\"a/"
                                                                                                        "3\","
                                                                                                        "\"params\""
                                                                                                        ":" USE(
                                                                                                            "params"
                                                                                                            "-1") "}\n";
  bool done = false;
  (void)state;
  for (size_t limit = 1024; !done; limit += 256) {
    hcsref_arena arena;
    hcsref_str out = {NULL, 0};
    hcsref_error err = {0};
    hcsref_arena_init(&arena, NULL, limit);
    done = golden_pack(&arena, hcsref_cstr(full), &out, &err);
    if (done)
      assert_true(hcsref_str_equal(out, hcsref_cstr(named)));
    else
      assert_string_equal(err.code, "out-of-memory");
    hcsref_arena_free(&arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(values_stand_in_the_place_of_references),
      cmocka_unit_test(lines_that_are_wrong_are_refused),
      cmocka_unit_test(a_name_has_a_longest_length),
      cmocka_unit_test(a_file_has_so_many_values),
      cmocka_unit_test(a_line_has_so_many_bytes),
      cmocka_unit_test(all_references_have_so_many_bytes),
      cmocka_unit_test(each_allocation_may_fail),
      cmocka_unit_test(members_that_objects_share_have_a_name),
      cmocka_unit_test(naming_may_run_out_of_memory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
