/* SPDX-License-Identifier: Apache-2.0 */
/* Whole numbers of a fixed largest size, as large as exact conversion between decimal text and doubles needs. */
#ifndef HCSREF_GOJSON_BIGNUM_H
#define HCSREF_GOJSON_BIGNUM_H

#include <stddef.h>
#include <stdint.h>

/* 10^1200 has 3987 bits; the text with the most digits (800) and the smallest exponent needs less. */
#define HCSREF_BIGNUM_LIMBS 160

typedef struct bignum {
  size_t len;                         /* limbs in use; the highest one is not 0 */
  uint32_t limb[HCSREF_BIGNUM_LIMBS]; /* least significant first */
} bignum;

void bignum_set(bignum *n, uint64_t value);
void bignum_multiply(bignum *n, uint32_t factor);
void bignum_add_small(bignum *n, uint32_t term);
void bignum_multiply_power10(bignum *n, unsigned exponent);
void bignum_shift_left(bignum *n, unsigned bits);
void bignum_add(bignum *n, const bignum *other);
/* n must not be less than other. */
void bignum_subtract(bignum *n, const bignum *other);
/* Negative, 0, positive. */
int bignum_compare(const bignum *a, const bignum *b);
/* The number of bits up to the highest set one; 0 for zero. */
unsigned bignum_bits(const bignum *n);

#endif
