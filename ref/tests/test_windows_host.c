/* SPDX-License-Identifier: Apache-2.0 */
/* The machine itself as a host: built for Windows only. */
#include "hcsref/hcsref.h"
#include "support.h"

#include "hcsref/windows.h"

#include <stdio.h>
#include <windows.h>

static hcsref_arena arena;
static char folder[300];

static int begin(void **state) {
  char root[260];
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  GetTempPathA(sizeof root, root);
  snprintf(folder, sizeof folder, "%shcsref-host-%lu", root, GetCurrentProcessId());
  return CreateDirectoryA(folder, NULL) ? 0 : -1;
}

static int end(void **state) {
  (void)state;
  hcsref_arena_free(&arena);
  return RemoveDirectoryA(folder) ? 0 : -1;
}

static hcsref_str under(const char *name) {
  hcsref_str out;
  assert_true(hcsref_format(&arena, &out, "%s\\%s", folder, name));
  return out;
}

static void facts_are_told(void **state) {
  hcsref_host host = hcsref_windows_host(NULL);
  hcsref_guid id, other;
  hcsref_str message = {NULL, 0};
  (void)state;
  assert_true(host.ops->processor_count(host.ctx) >= 1);
  assert_true(host.ops->os_build(host.ctx) >= 7600);
  assert_false(host.ops->layer_id(host.ctx, &arena, HCSREF_LIT("C:\\l"), &id, &message));
  assert_text(message, "vmcompute.dll is not there");
  assert_true(hcsref_windows_guid(&id) && hcsref_windows_guid(&other));
  assert_memory_not_equal(id.data, other.data, 16);
}

static void paths_are_looked_at(void **state) {
  hcsref_host host = hcsref_windows_host(NULL);
  hcsref_str message = {NULL, 0}, expected;
  bool is_dir = false;
  (void)state;
  assert_int_equal(host.ops->stat(NULL, &arena, hcsref_cstr(folder), &is_dir, &message), HCSREF_PATH_OK);
  assert_true(is_dir);
  assert_int_equal(host.ops->stat(NULL, &arena, under("none"), &is_dir, &message), HCSREF_PATH_NOT_EXIST);
  assert_true(hcsref_format(&arena, &expected, "CreateFile %s\\none: ", folder));
  assert_true(hcsref_str_has_prefix(message, expected));
  assert_int_equal(host.ops->stat(NULL, &arena, under("no\\ne"), NULL, &message), HCSREF_PATH_NOT_EXIST);
}

static void folders_are_made(void **state) {
  hcsref_host host = hcsref_windows_host(NULL);
  hcsref_str message = {NULL, 0};
  bool is_dir = false;
  (void)state;
  assert_true(host.ops->mkdir_all(NULL, &arena, under("a\\b/c"), &message));
  assert_int_equal(host.ops->stat(NULL, &arena, under("a\\b\\c"), &is_dir, &message), HCSREF_PATH_OK);
  assert_true(host.ops->mkdir_all(NULL, &arena, under("a\\b/c"), &message));
  for (size_t i = 0; i < 3; i++) {
    static const char *const parts[] = {"a\\b\\c", "a\\b", "a"};
    char path[400];
    snprintf(path, sizeof path, "%s\\%s", folder, parts[i]);
    assert_true(RemoveDirectoryA(path));
  }
}

static void files_are_read(void **state) {
  hcsref_host host = hcsref_windows_host(NULL);
  hcsref_str message = {NULL, 0}, data = {NULL, 0};
  char path[400];
  FILE *file;
  (void)state;
  snprintf(path, sizeof path, "%s\\file", folder);
  file = fopen(path, "wb");
  assert_non_null(file);
  fputs("content", file);
  fclose(file);
  assert_true(host.ops->read_file(NULL, &arena, under("file"), &data, &message));
  assert_text(data, "content");
  assert_false(host.ops->mkdir_all(NULL, &arena, under("file\\x"), &message));
  assert_true(DeleteFileA(path));
  assert_false(host.ops->read_file(NULL, &arena, under("file"), &data, &message));
  assert_true(hcsref_str_has_prefix(message, HCSREF_LIT("open ")));
}

static void final_paths_name_the_volume(void **state) {
  hcsref_host host = hcsref_windows_host(NULL);
  hcsref_str message = {NULL, 0}, target = {NULL, 0};
  (void)state;
  for (int mode = HCSREF_RESOLVE_CRI; mode <= HCSREF_RESOLVE_HCS; mode++) {
    assert_true(host.ops->resolve(NULL, &arena, hcsref_cstr(folder), mode, &target, &message));
    assert_true(hcsref_str_has_prefix(target, HCSREF_LIT("\\\\?\\Volume{")));
    assert_false(host.ops->resolve(NULL, &arena, under("none"), mode, &target, &message));
    assert_true(hcsref_str_has_prefix(message, HCSREF_LIT("CreateFile ")));
  }
}

static void long_paths_work(void **state) {
  hcsref_host host = hcsref_windows_host(NULL);
  hcsref_str message = {NULL, 0}, path;
  char name[121];
  bool is_dir = false;
  (void)state;
  memset(name, 'x', sizeof name - 1);
  name[sizeof name - 1] = '\0';
  assert_true(hcsref_format(&arena, &path, "%s\\%s\\%s\\%s", folder, name, name, name));
  assert_true(host.ops->mkdir_all(NULL, &arena, path, &message));
  assert_int_equal(host.ops->stat(NULL, &arena, path, &is_dir, &message), HCSREF_PATH_OK);
  assert_true(is_dir);
  for (int depth = 3; depth > 0; depth--) {
    const hcsref_wchar *wide;
    hcsref_str prefixed, dir;
    assert_true(hcsref_format(&arena, &prefixed, "\\\\?\\%v", path));
    wide = hcsref_to_utf16(&arena, prefixed);
    assert_true(RemoveDirectoryW((const wchar_t *)wide));
    assert_true(hcsref_path_dir(&arena, path, &dir));
    path = dir;
  }
}

/* The pipeline on the real host: a mount of a folder that is there. */
static void the_pipeline_asks_this_host(void **state) {
  hcsref_host host = hcsref_windows_host(NULL);
  hcsref_oci_spec spec;
  hcsref_cri_container_config config;
  hcsref_cri_mount mount, *items = &mount;
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  const hcsref_oci_mount *made;
  (void)state;
  memset(&spec, 0, sizeof spec);
  memset(&config, 0, sizeof config);
  memset(&mount, 0, sizeof mount);
  mount.host_path = hcsref_cstr(folder);
  mount.container_path = HCSREF_LIT("/data");
  config.mounts.items = &items;
  config.mounts.len = 1;
  assert_true(hcsref_cri_mounts(&arena, &spec, &config, NULL, &host, &err));
  made = spec.mounts.items;
  assert_int_equal(spec.mounts.len, 1);
  assert_text(made[0].destination, "C:\\data");
  assert_true(hcsref_str_has_prefix(made[0].source, HCSREF_LIT("\\\\?\\Volume{")));
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
      TEST(facts_are_told),
      TEST(paths_are_looked_at),
      TEST(folders_are_made),
      TEST(files_are_read),
      TEST(final_paths_name_the_volume),
      TEST(long_paths_work),
      TEST(the_pipeline_asks_this_host),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
