/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/os.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
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

static os_stream stream_of(int fd) {
  return fd < 0 ? NULL : (os_stream)((intptr_t)fd + 1);
}

void os_stream_close(os_stream stream) {
  if (stream != NULL)
    close((int)((intptr_t)stream - 1));
}

/* Each process leads a process group of its own, which is enough to end its children with it. */
struct os_group {
  char nothing;
};

os_group *os_group_new(bool kill_on_close, uint64_t memory_bytes, uint32_t processors) {
  (void)kill_on_close, (void)memory_bytes, (void)processors;
  return calloc(1, sizeof(os_group));
}

void os_group_end(os_group *group, uint32_t exit_code) {
  (void)group, (void)exit_code;
}

void os_group_free(os_group *group) {
  free(group);
}

struct os_process {
  pid_t pid;
};

/* Splits a Windows command line: blanks part arguments, double quotes join, backslashes before a quote escape it. */
static char **split_command_line(const char *line) {
  size_t length = strlen(line), count = 0;
  /* One block: the pointers, then the texts. */
  char **words = calloc(1, (length / 2 + 2) * sizeof(*words) + length * 2 + 2);
  char *out = words == NULL ? NULL : (char *)(words + length / 2 + 2);
  while (words != NULL && *line != '\0') {
    bool quoted = false;
    while (*line == ' ' || *line == '\t')
      line++;
    if (*line == '\0')
      break;
    words[count++] = out;
    for (; *line != '\0' && (quoted || (*line != ' ' && *line != '\t')); line++) {
      size_t slashes = strspn(line, "\\");
      if (line[slashes] == '"') {
        memset(out, '\\', slashes / 2);
        out += slashes / 2;
        line += slashes;
        if (slashes % 2 != 0)
          *out++ = '"';
        else
          quoted = !quoted;
      } else {
        *out++ = *line;
      }
    }
    *out++ = '\0';
  }
  return words;
}

/* This process's environment with the command's over it; null when out of memory. */
static char **make_environment(const os_command *command) {
  size_t inherited = 0, bytes = 0, count = 0;
  char **list, *text;
  while (environ[inherited] != NULL)
    inherited++;
  for (size_t i = 0; i < command->variable_count; i++)
    bytes += strlen(command->variables[i].name) + strlen(command->variables[i].value) + 2;
  list = calloc(1, (inherited + command->variable_count + 1) * sizeof(*list) + bytes);
  if (list == NULL)
    return NULL;
  text = (char *)(list + inherited + command->variable_count + 1);
  for (size_t i = 0; i < command->variable_count; i++) {
    list[count++] = text;
    text = stpcpy(stpcpy(stpcpy(text, command->variables[i].name), "="), command->variables[i].value) + 1;
  }
  for (size_t i = 0; i < inherited; i++) {
    bool replaced = false;
    for (size_t v = 0; v < command->variable_count && !replaced; v++) {
      size_t length = strlen(command->variables[v].name);
      replaced = strncmp(environ[i], command->variables[v].name, length) == 0 && environ[i][length] == '=';
    }
    if (!replaced)
      list[count++] = environ[i];
  }
  return list;
}

static uint32_t code_of(int error) {
  switch (error) {
  case ENOENT:
  case ENOTDIR:
    return 0x80070002u;
  case EACCES:
  case EPERM:
    return 0x80070005u;
  case ENOEXEC:
    return 0x800700C1u;
  default:
    return 0x8007000Eu;
  }
}

static void close_all(int fds[3]) {
  for (int i = 0; i < 3; i++)
    if (fds[i] >= 0)
      close(fds[i]);
}

static bool open_pipes(const bool wanted[3], int host[3], int child[3]) {
  for (int i = 0; i < 3; i++) {
    int ends[2];
    if (!wanted[i]) {
      child[i] = open("/dev/null", O_RDWR | O_CLOEXEC);
    } else if (pipe2(ends, O_CLOEXEC) == 0) {
      host[i] = ends[i == 0];
      child[i] = ends[i != 0];
    }
    if (child[i] < 0)
      return false;
  }
  return true;
}

static int spawn(const os_command *command, const int child[3], pid_t *pid) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  char **words = split_command_line(command->command_line);
  char **variables = make_environment(command);
  int error = words == NULL || variables == NULL ? ENOMEM : words[0] == NULL ? ENOENT : 0;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  for (int i = 0; i < 3; i++)
    posix_spawn_file_actions_adddup2(&actions, child[i], i);
  if (command->folder != NULL)
    posix_spawn_file_actions_addchdir_np(&actions, command->folder);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  posix_spawnattr_setpgroup(&attributes, 0);
  if (error == 0)
    error = posix_spawnp(pid, command->application != NULL ? command->application : words[0], &actions, &attributes,
                         words, variables);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  free(words);
  free(variables);
  return error;
}

os_process *os_process_start(const os_command *command, os_stream streams[3], uint32_t *code) {
  const bool wanted[3] = {command->in, command->out, command->err};
  int host[3] = {-1, -1, -1}, child[3] = {-1, -1, -1};
  os_process *process = malloc(sizeof(*process));
  int error = process == NULL || !open_pipes(wanted, host, child) ? ENOMEM : 0;
  if (error == 0)
    error = spawn(command, child, &process->pid);
  close_all(child);
  if (error != 0) {
    close_all(host);
    free(process);
    *code = code_of(error);
    return NULL;
  }
  for (int i = 0; i < 3; i++)
    streams[i] = stream_of(host[i]);
  return process;
}

uint32_t os_process_wait(os_process *process) {
  int status = 0;
  siginfo_t info;
  /* Looked at first and reaped second: until then the number can't become another process's. */
  while (waitid(P_PID, (id_t)process->pid, &info, WEXITED | WNOWAIT) != 0 && errno == EINTR)
    continue;
  while (waitpid(process->pid, &status, 0) < 0 && errno == EINTR)
    continue;
  return WIFEXITED(status) ? (uint32_t)WEXITSTATUS(status) : 0xC000013Au;
}

uint32_t os_process_number(const os_process *process) {
  return (uint32_t)process->pid;
}

void os_process_times(const os_process *process, uint64_t *user, uint64_t *kernel) {
  (void)process;
  *user = *kernel = 0;
}

void os_process_kill(os_process *process, uint32_t exit_code) {
  (void)exit_code;
  kill(-process->pid, SIGKILL);
}

void os_process_free(os_process *process) {
  free(process);
}

/* Field 22 of /proc/NUMBER/stat; the name, which may hold anything, ends at the last parenthesis. */
uint64_t os_process_started(uint32_t number) {
  char path[32], text[1024];
  const char *at;
  ssize_t got;
  int fd;
  snprintf(path, sizeof path, "/proc/%lu/stat", (unsigned long)number);
  fd = open(path, O_RDONLY | O_CLOEXEC);
  got = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
  if (fd >= 0)
    close(fd);
  if (got <= 0)
    return 0;
  text[got] = '\0';
  at = strrchr(text, ')');
  for (int field = 2; at != NULL && field < 22; field++)
    at = strchr(at + 1, ' ');
  return at == NULL ? 0 : strtoull(at + 1, NULL, 10);
}

void os_process_kill_number(uint32_t number) {
  kill((pid_t)number, SIGKILL);
}

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
  size_t length = strlen(path);
  char *other = malloc(length + 5);
  bool ok;
  if (other == NULL)
    return false;
  memcpy(other, path, length);
  memcpy(other + length, ".new", 5);
  ok = write_file(other, O_TRUNC, data, size) && rename(other, path) == 0;
  free(other);
  return ok;
}

bool os_file_append(const char *path, const char *data, size_t size) {
  return write_file(path, O_APPEND, data, size);
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

char *os_path_plain(const char *path) {
  return strdup(path);
}

bool os_path_exists(const char *path) {
  struct stat info;
  return stat(path, &info) == 0;
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

void os_registry_set(const char *id, const char *hive, const char *key, const char *name, uint32_t type,
                     const void *data, size_t size) {
  (void)id, (void)hive, (void)key, (void)name, (void)type, (void)data, (void)size;
}

void os_registry_remove(const char *id) {
  (void)id;
}
