/* SPDX-License-Identifier: Apache-2.0 */
/** @file A document that somebody has: what it is, what is wrong with it, what becomes of it. */
#ifndef HCSPROOF_EXPLAIN_DOCUMENT_H
#define HCSPROOF_EXPLAIN_DOCUMENT_H

#include "compare/tree.h"
#include "explain/codes.h"
#include "explain/page.h"
#include "input/foreign.h"
#include "input/pasted/pasted.h"

/** Most findings and most places that a page shows of a document. */
#define EXPLAIN_MOST_FINDINGS 12
#define EXPLAIN_MOST_PLACES   4

/** What kind of document it is, with its article; null: unknown. */
const char *explain_kind(const kit_json *tree);
/** Do the words that explain_kind gave stand for several things? */
bool explain_is_plural(const char *kind);
/** Adds what lint finds in it, and for an input what the reference makes of it. `text` is what `tree` was read from. */
void explain_document(explain_page *page, hcsref_str text, const kit_json *tree);
/** The same of a document whose end is missing: only what lint finds in its whole parts, not what it finds missing. */
void explain_cut_document(explain_page *page, const input_found *found);
/** Adds why a file of another program is not checked, and what to give instead. */
void explain_foreign(explain_page *page, const input_foreign *foreign);
/** Adds the places of the document that most likely led to `code`; nothing when there is none. */
void explain_places(explain_page *page, const kit_json *tree, const explain_code *code);

#endif
