/* SPDX-License-Identifier: Apache-2.0 */
/** @file What people paste: log lines, error messages, result documents, and documents. */
#ifndef HCSPROOF_EXPLAIN_TEXT_H
#define HCSPROOF_EXPLAIN_TEXT_H

#include "explain/page.h"

/** Fills the page with what is known of `text`, which is of any encoding. False: nothing is known of it (or, when
 * page->failed, memory was out). */
bool explain_text(explain_page *page, hcsref_str text);

#endif
