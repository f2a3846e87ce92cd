/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Folders that nobody but SYSTEM and administrators can have put anything into: hcsrun, which an administrator runs,
 * ends and removes what it finds in them. Such a folder belongs to one of the two, its list of rights names nobody else
 * and inherits nothing, and it is no link to another folder. hcsrun makes its own like that
 * (hcsref_live_os.folder_make) and takes no other.
 *
 * Wine keeps neither owners nor lists: it shows the Unix owner, by its own user or as somebody else, and a list made of
 * the permission bits, in which its own user stands. So under Wine that user counts as an administrator, and a list may
 * inherit. Links to folders it shows by their name only.
 */
#ifndef HCSRUN_SAFE_FOLDER_H
#define HCSRUN_SAFE_FOLDER_H

#include "hcsref/hcsref.h"

typedef enum folder_state { FOLDER_ABSENT, FOLDER_SAFE, FOLDER_REFUSED } folder_state;

/** A safe folder that is held: as long as it is, it cannot be renamed or removed, nor can one above it. */
typedef struct safe_folder {
  void *handle;
  hcsref_str path; /* full, links resolved, in the spelling that the file system has */
} safe_folder;

/** Makes a path full: from the drive down, without "." and "..". False: there is no such path, or no memory. */
bool full_path(hcsref_arena *arena, hcsref_str path, hcsref_str *out);

/** Looks at a folder without following it. FOLDER_REFUSED: `*why` says what is wrong with it, a phrase. */
folder_state safe_folder_look(hcsref_arena *arena, hcsref_str path, hcsref_str *why);
/** Makes the folder and those above it, where they are not there, and holds it. False: `*why`, and nothing is held. */
bool safe_folder_open(hcsref_arena *arena, hcsref_str path, safe_folder *out, hcsref_str *why);
/** One that is not held is fine. */
void safe_folder_close(safe_folder *folder);

/** Is the open file a plain one, and where `path` (full, links resolved) says, not behind a link of that name? */
bool safe_file_is_at(hcsref_arena *arena, void *file, hcsref_str path);

/** Removes a safe folder with all that is in it. Links to files go, their files stay. A link to a folder stays, and
 * with it what it is in: hcsrun makes none. False: not all of it is gone. */
bool safe_folder_remove(hcsref_arena *arena, hcsref_str path);

#endif
