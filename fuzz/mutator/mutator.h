/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The structure-aware mutator: it changes values of a JSON text by the table of the target's input. Values are
 * replaced, left out, doubled, exchanged, copied to other places of their kind, given another type; members are added
 * by table; keys change their case as Go folds it; numbers go to their bounds; strings get words and pieces of the
 * field. What is no JSON, and one input in a few that is, goes to the engine's own mutator of bytes.
 */
#ifndef FUZZ_MUTATOR_H
#define FUZZ_MUTATOR_H

#include "mutator/inputs.h"

#include <stddef.h>
#include <stdint.h>

/** The engine's mutator of bytes (LLVMFuzzerMutate); null: the one of bytes.h, which depends on the seed alone. */
typedef size_t (*mutator_bytes)(uint8_t *data, size_t size, size_t max);

/** Changes `data` in place; returns the new size, at most `max`. The same seed gives the same change, as far as `bytes`
 * does. */
size_t mutator_mutate(const input_format *format, mutator_bytes bytes, uint8_t *data, size_t size, size_t max,
                      unsigned seed);
/** Writes to `out` the first input with a value of it replaced by, or joined by, one of the same type of the second.
 * Returns its size, at most `max`; 0 when nothing fits. */
size_t mutator_cross(const input_format *format, const uint8_t *first, size_t first_size, const uint8_t *second,
                     size_t second_size, uint8_t *out, size_t max, unsigned seed);

#endif
