/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Child processes with three pipes, none of which ever blocks the caller. A child and whatever it starts end
 * together. process_posix.c and process_windows.c implement it.
 */
#ifndef KIT_RUN_TESTEE_PROCESS_H
#define KIT_RUN_TESTEE_PROCESS_H

#include "run/testee/command.h"

typedef struct kit_process kit_process;

typedef enum kit_stream { KIT_STDOUT, KIT_STDERR } kit_stream;

/** How a process ended. */
typedef struct kit_exit {
  bool by_signal; /**< POSIX: ended by signal `code` */
  int code;       /**< its exit status */
} kit_exit;

typedef struct kit_spawn {
  const kit_command *command;
  const char *const *environment; /**< "NAME=VALUE" added to the caller's, ended by null; or null */
  uint64_t memory_limit;          /**< bytes of address space; 0: as the caller */
} kit_spawn;

/** Starts a process. Null: `message` says why not ("python9: No such file or directory"). */
kit_process *kit_process_start(const kit_spawn *spawn, char *message, size_t size);
/** Ends the process and all of its group, waits for it and frees everything. Null is fine. */
void kit_process_free(kit_process *process);

/** Writes what fits: the number of bytes, 0 when the pipe is full, -1 when nobody will ever read. */
ptrdiff_t kit_process_write(kit_process *process, const char *data, size_t size);
/** Closes its standard input. */
void kit_process_close_input(kit_process *process);
/** Reads what is there: the number of bytes, 0 when nothing is there now, -1 at the end. */
ptrdiff_t kit_process_read(kit_process *process, kit_stream stream, char *data, size_t size);
/** Has it ended? Fills `*out` if so. What it wrote can still be read. */
bool kit_process_ended(kit_process *process, kit_exit *out);

/** What to wait for. */
typedef struct kit_interest {
  kit_process *process;
  bool write; /**< also until its standard input takes more */
} kit_interest;

/** Waits until one of the processes can be read (or written), has ended, a signal arrives, or `milliseconds` are
 * over. */
void kit_process_wait(const kit_interest *interests, size_t count, uint64_t milliseconds);
/** Milliseconds of a clock that never goes back. */
uint64_t kit_now(void);
/** Microseconds of the same clock. */
uint64_t kit_now_precise(void);
/** Ends what earlier children left behind (Linux: they become ours). Call it when no process is alive. */
void kit_process_end_strays(void);
/** From now on SIGINT, SIGTERM and SIGHUP only make kit_interrupted true; the second one ends the program. */
void kit_catch_interrupts(void);
/** The signal that arrived, or 0. */
int kit_interrupted(void);

/** "exited with status 7", "was ended by signal 11 (Segmentation fault)". */
void kit_exit_describe(kit_exit how, char *text, size_t size);

#endif
