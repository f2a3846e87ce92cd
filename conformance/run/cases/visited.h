/* SPDX-License-Identifier: Apache-2.0 */
/** @file The folders and files that were met, by what they are and not by what they are called: links make circles, and
 * a file may be named beside its folder. */
#ifndef KIT_RUN_CASES_VISITED_H
#define KIT_RUN_CASES_VISITED_H

#include "platform/folder.h"

/** A set of folders and files; zero bytes: none. */
typedef struct kit_visited {
  platform_identity *slots; /* a number and volume of 0: free */
  size_t count, room;
} kit_visited;

/** Adds what is at `path`. `*first`: it was not there yet (or the system does not tell which it is). False:
 * out of memory (errno says so). */
bool kit_visited_add(kit_visited *visited, const char *path, bool *first);
void kit_visited_free(kit_visited *visited);

#endif
