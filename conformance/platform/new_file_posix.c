/* SPDX-License-Identifier: Apache-2.0 */
#include "platform/new_file.h"

#include "platform/platform.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct platform_new_file {
  FILE *stream;
  char *path;
};

/* ---- interrupts --------------------------------------------------------------------------------------- */

/* Files that an interrupt removes. The handler may run on any thread at any time, so nothing here is ever freed. */
#define MOST_WATCHED 32
static struct {
  volatile sig_atomic_t used;
  char path[4096];
} watched[MOST_WATCHED];

void platform_end_by_signal(int signal_number) {
  for (size_t i = 0; i < MOST_WATCHED; i++)
    if (watched[i].used)
      unlink(watched[i].path);
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}

static const int interrupts[] = {SIGINT, SIGTERM, SIGHUP};
#define INTERRUPTS (sizeof(interrupts) / sizeof(interrupts[0]))

/* A handler of the program's own, or that the signal is ignored, stays. */
static void watch_interrupts(void) {
  struct sigaction action, old;
  memset(&action, 0, sizeof(action));
  action.sa_handler = platform_end_by_signal;
  for (size_t i = 0; i < INTERRUPTS; i++)
    if (sigaction(interrupts[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
      sigaction(interrupts[i], &action, NULL);
}

/* Between the file and its watch there must be no interrupt. */
static void hold_interrupts(sigset_t *before) {
  sigset_t held;
  sigemptyset(&held);
  for (size_t i = 0; i < INTERRUPTS; i++)
    sigaddset(&held, interrupts[i]);
  pthread_sigmask(SIG_BLOCK, &held, before);
}

/* One file too many, or one with a very long name, is not watched. */
static void watch(const char *path) {
  size_t i = 0;
  while (i < MOST_WATCHED && watched[i].used)
    i++;
  if (i == MOST_WATCHED || strlen(path) >= sizeof(watched[i].path))
    return;
  memcpy(watched[i].path, path, strlen(path) + 1);
  watched[i].used = 1;
  watch_interrupts();
}

static void unwatch(const char *path) {
  for (size_t i = 0; i < MOST_WATCHED; i++)
    if (watched[i].used && strcmp(watched[i].path, path) == 0)
      watched[i].used = 0;
}

/* ---- making it ---------------------------------------------------------------------------------------- */

/* Owner and mode of `old`. Who may not give a file away keeps it, and then the group that the file has got may do only
 * what everybody may: it is not the group that the mode was meant for. */
static bool take_after(int fd, const struct stat *old) {
  mode_t mode = old->st_mode & 07777;
  bool same_group = fchown(fd, old->st_uid, old->st_gid) == 0 || fchown(fd, (uid_t)-1, old->st_gid) == 0;
  if (!same_group)
    mode &= ~(mode_t)(07000 | S_IRWXG) | (mode & S_IRWXO) << 3;
  return fchmod(fd, mode) == 0;
}

/* Closed to others until it has its mode. */
static int create_file(const char *path, const char *like) {
  struct stat old;
  bool model = like != NULL && stat(like, &old) == 0;
  int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, model ? 0600 : 0666);
  int why;
  if (fd < 0 || !model || take_after(fd, &old))
    return fd;
  why = errno;
  close(fd);
  unlink(path);
  errno = why;
  return -1;
}

static bool open_stream(platform_new_file *file, const char *like) {
  int fd = create_file(file->path, like);
  int why;
  if (fd < 0)
    return false;
  file->stream = fdopen(fd, "wb");
  if (file->stream != NULL)
    return true;
  why = errno;
  close(fd);
  unlink(file->path);
  errno = why;
  return false;
}

static void release(platform_new_file *file) {
  int why = errno;
  free(file->path);
  free(file);
  errno = why;
}

platform_new_file *platform_new_file_create(const char *path, const char *like, FILE **stream) {
  platform_new_file *file = calloc(1, sizeof(*file));
  sigset_t before;
  bool ok;
  if (file == NULL) {
    errno = ENOMEM;
    return NULL;
  }
  file->path = strdup(path);
  hold_interrupts(&before);
  ok = file->path != NULL && open_stream(file, like);
  if (ok)
    watch(path);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (!ok) {
    release(file);
    return NULL;
  }
  *stream = file->stream;
  return file;
}

/* ---- ending it ---------------------------------------------------------------------------------------- */

/* Where a file system has no hard links the name is taken by an empty file first, which the whole one replaces. */
static bool claim_and_rename(const char *from, const char *to) {
  int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  int why;
  if (fd < 0)
    return false;
  close(fd);
  if (rename(from, to) == 0)
    return true;
  why = errno;
  unlink(to);
  errno = why;
  return false;
}

static bool place_new(const char *from, const char *to) {
  if (link(from, to) != 0)
    return errno != EEXIST && claim_and_rename(from, to);
  unlink(from);
  return true;
}

bool platform_new_file_finish(platform_new_file *file, const char *to, platform_place place) {
  bool ok = platform_sync(file->stream);
  int why = errno;
  if (fclose(file->stream) != 0 && ok) {
    ok = false;
    why = errno;
  }
  if (ok) {
    ok = place == PLATFORM_MUST_BE_NEW ? place_new(file->path, to) : rename(file->path, to) == 0;
    why = errno;
  }
  if (!ok)
    unlink(file->path);
  unwatch(file->path);
  errno = why;
  release(file);
  return ok;
}

void platform_new_file_discard(platform_new_file *file) {
  int why = errno;
  fclose(file->stream);
  unlink(file->path);
  unwatch(file->path);
  errno = why;
  release(file);
}
