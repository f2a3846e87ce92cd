/* SPDX-License-Identifier: Apache-2.0 */
/** @file Asking a testee who it is, before cases are chosen for it. */
#ifndef KIT_RUN_TESTEE_GREET_H
#define KIT_RUN_TESTEE_GREET_H

#include "run/testee/command.h"
#include "run/testee/profile.h"

/** How a testee is started. */
typedef struct kit_start {
  const char *command;   /**< as the user wrote it; null: there is none to ask */
  uint64_t timeout;      /**< milliseconds for its hello */
  uint64_t memory_limit; /**< bytes of its address space; 0: none */
} kit_start;

/** Starts the testee, hears its hello, ends it, and chooses the profile that it is played as (kit_choose_profile). A
 * testee that gives no hello is the newest: why it gives none the run that follows tells, which meets the same. A
 * signal ends the program. Errors: those of kit_choose_profile and kit_command_split. */
bool kit_choose_for(hcsref_arena *arena, const char *named, const kit_start *start, kit_choice *out, hcsref_error *err);

#endif
