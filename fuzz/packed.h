/* SPDX-License-Identifier: Apache-2.0 */
/** @file Inputs packed in one file, one a line: its name, or "-" when it has none; a space; its bytes. A backslash is
 * written \\, a line feed \n, any other byte that is not printable ASCII \xHH with two lower-case digits. fuzz/inputs
 * packs and unpacks. */
#ifndef FUZZ_PACKED_H
#define FUZZ_PACKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** How the name of a file of packed inputs ends. */
#define PACKED_SUFFIX ".inputs"

typedef struct packed_reader {
  uint8_t *at;   /* the next line; not owned */
  size_t left;   /* bytes of it and of what follows */
  size_t line;   /* of the last input, from 1 */
  uint8_t *data; /* the last input, in place of its line */
  size_t size;
} packed_reader;

/** Reads from `text`, which is changed and must stay. */
void packed_begin(packed_reader *reader, uint8_t *text, size_t size);

/** Moves on to the next line; false at the end. `*ok` is false, and there is no input, when the line is not of the form
 * above; its number is in `line`. */
bool packed_next(packed_reader *reader, bool *ok);

#endif
