/* SPDX-License-Identifier: Apache-2.0 */
/* A volume is a copy of its parents, the topmost over the others (volume.c), that a container has written to. What it
 * wrote is found by looking at both. Names are \a\b here, as in tombstones.txt. */
#include "engine/layers/difference.h"

#include "engine/layers/stack.h"
#include "engine/layers/tree.h"

#include <stdlib.h>
#include <string.h>

typedef struct difference {
  sim_call *call;
  const char *volume, *files; /* where the layer's own files go */
  sim_stack parents;
  size_t seen;
  hcsref_buf removed; /* the text of tombstones.txt */
} difference;

/* A folder whose entries are looked at. */
typedef struct level {
  difference *d;
  hcsref_str name;
  size_t layer; /* whose folder it is; SIM_NO_LAYER: the volume's */
  size_t depth;
} level;

static void no_memory(difference *d) {
  if (sim_going(d->call))
    sim_fail(d->call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}

/* ---- the layer --------------------------------------------------------------------------------------------------- */

/* The folder of that name and those above it, each with its stream. */
static bool put_folders(difference *d, hcsref_str name) {
  for (size_t end = 1; end <= name.len; end++) {
    const char *folder;
    if (end < name.len && name.data[end] != '\\')
      continue;
    folder = sim_stack_path(d->call, d->files, hcsref_str_first(name, end));
    if (folder == NULL || (os_path_kind(folder) != OS_FOLDER && !sim_tree_put_folder(d->call, folder)))
      return false;
  }
  return true;
}

/* The folder that it was in has changed, and goes out: whoever imports the layer finds the name in it. */
static void add_removed(difference *d, hcsref_str above, hcsref_str name) {
  if (above.len > 0 && !put_folders(d, above))
    return;
  hcsref_buf_append(&d->removed, name);
  hcsref_buf_append_char(&d->removed, '\n');
  if (d->removed.failed)
    no_memory(d);
}

static bool put_file(difference *d, const char *file, hcsref_str above, hcsref_str name) {
  const char *target = sim_stack_path(d->call, d->files, name);
  return target != NULL && put_folders(d, above) && sim_tree_put_file(d->call, file, target);
}

/* The entry's name; false: the call has failed. */
static bool enter(const level *at, const char *entry, hcsref_str *name) {
  difference *d = at->d;
  if (++d->seen > SIM_MAX_TREE_FILES)
    return sim_fail(d->call, HCSREF_ERROR_INVALID_PARAMETER, "The layer has too many files.");
  if (at->depth > SIM_MAX_TREE_DEPTH)
    return sim_fail(d->call, HCSREF_ERROR_INVALID_PARAMETER, "The layer is too deep.");
  if (!hcsref_format(&d->call->arena, name, "%v\\%s", at->name, entry))
    no_memory(d);
  return sim_going(d->call);
}

/* Every folder is a call of its own, at most SIM_MAX_TREE_DEPTH of them. NOLINTBEGIN(misc-no-recursion) */

static bool export_entry(void *context, const char *entry) {
  const level *at = context;
  difference *d = at->d;
  level inside = {d, {NULL, 0}, SIM_NO_LAYER, at->depth + 1};
  os_kind kind, before;
  const char *path;
  size_t layer;
  if (!enter(at, entry, &inside.name) || (path = sim_stack_path(d->call, d->volume, inside.name)) == NULL)
    return false;
  kind = os_path_kind(path);
  layer = sim_stack_seen(&d->parents, inside.name, &before);
  if (kind != OS_FILE && kind != OS_FOLDER)
    return sim_fail(d->call, HCSREF_ERROR_ACCESS_DENIED, "%s: it is a link, which is not followed.", path);
  if (before != OS_NOTHING && before != kind)
    add_removed(d, at->name, inside.name);
  if (kind == OS_FILE) {
    const char *old = before == OS_FILE ? sim_stack_path(d->call, d->parents.layers[layer].files, inside.name) : NULL;
    return sim_going(d->call) &&
           ((old != NULL && sim_stack_files_equal(path, old)) || put_file(d, path, at->name, inside.name));
  }
  if (before != OS_FOLDER && !put_folders(d, inside.name))
    return false;
  os_folder_list(path, export_entry, &inside);
  return sim_going(d->call);
}

static void look_in_folder(level at);

static bool look_for_gone(void *context, const char *entry) {
  const level *at = context;
  difference *d = at->d;
  level inside = {d, {NULL, 0}, at->layer, at->depth + 1};
  os_kind now, before;
  if (!enter(at, entry, &inside.name))
    return false;
  now = sim_stack_kind_in(d->call, d->volume, inside.name);
  if (sim_stack_seen(&d->parents, inside.name, &before) != at->layer)
    return sim_going(d->call);
  if (now == OS_NOTHING)
    add_removed(d, at->name, inside.name);
  else if (now == OS_FOLDER && before == OS_FOLDER)
    look_in_folder(inside);
  return sim_going(d->call);
}

/* The folder of that layer and of those under it. */
static void look_in_folder(level at) {
  const sim_stack *parents = &at.d->parents;
  bool whole = false;
  for (; at.layer < parents->count && !whole && sim_going(at.d->call); at.layer++) {
    const char *path = sim_stack_path(at.d->call, parents->layers[at.layer].files, at.name);
    if (path != NULL && os_path_kind(path) == OS_FOLDER)
      os_folder_list(path, look_for_gone, &at);
    whole = sim_stack_is_whole(parents, at.layer, at.name);
  }
}

/* NOLINTEND(misc-no-recursion) */

/* ---- all of it ---- */

static bool begin(difference *d, const char *target, const hcsref_str *parents, size_t count) {
  d->files = sim_stack_path(d->call, target, HCSREF_LIT("\\Files"));
  hcsref_buf_append(&d->removed, HCSREF_LIT("\xEF\xBB\xBFVersion 1.0\n"));
  return d->files != NULL && sim_stack_open(&d->parents, d->call, parents, count);
}

static bool put_tombstones(difference *d, const char *target) {
  hcsref_str text = hcsref_buf_str(&d->removed);
  const char *path = sim_stack_path(d->call, target, HCSREF_LIT("\\tombstones.txt"));
  return path != NULL && (os_file_replace(path, text.data, text.len) ||
                          sim_fail(d->call, HCSREF_ERROR_ACCESS_DENIED, "%s could not be written.", path));
}

bool sim_difference_export(sim_call *call, const char *volume, const char *target, const hcsref_str *parents,
                           size_t count) {
  difference d = {.call = call, .volume = volume, .removed = {.arena = &call->arena}};
  level top = {&d, {NULL, 0}, SIM_NO_LAYER, 0};
  if (begin(&d, target, parents, count))
    os_folder_list(volume, export_entry, &top);
  top.layer = 0;
  look_in_folder(top);
  return sim_going(call) && put_tombstones(&d, target);
}
