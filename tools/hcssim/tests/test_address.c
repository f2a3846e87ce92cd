/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses as documents write them. */
#include "engine/network/address.h"
#include "world.h"

#define assert_says(str, expected)                                                                                     \
  do {                                                                                                                 \
    assert_int_equal((str).len, strlen(expected));                                                                     \
    assert_memory_equal((str).data, expected, strlen(expected));                                                       \
  } while (0)

static hcsref_str again(hcsref_arena *arena, const char *text) {
  sim_address address;
  hcsref_str out = HCSREF_LIT("none");
  if (sim_address_read(hcsref_cstr(text), &address))
    assert_true(sim_address_text(arena, &address, &out));
  return out;
}

static void addresses_are_read_and_written(void **state) {
  static const char *const rows[][2] = {
      {"10.0.0.1", "10.0.0.1"},
      {"255.255.255.255", "255.255.255.255"},
      {"::", "::"},
      {"::1", "::1"},
      {"fd00::", "fd00::"},
      {"FD00:0:0:1::5", "fd00:0:0:1::5"},
      {"1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"},
      {"1:0:0:2:0:0:0:3", "1:0:0:2::3"},
      {"1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"},
      {"0:0:1::", "0:0:1::"},
  };
  static const char *const none[] = {
      "",      "10.0.0", "10.0.0.256", "10.0.0.01", "10.0.0.1.",         "1.2.3.4.5",        "a.b.c.d",
      "1:2:3", ":::",    "1::2::3",    "12345::",   "1:2:3:4:5:6:7:8:9", "1::2:3:4:5:6:7:8", "::g",
      ":1",    "1:",     "1.2.3.4::",  "-1.0.0.0"};
  hcsref_arena arena;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
    assert_says(again(&arena, rows[i][0]), rows[i][1]);
  for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
    assert_says(again(&arena, none[i]), "none");
  hcsref_arena_free(&arena);
}

static void a_prefix_has_addresses(void **state) {
  sim_prefix prefix, other;
  sim_address address;
  hcsref_str out = {NULL, 0};
  hcsref_arena arena;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  assert_true(sim_prefix_read(HCSREF_LIT("172.16.37.9/20"), &prefix));
  assert_int_equal(sim_prefix_count(&prefix), 4096);
  address = sim_prefix_address(&prefix, 4095);
  assert_true(sim_address_text(&arena, &address, &out));
  assert_says(out, "172.16.47.255");
  assert_true(sim_prefix_has(&prefix, &address));
  assert_true(sim_address_read(HCSREF_LIT("172.16.48.0"), &address));
  assert_false(sim_prefix_has(&prefix, &address));
  assert_true(sim_prefix_read(HCSREF_LIT("fd00::/64"), &other));
  assert_int_equal(sim_prefix_count(&other), UINT32_MAX);
  assert_false(sim_prefix_has(&other, &address));
  address = sim_prefix_address(&other, 0x12345);
  assert_true(sim_address_text(&arena, &address, &out));
  assert_says(out, "fd00::1:2345");
  assert_true(sim_prefix_read(HCSREF_LIT("10.0.0.1/32"), &prefix));
  assert_int_equal(sim_prefix_count(&prefix), 1);
  assert_true(sim_prefix_read(HCSREF_LIT("0.0.0.0/0"), &prefix));
  assert_int_equal(sim_prefix_count(&prefix), UINT32_MAX);
  assert_false(sim_prefix_read(HCSREF_LIT("10.0.0.0/33"), &prefix));
  assert_false(sim_prefix_read(HCSREF_LIT("10.0.0.0"), &prefix));
  assert_false(sim_prefix_read(HCSREF_LIT("fd00::/129"), &prefix));
  hcsref_arena_free(&arena);
}

static void addresses_have_numbers(void **state) {
  sim_prefix prefix;
  sim_address address;
  uint32_t number = 7;
  (void)state;
  assert_true(sim_prefix_read(HCSREF_LIT("172.16.32.0/20"), &prefix));
  assert_true(sim_address_read(HCSREF_LIT("172.16.47.255"), &address) && sim_prefix_number(&prefix, &address, &number));
  assert_int_equal(number, 4095);
  assert_true(sim_address_read(HCSREF_LIT("172.16.48.0"), &address));
  assert_false(sim_prefix_number(&prefix, &address, &number));
  assert_true(sim_prefix_read(HCSREF_LIT("fd00::/64"), &prefix));
  assert_true(sim_address_read(HCSREF_LIT("fd00::ffff:ffff"), &address));
  assert_true(sim_prefix_number(&prefix, &address, &number));
  assert_int_equal(number, UINT32_MAX);
  assert_true(sim_address_read(HCSREF_LIT("fd00::1:0:0"), &address));
  assert_false(sim_prefix_number(&prefix, &address, &number));
}

#define NONE 1000u

static void the_first_free_number_is_found(void **state) {
  static const uint64_t numbers[] = {3, 1, 9, 2, 2, UINT64_MAX};
  static const struct {
    size_t count;
    uint64_t first, last, out; /* NONE: there is none */
  } rows[] = {{0, 1, 1, 1},   {6, 1, 9, 4},    {6, 1, 3, NONE},
              {6, 9, 10, 10}, {6, 9, 9, NONE}, {6, 5, 4, NONE},
              {3, 2, 9, 2},   {6, 0, 9, 0},    {6, UINT64_MAX - 1, UINT64_MAX, UINT64_MAX - 1}};
  hcsref_arena arena;
  uint64_t none;
  bool memory = false;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
    uint64_t out = NONE;
    bool found = sim_first_free(&arena, numbers, rows[i].count, rows[i].first, rows[i].last, &out, &memory);
    assert_true(memory && found == (rows[i].out != NONE));
    assert_int_equal(out, rows[i].out);
  }
  hcsref_arena_free(&arena);
  hcsref_arena_init(&arena, NULL, 1);
  assert_false(sim_first_free(&arena, numbers, 6, 1, 9, &none, &memory));
  assert_false(memory);
  hcsref_arena_free(&arena);
}

static void hardware_addresses_are_numbers(void **state) {
  static const char *const none[] = {"", "00-15-5D-52-C0", "00-15-5D-52-C0-0", "00-15-5D-52-C0-00-1",
                                     "00-15-5D-52-C0-0g"};
  uint64_t mac = 0;
  hcsref_str out = {NULL, 0};
  hcsref_arena arena;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  assert_true(sim_mac_read(HCSREF_LIT("00:15:5d-52c0FF"), &mac));
  assert_true(sim_mac_text(&arena, mac, &out));
  assert_says(out, "00-15-5D-52-C0-FF");
  for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
    assert_false(sim_mac_read(hcsref_cstr(none[i]), &mac));
  hcsref_arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(addresses_are_read_and_written), cmocka_unit_test(a_prefix_has_addresses),
      cmocka_unit_test(addresses_have_numbers),         cmocka_unit_test(the_first_free_number_is_found),
      cmocka_unit_test(hardware_addresses_are_numbers),
  };
  return world_end(cmocka_run_group_tests(tests, NULL, NULL));
}
