/* SPDX-License-Identifier: Apache-2.0 */
/* Process dumps: type, count, folder. */
#include "annotated.h"

static void dump_types_are_exact(void **state) {
  static const struct {
    const char *text;
    int32_t type; /* -1: an error */
  } rows[] = {{"", 2}, {"full", 2}, {"mini", 1}, {"Mini", -1}, {"full ", -1}, {"1", -1}};
  hcsref_string_entry entry;
  hcsref_arena arena;
  hcsref_error err;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    int32_t type = -1;
    hcsref_map map = one_annotation(&entry, "io.microsoft.wcow.processdumptype", hcsref_cstr(rows[i].text));
    assert_int_equal(hcsref_dump_type(&arena, &map, &type, &err), rows[i].type >= 0);
    assert_int_equal(type, rows[i].type);
  }
  assert_string_equal(err.code, "dump-type");
  assert_text(err.message, "unknown dump type specified, valid values are \"mini\" or \"full\"");
  assert_text(err.where, "/annotations/io.microsoft.wcow.processdumptype");
  hcsref_arena_free(&arena);
}

static void dump_counts_are_checked_and_then_cut(void **state) {
  static const struct {
    hcsref_str text;
    int32_t count;
    const char *message; /* null: no error */
  } rows[] = {
      {{"", 0}, 10, NULL},
      {{"+5", 2}, 5, NULL},
      {{"2147483648", 10}, INT32_MIN, NULL},
      {{"4294967296", 10}, 0, NULL},
      {{"9223372036854775807", 19}, -1, NULL},
      {{"0", 1}, 0, "invaid dump count specified: 0"},
      {{"-2", 2}, 0, "invaid dump count specified: -2"},
      {{"9223372036854775808", 19}, 0, "strconv.Atoi: parsing \"9223372036854775808\": value out of range"},
      {{"a\"\xFF\0", 4}, 0, "strconv.Atoi: parsing \"a\\\"\\xff\\x00\": invalid syntax"},
  };
  hcsref_string_entry entry;
  hcsref_arena arena;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_error err;
    int32_t count = 0;
    hcsref_map map = one_annotation(&entry, "io.microsoft.wcow.processdumpcount", rows[i].text);
    assert_int_equal(hcsref_dump_count(&arena, NULL, &map, &count, &err), rows[i].message == NULL);
    assert_int_equal(count, rows[i].count);
    if (rows[i].message != NULL) {
      assert_string_equal(err.code, "dump-count");
      assert_text(err.message, rows[i].message);
      assert_text(err.where, "/annotations/io.microsoft.wcow.processdumpcount");
    }
  }
  hcsref_arena_free(&arena);
}

static void dump_folders_take_the_id_at_their_end(void **state) {
  static const struct {
    const char *folder, *result;
  } rows[] = {{"C:\\d", "C:\\d"},
              {"C:\\d\\{container_id}", "C:\\d\\cid"},
              {"C:\\d{CONTAINER_ID}", "C:\\dcid"},
              {"{container_id}", "cid"},
              {"{Container_Id}", "{Container_Id}"},
              {"{container_id}\\x", "{container_id}\\x"},
              {"{container_id}{CONTAINER_ID}", "{container_id}cid"},
              {"x{container_id", "x{container_id"}};
  hcsref_arena arena;
  hcsref_str folder;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    assert_true(hcsref_dump_folder(&arena, hcsref_cstr(rows[i].folder), HCSREF_LIT("cid"), &folder));
    assert_text(folder, rows[i].result);
  }
  assert_true(hcsref_dump_folder(&arena, HCSREF_LIT("{container_id}"), HCSREF_LIT(""), &folder));
  assert_int_equal(folder.len, 0);
  hcsref_arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(dump_types_are_exact),
      cmocka_unit_test(dump_counts_are_checked_and_then_cut),
      cmocka_unit_test(dump_folders_take_the_id_at_their_end),
  };
  return cmocka_run_group_tests_name("dumps", tests, NULL, NULL);
}
