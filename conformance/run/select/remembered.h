/* SPDX-License-Identifier: Apache-2.0 */
/** @file Which lists of ranges hold for a profile: thousands of recorded cases share a few. */
#ifndef KIT_RUN_SELECT_REMEMBERED_H
#define KIT_RUN_SELECT_REMEMBERED_H

#include "run/cases/case.h"

/** The lists that were looked at last, with what came of it; zero bytes to begin with. Of one profile. */
#define KIT_REMEMBERED_LISTS  64
#define KIT_REMEMBERED_LENGTH 248
typedef struct kit_remembered {
  struct {
    size_t length; /**< of `text`; 0: nothing is remembered here */
    int performer;
    bool holds;
    char text[KIT_REMEMBERED_LENGTH];
  } lists[KIT_REMEMBERED_LISTS];
} kit_remembered;

/** kit_case_in_profile, from memory where it can; `remembered` may be null. */
bool kit_remembered_in_profile(kit_remembered *remembered, const kit_case *c, const hcsref_profile *profile);

#endif
