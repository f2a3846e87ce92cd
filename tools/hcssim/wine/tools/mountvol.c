/* SPDX-License-Identifier: Apache-2.0 */
/* mountvol for Wine prefixes, which have none: lists the volumes and where they are mounted. Tests compare what a
 * HostProcess container sees with what the host does (hcsshim test/functional TestHostProcess_mountvol).
 *
 *   mountvol
 *
 * Exit status: 0 listed; 1 wrong usage, or the volumes cannot be asked for. */
#include "wine/tools/say.h"

#include <wchar.h>

static void show(const wchar_t *volume) {
  wchar_t paths[2048];
  DWORD size;
  say_with(L"    %ls\r\n", volume);
  if (!GetVolumePathNamesForVolumeNameW(volume, paths, 2048, &size) || paths[0] == 0)
    say(L"        *** NO MOUNT POINTS ***\r\n");
  else
    for (const wchar_t *path = paths; *path != 0; path += wcslen(path) + 1)
      say_with(L"        %ls\r\n", path);
  say(L"\r\n");
}

int wmain(int count, wchar_t **words) {
  wchar_t volume[64];
  HANDLE search;
  (void)words;
  if (count > 1) {
    say(L"Usage: mountvol (without arguments: volumes are not mounted here)\r\n");
    return 1;
  }
  search = FindFirstVolumeW(volume, 64);
  if (search == INVALID_HANDLE_VALUE)
    return 1;
  say(L"Possible values for VolumeName along with current mount points are:\r\n\r\n");
  do
    show(volume);
  while (FindNextVolumeW(search, volume, 64));
  FindVolumeClose(search);
  return 0;
}
