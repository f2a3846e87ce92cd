/* SPDX-License-Identifier: Apache-2.0 */
#include "sim/memory_os.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_FILES   256
#define MOST_THREADS 64
#define OWN_NUMBER   1u
#define NOT_FOUND    0x80070002u

/* ---- time and threads ------------------------------------------------------------------------------------- */

struct os_monitor {
  bool held;
};

struct os_process {
  uint32_t number, code;
  uint64_t end;
};

typedef struct thread {
  void (*run)(void *context);
  void *context;
  const os_process *watched; /* it waits for this one's end, and can run then; null: at once */
} thread;

static uint64_t now, last_thread, this_thread;
static thread threads[MOST_THREADS];
static size_t thread_count;
static os_process *unwatched; /* the process whose thread comes next: the service starts one for each */
static uint32_t last_number;
static size_t open_things;

os_monitor *os_monitor_new(void) {
  return calloc(1, sizeof(os_monitor));
}

void os_monitor_free(os_monitor *monitor) {
  REQUIRE(monitor == NULL || !monitor->held, "a lock is freed while it is held");
  free(monitor);
}

void os_monitor_enter(os_monitor *monitor) {
  REQUIRE(!monitor->held, "a lock is taken twice");
  monitor->held = true;
}

void os_monitor_leave(os_monitor *monitor) {
  REQUIRE(monitor->held, "a lock is given back that nobody has");
  monitor->held = false;
}

static uint64_t ready_at(const thread *t) {
  return t->watched == NULL ? now : t->watched->end;
}

/* The thread that can run first; null: there is none. */
static thread *first_thread(void) {
  thread *first = NULL;
  for (size_t i = 0; i < thread_count; i++)
    if (first == NULL || ready_at(&threads[i]) < ready_at(first))
      first = &threads[i];
  return first;
}

static void run_thread(thread *chosen) {
  thread t = *chosen;
  uint64_t before = this_thread;
  *chosen = threads[--thread_count];
  this_thread = ++last_thread;
  t.run(t.context);
  this_thread = before;
}

void os_monitor_wait(os_monitor *monitor, uint32_t ms) {
  thread *next = first_thread();
  REQUIRE(monitor->held, "a wait without the lock");
  monitor->held = false;
  if (next != NULL && (ms == OS_FOREVER || ready_at(next) <= now + ms)) {
    if (ready_at(next) > now)
      now = ready_at(next);
    run_thread(next);
  } else {
    REQUIRE(ms != OS_FOREVER, "nobody is left who could end this wait");
    now += ms;
  }
  REQUIRE(!monitor->held, "a thread ended with the lock");
  monitor->held = true;
}

void os_monitor_wake(os_monitor *monitor) {
  (void)monitor;
}

bool os_thread_start(void (*run)(void *context), void *context) {
  thread *t = &threads[thread_count];
  if (thread_count == MOST_THREADS)
    return false;
  thread_count++;
  t->run = run;
  t->context = context;
  t->watched = unwatched;
  unwatched = NULL;
  return true;
}

uint64_t os_thread_id(void) {
  return this_thread;
}

uint64_t os_now_ms(void) {
  return now;
}

uint64_t os_wall_ms(void) {
  return UINT64_C(1700000000000) + now;
}

void os_sleep_ms(uint32_t ms) {
  now += ms;
}

bool os_random(unsigned char out[16]) {
  memset(out, 0x5A, 16);
  return true;
}

char *os_program_path(void) {
  return NULL;
}

void os_program_image(bool (*each)(void *context, const void *data, size_t size), void *context) {
  (void)each, (void)context;
}

const void *os_program_version(size_t *size) {
  *size = 0;
  return NULL;
}

uint32_t os_process_id(void) {
  return OWN_NUMBER;
}

uint32_t os_processor_count(void) {
  return 2;
}

void os_die(int status) {
  REQUIRE(false, "the service ends the program with %d", (int64_t)status);
}

char *os_environment(const char *name) {
  (void)name;
  return NULL;
}

/* ---- processes ---------------------------------------------------------------------------------------------- */

static os_stream new_stream(bool wanted) {
  open_things += wanted;
  return wanted ? malloc(1) : NULL;
}

void os_stream_close(os_stream stream) {
  open_things -= stream != NULL;
  free(stream);
}

struct os_group {
  uint32_t processors;
};

os_group *os_group_new(const char *id, bool join, bool kill_on_close, uint64_t memory_bytes, uint32_t processors) {
  os_group *group = calloc(1, sizeof(*group));
  (void)id, (void)join, (void)kill_on_close, (void)memory_bytes;
  if (group != NULL)
    group->processors = processors;
  return group;
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

os_process *os_process_start(const os_command *command, os_stream streams[3], uint32_t *code) {
  size_t length = strlen(command->command_line);
  os_process *process;
  if (strncmp(command->command_line, SIM_OS_MISSING, sizeof(SIM_OS_MISSING) - 1) == 0) {
    *code = NOT_FOUND;
    return NULL;
  }
  process = calloc(1, sizeof(*process));
  REQUIRE(process != NULL, "memory");
  process->number = ++last_number * 4 + 1000;
  process->code = (uint32_t)(length & 0xFF);
  process->end = now + length * SIM_OS_BYTE_MS;
  streams[0] = new_stream(command->in);
  streams[1] = new_stream(command->out);
  streams[2] = new_stream(command->err);
  unwatched = process;
  open_things++;
  return process;
}

/* It ends a little later. */
os_process *os_process_open(uint32_t number, uint64_t started) {
  os_process *process = os_process_started(number) == started ? calloc(1, sizeof(*process)) : NULL;
  if (process == NULL)
    return NULL;
  process->number = number;
  process->end = now + SIM_OS_BYTE_MS;
  unwatched = process;
  open_things++;
  return process;
}

uint32_t os_process_wait(os_process *process) {
  REQUIRE(process->end <= now, "the thread of process %u ran before its end", (uint64_t)process->number);
  return process->code;
}

uint32_t os_process_number(const os_process *process) {
  return process->number;
}

uint64_t os_process_memory(const os_process *process) {
  (void)process;
  return 0;
}

void os_process_times(const os_process *process, uint64_t *user, uint64_t *kernel) {
  *user = process->number;
  *kernel = 0;
}

void os_process_kill(os_process *process, uint32_t exit_code) {
  if (process->end <= now)
    return;
  process->end = now;
  process->code = exit_code;
}

void os_process_free(os_process *process) {
  if (unwatched == process)
    unwatched = NULL;
  open_things--;
  free(process);
}

/* Of other numbers every second one is a process that runs. */
uint64_t os_process_started(uint32_t number) {
  return number == OWN_NUMBER || number % 2 == 0 ? number : 0;
}

void os_process_kill_number(uint32_t number, uint64_t started) {
  (void)number, (void)started;
}

/* ---- files ---------------------------------------------------------------------------------------------------- */

typedef struct file {
  char *path; /* null: no file */
  char *data; /* null: a folder */
  size_t size;
} file;

static file files[MOST_FILES];

/* "FOLDER/." is the folder. */
static size_t path_length(const char *path) {
  size_t length = strlen(path);
  if (length > 2 && path[length - 2] == '/' && path[length - 1] == '.')
    length -= 2;
  return length;
}

static file *find(const char *path, size_t length) {
  for (size_t i = 0; i < MOST_FILES; i++)
    if (files[i].path != NULL && strlen(files[i].path) == length && memcmp(files[i].path, path, length) == 0)
      return &files[i];
  return NULL;
}

/* Where the last '/' is; 0: there is none. */
static size_t parent_length(const char *path, size_t length) {
  while (length > 0 && path[length - 1] != '/')
    length--;
  return length == 0 ? 0 : length - 1;
}

static file *add(const char *path, size_t length) {
  for (size_t i = 0; i < MOST_FILES; i++) {
    if (files[i].path != NULL)
      continue;
    files[i].path = malloc(length + 1);
    REQUIRE(files[i].path != NULL, "memory");
    memcpy(files[i].path, path, length);
    files[i].path[length] = '\0';
    return &files[i];
  }
  return NULL;
}

static void remove_file(file *f) {
  free(f->path);
  free(f->data);
  memset(f, 0, sizeof(*f));
}

char *os_file_read(const char *path, size_t limit, size_t *size) {
  const file *f = find(path, path_length(path));
  char *copy;
  if (f == NULL || f->data == NULL || f->size > limit)
    return NULL;
  copy = malloc(f->size + 1);
  REQUIRE(copy != NULL, "memory");
  memcpy(copy, f->data, f->size);
  copy[f->size] = '\0';
  *size = f->size;
  return copy;
}

/* The file at `path`, made when its folder is there; null: it cannot be written. */
static file *writable(const char *path) {
  size_t length = path_length(path), parent = parent_length(path, length);
  file *f = find(path, length);
  const file *folder = find(path, parent);
  if (f != NULL)
    return f->data == NULL ? NULL : f;
  return parent > 0 && (folder == NULL || folder->data != NULL) ? NULL : add(path, length);
}

static bool append(file *f, const char *data, size_t size) {
  char *grown = f == NULL ? NULL : realloc(f->data, f->size + size + 1);
  if (grown == NULL)
    return false;
  memcpy(grown + f->size, data, size);
  f->data = grown;
  f->size += size;
  return true;
}

bool os_file_replace(const char *path, const char *data, size_t size) {
  file *f = writable(path);
  if (f != NULL)
    f->size = 0;
  return append(f, data, size);
}

struct os_log {
  char path[1024];
};

os_log *os_log_open(const char *path) {
  os_log *log = malloc(sizeof(*log));
  REQUIRE(log != NULL && snprintf(log->path, sizeof(log->path), "%s", path) < (int)sizeof(log->path), "a path");
  return log;
}

bool os_log_append(os_log *log, const char *data, size_t size) {
  return append(writable(log->path), data, size);
}

void os_log_close(os_log *log) {
  free(log);
}

bool os_file_link(const char *path, const char *other) {
  const file *f = find(path, path_length(path));
  return f != NULL && f->data != NULL && !os_path_exists(other) && append(writable(other), f->data, f->size);
}

bool os_file_remove(const char *path) {
  file *f = find(path, path_length(path));
  if (f == NULL || f->data == NULL)
    return false;
  remove_file(f);
  return true;
}

static bool is_in(const file *f, const char *folder, size_t length) {
  return f->path != NULL && strncmp(f->path, folder, length) == 0 && f->path[length] == '/';
}

bool os_folder_remove(const char *path) {
  size_t length = path_length(path);
  file *f = find(path, length);
  if (f == NULL || f->data != NULL)
    return false;
  for (size_t i = 0; i < MOST_FILES; i++)
    if (is_in(&files[i], path, length))
      return false;
  remove_file(f);
  return true;
}

bool os_folder_make(const char *path) {
  size_t length = path_length(path);
  for (size_t end = 1; end <= length; end++) {
    const file *f;
    if (end < length && path[end] != '/')
      continue;
    f = find(path, end);
    if (f != NULL ? f->data != NULL : add(path, end) == NULL)
      return false;
  }
  return true;
}

void os_volume_show(const char *volume, const char *folder) {
  (void)volume;
  (void)folder;
}

void os_volume_hide(const char *volume) {
  (void)volume;
}

char *os_path_plain(const char *path) {
  size_t size = strlen(path) + 1;
  char *copy = malloc(size);
  return copy == NULL ? NULL : memcpy(copy, path, size);
}

bool os_path_exists(const char *path) {
  return find(path, path_length(path)) != NULL;
}

/* There are no links. */
os_kind os_path_kind(const char *path) {
  return !os_path_exists(path) ? OS_NOTHING : os_path_is_folder(path) ? OS_FOLDER : OS_FILE;
}

bool os_path_is_folder(const char *path) {
  const file *f = find(path, path_length(path));
  return f != NULL && f->data == NULL;
}

void os_folder_list(const char *path, bool (*each)(void *context, const char *name), void *context) {
  size_t length = path_length(path);
  bool go = true;
  for (size_t i = 0; go && i < MOST_FILES; i++)
    if (is_in(&files[i], path, length) && strchr(files[i].path + length + 1, '/') == NULL)
      go = each(context, files[i].path + length + 1);
}

/* There is one process. */
os_lock *os_lock_take(const char *folder) {
  (void)folder;
  return NULL;
}

void os_lock_give(os_lock *lock) {
  (void)lock;
}

void os_registry_set(const char *id, const char *hive, const char *key, const char *name, uint32_t type,
                     const void *data, size_t size) {
  REQUIRE(id != NULL && hive != NULL && key != NULL && name != NULL && data != NULL, "a registry value of type %u, %u",
          (uint64_t)type, (uint64_t)size);
}

void os_registry_remove(const char *id) {
  REQUIRE(id != NULL, "a registry without a name");
}

/* ---- for the targets ------------------------------------------------------------------------------------------ */

void sim_os_reset(void) {
  REQUIRE(thread_count == 0, "%u threads still run", (uint64_t)thread_count);
  for (size_t i = 0; i < MOST_FILES; i++)
    if (files[i].path != NULL)
      remove_file(&files[i]);
  now = 0;
  last_thread = this_thread = 0;
  unwatched = NULL;
  last_number = 0;
  open_things = 0;
}

size_t sim_os_left(void) {
  return open_things;
}
