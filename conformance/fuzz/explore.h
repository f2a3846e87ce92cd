/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The inputs of a run: first a few cases of each operation as they are, to see what the testee does at all; then inputs
 * made from cases, and from earlier inputs to which the reference answered in a new way. Input n depends on the seed,
 * the cases, the limits and which operations the testee does; never on time or on what it answers.
 */
#ifndef KIT_FUZZ_EXPLORE_H
#define KIT_FUZZ_EXPLORE_H

#include "fuzz/findings.h"
#include "run/play/runner.h"

typedef struct kit_fuzz_explorer kit_fuzz_explorer;

typedef struct kit_fuzz_limits {
  uint64_t seed;
  uint64_t runs;        /**< inputs in all; 0: any number */
  uint64_t deadline;    /**< kit_now; 0: none */
  const kit_asker *old; /**< who is compared with: when it was given up all is over; null: the reference */
} kit_fuzz_limits;

/** Null: out of memory. */
kit_fuzz_explorer *kit_fuzz_explorer_new(const kit_fuzz_limits *limits, kit_fuzz_operations *operations,
                                         kit_fuzz_findings *findings);
void kit_fuzz_explorer_free(kit_fuzz_explorer *explorer);
/** The inputs, and where the results go. */
kit_feed kit_fuzz_explorer_feed(kit_fuzz_explorer *explorer);
void kit_fuzz_explorer_result(kit_fuzz_explorer *explorer, const kit_case *c, const kit_result *r);
/** Have enough kinds been found, or is the time over? Results that come now count no more. */
bool kit_fuzz_explorer_is_over(const kit_fuzz_explorer *explorer);
/** Results so far. */
uint64_t kit_fuzz_explored(const kit_fuzz_explorer *explorer);
bool kit_fuzz_explorer_out_of_memory(const kit_fuzz_explorer *explorer);

#endif
