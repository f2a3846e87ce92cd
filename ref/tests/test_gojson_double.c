/* SPDX-License-Identifier: Apache-2.0 */
/* Doubles from and to text. */
#include "gojson/number.h"
#include "support.h"

static void texts_become_the_nearest_double(void **state) {
  static const struct {
    const char *text;
    double value;
  } rows[] = {
      {"0", 0.0},
      {"1", 1.0},
      {"0.1", 0.1},
      {"123456789012345678", 123456789012345678.0},
      {"1e22", 1e22},
      {"1e23", 1e23},
      {"8.5e-22", 8.5e-22},
      {"9007199254740993", 9007199254740992.0},
      {"9007199254740993.00000000000000000000000000000000000000000000000001", 9007199254740994.0},
      {"9007199254740995", 9007199254740996.0},
      {"1.7976931348623157e308", 1.7976931348623157e308},
      {"1.7976931348623158079e308", 1.7976931348623157e308},
      {"2.2250738585072014e-308", 2.2250738585072014e-308},
      {"2.2250738585072011e-308", 2.2250738585072011e-308},
      {"5e-324", 5e-324},
      {"2.4703282292062328e-324", 5e-324},
      {"2.4703282292062327e-324", 0.0},
      {"0.000000000000000000000000000000000000000000000000001e51", 1.0},
      {"100000000000000000000000000000000000000000000000000e-50", 1.0},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    double value = -1.0;
    assert_true(hcsref_parse_double(hcsref_cstr(rows[i].text), &value));
    assert_memory_equal(&value, &rows[i].value, sizeof(value));
  }
}

static void too_large_is_told(void **state) {
  static const char *const texts[] = {"1.7976931348623159e308", "1e309", "-1e400", "1e401", "1e99999999999999999999"};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(texts); i++) {
    double value;
    assert_false(hcsref_parse_double(hcsref_cstr(texts[i]), &value));
  }
}

/* Digits past the last that can matter only tell whether there is anything. */
static void very_long_texts_are_decided(void **state) {
  static char text[5000];
  double value;
  (void)state;
  memset(text, '0', sizeof(text));
  memcpy(text, "9007199254740993.", 17);
  assert_true(hcsref_parse_double(hcsref_str_from(text, sizeof(text)), &value));
  assert_true(value == 9007199254740992.0);
  text[sizeof(text) - 1] = '1';
  assert_true(hcsref_parse_double(hcsref_str_from(text, sizeof(text)), &value));
  assert_true(value == 9007199254740994.0);
}

static void doubles_take_their_shortest_text(void **state) {
  static const struct {
    double value;
    const char *text;
  } rows[] = {
      {0.0, "0"},
      {-0.0, "-0"},
      {1.0, "1"},
      {-1.5, "-1.5"},
      {100.0, "100"},
      {0.1, "0.1"},
      {1e-6, "0.000001"},
      {9.99e-7, "9.99e-7"},
      {1e20, "100000000000000000000"},
      {1e21, "1e+21"},
      {1.5e300, "1.5e+300"},
      {123456789.125, "123456789.125"},
      {999999999999999.0, "999999999999999"},
      {9007199254740993.0, "9007199254740992"},
      {1801514316094494.25, "1801514316094494.2"},
      {2.98023223876953125e-08, "2.9802322387695312e-8"},
      {5e-324, "5e-324"},
      {2.2250738585072014e-308, "2.2250738585072014e-308"},
      {1.7976931348623157e308, "1.7976931348623157e+308"},
      {2251799813685248.5, "2251799813685248.5"},
      {0.3, "0.3"},
      {2.0 / 3.0, "0.6666666666666666"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    char text[HCSREF_DOUBLE_TEXT];
    size_t len = hcsref_format_double(rows[i].value, text);
    assert_text(hcsref_str_from(text, len), rows[i].text);
  }
}

static uint64_t next_random(uint64_t *seed) {
  *seed ^= *seed << 13;
  *seed ^= *seed >> 7;
  *seed ^= *seed << 17;
  return *seed;
}

static void text_and_double_agree_both_ways(void **state) {
  uint64_t seed = 0x9E3779B97F4A7C15u;
  (void)state;
  for (int i = 0; i < (int)(20000 / test_stride()); i++) {
    uint64_t bits = next_random(&seed);
    double value, back;
    char text[HCSREF_DOUBLE_TEXT];
    size_t len;
    memcpy(&value, &bits, sizeof(value));
    if (!(value - value == 0.0))
      continue;
    len = hcsref_format_double(value, text);
    assert_true(len <= 25);
    assert_true(hcsref_parse_double(hcsref_str_from(text, len), &back));
    assert_memory_equal(&value, &back, sizeof(value));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(texts_become_the_nearest_double), cmocka_unit_test(too_large_is_told),
      cmocka_unit_test(very_long_texts_are_decided),     cmocka_unit_test(doubles_take_their_shortest_text),
      cmocka_unit_test(text_and_double_agree_both_ways),
  };
  return cmocka_run_group_tests_name("gojson double", tests, NULL, NULL);
}
