/* SPDX-License-Identifier: Apache-2.0 */
/* holder FILE MILLISECONDS [gone]: keeps a file or folder open that nobody else may open meanwhile, as a process that
 * is ending does; gone: one that goes when it is closed, as what was killed while it removed it does. */
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

int main(int argc, char **argv) {
  FILE_DISPOSITION_INFO gone = {TRUE};
  HANDLE file;
  if (argc < 3)
    return 2;
  file = CreateFileA(argv[1], GENERIC_READ | (argc > 3 ? DELETE : 0), 0, NULL, OPEN_EXISTING,
                     FILE_FLAG_BACKUP_SEMANTICS, NULL);
  if (file == INVALID_HANDLE_VALUE)
    return 1;
  if (argc > 3 && !SetFileInformationByHandle(file, FileDispositionInfo, &gone, sizeof gone))
    return 1;
  puts("holding");
  fflush(stdout);
  Sleep((DWORD)strtoul(argv[2], NULL, 10));
  CloseHandle(file);
  return 0;
}
