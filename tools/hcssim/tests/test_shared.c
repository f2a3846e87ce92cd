/* SPDX-License-Identifier: Apache-2.0 */
/* Systems of which two processes have handles: this program starts itself again as the other one, with the name of what
 * it is to do, the world's folder and the volume. */
#include "dll/core.h"
#include "engine/state.h"
#include "world.h"

#include <stdio.h>
#ifdef _WIN32
#include <windows.h>
#include <winternl.h>
#endif

#define STEP_MS 20u

#define PROCESS_LIST "{\"PropertyTypes\":[\"ProcessList\"]}"

static const hcsref_computecore *const api = &sim_computecore;

/* This program again, for ten minutes: one process without children, so that nothing outlives the test. */
static const char *lasting(void) {
  static char line[1100];
  char *program = os_program_path();
  assert_non_null(program);
  snprintf(line, sizeof line, "\"%s\" sleep", program);
  free(program);
  return line;
}

static uint32_t finish(hcsref_hcs_operation operation, hcsref_hcs_process_info *info) {
  hcsref_wchar *text = NULL;
  uint32_t code =
      (uint32_t)(info == NULL ? api->wait_for_operation_result(operation, ENOUGH_MS, &text)
                              : api->wait_for_operation_result_and_process_info(operation, ENOUGH_MS, info, &text));
  shim_free_text(text);
  api->close_operation(operation);
  return code;
}

static hcsref_hcs_system create(world *w, const char *id) {
  hcsref_hcs_operation operation = api->create_operation(NULL, NULL);
  hcsref_hcs_system system = NULL;
  api->create_compute_system(wide(w, id), document2(w, ",\"GuestOs\":{\"HostName\":\"shared\"}"), operation, NULL,
                             &system);
  return finish(operation, NULL) == 0 ? system : NULL;
}

static hcsref_hcs_system open_system(world *w, const char *id) {
  hcsref_hcs_system system = NULL;
  api->open_compute_system(wide(w, id), 0x10000000u, &system);
  return system;
}

typedef hcsref_hresult(HCSREF_WINAPI *action)(hcsref_hcs_system, hcsref_hcs_operation, const hcsref_wchar *);

static uint32_t act(action function, hcsref_hcs_system system) {
  hcsref_hcs_operation operation = api->create_operation(NULL, NULL);
  function(system, operation, NULL);
  return finish(operation, NULL);
}

static hcsref_hcs_process run(world *w, hcsref_hcs_system system, const char *line, hcsref_hcs_process_info *info) {
  hcsref_hcs_operation operation = api->create_operation(NULL, NULL);
  hcsref_hcs_process process = NULL;
  memset(info, 0, sizeof(*info));
  api->create_process(system, process_parameters(w, line), operation, NULL, &process);
  return finish(operation, info) == 0 ? process : NULL;
}

static void close_streams(hcsref_hcs_process_info *info) {
  os_stream_close(info->std_input);
  os_stream_close(info->std_output);
  os_stream_close(info->std_error);
}

/* Does a process in the system see the container's own name, and end with 7? */
static bool runs_in(world *w, hcsref_hcs_system system) {
#ifdef _WIN32
  static const char line[] = SHELL("echo %COMPUTERNAME%& exit 7");
#else
  static const char line[] = SHELL("echo $COMPUTERNAME; exit 7");
#endif
  hcsref_hcs_process_info info;
  hcsref_hcs_process process = run(w, system, line, &info);
  hcsref_wchar *status = NULL;
  bool ok = process != NULL && strstr(read_stream(w, info.std_output), "SHARED") != NULL;
  if (process == NULL)
    return false;
  os_stream_close(info.std_input);
  os_stream_close(info.std_error);
  ok = ok && api->wait_for_process_exit(process, ENOUGH_MS, &status) == 0;
  ok = strstr(text_of(w, status), "\"ExitCode\":7") != NULL && ok;
  api->close_process(process);
  return ok;
}

static const char *ask(world *w, hcsref_hcs_system system, const char *query) {
  hcsref_hcs_operation operation = api->create_operation(NULL, NULL);
  hcsref_wchar *text = NULL;
  api->get_compute_system_properties(system, operation, query == NULL ? NULL : wide(w, query));
  api->wait_for_operation_result(operation, ENOUGH_MS, &text);
  api->close_operation(operation);
  return text_of(w, text);
}

static const char *state_of(world *w, hcsref_hcs_system system) {
  return ask(w, system, NULL);
}

static void path_of(const world *w, const char *name, char *out, size_t size) {
  snprintf(out, size, "%s" SEPARATOR "%s", w->folder, name);
}

static bool wait_for(const world *w, const char *name) {
  char path[600];
  path_of(w, name, path, sizeof path);
  for (uint32_t ms = 0; ms < ENOUGH_MS; ms += STEP_MS) {
    if (os_path_exists(path))
      return true;
    os_sleep_ms(STEP_MS);
  }
  return false;
}

static bool say(const world *w, const char *name) {
  char path[600];
  path_of(w, name, path, sizeof path);
  return os_file_replace(path, "", 0);
}

/* ---- the other process ------------------------------------------------------------------------------------------- */

static bool starts_and_runs(world *w) {
  hcsref_hcs_system system = open_system(w, "one");
  bool ok = system != NULL && strstr(state_of(w, system), "\"State\":\"Created\"") != NULL &&
            act(api->start_compute_system, system) == 0 && runs_in(w, system);
  api->close_compute_system(system);
  return ok;
}

/* It leaves its handle open, as runhcs does. */
static bool creates_and_goes(world *w) {
  return create(w, "two") != NULL && say(w, "created") && wait_for(w, "opened");
}

static bool terminates(world *w) {
  hcsref_hcs_system system = open_system(w, "three");
  return system != NULL && act(api->terminate_compute_system, system) == 0;
}

static bool runs_something_lasting(world *w) {
  hcsref_hcs_process_info info;
  char number[16];
  hcsref_hcs_system system = open_system(w, "four");
  hcsref_hcs_process process = system == NULL ? NULL : run(w, system, lasting(), &info);
  char path[600];
  path_of(w, "number", path, sizeof path);
  if (process == NULL)
    return false;
  snprintf(number, sizeof number, "%lu", (unsigned long)info.process_id);
  return os_file_replace(path, number, strlen(number)) && wait_for(w, "killed");
}

enum { WRITERS = 8, WRITTEN = 500, DOTS = 61, MOST_READ = 1 << 20 };

/* A number and as many dots as it leaves, so that one line on top of another shows. The last one goes through a file of
 * its own, as hcssim.dll's does. */
static bool writes_lines(world *w) {
  static const char dots[] = ".............................................................";
  os_log *log = os_log_open(w->record), *last = os_log_open(w->record);
  bool ok = log != NULL && last != NULL;
  for (unsigned i = 1; ok && i <= WRITTEN; i++) {
    char line[80];
    int length = snprintf(line, sizeof line, "%u%.*s\n", i, (int)(i % DOTS), dots);
    ok = os_log_append(i == WRITTEN ? last : log, line, (size_t)length);
  }
  os_log_close(last);
  os_log_close(log);
  return ok;
}

static const struct {
  const char *name;
  bool (*perform)(world *w);
} others[] = {{"starts", starts_and_runs},
              {"creates", creates_and_goes},
              {"terminates", terminates},
              {"lasts", runs_something_lasting},
              {"writes", writes_lines}};

static int be_the_other(const char *name, const char *folder, const char *volume) {
  static world w;
  bool ok = false;
  hcsref_arena_init(&w.arena, NULL, 0);
  snprintf(w.folder, sizeof w.folder, "%s", folder);
  snprintf(w.volume, sizeof w.volume, "%s", volume);
  path_of(&w, "base", w.base, sizeof w.base);
  path_of(&w, "record.jsonl", w.record, sizeof w.record);
  sim_settings settings = {w.folder, w.record, NULL, HCSREF_BUILD_LTSC2022, shim_calls(), NULL, false, NULL, false};
  w.service = sim_open(&settings);
  shim_use(w.service);
  for (size_t i = 0; w.service != NULL && i < sizeof(others) / sizeof(others[0]); i++)
    if (strcmp(others[i].name, name) == 0)
      ok = others[i].perform(&w);
  os_die(ok ? 0 : 1); /* at once, as programs end: nothing is closed */
  return 1;
}

/* ---- this process ---- */

static os_process *start_other(const world *w, const char *name) {
  char line[2048], *program = os_program_path();
  os_stream streams[3] = {NULL, NULL, NULL};
  os_command command;
  os_process *process;
  uint32_t code;
  assert_non_null(program);
  snprintf(line, sizeof line, "\"%s\" %s \"%s\" \"%s\"", program, name, w->folder, w->volume);
  memset(&command, 0, sizeof(command));
  command.command_line = line;
  process = os_process_start(&command, streams, &code);
  assert_non_null(process);
  free(program);
  return process;
}

static void assert_did(os_process *other) {
  assert_int_equal(os_process_wait(other), 0);
  os_process_free(other);
}

static void another_process_starts_a_system(void **state) {
  world *w = *state;
  hcsref_hcs_system system;
  world_mount(w);
  system = create(w, "one");
  assert_non_null(system);
  assert_did(start_other(w, "starts"));
  assert_contains(state_of(w, system), "\"State\":\"Running\""); /* the other one's handle was not the last */
  assert_true(runs_in(w, system));
  api->close_compute_system(system);
  assert_null(open_system(w, "one"));
  world_unmount(w);
}

static void a_system_outlives_who_created_it(void **state) {
  world *w = *state;
  hcsref_hcs_system system;
  os_process *other;
  world_mount(w);
  other = start_other(w, "creates");
  assert_true(wait_for(w, "created"));
  system = open_system(w, "two");
  assert_non_null(system);
  assert_true(say(w, "opened"));
  assert_did(other);
  assert_contains(state_of(w, system), "\"State\":\"Created\"");
  assert_code(act(api->start_compute_system, system), 0);
  assert_true(runs_in(w, system));
  api->close_compute_system(system); /* the last one of all */
  assert_null(open_system(w, "two"));
  world_unmount(w);
}

static void another_process_ends_a_system(void **state) {
  world *w = *state;
  hcsref_hcs_system system;
  hcsref_hcs_process process;
  hcsref_hcs_process_info info;
  hcsref_wchar *status = NULL;
  os_process *other;
  world_mount(w);
  system = create(w, "three");
  assert_non_null(system);
  assert_code(act(api->start_compute_system, system), 0);
  process = run(w, system, lasting(), &info);
  assert_non_null(process);
  other = start_other(w, "terminates");
  assert_code(api->wait_for_compute_system_exit(system, ENOUGH_MS, &status), 0);
  assert_contains(text_of(w, status), "\"ExitType\":\"ForcedExit\"");
  assert_did(other);
  close_streams(&info);
  api->close_process(process);
  api->close_compute_system(system);
  world_unmount(w);
}

/* As `runhcs ps` asks, which starts no process itself (hcsshim cmd/runhcs/ps.go). */
static void assert_listed_once(const char *answer, const char *number) {
  char part[64];
  const char *at;
  snprintf(part, sizeof part, "\"ProcessId\":%s,\"ImageName\":\"hcssim_test_shared", number);
  assert_contains(answer, part);
  at = strstr(answer, part);
  assert_null(strstr(at + 1, "\"ProcessId\""));
  assert_null(strstr(at, "\"CreateTimestamp\":\"0001"));
}

static void processes_of_others_can_be_opened(void **state) {
  world *w = *state;
  hcsref_hcs_system system;
  hcsref_hcs_process process = NULL;
  hcsref_hcs_operation operation;
  hcsref_wchar *status = NULL;
  os_process *other;
  char path[600], *number;
  size_t size = 0;
  world_mount(w);
  system = create(w, "four");
  assert_non_null(system);
  assert_code(act(api->start_compute_system, system), 0);
  other = start_other(w, "lasts");
  assert_true(wait_for(w, "number"));
  path_of(w, "number", path, sizeof path);
  number = os_file_read(path, 20, &size);
  assert_non_null(number);
  assert_listed_once(ask(w, system, PROCESS_LIST), number);
  assert_code(core_HcsOpenProcess(system, (uint32_t)strtoul(number, NULL, 10), 0x10000000u, &process), 0);
  assert_listed_once(ask(w, system, PROCESS_LIST), number);
  assert_null(strstr(ask(w, system, "{\"PropertyTypes\":[\"Statistics\"]}"), "\"MemoryUsageCommitBytes\":0,"));
  free(number);
  operation = api->create_operation(NULL, NULL);
  api->terminate_process(process, operation, NULL);
  assert_code(finish(operation, NULL), 0);
  assert_code(api->wait_for_process_exit(process, ENOUGH_MS, &status), 0);
  assert_contains(text_of(w, status), "\"Exited\":true");
  assert_null(strstr(ask(w, system, PROCESS_LIST), "\"ProcessId\""));
  assert_true(say(w, "killed"));
  assert_did(other);
  api->close_process(process);
  api->close_compute_system(system);
  world_unmount(w);
}

static void lines_of_several_processes_stay_whole(void **state) {
  world *w = *state;
  os_process *writers[WRITERS];
  char *text, *at, *end, *rest;
  size_t size = 0, sum = 0;
  for (size_t i = 0; i < WRITERS; i++)
    writers[i] = start_other(w, "writes");
  for (size_t i = 0; i < WRITERS; i++)
    assert_did(writers[i]);
  text = os_file_read(w->record, MOST_READ, &size);
  assert_non_null(text);
  for (at = text; (end = strchr(at, '\n')) != NULL; at = end + 1) {
    size_t number = strtoul(at, &rest, 10);
    *end = '\0';
    if (strspn(rest, ".") != number % DOTS || rest + number % DOTS != end)
      fail_msg("not a whole line: %s", at);
    sum += number;
  }
  assert_int_equal(at - text, size);
  assert_int_equal(sum, WRITERS * WRITTEN * (WRITTEN + 1) / 2);
  free(text);
}

#ifdef _WIN32
typedef LONG(NTAPI *nt_open_job)(HANDLE *job, ACCESS_MASK access, OBJECT_ATTRIBUTES *attributes);

/* As hcsshim opens it: internal/hcs/system.go siloNameFmt. */
static bool job_opens(void) {
  static wchar_t name[] = L"\\Container_five";
  union {
    FARPROC address;
    nt_open_job call;
  } function;
  UNICODE_STRING text = {sizeof(name) - sizeof(*name), sizeof(name), name};
  OBJECT_ATTRIBUTES attributes;
  HANDLE job = NULL;
  memset(&attributes, 0, sizeof(attributes));
  attributes.Length = sizeof(attributes);
  attributes.ObjectName = &text;
  function.address = GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "NtOpenJobObject");
  if (function.address == NULL || function.call(&job, JOB_OBJECT_ALL_ACCESS, &attributes) != 0)
    return false;
  CloseHandle(job);
  return true;
}

static void the_job_has_a_name(void **state) {
  world *w = *state;
  hcsref_hcs_system system;
  world_mount(w);
  assert_false(job_opens());
  system = create(w, "five");
  assert_non_null(system);
  assert_true(job_opens());
  api->close_compute_system(system);
  world_unmount(w);
}

/* Two services, each with its own state, may have containers of one id. */
static void a_job_of_another_service_is_left_alone(void **state) {
  os_group *first = os_group_new("six", false, true, 0, 0), *own = os_group_new("six", false, true, 0, 0);
  os_group *joined = os_group_new("six", true, true, 0, 0);
  (void)state;
  assert_non_null(first);
  assert_non_null(own);
  assert_non_null(joined);
  assert_true(os_group_is_named(first));
  assert_false(os_group_is_named(own));
  assert_true(os_group_is_named(joined));
  os_group_free(joined);
  os_group_free(own);
  os_group_free(first);
}
#endif

/* What somebody else wrote may be anything: the system can be looked at, but nothing runs in it. */
static void a_planted_document_runs_nothing(void **state) {
  static const char *const documents[] = {"", "{", "{\"Container\":{}}", "[]"};
  world *w = *state;
  sim_stored_process holder = {.number = 0};
  os_command command;
  os_stream streams[3] = {NULL, NULL, NULL};
  os_process *holding;
  char line[2048], path[600];
  uint32_t code;
  memset(&command, 0, sizeof(command));
  path_of(w, "holds", path, sizeof path);
  snprintf(line, sizeof line, "%s \"%s\"", lasting(), path);
  command.command_line = line;
  holding = os_process_start(&command, streams, &code);
  assert_non_null(holding);
  /* Wine's helper of a program without a console stays for ever when the program is killed before it has begun. */
  assert_true(wait_for(w, "holds"));
  holder.number = os_process_number(holding);
  holder.started = os_process_started(holder.number);
  for (size_t i = 0; i < sizeof(documents) / sizeof(documents[0]); i++) {
    hcsref_hcs_process_info info;
    hcsref_hcs_system system;
    sim_stored_system stored;
    memset(&stored, 0, sizeof(stored));
    stored.id = HCSREF_LIT("planted");
    stored.state = HCSREF_LIT("Running");
    stored.terminate_on_last_handle = true;
    stored.holders.items = &holder;
    stored.holders.len = stored.holders.cap = 1;
    stored.document = hcsref_cstr(documents[i]);
    assert_true(sim_store_write(w->service, "systems", stored.id, &sim_stored_system_type, &stored));
    system = open_system(w, "planted");
    assert_non_null(system);
    assert_contains(state_of(w, system), "\"State\":\"Running\"");
    assert_null(run(w, system, "x", &info));
    api->close_compute_system(system);
    system = open_system(w, "planted"); /* the holder still has one */
    assert_non_null(system);
    assert_code(act(api->terminate_compute_system, system), 0);
    api->close_compute_system(system);
  }
  os_process_kill(holding, 1);
  os_process_wait(holding);
  os_process_free(holding);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      TEST(another_process_starts_a_system),
      TEST(a_system_outlives_who_created_it),
      TEST(another_process_ends_a_system),
      TEST(processes_of_others_can_be_opened),
      TEST(a_planted_document_runs_nothing),
      TEST(lines_of_several_processes_stay_whole),
#ifdef _WIN32
      TEST(the_job_has_a_name),
      TEST(a_job_of_another_service_is_left_alone),
#endif
  };
  if (argc == 2 || argc == 3) { /* lasts; says that it has begun */
    if (argc == 3)
      (void)os_file_replace(argv[2], "", 0);
    os_sleep_ms(600000);
    return 0;
  }
  if (argc == 4)
    return be_the_other(argv[1], argv[2], argv[3]);
  return world_end(cmocka_run_group_tests(tests, NULL, NULL));
}
