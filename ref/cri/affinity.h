/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HCSREF_CRI_AFFINITY_H
#define HCSREF_CRI_AFFINITY_H

#include "hcsref/cri.h"
#include "hcsref/oci.h"

/* The entries of a slice of hcsref_cri_windows_cpu_group_affinity pointers that are not null, as the spec has them.
 * False: out of memory. */
bool hcsref_read_affinity(hcsref_arena *arena, const hcsref_slice *from, hcsref_slice *out);

#endif
