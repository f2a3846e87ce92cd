/* SPDX-License-Identifier: Apache-2.0 */
/** @file Asking a testee who it is, before cases are chosen for it. */
#ifndef KIT_RUN_GREET_H
#define KIT_RUN_GREET_H

#include "run/command.h"
#include "run/reply.h"

/** Starts the testee, says `greeting`, reads its hello, closes its standard input and ends it. `*heard` is false when
 * it gave none within `timeout` milliseconds, or a signal came (kit_interrupted): why, the run that follows tells,
 * which meets the same. The hello lives in `arena`. False: out of memory. */
bool kit_greet(hcsref_arena *arena, const kit_command *command, uint64_t timeout, uint64_t memory_limit,
               hcsref_str greeting, kit_hello *out, bool *heard);

#endif
