/* SPDX-License-Identifier: Apache-2.0 */
/* Text, GUIDs and results of the service's binary interface; its tables of exports. */
#include "hcsref/hcsapi.h"
#include "support.h"

static hcsref_arena arena;

static int begin(void **state) {
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  return 0;
}

static int end(void **state) {
  (void)state;
  hcsref_arena_free(&arena);
  return 0;
}

static void check_units(hcsref_str text, const hcsref_wchar *expected, size_t count) {
  const hcsref_wchar *units = hcsref_to_utf16(&arena, text);
  assert_non_null(units);
  assert_memory_equal(units, expected, count * sizeof(*units));
  assert_int_equal(units[count], 0);
}

static void text_becomes_utf16(void **state) {
  static const hcsref_wchar mixed[] = {'a', 0xE9, 0x20AC, 0xD83D, 0xDE00};
  static const hcsref_wchar bad[] = {0xFFFD, 'x', 0xFFFD};
  (void)state;
  check_units(HCSREF_LIT("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"), mixed, 5);
  check_units(HCSREF_LIT("\xFFx\xC3"), bad, 3);
  check_units(HCSREF_LIT(""), mixed, 0);
  check_units(HCSREF_LIT("a\0b"), mixed, 1);
}

static void utf16_becomes_text(void **state) {
  static const hcsref_wchar mixed[] = {'a', 0xE9, 0x20AC, 0xD83D, 0xDE00, 0};
  static const hcsref_wchar lone[] = {0xD83D, 'x', 0xDE00, 0xD83D, 0};
  hcsref_str out;
  (void)state;
  assert_true(hcsref_from_utf16(&arena, mixed, &out));
  assert_text(out, "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
  assert_true(hcsref_from_utf16(&arena, lone, &out));
  assert_text(out, "\xEF\xBF\xBDx\xEF\xBF\xBD\xEF\xBF\xBD");
  assert_true(hcsref_from_utf16(&arena, NULL, &out));
  assert_text(out, "");
}

static void refused_memory_is_told(void **state) {
  static const hcsref_wchar units[] = {'a', 0};
  counting_allocator c;
  hcsref_arena small;
  hcsref_str out;
  (void)state;
  counting_arena(&small, &c, 0);
  assert_null(hcsref_to_utf16(&small, HCSREF_LIT("a")));
  assert_false(hcsref_from_utf16(&small, units, &out));
  hcsref_arena_free(&small);
}

static void guids_go_both_ways(void **state) {
  hcsref_guid guid, back;
  hcsref_win_guid windows;
  (void)state;
  for (unsigned i = 0; i < 16; i++)
    guid.data[i] = (unsigned char)(i * 16 + i);
  windows = hcsref_guid_to_windows(guid);
  assert_int_equal(windows.data1, 0x00112233u);
  assert_int_equal(windows.data2, 0x4455);
  assert_int_equal(windows.data3, 0x6677);
  assert_int_equal(windows.data4[0], 0x88);
  assert_int_equal(windows.data4[7], 0xFF);
  back = hcsref_guid_from_windows(windows);
  assert_memory_equal(back.data, guid.data, 16);
}

static void results_have_names(void **state) {
  (void)state;
  assert_int_equal(hcsref_hresult_condition((hcsref_hresult)0xC0370105u), HCSREF_HCS_INVALID_STATE);
  assert_int_equal(hcsref_hresult_condition((hcsref_hresult)0x80070005u), 0x80070005u);
  assert_string_equal(hcsref_hresult_name((hcsref_hresult)0xC0370110u), "HCS_E_SYSTEM_ALREADY_STOPPED");
  assert_string_equal(hcsref_hresult_name((hcsref_hresult)0x80070005u), "ERROR_ACCESS_DENIED");
  assert_null(hcsref_hresult_name((hcsref_hresult)0x80041234u));
}

static void names_have_results(void **state) {
  hcsref_hresult result = 7;
  (void)state;
  assert_false(hcsref_hresult_named(HCSREF_LIT("HCS_E_NO_SUCH_NAME"), &result));
  assert_false(hcsref_hresult_named(HCSREF_LIT(""), &result));
  assert_int_equal(result, 7);
  assert_true(hcsref_hresult_named(HCSREF_LIT("hcs_e_system_already_stopped"), &result));
  assert_string_equal(hcsref_hresult_name(result), "HCS_E_SYSTEM_ALREADY_STOPPED");
  assert_true(hcsref_hresult_named(HCSREF_LIT("S_OK"), &result));
  assert_int_equal(result, 0);
}

static void check_table(const hcsref_api_table *table, size_t size) {
  /* Every pointer of the struct has its export, in order. */
  assert_int_equal(table->count * sizeof(void *), size);
  for (size_t i = 0; i < table->count; i++)
    assert_int_equal(table->entries[i].offset, i * sizeof(void *));
}

static void tables_are_complete(void **state) {
  (void)state;
  check_table(&hcsref_api_computecore, sizeof(hcsref_computecore));
  check_table(&hcsref_api_vmcompute, sizeof(hcsref_vmcompute));
  check_table(&hcsref_api_wclayer, sizeof(hcsref_wclayer));
  check_table(&hcsref_api_computenetwork, sizeof(hcsref_computenetwork));
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
      TEST(text_becomes_utf16), TEST(utf16_becomes_text), TEST(refused_memory_is_told), TEST(guids_go_both_ways),
      TEST(results_have_names), TEST(names_have_results), TEST(tables_are_complete),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
