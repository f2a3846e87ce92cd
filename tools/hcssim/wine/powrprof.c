/* SPDX-License-Identifier: Apache-2.0 */
/* powrprof.dll for Wine prefixes: the door through which programs built with Go before 1.22 get what
 * bcryptprimitives.dll closes. Go has loaded it since 1.12 and asks it for one function (runtime/os_windows.go
 * monitorSuspendResume), which does nothing here: the machine does not sleep. As this DLL imports from the other, the
 * other is loaded too. */
#include <windows.h>

#define EXPORT __declspec(dllexport)

BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size);

EXPORT DWORD WINAPI PowerRegisterSuspendResumeNotification(DWORD flags, HANDLE recipient, void **registration);
EXPORT DWORD WINAPI PowerUnregisterSuspendResumeNotification(void *registration);

DWORD WINAPI PowerRegisterSuspendResumeNotification(DWORD flags, HANDLE recipient, void **registration) {
  static BYTE mark;
  (void)flags;
  (void)recipient;
  if (registration == NULL || !ProcessPrng(&mark, sizeof mark))
    return ERROR_INVALID_PARAMETER;
  *registration = &mark;
  return ERROR_SUCCESS;
}

DWORD WINAPI PowerUnregisterSuspendResumeNotification(void *registration) {
  return registration != NULL ? ERROR_SUCCESS : ERROR_INVALID_PARAMETER;
}
