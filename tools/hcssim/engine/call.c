/* SPDX-License-Identifier: Apache-2.0 */
/* The frame of every call: lock, planned fault, recorded line. */
#include "engine/program.h"
#include "engine/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const api_names[] = {"computecore", "vmcompute", "storage", "computenetwork", "guest"};

static void disconnect(sim *s) {
  sim_event gone = {HCSREF_NOTIFY_SERVICE_DISCONNECT,
                    HCSREF_EVENT_SERVICE_DISCONNECT,
                    HCSREF_HCS_SERVICE_DISCONNECT,
                    NULL,
                    false,
                    false};
  s->disconnected = true;
  for (sim_system *system = s->systems; system != NULL; system = system->next) {
    sim_tell(s, &system->source, gone, 0);
    for (sim_process *process = system->processes; process != NULL; process = process->next)
      sim_tell(s, &process->source, gone, 0);
  }
  /* What is under way ends now. */
  for (sim_job *job = s->jobs; job != NULL; job = job->next) {
    if (job->operation != NULL) {
      job->code = HCSREF_HCS_SERVICE_DISCONNECT;
      job->due = os_now_ms();
    }
  }
  os_monitor_wake(s->monitor);
}

/* Waits with the lock given up; for ever until the service closes. */
static void stall(sim *s, uint32_t ms) {
  uint64_t end = os_now_ms() + ms;
  while (!s->closing && (ms == OS_FOREVER || os_now_ms() < end))
    os_monitor_wait(s->monitor, ms == OS_FOREVER ? OS_FOREVER : (uint32_t)(end - os_now_ms()));
}

static void apply_fault(sim_call *call, bool deferred) {
  sim_fault fault = call->fault;
  switch (fault.kind) {
  case SIM_FAULT_KILL:
    os_die(99);
    break;
  case SIM_FAULT_FAIL:
    sim_fail(call, fault.code, "A fault was planned for %s.", call->name);
    break;
  case SIM_FAULT_DISCONNECT:
    disconnect(call->sim);
    break;
  case SIM_FAULT_FAIL_LATER:
    if (!deferred)
      sim_fail(call, fault.code, "A fault was planned for %s.", call->name);
    break;
  case SIM_FAULT_HANG:
    if (!deferred)
      stall(call->sim, OS_FOREVER);
    break;
  case SIM_FAULT_LATE:
    if (!deferred)
      stall(call->sim, fault.ms);
    break;
  case SIM_FAULT_NONE:
    break;
  }
  if (!deferred)
    call->fault.kind = SIM_FAULT_NONE;
}

/* Closing a handle works without the service; storage and networking are other services. */
static bool needs_service(const sim_call *call) {
  return call->api <= SIM_VMCOMPUTE && strstr(call->name, "Close") == NULL && strstr(call->name, "Operation") == NULL &&
         strstr(call->name, "Callback") == NULL;
}

void sim_begin(sim_call *call, sim *s, sim_api api, const char *name, bool deferred) {
  memset(call, 0, sizeof(*call));
  call->sim = s;
  call->api = api;
  call->name = name;
  hcsref_arena_init(&call->arena, NULL, 0);
  call->in.arena = call->out.arena = &call->arena;
  os_monitor_enter(s->monitor);
  call->fault = sim_fault_for(s, name);
  apply_fault(call, deferred);
  if (sim_going(call) && s->disconnected && needs_service(call))
    sim_fail(call, HCSREF_HCS_SERVICE_DISCONNECT, "The service is gone.");
  /* Addresses, ports and ids are chosen by looking at what is there: one process at a time. */
  if (sim_going(call) && api == SIM_NETWORK && s->state != NULL)
    call->lock = os_lock_take(s->state);
}

static hcsref_buf *begin_member(hcsref_buf *members, const char *name) {
  if (members->len > 0)
    hcsref_buf_append_char(members, ',');
  hcsref_json_append_string(members, hcsref_cstr(name));
  hcsref_buf_append_char(members, ':');
  return members;
}

void sim_note_text(sim_call *call, hcsref_buf *members, const char *name, hcsref_str value) {
  if (call->sim->record != NULL)
    hcsref_json_append_string(begin_member(members, name), value);
}

void sim_note_document(sim_call *call, hcsref_buf *members, const char *name, hcsref_str json) {
  if (call->sim->record == NULL || json.len == 0)
    return;
  /* A document that is no JSON, or that would break the line, is kept as text. */
  if (memchr(json.data, '\n', json.len) == NULL && memchr(json.data, '\r', json.len) == NULL &&
      hcsref_json_valid(&call->arena, json, HCSREF_JSON_WHOLE, NULL, NULL))
    hcsref_buf_append(begin_member(members, name), json);
  else
    hcsref_json_append_string(begin_member(members, name), json);
}

void sim_note_number(sim_call *call, hcsref_buf *members, const char *name, uint64_t value) {
  if (call->sim->record != NULL)
    hcsref_buf_append_uint(begin_member(members, name), value);
}

static bool look_for_go(void *context, const void *data, size_t size) {
  return !sim_go_find(hcsref_str_from(data, size), context);
}

/* Which program this is, so that its documents can be held against those of its release. */
static void append_program(hcsref_buf *line) {
  char *path = os_program_path(), version[SIM_VERSION_SIZE] = "";
  size_t size = 0;
  const void *resource = os_program_version(&size);
  sim_go_program go = {.module_count = 0};
  if (resource != NULL)
    (void)sim_version_find(hcsref_str_from(resource, size), version);
  os_program_image(look_for_go, &go);
  sim_program_append(line, hcsref_cstr(path), version, &go);
  free(path);
}

/* What a process's calls stand on, before the first of them. */
static void append_host(const sim *s, hcsref_buf *line) {
  hcsref_buf_append(line, HCSREF_LIT("{\"process\":"));
  hcsref_buf_append_uint(line, os_process_id());
  hcsref_buf_append(line, HCSREF_LIT(",\"host\":{\"build\":"));
  hcsref_buf_append_uint(line, s->build);
  hcsref_buf_append(line, HCSREF_LIT(",\"processors\":"));
  hcsref_buf_append_uint(line, os_processor_count());
  hcsref_buf_append_char(line, '}');
  append_program(line);
  hcsref_buf_append(line, HCSREF_LIT("}\n"));
}

static void write_line(sim_call *call, hcsref_hresult result) {
  hcsref_buf line = {&call->arena, NULL, 0, 0, false};
  char hex[16];
  snprintf(hex, sizeof hex, "0x%08lx", (unsigned long)(uint32_t)result);
  if (call->sim->call_serial == 0)
    append_host(call->sim, &line);
  hcsref_buf_append(&line, HCSREF_LIT("{\"process\":"));
  hcsref_buf_append_uint(&line, os_process_id());
  hcsref_buf_append(&line, HCSREF_LIT(",\"serial\":"));
  hcsref_buf_append_uint(&line, ++call->sim->call_serial);
  hcsref_buf_append(&line, HCSREF_LIT(",\"time_ms\":"));
  hcsref_buf_append_uint(&line, os_wall_ms());
  hcsref_buf_append(&line, HCSREF_LIT(",\"dll\":"));
  hcsref_json_append_string(&line, hcsref_cstr(api_names[call->api]));
  hcsref_buf_append(&line, HCSREF_LIT(",\"call\":"));
  hcsref_json_append_string(&line, hcsref_cstr(call->name));
  hcsref_buf_append(&line, HCSREF_LIT(",\"in\":{"));
  hcsref_buf_append(&line, hcsref_buf_str(&call->in));
  hcsref_buf_append(&line, HCSREF_LIT("},\"result\":"));
  hcsref_json_append_string(&line, hcsref_cstr(hex));
  hcsref_buf_append(&line, HCSREF_LIT(",\"out\":{"));
  hcsref_buf_append(&line, hcsref_buf_str(&call->out));
  hcsref_buf_append(&line, HCSREF_LIT("}}\n"));
  if (call->sim->log == NULL)
    call->sim->log = os_log_open(call->sim->record);
  if (call->sim->log != NULL && !line.failed && !call->in.failed && !call->out.failed)
    os_log_append(call->sim->log, line.data, line.len);
}

hcsref_hresult sim_end(sim_call *call) {
  hcsref_hresult result = sim_result_form(call);
  os_lock_give(call->lock);
  sim_note_document(call, &call->out, "document", call->document);
  if (call->sim->record != NULL)
    write_line(call, result);
  os_monitor_leave(call->sim->monitor);
  return result;
}

void sim_finish(sim_call *call) {
  hcsref_arena_free(&call->arena);
}
