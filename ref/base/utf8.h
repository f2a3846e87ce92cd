/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8 as Go's unicode/utf8 reads and writes it. */
#ifndef HCSREF_BASE_UTF8_H
#define HCSREF_BASE_UTF8_H

#include "hcsref/base.h"

#define HCSREF_RUNE_ERROR ((uint32_t)0xFFFD)
#define HCSREF_UTF8_MAX   4

/* Reads the first rune of `len` > 0 bytes: its width in *width and true; or, for a byte that begins no valid
 * sequence, U+FFFD, a width of 1 and false. Source: unicode/utf8 DecodeRune. */
bool hcsref_utf8_decode(const char *data, size_t len, uint32_t *rune, size_t *width);

/* Writes `rune` (surrogates and what is past U+10FFFF as U+FFFD) to `out` and returns its width. Source:
 * unicode/utf8 EncodeRune. */
size_t hcsref_utf8_encode(uint32_t rune, char out[HCSREF_UTF8_MAX]);

#endif
