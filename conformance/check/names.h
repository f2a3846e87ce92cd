/* SPDX-License-Identifier: Apache-2.0 */
/** @file Names that are new with each run: GUIDs, and ids of systems. */
#ifndef KIT_CHECK_NAMES_H
#define KIT_CHECK_NAMES_H

#include "hcsref/json.h"

/** A set that is filled first and asked then. Zero bytes and an arena: empty. */
typedef struct names {
  hcsref_arena *arena;
  hcsref_slice items; /* []hcsref_str */
} names;

/** Adds a copy; an empty one is none. False: out of memory. */
bool names_add(names *set, hcsref_str name);
/** Adds every GUID in the text. */
bool names_add_guids(names *set, hcsref_str text);
/** Leaves in each what the other has not, once, in order: from here on they can be asked. */
void names_only_in_one(names *a, names *b);
/** The text with {id} or {guid} for each of them; also for the first 12 letters of an id of 64, which docker calls a
 * container by. False: out of memory. */
bool names_replace(const names *set, hcsref_arena *arena, hcsref_str text, hcsref_str *out);

#endif
