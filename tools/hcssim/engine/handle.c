/* SPDX-License-Identifier: Apache-2.0 */
/* Handles: a place in a table and its generation, so that a stale one is found out. */
#include "engine/state.h"

#include <stdlib.h>

/* Values look like those of the service: never null, never a valid pointer by accident. */
#define HANDLE_BASE   ((uintptr_t)0x10)
#define INDEX_OF(h)   (((h)&0xFFFFFFu) / HANDLE_BASE - 1)
#define VALUE(i, gen) ((((uintptr_t)(i) + 1) * HANDLE_BASE) | ((uintptr_t)(gen) << 24))

sim_handle sim_handle_new(sim *s, sim_kind kind, void *object) {
  size_t index = 0;
  while (index < s->entry_count && s->entries[index].kind != SIM_FREE)
    index++;
  if (index == s->entry_cap) {
    size_t cap = s->entry_cap == 0 ? 64 : s->entry_cap * 2;
    sim_handle_entry *grown = cap > SIM_MAX_HANDLES ? NULL : realloc(s->entries, cap * sizeof(*grown));
    if (grown == NULL)
      return 0;
    s->entries = grown;
    s->entry_cap = cap;
  }
  if (index == s->entry_count) {
    s->entries[index].generation = 0;
    s->entry_count++;
  }
  s->entries[index].object = object;
  s->entries[index].kind = kind;
  s->entries[index].generation = (uint16_t)((s->entries[index].generation + 1) & 0x7F);
  s->kinds[kind]++;
  return VALUE(index, s->entries[index].generation);
}

static sim_handle_entry *find(const sim *s, sim_handle handle) {
  size_t index = INDEX_OF(handle);
  if (handle == 0 || handle % HANDLE_BASE != 0 || index >= s->entry_count)
    return NULL;
  return s->entries[index].kind != SIM_FREE && VALUE(index, s->entries[index].generation) == handle ? &s->entries[index]
                                                                                                    : NULL;
}

sim_kind sim_handle_kind(const sim *s, sim_handle handle) {
  const sim_handle_entry *entry = find(s, handle);
  return entry == NULL ? SIM_FREE : entry->kind;
}

void *sim_handle_object(const sim *s, sim_handle handle, sim_kind kind) {
  const sim_handle_entry *entry = find(s, handle);
  return entry != NULL && entry->kind == kind ? entry->object : NULL;
}

void *sim_handle_get(sim_call *call, sim_handle handle, sim_kind kind) {
  void *object = sim_handle_object(call->sim, handle, kind);
  if (!sim_going(call))
    return NULL;
  if (object == NULL)
    sim_fail(call, HCSREF_ERROR_INVALID_HANDLE, "%s was called with a handle that is not open.", call->name);
  return object;
}

void sim_handle_free(sim *s, sim_handle handle) {
  sim_handle_entry *entry = find(s, handle);
  if (entry == NULL)
    return;
  s->kinds[entry->kind]--;
  entry->kind = SIM_FREE;
  entry->object = NULL;
  if (!sim_has_handles(s))
    os_monitor_wake(s->monitor);
}

bool sim_has_handles(const sim *s) {
  for (size_t i = SIM_SYSTEM; i < SIM_SYSTEM + SIM_HANDLE_KINDS; i++)
    if (s->kinds[i] > 0)
      return true;
  return false;
}
