/* SPDX-License-Identifier: Apache-2.0 */
/** @file Lines from a file descriptor, in bounded memory, without ever waiting while a whole line is at hand. */
#ifndef HCSPROOF_IO_LINES_H
#define HCSPROOF_IO_LINES_H

#include <stdbool.h>
#include <stddef.h>

typedef struct line_reader {
  int fd;
  size_t limit; /* longest line, in bytes */
  char *data;
  size_t room;
  size_t start, end; /* what of `data` has been read and not given out */
  size_t scanned;    /* no newline before this */
  bool at_end;
  bool skipping; /* inside a line that is too long */
} line_reader;

typedef enum line_result {
  LINE_READY,    /**< `line` and `length`: a line without its newline (and without a carriage return before it) */
  LINE_NEEDED,   /**< nothing whole at hand: fill */
  LINE_END,      /**< no more lines */
  LINE_TOO_LONG, /**< longer than the limit: `line` and `length` are how it begins; the rest is skipped */
} line_result;

/** The bytes that LINE_TOO_LONG shows of a line, at most. */
#define LINE_BEGINNING 256

void line_reader_init(line_reader *reader, int fd, size_t limit);
void line_reader_free(line_reader *reader);
/** The next line of what is at hand; never reads. `*line` is valid until the next fill. The last line need not end
 * in a newline. */
line_result line_reader_next(line_reader *reader, char **line, size_t *length);
/** Reads what is there, waiting only when nothing is. False: `*memory` tells out of memory from a read error (errno).
 */
bool line_reader_fill(line_reader *reader, bool *memory);

#endif
