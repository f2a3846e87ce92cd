/* SPDX-License-Identifier: Apache-2.0 */
#include "platform/wide.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <windows.h>

wchar_t *platform_to_wide(const char *text) {
  int size = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, NULL, 0);
  wchar_t *copy = size > 0 ? malloc((size_t)size * sizeof(*copy)) : NULL;
  if (copy != NULL)
    MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, copy, size);
  else
    errno = size > 0 ? ENOMEM : EINVAL;
  return copy;
}

char *platform_to_utf8(const wchar_t *text) {
  int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
  char *copy = size > 0 ? malloc((size_t)size) : NULL;
  if (copy != NULL)
    WideCharToMultiByte(CP_UTF8, 0, text, -1, copy, size, NULL, NULL);
  else
    errno = size > 0 ? ENOMEM : EINVAL;
  return copy;
}

unsigned long platform_attributes(const char *path) {
  wchar_t name[4097];
  return MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, name, 4097) > 0 ? GetFileAttributesW(name)
                                                                                      : INVALID_FILE_ATTRIBUTES;
}

void platform_set_errno(unsigned long error) {
  static const struct {
    DWORD error;
    int number;
  } numbers[] = {
      {ERROR_FILE_EXISTS, EEXIST},       {ERROR_ALREADY_EXISTS, EEXIST},
      {ERROR_FILE_NOT_FOUND, ENOENT},    {ERROR_PATH_NOT_FOUND, ENOENT},
      {ERROR_INVALID_NAME, ENOENT},      {ERROR_ACCESS_DENIED, EACCES},
      {ERROR_SHARING_VIOLATION, EACCES}, {ERROR_DISK_FULL, ENOSPC},
      {ERROR_HANDLE_DISK_FULL, ENOSPC},  {ERROR_NOT_ENOUGH_MEMORY, ENOMEM},
      {ERROR_OUTOFMEMORY, ENOMEM},       {ERROR_DIR_NOT_EMPTY, ENOTEMPTY},
      {ERROR_DIRECTORY, ENOTDIR},        {ERROR_FILENAME_EXCED_RANGE, ENAMETOOLONG},
      {ERROR_WRITE_PROTECT, EROFS},      {ERROR_NOT_SAME_DEVICE, EXDEV},
  };
  for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
    if (numbers[i].error == error) {
      errno = numbers[i].number;
      return;
    }
  }
  errno = EIO;
}
