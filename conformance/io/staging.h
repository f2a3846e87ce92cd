/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * A folder of files that is built whole beside its place before anything there changes. Files go to
 * TARGET/FOLDER/NAME or TARGET/NAME, with slashes.
 */
#ifndef HCSPROOF_IO_STAGING_H
#define HCSPROOF_IO_STAGING_H

#include "hcsref/base.h"

/** How the names of such folders begin inside a target that was there before; they are hidden. */
#define STAGING_HIDDEN ".hcsproof-"

typedef struct staging {
  const char *target;
  char *root; /**< where the files are built: in the target when it is there, else beside it; null: nowhere */
} staging;

/** Makes the folder to build in, and the folders above the target. False: errno says why; nothing is left behind. */
bool staging_open(const char *target, staging *out);
/** Writes one file, which is not there yet. False: errno says why. */
bool staging_write(const staging *s, const char *file, hcsref_str text);
/** Makes the whole of it the target, at once. False: the target is there and holds something (or errno says why not);
 * then it goes file by file. */
bool staging_become(staging *s);
/** Moves one file into the target, in the place of a file of that name, at once. False: errno says why. */
bool staging_move(const staging *s, const char *file);
/** Removes what has not been moved. Safe after staging_become and after a failed staging_open. Keeps errno. */
void staging_close(staging *s);

#endif
