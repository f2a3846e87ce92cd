/* SPDX-License-Identifier: Apache-2.0 */
/* The container paths that are taken. */
#ifndef HCSREF_CRI_PATH_SET_H
#define HCSREF_CRI_PATH_SET_H

#include "hcsref/base.h"

typedef const hcsref_str *hcsref_path_ref;

/* Zero bytes: the empty set. */
typedef struct hcsref_path_set {
  hcsref_path_ref *paths; /* bucket by bucket, each in byte order */
  size_t *ends;           /* where each bucket ends */
  size_t buckets;         /* a power of 2 */
} hcsref_path_set;

/* The set of `paths`; false when out of memory. */
bool hcsref_path_set_make(hcsref_arena *arena, const hcsref_str *paths, size_t count, hcsref_path_set *set);
bool hcsref_path_set_has(const hcsref_path_set *set, hcsref_str path);

#endif
