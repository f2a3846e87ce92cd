/* SPDX-License-Identifier: Apache-2.0 */
#include "platform/platform.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool platform_start(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  signal(SIGPIPE, SIG_IGN);
  return true;
}

bool platform_is_terminal(FILE *stream) {
  return isatty(fileno(stream)) == 1;
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

FILE *platform_open(const char *path, const char *mode) {
  return fopen(path, mode);
}

bool platform_is_folder(const char *path) {
  struct stat status;
  return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* Files that an interrupt removes. The handler may run on any thread at any time, so nothing here is ever freed. */
#define MOST_NEW_FILES 32
static struct {
  volatile sig_atomic_t used;
  char path[4096];
} new_files[MOST_NEW_FILES];

static void remove_new_files(int signal_number) {
  for (size_t i = 0; i < MOST_NEW_FILES; i++)
    if (new_files[i].used)
      unlink(new_files[i].path);
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}

static const int interrupts[] = {SIGINT, SIGTERM, SIGHUP};
#define INTERRUPTS (sizeof(interrupts) / sizeof(interrupts[0]))

/* A handler of the program's own, or that the signal is ignored, stays. */
static void watch_interrupts(void) {
  struct sigaction action, old;
  memset(&action, 0, sizeof(action));
  action.sa_handler = remove_new_files;
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
static void watch_new_file(const char *path) {
  size_t i = 0;
  while (i < MOST_NEW_FILES && new_files[i].used)
    i++;
  if (i == MOST_NEW_FILES || strlen(path) >= sizeof(new_files[i].path))
    return;
  memcpy(new_files[i].path, path, strlen(path) + 1);
  new_files[i].used = 1;
  watch_interrupts();
}

void platform_keep_new(FILE *file, const char *path) {
  (void)file;
  for (size_t i = 0; i < MOST_NEW_FILES; i++)
    if (new_files[i].used && strcmp(new_files[i].path, path) == 0)
      new_files[i].used = 0;
}

FILE *platform_create_new(const char *path) {
  sigset_t before;
  int fd;
  FILE *file;
  hold_interrupts(&before);
  fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  file = fd < 0 ? NULL : fdopen(fd, "wb");
  if (file != NULL)
    watch_new_file(path);
  else if (fd >= 0)
    close(fd);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return file;
}

bool platform_replace(const char *from, const char *to) {
  return rename(from, to) == 0;
}

bool platform_remove(const char *path) {
  return unlink(path) == 0;
}

bool platform_sync(FILE *stream) {
  return fflush(stream) == 0 && (fsync(fileno(stream)) == 0 || errno == EINVAL || errno == ENOTSUP);
}

bool platform_output_target(const char *path, char **target, bool *plain) {
  struct stat status;
  bool exists = stat(path, &status) == 0;
  if (!exists && errno != ENOENT)
    return false;
  *plain = !exists || S_ISREG(status.st_mode);
  *target = exists && *plain ? realpath(path, NULL) : strdup(path);
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
