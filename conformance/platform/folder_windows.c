/* SPDX-License-Identifier: Apache-2.0 */
#include "platform/folder.h"

#include "platform/platform.h"
#include "platform/wide.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <windows.h>

static wchar_t *wide(const char *path, const wchar_t *suffix) {
  wchar_t *name = platform_to_wide(path);
  wchar_t *result = name == NULL ? NULL : malloc((wcslen(name) + wcslen(suffix) + 1) * sizeof(*result));
  if (result != NULL) {
    wcscpy(result, name);
    wcscat(result, suffix);
  } else if (name != NULL) {
    errno = ENOMEM;
  }
  free(name);
  return result;
}

static bool add_name(kit_strings *out, const wchar_t *name) {
  char *text;
  bool ok;
  if (wcscmp(name, L".") == 0 || wcscmp(name, L"..") == 0)
    return true;
  text = platform_to_utf8(name);
  ok = text != NULL && kit_strings_add(out, text);
  free(text);
  return ok;
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

static bool make_one(const char *path) {
  wchar_t *name = wide(path, L"");
  bool ok = name != NULL && (CreateDirectoryW(name, NULL) != 0 || platform_is_folder(path));
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
  return platform_attributes(path) != INVALID_FILE_ATTRIBUTES;
}

platform_kind platform_look(const char *path) {
  DWORD found = platform_attributes(path);
  if (found == INVALID_FILE_ATTRIBUTES)
    return PLATFORM_NOTHING;
  if ((found & FILE_ATTRIBUTE_REPARSE_POINT) != 0)
    return PLATFORM_LINK;
  return (found & FILE_ATTRIBUTE_DIRECTORY) != 0 ? PLATFORM_FOLDER : PLATFORM_FILE;
}

/* What came of a call on the name, which is freed. */
static bool answer(BOOL ok, wchar_t *name) {
  if (name != NULL && !ok)
    platform_set_errno(GetLastError());
  free(name);
  return ok != 0;
}

bool platform_folder_create(const char *path) {
  wchar_t *name = wide(path, L"");
  return answer(name != NULL && CreateDirectoryW(name, NULL), name);
}

bool platform_folder_remove(const char *path) {
  wchar_t *name = wide(path, L"");
  return answer(name != NULL && RemoveDirectoryW(name), name);
}

bool platform_rename(const char *from, const char *to) {
  wchar_t *old = wide(from, L""), *name = wide(to, L"");
  bool ok = answer(old != NULL && name != NULL && MoveFileExW(old, name, MOVEFILE_REPLACE_EXISTING), name);
  free(old);
  return ok;
}

bool platform_identify(const char *path, platform_identity *out) {
  wchar_t *name = wide(path, L"");
  HANDLE handle = name == NULL ? INVALID_HANDLE_VALUE
                               : CreateFileW(name, 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                                             OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
  BY_HANDLE_FILE_INFORMATION info;
  BOOL ok = handle != INVALID_HANDLE_VALUE && GetFileInformationByHandle(handle, &info);
  if (ok) {
    out->volume = info.dwVolumeSerialNumber;
    out->number = (uint64_t)info.nFileIndexHigh << 32 | info.nFileIndexLow;
  }
  if (handle != INVALID_HANDLE_VALUE)
    CloseHandle(handle);
  free(name);
  return ok != 0;
}

char *platform_full_path(const char *path) {
  wchar_t *name = wide(path, L""), *full;
  DWORD size = name == NULL ? 0 : GetFullPathNameW(name, 0, NULL, NULL);
  char *text = NULL;
  full = size == 0 ? NULL : malloc(size * sizeof(*full));
  if (full != NULL && GetFullPathNameW(name, size, full, NULL) != 0)
    text = platform_to_utf8(full);
  else
    errno = ENOENT;
  free(full);
  free(name);
  return text;
}
