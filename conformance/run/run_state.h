/* SPDX-License-Identifier: Apache-2.0 */
/** @file Everything that an invocation of hcsproof run needs, in one place. */
#ifndef KIT_RUN_RUN_STATE_H
#define KIT_RUN_RUN_STATE_H

#include "run/cases/history.h"
#include "run/cases/home.h"
#include "run/cases/level.h"
#include "run/cases/source.h"
#include "run/console.h"
#include "run/run_options.h"
#include "run/select/scope.h"

/** What the testee of --against answered (old.h). */
typedef struct run_old run_old;

typedef struct run_state {
  const cli_invocation *invocation;
  run_options *o;
  hcsref_arena arena;
  kit_source *source;
  kit_history *history;
  kit_home home;
  kit_levels *levels; /* of recorded cases */
  kit_scope scope;
  const hcsref_profile *profile; /* who is compared with */
  kit_selection selection;
  kit_patterns *ids, *excluded; /* of the selection */
  kit_run_options run;
  kit_console console;
  run_old *old; /* null: cases say what is expected */
} run_state;

/** Prints "hcsproof COMMAND: MESSAGE" on standard error, behind the progress line; returns `status`. */
int run_complain(run_state *s, int status, const char *message);
/** Tells a case that cannot be read; `context` is a run_state. */
void run_complain_case(void *context, hcsref_str message);
/** Zero bytes and an arena; then, after whatever failed, run_close. */
void run_open(run_state *s, const cli_invocation *invocation);
void run_close(run_state *s);
/** Finds and chooses the cases; then how they are to be played. CLI_OK, or the status to end with: it was told why. */
int run_prepare(run_state *s);
int run_set_up(run_state *s);
/** --list, --dry-run, and playing: each returns an exit status. */
int run_list(run_state *s);
int run_dry(run_state *s);
int run_play(run_state *s);

#endif
