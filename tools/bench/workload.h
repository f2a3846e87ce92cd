/* SPDX-License-Identifier: Apache-2.0 */
/** @file What is translated: specs and configs made in the program, the same ones every time. */
#ifndef BENCH_WORKLOAD_H
#define BENCH_WORKLOAD_H

#include <stdbool.h>
#include <stddef.h>

/** The id of the pod whose VM is made. */
#define WORKLOAD_POD "0f9d6c1d2b7a4e55"

/** What is made, and of what. */
typedef enum workload_kind {
  WORKLOAD_CONTAINER, /* of a spec, both documents of a container */
  WORKLOAD_MACHINE,   /* of a pod's spec, the document of its utility VM, by the newest release */
  WORKLOAD_CRI,       /* of kubelet's container config, the spec, by the newest release */
  WORKLOAD_DOCKER     /* of docker's container config, the spec and dockerd's document, by the newest release */
} workload_kind;

/** One text. `text` is malloc'd. */
typedef struct workload {
  const char *name;
  char *text;
  size_t size;
  size_t mounts; /* 0: not measured by mount */
  workload_kind kind;
  bool newest; /* a container's, translated by the newest release instead of the baseline */
} workload;

/** A spec of exactly `size` bytes with a little of everything that containerd writes: mounts, environment,
 * annotations, layers. False when out of memory. */
bool workload_of_size(workload *out, const char *name, size_t size);
/** The same of a hypervisor-isolated pod. */
bool workload_of_machine(workload *out, const char *name, size_t size);
/** A container config of exactly `size` bytes, as kubelet sends it: environment, mounts, annotations, resources. */
bool workload_of_cri(workload *out, const char *name, size_t size);
/** One of docker's API: environment, labels, a command. */
bool workload_of_docker(workload *out, const char *name, size_t size);
/** A small spec with that many mounts. False when out of memory. */
bool workload_of_mounts(workload *out, const char *name, size_t mounts);

#endif
