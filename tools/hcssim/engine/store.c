/* SPDX-License-Identifier: Apache-2.0 */
/* What outlives a process: a folder a kind, a small JSON file an object. Without a state folder nothing is kept. */
#include "engine/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_OBJECT ((size_t)1 << 20)

/* The key is hashed: it may be any text. FNV-1a, with the letters A to Z as small ones, as Windows compares names. */
static uint64_t hash(hcsref_str key) {
  uint64_t h = 14695981039346656037u;
  for (size_t i = 0; i < key.len; i++) {
    unsigned char c = (unsigned char)key.data[i];
    h = (h ^ (c >= 'A' && c <= 'Z' ? c + 32u : c == '/' ? '\\' : c)) * 1099511628211u;
  }
  return h;
}

static bool path_of(const sim *s, const char *kind, const char *name, char *path, size_t size) {
  int length =
      s->state == NULL ? -1 : snprintf(path, size, "%s/%s%s%s", s->state, kind, *name == '\0' ? "" : "/", name);
  return length > 0 && (size_t)length < size;
}

static bool object_path(const sim *s, const char *kind, hcsref_str key, char *path, size_t size) {
  char name[32];
  snprintf(name, sizeof name, "%016llx.json", (unsigned long long)hash(key));
  return path_of(s, kind, name, path, size);
}

static bool read_object(hcsref_arena *arena, const char *path, const hcsref_type *type, void *out) {
  size_t size = 0;
  char *data = os_file_read(path, MAX_OBJECT, &size);
  hcsref_str text;
  bool ok = data != NULL && hcsref_str_copy(arena, hcsref_str_from(data, size), &text) &&
            hcsref_json_decode(arena, text, type, HCSREF_JSON_WHOLE, out, NULL);
  free(data);
  return ok;
}

bool sim_store_read(sim *s, hcsref_arena *arena, const char *kind, hcsref_str key, const hcsref_type *type, void *out) {
  char path[1024];
  return object_path(s, kind, key, path, sizeof path) && read_object(arena, path, type, out);
}

bool sim_store_write(sim *s, const char *kind, hcsref_str key, const hcsref_type *type, const void *value) {
  char path[1024];
  hcsref_arena arena;
  hcsref_str text = {NULL, 0};
  bool ok;
  if (s->state == NULL)
    return true;
  hcsref_arena_init(&arena, NULL, 0);
  ok = path_of(s, kind, "", path, sizeof path) && os_folder_make(path) &&
       object_path(s, kind, key, path, sizeof path) && hcsref_json_encode(&arena, type, value, &text, NULL) &&
       os_file_replace(path, text.data, text.len);
  hcsref_arena_free(&arena);
  return ok;
}

void sim_store_remove(sim *s, const char *kind, hcsref_str key) {
  char path[1024];
  if (object_path(s, kind, key, path, sizeof path))
    os_file_remove(path);
}

typedef struct listing {
  sim *s;
  hcsref_arena *arena;
  const char *kind;
  const hcsref_type *type;
  void *value;
  void (*each)(void *context, const void *value);
  void *context;
} listing;

static bool list_one(void *context, const char *name) {
  const listing *l = context;
  size_t length = strlen(name);
  char path[1024];
  if (length < 5 || strcmp(name + length - 5, ".json") != 0)
    return true;
  memset(l->value, 0, l->type->size);
  if (path_of(l->s, l->kind, name, path, sizeof path) && read_object(l->arena, path, l->type, l->value))
    l->each(l->context, l->value);
  return true;
}

void sim_store_list(sim *s, hcsref_arena *arena, const char *kind, const hcsref_type *type, void *value,
                    void (*each)(void *context, const void *value), void *context) {
  listing l = {s, arena, kind, type, value, each, context};
  char path[1024];
  if (path_of(s, kind, "", path, sizeof path))
    os_folder_list(path, list_one, &l);
}
