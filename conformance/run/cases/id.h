/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What a case may be called. An id names a file in places (--documents, golden/, a report's folder), so it must be a
 * name wherever it gets to and lead nowhere.
 */
#ifndef KIT_RUN_CASES_ID_H
#define KIT_RUN_CASES_ID_H

#include "hcsref/base.h"

/** A name that every file system takes for one in the folder where it is looked for: no control character, none of
 * / \ : * ? " < > |, no dot at its beginning, no dot or space at its end, no device of Windows (con, nul.txt, com1). */
bool kit_is_plain_name(hcsref_str name);
/** Plain names with a slash between each two, KIT_LONGEST_ID bytes at most. */
bool kit_is_id(hcsref_str id);

#define KIT_LONGEST_ID ((size_t)500)

#endif
