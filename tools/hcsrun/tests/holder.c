/* SPDX-License-Identifier: Apache-2.0 */
/* holder FILE MILLISECONDS [gone]: keeps a file or folder open that nobody else may open meanwhile, as a process that
 * is ending does; gone: one that goes when it is closed, as what was killed while it removed it does.
 *
 * holder FILE lock: keeps a recording locked, as a process that adds a line does, until standard input ends. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

static int keep_locked(const char *path) {
  OVERLAPPED far_away = {0};
  HANDLE file = CreateFileA(path, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                            NULL, OPEN_EXISTING, 0, NULL);
  far_away.OffsetHigh = 0x40000000; /* tools/hcssim/engine/os/os_windows_file.c */
  if (file == INVALID_HANDLE_VALUE || !LockFileEx(file, LOCKFILE_EXCLUSIVE_LOCK, 0, 1, 0, &far_away))
    return 1;
  puts("holding");
  fflush(stdout);
  return getchar() == EOF ? 0 : 1;
}

int main(int argc, char **argv) {
  FILE_DISPOSITION_INFO gone = {TRUE};
  HANDLE file;
  if (argc < 3)
    return 2;
  if (strcmp(argv[2], "lock") == 0)
    return keep_locked(argv[1]);
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
