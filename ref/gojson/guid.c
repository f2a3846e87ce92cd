/* SPDX-License-Identifier: Apache-2.0 */
#include "gojson/text.h"

#include "base/arena.h"
#include "base/sha1.h"

#include <string.h>

#define TEXT_SIZE 36

/* The digits of each byte. */
#define ROW(high)                                                                                                      \
  high "0" high "1" high "2" high "3" high "4" high "5" high "6" high "7" high "8" high "9" high "a" high "b" high     \
       "c" high "d" high "e" high "f"
static const char digits[] = ROW("0") ROW("1") ROW("2") ROW("3") ROW("4") ROW("5") ROW("6") ROW("7") ROW("8") ROW("9")
    ROW("a") ROW("b") ROW("c") ROW("d") ROW("e") ROW("f");

static bool hyphen_before(size_t byte) {
  return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

static int hex_value(char c) {
  char low = (char)(c | 0x20);
  if (c >= '0' && c <= '9')
    return c - '0';
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

bool hcsref_guid_parse(hcsref_str text, hcsref_guid *out) {
  hcsref_guid guid;
  const char *p = text.data;
  if (text.len != TEXT_SIZE)
    return false;
  for (size_t i = 0; i < sizeof(guid.data); i++) {
    int high, low;
    if (hyphen_before(i) && *p++ != '-')
      return false;
    high = hex_value(p[0]);
    low = hex_value(p[1]);
    if (high < 0 || low < 0)
      return false;
    guid.data[i] = (unsigned char)(high << 4 | low);
    p += 2;
  }
  *out = guid;
  return true;
}

static inline void write_group(char *text, const unsigned char *bytes, size_t count) {
  for (size_t i = 0; i < count; i++)
    memcpy(text + 2 * i, &digits[(size_t)bytes[i] * 2], 2);
}

static void write_text(char text[TEXT_SIZE], const hcsref_guid *guid) {
  write_group(text, guid->data, 4);
  text[8] = '-';
  write_group(text + 9, guid->data + 4, 2);
  text[13] = '-';
  write_group(text + 14, guid->data + 6, 2);
  text[18] = '-';
  write_group(text + 19, guid->data + 8, 2);
  text[23] = '-';
  write_group(text + 24, guid->data + 10, 6);
}

void hcsref_guid_append(hcsref_buf *buf, const hcsref_guid *guid) {
  char text[TEXT_SIZE];
  write_text(text, guid);
  hcsref_buf_append(buf, hcsref_str_from(text, sizeof text));
}

bool hcsref_guid_text(hcsref_arena *arena, const hcsref_guid *guid, hcsref_str *out) {
  char *text = hcsref_arena_take(arena, TEXT_SIZE);
  if (text == NULL)
    return false;
  write_text(text, guid);
  *out = hcsref_str_from(text, TEXT_SIZE);
  return true;
}

hcsref_guid hcsref_guid_named(const hcsref_guid *space, hcsref_str name) {
  unsigned char digest[20];
  hcsref_guid guid;
  hcsref_sha1(hcsref_str_from((const char *)space->data, sizeof(space->data)), name, digest);
  memcpy(guid.data, digest, sizeof(guid.data));
  guid.data[6] = (unsigned char)((guid.data[6] & 0x0f) | 0x50);
  guid.data[8] = (unsigned char)((guid.data[8] & 0x3f) | 0x80);
  return guid;
}
