/* SPDX-License-Identifier: Apache-2.0 */
/* How a container's process gets to what its container has: files of the volume, mapped directories. */
#include "engine/state.h"
#include "world.h"

#include <stdio.h>

static const char *path_in(world *w, const sim_container *c, const char *path) {
  hcsref_str out = {NULL, 0};
  return sim_volume_path(c, &w->arena, hcsref_cstr(path), &out) ? out.data : "none";
}

static const char *program_in(world *w, const sim_container *c, const char *search, const char *word) {
  const char *path = sim_volume_program(c, &w->arena, hcsref_cstr(search), hcsref_cstr(word));
  return path == NULL ? "none" : path;
}

static void paths_on_c_are_found_in_the_volume(void **state) {
  world *w = *state;
  sim_container c;
  char root[600];
  memset(&c, 0, sizeof(c));
  world_put(w, "root/Windows/System32/probe.exe", "x");
  world_put(w, "root/tools/run.exe", "x");
  assert_string_equal(path_in(w, &c, "C:\\tools"), "none");
  assert_string_equal(program_in(w, &c, "", "probe"), "none");
  snprintf(root, sizeof root, "%s" SEPARATOR "root", w->folder);
  c.root = hcsref_cstr(root);
  assert_contains(path_in(w, &c, "C:\\tools\\run.exe"), "root" SEPARATOR "tools" SEPARATOR "run.exe");
  assert_contains(path_in(w, &c, "c:/tools/new.txt"), "root" SEPARATOR "tools" SEPARATOR "new.txt");
  assert_string_equal(path_in(w, &c, "C:\\"), root);
  assert_string_equal(path_in(w, &c, "C:\\no\\new.txt"), "none");
  assert_string_equal(path_in(w, &c, "D:\\tools"), "none");
  assert_string_equal(path_in(w, &c, "C:"), "none");
  assert_contains(program_in(w, &c, "", "probe"), "probe.exe");
  assert_contains(program_in(w, &c, "C:\\none;;C:\\tools\\", "run"), "run.exe");
  assert_contains(program_in(w, &c, "", "C:\\tools\\run"), "run.exe");
  assert_string_equal(program_in(w, &c, "", "run"), "none");
  assert_string_equal(program_in(w, &c, "", "tools\\run"), "none");
  assert_string_equal(program_in(w, &c, "D:\\x", "run"), "none");
  assert_string_equal(program_in(w, &c, "", ""), "none");
}

/* cmd in a container, which is the host's, finds the image's programs as well. */
static void programs_are_looked_for_in_the_volume_first(void **state) {
  world *w = *state;
  sim_container c;
  char root[600], wanted[2000];
  hcsref_str out = {NULL, 0};
  memset(&c, 0, sizeof(c));
  world_put(w, "root/Windows/System32/probe.exe", "x");
  assert_true(sim_volume_search(&c, &w->arena, HCSREF_LIT("C:\\Windows\\System32"), &out));
  assert_true(hcsref_str_equal(out, HCSREF_LIT("C:\\Windows\\System32")));
  snprintf(root, sizeof root, "%s" SEPARATOR "root", w->folder);
  c.root = hcsref_cstr(root);
  assert_true(
      sim_volume_search(&c, &w->arena, HCSREF_LIT("C:\\Windows\\System32\\;D:\\x;;c:\\none;C:\\Windows"), &out));
  snprintf(wanted, sizeof wanted,
           "%s" SEPARATOR "Windows" SEPARATOR "System32;%s" SEPARATOR "Windows;C:\\Windows\\System32\\;D:\\x;;c:\\none;"
           "C:\\Windows",
           root, root);
  assert_true(hcsref_str_equal(out, hcsref_cstr(wanted)));
}

static void a_process_sees_the_files_of_its_image(void **state) {
  world *w = *state;
  const hcsref_computecore *api = &sim_computecore;
  hcsref_hcs_operation operation = api->create_operation(NULL, NULL);
  hcsref_hcs_system system;
  hcsref_hcs_process process;
  hcsref_hcs_process_info info;
  world_put(w, "base/Files/hello.txt", "hello from the image");
  world_mount(w);
  assert_code(api->create_compute_system(wide(w, "one"), document2(w, ""), operation, NULL, &system), 0);
  assert_code(api->wait_for_operation_result(operation, ENOUGH_MS, NULL), 0);
  api->close_operation(operation);
  operation = api->create_operation(NULL, NULL);
  assert_code(api->start_compute_system(system, operation, NULL), 0);
  assert_code(api->wait_for_operation_result(operation, ENOUGH_MS, NULL), 0);
  api->close_operation(operation);
  operation = api->create_operation(NULL, NULL);
#ifdef _WIN32
#define SHOW SHELL("type C:\\hello.txt")
#else
#define SHOW SHELL("cat C:\\hello.txt")
#endif
  assert_code(api->create_process(system, process_parameters(w, SHOW), operation, NULL, &process), 0);
  assert_code(api->wait_for_operation_result_and_process_info(operation, ENOUGH_MS, &info, NULL), 0);
  api->close_operation(operation);
  os_stream_close(info.std_input);
  assert_string_equal(read_stream(w, info.std_output), "hello from the image");
  os_stream_close(info.std_error);
  api->close_process(process);
  api->close_compute_system(system);
  world_unmount(w);
}

static void mapped_directories_are_told(void **state) {
  world *w = *state;
  sim_mapping directories[2] = {{HCSREF_LIT("C:\\data\\"), HCSREF_LIT("D:\\of host"), true},
                                {HCSREF_LIT("C:\\log"), HCSREF_LIT("D:\\log\\"), false}};
  sim_system system;
  memset(&system, 0, sizeof system);
  assert_string_equal(sim_view_mapped(&system, &w->arena), "");
  system.container.directories.items = directories;
  system.container.directories.len = 2;
  assert_string_equal(sim_view_mapped(&system, &w->arena), "C:\\data|D:\\of host|r|C:\\log|D:\\log|w");
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
      TEST(paths_on_c_are_found_in_the_volume),
      TEST(programs_are_looked_for_in_the_volume_first),
      TEST(a_process_sees_the_files_of_its_image),
      TEST(mapped_directories_are_told),
  };
  return world_end(cmocka_run_group_tests(tests, NULL, NULL));
}
