/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What became of ids that the suite no longer has: its manifest lists renames and removals, so that the selections and
 * lists of known failures of other projects go on working.
 */
#ifndef KIT_RUN_CASES_HISTORY_H
#define KIT_RUN_CASES_HISTORY_H

#include "cli/options.h"
#include "hcsref/base.h"

typedef struct kit_history kit_history;

/** Says something about an id; the message has no line break. */
typedef void (*kit_history_teller)(void *context, hcsref_str message);

/** The history of the suite that `names` and `named` mean (kit_suite_open): of the first folder among them that has a
 * manifest, else of the suite. Without one that can be read nothing was renamed; `golden verify` complains about that.
 * Null: out of memory. */
kit_history *kit_history_open(const cli_list *names, const char *named);
void kit_history_free(kit_history *history);
/** The present id of the case that was once called `id`, or null when that is no old id. It lives as long as `history`.
 * `message` gets what there is to tell: the new id, or the reason of a removal (the id is then the last that it had).
 */
const char *kit_history_find(const kit_history *history, const char *id, char *message, size_t size);
/** Replaces old ids in a list of globs by present ones, and tells so. */
void kit_history_follow(const kit_history *history, cli_list *ids, kit_history_teller tell, void *context);

#endif
