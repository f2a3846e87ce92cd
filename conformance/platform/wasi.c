/* SPDX-License-Identifier: Apache-2.0 */
/* WebAssembly: files and standard streams as WASI has them; no threads, terminals, signals or other processes. */
#include "platform/folder.h"
#include "platform/platform.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool platform_start(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  return true;
}

bool platform_is_terminal(FILE *stream) {
  (void)stream;
  return false;
}

unsigned platform_terminal_width(FILE *stream) {
  (void)stream;
  return 0;
}

bool platform_output_abandoned(void) {
  return false;
}

void platform_end_for_pipe(void) {
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
  return 1;
}

bool platform_program_folder(char *out, size_t size) {
  (void)out;
  (void)size;
  return false;
}

/* ---- files -------------------------------------------------------------------------------------------- */

FILE *platform_open(const char *path, platform_use use) {
  return fopen(path, use == PLATFORM_READ ? "rb" : "wb");
}

FILE *platform_temporary(void) {
  errno = ENOTSUP;
  return NULL;
}

bool platform_is_folder(const char *path) {
  return platform_look(path) == PLATFORM_FOLDER;
}

bool platform_remove(const char *path) {
  return unlink(path) == 0;
}

bool platform_sync(FILE *stream) {
  return fflush(stream) == 0 && (fsync(fileno(stream)) == 0 || errno == EINVAL || errno == ENOTSUP);
}

/* WASI has no realpath: a link is replaced, not followed. */
bool platform_output_target(const char *path, char **target, bool *plain) {
  struct stat status;
  bool exists = stat(path, &status) == 0;
  if (!exists && errno != ENOENT)
    return false;
  *plain = !exists || S_ISREG(status.st_mode);
  *target = strdup(path);
  return *target != NULL;
}

void platform_end_by_signal(int signal_number) {
  (void)signal_number;
}

unsigned long platform_process_id(void) {
  return 1;
}

int platform_descriptor(FILE *stream) {
  return fileno(stream);
}

ptrdiff_t platform_read(int fd, void *data, size_t size) {
  return (ptrdiff_t)read(fd, data, size);
}

bool platform_write(int fd, const void *data, size_t size) {
  const char *next = data;
  while (size > 0) {
    ssize_t put = write(fd, next, size);
    if (put < 0)
      return false;
    next += put;
    size -= (size_t)put;
  }
  return true;
}

/* ---- paths -------------------------------------------------------------------------------------------- */

char *platform_full_path(const char *path) {
  return strdup(path);
}

/* ---- one thread --------------------------------------------------------------------------------------- */

platform_thread *platform_thread_start(void (*run)(void *context), void *context) {
  (void)run;
  (void)context;
  return NULL;
}

void platform_thread_join(platform_thread *thread) {
  (void)thread;
}

/* Nobody else is there to be kept out or woken. */
struct platform_mutex {
  char unused;
};

struct platform_condition {
  char unused;
};

platform_mutex *platform_mutex_new(void) {
  return calloc(1, sizeof(platform_mutex));
}

void platform_mutex_free(platform_mutex *mutex) {
  free(mutex);
}

void platform_mutex_lock(platform_mutex *mutex) {
  (void)mutex;
}

void platform_mutex_unlock(platform_mutex *mutex) {
  (void)mutex;
}

platform_condition *platform_condition_new(void) {
  return calloc(1, sizeof(platform_condition));
}

void platform_condition_free(platform_condition *condition) {
  free(condition);
}

void platform_condition_wait(platform_condition *condition, platform_mutex *mutex) {
  (void)condition;
  (void)mutex;
}

void platform_condition_signal(platform_condition *condition) {
  (void)condition;
}
