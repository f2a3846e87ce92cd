/* SPDX-License-Identifier: Apache-2.0 */
/* fork, pipes and poll. Each child leads a process group of its own; on Linux whatever leaves that group is
 * adopted by us when its parent ends, and is ended as well. */
#include "run/testee/process.h"

#include "platform/platform.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

extern char **environ;

/* Most processes that are waited for at once, and how long a wait lasts at most. */
#define WAIT_MOST    256
#define LONGEST_WAIT 200
#define STRAY_ROUNDS 64
/* Milliseconds that a child has which may not be ended, and between two looks. */
#define GIVING_UP      2000
#define GIVING_UP_STEP 10
#define FDS_OF_EACH    3

struct kit_process {
  pid_t pid;
  int input, output[2]; /* ours; -1 when closed; output by kit_stream */
  bool ended;
  kit_exit how;
};

/* ---- the end of a child wakes who waits --------------------------------------------------------------- */

/* The handler writes to [1], and kit_process_wait waits for [0]; -1: not there, and a wait may last its time. */
static int child_pipe[2] = {-1, -1};

static void child_ended(int signal_number) {
  int error = errno;
  (void)signal_number;
  /* A full pipe wakes as well. */
  if (write(child_pipe[1], "", 1) < 0)
    errno = error;
  errno = error;
}

static bool no_waiting(int fd) {
  int flags = fcntl(fd, F_GETFL);
  return flags >= 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0;
}

static bool open_pipe(int ends[2]) {
  return pipe(ends) == 0 && fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0 && fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0;
}

static void watch_children(void) {
  struct sigaction action;
  if (child_pipe[0] >= 0 || !open_pipe(child_pipe) || !no_waiting(child_pipe[0]) || !no_waiting(child_pipe[1]))
    return;
  memset(&action, 0, sizeof(action));
  action.sa_handler = child_ended;
  action.sa_flags = SA_RESTART | SA_NOCLDSTOP;
  sigaction(SIGCHLD, &action, NULL);
}

static void forget_ended_children(void) {
  char bytes[64];
  while (child_pipe[0] >= 0 && read(child_pipe[0], bytes, sizeof(bytes)) > 0)
    ;
}

/* ---- what children leave behind ------------------------------------------------------------------------ */

#ifdef __linux__
/* Do the orphans of our children become our own children? Not when the program had children before the first start
 * (those of a shell that became this program): what they leave behind would be taken for a testee's. */
static bool adopting;

static FILE *open_children(void) {
  char path[64];
  snprintf(path, sizeof(path), "/proc/self/task/%ld/children", (long)getpid());
  return platform_open(path, PLATFORM_READ);
}

static void adopt_orphans(void) {
  static bool asked;
  FILE *children = asked ? NULL : open_children();
  int pid;
  asked = true;
  if (children == NULL)
    return;
  /* The kernel writes the list: decimal and in range. NOLINTNEXTLINE(cert-err34-c) */
  adopting = fscanf(children, "%d", &pid) != 1 && prctl(PR_SET_CHILD_SUBREAPER, 1) == 0;
  fclose(children);
}

/* Ends the processes listed in `children` and waits for them, but for those that we may not end; how many there were.
 */
static int end_children(FILE *children) {
  int pid, count = 0;
  /* As above. NOLINTNEXTLINE(cert-err34-c) */
  while (fscanf(children, "%d", &pid) == 1) {
    if (kill((pid_t)pid, SIGKILL) != 0)
      continue;
    waitpid((pid_t)pid, NULL, 0);
    count++;
  }
  return count;
}

/* The end of one makes its children ours, so it takes as many rounds as they are nested. */
void kit_process_end_strays(void) {
  int round, found = 1;
  for (round = 0; adopting && round < STRAY_ROUNDS && found > 0; round++) {
    FILE *children = open_children();
    if (children == NULL)
      return;
    found = end_children(children);
    fclose(children);
  }
}
#else
static void adopt_orphans(void) {
}

void kit_process_end_strays(void) {
}
#endif

/* ---- starting ----------------------------------------------------------------------------------------- */

/* The four pipes of a start: [0] is read from, [1] written to. */
typedef struct start_pipes {
  int input[2], output[2], error[2], status[2];
} start_pipes;

static void close_end(int *fd) {
  if (*fd >= 0)
    close(*fd);
  *fd = -1;
}

static void close_pipe(int ends[2]) {
  close_end(&ends[0]);
  close_end(&ends[1]);
}

static void close_all(start_pipes *p) {
  close_pipe(p->input);
  close_pipe(p->output);
  close_pipe(p->error);
  close_pipe(p->status);
}

static bool open_all(start_pipes *p) {
  const start_pipes closed = {{-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}};
  *p = closed;
  if (open_pipe(p->input) && open_pipe(p->output) && open_pipe(p->error) && open_pipe(p->status))
    return true;
  close_all(p);
  return false;
}

/* A file descriptor that dup2 must not overwrite is moved above the three standard ones. */
static int above_standard(int fd) {
  return fd > 2 ? fd : fcntl(fd, F_DUPFD_CLOEXEC, 3);
}

static void set_up_child(const kit_spawn *spawn, start_pipes *p) {
  struct sigaction fallback;
  struct rlimit limit;
  sigset_t none;
  memset(&fallback, 0, sizeof(fallback));
  fallback.sa_handler = SIG_DFL;
  sigaction(SIGPIPE, &fallback, NULL);
  sigaction(SIGXFSZ, &fallback, NULL);
  sigaction(SIGINT, &fallback, NULL);
  sigaction(SIGTERM, &fallback, NULL);
  sigaction(SIGHUP, &fallback, NULL);
  sigaction(SIGCHLD, &fallback, NULL);
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  setpgid(0, 0);
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  if (spawn->memory_limit != 0) {
    limit.rlim_cur = limit.rlim_max = (rlim_t)spawn->memory_limit;
    setrlimit(RLIMIT_AS, &limit);
  }
  p->input[0] = above_standard(p->input[0]);
  p->output[1] = above_standard(p->output[1]);
  p->error[1] = above_standard(p->error[1]);
  p->status[1] = above_standard(p->status[1]);
  dup2(p->input[0], 0);
  dup2(p->output[1], 1);
  dup2(p->error[1], 2);
}

/* In the child: never returns. `environment` was made before the fork. */
static void run_child(const kit_spawn *spawn, char **environment, start_pipes *p) {
  int error;
  set_up_child(spawn, p);
  if (environment != NULL)
    environ = environment;
  execvp(spawn->command->arguments[0], spawn->command->arguments);
  error = errno;
  if (write(p->status[1], &error, sizeof(error)) < 0)
    _exit(126);
  _exit(127);
}

static bool is_set_by(const char *const *added, const char *variable) {
  size_t name = strcspn(variable, "=");
  for (; *added != NULL; added++)
    if (strncmp(*added, variable, name) == 0 && (*added)[name] == '=')
      return true;
  return false;
}

/* Our environment and the additions in one array, or null when out of memory. A variable is there once: of two with one
 * name programs take the first, and shells the last. */
static char **joined_environment(const char *const *added) {
  size_t ours = 0, more = 0, used = 0, i;
  char **result;
  while (environ[ours] != NULL)
    ours++;
  while (added[more] != NULL)
    more++;
  result = malloc((ours + more + 1) * sizeof(*result));
  if (result == NULL)
    return NULL;
  for (i = 0; i < more; i++)
    result[used++] = (char *)(uintptr_t)added[i];
  for (i = 0; i < ours; i++)
    if (!is_set_by(added, environ[i]))
      result[used++] = environ[i];
  result[used] = NULL;
  return result;
}

/* Waits until the child runs its program or could not. */
static int start_error(int status) {
  int error = 0;
  ssize_t got;
  do {
    got = read(status, &error, sizeof(error));
  } while (got < 0 && errno == EINTR);
  return got == (ssize_t)sizeof(error) ? error : 0;
}

static bool fork_child(const kit_spawn *spawn, start_pipes *p, kit_process *process) {
  char **environment = NULL;
  int error;
  if (spawn->environment != NULL) {
    environment = joined_environment(spawn->environment);
    if (environment == NULL)
      return false;
  }
  process->pid = fork();
  if (process->pid == 0)
    run_child(spawn, environment, p);
  error = errno;
  free(environment);
  close_end(&p->status[1]);
  if (process->pid > 0) {
    setpgid(process->pid, process->pid);
    error = start_error(p->status[0]);
    if (error == 0)
      return true;
    waitpid(process->pid, NULL, 0);
  }
  errno = error;
  return false;
}

kit_process *kit_process_start(const kit_spawn *spawn, char *message, size_t size) {
  kit_process *process = calloc(1, sizeof(*process));
  start_pipes p;
  watch_children();
  adopt_orphans();
  if (process == NULL || !open_all(&p)) {
    snprintf(message, size, "%s", strerror(errno));
    free(process);
    return NULL;
  }
  if (!no_waiting(p.input[1]) || !no_waiting(p.output[0]) || !no_waiting(p.error[0]) ||
      !fork_child(spawn, &p, process)) {
    snprintf(message, size, "%s: %s", spawn->command->arguments[0], strerror(errno));
    close_all(&p);
    free(process);
    return NULL;
  }
  process->input = p.input[1];
  process->output[KIT_STDOUT] = p.output[0];
  process->output[KIT_STDERR] = p.error[0];
  close_end(&p.input[0]);
  close_end(&p.output[1]);
  close_end(&p.error[1]);
  close_end(&p.status[0]);
  return process;
}

/* ---- ending ------------------------------------------------------------------------------------------- */

/* Takes the end of the process if it has come (or waits for it). The group is ended first: while its leader has
 * not been waited for, the number cannot belong to anyone else. */
static void take_end(kit_process *process, bool wait) {
  siginfo_t info;
  int status = 0;
  pid_t got;
  memset(&info, 0, sizeof(info));
  if (waitid(P_PID, (id_t)process->pid, &info, WEXITED | WNOWAIT | (wait ? 0 : WNOHANG)) != 0) {
    process->ended = errno != EINTR; /* somebody else has waited for it */
    return;
  }
  if (info.si_pid == 0)
    return;
  kill(-process->pid, SIGKILL);
  do {
    got = waitpid(process->pid, &status, 0);
  } while (got < 0 && errno == EINTR);
  process->ended = true;
  process->how.by_signal = WIFSIGNALED(status);
  process->how.code = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
}

bool kit_process_ended(kit_process *process, kit_exit *out) {
  if (!process->ended)
    take_end(process, false);
  if (process->ended)
    *out = process->how;
  return process->ended;
}

/* A child that has become somebody else's (sudo) may refuse to be ended: it is given some time and then left. */
static void end_process(kit_process *process) {
  const struct timespec step = {0, (long)GIVING_UP_STEP * 1000000};
  int left = GIVING_UP / GIVING_UP_STEP;
  while (!process->ended && left > 0) {
    bool sent;
    kill(-process->pid, SIGKILL);
    sent = kill(process->pid, SIGKILL) == 0;
    take_end(process, sent);
    if (!process->ended && !sent) {
      nanosleep(&step, NULL);
      left--;
    }
  }
}

void kit_process_free(kit_process *process) {
  if (process == NULL)
    return;
  end_process(process);
  close_end(&process->input);
  close_end(&process->output[KIT_STDOUT]);
  close_end(&process->output[KIT_STDERR]);
  free(process);
}

/* ---- pipes -------------------------------------------------------------------------------------------- */

ptrdiff_t kit_process_write(kit_process *process, const char *data, size_t size) {
  ssize_t put;
  if (process->input < 0)
    return -1;
  do {
    put = write(process->input, data, size);
  } while (put < 0 && errno == EINTR);
  if (put >= 0)
    return (ptrdiff_t)put;
  return errno == EAGAIN || errno == EWOULDBLOCK ? 0 : -1;
}

void kit_process_close_input(kit_process *process) {
  close_end(&process->input);
}

ptrdiff_t kit_process_read(kit_process *process, kit_stream stream, char *data, size_t size) {
  ssize_t got;
  if (process->output[stream] < 0)
    return -1;
  do {
    got = read(process->output[stream], data, size);
  } while (got < 0 && errno == EINTR);
  if (got > 0)
    return (ptrdiff_t)got;
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
    return 0;
  close_end(&process->output[stream]);
  return -1;
}

void kit_process_wait(const kit_interest *interests, size_t count, uint64_t milliseconds) {
  struct pollfd fds[WAIT_MOST * FDS_OF_EACH + 1];
  nfds_t used = 1;
  size_t i;
  int s;
  fds[0].fd = child_pipe[0];
  fds[0].events = POLLIN;
  for (i = 0; i < count && i < WAIT_MOST; i++) {
    const kit_process *process = interests[i].process;
    if (process == NULL)
      continue;
    for (s = KIT_STDOUT; s <= KIT_STDERR; s++) {
      fds[used].fd = process->output[s]; /* poll skips negative ones */
      fds[used].revents = 0;
      fds[used++].events = POLLIN;
    }
    fds[used].fd = interests[i].write ? process->input : -1;
    fds[used].revents = 0;
    fds[used++].events = POLLOUT;
  }
  (void)poll(fds, used, (int)(milliseconds > LONGEST_WAIT ? LONGEST_WAIT : milliseconds));
  forget_ended_children();
}

/* ---- time and signals --------------------------------------------------------------------------------- */

uint64_t kit_now_precise(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

uint64_t kit_now(void) {
  return kit_now_precise() / 1000;
}

static volatile sig_atomic_t caught;

static void catch_signal(int signal_number) {
  if (caught != 0)
    platform_end_by_signal(signal_number);
  caught = signal_number;
}

void kit_catch_interrupts(void) {
  static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
  struct sigaction action;
  size_t i;
  memset(&action, 0, sizeof(action));
  action.sa_handler = catch_signal;
  for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
    sigaction(signals[i], &action, NULL);
}

int kit_interrupted(void) {
  return (int)caught;
}

void kit_exit_describe(kit_exit how, char *text, size_t size) {
  if (how.by_signal)
    snprintf(text, size, "was ended by signal %d (%s)", how.code, strsignal(how.code));
  else
    snprintf(text, size, "exited with status %d", how.code);
}
