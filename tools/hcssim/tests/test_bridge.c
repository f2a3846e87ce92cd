/* SPDX-License-Identifier: Apache-2.0 */
/* The guest of a VM over the bridge, with the reference's own client: hcsref_bridge_connect and what follows it. */
#include "dll/core.h"
#include "engine/vm/bridge.h"
#include "world.h"

#include <stdio.h>

static const hcsref_computecore *const api = &sim_computecore;

#define SHARE "\\\\?\\VMSMB\\VSMB-{dcc079ae-60ba-4d07-847c-3493609c0870}\\os"
#define ID    "6e0c2b3a-0000-4000-8000-000000000002"
#define GUEST "acef5661-84a1-4e44-856b-6245e69f4620"

static uint32_t finish(world *w, hcsref_hcs_operation operation, const char **document) {
  hcsref_wchar *text = NULL;
  uint32_t code = (uint32_t)api->wait_for_operation_result(operation, ENOUGH_MS, &text);
  const char *copy = text_of(w, text);
  if (document != NULL)
    *document = copy;
  api->close_operation(operation);
  return code;
}

static const char *quoted(world *w, const char *text) {
  hcsref_buf buf = {.arena = &w->arena};
  hcsref_json_append_string(&buf, hcsref_cstr(text));
  hcsref_buf_append_char(&buf, '\0');
  return buf.data;
}

/* ---- the client's end ---- */

typedef struct client {
  world *w;
  hcsref_hcs_system machine;
  char vm[40];
  os_socket *listener, *socket, *streams[3];
  hcsref_bridge *bridge;
} client;

/* Listens on a service of the VM, as a hook of Winsock does. */
static os_socket *listen_on(client *c, const char *service) {
  char path[900], text[8];
  uint16_t port = 0;
  os_socket *listener = os_socket_listen(&port);
  assert_non_null(listener);
  snprintf(path, sizeof path, "%s" SEPARATOR "sockets", c->w->folder);
  assert_true(os_folder_make(path));
  snprintf(path, sizeof path, "%s" SEPARATOR "sockets" SEPARATOR "%s-%s", c->w->folder, c->vm, service);
  snprintf(text, sizeof text, "%u", (unsigned)port);
  assert_true(os_file_replace(path, text, strlen(text)));
  return listener;
}

static bool read_all(os_socket *socket, char *data, size_t size) {
  while (size > 0) {
    size_t got = os_socket_read(socket, data, size);
    if (got == 0)
      return false;
    data += got;
    size -= got;
  }
  return true;
}

/* Sends a frame, and reads until its answer. */
static bool exchange(void *ctx, hcsref_arena *arena, const hcsref_frame *frame, hcsref_str *answer) {
  client *c = ctx;
  hcsref_buf bytes = {.arena = arena};
  assert_true(hcsref_frame_append(&bytes, frame));
  assert_true(os_socket_write(c->socket, bytes.data, bytes.len));
  for (;;) {
    hcsref_frame got;
    size_t used = 0, size;
    char *whole = hcsref_arena_alloc(arena, HCSREF_FRAME_LIMIT);
    assert_true(read_all(c->socket, whole, HCSREF_FRAME_HEADER));
    size = (unsigned char)whole[4] | (size_t)(unsigned char)whole[5] << 8;
    assert_true(read_all(c->socket, whole + HCSREF_FRAME_HEADER, size - HCSREF_FRAME_HEADER));
    assert_true(hcsref_frame_read(arena, hcsref_str_from(whole, size), &got, &used, NULL));
    *answer = got.payload;
    if (got.id == frame->id && got.type >> 28 == 2)
      return true;
  }
}

/* A file of the world, and its path. */
static const char *put(world *w, const char *name) {
  hcsref_str path = {NULL, 0};
  const char *text;
  char *folder;
  assert_true(hcsref_format(&w->arena, &path, "%s" SEPARATOR "%s", w->folder, name));
  text = sim_c_string(&w->arena, path);
  folder = sim_text_copy(path);
  *strrchr(folder, SEPARATOR[0]) = '\0';
  assert_true(os_folder_make(folder));
  free(folder);
  assert_true(os_file_replace(text, "x", 1));
  return text;
}

static bool has_file(world *w, const char *name) {
  char path[900];
  snprintf(path, sizeof path, "%s" SEPARATOR "%s", w->folder, name);
  return os_path_kind(path) == OS_FILE;
}

static void start_machine(client *c) {
  world *w = c->w;
  hcsref_str text = {NULL, 0};
  hcsref_hcs_operation operation = api->create_operation(NULL, NULL);
  const char *properties, *at;
  assert_true(
      hcsref_format(&w->arena, &text,
                    "{\"SchemaVersion\":{\"Major\":2,\"Minor\":1},\"VirtualMachine\":{\"Chipset\":{\"Uefi\":{}},"
                    "\"ComputeTopology\":{\"Memory\":{\"SizeInMB\":64}},\"Devices\":{\"VirtualSmb\":{\"Shares\":"
                    "[{\"Name\":\"os\",\"Path\":%s}]},\"Scsi\":{\"c\":{\"Attachments\":{\"1\":{\"Type\":"
                    "\"VirtualDisk\",\"Path\":%s}}}}}},\"ShouldTerminateOnLastHandleClosed\":true}",
                    quoted(w, w->base), quoted(w, put(w, "scratch" SEPARATOR "sandbox.vhdx"))));
  assert_code(
      api->create_compute_system(wide(w, "p1@vm"), hcsref_to_utf16(&w->arena, text), operation, NULL, &c->machine), 0);
  assert_code(finish(w, operation, NULL), 0);
  operation = api->create_operation(NULL, NULL);
  assert_code(api->get_compute_system_properties(c->machine, operation, wide(w, "{}")), 0);
  assert_code(finish(w, operation, &properties), 0);
  at = strstr(properties, "\"RuntimeId\":\"");
  assert_non_null(at);
  snprintf(c->vm, sizeof c->vm, "%.36s", at + strlen("\"RuntimeId\":\""));
  c->listener = listen_on(c, GUEST);
  operation = api->create_operation(NULL, NULL);
  assert_code(api->start_compute_system(c->machine, operation, NULL), 0);
  assert_code(finish(w, operation, NULL), 0);
  c->socket = os_socket_accept(c->listener);
  assert_non_null(c->socket);
}

static void connect_bridge(client *c, hcsref_bridge_transport *transport) {
  hcsref_error err = {0};
  transport->exchange = exchange;
  transport->ctx = c;
  if (!hcsref_bridge_connect(&c->w->arena, NULL, transport, NULL, &c->bridge, &err))
    fail_msg("%.*s", (int)err.message.len, err.message.data);
}

/* The guest ends on its own thread. */
static void wait_until_gone(world *w) {
  uint64_t deadline = os_now_ms() + ENOUGH_MS;
  sim_counts counts;
  do {
    os_sleep_ms(10);
    sim_count(w->service, &counts);
  } while (counts.handles > 0 && os_now_ms() < deadline);
}

static void stop_machine(client *c) {
  hcsref_hcs_operation operation = api->create_operation(NULL, NULL);
  assert_code(api->terminate_compute_system(c->machine, operation, NULL), 0);
  assert_code(finish(c->w, operation, NULL), 0);
  api->close_compute_system(c->machine);
  os_socket_free(c->socket);
  os_socket_free(c->listener);
  wait_until_gone(c->w);
}

static void with_faulty_guests(world *w, const char *faults) {
  char complaint[SIM_MAX_COMPLAINT] = "";
  sim_settings settings = {w->folder, w->record, NULL, HCSREF_BUILD_LTSC2022, shim_calls(), complaint,
                           false,     NULL,      true};
  if (faults != NULL) {
    assert_true(os_file_replace(w->faults, faults, strlen(faults)));
    settings.faults = w->faults;
  }
  sim_close(w->service);
  w->service = sim_open(&settings);
  assert_string_equal(complaint, "");
  assert_non_null(w->service);
  shim_use(w->service);
}

static void with_guests(world *w) {
  with_faulty_guests(w, NULL);
}

static bool ask(client *c, const char *request, hcsref_error *err) {
  return hcsref_bridge_modify(c->bridge, hcsref_str_from(NULL, 0), hcsref_cstr(request), err);
}

/* A frame of ours, and what the answer to it says; null: the guest hangs up. */
static const char *say(client *c, uint32_t type, const char *payload) {
  hcsref_frame frame = {type, 77, hcsref_cstr(payload)};
  hcsref_str answer = {NULL, 0};
  hcsref_buf text = {.arena = &c->w->arena};
  assert_true(exchange(c, &c->w->arena, &frame, &answer));
  hcsref_buf_append(&text, answer);
  hcsref_buf_append_char(&text, '\0');
  return text.data;
}

#ifdef _WIN32
#define SLEEP_PARAMETERS "{\"CommandLine\":\"cmd /c ping -n 60 127.0.0.1\"}"
#else
#define SLEEP_PARAMETERS "{\"CommandLine\":\"sleep 60\"}"
#endif
#define BASE(id) "{\"ContainerId\":\"" id "\",\"ActivityId\":\"00000000-0000-0000-0000-000000000000\""

/* With its layers, but for its start. */
static void make_container(client *c) {
  world *w = c->w;
  hcsref_error err = {0};
  hcsref_str parameters = {NULL, 0};
  assert_true(ask(c,
                  "{\"RequestType\":\"Add\",\"ResourceType\":\"MappedVirtualDisk\",\"Settings\":{\"ContainerPath\":"
                  "\"c:\\\\m\",\"Lun\":1}}",
                  &err));
  assert_true(hcsref_format(&w->arena, &parameters,
                            "{\"RequestType\":\"Add\",\"ResourceType\":\"CombinedLayers\",\"Settings\":{"
                            "\"ContainerRootPath\":\"c:\\\\m\",\"Layers\":[{\"Id\":\"" ID "\",\"Path\":%s}]}}",
                            quoted(w, SHARE)));
  assert_true(hcsref_bridge_modify(c->bridge, hcsref_str_from(NULL, 0), parameters, &err));
  assert_true(hcsref_format(&w->arena, &parameters,
                            "{\"SchemaVersion\":{\"Major\":2,\"Minor\":1},\"Container\":{\"Storage\":{\"Layers\":[{"
                            "\"Id\":\"" ID "\",\"Path\":%s}],\"Path\":\"c:\\\\m\"}}}",
                            quoted(w, SHARE)));
  if (!hcsref_bridge_create(c->bridge, HCSREF_LIT("c1"), parameters, &err))
    fail_msg("%.*s", (int)err.message.len, err.message.data);
}

/* A frame whose answer is for later. */
static void send_wait(client *c, uint32_t pid) {
  hcsref_str payload = {NULL, 0};
  hcsref_buf bytes = {.arena = &c->w->arena};
  hcsref_frame frame = {HCSREF_FRAME_WAIT_FOR_PROCESS, 4, {NULL, 0}};
  assert_true(hcsref_format(&c->w->arena, &payload, BASE("c1") ",\"ProcessId\":%u,\"TimeoutInMs\":4294967295}\n",
                            (uint64_t)pid));
  frame.payload = payload;
  assert_true(hcsref_frame_append(&bytes, &frame));
  assert_true(os_socket_write(c->socket, bytes.data, bytes.len));
}

static void a_container_runs_over_the_bridge(void **state) {
  world *w = *state;
  client c = {.w = w};
  hcsref_bridge_transport transport;
  hcsref_bridge_process process;
  hcsref_error err = {0};
  hcsref_str parameters = {NULL, 0};
  os_socket *out;
  char text[64] = "";
  with_guests(w);
  put(w, "base" SEPARATOR "Files" SEPARATOR "hello.txt");
  start_machine(&c);
  connect_bridge(&c, &transport);
  assert_true(ask(
      &c, "{\"RequestType\":\"Update\",\"ResourceType\":\"HvSocket\",\"Settings\":{\"LocalAddress\":\"x\"}}", &err));
  assert_false(ask(&c, "{\"RequestType\":\"Add\",\"ResourceType\":\"Teapot\",\"Settings\":{}}", &err));
  make_container(&c);
  /* its drive shows the layers, over the scratch whose disk is at its root */
  assert_true(has_file(w, "scratch" SEPARATOR SIM_VOLUME_FOLDER SEPARATOR "hello.txt"));
  assert_contains(
      say(&c, HCSREF_FRAME_GET_PROPERTIES, BASE("c1") ",\"Query\":\"{\\\"PropertyTypes\\\":[\\\"SystemGUID\\\"]}\"}\n"),
      "\\\"SystemGUID\\\":\\\"");
  assert_true(hcsref_bridge_tell(c.bridge, HCSREF_FRAME_START, HCSREF_LIT("c1"), &err));
  out = listen_on(&c, "40000001-facb-11e6-bd58-64006a7986d3");
  assert_true(hcsref_format(&w->arena, &parameters, "{\"CommandLine\":%s,\"CreateStdOutPipe\":true}",
                            quoted(w, SHELL("echo over the bridge"))));
  if (!hcsref_bridge_exec(c.bridge, HCSREF_LIT("c1"), parameters, &process, &err))
    fail_msg("%.*s", (int)err.message.len, err.message.data);
  c.streams[1] = os_socket_accept(out);
  assert_non_null(c.streams[1]);
  read_all(c.streams[1], text, sizeof text - 1);
  assert_contains(text, "over the bridge");
  os_socket_free(c.streams[1]);
  os_socket_free(out);
  assert_true(hcsref_bridge_properties(c.bridge, HCSREF_LIT("c1"), &(hcsref_slice){NULL, 0, 0}, &err));
  assert_true(hcsref_bridge_tell(c.bridge, HCSREF_FRAME_SHUTDOWN_FORCED, HCSREF_LIT("c1"), &err));
  assert_true(hcsref_bridge_tell(c.bridge, HCSREF_FRAME_SHUTDOWN_FORCED, HCSREF_LIT("c1"), &err)); /* it is gone */
  assert_contains(recording(w), "\"dll\":\"guest\",\"call\":\"GuestNegotiateProtocol\"");
  stop_machine(&c);
}

static void what_the_guest_refuses(void **state) {
  static const struct {
    uint32_t type;
    const char *payload;
  } rows[] = {
      {0x10109901u, BASE("") "}\n"},
      {HCSREF_FRAME_START, "{\n"},
      {HCSREF_FRAME_START, BASE("nobody") "}\n"},
      {HCSREF_FRAME_NEGOTIATE_PROTOCOL, BASE("") ",\"MinimumVersion\":5,\"MaximumVersion\":6}\n"},
      {HCSREF_FRAME_CREATE, BASE("c1") ",\"ContainerConfig\":\"{\\\"Contain\\\":1}\"}\n"},
      {HCSREF_FRAME_CREATE, BASE("c1") ",\"ContainerConfig\":\"{}\"}\n"},
      {HCSREF_FRAME_EXECUTE_PROCESS, BASE("nobody") ",\"Settings\":{\"ProcessParameters\":\"{}\"}}\n"},
      {HCSREF_FRAME_WAIT_FOR_PROCESS, BASE("") ",\"ProcessId\":4}\n"},
      {HCSREF_FRAME_SIGNAL_PROCESS, BASE("") ",\"ProcessId\":4}\n"},
      {HCSREF_FRAME_GET_PROPERTIES, BASE("nobody") ",\"Query\":\"{}\"}\n"},
      {HCSREF_FRAME_MODIFY_SETTINGS, BASE("nobody") ",\"Request\":{}}\n"},
      {HCSREF_FRAME_MODIFY_SETTINGS, BASE("00000000-0000-0000-0000-000000000000") ",\"Request\":5}\n"},
  };
  world *w = *state;
  client c = {.w = w};
  char data[HCSREF_FRAME_HEADER] = {1, 2, 0x10, 0x10, 3};
  with_guests(w);
  start_machine(&c);
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    assert_contains(say(&c, rows[i].type, rows[i].payload), "\"ErrorMessage\":\"");
  assert_contains(
      say(&c, HCSREF_FRAME_CREATE, BASE("00000000-0000-0000-0000-000000000000") ",\"ContainerConfig\":\"\"}\n"),
      "\"Result\":0");
  assert_contains(
      say(&c, HCSREF_FRAME_CREATE, BASE("00000000-0000-0000-0000-000000000000") ",\"ContainerConfig\":\"\"}\n"),
      "\"ErrorMessage\":\"");
  assert_true(os_socket_write(c.socket, data, sizeof data)); /* shorter than its own header */
  assert_int_equal(os_socket_read(c.socket, data, 1), 0);
  stop_machine(&c);
}

/* A field that a message does not have, in the form of the guest's own refusals; a span's trace is none. */
static void messages_are_read_strictly(void **state) {
  static const struct {
    uint32_t type;
    const char *payload, *says;
  } rows[] = {
      {HCSREF_FRAME_START, BASE("c1") ",\"Force\":true}\n", "[$.Force]"},
      {HCSREF_FRAME_START, "{\"containerId\":\"c1\"}\n", "[$.containerId]"},
      {HCSREF_FRAME_NEGOTIATE_PROTOCOL, BASE("") ",\"MinimumVersion\":\"4\"}\n", "[$.MinimumVersion]"},
      {HCSREF_FRAME_EXECUTE_PROCESS,
       BASE("c1") ",\"Settings\":{\"ProcessParameters\":\"{}\",\"StdioRelaySettings\":{\"StdIO\":\"x\"}}}\n",
       "[$.Settings.StdioRelaySettings.StdIO]"},
      {HCSREF_FRAME_START, "[]\n", "[$]"},
  };
  world *w = *state;
  client c = {.w = w};
  with_faulty_guests(w, "GuestSignalProcess * fail 0x80070005\n");
  start_machine(&c);
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    assert_contains(say(&c, rows[i].type, rows[i].payload), "\"Result\":-");
    assert_contains(recording(w), rows[i].says);
  }
  assert_contains(say(&c, HCSREF_FRAME_NEGOTIATE_PROTOCOL,
                      BASE("") ",\"otsc\":{\"traceparent\":\"x\"},\"MinimumVersion\":4,\"MaximumVersion\":4}\n"),
                  "\"Result\":0");
  assert_contains(say(&c, HCSREF_FRAME_SIGNAL_PROCESS, BASE("c1") ",\"ProcessId\":4}\n"), "\"Result\":-2147024891");
  stop_machine(&c);
}

/* How often a call was recorded, and how much of the recording has been searched. */
typedef struct call_count {
  const char *call;
  size_t count, searched;
} call_count;

/* Searches what was recorded since the last time. */
static size_t count_more(const world *w, call_count *c) {
  size_t size = 0;
  char *data = os_file_read(w->record, (size_t)16 << 20, &size);
  assert_non_null(data);
  for (const char *at = data + c->searched; (at = strstr(at, c->call)) != NULL;) {
    at += strlen(c->call);
    c->searched = (size_t)(at - data);
    c->count++;
  }
  free(data);
  return c->count;
}

/* Asks, and reads no answer, until the guest no longer takes a question. */
static void stall(client *c) {
  enum { BATCH = 200, MOST = 20000, QUIET_MS = 500, KEPT = 16384 };
  hcsref_frame frame = {HCSREF_FRAME_NEGOTIATE_PROTOCOL, 5,
                        HCSREF_LIT(BASE("") ",\"MinimumVersion\":4,\"MaximumVersion\":4}\n")};
  hcsref_buf bytes = {.arena = &c->w->arena};
  call_count calls = {"GuestNegotiateProtocol", 0, 0};
  size_t sent = count_more(c->w, &calls);
  assert_true(hcsref_frame_append(&bytes, &frame) && os_socket_keep(c->socket, KEPT));
  for (size_t answered = sent; answered == sent && sent < MOST;) {
    uint64_t quiet;
    for (size_t i = 0; i < BATCH; i++)
      assert_true(os_socket_write(c->socket, bytes.data, bytes.len));
    sent += BATCH;
    for (quiet = os_now_ms(); answered < sent && os_now_ms() < quiet + QUIET_MS; os_sleep_ms(10)) {
      size_t now = count_more(c->w, &calls);
      quiet = now > answered ? os_now_ms() : quiet;
      answered = now;
    }
  }
  assert_true(sent < MOST);
}

/* A client that reads nothing holds up its own guest, and nobody else. */
static void a_client_that_does_not_read(void **state) {
  world *w = *state;
  client c = {.w = w};
  hcsref_bridge_transport transport;
  hcsref_str parameters = {NULL, 0};
  const char *answer, *number;
  os_process *process;
  uint32_t pid;
  sim_counts counts;
  with_guests(w);
  start_machine(&c);
  connect_bridge(&c, &transport);
  make_container(&c);
  assert_contains(say(&c, HCSREF_FRAME_START, BASE("c1") "}\n"), "\"Result\":0");
  assert_true(hcsref_format(&w->arena, &parameters, BASE("c1") ",\"Settings\":{\"ProcessParameters\":%s}}\n",
                            quoted(w, SLEEP_PARAMETERS)));
  answer = say(&c, HCSREF_FRAME_EXECUTE_PROCESS, sim_c_string(&w->arena, parameters));
  number = strstr(answer, "\"ProcessId\":");
  assert_non_null(number);
  pid = (uint32_t)strtoul(number + strlen("\"ProcessId\":"), NULL, 10);
  send_wait(&c, pid);
  stall(&c);
  process = os_process_open(pid, os_process_started(pid));
  assert_non_null(process);
  os_process_kill(process, 1);
  os_process_free(process);
  os_sleep_ms(300); /* its end is told to a client that does not listen */
  sim_count(w->service, &counts);
  assert_true(counts.systems > 0);
  stop_machine(&c);
}

/* The shutdown of the VM's own system is the VM's end; a process in it goes too. */
static void the_machine_ends_with_its_own_system(void **state) {
  world *w = *state;
  client c = {.w = w};
  hcsref_bridge_transport transport;
  hcsref_wchar *status = NULL;
  with_guests(w);
  start_machine(&c);
  connect_bridge(&c, &transport);
  assert_contains(say(&c, HCSREF_FRAME_SHUTDOWN_GRACEFUL, BASE("00000000-0000-0000-0000-000000000000") "}\n"),
                  "\"Result\":0");
  assert_code(api->wait_for_compute_system_exit(c.machine, ENOUGH_MS, &status), 0);
  assert_contains(text_of(w, status), "GracefulExit");
  api->close_compute_system(c.machine);
  os_socket_free(c.socket);
  os_socket_free(c.listener);
  wait_until_gone(w);
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
      TEST(a_container_runs_over_the_bridge),     TEST(what_the_guest_refuses),
      TEST(the_machine_ends_with_its_own_system), TEST(a_client_that_does_not_read),
      TEST(messages_are_read_strictly),
  };
  return world_end(cmocka_run_group_tests(tests, NULL, NULL));
}
