/* SPDX-License-Identifier: Apache-2.0 */
/** @file What is known of the kit's own names: rules of lint (rules.def) and error codes (errors.def). */
#ifndef HCSPROOF_EXPLAIN_ENTRIES_H
#define HCSPROOF_EXPLAIN_ENTRIES_H

#include "explain/page.h"

/** Is `name` a rule of lint or an error code? */
bool explain_has_entry(const char *name);
/** Fills a page about it: both when it is a rule and a code. */
void explain_entry_page(explain_page *page, const char *name);
/** Adds to the current part what the error code demands, and why. */
void explain_entry_line(explain_page *page, const char *name);
/** The rule, the error code or the name of a result that `word` may be a misspelling of, or null. */
const char *explain_entry_near(const char *word);

#endif
