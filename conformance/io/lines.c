/* SPDX-License-Identifier: Apache-2.0 */
#include "io/lines.h"

#include "platform/platform.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM ((size_t)1 << 16)

void line_reader_init(line_reader *reader, int fd, size_t limit) {
  memset(reader, 0, sizeof(*reader));
  reader->fd = fd;
  reader->limit = limit;
}

void line_reader_free(line_reader *reader) {
  free(reader->data);
  reader->data = NULL;
}

static size_t without_return(const char *line, size_t length) {
  return length > 0 && line[length - 1] == '\r' ? length - 1 : length;
}

/* Hands out the bytes up to `end` and goes on after `next`. */
static line_result take(line_reader *reader, size_t end, size_t next, char **line, size_t *length) {
  line_result result = end - reader->start > reader->limit ? LINE_TOO_LONG : LINE_READY;
  *line = reader->data + reader->start;
  *length = without_return(*line, end - reader->start);
  if (result == LINE_TOO_LONG && *length > LINE_BEGINNING)
    *length = LINE_BEGINNING;
  reader->start = next;
  reader->scanned = next;
  return result;
}

/* Drops the rest of a line that was too long; true once its newline is behind. */
static bool skip_rest(line_reader *reader) {
  char *newline =
      reader->end > reader->start ? memchr(reader->data + reader->start, '\n', reader->end - reader->start) : NULL;
  reader->skipping = newline == NULL;
  reader->start = newline == NULL ? reader->end : (size_t)(newline - reader->data) + 1;
  reader->scanned = reader->start;
  return !reader->skipping;
}

line_result line_reader_next(line_reader *reader, char **line, size_t *length) {
  char *newline = NULL;
  if (reader->skipping && !skip_rest(reader))
    return reader->at_end ? LINE_END : LINE_NEEDED;
  if (reader->end > reader->scanned)
    newline = memchr(reader->data + reader->scanned, '\n', reader->end - reader->scanned);
  if (newline != NULL) {
    size_t end = (size_t)(newline - reader->data);
    return take(reader, end, end + 1, line, length);
  }
  reader->scanned = reader->end;
  if (reader->end - reader->start > reader->limit) {
    reader->skipping = true;
    return take(reader, reader->end, reader->end, line, length);
  }
  if (!reader->at_end)
    return LINE_NEEDED;
  if (reader->start == reader->end)
    return LINE_END;
  return take(reader, reader->end, reader->end, line, length);
}

/* Room for more bytes after `end`: first what was given out, then twice the size. */
static bool make_room(line_reader *reader) {
  char *data;
  size_t room;
  if (reader->start > 0) {
    memmove(reader->data, reader->data + reader->start, reader->end - reader->start);
    reader->scanned -= reader->start;
    reader->end -= reader->start;
    reader->start = 0;
  }
  if (reader->end < reader->room)
    return true;
  room = reader->room == 0 ? FIRST_ROOM : reader->room * 2;
  data = realloc(reader->data, room);
  if (data == NULL)
    return false;
  reader->data = data;
  reader->room = room;
  return true;
}

bool line_reader_fill(line_reader *reader, bool *memory) {
  ptrdiff_t got;
  *memory = !make_room(reader);
  if (*memory)
    return false;
  got = platform_read(reader->fd, reader->data + reader->end, reader->room - reader->end);
  if (got < 0)
    return false;
  reader->at_end = got == 0;
  reader->end += (size_t)got;
  return true;
}
