/* SPDX-License-Identifier: Apache-2.0 */
/** @file Inputs packed in one file, one a line: its name, or "-" when it has none; a space; its bytes. A backslash is
 * written \\, a line feed \n, any other byte that is not printable ASCII \xHH with two lower-case digits. Bytes that
 * are there already are written \<BACK,SIZE>: of all the inputs above and this one up to here, set one after another,
 * the SIZE bytes that begin BACK bytes before the end. fuzz/inputs packs and unpacks. */
#ifndef FUZZ_PACKED_H
#define FUZZ_PACKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** How the name of a file of packed inputs ends. */
#define PACKED_SUFFIX ".inputs"
/** Most bytes of all inputs of a file. A small file of references to references does not become a huge one. */
#define PACKED_MOST ((size_t)64 << 20)

typedef struct packed_reader {
  const uint8_t *at;   /* the next line; not owned */
  size_t left;         /* bytes of it and of what follows */
  size_t line;         /* of the last input, from 1 */
  const uint8_t *data; /* the last input; until the next is read */
  size_t size;
  uint8_t *all; /* all inputs so far; owned */
  size_t used, room;
} packed_reader;

/** Reads from `text`, which must stay. */
void packed_begin(packed_reader *reader, const uint8_t *text, size_t size);

/** Moves on to the next line; false at the end. `*ok` is false, and there is no input, when the line is not of the form
 * above, or when memory or PACKED_MOST is used up; its number is in `line`. */
bool packed_next(packed_reader *reader, bool *ok);

/** Frees what the reader holds. */
void packed_end(packed_reader *reader);

#endif
