/* SPDX-License-Identifier: Apache-2.0 */
/* holder FILE MILLISECONDS: keeps a file open that nobody else may open meanwhile, as a process that is ending does. */
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

int main(int argc, char **argv) {
  HANDLE file;
  if (argc != 3)
    return 2;
  file = CreateFileA(argv[1], GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
  if (file == INVALID_HANDLE_VALUE)
    return 1;
  puts("holding");
  fflush(stdout);
  Sleep((DWORD)strtoul(argv[2], NULL, 10));
  CloseHandle(file);
  return 0;
}
