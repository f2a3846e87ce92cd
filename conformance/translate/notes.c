/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of a translation besides its result. */
#include "translate/work.h"

#include <stdarg.h>

/* Room for twice as many notes as there are. */
#define FEWEST_NOTED 64

static size_t hash_of(hcsref_str where, hcsref_str message) {
  const hcsref_str texts[] = {where, message};
  uint32_t hash = 2166136261u;
  for (size_t i = 0; i < 2; i++)
    for (size_t j = 0; j < texts[i].len; j++)
      hash = (hash ^ (unsigned char)texts[i].data[j]) * 16777619u;
  return hash;
}

/* The place of a note among the numbers: that of an equal one, or a free one. */
static size_t *find_noted(const translation_work *w, hcsref_str where, hcsref_str message) {
  const input_note *notes = w->notes->items;
  size_t *numbers = w->noted.items, at = hash_of(where, message) & (w->noted.len - 1);
  while (numbers[at] != 0 && !(hcsref_str_equal(notes[numbers[at] - 1].message, message) &&
                               hcsref_str_equal(notes[numbers[at] - 1].where, where)))
    at = (at + 1) & (w->noted.len - 1);
  return &numbers[at];
}

/* All notes anew, with room for more. */
static bool grow_noted(translation_work *w) {
  const input_note *notes = w->notes->items;
  size_t room = w->noted.len == 0 ? FEWEST_NOTED : w->noted.len;
  while (room / 2 <= w->notes->len)
    room *= 2;
  w->noted.items = hcsref_arena_array(w->arena, room, sizeof(size_t));
  if (w->noted.items == NULL)
    return false;
  w->noted.len = w->noted.cap = room;
  for (size_t i = 0; i < w->notes->len; i++)
    *find_noted(w, notes[i].where, notes[i].message) = i + 1;
  return true;
}

/* Parts that are made of the same spec have the same to say. */
bool translation_note(translation_work *w, const char *where, const char *format, ...) {
  hcsref_str message;
  size_t *number;
  va_list args;
  bool ok;
  if (w->notes == NULL)
    return true;
  va_start(args, format);
  ok = hcsref_format_args(w->arena, &message, format, args);
  va_end(args);
  if (!ok || (w->noted.len / 2 <= w->notes->len && !grow_noted(w)))
    return hcsref_fail_memory(w->err);
  number = find_noted(w, hcsref_cstr(where), message);
  if (*number != 0)
    return true;
  *number = w->notes->len + 1;
  return input_add_note(w->arena, w->notes, hcsref_cstr(where), "%v", message) || hcsref_fail_memory(w->err);
}
