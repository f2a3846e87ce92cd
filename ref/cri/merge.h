/* SPDX-License-Identifier: Apache-2.0 */
/* Which mounts there will be: those of the CRI config, those of the runtime, those of the base spec. */
#ifndef HCSREF_CRI_MERGE_H
#define HCSREF_CRI_MERGE_H

#include "hcsref/cri.h"
#include "hcsref/oci.h"

/* A mount to be placed, and what is asked of its container path more than once. */
typedef struct hcsref_supplied_mount {
  const hcsref_cri_mount *mount;
  hcsref_str clean; /* filepath.Clean of the container path */
  hcsref_str key;   /* cleanMount of it: the same, but a named pipe as it is */
  const char *list; /* JSON pointer to the list that it came from, and its place there */
  size_t index;
} hcsref_supplied_mount;

typedef struct hcsref_supplied_mounts {
  hcsref_supplied_mount *items;
  size_t count;
} hcsref_supplied_mounts;

/* All CRI mounts and the extra ones whose path no CRI mount has, in the order they are to be placed. Error
 * "cri-null-mount": there is a null among them. */
bool hcsref_merge_mounts(hcsref_arena *arena, const hcsref_slice *cri, const hcsref_slice *extra,
                         hcsref_supplied_mounts *out, hcsref_error *err);

/* Copies to `kept`, which has room for all, those of `defaults` (slice of hcsref_oci_mount) whose path no supplied
 * mount has; `*count` is their number. */
bool hcsref_keep_default_mounts(hcsref_arena *arena, const hcsref_slice *defaults,
                                const hcsref_supplied_mounts *supplied, hcsref_oci_mount *kept, size_t *count,
                                hcsref_error *err);

#endif
