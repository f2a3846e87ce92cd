/* SPDX-License-Identifier: Apache-2.0 */
/** @file The look and the script that the HTML pages share: one file, nothing loaded from elsewhere. */
#ifndef KIT_REPORT_PAGE_H
#define KIT_REPORT_PAGE_H

#include "report/format.h"

/** Everything up to the page's first heading, which is `title`. */
void kit_page_begin(FILE *out, hcsref_str title);
/** A button that shows only the cases of a class. */
typedef struct kit_page_filter {
  const char *name, *label; /**< name: as data-case has it, among others perhaps */
  uint64_t cases;           /**< how many there are; without any there is no button */
} kit_page_filter;

/** The search field and the buttons. `folded`: cases are <details>, and one more button opens all that are shown. */
void kit_page_filters(FILE *out, const kit_page_filter *filters, size_t count, bool folded);
/** The script and the end of the page. */
void kit_page_end(FILE *out);

#endif
