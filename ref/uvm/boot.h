/* SPDX-License-Identifier: Apache-2.0 */
/* The files that a VM boots from. */
#ifndef HCSREF_UVM_BOOT_H
#define HCSREF_UVM_BOOT_H

#include "uvm/call.h"

typedef struct hcsref_vm_boot {
  hcsref_layers_kind kind;
  hcsref_str image;   /* of HCSREF_LAYERS_FOLDERS: the layer folder that holds UtilityVM */
  hcsref_str scratch; /* the VM's own disk */
  /* of HCSREF_LAYERS_BLOCK_CIM */
  hcsref_str efi, boot_cim;
} hcsref_vm_boot;

/* Until 0.12: the scratch's folder, before anything else of the VM; then the image, and the folder again. */
bool hcsref_vm_make_scratch_folder(hcsref_shim_call *call);
bool hcsref_vm_find_image(hcsref_shim_call *call, hcsref_vm_boot *boot);
/* Until 0.12, after the document: the scratch, and the VM's access to it. */
bool hcsref_vm_make_scratch(hcsref_shim_call *call, const hcsref_vm_boot *boot);
/* Since 0.13, before the options are verified: all of it but the access. */
bool hcsref_vm_make_boot_files(hcsref_shim_call *call, hcsref_vm_boot *boot);
/* Copies the disks of a confidential VM to where its annotations want them for debugging. It is done when a VM is
 * closed, so also when none could be made of its files; what fails is not told. Source: internal/uvm/create.go
 * preserveWCOWScratch, create_wcow.go CreateWCOW. */
void hcsref_vm_keep_disks(const hcsref_shim_call *call, const hcsref_vm_boot *boot);

/* A file in the folder of the confidential boot files. */
bool hcsref_vm_confidential_file(const hcsref_shim_call *call, const char *name, hcsref_str *out);
/* filepath.Join of two. */
bool hcsref_vm_join(const hcsref_shim_call *call, hcsref_str folder, const char *name, hcsref_str *out);

#endif
