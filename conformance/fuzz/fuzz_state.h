/* SPDX-License-Identifier: Apache-2.0 */
/** @file Everything that an invocation of hcsproof fuzz needs, in one place. */
#ifndef KIT_FUZZ_FUZZ_STATE_H
#define KIT_FUZZ_FUZZ_STATE_H

#include "fuzz/explore.h"
#include "fuzz/fuzz_options.h"
#include "fuzz/reduce.h"
#include "run/console.h"

/* A question that shows a finding, and the case that asks it. */
typedef struct kit_fuzz_told {
  const kit_fuzz_operation *operation;
  hcsref_str params, id;
} kit_fuzz_told;

typedef struct kit_fuzz_state {
  const cli_invocation *invocation;
  const kit_fuzz_options *o;
  hcsref_arena arena;
  kit_fuzz_oracle oracle;
  kit_command against;
  kit_fuzz_operations operations;
  kit_fuzz_findings findings;
  kit_fuzz_limits limits;
  kit_run_options run;
  kit_selection selection;
  kit_console console;
  kit_fuzz_origin origin;
  hcsref_slice told;   /* of kit_fuzz_told: the questions that were written down */
  uint64_t unreadable; /* cases */
  bool write_failed;
} kit_fuzz_state;

/** Prints "hcsproof fuzz: MESSAGE" on standard error, behind the progress line; returns `status`. */
int kit_fuzz_complain(kit_fuzz_state *s, int status, const char *message);
/** A line of progress, on a terminal; a line for each finding from `known` on. */
void kit_fuzz_show_progress(kit_fuzz_state *s, uint64_t inputs, size_t known);
/** Writes a finding as a case and prints it; `context` is the state. */
void kit_fuzz_tell(void *context, const kit_fuzz_reduced *reduced);
/** The table of operations, and how to do it all again. */
void kit_fuzz_print_totals(kit_fuzz_state *s, uint64_t inputs);

#endif
