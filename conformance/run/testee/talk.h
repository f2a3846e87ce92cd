/* SPDX-License-Identifier: Apache-2.0 */
/** @file One line to a testee, one line back: where there is nothing to do meanwhile. */
#ifndef KIT_RUN_TESTEE_TALK_H
#define KIT_RUN_TESTEE_TALK_H

#include "run/testee/process.h"
#include "run/testee/queue.h"

typedef struct kit_talk {
  kit_process *process; /**< null: it is not running */
  kit_queue in, out;
  size_t heard; /* of `in`: bytes of the line that was given last, with its end */
  bool out_of_memory;
} kit_talk;

/** Starts the testee. False: `message` says why it cannot be started. */
bool kit_talk_start(kit_talk *talk, const kit_command *command, uint64_t memory_limit, char *message, size_t size);
/** Says `text` and reads the next line, without its end, which is valid until the next call. Null: it is there; else
 * what the testee did instead ("gave no answer in time"), and it should be ended. */
const char *kit_talk_ask(kit_talk *talk, hcsref_str text, uint64_t timeout, size_t limit, hcsref_str *line);
/** Closes its standard input, gives it a moment to end by itself, and ends it. */
void kit_talk_end(kit_talk *talk);
/** Ends it at once and frees everything; the structure is as new. */
void kit_talk_free(kit_talk *talk);

#endif
