/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The level of cases that do not say theirs: recorded answers come by the hundred, and nobody has judged each of them.
 * One that asks what a curated case asks has that case's level; the others have one by operation and tags.
 */
#ifndef KIT_RUN_CASES_LEVEL_H
#define KIT_RUN_CASES_LEVEL_H

#include "run/cases/case.h"

typedef struct kit_levels kit_levels;

/** Null: out of memory. */
kit_levels *kit_levels_new(void);
void kit_levels_free(kit_levels *levels);
/** Learns from a curated case that names the recorded one it judges (`vector`). False: out of memory. */
bool kit_levels_note(kit_levels *levels, const kit_case *c);
/** Gives a case that does not say its level that of its curated twin, where there is one. */
void kit_levels_apply(const kit_levels *levels, kit_case *c);
/** The level by operation and tags. Odd and damaged inputs are may; what the original's JSON reader makes of unusual
 * ones, random combinations and small helpers are should; the rest is must. */
kit_level kit_level_by_rule(hcsref_str op, const kit_json *tags);

#endif
