/* SPDX-License-Identifier: Apache-2.0 */
/* What is told of a text that is no case. */
#include "run/cases/case.h"
#include "run/cases/repeats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void places_are_json_pointers(void **state) {
  static const struct {
    const char *text, *where, *message;
  } rows[] = {
      {"[]", "", "a case should be an object"},
      {"{}", "/op", "op is missing"},
      {"{\"op\":1}", "/op", "op should be a string"},
      {"{\"op\":\"clean-path\",\"params\":{},\"expect\":{\"error\":1}}", "/expect/error",
       "expect/error should be an object"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
    hcsref_arena arena;
    hcsref_error err;
    kit_case c;
    hcsref_arena_init(&arena, NULL, 0);
    assert_false(kit_case_read(&arena, hcsref_cstr(rows[i].text), hcsref_cstr("a/b"), &c, &err));
    assert_string_equal(err.code, "case-form");
    assert_int_equal(err.where.len, strlen(rows[i].where));
    assert_memory_equal(err.where.data == NULL ? "" : err.where.data, rows[i].where, err.where.len);
    assert_int_equal(err.message.len, strlen(rows[i].message));
    assert_memory_equal(err.message.data, rows[i].message, err.message.len);
    hcsref_arena_free(&arena);
  }
}

static void repeated_texts_are_written_out(void **state) {
  static const struct {
    const char *text, *full;
  } rows[] = {
      {"{\"a\":{\"$\":[\"x\",[\"\\\\y\",3],\"z\"]},\"b\":{\"$\":[]}}", "{\"a\":\"x\\\\y\\\\y\\\\yz\",\"b\":\"\"}"},
      {"[ { \n\t\"$\" :\r [ [ \"]\\\"[\" , 2 ] ] } ]", "[ \"]\\\"[]\\\"[\" ]"},
      {"[{\"$\":[[\"x\",0],[\"\",1048577]]}]", NULL},
      {"[{\"$\":[[\"x\",0],[\"\",1048576]]}]", "[\"\"]"},
      /* What looks like it, and is not. */
      {"{\"$\":\"x\"}", "{\"$\":\"x\"}"},
      {"{\"a\":1,\"$\":[\"x\"]}", "{\"a\":1,\"$\":[\"x\"]}"},
      {"[\"{\\\"$\\\":[\",\"$\",\"$x\",{\"$x\":[]},{\"$\"", "[\"{\\\"$\\\":[\",\"$\",\"$x\",{\"$x\":[]},{\"$\""},
      {"$\":[", "$\":["},
      {"\"$\":[", "\"$\":["},
      /* Other forms. */
      {"{\"$\":[\"x\"],\"a\":1}", NULL},
      {"{\"$\":[\"x\"", NULL},
      {"{\"$\":[\"x\"]", NULL},
      {"{\"$\":[1]}", NULL},
      {"{\"$\":[[\"x\"]]}", NULL},
      {"{\"$\":[[\"x\",-1]]}", NULL},
      {"{\"$\":[[\"x\",1.5]]}", NULL},
      {"{\"$\":[[1,2]]}", NULL},
      {"{\"$\":[[\"x\",2,3]]}", NULL},
      {"{\"$\":[\"x\",]}", NULL},
      {"{\"$\":[{\"$\":[\"x\"]}]}", NULL},
  };
  (void)state;
  for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
    hcsref_arena arena;
    hcsref_error err = {0};
    hcsref_str out = HCSREF_LIT("?");
    hcsref_arena_init(&arena, NULL, 0);
    assert_int_equal(kit_repeats_write_out(&arena, hcsref_cstr(rows[i].text), &out, &err), rows[i].full != NULL);
    assert_true(hcsref_str_equal(out, hcsref_cstr(rows[i].full == NULL ? "?" : rows[i].full)));
    assert_true((err.code != NULL) == (rows[i].full == NULL));
    hcsref_arena_free(&arena);
  }
}

/* A few bytes do not stand for more than the limit, however they are put together. */
static void repeated_texts_have_a_limit(void **state) {
  static const struct {
    const char *text;
    size_t length; /* 0: too much */
  } rows[] = {
      {"[{\"$\":[[\"x\",1048573]]}]", KIT_REPEATS_LIMIT - 3 + 4},
      {"[{\"$\":[[\"x\",1048575]]}]", 0},
      {"[{\"$\":[[\"x\",18446744073709551615]]}]", 0},
      {"[{\"$\":[[\"xyz\",1048576]]}]", 0},
      {"[{\"$\":[[\"xy\",400000]]},{\"$\":[[\"xy\",400000]]}]", 0},
  };
  (void)state;
  for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
    hcsref_arena arena;
    hcsref_error err = {0};
    hcsref_str out = {NULL, 0};
    hcsref_arena_init(&arena, NULL, 0);
    assert_int_equal(kit_repeats_write_out(&arena, hcsref_cstr(rows[i].text), &out, &err), rows[i].length != 0);
    assert_int_equal(out.len, rows[i].length);
    if (rows[i].length == 0)
      assert_string_equal(err.code, "repeat-limit");
    hcsref_arena_free(&arena);
  }
}

static void writing_out_may_run_out_of_memory(void **state) {
  bool done = false;
  (void)state;
  for (size_t limit = 64; !done; limit += 64) {
    hcsref_arena arena;
    hcsref_error err = {0};
    hcsref_str out = {NULL, 0};
    hcsref_arena_init(&arena, NULL, limit);
    done = kit_repeats_write_out(&arena, HCSREF_LIT("[{\"$\":[[\"x\",5000],\"y\"]}]"), &out, &err);
    if (done)
      assert_int_equal(out.len, 5005);
    else
      assert_string_equal(err.code, "out-of-memory");
    hcsref_arena_free(&arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(places_are_json_pointers),
      cmocka_unit_test(repeated_texts_are_written_out),
      cmocka_unit_test(repeated_texts_have_a_limit),
      cmocka_unit_test(writing_out_may_run_out_of_memory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
