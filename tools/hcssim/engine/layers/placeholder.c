/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/layers/placeholder.h"

#include "engine/layers/stack.h"
#include "engine/layers/transport.h"
#include "engine/layers/tree.h"

#include <stdlib.h>

/* ---- making them ------------------------------------------------------------------------------------------------ */

typedef struct making {
  sim_stack parents, own; /* the second is the one layer */
  size_t seen;
  hcsref_buf list;
} making;

/* A folder that the layer has. */
typedef struct level {
  making *m;
  hcsref_str name;
  size_t layer; /* the parent whose entries are looked at */
  size_t depth;
} level;

/* The entry's name; false: the call has failed. */
static bool enter(const level *at, const char *entry, hcsref_str *name) {
  making *m = at->m;
  sim_call *call = m->parents.call;
  if (++m->seen > SIM_MAX_TREE_FILES)
    return sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "The layer has too many files.");
  if (at->depth > SIM_MAX_TREE_DEPTH)
    return sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "The layer is too deep.");
  return hcsref_format(&call->arena, name, "%v\\%s", at->name, entry) ||
         sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}

static bool put_placeholder(making *m, size_t layer, hcsref_str name, os_kind kind) {
  sim_call *call = m->parents.call;
  const char *from = sim_stack_path(call, m->parents.layers[layer].files, name);
  const char *to = from == NULL ? NULL : sim_stack_path(call, m->own.layers[0].files, name);
  if (to == NULL)
    return false;
  if (kind == OS_FOLDER ? !os_folder_make(to) : !os_file_link(from, to))
    return sim_fail(call, HCSREF_ERROR_ACCESS_DENIED, "%s could not be made.", to);
  hcsref_buf_append(&m->list, name);
  hcsref_buf_append_char(&m->list, '\n');
  return true;
}

static bool stand_in(void *context, const char *entry) {
  const level *at = context;
  making *m = at->m;
  sim_call *call = m->parents.call;
  hcsref_str name = {NULL, 0};
  os_kind kind;
  if (!enter(at, entry, &name))
    return false;
  if (sim_stack_seen(&m->parents, name, &kind) == at->layer && (kind == OS_FILE || kind == OS_FOLDER) &&
      sim_stack_kind_in(call, m->own.layers[0].files, name) == OS_NOTHING && !sim_stack_removes(&m->own, 0, name))
    put_placeholder(m, at->layer, name, kind);
  return sim_going(call);
}

static void fill(const level *at);

/* Every folder is a call of its own, at most SIM_MAX_TREE_DEPTH of them. NOLINTBEGIN(misc-no-recursion) */
static bool fill_below(void *context, const char *entry) {
  const level *at = context;
  level inside = {at->m, {NULL, 0}, 0, at->depth + 1};
  sim_call *call = at->m->parents.call;
  os_kind kind;
  if (enter(at, entry, &inside.name) && sim_stack_kind_in(call, at->m->own.layers[0].files, inside.name) == OS_FOLDER &&
      sim_stack_seen(&at->m->parents, inside.name, &kind) != SIM_NO_LAYER && kind == OS_FOLDER)
    fill(&inside);
  return sim_going(call);
}

/* First the folders that the layer has itself: what stands for others' has nothing in it. */
static void fill(const level *at) {
  making *m = at->m;
  level parent = *at;
  const char *own = sim_stack_path(m->parents.call, m->own.layers[0].files, at->name);
  bool whole = false;
  if (own == NULL)
    return;
  os_folder_list(own, fill_below, &parent);
  for (parent.layer = 0; parent.layer < m->parents.count && !whole && sim_going(m->parents.call); parent.layer++) {
    const char *theirs = sim_stack_path(m->parents.call, m->parents.layers[parent.layer].files, at->name);
    if (theirs != NULL && os_path_kind(theirs) == OS_FOLDER)
      os_folder_list(theirs, stand_in, &parent);
    whole = sim_stack_is_whole(&m->parents, parent.layer, at->name);
  }
}
/* NOLINTEND(misc-no-recursion) */

bool sim_placeholders_make(sim_call *call, const char *folder, const hcsref_str *parents, size_t count) {
  making m = {.list = {.arena = &call->arena}};
  const level top = {&m, {NULL, 0}, 0, 0};
  const hcsref_str own = hcsref_cstr(folder);
  const char *path;
  hcsref_str text;
  if (count == 0)
    return true;
  if (!sim_stack_open(&m.parents, call, parents, count) || !sim_stack_open(&m.own, call, &own, 1) ||
      (path = sim_stack_path(call, folder, HCSREF_LIT("\\" SIM_PLACEHOLDERS))) == NULL)
    return false;
  hcsref_buf_append(&m.list, SIM_LIST_HEADER);
  if (!os_folder_make(m.own.layers[0].files))
    return sim_fail(call, HCSREF_ERROR_ACCESS_DENIED, "%s could not be made.", m.own.layers[0].files);
  fill(&top);
  text = hcsref_buf_str(&m.list);
  if (!sim_going(call))
    return false;
  if (m.list.failed)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  return os_file_replace(path, text.data, text.len) ||
         sim_fail(call, HCSREF_ERROR_ACCESS_DENIED, "%s could not be written.", path);
}

/* ---- what has become of them ---- */

typedef struct looking {
  sim_call *call;
  const char *files, *target;
  const sim_stack *parents;
} looking;

static bool leave_out(void *context, hcsref_str name) {
  const looking *l = context;
  const char *own = sim_stack_path(l->call, l->files, name), *target = sim_stack_path(l->call, l->target, name),
             *theirs;
  hcsref_str stream = {NULL, 0};
  os_kind kind;
  size_t layer = sim_stack_seen(l->parents, name, &kind);
  if (own == NULL || target == NULL || layer == SIM_NO_LAYER || os_path_kind(own) != kind ||
      (theirs = sim_stack_path(l->call, l->parents->layers[layer].files, name)) == NULL)
    return sim_going(l->call);
  if (kind == OS_FILE && sim_stack_files_equal(own, theirs))
    os_file_remove(target);
  /* an empty one; its stream is beside it */
  if (kind == OS_FOLDER && os_folder_remove(target) &&
      hcsref_format(&l->call->arena, &stream, "%s%s", target, SIM_FOLDER_SUFFIX)) {
    const char *path = sim_c_string(&l->call->arena, stream);
    if (path != NULL)
      os_file_remove(path);
  }
  return sim_going(l->call);
}

bool sim_placeholders_leave_out(sim_call *call, const char *folder, const char *files, const hcsref_str *parents,
                                size_t count) {
  sim_stack stack;
  hcsref_str placeholders;
  looking l = {.call = call, .target = files, .parents = &stack};
  if (!sim_list_read(call, folder, HCSREF_LIT("\\" SIM_PLACEHOLDERS), &placeholders))
    return false;
  if (placeholders.len == 0)
    return true;
  if (!sim_stack_open(&stack, call, parents, count) ||
      (l.files = sim_stack_path(call, folder, HCSREF_LIT("\\Files"))) == NULL)
    return false;
  sim_tombstones_list(placeholders, leave_out, &l);
  return sim_going(call);
}
