/* SPDX-License-Identifier: Apache-2.0 */
/* computecore.dll: operations, systems, processes. */
#include "dll/core.h"
#include "engine/state.h"
#include "world.h"

#ifdef _WIN32
#define WAITING "cmd /c \"set /p line=& call echo %^line%\""
#else
#define WAITING "cat"
#endif

static const hcsref_computecore *const api = &sim_computecore;

/* Waits for an operation, closes it, and gives its result; `document` (may be null) its text. */
static uint32_t finish(world *w, hcsref_hcs_operation operation, const char **document) {
  hcsref_wchar *text = NULL;
  uint32_t code = (uint32_t)api->wait_for_operation_result(operation, ENOUGH_MS, &text);
  const char *copy = text_of(w, text);
  if (document != NULL)
    *document = copy;
  api->close_operation(operation);
  return code;
}

static uint32_t create(world *w, const hcsref_wchar *document, hcsref_hcs_system *system, const char **result) {
  hcsref_hcs_operation operation = api->create_operation(NULL, NULL);
  assert_non_null(operation);
  assert_code(api->create_compute_system(wide(w, "one"), document, operation, NULL, system), 0);
  return finish(w, operation, result);
}

static uint32_t
act(world *w, hcsref_hresult(HCSREF_WINAPI *function)(hcsref_hcs_system, hcsref_hcs_operation, const hcsref_wchar *),
    hcsref_hcs_system system) {
  hcsref_hcs_operation operation = api->create_operation(NULL, NULL);
  assert_code(function(system, operation, NULL), 0);
  return finish(w, operation, NULL);
}

static hcsref_hcs_process run(world *w, hcsref_hcs_system system, const hcsref_wchar *parameters,
                              hcsref_hcs_process_info *info) {
  hcsref_hcs_operation operation = api->create_operation(NULL, NULL);
  hcsref_hcs_process process = NULL;
  hcsref_wchar *text = NULL;
  assert_code(api->create_process(system, parameters, operation, NULL, &process), 0);
  assert_code(api->wait_for_operation_result_and_process_info(operation, ENOUGH_MS, info, &text), 0);
  text_of(w, text);
  api->close_operation(operation);
  return process;
}

static hcsref_hcs_system started(world *w, const char *more) {
  hcsref_hcs_system system = NULL;
  const char *result;
  if (create(w, document2(w, more), &system, &result) != 0)
    fail_msg("%s", result);
  assert_code(act(w, api->start_compute_system, system), 0);
  return system;
}

static void stop(world *w, hcsref_hcs_system system) {
  assert_code(act(w, api->terminate_compute_system, system), 0);
  api->close_compute_system(system);
}

static void a_container_runs_a_process(void **state) {
  world *w = *state;
  hcsref_hcs_system system;
  hcsref_hcs_process process;
  hcsref_hcs_process_info info;
  hcsref_wchar *status = NULL;
  world_mount(w);
  system = started(w, "");
#ifdef _WIN32
  process = run(w, system, process_parameters(w, SHELL("echo %GREETING%& echo oops 1>&2& exit 7")), &info);
#else
  process = run(w, system, process_parameters(w, SHELL("echo $GREETING; echo oops >&2; exit 7")), &info);
#endif
  assert_true(info.process_id != 0);
  os_stream_close(info.std_input);
  assert_contains(read_stream(w, info.std_output), "hello");
  assert_contains(read_stream(w, info.std_error), "oops");
  assert_code(api->wait_for_process_exit(process, ENOUGH_MS, &status), 0);
  assert_contains(text_of(w, status), "\"Exited\":true,\"ExitCode\":7");
  api->close_process(process);
  stop(w, system);
  world_unmount(w);
}

static void standard_input_reaches_the_process(void **state) {
  world *w = *state;
  hcsref_hcs_system system;
  hcsref_hcs_process process;
  hcsref_hcs_process_info info;
  world_mount(w);
  system = started(w, "");
#ifdef _WIN32
  process = run(w, system, process_parameters(w, "cmd /c \"set /p line=& call echo got %^line%\""), &info);
#else
  process = run(w, system, process_parameters(w, SHELL("read line; echo got $line")), &info);
#endif
  write_stream(info.std_input, "something\n");
  os_stream_close(info.std_input);
  assert_contains(read_stream(w, info.std_output), "got something");
  os_stream_close(info.std_error);
  api->close_process(process);
  stop(w, system);
  world_unmount(w);
}

static void states_decide_what_is_possible(void **state) {
  world *w = *state;
  hcsref_hcs_system system = NULL, second = NULL;
  hcsref_hcs_operation operation;
  hcsref_hcs_process process = NULL;
  world_mount(w);
  assert_code(create(w, document2(w, ""), &system, NULL), 0);
  assert_code(create(w, document2(w, ""), &second, NULL), HCSREF_HCS_SYSTEM_ALREADY_EXISTS);
  assert_null(second);
  operation = api->create_operation(NULL, NULL);
  assert_code(api->create_process(system, process_parameters(w, SHELL("exit 0")), operation, NULL, &process), 0);
  assert_code(finish(w, operation, NULL), HCSREF_HCS_INVALID_STATE);
  assert_null(process);
  assert_code(act(w, api->shut_down_compute_system, system), HCSREF_HCS_INVALID_STATE);
  assert_code(act(w, api->start_compute_system, system), 0);
  assert_code(act(w, api->start_compute_system, system), HCSREF_HCS_INVALID_STATE);
  assert_code(act(w, api->shut_down_compute_system, system), 0);
  assert_code(act(w, api->shut_down_compute_system, system), HCSREF_HCS_ALREADY_STOPPED);
  assert_code(act(w, api->terminate_compute_system, system), HCSREF_HCS_ALREADY_STOPPED);
  assert_code(act(w, api->start_compute_system, system), HCSREF_HCS_INVALID_STATE);
  api->close_compute_system(system);
  assert_code(api->open_compute_system(wide(w, "one"), 0x10000000, &system), HCSREF_HCS_SYSTEM_NOT_FOUND);
  world_unmount(w);
}

static void the_exit_is_told(void **state) {
  world *w = *state;
  hcsref_hcs_system system;
  hcsref_wchar *status = NULL;
  world_mount(w);
  system = started(w, "");
  assert_code(api->wait_for_compute_system_exit(system, 10, &status), HCSREF_HCS_TIMEOUT);
  assert_code(act(w, api->shut_down_compute_system, system), 0);
  assert_code(api->wait_for_compute_system_exit(system, ENOUGH_MS, &status), 0);
  assert_string_equal(text_of(w, status), "{\"ExitType\":\"GracefulExit\"}");
  api->close_compute_system(system);
  world_unmount(w);
}

static void the_last_handle_ends_a_container(void **state) {
  world *w = *state;
  hcsref_hcs_system system, again = NULL;
  hcsref_hcs_process process;
  hcsref_hcs_process_info info;
  hcsref_wchar *status = NULL;
  world_mount(w);
  system = started(w, "");
#ifdef _WIN32
  process = run(w, system, process_parameters(w, "cmd /c ping -n 60 127.0.0.1"), &info);
#else
  process = run(w, system, process_parameters(w, "sleep 60"), &info);
#endif
  assert_code(api->open_compute_system(wide(w, "ONE"), 0x10000000, &again), 0);
  api->close_compute_system(system);
  assert_code(api->wait_for_process_exit(process, 50, &status), HCSREF_HCS_TIMEOUT);
  api->close_compute_system(again);
  assert_code(api->wait_for_process_exit(process, ENOUGH_MS, &status), 0);
  text_of(w, status);
  os_stream_close(info.std_input);
  os_stream_close(info.std_output);
  os_stream_close(info.std_error);
  api->close_process(process);
  world_unmount(w);
}

static void operations_tell_their_state(void **state) {
  world *w = *state;
  hcsref_hcs_operation operation = api->create_operation(NULL, NULL);
  hcsref_hcs_system system = NULL;
  hcsref_wchar *text = NULL;
  assert_code(api->get_operation_result(operation, &text), HCSREF_HCS_NOT_STARTED);
  text_of(w, text);
  world_restart(w, "HcsStartComputeSystem 1 late 300\n");
  world_mount(w);
  assert_code(create(w, document2(w, ""), &system, NULL), 0);
  operation = api->create_operation(NULL, NULL);
  assert_code(api->start_compute_system(system, operation, NULL), 0);
  assert_code(api->get_operation_result(operation, &text), HCSREF_HCS_PENDING);
  assert_code(api->wait_for_operation_result(operation, 10, &text), HCSREF_HCS_TIMEOUT);
  assert_code(api->start_compute_system(system, operation, NULL), HCSREF_HCS_ALREADY_STARTED);
  assert_code(finish(w, operation, NULL), 0);
  assert_code(api->cancel_operation(operation), HCSREF_ERROR_INVALID_HANDLE); /* it is closed */
  stop(w, system);
  world_unmount(w);
}

typedef struct seen {
  os_monitor *monitor;
  unsigned count;
  uint32_t type;
  char data[256];
} seen;

static void HCSREF_WINAPI on_event(hcsref_hcs_event *event, void *context) {
  seen *s = context;
  size_t i = 0;
  os_monitor_enter(s->monitor);
  s->count++;
  s->type = event->type;
  for (; event->data != NULL && event->data[i] != 0 && i < sizeof(s->data) - 1; i++)
    s->data[i] = (char)event->data[i];
  s->data[i] = '\0';
  os_monitor_wake(s->monitor);
  os_monitor_leave(s->monitor);
}

static void wait_seen(seen *s, unsigned count) {
  uint64_t end = os_now_ms() + ENOUGH_MS;
  os_monitor_enter(s->monitor);
  while (s->count < count && os_now_ms() < end)
    os_monitor_wait(s->monitor, 100);
  os_monitor_leave(s->monitor);
  assert_int_equal(s->count, count);
}

hcsref_hresult HCSREF_WINAPI core_HcsSetProcessCallback(hcsref_hcs_process process, uint32_t options, void *context,
                                                        hcsref_hcs_event_callback callback);

static void a_late_callback_hears_of_the_exit(void **state) {
  world *w = *state;
  hcsref_hcs_system system;
  hcsref_hcs_process process;
  hcsref_hcs_process_info info;
  hcsref_wchar *status = NULL;
  seen s;
  memset(&s, 0, sizeof(s));
  s.monitor = os_monitor_new();
  world_mount(w);
  system = started(w, "");
  process = run(w, system, process_parameters(w, SHELL("exit 3")), &info);
  os_stream_close(info.std_input);
  read_stream(w, info.std_output);
  os_stream_close(info.std_error);
  assert_code(api->wait_for_process_exit(process, ENOUGH_MS, &status), 0);
  text_of(w, status);
  assert_code(core_HcsSetProcessCallback(process, 0, &s, on_event), 0);
  wait_seen(&s, 1);
  assert_int_equal(s.type, HCSREF_EVENT_PROCESS_EXITED);
  assert_contains(s.data, "\"ExitCode\":3");
  api->close_process(process);
  stop(w, system);
  world_unmount(w);
  os_monitor_free(s.monitor);
}

static void properties_say_what_was_asked(void **state) {
  world *w = *state;
  hcsref_hcs_system system;
  hcsref_hcs_operation operation;
  const char *text;
  world_mount(w);
  system = started(w, "");
  operation = api->create_operation(NULL, NULL);
  assert_code(api->get_compute_system_properties(system, operation, wide(w, "{}")), 0);
  assert_code(finish(w, operation, &text), 0);
  assert_contains(text, "\"SystemType\":\"Container\"");
  assert_contains(text, "\"State\":\"Running\"");
  assert_contains(text, "\"Owner\":\"" SYSTEM_OWNER "\"");
  assert_null(strstr(text, "Statistics"));
  operation = api->create_operation(NULL, NULL);
  assert_code(api->get_compute_system_properties(system, operation, wide(w, "{\"PropertyTypes\":[\"Statistics\"]}")),
              0);
  assert_code(finish(w, operation, &text), 0);
  assert_contains(text, "\"Statistics\":{");
  operation = api->create_operation(NULL, NULL);
  assert_code(api->get_compute_system_properties(system, operation, wide(w, "{\"PropertyTypes\":[\"Weather\"]}")), 0);
  assert_code(finish(w, operation, &text), HCSREF_ERROR_INVALID_PARAMETER);
  operation = api->create_operation(NULL, NULL);
  assert_code(api->enumerate_compute_systems(wide(w, "{\"Owners\":[\"" SYSTEM_OWNER "\"]}"), operation), 0);
  assert_code(finish(w, operation, &text), 0);
  assert_contains(text, "\"Id\":\"one\"");
  stop(w, system);
  operation = api->create_operation(NULL, NULL);
  assert_code(api->enumerate_compute_systems(NULL, operation), 0);
  assert_code(finish(w, operation, &text), 0);
  assert_string_equal(text, "[]");
  world_unmount(w);
}

/* A process that ends must not have a thread of the service's with it: see sim_handle_free. */
static void a_service_without_handles_has_no_thread(void **state) {
  world *w = *state;
  uint64_t end;
  sim_counts counts;
  world_mount(w);
  stop(w, started(w, ""));
  world_unmount(w);
  end = os_now_ms() + ENOUGH_MS;
  do
    sim_count(w->service, &counts);
  while (counts.threads > 0 && os_now_ms() < end);
  assert_int_equal(counts.handles, 0);
  assert_int_equal(counts.threads, 0);
}

/* A file of the state folder, which others may have written, names a process that it never started. */
static void a_planted_number_ends_no_process(void **state) {
  static const os_variable none[1];
  world *w = *state;
  const os_command command = {.command_line = SHELL("exit 7"), .variables = none, .in = true};
  const os_command waiting = {.command_line = WAITING, .variables = none, .in = true, .out = true};
  uint32_t code = 0;
  os_stream streams[3], unused[3];
  os_process *bystander = os_process_start(&waiting, streams, &code),
             *other = os_process_start(&command, unused, &code);
  sim_stored_process running[3] = {{.number = 0}};
  sim_stored_system stored;
  hcsref_hcs_system system = NULL;
  assert_non_null(bystander);
  assert_non_null(other);
  assert_int_equal(os_process_wait(other), 7);
  assert_int_equal(os_process_started(0), 0);
  assert_int_equal(os_process_started(UINT32_MAX), 0);
  memset(&stored, 0, sizeof(stored));
  stored.id = HCSREF_LIT("planted");
  stored.state = HCSREF_LIT("Running");
  running[0].number = running[1].number = os_process_number(bystander);
  running[0].started = os_process_started(running[0].number) + 1;
  running[1].started = 0;
  running[2].number = os_process_number(other); /* it has ended */
  running[2].started = 0;
  stored.running.items = running;
  stored.running.len = stored.running.cap = 3;
  assert_true(sim_store_write(w->service, "systems", stored.id, &sim_stored_system_type, &stored));
  assert_code(api->open_compute_system(wide(w, "planted"), 0x10000000, &system), 0);
  stop(w, system);
  write_stream(streams[0], "still here\n");
  os_stream_close(streams[0]);
  assert_contains(read_stream(w, streams[1]), "still here");
  os_process_wait(bystander);
  os_process_free(bystander);
  os_process_free(other);
  os_stream_close(unused[0]);
}

static uint32_t change(world *w, hcsref_hcs_system system, const char *request, const char **result) {
  hcsref_hcs_operation operation = api->create_operation(NULL, NULL);
  assert_code(core_HcsModifyComputeSystem(system, operation, wide(w, request), NULL), 0);
  return finish(w, operation, result);
}

#define CHANGE(path, type, settings)                                                                                   \
  "{\"ResourcePath\":\"Container/" path "\",\"RequestType\":\"" type "\",\"Settings\":" settings "}"

/* The first two are what a shim's Update asks for. */
static void running_containers_are_changed(void **state) {
  static const struct {
    const char *request;
    uint32_t code;
    const char *says;
  } rows[] = {
      {CHANGE("Processor", "Update", "{\"Maximum\":5000}"), 0, ""},
      {CHANGE("Memory/SizeInMB", "Update", "512"), 0, ""},
      {CHANGE("Processor", "Update", "{\"Count\":1}"), 0, ""},
      {CHANGE("Processor", "Update", "{\"Count\":1,\"Weight\":1}"), 0x80070057u, "Only one of"},
      {CHANGE("Processor", "Update", "{\"Maximum\":10001}"), 0x80070057u, "range"},
      {CHANGE("Processor", "Update", "{\"Limit\":1}"), 0x8007000Du, "'$.Settings.Limit'"},
      {CHANGE("Processor", "Add", "{\"Maximum\":1}"), 0x80070057u, "Add"},
      {CHANGE("Memory/SizeInMB", "Update", "0"), 0x80070057u, "0 MB"},
      {CHANGE("Memory/SizeInMB", "Update", "\"512\""), 0x8007000Du, "'$.Settings'"},
      {CHANGE("MappedPipes", "Add", "{\"ContainerPipeName\":\"p\",\"HostPath\":\"\\\\\\\\.\\\\pipe\\\\h\"}"), 0, ""},
      {CHANGE("MappedPipes", "Add", "{\"ContainerPipeName\":\"P\",\"HostPath\":\"\\\\\\\\.\\\\pipe\\\\h\"}"),
       0x800700B7u, "twice"},
      {CHANGE("MappedPipes", "Remove", "{\"ContainerPipeName\":\"p\"}"), 0, ""},
      {CHANGE("MappedPipes", "Remove", "{\"ContainerPipeName\":\"p\"}"), HCSREF_ERROR_NOT_FOUND, "mapped"},
      {CHANGE("MappedDirectories", "Add", "{\"HostPath\":\".\",\"ContainerPath\":\"C:\\\\m\"}"), 0, ""},
      {CHANGE("MappedDirectories", "Add", "{\"HostPath\":\"no/where\",\"ContainerPath\":\"C:\\\\n\"}"), 0x80070003u,
       "HostPath"},
      {CHANGE("MappedDirectories", "Update", "{}"), 0x80070057u, "Update"},
      {CHANGE("MappedDirectories", "Remove", "{\"ContainerPath\":\"c:\\\\M\"}"), 0, ""},
      {CHANGE("Colour", "Update", "1"), HCSREF_ERROR_NOT_SUPPORTED, "Colour"},
      {"{\"Path\":1}", 0x8007000Du, "'$.Path'"},
  };
  world *w = *state;
  hcsref_hcs_system system;
  const char *said;
  world_mount(w);
  system = started(w, "");
  for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
    assert_code(change(w, system, rows[i].request, &said), rows[i].code);
    assert_contains(said, rows[i].says);
  }
  stop(w, system);
  world_unmount(w);
}

static void a_terminated_process_says_so(void **state) {
  world *w = *state;
  hcsref_hcs_operation operation;
  hcsref_hcs_process process;
  hcsref_hcs_process_info info;
  hcsref_hcs_system system;
  hcsref_wchar *status = NULL;
  const char *said;
  world_mount(w);
  system = started(w, "");
  process = run(w, system, process_parameters(w, WAITING), &info);
  operation = api->create_operation(NULL, NULL);
  assert_code(api->get_compute_system_properties(system, operation,
                                                 wide(w, "{\"PropertyTypes\":[\"ProcessList\",\"Statistics\"]}")),
              0);
  assert_code(finish(w, operation, &said), 0);
  assert_contains(said, "\"CreateTimestamp\":\"20");
  assert_null(strstr(said, "\"MemoryUsagePrivateWorkingSetBytes\":0"));
  operation = api->create_operation(NULL, NULL);
  assert_code(api->terminate_process(process, operation, NULL), 0);
  assert_code(finish(w, operation, NULL), 0);
  assert_code(api->wait_for_process_exit(process, ENOUGH_MS, &status), 0);
  assert_contains(text_of(w, status), "\"ExitCode\":1067");
  for (int i = 0; i < 3; i++)
    os_stream_close(i == 0 ? info.std_input : i == 1 ? info.std_output : info.std_error);
  api->close_process(process);
  stop(w, system);
  world_unmount(w);
}

/* The first question of a create with a utility VM. */
static void the_service_knows_its_processors(void **state) {
  world *w = *state;
  hcsref_wchar *text = NULL;
  const char *said;
  assert_code(core_HcsGetServiceProperties(wide(w, "{\"PropertyTypes\":[\"ProcessorTopology\"]}"), &text), 0);
  said = text_of(w, text);
  assert_contains(said, "{\"Properties\":[{\"LogicalProcessorCount\":");
  assert_contains(said, "\"LogicalProcessors\":[{\"LpIndex\":0,\"NodeNumber\":0,\"PackageId\":0,\"CoreId\":0");
  assert_code(core_HcsGetServiceProperties(wide(w, "{\"PropertyTypes\":[\"Basic\",\"Memory\"]}"), &text), 0);
  assert_string_equal(text_of(w, text), "{\"Properties\":[{\"SupportedSchemaVersions\":[{\"Major\":1,\"Minor\":0},"
                                        "{\"Major\":2,\"Minor\":5}]},{}]}");
  text = NULL;
  assert_code(core_HcsGetServiceProperties(wide(w, "{\"PropertyTypes\":[\"Colour\"]}"), &text),
              HCSREF_ERROR_NOT_SUPPORTED);
  text_of(w, text);
  text = NULL;
  assert_code(core_HcsGetServiceProperties(wide(w, "{}"), &text), HCSREF_ERROR_NOT_SUPPORTED);
  text_of(w, text);
}

static void stale_and_foreign_handles_are_refused(void **state) {
  world *w = *state;
  hcsref_hcs_operation operation = api->create_operation(NULL, NULL);
  hcsref_wchar *text = NULL;
  api->close_operation(operation);
  assert_code(api->get_operation_result(operation, &text), HCSREF_ERROR_INVALID_HANDLE);
  text_of(w, text);
  assert_code(api->start_compute_system(NULL, NULL, NULL), HCSREF_ERROR_INVALID_HANDLE);
  operation = api->create_operation(NULL, NULL);
  assert_code(api->start_compute_system((hcsref_hcs_system)operation, operation, NULL), 0);
  assert_code(finish(w, operation, NULL), HCSREF_ERROR_INVALID_HANDLE);
  api->close_compute_system((hcsref_hcs_system)(uintptr_t)0x7777);
}

/* Numbers of processes come from files of the state: to kill(2), 0 is the caller's group and UINT32_MAX everything. */
static void what_is_no_process_is_never_ended(void **state) {
  (void)state;
  assert_int_equal(os_process_started(0), 0);
#ifndef _WIN32
  assert_int_equal(os_process_started((uint32_t)INT32_MAX + 1), 0);
  assert_int_equal(os_process_started(UINT32_MAX), 0);
#endif
  /* the number of another one that is here, but not begun when the state says */
  os_process_kill_number(os_process_id(), os_process_started(os_process_id()) + 1);
  os_process_kill_number(os_process_id(), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
      TEST(a_container_runs_a_process),
      TEST(standard_input_reaches_the_process),
      TEST(states_decide_what_is_possible),
      TEST(the_exit_is_told),
      TEST(the_last_handle_ends_a_container),
      TEST(operations_tell_their_state),
      TEST(a_late_callback_hears_of_the_exit),
      TEST(properties_say_what_was_asked),
      TEST(a_service_without_handles_has_no_thread),
      TEST(a_planted_number_ends_no_process),
      TEST(stale_and_foreign_handles_are_refused),
      TEST(running_containers_are_changed),
      TEST(a_terminated_process_says_so),
      TEST(the_service_knows_its_processors),
      TEST(what_is_no_process_is_never_ended),
  };
  return world_end(cmocka_run_group_tests(tests, NULL, NULL));
}
