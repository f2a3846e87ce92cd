/* SPDX-License-Identifier: Apache-2.0 */
/* The service's DLLs, found by name in System32, and the operating system for the live stage. */
#include "hcsref/windows.h"

#include <stdlib.h>
#include <string.h>
#include <windows.h>
/* CoTaskMemFree is declared here, and below it the text form of rights. */
#include <objbase.h>
#include <sddl.h>

/* ---- entry points ------------------------------------------------------------------------------------------------ */

static HMODULE load(const char *dll) {
  return LoadLibraryExA(dll, NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
}

bool hcsref_windows_probe(const hcsref_api_table *table, size_t *found, const char **missing) {
  HMODULE module = load(table->dll);
  *found = 0;
  if (missing != NULL)
    *missing = NULL;
  if (module == NULL)
    return false;
  for (size_t i = 0; i < table->count; i++) {
    if (GetProcAddress(module, table->entries[i].name) != NULL)
      ++*found;
    else if (missing != NULL && *missing == NULL)
      *missing = table->entries[i].name;
  }
  return true;
}

/* Fills a table's pointers; false, with the table of no use, when one is not there. The module stays loaded. */
static bool fill(const hcsref_api_table *table, void *entries) {
  HMODULE module = load(table->dll);
  for (size_t i = 0; i < table->count; i++) {
    FARPROC address = module == NULL ? NULL : GetProcAddress(module, table->entries[i].name);
    if (address == NULL)
      return false;
    memcpy((char *)entries + table->entries[i].offset, &address, sizeof(address));
  }
  return true;
}

static bool fail_missing(const hcsref_api_table *table, hcsref_arena *arena, hcsref_error *err) {
  const char *missing;
  size_t found;
  if (!hcsref_windows_probe(table, &found, &missing))
    return hcsref_fail(arena, err, "hcs-missing", hcsref_str_from(NULL, 0),
                       "%s is not in System32: install the Windows feature Containers", table->dll);
  return hcsref_fail(arena, err, "hcs-missing", hcsref_str_from(NULL, 0), "%s has no %s: this Windows is too old",
                     table->dll, missing == NULL ? "export" : missing);
}

static void free_core_text(hcsref_wchar *text) {
  LocalFree(text);
}

static void free_vm_text(hcsref_wchar *text) {
  CoTaskMemFree(text);
}

bool hcsref_windows_load(hcsref_windows *w, bool use_vm, hcsref_arena *arena, hcsref_error *err) {
  memset(w, 0, sizeof(*w));
  w->api.core = !use_vm && fill(&hcsref_api_computecore, &w->core) ? &w->core : NULL;
  w->api.vm = fill(&hcsref_api_vmcompute, &w->vm) ? &w->vm : NULL;
  w->api.layers = fill(&hcsref_api_wclayer, &w->layers) ? &w->layers : NULL;
  w->api.network = fill(&hcsref_api_computenetwork, &w->network) ? &w->network : NULL;
  w->api.free_core_text = free_core_text;
  w->api.free_vm_text = free_vm_text;
  w->api.os = &hcsref_windows_os;
  if (w->api.core == NULL && w->api.vm == NULL)
    return fail_missing(use_vm ? &hcsref_api_vmcompute : &hcsref_api_computecore, arena, err);
  return w->api.layers != NULL || fail_missing(&hcsref_api_wclayer, arena, err);
}

/* ---- operating system ---- */

static uint64_t now_ms(void) {
  return GetTickCount64();
}

static void sleep_ms(uint32_t ms) {
  Sleep(ms);
}

/* Shared by the thread and who waits for it; the later one frees it. */
typedef struct task {
  void (*run)(void *context);
  void *context;
  HANDLE done;
  volatile LONG owners;
} task;

static void release_task(task *t) {
  if (InterlockedDecrement(&t->owners) > 0)
    return;
  CloseHandle(t->done);
  free(t);
}

static DWORD WINAPI run_task(void *argument) {
  task *t = argument;
  t->run(t->context);
  SetEvent(t->done);
  release_task(t);
  return 0;
}

static bool run_limited(void (*run)(void *context), void *context, uint32_t ms, bool *started) {
  task *t = malloc(sizeof(*t));
  HANDLE thread;
  bool done;
  *started = false;
  if (t == NULL)
    return false;
  t->run = run;
  t->context = context;
  t->owners = 2;
  t->done = CreateEventW(NULL, TRUE, FALSE, NULL);
  thread = t->done == NULL ? NULL : CreateThread(NULL, 0, run_task, t, 0, NULL);
  if (thread == NULL) {
    if (t->done != NULL)
      CloseHandle(t->done);
    free(t);
    return false;
  }
  *started = true;
  CloseHandle(thread);
  done = WaitForSingleObject(t->done, ms) == WAIT_OBJECT_0;
  release_task(t);
  return done;
}

typedef struct monitor {
  CRITICAL_SECTION lock;
  CONDITION_VARIABLE changed;
} monitor;

static void *monitor_new(void) {
  monitor *m = malloc(sizeof(*m));
  if (m != NULL) {
    InitializeCriticalSection(&m->lock);
    InitializeConditionVariable(&m->changed);
  }
  return m;
}

static void monitor_free(void *context) {
  monitor *m = context;
  DeleteCriticalSection(&m->lock);
  free(m);
}

static void monitor_enter(void *context) {
  EnterCriticalSection(&((monitor *)context)->lock);
}

static void monitor_leave(void *context) {
  LeaveCriticalSection(&((monitor *)context)->lock);
}

static void monitor_wait(void *context, uint32_t ms) {
  monitor *m = context;
  SleepConditionVariableCS(&m->changed, &m->lock, ms);
}

static void monitor_wake(void *context) {
  WakeAllConditionVariable(&((monitor *)context)->changed);
}

/* The streams are open for overlapped calls: each needs an event of its own to be waited for. Returns what was moved,
 * or negative; the end of a pipe is 0. */
static ptrdiff_t finish_io(HANDLE stream, BOOL begun, OVERLAPPED *overlapped) {
  DWORD moved = 0, error = begun ? 0 : GetLastError();
  if (error == 0 || error == ERROR_IO_PENDING)
    error = GetOverlappedResult(stream, overlapped, &moved, TRUE) ? 0 : GetLastError();
  CloseHandle(overlapped->hEvent);
  if (error == ERROR_BROKEN_PIPE || error == ERROR_HANDLE_EOF || error == ERROR_PIPE_NOT_CONNECTED)
    return 0;
  return error == 0 ? (ptrdiff_t)moved : -1;
}

static bool begin_io(OVERLAPPED *overlapped) {
  memset(overlapped, 0, sizeof(*overlapped));
  overlapped->hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
  return overlapped->hEvent != NULL;
}

static ptrdiff_t stream_read(hcsref_os_handle stream, void *data, size_t size) {
  OVERLAPPED overlapped;
  DWORD wanted = size > UINT32_MAX ? UINT32_MAX : (DWORD)size;
  if (!begin_io(&overlapped))
    return -1;
  return finish_io(stream, ReadFile(stream, data, wanted, NULL, &overlapped), &overlapped);
}

static bool stream_write(hcsref_os_handle stream, const void *data, size_t size) {
  const char *next = data;
  while (size > 0) {
    OVERLAPPED overlapped;
    DWORD wanted = size > 65536 ? 65536 : (DWORD)size;
    ptrdiff_t moved;
    if (!begin_io(&overlapped))
      return false;
    moved = finish_io(stream, WriteFile(stream, next, wanted, NULL, &overlapped), &overlapped);
    if (moved <= 0)
      return false;
    next += moved;
    size -= (size_t)moved;
  }
  return true;
}

static void stream_close(hcsref_os_handle stream) {
  CloseHandle(stream);
}

static wchar_t *wide_copy(hcsref_str path) {
  hcsref_arena arena;
  const hcsref_wchar *wide;
  wchar_t *copy = NULL;
  hcsref_arena_init(&arena, NULL, 0);
  wide = hcsref_to_utf16(&arena, path);
  if (wide != NULL)
    copy = _wcsdup((const wchar_t *)wide);
  hcsref_arena_free(&arena);
  return copy;
}

/* For SYSTEM and administrators alone, whatever the folder above grants, and theirs. Source of the list: containerd
 * pkg/sys/filesys_windows.go SddlAdministratorsLocalSystem, with which it makes all that it keeps; the owner is ours,
 * because an owner may change the list. Wine has no lists and makes a folder that others may not enter of it. */
#define PRIVATE L"O:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"

static bool folder_make(hcsref_str path) {
  SECURITY_ATTRIBUTES rights = {sizeof rights, NULL, FALSE};
  wchar_t *wide = wide_copy(path);
  bool ok = wide != NULL &&
            ConvertStringSecurityDescriptorToSecurityDescriptorW(PRIVATE, SDDL_REVISION_1, &rights.lpSecurityDescriptor,
                                                                 NULL) &&
            CreateDirectoryW(wide, &rights);
  DWORD error = GetLastError();
  LocalFree(rights.lpSecurityDescriptor);
  free(wide);
  SetLastError(error);
  return ok;
}

static bool folder_remove(hcsref_str path) {
  wchar_t *wide = wide_copy(path);
  bool ok = wide != NULL && RemoveDirectoryW(wide);
  free(wide);
  return ok;
}

const hcsref_live_os hcsref_windows_os = {
    now_ms,       sleep_ms,     run_limited, monitor_new,  monitor_free, monitor_enter, monitor_leave,
    monitor_wait, monitor_wake, stream_read, stream_write, stream_close, folder_make,   folder_remove,
};

/* advapi32's RtlGenRandom, by the only name it is exported under. */
BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG size);

bool hcsref_windows_guid(hcsref_guid *out) {
  if (!SystemFunction036(out->data, sizeof(out->data)))
    return false;
  out->data[6] = (unsigned char)((out->data[6] & 0x0F) | 0x40);
  out->data[8] = (unsigned char)((out->data[8] & 0x3F) | 0x80);
  return true;
}
