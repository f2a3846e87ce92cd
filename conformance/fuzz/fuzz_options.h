/* SPDX-License-Identifier: Apache-2.0 */
/** @file The options of hcsproof fuzz. */
#ifndef KIT_FUZZ_FUZZ_OPTIONS_H
#define KIT_FUZZ_FUZZ_OPTIONS_H

#include "cli/options.h"

/** The time when neither --time nor --runs is given. */
#define KIT_FUZZ_SECONDS 60

typedef struct kit_fuzz_options {
  const char *testee, *against, *profile, *suite, *seed, *out, *compare, *errors;
  cli_list ops;
  uint64_t time, runs;
  uint64_t jobs, window, timeout, answer_limit, memory_limit, restarts;
  uint64_t most, attempts, shown;
  bool quiet;
} kit_fuzz_options;

/** Fuzzes; returns the exit status. */
int kit_fuzz_command(const cli_invocation *invocation);

#endif
