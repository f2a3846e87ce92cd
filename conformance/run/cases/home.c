/* SPDX-License-Identifier: Apache-2.0 */
#include "run/cases/home.h"

#include "run/cases/suite.h"

#include <string.h>

#define LONGEST_PATH 4096

static bool add_once(kit_strings *list, const char *text) {
  size_t i;
  for (i = 0; i < list->count; i++)
    if (strcmp(list->items[i], text) == 0)
      return true;
  return kit_strings_add(list, text);
}

static bool add_place(kit_home *home, const char *path) {
  char suite[LONGEST_PATH];
  if (!kit_suite_of(path, suite, sizeof(suite)))
    return add_once(&home->places, path);
  return add_once(&home->places, suite) && add_once(&home->suites, suite);
}

bool kit_home_open(kit_home *home, const cli_list *names, const char *named) {
  const char *suite = kit_suite_folder(named);
  bool ok = true;
  size_t i;
  memset(home, 0, sizeof(*home));
  for (i = 0; ok && i < names->count; i++)
    if (kit_path_exists(names->items[i]))
      ok = add_place(home, names->items[i]);
  if (ok && home->places.count == 0 && suite != NULL)
    ok = add_place(home, suite);
  home->beside = suite;
  for (i = 0; suite != NULL && i < home->places.count; i++)
    if (strcmp(home->places.items[i], suite) == 0)
      home->beside = NULL;
  return ok;
}

void kit_home_free(kit_home *home) {
  kit_strings_free(&home->places);
  kit_strings_free(&home->suites);
}

bool kit_scan(const char *path, void (*each)(void *context, const kit_case *c), void *context, uint64_t *unread) {
  kit_source *source = kit_source_new();
  char message[600];
  hcsref_arena arena;
  kit_next next;
  bool ok = true;
  if (source == NULL)
    return false;
  kit_source_scan_only(source);
  hcsref_arena_init(&arena, NULL, 0);
  if (!kit_source_add(source, path, message, sizeof(message))) {
    kit_source_free(source);
    return false;
  }
  do {
    hcsref_error err;
    kit_case c;
    hcsref_arena_reset(&arena);
    next = kit_source_next(source, &arena, &c, &err);
    if (next == KIT_NEXT_CASE)
      each(context, &c);
    if (next == KIT_NEXT_ERROR) {
      ++*unread;
      ok = strcmp(err.code, "out-of-memory") != 0;
    }
  } while (ok && next != KIT_NEXT_END);
  hcsref_arena_free(&arena);
  kit_source_free(source);
  return ok;
}
