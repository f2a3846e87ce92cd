/* SPDX-License-Identifier: Apache-2.0 */
/* Go's conversions to narrower and to signed integers: the lower bits, read as two's complement. C leaves a signed
 * result that does not fit to the compiler, so it is computed. */
#ifndef HCSREF_HCS_CONVERT_H
#define HCSREF_HCS_CONVERT_H

#include <stdint.h>

/* int32(v) of a uint64. */
static inline int32_t hcsref_to_int32(uint64_t v) {
  uint32_t bits = (uint32_t)v;
  return bits <= INT32_MAX ? (int32_t)bits : (int32_t)(bits - 0x80000000u) + INT32_MIN;
}

/* int64(v) of a uint64. */
static inline int64_t hcsref_to_int64(uint64_t v) {
  return v <= INT64_MAX ? (int64_t)v : (int64_t)(v - 0x8000000000000000u) + INT64_MIN;
}

#endif
