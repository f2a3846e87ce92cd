/* SPDX-License-Identifier: Apache-2.0 */
/* Source of the calls: moby daemon/libnetwork/osl and hcsshim internal/winapi: the compartment that a thread's names
 * are looked up in. Wine's iphlpapi.dll does not have them, and a program that looks for them panics. There is one
 * compartment, number 1. */
#include "wine/gaps.h"

#include <string.h>

NTSTATUS NTAPI LdrGetProcedureAddress(HMODULE module, const ANSI_STRING *name, ULONG ordinal, PVOID *address);

static DWORD WINAPI set_compartment(DWORD compartment) {
  (void)compartment;
  return NO_ERROR;
}

static DWORD WINAPI get_compartment(void) {
  return 1;
}

typedef union function {
  DWORD(WINAPI *set)(DWORD);
  DWORD(WINAPI *get)(void);
  FARPROC address;
} function;

static FARPROC compartment_function(HMODULE module, const char *name) {
  const function setting = {.set = set_compartment}, getting = {.get = get_compartment};
  if (module == NULL || module != GetModuleHandleW(L"iphlpapi.dll"))
    return NULL;
  if (strcmp(name, "SetCurrentThreadCompartmentId") == 0)
    return setting.address;
  return strcmp(name, "GetCurrentThreadCompartmentId") == 0 ? getting.address : NULL;
}

/* In the place of Wine's, which does the same but for those two. */
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
  if (code >= 0)
    return found.function;
  found.function = is_number ? NULL : compartment_function(module, name);
  if (found.function == NULL)
    SetLastError(RtlNtStatusToDosError(code));
  return found.function;
}

void gap_compartments(void) {
  union {
    FARPROC(WINAPI *function)(HMODULE, LPCSTR);
    void *address;
  } ours = {get_address};
  gap_instead_of(L"kernel32.dll", "GetProcAddress", ours.address);
}
