/* SPDX-License-Identifier: Apache-2.0 */
/* POSIX: processes, their groups, and the pipes of their streams. */
#include "engine/os/os.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

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

os_group *os_group_new(const char *id, bool join, bool kill_on_close, uint64_t memory_bytes, uint32_t processors) {
  (void)id, (void)join, (void)kill_on_close, (void)memory_bytes, (void)processors;
  return calloc(1, sizeof(os_group));
}

bool os_group_is_named(const os_group *group) {
  (void)group;
  return false;
}

void os_group_end(os_group *group, uint32_t exit_code) {
  (void)group, (void)exit_code;
}

void os_group_limit(os_group *group, uint64_t memory_bytes, uint32_t processors) {
  (void)group, (void)memory_bytes, (void)processors;
}

void os_group_free(os_group *group) {
  free(group);
}

struct os_process {
  pid_t pid;
  uint32_t killed_with; /* the exit code that was asked for */
  uint64_t started;     /* of another program's child, which cannot be waited for; else 0 */
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
  os_process *process = calloc(1, sizeof(*process));
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

os_process *os_process_open(uint32_t number, uint64_t started) {
  os_process *process =
      number > INT32_MAX || started == 0 || os_process_started(number) != started ? NULL : calloc(1, sizeof(*process));
  if (process != NULL) {
    process->pid = (pid_t)number;
    process->started = started;
  }
  return process;
}

#define LOOK_AGAIN_MS 20u

static uint32_t wait_for_other(const os_process *process) {
  while (os_process_started((uint32_t)process->pid) == process->started)
    os_sleep_ms(LOOK_AGAIN_MS);
  return 0;
}

uint32_t os_process_wait(os_process *process) {
  int status = 0;
  siginfo_t info;
  if (process->started != 0)
    return wait_for_other(process);
  /* Looked at first and reaped second: until then the number can't become another process's. */
  while (waitid(P_PID, (id_t)process->pid, &info, WEXITED | WNOWAIT) != 0 && errno == EINTR)
    continue;
  while (waitpid(process->pid, &status, 0) < 0 && errno == EINTR)
    continue;
  if (WIFEXITED(status))
    return (uint32_t)WEXITSTATUS(status);
  return WTERMSIG(status) == SIGKILL ? process->killed_with : 0xC000013Au;
}

uint32_t os_process_number(const os_process *process) {
  return (uint32_t)process->pid;
}

/* Resident pages: the second number of /proc/NUMBER/statm. */
uint64_t os_process_memory(const os_process *process) {
  char path[48], text[128];
  const char *at;
  ssize_t got;
  int fd;
  snprintf(path, sizeof path, "/proc/%ld/statm", (long)process->pid);
  fd = open(path, O_RDONLY | O_CLOEXEC);
  got = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
  if (fd >= 0)
    close(fd);
  if (got <= 0)
    return 0;
  text[got] = '\0';
  at = strchr(text, ' ');
  return at == NULL ? 0 : strtoull(at, NULL, 10) * (uint64_t)sysconf(_SC_PAGESIZE);
}

void os_process_times(const os_process *process, uint64_t *user, uint64_t *kernel) {
  (void)process;
  *user = *kernel = 0;
}

void os_process_kill(os_process *process, uint32_t exit_code) {
  process->killed_with = exit_code;
  if (process->started == 0 || os_process_started((uint32_t)process->pid) == process->started)
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

/* No process began at 0, which os_process_started answers to what is no number of one: to kill(2), 0 and what is
 * negative as a pid_t would mean many processes. */
void os_process_kill_number(uint32_t number, uint64_t started) {
  if (number <= INT32_MAX && started != 0 && os_process_started(number) == started)
    kill((pid_t)number, SIGKILL);
}
