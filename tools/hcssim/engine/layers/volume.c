/* SPDX-License-Identifier: Apache-2.0 */
/* What a scratch layer's volume shows: the files of its parents, the topmost over the others, without the names that a
 * layer removed. It is a folder of the scratch, filled when the layer is first prepared; what is written there stays as
 * long as the layer does. Paths of the container's drive C: are found in it. */
#include "engine/layers/stack.h"
#include "engine/layers/tree.h"
#include "engine/state.h"

#include <stdlib.h>
#include <string.h>

static const char *below(sim_call *call, hcsref_str folder, const char *name) {
  hcsref_str text = {NULL, 0};
  const char *path = hcsref_format(&call->arena, &text, "%v/%s", sim_layer_path(folder), name)
                         ? sim_c_string(&call->arena, text)
                         : NULL;
  if (path == NULL)
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  return path;
}

/* ---- filling it ---- */

typedef struct filling {
  sim_stack stack;
  const char *volume;
  size_t seen; /* names that were looked at */
} filling;

/* A folder of it. */
typedef struct level {
  filling *f;
  hcsref_str name;
  size_t layer; /* whose folder it is */
  size_t depth;
} level;

static bool is_removed_above(const filling *f, size_t layer, hcsref_str name) {
  for (size_t i = 0; i < layer; i++)
    if (sim_stack_removes(&f->stack, i, name))
      return true;
  return false;
}

static void fill_folder(level at);

/* Every folder is a call of its own, at most SIM_MAX_TREE_DEPTH of them. NOLINTBEGIN(misc-no-recursion) */
static bool fill_entry(void *context, const char *entry) {
  const level *at = context;
  filling *f = at->f;
  sim_call *call = f->stack.call;
  level inside = {f, {NULL, 0}, at->layer, at->depth + 1};
  const char *from, *to;
  os_kind kind;
  if (++f->seen > SIM_MAX_TREE_FILES)
    return sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "The layers have too many files.");
  if (at->depth > SIM_MAX_TREE_DEPTH)
    return sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "The layer is too deep.");
  if (!hcsref_format(&call->arena, &inside.name, "%v\\%s", at->name, entry))
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  if ((from = sim_stack_path(call, f->stack.layers[at->layer].files, inside.name)) == NULL ||
      (to = sim_stack_path(call, f->volume, inside.name)) == NULL)
    return false;
  kind = os_path_kind(from);
  if (kind != OS_FILE && kind != OS_FOLDER)
    return sim_fail(call, HCSREF_ERROR_ACCESS_DENIED, "%s: it is a link, which is not followed.", from);
  if (os_path_kind(to) != OS_NOTHING || is_removed_above(f, at->layer, inside.name))
    return sim_going(call);
  if (kind == OS_FILE)
    return sim_tree_copy_file(call, from, to);
  if (!os_folder_make(to))
    return sim_fail(call, HCSREF_ERROR_ACCESS_DENIED, "%s could not be made.", to);
  fill_folder(inside);
  return sim_going(call);
}

/* The folder of that layer and of those under it, the topmost first: what is there already is what is seen. */
static void fill_folder(level at) {
  sim_call *call = at.f->stack.call;
  bool whole = false;
  for (; at.layer < at.f->stack.count && !whole && sim_going(call); at.layer++) {
    const char *from = sim_stack_path(call, at.f->stack.layers[at.layer].files, at.name);
    if (from != NULL && os_path_kind(from) == OS_FOLDER)
      os_folder_list(from, fill_entry, &at);
    whole = sim_stack_is_whole(&at.f->stack, at.layer, at.name);
  }
}
/* NOLINTEND(misc-no-recursion) */

static bool found_one(void *context, const char *name) {
  bool *found = context;
  (void)name;
  *found = true;
  return false;
}

bool sim_volume_is_empty(const char *folder) {
  bool found = false;
  os_folder_list(folder, found_one, &found);
  return !found;
}

bool sim_volume_fill(sim_call *call, hcsref_str path, const hcsref_str *parents, size_t count) {
  filling f = {.volume = below(call, path, SIM_VOLUME_FOLDER)};
  if (f.volume == NULL || !sim_volume_is_empty(f.volume))
    return f.volume != NULL;
  if (!sim_stack_open(&f.stack, call, parents, count))
    return false;
  if (!os_folder_make(f.volume))
    return sim_fail(call, HCSREF_ERROR_ACCESS_DENIED, "%s could not be made.", f.volume);
  fill_folder((level){&f, {NULL, 0}, 0, 0});
  return sim_going(call);
}

/* ---- looking into it ---- */

static bool is_on_c(hcsref_str path) {
  return path.len >= 3 && (path.data[0] == 'C' || path.data[0] == 'c') && path.data[1] == ':' &&
         (path.data[2] == '\\' || path.data[2] == '/');
}

/* The host's path for one on the container's C:, as the host writes paths. */
static bool host_path(const sim_container *c, hcsref_arena *arena, hcsref_str path, char **out) {
  hcsref_str text = {NULL, 0}, rest = hcsref_str_skip(path, 3);
  char separator = memchr(c->root.data, '\\', c->root.len) != NULL ? '\\' : '/';
  *out = hcsref_format(arena, &text, rest.len > 0 ? "%v/%v" : "%v", c->root, rest) ? sim_c_string(arena, text) : NULL;
  for (char *at = *out; at != NULL && *at != '\0'; at++)
    *at = *at == '\\' || *at == '/' ? separator : *at;
  return *out != NULL;
}

/* Does the folder that the path names a file of exist? */
static bool has_folder(const char *path) {
  const char *end = strpbrk(path, "\\/"), *next;
  char *folder;
  bool found;
  while (end != NULL && (next = strpbrk(end + 1, "\\/")) != NULL)
    end = next;
  folder = end == NULL ? NULL : sim_text_copy(hcsref_str_from(path, (size_t)(end - path)));
  found = folder != NULL && os_path_is_folder(folder);
  free(folder);
  return found;
}

bool sim_volume_path(const sim_container *c, hcsref_arena *arena, hcsref_str path, hcsref_str *out) {
  char *inside;
  const char *outside;
  if (c->root.len == 0 || !is_on_c(path) || !host_path(c, arena, path, &inside) ||
      (outside = sim_c_string(arena, path)) == NULL)
    return false;
  if (!os_path_exists(inside) && (os_path_exists(outside) || !has_folder(inside)))
    return false;
  *out = hcsref_cstr(inside);
  return true;
}

static char *file_in(const sim_container *c, hcsref_arena *arena, hcsref_str folder, hcsref_str word) {
  static const char *const endings[] = {"", ".exe"};
  for (size_t i = 0; i < 2; i++) {
    hcsref_str text = {NULL, 0};
    char *path;
    const char *form = folder.len == 0 ? "%v%v%s" : "%v\\%v%s";
    if (!hcsref_format(arena, &text, form, folder, word, endings[i]) || !is_on_c(text) ||
        !host_path(c, arena, text, &path))
      return NULL;
    if (os_path_kind(path) == OS_FILE)
      return path;
  }
  return NULL;
}

/* The next folder of a PATH, without what ends it. */
static hcsref_str next_folder(hcsref_str *search) {
  const char *end = search->len == 0 ? NULL : memchr(search->data, ';', search->len);
  hcsref_str folder = hcsref_str_first(*search, end == NULL ? search->len : (size_t)(end - search->data));
  *search = hcsref_str_skip(*search, folder.len + (end != NULL));
  return sim_layer_path(folder);
}

bool sim_volume_search(const sim_container *c, hcsref_arena *arena, hcsref_str search, hcsref_str *out) {
  hcsref_buf text = {arena, NULL, 0, 0, false};
  hcsref_str rest = search;
  while (c->root.len > 0 && rest.len > 0) {
    const hcsref_str folder = next_folder(&rest);
    char *path;
    if (!is_on_c(folder))
      continue;
    if (!host_path(c, arena, folder, &path))
      return false;
    if (!os_path_is_folder(path))
      continue;
    hcsref_buf_append(&text, hcsref_cstr(path));
    hcsref_buf_append_char(&text, ';');
  }
  hcsref_buf_append(&text, search);
  *out = hcsref_buf_str(&text);
  return !text.failed;
}

char *sim_volume_program(const sim_container *c, hcsref_arena *arena, hcsref_str search, hcsref_str word) {
  char *found = NULL;
  if (c->root.len == 0 || word.len == 0)
    return NULL;
  if (is_on_c(word))
    return file_in(c, arena, HCSREF_LIT(""), word);
  if (memchr(word.data, '\\', word.len) != NULL || memchr(word.data, ':', word.len) != NULL)
    return NULL;
  if (search.len == 0)
    search = HCSREF_LIT("C:\\Windows\\System32;C:\\Windows");
  while (found == NULL && search.len > 0) {
    const hcsref_str folder = next_folder(&search);
    if (folder.len > 0)
      found = file_in(c, arena, folder, word);
  }
  return found;
}
