/* SPDX-License-Identifier: Apache-2.0 */
/* Layers that are made: imported, exported, destroyed; and the form in which their files travel. */
#include "dll/layer.h"
#include "engine/layers/transport.h"
#include "engine/layers/tree.h"
#include "world.h"

#include <stdio.h>

static const hcsref_wc_driver driver = {1, NULL};

/* A path below the world's folder; the next call takes the place of the last but three. */
static const char *at(const world *w, const char *name) {
  static char paths[4][1200];
  static size_t next;
  char *path = paths[next++ % 4];
  snprintf(path, sizeof paths[0], "%s/%s", w->folder, name);
  return path;
}

static void put(const world *w, const char *name, const char *text, size_t size) {
  char folder[1200];
  snprintf(folder, sizeof folder, "%s", at(w, name));
  *strrchr(folder, '/') = '\0';
  assert_true(os_folder_make(folder));
  assert_true(os_file_replace(at(w, name), text, size));
}

static const char *get(world *w, const char *name) {
  size_t size = 0;
  char *data = os_file_read(at(w, name), 100000, &size);
  hcsref_str copy = {NULL, 0};
  if (data == NULL)
    return "nothing";
  assert_true(hcsref_str_copy(&w->arena, hcsref_str_from(data, size + 1), &copy));
  free(data);
  return copy.data;
}

/* A file in the transport form, with these streams behind its attributes. */
static void put_stream(world *w, const char *name, const char *text) {
  hcsref_str file = {NULL, 0};
  assert_true(sim_transport_write(&w->arena, 0x20, hcsref_cstr(text), &file));
  put(w, name, file.data, file.len);
}

/* ---- the form --------------------------------------------------------------------------------------------------- */

static void files_travel_as_backup_streams(void **state) {
  static const char with_others[] =
      "\x20\0\0\0"
      "\x03\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0\0\0\0\0xy"                   /* security */
      "\x01\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0\x02\0\0\0:nab"               /* data, with a name */
      "\x09\0\0\0\0\0\0\0\x09\0\0\0\0\0\0\0\0\0\0\0\x04\0\0\0\0\0\0\0c"; /* sparse, at 4 */
  world *w = *state;
  hcsref_str file = {NULL, 0}, data = {NULL, 0};
  uint32_t attributes = 0;
  assert_true(sim_transport_write(&w->arena, 0x21, HCSREF_LIT("text"), &file));
  assert_int_equal(file.len, 4 + 20 + 4);
  assert_true(sim_transport_read(&w->arena, file, &attributes, &data));
  assert_int_equal(attributes, 0x21);
  assert_true(hcsref_str_equal(data, HCSREF_LIT("text")));
  assert_true(sim_transport_read(&w->arena, hcsref_str_from(with_others, sizeof with_others - 1), &attributes, &data));
  assert_int_equal(data.len, 5);
  assert_memory_equal(data.data, "ab\0\0c", 5);
  for (size_t i = 1; i < file.len; i++)
    if (i != 4) /* attributes alone are an empty file */
      assert_false(sim_transport_read(&w->arena, hcsref_str_first(file, i), &attributes, &data));
}

static void streams_that_lie_are_refused(void **state) {
  static const char *const bad[] = {
      "\x09\0\0\0\0\0\0\0\x04\0\0\0\0\0\0\0\0\0\0\0four", /* a sparse block without an offset */
      "\x09\0\0\0\0\0\0\0\x08\0\0\0\0\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff", /* far away */
      "\x01\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\0\0\0\0data",
      "\x01\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\xff\xff\xff\377data",
  };
  static const size_t sizes[] = {24, 28, 24, 24};
  world *w = *state;
  char file[64] = {0};
  hcsref_str data;
  uint32_t attributes;
  for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
    memcpy(file + 4, bad[i], sizes[i]);
    assert_false(sim_transport_read(&w->arena, hcsref_str_from(file, 4 + sizes[i]), &attributes, &data));
  }
}

/* A file with a block at `offset`, and one byte in it. */
static bool reads_block_at(world *w, uint64_t offset, size_t *length) {
  char file[4 + 20 + 9] = "\0\0\0\0\x09\0\0\0\0\0\0\0\x09";
  hcsref_str data = {NULL, 0};
  uint32_t attributes;
  bool ok;
  for (size_t i = 0; i < 8; i++)
    file[24 + i] = (char)(unsigned char)(offset >> (8 * i) & 0xFF);
  ok = sim_transport_read(&w->arena, hcsref_str_from(file, sizeof file), &attributes, &data);
  *length = data.len;
  return ok;
}

static void holes_have_a_limit(void **state) {
  world *w = *state;
  size_t length = 0;
  assert_true(reads_block_at(w, SIM_TRANSPORT_MAX_HOLES, &length));
  assert_int_equal(length, SIM_TRANSPORT_MAX_HOLES + 1);
  assert_false(reads_block_at(w, SIM_TRANSPORT_MAX_HOLES + 1, &length));
}

static void tombstones_stay_inside(void **state) {
  static const char *const good[] = {"\xEF\xBB\xBFVersion 1.0\n", "Version 1.0", "Version 1.0\r\n\\a\r\n\\a\\b c\n\n"};
  static const char *const bad[] = {"",
                                    "Version 2.0\n",
                                    "Version 1.0\na\n",
                                    "Version 1.0\n\\\n",
                                    "Version 1.0\n\\..\\x\n",
                                    "Version 1.0\n\\a\\..\n",
                                    "Version 1.0\n\\.\n",
                                    "Version 1.0\n\\\\server\\share\n",
                                    "Version 1.0\n\\C:\\x\n",
                                    "Version 1.0\n\\a/../b\n"};
  (void)state;
  for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
    assert_true(sim_tombstones_check(hcsref_cstr(good[i])));
  for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
    assert_false(sim_tombstones_check(hcsref_cstr(bad[i])));
}

/* ---- making layers ---- */

static void a_layer_goes_out_and_comes_back(void **state) {
  world *w = *state;
  hcsref_wc_layer parent = {{0, 0, 0, {0}}, 0, wide(w, w->base)};
  put_stream(w, "in/Files/a.txt", "one");
  put_stream(w, "in/Files/sub/b.txt", "");
  put_stream(w, "in/Files/sub" SIM_FOLDER_SUFFIX, "");
  put(w, "in/Hives/System_Delta", "hive", 4);
  put(w, "in/tombstones.txt", "\xEF\xBB\xBFVersion 1.0\n\\gone\n", 21);
  assert_code(vm_CreateLayer(&driver, wide(w, at(w, "layer")), wide(w, w->base)), 0);
  assert_code(vm_CreateLayer(&driver, wide(w, at(w, "layer")), wide(w, w->base)), HCSREF_ERROR_FILE_EXISTS);
  assert_code(vm_CreateLayer(&driver, wide(w, at(w, "other")), wide(w, at(w, "no"))), HCSREF_ERROR_PATH_NOT_FOUND);
  assert_code(vm_CreateLayer(&driver, wide(w, at(w, "other")), wide(w, "no")), HCSREF_ERROR_PATH_NOT_FOUND);
  assert_code(vm_CreateLayer(&driver, wide(w, at(w, "other")), wide(w, "base")), 0);
  assert_code(vm_ImportLayer(&driver, wide(w, at(w, "layer")), wide(w, at(w, "in")), &parent, 1), 0);
  assert_string_equal(get(w, "layer/Files/a.txt"), "one");
  assert_string_equal(get(w, "layer/Files/sub/b.txt"), "");
  assert_string_equal(get(w, "layer/Files/sub" SIM_FOLDER_SUFFIX), "nothing");
  assert_string_equal(get(w, "layer/Hives/System_Delta"), "hive");
  assert_code(vm_ExportLayer(&driver, wide(w, at(w, "layer")), wide(w, at(w, "out")), &parent, 1), 0);
  assert_memory_equal(get(w, "out/Files/a.txt"), "\x20\0\0\0\x01\0\0\0\0\0\0\0\x03\0\0\0\0\0\0\0\0\0\0\0one", 27);
  assert_memory_equal(get(w, "out/Files/sub" SIM_FOLDER_SUFFIX), "\x10\0\0\0", 4);
  assert_memory_equal(get(w, "out/Hives" SIM_FOLDER_SUFFIX), "\x10\0\0\0", 4);
  assert_string_equal(get(w, "out/Hives/System_Delta"), "hive");
  assert_contains(get(w, "out/tombstones.txt"), "\\gone");
  assert_code(vm_ExportLayer(&driver, wide(w, w->base), wide(w, at(w, "empty")), NULL, 0), 0);
  assert_string_equal(get(w, "empty/Hives/System_Delta"), "");
  assert_contains(get(w, "empty/tombstones.txt"), "Version 1.0");
  put(w, "layer/vm/sandbox.vhdx", "disk", 4); /* of a virtual machine that stood on it */
  assert_code(sim_wclayer.destroy_layer(&driver, wide(w, at(w, "layer"))), 0);
  assert_false(os_path_exists(at(w, "layer")));
  assert_code(sim_wclayer.destroy_layer(&driver, wide(w, at(w, "layer"))), 0);
}

/* The service was killed while it wrote a part. */
static void what_was_being_written_goes_with_the_layer(void **state) {
  static const char name[] = "layer/sandbox.vhdx.0123456789abcdef0123456789abcdef.new";
  static const char *const others[] = {"layer/other.0123456789abcdef0123456789abcdef.new", "layer/sandbox.vhdx.new",
                                       "layer/sandbox.vhdx.0123456789abcdef0123456789abcdef.new2",
                                       "layer/sandbox.vhdx.0123456789abcdef0123456789abcdef0.new"};
  world *w = *state;
  for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
    put(w, others[i], "x", 1);
    assert_code(sim_wclayer.destroy_layer(&driver, wide(w, at(w, "layer"))), HCSREF_WIN32(145));
    assert_true(os_file_remove(at(w, others[i])));
  }
  put(w, name, "x", 1);
  assert_code(sim_wclayer.destroy_layer(&driver, wide(w, at(w, "layer"))), 0);
  assert_false(os_path_exists(at(w, "layer")));
}

static void images_are_completed(void **state) {
  static const char *const hives[] = {"DEFAULT", "SAM", "SECURITY", "SOFTWARE", "SYSTEM"};
  world *w = *state;
  char name[100];
  assert_code(vm_ProcessBaseImage(wide(w, w->base)), HCSREF_ERROR_PATH_NOT_FOUND);
  for (size_t i = 0; i < 5; i++) {
    snprintf(name, sizeof name, "base/Files/Windows/System32/config/%s", hives[i]);
    put(w, name, "hive", 4);
    assert_code(vm_ProcessBaseImage(wide(w, w->base)), i < 4 ? HCSREF_ERROR_FILE_NOT_FOUND : 0);
  }
  assert_true(os_path_exists(at(w, "base/blank-base.vhdx")));
  assert_true(os_path_exists(at(w, "base/blank.vhdx")));
  assert_code(vm_ProcessUtilityImage(wide(w, at(w, "base/UtilityVM"))), HCSREF_ERROR_PATH_NOT_FOUND);
  put(w, "base/UtilityVM/Files/x", "", 0);
  assert_code(vm_ProcessUtilityImage(wide(w, at(w, "base/UtilityVM"))), 0);
  assert_true(os_path_exists(at(w, "base/UtilityVM/SystemTemplateBase.vhdx")));
  assert_true(os_path_exists(at(w, "base/UtilityVM/SystemTemplate.vhdx")));
}

/* dockerd and wclayer ask layers of every kind for their path, and export them mounted. */
static void every_layer_has_a_path(void **state) {
  world *w = *state;
  const hcsref_wclayer *api = &sim_wclayer;
  hcsref_wchar buffer[600];
  size_t length = 600;
  hcsref_str text = {NULL, 0};
  put(w, "base/Files/x", "", 0);
  assert_code(api->get_layer_mount_path(&driver, wide(w, w->base), &length, buffer), 0);
  assert_true(hcsref_from_utf16(&w->arena, buffer, &text));
  assert_true(hcsref_str_equal(text, hcsref_cstr(w->base)));
  assert_code(api->activate_layer(&driver, wide(w, w->base)), 0);
  assert_code(api->prepare_layer(&driver, wide(w, w->base), NULL, 0), 0);
  assert_code(api->unprepare_layer(&driver, wide(w, w->base)), 0);
  assert_code(api->deactivate_layer(&driver, wide(w, w->base)), 0);
}

/* ---- hostile layers ---- */

static uint32_t import(world *w) {
  return (uint32_t)vm_ImportLayer(&driver, wide(w, at(w, "layer")), wide(w, at(w, "in")), NULL, 0);
}

static void what_is_no_layer_is_not_imported(void **state) {
  world *w = *state;
  assert_code(import(w), HCSREF_ERROR_PATH_NOT_FOUND);
  put(w, "in/Files/a", "abc", 3);
  assert_code(import(w), HCSREF_ERROR_INVALID_DATA);
  os_file_remove(at(w, "in/Files/a"));
  put(w, "in/tombstones.txt", "Version 1.0\n\\..\\x\n", 18);
  assert_code(import(w), HCSREF_ERROR_INVALID_DATA);
}

static void a_layer_is_only_so_deep(void **state) {
  world *w = *state;
  char name[400] = "in/Files";
  for (size_t i = 0, used = strlen(name); i <= SIM_MAX_TREE_DEPTH; i++, used += 2)
    memcpy(name + used, "/d", 3);
  assert_true(os_folder_make(at(w, name)));
  assert_code(import(w), HCSREF_ERROR_INVALID_PARAMETER);
}

#ifndef _WIN32
#include <unistd.h>

static void links_lead_nowhere(void **state) {
  world *w = *state;
  put(w, "secret/file", "secret", 6);
  put_stream(w, "in/Files/a", "planted");
  assert_int_equal(symlink(at(w, "secret/file"), at(w, "in/Files/link")), 0);
  assert_code(import(w), HCSREF_ERROR_ACCESS_DENIED);
  assert_int_equal(unlink(at(w, "in/Files/link")), 0);
  assert_int_equal(symlink(at(w, "secret"), at(w, "in/Hives")), 0);
  assert_code(import(w), HCSREF_ERROR_PATH_NOT_FOUND);
  assert_int_equal(unlink(at(w, "in/Hives")), 0);
  assert_code(sim_wclayer.destroy_layer(&driver, wide(w, at(w, "layer"))), 0);
  /* in the layer itself */
  assert_true(os_folder_make(at(w, "layer")));
  assert_int_equal(symlink(at(w, "secret"), at(w, "layer/Files")), 0);
  assert_code(import(w), HCSREF_ERROR_ACCESS_DENIED);
  assert_string_equal(get(w, "secret/a"), "nothing");
  assert_code(sim_wclayer.destroy_layer(&driver, wide(w, at(w, "layer"))), 0);
  assert_string_equal(get(w, "secret/file"), "secret");
  assert_false(os_path_exists(at(w, "layer")));
}
#endif

int main(void) {
  const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
      TEST(files_travel_as_backup_streams),
      TEST(streams_that_lie_are_refused),
      TEST(holes_have_a_limit),
      TEST(tombstones_stay_inside),
      TEST(a_layer_goes_out_and_comes_back),
      TEST(what_was_being_written_goes_with_the_layer),
      TEST(images_are_completed),
      TEST(every_layer_has_a_path),
      TEST(what_is_no_layer_is_not_imported),
      TEST(a_layer_is_only_so_deep),
#ifndef _WIN32
      TEST(links_lead_nowhere),
#endif
  };
  return world_end(cmocka_run_group_tests(tests, NULL, NULL));
}
