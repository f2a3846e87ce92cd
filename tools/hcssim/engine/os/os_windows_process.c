/* SPDX-License-Identifier: Apache-2.0 */
/* Windows: processes, the jobs that hold them, and the pipes of their streams. */
#include "engine/os/os_windows.h"

#include <psapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winternl.h>

void os_stream_close(os_stream stream) {
  if (stream != NULL)
    CloseHandle(stream);
}

struct os_group {
  HANDLE job;
  DWORD_PTR affinity; /* 0: all processors */
  bool kill_on_close, named;
};

static void set_limits(os_group *group, bool kill_on_close, uint64_t memory_bytes, uint32_t processors) {
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits;
  memset(&limits, 0, sizeof(limits));
  if (kill_on_close)
    limits.BasicLimitInformation.LimitFlags |= JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
  if (memory_bytes != 0) {
    limits.BasicLimitInformation.LimitFlags |= JOB_OBJECT_LIMIT_JOB_MEMORY;
    limits.JobMemoryLimit = (SIZE_T)memory_bytes;
  }
  if (group->job != NULL)
    SetInformationJobObject(group->job, JobObjectExtendedLimitInformation, &limits, sizeof(limits));
  group->affinity = processors > 0 && processors < sizeof(DWORD_PTR) * 8 ? ((DWORD_PTR)1 << processors) - 1 : 0;
}

/* winternl.h has neither. */
typedef LONG(NTAPI *nt_create_job)(HANDLE *job, ACCESS_MASK access, OBJECT_ATTRIBUTES *attributes);
#define NT_NAME_EXISTS ((LONG)0x40000000)
#define NT_OPEN_IF     0x80u
#define LONGEST_NAME   512u

/* hcsshim opens the job of a container by this name: internal/hcs/system.go siloNameFmt. */
static HANDLE create_named_job(const char *id, bool *is_new) {
  union {
    FARPROC address;
    nt_create_job call;
  } function;
  wchar_t name[LONGEST_NAME], *wide = os_wide(id);
  UNICODE_STRING text;
  OBJECT_ATTRIBUTES attributes;
  HANDLE job = NULL;
  LONG status;
  int length = wide == NULL ? -1 : _snwprintf(name, LONGEST_NAME - 1, L"\\Container_%ls", wide);
  free(wide);
  function.address = GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "NtCreateJobObject");
  if (length < 0 || length >= (int)LONGEST_NAME - 1 || function.address == NULL)
    return NULL;
  text.Buffer = name;
  text.Length = (USHORT)((size_t)length * sizeof(*name));
  text.MaximumLength = text.Length;
  memset(&attributes, 0, sizeof(attributes));
  attributes.Length = sizeof(attributes);
  attributes.ObjectName = &text;
  attributes.Attributes = NT_OPEN_IF;
  status = function.call(&job, JOB_OBJECT_ALL_ACCESS, &attributes);
  *is_new = status != NT_NAME_EXISTS;
  return status >= 0 ? job : NULL;
}

os_group *os_group_new(const char *id, bool join, bool kill_on_close, uint64_t memory_bytes, uint32_t processors) {
  os_group *group = calloc(1, sizeof(*group));
  bool is_new = true;
  if (group == NULL)
    return NULL;
  group->kill_on_close = kill_on_close;
  group->job = id == NULL ? NULL : create_named_job(id, &is_new);
  if (group->job != NULL && !is_new && !join) {
    CloseHandle(group->job); /* another service's, which has a container of this id */
    group->job = NULL;
  }
  group->named = group->job != NULL;
  if (!group->named)
    group->job = CreateJobObjectW(NULL, NULL);
  if (is_new || !group->named)
    set_limits(group, kill_on_close, memory_bytes, processors);
  return group;
}

bool os_group_is_named(const os_group *group) {
  return group->named;
}

void os_group_limit(os_group *group, uint64_t memory_bytes, uint32_t processors) {
  if (group != NULL)
    set_limits(group, group->kill_on_close, memory_bytes, processors);
}

void os_group_end(os_group *group, uint32_t exit_code) {
  if (group != NULL && group->job != NULL)
    TerminateJobObject(group->job, exit_code);
}

void os_group_free(os_group *group) {
  if (group != NULL && group->job != NULL)
    CloseHandle(group->job);
  free(group);
}

struct os_process {
  HANDLE handle;
  DWORD number;
};

/* The host's end is open for overlapped calls, as clients of the service expect; the child's is an ordinary handle
 * that it inherits. `to_child`: the child reads from it. */
static bool open_pipe(bool to_child, HANDLE *host, HANDLE *child) {
  static volatile LONG serial;
  SECURITY_ATTRIBUTES inherited = {sizeof(inherited), NULL, TRUE};
  wchar_t name[64];
  DWORD direction = to_child ? PIPE_ACCESS_OUTBOUND : PIPE_ACCESS_INBOUND;
  _snwprintf(name, 63, L"\\\\.\\pipe\\hcssim-%lu-%ld", GetCurrentProcessId(), InterlockedIncrement(&serial));
  name[63] = 0;
  *host = CreateNamedPipeW(name, direction | FILE_FLAG_OVERLAPPED | FILE_FLAG_FIRST_PIPE_INSTANCE,
                           PIPE_TYPE_BYTE | PIPE_REJECT_REMOTE_CLIENTS, 1, 65536, 65536, 0, NULL);
  if (*host == INVALID_HANDLE_VALUE) {
    *host = NULL;
    return false;
  }
  *child = CreateFileW(name, to_child ? GENERIC_READ : GENERIC_WRITE, 0, &inherited, OPEN_EXISTING, 0, NULL);
  if (*child == INVALID_HANDLE_VALUE)
    *child = NULL;
  return *child != NULL;
}

static HANDLE open_nothing(void) {
  SECURITY_ATTRIBUTES inherited = {sizeof(inherited), NULL, TRUE};
  HANDLE handle = CreateFileW(L"NUL", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited,
                              OPEN_EXISTING, 0, NULL);
  return handle == INVALID_HANDLE_VALUE ? NULL : handle;
}

static bool open_streams(const bool wanted[3], HANDLE host[3], HANDLE child[3]) {
  for (int i = 0; i < 3; i++) {
    if (wanted[i]) {
      if (!open_pipe(i == 0, &host[i], &child[i]))
        return false;
    } else {
      child[i] = open_nothing();
      if (child[i] == NULL)
        return false;
    }
  }
  return true;
}

static void close_all(HANDLE handles[3]) {
  for (int i = 0; i < 3; i++)
    if (handles[i] != NULL)
      CloseHandle(handles[i]);
}

static bool is_overridden(const wchar_t *entry, wchar_t *const *names, size_t count) {
  for (size_t i = 0; i < count; i++) {
    size_t length = wcslen(names[i]);
    if (_wcsnicmp(entry, names[i], length) == 0 && entry[length] == L'=')
      return true;
  }
  return false;
}

static void free_list(wchar_t **list, size_t count) {
  for (size_t i = 0; list != NULL && i < count; i++)
    free(list[i]);
  free(list);
}

/* This process's environment with the command's over it, as CreateProcess wants it; null when out of memory. */
static wchar_t *make_environment(const os_command *command) {
  size_t count = command->variable_count, size = 1;
  wchar_t **names = calloc(count + 1, sizeof(*names)), **values = calloc(count + 1, sizeof(*values));
  wchar_t *own = GetEnvironmentStringsW(), *block = NULL, *out;
  bool ok = names != NULL && values != NULL && own != NULL;
  for (size_t i = 0; ok && i < count; i++) {
    names[i] = os_wide(command->variables[i].name);
    values[i] = os_wide(command->variables[i].value);
    ok = names[i] != NULL && values[i] != NULL;
    if (ok)
      size += wcslen(names[i]) + wcslen(values[i]) + 2;
  }
  for (const wchar_t *at = own; ok && *at != 0; at += wcslen(at) + 1)
    size += wcslen(at) + 1;
  if (ok)
    block = malloc((size + 1) * sizeof(*block));
  if (block != NULL) {
    out = block;
    for (size_t i = 0; i < count; i++)
      out += swprintf(out, size + 1 - (size_t)(out - block), L"%ls=%ls", names[i], values[i]) + 1;
    for (const wchar_t *at = own; *at != 0; at += wcslen(at) + 1) {
      if (!is_overridden(at, names, count)) {
        wcscpy(out, at);
        out += wcslen(at) + 1;
      }
    }
    *out = 0;
  }
  if (own != NULL)
    FreeEnvironmentStringsW(own);
  free_list(names, count);
  free_list(values, count);
  return block;
}

/* CreateProcess with just the three streams inherited, in the group from its first instruction on. */
static DWORD create_process(const os_command *command, HANDLE child[3], os_process *process) {
  wchar_t *application = os_wide(command->application), *line = os_wide(command->command_line);
  wchar_t *folder = os_wide(command->folder), *environment = make_environment(command);
  DWORD error = ERROR_NOT_ENOUGH_MEMORY, flags = CREATE_SUSPENDED | CREATE_NO_WINDOW | CREATE_UNICODE_ENVIRONMENT;
  STARTUPINFOEXW start;
  PROCESS_INFORMATION info;
  SIZE_T size = 0;
  memset(&start, 0, sizeof(start));
  start.StartupInfo.cb = sizeof(start);
  start.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
  start.StartupInfo.hStdInput = child[0];
  start.StartupInfo.hStdOutput = child[1];
  start.StartupInfo.hStdError = child[2];
  InitializeProcThreadAttributeList(NULL, 1, 0, &size);
  start.lpAttributeList = malloc(size);
  if (line != NULL && environment != NULL && start.lpAttributeList != NULL &&
      InitializeProcThreadAttributeList(start.lpAttributeList, 1, 0, &size)) {
    UpdateProcThreadAttribute(start.lpAttributeList, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, child, 3 * sizeof(HANDLE),
                              NULL, NULL);
    if (CreateProcessW(application, line, NULL, NULL, TRUE, flags | EXTENDED_STARTUPINFO_PRESENT, environment, folder,
                       &start.StartupInfo, &info)) {
      if (command->group != NULL && command->group->job != NULL)
        AssignProcessToJobObject(command->group->job, info.hProcess);
      if (command->group != NULL && command->group->affinity != 0)
        SetProcessAffinityMask(info.hProcess, command->group->affinity);
      ResumeThread(info.hThread);
      CloseHandle(info.hThread);
      process->handle = info.hProcess;
      process->number = info.dwProcessId;
      error = 0;
    } else {
      error = GetLastError();
    }
    DeleteProcThreadAttributeList(start.lpAttributeList);
  }
  free(start.lpAttributeList);
  free(application);
  free(line);
  free(folder);
  free(environment);
  return error;
}

/* Wine 8 answers ERROR_INTERNAL_ERROR when its own helper ended before the program began, which happens once in some
 * thousand times on a busy machine: then it is tried again. */
static DWORD create_process_again(const os_command *command, HANDLE child[3], os_process *process) {
  DWORD error = create_process(command, child, process);
  for (int i = 0; i < 3 && error == ERROR_INTERNAL_ERROR; i++)
    error = create_process(command, child, process);
  return error;
}

os_process *os_process_start(const os_command *command, os_stream streams[3], uint32_t *code) {
  const bool wanted[3] = {command->in, command->out, command->err};
  HANDLE host[3] = {NULL, NULL, NULL}, child[3] = {NULL, NULL, NULL};
  os_process *process = calloc(1, sizeof(*process));
  DWORD error = ERROR_NOT_ENOUGH_MEMORY;
  if (process != NULL)
    error = open_streams(wanted, host, child) ? create_process_again(command, child, process) : GetLastError();
  close_all(child);
  if (error != 0) {
    close_all(host);
    free(process);
    *code = 0x80070000u | (error & 0xFFFFu);
    return NULL;
  }
  memcpy(streams, host, sizeof(host));
  return process;
}

uint32_t os_process_wait(os_process *process) {
  DWORD code = 0;
  WaitForSingleObject(process->handle, INFINITE);
  GetExitCodeProcess(process->handle, &code);
  return code;
}

uint32_t os_process_number(const os_process *process) {
  return process->number;
}

uint64_t os_process_memory(const os_process *process) {
  PROCESS_MEMORY_COUNTERS counters;
  memset(&counters, 0, sizeof(counters));
  return K32GetProcessMemoryInfo(process->handle, &counters, sizeof(counters)) ? counters.WorkingSetSize : 0;
}

void os_process_times(const os_process *process, uint64_t *user, uint64_t *kernel) {
  FILETIME created, ended, in_kernel, in_user;
  *user = *kernel = 0;
  if (GetProcessTimes(process->handle, &created, &ended, &in_kernel, &in_user)) {
    *user = os_file_time(in_user);
    *kernel = os_file_time(in_kernel);
  }
}

void os_process_kill(os_process *process, uint32_t exit_code) {
  TerminateProcess(process->handle, exit_code);
}

void os_process_free(os_process *process) {
  CloseHandle(process->handle);
  free(process);
}

/* 0 when it has ended. */
static uint64_t started_at(HANDLE process) {
  FILETIME created, ended, kernel, user;
  if (WaitForSingleObject(process, 0) == WAIT_TIMEOUT && GetProcessTimes(process, &created, &ended, &kernel, &user))
    return os_file_time(created);
  return 0;
}

uint64_t os_process_started(uint32_t number) {
  HANDLE process = OpenProcess(SYNCHRONIZE | PROCESS_QUERY_LIMITED_INFORMATION, FALSE, number);
  uint64_t started = 0;
  if (process == NULL)
    return 0;
  started = started_at(process);
  CloseHandle(process);
  return started;
}

os_process *os_process_open(uint32_t number, uint64_t started) {
  const DWORD access = SYNCHRONIZE | PROCESS_QUERY_LIMITED_INFORMATION | PROCESS_TERMINATE;
  os_process *process = started == 0 ? NULL : calloc(1, sizeof(*process));
  if (process == NULL)
    return NULL;
  process->number = number;
  process->handle = OpenProcess(access, FALSE, number);
  if (process->handle != NULL && started_at(process->handle) == started)
    return process;
  if (process->handle != NULL)
    CloseHandle(process->handle);
  free(process);
  return NULL;
}

/* While it is open its number is no other's. */
void os_process_kill_number(uint32_t number, uint64_t started) {
  const DWORD access = SYNCHRONIZE | PROCESS_QUERY_LIMITED_INFORMATION | PROCESS_TERMINATE;
  HANDLE process = started == 0 ? NULL : OpenProcess(access, FALSE, number);
  if (process == NULL)
    return;
  if (started_at(process) == started)
    TerminateProcess(process, 1);
  CloseHandle(process);
}
