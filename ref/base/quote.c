/* SPDX-License-Identifier: Apache-2.0 */
/* Text as Go's strconv.Quote writes it, which is how upstream's messages show paths and inputs (%q). */
#include "base/print_table.h"
#include "base/utf8.h"

static const char hex_digits[] = "0123456789abcdef";

static void append_hex(hcsref_buf *buf, char kind, uint32_t value, int digits) {
  hcsref_buf_append_char(buf, '\\');
  hcsref_buf_append_char(buf, kind);
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
    hcsref_buf_append_char(buf, hex_digits[value >> shift & 0xF]);
}

/* The letter of a two-character escape, or 0. Source: strconv/quote.go appendEscapedRune. */
static char short_escape(uint32_t rune) {
  static const char control[] = "abtnvfr"; /* of 7 … 13 */
  if (rune >= 7 && rune <= 13)
    return control[rune - 7];
  return rune == '"' || rune == '\\' ? (char)rune : 0;
}

static void append_rune(hcsref_buf *buf, hcsref_str spelt, uint32_t rune) {
  char letter = short_escape(rune);
  if (letter != 0) {
    hcsref_buf_append_char(buf, '\\');
    hcsref_buf_append_char(buf, letter);
  } else if (hcsref_is_print(rune)) {
    hcsref_buf_append(buf, spelt);
  } else if (rune < ' ' || rune == 0x7F) {
    append_hex(buf, 'x', rune, 2);
  } else if (rune < 0x10000) {
    append_hex(buf, 'u', rune, 4);
  } else {
    append_hex(buf, 'U', rune, 8);
  }
}

void hcsref_buf_append_quoted(hcsref_buf *buf, hcsref_str s) {
  hcsref_buf_append_char(buf, '"');
  while (s.len != 0) {
    uint32_t rune;
    size_t width;
    if (hcsref_utf8_decode(s.data, s.len, &rune, &width))
      append_rune(buf, hcsref_str_first(s, width), rune);
    else
      append_hex(buf, 'x', (unsigned char)s.data[0], 2);
    s = hcsref_str_skip(s, width);
  }
  hcsref_buf_append_char(buf, '"');
}
