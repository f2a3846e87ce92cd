/* SPDX-License-Identifier: Apache-2.0 */
/* What the library's own parts may ask of an arena beyond the public calls. */
#ifndef HCSREF_BASE_ARENA_H
#define HCSREF_BASE_ARENA_H

#include "base/poison.h"

#include "hcsref/base.h"

/* Every allocation starts at a multiple of this; the strictest alignment of the project's types is 8, and 16
 * leaves room for a caller's long double. */
#define HCSREF_ARENA_ALIGNMENT ((size_t)16)

/* `size` as it is taken from a block; 0 when it is too large for any. */
static inline size_t hcsref_arena_rounded(size_t size) {
  if (size > SIZE_MAX / 2)
    return 0;
  size = size == 0 ? HCSREF_ARENA_ALIGNMENT : size;
  return (size + HCSREF_ARENA_ALIGNMENT - 1) / HCSREF_ARENA_ALIGNMENT * HCSREF_ARENA_ALIGNMENT + HCSREF_REDZONE;
}

/* Is count * size too large for an object? Small ones are told apart without a division. */
static inline bool hcsref_too_many(size_t count, size_t size) {
  const size_t small = (size_t)1 << (sizeof(size_t) * 4 - 1);
  return (count >= small || size >= small) && size != 0 && count > SIZE_MAX / 2 / size;
}

/* Adds a block with room for `rounded` bytes, of which there are none when it is 0. */
bool hcsref_arena_grow(hcsref_arena *arena, size_t rounded);

static inline void *hcsref_arena_take_inline(hcsref_arena *arena, size_t size) {
  size_t rounded = hcsref_arena_rounded(size);
  void *result;
  if ((rounded == 0 || arena->room < rounded) && !hcsref_arena_grow(arena, rounded))
    return NULL;
  result = arena->next;
  hcsref_unpoison(result, size);
  arena->next += rounded;
  arena->room -= rounded;
  return result;
}

/* Like hcsref_arena_alloc, but the bytes are not zeroed: for text that is written at once. Not inline where the
 * sanitizer watches: there arena.c alone knows how far allocations lie apart (poison.h). */
#if defined(HCSREF_POISON)
void *hcsref_arena_take(hcsref_arena *arena, size_t size);
#else
static inline void *hcsref_arena_take(hcsref_arena *arena, size_t size) {
  return hcsref_arena_take_inline(arena, size);
}
#endif

/* Makes the newest allocation `ptr` of `old_size` bytes `new_size` long where it stands (the new bytes are not
 * zeroed); false when it is not the newest or its block is full, and nothing has changed then. Also shrinks. */
bool hcsref_arena_resize(hcsref_arena *arena, void *ptr, size_t old_size, size_t new_size);

#endif
