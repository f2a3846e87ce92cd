/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sha1.h"

#include <string.h>

typedef struct sha1 {
  uint32_t state[5];
  unsigned char block[64];
  size_t held; /* bytes in the block */
  uint64_t total;
} sha1;

static uint32_t rotate(uint32_t word, unsigned by) {
  return word << by | word >> (32 - by);
}

static void expand(const unsigned char *block, uint32_t words[80]) {
  for (size_t i = 0; i < 16; i++)
    words[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 | (uint32_t)block[4 * i + 2] << 8 |
               (uint32_t)block[4 * i + 3];
  for (size_t i = 16; i < 80; i++)
    words[i] = rotate(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
}

/* The round's function of b, c, d with its constant. */
static uint32_t mix(size_t round, uint32_t b, uint32_t c, uint32_t d) {
  if (round < 20)
    return ((b & c) | (~b & d)) + 0x5a827999u;
  if (round < 40)
    return (b ^ c ^ d) + 0x6ed9eba1u;
  if (round < 60)
    return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdcu;
  return (b ^ c ^ d) + 0xca62c1d6u;
}

static void compress(sha1 *s) {
  uint32_t words[80];
  uint32_t a = s->state[0], b = s->state[1], c = s->state[2], d = s->state[3], e = s->state[4];
  expand(s->block, words);
  for (size_t i = 0; i < 80; i++) {
    uint32_t next = rotate(a, 5) + mix(i, b, c, d) + e + words[i];
    e = d;
    d = c;
    c = rotate(b, 30);
    b = a;
    a = next;
  }
  s->state[0] += a;
  s->state[1] += b;
  s->state[2] += c;
  s->state[3] += d;
  s->state[4] += e;
}

static void update(sha1 *s, const void *data, size_t length) {
  const unsigned char *next = data;
  s->total += length;
  for (size_t i = 0; i < length; i++) {
    s->block[s->held++] = next[i];
    if (s->held == sizeof(s->block)) {
      compress(s);
      s->held = 0;
    }
  }
}

static void finish(sha1 *s, unsigned char digest[20]) {
  static const unsigned char padding[64] = {0x80};
  unsigned char bits[8];
  for (size_t i = 0; i < 8; i++)
    bits[i] = (unsigned char)(s->total * 8 >> (56 - 8 * i));
  update(s, padding, s->held < 56 ? 56 - s->held : 120 - s->held);
  update(s, bits, sizeof(bits));
  for (size_t i = 0; i < 20; i++)
    digest[i] = (unsigned char)(s->state[i / 4] >> (24 - 8 * (i % 4)));
}

void hcsref_sha1(hcsref_str first, hcsref_str second, unsigned char digest[20]) {
  sha1 s = {.state = {0x67452301u, 0xefcdab89u, 0x98badcfeu, 0x10325476u, 0xc3d2e1f0u}};
  update(&s, first.data, first.len);
  update(&s, second.data, second.len);
  finish(&s, digest);
}
