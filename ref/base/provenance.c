/* SPDX-License-Identifier: Apache-2.0 */
#include "hcsref/provenance.h"

#include <stdarg.h>
#include <stdlib.h>

/* A list of chunks, each twice as long as the one before it, so that notes stay where they are. */
#define FIRST_CHUNK 32

typedef struct chunk {
  struct chunk *before;
  size_t count, room;
  hcsref_origin *notes;
} chunk;

/* A note in order of where it begins, and how far the stretch of places that ends with it reaches. */
typedef struct place {
  uintptr_t begin, end, furthest;
  size_t number; /* in the order of noting */
  const hcsref_origin *note;
} place;

struct hcsref_provenance {
  hcsref_arena *arena;
  chunk *last;
  size_t count;
  place *places; /* in order; null: not yet */
  size_t place_count;
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
  notes->places = NULL;
  bool ok;
  if (note == NULL) {
    notes->failed = true;
    return;
  }
  notes->count++;
  note->field = field;
  note->size = size;
  note->rule = rule;
  va_start(args, format);
  ok = hcsref_format_args(notes->arena, &note->where, format, args);
  va_end(args);
  notes->failed = notes->failed || !ok;
}

/* ---- in order --------------------------------------------------------------------------------------------------- */

static int by_begin(const void *a, const void *b) {
  const place *x = a, *y = b;
  if (x->begin != y->begin)
    return x->begin < y->begin ? -1 : 1;
  return x->number < y->number ? -1 : x->number > y->number;
}

/* How far each stretch of 2^k places reaches, one stretch after the other as far as they go: the places below `i` in
 * the tree are those of its lowest bits. Source of the shape: a binary indexed tree. */
static void measure(place *places, size_t count) {
  for (size_t i = 1; i <= count; i++)
    places[i - 1].furthest = places[i - 1].end;
  for (size_t i = 1; i <= count; i++) {
    size_t above = i + (i & (~i + 1));
    if (above <= count && places[above - 1].furthest < places[i - 1].furthest)
      places[above - 1].furthest = places[i - 1].furthest;
  }
}

static bool put_in_order(hcsref_provenance *notes) {
  place *places = hcsref_arena_array(notes->arena, notes->count, sizeof *places);
  size_t number = notes->count;
  if (places == NULL)
    return false;
  notes->place_count = 0;
  for (const chunk *c = notes->last; c != NULL; c = c->before)
    for (size_t i = c->count; i > 0; i--) {
      place *next = &places[notes->place_count++];
      next->note = &c->notes[i - 1];
      next->begin = (uintptr_t)next->note->field;
      next->end = next->begin + next->note->size;
      next->number = number--;
    }
  qsort(places, notes->place_count, sizeof *places, by_begin);
  measure(places, notes->place_count);
  notes->places = places;
  return true;
}

/* ---- finding ---------------------------------------------------------------------------------------------------- */

/* How many places begin at that byte or before it. */
static size_t count_begun(const place *places, size_t count, uintptr_t begin) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (places[middle].begin <= begin)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Of the places that have begun the last one noted that reaches the end: stretches that do not reach it are skipped. */
static const place *find_last(const place *places, size_t begun, uintptr_t end) {
  const place *found = NULL;
  size_t i = begun;
  while (i != 0) {
    const place *here = &places[i - 1];
    if (here->furthest < end) {
      i &= i - 1; /* the whole stretch */
      continue;
    }
    if (here->end >= end && (found == NULL || here->number > found->number))
      found = here;
    i--;
  }
  return found;
}

static const hcsref_origin *search_all(const hcsref_provenance *notes, uintptr_t begin, uintptr_t end) {
  for (const chunk *c = notes->last; c != NULL; c = c->before)
    for (size_t i = c->count; i > 0; i--) {
      uintptr_t from = (uintptr_t)c->notes[i - 1].field;
      if (from <= begin && from + c->notes[i - 1].size >= end)
        return &c->notes[i - 1];
    }
  return NULL;
}

const hcsref_origin *hcsref_provenance_find(hcsref_provenance *notes, const void *field, size_t size) {
  const uintptr_t begin = (uintptr_t)field, end = begin + size;
  const place *found;
  if (notes->count == 0 || (notes->places == NULL && !put_in_order(notes)))
    return search_all(notes, begin, end);
  found = find_last(notes->places, count_begun(notes->places, notes->place_count, begin), end);
  return found == NULL ? NULL : found->note;
}

bool hcsref_provenance_whole(const hcsref_provenance *notes) {
  return !notes->failed;
}
