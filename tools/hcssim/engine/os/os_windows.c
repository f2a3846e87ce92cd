/* SPDX-License-Identifier: Apache-2.0 */
/* Windows: text, the lock, threads, time and the machine. */
#include "engine/os/os_windows.h"

#include <stdlib.h>

wchar_t *os_wide(const char *text) {
  int size = text == NULL ? 0 : MultiByteToWideChar(CP_UTF8, 0, text, -1, NULL, 0);
  wchar_t *copy = size > 0 ? malloc((size_t)size * sizeof(*copy)) : NULL;
  if (copy != NULL)
    MultiByteToWideChar(CP_UTF8, 0, text, -1, copy, size);
  return copy;
}

char *os_utf8(const wchar_t *text) {
  int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
  char *copy = size > 0 ? malloc((size_t)size) : NULL;
  if (copy != NULL)
    WideCharToMultiByte(CP_UTF8, 0, text, -1, copy, size, NULL, NULL);
  return copy;
}

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

uint64_t os_file_time(FILETIME time) {
  return (uint64_t)time.dwHighDateTime << 32 | time.dwLowDateTime;
}

uint64_t os_wall_ms(void) {
  FILETIME now;
  GetSystemTimeAsFileTime(&now);
  return (os_file_time(now) - 116444736000000000u) / 10000;
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
  wchar_t *wide = os_wide(name);
  DWORD size = wide == NULL ? 0 : GetEnvironmentVariableW(wide, NULL, 0);
  wchar_t *value = size == 0 ? NULL : malloc(size * sizeof(*value));
  char *copy = NULL;
  if (value != NULL && GetEnvironmentVariableW(wide, value, size) < size)
    copy = os_utf8(value);
  free(value);
  free(wide);
  return copy;
}
