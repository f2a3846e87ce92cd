/* SPDX-License-Identifier: Apache-2.0 */
/* Standard base64 with padding, as encoding/base64's StdEncoding. */
#include "base/arena.h"
#include "gojson/text.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static int value_of(char c) {
  if (c >= 'A' && c <= 'Z')
    return c - 'A';
  if (c >= 'a' && c <= 'z')
    return c - 'a' + 26;
  if (c >= '0' && c <= '9')
    return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

typedef struct cursor {
  hcsref_str text;
  size_t at;
} cursor;

static void skip_breaks(cursor *c) {
  while (c->at < c->text.len && (c->text.data[c->at] == '\r' || c->text.data[c->at] == '\n'))
    c->at++;
}

/* The padding behind `have` digits: one or two signs and then nothing more. The offset of what is wrong, or
 * SIZE_MAX. */
static size_t check_padding(cursor *c, int have) {
  size_t first = c->at;
  if (have < 2)
    return first;
  c->at++;
  if (have == 2) {
    skip_breaks(c);
    if (c->at == c->text.len)
      return c->text.len;
    if (c->text.data[c->at] != '=')
      return c->at - 1;
    c->at++;
  }
  skip_breaks(c);
  return c->at == c->text.len ? SIZE_MAX : c->at;
}

/* One group of four. Sets *done at the end of the text; returns the offset of what is wrong, or SIZE_MAX. */
static size_t decode_group(cursor *c, unsigned char **out, bool *done) {
  uint32_t bits = 0;
  int have = 0;
  size_t wrong = SIZE_MAX;
  for (skip_breaks(c); have < 4; skip_breaks(c)) {
    int value;
    *done = c->at == c->text.len;
    if (*done && have == 0)
      return SIZE_MAX;
    if (*done)
      return c->at - (size_t)have;
    value = value_of(c->text.data[c->at]);
    if (value < 0) {
      *done = true;
      wrong = c->text.data[c->at] == '=' ? check_padding(c, have) : c->at;
      break;
    }
    bits = bits << 6 | (uint32_t)value;
    have++;
    c->at++;
  }
  bits <<= 6 * (4 - have);
  for (int i = 1; i < have; i++)
    *(*out)++ = (unsigned char)(bits >> (24 - 8 * i));
  return wrong;
}

bool hcsref_base64_decode(hcsref_arena *arena, hcsref_str text, hcsref_str *out, size_t *bad) {
  cursor c = {text, 0};
  bool done = false;
  unsigned char *data = hcsref_arena_take(arena, text.len / 4 * 3 + 3);
  unsigned char *end = data;
  *bad = SIZE_MAX;
  if (data == NULL)
    return false;
  while (!done) {
    *bad = decode_group(&c, &end, &done);
    if (*bad != SIZE_MAX)
      return false;
  }
  *out = hcsref_str_from((char *)data, (size_t)(end - data));
  return true;
}

void hcsref_base64_append(hcsref_buf *buf, hcsref_str bytes) {
  const unsigned char *p = (const unsigned char *)bytes.data;
  for (size_t left = bytes.len; left > 0;) {
    size_t take = left < 3 ? left : 3;
    uint32_t bits = (uint32_t)p[0] << 16 | (take > 1 ? (uint32_t)p[1] << 8 : 0) | (take > 2 ? p[2] : 0);
    char group[4];
    for (size_t i = 0; i < 4; i++)
      group[i] = i <= take ? alphabet[bits >> (18 - 6 * i) & 63] : '=';
    hcsref_buf_append(buf, hcsref_str_from(group, sizeof(group)));
    p += take;
    left -= take;
  }
}
