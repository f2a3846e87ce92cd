/* SPDX-License-Identifier: Apache-2.0 */
/* Child processes on Windows: a job object that ends them together, and a ring and a thread for each of the three
 * pipes. Tested under Wine; not run on a Windows host yet. */
#include "run/testee/process.h"

#include "run/testee/pipe_ring_windows.h"
#include "run/testee/spawn_windows.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

struct kit_process {
  HANDLE job, handle, news;
  pipe_ring *rings[3]; /* KIT_STDOUT, KIT_STDERR, and SPAWN_INPUT */
};

/* ---- life --------------------------------------------------------------------------------------------- */

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

static void close_handles(HANDLE handles[3]) {
  size_t i;
  for (i = 0; i < 3; i++)
    if (handles[i] != NULL)
      CloseHandle(handles[i]);
}

static bool start_rings(kit_process *p, HANDLE ours[3]) {
  p->rings[KIT_STDOUT] = pipe_ring_read_from(ours[KIT_STDOUT], p->news);
  p->rings[KIT_STDERR] = pipe_ring_read_from(ours[KIT_STDERR], p->news);
  p->rings[SPAWN_INPUT] = pipe_ring_write_to(ours[SPAWN_INPUT], p->news);
  return p->rings[0] != NULL && p->rings[1] != NULL && p->rings[2] != NULL;
}

/* What a process needs before it is started. */
static bool prepare(kit_process *p, uint64_t memory_limit, HANDLE ours[3], HANDLE theirs[3]) {
  p->job = spawn_job(memory_limit);
  p->news = CreateEventW(NULL, FALSE, FALSE, NULL);
  return p->job != NULL && p->news != NULL && make_pipe(&ours[KIT_STDOUT], &theirs[KIT_STDOUT], false) &&
         make_pipe(&ours[KIT_STDERR], &theirs[KIT_STDERR], false) &&
         make_pipe(&ours[SPAWN_INPUT], &theirs[SPAWN_INPUT], true);
}

kit_process *kit_process_start(const kit_spawn *spawn, char *message, size_t size) {
  kit_process *p = calloc(1, sizeof(*p));
  HANDLE ours[3] = {NULL, NULL, NULL}, theirs[3] = {NULL, NULL, NULL};
  if (p == NULL) {
    snprintf(message, size, "out of memory");
    return NULL;
  }
  if (prepare(p, spawn->memory_limit, ours, theirs))
    p->handle = spawn_process(spawn, p->job, theirs, message, size);
  else
    snprintf(message, size, "%s: cannot be started (error %lu)", spawn->command->arguments[0], GetLastError());
  close_handles(theirs);
  if (p->handle == NULL) {
    close_handles(ours);
  } else {
    if (start_rings(p, ours))
      return p;
    snprintf(message, size, "out of memory");
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
    pipe_ring_free(p->rings[i]);
  if (p->handle != NULL)
    CloseHandle(p->handle);
  if (p->news != NULL)
    CloseHandle(p->news);
  free(p);
}

/* ---- pipes -------------------------------------------------------------------------------------------- */

ptrdiff_t kit_process_write(kit_process *p, const char *data, size_t size) {
  return pipe_ring_put(p->rings[SPAWN_INPUT], data, size);
}

void kit_process_close_input(kit_process *p) {
  pipe_ring_finish(p->rings[SPAWN_INPUT]);
}

ptrdiff_t kit_process_read(kit_process *p, kit_stream stream, char *data, size_t size) {
  return pipe_ring_take(p->rings[stream], data, size);
}

/* Only once its last words are in the rings: the threads that fetch them come after it. */
bool kit_process_ended(kit_process *p, kit_exit *out) {
  DWORD code;
  if (WaitForSingleObject(p->handle, 0) != WAIT_OBJECT_0 || !GetExitCodeProcess(p->handle, &code))
    return false;
  TerminateJobObject(p->job, 1); /* whoever still holds the pipes open */
  if (!pipe_ring_is_over(p->rings[KIT_STDOUT]) || !pipe_ring_is_over(p->rings[KIT_STDERR]))
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

void kit_exit_describe(kit_exit how, char *text, size_t size) {
  snprintf(text, size, "exited with status %d", how.code);
}
