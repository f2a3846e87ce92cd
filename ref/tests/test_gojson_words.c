/* SPDX-License-Identifier: Apache-2.0 */
/* Strings are read and written many bytes at a time: every special one at every place gives what a reader of single
 * bytes would, and nothing past the end is looked at, which the address sanitizer sees here. */
#include "support.h"

#include "hcsref/json.h"

enum { LONGEST = 70, ROUNDS = 4000 };

/* A piece of a JSON string, what it stands for, and how Go writes that. */
typedef struct piece {
  hcsref_str text, value, written;
} piece;

#define PIECE(text, value, written)                                                                                    \
  {                                                                                                                    \
    {text, sizeof(text) - 1}, {value, sizeof(value) - 1}, {                                                            \
      written, sizeof(written) - 1                                                                                     \
    }                                                                                                                  \
  }

/* The first are what paths consist of. */
static const piece pieces[] = {
    PIECE("a", "a", "a"),
    PIECE("\\\\", "\\", "\\\\"),
    PIECE("bcdefgh", "bcdefgh", "bcdefgh"),
    PIECE("\x7F", "\x7F", "\x7F"),
    PIECE("\\\"", "\"", "\\\""),
    PIECE("\\n", "\n", "\\n"),
    PIECE("\\/", "/", "/"),
    PIECE("<", "<", "\\u003c"),
    PIECE(">", ">", "\\u003e"),
    PIECE("&", "&", "\\u0026"),
    PIECE("\\u0001", "\x01", "\\u0001"),
    PIECE("\\u001F", "\x1F", "\\u001f"),
    PIECE("\xC3\xA9", "\xC3\xA9", "\xC3\xA9"),
    PIECE("\xE2\x80\xA8", "\xE2\x80\xA8", "\\u2028"),
    PIECE("\\ud83d\\ude00", "\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"),
    PIECE("\xFF", "\xEF\xBF\xBD", "\xEF\xBF\xBD"),
};
enum { PIECES = COUNT_OF(pieces), OF_PATHS = 3 };

typedef struct sample {
  hcsref_buf text, value, written;
} sample;

static void begin(sample *s, hcsref_arena *arena) {
  *s = (sample){.text = {.arena = arena}, .value = {.arena = arena}, .written = {.arena = arena}};
  hcsref_buf_append_char(&s->text, '"');
  hcsref_buf_append_char(&s->written, '"');
}

static void add(sample *s, size_t n) {
  hcsref_buf_append(&s->text, pieces[n].text);
  hcsref_buf_append(&s->value, pieces[n].value);
  hcsref_buf_append(&s->written, pieces[n].written);
}

/* A copy that ends where its memory ends. */
static hcsref_str exact_copy(hcsref_str s) {
  char *copy = malloc(s.len == 0 ? 1 : s.len);
  assert_non_null(copy);
  if (s.len != 0)
    memcpy(copy, s.data, s.len);
  return hcsref_str_from(copy, s.len);
}

static void release(hcsref_str s) {
  free((char *)(uintptr_t)s.data);
}

static bool decode(hcsref_arena *arena, hcsref_str text, hcsref_str *out) {
  hcsref_str copy = exact_copy(text);
  bool ok = hcsref_json_decode(arena, copy, &hcsref_type_string, HCSREF_JSON_WHOLE, out, NULL);
  release(copy);
  return ok;
}

/* [s,s] */
static hcsref_str twice(hcsref_arena *arena, hcsref_str s) {
  hcsref_str text;
  assert_true(hcsref_format(arena, &text, "[%v,%v]", s, s));
  return text;
}

/* The same as elements of a []string, which are read and written one behind the other. */
static void check_elements(hcsref_arena *arena, hcsref_str text, hcsref_str value, hcsref_str written) {
  hcsref_str copy = exact_copy(twice(arena, text));
  hcsref_str found;
  hcsref_slice list = {NULL, 0, 0};
  assert_true(hcsref_json_decode(arena, copy, &hcsref_type_strings, HCSREF_JSON_WHOLE, &list, NULL));
  release(copy);
  assert_int_equal(list.len, 2);
  copy = exact_copy(value);
  for (size_t i = 0; i < list.len; i++) {
    assert_same(((hcsref_str *)list.items)[i], value);
    ((hcsref_str *)list.items)[i] = copy;
  }
  assert_true(hcsref_json_encode(arena, &hcsref_type_strings, &list, &found, NULL));
  release(copy);
  assert_same(found, twice(arena, written));
}

/* Reads the text, and writes what it stands for. */
static void check(sample *s) {
  hcsref_buf found = {.arena = s->text.arena};
  hcsref_str value = {NULL, 0};
  hcsref_str copy;
  hcsref_buf_append_char(&s->text, '"');
  hcsref_buf_append_char(&s->written, '"');
  assert_true(decode(s->text.arena, hcsref_buf_str(&s->text), &value));
  assert_same(value, hcsref_buf_str(&s->value));
  copy = exact_copy(value);
  hcsref_json_append_string(&found, copy);
  release(copy);
  assert_same(hcsref_buf_str(&found), hcsref_buf_str(&s->written));
  check_elements(s->text.arena, hcsref_buf_str(&s->text), hcsref_buf_str(&s->value), hcsref_buf_str(&s->written));
}

static void every_piece_at_every_place(void **state) {
  hcsref_arena *arena = *state;
  for (size_t n = 0; n < PIECES; n++)
    for (size_t length = 0; length <= LONGEST; length += test_stride())
      for (size_t place = 0; place <= length; place++) {
        sample s;
        hcsref_arena_reset(arena);
        begin(&s, arena);
        for (size_t i = 0; i <= length; i++)
          add(&s, i == place ? n : 0);
        check(&s);
      }
}

static uint32_t next_random(uint32_t *seed) {
  *seed ^= *seed << 13;
  *seed ^= *seed >> 17;
  *seed ^= *seed << 5;
  return *seed;
}

/* Paths, with another piece now and then. */
static void random_sample(sample *s, hcsref_arena *arena, uint32_t *seed) {
  size_t length = next_random(seed) % LONGEST;
  hcsref_arena_reset(arena);
  begin(s, arena);
  for (size_t i = 0; i < length; i++)
    add(s, next_random(seed) % 8 == 0 ? next_random(seed) % PIECES : next_random(seed) % OF_PATHS);
}

static void pieces_in_any_order(void **state) {
  uint32_t seed = 1;
  for (size_t round = 0; round < ROUNDS; round += test_stride()) {
    sample s;
    random_sample(&s, *state, &seed);
    check(&s);
  }
}

static void a_text_that_is_cut_is_refused(void **state) {
  uint32_t seed = 2;
  for (size_t round = 0; round < ROUNDS / 40; round += test_stride()) {
    sample s;
    hcsref_str text;
    random_sample(&s, *state, &seed);
    text = hcsref_buf_str(&s.text); /* without its closing quote */
    for (size_t length = 0; length <= text.len; length++) {
      hcsref_str value = HCSREF_LIT("as before");
      assert_false(decode(*state, hcsref_str_first(text, length), &value));
      assert_text(value, "as before");
    }
  }
}

/* A control character ends a string anywhere. */
static void control_characters_are_refused(void **state) {
  char text[LONGEST + 2];
  for (size_t length = 3; length <= LONGEST; length++)
    for (size_t place = 1; place + 1 < length; place++) {
      hcsref_str value;
      memset(text, place % 3 == 0 ? '\\' : 'a', sizeof text);
      text[0] = '"';
      text[place] = (char)(place % 0x20);
      text[length - 1] = '"';
      hcsref_arena_reset(*state);
      assert_false(decode(*state, hcsref_str_from(text, length), &value));
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      arena_test(every_piece_at_every_place),
      arena_test(pieces_in_any_order),
      arena_test(a_text_that_is_cut_is_refused),
      arena_test(control_characters_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
