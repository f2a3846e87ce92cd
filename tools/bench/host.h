/* SPDX-License-Identifier: Apache-2.0 */
/** @file Hosts to translate on: one that has every path, and the scripted one from a file of the user's. */
#ifndef BENCH_HOST_H
#define BENCH_HOST_H

#include <hcsref/hcsref.h>

/** A host to translate on; `script` is the text of the scripted one, or empty. */
typedef struct bench_host {
  hcsref_str script;
  hcsref_arena arena; /* of the scripted one */
  hcsref_host host;   /* what to hand to the pipeline, once made ready */
} bench_host;

/** What the making of a VM asks besides: all files can be copied and opened. */
hcsref_vm_host bench_vm_host(const bench_host *host);

/** What dockerd asks besides: a server, with no credential specs in its registry. */
hcsref_docker_host bench_docker_host(const bench_host *host);

/** Makes `host->host` ready for a batch. Without a script it is Windows Server 2022 with 8 processors, where every
 * path is there and resolves to a volume path and a layer's id is made from its folder: it costs next to nothing, so
 * that the translation is what is measured. A scripted host is loaded afresh, for it writes down what it is asked.
 * Errors as hcsref_script_load; their texts are valid until the next call. */
bool bench_host_ready(bench_host *host, hcsref_error *err);

#endif
