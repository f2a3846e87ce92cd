/* SPDX-License-Identifier: Apache-2.0 */
/* Annotations of a VM, read by the rules of the release. What cannot be read is as good as absent. */
#ifndef HCSREF_UVM_READ_H
#define HCSREF_UVM_READ_H

#include "uvm/call.h"

#define HCSREF_VM_ANNOTATION "io.microsoft.virtualmachine."

/* Keeps the spec's annotations whose keys begin with "io.microsoft.": some fifty are looked for among them, and a pod
 * may have many others. Before all below. False: out of memory. */
bool hcsref_vm_collect_annotations(hcsref_shim_call *call);
const hcsref_str *hcsref_vm_annotation(const hcsref_shim_call *call, hcsref_str key);
bool hcsref_vm_read_bool(const hcsref_shim_call *call, hcsref_str key, bool fallback);
uint64_t hcsref_vm_read_uint64(const hcsref_shim_call *call, hcsref_str key, uint64_t fallback);
uint32_t hcsref_vm_read_uint32(const hcsref_shim_call *call, hcsref_str key, uint32_t fallback);
hcsref_str hcsref_vm_read_string(const hcsref_shim_call *call, hcsref_str key, hcsref_str fallback);
/* The annotation if it is not 0, else what the spec says (null: nothing) if it is not 0, else `fallback`. */
int32_t hcsref_vm_read_limit(const hcsref_shim_call *call, hcsref_str key, const uint64_t *of_spec, int32_t fallback);
/* A comma list of numbers, all of them or none. Slices of uint32_t and uint64_t. False: out of memory. */
bool hcsref_vm_read_list32(const hcsref_shim_call *call, hcsref_str key, hcsref_slice *out);
bool hcsref_vm_read_list64(const hcsref_shim_call *call, hcsref_str key, hcsref_slice *out);

#endif
