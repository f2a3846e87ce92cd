/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What differs between POSIX and Windows, for the whole kit: arguments, terminals, files, threads. Paths are UTF-8
 * everywhere. posix.c and windows.c implement it.
 */
#ifndef HCSPROOF_PLATFORM_H
#define HCSPROOF_PLATFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/** First thing in main: arguments as UTF-8, standard streams without end-of-line translation; a closed pipe, and a file
 * that grows past its limit, as a write error and not as a signal; the numbers of the standard streams taken, also when
 * they were closed. False: out of memory. */
bool platform_start(int *argc, char ***argv);

/** Is the stream a terminal that understands colours? */
bool platform_is_terminal(FILE *stream);

/** How many columns a terminal shows; 0: it is none, or it does not tell. */
unsigned platform_terminal_width(FILE *stream);

/** Is standard output a pipe that nobody reads any more, as after "| head"? That is no error of anybody's. */
bool platform_output_abandoned(void);
/** Ends the program as a write to such a pipe ends others: on POSIX by SIGPIPE. On Windows it returns. */
void platform_end_for_pipe(void);

/** The environment variable as text of less than `size` bytes; false: it is not set, empty or longer. */
bool platform_environment(const char *name, char *out, size_t size);

/** Processors that this process may use, at least 1. */
unsigned platform_cpu_count(void);

/** The folder that this program was started from, without a separator at the end, as text of less than `size` bytes.
 * False: the system does not tell, or it is longer. */
bool platform_program_folder(char *out, size_t size);

typedef enum platform_use { PLATFORM_READ, PLATFORM_OVERWRITE } platform_use;

/** Opens a file in binary; no child process inherits it. PLATFORM_OVERWRITE is for pipes and devices: a file is written
 * with io/output.h. On failure null, and errno says why. */
FILE *platform_open(const char *path, platform_use use);
/** A file without a name to write and read, in the user's folder for such files; it is gone once it is closed or the
 * program ends, and no child process inherits it. On failure null, and errno says why. */
FILE *platform_temporary(void);
bool platform_is_folder(const char *path);
bool platform_remove(const char *path);
/** Has everything written to the stream reached the disk? */
bool platform_sync(FILE *stream);
/** Where writing to `path` ends up, links followed, also those that lead to nothing yet: `*target` is malloc'ed.
 * `*plain`: a plain file, or nothing yet, so that another file may take its place. False: errno says why. */
bool platform_output_target(const char *path, char **target, bool *plain);
/** Ends the program as the signal does that arrived; files that are not finished are removed. A signal's handler may
 * call it. */
void platform_end_by_signal(int signal_number);
/** A number that another process is unlikely to have. */
unsigned long platform_process_id(void);

/** The descriptor behind a stream; what has been read through it must not have been read through the stream. */
int platform_descriptor(FILE *stream);

#define PLATFORM_STDIN  0
#define PLATFORM_STDOUT 1

/** Reads what is there, waiting only when nothing is: bytes read, 0 at the end, negative on an error. */
ptrdiff_t platform_read(int fd, void *data, size_t size);
/** Writes all of it; false on an error. */
bool platform_write(int fd, const void *data, size_t size);

typedef struct platform_thread platform_thread;
typedef struct platform_mutex platform_mutex;
typedef struct platform_condition platform_condition;

/** Starts a thread; null when that is impossible. */
platform_thread *platform_thread_start(void (*run)(void *context), void *context);
/** Waits for its end and frees it. */
void platform_thread_join(platform_thread *thread);
/** Null: out of memory. */
platform_mutex *platform_mutex_new(void);
void platform_mutex_free(platform_mutex *mutex);
void platform_mutex_lock(platform_mutex *mutex);
void platform_mutex_unlock(platform_mutex *mutex);
/** Null: out of memory. */
platform_condition *platform_condition_new(void);
void platform_condition_free(platform_condition *condition);
/** Gives up the mutex, waits for a signal, takes the mutex again. May return without a signal. */
void platform_condition_wait(platform_condition *condition, platform_mutex *mutex);
/** Wakes all that wait. */
void platform_condition_signal(platform_condition *condition);

#endif
