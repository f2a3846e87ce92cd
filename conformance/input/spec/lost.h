/* SPDX-License-Identifier: Apache-2.0 */
/** @file What leaves no trace: of a config in its spec, of a spec in its documents. */
#ifndef HCSPROOF_INPUT_LOST_H
#define HCSPROOF_INPUT_LOST_H

#include "hcsref/hcsref.h"

/** Notes (slice of input_note) for what the container's config asks for and `spec`, which was made of it, does not
 * have. `patterns`: annotations are passed on by the runtime's patterns; else none is. False: out of memory. */
bool input_note_lost(hcsref_arena *arena, const hcsref_cri_container_config *config, const hcsref_oci_spec *spec,
                     bool patterns, hcsref_slice *notes);
/** The same for a pod's config and the spec of its own container. */
bool input_note_lost_of_pod(hcsref_arena *arena, const hcsref_cri_pod_sandbox_config *config,
                            const hcsref_oci_spec *spec, hcsref_slice *notes);

/** The shim that reads a spec, and what it makes of it. */
typedef struct input_reader {
  const hcsref_rules *rules;
  bool v2;            /**< a document of schema 2 */
  bool has_ccg_state; /**< Windows gave a state for the credential spec */
} input_reader;

/** Notes for what a spec (JSON text) says and no document of a Windows container has: sections for Linux, members that
 * the release does not know, values that it passes over. Of a text that is no JSON nothing is said. False: out of
 * memory. */
bool input_note_lost_of_spec(hcsref_arena *arena, const input_reader *reader, hcsref_str spec, hcsref_slice *notes);

/** Is the change with that slug in force? `info` tells of it. */
bool input_has_change(const hcsref_rules *rules, const char *slug, hcsref_change_info *info);

/** The release that first knew a field, as " of PART RELEASE and newer"; empty when every release does. */
bool input_field_release(hcsref_arena *arena, const hcsref_field *field, hcsref_str *out);

#endif
