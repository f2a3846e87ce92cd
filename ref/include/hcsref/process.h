/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The document that starts a process in a container: a task's first one, and every exec. Source: hcsshim
 * internal/cmd/cmd.go Start; cmd/containerd-shim-runhcs-v1/task_hcs.go handleProcessArgsForIsolatedJobContainer.
 */
#ifndef HCSREF_PROCESS_H
#define HCSREF_PROCESS_H

#include "hcsref/oci.h"
#include "hcsref/profile.h"
#include "hcsref/schema2_live.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Where the process's streams lead; which of them somebody holds the other end of. */
typedef struct hcsref_process_streams {
  bool in, out, err;
} hcsref_process_streams;

/** The process parameters for `process`, the same for both kinds of isolation: the Host Compute Service is given them
 * as they are, a guest as text in a string. `spec` is the task's, of which only annotations and isolation matter; null:
 * none. `profile` null: the baseline. The process is left as it is. Errors: "process-missing" (there is no process;
 * hcsshim before 0.12.0 crashes), "out-of-memory"; `where` points into the process. */
HCSREF_API bool hcsref_process_document(hcsref_arena *arena, const hcsref_profile *profile,
                                        const hcsref_oci_process *process, const hcsref_oci_spec *spec,
                                        const hcsref_process_streams *streams, hcsref_v2_process_parameters **out,
                                        hcsref_error *err);

#ifdef __cplusplus
}
#endif

#endif
