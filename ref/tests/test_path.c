/* SPDX-License-Identifier: Apache-2.0 */
/* Windows paths against Go 1.19's answers, recorded and in the table of the known variants. */
#include "hcsref/path.h"
#include "support.h"

#include <jansson.h>
#include <stdio.h>

static hcsref_str clean(hcsref_arena *arena, hcsref_str path) {
  hcsref_str out = {NULL, 0};
  assert_true(hcsref_path_clean(arena, path, &out));
  return out;
}

/* ---- recorded answers ------------------------------------------------------------------------------------ */

typedef void (*play)(hcsref_arena *arena, const json_t *params, const json_t *ok);

static hcsref_str text_of(const json_t *object, const char *key) {
  const json_t *value = json_object_get(object, key);
  return hcsref_str_from(json_string_value(value), json_string_length(value));
}

static size_t play_recorded(hcsref_arena *arena, const char *op, play play_case) {
  static char line[1 << 20];
  char name[512];
  size_t played = 0;
  FILE *file;
  assert_true(snprintf(name, sizeof(name), "%s/golden/recorded/%s.jsonl", HCSPROOF_SOURCE_DIR, op) < (int)sizeof(name));
  file = fopen(name, "rb");
  assert_non_null(file);
  while (fgets(line, sizeof(line), file) != NULL) {
    json_t *recorded = json_loads(line, JSON_ALLOW_NUL, NULL);
    assert_non_null(recorded);
    play_case(arena, json_object_get(recorded, "params"), json_object_get(json_object_get(recorded, "expect"), "ok"));
    json_decref(recorded);
    hcsref_arena_reset(arena);
    played++;
  }
  fclose(file);
  return played;
}

static void play_clean(hcsref_arena *arena, const json_t *params, const json_t *ok) {
  assert_same(clean(arena, text_of(params, "path")), text_of(ok, "path"));
}

static void play_clean_mount(hcsref_arena *arena, const json_t *params, const json_t *ok) {
  hcsref_str out;
  assert_true(hcsref_clean_mount_path(arena, text_of(params, "path"), &out));
  assert_same(out, text_of(ok, "path"));
}

static void play_join(hcsref_arena *arena, const json_t *params, const json_t *ok) {
  const json_t *list = json_object_get(params, "parts");
  hcsref_str parts[16], out;
  size_t count = json_array_size(list);
  assert_true(count <= COUNT_OF(parts));
  for (size_t i = 0; i < count; i++)
    parts[i] = hcsref_str_from(json_string_value(json_array_get(list, i)), json_string_length(json_array_get(list, i)));
  assert_true(hcsref_path_join(arena, parts, count, &out));
  assert_same(out, text_of(ok, "path"));
}

static void play_split(hcsref_arena *arena, const json_t *params, const json_t *ok) {
  hcsref_str path = text_of(params, "path");
  hcsref_str dir, file, out;
  assert_same(hcsref_path_volume(path), text_of(ok, "volume"));
  assert_int_equal(hcsref_path_is_abs(path), json_is_true(json_object_get(ok, "is_abs")));
  hcsref_path_split(path, &dir, &file);
  assert_same(dir, text_of(ok, "split_dir"));
  assert_same(file, text_of(ok, "split_file"));
  assert_true(hcsref_path_dir(arena, path, &out));
  assert_same(out, text_of(ok, "dir"));
  assert_true(hcsref_path_base(arena, path, &out));
  assert_same(out, text_of(ok, "base"));
}

static void play_is_pipe(hcsref_arena *arena, const json_t *params, const json_t *ok) {
  (void)arena;
  assert_int_equal(hcsref_is_named_pipe(text_of(params, "path")), json_is_true(json_object_get(ok, "is_pipe")));
}

static void play_map_pipe(hcsref_arena *arena, const json_t *params, const json_t *ok) {
  bool hosted = json_is_object(json_object_get(params, "hosting_system"));
  hcsref_str host, pipe;
  assert_true(
      hcsref_map_named_pipe(arena, hosted, text_of(params, "source"), text_of(params, "destination"), &host, &pipe));
  assert_same(host, text_of(ok, "host_path"));
  assert_same(pipe, text_of(ok, "container_pipe"));
}

static void play_sandbox(hcsref_arena *arena, const json_t *params, const json_t *ok) {
  hcsref_str out;
  assert_true(hcsref_sandbox_mount_path(arena, text_of(params, "path"), &out));
  assert_same(out, text_of(ok, "path"));
}

static void play_volume(hcsref_arena *arena, const json_t *params, const json_t *ok) {
  (void)arena;
  assert_int_equal(hcsref_is_volume_path(text_of(params, "path")), json_is_true(json_object_get(ok, "valid")));
}

static void play_location(hcsref_arena *arena, const json_t *params, const json_t *ok) {
  hcsref_str device;
  uint16_t index;
  assert_true(hcsref_device_location(arena, text_of(params, "path"), &device, &index));
  assert_same(device, text_of(ok, "path"));
  assert_int_equal(index, json_integer_value(json_object_get(ok, "index")));
}

static void play_sort(hcsref_arena *arena, const json_t *params, const json_t *ok) {
  const json_t *order = json_object_get(ok, "order");
  for (size_t i = 0; i < json_array_size(order); i++) {
    size_t from = (size_t)json_integer_value(json_array_get(order, i));
    const json_t *path = json_array_get(json_object_get(params, "mounts"), from);
    size_t parts;
    assert_true(hcsref_path_parts(arena, hcsref_str_from(json_string_value(path), json_string_length(path)), &parts));
    assert_int_equal(parts, json_integer_value(json_array_get(json_object_get(ok, "parts"), i)));
  }
}

static void recorded_answers_hold(void **state) {
  static const struct {
    const char *op;
    play play_case;
    size_t at_least;
  } rows[] = {
      {"clean-path", play_clean, 64},
      {"clean-mount-path", play_clean_mount, 74},
      {"join-path", play_join, 14},
      {"split-path", play_split, 40},
      {"is-named-pipe", play_is_pipe, 6},
      {"map-named-pipe", play_map_pipe, 11},
      {"sandbox-mount-path", play_sandbox, 8},
      {"volume-path", play_volume, 13},
      {"device-location", play_location, 6},
      {"sort-mounts", play_sort, 4},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++)
    assert_true(play_recorded(*state, rows[i].op, rows[i].play_case) >= rows[i].at_least);
}

/* ---- the table of known variants, column of Go 1.19.6 and later 1.19 -------------------------------------- */

static void known_rows_hold(void **state) {
  static const struct {
    const char *path, *clean;
  } rows[] = {
      {"", "."},
      {".", "."},
      {"/", "\\"},
      {"/foo/", "\\foo"},
      {"./foo", "foo"},
      {"foo/..", "."},
      {"C:", "C:."},
      {"C:/", "C:\\"},
      {"C:foo", "C:foo"},
      {"C:.", "C:."},
      {"C:\\foo\\..\\..", "C:\\"},
      {"C:\\a\\.\\b\\\\c\\", "C:\\a\\b\\c"},
      {"C:\\foo ", "C:\\foo "},
      {"1:", "1:"},
      {"1:\\..\\x", "x"},
      {"\\\\server\\share", "\\\\server\\share"},
      {"\\\\server\\share\\", "\\\\server\\share\\"},
      {"//server/share", "\\\\server\\share"},
      {"//server/share/dir", "\\\\server\\share\\dir"},
      {"\\\\server\\share\\..\\..\\x", "\\\\server\\share\\x"},
      {"\\\\server", "\\server"},
      {"\\\\", "\\"},
      {"\\\\.\\pipe\\foo", "\\pipe\\foo"},
      {"\\\\.\\pipe\\", "\\pipe"},
      {"\\\\?\\C:\\", "\\\\?\\C:\\"},
      {"\\\\?\\C:", "\\\\?\\C:"},
      {"\\\\?\\C:\\foo\\..\\bar", "\\\\?\\C:\\bar"},
      {"\\\\?\\UNC\\server\\share\\..\\..\\..\\x", "\\\\?\\UNC\\x"},
      {"\\\\.\\C:\\foo", "\\C:\\foo"},
      {"\\\\..\\..\\a", "\\a"},
      {"\\??\\C:\\x", "\\??\\C:\\x"},
      {"\\a\\..\\??\\b", "\\??\\b"},
      {"a/../c:/b", ".\\c:\\b"},
      {"a/../c:", ".\\c:"},
      {"sandbox:///a/b", "sandbox:\\a\\b"},
      {"foo:\\", "foo:"},
      {"..", ".."},
      {"..\\..\\x", "..\\..\\x"},
      {"a\\..\\..\\b", "..\\b"},
      {"\\..\\x", "\\x"},
      {"\\\\server\\share\\.", "\\\\server\\share\\"},
      {"\\\\server\\.share\\x", "\\server\\.share\\x"},
      {"\\\\.server\\share\\x", "\\.server\\share\\x"},
      {"C:..\\x", "C:..\\x"},
      {"a\\..\\bb:\\..\\c", ".\\c"},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++)
    assert_text(clean(*state, hcsref_cstr(rows[i].path)), rows[i].clean);
}

static void absolute_paths_are_known(void **state) {
  static const struct {
    const char *path;
    bool abs;
  } rows[] = {
      {"", false},        {"C:\\", true},  {"C:/x", true},        {"C:x", false},   {"\\x", false},
      {"\\\\s\\h", true}, {"nul", true},   {"COM1", true},        {"com0", false},  {"Lpt9", true},
      {"nul.txt", false}, {"CONx", false}, {"\\\\s\\h\\x", true}, {"1:\\x", false}, {"C:", false},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++)
    assert_int_equal(hcsref_path_is_abs(hcsref_cstr(rows[i].path)), rows[i].abs);
}

static void joins_keep_out_of_unc(void **state) {
  static const struct {
    const char *parts[3];
    const char *out;
  } rows[] = {
      {{"", "", ""}, ""},
      {{"C:", "", "a"}, "C:a"},
      {{"C:", "", ""}, "C:."},
      {{"\\", "\\a\\b", "c"}, "\\a\\b\\c"},
      {{"a", "b", "..\\c"}, "a\\c"},
      {{"\\\\h\\s", "", "x"}, "\\\\h\\s\\x"},
      {{"\\", "?", "x"}, "\\?\\x"},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_str parts[3], out;
    for (size_t k = 0; k < 3; k++)
      parts[k] = hcsref_cstr(rows[i].parts[k]);
    assert_true(hcsref_path_join(*state, parts, 3, &out));
    assert_text(out, rows[i].out);
  }
}

static void bases_and_folders(void **state) {
  static const struct {
    const char *path, *base, *dir;
  } rows[] = {
      {"", ".", "."},
      {"\\", "\\", "\\"},
      {"D:C:x", "C:x", "D:."},
      {"\\\\h\\s", "\\", "\\\\h\\s"},
      {"C:\\a\\", "a", "C:\\a"},
      {"a/b", "b", "a"},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_str out;
    assert_true(hcsref_path_base(*state, hcsref_cstr(rows[i].path), &out));
    assert_text(out, rows[i].base);
    assert_true(hcsref_path_dir(*state, hcsref_cstr(rows[i].path), &out));
    assert_text(out, rows[i].dir);
  }
}

/* ---- properties ------------------------------------------------------------------------------------------ */

static uint32_t next_random(uint32_t *seed) {
  *seed = *seed * 1664525u + 1013904223u;
  return *seed >> 16;
}

static void cleaning_is_idempotent_and_keeps_the_volume(void **state) {
  static const char *const pieces[] = {"\\",        "/",    ".", "..", "C:",   "a",    "?",  "server",  "share",
                                       "Volume{x}", "pipe", ":", " ",  "\xFF", "\\\\", "??", "\xC3\xA9"};
  uint32_t seed = 7;
  for (int i = 0; i < 30000; i++) {
    char text[128];
    size_t len = 0;
    hcsref_str once, twice, volume;
    for (size_t n = next_random(&seed) % 8; n > 0; n--) {
      const char *piece = pieces[next_random(&seed) % COUNT_OF(pieces)];
      memcpy(text + len, piece, strlen(piece));
      len += strlen(piece);
    }
    if (next_random(&seed) % 16 == 0)
      text[len++] = '\0';
    once = clean(*state, hcsref_str_from(text, len));
    twice = clean(*state, once);
    volume = hcsref_path_volume(hcsref_str_from(text, len));
    assert_true(once.len > 0 && once.len <= len + 2);
    assert_same(twice, once);
    assert_int_equal(hcsref_path_volume(once).len, volume.len);
    hcsref_arena_reset(*state);
  }
}

static void long_paths_take_linear_time(void **state) {
  size_t len = 4u << 20;
  char *text = malloc(len);
  hcsref_str out;
  assert_non_null(text);
  for (size_t i = 0; i < len; i += 4)
    memcpy(text + i, i < len / 2 ? "abc\\" : "..\\\\", 4);
  out = clean(*state, hcsref_str_from(text, len));
  assert_text(out, ".");
  free(text);
}

static void refused_memory_is_told(void **state) {
  hcsref_str parts[] = {HCSREF_LIT("a/.."), HCSREF_LIT("c:/b")};
  (void)state;
  for (size_t limit = 16; limit < 9000; limit += 16) {
    hcsref_arena arena;
    hcsref_str out = HCSREF_LIT("untouched");
    hcsref_str pipe = out;
    hcsref_arena_init(&arena, NULL, 8192);
    if (limit <= 8192 - 32)
      (void)hcsref_arena_alloc(&arena, limit);
    if (!hcsref_path_join(&arena, parts, 2, &out))
      assert_text(out, "untouched");
    out = HCSREF_LIT("untouched");
    if (!hcsref_map_named_pipe(&arena, true, parts[0], parts[1], &out, &pipe)) {
      assert_text(out, "untouched");
      assert_text(pipe, "untouched");
    }
    (void)hcsref_path_dir(&arena, HCSREF_LIT("C:/a/b"), &out);
    (void)hcsref_path_clean(&arena, HCSREF_LIT("//s/h/a/../b"), &out);
    hcsref_arena_free(&arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      arena_test(recorded_answers_hold),       arena_test(known_rows_hold),
      arena_test(absolute_paths_are_known),    arena_test(joins_keep_out_of_unc),
      arena_test(bases_and_folders),           arena_test(cleaning_is_idempotent_and_keeps_the_volume),
      arena_test(long_paths_take_linear_time), arena_test(refused_memory_is_told),
  };
  return cmocka_run_group_tests_name("path", tests, NULL, NULL);
}
