/* SPDX-License-Identifier: Apache-2.0 */
/* The building of a VM's document: what its steps share. */
#ifndef HCSREF_UVM_DOCUMENT_H
#define HCSREF_UVM_DOCUMENT_H

#include "uvm/boot.h"

/* Registry values of the VM itself: three at most. */
#define HCSREF_VM_REGISTRY_VALUES 3

/* The document and the parts of which there is one: one allocation. */
typedef struct hcsref_vm_parts {
  hcsref_v2_compute_system system;
  hcsref_v2_version schema, version;
  hcsref_v2_virtual_machine vm;
  hcsref_v2_chipset chipset;
  hcsref_v2_uefi uefi;
  hcsref_v2_uefi_boot_entry boot_entry;
  hcsref_v2_firmware_file firmware;
  hcsref_v2_topology topology;
  hcsref_v2_memory2 memory2;
  hcsref_v2_processor2 processor2;
  hcsref_v2_virtual_machine_memory memory;
  hcsref_v2_virtual_machine_processor processor;
  hcsref_v2_cpu_group cpu_group;
  hcsref_v2_numa numa;
  hcsref_v2_numa_processors numa_processors;
  hcsref_v2_devices devices;
  hcsref_v2_com_port_entry com_port;
  hcsref_v2_scsi_entry controller;
  hcsref_v2_attachment_entry attachments[3];
  hcsref_v2_video_monitor video_monitor;
  hcsref_v2_keyboard keyboard;
  hcsref_v2_enhanced_mode_video enhanced_video;
  hcsref_v2_hv_socket2 hv_socket;
  hcsref_v2_hv_socket_system_config hv_socket_config;
  hcsref_v2_guest_crash_reporting crash_reporting;
  hcsref_v2_windows_crash_reporting crash_settings;
  hcsref_v2_virtual_smb virtual_smb;
  hcsref_v2_virtual_smb_share share;
  hcsref_v2_virtual_smb_share_options share_options;
  hcsref_v2_guest_state guest_state;
  hcsref_v2_security_settings security;
  hcsref_v2_isolation_settings isolation;
  hcsref_v2_registry_changes registry;
  hcsref_v2_registry_key registry_keys[HCSREF_VM_REGISTRY_VALUES];
  hcsref_v2_storage_qos storage_qos;
  hcsref_v2_debug_options debug_options;
  hcsref_str slit_type;
  bool hcl_enabled;
} hcsref_vm_parts;

typedef struct hcsref_vm_builder {
  hcsref_shim_call *call;
  const hcsref_uvm_options *options;
  hcsref_vm_boot boot;
  hcsref_vm_parts *parts;
  int32_t processors; /* of the VM */
  uint64_t memory_mb; /* of the VM */
} hcsref_vm_builder;

/* Fails with upstream's words after "error in preparing config doc: ". */
bool hcsref_vm_fail(const hcsref_vm_builder *b, const char *code, const char *where, const char *message);
bool hcsref_vm_fail_host(const hcsref_vm_builder *b, const char *code, const char *where, const char *what,
                         hcsref_str message);
/* GrantVmAccess to the VM; `what` says to what. */
bool hcsref_vm_grant(const hcsref_vm_builder *b, hcsref_str path, const char *what);

bool hcsref_vm_build_processors(hcsref_vm_builder *b); /* and memory */
bool hcsref_vm_build_numa(hcsref_vm_builder *b);
bool hcsref_vm_build_registry(hcsref_vm_builder *b);
bool hcsref_vm_build_devices(hcsref_vm_builder *b);
bool hcsref_vm_build_dumps(hcsref_vm_builder *b);
bool hcsref_vm_build_boot(hcsref_vm_builder *b);
bool hcsref_vm_build_confidential(hcsref_vm_builder *b);
/* Puts a disk on the next LUN of the one controller. */
void hcsref_vm_attach(hcsref_vm_builder *b, hcsref_str path, bool read_only);

#endif
