/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * A look at all cases before the first is played: does every filter name something, how many are there to choose from,
 * and which recorded ones have been judged by a curated one.
 */
#ifndef KIT_RUN_SURVEY_H
#define KIT_RUN_SURVEY_H

#include "run/run_state.h"

/** Looks at the cases of s->home; fills s->levels, and s->scope but for the suites. CLI_OK, or the status to end with:
 * a filter's value that no case has was told (CLI_USAGE), or memory ran out. */
int run_survey(run_state *s);
/** Counts the cases that there are into s->scope, for a run that was stopped before it had met them all. False: out of
 * memory. */
bool run_count(run_state *s);
/** Says that no case matches: when cases were chosen of which none holds for the profile, for which one of them does.
 * Returns the status to end with. */
int run_no_match(run_state *s);
/** s->source with the levels that the survey found. */
kit_feed run_feed(run_state *s);

#endif
