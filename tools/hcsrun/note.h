/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * A note of what a container uses, written before it is made: a crash leaves the note, and cleanup undoes what it
 * names. A note is a file ID.json in the folder "notes" of the root.
 */
#ifndef HCSRUN_NOTE_H
#define HCSRUN_NOTE_H

#include "session.h"

typedef struct note {
  hcsref_str id, scratch, name_space;
  uint32_t process; /* that made it */
  uint64_t started; /* when that one began, for numbers are used again */
} note;

extern const hcsref_type note_type;

/** The folder of the notes, made when it is not there. */
bool note_folder(hcsref_arena *arena, hcsref_str root, hcsref_str *out);

#endif
