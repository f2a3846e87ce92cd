/* SPDX-License-Identifier: Apache-2.0 */
/** @file A mutator of bytes, for when no engine brings one. */
#ifndef FUZZ_MUTATOR_BYTES_H
#define FUZZ_MUTATOR_BYTES_H

#include "mutator/generate.h"

/** Changes `data` in place: bytes are flipped, replaced, put in, left out, copied. Returns the new size, at most `max`
 * and, where `max` is not 0, at least 1. */
size_t bytes_mutate(random_source *random, uint8_t *data, size_t size, size_t max);

#endif
