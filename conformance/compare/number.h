/* SPDX-License-Identifier: Apache-2.0 */
/** @file Numbers compared by value, however they are spelt and however large. */
#ifndef KIT_COMPARE_NUMBER_H
#define KIT_COMPARE_NUMBER_H

#include "hcsref/base.h"

/** Are two JSON numbers the same? 1, 1.0, 10e-1 and 1E0 are; so are 0 and -0. Exact: no digit is dropped.
 * Exponents past ±10^15 count as that. */
bool kit_number_equal(hcsref_str a, hcsref_str b);
/** Is it zero? */
bool kit_number_is_zero(hcsref_str a);

#endif
