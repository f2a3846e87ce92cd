/* SPDX-License-Identifier: Apache-2.0 */
/* What the guest is asked over the bridge, and its life. */
#include "engine/vm/bridge.h"

#include <stdlib.h>
#include <string.h>

/* The service of a Windows guest. Source: hcsshim internal/gcs/prot WindowsGcsHvsockServiceID. */
#define GUEST_SERVICE HCSREF_LIT("acef5661-84a1-4e44-856b-6245e69f4620")
#define NULL_ID       HCSREF_LIT("00000000-0000-0000-0000-000000000000")
/* A container's end, which nobody asks for. Source: prot NotifyContainer. */
#define NOTIFICATION 0x30100101u

static hcsref_str no_text(void) {
  return hcsref_str_from(NULL, 0);
}

/* ---- systems ---- */

static sim_guest_system *find(const sim_bridge *b, hcsref_str id) {
  sim_guest_system *at = b->systems;
  while (at != NULL && !hcsref_str_equal(at->id, id))
    at = at->next;
  return at;
}

static sim_guest_system *wanted(sim_question *q) {
  sim_guest_system *system = find(q->bridge, q->message.container_id);
  if (system == NULL)
    sim_fail(&q->call, HCSREF_HCS_SYSTEM_NOT_FOUND, "The guest has no system %q.", q->message.container_id);
  return system;
}

/* A container's document, or what the VM's own system is made with. */
static bool understand(sim_question *q, sim_system *system) {
  hcsref_v2_hosted_system document;
  memset(&document, 0, sizeof document);
  system->container.schema2 = true;
  if (hcsref_str_equal(q->message.container_id, NULL_ID))
    return true;
  if (!sim_read_document(&q->call, q->message.text, &hcsref_type_v2_hosted_system, &document))
    return false;
  if (document.container == NULL)
    return sim_fail(&q->call, HCSREF_ERROR_INVALID_PARAMETER, "The document has no Container.");
  return sim_read_hosted(&q->call, &system->arena, q->bridge->machine, document.container, &system->container);
}

static void create(sim_question *q) {
  sim_guest_system *entry;
  if (find(q->bridge, q->message.container_id) != NULL) {
    sim_fail(&q->call, HCSREF_HCS_SYSTEM_ALREADY_EXISTS, "The guest has a system %q.", q->message.container_id);
    return;
  }
  entry = calloc(1, sizeof *entry);
  if (entry != NULL)
    entry->system = sim_system_hidden(&q->call, q->message.container_id, q->bridge->machine, &entry->handle);
  if (entry == NULL || entry->system == NULL || !understand(q, entry->system)) {
    if (entry != NULL && entry->handle != 0)
      sim_close_system_of(q->bridge->sim, entry->handle);
    free(entry);
    return;
  }
  entry->id = hcsref_cstr(entry->system->id);
  entry->next = q->bridge->systems;
  q->bridge->systems = entry;
}

static void start(sim_question *q) {
  sim_guest_system *system = wanted(q);
  if (system == NULL)
    return;
  if (system->system->state != SIM_CREATED)
    sim_fail(&q->call, HCSREF_HCS_INVALID_STATE, "The system %q has been started.", system->id);
  else
    system->system->state = SIM_RUNNING;
}

static void remove_system(sim_bridge *b, sim_guest_system *system) {
  sim_guest_system **at = &b->systems;
  while (*at != system)
    at = &(*at)->next;
  *at = system->next;
  sim_system_stop(b->sim, system->system, 0, "ForcedExit");
  sim_close_system_of(b->sim, system->handle);
  free(system);
}

static void query(sim_question *q) {
  const sim_guest_system *system = wanted(q);
  hcsref_buf text = {.arena = &q->call.arena};
  if (system == NULL)
    return;
  sim_system_properties(&q->call, system->handle, q->message.text);
  hcsref_buf_append(&text, HCSREF_LIT(",\"Properties\":"));
  hcsref_json_append_string(&text, q->call.document);
  q->answer = hcsref_buf_str(&text);
}

static void modify(sim_question *q) {
  const sim_guest_system *system;
  if (hcsref_str_equal(q->message.container_id, NULL_ID)) {
    sim_ask_guest(&q->call, q->bridge->machine, q->message.raw);
    return;
  }
  system = wanted(q);
  if (system != NULL)
    sim_modify_system(&q->call, system->handle, q->message.raw);
}

static void negotiate(sim_question *q) {
  enum { VERSION = 4 };
  if (q->message.minimum_version > VERSION || q->message.maximum_version < VERSION)
    sim_fail(&q->call, 0x8037010Cu, "The guest speaks only version 4.");
  q->answer = HCSREF_LIT(
      ",\"Version\":4,\"Capabilities\":{\"SendHostCreateMessage\":true,\"SendHostStartMessage\":true,"
      "\"HvSocketConfigOnStartup\":false,\"SendLifecycleNotifications\":true,\"ModifyServiceSettingsSupported\":false,"
      "\"SupportedSchemaVersions\":[{\"Major\":2,\"Minor\":1}],\"RuntimeOsType\":\"Windows\","
      "\"GuestDefinedCapabilities\":{\"NamespaceAddRequestSupported\":true,\"SignalProcessSupported\":true,"
      "\"DumpStacksSupported\":false,\"DeleteContainerStateSupported\":false,\"UpdateContainerSupported\":true}}");
}

static void execute(sim_question *q) {
  const sim_guest_system *system = wanted(q);
  if (system != NULL)
    sim_guest_execute(q, system);
}

static void accept_it(sim_question *q) {
  (void)q;
}

/* ---- which is which ---- */

static const struct {
  uint32_t type;
  const char *name;
  const hcsref_type *message;
  void (*perform)(sim_question *q);
} kinds[] = {
    {HCSREF_FRAME_NEGOTIATE_PROTOCOL, "GuestNegotiateProtocol", &hcsref_message_negotiate, negotiate},
    {HCSREF_FRAME_CREATE, "GuestCreate", &hcsref_message_create, create},
    {HCSREF_FRAME_START, "GuestStart", &hcsref_message_base, start},
    {HCSREF_FRAME_SHUTDOWN_GRACEFUL, "GuestShutdownGraceful", &hcsref_message_base, accept_it},
    {HCSREF_FRAME_SHUTDOWN_FORCED, "GuestShutdownForced", &hcsref_message_base, accept_it},
    {HCSREF_FRAME_EXECUTE_PROCESS, "GuestExecuteProcess", &hcsref_message_exec_type, execute},
    {HCSREF_FRAME_WAIT_FOR_PROCESS, "GuestWaitForProcess", &hcsref_message_wait, accept_it},
    {HCSREF_FRAME_SIGNAL_PROCESS, "GuestSignalProcess", &hcsref_message_signal, sim_guest_signal},
    {HCSREF_FRAME_RESIZE_CONSOLE, "GuestResizeConsole", &hcsref_message_resize, accept_it},
    {HCSREF_FRAME_GET_PROPERTIES, "GuestGetProperties", &hcsref_message_query, query},
    {HCSREF_FRAME_MODIFY_SETTINGS, "GuestModifySettings", &hcsref_message_modify, modify},
};

/* Result and, of a failure, its words. */
static hcsref_str result_of(sim_question *q) {
  hcsref_buf text = {.arena = &q->call.arena};
  hcsref_str number = {NULL, 0};
  hcsref_buf_append(&text, HCSREF_LIT(",\"Result\":"));
  hcsref_format(&q->call.arena, &number, "%d", (int64_t)(int32_t)q->call.code);
  hcsref_buf_append(&text, number);
  if (q->call.code != 0) {
    hcsref_buf_append(&text, HCSREF_LIT(",\"ErrorMessage\":"));
    hcsref_json_append_string(&text, hcsref_cstr(sim_message(q->call.code)));
  } else {
    hcsref_buf_append(&text, q->answer);
  }
  return hcsref_buf_str(&text);
}

static bool ends_system(uint32_t type) {
  return type == HCSREF_FRAME_SHUTDOWN_GRACEFUL || type == HCSREF_FRAME_SHUTDOWN_FORCED;
}

/* What comes after the answer: a container's end is told, and with the VM's own system the VM ends. */
static void end_system(sim_bridge *b, hcsref_str id) {
  bool whole = hcsref_str_equal(id, NULL_ID);
  sim_guest_system *system;
  os_monitor_enter(b->sim->monitor);
  system = find(b, id);
  if (whole)
    sim_system_stop(b->sim, b->machine, 0, "GracefulExit");
  else if (system != NULL)
    remove_system(b, system);
  os_monitor_leave(b->sim->monitor);
  if (!whole && system != NULL)
    sim_bridge_send(b, NOTIFICATION, 0, id,
                    HCSREF_LIT(",\"Type\":\"ForcedExit\",\"Operation\":\"None\",\"Result\":0,\"ResultInfo\":\"{}\""));
}

/* The trace of a span, which any message may carry, is nobody's but the tracer's. */
static bool is_span(hcsref_str name) {
  return hcsref_str_equal(name, HCSREF_LIT("ocsc")) || hcsref_str_equal(name, HCSREF_LIT("otsc"));
}

/* The message as strictly as any document. */
static bool read_message(sim_question *q, const hcsref_type *type) {
  hcsref_value message;
  hcsref_value_entry *members;
  hcsref_str text = {NULL, 0};
  size_t kept = 0;
  memset(&message, 0, sizeof message);
  q->call.by_guest = true;
  if (!sim_going(&q->call))
    return false;
  if (!hcsref_json_decode(&q->call.arena, q->frame->payload, &hcsref_type_any, HCSREF_JSON_WHOLE, &message, NULL) ||
      message.kind != HCSREF_VALUE_OBJECT)
    return sim_reject(&q->call, HCSREF_LIT("$"));
  members = message.as.object.entries;
  for (size_t i = 0; i < message.as.object.len; i++)
    if (!is_span(members[i].key))
      members[kept++] = members[i];
  message.as.object.len = kept;
  if (!hcsref_json_encode(&q->call.arena, &hcsref_type_any, &message, &text, NULL))
    return sim_fail(&q->call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  return sim_read_document(&q->call, text, type, &q->message);
}

static void answer(sim_bridge *b, const hcsref_frame *frame) {
  sim_question q = {.bridge = b, .frame = frame, .answer = no_text()};
  size_t kind = 0, count = sizeof kinds / sizeof kinds[0];
  bool now = true;
  while (kind < count && kinds[kind].type != frame->type)
    kind++;
  sim_begin(&q.call, b->sim, SIM_GUEST, kind == count ? "GuestUnknown" : kinds[kind].name, false);
  sim_note_document(&q.call, &q.call.in, "message", frame->payload);
  if (kind == count)
    sim_fail(&q.call, 0x8037010Bu, "The guest does not know such a message.");
  else if (read_message(&q, kinds[kind].message))
    kinds[kind].perform(&q);
  if (sim_going(&q.call) && frame->type == HCSREF_FRAME_WAIT_FOR_PROCESS)
    now = sim_guest_wait(&q);
  sim_end(&q.call);
  if (now)
    sim_bridge_send(b, (frame->type & 0x0FFFFFFFu) | 0x20000000u, frame->id, no_text(), result_of(&q));
  if (sim_going(&q.call) && ends_system(frame->type))
    end_system(b, q.message.container_id);
  sim_finish(&q.call);
}

/* ---- what is left of it ---- */

typedef struct leavings {
  const sim_bridge *bridge;
  hcsref_arena *arena;
  hcsref_str folder;
} leavings;

static bool remove_port(void *context, const char *name) {
  const leavings *l = context;
  hcsref_str path = {NULL, 0};
  const char *text;
  if (hcsref_str_has_prefix(hcsref_cstr(name), l->bridge->vm) &&
      hcsref_format(l->arena, &path, "%v/%s", l->folder, name) && (text = sim_c_string(l->arena, path)) != NULL)
    os_file_remove(text);
  return true;
}

/* The ports that were noted for this machine, whose id nobody has again. */
static void remove_ports(const sim_bridge *b) {
  hcsref_arena arena;
  leavings l = {b, &arena, {NULL, 0}};
  const char *folder;
  hcsref_arena_init(&arena, NULL, 0);
  if (hcsref_format(&arena, &l.folder, "%s/sockets", b->sim->state) &&
      (folder = sim_c_string(&arena, l.folder)) != NULL)
    os_folder_list(folder, remove_port, &l);
  hcsref_arena_free(&arena);
}

/* ---- its life ---- */

static void finish(sim_bridge *b) {
  sim *s = b->sim;
  remove_ports(b);
  os_monitor_enter(s->monitor);
  b->machine->container.machine->guest = NULL;
  sim_guest_forget(b);
  if (b->socket != NULL)
    os_socket_shut(b->socket);
  while (b->senders > 0)
    os_monitor_wait(s->monitor, OS_FOREVER);
  while (b->systems != NULL)
    remove_system(b, b->systems);
  sim_system_release(s, b->machine);
  os_socket_free(b->socket);
  os_monitor_free(b->writing);
  free((void *)(uintptr_t)b->vm.data);
  free(b);
  sim_thread_ends(s);
  os_monitor_leave(s->monitor);
}

static void serve(void *context) {
  sim_bridge *b = context;
  os_socket *socket = sim_bridge_connect(b, GUEST_SERVICE, OS_FOREVER);
  hcsref_arena arena;
  hcsref_frame frame;
  os_monitor_enter(b->sim->monitor);
  b->socket = b->machine->container.machine->guest = socket;
  os_monitor_leave(b->sim->monitor);
  hcsref_arena_init(&arena, NULL, 0);
  while (socket != NULL && !sim_bridge_is_over(b) && sim_bridge_read(b, &arena, &frame)) {
    answer(b, &frame);
    hcsref_arena_reset(&arena);
  }
  hcsref_arena_free(&arena);
  finish(b);
}

void sim_bridge_start(sim *s, sim_system *machine) {
  sim_bridge *b = calloc(1, sizeof *b);
  hcsref_arena arena;
  hcsref_str vm = {NULL, 0};
  char *copy = NULL;
  if (b == NULL)
    return;
  hcsref_arena_init(&arena, NULL, 0);
  b->sim = s;
  b->machine = machine;
  b->writing = os_monitor_new();
  if (hcsref_guid_text(&arena, &machine->container.machine->runtime_id, &vm))
    copy = sim_text_copy(vm);
  b->vm = hcsref_str_from(copy, copy == NULL ? 0 : vm.len);
  hcsref_arena_free(&arena);
  machine->references++;
  if (b->writing != NULL && b->vm.data != NULL && sim_thread_starts(s, serve, b))
    return;
  machine->references--;
  os_monitor_free(b->writing);
  free((void *)(uintptr_t)b->vm.data);
  free(b);
}
