/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The clock. Contestants take turns on the same bytes, a batch each in every round, and the median round of
 * each counts: what else the machine does hits all of them alike.
 */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include "host.h"
#include "workload.h"

#include <hcsref/hcsref.h>

enum { MAX_ROUNDS = 1000 };

typedef struct measure_settings {
  size_t rounds;   /* 1 … MAX_ROUNDS */
  bool stages;     /* measure each stage too */
  size_t batch_ms; /* least time of a batch, in milliseconds of processor time */
} measure_settings;

/** Nanoseconds of processor time for one document, of wall time, the least of the rounds, for its stages; `allocations`
 * that the arena asked of its allocator for one, once it had been used. */
typedef struct measurement {
  double decode_ns, map_ns, encode_ns;
  double translate_ns;
  double jansson_ns; /* json_loadb and json_dumps(JSON_COMPACT) */
  double memcpy_ns;
  double yyjson_ns; /* yyjson_read and yyjson_write; 0: built without yyjson */
  double allocations;
} measurement;

/** Measures one workload on `host`. False with the reason in `err` (its text lives in `arena`) when the spec can't
 * be translated, or for jansson when it can't be parsed. */
bool measure(const workload *work, bench_host *host, const hcsref_create_options *options,
             const measure_settings *settings, hcsref_arena *arena, measurement *out, hcsref_error *err);

#endif
