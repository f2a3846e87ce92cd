/* SPDX-License-Identifier: Apache-2.0 */
#include "hcsref/provenance.h"

#include <stdarg.h>

/* A list of chunks, each twice as long as the one before it, so that notes stay where they are. */
#define FIRST_CHUNK 32

typedef struct chunk {
  struct chunk *before;
  size_t count, room;
  hcsref_origin *notes;
} chunk;

struct hcsref_provenance {
  hcsref_arena *arena;
  chunk *last;
  bool failed;
};

hcsref_provenance *hcsref_provenance_new(hcsref_arena *arena) {
  hcsref_provenance *notes = hcsref_arena_alloc(arena, sizeof *notes);
  if (notes != NULL)
    notes->arena = arena;
  return notes;
}

static hcsref_origin *add(hcsref_provenance *notes) {
  chunk *last = notes->last;
  size_t room = last == NULL ? FIRST_CHUNK : last->room * 2;
  if (last != NULL && last->count < last->room)
    return &last->notes[last->count++];
  last = hcsref_arena_alloc(notes->arena, sizeof *last);
  if (last == NULL)
    return NULL;
  last->notes = hcsref_arena_array(notes->arena, room, sizeof *last->notes);
  if (last->notes == NULL)
    return NULL;
  last->room = room;
  last->before = notes->last;
  notes->last = last;
  return &last->notes[last->count++];
}

void hcsref_provenance_note(hcsref_provenance *notes, const void *field, size_t size, const char *rule,
                            const char *format, ...) {
  hcsref_origin *note = add(notes);
  va_list args;
  bool ok;
  if (note == NULL) {
    notes->failed = true;
    return;
  }
  note->field = field;
  note->size = size;
  note->rule = rule;
  va_start(args, format);
  ok = hcsref_format_args(notes->arena, &note->where, format, args);
  va_end(args);
  notes->failed = notes->failed || !ok;
}

static bool covers(const hcsref_origin *note, const void *field, size_t size) {
  uintptr_t at = (uintptr_t)field, begin = (uintptr_t)note->field;
  return at >= begin && at - begin <= note->size && size <= note->size - (at - begin);
}

const hcsref_origin *hcsref_provenance_find(const hcsref_provenance *notes, const void *field, size_t size) {
  for (const chunk *c = notes->last; c != NULL; c = c->before)
    for (size_t i = c->count; i > 0; i--)
      if (covers(&c->notes[i - 1], field, size))
        return &c->notes[i - 1];
  return NULL;
}

bool hcsref_provenance_whole(const hcsref_provenance *notes) {
  return !notes->failed;
}
