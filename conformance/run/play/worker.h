/* SPDX-License-Identifier: Apache-2.0 */
/** @file Between the runner and its workers. */
#ifndef KIT_RUN_PLAY_WORKER_H
#define KIT_RUN_PLAY_WORKER_H

#include "run/play/runner.h"

/** A case on its way through a worker. */
typedef struct kit_ticket {
  kit_case c;
  kit_result r;
  hcsref_arena arena; /* of the case and the result */
  bool done;
  uint64_t id;       /* in the protocol */
  uint64_t sent_at;  /* kit_now_precise */
  unsigned replayed; /* how often its testee died with it in flight */
  struct kit_ticket *next;
} kit_ticket;

/** A worker: one testee, or one after the other. Workers never block. */
typedef struct kit_worker kit_worker;

typedef struct kit_worker_kind {
  kit_worker *(*make)(kit_runner *runner); /* null: out of memory */
  /* Does what can be done now: takes cases, writes, reads, judges. False: nothing is left to do, ever. */
  bool (*work)(kit_worker *worker, uint64_t now);
  /* What to wait for, and until when at the latest (kit_now). */
  kit_interest (*interest)(kit_worker *worker, uint64_t *deadline);
  void (*free)(kit_worker *worker);
} kit_worker_kind;

extern const kit_worker_kind kit_pipe_worker, kit_one_shot_worker, kit_documents_worker;

const kit_run_options *kit_runner_options(const kit_runner *runner);
/** The next case to play; null when there is none now. `*exhausted`: there never will be. */
kit_ticket *kit_runner_take(kit_runner *runner, bool *exhausted);
/** Where an answer is read and judged: emptied by each call, with a limit of KIT_ANSWER_ROOM bytes. A tree takes more
 * than fifty times the text that is made of nothing but short values. */
hcsref_arena *kit_runner_scratch(kit_runner *runner);
#define KIT_ANSWER_ROOM      ((size_t)192 << 20)
#define KIT_ANSWER_ROOM_TEXT "192 MB"
/** Did something fail there because of the limit? Else the memory of the machine was at its end. */
bool kit_runner_is_too_large(const kit_runner *runner);
/** Judges an answer that was read there and finishes the case; what a result needs of it is copied. */
void kit_runner_answer(kit_runner *runner, kit_ticket *ticket, const kit_reply *reply, hcsref_str stderr_text);
/** Finishes a case whose answer could not be read there for want of memory: the case's fault, or the run ends. */
void kit_runner_no_room(kit_runner *runner, kit_ticket *ticket, hcsref_str stderr_text);
/** Finishes a case that has no answer; `reason` is copied. */
void kit_runner_finish(kit_runner *runner, kit_ticket *ticket, kit_verdict verdict, kit_failure failure,
                       const char *reason, hcsref_str stderr_text);
/** Notes a breach that no single case answers for. `message` is copied. */
void kit_runner_breach(kit_runner *runner, const char *message);
/** Gives the testee up: the run ends. `message` is copied. */
void kit_runner_give_up(kit_runner *runner, const char *message, hcsref_str stderr_text);
/** A testee is started again: false when that was too often, and the run ends. */
bool kit_runner_restart(kit_runner *runner);
/** What the first testee said of itself; `line` is copied. */
void kit_runner_hello(kit_runner *runner, hcsref_str line);
void kit_runner_out_of_memory(kit_runner *runner);
/** Has the run been stopped? */
bool kit_runner_stopped(const kit_runner *runner);

#endif
