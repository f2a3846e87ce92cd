/* SPDX-License-Identifier: Apache-2.0 */
/** @file A file that is written whole or not at all. */
#ifndef HCSPROOF_IO_OUTPUT_H
#define HCSPROOF_IO_OUTPUT_H

#include "platform/new_file.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/** An output under way. What is written goes to a new file beside the target, with the target's owner and permissions,
 * which takes its place at the end (so the target's folder must be writable, and another hard link to it keeps what was
 * there); links are followed. A target that is no plain file (a pipe, a terminal, a device) is written to directly. */
typedef struct output_file {
  FILE *file;
  char *target;             /* null: standard output */
  platform_new_file *built; /* null: written to directly */
  platform_place place;
  int error; /* errno of the first failure, 0: none */
} output_file;

/** What is said of a file that could not be opened, read or written: the system's words for an errno, but one text on
 * every system for a folder in a file's place, as input_read has it. 0: memory ran out. */
const char *output_reason(int error);
/** Does the path of an output, null or "-", mean standard output? */
bool output_is_standard(const char *path);
/** Opens the output at `path` (null or "-": standard output). False: errno says why; nothing is left behind. */
bool output_open(const char *path, output_file *out);
/** The same for a file that must be new: where there is one, whether now or at the end, errno is EEXIST and it stays.
 */
bool output_open_new(const char *path, output_file *out);
/** Writes; a failure is kept and reported at the end. */
void output_write(output_file *out, const void *data, size_t size);
/** Hands over what was written so far, where that is possible. */
void output_flush(output_file *out);
/** Ends it: with `keep` everything is in place or errno says why not; without, nothing is. */
bool output_close(output_file *out, bool keep);

#endif
