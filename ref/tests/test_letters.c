/* SPDX-License-Identifier: Apache-2.0 */
/* Letters in lower case, and texts that differ by case alone. */
#include "base/letters.h"
#include "support.h"

static const struct {
  const char *text, *lower;
} lowered[] = {
    {"", ""},
    {"C:\\Dir", "c:\\dir"},
    {"\xC3\x84\xC3\x96\xC3\x9F", "\xC3\xA4\xC3\xB6\xC3\x9F"},         /* ÄÖß */
    {"\xCE\xA3\xD0\x96", "\xCF\x83\xD0\xB6"},                         /* ΣЖ */
    {"\xC4\xB0\xE2\x84\xAA", "ik"},                                   /* dotted I, Kelvin sign */
    {"A\xFF\xC3\x84", "a\xEF\xBF\xBD\xC3\xA4"},                       /* not UTF-8 */
    {"\xC7\x84\xC7\x85\xC7\x86", "\xC7\x86\xC7\x86\xC7\x86"},         /* three forms of one letter */
    {"\xF0\x90\x90\x80\xE6\xBC\xA2", "\xF0\x90\x90\xA8\xE6\xBC\xA2"}, /* four bytes; no letter case */
};

static void letters_are_lowered_one_by_one(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(lowered); i++) {
    hcsref_arena arena;
    hcsref_str out;
    hcsref_arena_init(&arena, NULL, 0);
    assert_true(hcsref_to_lower(&arena, hcsref_cstr(lowered[i].text), &out));
    assert_text(out, lowered[i].lower);
    hcsref_arena_free(&arena);
  }
}

static void texts_are_equal_but_for_case(void **state) {
  (void)state;
  assert_true(hcsref_equal_fold(HCSREF_LIT("Path"), HCSREF_LIT("PATH")));
  assert_true(hcsref_equal_fold(HCSREF_LIT("\xCF\x83\xCF\x82"), HCSREF_LIT("\xCE\xA3\xCE\xA3"))); /* two small sigmas */
  assert_true(hcsref_equal_fold(HCSREF_LIT("s\xE2\x84\xAA"), HCSREF_LIT("\xC5\xBFk"))); /* long s, Kelvin sign */
  assert_false(hcsref_equal_fold(HCSREF_LIT("ss"), HCSREF_LIT("\xC3\x9F")));
  assert_false(hcsref_equal_fold(HCSREF_LIT("a"), HCSREF_LIT("ab")));
}

static void want_of_memory_is_told(void **state) {
  static const char *const texts[] = {"A", "\xC3\x84"};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(texts); i++) {
    counting_allocator allocator;
    hcsref_arena arena;
    hcsref_str out;
    counting_arena(&arena, &allocator, 0);
    assert_false(hcsref_to_lower(&arena, hcsref_cstr(texts[i]), &out));
    hcsref_arena_free(&arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(letters_are_lowered_one_by_one),
      cmocka_unit_test(texts_are_equal_but_for_case),
      cmocka_unit_test(want_of_memory_is_told),
  };
  return cmocka_run_group_tests_name("letters", tests, NULL, NULL);
}
