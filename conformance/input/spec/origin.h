/* SPDX-License-Identifier: Apache-2.0 */
/** @file From a place of a spec back to the config that the spec was made of. */
#ifndef HCSPROOF_INPUT_ORIGIN_H
#define HCSPROOF_INPUT_ORIGIN_H

#include "hcsref/hcsref.h"
#include "input/spec/crictl.h"

/** The mounts of a config by what their paths become in a spec, put in order when the first is looked for. Zero bytes:
 * not yet. */
typedef struct input_mount_order {
  bool made;
  hcsref_slice paths;
} input_mount_order;

/** What a spec was made of. */
typedef struct input_origin {
  const hcsref_rules *rules; /**< of the containerd that made it */
  const hcsref_cri_container_config *config;
  const hcsref_cri_pod_sandbox_config *pod; /**< null: not given */
  input_mount_order *order;                 /**< kept by the caller as long as the arena of its questions */
} input_origin;

/** The place that `where`, a pointer into the spec, comes from: `*where` becomes a pointer into the config
 * (INPUT_CONFIG) or the pod (INPUT_POD), which is told. INPUT_OPERAND: it comes from neither, and stays. `spec` (null:
 * unknown) tells which mount is meant. False: out of memory. Source: containerd's steps, hcsref_cri_container_spec. */
bool input_find_origin(hcsref_arena *arena, const input_origin *from, const hcsref_oci_spec *spec, hcsref_str *where,
                       input_source *source);

/** The same for the spec of a pod's own container: the place in the pod's config; `where` when it comes from nothing
 * there. Source: containerd's steps, hcsref_cri_sandbox_spec. */
hcsref_str input_find_origin_in_pod(const hcsref_cri_pod_sandbox_config *pod, hcsref_str where);

#endif
