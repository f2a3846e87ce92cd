/* SPDX-License-Identifier: Apache-2.0 */
/* Child processes on Windows: a job object that ends them together, anonymous pipes, and a thread a pipe, because an
 * anonymous pipe cannot be read or written without waiting. Tested under Wine; not run on a Windows host yet. */
#include "run/play/process.h"

#include "platform/program.h"
#include "platform/wide.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <windows.h>

/* What one pipe holds between its thread and us. */
#define PIPE_ROOM ((size_t)1 << 17)

/* A ring that one side fills and the other empties. */
typedef struct pipe_ring {
  HANDLE pipe;
  HANDLE thread;
  HANDLE moved; /* event: something was filled in or taken out, or it is over */
  CRITICAL_SECTION lock;
  HANDLE news; /* event of the process: wait here for anything */
  char data[PIPE_ROOM];
  size_t first, count;
  bool over; /* reading: the end was reached; writing: nobody reads, or nothing more is to come */
} pipe_ring;

struct kit_process {
  HANDLE job, handle, news;
  pipe_ring *rings[3]; /* KIT_STDOUT, KIT_STDERR, and input */
};

#define INPUT 2

/* ---- rings -------------------------------------------------------------------------------------------- */

static size_t ring_put(pipe_ring *r, const char *data, size_t size) {
  size_t put = 0;
  while (put < size && r->count < PIPE_ROOM) {
    size_t at = (r->first + r->count) % PIPE_ROOM;
    size_t run = at < r->first ? r->first - at : PIPE_ROOM - at;
    size_t n = size - put < run ? size - put : run;
    if (n > PIPE_ROOM - r->count)
      n = PIPE_ROOM - r->count;
    memcpy(r->data + at, data + put, n);
    r->count += n;
    put += n;
  }
  return put;
}

static size_t ring_take(pipe_ring *r, char *data, size_t size) {
  size_t taken = 0;
  while (taken < size && r->count > 0) {
    size_t run = PIPE_ROOM - r->first;
    size_t n = size - taken < run ? size - taken : run;
    if (n > r->count)
      n = r->count;
    memcpy(data + taken, r->data + r->first, n);
    r->first = (r->first + n) % PIPE_ROOM;
    r->count -= n;
    taken += n;
  }
  return taken;
}

static DWORD WINAPI read_thread(void *context) {
  pipe_ring *r = context;
  char chunk[16384];
  DWORD got;
  while (ReadFile(r->pipe, chunk, sizeof(chunk), &got, NULL) && got > 0) {
    size_t done = 0;
    while (done < got) {
      EnterCriticalSection(&r->lock);
      done += ring_put(r, chunk + done, got - done);
      LeaveCriticalSection(&r->lock);
      SetEvent(r->news);
      if (done < got)
        WaitForSingleObject(r->moved, INFINITE);
    }
  }
  EnterCriticalSection(&r->lock);
  r->over = true;
  LeaveCriticalSection(&r->lock);
  SetEvent(r->news);
  return 0;
}

static DWORD WINAPI write_thread(void *context) {
  pipe_ring *r = context;
  char chunk[16384];
  bool over = false;
  while (!over) {
    size_t size;
    DWORD put;
    EnterCriticalSection(&r->lock);
    size = ring_take(r, chunk, sizeof(chunk));
    over = size == 0 && r->over;
    LeaveCriticalSection(&r->lock);
    SetEvent(r->news);
    if (size > 0 && !WriteFile(r->pipe, chunk, (DWORD)size, &put, NULL)) {
      EnterCriticalSection(&r->lock);
      over = r->over = true;
      LeaveCriticalSection(&r->lock);
    } else if (size == 0 && !over) {
      WaitForSingleObject(r->moved, INFINITE);
    }
  }
  CloseHandle(r->pipe);
  r->pipe = NULL;
  SetEvent(r->news);
  return 0;
}

static pipe_ring *ring_start(HANDLE pipe, HANDLE news, LPTHREAD_START_ROUTINE run) {
  pipe_ring *r = calloc(1, sizeof(*r));
  if (r == NULL)
    return NULL;
  r->pipe = pipe;
  r->news = news;
  r->moved = CreateEventW(NULL, FALSE, FALSE, NULL);
  InitializeCriticalSection(&r->lock);
  r->thread = CreateThread(NULL, 0, run, r, 0, NULL);
  return r;
}

/* The process has ended, so its pipes are closed and the thread ends once nothing holds it up. */
static void ring_free(pipe_ring *r) {
  if (r == NULL)
    return;
  EnterCriticalSection(&r->lock);
  r->over = true;
  r->count = r->first = 0;
  LeaveCriticalSection(&r->lock);
  while (r->thread != NULL && WaitForSingleObject(r->thread, 10) == WAIT_TIMEOUT) {
    EnterCriticalSection(&r->lock);
    r->count = r->first = 0;
    LeaveCriticalSection(&r->lock);
    CancelSynchronousIo(r->thread);
    SetEvent(r->moved);
  }
  if (r->thread != NULL)
    CloseHandle(r->thread);
  if (r->pipe != NULL)
    CloseHandle(r->pipe);
  CloseHandle(r->moved);
  DeleteCriticalSection(&r->lock);
  free(r);
}

/* ---- starting ----------------------------------------------------------------------------------------- */

/* Appends one argument so that CommandLineToArgvW reads it back. Quotes only where they are needed: cmd.exe takes
 * them for something else. */
static size_t append_quoted(char *line, const char *argument) {
  bool quoted = argument[0] == '\0' || strpbrk(argument, " \t\"") != NULL;
  size_t used = 0, backslashes = 0;
  if (quoted)
    line[used++] = '"';
  for (; *argument != '\0'; argument++) {
    if (*argument == '"')
      for (backslashes++; backslashes > 0; backslashes--)
        line[used++] = '\\';
    backslashes = *argument == '\\' ? backslashes + 1 : 0;
    line[used++] = *argument;
  }
  for (; quoted && backslashes > 0; backslashes--)
    line[used++] = '\\';
  if (quoted)
    line[used++] = '"';
  return used;
}

static wchar_t *command_line(const kit_command *command) {
  size_t room = 1, used = 0, i;
  char *line;
  wchar_t *wide;
  for (i = 0; i < command->count; i++)
    room += 2 * strlen(command->arguments[i]) + 3;
  line = malloc(room);
  if (line == NULL)
    return NULL;
  for (i = 0; i < command->count; i++) {
    if (i > 0)
      line[used++] = ' ';
    used += append_quoted(line + used, command->arguments[i]);
  }
  line[used] = '\0';
  wide = platform_to_wide(line);
  free(line);
  return wide;
}

/* Is it one of the variables that `added` sets? Windows' names have no case. */
static bool is_set_by(wchar_t *const *added, const wchar_t *variable) {
  size_t name = wcscspn(variable + 1, L"=") + 1; /* the names of current folders begin with = */
  for (; *added != NULL; added++)
    if (_wcsnicmp(*added, variable, name) == 0 && (*added)[name] == L'=')
      return true;
  return false;
}

static size_t append_variable(wchar_t *block, size_t used, const wchar_t *variable) {
  size_t size = wcslen(variable) + 1;
  memcpy(block + used, variable, size * sizeof(*block));
  return used + size;
}

/* Our variables but for those of `added`, then these. */
static wchar_t *join_block(const wchar_t *ours, wchar_t *const *added) {
  const wchar_t *next = ours;
  size_t size = 2, used = 0, i;
  wchar_t *block;
  for (; *next != 0; next += wcslen(next) + 1)
    size += wcslen(next) + 1;
  for (i = 0; added[i] != NULL; i++)
    size += wcslen(added[i]) + 1;
  block = calloc(size, sizeof(*block));
  if (block == NULL)
    return NULL;
  for (next = ours; *next != 0; next += wcslen(next) + 1)
    if (!is_set_by(added, next))
      used = append_variable(block, used, next);
  for (i = 0; added[i] != NULL; i++)
    used = append_variable(block, used, added[i]);
  return block;
}

#define MOST_ADDED 16

/* The environment block of the child, to be freed. */
static wchar_t *environment_block(const char *const *added) {
  static const char *const nothing[] = {NULL};
  wchar_t *wide[MOST_ADDED + 1] = {NULL};
  wchar_t *ours = GetEnvironmentStringsW(), *block = NULL;
  size_t count = 0;
  bool ok = ours != NULL;
  for (added = added == NULL ? nothing : added; ok && *added != NULL && count < MOST_ADDED; added++) {
    wide[count] = platform_to_wide(*added);
    ok = wide[count++] != NULL;
  }
  if (ok)
    block = join_block(ours, wide);
  while (count > 0)
    free(wide[--count]);
  if (ours != NULL)
    FreeEnvironmentStringsW(ours);
  return block;
}

static HANDLE make_job(uint64_t memory_limit) {
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits;
  HANDLE job = CreateJobObjectW(NULL, NULL);
  if (job == NULL)
    return NULL;
  memset(&limits, 0, sizeof(limits));
  limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
  if (memory_limit != 0) {
    limits.BasicLimitInformation.LimitFlags |= JOB_OBJECT_LIMIT_PROCESS_MEMORY;
    limits.ProcessMemoryLimit = (SIZE_T)memory_limit;
  }
  SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof(limits));
  return job;
}

/* One pipe whose `theirs` end is inherited. */
static bool make_pipe(HANDLE *ours, HANDLE *theirs, bool they_read) {
  SECURITY_ATTRIBUTES inherit = {sizeof(inherit), NULL, TRUE};
  HANDLE reader, writer;
  if (!CreatePipe(&reader, &writer, &inherit, 0))
    return false;
  *ours = they_read ? writer : reader;
  *theirs = they_read ? reader : writer;
  return SetHandleInformation(*ours, HANDLE_FLAG_INHERIT, 0) != 0;
}

/* A child inherits `handles` and none else of ours. To be freed; null when that is impossible. */
static LPPROC_THREAD_ATTRIBUTE_LIST inherit_only(HANDLE *handles, size_t count) {
  SIZE_T size = 0;
  LPPROC_THREAD_ATTRIBUTE_LIST list;
  (void)InitializeProcThreadAttributeList(NULL, 1, 0, &size);
  list = malloc(size);
  if (list == NULL || !InitializeProcThreadAttributeList(list, 1, 0, &size)) {
    free(list);
    return NULL;
  }
  if (UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, handles, count * sizeof(*handles), NULL,
                                NULL))
    return list;
  DeleteProcThreadAttributeList(list);
  free(list);
  return NULL;
}

/* Starts the child, suspended. */
static bool create_suspended(const wchar_t *program, wchar_t *line, wchar_t *environment, HANDLE theirs[3],
                             PROCESS_INFORMATION *made) {
  STARTUPINFOEXW startup;
  BOOL ok;
  memset(&startup, 0, sizeof(startup));
  startup.StartupInfo.cb = sizeof(startup);
  startup.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
  startup.StartupInfo.hStdInput = theirs[INPUT];
  startup.StartupInfo.hStdOutput = theirs[KIT_STDOUT];
  startup.StartupInfo.hStdError = theirs[KIT_STDERR];
  startup.lpAttributeList = inherit_only(theirs, 3);
  if (startup.lpAttributeList == NULL)
    return false;
  ok = CreateProcessW(program, line, NULL, NULL, TRUE,
                      CREATE_SUSPENDED | CREATE_NEW_PROCESS_GROUP | CREATE_UNICODE_ENVIRONMENT |
                          EXTENDED_STARTUPINFO_PRESENT,
                      environment, NULL, &startup.StartupInfo, made);
  DeleteProcThreadAttributeList(startup.lpAttributeList);
  free(startup.lpAttributeList);
  return ok != 0;
}

static bool create(kit_process *p, const kit_spawn *spawn, const wchar_t *program, HANDLE theirs[3]) {
  PROCESS_INFORMATION made;
  wchar_t *line = command_line(spawn->command), *environment = environment_block(spawn->environment);
  bool ok = line != NULL && environment != NULL && create_suspended(program, line, environment, theirs, &made);
  free(line);
  free(environment);
  if (!ok)
    return false;
  p->handle = made.hProcess;
  AssignProcessToJobObject(p->job, made.hProcess);
  ResumeThread(made.hThread);
  CloseHandle(made.hThread);
  return true;
}

static void close_handles(HANDLE handles[3]) {
  size_t i;
  for (i = 0; i < 3; i++)
    if (handles[i] != NULL)
      CloseHandle(handles[i]);
}

/* The program itself, never another one of its name that lies in the current folder. */
static wchar_t *find_program(const char *name, char *message, size_t size) {
  wchar_t *program = platform_find_program(name);
  if (program == NULL && errno == ENOMEM)
    snprintf(message, size, "out of memory");
  else if (program == NULL && strpbrk(name, "\\/:") != NULL)
    snprintf(message, size, "%s: No such file", name);
  else if (program == NULL)
    snprintf(message, size, "%s: not found in PATH; a program in the current folder is started as .\\%s", name, name);
  return program;
}

kit_process *kit_process_start(const kit_spawn *spawn, char *message, size_t size) {
  wchar_t *program = find_program(spawn->command->arguments[0], message, size);
  kit_process *p = program == NULL ? NULL : calloc(1, sizeof(*p));
  HANDLE ours[3] = {NULL, NULL, NULL}, theirs[3] = {NULL, NULL, NULL};
  bool ok;
  if (program == NULL)
    return NULL;
  if (p == NULL) {
    free(program);
    snprintf(message, size, "out of memory");
    return NULL;
  }
  p->job = make_job(spawn->memory_limit);
  p->news = CreateEventW(NULL, FALSE, FALSE, NULL);
  ok = p->job != NULL && p->news != NULL && make_pipe(&ours[KIT_STDOUT], &theirs[KIT_STDOUT], false) &&
       make_pipe(&ours[KIT_STDERR], &theirs[KIT_STDERR], false) && make_pipe(&ours[INPUT], &theirs[INPUT], true) &&
       create(p, spawn, program, theirs);
  if (!ok)
    snprintf(message, size, "%s: cannot be started (error %lu)", spawn->command->arguments[0], GetLastError());
  free(program);
  close_handles(theirs);
  if (ok) {
    p->rings[KIT_STDOUT] = ring_start(ours[KIT_STDOUT], p->news, read_thread);
    p->rings[KIT_STDERR] = ring_start(ours[KIT_STDERR], p->news, read_thread);
    p->rings[INPUT] = ring_start(ours[INPUT], p->news, write_thread);
    if (p->rings[0] != NULL && p->rings[1] != NULL && p->rings[2] != NULL)
      return p;
    snprintf(message, size, "out of memory");
  } else {
    close_handles(ours);
  }
  kit_process_free(p);
  return NULL;
}

void kit_process_free(kit_process *p) {
  size_t i;
  if (p == NULL)
    return;
  if (p->job != NULL) {
    TerminateJobObject(p->job, 1);
    CloseHandle(p->job);
  }
  for (i = 0; i < 3; i++)
    ring_free(p->rings[i]);
  if (p->handle != NULL)
    CloseHandle(p->handle);
  if (p->news != NULL)
    CloseHandle(p->news);
  free(p);
}

/* ---- pipes -------------------------------------------------------------------------------------------- */

ptrdiff_t kit_process_write(kit_process *p, const char *data, size_t size) {
  pipe_ring *r = p->rings[INPUT];
  size_t put;
  bool over;
  EnterCriticalSection(&r->lock);
  over = r->over;
  put = over ? 0 : ring_put(r, data, size);
  LeaveCriticalSection(&r->lock);
  SetEvent(r->moved);
  return over ? -1 : (ptrdiff_t)put;
}

void kit_process_close_input(kit_process *p) {
  pipe_ring *r = p->rings[INPUT];
  EnterCriticalSection(&r->lock);
  r->over = true;
  LeaveCriticalSection(&r->lock);
  SetEvent(r->moved);
}

ptrdiff_t kit_process_read(kit_process *p, kit_stream stream, char *data, size_t size) {
  pipe_ring *r = p->rings[stream];
  size_t taken;
  bool over;
  EnterCriticalSection(&r->lock);
  taken = ring_take(r, data, size);
  over = r->over;
  LeaveCriticalSection(&r->lock);
  SetEvent(r->moved);
  return taken > 0 ? (ptrdiff_t)taken : over ? -1 : 0;
}

static bool is_over(pipe_ring *r) {
  bool over;
  EnterCriticalSection(&r->lock);
  over = r->over;
  LeaveCriticalSection(&r->lock);
  return over;
}

/* Only once its last words are in the rings: the threads that fetch them come after it. */
bool kit_process_ended(kit_process *p, kit_exit *out) {
  DWORD code;
  if (WaitForSingleObject(p->handle, 0) != WAIT_OBJECT_0 || !GetExitCodeProcess(p->handle, &code))
    return false;
  TerminateJobObject(p->job, 1); /* whoever still holds the pipes open */
  if (!is_over(p->rings[KIT_STDOUT]) || !is_over(p->rings[KIT_STDERR]))
    return false;
  out->by_signal = false;
  out->code = (int)code;
  return true;
}

void kit_process_wait(const kit_interest *interests, size_t count, uint64_t milliseconds) {
  HANDLE handles[MAXIMUM_WAIT_OBJECTS];
  DWORD used = 0;
  size_t i;
  for (i = 0; i < count && used + 2 <= MAXIMUM_WAIT_OBJECTS; i++) {
    if (interests[i].process == NULL)
      continue;
    handles[used++] = interests[i].process->news;
    handles[used++] = interests[i].process->handle;
  }
  if (milliseconds > 200)
    milliseconds = 200;
  if (used == 0)
    Sleep((DWORD)milliseconds);
  else
    WaitForMultipleObjects(used, handles, FALSE, (DWORD)milliseconds);
}

/* ---- time and signals --------------------------------------------------------------------------------- */

uint64_t kit_now_precise(void) {
  LARGE_INTEGER now, frequency;
  QueryPerformanceCounter(&now);
  QueryPerformanceFrequency(&frequency);
  return (uint64_t)now.QuadPart / (uint64_t)frequency.QuadPart * 1000000 +
         (uint64_t)now.QuadPart % (uint64_t)frequency.QuadPart * 1000000 / (uint64_t)frequency.QuadPart;
}

uint64_t kit_now(void) {
  return kit_now_precise() / 1000;
}

/* The job object ends what a child leaves behind. */
void kit_process_end_strays(void) {
}

static volatile sig_atomic_t caught;

static void catch_signal(int signal_number) {
  caught = signal_number;
  signal(signal_number, SIG_DFL);
}

void kit_catch_interrupts(void) {
  signal(SIGINT, catch_signal);
  signal(SIGTERM, catch_signal);
}

int kit_interrupted(void) {
  return (int)caught;
}

void kit_reraise(int signal_number) {
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}

void kit_exit_describe(kit_exit how, char *text, size_t size) {
  snprintf(text, size, "exited with status %d", how.code);
}
