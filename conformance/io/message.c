/* SPDX-License-Identifier: Apache-2.0 */
#include "io/message.h"

#include "io/utf8.h"

#include <stdio.h>

/* A line under construction; it is written at once, so that lines of several threads do not mix. */
typedef struct line {
  char text[3 * MESSAGE_LIMIT + 64];
  size_t length;
} line;

static void put(line *l, char c) {
  if (l->length < sizeof(l->text) - 1)
    l->text[l->length++] = c;
}

static void put_text(line *l, const char *text) {
  while (*text != '\0')
    put(l, *text++);
}

static void put_escaped(line *l, unsigned char c) {
  static const char digits[] = "0123456789abcdef";
  put(l, '\\');
  put(l, 'x');
  put(l, digits[c >> 4]);
  put(l, digits[c & 15]);
}

static void put_clean(line *l, hcsref_str s) {
  hcsref_str rest = hcsref_str_first(s, MESSAGE_LIMIT / 4);
  while (rest.len > 0) {
    size_t length = utf8_printable(rest);
    if (length == 0)
      put_escaped(l, (unsigned char)rest.data[0]);
    for (size_t i = 0; i < length; i++)
      put(l, rest.data[i]);
    rest = hcsref_str_skip(rest, length == 0 ? 1 : length);
  }
  if (s.len > MESSAGE_LIMIT / 4)
    put_text(l, "...");
}

void message_error(const char *name, const hcsref_error *err) {
  line l;
  l.length = 0;
  put_text(&l, "hcsproof: ");
  put_clean(&l, hcsref_cstr(name));
  put_text(&l, ": ");
  if (err->where.len > 0) {
    put_clean(&l, err->where);
    put_text(&l, ": ");
  }
  put_clean(&l, err->message);
  put_text(&l, " [");
  put_text(&l, err->code);
  put_text(&l, "]\n");
  fwrite(l.text, 1, l.length, stderr);
}
