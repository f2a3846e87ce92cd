/* SPDX-License-Identifier: Apache-2.0 */
/** @file A table with everything that a table may have: what no document has is still to be read and written right. */
#ifndef FUZZ_MUTATOR_KINDS_H
#define FUZZ_MUTATOR_KINDS_H

#include "hcsref/json.h"

extern const hcsref_type kinds_type;

#endif
