/* SPDX-License-Identifier: Apache-2.0 */
/* Compute systems and their states. Source of the rules: the HCS reference (HcsCreateComputeSystem and its
 * neighbours); hcsshim internal/hcs/system.go, which relies on them. */
#include "engine/vm/machine.h"

#include <stdlib.h>
#include <string.h>

/* Bytes of a document that other processes may read. */
#define MOST_KEPT ((size_t)256 << 10)

/* ---- creation -------------------------------------------------------------------------------------------------- */

static sim_system *new_system(sim_call *call, hcsref_str id) {
  sim_system *system = calloc(1, sizeof(*system));
  if (system != NULL)
    system->id = sim_text_copy(id);
  if (system == NULL || system->id == NULL) {
    free(system);
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
    return NULL;
  }
  hcsref_arena_init(&system->arena, NULL, 0);
  system->references = 1;
  system->exit_type = "None";
  system->created_wall_ms = os_wall_ms();
  system->next = call->sim->systems;
  call->sim->systems = system;
  return system;
}

static sim_handle open_handle(sim_call *call, sim_system *system) {
  sim_handle handle = sim_handle_new(call->sim, SIM_SYSTEM, system);
  if (handle == 0) {
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "There are too many handles.");
    return 0;
  }
  system->references++;
  system->handles++;
  return handle;
}

static void write_registry(const sim_system *system) {
  const hcsref_v2_registry_value *values = system->container.registry.items;
  for (size_t i = 0; i < system->container.registry.len; i++) {
    char *hive = sim_text_copy(values[i].key->hive), *key = sim_text_copy(values[i].key->name);
    char *name = sim_text_copy(values[i].name), *text = sim_text_copy(values[i].string_value);
    bool is_text = hcsref_str_equal(values[i].type, HCSREF_LIT("String")) ||
                   hcsref_str_equal(values[i].type, HCSREF_LIT("ExpandedString"));
    bool expand = hcsref_str_equal(values[i].type, HCSREF_LIT("ExpandedString"));
    uint32_t word = (uint32_t)values[i].d_word_value;
    if (hive != NULL && key != NULL && name != NULL && text != NULL) {
      if (is_text)
        os_registry_set(system->id, hive, key, name, expand ? 2 : 1, text, values[i].string_value.len + 1);
      else
        os_registry_set(system->id, hive, key, name, 4, &word, sizeof(word));
    }
    free(hive);
    free(key);
    free(name);
    free(text);
  }
}

static size_t count_systems(const sim *s) {
  size_t count = 0;
  for (const sim_system *system = s->systems; system != NULL; system = system->next)
    count++;
  return count;
}

sim_system *sim_system_hidden(sim_call *call, hcsref_str id, sim_system *machine, sim_handle *handle) {
  sim_system *system = NULL;
  hcsref_str whole = {NULL, 0}; /* of the machine and its own: the name of a job is the host's */
  const char *job;
  if (count_systems(call->sim) >= SIM_MAX_SYSTEMS)
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "There are too many systems.");
  else
    system = new_system(call, id);
  if (system == NULL)
    return NULL;
  job = hcsref_format(&call->arena, &whole, "%s-%v", machine->id, id) ? sim_c_string(&call->arena, whole) : NULL;
  system->dead = true;
  system->container.host = machine;
  machine->references++;
  system->group =
      job == NULL || !sim_new_guid(call, &system->container.guid) ? NULL : os_group_new(job, false, true, 0, 0);
  *handle = system->group == NULL ? 0 : open_handle(call, system);
  if (*handle == 0)
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  sim_system_release(call->sim, system); /* its handle keeps it */
  return *handle == 0 ? NULL : system;
}

/* ---- the end of an operation ------------------------------------------------------------------------------------- */

typedef struct action_rule {
  const char *name;
  uint32_t notification;
  unsigned allowed; /* states it may begin in, a bit each */
  sim_state result;
} action_rule;

#define IN(state) (1u << (state))
static const action_rule rules[] = {
    [SIM_CREATE] = {"create", HCSREF_NOTIFY_CREATE_COMPLETED, 0, SIM_CREATED},
    [SIM_START] = {"start", HCSREF_NOTIFY_START_COMPLETED, IN(SIM_CREATED), SIM_RUNNING},
    [SIM_SHUTDOWN] = {"shut down", 0, IN(SIM_RUNNING), SIM_STOPPED},
    [SIM_TERMINATE] = {"terminate", 0, IN(SIM_CREATED) | IN(SIM_RUNNING) | IN(SIM_PAUSED) | IN(SIM_SAVED), SIM_STOPPED},
    [SIM_PAUSE] = {"pause", HCSREF_NOTIFY_PAUSE_COMPLETED, IN(SIM_RUNNING), SIM_PAUSED},
    [SIM_RESUME] = {"resume", HCSREF_NOTIFY_RESUME_COMPLETED, IN(SIM_PAUSED), SIM_RUNNING},
    [SIM_SAVE] = {"save", HCSREF_NOTIFY_SAVE_COMPLETED, IN(SIM_PAUSED), SIM_SAVED},
};

/* The containers in a virtual machine end with it; they have none themselves. NOLINTBEGIN(misc-no-recursion) */
static void stop_hosted(sim *s, const sim_system *machine) {
  sim_system *next;
  for (sim_system *system = s->systems; system != NULL; system = next) {
    next = system->next;
    if (system->container.host != machine || system->state == SIM_STOPPED)
      continue;
    system->references++;
    sim_system_stop(s, system, HCSREF_HCS_UNEXPECTED_EXIT, "UnexpectedExit");
    next = system->next; /* what stopped may have gone */
    sim_system_release(s, system);
  }
}

void sim_system_stop(sim *s, sim_system *system, uint32_t code, const char *exit_type) {
  sim_event event = {HCSREF_NOTIFY_SYSTEM_EXITED, HCSREF_EVENT_SYSTEM_EXITED, code, NULL, false, false};
  hcsref_v2_system_exit_status status;
  hcsref_arena arena;
  hcsref_str text = {NULL, 0};
  if (system->state == SIM_STOPPED)
    return;
  system->state = SIM_STOPPED;
  system->exit_type = exit_type;
  system->exit_code = (int32_t)code;
  sim_processes_end(s, system);
  if (system->container.machine != NULL) {
    system->container.machine->guest_over = true;
    if (system->container.machine->guest != NULL)
      os_socket_shut(system->container.machine->guest);
    stop_hosted(s, system);
  }
  memset(&status, 0, sizeof(status));
  hcsref_arena_init(&arena, NULL, 0);
  status.status = (int32_t)code;
  status.exit_type = hcsref_cstr(exit_type);
  if (hcsref_json_encode(&arena, &hcsref_type_v2_system_exit_status, &status, &text, NULL))
    event.document = sim_text_copy(text);
  hcsref_arena_free(&arena);
  if (system->container.registry.len > 0)
    os_registry_remove(system->id);
  sim_system_store(s, system);
  sim_tell(s, &system->source, event, 0);
  os_monitor_wake(s->monitor);
  if (system->kept) {
    system->kept = false;
    system->references--; /* the caller has one of its own */
  }
}

/* NOLINTEND(misc-no-recursion) */

/* Does what the action comes to, once its time has come. */
static uint32_t perform(sim *s, sim_system *system, sim_action action, uint32_t code) {
  if (system->state == SIM_STOPPED && action != SIM_TERMINATE && action != SIM_SHUTDOWN)
    return action == SIM_START ? HCSREF_HCS_TERMINATED_DURING_START : HCSREF_HCS_TERMINATED;
  if (code != 0) {
    if (action == SIM_CREATE)
      system->dead = true;
    return code;
  }
  if (action == SIM_SHUTDOWN || action == SIM_TERMINATE) {
    sim_system_stop(s, system, 0, action == SIM_SHUTDOWN ? "GracefulExit" : "ForcedExit");
    return 0;
  }
  if (action == SIM_START)
    system->started_ms = os_now_ms();
  if (action == SIM_START && s->start_guest != NULL && system->container.machine != NULL &&
      !system->container.machine->guest_connection)
    s->start_guest(s, system);
  if (action == SIM_CREATE)
    write_registry(system);
  system->state = rules[action].result;
  if (sim_system_store(s, system))
    sim_system_poll(s, system);
  return 0;
}

static void finish(sim *s, sim_job *job) {
  sim_system *system = job->system;
  uint32_t code = perform(s, system, job->action, job->code);
  system->busy = false;
  if (job->operation != NULL) {
    sim_operation_end(s, job->operation, code, job->document);
    job->document = NULL;
    sim_operation_release(s, job->operation);
  } else if (rules[job->action].notification != 0) {
    sim_event event = {rules[job->action].notification, 0, code, job->document, true, false};
    job->document = NULL;
    sim_tell(s, &system->source, event, 0);
  }
  sim_system_release(s, system);
}

/* ---- what other processes do ------------------------------------------------------------------------------------- */

#define POLL_MS 100u /* until something that another process does is noticed */

void sim_system_refresh(sim *s, sim_system *system) {
  bool running, held;
  if (!system->stored || system->dead || system->busy || system->state == SIM_STOPPED)
    return;
  if (!sim_system_look(s, system, &running, &held)) {
    sim_system_stop(s, system, 0, "ForcedExit");
  } else if (system->state == SIM_CREATED && running) {
    system->state = SIM_RUNNING;
    system->started_ms = os_now_ms();
  }
}

static void poll_system(sim *s, sim_job *job) {
  sim_system *system = job->system;
  bool running, held;
  system->polled = false;
  sim_system_refresh(s, system);
  if (system->state != SIM_STOPPED && system->handles > 0 && !s->closing &&
      (system->foreign || (sim_system_look(s, system, &running, &held) && held)))
    sim_system_poll(s, system);
  sim_system_release(s, system);
}

void sim_system_poll(sim *s, sim_system *system) {
  sim_job job;
  if (system->polled || s->closing)
    return;
  memset(&job, 0, sizeof(job));
  job.run = poll_system;
  job.system = system;
  system->references++;
  system->polled = sim_schedule(s, &job, POLL_MS);
  if (!system->polled)
    system->references--;
}

/* Plans the end of an action; the call has then started it. */
static void schedule_action(sim_call *call, sim_system *system, sim_action action, sim_handle operation) {
  sim_job job;
  memset(&job, 0, sizeof(job));
  job.run = finish;
  job.action = action;
  job.system = system;
  if (operation != 0)
    job.operation = sim_handle_object(call->sim, operation, SIM_OPERATION);
  if (call->fault.kind == SIM_FAULT_FAIL_LATER) {
    sim_fail(call, call->fault.code, "A fault was planned for %s.", call->name);
    job.code = call->fault.code;
    job.document = sim_text_copy(call->document);
    call->document = hcsref_str_from(NULL, 0);
  }
  call->code = call->api == SIM_VMCOMPUTE ? HCSREF_VMCOMPUTE_PENDING : 0;
  system->busy = true;
  if (call->fault.kind == SIM_FAULT_HANG)
    return;
  system->references++;
  if (job.operation != NULL)
    job.operation->references++;
  if (!sim_schedule(call->sim, &job, call->fault.kind == SIM_FAULT_LATE ? call->fault.ms : 0)) {
    system->references--;
    if (job.operation != NULL)
      job.operation->references--;
    free(job.document);
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  }
}

/* For other processes, which then know what the container is. What only this process knows of a virtual machine is
 * nobody else's. */
static bool keep_document(sim_call *call, sim_system *system, hcsref_str document) {
  if (system->container.machine != NULL || system->container.host != NULL || document.len > MOST_KEPT)
    return true;
  return hcsref_str_copy(&system->arena, document, &system->document) ||
         sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}

sim_handle sim_create_system(sim_call *call, hcsref_str id, hcsref_str document, sim_handle operation) {
  sim *s = call->sim;
  sim_system *system;
  sim_handle handle;
  sim_stored_system other;
  if (!sim_going(call))
    return 0;
  memset(&other, 0, sizeof(other));
  if (id.len == 0)
    return sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "The system's id is empty.");
  if (sim_find_system(s, id) != NULL ||
      (sim_store_read(s, &call->arena, "systems", id, &sim_stored_system_type, &other) &&
       sim_stored_system_lives(s, &other)))
    return sim_fail(call, HCSREF_HCS_SYSTEM_ALREADY_EXISTS, "There is already a system %q.", id);
  if (count_systems(s) >= SIM_MAX_SYSTEMS)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "There are too many systems.");
  system = new_system(call, id);
  if (system == NULL)
    return 0;
  if (!sim_read_container(call, &system->arena, document, &system->container)) {
    sim_system_release(s, system);
    return 0;
  }
  if (!keep_document(call, system, document)) {
    sim_system_release(s, system);
    return 0;
  }
  system->group = os_group_new(system->id, false, system->container.terminate_on_last_handle,
                               system->container.memory_mb << 20, system->container.processors);
  handle = system->group == NULL ? 0 : open_handle(call, system);
  if (handle == 0)
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  else
    schedule_action(call, system, SIM_CREATE, operation);
  sim_system_release(s, system); /* from here on its handles and jobs keep it */
  return handle;
}

/* ---- the other calls ---- */

void sim_act(sim_call *call, sim_handle handle, sim_action action, sim_handle operation) {
  sim_system *system = sim_handle_get(call, handle, SIM_SYSTEM);
  if (system == NULL)
    return;
  sim_system_refresh(call->sim, system);
  if ((action == SIM_PAUSE || action == SIM_SAVE) && system->container.machine == NULL) {
    sim_fail(call, HCSREF_ERROR_NOT_SUPPORTED, "A container cannot be paused or saved.");
    return;
  }
  if (system->state == SIM_STOPPED || system->dead) {
    sim_fail(call, action == SIM_START ? HCSREF_HCS_INVALID_STATE : HCSREF_HCS_ALREADY_STOPPED,
             "The system %s is not running.", system->id);
    return;
  }
  if ((rules[action].allowed & IN(system->state)) == 0 || (system->busy && action != SIM_TERMINATE)) {
    sim_fail(call, HCSREF_HCS_INVALID_STATE, "The system %s cannot %s: it is %s%s.", system->id, rules[action].name,
             sim_state_name(system), system->busy ? " and busy" : "");
    return;
  }
  schedule_action(call, system, action, operation);
}

/* Without its document, a system of another process can be looked at and terminated. */
static void read_adopted(sim_call *call, sim_system *system, const sim_stored_system *stored) {
  if (stored->document.len > 0)
    system->known = sim_read_container(call, &system->arena, stored->document, &system->container);
  if (!system->known) {
    memset(&system->container, 0, sizeof(system->container));
    call->code = 0; /* whoever wrote the file, it is no failure of this call */
    call->document = hcsref_str_from(NULL, 0);
  }
  system->container.terminate_on_last_handle = stored->terminate_on_last_handle;
  hcsref_str_copy(&system->arena, stored->owner, &system->container.owner);
}

/* Stands for a system that another process created. */
static sim_system *adopt(sim_call *call, hcsref_str id) {
  sim_stored_system stored;
  sim_system *system;
  memset(&stored, 0, sizeof(stored));
  if (!sim_store_read(call->sim, &call->arena, "systems", id, &sim_stored_system_type, &stored) ||
      !sim_stored_system_lives(call->sim, &stored))
    return NULL;
  system = new_system(call, stored.id);
  if (system == NULL)
    return NULL;
  system->foreign = system->stored = true;
  system->state = hcsref_str_equal(stored.state, HCSREF_LIT("Running")) ? SIM_RUNNING : SIM_CREATED;
  read_adopted(call, system, &stored);
  if (system->known)
    system->group = os_group_new(stored.named_job ? system->id : NULL, true, system->container.terminate_on_last_handle,
                                 system->container.memory_mb << 20, system->container.processors);
  return system;
}

sim_handle sim_open_system(sim_call *call, hcsref_str id) {
  sim_system *system = sim_going(call) ? sim_find_system(call->sim, id) : NULL;
  sim_handle handle;
  if (!sim_going(call))
    return 0;
  if (system == NULL)
    system = adopt(call, id);
  else
    system->references++;
  if (system == NULL)
    return sim_going(call) && sim_fail(call, HCSREF_HCS_SYSTEM_NOT_FOUND, "There is no system %q.", id);
  handle = open_handle(call, system);
  if (handle != 0 && system->handles == 1 && system->stored && sim_system_store(call->sim, system))
    sim_system_poll(call->sim, system);
  if (handle != 0 && system->foreign)
    sim_system_poll(call->sim, system);
  sim_system_release(call->sim, system);
  return handle;
}

void sim_close_system_of(sim *s, sim_handle handle) {
  sim_call call;
  memset(&call, 0, sizeof call);
  call.sim = s;
  hcsref_arena_init(&call.arena, NULL, 0);
  sim_close_system(&call, handle);
  hcsref_arena_free(&call.arena);
}

void sim_close_system(sim_call *call, sim_handle handle) {
  sim_system *system = sim_handle_get(call, handle, SIM_SYSTEM);
  if (system == NULL)
    return;
  sim_unsubscribe_owner(call, &system->source, handle);
  sim_handle_free(call->sim, handle);
  if (--system->handles == 0 && system->state != SIM_STOPPED && !system->dead && !sim_system_leave(call->sim, system)) {
    if (system->container.terminate_on_last_handle && (!system->foreign || system->known))
      sim_system_stop(call->sim, system, 0, "ForcedExit");
    else if (!system->kept && !system->foreign) {
      system->kept = true;
      system->references++;
    }
  }
  sim_system_release(call->sim, system);
}

sim_system *sim_system_running(sim_call *call, sim_handle handle) {
  sim_system *system = sim_handle_get(call, handle, SIM_SYSTEM);
  if (system == NULL)
    return NULL;
  sim_system_refresh(call->sim, system);
  if (system->state == SIM_RUNNING && !system->busy && (!system->foreign || system->known))
    return system;
  sim_fail(call, system->state == SIM_STOPPED ? HCSREF_HCS_ALREADY_STOPPED : HCSREF_HCS_INVALID_STATE,
           "The system %s is %s%s.", system->id, sim_state_name(system), system->busy ? " and busy" : "");
  return NULL;
}

/* Another process may end the system. */
#define LOOK_AGAIN_MS 200u

void sim_wait_system(sim_call *call, sim_handle handle, uint32_t ms) {
  sim_system *system = sim_handle_get(call, handle, SIM_SYSTEM);
  uint64_t now = os_now_ms(), end = now + ms;
  hcsref_v2_system_exit_status status;
  if (system == NULL)
    return;
  system->references++;
  while (system->state != SIM_STOPPED && !call->sim->closing && !call->sim->disconnected &&
         (ms == OS_FOREVER || now < end)) {
    const uint32_t left = ms == OS_FOREVER ? OS_FOREVER : (uint32_t)(end - now);
    os_monitor_wait(call->sim->monitor, system->stored && left > LOOK_AGAIN_MS ? LOOK_AGAIN_MS : left);
    sim_system_refresh(call->sim, system);
    now = os_now_ms();
  }
  if (system->state == SIM_STOPPED) {
    memset(&status, 0, sizeof(status));
    status.status = system->exit_code;
    status.exit_type = hcsref_cstr(system->exit_type);
    hcsref_json_encode(&call->arena, &hcsref_type_v2_system_exit_status, &status, &call->document, NULL);
  } else {
    call->code = call->sim->disconnected ? HCSREF_HCS_SERVICE_DISCONNECT : HCSREF_HCS_TIMEOUT;
  }
  sim_system_release(call->sim, system);
}
