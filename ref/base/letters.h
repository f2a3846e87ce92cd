/* SPDX-License-Identifier: Apache-2.0 */
/* Letters in lower and upper case, one rune for one, whatever the locale. */
#ifndef HCSREF_BASE_LETTERS_H
#define HCSREF_BASE_LETTERS_H

#include "hcsref/base.h"

/* strings.ToLower: bytes that are not UTF-8 come out as U+FFFD once a letter outside ASCII is there. False: out of
 * memory. Source: Go strings.ToLower. */
bool hcsref_to_lower(hcsref_arena *arena, hcsref_str s, hcsref_str *out);
/* Are both texts equal when case does not count? Source: Go strings.EqualFold. */
bool hcsref_equal_fold(hcsref_str a, hcsref_str b);

#endif
