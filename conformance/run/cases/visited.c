/* SPDX-License-Identifier: Apache-2.0 */
#include "run/cases/visited.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM 64

/* Its slot, or the free one where it belongs. */
static platform_identity *find(platform_identity *slots, size_t room, const platform_identity *wanted) {
  const platform_identity nothing = {0, 0};
  size_t i = (size_t)((wanted->number ^ wanted->volume * 31) * 0x9E3779B97F4A7C15u >> 32) % room;
  while (!platform_is_same(&slots[i], wanted) && !platform_is_same(&slots[i], &nothing))
    i = (i + 1) % room;
  return &slots[i];
}

static bool grow(kit_visited *v) {
  const platform_identity nothing = {0, 0};
  size_t room = v->room == 0 ? FIRST_ROOM : v->room * 2, i;
  platform_identity *slots = calloc(room, sizeof(*slots));
  if (slots == NULL) {
    errno = ENOMEM;
    return false;
  }
  for (i = 0; i < v->room; i++)
    if (!platform_is_same(&v->slots[i], &nothing))
      *find(slots, room, &v->slots[i]) = v->slots[i];
  free(v->slots);
  v->slots = slots;
  v->room = room;
  return true;
}

bool kit_visited_add(kit_visited *v, const char *path, bool *first) {
  platform_identity found, *slot;
  *first = true;
  if (!platform_identify(path, &found))
    return true;
  if (v->count * 2 >= v->room && !grow(v))
    return false;
  slot = find(v->slots, v->room, &found);
  *first = !platform_is_same(slot, &found);
  *slot = found;
  v->count += *first;
  return true;
}

void kit_visited_free(kit_visited *v) {
  free(v->slots);
  memset(v, 0, sizeof(*v));
}
