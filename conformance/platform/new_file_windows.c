/* SPDX-License-Identifier: Apache-2.0 */
#include "platform/new_file.h"

#include "platform/platform.h"
#include "platform/wide.h"

#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

struct platform_new_file {
  FILE *stream;
  wchar_t *path;
};

/* Whether the file goes when its last handle is closed. */
static void set_deletion(HANDLE handle, BOOLEAN wanted) {
  FILE_DISPOSITION_INFO info = {wanted};
  (void)SetFileInformationByHandle(handle, FileDispositionInfo, &info, sizeof(info));
}

/* The access list of `like`, to be freed; null when there is no such file. */
static SECURITY_DESCRIPTOR *access_of(const char *like) {
  wchar_t *wide = like == NULL ? NULL : platform_to_wide(like);
  SECURITY_DESCRIPTOR *access = NULL;
  DWORD size = 0;
  if (wide != NULL && !GetFileSecurityW(wide, DACL_SECURITY_INFORMATION, NULL, 0, &size) && size > 0)
    access = malloc(size);
  if (access != NULL && !GetFileSecurityW(wide, DACL_SECURITY_INFORMATION, access, size, &size)) {
    free(access);
    access = NULL;
  }
  free(wide);
  return access;
}

static HANDLE create_file(const wchar_t *path, const char *like) {
  SECURITY_DESCRIPTOR *access = access_of(like);
  SECURITY_ATTRIBUTES attributes = {sizeof(attributes), access, FALSE};
  HANDLE handle = CreateFileW(path, GENERIC_WRITE | DELETE, FILE_SHARE_READ | FILE_SHARE_WRITE, &attributes, CREATE_NEW,
                              FILE_ATTRIBUTE_NORMAL, NULL);
  if (handle == INVALID_HANDLE_VALUE)
    platform_set_errno(GetLastError());
  else
    set_deletion(handle, TRUE);
  free(access);
  return handle;
}

/* A handle that could not become a stream is closed, and the file goes with it. */
static FILE *stream_of(HANDLE handle) {
  int fd =
      handle == INVALID_HANDLE_VALUE ? -1 : _open_osfhandle((intptr_t)handle, _O_WRONLY | _O_BINARY | _O_NOINHERIT);
  FILE *stream = fd < 0 ? NULL : _fdopen(fd, "wb");
  if (stream == NULL && fd >= 0)
    _close(fd);
  else if (fd < 0 && handle != INVALID_HANDLE_VALUE)
    CloseHandle(handle);
  return stream;
}

static void release(platform_new_file *file) {
  int why = errno;
  free(file->path);
  free(file);
  errno = why;
}

platform_new_file *platform_new_file_create(const char *path, const char *like, FILE **stream) {
  platform_new_file *file = calloc(1, sizeof(*file));
  if (file == NULL) {
    errno = ENOMEM;
    return NULL;
  }
  file->path = platform_to_wide(path);
  file->stream = file->path == NULL ? NULL : stream_of(create_file(file->path, like));
  if (file->stream == NULL) {
    release(file);
    return NULL;
  }
  *stream = file->stream;
  return file;
}

#define REPLACE_TRIES   100u
#define REPLACE_WAIT_MS 10u

/* Nothing takes the place of a file that another program has open. Most only read it for a moment: a second run that
 * writes the same file, a program that looks for viruses. */
static bool move_file(const wchar_t *from, const wchar_t *to, DWORD how) {
  for (unsigned i = 0; i < REPLACE_TRIES; i++) {
    if (MoveFileExW(from, to, how))
      return true;
    if (GetLastError() != ERROR_SHARING_VIOLATION && GetLastError() != ERROR_ACCESS_DENIED)
      break;
    Sleep(REPLACE_WAIT_MS);
  }
  return false;
}

static bool move(const wchar_t *from, const char *to, platform_place place) {
  wchar_t *wide = platform_to_wide(to);
  DWORD how = MOVEFILE_WRITE_THROUGH | (place == PLATFORM_REPLACE ? MOVEFILE_REPLACE_EXISTING : 0);
  bool ok = wide != NULL && move_file(from, wide, how);
  if (wide != NULL && !ok)
    platform_set_errno(GetLastError());
  free(wide);
  return ok;
}

bool platform_new_file_finish(platform_new_file *file, const char *to, platform_place place) {
  bool ok = platform_sync(file->stream);
  int why = errno;
  if (ok) /* an open file does not move, and closing it now would remove it */
    set_deletion((HANDLE)_get_osfhandle(_fileno(file->stream)), FALSE);
  if (fclose(file->stream) != 0 && ok) {
    ok = false;
    why = errno;
  }
  if (ok) {
    ok = move(file->path, to, place);
    why = errno;
  }
  if (!ok)
    DeleteFileW(file->path);
  errno = why;
  release(file);
  return ok;
}

void platform_new_file_discard(platform_new_file *file) {
  int why = errno;
  fclose(file->stream);
  errno = why;
  release(file);
}
