/* SPDX-License-Identifier: Apache-2.0 */
/* Folders where there are the calls of POSIX, which WASI has too. */
#include "platform/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool kit_folder_names(const char *path, kit_strings *out) {
  DIR *folder = opendir(path);
  const struct dirent *entry;
  bool ok = folder != NULL;
  if (!ok)
    return false;
  errno = 0;
  while (ok && (entry = readdir(folder)) != NULL)
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
      ok = kit_strings_add(out, entry->d_name);
  ok = ok && errno == 0;
  closedir(folder);
  return ok;
}

static bool make_one(const char *path) {
  struct stat status;
  if (mkdir(path, 0777) == 0)
    return true;
  return errno == EEXIST && stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool kit_folder_make(const char *path) {
  size_t length = strlen(path), i;
  char *copy = malloc(length + 1);
  bool ok = true;
  if (copy == NULL)
    return false;
  memcpy(copy, path, length + 1);
  for (i = 1; ok && i < length; i++) {
    if (copy[i] != '/')
      continue;
    copy[i] = '\0';
    ok = make_one(copy);
    copy[i] = '/';
  }
  ok = ok && make_one(copy);
  free(copy);
  return ok;
}

bool kit_path_exists(const char *path) {
  struct stat status;
  return stat(path, &status) == 0;
}

platform_kind platform_look(const char *path) {
  struct stat status;
  if (lstat(path, &status) != 0)
    return errno == ENOENT || errno == ENOTDIR ? PLATFORM_NOTHING : PLATFORM_OTHER;
  if (S_ISLNK(status.st_mode))
    return PLATFORM_LINK;
  return S_ISDIR(status.st_mode) ? PLATFORM_FOLDER : S_ISREG(status.st_mode) ? PLATFORM_FILE : PLATFORM_OTHER;
}

bool platform_folder_create(const char *path) {
  return mkdir(path, 0777) == 0;
}

bool platform_folder_remove(const char *path) {
  return rmdir(path) == 0;
}

bool platform_rename(const char *from, const char *to) {
  return rename(from, to) == 0;
}

bool platform_identify(const char *path, platform_identity *out) {
  struct stat status;
  if (stat(path, &status) != 0)
    return false;
  out->volume = (uint64_t)status.st_dev;
  out->number = (uint64_t)status.st_ino;
  return true;
}
