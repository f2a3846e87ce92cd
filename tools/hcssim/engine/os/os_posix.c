/* SPDX-License-Identifier: Apache-2.0 */
/* POSIX: the lock, threads, time and the machine. */
#include "engine/os/os.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct os_monitor {
  pthread_mutex_t mutex;
  pthread_cond_t changed;
};

os_monitor *os_monitor_new(void) {
  os_monitor *monitor = malloc(sizeof(*monitor));
  pthread_condattr_t attributes;
  if (monitor == NULL)
    return NULL;
  pthread_mutex_init(&monitor->mutex, NULL);
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&monitor->changed, &attributes);
  pthread_condattr_destroy(&attributes);
  return monitor;
}

void os_monitor_free(os_monitor *monitor) {
  if (monitor == NULL)
    return;
  pthread_cond_destroy(&monitor->changed);
  pthread_mutex_destroy(&monitor->mutex);
  free(monitor);
}

void os_monitor_enter(os_monitor *monitor) {
  pthread_mutex_lock(&monitor->mutex);
}

void os_monitor_leave(os_monitor *monitor) {
  pthread_mutex_unlock(&monitor->mutex);
}

void os_monitor_wait(os_monitor *monitor, uint32_t ms) {
  struct timespec until;
  if (ms == OS_FOREVER) {
    pthread_cond_wait(&monitor->changed, &monitor->mutex);
    return;
  }
  clock_gettime(CLOCK_MONOTONIC, &until);
  until.tv_sec += (time_t)(ms / 1000);
  until.tv_nsec += (long)(ms % 1000) * 1000000;
  if (until.tv_nsec >= 1000000000) {
    until.tv_nsec -= 1000000000;
    until.tv_sec++;
  }
  pthread_cond_timedwait(&monitor->changed, &monitor->mutex, &until);
}

void os_monitor_wake(os_monitor *monitor) {
  pthread_cond_broadcast(&monitor->changed);
}

typedef struct thread_start {
  void (*run)(void *context);
  void *context;
} thread_start;

static void *run_thread(void *argument) {
  thread_start start = *(thread_start *)argument;
  free(argument);
  start.run(start.context);
  return NULL;
}

bool os_thread_start(void (*run)(void *context), void *context) {
  thread_start *start = malloc(sizeof(*start));
  pthread_t thread;
  if (start == NULL)
    return false;
  start->run = run;
  start->context = context;
  if (pthread_create(&thread, NULL, run_thread, start) != 0) {
    free(start);
    return false;
  }
  pthread_detach(thread);
  return true;
}

uint64_t os_thread_id(void) {
  return (uint64_t)pthread_self();
}

static uint64_t clock_ms(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

uint64_t os_now_ms(void) {
  return clock_ms(CLOCK_MONOTONIC);
}

uint64_t os_wall_ms(void) {
  return clock_ms(CLOCK_REALTIME);
}

void os_sleep_ms(uint32_t ms) {
  struct timespec left = {(time_t)(ms / 1000), (long)(ms % 1000) * 1000000};
  while (nanosleep(&left, &left) != 0 && errno == EINTR)
    continue;
}

bool os_random(unsigned char out[16]) {
  int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
  bool ok = fd >= 0 && read(fd, out, 16) == 16;
  if (fd >= 0)
    close(fd);
  return ok;
}

uint32_t os_process_id(void) {
  return (uint32_t)getpid();
}

uint32_t os_processor_count(void) {
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? (uint32_t)count : 1;
}

void os_die(int status) {
  _exit(status);
}

char *os_environment(const char *name) {
  const char *value = getenv(name);
  return value == NULL ? NULL : strdup(value);
}

#define LONGEST_PATH 4096u

/* Where there is /proc. */
char *os_program_path(void) {
  char *path = malloc(LONGEST_PATH);
  const ssize_t length = path == NULL ? -1 : readlink("/proc/self/exe", path, LONGEST_PATH - 1);
  if (length > 0) {
    path[length] = '\0';
    return path;
  }
  free(path);
  return NULL;
}

void os_program_image(bool (*each)(void *context, const void *data, size_t size), void *context) {
  (void)each, (void)context;
}

const void *os_program_version(size_t *size) {
  *size = 0;
  return NULL;
}
