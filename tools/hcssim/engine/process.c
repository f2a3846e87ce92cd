/* SPDX-License-Identifier: Apache-2.0 */
/* The processes of a container: real ones of the system the simulator runs on. */
#include "engine/vm/machine.h"

#include <stdlib.h>
#include <string.h>

static hcsref_str encode_status(hcsref_arena *arena, const sim_process *process) {
  hcsref_v2_process_status status;
  hcsref_str text = {NULL, 0};
  memset(&status, 0, sizeof(status));
  status.process_id = process->number;
  status.exited = process->exited;
  status.exit_code = process->exit_code;
  hcsref_json_encode(arena, &hcsref_type_v2_process_status, &status, &text, NULL);
  return text;
}

typedef struct watch {
  sim *s;
  sim_process *process;
} watch;

/* A thread a process: waits for its end and tells. */
static void watch_process(void *context) {
  watch w = *(watch *)context;
  uint32_t code = os_process_wait(w.process->process);
  sim_event event = {HCSREF_NOTIFY_PROCESS_EXITED, HCSREF_EVENT_PROCESS_EXITED, 0, NULL, false, false};
  hcsref_arena arena;
  free(context);
  hcsref_arena_init(&arena, NULL, 0);
  os_monitor_enter(w.s->monitor);
  os_process_times(w.process->process, &w.process->user, &w.process->kernel);
  w.process->exited = true;
  w.process->exit_code = code;
  event.document = sim_text_copy(encode_status(&arena, w.process));
  sim_tell(w.s, &w.process->source, event, 0);
  if (w.process->system->state != SIM_STOPPED) {
    (void)sim_system_store(w.s, w.process->system);
    if (w.process->system->stored) /* maybe another process ends the whole system */
      sim_system_poll(w.s, w.process->system);
  }
  os_monitor_wake(w.s->monitor);
  sim_process_release(w.s, w.process);
  sim_thread_ends(w.s);
  os_monitor_leave(w.s->monitor);
  hcsref_arena_free(&arena);
}

static bool start_watch(sim *s, sim_process *process) {
  watch *w = malloc(sizeof(*w));
  if (w == NULL)
    return false;
  w->s = s;
  w->process = process;
  process->references++;
  if (sim_thread_starts(s, watch_process, w))
    return true;
  process->references--;
  free(w);
  return false;
}

/* ---- creation ----------------------------------------------------------------------- */

/* What both schemas say of a process. */
typedef struct process_request {
  hcsref_str application, command_line, folder;
  hcsref_map environment;
  bool in, out, err;
} process_request;

static bool read_v2(sim_call *call, hcsref_str text, process_request *out) {
  hcsref_v2_process_parameters p;
  memset(&p, 0, sizeof(p));
  if (!sim_read_document(call, text, &hcsref_type_v2_process_parameters, &p))
    return false;
  out->application = p.application_name;
  out->command_line = p.command_line;
  out->folder = p.working_directory;
  out->environment = p.environment;
  out->in = p.create_std_in_pipe;
  out->out = p.create_std_out_pipe;
  out->err = p.create_std_err_pipe && !p.emulate_console;
  return true;
}

static bool read_v1(sim_call *call, hcsref_str text, process_request *out) {
  hcsref_v1_process_config p;
  memset(&p, 0, sizeof(p));
  if (!sim_read_document(call, text, &hcsref_type_v1_process_config, &p))
    return false;
  out->application = p.application_name;
  out->command_line = p.command_line;
  out->folder = p.working_directory;
  out->environment = p.environment;
  out->in = p.create_std_in_pipe;
  out->out = p.create_std_out_pipe;
  out->err = p.create_std_err_pipe && !p.emulate_console;
  return true;
}

/* hcsshim hands ProcessParameters to a schema 2 container and ProcessConfig to one of schema 1: internal/cmd/cmd.go. */
static bool read_request(sim_call *call, const sim_system *system, hcsref_str text, process_request *out) {
  bool ok = system->container.schema2 ? read_v2(call, text, out) : read_v1(call, text, out);
  if (ok && out->command_line.len == 0 && out->application.len == 0)
    return sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "There is no command line.");
  return ok;
}

static void upper_case(char *text) {
  for (; text != NULL && *text != '\0'; text++)
    if (*text >= 'a' && *text <= 'z')
      *text = (char)(*text - 32);
}

static bool is_path(hcsref_str variable) {
  return hcsref_str_equal_ascii_fold(variable, HCSREF_LIT("PATH"));
}

/* The container's own variables, then the request's; null: out of memory. */
static os_variable *make_variables(sim_call *call, const sim_system *system, const process_request *request,
                                   size_t *count) {
  const sim_container *container = &system->container;
  const hcsref_string_entry *entries = request->environment.entries;
  os_variable *list = hcsref_arena_array(&call->arena, request->environment.len + 3, sizeof(*list));
  hcsref_str number = {NULL, 0};
  size_t used = 0;
  if (list == NULL)
    return NULL;
  if (container->hostname.len > 0) {
    char *name = sim_c_string(&call->arena, hcsref_str_first(container->hostname, 15));
    upper_case(name);
    list[used].name = "COMPUTERNAME";
    list[used++].value = name;
  }
  if (container->processors > 0 && hcsref_format(&call->arena, &number, "%u", (uint64_t)container->processors)) {
    list[used].name = "NUMBER_OF_PROCESSORS";
    list[used++].value = sim_c_string(&call->arena, number);
  }
  if (container->directories.len > 0) {
    list[used].name = "HCSSIM_MAPPED";
    list[used++].value = sim_view_mapped(system, &call->arena);
  }
  for (size_t i = 0; i < request->environment.len; i++) {
    hcsref_str value = entries[i].value;
    if (is_path(entries[i].key) && !sim_volume_search(container, &call->arena, value, &value))
      return NULL;
    list[used].name = sim_c_string(&call->arena, entries[i].key);
    list[used++].value = sim_c_string(&call->arena, value);
  }
  for (size_t i = 0; i < used; i++)
    if (list[i].name == NULL || list[i].value == NULL)
      return NULL;
  *count = used;
  return list;
}

static hcsref_str first_word(hcsref_str line) {
  bool quoted = line.len > 0 && line.data[0] == '"';
  size_t end = quoted;
  while (end < line.len && (quoted ? line.data[end] != '"' : line.data[end] != ' ' && line.data[end] != '\t'))
    end++;
  return hcsref_str_from(line.data + quoted, end - quoted);
}

/* The last part of the first word, as process lists show it. */
static char *image_name(hcsref_str line) {
  hcsref_str word = first_word(line);
  size_t start = word.len;
  while (start > 0 && word.data[start - 1] != '\\' && word.data[start - 1] != '/')
    start--;
  return sim_text_copy(hcsref_str_skip(word, start));
}

/* What is run: a request may name the program alone. */
static hcsref_str line_of(const process_request *request) {
  return request->command_line.len > 0 ? request->command_line : request->application;
}

/* The program in the container's own volume that the command line begins with; null: it is looked for as usual. */
static char *program_of(sim_call *call, const sim_system *system, const process_request *request) {
  const hcsref_string_entry *entries = request->environment.entries;
  hcsref_str search = {NULL, 0};
  for (size_t i = 0; i < request->environment.len; i++)
    if (is_path(entries[i].key))
      search = entries[i].value;
  return sim_volume_program(&system->container, &call->arena, search, first_word(request->command_line));
}

static os_process *start(sim_call *call, const sim_system *system, const process_request *request, os_stream streams[3],
                         uint32_t *code) {
  char *application = request->application.len == 0 ? NULL : sim_view(system, request->application);
  char *folder = request->folder.len == 0 ? NULL : sim_view(system, request->folder);
  char *command_line = sim_view(system, line_of(request));
  os_command command;
  os_process *process = NULL;
  memset(&command, 0, sizeof(command));
  command.application = application != NULL ? application : program_of(call, system, request);
  command.command_line = command_line;
  command.folder = folder;
  command.variables = make_variables(call, system, request, &command.variable_count);
  command.in = request->in;
  command.out = request->out;
  command.err = request->err;
  command.group = system->group;
  *code = HCSREF_ERROR_OUT_OF_MEMORY;
  if (command_line != NULL && command.variables != NULL && folder != NULL && !os_path_is_folder(folder))
    *code = HCSREF_ERROR_DIRECTORY;
  else if (command_line != NULL && command.variables != NULL)
    process = os_process_start(&command, streams, code);
  free(application);
  free(folder);
  free(command_line);
  return process;
}

static sim_process *new_process(sim_call *call, sim_system *system, os_process *started, hcsref_str line) {
  sim_process *process = calloc(1, sizeof(*process));
  if (process == NULL)
    return NULL;
  process->references = 1;
  process->process = started;
  process->number = os_process_number(started);
  process->started = os_process_started(process->number);
  process->created_wall_ms = os_wall_ms();
  process->image = image_name(line);
  process->system = system;
  system->references++;
  process->next = system->processes;
  system->processes = process;
  system->process_count++;
  (void)call;
  return process;
}

static void close_streams(os_stream streams[3]) {
  for (int i = 0; i < 3; i++) {
    os_stream_close(streams[i]);
    streams[i] = NULL;
  }
}

sim_handle sim_create_process(sim_call *call, sim_handle system_handle, hcsref_str parameters, sim_process_info *info) {
  sim_system *system = sim_system_running(call, system_handle);
  process_request request;
  os_process *started;
  sim_process *process;
  sim_handle handle = 0;
  uint32_t code;
  memset(&request, 0, sizeof(request));
  memset(info, 0, sizeof(*info));
  if (system != NULL && system->container.machine != NULL && !system->container.machine->guest_connection)
    return sim_fail(call, SIM_CONNECTION_CLOSED, "The service has no connection to the guest of the virtual machine.");
  if (system == NULL || !read_request(call, system, parameters, &request))
    return 0;
  if (system->process_count >= SIM_MAX_PROCESSES)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "The container has too many processes.");
  started = start(call, system, &request, info->streams, &code);
  if (started == NULL)
    return sim_fail(call, code, "The process %q could not be started.", line_of(&request));
  process = new_process(call, system, started, line_of(&request));
  if (process != NULL && start_watch(call->sim, process))
    handle = sim_handle_new(call->sim, SIM_PROCESS, process);
  if (handle == 0) {
    os_process_kill(started, 1);
    close_streams(info->streams);
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  }
  info->number = os_process_number(started);
  if (process == NULL)
    os_process_free(started);
  else if (handle == 0)
    sim_process_release(call->sim, process);
  else if (sim_system_store(call->sim, system))
    sim_system_poll(call->sim, system);
  return handle;
}

/* ---- the other calls ---------------------------------------------------------------- */

static os_process *open_other(sim_call *call, const sim_system *system, uint32_t number) {
  hcsref_slice others = {NULL, 0, 0};
  const sim_stored_process *other;
  sim_system_others(call->sim, &call->arena, system, &others);
  other = others.items;
  for (size_t i = 0; i < others.len; i++)
    if (other[i].number == number)
      return os_process_open(number, other[i].started);
  return NULL;
}

/* A process that another one runs in the system. */
static sim_process *adopt(sim_call *call, sim_system *system, uint32_t number) {
  os_process *opened = open_other(call, system, number);
  sim_process *process = opened == NULL ? NULL : new_process(call, system, opened, HCSREF_LIT(""));
  if (process == NULL) {
    if (opened != NULL)
      os_process_free(opened);
    return NULL;
  }
  process->foreign = true;
  if (start_watch(call->sim, process)) {
    process->references--; /* the watcher keeps it */
    return process;
  }
  sim_process_release(call->sim, process);
  return NULL;
}

sim_handle sim_open_process(sim_call *call, sim_handle system_handle, uint32_t number) {
  sim_system *system = sim_handle_get(call, system_handle, SIM_SYSTEM);
  sim_process *process = system == NULL ? NULL : system->processes;
  sim_handle handle;
  while (process != NULL && (process->number != number || process->exited))
    process = process->next;
  if (system == NULL)
    return 0;
  if (process == NULL)
    process = adopt(call, system, number);
  if (process == NULL)
    return sim_fail(call, HCSREF_ERROR_NOT_FOUND, "The container has no process %u.", (uint64_t)number);
  handle = sim_handle_new(call->sim, SIM_PROCESS, process);
  if (handle == 0)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "There are too many handles.");
  process->references++;
  return handle;
}

void sim_close_process(sim_call *call, sim_handle handle) {
  sim_process *process = sim_handle_get(call, handle, SIM_PROCESS);
  if (process == NULL)
    return;
  sim_unsubscribe_owner(call, &process->source, handle);
  sim_handle_free(call->sim, handle);
  sim_process_release(call->sim, process);
}

static sim_process *living(sim_call *call, sim_handle handle) {
  sim_process *process = sim_handle_get(call, handle, SIM_PROCESS);
  if (process == NULL || !process->exited)
    return process;
  sim_fail(call, HCSREF_HCS_PROCESS_ALREADY_STOPPED, "The process %u has exited.", (uint64_t)process->number);
  return NULL;
}

void sim_terminate_process(sim_call *call, sim_handle handle) {
  sim_process *process = living(call, handle);
  if (process != NULL)
    os_process_kill(process->process, SIM_PROCESS_ABORTED);
}

/* A process without a console of its own gets no console event: every signal ends it, as an unhandled one does. */
void sim_signal_process(sim_call *call, sim_handle handle, hcsref_str options) {
  static const char *const signals[] = {"CtrlC", "CtrlBreak", "CtrlClose", "CtrlLogOff", "CtrlShutdown"};
  sim_process *process = living(call, handle);
  hcsref_v2_signal_options parsed;
  memset(&parsed, 0, sizeof(parsed));
  if (process == NULL || !sim_read_document(call, options, &hcsref_type_v2_signal_options, &parsed))
    return;
  for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
    if (parsed.signal.len == 0 || hcsref_str_equal(parsed.signal, hcsref_cstr(signals[i]))) {
      os_process_kill(process->process, 0xC000013Au);
      return;
    }
  }
  sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "There is no signal %q.", parsed.signal);
}

/* The client closes its end of the pipe itself, which is what the process notices. */
void sim_modify_process(sim_call *call, sim_handle handle, hcsref_str settings) {
  const sim_process *process = living(call, handle);
  hcsref_v2_process_modify_request request;
  memset(&request, 0, sizeof(request));
  if (process == NULL || !sim_read_document(call, settings, &hcsref_type_v2_process_modify_request, &request))
    return;
  if (hcsref_str_equal(request.operation, HCSREF_LIT("CloseHandle"))   ? request.close_handle == NULL
      : hcsref_str_equal(request.operation, HCSREF_LIT("ConsoleSize")) ? request.console_size == NULL
                                                                       : true)
    sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "The operation %q is not possible.", request.operation);
}

void sim_process_properties(sim_call *call, sim_handle handle) {
  const sim_process *process = sim_handle_get(call, handle, SIM_PROCESS);
  if (process != NULL)
    call->document = encode_status(&call->arena, process);
}

void sim_process_number(sim_call *call, sim_handle handle, uint32_t *number) {
  const sim_process *process = sim_handle_get(call, handle, SIM_PROCESS);
  if (process != NULL)
    *number = process->number;
}

void sim_wait_process(sim_call *call, sim_handle handle, uint32_t ms) {
  sim_process *process = sim_handle_get(call, handle, SIM_PROCESS);
  uint64_t now = os_now_ms(), end = now + ms;
  if (process == NULL)
    return;
  process->references++;
  while (!process->exited && !call->sim->closing && !call->sim->disconnected && (ms == OS_FOREVER || now < end)) {
    os_monitor_wait(call->sim->monitor, ms == OS_FOREVER ? OS_FOREVER : (uint32_t)(end - now));
    now = os_now_ms();
  }
  if (process->exited)
    call->document = encode_status(&call->arena, process);
  else
    call->code = call->sim->disconnected ? HCSREF_HCS_SERVICE_DISCONNECT : HCSREF_HCS_TIMEOUT;
  sim_process_release(call->sim, process);
}
