/* SPDX-License-Identifier: Apache-2.0 */
/** @file The options of hcsproof run. */
#ifndef KIT_RUN_RUN_OPTIONS_H
#define KIT_RUN_RUN_OPTIONS_H

#include "cli/options.h"

typedef struct run_options {
  const char *testee, *one_shot, *documents, *suite;
  cli_list ids, excluded, areas, ops, levels;
  const char *tags, *profile;
  bool list, dry_run;
  uint64_t jobs, window, timeout, answer_limit, memory_limit, restarts;
  const char *compare, *errors;
  bool fail_fast, allow_skip, strict, verbose, quiet;
  uint64_t max_fail, shown;
  cli_list reports;
  const char *expect;
  bool expect_update;
  const char *against;
  const char *output; /* of record */
} run_options;

/** Plays cases' questions to a testee and writes its answers; the options are a run's. Returns the exit status. */
int kit_record_command(const cli_invocation *invocation);
/** Plays, lists or counts; returns the exit status. */
int kit_run_command(const cli_invocation *invocation);

#endif
