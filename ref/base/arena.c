/* SPDX-License-Identifier: Apache-2.0 */
/* Memory for one translation: blocks that are filled from the front and freed together. */
#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

/* The first block; later ones are as large as all before together, up to the largest step or to what one
 * allocation needs. */
#define SMALLEST_BLOCK ((size_t)4096)
#define LARGEST_STEP   ((size_t)1 << 22)

typedef struct hcsref_block {
  struct hcsref_block *next;
  size_t size; /* with this header */
} hcsref_block;

#define HEADER_SIZE                                                                                                    \
  ((sizeof(hcsref_block) + HCSREF_ARENA_ALIGNMENT - 1) / HCSREF_ARENA_ALIGNMENT * HCSREF_ARENA_ALIGNMENT)

static void *default_alloc(void *ctx, size_t size) {
  (void)ctx;
  return malloc(size);
}

static void default_free(void *ctx, void *ptr, size_t size) {
  (void)ctx;
  (void)size;
  free(ptr);
}

static const hcsref_allocator default_allocator = {default_alloc, default_free, NULL};

void hcsref_arena_init(hcsref_arena *arena, const hcsref_allocator *allocator, size_t limit) {
  arena->allocator = allocator == NULL ? default_allocator : *allocator;
  arena->blocks = NULL;
  arena->next = NULL;
  arena->room = 0;
  arena->used = 0;
  arena->limit = limit == 0 ? HCSREF_ARENA_LIMIT : limit;
  arena->full = false;
}

void hcsref_arena_free(hcsref_arena *arena) {
  hcsref_block *block = arena->blocks;
  while (block != NULL) {
    hcsref_block *next = block->next;
    hcsref_unpoison(block, block->size);
    arena->allocator.free(arena->allocator.ctx, block, block->size);
    block = next;
  }
  arena->blocks = NULL;
  arena->next = NULL;
  arena->room = 0;
  arena->used = 0;
  arena->full = false;
}

/* Makes all of `block` free again. */
static void open_block(hcsref_arena *arena, hcsref_block *block) {
  arena->next = (unsigned char *)block + HEADER_SIZE;
  arena->room = block->size - HEADER_SIZE;
  hcsref_poison(arena->next, arena->room);
}

static bool add_block(hcsref_arena *arena, size_t size) {
  hcsref_block *block;
  if (size > arena->limit || arena->used > arena->limit - size) {
    arena->full = true;
    return false;
  }
  block = arena->allocator.alloc(arena->allocator.ctx, size);
  if (block == NULL)
    return false;
  block->next = arena->blocks;
  block->size = size;
  arena->blocks = block;
  arena->used += size;
  open_block(arena, block);
  return true;
}

/* Several blocks become one of their joint size, so that the same work next time fits into it. When that one
 * cannot be had the arena is empty, which is as good as reset. */
void hcsref_arena_reset(hcsref_arena *arena) {
  arena->full = false;
  if (arena->blocks == NULL)
    return;
  if (arena->blocks->next != NULL) {
    size_t total = arena->used;
    hcsref_arena_free(arena);
    (void)add_block(arena, total);
    return;
  }
  open_block(arena, arena->blocks);
}

/* How large the next block should be to hold `needed` bytes: no more than the limit allows if that is enough. */
static size_t block_size_for(const hcsref_arena *arena, size_t needed) {
  size_t step = arena->used < SMALLEST_BLOCK ? SMALLEST_BLOCK : arena->used;
  size_t allowed = arena->limit - arena->used;
  if (step > LARGEST_STEP)
    step = LARGEST_STEP;
  if (step > allowed)
    step = allowed;
  return needed > step ? needed : step;
}

bool hcsref_arena_grow(hcsref_arena *arena, size_t rounded) {
  return rounded != 0 && add_block(arena, block_size_for(arena, rounded + HEADER_SIZE));
}

#if defined(HCSREF_POISON)
void *hcsref_arena_take(hcsref_arena *arena, size_t size) {
  return hcsref_arena_take_inline(arena, size);
}
#endif

bool hcsref_arena_resize(hcsref_arena *arena, void *ptr, size_t old_size, size_t new_size) {
  size_t old_rounded = hcsref_arena_rounded(old_size);
  size_t new_rounded = hcsref_arena_rounded(new_size);
  if (ptr == NULL || new_rounded == 0 || (unsigned char *)ptr + old_rounded != arena->next)
    return false;
  if (new_rounded > old_rounded && new_rounded - old_rounded > arena->room)
    return false;
  hcsref_poison(ptr, old_rounded);
  hcsref_unpoison(ptr, new_size);
  arena->next = (unsigned char *)ptr + new_rounded;
  arena->room = arena->room + old_rounded - new_rounded;
  return true;
}

void *hcsref_arena_alloc(hcsref_arena *arena, size_t size) {
  void *result = hcsref_arena_take(arena, size);
  return result == NULL ? NULL : memset(result, 0, size);
}

void *hcsref_arena_array(hcsref_arena *arena, size_t count, size_t size) {
  if (hcsref_too_many(count, size))
    return NULL;
  return hcsref_arena_alloc(arena, count * size);
}

bool hcsref_str_copy(hcsref_arena *arena, hcsref_str s, hcsref_str *out) {
  char *data = hcsref_arena_take(arena, s.len);
  if (data == NULL)
    return false;
  if (s.len != 0)
    memcpy(data, s.data, s.len);
  *out = hcsref_str_from(data, s.len);
  return true;
}
