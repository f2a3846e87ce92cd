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

static void put_clean(line *l, hcsref_str s) {
  hcsref_str rest = hcsref_str_first(s, MESSAGE_LIMIT / 4);
  while (rest.len > 0) {
    size_t length = utf8_printable(rest);
    for (size_t i = 0; i < length; i++)
      put(l, rest.data[i]);
    if (length == 0) {
      char escape[UTF8_ESCAPE];
      length = utf8_escape(rest, escape);
      put_text(l, escape);
    }
    rest = hcsref_str_skip(rest, length);
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
