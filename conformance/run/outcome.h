/* SPDX-License-Identifier: Apache-2.0 */
/** @file What a run as a whole is worth: for each level and in one exit status. */
#ifndef KIT_RUN_OUTCOME_H
#define KIT_RUN_OUTCOME_H

#include "run/play/runner.h"

/** What of the command line decides with. */
typedef struct kit_terms {
  bool allow_skip; /**< a skipped must does not count */
  bool strict;     /**< a may counts like the others */
  bool against;    /**< another testee's answers are what is expected */
  size_t stale;    /**< entries of the expectation file that are out of date */
} kit_terms;

/** The exit status of a run (cli/options.h). Nothing compared is never CLI_OK. */
int kit_run_status(const kit_summary *summary, const kit_terms *terms);
/** What a status means: "conforms", "does not conform", …; `against`: "agrees", "does not agree". */
const char *kit_status_text(int status, bool against);
/** What the cases of a level say: "conforms", "does not conform" (against another testee "agrees",
 * "does not agree"), "incomplete" (a must was skipped), "nothing was
 * compared". Null: none of them was played. */
const char *kit_level_outcome(const kit_summary *summary, kit_level level, const kit_terms *terms);
/** Cases that were played: all that were chosen, unless the run was stopped. */
uint64_t kit_played(const kit_summary *summary);
/** Cases whose answer was compared with something: played, and not skipped. */
uint64_t kit_compared(const kit_summary *summary);
/** Of a level: failed or broke, and are not listed. */
uint64_t kit_level_bad(const kit_summary *summary, kit_level level);

#endif
