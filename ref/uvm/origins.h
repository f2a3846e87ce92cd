/* SPDX-License-Identifier: Apache-2.0 */
/* Notes of where the options and the document of a VM come from; without a place to note it in, nothing happens. */
#ifndef HCSREF_UVM_ORIGINS_H
#define HCSREF_UVM_ORIGINS_H

#include "uvm/document.h"

void hcsref_note_vm_options(const hcsref_shim_call *call);
/* Where the option, a member of the call's, was set: a JSON pointer to its annotation or into the spec; "" for a
 * default, and for what no single place sets. */
const char *hcsref_vm_option_place(const hcsref_shim_call *call, const void *option);
void hcsref_note_vm_document(const hcsref_vm_builder *b);

#endif
