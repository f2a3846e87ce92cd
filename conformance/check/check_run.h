/* SPDX-License-Identifier: Apache-2.0 */
/** @file One run of hcsproof check: what the files of the command share. */
#ifndef KIT_CHECK_RUN_H
#define KIT_CHECK_RUN_H

#include "check/recording/recording.h"
#include "check/state.h"
#include "cli/options.h"
#include "io/input.h"

#define CHECK_SIZE_LIMIT ((uint64_t)256 << 20) /* of a recording or a bundle's file */

typedef struct check_options {
  const char *format, *tier, *profile, *state, *pod, *image, *runtime, *with, *output;
  cli_list bundles;
  uint64_t build;
  bool strict, rules, scrub, keep_secrets;
} check_options;

typedef struct check_run {
  const check_options *o;
  const char *name; /* of the recording */
  bool color, json;
  hcsref_slice bundles; /* []check_bundle */
  state_bundles state;
  size_t in_state; /* containers with a bundle there */
  size_t unnamed;  /* containers that were compared with a bundle that names none */
  bundle_setup setup;
  hcsref_arena arena; /* for all that lasts as long as the run */
  input_map map;      /* of the recording */
  const hcsref_profile *profile;
  uint64_t errors, warnings, told;
} check_run;

/* check_read.c */
/** Prints a line on standard error; the status. */
int check_complain(const char *name, int status, const char *message);
/** A whole file in the arena. False: it was said why not. */
bool check_read(check_run *s, const char *path, const char **name, hcsref_str *text);

/* check_bundles.c */
/** Reads what --bundle, --state, --pod, --image and --runtime name. False: it was said why not. */
bool check_read_bundles(check_run *s);
/** What a container was made from: that of --bundle with its id, that of --state, that of --bundle without an id. */
check_bundle *check_find_bundle(void *context, hcsref_str id);

/* check_print.c */
void check_print(void *context, const check_finding *f);
void check_print_totals(const check_run *s, const check_totals *totals);

/* check_share.c */
/** Writes the recording without its secrets. */
int check_share(check_run *s, const char *path);

/* check_with.c */
/** Compares the recording with another. */
int check_with(check_run *s, const char *path);

#endif
