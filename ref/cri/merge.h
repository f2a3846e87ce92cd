/* SPDX-License-Identifier: Apache-2.0 */
/* Which mounts there will be: those of the CRI config, those of the runtime, those of the base spec. */
#ifndef HCSREF_CRI_MERGE_H
#define HCSREF_CRI_MERGE_H

#include "cri/steps.h"

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

/* All mounts of the first list, the config's, and those of the others whose path none of the first has, in the order
 * they are to be placed. Error "cri-null-mount": there is a null among them. */
bool hcsref_merge_mounts(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_mount_list *lists,
                         size_t list_count, hcsref_supplied_mounts *out, hcsref_error *err);

/* Copies to `kept`, which has room for all, those of `defaults` (slice of hcsref_oci_mount) whose path no supplied
 * mount has; `*count` is their number. */
bool hcsref_keep_default_mounts(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_slice *defaults,
                                const hcsref_supplied_mounts *supplied, hcsref_oci_mount *kept, size_t *count,
                                hcsref_error *err);

#endif
