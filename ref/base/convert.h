/* SPDX-License-Identifier: Apache-2.0 */
/* Go's conversions to narrower and to signed integers: the lower bits, read as two's complement. C leaves a
 * conversion whose result does not fit to the compiler, but says of int32_t and int64_t that they are two's complement:
 * so the bytes are copied. */
#ifndef HCSREF_BASE_CONVERT_H
#define HCSREF_BASE_CONVERT_H

#include <stdint.h>
#include <string.h>

/* int32(v) of a uint64. */
static inline int32_t hcsref_to_int32(uint64_t v) {
  uint32_t bits = (uint32_t)v;
  int32_t value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/* int64(v) of a uint64. */
static inline int64_t hcsref_to_int64(uint64_t v) {
  int64_t value;
  memcpy(&value, &v, sizeof value);
  return value;
}

#endif
