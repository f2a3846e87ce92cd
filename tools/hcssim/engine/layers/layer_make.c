/* SPDX-License-Identifier: Apache-2.0 */
/* Layers that are made: imported, exported and destroyed. Source: hcsshim internal/wclayer (createlayer.go,
 * importlayer.go, exportlayer.go, destroylayer.go, processimage.go, legacy.go). Disks are short files that say what
 * they stand for. */
#include "engine/layers/difference.h"
#include "engine/layers/names.h"
#include "engine/layers/placeholder.h"
#include "engine/layers/transport.h"
#include "engine/layers/tree.h"

#include <stdlib.h>
#include <string.h>

/* What a layer's folder has: nothing else is destroyed with it. */
static const char *const parts[] = {
    "Files",
    "Hives",
    "UtilityVM",
    "tombstones.txt",
    "layerchain.json",
    "blank.vhdx",
    "blank-base.vhdx",
    "bcd.bak",
    "sandbox.vhdx",
    "layout",
    "uvmbuildversion",
    "layer.vhdx",
    "layer.cim",
    "wcidirs.txt",
    SIM_VOLUME_FOLDER,
    SIM_PLACEHOLDERS,
    "vm", /* of a scratch that a virtual machine was made on: hcsshim internal/layers/wcow_parse.go */
};

static const char *plain(sim_call *call, hcsref_str path) {
  const char *text = sim_c_string(&call->arena, sim_layer_path(path));
  if (text == NULL)
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  return text;
}

static const char *below(sim_call *call, const char *folder, const char *name) {
  hcsref_str text = {NULL, 0};
  const char *path =
      hcsref_format(&call->arena, &text, "%s/%s", folder, name) ? sim_c_string(&call->arena, text) : NULL;
  if (path == NULL)
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  return path;
}

static bool put_disk(sim_call *call, const char *folder, const char *name) {
  static const char content[] = "disk of the simulated Host Compute Service\n";
  const char *path = below(call, folder, name);
  return path != NULL && (os_file_replace(path, content, sizeof(content) - 1) ||
                          sim_fail(call, HCSREF_ERROR_ACCESS_DENIED, "%s could not be written.", path));
}

static os_kind kind_of(sim_call *call, const char *folder, const char *name) {
  const char *path = below(call, folder, name);
  return path == NULL ? OS_NOTHING : os_path_kind(path);
}

/* The parent is named by its id alone, as the layer is in hcsshim: moby daemon/graphdriver/windows createDiff. */
void sim_layer_create(sim_call *call, hcsref_str path, hcsref_str parent) {
  const char *folder, *above;
  if (!sim_going(call))
    return;
  if (!sim_layer_beside(&call->arena, path, parent, &parent)) {
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
    return;
  }
  if ((folder = plain(call, path)) == NULL || (above = plain(call, parent)) == NULL)
    return;
  if (parent.len > 0 && os_path_kind(above) != OS_FOLDER)
    sim_fail(call, HCSREF_ERROR_PATH_NOT_FOUND, "There is no parent layer %q.", parent);
  else if (os_path_kind(folder) != OS_NOTHING)
    sim_fail(call, HCSREF_ERROR_FILE_EXISTS, "There is already something at %q.", path);
  else if (!os_folder_make(folder))
    sim_fail(call, HCSREF_ERROR_ACCESS_DENIED, "The layer's folder could not be made.");
}

/* The registry that every base image has. */
static bool has_hives(sim_call *call, const char *folder) {
  static const char *const hives[] = {"DEFAULT", "SAM", "SECURITY", "SOFTWARE", "SYSTEM"};
  for (size_t i = 0; i < sizeof(hives) / sizeof(hives[0]); i++) {
    hcsref_str name = {NULL, 0};
    const char *text;
    if (!hcsref_format(&call->arena, &name, "Files/Windows/System32/config/%s", hives[i]) ||
        (text = sim_c_string(&call->arena, name)) == NULL)
      return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
    if (kind_of(call, folder, text) != OS_FILE)
      return sim_fail(call, HCSREF_ERROR_FILE_NOT_FOUND, "The image has no %s.", text);
  }
  return true;
}

void sim_layer_process_base(sim_call *call, hcsref_str path) {
  const char *folder = sim_going(call) ? plain(call, path) : NULL;
  if (folder == NULL)
    return;
  if (kind_of(call, folder, "Files") != OS_FOLDER)
    sim_fail(call, HCSREF_ERROR_PATH_NOT_FOUND, "The image has no Files.");
  else if (has_hives(call, folder) && put_disk(call, folder, "blank-base.vhdx"))
    put_disk(call, folder, "blank.vhdx");
}

void sim_layer_process_utility(sim_call *call, hcsref_str path) {
  const char *folder = sim_going(call) ? plain(call, path) : NULL;
  if (folder == NULL)
    return;
  if (kind_of(call, folder, "Files") != OS_FOLDER)
    sim_fail(call, HCSREF_ERROR_PATH_NOT_FOUND, "The utility VM has no Files.");
  else if (put_disk(call, folder, "SystemTemplateBase.vhdx"))
    put_disk(call, folder, "SystemTemplate.vhdx");
}

/* ---- import and export ---- */

/* "Files" or "Hives" of one folder to the other, when it is there. */
static bool copy_part(sim_call *call, const char *from, const char *to, const char *name, sim_copy how) {
  const char *source = below(call, from, name), *target = below(call, to, name);
  if (source == NULL || target == NULL)
    return false;
  return os_path_kind(source) == OS_NOTHING || sim_tree_copy(call, source, target, how);
}

/* The names that the layer removes, for a caller that hands them over. */
static bool copy_tombstones(sim_call *call, const char *from, const char *to) {
  const char *source = below(call, from, "tombstones.txt"), *target = below(call, to, "tombstones.txt");
  size_t size = 0;
  char *text;
  bool ok = true;
  if (source == NULL || target == NULL)
    return false;
  text = os_path_kind(source) == OS_FILE ? os_file_read(source, SIM_MAX_DOCUMENT, &size) : NULL;
  if (os_path_kind(target) != OS_NOTHING && os_path_kind(target) != OS_FILE)
    ok = sim_fail(call, HCSREF_ERROR_ACCESS_DENIED, "%s is not a file.", target);
  else if (text != NULL && !sim_tombstones_check(hcsref_str_from(text, size)))
    ok = sim_fail(call, HCSREF_ERROR_INVALID_DATA, "%s has a line that is not a name inside the layer.", source);
  else if (text != NULL)
    ok = os_file_replace(target, text, size) || sim_fail(call, HCSREF_ERROR_ACCESS_DENIED, "%s is in the way.", target);
  free(text);
  return ok;
}

void sim_layer_import(sim_call *call, hcsref_str path, hcsref_str from, const hcsref_str *parents, size_t count) {
  const char *folder, *source;
  if (!sim_going(call) || !sim_layer_check_parents(call, parents, count) || (folder = plain(call, path)) == NULL ||
      (source = plain(call, from)) == NULL)
    return;
  if (os_path_kind(source) != OS_FOLDER)
    sim_fail(call, HCSREF_ERROR_PATH_NOT_FOUND, "There is no folder %q.", from);
  else if (os_path_kind(folder) != OS_FOLDER && !os_folder_make(folder))
    sim_fail(call, HCSREF_ERROR_ACCESS_DENIED, "The layer's folder could not be made.");
  else if (copy_part(call, source, folder, "Files", SIM_COPY_IMPORT) &&
           copy_part(call, source, folder, "Hives", SIM_COPY_PLAIN) && copy_tombstones(call, source, folder))
    sim_placeholders_make(call, folder, parents, count);
}

/* hcsshim looks for the time of Hives\System_Delta: internal/wclayer/legacy.go. */
static bool make_hives(sim_call *call, const char *folder) {
  const char *hives = below(call, folder, "Hives"), *delta = below(call, folder, "Hives/System_Delta");
  if (hives == NULL || delta == NULL)
    return false;
  return (os_folder_make(hives) && (os_path_kind(delta) != OS_NOTHING || os_file_replace(delta, "", 0))) ||
         sim_fail(call, HCSREF_ERROR_ACCESS_DENIED, "%s could not be written.", delta);
}

/* The folder's own stream, for a part that need not be in the layer. */
static bool make_part(sim_call *call, const char *folder, const char *name) {
  hcsref_str suffixed = {NULL, 0}, stream;
  const char *part = below(call, folder, name), *file;
  if (part == NULL || !hcsref_format(&call->arena, &suffixed, "%s%s", part, SIM_FOLDER_SUFFIX) ||
      (file = sim_c_string(&call->arena, suffixed)) == NULL ||
      !sim_transport_write(&call->arena, 0x10, hcsref_str_from(NULL, 0), &stream))
    return sim_going(call) && sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  return (os_folder_make(part) && os_file_replace(file, stream.data, stream.len)) ||
         sim_fail(call, HCSREF_ERROR_ACCESS_DENIED, "%s could not be written.", file);
}

static bool put_tombstones(sim_call *call, const char *folder, const char *target) {
  hcsref_str names;
  const char *path = below(call, target, "tombstones.txt");
  if (path == NULL || !sim_removed_names(call, folder, &names))
    return false;
  if (names.len == 0)
    names = HCSREF_LIT("\xEF\xBB\xBFVersion 1.0\n");
  return os_file_replace(path, names.data, names.len) ||
         sim_fail(call, HCSREF_ERROR_ACCESS_DENIED, "%s could not be written.", path);
}

/* A scratch that nobody mounted has nothing of its own yet. */
static bool copy_content(sim_call *call, const char *folder, const char *target, const hcsref_str *parents,
                         size_t count) {
  const char *volume = below(call, folder, SIM_VOLUME_FOLDER), *files = below(call, target, "Files");
  if (volume == NULL || files == NULL)
    return false;
  if (os_path_kind(volume) == OS_FOLDER && !sim_volume_is_empty(volume))
    return sim_difference_export(call, volume, target, parents, count);
  return copy_part(call, folder, target, "Files", SIM_COPY_EXPORT) &&
         sim_placeholders_leave_out(call, folder, files, parents, count) && put_tombstones(call, folder, target);
}

void sim_layer_export(sim_call *call, hcsref_str path, hcsref_str to, const hcsref_str *parents, size_t count) {
  const char *folder, *target;
  if (!sim_going(call) || !sim_layer_check_parents(call, parents, count) || (folder = plain(call, path)) == NULL ||
      (target = plain(call, to)) == NULL)
    return;
  if (os_path_kind(folder) != OS_FOLDER)
    sim_fail(call, HCSREF_ERROR_PATH_NOT_FOUND, "There is no layer %q.", path);
  else if (os_path_kind(target) != OS_FOLDER && !os_folder_make(target))
    sim_fail(call, HCSREF_ERROR_ACCESS_DENIED, "The folder could not be made.");
  else if (make_part(call, target, "Files") && make_part(call, target, "Hives") &&
           copy_content(call, folder, target, parents, count) &&
           copy_part(call, folder, target, "Hives", SIM_COPY_PLAIN))
    make_hives(call, target);
}

/* ---- removal ---- */

static bool is_part(void *context, const char *name) {
  bool *ok = context;
  size_t i = 0;
  while (i < sizeof(parts) / sizeof(parts[0]) && !os_name_is_beside(name, parts[i]) &&
         !hcsref_str_equal_ascii_fold(hcsref_cstr(name), hcsref_cstr(parts[i])))
    i++;
  *ok = i < sizeof(parts) / sizeof(parts[0]);
  return *ok;
}

/* The whole tree goes, but only of a folder that has nothing else in it than layers have. */
void sim_layer_destroy(sim_call *call, hcsref_str path) {
  const char *folder = sim_going(call) ? plain(call, path) : NULL;
  bool ok = true;
  if (folder == NULL)
    return;
  if (sim_layer_is_active(call, path)) {
    sim_fail(call, HCSREF_ERROR_SHARING_VIOLATION, "The layer is active.");
    return;
  }
  if (os_path_kind(folder) == OS_NOTHING)
    return;
  os_folder_list(folder, is_part, &ok);
  if (!ok)
    sim_fail(call, HCSREF_WIN32(145), "The layer's folder holds more than a layer.");
  else if (os_path_kind(folder) != OS_FOLDER || !sim_tree_remove(call, folder))
    sim_fail(call, HCSREF_ERROR_ACCESS_DENIED, "The layer's folder could not be removed.");
}
