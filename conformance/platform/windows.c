/* SPDX-License-Identifier: Apache-2.0 */
#include "platform/platform.h"

#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <limits.h>
#include <process.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <windows.h>

/* shellapi.h is the home of CommandLineToArgvW. */
#include <shellapi.h>

static char *to_utf8(const wchar_t *text) {
  int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
  char *copy = size > 0 ? malloc((size_t)size) : NULL;
  if (copy != NULL)
    WideCharToMultiByte(CP_UTF8, 0, text, -1, copy, size, NULL, NULL);
  return copy;
}

static wchar_t *to_wide(const char *text) {
  int size = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, NULL, 0);
  wchar_t *copy = size > 0 ? malloc((size_t)size * sizeof(*copy)) : NULL;
  if (copy != NULL)
    MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, copy, size);
  else
    errno = size > 0 ? ENOMEM : EINVAL;
  return copy;
}

/* Kept until the process ends, as main's own argv is. */
static bool wide_arguments(int *argc, char ***argv) {
  int count = 0;
  wchar_t **wide = CommandLineToArgvW(GetCommandLineW(), &count);
  char **list = wide == NULL ? NULL : calloc((size_t)count + 1, sizeof(*list));
  bool ok = list != NULL;
  for (int i = 0; ok && i < count; i++) {
    list[i] = to_utf8(wide[i]);
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

FILE *platform_open(const char *path, const char *mode) {
  wchar_t *wide = to_wide(path);
  wchar_t *wide_mode = to_wide(mode);
  FILE *file = wide != NULL && wide_mode != NULL ? _wfopen(wide, wide_mode) : NULL;
  free(wide);
  free(wide_mode);
  return file;
}

bool platform_is_folder(const char *path) {
  wchar_t *wide = to_wide(path);
  DWORD attributes = wide == NULL ? INVALID_FILE_ATTRIBUTES : GetFileAttributesW(wide);
  free(wide);
  return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

static int error_number(DWORD error) {
  static const struct {
    DWORD error;
    int number;
  } numbers[] = {{ERROR_FILE_EXISTS, EEXIST},
                 {ERROR_FILE_NOT_FOUND, ENOENT},
                 {ERROR_PATH_NOT_FOUND, ENOENT},
                 {ERROR_ACCESS_DENIED, EACCES}};
  for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
    if (numbers[i].error == error)
      return numbers[i].number;
  return EIO;
}

/* Whether the file goes when its last handle is closed. */
static void set_deletion(HANDLE handle, BOOLEAN wanted) {
  FILE_DISPOSITION_INFO info = {wanted};
  (void)SetFileInformationByHandle(handle, FileDispositionInfo, &info, sizeof(info));
}

FILE *platform_create_new(const char *path) {
  wchar_t *wide = to_wide(path);
  HANDLE handle = wide == NULL ? INVALID_HANDLE_VALUE
                               : CreateFileW(wide, GENERIC_WRITE | DELETE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                                             CREATE_NEW, FILE_ATTRIBUTE_NORMAL, NULL);
  int problem = wide != NULL && handle == INVALID_HANDLE_VALUE ? error_number(GetLastError()) : 0;
  int fd = handle == INVALID_HANDLE_VALUE ? -1 : _open_osfhandle((intptr_t)handle, _O_WRONLY | _O_BINARY);
  FILE *file = fd < 0 ? NULL : _fdopen(fd, "wb");
  free(wide);
  if (handle != INVALID_HANDLE_VALUE)
    set_deletion(handle, TRUE);
  if (file == NULL && fd >= 0)
    _close(fd);
  else if (fd < 0 && handle != INVALID_HANDLE_VALUE)
    CloseHandle(handle);
  if (problem != 0)
    errno = problem;
  return file;
}

void platform_keep_new(FILE *file, const char *path) {
  (void)path;
  set_deletion((HANDLE)_get_osfhandle(_fileno(file)), FALSE);
}

bool platform_replace(const char *from, const char *to) {
  wchar_t *wide_from = to_wide(from);
  wchar_t *wide_to = to_wide(to);
  bool ok = wide_from != NULL && wide_to != NULL &&
            MoveFileExW(wide_from, wide_to, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH);
  if (!ok)
    errno = GetLastError() == ERROR_ACCESS_DENIED ? EACCES : EIO;
  free(wide_from);
  free(wide_to);
  return ok;
}

bool platform_remove(const char *path) {
  wchar_t *wide = to_wide(path);
  bool ok = wide != NULL && _wunlink(wide) == 0;
  free(wide);
  return ok;
}

bool platform_sync(FILE *stream) {
  return fflush(stream) == 0 && _commit(_fileno(stream)) == 0;
}

bool platform_output_target(const char *path, char **target, bool *plain) {
  FILE *file = platform_open(path, "rb");
  *plain = file == NULL || GetFileType((HANDLE)_get_osfhandle(_fileno(file))) == FILE_TYPE_DISK;
  if (file != NULL)
    fclose(file);
  *target = _strdup(path);
  return *target != NULL;
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
