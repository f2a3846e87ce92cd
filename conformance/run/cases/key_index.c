/* SPDX-License-Identifier: Apache-2.0 */
#include "run/cases/key_index.h"

static size_t hash_of(hcsref_str key) {
  uint32_t hash = 2166136261u;
  for (size_t i = 0; i < key.len; i++)
    hash = (hash ^ (unsigned char)key.data[i]) * 16777619u;
  return hash;
}

static hcsref_str key_of(const kit_key_index *index, const hcsref_slice *items, size_t at) {
  return *(const hcsref_str *)(const void *)((const char *)items->items + at * index->size);
}

size_t *kit_key_index_slot(const kit_key_index *index, const hcsref_slice *items, hcsref_str key) {
  size_t *slots = index->slots.items, at = hash_of(key) & (index->slots.len - 1);
  while (slots[at] != 0 && !hcsref_str_equal(key_of(index, items, slots[at] - 1), key))
    at = (at + 1) & (index->slots.len - 1);
  return &slots[at];
}

bool kit_key_index_make_room(hcsref_arena *arena, kit_key_index *index, const hcsref_slice *items) {
  size_t room = index->slots.len == 0 ? index->fewest : index->slots.len * 2;
  size_t *slots;
  if (index->slots.len / 2 > items->len)
    return true;
  slots = hcsref_arena_array(arena, room, sizeof(*slots));
  if (slots == NULL)
    return false;
  index->slots.items = slots;
  index->slots.len = index->slots.cap = room;
  for (size_t i = 0; i < items->len; i++)
    *kit_key_index_slot(index, items, key_of(index, items, i)) = i + 1;
  return true;
}
