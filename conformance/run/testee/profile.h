/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Which profile a testee is played as: what the user says, else the release that its hello says it is, else the newest
 * of those that it lists, else the newest of all.
 */
#ifndef KIT_RUN_TESTEE_PROFILE_H
#define KIT_RUN_TESTEE_PROFILE_H

#include "run/verdict/reply.h"

/** Why, when a testee tells nothing of itself. */
#define KIT_NO_RELEASE_SAID "the newest: the testee does not say which release it is"

/** A profile, and why it was chosen. */
typedef struct kit_choice {
  const hcsref_profile *profile;
  hcsref_str why; /**< "--profile", "the testee lists it", … */
} kit_choice;

/** Chooses for a testee that said `hello` (null: it was not asked, or gave none). `named`: of --profile, or null.
 * Errors: "profile-unknown" (of `named`), "profile-contradiction" (it is another release than `named`, or than its own
 * profile says), "out-of-memory". Everything lives in `arena`. */
bool kit_choose_profile(hcsref_arena *arena, const char *named, const kit_hello *hello, kit_choice *out,
                        hcsref_error *err);
/** Does the hello list the profile, under whatever name? `*listed` is true without a list. False: out of memory. */
bool kit_lists_profile(const kit_hello *hello, const hcsref_profile *profile, bool *listed);

#endif
