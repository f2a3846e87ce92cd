/* SPDX-License-Identifier: Apache-2.0 */
/** @file A testee that is asked one question after the other, whose answers others are compared with. */
#ifndef KIT_RUN_TESTEE_ASKER_H
#define KIT_RUN_TESTEE_ASKER_H

#include "run/testee/greet.h"

typedef struct kit_asker kit_asker;

/** `profile`: what its hello names; null: none, it answers as what it is. It is started for the first question. Null:
 * out of memory. */
kit_asker *kit_asker_new(const kit_command *command, const kit_start *start, const hcsref_profile *profile,
                         uint64_t answer_limit, uint64_t restarts);
void kit_asker_free(kit_asker *asker);

/** What came of a question. */
typedef enum kit_asked {
  KIT_ASKED_ANSWER,   /**< an `ok` or an `error` */
  KIT_ASKED_NOTHING,  /**< `why` says what the testee did instead: it does not do this, died, hung or babbled */
  KIT_ASKED_GIVEN_UP, /**< it does not start, say hello or live long enough: kit_asker_trouble says why */
  KIT_ASKED_NO_MEMORY
} kit_asked;

/** Asks. The reply, and `why`, live in `arena`. */
kit_asked kit_asker_ask(kit_asker *asker, hcsref_arena *arena, hcsref_str op, hcsref_str params, kit_reply *out,
                        hcsref_str *why);
/** Why it was given up; empty: it was not. */
const char *kit_asker_trouble(const kit_asker *asker);

#endif
