/* SPDX-License-Identifier: Apache-2.0 */
/* offreg.dll for Wine prefixes, whose Wine has none. Source of the calls: hcsshim
 * internal/wclayer/converttobaselayer.go (ensureHive), which writes empty registry hives. A hive is a file that says
 * what it stands for. */
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#define EXPORT __declspec(dllexport)

EXPORT DWORD WINAPI ORCreateHive(void **hive);
EXPORT DWORD WINAPI ORSaveHive(void *hive, PCWSTR path, DWORD major, DWORD minor);
EXPORT DWORD WINAPI ORCloseHive(void *hive);

DWORD WINAPI ORCreateHive(void **hive) {
  if (hive == NULL)
    return ERROR_INVALID_PARAMETER;
  *hive = malloc(1);
  return *hive == NULL ? ERROR_NOT_ENOUGH_MEMORY : ERROR_SUCCESS;
}

/* As the real one, it replaces no file. */
DWORD WINAPI ORSaveHive(void *hive, PCWSTR path, DWORD major, DWORD minor) {
  static const char content[] = "hive of the simulated Host Compute Service\n";
  DWORD put, error = ERROR_SUCCESS;
  HANDLE file;
  (void)major;
  (void)minor;
  if (hive == NULL || path == NULL)
    return ERROR_INVALID_PARAMETER;
  file = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_NEW, 0, NULL);
  if (file == INVALID_HANDLE_VALUE)
    return GetLastError();
  if (!WriteFile(file, content, sizeof content - 1, &put, NULL))
    error = GetLastError();
  CloseHandle(file);
  return error;
}

DWORD WINAPI ORCloseHive(void *hive) {
  free(hive);
  return ERROR_SUCCESS;
}
