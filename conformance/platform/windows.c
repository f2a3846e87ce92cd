/* SPDX-License-Identifier: Apache-2.0 */
#include "platform/platform.h"

#include "platform/wide.h"

#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <limits.h>
#include <process.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <windows.h>

/* shellapi.h is the home of CommandLineToArgvW. */
#include <shellapi.h>

/* Kept until the process ends, as main's own argv is. */
static bool wide_arguments(int *argc, char ***argv) {
  int count = 0;
  wchar_t **wide = CommandLineToArgvW(GetCommandLineW(), &count);
  char **list = wide == NULL ? NULL : calloc((size_t)count + 1, sizeof(*list));
  bool ok = list != NULL;
  for (int i = 0; ok && i < count; i++) {
    list[i] = platform_to_utf8(wide[i]);
    ok = list[i] != NULL;
  }
  if (wide != NULL)
    LocalFree(wide);
  if (!ok)
    return false;
  *argc = count;
  *argv = list;
  return true;
}

bool platform_start(int *argc, char ***argv) {
  _setmode(0, _O_BINARY);
  _setmode(1, _O_BINARY);
  _setmode(2, _O_BINARY);
  SetConsoleOutputCP(CP_UTF8);
  return wide_arguments(argc, argv);
}

bool platform_is_terminal(FILE *stream) {
  HANDLE console = (HANDLE)_get_osfhandle(_fileno(stream));
  DWORD mode;
  return GetConsoleMode(console, &mode) && SetConsoleMode(console, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
}

bool platform_environment(const char *name, char *out, size_t size) {
  wchar_t key[64], value[2048];
  DWORD length;
  if (MultiByteToWideChar(CP_UTF8, 0, name, -1, key, 64) == 0)
    return false;
  length = GetEnvironmentVariableW(key, value, 2048);
  return length > 0 && length < 2048 && size <= INT_MAX &&
         WideCharToMultiByte(CP_UTF8, 0, value, -1, out, (int)size, NULL, NULL) > 0;
}

unsigned platform_cpu_count(void) {
  DWORD count = GetActiveProcessorCount(ALL_PROCESSOR_GROUPS);
  return count < 1 ? 1u : (unsigned)count;
}

bool platform_program_folder(char *out, size_t size) {
  wchar_t wide[2048];
  DWORD length = GetModuleFileNameW(NULL, wide, 2048);
  while (length > 0 && length < 2048 && wide[length - 1] != L'\\')
    length--;
  if (length == 0 || length >= 2048)
    return false;
  wide[length - 1] = 0;
  return WideCharToMultiByte(CP_UTF8, 0, wide, -1, out, size > INT_MAX ? INT_MAX : (int)size, NULL, NULL) > 0;
}

FILE *platform_open(const char *path, platform_use use) {
  static const int flags[] = {_O_RDONLY, _O_WRONLY | _O_CREAT | _O_TRUNC};
  static const char *const modes[] = {"rb", "wb"};
  wchar_t *wide = platform_to_wide(path);
  int fd = wide == NULL ? -1 : _wopen(wide, flags[use] | _O_BINARY | _O_NOINHERIT, _S_IREAD | _S_IWRITE);
  FILE *file = fd < 0 ? NULL : _fdopen(fd, modes[use]);
  if (file == NULL && fd >= 0)
    _close(fd);
  free(wide);
  return file;
}

/* The C library's tmpfile makes its file in the root folder of the drive, which few users may write. */
FILE *platform_temporary(void) {
  wchar_t folder[MAX_PATH + 1], name[MAX_PATH + 1];
  DWORD length = GetTempPathW(MAX_PATH + 1, folder);
  HANDLE handle;
  int fd;
  if (length == 0 || length > MAX_PATH || GetTempFileNameW(folder, L"hcs", 0, name) == 0) {
    platform_set_errno(GetLastError());
    return NULL;
  }
  handle = CreateFileW(name, GENERIC_READ | GENERIC_WRITE | DELETE, 0, NULL, CREATE_ALWAYS,
                       FILE_ATTRIBUTE_TEMPORARY | FILE_FLAG_DELETE_ON_CLOSE, NULL);
  if (handle == INVALID_HANDLE_VALUE) {
    platform_set_errno(GetLastError());
    return NULL;
  }
  fd = _open_osfhandle((intptr_t)handle, _O_RDWR | _O_BINARY | _O_NOINHERIT);
  if (fd < 0)
    CloseHandle(handle);
  return fd < 0 ? NULL : _fdopen(fd, "w+b");
}

bool platform_is_folder(const char *path) {
  DWORD attributes = platform_attributes(path);
  return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

bool platform_remove(const char *path) {
  wchar_t *wide = platform_to_wide(path);
  bool ok = wide != NULL && _wunlink(wide) == 0;
  free(wide);
  return ok;
}

bool platform_sync(FILE *stream) {
  return fflush(stream) == 0 && _commit(_fileno(stream)) == 0;
}

/* What a link leads to; the path itself when that cannot be told. */
static char *link_target(HANDLE handle, const char *path) {
  wchar_t wide[4096];
  DWORD length = GetFinalPathNameByHandleW(handle, wide, 4096, FILE_NAME_NORMALIZED);
  return length > 0 && length < 4096 ? platform_to_utf8(wide) : _strdup(path);
}

bool platform_output_target(const char *path, char **target, bool *plain) {
  wchar_t *wide = platform_to_wide(path);
  DWORD attributes = wide == NULL ? INVALID_FILE_ATTRIBUTES : GetFileAttributesW(wide);
  bool is_link = attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0;
  FILE *file = wide == NULL ? NULL : platform_open(path, PLATFORM_READ);
  HANDLE handle = file == NULL ? INVALID_HANDLE_VALUE : (HANDLE)_get_osfhandle(_fileno(file));
  bool ok = wide != NULL;
  *plain = file == NULL || GetFileType(handle) == FILE_TYPE_DISK;
  if (ok) {
    *target = is_link && file != NULL ? link_target(handle, path) : _strdup(path);
    ok = *target != NULL;
  }
  if (file != NULL)
    fclose(file);
  free(wide);
  return ok;
}

/* A file that is not finished goes with its last handle. */
void platform_end_by_signal(int signal_number) {
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}

unsigned long platform_process_id(void) {
  return GetCurrentProcessId();
}

int platform_descriptor(FILE *stream) {
  return _fileno(stream);
}

ptrdiff_t platform_read(int fd, void *data, size_t size) {
  return _read(fd, data, size > INT_MAX ? INT_MAX : (unsigned)size);
}

bool platform_write(int fd, const void *data, size_t size) {
  const char *next = data;
  while (size > 0) {
    int put = _write(fd, next, size > INT_MAX ? INT_MAX : (unsigned)size);
    if (put < 0)
      return false;
    next += put;
    size -= (size_t)put;
  }
  return true;
}

struct platform_thread {
  HANDLE handle;
  void (*run)(void *context);
  void *context;
};

static unsigned __stdcall run_thread(void *argument) {
  platform_thread *thread = argument;
  thread->run(thread->context);
  return 0;
}

platform_thread *platform_thread_start(void (*run)(void *context), void *context) {
  platform_thread *thread = malloc(sizeof(*thread));
  if (thread == NULL)
    return NULL;
  thread->run = run;
  thread->context = context;
  thread->handle = (HANDLE)_beginthreadex(NULL, 0, run_thread, thread, 0, NULL);
  if (thread->handle == NULL) {
    free(thread);
    return NULL;
  }
  return thread;
}

void platform_thread_join(platform_thread *thread) {
  if (thread == NULL)
    return;
  WaitForSingleObject(thread->handle, INFINITE);
  CloseHandle(thread->handle);
  free(thread);
}

struct platform_mutex {
  SRWLOCK lock;
};

platform_mutex *platform_mutex_new(void) {
  platform_mutex *mutex = malloc(sizeof(*mutex));
  if (mutex != NULL)
    InitializeSRWLock(&mutex->lock);
  return mutex;
}

void platform_mutex_free(platform_mutex *mutex) {
  free(mutex);
}

void platform_mutex_lock(platform_mutex *mutex) {
  AcquireSRWLockExclusive(&mutex->lock);
}

void platform_mutex_unlock(platform_mutex *mutex) {
  ReleaseSRWLockExclusive(&mutex->lock);
}

struct platform_condition {
  CONDITION_VARIABLE variable;
};

platform_condition *platform_condition_new(void) {
  platform_condition *condition = malloc(sizeof(*condition));
  if (condition != NULL)
    InitializeConditionVariable(&condition->variable);
  return condition;
}

void platform_condition_free(platform_condition *condition) {
  free(condition);
}

void platform_condition_wait(platform_condition *condition, platform_mutex *mutex) {
  SleepConditionVariableSRW(&condition->variable, &mutex->lock, INFINITE, 0);
}

void platform_condition_signal(platform_condition *condition) {
  WakeAllConditionVariable(&condition->variable);
}
