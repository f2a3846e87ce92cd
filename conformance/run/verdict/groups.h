/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Results that are alike: the same operation, and the first kind of difference (kinds.h) or the reason of the skip. One
 * fault makes many cases fail; a group is what there is to mend.
 */
#ifndef KIT_RUN_VERDICT_GROUPS_H
#define KIT_RUN_VERDICT_GROUPS_H

#include "run/verdict/kinds.h"

typedef struct kit_group {
  hcsref_str op, first; /**< first: the id of the first of its cases */
  char kind[KIT_KIND_SIZE];
  kit_verdict verdict;
  uint64_t cases;
} kit_group;

/** Most groups that are told apart; the results of others have none. */
#define KIT_GROUPS_KEPT 500

typedef struct kit_groups {
  hcsref_arena arena;
  kit_group items[KIT_GROUPS_KEPT]; /**< in the order of their first cases */
  size_t count;
} kit_groups;

/** Null: out of memory. */
kit_groups *kit_groups_new(void);
void kit_groups_free(kit_groups *groups);
/** Counts a result into its group and sets result->group: one that passed, or did not pass as listed, has none. False:
 * out of memory. */
bool kit_groups_note(kit_groups *groups, const kit_case *c, kit_result *result);
/** The groups of one verdict, the largest first, into `out`, which has room for KIT_GROUPS_KEPT; returns how many. */
size_t kit_groups_sorted(const kit_groups *groups, kit_verdict verdict, const kit_group **out);

#endif
