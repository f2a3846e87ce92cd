/* SPDX-License-Identifier: Apache-2.0 */
/** @file A CRI config as crictl reads it. */
#ifndef KIT_INPUT_SPEC_CONFIG_H
#define KIT_INPUT_SPEC_CONFIG_H

#include "input/spec/spec.h"

/** Reads a CRI config (`type`: of a container or a pod) from JSON or YAML as crictl does, with its notes. Errors: those
 * of the codec and of YAML; "input-encoding"; "not-a-config" when the text is something else. */
bool input_read_config(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str bytes, const hcsref_type *type,
                       void *out, hcsref_slice *notes, hcsref_error *err);

/** Is it a request as containerd logs it, in Go's own notation? */
bool input_is_go_text(hcsref_str text);
/** Says so; false. */
bool input_refuse_go_text(hcsref_arena *arena, hcsref_error *err);

#endif
