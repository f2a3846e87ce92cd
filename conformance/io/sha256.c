/* SPDX-License-Identifier: Apache-2.0 */
#include "io/sha256.h"

#include <stdio.h>
#include <string.h>

#define BLOCK 64

static const uint32_t round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

#define ROTATED(x, n) ((x) >> (n) | (x) << (32 - (n)))

static void schedule(const unsigned char *block, uint32_t w[64]) {
  size_t i;
  for (i = 0; i < 16; i++)
    w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 | (uint32_t)block[4 * i + 2] << 8 |
           (uint32_t)block[4 * i + 3];
  for (; i < 64; i++) {
    uint32_t a = ROTATED(w[i - 15], 7) ^ ROTATED(w[i - 15], 18) ^ w[i - 15] >> 3;
    uint32_t b = ROTATED(w[i - 2], 17) ^ ROTATED(w[i - 2], 19) ^ w[i - 2] >> 10;
    w[i] = w[i - 16] + a + w[i - 7] + b;
  }
}

/* One round. The eight words have names, and each round takes them one place further on instead of moving them: all of
 * a suite goes through here at each run, in builds without optimisation too. */
#define ROUND(a, b, c, d, e, f, g, h, i)                                                                               \
  do {                                                                                                                 \
    (h) +=                                                                                                             \
        (ROTATED(e, 6) ^ ROTATED(e, 11) ^ ROTATED(e, 25)) + ((g) ^ ((e) & ((f) ^ (g)))) + round_constants[i] + w[i];   \
    (d) += (h);                                                                                                        \
    (h) += (ROTATED(a, 2) ^ ROTATED(a, 13) ^ ROTATED(a, 22)) + (((a) & (b)) | ((c) & ((a) | (b))));                    \
  } while (0)

static void add_block(uint32_t state[8], const unsigned char *block) {
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  uint32_t e = state[4], f = state[5], g = state[6], h = state[7], w[64];
  size_t i;
  schedule(block, w);
  for (i = 0; i < 64; i += 8) {
    ROUND(a, b, c, d, e, f, g, h, i);
    ROUND(h, a, b, c, d, e, f, g, i + 1);
    ROUND(g, h, a, b, c, d, e, f, i + 2);
    ROUND(f, g, h, a, b, c, d, e, i + 3);
    ROUND(e, f, g, h, a, b, c, d, i + 4);
    ROUND(d, e, f, g, h, a, b, c, i + 5);
    ROUND(c, d, e, f, g, h, a, b, i + 6);
    ROUND(b, c, d, e, f, g, h, a, i + 7);
  }
  state[0] += a, state[1] += b, state[2] += c, state[3] += d;
  state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

/* The last bytes, the bit that ends the text, and its length in bits: one block or two. */
static void add_end(uint32_t state[8], hcsref_str rest, uint64_t bits) {
  unsigned char end[2 * BLOCK] = {0};
  size_t size = rest.len + 9 <= BLOCK ? BLOCK : 2 * BLOCK, i;
  if (rest.len > 0)
    memcpy(end, rest.data, rest.len);
  end[rest.len] = 0x80;
  for (i = 0; i < 8; i++)
    end[size - 1 - i] = (unsigned char)(bits >> (8 * i));
  add_block(state, end);
  if (size > BLOCK)
    add_block(state, end + BLOCK);
}

void kit_sha256(hcsref_str bytes, kit_digest out) {
  uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  uint64_t bits = (uint64_t)bytes.len * 8;
  size_t i;
  for (; bytes.len >= BLOCK; bytes = hcsref_str_skip(bytes, BLOCK))
    add_block(state, (const unsigned char *)bytes.data);
  add_end(state, bytes, bits);
  for (i = 0; i < 8; i++)
    snprintf(out + 8 * i, 9, "%08lx", (unsigned long)state[i]);
}
