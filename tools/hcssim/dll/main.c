/* SPDX-License-Identifier: Apache-2.0 */
/* hcssim.dll's beginning and end. */
#include "dll/shim.h"

#include <windows.h>

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, LPVOID reserved);

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, LPVOID reserved) {
  HMODULE self;
  (void)reserved;
  /* Its threads may run at any time: once loaded it stays. */
  if (reason == DLL_PROCESS_ATTACH)
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (LPCWSTR)(void *)module,
                       &self);
  if (reason == DLL_PROCESS_DETACH)
    shim_report();
  return TRUE;
}
