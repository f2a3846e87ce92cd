/* SPDX-License-Identifier: Apache-2.0 */
/* Strings, arena, buffers, UTF-8, quoting and errors. */
#include "base/arena.h"
#include "base/utf8.h"
#include "hcsref/base.h"
#include "support.h"

static void strings_compare_by_bytes(void **state) {
  (void)state;
  assert_true(hcsref_str_equal(hcsref_cstr(NULL), HCSREF_LIT("")));
  assert_false(hcsref_str_equal(HCSREF_LIT("a"), HCSREF_LIT("b")));
  assert_true(hcsref_str_compare(HCSREF_LIT("a"), HCSREF_LIT("ab")) < 0);
  assert_true(hcsref_str_compare(HCSREF_LIT("b"), HCSREF_LIT("ab")) > 0);
  assert_int_equal(hcsref_str_compare(HCSREF_LIT("a\0b"), HCSREF_LIT("a\0b")), 0);
  assert_true(hcsref_str_has_prefix(HCSREF_LIT("abc"), HCSREF_LIT("ab")));
  assert_false(hcsref_str_has_prefix(HCSREF_LIT("a"), HCSREF_LIT("ab")));
  assert_true(hcsref_str_has_suffix(HCSREF_LIT("abc"), HCSREF_LIT("bc")));
  assert_false(hcsref_str_has_suffix(HCSREF_LIT("c"), HCSREF_LIT("bc")));
  assert_true(hcsref_str_equal_ascii_fold(HCSREF_LIT("rO"), HCSREF_LIT("Ro")));
  assert_false(hcsref_str_equal_ascii_fold(HCSREF_LIT("ro"), HCSREF_LIT("rw")));
  assert_false(hcsref_str_equal_ascii_fold(HCSREF_LIT("["), HCSREF_LIT("{")));
  assert_text(hcsref_str_skip(HCSREF_LIT("abc"), 1), "bc");
  assert_text(hcsref_str_skip(HCSREF_LIT("abc"), 4), "");
  assert_int_equal(hcsref_str_skip(hcsref_cstr(NULL), 1).len, 0);
  assert_text(hcsref_str_first(HCSREF_LIT("abc"), 2), "ab");
  assert_text(hcsref_str_first(HCSREF_LIT("abc"), 9), "abc");
}

static hcsref_arena counted_arena(counting_allocator *c, size_t refuse_at, size_t limit) {
  hcsref_arena arena;
  counting_arena(&arena, c, refuse_at);
  if (limit != 0)
    arena.limit = limit;
  return arena;
}

static void arena_hands_out_zeroed_aligned_memory(void **state) {
  counting_allocator c;
  hcsref_arena arena = counted_arena(&c, SIZE_MAX, 0);
  (void)state;
  for (size_t size = 0; size < 3000; size += 7) {
    unsigned char *p = hcsref_arena_alloc(&arena, size);
    assert_non_null(p);
    assert_int_equal((uintptr_t)p % 16, 0);
    for (size_t i = 0; i < size; i++)
      assert_int_equal(p[i], 0);
    memset(p, 0xA5, size);
  }
  assert_int_equal(c.live, arena.used);
  hcsref_arena_free(&arena);
  assert_int_equal(c.live, 0);
}

static void arena_reuse_asks_for_nothing(void **state) {
  counting_allocator c;
  hcsref_arena arena = counted_arena(&c, SIZE_MAX, 0);
  size_t calls;
  (void)state;
  hcsref_arena_reset(&arena);
  for (int round = 0; round < 2; round++) {
    for (int i = 0; i < 1000; i++)
      assert_non_null(hcsref_arena_alloc(&arena, 100));
    hcsref_arena_reset(&arena);
  }
  calls = c.calls;
  for (int i = 0; i < 1000; i++)
    assert_non_null(hcsref_arena_alloc(&arena, 100));
  assert_int_equal(c.calls, calls);
  hcsref_arena_free(&arena);
  assert_int_equal(c.live, 0);
}

static void arena_keeps_its_limit(void **state) {
  counting_allocator c;
  hcsref_arena arena = counted_arena(&c, SIZE_MAX, 10000);
  (void)state;
  assert_non_null(hcsref_arena_alloc(&arena, 9000));
  assert_null(hcsref_arena_alloc(&arena, 9000));
  assert_null(hcsref_arena_alloc(&arena, SIZE_MAX));
  assert_null(hcsref_arena_alloc(&arena, SIZE_MAX / 2));
  assert_null(hcsref_arena_array(&arena, SIZE_MAX / 2, 3));
  assert_non_null(hcsref_arena_array(&arena, 3, 0));
  assert_true(c.live <= 10000);
  hcsref_arena_free(&arena);
}

static void arena_survives_a_refused_reset(void **state) {
  counting_allocator c;
  hcsref_arena arena = counted_arena(&c, 2, 0);
  (void)state;
  assert_non_null(hcsref_arena_alloc(&arena, 4000));
  assert_non_null(hcsref_arena_alloc(&arena, 4000));
  hcsref_arena_reset(&arena);
  assert_int_equal(c.live, 0);
  assert_null(hcsref_arena_alloc(&arena, 1));
  hcsref_arena_free(&arena);
}

static void newest_allocation_can_be_resized(void **state) {
  hcsref_arena arena;
  unsigned char *a, *b;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  a = hcsref_arena_alloc(&arena, 16);
  assert_true(hcsref_arena_resize(&arena, a, 16, 64));
  b = hcsref_arena_alloc(&arena, 16);
  assert_true(b == a + 64);
  assert_false(hcsref_arena_resize(&arena, a, 64, 128));
  assert_false(hcsref_arena_resize(&arena, b, 16, 1 << 20));
  assert_true(hcsref_arena_resize(&arena, b, 16, 1));
  assert_false(hcsref_arena_resize(&arena, NULL, 0, 16));
  hcsref_arena_free(&arena);
}

static void buffer_grows_and_remembers_failure(void **state) {
  counting_allocator c;
  hcsref_arena arena = counted_arena(&c, SIZE_MAX, 5000);
  hcsref_buf buf = {.arena = &arena};
  hcsref_str copy;
  (void)state;
  for (int i = 0; i < 300; i++)
    hcsref_buf_append(&buf, HCSREF_LIT("abcd"));
  assert_false(buf.failed);
  assert_int_equal(hcsref_buf_str(&buf).len, 1200);
  assert_memory_equal(buf.data + 1196, "abcd", 4);
  assert_non_null(hcsref_arena_alloc(&arena, 16));
  for (int i = 0; i < 3000; i++)
    hcsref_buf_append_char(&buf, 'x');
  assert_true(buf.failed);
  hcsref_buf_append_char(&buf, 'y');
  assert_false(hcsref_buf_reserve(&buf, 1));
  assert_false(hcsref_str_copy(&arena, hcsref_str_from("", 100000), &copy));
  buf = (hcsref_buf){.arena = &arena};
  assert_false(hcsref_buf_reserve(&buf, SIZE_MAX));
  assert_true(buf.failed);
  hcsref_arena_free(&arena);
}

static void numbers_are_written_in_full(void **state) {
  hcsref_arena arena;
  hcsref_buf buf;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  buf = (hcsref_buf){.arena = &arena};
  hcsref_buf_append_int(&buf, INT64_MIN);
  hcsref_buf_append_char(&buf, ' ');
  hcsref_buf_append_uint(&buf, UINT64_MAX);
  hcsref_buf_append_char(&buf, ' ');
  hcsref_buf_append_int(&buf, 0);
  assert_text(hcsref_buf_str(&buf), "-9223372036854775808 18446744073709551615 0");
  hcsref_arena_free(&arena);
}

static void utf8_reads_what_it_writes(void **state) {
  (void)state;
  for (uint32_t rune = 0; rune <= 0x110010; rune += rune < 0x3000 ? 1 : 37) {
    char text[HCSREF_UTF8_MAX];
    size_t wide = hcsref_utf8_encode(rune, text);
    bool scalar = rune <= 0x10FFFF && !(rune >= 0xD800 && rune <= 0xDFFF);
    uint32_t back;
    size_t width;
    assert_true(hcsref_utf8_decode(text, wide, &back, &width));
    assert_int_equal(back, scalar ? rune : 0xFFFD);
    assert_int_equal(width, wide);
  }
}

static void bad_utf8_is_taken_a_byte_at_a_time(void **state) {
  static const struct {
    const char *bytes;
    size_t len;
  } bad[] = {{"\x80", 1},
             {"\xC0\x80", 2},
             {"\xC1\xBF", 2},
             {"\xC3", 1},
             {"\xC3(", 2},
             {"\xE0\x80\x80", 3},
             {"\xE2\x82", 2},
             {"\xED\xA0\x80", 3},
             {"\xE2(\xA1", 3},
             {"\xE2\x82(", 3},
             {"\xF0\x8F\xBF\xBF", 4},
             {"\xF4\x90\x80\x80", 4},
             {"\xF5\x80\x80\x80", 4},
             {"\xFF", 1}};
  (void)state;
  for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
    uint32_t rune;
    size_t width;
    assert_false(hcsref_utf8_decode(bad[i].bytes, bad[i].len, &rune, &width));
    assert_int_equal(rune, HCSREF_RUNE_ERROR);
    assert_int_equal(width, 1);
  }
}

static void quoting_is_gos(void **state) {
  hcsref_arena arena;
  hcsref_buf buf;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  buf = (hcsref_buf){.arena = &arena};
  hcsref_buf_append_quoted(
      &buf, HCSREF_LIT("C:\\a \"b\"\a\b\f\n\r\t\v\x01\x7F\0 \xC3\xA9 \xEF\xBC\x91 \xC2\xA0\xE2\x80\xA8\xFF"
                       "\xF0\x9F\x98\x80\xF3\xA0\x80\x81\xEF\xBF\xBD\xEF\xBF\xBF"));
  assert_text(hcsref_buf_str(&buf),
              "\"C:\\\\a \\\"b\\\"\\a\\b\\f\\n\\r\\t\\v\\x01\\x7f\\x00 \xC3\xA9 \xEF\xBC\x91 \\u00a0\\u2028\\xff"
              "\xF0\x9F\x98\x80\\U000e0001\xEF\xBF\xBD\\uffff\"");
  hcsref_arena_free(&arena);
}

static void failures_carry_code_message_and_place(void **state) {
  counting_allocator c;
  hcsref_arena arena = counted_arena(&c, SIZE_MAX, 0);
  hcsref_error err;
  (void)state;
  assert_false(hcsref_fail(&arena, &err, "some-code", HCSREF_LIT("/a/0"), "%s %v %q %d %u %x %x %x 100%%", "s",
                           HCSREF_LIT("v"), HCSREF_LIT("q\n"), (int64_t)-1, (uint64_t)2, (uint64_t)0, (uint64_t)26,
                           UINT64_MAX));
  assert_string_equal(err.code, "some-code");
  assert_text(err.message, "s v \"q\\n\" -1 2 0 1a ffffffffffffffff 100%");
  assert_text(err.where, "/a/0");
  assert_false(hcsref_fail(&arena, NULL, "x", HCSREF_LIT(""), "x"));
  assert_false(hcsref_fail_item(&arena, &err, "item-code", "/a/b", 7, "c", "no %v", HCSREF_LIT("m")));
  assert_string_equal(err.code, "item-code");
  assert_text(err.message, "no m");
  assert_text(err.where, "/a/b/7/c");
  assert_false(hcsref_fail_item(&arena, &err, "item-code", "/a", 0, NULL, "no"));
  assert_text(err.where, "/a/0");
  assert_false(hcsref_fail_item(&arena, NULL, "x", "/a", 0, NULL, "no"));
  hcsref_arena_free(&arena);
  c.refuse_at = 0;
  assert_false(hcsref_fail_item(&arena, &err, "item-code", "/a", 0, NULL, "no"));
  assert_string_equal(err.code, "out-of-memory");
  assert_false(hcsref_fail(&arena, &err, "some-code", HCSREF_LIT("/a"), "text"));
  assert_string_equal(err.code, "out-of-memory");
  assert_int_equal(err.where.len, 0);
  assert_false(hcsref_fail_memory(NULL));
}

static void formats_stop_at_a_lone_percent(void **state) {
  hcsref_arena arena;
  hcsref_str out;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  assert_true(hcsref_format(&arena, &out, "50%"));
  assert_text(out, "50");
  hcsref_arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(strings_compare_by_bytes),
      cmocka_unit_test(arena_hands_out_zeroed_aligned_memory),
      cmocka_unit_test(arena_reuse_asks_for_nothing),
      cmocka_unit_test(arena_keeps_its_limit),
      cmocka_unit_test(arena_survives_a_refused_reset),
      cmocka_unit_test(newest_allocation_can_be_resized),
      cmocka_unit_test(buffer_grows_and_remembers_failure),
      cmocka_unit_test(numbers_are_written_in_full),
      cmocka_unit_test(utf8_reads_what_it_writes),
      cmocka_unit_test(bad_utf8_is_taken_a_byte_at_a_time),
      cmocka_unit_test(quoting_is_gos),
      cmocka_unit_test(failures_carry_code_message_and_place),
      cmocka_unit_test(formats_stop_at_a_lone_percent),
  };
  return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
