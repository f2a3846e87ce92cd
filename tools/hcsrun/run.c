/* SPDX-License-Identifier: Apache-2.0 */
/* hcsrun run and create: one container from the command line. */
#include "console.h"
#include "session.h"

#include "platform/platform.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#define POLL_MS  100u  /* how often Ctrl-C is looked for */
#define DRAIN_MS 5000u /* how long output may come after the program's end */

typedef struct run_options {
  container_options c;
} run_options;

typedef struct create_options {
  container_options c;
  bool dry_run;
} create_options;

/* ---- stdio ---- */

/* One direction of a process's stdio. */
typedef struct pump {
  const hcsref_live_os *os;
  hcsref_os_handle stream;
  int descriptor; /* where it goes to */
  FILE *file;     /* stderr, which has no descriptor of the platform's */
  platform_thread *thread;
  volatile LONG over;
} pump;

/* Not on a stack: a stream that nobody ends may be read longer than anything else here lives. */
static pump pumps[2];

static void pump_out(void *context) {
  pump *p = context;
  char data[8192];
  ptrdiff_t got;
  while ((got = p->os->stream_read(p->stream, data, sizeof data)) > 0) {
    if (p->file != NULL)
      fwrite(data, 1, (size_t)got, p->file);
    else
      platform_write(p->descriptor, data, (size_t)got);
  }
  if (p->file != NULL)
    fflush(p->file);
  InterlockedExchange(&p->over, 1);
}

static void start_pump(pump *p, const hcsref_live_os *os, hcsref_os_handle stream, FILE *file) {
  p->os = os;
  p->stream = stream;
  p->descriptor = PLATFORM_STDOUT;
  p->file = file;
  p->thread = stream == NULL ? NULL : platform_thread_start(pump_out, p);
  if (p->thread == NULL)
    p->over = 1;
}

/* Waits for both; their threads are gone then. */
static bool drained(uint32_t ms) {
  for (uint64_t end = GetTickCount64() + ms; pumps[0].over == 0 || pumps[1].over == 0;) {
    if (GetTickCount64() >= end)
      return false;
    Sleep(5);
  }
  for (int i = 0; i < 2; i++)
    platform_thread_join(pumps[i].thread);
  return true;
}

typedef struct stdin_pump {
  hcsref_live_process *process;
  const hcsref_live_os *os;
  hcsref_os_handle stream;
} stdin_pump;

/* Nobody waits for it: our own stdin may never end. */
static void pump_in(void *context) {
  stdin_pump p = *(stdin_pump *)context;
  char data[8192];
  ptrdiff_t got;
  free(context);
  while ((got = platform_read(PLATFORM_STDIN, data, sizeof data)) > 0)
    if (!p.os->stream_write(p.stream, data, (size_t)got))
      return;
  p.os->stream_close(p.stream);
}

static bool start_stdin(const hcsref_live_os *os, hcsref_live_process *process) {
  stdin_pump *p = malloc(sizeof(*p));
  hcsref_hcs_process_info *info = (hcsref_hcs_process_info *)(uintptr_t)hcsref_live_process_info(process);
  bool started = true;
  if (p == NULL)
    return false;
  p->process = process;
  p->os = os;
  p->stream = info->std_input;
  info->std_input = NULL; /* the thread closes it */
  return platform_thread_start(pump_in, p) != NULL && started;
}

/* ---- run ---- */

static int fail(const container *c) {
  return complain(&c->err, RUN_SERVICE);
}

static int wait_for_end(container *c, hcsref_live_process *process) {
  uint32_t exit_code = 0;
  for (;;) {
    if (hcsref_live_wait(process, POLL_MS, &exit_code, &c->err))
      return (int)exit_code;
    if (strcmp(c->err.code, "hcs-timeout") != 0)
      return fail(c);
    if (system_interrupted()) {
      hcsref_live_kill(process, &c->err);
      tell("interrupted");
      return RUN_INTERRUPTED;
    }
  }
}

static int attach(container *c, hcsref_live_process *process) {
  const hcsref_live_os *os = c->session->windows.api.os;
  const hcsref_hcs_process_info *info = hcsref_live_process_info(process);
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  int status;
  start_pump(&pumps[0], os, info->std_output, NULL);
  start_pump(&pumps[1], os, info->std_error, stderr);
  if (info->std_input != NULL && !start_stdin(os, process))
    tell("standard input could not be attached");
  status = wait_for_end(c, process);
  /* Programs that it started may hold its streams. They end with the container. */
  if (!drained(system_interrupted() ? 0 : DRAIN_MS)) {
    hcsref_live_terminate(c->live, &err);
    drained(DRAIN_MS);
  }
  return status;
}

static bool split_environment(container *c, const hcsref_slice *list, hcsref_map *out) {
  const hcsref_str *items = list->items;
  for (size_t i = 0; i < list->len; i++) {
    const char *equals = items[i].len == 0 ? NULL : memchr(items[i].data, '=', items[i].len);
    hcsref_string_entry *entry;
    if (equals == NULL || (size_t)(equals - items[i].data) + 1 == items[i].len)
      continue; /* one without a value is dropped: hcsshim internal/cmd */
    entry = hcsref_map_push(&c->arena, out, sizeof(*entry));
    if (entry == NULL)
      return hcsref_fail_memory(&c->err);
    entry->key = hcsref_str_first(items[i], (size_t)(equals - items[i].data));
    entry->value = hcsref_str_skip(items[i], entry->key.len + 1);
  }
  return true;
}

static bool process_of_spec(container *c, const hcsref_oci_process *process, const cli_list *operands,
                            hcsref_str *document) {
  process_options options;
  hcsref_slice words = {NULL, 0, 0};
  memset(&options, 0, sizeof options);
  for (size_t i = 0; i < operands->count; i++) {
    hcsref_str *word = hcsref_slice_push(&c->arena, &words, sizeof(*word));
    if (word == NULL)
      return hcsref_fail_memory(&c->err);
    *word = hcsref_cstr(operands->items[i]);
  }
  options.arguments = words.items != NULL ? words.items : process->args.items;
  options.argument_count = words.items != NULL ? words.len : process->args.len;
  if (words.items == NULL)
    options.command_line = process->command_line;
  options.folder = process->cwd;
  options.user = process->user.username;
  options.terminal = process->terminal;
  options.console = process->console_size;
  options.in = true;
  if (options.argument_count == 0 && options.command_line.len == 0)
    return hcsref_fail(&c->arena, &c->err, "usage", hcsref_str_from(NULL, 0),
                       "no command: give one after --, or a spec with process.args");
  return split_environment(c, &process->env, &options.environment) &&
         (process_document(c, &c->arena, &options, document) || hcsref_fail_memory(&c->err));
}

static int run_container(container *c, session *s, hcsref_oci_spec *spec, const run_options *options,
                         const cli_list *operands) {
  hcsref_live_process *process;
  hcsref_str document;
  int status;
  if (!container_up(c, s, spec, options->c.network) || !process_of_spec(c, spec->process, operands, &document) ||
      !hcsref_live_run(c->live, document, &process, &c->err))
    return fail(c);
  status = attach(c, process);
  hcsref_live_process_close(process);
  return status;
}

/* Takes it down and tells what is left. */
static int finish(container *c, int status) {
  hcsref_str message = {NULL, 0};
  if (container_down(c, &c->session->arena, &message))
    return status;
  tell("not everything could be undone: %v; try 'hcsrun cleanup'", message);
  return status == 0 ? RUN_SERVICE : status;
}

static int run(const cli_invocation *invocation) {
  const run_options *options = invocation->options;
  session s;
  container c;
  hcsref_oci_spec *spec;
  int status = session_open(&s, &options->c, true, false);
  if (status == RUN_OK) {
    spec = spec_from_options(&s, &options->c);
    system_catch_interrupts();
    status = spec == NULL ? RUN_USAGE : finish(&c, run_container(&c, &s, spec, options, &invocation->operands));
  }
  session_close(&s);
  return status;
}

/* ---- create --dry-run ---- */

static int create(const cli_invocation *invocation) {
  const create_options *options = invocation->options;
  session s;
  container c;
  hcsref_oci_spec *spec;
  int status;
  if (!options->dry_run) {
    tell("create: only --dry-run is supported; 'hcsrun run' makes containers (see 'hcsrun create --help')");
    return RUN_USAGE;
  }
  status = session_open(&s, &options->c, true, true);
  if (status == RUN_OK) {
    spec = spec_from_options(&s, &options->c);
    status = spec == NULL ? RUN_USAGE : RUN_OK;
    if (spec != NULL && container_up(&c, &s, spec, options->c.network))
      printf("%.*s\n", (int)c.document.len, c.document.data);
    else if (spec != NULL)
      status = fail(&c);
    if (spec != NULL)
      status = finish(&c, status);
  }
  session_close(&s);
  return status;
}

/* ---- the tables ---- */

#define SPEC_OPTIONS(s)                                                                                                \
  {.name = "spec",                                                                                                     \
   .kind = CLI_FILE,                                                                                                   \
   .argument = "FILE",                                                                                                 \
   .offset = offsetof(s, c.spec),                                                                                      \
   .help = "Take the rest from this OCI spec (config.json); its layers and root are replaced."},                       \
      {.name = "mount",                                                                                                \
       .kind = CLI_TEXT,                                                                                               \
       .repeatable = true,                                                                                             \
       .argument = "source=PATH,target=PATH[,readonly]",                                                               \
       .offset = offsetof(s, c.mounts),                                                                                \
       .help = "Show a folder or a file of the host in the container."},                                               \
      {.name = "pipe",                                                                                                 \
       .kind = CLI_TEXT,                                                                                               \
       .repeatable = true,                                                                                             \
       .argument = "HOST=CONTAINER",                                                                                   \
       .offset = offsetof(s, c.pipes),                                                                                 \
       .help = "Show a named pipe of the host in the container.",                                                      \
       .example = "\\\\.\\pipe\\docker_engine=\\\\.\\pipe\\docker_engine"},                                            \
      {.name = "env",                                                                                                  \
       .short_name = 'e',                                                                                              \
       .kind = CLI_TEXT,                                                                                               \
       .repeatable = true,                                                                                             \
       .argument = "NAME=VALUE",                                                                                       \
       .offset = offsetof(s, c.environment),                                                                           \
       .help = "Set an environment variable of the process."},                                                         \
      {.name = "hostname",                                                                                             \
       .kind = CLI_TEXT,                                                                                               \
       .argument = "NAME",                                                                                             \
       .offset = offsetof(s, c.hostname),                                                                              \
       .help = "The container's host name."},                                                                          \
      {.name = "workdir",                                                                                              \
       .short_name = 'w',                                                                                              \
       .kind = CLI_TEXT,                                                                                               \
       .argument = "PATH",                                                                                             \
       .offset = offsetof(s, c.folder),                                                                                \
       .help = "Working folder of the process."},                                                                      \
      {.name = "user",                                                                                                 \
       .short_name = 'u',                                                                                              \
       .kind = CLI_TEXT,                                                                                               \
       .argument = "NAME",                                                                                             \
       .offset = offsetof(s, c.user),                                                                                  \
       .help = "User of the process, such as ContainerUser or ContainerAdministrator."},                               \
      {.name = "cpus",                                                                                                 \
       .kind = CLI_NUMBER,                                                                                             \
       .argument = "N",                                                                                                \
       .most = 1024,                                                                                                   \
       .offset = offsetof(s, c.cpus),                                                                                  \
       .help = "Number of processors. Excludes the next two options."},                                                \
      {.name = "cpu-maximum",                                                                                          \
       .kind = CLI_NUMBER,                                                                                             \
       .argument = "N",                                                                                                \
       .most = 10000,                                                                                                  \
       .offset = offsetof(s, c.cpu_maximum),                                                                           \
       .help = "Share of all processors, in hundredths of a percent."},                                                \
      {.name = "cpu-weight",                                                                                           \
       .kind = CLI_NUMBER,                                                                                             \
       .argument = "N",                                                                                                \
       .most = 10000,                                                                                                  \
       .offset = offsetof(s, c.cpu_weight),                                                                            \
       .help = "Processor weight relative to other containers."},                                                      \
      {.name = "memory",                                                                                               \
       .kind = CLI_SIZE,                                                                                               \
       .argument = "BYTES",                                                                                            \
       .offset = offsetof(s, c.memory),                                                                                \
       .help = "Memory limit.",                                                                                        \
       .example = "512M"},                                                                                             \
  {                                                                                                                    \
    .name = "network", .kind = CLI_FLAG, .offset = offsetof(s, c.network),                                             \
    .help = "Make a network namespace for it, without endpoints."                                                      \
  }

static const cli_option run_rows[] = {SPEC_OPTIONS(run_options), CONTAINER_OPTIONS(run_options)};
static const cli_option create_rows[] = {
    {.name = "dry-run",
     .kind = CLI_FLAG,
     .offset = offsetof(create_options, dry_run),
     .help = "Print the document on standard output, and the calls in their order on standard error; make nothing."},
    SPEC_OPTIONS(create_options),
    CONTAINER_OPTIONS(create_options)};

static const cli_example run_examples[] = {
    {"hcsrun run --image mcr.microsoft.com/windows/nanoserver:ltsc2022 -- cmd /c ver",
     "Runs a command in a new container."},
    {"hcsrun run --layers C:\\layers\\app --mount source=C:\\data,target=C:\\data -- app.exe",
     "Takes the layers from a folder and mounts another folder."},
};
static const cli_example create_examples[] = {
    {"hcsrun create --dry-run --layers C:\\layers\\base --cpus 2 -- cmd", "Shows what would be handed to the service."},
};
static const cli_status run_statuses[] = {
    {0, "the exit code of the container's process, whatever it is"},
    {RUN_USAGE, "wrong options (or the process ended with 2)"},
    {RUN_SERVICE, "the container could not be run, or not all of it could be removed"},
    {RUN_INTERRUPTED, "Ctrl-C; the container has been removed"},
};
static const cli_status create_statuses[] = {
    {RUN_OK, "printed"}, {RUN_USAGE, "wrong options"}, {RUN_SERVICE, "there would be no such document"}};

const cli_command run_spec_command = {
    .name = "run",
    .summary = "run a command in a new container",
    .operands = "[-- COMMAND [ARGUMENT]...]",
    .most_operands = SIZE_MAX,
    .description = "Mounts the layers, translates the spec as hcsshim does, creates and starts the container, runs the "
                   "command with this program's standard streams, passes on its exit code and undoes "
                   "everything.\n\nWithout a command the spec's process is run.",
    .options_size = sizeof(run_options),
    .options = run_rows,
    .option_count = CLI_COUNT(run_rows),
    .examples = run_examples,
    .example_count = CLI_COUNT(run_examples),
    .statuses = run_statuses,
    .status_count = CLI_COUNT(run_statuses),
    .run = run,
};

const cli_command create_command = {
    .name = "create",
    .summary = "show the document and the calls of a container",
    .operands = "[-- COMMAND [ARGUMENT]...]",
    .most_operands = SIZE_MAX,
    .description = "With --dry-run: prints the exact document that 'hcsrun run' would hand to the service, and each "
                   "call that it would make, in order. The volume is a zero GUID, because nothing is mounted.",
    .options_size = sizeof(create_options),
    .options = create_rows,
    .option_count = CLI_COUNT(create_rows),
    .examples = create_examples,
    .example_count = CLI_COUNT(create_examples),
    .statuses = create_statuses,
    .status_count = CLI_COUNT(create_statuses),
    .run = create,
};
