/* SPDX-License-Identifier: Apache-2.0 */
/** @file How a copy of the suite that was built beside its folder comes into it. */
#ifndef KIT_GOLDEN_COPY_PLACE_H
#define KIT_GOLDEN_COPY_PLACE_H

#include "io/staging.h"

#include <stdint.h>

/** Tells git not to change the cases of a copy. */
#define GOLDEN_ATTRIBUTES ".gitattributes"

/** Is `target` nothing yet, empty, or an earlier copy, complete or not? False: the reason was told. */
bool golden_may_copy_to(const char *target);
/** Puts the copy, which has a manifest, into its place. A target that holds an earlier one changes file by file, each
 * at once: the digests of what is to come are written down first, so that the next copy can tell what an interrupted
 * one has left from what somebody edited; the manifest comes last. Files whose digest is neither the earlier manifest's
 * nor among those are somebody's own: they stay and are named; `*kept` counts those that stand where the copy has
 * another. False: the reason was told. */
bool golden_place_copy(staging *s, uint64_t *kept);

#endif
