/* SPDX-License-Identifier: Apache-2.0 */
/** @file Many specifications, one a line, on all processors: the results come out in the order of the lines. */
#ifndef HCSPROOF_TRANSLATE_JSONL_H
#define HCSPROOF_TRANSLATE_JSONL_H

#include "io/output.h"
#include "translate/translation.h"

typedef struct jsonl_run jsonl_run;

/** What came of the lines. */
typedef struct jsonl_counts {
  uint64_t lines, failed;
} jsonl_counts;

/** Starts `jobs` threads (at least 1) that translate with `t` and write to `out`. Lines longer than `line_limit` are
 * answered with the error "too-large". Memory is bounded by jobs × (JSONL_WAITING × the longest lines at hand + what
 * their translation takes). Null: out of memory, or no thread could be started. */
jsonl_run *jsonl_start(const translation *t, output_file *out, unsigned jobs, uint64_t line_limit);
/** Translates all lines of a descriptor. False on a read error (errno, 0 for out of memory); a write error is kept in
 * the output. */
bool jsonl_feed(jsonl_run *run, int fd);
/** Waits until all results are written and ends the threads. */
jsonl_counts jsonl_finish(jsonl_run *run);

/** Batches in work or waiting to be written, for each thread. */
#define JSONL_WAITING 4
/** Lines are handed to a thread in batches of up to so many bytes, or of one longer line. */
#define JSONL_BATCH ((size_t)1 << 16)

#endif
