/* SPDX-License-Identifier: Apache-2.0 */
#include "platform/program.h"

#include "platform/wide.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#define MAX_UNITS 32768u /* the longest path, and the longest variable */

static wchar_t *new_text(void) {
  wchar_t *text = calloc(MAX_UNITS, sizeof(*text));
  if (text == NULL)
    errno = ENOMEM;
  return text;
}

static bool is_file(const wchar_t *path) {
  DWORD attributes = GetFileAttributesW(path);
  return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) == 0;
}

/* The path, or the path with one of the endings of programs put behind it. `path` has room for MAX_UNITS. */
static bool complete(wchar_t *path) {
  static const wchar_t *const endings[] = {L".exe", L".cmd",
                                           L".bat"}; /* of PATHEXT, those that need no other program */
  size_t length = wcslen(path);
  if (is_file(path))
    return true;
  for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
    if (length + wcslen(endings[i]) >= MAX_UNITS)
      return false;
    wcscpy(path + length, endings[i]);
    if (is_file(path))
      return true;
  }
  return false;
}

/* "C:\…" or "\\server\…": what the current folder and the current drive have no part in. */
static bool is_full(const wchar_t *path, size_t length) {
  bool lettered = length >= 3 && path[1] == L':' && (path[2] == L'\\' || path[2] == L'/') &&
                  ((path[0] >= L'a' && path[0] <= L'z') || (path[0] >= L'A' && path[0] <= L'Z'));
  return lettered || (length >= 3 && path[0] == L'\\' && path[1] == L'\\');
}

/* Takes the next folder off the list, without the quotes that it may have. */
static const wchar_t *next_folder(const wchar_t *list, const wchar_t **folder, size_t *length) {
  const wchar_t *end;
  if (*list == L'"') {
    *folder = list + 1;
    end = wcschr(*folder, L'"');
    *length = end == NULL ? wcslen(*folder) : (size_t)(end - *folder);
    end = wcschr(*folder + *length, L';');
  } else {
    *folder = list;
    end = wcschr(list, L';');
    *length = end == NULL ? wcslen(list) : (size_t)(end - list);
  }
  return end == NULL ? *folder + wcslen(*folder) : end + 1;
}

static bool find_in_path(const wchar_t *name, wchar_t *out) {
  wchar_t *list = new_text();
  const wchar_t *rest = list, *folder;
  size_t length;
  bool found = false;
  if (list == NULL)
    return false;
  if (GetEnvironmentVariableW(L"PATH", list, MAX_UNITS) >= MAX_UNITS)
    *list = 0;
  while (*rest != 0 && !found) {
    rest = next_folder(rest, &folder, &length);
    if (!is_full(folder, length) || length + 1 + wcslen(name) >= MAX_UNITS)
      continue;
    memcpy(out, folder, length * sizeof(*out));
    out[length] = L'\\';
    wcscpy(out + length + 1, name);
    found = complete(out);
  }
  free(list);
  return found;
}

static bool find(const wchar_t *name, wchar_t *out) {
  DWORD length;
  errno = ENOENT;
  if (wcspbrk(name, L"\\/:") == NULL)
    return *name != 0 && find_in_path(name, out);
  length = GetFullPathNameW(name, MAX_UNITS, out, NULL);
  return length > 0 && length < MAX_UNITS && complete(out);
}

wchar_t *platform_find_program(const char *name) {
  wchar_t *wide = platform_to_wide(name), *out = wide == NULL ? NULL : new_text();
  bool found = out != NULL && find(wide, out);
  if (wide == NULL && errno == EINVAL)
    errno = ENOENT; /* no file has a name that is not UTF-8 */
  free(wide);
  if (found)
    return out;
  free(out);
  return NULL;
}
