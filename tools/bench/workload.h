/* SPDX-License-Identifier: Apache-2.0 */
/** @file What is translated: specs made in the program, the same ones every time. */
#ifndef BENCH_WORKLOAD_H
#define BENCH_WORKLOAD_H

#include <stdbool.h>
#include <stddef.h>

/** One spec. `text` is malloc'd. */
typedef struct workload {
  const char *name;
  char *text;
  size_t size;
  size_t mounts; /* 0: not measured by mount */
} workload;

/** A spec of exactly `size` bytes with a little of everything that containerd writes: mounts, environment,
 * annotations, layers. False when out of memory. */
bool workload_of_size(workload *out, const char *name, size_t size);
/** A small spec with that many mounts. False when out of memory. */
bool workload_of_mounts(workload *out, const char *name, size_t mounts);

#endif
