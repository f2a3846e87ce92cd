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
  bool found;                   /* a manifest that can be read */
  json_t *renames, *tombstones; /* its tables; null: it has none */
};

/* The object of that name, else null. The rest of a manifest, most of it, is nobody's past. */
static json_t *table_of(const kit_json *manifest, const char *name) {
  const kit_json *table = kit_json_get(manifest, name);
  return table == NULL ? NULL : json_loadb(table->raw.data, table->raw.len, 0, NULL);
}

static void load_manifest(kit_history *history, const char *folder) {
  char path[4096];
  int length = snprintf(path, sizeof(path), "%s/" KIT_SUITE_MANIFEST, folder);
  hcsref_arena arena;
  hcsref_str text;
  hcsref_error err;
  kit_json *manifest = NULL;
  if (length < 0 || (size_t)length >= sizeof(path) || !kit_path_exists(path))
    return;
  hcsref_arena_init(&arena, NULL, 0);
  history->found =
      kit_read_file(&arena, path, &text, &err) && kit_json_parse(&arena, text, &manifest, &err) && !manifest->bad_utf8;
  if (history->found) {
    history->renames = table_of(manifest, "renames");
    history->tombstones = table_of(manifest, "tombstones");
  } else {
    kit_print(stderr, "hcsproof: %s: cannot be read; cases are not found under their old names\n", path);
  }
  hcsref_arena_free(&arena);
}

kit_history *kit_history_open(const cli_list *names, const char *named) {
  kit_history *history = calloc(1, sizeof(*history));
  const char *suite = kit_suite_folder(named);
  for (size_t i = 0; history != NULL && !history->found && i < names->count; i++)
    if (platform_is_folder(names->items[i]))
      load_manifest(history, names->items[i]);
  if (history != NULL && !history->found && suite != NULL)
    load_manifest(history, suite);
  return history;
}

void kit_history_free(kit_history *history) {
  if (history == NULL)
    return;
  json_decref(history->renames);
  json_decref(history->tombstones);
  free(history);
}

static const char *look_up(const json_t *table, const char *id) {
  return json_string_value(json_object_get(table, id));
}

/* A case may be renamed again and again, but no oftener than there are renames: they may run in a circle. */
static const char *last_name(const kit_history *history, const char *id) {
  size_t steps = json_object_size(history->renames);
  for (const char *next = id; next != NULL && steps > 0; steps--) {
    next = look_up(history->renames, id);
    if (next != NULL)
      id = next;
  }
  return id;
}

const char *kit_history_find(const kit_history *history, const char *id, char *message, size_t size) {
  const char *last = last_name(history, id), *reason = look_up(history->tombstones, last);
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
