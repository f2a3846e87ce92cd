/* SPDX-License-Identifier: Apache-2.0 */
/** @file A CRI config as crictl reads it. */
#ifndef HCSPROOF_INPUT_CRICTL_H
#define HCSPROOF_INPUT_CRICTL_H

#include "compare/tree.h"
#include "hcsref/json.h"

/** Which text an error or a note is about. */
typedef enum input_source {
  INPUT_OPERAND,
  INPUT_POD,
  INPUT_IMAGE,
  INPUT_RUNTIME,
  INPUT_CONFIG /**< the config of --cri, beside an operand that is a spec */
} input_source;

/** A place of an input, and what is to be said of it. */
typedef struct input_note {
  input_source source;
  hcsref_str where; /**< JSON pointer */
  hcsref_str message;
} input_note;

/** Appends `tree` to `out` without the members that crictl passes over: those by the lowerCamelCase of protobuf's JSON,
 * which Go's tags do not have, and those of no name that the release knows (`rules`). Each is noted (slice of
 * input_note). False: out of memory. Source: cri-tools cmd/crictl/util.go loadContainerConfig, loadPodSandboxConfig. */
bool input_as_crictl(hcsref_arena *arena, const hcsref_rules *rules, const kit_json *tree, const hcsref_type *type,
                     hcsref_buf *out, hcsref_slice *notes);

/** Appends a note with hcsref_format's format. False: out of memory. */
bool input_add_note(hcsref_arena *arena, hcsref_slice *notes, hcsref_str where, const char *format, ...);

#endif
