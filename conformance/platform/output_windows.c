/* SPDX-License-Identifier: Apache-2.0 */
#include "platform/platform.h"

#include <io.h>
#include <windows.h>

unsigned platform_terminal_width(FILE *stream) {
  CONSOLE_SCREEN_BUFFER_INFO info;
  HANDLE console = (HANDLE)_get_osfhandle(platform_descriptor(stream));
  if (!GetConsoleScreenBufferInfo(console, &info) || info.srWindow.Right < info.srWindow.Left)
    return 0;
  return (unsigned)(info.srWindow.Right - info.srWindow.Left) + 1;
}

bool platform_output_abandoned(void) {
  HANDLE output = (HANDLE)_get_osfhandle(PLATFORM_STDOUT);
  DWORD written;
  if (output == INVALID_HANDLE_VALUE || GetFileType(output) != FILE_TYPE_PIPE)
    return false;
  return !WriteFile(output, "", 0, &written, NULL) &&
         (GetLastError() == ERROR_NO_DATA || GetLastError() == ERROR_BROKEN_PIPE);
}

/* Windows has no signal for it. */
void platform_end_for_pipe(void) {
}
