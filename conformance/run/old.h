/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Two testees compared: the old one is asked first, and its answers take the place of what the cases expect, so that
 * all that is told of a run holds of the comparison.
 */
#ifndef KIT_RUN_OLD_H
#define KIT_RUN_OLD_H

#include "run/run_state.h"

/** Asks the testee of --against every selected case; fills s->old and s->scope.compared_with. CLI_OK, or the status to
 * end with: it was told why. What was kept is freed with run_close. */
int run_ask_old(run_state *s);
/** The cases of run_feed that are selected, each with the old testee's answer as its expectation, or with the reason
 * why there is none. */
kit_feed run_old_feed(run_state *s);
void run_old_free(run_old *old);

#endif
