/* SPDX-License-Identifier: Apache-2.0 */
/** @file What people read first: where an answer differs and with what, and what was asked, each on one short line. */
#ifndef KIT_RUN_CASES_HEADLINE_H
#define KIT_RUN_CASES_HEADLINE_H

#include "compare/compare.h"
#include "run/cases/case.h"

/** Appends the place and the two values of the first difference, and how many follow:
 * `/v2/Memory/SizeInMB: 256, expected 512 (and 3 more differences)`. */
void kit_headline_append(hcsref_buf *buf, const kit_differences *differences);
/** Appends the question on one line of about `width` bytes: without the host's facts and what nearly every
 * specification has, such as its layers. */
void kit_question_short(hcsref_buf *buf, const kit_case *c, size_t width);
/** Appends a title for a case that has none, from its question and its answer. */
void kit_title_append(hcsref_buf *buf, const kit_case *c);

#endif
