/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Findings made smaller: the testee is asked each again, alone, then smaller and smaller ones as long as the same kind
 * of difference shows, and at last the smallest once more, for its difference to be told.
 */
#ifndef KIT_FUZZ_REDUCE_H
#define KIT_FUZZ_REDUCE_H

#include "fuzz/findings.h"
#include "run/play/runner.h"

/** What became of one. */
typedef struct kit_fuzz_reduced {
  const kit_fuzz_finding *finding;
  hcsref_str params;   /**< the smallest that showed it */
  uint64_t attempts;   /**< questions to the testee on the way */
  const kit_case *c;   /**< the smallest, asked at last; null: it could not be asked */
  const kit_result *r; /**< what came of it; null with `c` */
  bool shown;          /**< it showed the difference again */
} kit_fuzz_reduced;

typedef struct kit_fuzz_reducer kit_fuzz_reducer;

/** `attempts`: most questions for one finding; a tenth of it where the testee lets us wait. `tell` gets each. Null: out
 * of memory. */
kit_fuzz_reducer *kit_fuzz_reducer_new(kit_fuzz_findings *findings, uint64_t attempts,
                                       void (*tell)(void *context, const kit_fuzz_reduced *reduced), void *context);
void kit_fuzz_reducer_free(kit_fuzz_reducer *reducer);
/** Questions, one at a time, and where the results go. After a run that ended early another one goes on where it was.
 */
kit_feed kit_fuzz_reducer_feed(kit_fuzz_reducer *reducer);
void kit_fuzz_reducer_result(kit_fuzz_reducer *reducer, const kit_case *c, const kit_result *r);
/** Results and findings that are done, to see whether a run got any further. */
uint64_t kit_fuzz_reducer_progress(const kit_fuzz_reducer *reducer);
/** Tells the finding that is at work, as far as it was made smaller, and goes on to the next. */
void kit_fuzz_reducer_skip(kit_fuzz_reducer *reducer);
/** Are all told? */
bool kit_fuzz_reducer_is_done(const kit_fuzz_reducer *reducer);
bool kit_fuzz_reducer_out_of_memory(const kit_fuzz_reducer *reducer);

#endif
