/* SPDX-License-Identifier: Apache-2.0 */
#include "run/testee/spawn_windows.h"

#include "hcsref/live.h"
#include "platform/program.h"
#include "platform/wide.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what CreateProcess takes -------------------------------------------------------------------------- */

static wchar_t *command_line(const kit_command *command) {
  hcsref_arena arena;
  hcsref_buf line = {&arena, NULL, 0, 0, false};
  wchar_t *wide;
  hcsref_arena_init(&arena, NULL, 0);
  for (size_t i = 0; i < command->count; i++) {
    if (i > 0)
      hcsref_buf_append(&line, HCSREF_LIT(" "));
    hcsref_append_argument(&line, hcsref_cstr(command->arguments[i]));
  }
  hcsref_buf_append(&line, hcsref_str_from("", 1));
  wide = line.failed ? NULL : platform_to_wide(line.data);
  hcsref_arena_free(&arena);
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
static bool create_suspended(const wchar_t *program, wchar_t *line, wchar_t *environment, HANDLE streams[3],
                             PROCESS_INFORMATION *made) {
  STARTUPINFOEXW startup;
  BOOL ok;
  memset(&startup, 0, sizeof(startup));
  startup.StartupInfo.cb = sizeof(startup);
  startup.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
  startup.StartupInfo.hStdInput = streams[SPAWN_INPUT];
  startup.StartupInfo.hStdOutput = streams[KIT_STDOUT];
  startup.StartupInfo.hStdError = streams[KIT_STDERR];
  startup.lpAttributeList = inherit_only(streams, 3);
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

/* ---- starting ----------------------------------------------------------------------------------------- */

HANDLE spawn_job(uint64_t memory_limit) {
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

static HANDLE start_in(HANDLE job, const kit_spawn *spawn, const wchar_t *program, HANDLE streams[3]) {
  PROCESS_INFORMATION made;
  wchar_t *line = command_line(spawn->command), *environment = environment_block(spawn->environment);
  bool ok = line != NULL && environment != NULL && create_suspended(program, line, environment, streams, &made);
  free(line);
  free(environment);
  if (!ok)
    return NULL;
  AssignProcessToJobObject(job, made.hProcess);
  ResumeThread(made.hThread);
  CloseHandle(made.hThread);
  return made.hProcess;
}

HANDLE spawn_process(const kit_spawn *spawn, HANDLE job, HANDLE streams[3], char *message, size_t size) {
  wchar_t *program = find_program(spawn->command->arguments[0], message, size);
  HANDLE process;
  if (program == NULL)
    return NULL;
  process = start_in(job, spawn, program, streams);
  if (process == NULL)
    snprintf(message, size, "%s: cannot be started (error %lu)", spawn->command->arguments[0], GetLastError());
  free(program);
  return process;
}
