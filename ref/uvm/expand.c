/* SPDX-License-Identifier: Apache-2.0 */
/* One annotation that stands for several. Source: hcsshim cmd/containerd-shim-runhcs-v1/service_internal.go
 * createInternal. */
#include "uvm/call.h"

#include <string.h>

bool hcsref_call_expand_annotations(hcsref_shim_call *call) {
  hcsref_error problem = {0};
  if (hcsref_process_annotations(call->arena, call->rules, &call->spec->annotations, &problem))
    return true;
  if (strcmp(problem.code, "out-of-memory") == 0)
    return hcsref_fail_memory(call->err);
  return hcsref_fail(call->arena, call->err, problem.code, problem.where, "unable to process OCI Spec annotations: %v",
                     problem.message);
}
