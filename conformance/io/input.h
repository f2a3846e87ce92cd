/* SPDX-License-Identifier: Apache-2.0 */
/** @file Whole files in memory, and what is wrong with those that can't be had. */
#ifndef HCSPROOF_IO_INPUT_H
#define HCSPROOF_IO_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A file's bytes, or why there are none. */
typedef struct input_text {
  const char *name; /**< as messages call it: the path, or "standard input" */
  char *data;
  size_t length;
  const char *code;  /**< after a failure: "not-found", "is-a-folder", "too-large", "read-failed", "out-of-memory" */
  char message[192]; /**< after a failure: one line without the name */
} input_text;

/** Reads the file at `path` ("-": standard input), of at most `limit` bytes; `option` is the option that raises the
 * limit, for the message. Never reads more than a byte past the limit. Free with input_free in both cases. */
bool input_read(const char *path, uint64_t limit, const char *option, input_text *out);
void input_free(input_text *input);

#endif
