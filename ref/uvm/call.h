/* SPDX-License-Identifier: Apache-2.0 */
/* One create call of the shim, and its steps until the options of a VM. */
#ifndef HCSREF_UVM_CALL_H
#define HCSREF_UVM_CALL_H

#include "hcsref/uvm.h"
#include "release/changes.h"

typedef struct hcsref_shim_call {
  hcsref_arena *arena;
  hcsref_oci_spec *spec;
  const hcsref_uvm_settings *settings;
  const hcsref_vm_host *host;
  const hcsref_rules *rules;
  hcsref_error *err;
  hcsref_str vm_id;
  hcsref_map annotations; /* those that options are read from: uvm/read.h */
  hcsref_uvm_options *options;
  hcsref_layers layers; /* `folders` without the scratch; until 0.12 with the VM's own */
} hcsref_shim_call;

/* Fails with upstream's words at `where`, a JSON pointer. */
bool hcsref_call_fail(const hcsref_shim_call *call, const char *code, const char *where, const char *message);
/* Fails with the host's words after `prefix`, or for want of memory when it had none. */
bool hcsref_call_fail_host(const hcsref_shim_call *call, const char *code, const char *prefix, hcsref_str message);

/* The call up to the options, and whether there will be a VM. */
bool hcsref_call_begin(hcsref_shim_call *call, bool *makes_vm);

/* Steps, in upstream's order. */
bool hcsref_call_note_options(hcsref_shim_call *call);       /* runtime options become annotations */
bool hcsref_call_expand_annotations(hcsref_shim_call *call); /* one annotation stands for several */
bool hcsref_call_settle_isolation(hcsref_shim_call *call);
bool hcsref_call_check_platform(hcsref_shim_call *call);
bool hcsref_call_convert_rootfs(hcsref_shim_call *call); /* until 0.13: layers come before everything of the VM */
bool hcsref_call_parse_layers(hcsref_shim_call *call);   /* since 0.13: with the boot files */
bool hcsref_call_check_pod(hcsref_shim_call *call);
bool hcsref_call_check_task(hcsref_shim_call *call);
bool hcsref_call_read_options(hcsref_shim_call *call);
bool hcsref_call_read_confidential(hcsref_shim_call *call);

#endif
