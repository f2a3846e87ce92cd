/* SPDX-License-Identifier: Apache-2.0 */
/** @file The reports of hcsrun smoke, in the kit's formats. */
#ifndef HCSRUN_SMOKE_REPORT_H
#define HCSRUN_SMOKE_REPORT_H

#include "smoke/scene.h"

#include "report/report.h"

/** What became of a scenario; the texts are its own (malloc), or null. */
typedef struct outcome_row {
  verdict verdict;
  char *reason, *log;
  uint64_t microseconds;
} outcome_row;

/** How the whole run went. */
typedef struct smoke_result {
  uint64_t counts[3]; /* by verdict */
  uint64_t microseconds;
  int status;
} smoke_result;

typedef struct smoke_reports {
  kit_report **open;
  size_t count;
  char *host; /* what it was played on */
} smoke_reports;

/** Are the requests of --report right? False: a line was printed. */
bool smoke_reports_are_right(const cli_list *requests);
/** Opens the reports that are asked for ("KIND=PATH"), before anything is played. False: a line was printed. */
bool smoke_reports_open(smoke_reports *r, const session *s, const cli_list *requests);
void smoke_reports_add(smoke_reports *r, const scenario *what, const outcome_row *row);
/** Puts them in their places. False: a line was printed for each that could not be written. */
bool smoke_reports_finish(smoke_reports *r, const smoke_result *result);
/** Forgets those that are still open, and frees. */
void smoke_reports_free(smoke_reports *r);

#endif
