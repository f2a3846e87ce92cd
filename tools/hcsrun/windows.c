/* SPDX-License-Identifier: Apache-2.0 */
#include "session.h"

#include <stdio.h>
#include <string.h>
#include <windows.h>
/* These need it; the GUIDs of known folders are defined here. */
#include <initguid.h>
#include <knownfolders.h>
#include <psapi.h>
#include <shlobj.h>
#include <tlhelp32.h>

static const wchar_t *wide(hcsref_arena *arena, hcsref_str text) {
  return (const wchar_t *)hcsref_to_utf16(arena, text);
}

/* A path of a few calls; the arena goes with it. */
typedef struct path {
  hcsref_arena arena;
  const wchar_t *text;
} path;

static path path_open(hcsref_str text) {
  path p;
  hcsref_arena_init(&p.arena, NULL, 0);
  p.text = wide(&p.arena, text);
  return p;
}

static void path_close(path *p) {
  hcsref_arena_free(&p->arena);
}

bool system_is_elevated(void) {
  HANDLE token;
  TOKEN_ELEVATION elevation;
  DWORD size = 0;
  bool ok;
  if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
    return false;
  ok = GetTokenInformation(token, TokenElevation, &elevation, sizeof elevation, &size) && elevation.TokenIsElevated;
  CloseHandle(token);
  return ok;
}

bool system_is_simulated(void) {
  HMODULE module = LoadLibraryExW(L"hcssim.dll", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
  if (module != NULL)
    FreeLibrary(module);
  return module != NULL;
}

int system_has_hypervisor(void) {
  HKEY key;
  /* The service of Hyper-V's management is registered with the feature. */
  LSTATUS status = RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"SYSTEM\\CurrentControlSet\\Services\\vmms", 0, KEY_READ, &key);
  if (status == ERROR_SUCCESS)
    RegCloseKey(key);
  return status == ERROR_SUCCESS ? 1 : status == ERROR_FILE_NOT_FOUND ? 0 : -1;
}

bool system_program_data(hcsref_arena *arena, hcsref_str *out) {
  PWSTR folder = NULL;
  bool ok = SUCCEEDED(SHGetKnownFolderPath(&FOLDERID_ProgramData, 0, NULL, &folder)) &&
            hcsref_from_utf16(arena, (const hcsref_wchar *)folder, out);
  CoTaskMemFree(folder);
  return ok;
}

uint32_t system_process_id(void) {
  return GetCurrentProcessId();
}

bool system_own_folder(hcsref_arena *arena, hcsref_str *out) {
  wchar_t name[2048];
  DWORD length = GetModuleFileNameW(NULL, name, 2048);
  while (length > 0 && name[length - 1] != L'\\')
    length--;
  if (length == 0)
    return false;
  name[length - 1] = 0;
  return hcsref_from_utf16(arena, (const hcsref_wchar *)name, out);
}

bool system_write_file(hcsref_str name, hcsref_str text) {
  path p = path_open(name);
  HANDLE file =
      p.text == NULL ? INVALID_HANDLE_VALUE : CreateFileW(p.text, GENERIC_WRITE, 0, NULL, CREATE_NEW, 0, NULL);
  DWORD put = 0;
  bool ok = file != INVALID_HANDLE_VALUE && WriteFile(file, text.data, (DWORD)text.len, &put, NULL) && put == text.len;
  if (file != INVALID_HANDLE_VALUE)
    CloseHandle(file);
  path_close(&p);
  return ok;
}

void system_list(hcsref_arena *arena, hcsref_str folder, void (*each)(void *context, hcsref_str name), void *context) {
  WIN32_FIND_DATAW found;
  hcsref_str pattern, name;
  HANDLE search;
  if (!hcsref_format(arena, &pattern, "%v\\*", folder))
    return;
  search = FindFirstFileW(wide(arena, pattern), &found);
  if (search == INVALID_HANDLE_VALUE)
    return;
  do {
    if (hcsref_from_utf16(arena, (const hcsref_wchar *)found.cFileName, &name) &&
        !hcsref_str_equal(name, HCSREF_LIT(".")) && !hcsref_str_equal(name, HCSREF_LIT("..")))
      each(context, name);
  } while (FindNextFileW(search, &found));
  FindClose(search);
}

static unsigned count_threads(void) {
  HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
  THREADENTRY32 entry;
  unsigned count = 0;
  entry.dwSize = sizeof entry;
  for (BOOL more = Thread32First(snapshot, &entry); more; more = Thread32Next(snapshot, &entry))
    count += entry.th32OwnerProcessID == GetCurrentProcessId();
  CloseHandle(snapshot);
  return count;
}

void system_usage(usage *out) {
  PROCESS_MEMORY_COUNTERS_EX memory;
  DWORD handles = 0;
  memset(&memory, 0, sizeof memory);
  GetProcessHandleCount(GetCurrentProcess(), &handles);
  K32GetProcessMemoryInfo(GetCurrentProcess(), (PROCESS_MEMORY_COUNTERS *)&memory, sizeof memory);
  out->handles = (unsigned)handles;
  out->threads = count_threads();
  out->memory = memory.PrivateUsage;
}

static volatile LONG interrupted;

static BOOL WINAPI on_control(DWORD type) {
  (void)type;
  InterlockedExchange(&interrupted, 1);
  return TRUE;
}

void system_catch_interrupts(void) {
  SetConsoleCtrlHandler(on_control, TRUE);
}

bool system_interrupted(void) {
  return interrupted != 0;
}
