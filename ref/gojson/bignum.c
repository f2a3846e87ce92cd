/* SPDX-License-Identifier: Apache-2.0 */
#include "gojson/bignum.h"

#include <string.h>

static void trim(bignum *n) {
  while (n->len > 0 && n->limb[n->len - 1] == 0)
    n->len--;
}

static void push_limb(bignum *n, uint32_t limb) {
  if (limb != 0)
    n->limb[n->len++] = limb;
}

void bignum_set(bignum *n, uint64_t value) {
  n->limb[0] = (uint32_t)value;
  n->limb[1] = (uint32_t)(value >> 32);
  n->len = 2;
  trim(n);
}

/* n * factor + term */
static void multiply_add(bignum *n, uint32_t factor, uint32_t term) {
  uint64_t carry = term;
  for (size_t i = 0; i < n->len; i++) {
    carry += (uint64_t)n->limb[i] * factor;
    n->limb[i] = (uint32_t)carry;
    carry >>= 32;
  }
  push_limb(n, (uint32_t)carry);
}

void bignum_multiply(bignum *n, uint32_t factor) {
  multiply_add(n, factor, 0);
}

void bignum_add_small(bignum *n, uint32_t term) {
  multiply_add(n, 1, term);
}

void bignum_multiply_power10(bignum *n, unsigned exponent) {
  for (; exponent >= 9; exponent -= 9)
    bignum_multiply(n, 1000000000u);
  for (; exponent > 0; exponent--)
    bignum_multiply(n, 10);
}

void bignum_shift_left(bignum *n, unsigned bits) {
  size_t limbs = bits / 32;
  uint32_t rest = bits % 32;
  if (n->len == 0)
    return;
  memmove(n->limb + limbs, n->limb, n->len * sizeof(n->limb[0]));
  memset(n->limb, 0, limbs * sizeof(n->limb[0]));
  n->len += limbs;
  if (rest != 0)
    bignum_multiply(n, (uint32_t)1 << rest);
}

void bignum_add(bignum *n, const bignum *other) {
  uint64_t carry = 0;
  while (n->len < other->len)
    n->limb[n->len++] = 0;
  for (size_t i = 0; i < n->len; i++) {
    carry += (uint64_t)n->limb[i] + (i < other->len ? other->limb[i] : 0);
    n->limb[i] = (uint32_t)carry;
    carry >>= 32;
  }
  push_limb(n, (uint32_t)carry);
}

void bignum_subtract(bignum *n, const bignum *other) {
  uint64_t borrow = 0;
  for (size_t i = 0; i < n->len; i++) {
    uint64_t take = borrow + (i < other->len ? other->limb[i] : 0);
    borrow = n->limb[i] < take;
    n->limb[i] = (uint32_t)(n->limb[i] - take);
  }
  trim(n);
}

int bignum_compare(const bignum *a, const bignum *b) {
  if (a->len != b->len)
    return a->len < b->len ? -1 : 1;
  for (size_t i = a->len; i > 0; i--)
    if (a->limb[i - 1] != b->limb[i - 1])
      return a->limb[i - 1] < b->limb[i - 1] ? -1 : 1;
  return 0;
}

unsigned bignum_bits(const bignum *n) {
  unsigned bits = 0;
  if (n->len == 0)
    return 0;
  for (uint32_t high = n->limb[n->len - 1]; high != 0; high >>= 1)
    bits++;
  return bits + 32 * (unsigned)(n->len - 1);
}
