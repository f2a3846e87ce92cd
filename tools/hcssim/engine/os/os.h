/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What the simulator needs of an operating system: a lock, threads, processes with pipes, small files. Texts are
 * UTF-8. os_posix*.c and os_windows*.c implement it, and fuzz/sim/memory_os.c in memory; nothing else of the engine
 * knows which one it is.
 */
#ifndef HCSSIM_OS_H
#define HCSSIM_OS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define OS_FOREVER UINT32_MAX

/** A lock with a condition that all waiters share. */
typedef struct os_monitor os_monitor;

/** Null: out of memory. */
os_monitor *os_monitor_new(void);
void os_monitor_free(os_monitor *monitor);
void os_monitor_enter(os_monitor *monitor);
void os_monitor_leave(os_monitor *monitor);
/** Gives the lock up until os_monitor_wake or for `ms` milliseconds; may return earlier. */
void os_monitor_wait(os_monitor *monitor, uint32_t ms);
void os_monitor_wake(os_monitor *monitor);

/** Starts a thread that nobody waits for; false when that is impossible. */
bool os_thread_start(void (*run)(void *context), void *context);
/** A number that tells this thread from the others that live. */
uint64_t os_thread_id(void);
/** Of a clock that only goes forward. */
uint64_t os_now_ms(void);
/** Since 1970, in UTC. */
uint64_t os_wall_ms(void);
void os_sleep_ms(uint32_t ms);
/** 16 bytes that nobody can guess; false when the system has none. */
bool os_random(unsigned char out[16]);
uint32_t os_process_id(void);
/** Processors of the machine, at least 1. */
uint32_t os_processor_count(void);
/** Ends this process at once. */
void os_die(int status);
/** A variable of the environment in memory of its own (free), or null. */
char *os_environment(const char *name);

/** The path of this program's file, in memory of its own (free); null: the system does not tell. */
char *os_program_path(void);
/** Calls `each` for every stretch of the program in memory that can be read, until it is false: first for what the
 * program can write. Windows only. */
void os_program_image(bool (*each)(void *context, const void *data, size_t size), void *context);
/** Its version resource; null: it has none. Windows only. */
const void *os_program_version(size_t *size);

/** A host end of a standard stream as the API hands it out: HANDLE; on POSIX the descriptor plus one. Null: none. */
typedef void *os_stream;
void os_stream_close(os_stream stream);

/** What groups the processes of one container, so that they can be ended together: a job object. */
typedef struct os_group os_group;
/** `id`: others find the container's job by it (\Container_ID in the root of the object namespace, as hcsshim opens
 * it; Windows only); null: the job has no name. `join`: it is the job that is there by that name; else a new one, which
 * stays nameless when somebody else's container has the name. `kill_on_close`: they end when the group is freed or its
 * owner dies (Windows only; elsewhere when freed). `memory_bytes`, `processors`: limits, 0 for none. Null: out of
 * memory. */
os_group *os_group_new(const char *id, bool join, bool kill_on_close, uint64_t memory_bytes, uint32_t processors);
/** May other processes join it by its name? */
bool os_group_is_named(const os_group *group);
/** Ends what is left of its processes' own children. POSIX: nothing. */
void os_group_end(os_group *group, uint32_t exit_code);
/** Other limits from now on; 0 for none. */
void os_group_limit(os_group *group, uint64_t memory_bytes, uint32_t processors);
void os_group_free(os_group *group);

typedef struct os_variable {
  const char *name, *value;
} os_variable;

typedef struct os_command {
  const char *application; /* null: the first word of the command line */
  const char *command_line;
  const char *folder;           /* null: the current one */
  const os_variable *variables; /* over those of this process */
  size_t variable_count;
  bool in, out, err; /* which streams get a pipe; the others are empty */
  os_group *group;
} os_command;

typedef struct os_process os_process;

/** Starts a process. `streams`: the host ends of stdin, stdout, stderr. On failure null, and `*code` is the HRESULT. */
os_process *os_process_start(const os_command *command, os_stream streams[3], uint32_t *code);
/** One that another program started, with the number that began at `started`; null: it does not run, or there is no
 * memory. POSIX: its exit code is not told, and is 0. */
os_process *os_process_open(uint32_t number, uint64_t started);
/** Waits for its end; its exit code. */
uint32_t os_process_wait(os_process *process);
uint32_t os_process_number(const os_process *process);
/** Bytes that it has in memory for itself alone; 0 when not known. */
uint64_t os_process_memory(const os_process *process);
/** User plus kernel time, in units of 100 ns; 0 when not known. */
void os_process_times(const os_process *process, uint64_t *user, uint64_t *kernel);
/** Asks it to end with `exit_code`. */
void os_process_kill(os_process *process, uint32_t exit_code);
void os_process_free(os_process *process);
/** When a running process began, in units of its own; 0: no such process runs. Numbers are used again. */
uint64_t os_process_started(uint32_t number);
/** Ends the process with this number that began at `started`: no other one, whoever wrote the two down. */
void os_process_kill_number(uint32_t number, uint64_t started);

/** The whole file in memory of its own (free), NUL-terminated, at most `limit` bytes; null when it can't be read. */
char *os_file_read(const char *path, size_t limit, size_t *size);
/** A name beside `path` that nobody can guess, in memory of its own (free); null: out of memory, or the system has
 * nothing random. */
char *os_name_beside(const char *path);
/** Is `name` such a name beside `of`? Left by a process that was killed while it replaced the file. */
bool os_name_is_beside(const char *name, const char *of);
/** Puts a file in its place at once. What is written first is a new file of a name that nobody can guess: no link that
 * somebody planted is followed. */
bool os_file_replace(const char *path, const char *data, size_t size);
/** A file that several processes add to the end of, each a whole line at once. It is made, and stays open. Whoever
 * writes to such a file does it here. */
typedef struct os_log os_log;
/** Null: it cannot be written, or out of memory. */
os_log *os_log_open(const char *path);
/** Takes no memory. */
bool os_log_append(os_log *log, const char *data, size_t size);
void os_log_close(os_log *log); /* may be null */
/** Gives a file a second name, where there is nothing. */
bool os_file_link(const char *path, const char *other);
bool os_file_remove(const char *path);
bool os_folder_remove(const char *path); /* an empty one */
bool os_folder_make(const char *path);   /* with its parents */
/** The same path by a drive letter when it begins with a volume's name (\\?\Volume{GUID}\), which Wine cannot open; in
 * memory of its own (free). Null: out of memory. */
char *os_path_plain(const char *path);
/** The name of a volume (\\\\?\\Volume{GUID}) leads to the folder from now on, in every program of the Wine prefix that
 * closes Wine's gaps (wine/gaps.h); elsewhere nothing. */
void os_volume_show(const char *volume, const char *folder);
void os_volume_hide(const char *volume);
bool os_path_exists(const char *path);
typedef enum os_kind { OS_NOTHING, OS_FILE, OS_FOLDER, OS_OTHER } os_kind;
/** What is there, by its own nature: a link is OS_OTHER, wherever it leads. */
os_kind os_path_kind(const char *path);
bool os_path_is_folder(const char *path);
/** Calls `each` for every entry but . and .. until it returns false. */
void os_folder_list(const char *path, bool (*each)(void *context, const char *name), void *context);

/** A lock between processes that share a folder; waits until nobody has it, and leaves no file. It goes with its
 * process, and is given back by the thread that took it. Null: it could not be had, or there is no such folder. */
typedef struct os_lock os_lock;
os_lock *os_lock_take(const char *folder);
void os_lock_give(os_lock *lock); /* null: nothing */

/** A value of the container's own registry, kept apart from the host's under the container's id. POSIX: nothing. */
void os_registry_set(const char *id, const char *hive, const char *key, const char *name, uint32_t type,
                     const void *data, size_t size);
void os_registry_remove(const char *id);

#endif
