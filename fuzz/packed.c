/* SPDX-License-Identifier: Apache-2.0 */
#include "packed.h"

#include <stdlib.h>
#include <string.h>

void packed_begin(packed_reader *reader, const uint8_t *text, size_t size) {
  *reader = (packed_reader){.at = text, .left = size};
}

void packed_end(packed_reader *reader) {
  free(reader->all);
  *reader = (packed_reader){.at = NULL};
}

/* ---- bytes ------------------------------------------------------------------------------------------------------ */

/* Makes room for that many bytes behind those that are there. */
static bool make_room(packed_reader *reader, size_t size) {
  size_t room = reader->room == 0 ? (size_t)1 << 12 : reader->room;
  uint8_t *all;
  if (size > PACKED_MOST - reader->used)
    return false;
  while (room < reader->used + size)
    room *= 2;
  if (room == reader->room)
    return true;
  all = realloc(reader->all, room);
  if (all == NULL)
    return false;
  reader->all = all;
  reader->room = room;
  return true;
}

static bool append(packed_reader *reader, uint8_t byte) {
  if (!make_room(reader, 1))
    return false;
  reader->all[reader->used++] = byte;
  return true;
}

/* Appends bytes that are there; false when there are not so many. */
static bool repeat(packed_reader *reader, size_t back, size_t size) {
  if (back > reader->used || size > back || size == 0 || !make_room(reader, size))
    return false;
  memcpy(reader->all + reader->used, reader->all + reader->used - back, size);
  reader->used += size;
  return true;
}

/* ---- escapes ---------------------------------------------------------------------------------------------------- */

/* Of a lower-case hexadecimal digit; 16 when it is none. */
static unsigned digit(uint8_t c) {
  return c >= '0' && c <= '9' ? (unsigned)(c - '0') : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10) : 16;
}

/* Takes a number and the mark behind it: how many bytes that is, 0 when it is not there. */
static size_t take_number(const uint8_t *text, size_t size, char mark, size_t *number) {
  size_t taken = 0;
  *number = 0;
  while (taken < size && text[taken] >= '0' && text[taken] <= '9' && *number <= PACKED_MOST)
    *number = *number * 10 + (size_t)(text[taken++] - '0');
  return taken > 0 && taken < size && text[taken] == (uint8_t)mark ? taken + 1 : 0;
}

/* Takes what follows "\\<": how many bytes that is, 0 when it is no reference. */
static size_t take_reference(packed_reader *reader, const uint8_t *text, size_t size) {
  size_t back, length, first = take_number(text, size, ',', &back), second;
  if (first == 0)
    return 0;
  second = take_number(text + first, size - first, '>', &length);
  return second != 0 && repeat(reader, back, length) ? first + second : 0;
}

/* Takes what follows a backslash: how many bytes that is, 0 when it is no escape. */
static size_t take_escape(packed_reader *reader, const uint8_t *text, size_t size) {
  size_t taken;
  if (size >= 1 && (text[0] == '\\' || text[0] == 'n'))
    return append(reader, text[0] == 'n' ? '\n' : '\\') ? 1 : 0;
  if (size >= 1 && text[0] == '<') {
    taken = take_reference(reader, text + 1, size - 1);
    return taken == 0 ? 0 : taken + 1;
  }
  if (size < 3 || text[0] != 'x' || digit(text[1]) > 15 || digit(text[2]) > 15)
    return 0;
  return append(reader, (uint8_t)(digit(text[1]) << 4 | digit(text[2]))) ? 3 : 0;
}

/* ---- lines ------------------------------------------------------------------------------------------------------ */

static bool decode(packed_reader *reader, const uint8_t *text, size_t size) {
  for (size_t i = 0; i < size; i++) {
    if (text[i] == '\\') {
      size_t taken = take_escape(reader, text + i + 1, size - i - 1);
      if (taken == 0)
        return false;
      i += taken;
    } else if (text[i] < ' ' || text[i] > '~' || !append(reader, text[i])) {
      return false;
    }
  }
  return true;
}

bool packed_next(packed_reader *reader, bool *ok) {
  const uint8_t *line = reader->at, *end, *space;
  size_t size, before = reader->used;
  if (reader->left == 0)
    return false;
  end = memchr(line, '\n', reader->left);
  size = end == NULL ? reader->left : (size_t)(end - line);
  reader->at += size + (end != NULL);
  reader->left -= size + (end != NULL);
  reader->line++;
  space = memchr(line, ' ', size);
  *ok = end != NULL && space != NULL && space != line && make_room(reader, 1) &&
        decode(reader, space + 1, size - (size_t)(space + 1 - line));
  if (!*ok)
    reader->used = before;
  reader->data = reader->all == NULL ? NULL : reader->all + before;
  reader->size = reader->used - before;
  return true;
}
