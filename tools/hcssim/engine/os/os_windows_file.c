/* SPDX-License-Identifier: Apache-2.0 */
/* Windows: files, folders and the registry. */
#include "engine/os/os_windows.h"
#include "wine/routes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *os_file_read(const char *path, size_t limit, size_t *size) {
  wchar_t *wide = os_wide(path);
  HANDLE file = wide == NULL ? INVALID_HANDLE_VALUE
                             : CreateFileW(wide, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                           NULL, OPEN_EXISTING, 0, NULL);
  LARGE_INTEGER length;
  char *data = NULL;
  DWORD got = 0;
  free(wide);
  if (file == INVALID_HANDLE_VALUE)
    return NULL;
  if (GetFileSizeEx(file, &length) && length.QuadPart >= 0 && (uint64_t)length.QuadPart <= limit &&
      (uint64_t)length.QuadPart < UINT32_MAX)
    data = malloc((size_t)length.QuadPart + 1);
  if (data != NULL && !ReadFile(file, data, (DWORD)length.QuadPart, &got, NULL))
    got = 0;
  CloseHandle(file);
  if (data != NULL) {
    data[got] = '\0';
    *size = got;
  }
  return data;
}

/* A new one: never one that somebody put there. */
static bool write_file(const wchar_t *path, const char *data, size_t size) {
  HANDLE file = size > UINT32_MAX
                    ? INVALID_HANDLE_VALUE
                    : CreateFileW(path, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, CREATE_NEW, 0, NULL);
  DWORD put = 0;
  bool ok;
  if (file == INVALID_HANDLE_VALUE)
    return false;
  ok = WriteFile(file, data, (DWORD)size, &put, NULL) && put == size;
  CloseHandle(file);
  return ok;
}

#define REPLACE_TRIES   200u
#define REPLACE_WAIT_MS 5u

/* Nothing takes the place of a file that another process is just reading: that is over in a moment. */
static bool replace_file(const wchar_t *from, const wchar_t *to) {
  for (unsigned i = 0; i < REPLACE_TRIES; i++) {
    if (MoveFileExW(from, to, MOVEFILE_REPLACE_EXISTING))
      return true;
    if (GetLastError() != ERROR_ACCESS_DENIED && GetLastError() != ERROR_SHARING_VIOLATION)
      return false;
    Sleep(REPLACE_WAIT_MS);
  }
  return false;
}

bool os_file_replace(const char *path, const char *data, size_t size) {
  char *beside = os_name_beside(path);
  wchar_t *wide = os_wide(path), *other = beside == NULL ? NULL : os_wide(beside);
  bool ok = wide != NULL && other != NULL && write_file(other, data, size);
  if (ok && !replace_file(other, wide)) {
    DeleteFileW(other); /* it is our own: nobody had one of that name */
    ok = false;
  }
  free(other);
  free(beside);
  free(wide);
  return ok;
}

struct os_log {
  HANDLE file;
};

os_log *os_log_open(const char *path) {
  os_log *log = malloc(sizeof(*log));
  wchar_t *wide = os_wide(path);
  HANDLE file = INVALID_HANDLE_VALUE;
  if (wide != NULL && log != NULL)
    file = CreateFileW(wide, FILE_READ_DATA | FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                       NULL, OPEN_ALWAYS, 0, NULL);
  free(wide);
  if (file != INVALID_HANDLE_VALUE) {
    log->file = file;
    return log;
  }
  free(log);
  return NULL;
}

/* Wine looks for the end first and writes second: the lock keeps others' lines whole, if all take it. It is on a byte
 * that no recording reaches. */
bool os_log_append(os_log *log, const char *data, size_t size) {
  OVERLAPPED far_away;
  DWORD put = 0;
  bool ok;
  memset(&far_away, 0, sizeof(far_away));
  far_away.OffsetHigh = 0x40000000;
  if (size > UINT32_MAX || !LockFileEx(log->file, LOCKFILE_EXCLUSIVE_LOCK, 0, 1, 0, &far_away))
    return false;
  ok = WriteFile(log->file, data, (DWORD)size, &put, NULL) && put == size;
  UnlockFileEx(log->file, 0, 1, 0, &far_away);
  return ok;
}

void os_log_let_go(const os_log *log) {
  CloseHandle(log->file); /* a lock goes with its file */
}

void os_log_close(os_log *log) {
  if (log != NULL)
    CloseHandle(log->file);
  free(log);
}

bool os_file_link(const char *path, const char *other) {
  wchar_t *wide = os_wide(path), *name = os_wide(other);
  bool ok = wide != NULL && name != NULL && CreateHardLinkW(name, wide, NULL);
  free(wide);
  free(name);
  return ok;
}

bool os_file_remove(const char *path) {
  wchar_t *wide = os_wide(path);
  bool ok = wide != NULL && DeleteFileW(wide);
  free(wide);
  return ok;
}

bool os_folder_remove(const char *path) {
  wchar_t *wide = os_wide(path);
  bool ok = wide != NULL && RemoveDirectoryW(wide);
  free(wide);
  return ok;
}

#define VOLUME_NAME_UNITS 49 /* of \\?\Volume{GUID}\ */
#define VOLUME_BEGIN      L"\\\\?\\Volume{"

/* Only such a name is worth asking each drive for its own. */
static bool begins_with_volume(const wchar_t *path) {
  return wcslen(path) > VOLUME_NAME_UNITS - 1 && _wcsnicmp(path, VOLUME_BEGIN, wcslen(VOLUME_BEGIN)) == 0;
}

static bool is_volume(wchar_t letter, const wchar_t *path) {
  wchar_t root[] = {letter, L':', L'\\', 0}, name[64];
  return GetVolumeNameForVolumeMountPointW(root, name, 64) && _wcsnicmp(name, path, VOLUME_NAME_UNITS) == 0;
}

char *os_path_plain(const char *path) {
  wchar_t *wide = os_wide(path);
  char *plain = NULL;
  for (wchar_t letter = L'A'; wide != NULL && begins_with_volume(wide) && letter <= L'Z'; letter++) {
    if (is_volume(letter, wide)) {
      /* "X:\" in front of what follows the name */
      wchar_t *start = wide + VOLUME_NAME_UNITS - 3;
      start[0] = letter;
      start[1] = L':';
      start[2] = L'\\';
      plain = os_utf8(start);
      break;
    }
  }
  if (plain == NULL && wide != NULL)
    plain = os_utf8(wide);
  free(wide);
  return plain;
}

void os_volume_show(const char *volume, const char *folder) {
  wchar_t *name = os_wide(volume), *target = os_wide(folder);
  if (name != NULL && target != NULL)
    route_put(name, target);
  free(name);
  free(target);
}

void os_volume_hide(const char *volume) {
  wchar_t *name = os_wide(volume);
  if (name != NULL)
    route_remove(name);
  free(name);
}

static DWORD attributes_of(const char *path) {
  char *plain = os_path_plain(path);
  wchar_t *wide = os_wide(plain);
  free(plain);
  DWORD attributes = wide == NULL ? INVALID_FILE_ATTRIBUTES : GetFileAttributesW(wide);
  free(wide);
  return attributes;
}

bool os_folder_make(const char *path) {
  wchar_t *wide = os_wide(path);
  bool no_parent = wide != NULL && !CreateDirectoryW(wide, NULL) && GetLastError() == ERROR_PATH_NOT_FOUND;
  for (wchar_t *at = no_parent ? wcspbrk(wide, L"\\/") : NULL; at != NULL; at = wcspbrk(at + 1, L"\\/")) {
    wchar_t kept = *at;
    *at = 0;
    CreateDirectoryW(wide, NULL); /* what could not be made shows in the end */
    *at = kept;
  }
  if (no_parent)
    CreateDirectoryW(wide, NULL);
  free(wide);
  return os_path_is_folder(path);
}

bool os_path_exists(const char *path) {
  return attributes_of(path) != INVALID_FILE_ATTRIBUTES;
}

os_kind os_path_kind(const char *path) {
  DWORD attributes = attributes_of(path);
  if (attributes == INVALID_FILE_ATTRIBUTES)
    return OS_NOTHING;
  if ((attributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0)
    return OS_OTHER;
  return (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0 ? OS_FOLDER : OS_FILE;
}

bool os_path_is_folder(const char *path) {
  DWORD attributes = attributes_of(path);
  return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

void os_folder_list(const char *path, bool (*each)(void *context, const char *name), void *context) {
  wchar_t *wide = os_wide(path);
  wchar_t *pattern = wide == NULL ? NULL : malloc((wcslen(wide) + 3) * sizeof(*pattern));
  WIN32_FIND_DATAW found;
  HANDLE search = INVALID_HANDLE_VALUE;
  bool go = true;
  if (pattern != NULL) {
    wcscpy(pattern, wide);
    wcscat(pattern, L"\\*");
    search = FindFirstFileW(pattern, &found);
  }
  while (search != INVALID_HANDLE_VALUE && go) {
    char *name = os_utf8(found.cFileName);
    if (name != NULL && strcmp(name, ".") != 0 && strcmp(name, "..") != 0)
      go = each(context, name);
    free(name);
    go = go && FindNextFileW(search, &found);
  }
  if (search != INVALID_HANDLE_VALUE)
    FindClose(search);
  free(pattern);
  free(wide);
}

struct os_lock {
  HANDLE mutex;
};

/* Its name is a digest of the folder's: FNV-1a. */
static HANDLE open_mutex(const char *folder) {
  uint64_t hash = 14695981039346656037u;
  wchar_t name[48];
  for (; *folder != '\0'; folder++)
    hash = (hash ^ (unsigned char)(*folder == '/' ? '\\' : *folder)) * 1099511628211u;
  _snwprintf(name, 47, L"hcssim-%08lx%08lx", (unsigned long)(hash >> 32), (unsigned long)(hash & 0xFFFFFFFFu));
  name[47] = 0;
  return CreateMutexW(NULL, FALSE, name);
}

os_lock *os_lock_take(const char *folder) {
  os_lock *lock = malloc(sizeof(*lock));
  if (lock == NULL)
    return NULL;
  lock->mutex = open_mutex(folder);
  if (lock->mutex != NULL) {
    WaitForSingleObject(lock->mutex, INFINITE);
    return lock;
  }
  free(lock);
  return NULL;
}

void os_lock_give(os_lock *lock) {
  if (lock != NULL) {
    ReleaseMutex(lock->mutex);
    CloseHandle(lock->mutex);
  }
  free(lock);
}

static wchar_t *registry_path(const char *id, const char *hive, const char *key) {
  size_t size = strlen(id) + strlen(hive) + strlen(key) + 32;
  char *text = malloc(size);
  wchar_t *wide = NULL;
  if (text != NULL) {
    snprintf(text, size, "Software\\hcssim\\%s%s%s%s%s", id, *hive == '\0' ? "" : "\\", hive, *key == '\0' ? "" : "\\",
             key);
    wide = os_wide(text);
  }
  free(text);
  return wide;
}

void os_registry_set(const char *id, const char *hive, const char *key, const char *name, uint32_t type,
                     const void *data, size_t size) {
  wchar_t *path = registry_path(id, hive, key), *wide_name = os_wide(name);
  wchar_t *text = type == REG_SZ || type == REG_EXPAND_SZ ? os_wide(data) : NULL;
  HKEY opened;
  if (path != NULL && wide_name != NULL &&
      RegCreateKeyExW(HKEY_CURRENT_USER, path, 0, NULL, 0, KEY_WRITE, NULL, &opened, NULL) == ERROR_SUCCESS) {
    if (text != NULL)
      RegSetValueExW(opened, wide_name, 0, type, (const BYTE *)text, (DWORD)((wcslen(text) + 1) * sizeof(*text)));
    else
      RegSetValueExW(opened, wide_name, 0, type, data, (DWORD)size);
    RegCloseKey(opened);
  }
  free(path);
  free(wide_name);
  free(text);
}

void os_registry_remove(const char *id) {
  wchar_t *path = registry_path(id, "", "");
  if (path != NULL)
    RegDeleteTreeW(HKEY_CURRENT_USER, path);
  free(path);
}
