/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The devices of a virtual machine in HCS schema 2, of which hcsref/schema2_vm.h is the whole.
 * Source: hcsshim internal/hcs/schema2.
 */
#ifndef HCSREF_SCHEMA2_VM_DEVICES_H
#define HCSREF_SCHEMA2_VM_DEVICES_H

#include "hcsref/schema2.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct hcsref_v2_devices hcsref_v2_devices;
typedef struct hcsref_v2_com_port hcsref_v2_com_port;
typedef struct hcsref_v2_scsi hcsref_v2_scsi;
typedef struct hcsref_v2_attachment hcsref_v2_attachment;
typedef struct hcsref_v2_virtual_pmem_controller hcsref_v2_virtual_pmem_controller;
typedef struct hcsref_v2_virtual_pmem_device hcsref_v2_virtual_pmem_device;
typedef struct hcsref_v2_network_adapter hcsref_v2_network_adapter;
typedef struct hcsref_v2_iov_settings hcsref_v2_iov_settings;
typedef struct hcsref_v2_video_monitor hcsref_v2_video_monitor;
typedef struct hcsref_v2_rdp_connection_options hcsref_v2_rdp_connection_options;
typedef struct hcsref_v2_keyboard hcsref_v2_keyboard;
typedef struct hcsref_v2_mouse hcsref_v2_mouse;
typedef struct hcsref_v2_enhanced_mode_video hcsref_v2_enhanced_mode_video;
typedef struct hcsref_v2_guest_crash_reporting hcsref_v2_guest_crash_reporting;
typedef struct hcsref_v2_windows_crash_reporting hcsref_v2_windows_crash_reporting;
typedef struct hcsref_v2_virtual_smb hcsref_v2_virtual_smb;
typedef struct hcsref_v2_virtual_smb_share hcsref_v2_virtual_smb_share;
typedef struct hcsref_v2_virtual_smb_share_options hcsref_v2_virtual_smb_share_options;
typedef struct hcsref_v2_plan9 hcsref_v2_plan9;
typedef struct hcsref_v2_plan9_share hcsref_v2_plan9_share;
typedef struct hcsref_v2_battery hcsref_v2_battery;
typedef struct hcsref_v2_flexible_io_device hcsref_v2_flexible_io_device;
typedef struct hcsref_v2_shared_memory_configuration hcsref_v2_shared_memory_configuration;
typedef struct hcsref_v2_shared_memory_region hcsref_v2_shared_memory_region;
typedef struct hcsref_v2_virtual_pci_device hcsref_v2_virtual_pci_device;
typedef struct hcsref_v2_virtual_pci_function hcsref_v2_virtual_pci_function;

/** The devices of a VM, most of them by name. */
struct hcsref_v2_devices {
  hcsref_map com_ports; /* map[string]ComPort */
  hcsref_map scsi;      /* map[string]Scsi */
  hcsref_v2_virtual_pmem_controller *virtual_pmem;
  hcsref_map network_adapters; /* map[string]NetworkAdapter */
  hcsref_v2_video_monitor *video_monitor;
  hcsref_v2_keyboard *keyboard;
  hcsref_v2_mouse *mouse;
  hcsref_v2_hv_socket2 *hv_socket;
  hcsref_v2_enhanced_mode_video *enhanced_mode_video;
  hcsref_v2_guest_crash_reporting *guest_crash_reporting;
  hcsref_v2_virtual_smb *virtual_smb;
  hcsref_v2_plan9 *plan9;
  hcsref_v2_battery *battery;
  hcsref_map flexible_iov; /* map[string]FlexibleIoDevice */
  hcsref_v2_shared_memory_configuration *shared_memory;
  hcsref_map virtual_pci; /* map[string]VirtualPciDevice */
};

/** A serial port. */
struct hcsref_v2_com_port {
  hcsref_str named_pipe;
  bool optimize_for_debugger;
};

/** A SCSI controller; its attachments by LUN. */
struct hcsref_v2_scsi {
  hcsref_map attachments; /* map[string]Attachment */
};

/** A disk on a SCSI controller. */
struct hcsref_v2_attachment {
  hcsref_str type;
  hcsref_str path;
  bool ignore_flushes;
  hcsref_str caching_mode;
  bool no_write_hardening;
  bool disable_expansion_optimization;
  bool ignore_relative_locator;
  bool capture_io_attribution_context;
  bool read_only;
  bool support_compressed_volumes;
  bool always_allow_sparse_files;
  hcsref_str extensible_virtual_disk_type;
};

/** Persistent memory devices of a Linux VM. */
struct hcsref_v2_virtual_pmem_controller {
  hcsref_map devices; /* map[string]VirtualPMemDevice */
  uint32_t maximum_count;
  uint64_t maximum_size_bytes;
  hcsref_str backing;
};

/** An image that is persistent memory of a Linux VM. */
struct hcsref_v2_virtual_pmem_device {
  hcsref_str host_path;
  bool read_only;
  hcsref_str image_format;
};

/** A network adapter. */
struct hcsref_v2_network_adapter {
  hcsref_str endpoint_id;
  hcsref_str mac_address;
  hcsref_v2_iov_settings *iov_settings;
};

/** SR-IOV of a network adapter. */
struct hcsref_v2_iov_settings {
  uint32_t *offload_weight;
  uint32_t *queue_pairs_requested;
  hcsref_str *interrupt_moderation;
};

/** A screen. */
struct hcsref_v2_video_monitor {
  int32_t horizontal_resolution;
  int32_t vertical_resolution;
  hcsref_v2_rdp_connection_options *connection_options;
};

/** Who may see a screen. */
struct hcsref_v2_rdp_connection_options {
  hcsref_slice access_sids; /* []string */
  hcsref_str named_pipe;
};

/** A keyboard. */
struct hcsref_v2_keyboard {
  char none; /* it has no members */
};

/** A mouse. */
struct hcsref_v2_mouse {
  char none; /* it has no members */
};

/** A screen in enhanced mode. */
struct hcsref_v2_enhanced_mode_video {
  hcsref_v2_rdp_connection_options *connection_options;
};

/** What becomes of a crash of the guest. */
struct hcsref_v2_guest_crash_reporting {
  hcsref_v2_windows_crash_reporting *windows_crash_settings;
};

/** Where a Windows guest's crash dump goes. */
struct hcsref_v2_windows_crash_reporting {
  hcsref_str dump_file_name;
  int64_t max_dump_size;
  hcsref_str dump_type;
};

/** Folders that are shared over VSMB. */
struct hcsref_v2_virtual_smb {
  hcsref_slice shares; /* []VirtualSmbShare */
  int64_t direct_file_mapping_in_mb;
};

/** One VSMB share. */
struct hcsref_v2_virtual_smb_share {
  hcsref_str name;
  hcsref_str path;
  hcsref_slice allowed_files; /* []string */
  hcsref_v2_virtual_smb_share_options *options;
};

/** How a VSMB share behaves. */
struct hcsref_v2_virtual_smb_share_options {
  bool read_only;
  bool share_read;
  bool cache_io;
  bool no_oplocks;
  bool take_backup_privilege;
  bool use_share_root_identity;
  bool no_directmap;
  bool no_locks;
  bool no_dirnotify;
  bool vm_shared_memory;
  bool restrict_file_access;
  bool force_level_ii_oplocks;
  bool reparse_base_layer;
  bool pseudo_oplocks;
  bool non_cache_io;
  bool pseudo_dirnotify;
  bool single_file_mapping;
};

/** Folders that are shared with a Linux VM. */
struct hcsref_v2_plan9 {
  hcsref_slice shares; /* []Plan9Share */
};

/** One share with a Linux VM. */
struct hcsref_v2_plan9_share {
  hcsref_str name;
  hcsref_str access_name;
  hcsref_str path;
  int32_t port;
  int32_t flags;
  hcsref_slice allowed_files; /* []string */
};

/** A battery. */
struct hcsref_v2_battery {
  char none; /* it has no members */
};

/** A device that the host emulates. */
struct hcsref_v2_flexible_io_device {
  hcsref_str emulator_id;
  hcsref_str hosting_model;
  hcsref_slice configuration; /* []string */
};

/** Memory that is shared with the guest. */
struct hcsref_v2_shared_memory_configuration {
  hcsref_slice regions; /* []SharedMemoryRegion */
};

/** A region of shared memory. */
struct hcsref_v2_shared_memory_region {
  hcsref_str section_name;
  int32_t start_offset;
  int32_t length;
  bool allow_guest_write;
  bool hidden_from_guest;
};

/** A device of the host that is given to the VM, by VMBus channel GUID. */
struct hcsref_v2_virtual_pci_device {
  hcsref_slice functions; /* []VirtualPciFunction */
  bool *propagate_numa_affinity;
};

/** One PCI function. */
struct hcsref_v2_virtual_pci_function {
  hcsref_str device_instance_path;
  uint16_t virtual_function;
};

/** The entry of a map[string]Attachment. */
typedef struct hcsref_v2_attachment_entry {
  hcsref_str key;
  hcsref_v2_attachment value;
} hcsref_v2_attachment_entry;

/** The entry of a map[string]ComPort. */
typedef struct hcsref_v2_com_port_entry {
  hcsref_str key;
  hcsref_v2_com_port value;
} hcsref_v2_com_port_entry;

/** The entry of a map[string]FlexibleIoDevice. */
typedef struct hcsref_v2_flexible_io_device_entry {
  hcsref_str key;
  hcsref_v2_flexible_io_device value;
} hcsref_v2_flexible_io_device_entry;

/** The entry of a map[string]NetworkAdapter. */
typedef struct hcsref_v2_network_adapter_entry {
  hcsref_str key;
  hcsref_v2_network_adapter value;
} hcsref_v2_network_adapter_entry;

/** The entry of a map[string]Scsi. */
typedef struct hcsref_v2_scsi_entry {
  hcsref_str key;
  hcsref_v2_scsi value;
} hcsref_v2_scsi_entry;

/** The entry of a map[string]VirtualPMemDevice. */
typedef struct hcsref_v2_virtual_pmem_device_entry {
  hcsref_str key;
  hcsref_v2_virtual_pmem_device value;
} hcsref_v2_virtual_pmem_device_entry;

/** The entry of a map[string]VirtualPciDevice. */
typedef struct hcsref_v2_virtual_pci_device_entry {
  hcsref_str key;
  hcsref_v2_virtual_pci_device value;
} hcsref_v2_virtual_pci_device_entry;

HCSREF_API extern const hcsref_type hcsref_type_v2_devices;
HCSREF_API extern const hcsref_type hcsref_type_v2_com_port;
HCSREF_API extern const hcsref_type hcsref_type_v2_scsi;
HCSREF_API extern const hcsref_type hcsref_type_v2_attachment;
HCSREF_API extern const hcsref_type hcsref_type_v2_virtual_pmem_controller;
HCSREF_API extern const hcsref_type hcsref_type_v2_virtual_pmem_device;
HCSREF_API extern const hcsref_type hcsref_type_v2_network_adapter;
HCSREF_API extern const hcsref_type hcsref_type_v2_iov_settings;
HCSREF_API extern const hcsref_type hcsref_type_v2_video_monitor;
HCSREF_API extern const hcsref_type hcsref_type_v2_rdp_connection_options;
HCSREF_API extern const hcsref_type hcsref_type_v2_keyboard;
HCSREF_API extern const hcsref_type hcsref_type_v2_mouse;
HCSREF_API extern const hcsref_type hcsref_type_v2_enhanced_mode_video;
HCSREF_API extern const hcsref_type hcsref_type_v2_guest_crash_reporting;
HCSREF_API extern const hcsref_type hcsref_type_v2_windows_crash_reporting;
HCSREF_API extern const hcsref_type hcsref_type_v2_virtual_smb;
HCSREF_API extern const hcsref_type hcsref_type_v2_virtual_smb_share;
HCSREF_API extern const hcsref_type hcsref_type_v2_virtual_smb_share_options;
HCSREF_API extern const hcsref_type hcsref_type_v2_plan9;
HCSREF_API extern const hcsref_type hcsref_type_v2_plan9_share;
HCSREF_API extern const hcsref_type hcsref_type_v2_battery;
HCSREF_API extern const hcsref_type hcsref_type_v2_flexible_io_device;
HCSREF_API extern const hcsref_type hcsref_type_v2_shared_memory_configuration;
HCSREF_API extern const hcsref_type hcsref_type_v2_shared_memory_region;
HCSREF_API extern const hcsref_type hcsref_type_v2_virtual_pci_device;
HCSREF_API extern const hcsref_type hcsref_type_v2_virtual_pci_function;

#ifdef __cplusplus
}
#endif

#endif
