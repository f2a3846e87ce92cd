/* SPDX-License-Identifier: Apache-2.0 */
/* Paths by the Go of each release: the five variants of Clean, and what rests on them. Of 1.18, 1.20.0 and 1.20.11 no
 * answer was recorded: those columns are computed. */
#include "hcsref/path.h"
#include "support.h"

static const char *const variants[] = {"go-1.18.10", "go-1.19.8", "go-1.20.0", "go-1.20.11", "go-1.22.12"};

static const hcsref_rules *rules_of(hcsref_arena *arena, const char *profile) {
  const hcsref_profile *found = hcsref_profile_find(arena, hcsref_cstr(profile), NULL);
  assert_non_null(found);
  return hcsref_profile_rules(found, HCSREF_PROGRAM_GO);
}

static void each_go_cleans_as_it_did(void **state) {
  static const struct {
    const char *path, *clean[5];
  } rows[] = {
      {"C:\\a/b\\..", {"C:\\a", "C:\\a", "C:\\a", "C:\\a", "C:\\a"}},
      {"1:", {"1:", "1:", "1:", "1:.", "1:."}},
      {"1:\\..\\x", {"x", "x", "x", "1:\\x", "1:\\x"}},
      {"\\\\server", {"\\server", "\\server", "\\\\server", "\\\\server", "\\\\server"}},
      {"\\\\", {"\\", "\\", "\\\\", "\\\\", "\\\\"}},
      {"//./pipe/foo", {"\\pipe\\foo", "\\pipe\\foo", "\\\\.\\pipe\\foo", "\\\\.\\pipe\\foo", "\\\\.\\pipe\\foo"}},
      {"\\\\.\\pipe\\a\\..\\b", {"\\pipe\\b", "\\pipe\\b", "\\\\.\\pipe\\b", "\\\\.\\pipe\\b", "\\\\.\\pipe\\b"}},
      {"\\\\?\\C:\\", {"\\\\?\\C:\\", "\\\\?\\C:\\", "\\\\?\\C:\\", "\\\\?\\C:", "\\\\?\\C:\\"}},
      {"\\\\?\\C:\\..\\bar", {"\\\\?\\C:\\bar", "\\\\?\\C:\\bar", "\\\\?\\C:\\bar", "\\\\?\\bar", "\\\\?\\C:\\bar"}},
      {"\\\\?\\UNC\\server\\share\\..\\..\\..\\x",
       {"\\\\?\\UNC\\x", "\\\\?\\UNC\\x", "\\\\?\\UNC\\server\\share\\x", "\\\\?\\x", "\\\\?\\UNC\\x"}},
      {"\\\\.\\UNC\\a\\b\\..\\c",
       {"\\UNC\\a\\c", "\\UNC\\a\\c", "\\\\.\\UNC\\a\\b\\c", "\\\\.\\UNC\\a\\b\\c", "\\\\.\\UNC\\a\\b\\c"}},
      {"\\\\..\\..\\a", {"\\a", "\\a", "\\\\..\\..\\a", "\\\\..\\..\\a", "\\\\..\\..\\a"}},
      {"\\a\\..\\??\\b", {"\\??\\b", "\\??\\b", "\\??\\b", "\\.\\??\\b", "\\.\\??\\b"}},
      {"a/../c:/b", {"c:\\b", ".\\c:\\b", ".\\c:\\b", ".\\c:\\b", ".\\c:\\b"}},
      {"sandbox:///a/b",
       {"sandbox:\\a\\b", "sandbox:\\a\\b", "sandbox:\\a\\b", ".\\sandbox:\\a\\b", ".\\sandbox:\\a\\b"}},
      {"foo:\\x", {"foo:\\x", "foo:\\x", "foo:\\x", "foo:\\x", "foo:\\x"}},
      {"\\??\\C:", {"\\??\\C:", "\\??\\C:", "\\??\\C:", "\\??\\C:", "\\??\\C:."}},
      {"/?\?", {"\\??", "\\??", "\\??", "/?\?.", "/?\?."}},
      {"\\\\server\\.share\\x",
       {"\\server\\.share\\x", "\\server\\.share\\x", "\\\\server\\.share\\x", "\\\\server\\.share\\x",
        "\\\\server\\.share\\x"}},
      /* What ".." leaves behind in upstream's copy still counts. */
      {".\\ab:\\..\\c", {"c", ".\\c", ".\\c", ".\\c", ".\\c"}},
      {"ab:\\..\\ab:", {"ab:", ".\\ab:", ".\\ab:", "ab:", "ab:"}},
  };
  for (size_t v = 0; v < COUNT_OF(variants); v++) {
    const hcsref_rules *rules = rules_of(*state, variants[v]);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
      hcsref_str out;
      assert_true(hcsref_path_clean_as(*state, rules, hcsref_cstr(rows[i].path), &out));
      if (!hcsref_str_equal(out, hcsref_cstr(rows[i].clean[v])))
        print_error("%s: %s\n", variants[v], rows[i].path);
      assert_text(out, rows[i].clean[v]);
    }
  }
}

static void each_go_joins_as_it_did(void **state) {
  static const struct {
    const char *parts[3], *old, *middle, *recent;
  } rows[] = {
      {{"\\", "\\a", "b"}, "\\a\\b", "\\a\\b", "\\a\\b"},
      {{"\\\\", "host", "share"}, "\\host\\share", "\\\\host\\share", "\\\\host\\share"},
      {{"C:", "", "a"}, "C:a", "C:a", "C:a"},
      {{"C:", "\\a", ""}, "C:\\a", "C:\\a", "C:\\a"},
      {{"\\", "??\\a", "b"}, "\\??\\a\\b", "\\??\\a\\b", "\\.\\??\\a\\b"},
      {{"\\", "??", ""}, "\\??", "\\??", "\\.\\??"},
      {{"a:b", "c", "d"}, "a:b\\c\\d", "a:b\\c\\d", "a:b\\c\\d"},
      {{"", "", ""}, "", "", ""},
  };
  const char *const gos[] = {"go-1.19.8", "go-1.20.0", "go-1.22.12"};
  for (size_t g = 0; g < COUNT_OF(gos); g++)
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
      hcsref_str parts[3], out;
      const char *const expected[] = {rows[i].old, rows[i].middle, rows[i].recent};
      for (size_t p = 0; p < 3; p++)
        parts[p] = hcsref_cstr(rows[i].parts[p]);
      assert_true(hcsref_path_join_as(*state, rules_of(*state, gos[g]), parts, 3, &out));
      assert_text(out, expected[g]);
    }
}

static void volumes_and_absolute_paths_are_those_of_the_go(void **state) {
  static const struct {
    const char *path, *old, *recent;
    bool old_abs, recent_abs;
  } rows[] = {
      {"//./pipe/x", "", "\\\\.\\pipe", false, true},
      {"CON", "", "", true, false},
      {"com1", "", "", true, false},
      {"1:\\x", "", "1:", false, true},
      {"/?\?/C:/x", "", "\\??\\C:", false, true},
      {"\\??", "", "\\??", false, false},
      {"C:x", "C:", "C:", false, false},
      {"\\x", "", "", false, false},
  };
  const hcsref_rules *recent = rules_of(*state, "go-1.26.10");
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_str path = hcsref_cstr(rows[i].path), volume;
    assert_true(hcsref_path_volume_as(*state, NULL, path, &volume));
    assert_text(volume, rows[i].old);
    assert_same(hcsref_path_volume(path), volume);
    assert_true(hcsref_path_volume_as(*state, recent, path, &volume));
    assert_text(volume, rows[i].recent);
    assert_int_equal(hcsref_path_is_abs_as(NULL, path), rows[i].old_abs);
    assert_int_equal(hcsref_path_is_abs_as(recent, path), rows[i].recent_abs);
  }
}

static bool clean_volume(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str *out) {
  return hcsref_path_clean_as(arena, rules, HCSREF_LIT("//./x"), out);
}

static bool clean_drive(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str *out) {
  return hcsref_path_clean_as(arena, rules, HCSREF_LIT("/?\?"), out);
}

static bool clean_guarded(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str *out) {
  return hcsref_path_clean_as(arena, rules, HCSREF_LIT("a/../c:/b"), out);
}

static bool volume(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str *out) {
  return hcsref_path_volume_as(arena, rules, HCSREF_LIT("//./x/y"), out);
}

static bool folder(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str *out) {
  return hcsref_path_dir_as(arena, rules, HCSREF_LIT("//./x/y/z"), out);
}

static bool join(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str *out) {
  hcsref_str parts[2];
  parts[0] = HCSREF_LIT("/");
  parts[1] = HCSREF_LIT("?\?/x");
  return hcsref_path_join_as(arena, rules, parts, COUNT_OF(parts), out);
}

static void every_failed_allocation_is_told(void **state) {
  static bool (*const calls[])(hcsref_arena *, const hcsref_rules *,
                               hcsref_str *) = {clean_volume, clean_drive, clean_guarded, volume, folder, join};
  const hcsref_rules *rules = rules_of(*state, "go-1.22.12");
  for (size_t i = 0; i < COUNT_OF(calls); i++)
    for (size_t room = 0;; room += 16) {
      hcsref_arena arena;
      hcsref_str out = HCSREF_LIT("untouched");
      bool ok;
      tight_arena(&arena, room);
      ok = calls[i](&arena, rules, &out);
      if (!ok)
        assert_text(out, "untouched");
      hcsref_arena_free(&arena);
      if (ok) {
        assert_true(room > 0);
        break;
      }
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      arena_test(each_go_cleans_as_it_did),
      arena_test(each_go_joins_as_it_did),
      arena_test(volumes_and_absolute_paths_are_those_of_the_go),
      arena_test(every_failed_allocation_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
