/* SPDX-License-Identifier: Apache-2.0 */
/** @file From what people have in hand to the runtime spec. */
#ifndef HCSPROOF_INPUT_SPEC_H
#define HCSPROOF_INPUT_SPEC_H

#include "hcsref/hcsref.h"
#include "input/kind.h"
#include "input/spec/crictl.h"
#include "input/spec/runtime.h"

/** What completes a config that kubelet or crictl would hand to containerd. A text whose data is null is not given. */
typedef struct input_setup {
  const hcsref_profile *profile; /**< null: the baseline */
  hcsref_str id;                 /**< of the container */
  hcsref_str network_namespace;
  hcsref_str pod;     /**< a PodSandboxConfig, as JSON or YAML */
  hcsref_str image;   /**< an OCI image config, docker image inspect, crictl inspecti, or the config in one of them */
  hcsref_str place;   /**< of several containers in one file: the pointer to this one (input_split); else empty */
  hcsref_str runtime; /**< of containerd's configuration: what input_read_runtime reads */
  bool from_config;   /**< of crictl inspect: the spec is made anew of info.config and compared with info.runtimeSpec */
} input_setup;

/** What became of an operand. */
typedef struct input_spec {
  input_kind kind;
  hcsref_str text;               /**< the runtime spec as JSON; of an unknown kind, the operand as UTF-8 */
  hcsref_slice notes;            /**< of input_note: what was passed over, assumed or lost */
  hcsref_str id;                 /**< of the container, where the operand tells it; else empty */
  const hcsref_profile *dockerd; /**< dockerd makes the document itself, as this profile does; null: the shim does */
  hcsref_str place;              /**< pointer to the spec, or to the config, inside the operand */
  const kit_json *container;     /**< of docker: what the spec was made of; null: something else */
  const hcsref_cri_container_config *config; /**< what the spec was made of; null: a pod, or nothing */
  const hcsref_cri_pod_sandbox_config
      *pod;               /**< the pod of `config`, when it was given; without `config`, what the spec was made of */
  hcsref_str ran;         /**< with from_config: the spec that ran, as JSON; null data: there is none */
  const input_shim *shim; /**< the options that the shim gets with the spec; null: none are known */
  const hcsref_profile *maker; /**< who made the spec; null: it was there */
} input_spec;

/** The dockerd of a profile that has none. */
#define INPUT_NEWEST_MOBY "moby-28.5.2"

/** Reads one item of input_split, `bytes`: encoding, YAML, recognition, unwrapping; of CRI configs the spec is made,
 * asking `host` about each mount's source. What is made of docker's containers has stand-ins for what their host alone
 * knows, which are noted. Errors: those of hcsref_cri_container_spec and hcsref_cri_sandbox_spec, of the codec and of
 * YAML; "input-encoding"; "spec-missing" (nothing to unwrap); "not-a-spec" (it is something else that is known),
 * "kubernetes-object", "go-text". `err->where` is a pointer into the text that `*source` tells. */
bool input_read_spec(hcsref_arena *arena, const input_setup *setup, hcsref_str bytes, const hcsref_host *host,
                     input_spec *out, input_source *source, hcsref_error *err);

#endif
