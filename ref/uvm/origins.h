/* SPDX-License-Identifier: Apache-2.0 */
/* Notes of where the options and the document of a VM come from; without a place to note it in, nothing happens. */
#ifndef HCSREF_UVM_ORIGINS_H
#define HCSREF_UVM_ORIGINS_H

#include "uvm/document.h"

void hcsref_note_vm_options(const hcsref_shim_call *call);
void hcsref_note_vm_document(const hcsref_vm_builder *b);

#endif
