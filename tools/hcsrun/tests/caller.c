/* SPDX-License-Identifier: Apache-2.0 */
/* caller: calls the service once, says so, and ends when its standard input does. */
#include <stdio.h>
#include <windows.h>

typedef long(WINAPI *enumerate)(const wchar_t *query, wchar_t **systems, wchar_t **result);

int main(void) {
  HMODULE dll = LoadLibraryW(L"vmcompute.dll");
  wchar_t *systems = NULL, *result = NULL;
  union {
    FARPROC address;
    enumerate call;
  } function;
  function.address = dll == NULL ? NULL : GetProcAddress(dll, "HcsEnumerateComputeSystems");
  if (function.address == NULL || function.call(L"{}", &systems, &result) != 0)
    return 1;
  puts("called");
  fflush(stdout);
  return getchar() == EOF ? 0 : 1;
}
