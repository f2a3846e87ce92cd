/* SPDX-License-Identifier: Apache-2.0 */
/** @file The command line of hcsref-bench. */
#ifndef BENCH_OPTIONS_H
#define BENCH_OPTIONS_H

#include "measure.h"

typedef struct bench_options {
  bool help, json;
  const char *spec, *host; /* null: the built-in specs, the built-in host */
  measure_settings settings;
} bench_options;

/** False with one line on stderr when the command line is wrong. */
bool bench_options_parse(int argc, char **argv, bench_options *out);
void bench_options_help(void);

#endif
