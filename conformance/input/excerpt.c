/* SPDX-License-Identifier: Apache-2.0 */
/* A line of a file and a mark under what is meant. */
#include "input/position.h"
#include "io/print.h"
#include "io/utf8.h"

#include <string.h>

/* Bytes of the line that are shown in front of the place, and altogether. */
#define FRONT 48
#define WIDTH 112

/* What is shown may have more bytes than the line: escapes. */
typedef struct shown {
  char text[WIDTH * UTF8_ESCAPE];
  size_t length, columns;
} shown;

static void show(shown *s, const char *bytes, size_t length, size_t columns) {
  if (length > sizeof s->text - s->length)
    return;
  memcpy(s->text + s->length, bytes, length);
  s->length += length;
  s->columns += columns;
}

/* Appends one character as it can be printed; returns its bytes. */
static size_t show_character(shown *s, hcsref_str rest) {
  size_t length = utf8_printable(rest);
  char escape[UTF8_ESCAPE];
  if (rest.data[0] == '\t') {
    show(s, " ", 1, 1);
    return 1;
  }
  if (length != 0) {
    show(s, rest.data, length, 1);
    return length;
  }
  length = utf8_escape(rest, escape);
  show(s, escape, strlen(escape), strlen(escape));
  return length;
}

static bool is_line_end(char c) {
  return c == '\n' || c == '\r';
}

static bool is_continuation(char c) {
  return ((unsigned char)c & 0xC0) == 0x80;
}

/* Where to begin: at the start of the line, unless that is far. */
static size_t front_of(hcsref_str text, size_t offset) {
  size_t i = offset;
  while (i > 0 && offset - i < FRONT && !is_line_end(text.data[i - 1]))
    i--;
  while (i < offset && is_continuation(text.data[i]))
    i++;
  return i;
}

static void print_repeated(FILE *out, char c, size_t count) {
  for (size_t i = 0; i < count; i++)
    fputc(c, out);
}

void input_print_excerpt(FILE *out, const input_map *map, const input_place *place) {
  hcsref_str text = map->text;
  size_t first = front_of(text, place->offset), i = first, caret = 0, end = 0;
  shown s = {.length = 0};
  if (place->line == 0)
    return;
  if (first > 0 && !is_line_end(text.data[first - 1]))
    show(&s, "...", 3, 3);
  while (i < text.len && !is_line_end(text.data[i]) && i - first < WIDTH - 8) {
    if (i <= place->offset)
      caret = s.columns;
    i += show_character(&s, hcsref_str_skip(text, i));
    if (i <= place->offset + place->length)
      end = s.columns;
  }
  if (i <= place->offset)
    caret = s.columns;
  if (i < text.len && !is_line_end(text.data[i]))
    show(&s, "...", 3, 3);
  fprintf(out, "%6llu | ", (unsigned long long)place->line);
  kit_print_text(out, hcsref_str_from(s.text, s.length), SIZE_MAX);
  fputs("\n       | ", out);
  print_repeated(out, ' ', caret);
  fputc('^', out);
  print_repeated(out, '~', end > caret + 1 ? end - caret - 1 : 0);
  fputc('\n', out);
}
