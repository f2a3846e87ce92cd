/* SPDX-License-Identifier: Apache-2.0 */
/* Clean: the table of its known variants, what holds for any path, and what it costs. */
#include "hcsref/path.h"
#include "support.h"

/* Windows' longest path, in characters of which each may be three bytes long. */
#define LONGEST_PATH 32767

static hcsref_str clean(hcsref_arena *arena, hcsref_str path) {
  hcsref_str out = {NULL, 0};
  assert_true(hcsref_path_clean(arena, path, &out));
  return out;
}

/* Every row of the table, in the column of Go 1.19.6 and later 1.19; then rows that show where Clean is not what one
 * expects: a second pass may change more, and ".." may be lost behind the ".\" that guards a colon. */
static const struct {
  const char *path, *clean;
  size_t parts;
} known_rows[] = {
    {"", ".", 0},
    {".", ".", 0},
    {"/", "\\", 1},
    {"\\", "\\", 1},
    {"/foo", "\\foo", 1},
    {"/foo/", "\\foo", 1},
    {"foo", "foo", 0},
    {"foo/bar", "foo\\bar", 1},
    {"./foo", "foo", 0},
    {"../foo", "..\\foo", 1},
    {"foo/..", ".", 0},
    {"C:", "C:.", 0},
    {"c:", "c:.", 0},
    {"D:", "D:.", 0},
    {"C:\\", "C:\\", 1},
    {"C:/", "C:\\", 1},
    {"D:\\", "D:\\", 1},
    {"D:/", "D:\\", 1},
    {"C:foo", "C:foo", 0},
    {"C:.", "C:.", 0},
    {"C:\\foo\\..", "C:\\", 1},
    {"C:\\foo\\..\\..", "C:\\", 1},
    {"c:/test/container-path", "c:\\test\\container-path", 2},
    {"C:\\a\\.\\b\\\\c\\", "C:\\a\\b\\c", 3},
    {"C:\\a\\..\\..\\b", "C:\\b", 1},
    {"C:\\foo.", "C:\\foo.", 1},
    {"C:\\foo ", "C:\\foo ", 1},
    {"C:\\CON", "C:\\CON", 1},
    {"1:\\foo", "1:\\foo", 1},
    {"1:", "1:", 0},
    {"\\\\server\\share", "\\\\server\\share", 3},
    {"\\\\server\\share\\", "\\\\server\\share\\", 4},
    {"//server/share/dir", "\\\\server\\share\\dir", 4},
    {"\\\\server\\share\\..\\..\\x", "\\\\server\\share\\x", 4},
    {"\\\\server", "\\server", 1},
    {"\\\\server\\", "\\server", 1},
    {"\\\\", "\\", 1},
    {"\\\\.\\pipe\\foo", "\\pipe\\foo", 2},
    {"//./pipe/foo", "\\pipe\\foo", 2},
    {"\\\\.\\PIPE\\foo", "\\PIPE\\foo", 2},
    {"\\\\.\\pipe\\", "\\pipe", 1},
    {"\\\\.\\pipe", "\\pipe", 1},
    {"\\\\.\\pipe\\a\\..\\b", "\\pipe\\b", 2},
    {"\\\\?\\C:\\", "\\\\?\\C:\\", 4},
    {"\\\\?\\C:", "\\\\?\\C:", 3},
    {"\\\\?\\C:\\foo\\", "\\\\?\\C:\\foo", 4},
    {"\\\\?\\C:\\foo\\..\\bar", "\\\\?\\C:\\bar", 4},
    {"\\\\?\\C:\\..\\bar", "\\\\?\\C:\\bar", 4},
    {"\\\\?\\Volume{8a25748f-cf34-4ac6-9ee2-c89400e886db}\\", "\\\\?\\Volume{8a25748f-cf34-4ac6-9ee2-c89400e886db}\\",
     4},
    {"\\\\?\\Volume{8a25748f-cf34-4ac6-9ee2-c89400e886db}", "\\\\?\\Volume{8a25748f-cf34-4ac6-9ee2-c89400e886db}", 3},
    {"\\\\?\\Volume{8a25748f-cf34-4ac6-9ee2-c89400e886db}\\dir\\f.txt",
     "\\\\?\\Volume{8a25748f-cf34-4ac6-9ee2-c89400e886db}\\dir\\f.txt", 5},
    {"\\\\?\\UNC\\server\\share\\dir", "\\\\?\\UNC\\server\\share\\dir", 6},
    {"\\\\?\\UNC\\server\\share\\..\\..\\..\\x", "\\\\?\\UNC\\x", 4},
    {"\\\\.\\C:\\foo", "\\C:\\foo", 2},
    {"\\\\.\\UNC\\a\\b\\..\\c", "\\UNC\\a\\c", 3},
    {"\\\\..\\..\\a", "\\a", 1},
    {"\\?\?\\C:\\x", "\\?\?\\C:\\x", 3},
    {"\\a\\..\\?\?\\b", "\\?\?\\b", 2},
    {"a/../c:/b", ".\\c:\\b", 2},
    {"a/../c:", ".\\c:", 1},
    {"sandbox:///a/b", "sandbox:\\a\\b", 2},
    {"sandbox://a\\b", "sandbox:\\a\\b", 2},
    {"uvm://\\\\.\\pipe\\x", "uvm:\\pipe\\x", 2},
    {"/C:/foo", "\\C:\\foo", 2},
    {"/mnt/c", "\\mnt\\c", 2},
    {"foo:\\", "foo:", 0},
    {"foo:/", "foo:", 0},
    {"foo:/x", "foo:\\x", 1},
    {"foo:\\x", "foo:\\x", 1},
    {"1:\\..\\x", "x", 0},
    {"\\?\?\\C:", "\\?\?\\C:", 2},
    {"\\?\?", "\\?\?", 1},
    {"C:\\a/b\\..", "C:\\a", 1},
    {"C:..\\x", "C:..\\x", 1},
    {"C:\\..", "C:\\", 1},
    {"..", "..", 0},
    {"..\\..\\x", "..\\..\\x", 2},
    {"a\\..\\..\\b", "..\\b", 1},
    {"\\..\\x", "\\x", 1},
    {"/var/run/secrets/kubernetes.io/serviceaccount", "\\var\\run\\secrets\\kubernetes.io\\serviceaccount", 5},
    {"\\\\server\\share\\.", "\\\\server\\share\\", 4},
    {"\\\\server\\.share\\x", "\\server\\.share\\x", 3},
    {"\\\\.server\\share\\x", "\\.server\\share\\x", 3},
    {"\\\\?\\GLOBALROOT\\Device\\x", "\\\\?\\GLOBALROOT\\Device\\x", 5},
    {"\\\\wsl$\\Ubuntu\\home", "\\\\wsl$\\Ubuntu\\home", 4},
    {"a\\..\\c:\\..\\b", ".\\b", 1},
    {"a\\..\\b:\\..\\..\\x", "x", 0},
    {"C:a/../d:/x", "C:d:\\x", 1},
    {"./c:", ".\\c:", 1},
    {"//s/h", "\\\\s\\h", 3},
    {"C:a\\..", "C:.", 0},
    {"C:..\\..", "C:..\\..", 1},
};

static void known_rows_hold(void **state) {
  for (size_t i = 0; i < COUNT_OF(known_rows); i++) {
    size_t parts;
    assert_text(clean(*state, hcsref_cstr(known_rows[i].path)), known_rows[i].clean);
    assert_true(hcsref_path_parts(*state, hcsref_cstr(known_rows[i].path), &parts));
    assert_int_equal(parts, known_rows[i].parts);
  }
}

/* ---- any path -------------------------------------------------------------------------------------------- */

static uint32_t next_random(uint32_t *seed) {
  *seed = *seed * 1664525u + 1013904223u;
  return *seed >> 16;
}

static size_t add(char *text, size_t len, size_t room, const char *piece, size_t piece_len) {
  if (piece_len > room - len)
    return len;
  memcpy(text + len, piece, piece_len);
  return len + piece_len;
}

/* Pieces that mean something to Clean, NUL and broken UTF-8 among them. */
static size_t generate(char *text, size_t room, size_t pieces, uint32_t *seed) {
  static const struct {
    const char *text;
    size_t len;
  } table[] = {{"\\", 1},     {"/", 1},     {".", 1},    {"..", 2},        {"C:", 2},   {"a", 1}, {"?", 1},
               {"server", 6}, {"share", 5}, {"\\\\", 2}, {"Volume{x}", 9}, {"pipe", 4}, {":", 1}, {" ", 1},
               {"\0", 1},     {"\xFF", 1},  {"\xC3", 1}, {"/../", 4},      {"\\.\\", 3}};
  size_t len = 0;
  for (; pieces > 0; pieces--) {
    size_t i = next_random(seed) % COUNT_OF(table);
    len = add(text, len, room, table[i].text, table[i].len);
  }
  return len;
}

/* Which of the elements behind the volume name may be dots: leading ".." of a path without a root, a lone ".", and
 * the "." that keeps a colon from the start. */
static void check_elements(hcsref_str rest) {
  bool rooted = rest.len > 0 && rest.data[0] == '\\';
  bool only_dots = !rooted;
  size_t begin = rooted;
  while (begin < rest.len) {
    size_t end = begin;
    hcsref_str element;
    while (end < rest.len && rest.data[end] != '\\')
      end++;
    element = hcsref_str_from(rest.data + begin, end - begin);
    assert_true(element.len > 0);
    if (hcsref_str_equal(element, HCSREF_LIT(".")))
      assert_true(!rooted && begin == 0);
    if (hcsref_str_equal(element, HCSREF_LIT("..")))
      assert_true(only_dots);
    else
      only_dots = false;
    assert_true(end == rest.len || end + 1 < rest.len);
    begin = end + 1;
  }
}

static void check_volume(hcsref_str path, hcsref_str result) {
  hcsref_str before = hcsref_path_volume(path);
  hcsref_str after = hcsref_path_volume(result);
  assert_int_equal(before.len, after.len);
  for (size_t i = 0; i < before.len; i++)
    assert_true(before.data[i] == after.data[i] || (before.data[i] == '/' && after.data[i] == '\\'));
}

static bool is_guarded(hcsref_str path) {
  return hcsref_str_has_prefix(path, HCSREF_LIT(".\\"));
}

static void check_any(hcsref_arena *arena, hcsref_str path) {
  hcsref_str once = clean(arena, path);
  hcsref_str twice = clean(arena, once);
  assert_true(once.len > 0 && once.len <= path.len + 1);
  for (size_t i = 0; i < once.len; i++)
    assert_true(once.data[i] != '/');
  check_volume(path, once);
  check_elements(hcsref_str_skip(once, hcsref_path_volume(once).len));
  if (is_guarded(once) && !is_guarded(twice))
    assert_same(twice, hcsref_str_skip(once, 2));
  else
    assert_same(twice, once);
  assert_same(clean(arena, twice), twice);
}

/* With nothing behind the last byte, so that a sanitizer sees who reads on. */
static void check_exact(hcsref_arena *arena, hcsref_str path) {
  char *copy = malloc(path.len == 0 ? 1 : path.len);
  assert_non_null(copy);
  memcpy(copy, path.data, path.len);
  check_any(arena, hcsref_str_from(copy, path.len));
  (void)hcsref_path_is_abs(hcsref_str_from(copy, path.len));
  (void)hcsref_is_volume_path(hcsref_str_from(copy, path.len));
  free(copy);
}

static void any_path_is_cleaned(void **state) {
  char text[256];
  uint32_t seed = 7;
  for (int i = 0; i < (int)(60000 / test_stride()); i++) {
    size_t len = generate(text, sizeof(text), next_random(&seed) % 24, &seed);
    check_exact(*state, hcsref_str_from(text, len));
    hcsref_arena_reset(*state);
  }
}

static void longest_paths_are_cleaned(void **state) {
  char *text = malloc(LONGEST_PATH);
  uint32_t seed = 3;
  assert_non_null(text);
  for (int i = 0; i < 100; i++) {
    size_t len = generate(text, LONGEST_PATH, LONGEST_PATH, &seed);
    assert_int_equal(len, LONGEST_PATH);
    check_any(*state, hcsref_str_from(text, len));
    hcsref_arena_reset(*state);
  }
  free(text);
}

/* Steps down and up again over megabytes: neither deep nor slow. */
static void huge_paths_take_linear_time(void **state) {
  size_t len = 4u << 20;
  char *text = malloc(len);
  assert_non_null(text);
  for (size_t i = 0; i < len; i += 4)
    memcpy(text + i, i < len / 2 ? "abc\\" : "..\\\\", 4);
  assert_text(clean(*state, hcsref_str_from(text, len)), ".");
  free(text);
}

/* ---- memory ---------------------------------------------------------------------------------------------- */

/* How many bytes of the arena's only block a call took. */
static size_t taken_by_clean(hcsref_arena *arena, hcsref_str path, hcsref_str *out) {
  size_t before;
  (void)hcsref_arena_alloc(arena, 2 * path.len + 4096);
  hcsref_arena_reset(arena);
  before = arena->room;
  *out = clean(arena, path);
  return before - arena->room;
}

/* What only loses its end, or nothing, is a part of the path as it was given. */
static void clean_paths_cost_nothing(void **state) {
  static const char *const paths[] = {
      "C:\\",      "C:\\a\\b", "\\\\s\\h",   "\\\\s\\h\\a", "\\a",  "a",
      "..\\..\\a", "C:\\a\\",  "a\\b\\\\\\", "a\\b/",       "a\\.", "C:\\a\\b\\..",
  };
  for (size_t i = 0; i < COUNT_OF(paths); i++) {
    hcsref_str out;
    assert_int_equal(taken_by_clean(*state, hcsref_cstr(paths[i]), &out), 0);
    assert_ptr_equal(out.data, paths[i]);
  }
}

static void other_paths_are_written_once(void **state) {
  char text[512];
  uint32_t seed = 11;
  for (int i = 0; i < 20000; i++) {
    size_t len = generate(text, sizeof(text), next_random(&seed) % 60, &seed);
    hcsref_str out;
    assert_true(taken_by_clean(*state, hcsref_str_from(text, len), &out) <= (len + 1 + 15) / 16 * 16);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      arena_test(known_rows_hold),           arena_test(any_path_is_cleaned),
      arena_test(longest_paths_are_cleaned), arena_test(huge_paths_take_linear_time),
      arena_test(clean_paths_cost_nothing),  arena_test(other_paths_are_written_once),
  };
  return cmocka_run_group_tests_name("path clean", tests, NULL, NULL);
}
