/* SPDX-License-Identifier: Apache-2.0 */
/* What libFuzzer calls in the place of its own mutator. FUZZ_TARGET is the target's name. */
#include "mutator/mutator.h"

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *first, size_t first_size, const uint8_t *second, size_t second_size,
                                 uint8_t *out, size_t max, unsigned seed);

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed) {
  return mutator_mutate(inputs_find(FUZZ_TARGET), LLVMFuzzerMutate, data, size, max, seed);
}

size_t LLVMFuzzerCustomCrossOver(const uint8_t *first, size_t first_size, const uint8_t *second, size_t second_size,
                                 uint8_t *out, size_t max, unsigned seed) {
  return mutator_cross(inputs_find(FUZZ_TARGET), first, first_size, second, second_size, out, max, seed);
}
