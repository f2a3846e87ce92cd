/* SPDX-License-Identifier: Apache-2.0 */
/** @file The look and the script that the HTML pages share: one file, nothing loaded from elsewhere. */
#ifndef KIT_REPORT_PAGE_H
#define KIT_REPORT_PAGE_H

#include "report/format.h"

/** Everything up to the page's first heading, which is `title`. */
void kit_page_begin(FILE *out, hcsref_str title);
/** The search field, with a button for each of `names` (ended by null), which shows only cases of that class. */
void kit_page_filters(FILE *out, const char *const *names);
/** The script and the end of the page. */
void kit_page_end(FILE *out);

#endif
