/* SPDX-License-Identifier: Apache-2.0 */
/* What a scratch's volume shows of the layers below, and what goes out of it. */
#include "dll/layer.h"
#include "engine/layers/transport.h"
#include "engine/state.h"
#include "world.h"

#include <stdio.h>

static const hcsref_wc_driver driver = {1, NULL};

static const char *get(world *w, const char *name) {
  char path[1200];
  size_t size = 0;
  char *data;
  hcsref_str copy = {NULL, 0};
  snprintf(path, sizeof path, "%s/%s", w->folder, name);
  data = os_file_read(path, 100000, &size);
  if (data == NULL)
    return "nothing";
  assert_true(hcsref_str_copy(&w->arena, hcsref_str_from(data, size + 1), &copy));
  free(data);
  return copy.data;
}

static hcsref_wc_layer layer(world *w, const char *name) {
  hcsref_wc_layer out;
  char path[1200];
  snprintf(path, sizeof path, "%s" SEPARATOR "%s", w->folder, name);
  assert_code(sim_wclayer.name_to_guid(wide(w, name), &out.id), 0);
  out.flags = 0;
  out.path = wide(w, path);
  return out;
}

static void prepare(world *w, const hcsref_wc_layer *parents, size_t count) {
  assert_code(sim_wclayer.activate_layer(&driver, wide(w, w->scratch)), 0);
  assert_code(sim_wclayer.prepare_layer(&driver, wide(w, w->scratch), parents, count), 0);
}

static void unprepare(world *w) {
  assert_code(sim_wclayer.unprepare_layer(&driver, wide(w, w->scratch)), 0);
  assert_code(sim_wclayer.deactivate_layer(&driver, wide(w, w->scratch)), 0);
}

static void a_volume_shows_the_layers_over_each_other(void **state) {
  world *w = *state;
  hcsref_wc_layer parents[2];
  world_put(w, "base/Files/both.txt", "below");
  world_put(w, "base/Files/gone/a.txt", "a");
  world_put(w, "base/Files/gone.txt", "b");
  world_put(w, "base/Files/kept/c.txt", "c");
  world_put(w, "top/Files/both.txt", "above");
  world_put(w, "top/tombstones.txt", "\xEF\xBB\xBFVersion 1.0\n\\gone\n\\gone.txt\n\\never\n");
  parents[0] = layer(w, "top");
  parents[1] = layer(w, "base");
  assert_code(sim_wclayer.create_sandbox_layer(&driver, wide(w, w->scratch), 0, parents, 2), 0);
  prepare(w, parents, 2);
  assert_string_equal(get(w, "scratch/Volume/both.txt"), "above");
  assert_string_equal(get(w, "scratch/Volume/gone/a.txt"), "nothing");
  assert_string_equal(get(w, "scratch/Volume/gone.txt"), "nothing");
  assert_string_equal(get(w, "scratch/Volume/kept/c.txt"), "c");
  assert_string_equal(get(w, "base/Files/both.txt"), "below");
  unprepare(w);
  /* what was written stays with the scratch */
  world_put(w, "scratch/Volume/both.txt", "changed");
  prepare(w, parents, 2);
  assert_string_equal(get(w, "scratch/Volume/both.txt"), "changed");
  unprepare(w);
  assert_code(sim_wclayer.destroy_layer(&driver, wide(w, w->scratch)), 0);
  assert_string_equal(get(w, "scratch/Volume/both.txt"), "nothing");
}

/* containerd copies a blank disk, and then asks for the free space of its volume. */
static void a_copied_disk_has_a_volume(void **state) {
  world *w = *state;
  hcsref_wchar text[100];
  char path[1200];
  size_t length = 100;
  world_put(w, "scratch/sandbox.vhdx", "blank");
  assert_code(sim_wclayer.get_layer_mount_path(&driver, wide(w, w->scratch), &length, text), 0);
  snprintf(path, sizeof path, "%s/Volume", w->scratch);
  assert_int_equal(os_path_kind(path), OS_FOLDER);
}

static void names_that_lead_out_are_not_removed(void **state) {
  world *w = *state;
  hcsref_wc_layer parents[2];
  world_put(w, "outside.txt", "mine");
  world_put(w, "top/Files/a", "a");
  world_put(w, "top/tombstones.txt", "Version 1.0\n\\..\\..\\outside.txt\n");
  parents[0] = layer(w, "top");
  parents[1] = layer(w, "base");
  assert_code(sim_wclayer.create_sandbox_layer(&driver, wide(w, w->scratch), 0, parents, 2), 0);
  prepare(w, parents, 2);
  assert_string_equal(get(w, "outside.txt"), "mine");
  unprepare(w);
  assert_code(sim_wclayer.destroy_layer(&driver, wide(w, w->scratch)), 0);
}

static uint32_t export_to(world *w, const char *name, const hcsref_wc_layer *parents, size_t count) {
  char path[1200];
  snprintf(path, sizeof path, "%s/%s", w->folder, name);
  return (uint32_t)vm_ExportLayer(&driver, wide(w, w->scratch), wide(w, path), parents, count);
}

static void fill_layers(world *w, hcsref_wc_layer parents[2]) {
  world_put(w, "base/Files/both.txt", "below");
  world_put(w, "base/Files/same.txt", "same");
  world_put(w, "base/Files/kept/c.txt", "c");
  world_put(w, "base/Files/kept/d.txt", "d");
  world_put(w, "base/Files/gone/a.txt", "a");
  world_put(w, "base/Files/hidden/a.txt", "a");
  world_put(w, "base/Files/file", "becomes a folder");
  world_put(w, "top/Files/both.txt", "above");
  world_put(w, "top/Files/gone/b.txt", "b");
  world_put(w, "top/tombstones.txt", "Version 1.0\n\\hidden\n");
  parents[0] = layer(w, "top");
  parents[1] = layer(w, "base");
}

static void remove_in_volume(world *w, const char *name) {
  char path[1200];
  snprintf(path, sizeof path, "%s/Volume/%s", w->scratch, name);
  assert_true(os_path_kind(path) == OS_FOLDER ? os_folder_remove(path) : os_file_remove(path));
}

/* What RUN in a Dockerfile wrote is in the image: moby commits the container, hcsshim exports its layer. */
static void a_scratch_goes_out_as_what_it_changed(void **state) {
  world *w = *state;
  hcsref_wc_layer parents[2];
  fill_layers(w, parents);
  assert_code(sim_wclayer.create_sandbox_layer(&driver, wide(w, w->scratch), 0, parents, 2), 0);
  assert_code(export_to(w, "unused", parents, 2), 0);
  assert_string_equal(get(w, "unused/Files/both.txt"), "nothing");
  assert_string_equal(get(w, "unused/tombstones.txt"), "\xEF\xBB\xBFVersion 1.0\n");
  prepare(w, parents, 2);
  assert_code(export_to(w, "same", parents, 2), 0);
  assert_string_equal(get(w, "same/Files/both.txt"), "nothing");
  assert_string_equal(get(w, "same/tombstones.txt"), "\xEF\xBB\xBFVersion 1.0\n");
  world_put(w, "scratch/Volume/both.txt", "changed");
  world_put(w, "scratch/Volume/kept/new/e.txt", "e");
  remove_in_volume(w, "kept/d.txt");
  remove_in_volume(w, "gone/a.txt");
  remove_in_volume(w, "gone/b.txt");
  remove_in_volume(w, "gone");
  remove_in_volume(w, "file");
  world_put(w, "scratch/Volume/file/inside.txt", "i");
  assert_code(export_to(w, "out", parents, 2), 0);
  assert_memory_equal(get(w, "out/Files/both.txt") + 24, "changed", 7);
  assert_memory_equal(get(w, "out/Files/kept/new/e.txt") + 24, "e", 1);
  assert_memory_equal(get(w, "out/Files/kept" SIM_FOLDER_SUFFIX), "\x10\0\0\0", 4);
  assert_memory_equal(get(w, "out/Files/kept/new" SIM_FOLDER_SUFFIX), "\x10\0\0\0", 4);
  assert_memory_equal(get(w, "out/Files/file/inside.txt") + 24, "i", 1);
  assert_string_equal(get(w, "out/Files/same.txt"), "nothing");
  assert_string_equal(get(w, "out/Files/kept/c.txt"), "nothing");
  assert_contains(get(w, "out/tombstones.txt"), "\xEF\xBB\xBFVersion 1.0\n");
  assert_contains(get(w, "out/tombstones.txt"), "\n\\file\n");
  assert_contains(get(w, "out/tombstones.txt"), "\n\\gone\n");
  assert_contains(get(w, "out/tombstones.txt"), "\n\\kept\\d.txt\n");
  assert_null(strstr(get(w, "out/tombstones.txt"), "hidden"));
  assert_null(strstr(get(w, "out/tombstones.txt"), "a.txt"));
  unprepare(w);
}

/* What comes back from it, over the same parents, is what the container left. */
static void what_went_out_comes_back(void **state) {
  world *w = *state;
  hcsref_wc_layer parents[3];
  char path[1200], from[1200];
  fill_layers(w, parents + 1);
  assert_code(sim_wclayer.create_sandbox_layer(&driver, wide(w, w->scratch), 0, parents + 1, 2), 0);
  prepare(w, parents + 1, 2);
  world_put(w, "scratch/Volume/new.txt", "new");
  remove_in_volume(w, "gone/b.txt");
  assert_code(export_to(w, "out", parents + 1, 2), 0);
  unprepare(w);
  assert_code(sim_wclayer.destroy_layer(&driver, wide(w, w->scratch)), 0);
  snprintf(path, sizeof path, "%s/made", w->folder);
  snprintf(from, sizeof from, "%s/out", w->folder);
  assert_code(vm_ImportLayer(&driver, wide(w, path), wide(w, from), parents + 1, 2), 0);
  parents[0] = layer(w, "made");
  assert_code(sim_wclayer.create_sandbox_layer(&driver, wide(w, w->scratch), 0, parents, 3), 0);
  prepare(w, parents, 3);
  assert_string_equal(get(w, "scratch/Volume/new.txt"), "new");
  assert_string_equal(get(w, "scratch/Volume/gone/b.txt"), "nothing");
  assert_string_equal(get(w, "scratch/Volume/gone/a.txt"), "a");
  assert_string_equal(get(w, "scratch/Volume/both.txt"), "above");
  assert_code(export_to(w, "again", parents, 3), 0);
  assert_string_equal(get(w, "again/tombstones.txt"), "\xEF\xBB\xBFVersion 1.0\n");
  assert_string_equal(get(w, "again/Files/new.txt"), "nothing");
  unprepare(w);
}

static void remove_in(const world *w, const char *name) {
  char path[1200];
  snprintf(path, sizeof path, "%s/%s", w->folder, name);
  assert_true(os_path_kind(path) == OS_FOLDER ? os_folder_remove(path) : os_file_remove(path));
}

static uint32_t import_to(world *w, const char *name, const char *from, const hcsref_wc_layer *parents, size_t count) {
  char folder[1200], source[1200];
  snprintf(folder, sizeof folder, "%s/%s", w->folder, name);
  snprintf(source, sizeof source, "%s/%s", w->folder, from);
  return (uint32_t)vm_ImportLayer(&driver, wide(w, folder), wide(w, source), parents, count);
}

/* A scratch in which names of its parents are gone, exported and imported as "made", the way hcsshim does it: it keeps
 * tombstones.txt to itself, and afterwards takes each name in it out of the layer's folder. */
static void make_layer_without_names(world *w, hcsref_wc_layer parents[3]) {
  static const char *const gone[] = {"both.txt", "kept/d.txt", "gone/a.txt", "gone/b.txt", "gone"};
  fill_layers(w, parents + 1);
  world_put(w, "base/Files/deep/er/e.txt", "e");
  assert_code(sim_wclayer.create_sandbox_layer(&driver, wide(w, w->scratch), 0, parents + 1, 2), 0);
  prepare(w, parents + 1, 2);
  for (size_t i = 0; i < sizeof gone / sizeof *gone; i++)
    remove_in_volume(w, gone[i]);
  world_put(w, "scratch/Volume/new.txt", "new");
  assert_code(export_to(w, "out", parents + 1, 2), 0);
  unprepare(w);
  assert_code(sim_wclayer.destroy_layer(&driver, wide(w, w->scratch)), 0);
  assert_contains(get(w, "out/tombstones.txt"), "\n\\gone\n");
  remove_in(w, "out/tombstones.txt");
  assert_code(import_to(w, "made", "out", parents + 1, 2), 0);
  remove_in(w, "made/Files/both.txt");
  remove_in(w, "made/Files/kept/d.txt");
  remove_in(w, "made/Files/gone");
  parents[0] = layer(w, "made");
}

static void what_the_client_removes_after_an_import_is_gone(void **state) {
  world *w = *state;
  hcsref_wc_layer parents[3];
  make_layer_without_names(w, parents);
  assert_code(sim_wclayer.create_sandbox_layer(&driver, wide(w, w->scratch), 0, parents, 3), 0);
  prepare(w, parents, 3);
  assert_string_equal(get(w, "scratch/Volume/both.txt"), "nothing");
  assert_string_equal(get(w, "scratch/Volume/kept/d.txt"), "nothing");
  assert_string_equal(get(w, "scratch/Volume/gone/a.txt"), "nothing");
  assert_string_equal(get(w, "scratch/Volume/hidden/a.txt"), "nothing");
  assert_string_equal(get(w, "scratch/Volume/kept/c.txt"), "c");
  assert_string_equal(get(w, "scratch/Volume/deep/er/e.txt"), "e");
  assert_string_equal(get(w, "scratch/Volume/same.txt"), "same");
  assert_string_equal(get(w, "scratch/Volume/new.txt"), "new");
  assert_code(export_to(w, "again", parents, 3), 0);
  assert_string_equal(get(w, "again/tombstones.txt"), "\xEF\xBB\xBFVersion 1.0\n");
  assert_string_equal(get(w, "again/Files/same.txt"), "nothing");
  unprepare(w);
  assert_string_equal(get(w, "base/Files/both.txt"), "below");
}

/* What only stands for a name of its parents is no part of a layer. */
static void an_image_layer_goes_out_without_its_parents(void **state) {
  world *w = *state;
  hcsref_wc_layer parents[3];
  char path[1200], target[1200];
  make_layer_without_names(w, parents);
  snprintf(path, sizeof path, "%s/made", w->folder);
  snprintf(target, sizeof target, "%s/image", w->folder);
  assert_code(vm_ExportLayer(&driver, wide(w, path), wide(w, target), parents + 1, 2), 0);
  assert_memory_equal(get(w, "image/Files/new.txt") + 24, "new", 3);
  assert_memory_equal(get(w, "image/Files/kept" SIM_FOLDER_SUFFIX), "\x10\0\0\0", 4);
  assert_string_equal(get(w, "image/Files/same.txt"), "nothing");
  assert_string_equal(get(w, "image/Files/kept/c.txt"), "nothing");
  assert_string_equal(get(w, "image/Files/deep" SIM_FOLDER_SUFFIX), "nothing");
  assert_contains(get(w, "image/tombstones.txt"), "\n\\gone\n");
  assert_contains(get(w, "image/tombstones.txt"), "\n\\kept\\d.txt\n");
  assert_null(strstr(get(w, "image/tombstones.txt"), "same"));
  assert_code(sim_wclayer.destroy_layer(&driver, wide(w, path)), 0);
  assert_string_equal(get(w, "made/Files/new.txt"), "nothing");
  assert_string_equal(get(w, "base/Files/same.txt"), "same");
}

/* hcsshim makes hard links in the layer's folder itself, to files of the layer or of a parent. */
static void a_link_is_a_file_of_the_layer(void **state) {
  world *w = *state;
  hcsref_wc_layer parents[3];
  char from[1200], to[1200];
  make_layer_without_names(w, parents);
  snprintf(from, sizeof from, "%s/top/Files/both.txt", w->folder);
  snprintf(to, sizeof to, "%s/made/Files/same.txt", w->folder);
  remove_in(w, "made/Files/same.txt");
  assert_true(os_file_link(from, to));
  assert_false(os_file_link(from, to));
  assert_code(sim_wclayer.create_sandbox_layer(&driver, wide(w, w->scratch), 0, parents, 3), 0);
  prepare(w, parents, 3);
  assert_string_equal(get(w, "scratch/Volume/same.txt"), "above");
  world_put(w, "scratch/Volume/same.txt", "changed");
  assert_string_equal(get(w, "top/Files/both.txt"), "above");
  unprepare(w);
}

static void put_transport(world *w, const char *name, const char *text) {
  hcsref_str file = {NULL, 0};
  char path[1200];
  assert_true(sim_transport_write(&w->arena, 0x20, hcsref_cstr(text), &file));
  world_put(w, name, "");
  snprintf(path, sizeof path, "%s/%s", w->folder, name);
  assert_true(os_file_replace(path, file.data, file.len));
}

/* Layers imported over each other, each with files of its own in the same two folders. */
static void many_layers_show_what_the_last_left(void **state) {
  enum { LAYERS = 9 };
  world *w = *state;
  hcsref_wc_layer all[LAYERS + 1], *top = all + LAYERS - 1;
  fill_layers(w, top);
  for (int i = 1; i < LAYERS; i++) {
    char name[64], from[16];
    snprintf(from, sizeof from, "from-%d", i);
    snprintf(name, sizeof name, "%s/Files/kept/%d.txt", from, i);
    put_transport(w, name, "mine");
    snprintf(name, sizeof name, "%s/Files/deep/%d.txt", from, i);
    put_transport(w, name, "deep");
    snprintf(name, sizeof name, "layer-%d", i);
    assert_code(import_to(w, name, from, top, (size_t)(all + LAYERS + 1 - top)), 0);
    if (i == 3)
      remove_in(w, "layer-3/Files/kept/1.txt");
    *--top = layer(w, name);
  }
  assert_ptr_equal(top, all);
  assert_code(sim_wclayer.create_sandbox_layer(&driver, wide(w, w->scratch), 0, all, LAYERS + 1), 0);
  prepare(w, all, LAYERS + 1);
  assert_string_equal(get(w, "scratch/Volume/kept/1.txt"), "nothing");
  assert_string_equal(get(w, "scratch/Volume/kept/2.txt"), "mine");
  assert_string_equal(get(w, "scratch/Volume/kept/8.txt"), "mine");
  assert_string_equal(get(w, "scratch/Volume/deep/1.txt"), "deep");
  assert_string_equal(get(w, "scratch/Volume/kept/c.txt"), "c");
  assert_string_equal(get(w, "scratch/Volume/gone/a.txt"), "a"); /* through folders that only stand for one */
  assert_string_equal(get(w, "scratch/Volume/gone/b.txt"), "b");
  assert_string_equal(get(w, "scratch/Volume/hidden/a.txt"), "nothing");
  remove_in_volume(w, "kept/2.txt");
  assert_code(export_to(w, "out", all, LAYERS + 1), 0);
  assert_string_equal(get(w, "out/tombstones.txt"), "\xEF\xBB\xBFVersion 1.0\n\\kept\\2.txt\n");
  assert_string_equal(get(w, "out/Files/kept/3.txt"), "nothing");
  unprepare(w);
}

#ifndef _WIN32
#include <unistd.h>

/* A layer that stands for its parents in a folder is all that is read of it: else the work of a chain of layers grows
 * with the square of its length. */
static void layers_under_a_whole_folder_are_not_read(void **state) {
  world *w = *state;
  hcsref_wc_layer parents[3];
  char link[1200];
  make_layer_without_names(w, parents);
  snprintf(link, sizeof link, "%s/base/Files/kept/link", w->folder);
  assert_int_equal(symlink("../../../secret", link), 0);
  assert_code(sim_wclayer.create_sandbox_layer(&driver, wide(w, w->scratch), 0, parents, 3), 0);
  prepare(w, parents, 3);
  assert_string_equal(get(w, "scratch/Volume/kept/c.txt"), "c");
  assert_string_equal(get(w, "scratch/Volume/deep/er/e.txt"), "e");
  unprepare(w);
}

static void links_in_a_volume_are_refused(void **state) {
  world *w = *state;
  hcsref_wc_layer parents[2];
  char link[1200];
  fill_layers(w, parents);
  world_put(w, "secret/file", "secret");
  assert_code(sim_wclayer.create_sandbox_layer(&driver, wide(w, w->scratch), 0, parents, 2), 0);
  prepare(w, parents, 2);
  snprintf(link, sizeof link, "%s/Volume/link", w->scratch);
  assert_int_equal(symlink("../../secret", link), 0);
  assert_code(export_to(w, "out", parents, 2), HCSREF_ERROR_ACCESS_DENIED);
  assert_string_equal(get(w, "out/Files/link/file"), "nothing");
  unprepare(w);
}
#endif

int main(void) {
  const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
      TEST(a_volume_shows_the_layers_over_each_other),
      TEST(a_copied_disk_has_a_volume),
      TEST(names_that_lead_out_are_not_removed),
      TEST(a_scratch_goes_out_as_what_it_changed),
      TEST(what_the_client_removes_after_an_import_is_gone),
      TEST(an_image_layer_goes_out_without_its_parents),
      TEST(a_link_is_a_file_of_the_layer),
      TEST(what_went_out_comes_back),
      TEST(many_layers_show_what_the_last_left),
#ifndef _WIN32
      TEST(links_in_a_volume_are_refused),
      TEST(layers_under_a_whole_folder_are_not_read),
#endif
  };
  return world_end(cmocka_run_group_tests(tests, NULL, NULL));
}
