/* SPDX-License-Identifier: Apache-2.0 */
/** @file A run of hcsproof explain: where pages go, and what came of each thing that was to be explained. */
#ifndef HCSPROOF_EXPLAIN_SESSION_H
#define HCSPROOF_EXPLAIN_SESSION_H

#include "cli/options.h"
#include "explain/page.h"

typedef struct explain_session {
  bool json;
  size_t width;
  const cli_list *suites;        /**< where cases are; empty: the suite */
  uint64_t told;                 /**< pages so far */
  const hcsref_profile *profile; /**< of --profile; null: not given */
} explain_session;

/** Prints the page; CLI_OK, or CLI_KIT after a line on standard error when memory was out. */
int explain_emit(explain_session *s, const char *what, const explain_page *page);
/** Says on standard error that nothing is known of `what`, `why` (the format is kit_print's) and what is near:
 * CLI_FAILED.
 */
int explain_unknown(explain_session *s, const char *what, const char *format, ...);

/** Explains the cases of a file or folder (`is_path`), or those that a glob on ids matches; CLI_FAILED when there is
 * none, CLI_USAGE without a suite. */
int explain_cases(explain_session *s, const char *wanted, bool is_path);
/** Is `text` a case, or are its lines? */
bool explain_is_case(hcsref_str text, bool lines);

#endif
