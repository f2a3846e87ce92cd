/* SPDX-License-Identifier: Apache-2.0
 * In front of the compiler's own, which mingw-w64's winnt.h includes: that one declares every vector instruction there
 * is, and takes 0.3 s a file. What is used here, SSE2, winnt.h includes by itself. */
#include <emmintrin.h>
