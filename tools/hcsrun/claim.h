/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * A claim on what a container uses, or a scenario's folder: an id that nobody else has, and a note of it on the disk.
 * The note is made before the first thing and removed after the last, so a crash leaves the note, and cleanup undoes
 * what the id stands for.
 *
 * All that a claim stands for follows from its id: the container has the id as its name, the scratch and the folder to
 * mount are called like it, and the network namespace's GUID is made of it. Nothing is read from a note, so that one
 * which somebody else wrote means no more than its name.
 *
 * A note is the file ID.json in the folder "notes" of the root. Who works with the id holds the file open and shares it
 * with readers only; that ends with the process, however it ends, and is how cleanup knows what is still in use.
 */
#ifndef HCSRUN_CLAIM_H
#define HCSRUN_CLAIM_H

#include "session.h"

typedef enum claim_state {
  CLAIM_HELD,   /* it is this process's now */
  CLAIM_BUSY,   /* somebody works with it */
  CLAIM_GONE,   /* there is no such note */
  CLAIM_DENIED, /* Windows does not let it be opened, as when it is just being removed */
  CLAIM_REFUSED /* what is there is no note */
} claim_state;

/** A new id, in `arena`. On failure `err` says why, and there is nothing to give up. */
bool claim_new(session *s, hcsref_arena *arena, claim *out, hcsref_error *err);
/** "hcsrun-" and a GUID in lower case, exactly: what may be given to claim_take. */
bool claim_is_id(hcsref_str text);
/** The id that the name of a note says; false: it is no such name. */
bool claim_id_of_note(hcsref_str name, hcsref_str *id);
/** Takes over what an earlier process claimed. `make`: its note may be missing, and is made. */
claim_state claim_take(session *s, hcsref_arena *arena, hcsref_str id, bool make, claim *out);
/** Gives it up. `done`: nothing is left of what it stands for, and the note goes. One that is not held is fine. */
void claim_end(claim *c, bool done);

#endif
