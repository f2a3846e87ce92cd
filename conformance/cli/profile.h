/* SPDX-License-Identifier: Apache-2.0 */
/** @file Profiles as users name them. */
#ifndef CLI_PROFILE_H
#define CLI_PROFILE_H

#include "hcsref/profile.h"

/** The profile of that name, in `arena`. Null: errors "profile-unknown" (the message has the nearest name when there is
 * one), "out-of-memory". */
const hcsref_profile *cli_profile_find(hcsref_arena *arena, hcsref_str name, hcsref_error *err);
/** Every name of one word, in `arena`: words, then releases newest first; ended by null. Null: out of memory. */
const char *const *cli_profile_names(hcsref_arena *arena);
/** Are they the same, whatever each was called? */
bool cli_profile_same(const hcsref_profile *a, const hcsref_profile *b);

#endif
