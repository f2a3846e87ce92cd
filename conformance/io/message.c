/* SPDX-License-Identifier: Apache-2.0 */
#include "io/message.h"

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

/* The length of the UTF-8 sequence of a printable character at the front, 0 when there is none. C1 controls (U+0080 to
 * U+009F) are not printable. */
static size_t printable(hcsref_str s) {
  const unsigned char *p = (const unsigned char *)s.data;
  size_t length = p[0] < 0x80 ? 1 : p[0] < 0xc2 ? 0 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : p[0] < 0xf5 ? 4 : 0;
  if (length == 0 || length > s.len || (length == 1 && (p[0] < 0x20 || p[0] == 0x7f)))
    return 0;
  if ((p[0] == 0xc2 && p[1] < 0xa0) || (p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ||
      (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
    return 0;
  for (size_t i = 1; i < length; i++)
    if ((p[i] & 0xc0) != 0x80)
      return 0;
  return length;
}

static void put_clean(line *l, hcsref_str s) {
  hcsref_str rest = hcsref_str_first(s, MESSAGE_LIMIT / 4);
  while (rest.len > 0) {
    size_t length = printable(rest);
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
