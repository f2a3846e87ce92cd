/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Expectation files: the failures that are known of an implementation. One JSON object per line
 *
 *     {"case": "mounts/vsmb-*", "op": "oci-to-hcs", "class": "difference", "reason": "why it is so",
 *      "issue": "https://…", "expires": "2026-12-31"}
 *
 * where `case` is an id or a glob, `op` a glob on the operation, `class` a failure's name (kit_failure_name); op, issue
 * and expires may be left out. Blank lines and lines that begin with # are comments. The first entry that matches a
 * case's id, operation and class counts.
 *
 * An entry is out of date when a case that it matches was played and passed, or when no suite has such a case. That a
 * run did not play one says nothing.
 */
#ifndef KIT_RUN_EXPECTATIONS_EXPECT_H
#define KIT_RUN_EXPECTATIONS_EXPECT_H

#include "run/cases/case.h"
#include "run/cases/history.h"
#include "run/verdict/result.h"

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
/** Remember the failures that are not listed, so that they can be written down; skipped cases too when `skips`. */
void kit_expectations_remember(kit_expectations *x, bool skips);
/** A kit_expecter's function; `context` is a kit_expectations. */
void kit_expectations_judge(void *context, const kit_case *c, kit_result *r);
/** After the run: must the suite be asked which cases there are, before the next two are called? */
bool kit_expectations_need_suite(const kit_expectations *x);
/** Tells of a case that the suite has, whether it was played or not. */
void kit_expectations_meet(kit_expectations *x, const kit_case *c);
/** Instead: there are cases that cannot be read, so that every entry is taken to have one. */
void kit_expectations_trust(kit_expectations *x);
/** Tells each entry that is out of date: expired, or matched by no case of the suite. (One whose case passed is told
 * with the case.) Returns how many there are. */
size_t kit_expectations_check(const kit_expectations *x, void (*tell)(void *context, const char *message),
                              void *context);
/** Appends what kit_expectations_update writes. False: out of memory. */
bool kit_expectations_text(kit_expectations *x, hcsref_buf *out);
/** Writes the file anew: comments and entries that hold stay as they are, but for ids that changed; entries that are
 * out of date go, and a glob that holds of some of its cases is replaced by those and by what was not played. Failures
 * that were not listed are added at the end: an operation that was skipped as a whole with one entry. False: `message`
 * says why not. */
bool kit_expectations_update(kit_expectations *x, char *message, size_t size);

#endif
