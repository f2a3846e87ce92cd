/* SPDX-License-Identifier: Apache-2.0 */
#include "input/encoding.h"

#define UTF8_MARK HCSREF_LIT("\xEF\xBB\xBF")

static unsigned unit_at(hcsref_str bytes, size_t i, bool big) {
  unsigned first = (unsigned char)bytes.data[i], second = (unsigned char)bytes.data[i + 1];
  return big ? first << 8 | second : second << 8 | first;
}

static void append_rune(hcsref_buf *buf, unsigned rune) {
  if (rune < 0x80) {
    hcsref_buf_append_char(buf, (char)rune);
    return;
  }
  if (rune < 0x800) {
    hcsref_buf_append_char(buf, (char)(0xC0 | rune >> 6));
  } else {
    if (rune < 0x10000) {
      hcsref_buf_append_char(buf, (char)(0xE0 | rune >> 12));
    } else {
      hcsref_buf_append_char(buf, (char)(0xF0 | rune >> 18));
      hcsref_buf_append_char(buf, (char)(0x80 | (rune >> 12 & 0x3F)));
    }
    hcsref_buf_append_char(buf, (char)(0x80 | (rune >> 6 & 0x3F)));
  }
  hcsref_buf_append_char(buf, (char)(0x80 | (rune & 0x3F)));
}

static bool is_high(unsigned unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}

static bool is_low(unsigned unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

static bool fail_at(hcsref_arena *arena, hcsref_error *err, size_t at) {
  return hcsref_fail(arena, err, "input-encoding", hcsref_cstr(NULL), "half a UTF-16 character at byte %u",
                     (uint64_t)at);
}

static bool decode_utf16(hcsref_arena *arena, hcsref_str bytes, bool big, hcsref_str *out, hcsref_error *err) {
  hcsref_buf buf = {.arena = arena};
  if (bytes.len % 2 != 0)
    return fail_at(arena, err, bytes.len - 1);
  for (size_t i = 0; i < bytes.len; i += 2) {
    unsigned unit = unit_at(bytes, i, big);
    if (is_low(unit) || (is_high(unit) && (i + 2 == bytes.len || !is_low(unit_at(bytes, i + 2, big)))))
      return fail_at(arena, err, i);
    if (is_high(unit)) {
      i += 2;
      unit = 0x10000 + ((unit - 0xD800) << 10) + (unit_at(bytes, i, big) - 0xDC00);
    }
    append_rune(&buf, unit);
  }
  *out = hcsref_buf_str(&buf);
  return !buf.failed || hcsref_fail_memory(err);
}

/* What JSON and YAML begin with. */
static bool is_ascii_text(unsigned char c) {
  return (c > ' ' && c < 0x7F) || c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Without a mark the zero byte beside the first character, which is ASCII, tells the order. */
bool input_decode(hcsref_arena *arena, hcsref_str bytes, hcsref_str *out, hcsref_error *err) {
  unsigned char first = bytes.len < 2 ? 1 : (unsigned char)bytes.data[0];
  unsigned char second = bytes.len < 2 ? 1 : (unsigned char)bytes.data[1];
  bool big_mark = first == 0xFE && second == 0xFF, little_mark = first == 0xFF && second == 0xFE;
  bool big = big_mark || (first == 0 && is_ascii_text(second));
  if (big || little_mark || (second == 0 && is_ascii_text(first)))
    return decode_utf16(arena, hcsref_str_skip(bytes, big_mark || little_mark ? 2 : 0), big, out, err);
  *out = hcsref_str_has_prefix(bytes, UTF8_MARK) ? hcsref_str_skip(bytes, UTF8_MARK.len) : bytes;
  return true;
}
