/* SPDX-License-Identifier: Apache-2.0 */
#include "platform/folder.h"
#include "platform/platform.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A standard stream that was closed gets something that is there and refuses, so that no file that is opened later
 * takes its number and what is meant for it. */
static bool fill_standard_streams(void) {
  static const int refusing[] = {O_WRONLY, O_RDONLY, O_RDONLY};
  for (int fd = 0; fd <= 2; fd++)
    if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", refusing[fd]) != fd)
      return false;
  return true;
}

bool platform_start(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
  return fill_standard_streams();
}

bool platform_is_terminal(FILE *stream) {
  return isatty(fileno(stream)) == 1;
}

bool platform_environment(const char *name, char *out, size_t size) {
  const char *value = getenv(name);
  size_t length = value == NULL ? 0 : strlen(value);
  if (length == 0 || length >= size)
    return false;
  memcpy(out, value, length + 1);
  return true;
}

unsigned platform_cpu_count(void) {
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count < 1 ? 1u : (unsigned)count;
}

bool platform_program_folder(char *out, size_t size) {
  ssize_t length = readlink("/proc/self/exe", out, size); /* Linux */
  char *slash;
  if (length <= 0 || (size_t)length >= size)
    return false;
  out[length] = '\0';
  slash = strrchr(out, '/');
  if (slash != NULL)
    *slash = '\0';
  return slash != NULL;
}

FILE *platform_open(const char *path, platform_use use) {
  static const int flags[] = {O_RDONLY, O_WRONLY | O_CREAT | O_TRUNC};
  static const char *const modes[] = {"rb", "wb"};
  int fd = open(path, flags[use] | O_CLOEXEC, 0666);
  FILE *file = fd < 0 ? NULL : fdopen(fd, modes[use]);
  int why = errno;
  if (file == NULL && fd >= 0)
    close(fd);
  errno = why;
  return file;
}

FILE *platform_temporary(void) {
  static const char name[] = "/hcsproof-XXXXXX";
  const char *folder = getenv("TMPDIR");
  char path[4096];
  int fd, length;
  if (folder == NULL || folder[0] == '\0')
    folder = "/tmp";
  length = snprintf(path, sizeof(path), "%s%s", folder, name);
  if (length < 0 || (size_t)length >= sizeof(path)) {
    errno = ENAMETOOLONG;
    return NULL;
  }
  fd = mkstemp(path);
  if (fd < 0)
    return NULL;
  unlink(path);
  fcntl(fd, F_SETFD, FD_CLOEXEC);
  return fdopen(fd, "w+b");
}

bool platform_is_folder(const char *path) {
  struct stat status;
  return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool platform_remove(const char *path) {
  return unlink(path) == 0;
}

bool platform_sync(FILE *stream) {
  return fflush(stream) == 0 && (fsync(fileno(stream)) == 0 || errno == EINVAL || errno == ENOTSUP);
}

/* Where a link points: as it is when it begins with a slash, else beside the link. */
static char *read_link(const char *path) {
  const char *slash = strrchr(path, '/');
  size_t folder = slash == NULL ? 0 : (size_t)(slash - path) + 1;
  char text[4096], *target;
  ssize_t length = readlink(path, text, sizeof(text));
  if (length < 0 || (size_t)length == sizeof(text)) {
    errno = length < 0 ? errno : ENAMETOOLONG;
    return NULL;
  }
  folder = text[0] == '/' ? 0 : folder;
  target = malloc(folder + (size_t)length + 1);
  if (target == NULL) {
    errno = ENOMEM;
    return NULL;
  }
  memcpy(target, path, folder);
  memcpy(target + folder, text, (size_t)length);
  target[folder + (size_t)length] = '\0';
  return target;
}

#define MOST_LINKS 40

/* The file that opening `path` would make: the last of a chain of links that leads to nothing. */
static char *new_target(const char *path) {
  char *target = strdup(path);
  struct stat status;
  for (int i = 0; target != NULL && lstat(target, &status) == 0 && S_ISLNK(status.st_mode); i++) {
    char *next = i < MOST_LINKS ? read_link(target) : NULL;
    if (i == MOST_LINKS)
      errno = ELOOP;
    free(target);
    target = next;
  }
  return target;
}

bool platform_output_target(const char *path, char **target, bool *plain) {
  struct stat status;
  bool exists = stat(path, &status) == 0;
  if (!exists && errno != ENOENT)
    return false;
  *plain = !exists || S_ISREG(status.st_mode);
  *target = !exists ? new_target(path) : *plain ? realpath(path, NULL) : strdup(path);
  return *target != NULL;
}

unsigned long platform_process_id(void) {
  return (unsigned long)getpid();
}

int platform_descriptor(FILE *stream) {
  return fileno(stream);
}

ptrdiff_t platform_read(int fd, void *data, size_t size) {
  for (;;) {
    ssize_t got = read(fd, data, size);
    if (got >= 0 || errno != EINTR)
      return (ptrdiff_t)got;
  }
}

bool platform_write(int fd, const void *data, size_t size) {
  const char *next = data;
  while (size > 0) {
    ssize_t put = write(fd, next, size);
    if (put < 0 && errno != EINTR)
      return false;
    if (put > 0) {
      next += put;
      size -= (size_t)put;
    }
  }
  return true;
}

struct platform_thread {
  pthread_t handle;
  void (*run)(void *context);
  void *context;
};

static void *run_thread(void *argument) {
  platform_thread *thread = argument;
  thread->run(thread->context);
  return NULL;
}

platform_thread *platform_thread_start(void (*run)(void *context), void *context) {
  platform_thread *thread = malloc(sizeof(*thread));
  if (thread == NULL)
    return NULL;
  thread->run = run;
  thread->context = context;
  if (pthread_create(&thread->handle, NULL, run_thread, thread) != 0) {
    free(thread);
    return NULL;
  }
  return thread;
}

void platform_thread_join(platform_thread *thread) {
  if (thread == NULL)
    return;
  pthread_join(thread->handle, NULL);
  free(thread);
}

struct platform_mutex {
  pthread_mutex_t handle;
};

platform_mutex *platform_mutex_new(void) {
  platform_mutex *mutex = malloc(sizeof(*mutex));
  if (mutex != NULL && pthread_mutex_init(&mutex->handle, NULL) != 0) {
    free(mutex);
    return NULL;
  }
  return mutex;
}

void platform_mutex_free(platform_mutex *mutex) {
  if (mutex == NULL)
    return;
  pthread_mutex_destroy(&mutex->handle);
  free(mutex);
}

void platform_mutex_lock(platform_mutex *mutex) {
  pthread_mutex_lock(&mutex->handle);
}

void platform_mutex_unlock(platform_mutex *mutex) {
  pthread_mutex_unlock(&mutex->handle);
}

struct platform_condition {
  pthread_cond_t handle;
};

platform_condition *platform_condition_new(void) {
  platform_condition *condition = malloc(sizeof(*condition));
  if (condition != NULL && pthread_cond_init(&condition->handle, NULL) != 0) {
    free(condition);
    return NULL;
  }
  return condition;
}

void platform_condition_free(platform_condition *condition) {
  if (condition == NULL)
    return;
  pthread_cond_destroy(&condition->handle);
  free(condition);
}

void platform_condition_wait(platform_condition *condition, platform_mutex *mutex) {
  pthread_cond_wait(&condition->handle, &mutex->handle);
}

void platform_condition_signal(platform_condition *condition) {
  pthread_cond_broadcast(&condition->handle);
}

char *platform_full_path(const char *path) {
  return realpath(path, NULL);
}
