/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What the small programs of a Wine prefix (ping, findstr, icacls, mountvol) share. They do what tests of container
 * runtimes ask of Windows' programs of these names, and no more.
 */
#ifndef HCSSIM_WINE_TOOLS_SAY_H
#define HCSSIM_WINE_TOOLS_SAY_H

#include <windows.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define MOST_UNITS 2000

/** Writes text, and at once, in UTF-8. False: nobody reads it any more. */
static BOOL say(const wchar_t *text) {
  int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
  char *bytes = size <= 0 ? NULL : malloc((size_t)size);
  DWORD done;
  BOOL ok = bytes != NULL && WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, size, NULL, NULL) == size &&
            WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), bytes, (DWORD)size - 1, &done, NULL);
  free(bytes);
  return ok;
}

/** The same of text as swprintf makes it, cut after MOST_UNITS. */
static BOOL say_with(const wchar_t *format, ...) {
  wchar_t text[MOST_UNITS + 1];
  va_list values;
  va_start(values, format);
  _vsnwprintf(text, MOST_UNITS, format, values);
  va_end(values);
  text[MOST_UNITS] = 0;
  return say(text);
}

#endif
