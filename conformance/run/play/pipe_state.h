/* SPDX-License-Identifier: Apache-2.0 */
/** @file A testee over the pipe as its three parts know it: pipe.c starts and asks it, pipe_hear.c reads what it
 * writes, and pipe_end.c knows what becomes of the questions when it ends. */
#ifndef KIT_RUN_PLAY_PIPE_STATE_H
#define KIT_RUN_PLAY_PIPE_STATE_H

#include "run/play/ticket_list.h"
#include "run/testee/queue.h"

typedef enum pipe_state { PIPE_IDLE, PIPE_HELLO, PIPE_READY, PIPE_CLOSING, PIPE_OVER } pipe_state;

struct kit_worker {
  kit_runner *runner;
  pipe_state state;
  kit_process *process;
  kit_queue in, out, err;
  size_t searched; /* of `in`: bytes that hold no line end */
  ticket_list flight, waiting;
  uint64_t next_id, asked; /* questions that this process was asked */
  uint64_t answers;        /* that it gave */
  uint64_t strays;         /* and those that nobody waited for */
  uint64_t since;          /* kit_now of the last sign of life that counts */
  unsigned patience_spent;
  bool exhausted, had_hello;
  bool declines;      /* its hello does not list the profile */
  hcsref_arena arena; /* of the hello */
  kit_hello hello;
  char suspicion[200]; /* an end that no case answers for yet */
};

/** Ends the process; the worker may start another. */
void pipe_end_process(kit_worker *worker);
/** The process ended, hung or babbled ("it WHAT"): all that it was asked is asked again, or answers for it. */
void pipe_break_down(kit_worker *worker, kit_failure failure, const char *what);
/** Notes an end that no single case repeated as a breach of the run. */
void pipe_note_suspicion(kit_worker *worker);
/** Is any case waiting to be asked alone? */
bool pipe_has_suspects(const kit_worker *worker);

/** Keeps the last of what it wrote to standard error. */
void pipe_keep_stderr(kit_worker *worker);
/** Hears the lines that it wrote. False: there may be more to read. */
bool pipe_read_answers(kit_worker *worker);

#endif
