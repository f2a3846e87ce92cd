/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Reports for machines and for people who were not there. Results are kept in a file of their own while the run
 * goes on; when all is known the report is put in its place. So it is there whole or not at all, and memory does not
 * grow with the run.
 */
#ifndef KIT_REPORT_REPORT_H
#define KIT_REPORT_REPORT_H

#include "run/outcome.h"
#include "run/select/scope.h"

#include <stdio.h>

/** What a report says of the run as a whole. */
typedef struct kit_report_info {
  const char *subject;            /**< what the report is of; null: a run of hcsproof */
  const kit_run_options *options; /**< null: nothing was compared with the answers of a release */
  const kit_summary *summary;
  const kit_scope *scope;
  const kit_terms *terms;
  const char *command; /**< the testee's command, or the folder of documents */
  const char *errors;  /**< "any", "code" or "message" */
  hcsref_str repro;    /**< options that a command to repeat a case needs */
  int status;          /**< the exit status of the run */
  char started[32];    /**< 2026-01-31T12:00:00Z */
} kit_report_info;

typedef struct kit_report kit_report;

/** "tap|junit|json|html|markdown|github|sarif|badge". */
extern const char kit_report_kinds[];

/** Is each of the requests "KIND=PATH", and each PATH another one? Two reports in one place would be one after the
 * other, or the second in place of the first. False: `message` says what is wrong. */
bool kit_report_requests_are_right(const char *const *requests, size_t count, char *message, size_t size);
/** Opens the report that such a request asks for; PATH - is standard output, at the end. `request` and `repro` (as in
 * kit_report_info) must live as long as the report; `strict` as in kit_terms.
 * Null: `message` says why not. */
kit_report *kit_report_open(const char *request, hcsref_str repro, bool strict, char *message, size_t size);
/** A sink's function; `context` is a kit_report. */
void kit_report_result(void *context, const kit_case *c, const kit_result *result);
/** Completes the report and puts it in its place; frees it in any case. False: `message` says why not; it is empty
 * when nobody reads standard output any more, which is no error. */
bool kit_report_finish(kit_report *report, const kit_report_info *info, char *message, size_t size);
/** Forgets it; nothing is left of it. Null is fine. */
void kit_report_abandon(kit_report *report);

#endif
