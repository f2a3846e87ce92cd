/* SPDX-License-Identifier: Apache-2.0 */
/* Annotations whose values are JSON. */
#ifndef HCSREF_UVM_TABLES_H
#define HCSREF_UVM_TABLES_H

#include "uvm/call.h"

/* The Hyper-V socket services that annotations name; a map[string]HvSocketServiceConfig. */
bool hcsref_vm_read_service_table(const hcsref_shim_call *call, hcsref_map *out);
/* The registry values of an annotation that a VM may be given. */
bool hcsref_vm_read_registry_values(const hcsref_shim_call *call, hcsref_slice *out);

#endif
