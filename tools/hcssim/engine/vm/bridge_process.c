/* SPDX-License-Identifier: Apache-2.0 */
/* Processes that were started over the bridge: ordinary ones, whose streams go over sockets of their own, on which the
 * client listens. */
#include "engine/vm/bridge.h"

#include <stdlib.h>
#include <string.h>

#define CONNECT_MS 4000u

/* From a stream to a socket, or the other way. */
typedef struct pump {
  sim_guest_process *process;
  os_stream stream;
  os_socket *socket;
  bool to_process;
} pump;

struct sim_guest_process {
  sim_guest_process *next;
  sim_bridge *bridge; /* null: the guest has gone */
  sim *sim;
  size_t references; /* the list, its threads */
  sim_handle handle;
  uint32_t number;
  bool exited, waited_for;
  uint32_t exit_code;
  uint64_t wait_frame;
  size_t outputs; /* pumps from the process that still run */
  pump pumps[3];
};

/* Under the lock. */
static void release(sim_guest_process *p) {
  if (--p->references > 0)
    return;
  for (int i = 0; i < 3; i++) {
    os_stream_close(p->pumps[i].stream);
    os_socket_free(p->pumps[i].socket);
  }
  free(p);
}

/* It is no longer on its guest's list, which kept it. */
static void drop(sim_guest_process *p) {
  p->bridge = NULL;
  for (int i = 0; i < 3; i++)
    if (p->pumps[i].socket != NULL)
      os_socket_shut(p->pumps[i].socket);
  release(p);
}

static void forget(sim_guest_process *p) {
  sim_guest_process **at = &p->bridge->processes;
  while (*at != p)
    at = &(*at)->next;
  *at = p->next;
  drop(p);
}

static void leave(sim_guest_process *p) {
  sim *s = p->sim;
  os_monitor_enter(s->monitor);
  release(p);
  sim_thread_ends(s);
  os_monitor_leave(s->monitor);
}

/* ---- streams ---- */

static void feed(pump *p) {
  char data[4096];
  size_t got;
  while ((got = os_socket_read(p->socket, data, sizeof data)) > 0)
    if (!os_stream_write(p->stream, data, got))
      break;
  os_stream_close(p->stream); /* the process reads its end */
  p->stream = NULL;
}

static void drain(pump *p) {
  char data[4096];
  size_t got;
  while ((got = os_stream_read(p->stream, data, sizeof data)) > 0)
    if (!os_socket_write(p->socket, data, got))
      break;
  os_socket_end_writing(p->socket);
}

static void run_pump(void *context) {
  pump *p = context;
  sim_guest_process *process = p->process;
  if (p->to_process) {
    feed(p);
  } else {
    drain(p);
    os_monitor_enter(process->sim->monitor);
    process->outputs--;
    os_monitor_wake(process->sim->monitor);
    os_monitor_leave(process->sim->monitor);
  }
  leave(process);
}

/* Under the lock. */
static void start_pump(sim_guest_process *p, int stream) {
  pump *one = &p->pumps[stream];
  if (one->stream == NULL || one->socket == NULL)
    return;
  one->process = p;
  one->to_process = stream == 0;
  p->references++;
  p->outputs += stream != 0;
  if (sim_thread_starts(p->sim, run_pump, one))
    return;
  p->references--;
  p->outputs -= stream != 0;
}

/* ---- its life ---- */

/* It is off its guest's list. Without the lock: the client may read as late as it likes, and everybody else goes on. */
static void answer_wait(sim_guest_process *p, sim_bridge *bridge) {
  hcsref_arena arena;
  hcsref_str members = {NULL, 0};
  forget(p);
  bridge->senders++;
  os_monitor_leave(p->sim->monitor);
  hcsref_arena_init(&arena, NULL, 0);
  if (hcsref_format(&arena, &members, ",\"Result\":0,\"ExitCode\":%u", (uint64_t)p->exit_code))
    sim_bridge_send(bridge, (HCSREF_FRAME_WAIT_FOR_PROCESS & 0x0FFFFFFFu) | 0x20000000u, p->wait_frame,
                    hcsref_str_from(NULL, 0), members);
  hcsref_arena_free(&arena);
  os_monitor_enter(p->sim->monitor);
  bridge->senders--;
  os_monitor_wake(p->sim->monitor);
}

/* Waits for its end, and for all that it wrote. */
static void watch(void *context) {
  sim_guest_process *p = context;
  hcsref_v2_process_status status;
  sim_call call;
  memset(&status, 0, sizeof status);
  memset(&call, 0, sizeof call);
  call.sim = p->sim;
  hcsref_arena_init(&call.arena, NULL, 0);
  os_monitor_enter(p->sim->monitor);
  sim_wait_process(&call, p->handle, OS_FOREVER);
  if (call.document.len > 0)
    hcsref_json_decode(&call.arena, call.document, &hcsref_type_v2_process_status, HCSREF_JSON_WHOLE, &status, NULL);
  while (p->outputs > 0 && !p->sim->closing && p->bridge != NULL)
    os_monitor_wait(p->sim->monitor, 100);
  p->exit_code = status.exit_code;
  p->exited = true;
  sim_close_process(&call, p->handle);
  if (p->waited_for && p->bridge != NULL)
    answer_wait(p, p->bridge);
  os_monitor_leave(p->sim->monitor);
  hcsref_arena_free(&call.arena);
  leave(p);
}

/* Where the client listens for a stream; perhaps it does not yet. Without the lock. */
static void connect_streams(const sim_question *q, sim_guest_process *p) {
  const struct hcsref_message_relay *relay = q->message.exec.relay;
  const hcsref_guid *services[3] = {NULL, NULL, NULL};
  if (relay != NULL) {
    services[0] = relay->in;
    services[1] = relay->out;
    services[2] = relay->err;
  }
  for (int i = 0; i < 3; i++) {
    hcsref_arena arena;
    hcsref_str text = {NULL, 0};
    hcsref_arena_init(&arena, NULL, 0);
    if (services[i] != NULL && hcsref_guid_text(&arena, services[i], &text))
      p->pumps[i].socket = sim_bridge_connect(q->bridge, text, CONNECT_MS);
    hcsref_arena_free(&arena);
  }
}

static bool run(sim_question *q, const sim_guest_system *system, sim_guest_process *p) {
  sim_process_info info;
  p->sim = q->bridge->sim;
  p->bridge = q->bridge;
  p->handle = sim_create_process(&q->call, system->handle, q->message.exec.parameters, &info);
  if (p->handle == 0)
    return false;
  p->number = info.number;
  p->references = 2; /* the list, the watcher */
  for (int i = 0; i < 3; i++)
    p->pumps[i].stream = info.streams[i];
  p->next = q->bridge->processes;
  q->bridge->processes = p;
  for (int i = 0; i < 3; i++)
    start_pump(p, i);
  if (sim_thread_starts(p->sim, watch, p))
    return true;
  p->references--;
  return sim_fail(&q->call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}

void sim_guest_execute(sim_question *q, const sim_guest_system *system) {
  sim_guest_process *p = calloc(1, sizeof *p);
  if (p == NULL) {
    sim_fail(&q->call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
    return;
  }
  os_monitor_leave(q->bridge->sim->monitor); /* the client may take its time; nobody else ends the guest's systems */
  connect_streams(q, p);
  os_monitor_enter(q->bridge->sim->monitor);
  if (!run(q, system, p)) {
    if (p->references == 0) {
      p->references = 1;
      release(p);
    }
    return;
  }
  hcsref_format(&q->call.arena, &q->answer, ",\"ProcessId\":%u", (uint64_t)p->number);
}

static sim_guest_process *find(const sim_question *q) {
  sim_guest_process *p = q->bridge->processes;
  while (p != NULL && p->number != q->message.process_id)
    p = p->next;
  return p;
}

bool sim_guest_wait(sim_question *q) {
  sim_guest_process *p = find(q);
  if (p == NULL) {
    sim_fail(&q->call, HCSREF_ERROR_NOT_FOUND, "The guest has no process %u.", (uint64_t)q->message.process_id);
    return true;
  }
  if (p->exited) {
    hcsref_format(&q->call.arena, &q->answer, ",\"ExitCode\":%u", (uint64_t)p->exit_code);
    forget(p);
    return true;
  }
  p->waited_for = true;
  p->wait_frame = q->frame->id;
  return false;
}

void sim_guest_signal(sim_question *q) {
  const sim_guest_process *p = find(q);
  if (p == NULL || p->exited)
    sim_fail(&q->call, HCSREF_ERROR_NOT_FOUND, "The guest has no process %u.", (uint64_t)q->message.process_id);
  else if (q->message.raw.len > 0)
    sim_signal_process(&q->call, p->handle, q->message.raw);
  else
    sim_terminate_process(&q->call, p->handle);
}

void sim_guest_forget(sim_bridge *b) {
  while (b->processes != NULL) {
    sim_guest_process *p = b->processes;
    b->processes = p->next;
    drop(p);
  }
}
