/* SPDX-License-Identifier: Apache-2.0 */
/* What the address sanitizer is told of an arena: the bytes that were handed out may be used, and no others. */
#include "support.h"

#include "base/poison.h"

#if defined(HCSREF_POISON) && !defined(_MSC_VER)

static void assert_usable(const char *data, size_t size) {
  for (size_t i = 0; i < size; i++)
    assert_false(__asan_address_is_poisoned(data + i));
}

static void only_what_was_handed_out_may_be_used(void **state) {
  hcsref_arena arena;
  char *first, *second;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  first = hcsref_arena_alloc(&arena, 21);
  second = hcsref_arena_alloc(&arena, 8);
  assert_usable(first, 21);
  assert_usable(second, 8);
  assert_true(__asan_address_is_poisoned(first + 21));
  assert_true(__asan_address_is_poisoned(second + 8));
  hcsref_arena_reset(&arena);
  assert_true(__asan_address_is_poisoned(first));
  assert_true(__asan_address_is_poisoned(second));
  assert_ptr_equal(hcsref_arena_alloc(&arena, 3), first);
  assert_usable(first, 3);
  assert_true(__asan_address_is_poisoned(first + 3));
  hcsref_arena_free(&arena);
}

#else

static void only_what_was_handed_out_may_be_used(void **state) {
  (void)state;
  skip();
}

#endif

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(only_what_was_handed_out_may_be_used)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
