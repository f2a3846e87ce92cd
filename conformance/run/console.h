/* SPDX-License-Identifier: Apache-2.0 */
/** @file A run as people see it: a block for each failure, progress on a terminal, totals. */
#ifndef KIT_RUN_CONSOLE_H
#define KIT_RUN_CONSOLE_H

#include "io/print.h"
#include "run/outcome.h"
#include "run/select/scope.h"

#include <stdio.h>

typedef struct kit_console {
  FILE *out;                     /**< where results go */
  FILE *progress;                /**< where progress goes; null: nowhere */
  bool color, verbose;           /**< verbose: passed and skipped cases have a line too */
  bool quiet;                    /**< only the totals */
  size_t shown;                  /**< most differences shown of a case */
  bool asks;                     /**< what was asked is shown with a failure */
  hcsref_str why;                /**< the profile was chosen; empty: nothing is told of it */
  hcsref_str repro;              /**< options that a command to repeat a case needs: "--testee 'x' --compare bytes" */
  uint64_t played, bad, skipped; /* so far */
  uint64_t began;                /* kit_now when progress was first shown; 0: it was not */
  uint64_t progress_at;          /* kit_now of the last progress line; 0: there is none */
} kit_console;

/** A sink's function; `context` is a kit_console. */
void kit_console_result(void *context, const kit_case *c, const kit_result *result);
/** Removes the progress line; call before writing anything else. */
void kit_console_clear(kit_console *console);
/** What stopped the run, and breaches. */
void kit_console_troubles(kit_console *console, const kit_summary *summary);
/** What was alike, by verdict; nothing when it is quiet. */
void kit_console_groups(const kit_console *console, const kit_summary *summary);
/** Totals, what stopped the run, breaches. `terms` and `scope`: null when levels, or what there was to choose from, are
 * of no interest. */
void kit_console_summary(kit_console *console, const kit_run_options *options, const kit_summary *summary,
                         const kit_terms *terms, const kit_scope *scope);
/** One line a difference: pointer, kind, expected and actual, each cut after `width` characters. */
void kit_print_differences(FILE *out, const kit_differences *differences, size_t shown, size_t width, bool color,
                           const char *indent);
/** The same for what was one way before and is another after. */
void kit_print_before_after(FILE *out, const kit_differences *differences, size_t shown, size_t width,
                            const char *indent);
/** Several lines, each behind `indent`. */
void kit_print_lines(FILE *out, hcsref_str text, const char *indent);
/** Appends the command that plays just this case again. */
void kit_append_repro(hcsref_buf *buf, const kit_case *c, hcsref_str options);

#endif
