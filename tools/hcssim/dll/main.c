/* SPDX-License-Identifier: Apache-2.0 */
/* hcssim.dll's beginning and end. The recording's last line says which handles the process left open. By then other
 * threads have been ended wherever they were: nothing that takes a lock of this process may be called, which is why the
 * file is opened at the beginning and the line is put together by hand. */
#include "dll/shim.h"
#include "engine/os/os_windows.h"
#include "engine/state.h"

#include <stdlib.h>
#include <string.h>
#include <windows.h>

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, LPVOID reserved);

static os_log *record;

static void open_record(void) {
  char *path = os_environment("HCSSIM_RECORD");
  if (path != NULL)
    record = os_log_open(path);
  free(path);
}

static char *put_text(char *at, const char *text) {
  size_t length = strlen(text);
  memcpy(at, text, length);
  return at + length;
}

static char *put_number(char *at, size_t number) {
  char digits[24];
  size_t count = 0;
  do
    digits[count++] = (char)('0' + number % 10);
  while ((number /= 10) > 0);
  while (count > 0)
    *at++ = digits[--count];
  return at;
}

static void report(const sim *service) {
  static const char *const kinds[] = {
      "\"Systems\":",   ",\"Processes\":", ",\"Operations\":",    ",\"Callbacks\":", ",\"Namespaces\":",
      ",\"Networks\":", ",\"Endpoints\":", ",\"LoadBalancers\":", ",\"Routes\":"};
  char line[512], *at = line;
  size_t counts[SIM_HANDLE_KINDS];
  sim_open_handles(service, counts);
  at = put_text(at, "{\"process\":");
  at = put_number(at, GetCurrentProcessId());
  at = put_text(at, ",\"exit\":{");
  for (size_t i = 0; i < SIM_HANDLE_KINDS; i++)
    at = put_number(put_text(at, kinds[i]), counts[i]);
  at = put_text(at, "}}\n");
  if (service->log != NULL)
    os_log_let_go(service->log);
  os_log_append(record, line, (size_t)(at - line));
}

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, LPVOID reserved) {
  HMODULE self;
  (void)reserved;
  if (reason == DLL_PROCESS_ATTACH) {
    /* Its threads may run at any time: once loaded it stays. */
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (LPCWSTR)(void *)module,
                       &self);
    open_record();
  }
  if (reason == DLL_PROCESS_DETACH && record != NULL && shim_peek() != NULL)
    report(shim_peek());
  return TRUE;
}
