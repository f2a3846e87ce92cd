/* SPDX-License-Identifier: Apache-2.0 */
/** @file What is measured, in three steps: the text is decoded, the stage makes something of it, and that is encoded.
 */
#ifndef BENCH_STAGES_H
#define BENCH_STAGES_H

#include "host.h"
#include "workload.h"

#include <hcsref/hcsref.h>

/** What all translations of a workload share. */
typedef struct bench_stages {
  const workload *work;
  bench_host *host;
  const hcsref_create_options *options;
  const hcsref_profile *profile; /* the newest, for whatever is not the baseline's */
  hcsref_arena arena;
  hcsref_error err;
} bench_stages;

/** One translation; which members count depends on the workload's kind. */
typedef struct translation {
  union {
    hcsref_oci_spec spec;
    hcsref_cri_container_config cri;
    hcsref_docker_config docker;
  } in;
  hcsref_str layer_folders[3]; /* of docker's container: the spec points to them */
  hcsref_documents documents;
  hcsref_v2_compute_system *machine;
  hcsref_oci_spec spec; /* of CRI and of docker */
  hcsref_str v1, v2;    /* texts; a machine's and a spec's is v2 */
} translation;

/** The three steps, in this order. The first empties the arena. False: the reason is in `s->err`. */
bool stage_decode(bench_stages *s, translation *t);
bool stage_map(bench_stages *s, translation *t);
bool stage_encode(bench_stages *s, translation *t);

#endif
