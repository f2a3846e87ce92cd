/* SPDX-License-Identifier: Apache-2.0 */
#include "platform/folder.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static bool no_memory(void) {
  errno = ENOMEM;
  return false;
}

bool kit_strings_add(kit_strings *list, const char *text) {
  size_t size = strlen(text) + 1;
  char *copy;
  if (list->count == list->room) {
    size_t room = list->room == 0 ? 16 : list->room * 2;
    char **items = room > SIZE_MAX / sizeof(*items) ? NULL : realloc(list->items, room * sizeof(*items));
    if (items == NULL)
      return no_memory();
    list->items = items;
    list->room = room;
  }
  copy = malloc(size);
  if (copy == NULL)
    return no_memory();
  memcpy(copy, text, size);
  list->items[list->count++] = copy;
  return true;
}

static int by_bytes(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

void kit_strings_sort(kit_strings *list) {
  if (list->count > 1)
    qsort(list->items, list->count, sizeof(*list->items), by_bytes);
}

void kit_strings_free(kit_strings *list) {
  size_t i;
  for (i = 0; i < list->count; i++)
    free(list->items[i]);
  free(list->items);
  memset(list, 0, sizeof(*list));
}

bool platform_is_same(const platform_identity *a, const platform_identity *b) {
  return a->volume == b->volume && a->number == b->number;
}
