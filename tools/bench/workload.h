/* SPDX-License-Identifier: Apache-2.0 */
/** @file What is translated: specs made in the program, the same ones every time. */
#ifndef BENCH_WORKLOAD_H
#define BENCH_WORKLOAD_H

#include <stdbool.h>
#include <stddef.h>

/** The id of the pod whose VM is made. */
#define WORKLOAD_POD "0f9d6c1d2b7a4e55"

/** One spec. `text` is malloc'd. */
typedef struct workload {
  const char *name;
  char *text;
  size_t size;
  size_t mounts; /* 0: not measured by mount */
  bool machine;  /* a pod's, of which the document of its utility VM is made, by the newest release */
  bool newest;   /* a container's, translated by the newest release instead of the baseline */
} workload;

/** A spec of exactly `size` bytes with a little of everything that containerd writes: mounts, environment,
 * annotations, layers. False when out of memory. */
bool workload_of_size(workload *out, const char *name, size_t size);
/** The same of a hypervisor-isolated pod. */
bool workload_of_machine(workload *out, const char *name, size_t size);
/** A small spec with that many mounts. False when out of memory. */
bool workload_of_mounts(workload *out, const char *name, size_t mounts);

#endif
