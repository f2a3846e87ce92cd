/* SPDX-License-Identifier: Apache-2.0 */
/* What the library's own parts may ask of an arena beyond the public calls. */
#ifndef HCSREF_BASE_ARENA_H
#define HCSREF_BASE_ARENA_H

#include "hcsref/base.h"

/* Like hcsref_arena_alloc, but the bytes are not zeroed: for text that is written at once. */
void *hcsref_arena_take(hcsref_arena *arena, size_t size);

/* Makes the newest allocation `ptr` of `old_size` bytes `new_size` long where it stands (the new bytes are not
 * zeroed); false when it is not the newest or its block is full, and nothing has changed then. Also shrinks. */
bool hcsref_arena_resize(hcsref_arena *arena, void *ptr, size_t old_size, size_t new_size);

#endif
