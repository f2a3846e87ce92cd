/* SPDX-License-Identifier: Apache-2.0 */
/* A volume is a copy of its parents, the topmost over the others (volume.c), that a container has written to. What it
 * wrote is found by looking at both. Names are \a\b here, as in tombstones.txt. */
#include "engine/layers/difference.h"

#include "engine/layers/transport.h"
#include "engine/layers/tree.h"

#include <stdlib.h>
#include <string.h>

#define NO_LAYER SIZE_MAX

/* A layer below: its files, and what it says of the names in the layers under it. */
typedef struct parent {
  const char *files;
  hcsref_str tombstones;
} parent;

typedef struct difference {
  sim_call *call;
  const char *volume, *files; /* where the layer's own files go */
  parent *parents;
  size_t count, seen;
  hcsref_buf removed; /* the text of tombstones.txt */
} difference;

/* A folder whose entries are looked at. */
typedef struct level {
  difference *d;
  hcsref_str name;
  size_t layer; /* whose folder it is; NO_LAYER: the volume's */
  size_t depth;
} level;

static void no_memory(difference *d) {
  if (sim_going(d->call))
    sim_fail(d->call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}

/* A name's path in a folder of the host; null: the call has failed. */
static const char *path_of(difference *d, const char *folder, hcsref_str name) {
  hcsref_str text = {NULL, 0};
  char *path = hcsref_format(&d->call->arena, &text, "%s%v", folder, name) ? sim_c_string(&d->call->arena, text) : NULL;
  if (path == NULL)
    no_memory(d);
  for (char *at = path == NULL ? NULL : path + strlen(folder); at != NULL && *at != '\0'; at++)
    *at = *at == '\\' ? '/' : *at;
  return path;
}

static os_kind kind_in(difference *d, const char *folder, hcsref_str name) {
  const char *path = path_of(d, folder, name);
  return path == NULL ? OS_NOTHING : os_path_kind(path);
}

/* ---- what the parents show --------------------------------------------------------------------------------------- */

typedef struct covering {
  hcsref_str name;
  bool found;
} covering;

/* A line of tombstones.txt covers its own name and all below it. */
static bool covers(void *context, hcsref_str line) {
  covering *c = context;
  c->found = c->name.len >= line.len && hcsref_str_equal_ascii_fold(hcsref_str_first(c->name, line.len), line) &&
             (c->name.len == line.len || c->name.data[line.len] == '\\');
  return !c->found;
}

static bool is_removed(const parent *layer, hcsref_str name) {
  covering c = {name, false};
  sim_tombstones_list(layer->tombstones, covers, &c);
  return c.found;
}

/* The layer whose file or folder of that name is seen, and what it is. */
static size_t seen_layer(difference *d, hcsref_str name, os_kind *kind) {
  for (size_t i = 0; i < d->count; i++) {
    *kind = kind_in(d, d->parents[i].files, name);
    if (*kind != OS_NOTHING)
      return i;
    if (is_removed(&d->parents[i], name))
      break;
  }
  *kind = OS_NOTHING;
  return NO_LAYER;
}

static bool are_equal(const char *left, const char *right) {
  size_t left_size = 0, right_size = 0;
  char *one = os_file_read(left, SIM_MAX_TREE_FILE, &left_size);
  char *other = one == NULL ? NULL : os_file_read(right, SIM_MAX_TREE_FILE, &right_size);
  bool equal = other != NULL && left_size == right_size && memcmp(one, other, left_size) == 0;
  free(one);
  free(other);
  return equal;
}

/* ---- the layer --------------------------------------------------------------------------------------------------- */

static void add_removed(difference *d, hcsref_str name) {
  hcsref_buf_append(&d->removed, name);
  hcsref_buf_append_char(&d->removed, '\n');
  if (d->removed.failed)
    no_memory(d);
}

/* The folder of that name and those above it, each with its stream. */
static bool put_folders(difference *d, hcsref_str name) {
  for (size_t end = 1; end <= name.len; end++) {
    const char *folder;
    if (end < name.len && name.data[end] != '\\')
      continue;
    folder = path_of(d, d->files, hcsref_str_first(name, end));
    if (folder == NULL || (os_path_kind(folder) != OS_FOLDER && !sim_tree_put_folder(d->call, folder)))
      return false;
  }
  return true;
}

static bool put_file(difference *d, const char *file, hcsref_str above, hcsref_str name) {
  const char *target = path_of(d, d->files, name);
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
  level inside = {d, {NULL, 0}, NO_LAYER, at->depth + 1};
  os_kind kind, before;
  const char *path;
  size_t layer;
  if (!enter(at, entry, &inside.name) || (path = path_of(d, d->volume, inside.name)) == NULL)
    return false;
  kind = os_path_kind(path);
  layer = seen_layer(d, inside.name, &before);
  if (kind != OS_FILE && kind != OS_FOLDER)
    return sim_fail(d->call, HCSREF_ERROR_ACCESS_DENIED, "%s: it is a link, which is not followed.", path);
  if (before != OS_NOTHING && before != kind)
    add_removed(d, inside.name);
  if (kind == OS_FILE) {
    const char *old = before == OS_FILE ? path_of(d, d->parents[layer].files, inside.name) : NULL;
    return sim_going(d->call) && ((old != NULL && are_equal(path, old)) || put_file(d, path, at->name, inside.name));
  }
  if (before != OS_FOLDER && !put_folders(d, inside.name))
    return false;
  os_folder_list(path, export_entry, &inside);
  return sim_going(d->call);
}

static bool look_for_gone(void *context, const char *entry) {
  const level *at = context;
  difference *d = at->d;
  level inside = {d, {NULL, 0}, at->layer, at->depth + 1};
  os_kind now, before;
  const char *path;
  size_t layer;
  if (!enter(at, entry, &inside.name) || (path = path_of(d, d->parents[at->layer].files, inside.name)) == NULL)
    return false;
  now = kind_in(d, d->volume, inside.name);
  layer = seen_layer(d, inside.name, &before);
  if (now == OS_NOTHING && layer == at->layer)
    add_removed(d, inside.name);
  else if (now == OS_FOLDER && before == OS_FOLDER && os_path_kind(path) == OS_FOLDER)
    os_folder_list(path, look_for_gone, &inside);
  return sim_going(d->call);
}

/* NOLINTEND(misc-no-recursion) */

/* ---- all of it -----------------------------------------------------------------------------------------------------
 */

static bool read_parent(difference *d, hcsref_str folder, parent *out) {
  const hcsref_str plain = sim_layer_path(folder);
  hcsref_str files = {NULL, 0}, names = {NULL, 0};
  const char *path;
  size_t size = 0;
  char *text;
  bool ok;
  if (!hcsref_format(&d->call->arena, &files, "%v/Files", plain) ||
      !hcsref_format(&d->call->arena, &names, "%v/tombstones.txt", plain) ||
      (out->files = sim_c_string(&d->call->arena, files)) == NULL ||
      (path = sim_c_string(&d->call->arena, names)) == NULL)
    return false;
  text = os_path_kind(path) == OS_FILE ? os_file_read(path, SIM_MAX_DOCUMENT, &size) : NULL;
  ok = text == NULL || hcsref_str_copy(&d->call->arena, hcsref_str_from(text, size), &out->tombstones);
  free(text);
  return ok;
}

static bool begin(difference *d, const char *target, const hcsref_str *parents, size_t count) {
  hcsref_str files = {NULL, 0};
  d->parents = hcsref_arena_array(&d->call->arena, count, sizeof(*d->parents));
  if (d->parents == NULL || !hcsref_format(&d->call->arena, &files, "%s/Files", target) ||
      (d->files = sim_c_string(&d->call->arena, files)) == NULL)
    return false;
  for (d->count = 0; d->count < count; d->count++)
    if (!read_parent(d, parents[d->count], &d->parents[d->count]))
      return false;
  hcsref_buf_append(&d->removed, HCSREF_LIT("\xEF\xBB\xBFVersion 1.0\n"));
  return true;
}

static bool put_tombstones(difference *d, const char *target) {
  hcsref_str text = hcsref_buf_str(&d->removed);
  const char *path = path_of(d, target, HCSREF_LIT("\\tombstones.txt"));
  return path != NULL && (os_file_replace(path, text.data, text.len) ||
                          sim_fail(d->call, HCSREF_ERROR_ACCESS_DENIED, "%s could not be written.", path));
}

bool sim_difference_export(sim_call *call, const char *volume, const char *target, const hcsref_str *parents,
                           size_t count) {
  difference d = {.call = call, .volume = volume, .removed = {.arena = &call->arena}};
  level top = {&d, {NULL, 0}, NO_LAYER, 0};
  if (!begin(&d, target, parents, count))
    no_memory(&d);
  if (sim_going(call))
    os_folder_list(volume, export_entry, &top);
  for (top.layer = 0; top.layer < d.count && sim_going(call); top.layer++)
    os_folder_list(d.parents[top.layer].files, look_for_gone, &top);
  return sim_going(call) && put_tombstones(&d, target);
}
