/* SPDX-License-Identifier: Apache-2.0 */
#include "platform/folder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <windows.h>

static wchar_t *wide(const char *path, const wchar_t *suffix) {
  int length = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, NULL, 0);
  size_t extra = wcslen(suffix);
  wchar_t *result = length <= 0 ? NULL : malloc(((size_t)length + extra) * sizeof(*result));
  if (result == NULL) {
    errno = length <= 0 ? EINVAL : ENOMEM;
    return NULL;
  }
  MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, result, length);
  wcscpy(result + length - 1, suffix);
  return result;
}

static bool add_name(kit_strings *out, const wchar_t *name) {
  char text[MAX_PATH * 4];
  if (wcscmp(name, L".") == 0 || wcscmp(name, L"..") == 0)
    return true;
  if (WideCharToMultiByte(CP_UTF8, 0, name, -1, text, (int)sizeof(text), NULL, NULL) == 0)
    return true;
  return kit_strings_add(out, text);
}

bool kit_folder_names(const char *path, kit_strings *out) {
  wchar_t *pattern = wide(path, L"\\*");
  WIN32_FIND_DATAW found;
  HANDLE search;
  bool ok = true;
  if (pattern == NULL)
    return false;
  search = FindFirstFileW(pattern, &found);
  free(pattern);
  if (search == INVALID_HANDLE_VALUE) {
    errno = ENOENT;
    return false;
  }
  do {
    ok = add_name(out, found.cFileName);
  } while (ok && FindNextFileW(search, &found));
  FindClose(search);
  return ok;
}

static DWORD attributes(const char *path) {
  wchar_t *name = wide(path, L"");
  DWORD result = name == NULL ? INVALID_FILE_ATTRIBUTES : GetFileAttributesW(name);
  free(name);
  return result;
}

static bool is_folder(const char *path) {
  DWORD found = attributes(path);
  return found != INVALID_FILE_ATTRIBUTES && (found & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

static bool make_one(const char *path) {
  wchar_t *name = wide(path, L"");
  bool ok = name != NULL && (CreateDirectoryW(name, NULL) != 0 || is_folder(path));
  free(name);
  if (!ok)
    errno = EACCES;
  return ok;
}

bool kit_folder_make(const char *path) {
  size_t length = strlen(path), i;
  char *copy = malloc(length + 1);
  bool ok = true;
  if (copy == NULL)
    return false;
  memcpy(copy, path, length + 1);
  for (i = 1; ok && i < length; i++) {
    char separator = copy[i];
    if ((separator != '/' && separator != '\\') || copy[i - 1] == ':')
      continue;
    copy[i] = '\0';
    ok = make_one(copy);
    copy[i] = separator;
  }
  ok = ok && make_one(copy);
  free(copy);
  return ok;
}

bool kit_path_exists(const char *path) {
  wchar_t *name = wide(path, L"");
  bool exists = name == NULL ? errno == ENOMEM : GetFileAttributesW(name) != INVALID_FILE_ATTRIBUTES;
  free(name);
  return exists;
}
