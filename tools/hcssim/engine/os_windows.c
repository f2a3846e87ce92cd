/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/os.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

/* ---- text ------------------------------------------------------------------------------------------------- */

static wchar_t *to_wide(const char *text) {
  int size = text == NULL ? 0 : MultiByteToWideChar(CP_UTF8, 0, text, -1, NULL, 0);
  wchar_t *copy = size > 0 ? malloc((size_t)size * sizeof(*copy)) : NULL;
  if (copy != NULL)
    MultiByteToWideChar(CP_UTF8, 0, text, -1, copy, size);
  return copy;
}

static char *to_utf8(const wchar_t *text) {
  int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
  char *copy = size > 0 ? malloc((size_t)size) : NULL;
  if (copy != NULL)
    WideCharToMultiByte(CP_UTF8, 0, text, -1, copy, size, NULL, NULL);
  return copy;
}

/* ---- lock, threads, time ------------------------------------------------------------------------------------ */

struct os_monitor {
  CRITICAL_SECTION lock;
  CONDITION_VARIABLE changed;
};

os_monitor *os_monitor_new(void) {
  os_monitor *monitor = malloc(sizeof(*monitor));
  if (monitor != NULL) {
    InitializeCriticalSection(&monitor->lock);
    InitializeConditionVariable(&monitor->changed);
  }
  return monitor;
}

void os_monitor_free(os_monitor *monitor) {
  if (monitor != NULL)
    DeleteCriticalSection(&monitor->lock);
  free(monitor);
}

void os_monitor_enter(os_monitor *monitor) {
  EnterCriticalSection(&monitor->lock);
}

void os_monitor_leave(os_monitor *monitor) {
  LeaveCriticalSection(&monitor->lock);
}

void os_monitor_wait(os_monitor *monitor, uint32_t ms) {
  SleepConditionVariableCS(&monitor->changed, &monitor->lock, ms);
}

void os_monitor_wake(os_monitor *monitor) {
  WakeAllConditionVariable(&monitor->changed);
}

typedef struct thread_start {
  void (*run)(void *context);
  void *context;
} thread_start;

static DWORD WINAPI run_thread(void *argument) {
  thread_start start = *(thread_start *)argument;
  free(argument);
  start.run(start.context);
  return 0;
}

bool os_thread_start(void (*run)(void *context), void *context) {
  thread_start *start = malloc(sizeof(*start));
  HANDLE thread;
  if (start == NULL)
    return false;
  start->run = run;
  start->context = context;
  thread = CreateThread(NULL, 0, run_thread, start, 0, NULL);
  if (thread == NULL) {
    free(start);
    return false;
  }
  CloseHandle(thread);
  return true;
}

uint64_t os_thread_id(void) {
  return GetCurrentThreadId();
}

uint64_t os_now_ms(void) {
  return GetTickCount64();
}

static uint64_t file_time(FILETIME time) {
  return (uint64_t)time.dwHighDateTime << 32 | time.dwLowDateTime;
}

uint64_t os_wall_ms(void) {
  FILETIME now;
  GetSystemTimeAsFileTime(&now);
  return (file_time(now) - 116444736000000000u) / 10000;
}

void os_sleep_ms(uint32_t ms) {
  Sleep(ms);
}

/* advapi32's RtlGenRandom, by the only name it is exported under. */
BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG size);

bool os_random(unsigned char out[16]) {
  return SystemFunction036(out, 16);
}

uint32_t os_process_id(void) {
  return GetCurrentProcessId();
}

uint32_t os_processor_count(void) {
  DWORD count = GetActiveProcessorCount(ALL_PROCESSOR_GROUPS);
  return count > 0 ? count : 1;
}

void os_die(int status) {
  TerminateProcess(GetCurrentProcess(), (UINT)status);
}

char *os_environment(const char *name) {
  wchar_t *wide = to_wide(name);
  DWORD size = wide == NULL ? 0 : GetEnvironmentVariableW(wide, NULL, 0);
  wchar_t *value = size == 0 ? NULL : malloc(size * sizeof(*value));
  char *copy = NULL;
  if (value != NULL && GetEnvironmentVariableW(wide, value, size) < size)
    copy = to_utf8(value);
  free(value);
  free(wide);
  return copy;
}

/* ---- processes ---------------------------------------------------------------------------------------------- */

void os_stream_close(os_stream stream) {
  if (stream != NULL)
    CloseHandle(stream);
}

struct os_group {
  HANDLE job;
  DWORD_PTR affinity; /* 0: all processors */
};

os_group *os_group_new(bool kill_on_close, uint64_t memory_bytes, uint32_t processors) {
  os_group *group = calloc(1, sizeof(*group));
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits;
  if (group == NULL)
    return NULL;
  memset(&limits, 0, sizeof(limits));
  if (kill_on_close)
    limits.BasicLimitInformation.LimitFlags |= JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
  if (memory_bytes != 0) {
    limits.BasicLimitInformation.LimitFlags |= JOB_OBJECT_LIMIT_JOB_MEMORY;
    limits.JobMemoryLimit = (SIZE_T)memory_bytes;
  }
  group->job = CreateJobObjectW(NULL, NULL);
  if (group->job != NULL)
    SetInformationJobObject(group->job, JobObjectExtendedLimitInformation, &limits, sizeof(limits));
  if (processors > 0 && processors < sizeof(DWORD_PTR) * 8)
    group->affinity = ((DWORD_PTR)1 << processors) - 1;
  return group;
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
    names[i] = to_wide(command->variables[i].name);
    values[i] = to_wide(command->variables[i].value);
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
  wchar_t *application = to_wide(command->application), *line = to_wide(command->command_line);
  wchar_t *folder = to_wide(command->folder), *environment = make_environment(command);
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

void os_process_times(const os_process *process, uint64_t *user, uint64_t *kernel) {
  FILETIME created, ended, in_kernel, in_user;
  *user = *kernel = 0;
  if (GetProcessTimes(process->handle, &created, &ended, &in_kernel, &in_user)) {
    *user = file_time(in_user);
    *kernel = file_time(in_kernel);
  }
}

void os_process_kill(os_process *process, uint32_t exit_code) {
  TerminateProcess(process->handle, exit_code);
}

void os_process_free(os_process *process) {
  CloseHandle(process->handle);
  free(process);
}

uint64_t os_process_started(uint32_t number) {
  HANDLE process = OpenProcess(SYNCHRONIZE | PROCESS_QUERY_LIMITED_INFORMATION, FALSE, number);
  FILETIME created, ended, kernel, user;
  uint64_t started = 0;
  if (process == NULL)
    return 0;
  if (WaitForSingleObject(process, 0) == WAIT_TIMEOUT && GetProcessTimes(process, &created, &ended, &kernel, &user))
    started = file_time(created);
  CloseHandle(process);
  return started;
}

void os_process_kill_number(uint32_t number) {
  HANDLE process = OpenProcess(PROCESS_TERMINATE, FALSE, number);
  if (process != NULL) {
    TerminateProcess(process, 1);
    CloseHandle(process);
  }
}

/* ---- files --------------------------------------------------------------------------------------------------- */

char *os_file_read(const char *path, size_t limit, size_t *size) {
  wchar_t *wide = to_wide(path);
  HANDLE file = wide == NULL ? INVALID_HANDLE_VALUE
                             : CreateFileW(wide, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                           NULL, OPEN_EXISTING, 0, NULL);
  LARGE_INTEGER length;
  char *data = NULL;
  DWORD got = 0;
  free(wide);
  if (file == INVALID_HANDLE_VALUE)
    return NULL;
  if (GetFileSizeEx(file, &length) && length.QuadPart >= 0 && (uint64_t)length.QuadPart <= limit &&
      (uint64_t)length.QuadPart < UINT32_MAX)
    data = malloc((size_t)length.QuadPart + 1);
  if (data != NULL && !ReadFile(file, data, (DWORD)length.QuadPart, &got, NULL))
    got = 0;
  CloseHandle(file);
  if (data != NULL) {
    data[got] = '\0';
    *size = got;
  }
  return data;
}

static bool write_file(const wchar_t *path, DWORD access, DWORD disposition, const char *data, size_t size) {
  HANDLE file = path == NULL || size > UINT32_MAX
                    ? INVALID_HANDLE_VALUE
                    : CreateFileW(path, access, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, disposition, 0, NULL);
  DWORD put = 0;
  bool ok;
  if (file == INVALID_HANDLE_VALUE)
    return false;
  ok = WriteFile(file, data, (DWORD)size, &put, NULL) && put == size;
  CloseHandle(file);
  return ok;
}

bool os_file_replace(const char *path, const char *data, size_t size) {
  wchar_t *wide = to_wide(path);
  wchar_t *other = wide == NULL ? NULL : malloc((wcslen(wide) + 5) * sizeof(*other));
  bool ok = false;
  if (other != NULL) {
    wcscpy(other, wide);
    wcscat(other, L".new");
    ok = write_file(other, GENERIC_WRITE, CREATE_ALWAYS, data, size) &&
         MoveFileExW(other, wide, MOVEFILE_REPLACE_EXISTING);
  }
  free(other);
  free(wide);
  return ok;
}

bool os_file_append(const char *path, const char *data, size_t size) {
  wchar_t *wide = to_wide(path);
  bool ok = write_file(wide, FILE_APPEND_DATA, OPEN_ALWAYS, data, size);
  free(wide);
  return ok;
}

bool os_file_remove(const char *path) {
  wchar_t *wide = to_wide(path);
  bool ok = wide != NULL && DeleteFileW(wide);
  free(wide);
  return ok;
}

bool os_folder_remove(const char *path) {
  wchar_t *wide = to_wide(path);
  bool ok = wide != NULL && RemoveDirectoryW(wide);
  free(wide);
  return ok;
}

#define VOLUME_NAME_UNITS 49 /* of \\?\Volume{GUID}\ */

static bool is_volume(wchar_t letter, const wchar_t *path) {
  wchar_t root[] = {letter, L':', L'\\', 0}, name[64];
  return GetVolumeNameForVolumeMountPointW(root, name, 64) && _wcsnicmp(name, path, VOLUME_NAME_UNITS) == 0;
}

char *os_path_plain(const char *path) {
  wchar_t *wide = to_wide(path);
  char *plain = NULL;
  for (wchar_t letter = L'A'; wide != NULL && wcslen(wide) > VOLUME_NAME_UNITS - 1 && letter <= L'Z'; letter++) {
    if (is_volume(letter, wide)) {
      /* "X:\" in front of what follows the name */
      wchar_t *start = wide + VOLUME_NAME_UNITS - 3;
      start[0] = letter;
      start[1] = L':';
      start[2] = L'\\';
      plain = to_utf8(start);
      break;
    }
  }
  if (plain == NULL && wide != NULL)
    plain = to_utf8(wide);
  free(wide);
  return plain;
}

static DWORD attributes_of(const char *path) {
  char *plain = os_path_plain(path);
  wchar_t *wide = to_wide(plain);
  free(plain);
  DWORD attributes = wide == NULL ? INVALID_FILE_ATTRIBUTES : GetFileAttributesW(wide);
  free(wide);
  return attributes;
}

bool os_folder_make(const char *path) {
  wchar_t *wide = to_wide(path);
  for (wchar_t *at = wide == NULL ? NULL : wcspbrk(wide, L"\\/"); at != NULL; at = wcspbrk(at + 1, L"\\/")) {
    wchar_t kept = *at;
    *at = 0;
    CreateDirectoryW(wide, NULL); /* what could not be made shows in the end */
    *at = kept;
  }
  if (wide != NULL)
    CreateDirectoryW(wide, NULL);
  free(wide);
  return os_path_is_folder(path);
}

bool os_path_exists(const char *path) {
  return attributes_of(path) != INVALID_FILE_ATTRIBUTES;
}

bool os_path_is_folder(const char *path) {
  DWORD attributes = attributes_of(path);
  return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

void os_folder_list(const char *path, bool (*each)(void *context, const char *name), void *context) {
  wchar_t *wide = to_wide(path);
  wchar_t *pattern = wide == NULL ? NULL : malloc((wcslen(wide) + 3) * sizeof(*pattern));
  WIN32_FIND_DATAW found;
  HANDLE search = INVALID_HANDLE_VALUE;
  bool go = true;
  if (pattern != NULL) {
    wcscpy(pattern, wide);
    wcscat(pattern, L"\\*");
    search = FindFirstFileW(pattern, &found);
  }
  while (search != INVALID_HANDLE_VALUE && go) {
    char *name = to_utf8(found.cFileName);
    if (name != NULL && strcmp(name, ".") != 0 && strcmp(name, "..") != 0)
      go = each(context, name);
    free(name);
    go = go && FindNextFileW(search, &found);
  }
  if (search != INVALID_HANDLE_VALUE)
    FindClose(search);
  free(pattern);
  free(wide);
}

/* ---- registry -------------------------------------------------------------------------------------------------- */

static wchar_t *registry_path(const char *id, const char *hive, const char *key) {
  size_t size = strlen(id) + strlen(hive) + strlen(key) + 32;
  char *text = malloc(size);
  wchar_t *wide = NULL;
  if (text != NULL) {
    snprintf(text, size, "Software\\hcssim\\%s%s%s%s%s", id, *hive == '\0' ? "" : "\\", hive, *key == '\0' ? "" : "\\",
             key);
    wide = to_wide(text);
  }
  free(text);
  return wide;
}

void os_registry_set(const char *id, const char *hive, const char *key, const char *name, uint32_t type,
                     const void *data, size_t size) {
  wchar_t *path = registry_path(id, hive, key), *wide_name = to_wide(name);
  wchar_t *text = type == REG_SZ || type == REG_EXPAND_SZ ? to_wide(data) : NULL;
  HKEY opened;
  if (path != NULL && wide_name != NULL &&
      RegCreateKeyExW(HKEY_CURRENT_USER, path, 0, NULL, 0, KEY_WRITE, NULL, &opened, NULL) == ERROR_SUCCESS) {
    if (text != NULL)
      RegSetValueExW(opened, wide_name, 0, type, (const BYTE *)text, (DWORD)((wcslen(text) + 1) * sizeof(*text)));
    else
      RegSetValueExW(opened, wide_name, 0, type, data, (DWORD)size);
    RegCloseKey(opened);
  }
  free(path);
  free(wide_name);
  free(text);
}

void os_registry_remove(const char *id) {
  wchar_t *path = registry_path(id, "", "");
  if (path != NULL)
    RegDeleteTreeW(HKEY_CURRENT_USER, path);
  free(path);
}
