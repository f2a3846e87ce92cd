/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Expectation files: the failures that are known of an implementation. A JSON object a line
 *
 *     {"case": "mounts/vsmb-*", "class": "difference", "reason": "why it is so", "issue": "https://…",
 *      "expires": "2026-12-31"}
 *
 * where `case` is an id or a glob, `class` a failure's name (kit_failure_name), and issue and expires may be left
 * out; blank lines and lines that begin with # are comments. The first entry that matches a case's id and class counts.
 * An entry must hold of every case that it matches: one that passes, or that no case needs any more, is out of date.
 */
#ifndef KIT_RUN_EXPECT_H
#define KIT_RUN_EXPECT_H

#include "run/case.h"
#include "run/history.h"
#include "run/result.h"

typedef struct kit_expectations kit_expectations;

/** Reads the file; `today` is a date like 2026-01-31. A file that does not exist is empty when `may_be_missing`. Null:
 * `message` names file, line and reason. */
kit_expectations *kit_expectations_load(const char *path, const char *today, bool may_be_missing, char *message,
                                        size_t size);
/** The same from the text of a file; `path` is its name in messages. The text must live as long. */
kit_expectations *kit_expectations_read(hcsref_str text, const char *path, const char *today, char *message,
                                        size_t size);
void kit_expectations_free(kit_expectations *x);
/** Entries for a case that was renamed are for what it is called now; `tell` says so, and which were removed. */
void kit_expectations_follow(kit_expectations *x, const kit_history *history, kit_history_teller tell, void *context);
/** Remember the failures that are not listed, so that they can be written down. */
void kit_expectations_remember(kit_expectations *x);
/** A kit_expecter's function; `context` is a kit_expectations. */
void kit_expectations_judge(void *context, const kit_case *c, kit_result *r);
/** Tells each entry that is out of date: expired, or (when the whole suite was played) matched by no case. Returns
 * how many there are. */
size_t kit_expectations_check(const kit_expectations *x, bool whole_suite,
                              void (*tell)(void *context, const char *message), void *context);
/** Appends what kit_expectations_update writes. False: out of memory. */
bool kit_expectations_text(const kit_expectations *expectations, bool whole_suite, hcsref_buf *out);
/** Writes the file anew: entries that hold stay as they are, but for ids that
 * changed, with all comments; those that do not are dropped; failures
 * that were not listed are added at the end. False: `message` says why not. */
bool kit_expectations_update(const kit_expectations *expectations, bool whole_suite, char *message, size_t size);

#endif
