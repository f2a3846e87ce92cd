/* SPDX-License-Identifier: Apache-2.0 */
/** @file What containerd's configuration says of a runtime, and what it hands to the shim. */
#ifndef HCSPROOF_INPUT_RUNTIME_H
#define HCSPROOF_INPUT_RUNTIME_H

#include "compare/tree.h"
#include "hcsref/hcsref.h"
#include "hcsref/uvm.h"

/** The runtime's options, as the shim gets them. */
typedef struct input_shim {
  hcsref_shim_options options;
  bool scale_cpu_limits; /**< to the processors of the VM */
} input_shim;

typedef struct input_runtime {
  hcsref_slice pod_annotations, container_annotations; /**< []string: patterns */
  hcsref_oci_spec *base_runtime_spec;                  /**< null: none */
  hcsref_str sandbox_image;
  input_shim *shim; /**< null: no options */
} input_runtime;

/** Reads one runtime's part of containerd's configuration, as JSON or YAML. Its patterns replace those in `out`. What
 * has no effect on a spec is noted. Errors: those of the encoding, of YAML and of the codec. */
bool input_read_runtime(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str bytes, input_runtime *out,
                        hcsref_slice *notes, hcsref_error *err);

/** Reads runtime options by their names in Go or in protobuf: the object in containerd's configuration, or
 * info.runtimeOptions of crictl's output. Null in `*out`: `node` is null or none. */
bool input_read_shim(hcsref_arena *arena, const kit_json *node, input_shim **out, hcsref_error *err);

#endif
