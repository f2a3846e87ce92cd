/* SPDX-License-Identifier: Apache-2.0 */
/* What is told of a text that is no case. */
#include "run/cases/case.h"

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

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(places_are_json_pointers)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
