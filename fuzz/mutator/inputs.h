/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What the inputs of each structured target look like, in full: where a target keeps a part of its params as JSON text
 * to be decoded later, these tables say what is in it. The mutator and the dictionaries are made from them. They
 * describe and are never decoded with: their offsets mean nothing.
 */
#ifndef FUZZ_MUTATOR_INPUTS_H
#define FUZZ_MUTATOR_INPUTS_H

#include "hcsref/json.h"

typedef struct input_format {
  const char *target;
  const hcsref_type *type;                     /**< null: the first byte chooses */
  const hcsref_type *(*choose)(uint8_t first); /**< or null */
  bool lines;                                  /**< two values, a line each */
} input_format;

/** All of them; `*count` their number. */
const input_format *inputs_all(size_t *count);
/** The one of that target, or null: its inputs have no structure. */
const input_format *inputs_find(const char *target);

/** The tables of the codec's targets, by the first byte without its high bit: those that have a name, then one of all
 * kinds. */
const hcsref_type *inputs_schema(uint8_t first);
/** The tables of the target hcs_answers, by the first byte. */
const hcsref_type *inputs_answer(uint8_t first);

#endif
