/* SPDX-License-Identifier: Apache-2.0 */
/* POSIX: files and folders. There is no registry. */
#include "engine/os/os.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

char *os_file_read(const char *path, size_t limit, size_t *size) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  struct stat info;
  char *data = NULL;
  size_t got = 0;
  if (fd < 0)
    return NULL;
  if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size >= 0 && (uint64_t)info.st_size <= limit)
    data = malloc((size_t)info.st_size + 1);
  while (data != NULL && got < (size_t)info.st_size) {
    ssize_t n = read(fd, data + got, (size_t)info.st_size - got);
    if (n <= 0)
      break;
    got += (size_t)n;
  }
  close(fd);
  if (data != NULL) {
    data[got] = '\0';
    *size = got;
  }
  return data;
}

static bool write_all(int fd, const char *data, size_t size) {
  while (size > 0) {
    ssize_t n = write(fd, data, size);
    if (n < 0 && errno != EINTR)
      return false;
    if (n > 0) {
      data += n;
      size -= (size_t)n;
    }
  }
  return true;
}

static bool write_file(const char *path, int flags, const char *data, size_t size) {
  int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0666);
  bool ok = fd >= 0 && write_all(fd, data, size);
  return fd >= 0 && close(fd) == 0 && ok;
}

bool os_file_replace(const char *path, const char *data, size_t size) {
  char *other = os_name_beside(path);
  bool ok = other != NULL && write_file(other, O_EXCL | O_NOFOLLOW, data, size);
  if (ok && rename(other, path) != 0) {
    unlink(other); /* it is our own: nobody had one of that name */
    ok = false;
  }
  free(other);
  return ok;
}

struct os_log {
  int fd;
};

os_log *os_log_open(const char *path) {
  os_log *log = malloc(sizeof(*log));
  if (log == NULL)
    return NULL;
  log->fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_APPEND, 0666);
  if (log->fd >= 0)
    return log;
  free(log);
  return NULL;
}

bool os_log_append(os_log *log, const char *data, size_t size) {
  return write_all(log->fd, data, size);
}

void os_log_close(os_log *log) {
  if (log != NULL)
    close(log->fd);
  free(log);
}

bool os_file_link(const char *path, const char *other) {
  return link(path, other) == 0;
}

bool os_file_remove(const char *path) {
  return unlink(path) == 0;
}

bool os_folder_remove(const char *path) {
  return rmdir(path) == 0;
}

bool os_folder_make(const char *path) {
  char *copy = strdup(path);
  bool ok = copy != NULL;
  for (char *at = copy; ok && at != NULL; at = strchr(at + 1, '/')) {
    char kept = *at;
    if (at == copy)
      continue;
    *at = '\0';
    ok = mkdir(copy, 0777) == 0 || errno == EEXIST;
    *at = kept;
  }
  ok = ok && (mkdir(path, 0777) == 0 || os_path_is_folder(path));
  free(copy);
  return ok;
}

void os_volume_show(const char *volume, const char *folder) {
  (void)volume;
  (void)folder;
}

void os_volume_hide(const char *volume) {
  (void)volume;
}

char *os_path_plain(const char *path) {
  return strdup(path);
}

bool os_path_exists(const char *path) {
  struct stat info;
  return stat(path, &info) == 0;
}

os_kind os_path_kind(const char *path) {
  struct stat info;
  if (lstat(path, &info) != 0)
    return OS_NOTHING;
  return S_ISREG(info.st_mode) ? OS_FILE : S_ISDIR(info.st_mode) ? OS_FOLDER : OS_OTHER;
}

bool os_path_is_folder(const char *path) {
  struct stat info;
  return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

void os_folder_list(const char *path, bool (*each)(void *context, const char *name), void *context) {
  DIR *folder = opendir(path);
  const struct dirent *entry;
  bool go = true;
  while (folder != NULL && go && (entry = readdir(folder)) != NULL)
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
      go = each(context, entry->d_name);
  if (folder != NULL)
    closedir(folder);
}

struct os_lock {
  int fd;
};

os_lock *os_lock_take(const char *folder) {
  os_lock *lock = malloc(sizeof(*lock));
  if (lock == NULL)
    return NULL;
  lock->fd = open(folder, O_RDONLY | O_CLOEXEC);
  if (lock->fd >= 0) {
    while (flock(lock->fd, LOCK_EX) != 0 && errno == EINTR)
      continue;
    return lock;
  }
  free(lock);
  return NULL;
}

void os_lock_give(os_lock *lock) {
  if (lock != NULL)
    close(lock->fd);
  free(lock);
}

void os_registry_set(const char *id, const char *hive, const char *key, const char *name, uint32_t type,
                     const void *data, size_t size) {
  (void)id, (void)hive, (void)key, (void)name, (void)type, (void)data, (void)size;
}

void os_registry_remove(const char *id) {
  (void)id;
}
