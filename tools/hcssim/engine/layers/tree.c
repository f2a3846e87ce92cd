/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/layers/tree.h"

#include "engine/layers/transport.h"

#include <stdlib.h>
#include <string.h>

#define ATTRIBUTE_ARCHIVE   0x20u
#define ATTRIBUTE_DIRECTORY 0x10u

typedef struct copying {
  sim_call *call;
  sim_copy how;
  size_t files;
} copying;

/* A folder of the two trees that is being copied. */
typedef struct pair {
  copying *c;
  const char *from, *to;
  int depth;
  bool ok;
} pair;

static bool refuse(copying *c, uint32_t code, const char *path, const char *why) {
  return sim_fail(c->call, code, "%s: %s.", path, why);
}

static char *join(sim_call *call, const char *folder, const char *name, const char *suffix) {
  hcsref_str text = {NULL, 0};
  return hcsref_format(&call->arena, &text, "%s/%s%s", folder, name, suffix) ? sim_c_string(&call->arena, text) : NULL;
}

static bool ends_in(const char *name, const char *suffix) {
  return hcsref_str_has_suffix(hcsref_cstr(name), hcsref_cstr(suffix));
}

/* Writes into a tree, in the place of nothing but a plain file. */
static bool put(copying *c, const char *path, hcsref_str data) {
  os_kind there = os_path_kind(path);
  if (there != OS_NOTHING && there != OS_FILE)
    return refuse(c, HCSREF_ERROR_ACCESS_DENIED, path, "something other than a file is there");
  return os_file_replace(path, data.data == NULL ? "" : data.data, data.len) ||
         refuse(c, HCSREF_ERROR_ACCESS_DENIED, path, "it could not be written");
}

/* What a file becomes; its bytes live in the scratch arena. */
static bool convert(copying *c, hcsref_arena *scratch, const char *path, hcsref_str in, hcsref_str *out) {
  uint32_t attributes;
  *out = in;
  if (c->how == SIM_COPY_IMPORT && !sim_transport_read(scratch, in, &attributes, out))
    return refuse(c, HCSREF_ERROR_INVALID_DATA, path, "it does not have the form of a layer's file");
  if (c->how == SIM_COPY_EXPORT && !sim_transport_write(scratch, ATTRIBUTE_ARCHIVE, in, out))
    return refuse(c, HCSREF_ERROR_OUT_OF_MEMORY, path, "out of memory");
  return true;
}

static bool copy_file(copying *c, const char *from, const char *to) {
  size_t size = 0;
  char *data = os_file_read(from, SIM_MAX_TREE_FILE, &size);
  hcsref_arena scratch;
  hcsref_str out;
  bool ok;
  if (data == NULL)
    return refuse(c, HCSREF_ERROR_ACCESS_DENIED, from, "it could not be read");
  hcsref_arena_init(&scratch, NULL, 0);
  ok = convert(c, &scratch, from, hcsref_str_from(data, size), &out) && put(c, to, out);
  hcsref_arena_free(&scratch);
  free(data);
  return ok;
}

/* A folder has a stream of its own beside it. */
static bool put_folder_stream(copying *c, const char *folder) {
  hcsref_str path = {NULL, 0}, file;
  const char *text;
  if (c->how != SIM_COPY_EXPORT)
    return true;
  if (!hcsref_format(&c->call->arena, &path, "%s%s", folder, SIM_FOLDER_SUFFIX) ||
      (text = sim_c_string(&c->call->arena, path)) == NULL ||
      !sim_transport_write(&c->call->arena, ATTRIBUTE_DIRECTORY, hcsref_str_from(NULL, 0), &file))
    return refuse(c, HCSREF_ERROR_OUT_OF_MEMORY, folder, "out of memory");
  return put(c, text, file);
}

/* Every folder is a call of its own, at most SIM_MAX_TREE_DEPTH of them. NOLINTBEGIN(misc-no-recursion) */
static bool copy_folder(copying *c, const char *from, const char *to, int depth);

static bool copy_entry(void *context, const char *name) {
  pair *p = context;
  copying *c = p->c;
  const char *from = join(c->call, p->from, name, ""), *to = join(c->call, p->to, name, "");
  os_kind kind = from == NULL ? OS_NOTHING : os_path_kind(from);
  if (from == NULL || to == NULL)
    p->ok = refuse(c, HCSREF_ERROR_OUT_OF_MEMORY, p->from, "out of memory");
  else if (++c->files > SIM_MAX_TREE_FILES)
    p->ok = refuse(c, HCSREF_ERROR_INVALID_PARAMETER, from, "the layer has too many files");
  else if (kind == OS_FOLDER)
    p->ok = copy_folder(c, from, to, p->depth + 1);
  else if (kind != OS_FILE)
    p->ok = refuse(c, HCSREF_ERROR_ACCESS_DENIED, from, "it is a link, which is not followed");
  else if (c->how != SIM_COPY_IMPORT || !ends_in(name, SIM_FOLDER_SUFFIX))
    p->ok = copy_file(c, from, to);
  return p->ok;
}

static bool copy_folder(copying *c, const char *from, const char *to, int depth) {
  pair p = {c, from, to, depth, true};
  os_kind there = os_path_kind(to);
  if (depth > SIM_MAX_TREE_DEPTH)
    return refuse(c, HCSREF_ERROR_INVALID_PARAMETER, from, "the layer is too deep");
  if (there != OS_NOTHING && there != OS_FOLDER)
    return refuse(c, HCSREF_ERROR_ACCESS_DENIED, to, "something other than a folder is there");
  if (!os_folder_make(to))
    return refuse(c, HCSREF_ERROR_ACCESS_DENIED, to, "it could not be made");
  os_folder_list(from, copy_entry, &p);
  return p.ok && put_folder_stream(c, to);
}

/* ---- removal ---- */

typedef struct removal {
  sim_call *call;
  const char *folder;
  int depth;
  bool ok;
} removal;

static bool remove_folder(sim_call *call, const char *path, int depth);

static bool remove_entry(void *context, const char *name) {
  removal *r = context;
  const char *path = join(r->call, r->folder, name, "");
  if (path == NULL || r->depth >= SIM_MAX_TREE_DEPTH)
    r->ok = false;
  else if (os_path_kind(path) == OS_FOLDER)
    r->ok = remove_folder(r->call, path, r->depth + 1);
  else
    r->ok = os_file_remove(path);
  return r->ok;
}

static bool remove_folder(sim_call *call, const char *path, int depth) {
  removal r = {call, path, depth, true};
  os_folder_list(path, remove_entry, &r);
  return r.ok && os_folder_remove(path);
}
/* NOLINTEND(misc-no-recursion) */

bool sim_tree_copy(sim_call *call, const char *from, const char *to, sim_copy how) {
  copying c = {call, how, 0};
  if (os_path_kind(from) != OS_FOLDER)
    return refuse(&c, HCSREF_ERROR_PATH_NOT_FOUND, from, "it is not a folder");
  return copy_folder(&c, from, to, 0);
}

bool sim_tree_copy_file(sim_call *call, const char *from, const char *to) {
  copying c = {call, SIM_COPY_PLAIN, 0};
  return copy_file(&c, from, to);
}

bool sim_tree_put_file(sim_call *call, const char *from, const char *to) {
  copying c = {call, SIM_COPY_EXPORT, 0};
  return copy_file(&c, from, to);
}

bool sim_tree_put_folder(sim_call *call, const char *to) {
  copying c = {call, SIM_COPY_EXPORT, 0};
  os_kind there = os_path_kind(to);
  if (there != OS_NOTHING && there != OS_FOLDER)
    return refuse(&c, HCSREF_ERROR_ACCESS_DENIED, to, "something other than a folder is there");
  return os_folder_make(to) ? put_folder_stream(&c, to)
                            : refuse(&c, HCSREF_ERROR_ACCESS_DENIED, to, "it could not be made");
}

bool sim_tree_remove(sim_call *call, const char *path) {
  return remove_folder(call, path, 0);
}
