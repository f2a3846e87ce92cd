/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the tags of a case tell. */
#ifndef KIT_RUN_CASES_TAGS_H
#define KIT_RUN_CASES_TAGS_H

#include "run/cases/case.h"

/** Does the array `list` (null: no) hold the string `word`? */
bool kit_has_word(const kit_json *list, hcsref_str word);
/** Why an error is expected of which only that is known: a clause, or "" when no tag says it. */
const char *kit_case_error_reason(const kit_case *c);

#endif
