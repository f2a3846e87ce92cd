/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What the reference's answers have looked like so far: which places of a result were there and with what kind of
 * value, which questions the host was asked, which errors came. It stands for coverage, which nobody knows of a testee.
 */
#ifndef KIT_FUZZ_SHAPES_H
#define KIT_FUZZ_SHAPES_H

#include "run/cases/case.h"

/** Most that is remembered; what comes later is nothing new. */
#define KIT_FUZZ_SHAPES_LIMIT ((size_t)1 << 15)

typedef struct kit_fuzz_shapes kit_fuzz_shapes;

/** Null: out of memory. */
kit_fuzz_shapes *kit_fuzz_shapes_new(void);
void kit_fuzz_shapes_free(kit_fuzz_shapes *shapes);
/** Remembers what is expected of the case; true: some of it is new. */
bool kit_fuzz_shapes_add(kit_fuzz_shapes *shapes, const kit_case *c);
/** How much is remembered. */
size_t kit_fuzz_shapes_count(const kit_fuzz_shapes *shapes);

#endif
