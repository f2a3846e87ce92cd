/* SPDX-License-Identifier: Apache-2.0 */
/* bcryptprimitives.dll for Wine prefixes: Wine has had one of its own since 9. Needed by every program that was built
 * with Go 1.22 or later, which takes its random numbers from ProcessPrng before anything else (Go
 * runtime/os_windows.go). As it is the first DLL that such a program loads, what else Wine lacks is put right from
 * here. */
#include "wine/gaps.h"

/* advapi32's RtlGenRandom, by the only name it is exported under. */
BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG size);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size);
BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, LPVOID reserved);

#define MOST_AT_ONCE ((SIZE_T)1 << 20)

BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) {
  while (size > 0) {
    SIZE_T part = size < MOST_AT_ONCE ? size : MOST_AT_ONCE;
    if (!SystemFunction036(data, (ULONG)part))
      return FALSE;
    data += part;
    size -= part;
  }
  return TRUE;
}

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, LPVOID reserved) {
  static wchar_t path[MAX_PATH];
  (void)reserved;
  if (reason == DLL_PROCESS_ATTACH && gap_is_wine()) {
    gap_named_pipes();
    gap_file_disposition();
    gap_backup_streams();
    gap_file_names();
    gap_mount_points();
    gap_silo_jobs();
    gap_job_statistics();
    gap_exports();
    gap_device_control();
    gap_hyperv_sockets();
    if (GetModuleFileNameW(module, path, MAX_PATH) < MAX_PATH)
      gap_child_processes(path);
  }
  return TRUE;
}
