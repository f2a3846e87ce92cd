/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HCSREF_CRI_VOLUMES_H
#define HCSREF_CRI_VOLUMES_H

#include "cri/steps.h"

/* The mounts for the volumes of the image: slice of hcsref_cri_mount pointers. A volume gives way to a mount of the
 * config with the same clean path. Upstream takes them in the random order of a Go map, this in byte order
 * (docs/fidelity.md). Errors "cri-null-mount", "out-of-memory". */
bool hcsref_volume_mounts(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_cri_container *container,
                          hcsref_slice *out, hcsref_error *err);

#endif
