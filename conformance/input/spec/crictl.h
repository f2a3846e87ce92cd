/* SPDX-License-Identifier: Apache-2.0 */
/** @file A CRI config as crictl reads it. */
#ifndef HCSPROOF_INPUT_CRICTL_H
#define HCSPROOF_INPUT_CRICTL_H

#include "compare/tree.h"
#include "hcsref/json.h"
#include "input/spec/note.h"

/** Appends `tree` to `out` without the members that crictl passes over: those by the lowerCamelCase of protobuf's JSON,
 * which Go's tags do not have, and those of no name that the release knows (`rules`). Each is noted (slice of
 * input_note). False: out of memory. Source: cri-tools cmd/crictl/util.go loadContainerConfig, loadPodSandboxConfig. */
bool input_as_crictl(hcsref_arena *arena, const hcsref_rules *rules, const kit_json *tree, const hcsref_type *type,
                     hcsref_buf *out, hcsref_slice *notes);

#endif
