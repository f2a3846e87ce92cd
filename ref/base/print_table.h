/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HCSREF_BASE_PRINT_TABLE_H
#define HCSREF_BASE_PRINT_TABLE_H

#include <stdbool.h>
#include <stdint.h>

/* Is it a letter, mark, number, punctuation, symbol or the ASCII space of Unicode 13, the version of Go 1.19?
 * Source: strconv IsPrint. */
bool hcsref_is_print(uint32_t rune);

#endif
