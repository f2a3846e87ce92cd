/* SPDX-License-Identifier: Apache-2.0 */
/* Disks of a VM: where they are attached, and where the guest has them. Source: hcsshim internal/uvm/scsi; before 0.12
 * internal/uvm/scsi.go. */
#ifndef HCSREF_UVM_SCSI_H
#define HCSREF_UVM_SCSI_H

#include "hcsref/base.h"

#define HCSREF_VM_LUNS 64

/* A disk that was asked for. One of no users may still be there, because the VM would not let it go. */
typedef struct hcsref_vm_disk {
  hcsref_str type, path, evd_type; /* type "VirtualDisk", "PassThru", "ExtensibleVirtualDisk" */
  hcsref_str guest_path;
  bool read_only;
  uint32_t lun;
  uint32_t users, mount_users;
  size_t mount; /* its number among the mounts */
  bool mounted;
} hcsref_vm_disk;

/* Starts with zero bytes. */
typedef struct hcsref_vm_disks {
  hcsref_vm_disk *attached[HCSREF_VM_LUNS]; /* 0 is the VM's own */
  bool mounts[HCSREF_VM_LUNS];              /* the numbers that are taken */
} hcsref_vm_disks;

#endif
