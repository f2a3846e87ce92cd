/* SPDX-License-Identifier: Apache-2.0 */
/** @file What of a config leaves no trace in the spec. */
#ifndef HCSPROOF_INPUT_LOST_H
#define HCSPROOF_INPUT_LOST_H

#include "hcsref/hcsref.h"

/** Notes (slice of input_note) for what the container's config asks for and `spec`, which was made of it, does not
 * have. False: out of memory. */
bool input_note_lost(hcsref_arena *arena, const hcsref_cri_container *from, const hcsref_oci_spec *spec,
                     hcsref_slice *notes);
/** The same for a pod's config and the spec of its own container. */
bool input_note_lost_of_pod(hcsref_arena *arena, const hcsref_cri_pod_sandbox_config *config,
                            const hcsref_oci_spec *spec, hcsref_slice *notes);

#endif
