/* SPDX-License-Identifier: Apache-2.0 */
/* Systems of which several processes have handles, as runhcs has them: one creates a system, another starts it and runs
 * processes in it (hcsshim cmd/runhcs). A file in the state folder says who has handles, and which processes run. Each
 * process of the simulator writes its own part of it, under the lock of the folder. The last handle of any of them
 * counts. */
#include "engine/state.h"

#include <string.h>

#define FOLDER "systems"

#define RUNNING(member, name, type) SIM_STORED(sim_stored_process, member, name, type, false)
static const hcsref_field running_fields[] = {
    RUNNING(number, "Number", hcsref_type_uint32), RUNNING(started, "Started", hcsref_type_uint64),
    RUNNING(of, "Of", hcsref_type_uint32),         RUNNING(created, "Created", hcsref_type_uint64),
    RUNNING(image, "Image", hcsref_type_string),
};
static const hcsref_type running_type = SIM_STORED_TYPE(sim_stored_process, "hcssim.Process", running_fields);
static const hcsref_type running_list = {
    HCSREF_SLICE, "[]hcssim.Process", sizeof(hcsref_slice), &running_type, NULL, 0, 0, NULL, 0};

#define STORED(member, name, type) SIM_STORED(sim_stored_system, member, name, type, false)
static const hcsref_field stored_fields[] = {
    STORED(id, "Id", hcsref_type_string),
    STORED(owner, "Owner", hcsref_type_string),
    STORED(state, "State", hcsref_type_string),
    STORED(creator, "Creator", hcsref_type_uint32),
    STORED(creator_started, "CreatorStarted", hcsref_type_uint64),
    STORED(terminate_on_last_handle, "ShouldTerminateOnLastHandleClosed", hcsref_type_bool),
    STORED(named_job, "NamedJob", hcsref_type_bool),
    STORED(running, "Running", running_list),
    STORED(holders, "Holders", running_list),
    STORED(document, "Document", hcsref_type_string),
};
const hcsref_type sim_stored_system_type = SIM_STORED_TYPE(sim_stored_system, "hcssim.System", stored_fields);

static const char *const state_names[] = {"Created", "Running", "Paused", "SavedAsTemplate", "Stopped"};

const char *sim_state_name(const sim_system *system) {
  return state_names[system->state];
}

sim_system *sim_find_system(const sim *s, hcsref_str id) {
  for (sim_system *system = s->systems; system != NULL; system = system->next)
    if (!system->dead && system->state != SIM_STOPPED && hcsref_str_equal_ascii_fold(hcsref_cstr(system->id), id))
      return system;
  return NULL;
}

/* ---- who has handles ------------------------------------------------------------------------------------------- */

static bool read_stored(sim *s, hcsref_arena *arena, const sim_system *system, sim_stored_system *out) {
  memset(out, 0, sizeof(*out));
  return sim_store_read(s, arena, FOLDER, hcsref_cstr(system->id), &sim_stored_system_type, out);
}

static bool runs(const sim_stored_process *process) {
  return process->started != 0 && os_process_started(process->number) == process->started;
}

/* Another process, that is; this one knows its own handles. */
static bool holds(const sim_stored_process *holder) {
  return holder->number != os_process_id() && runs(holder);
}

static bool is_held_elsewhere(const sim_stored_system *stored) {
  const sim_stored_process *holders = stored->holders.items;
  const sim_stored_process creator = {.number = stored->creator, .started = stored->creator_started};
  for (size_t i = 0; i < stored->holders.len; i++)
    if (holds(&holders[i]))
      return true;
  return stored->holders.len == 0 && holds(&creator);
}

bool sim_stored_system_lives(sim *s, const sim_stored_system *stored) {
  const sim_system *known = sim_find_system(s, stored->id);
  if (known != NULL && !known->foreign)
    return false;
  if (!stored->terminate_on_last_handle || is_held_elsewhere(stored) || known != NULL)
    return true;
  sim_store_remove(s, FOLDER, stored->id);
  return false;
}

/* ---- this process's part of the file ---------------------------------------------------------------------------- */

static bool push(hcsref_arena *arena, hcsref_slice *list, const sim_stored_process *process) {
  sim_stored_process *entry = hcsref_slice_push(arena, list, sizeof(*entry));
  if (entry != NULL)
    *entry = *process;
  return entry != NULL;
}

/* What other processes of the simulator started is theirs to take out, unless they are gone. */
static bool add_running(hcsref_arena *arena, const sim_system *system, const hcsref_slice *before, hcsref_slice *out) {
  const sim_stored_process *others = before->items;
  for (size_t i = 0; i < before->len; i++)
    if (others[i].of != os_process_id() && others[i].of != 0 && runs(&others[i]) && !push(arena, out, &others[i]))
      return false;
  for (const sim_process *process = system->processes; process != NULL; process = process->next) {
    const sim_stored_process own = {process->number, process->started, os_process_id(), process->created_wall_ms,
                                    hcsref_cstr(process->image)};
    if (!process->exited && !process->foreign && !push(arena, out, &own))
      return false;
  }
  return true;
}

static bool add_holders(hcsref_arena *arena, const sim_system *system, const hcsref_slice *before, hcsref_slice *out) {
  const sim_stored_process *others = before->items;
  const sim_stored_process own = {.number = os_process_id(), .started = os_process_started(os_process_id())};
  for (size_t i = 0; i < before->len; i++)
    if (holds(&others[i]) && !push(arena, out, &others[i]))
      return false;
  return system->handles == 0 || push(arena, out, &own);
}

static void write_stored(sim *s, hcsref_arena *arena, const sim_system *system, const sim_stored_system *before) {
  sim_stored_system stored = *before;
  if (system->foreign && !system->known)
    return; /* who can only look changes nothing */
  stored.id = hcsref_cstr(system->id);
  stored.state = hcsref_cstr(sim_state_name(system));
  if (!system->foreign) {
    stored.owner = system->container.owner;
    stored.creator = os_process_id();
    stored.creator_started = os_process_started(stored.creator);
    stored.terminate_on_last_handle = system->container.terminate_on_last_handle;
    stored.named_job = system->group != NULL && os_group_is_named(system->group);
    stored.document = system->document;
  }
  memset(&stored.running, 0, sizeof(stored.running));
  memset(&stored.holders, 0, sizeof(stored.holders));
  hcsref_slice_make_empty(&stored.running);
  hcsref_slice_make_empty(&stored.holders);
  if (add_running(arena, system, &before->running, &stored.running) &&
      add_holders(arena, system, &before->holders, &stored.holders))
    sim_store_write(s, FOLDER, stored.id, &sim_stored_system_type, &stored);
}

bool sim_system_store(sim *s, sim_system *system) {
  sim_stored_system before;
  hcsref_arena arena;
  os_lock *lock;
  bool held = false;
  if (system->dead || s->state == NULL)
    return false;
  lock = os_lock_take(s->state);
  if (system->state == SIM_STOPPED) {
    sim_store_remove(s, FOLDER, hcsref_cstr(system->id));
    os_lock_give(lock);
    return false;
  }
  hcsref_arena_init(&arena, NULL, 0);
  /* One that is not there any more has been ended by another process. */
  if (read_stored(s, &arena, system, &before) || !system->stored) {
    write_stored(s, &arena, system, &before);
    system->stored = true;
    held = is_held_elsewhere(&before);
  }
  hcsref_arena_free(&arena);
  os_lock_give(lock);
  return held;
}

bool sim_system_leave(sim *s, sim_system *system) {
  sim_stored_system before;
  hcsref_arena arena;
  os_lock *lock;
  bool held;
  if (!system->stored || s->state == NULL)
    return false;
  lock = os_lock_take(s->state);
  hcsref_arena_init(&arena, NULL, 0);
  held = read_stored(s, &arena, system, &before) && is_held_elsewhere(&before);
  if (held)
    write_stored(s, &arena, system, &before);
  hcsref_arena_free(&arena);
  os_lock_give(lock);
  return held;
}

bool sim_system_others(sim *s, hcsref_arena *arena, const sim_system *system, hcsref_slice *out) {
  sim_stored_system stored;
  const sim_stored_process *running;
  if (!system->stored || !read_stored(s, arena, system, &stored))
    return true;
  running = stored.running.items;
  for (size_t i = 0; i < stored.running.len; i++)
    if (running[i].of != os_process_id() && runs(&running[i]) && !push(arena, out, &running[i]))
      return false;
  return true;
}

void sim_system_end_others(sim *s, const sim_system *system) {
  const sim_stored_process *others;
  hcsref_slice found = {NULL, 0, 0};
  hcsref_arena arena;
  hcsref_arena_init(&arena, NULL, 0);
  sim_system_others(s, &arena, system, &found);
  others = found.items;
  for (size_t i = 0; i < found.len; i++)
    os_process_kill_number(others[i].number, others[i].started);
  hcsref_arena_free(&arena);
}

bool sim_system_look(sim *s, const sim_system *system, bool *running, bool *held) {
  sim_stored_system stored;
  hcsref_arena arena;
  bool there;
  hcsref_arena_init(&arena, NULL, 0);
  there = read_stored(s, &arena, system, &stored);
  *running = there && hcsref_str_equal(stored.state, HCSREF_LIT("Running"));
  *held = there && is_held_elsewhere(&stored);
  hcsref_arena_free(&arena);
  return there;
}
