/* SPDX-License-Identifier: Apache-2.0 */
/** @file The bundles in the folder where containerd or dockerd keeps its state. */
#ifndef KIT_CHECK_STATE_H
#define KIT_CHECK_STATE_H

#include "check/recording/recording.h"
#include "platform/folder.h"

/** Folders that are looked into, and how deep: what a state folder needs, with room. */
#define STATE_MOST_FOLDERS 20000u
#define STATE_DEPTH        10u

/** Bundles by container: containerd's (ID/config.json) and dockerd's (ID/config.v2.json with hostconfig.json). */
typedef struct state_bundle state_bundle;
typedef struct state_bundles {
  hcsref_arena *arena;
  state_bundle **items; /* by id; of one id containerd's first */
  size_t count;
  const char *problem; /**< what was wrong with a bundle that was asked for, in `arena`; null: nothing */
} state_bundles;

/** Looks for bundles below a folder; links and what is in layers are passed over. False: `*problem` says why. */
bool state_find(hcsref_arena *arena, const char *folder, state_bundles *out, const char **problem);
/** That of a container, read when it is asked for first. Null: there is none, or `problem` says what is wrong. */
check_bundle *state_bundle_of(state_bundles *all, hcsref_str id);

#endif
