/* SPDX-License-Identifier: Apache-2.0 */
/* Sixteen bytes at a time, where the processor has it: HCSREF_SSE2. */
#ifndef HCSREF_BASE_SSE_H
#define HCSREF_BASE_SSE_H

#include <stddef.h>

#if defined(__SSE2__) || defined(_M_X64)
#define HCSREF_SSE2 1
#include <emmintrin.h>
#endif
#if defined(_MSC_VER) && defined(HCSREF_SSE2)
#include <intrin.h>
#endif

#ifdef HCSREF_SSE2
/* The number of the lowest bit that is set in `mask`, which is not 0. */
static inline size_t hcsref_first_set(unsigned mask) {
#if defined(_MSC_VER)
  unsigned long index;
  _BitScanForward(&index, mask);
  return index;
#else
  return (unsigned)__builtin_ctz(mask);
#endif
}
#endif

#endif
