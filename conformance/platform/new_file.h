/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * A file that is built before it takes its place. For io/output.c alone (tools/steps/sources holds that): everything
 * else writes through it. new_file_posix.c and new_file_windows.c implement it.
 */
#ifndef HCSPROOF_PLATFORM_NEW_FILE_H
#define HCSPROOF_PLATFORM_NEW_FILE_H

#include <stdbool.h>
#include <stdio.h>

typedef struct platform_new_file platform_new_file;

/** What the finished file may meet in its place. */
typedef enum platform_place { PLATFORM_REPLACE, PLATFORM_MUST_BE_NEW } platform_place;

/** Creates `path`, which did not exist, with `*stream` to write to. It is removed again when the program is interrupted
 * (POSIX: SIGINT, SIGTERM or SIGHUP, unless the program has handlers of its own; Windows: whatever ends the program)
 * before it is finished. Where there is a file `like` (null: none), it gets that file's permissions and, as far as the
 * system lets us, its owner, before anything is in it. Finish or discard ends it; there is no third way. On failure
 * null, and errno says why (EEXIST: choose another name). */
platform_new_file *platform_new_file_create(const char *path, const char *like, FILE **stream);
/** Closes the stream and puts the whole file at `to`, at once. On failure nothing is left of it, what was at `to` is as
 * it was, and errno says why (EEXIST with PLATFORM_MUST_BE_NEW: something is there). Frees `file` in any case. */
bool platform_new_file_finish(platform_new_file *file, const char *to, platform_place place);
/** Closes the stream, removes the file and frees it. Keeps errno. */
void platform_new_file_discard(platform_new_file *file);

#endif
