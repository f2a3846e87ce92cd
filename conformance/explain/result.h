/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the service says of a failed call: codes, the failed step, events, paths. */
#ifndef HCSPROOF_EXPLAIN_RESULT_H
#define HCSPROOF_EXPLAIN_RESULT_H

#include "compare/tree.h"
#include "explain/codes.h"
#include "explain/events.h"

/** Most codes, events and paths of one text that are told apart. */
#define EXPLAIN_MOST_CODES  8
#define EXPLAIN_MOST_EVENTS 16
#define EXPLAIN_MOST_PATHS  4

/** What was said of a failure, gathered from result documents and messages. */
typedef struct explain_failure {
  explain_number codes[EXPLAIN_MOST_CODES];
  size_t code_count;
  struct {
    uint64_t id;
    hcsref_str provider, message; /* the GUID, or empty; the event's own words, or empty */
  } events[EXPLAIN_MOST_EVENTS];
  size_t event_count;
  hcsref_str paths[EXPLAIN_MOST_PATHS]; /* $, $.Container.Storage, … */
  size_t path_count;
  hcsref_str message;          /* the result's ErrorMessage or Error; empty: none */
  const kit_json *attribution; /* the array, or null */
  uint32_t unknown;            /**< the first code that nothing is known of; 0: none */
  bool succeeded;              /**< a result document has the error 0 */
} explain_failure;

void explain_note_code(explain_failure *f, const explain_number *number);
/** Notes the codes and paths that `text` has. */
void explain_note_text(explain_failure *f, hcsref_str text);
/** Notes `[Event Detail: … Provider: … EventID: …]` and its like. */
void explain_note_events(explain_failure *f, hcsref_str text);

/** Notes the code that the words of `text` stand for, where no number says which it is, or only E_FAIL. */
void explain_note_words(explain_failure *f, hcsref_str text);
/** Is it an answer that tells of a failure? */
bool explain_is_result(const kit_json *tree);
/** Notes all that it says. */
void explain_note_result(explain_failure *f, const kit_json *tree);

/** The code that says most, as it was written; null: there is none. */
const explain_number *explain_main_code(const explain_failure *f);
/** Adds parts about all that was noted; paths are followed into `document` (null: not at hand). */
void explain_failure_parts(explain_page *page, const explain_failure *f, const kit_json *document);

#endif
