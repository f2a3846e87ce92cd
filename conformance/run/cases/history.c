/* SPDX-License-Identifier: Apache-2.0 */
#include "run/cases/history.h"

#include "io/print.h"
#include "platform/platform.h"
#include "run/cases/source.h"
#include "run/cases/suite.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

struct kit_history {
  json_t *manifest; /* null: there is none */
};

static json_t *load_manifest(const char *folder) {
  char path[4096];
  int length = snprintf(path, sizeof(path), "%s/" KIT_SUITE_MANIFEST, folder);
  hcsref_arena arena;
  hcsref_str text;
  hcsref_error err;
  json_t *manifest = NULL;
  if (length < 0 || (size_t)length >= sizeof(path) || !kit_path_exists(path))
    return NULL;
  hcsref_arena_init(&arena, NULL, 0);
  if (kit_read_file(&arena, path, &text, &err))
    manifest = json_loadb(text.len == 0 ? "" : text.data, text.len, 0, NULL);
  if (manifest == NULL)
    kit_print(stderr, "hcsproof: %s: cannot be read; cases are not found under their old names\n", path);
  hcsref_arena_free(&arena);
  return manifest;
}

kit_history *kit_history_open(const cli_list *names, const char *named) {
  kit_history *history = calloc(1, sizeof(*history));
  const char *suite = kit_suite_folder(named);
  for (size_t i = 0; history != NULL && history->manifest == NULL && i < names->count; i++)
    if (platform_is_folder(names->items[i]))
      history->manifest = load_manifest(names->items[i]);
  if (history != NULL && history->manifest == NULL && suite != NULL)
    history->manifest = load_manifest(suite);
  return history;
}

void kit_history_free(kit_history *history) {
  if (history == NULL)
    return;
  json_decref(history->manifest);
  free(history);
}

static const char *look_up(const kit_history *history, const char *table, const char *id) {
  return json_string_value(json_object_get(json_object_get(history->manifest, table), id));
}

/* A case may be renamed again and again, but no oftener than there are renames: they may run in a circle. */
static const char *last_name(const kit_history *history, const char *id) {
  size_t steps = json_object_size(json_object_get(history->manifest, "renames"));
  for (const char *next = id; next != NULL && steps > 0; steps--) {
    next = look_up(history, "renames", id);
    if (next != NULL)
      id = next;
  }
  return id;
}

const char *kit_history_find(const kit_history *history, const char *id, char *message, size_t size) {
  const char *last = last_name(history, id), *reason = look_up(history, "tombstones", last);
  if (reason != NULL)
    snprintf(message, size, "the case %s was removed: %s", id, reason);
  else if (last != id)
    snprintf(message, size, "the case %s is now called %s", id, last);
  return reason != NULL || last != id ? last : NULL;
}

void kit_history_follow(const kit_history *history, cli_list *ids, kit_history_teller tell, void *context) {
  char message[700];
  for (size_t i = 0; i < ids->count; i++) {
    const char *now = kit_history_find(history, ids->items[i], message, sizeof(message));
    if (now == NULL)
      continue;
    ids->items[i] = now;
    tell(context, hcsref_cstr(message));
  }
}
