/* SPDX-License-Identifier: Apache-2.0 */
/** @file A spec that is made of a CRI config. */
#ifndef KIT_INPUT_SPEC_MAKING_H
#define KIT_INPUT_SPEC_MAKING_H

#include "input/spec/spec.h"

/* One operand under way. */
typedef struct spec_work {
  hcsref_arena *arena;
  const input_setup *setup;
  const hcsref_profile *profile; /* one that has containerd */
  const hcsref_rules *rules;     /* of that */
  const hcsref_host *host;
  input_spec *out;
  input_source *source;
  hcsref_error *err;
  hcsref_str sandbox_id, network_namespace; /* of the pod that the container ran in; empty: not told */
} spec_work;

bool spec_note(const spec_work *work, const char *message);
/** Notes from `first` on are about another text, or about a part of this one, which `prefix` names. */
bool spec_mark_notes(const spec_work *work, size_t first, input_source source, hcsref_str prefix);

/** Makes the spec of a CRI container config, as containerd does it; out->text is the spec. */
bool spec_of_container(const spec_work *work, hcsref_str bytes);
/** Makes the spec of a pod's sandbox container. */
bool spec_of_pod(const spec_work *work, hcsref_str bytes);

#endif
