/* SPDX-License-Identifier: Apache-2.0 */
/** @file A run as the runner and what serves its workers share it. */
#ifndef KIT_RUN_PLAY_RUNNER_STATE_H
#define KIT_RUN_PLAY_RUNNER_STATE_H

#include "run/play/worker.h"

#define KIT_RUNNER_SINKS 16

struct kit_runner {
  kit_run_options options;
  kit_feed feed;
  const kit_expecter *expecter;
  void (*complain)(void *context, hcsref_str message);
  void *complain_context;
  kit_sink sinks[KIT_RUNNER_SINKS];
  size_t sink_count;
  kit_ticket *ring; /* cases head … tail - 1 are in play; case n is at n % ring_size */
  size_t ring_size;
  uint64_t head, tail;
  bool exhausted, stopped, enough;
  bool starved; /* the feed waits for results */
  const kit_worker_kind *kind;
  kit_worker **workers;
  kit_groups *groups;   /* of the summary, or null */
  hcsref_arena arena;   /* of the summary */
  hcsref_arena scratch; /* of the answer that is being read */
  kit_summary summary;
};

/** Where case `n` is while it is in play. */
static inline kit_ticket *kit_runner_ticket(kit_runner *r, uint64_t n) {
  return &r->ring[n % r->ring_size];
}

#endif
