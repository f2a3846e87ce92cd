/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HCSREF_UVM_VSMB_H
#define HCSREF_UVM_VSMB_H

#include "hcsref/schema2_vm.h"

/* DefaultVSMBOptions, with direct mapping switched off when it is to be. Source: hcsshim internal/uvm/vsmb.go. */
void hcsref_vsmb_default_options(bool read_only, bool no_direct_map, hcsref_v2_virtual_smb_share_options *out);

#endif
