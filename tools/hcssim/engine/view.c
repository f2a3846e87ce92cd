/* SPDX-License-Identifier: Apache-2.0 */
/* How a plain process is shown its container: there is no file system, pipe name space or registry of its own, so the
 * texts that name them (command line, working folder) are rewritten. A name counts where it begins a word or follows a
 * quote or '=', and ends at a separator, a quote, a blank or the end; letters are compared as Windows does. */
#include "engine/state.h"

#include <stdlib.h>
#include <string.h>

typedef struct replacement {
  hcsref_str from, to;
} replacement;

#define MAX_REPLACEMENTS ((size_t)512)

static bool is_end(const char *at, const char *end) {
  return at == end || *at == '\\' || *at == '/' || *at == '"' || *at == ' ' || *at == '\t' || *at == ';' ||
         *at == ',' || *at == '>' || *at == '&' || *at == '|';
}

static bool is_start(const char *begin, const char *at) {
  return at == begin || strchr(" \t\"'=;,<>(@&|", at[-1]) != NULL;
}

static bool matches(const char *at, const char *end, hcsref_str from) {
  return from.len > 0 && (size_t)(end - at) >= from.len && is_end(at + from.len, end) &&
         hcsref_str_equal_ascii_fold(hcsref_str_from(at, from.len), from);
}

/* The longest name that stands at `at`. */
static const replacement *best(const replacement *list, size_t count, const char *begin, const char *at,
                               const char *end) {
  const replacement *found = NULL;
  if (!is_start(begin, at))
    return NULL;
  for (size_t i = 0; i < count; i++)
    if (matches(at, end, list[i].from) && (found == NULL || list[i].from.len > found->from.len))
      found = &list[i];
  return found;
}

static hcsref_str without_end(hcsref_str path) {
  while (path.len > 3 && (path.data[path.len - 1] == '\\' || path.data[path.len - 1] == '/'))
    path.len--;
  return path;
}

static bool plain_path(hcsref_arena *arena, hcsref_str path, hcsref_str *out) {
  const char *text = sim_c_string(arena, path);
  char *plain = text == NULL ? NULL : os_path_plain(text);
  bool ok = plain != NULL && hcsref_str_copy(arena, hcsref_cstr(plain), out);
  free(plain);
  return ok;
}

static size_t collect(const sim_system *system, hcsref_arena *arena, replacement *list) {
  const sim_container *c = &system->container;
  const sim_mapping *directories = c->directories.items, *pipes = c->pipes.items;
  const hcsref_v2_registry_value *values = c->registry.items;
  size_t count = 0;
  bool ok = true;
  for (size_t i = 0; i < c->directories.len && count < MAX_REPLACEMENTS; i++) {
    list[count].from = without_end(directories[i].inside);
    ok = ok && plain_path(arena, without_end(directories[i].outside), &list[count++].to);
  }
  for (size_t i = 0; i < c->pipes.len && count < MAX_REPLACEMENTS; i++) {
    ok = ok && hcsref_format(arena, &list[count].from, "\\\\.\\pipe\\%v", pipes[i].inside);
    ok = ok && hcsref_format(arena, &list[count++].to, "\\\\.\\pipe\\%v", pipes[i].outside);
  }
  for (size_t i = 0; i < c->registry.len && count < MAX_REPLACEMENTS; i++) {
    const hcsref_v2_registry_key *key = values[i].key;
    ok = ok && hcsref_format(arena, &list[count].from, "HKLM\\%v\\%v", key->hive, key->name);
    ok = ok && hcsref_format(arena, &list[count++].to, "HKCU\\Software\\hcssim\\%s\\%v\\%v", system->id, key->hive,
                             key->name);
  }
  return ok ? count : 0;
}

/* A path of the container's own volume, up to where its quote or its word ends; null: the volume has no such. */
static const char *from_volume(const sim_system *system, hcsref_arena *arena, const char *begin, const char *at,
                               const char *end, hcsref_str *to) {
  bool quoted = at > begin && at[-1] == '"';
  const char *stop = at;
  if (!is_start(begin, at))
    return NULL;
  while (stop < end && (quoted ? *stop != '"' : strchr(" \t\"';=,<>&|", *stop) == NULL))
    stop++;
  return sim_volume_path(&system->container, arena, hcsref_str_from(at, (size_t)(stop - at)), to) ? stop : NULL;
}

char *sim_view(const sim_system *system, hcsref_str text) {
  hcsref_arena arena;
  hcsref_buf out = {&arena, NULL, 0, 0, false};
  replacement *list;
  const char *at = text.data, *end = at == NULL ? NULL : at + text.len;
  char *copy = NULL;
  hcsref_arena_init(&arena, NULL, 0);
  list = hcsref_arena_array(&arena, MAX_REPLACEMENTS, sizeof(*list));
  if (list != NULL) {
    size_t count = collect(system, &arena, list);
    while (at < end) {
      const replacement *found = best(list, count, text.data, at, end);
      hcsref_str path;
      const char *stop = found != NULL ? NULL : from_volume(system, &arena, text.data, at, end, &path);
      if (found != NULL)
        hcsref_buf_append(&out, found->to);
      else if (stop != NULL)
        hcsref_buf_append(&out, path);
      else
        hcsref_buf_append_char(&out, *at);
      at = stop != NULL ? stop : at + (found != NULL ? found->from.len : 1);
    }
    if (!out.failed)
      copy = sim_text_copy(hcsref_buf_str(&out));
  }
  hcsref_arena_free(&arena);
  return copy;
}

char *sim_view_mapped(const sim_system *system, hcsref_arena *arena) {
  const sim_mapping *directories = system->container.directories.items;
  hcsref_buf out = {arena, NULL, 0, 0, false};
  for (size_t i = 0; i < system->container.directories.len; i++) {
    hcsref_str outside = {NULL, 0}, entry = {NULL, 0};
    if (!plain_path(arena, without_end(directories[i].outside), &outside) ||
        !hcsref_format(arena, &entry, "%s%v|%v|%s", i == 0 ? "" : "|", without_end(directories[i].inside), outside,
                       directories[i].read_only ? "r" : "w"))
      return NULL;
    hcsref_buf_append(&out, entry);
  }
  return out.failed ? NULL : sim_c_string(arena, hcsref_buf_str(&out));
}
