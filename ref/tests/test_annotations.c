/* SPDX-License-Identifier: Apache-2.0 */
/* Annotations: words, numbers, lists. */
#include "annotated.h"
#include "base/convert.h"
#include "base/strconv.h"

static void bools_are_two_words_in_any_case(void **state) {
  static const struct {
    const char *text;
    int value; /* -1: the fallback */
  } rows[] = {{"true", 1},
              {"TrUe", 1},
              {"false", 0},
              {"FALSE", 0},
              {"", -1},
              {"1", -1},
              {"yes", -1},
              {"t", -1},
              {" true", -1},
              {"true ", -1},
              {"\xEF\xBD\x94rue", -1},
              {"fal\xC5\xBF"
               "e",
               -1}};
  hcsref_string_entry entry;
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_map map = one_annotation(&entry, "k", hcsref_cstr(rows[i].text));
    assert_int_equal(hcsref_annotation_bool(NULL, &map, HCSREF_LIT("k"), true), rows[i].value != 0);
    assert_int_equal(hcsref_annotation_bool(NULL, &map, HCSREF_LIT("k"), false), rows[i].value == 1);
    assert_true(hcsref_annotation_bool(NULL, &map, HCSREF_LIT("other"), true));
  }
}

static void numbers_are_digits_only(void **state) {
  static const struct {
    hcsref_str text;
    uint64_t value; /* 77: the fallback */
  } rows[] = {{{"0", 1}, 0},
              {{"007", 3}, 7},
              {{"18446744073709551615", 20}, UINT64_MAX},
              {{"18446744073709551616", 20}, 77},
              {{"18446744073709551620", 20}, 77},
              {{"184467440737095516150", 21}, 77},
              {{"", 0}, 77},
              {{"+1", 2}, 77},
              {{"-0", 2}, 77},
              {{" 1", 2}, 77},
              {{"1 ", 2}, 77},
              {{"1_0", 3}, 77},
              {{"0x1", 3}, 77},
              {{"1\0", 2}, 77},
              {{"\xEF\xBC\x91", 3}, 77}};
  hcsref_string_entry entry;
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_map map = one_annotation(&entry, "k", rows[i].text);
    assert_true(hcsref_annotation_uint64(&map, HCSREF_LIT("k"), 77) == rows[i].value);
  }
}

static void signed_numbers_are_atois(void **state) {
  static const struct {
    const char *text;
    hcsref_number_status status;
    int64_t value;
  } rows[] = {{"1", HCSREF_NUMBER_OK, 1},
              {"+1", HCSREF_NUMBER_OK, 1},
              {"-0", HCSREF_NUMBER_OK, 0},
              {"-12", HCSREF_NUMBER_OK, -12},
              {"9223372036854775807", HCSREF_NUMBER_OK, INT64_MAX},
              {"-9223372036854775808", HCSREF_NUMBER_OK, INT64_MIN},
              {"9223372036854775808", HCSREF_NUMBER_RANGE, 0},
              {"-9223372036854775809", HCSREF_NUMBER_RANGE, 0},
              {"99999999999999999999", HCSREF_NUMBER_RANGE, 0},
              {"999999999999999999999x", HCSREF_NUMBER_RANGE, 0},
              {"9999999999999999999x", HCSREF_NUMBER_SYNTAX, 0},
              {"", HCSREF_NUMBER_SYNTAX, 0},
              {"+", HCSREF_NUMBER_SYNTAX, 0},
              {"-", HCSREF_NUMBER_SYNTAX, 0},
              {"+-1", HCSREF_NUMBER_SYNTAX, 0},
              {"1_0", HCSREF_NUMBER_SYNTAX, 0}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    int64_t value = 0;
    assert_int_equal(hcsref_parse_int64(hcsref_cstr(rows[i].text), &value), rows[i].status);
    assert_true(value == rows[i].value);
  }
}

static void narrow_numbers_are_parse_ints(void **state) {
  static const struct {
    const char *text;
    hcsref_number_status status;
    int32_t value;
  } rows[] = {{"+05", HCSREF_NUMBER_OK, 5},
              {"-0", HCSREF_NUMBER_OK, 0},
              {"2147483647", HCSREF_NUMBER_OK, INT32_MAX},
              {"-2147483648", HCSREF_NUMBER_OK, INT32_MIN},
              {"2147483648", HCSREF_NUMBER_RANGE, 0},
              {"-2147483649", HCSREF_NUMBER_RANGE, 0},
              {"4294967295", HCSREF_NUMBER_RANGE, 0},
              {"4294967295x", HCSREF_NUMBER_SYNTAX, 0},
              {"4294967296x", HCSREF_NUMBER_RANGE, 0},
              {"-", HCSREF_NUMBER_SYNTAX, 0},
              {" 5", HCSREF_NUMBER_SYNTAX, 0},
              {"0x10", HCSREF_NUMBER_SYNTAX, 0}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    int32_t value = 0;
    assert_int_equal(hcsref_parse_int32(hcsref_cstr(rows[i].text), &value), rows[i].status);
    assert_int_equal(value, rows[i].value);
  }
}

static void conversions_keep_the_lower_bits(void **state) {
  (void)state;
  assert_int_equal(hcsref_to_int32(0x7FFFFFFF), INT32_MAX);
  assert_int_equal(hcsref_to_int32(0x80000000), INT32_MIN);
  assert_int_equal(hcsref_to_int32(0xFFFFFFFF), -1);
  assert_int_equal(hcsref_to_int32(0x100000005), 5);
  assert_true(hcsref_to_int64(INT64_MAX) == INT64_MAX);
  assert_true(hcsref_to_int64(0x8000000000000000u) == INT64_MIN);
  assert_true(hcsref_to_int64(UINT64_MAX) == -1);
}

static void lists_are_split_and_not_trimmed(void **state) {
  static const struct {
    const char *text;
    size_t count;
    const char *items[4];
  } rows[] = {{"", 0, {NULL}},
              {"a", 1, {"a"}},
              {",", 2, {"", ""}},
              {"a,,b", 3, {"a", "", "b"}},
              {" a , b,", 3, {" a ", " b", ""}}};
  hcsref_string_entry entry;
  hcsref_slice list;
  const hcsref_str *items;
  hcsref_arena arena;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_map map = one_annotation(&entry, "k", hcsref_cstr(rows[i].text));
    assert_true(hcsref_annotation_list(&arena, &map, HCSREF_LIT("k"), &list));
    assert_int_equal(list.len, rows[i].count);
    assert_int_equal(list.items == NULL, rows[i].count == 0);
    items = list.items;
    for (size_t item = 0; items != NULL && item < list.len; item++)
      assert_text(items[item], rows[i].items[item]);
    assert_true(hcsref_annotation_list(&arena, &map, HCSREF_LIT("other"), &list));
    assert_null(list.items);
  }
  hcsref_arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(bools_are_two_words_in_any_case), cmocka_unit_test(numbers_are_digits_only),
      cmocka_unit_test(signed_numbers_are_atois),        cmocka_unit_test(narrow_numbers_are_parse_ints),
      cmocka_unit_test(conversions_keep_the_lower_bits), cmocka_unit_test(lists_are_split_and_not_trimmed),
  };
  return cmocka_run_group_tests_name("annotations", tests, NULL, NULL);
}
