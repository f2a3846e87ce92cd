/* SPDX-License-Identifier: Apache-2.0 */
#include "packed.h"

#include <string.h>

void packed_begin(packed_reader *reader, uint8_t *text, size_t size) {
  *reader = (packed_reader){.at = text, .left = size};
}

/* Of a lower-case hexadecimal digit; 16 when it is none. */
static unsigned digit(uint8_t c) {
  return c >= '0' && c <= '9' ? (unsigned)(c - '0') : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10) : 16;
}

/* Takes what follows a backslash: how many bytes that is, 0 when it is no escape. */
static size_t unescape(const uint8_t *text, size_t size, uint8_t *byte) {
  if (size >= 1 && (text[0] == '\\' || text[0] == 'n')) {
    *byte = text[0] == 'n' ? '\n' : '\\';
    return 1;
  }
  if (size < 3 || text[0] != 'x' || digit(text[1]) > 15 || digit(text[2]) > 15)
    return 0;
  *byte = (uint8_t)(digit(text[1]) << 4 | digit(text[2]));
  return 3;
}

/* Puts the bytes over their own text, which is never shorter. */
static bool decode(packed_reader *reader, uint8_t *text, size_t size) {
  reader->data = text;
  reader->size = 0;
  for (size_t i = 0; i < size; i++) {
    uint8_t byte = text[i];
    if (byte == '\\') {
      size_t taken = unescape(text + i + 1, size - i - 1, &byte);
      if (taken == 0)
        return false;
      i += taken;
    } else if (byte < ' ' || byte > '~') {
      return false;
    }
    reader->data[reader->size++] = byte;
  }
  return true;
}

bool packed_next(packed_reader *reader, bool *ok) {
  uint8_t *line = reader->at, *end, *space;
  size_t size;
  if (reader->left == 0)
    return false;
  end = memchr(line, '\n', reader->left);
  size = end == NULL ? reader->left : (size_t)(end - line);
  reader->at += size + (end != NULL);
  reader->left -= size + (end != NULL);
  reader->line++;
  space = memchr(line, ' ', size);
  *ok = end != NULL && space != NULL && space != line && decode(reader, space + 1, size - (size_t)(space + 1 - line));
  return true;
}
