/* SPDX-License-Identifier: Apache-2.0 */
/* Exports that Wine lacks, or that promise what they do not do, in DLLs that come later than this one. Go asks for
 * every function by its name, so they are given out by GetProcAddress, in whose place this one does the same. */
#include "wine/gaps.h"

#include <string.h>

NTSTATUS NTAPI LdrGetProcedureAddress(HMODULE module, const ANSI_STRING *name, ULONG ordinal, PVOID *address);

/* `choose` gets what Wine has, which may be null. */
static const struct {
  const wchar_t *dll;
  const char *name;
  FARPROC (*choose)(FARPROC wine);
} replaced[] = {
    {L"iphlpapi.dll", "SetCurrentThreadCompartmentId", gap_set_compartment},
    {L"iphlpapi.dll", "GetCurrentThreadCompartmentId", gap_get_compartment},
    {L"netapi32.dll", "NetLocalGroupGetInfo", gap_group_info},
    {L"advapi32.dll", "LogonUserW", gap_log_on},
    {L"ws2_32.dll", "listen", gap_listen},
    {L"ws2_32.dll", "connect", gap_connect},
    {L"ws2_32.dll", "WSAIoctl", gap_socket_control},
};

static FARPROC choose(HMODULE module, const char *name, FARPROC wine) {
  for (size_t i = 0; i < sizeof replaced / sizeof *replaced; i++)
    if (strcmp(name, replaced[i].name) == 0 && module == GetModuleHandleW(replaced[i].dll))
      return replaced[i].choose(wine);
  return wine;
}

static FARPROC WINAPI get_address(HMODULE module, LPCSTR name) {
  union {
    PVOID pointer;
    FARPROC function;
  } found = {NULL};
  BOOL is_number = ((ULONG_PTR)name >> 16) == 0;
  ANSI_STRING text = {0};
  NTSTATUS code;
  if (module == NULL)
    module = GetModuleHandleW(NULL);
  if (!is_number) {
    size_t length = strlen(name);
    text.Buffer = (char *)(ULONG_PTR)name;
    text.Length = text.MaximumLength = (USHORT)(length < 0xFFFF ? length : 0xFFFF);
  }
  code =
      LdrGetProcedureAddress(module, is_number ? NULL : &text, is_number ? (ULONG)(ULONG_PTR)name : 0, &found.pointer);
  if (code < 0)
    found.function = NULL;
  if (!is_number)
    found.function = choose(module, name, found.function);
  if (found.function == NULL)
    SetLastError(RtlNtStatusToDosError(code));
  return found.function;
}

void gap_exports(void) {
  union {
    FARPROC(WINAPI *function)(HMODULE, LPCSTR);
    void *address;
  } ours = {get_address};
  gap_instead_of(L"kernel32.dll", "GetProcAddress", ours.address);
}
