/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * HCS schema 2: virtual machines. What hcsshim has for them, in every release from 0.11.0 on; a member that came or
 * went says so in its table. Source: hcsshim internal/hcs/schema2.
 */
#ifndef HCSREF_SCHEMA2_VM_H
#define HCSREF_SCHEMA2_VM_H

#include "hcsref/schema2.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct hcsref_v2_chipset hcsref_v2_chipset;
typedef struct hcsref_v2_uefi hcsref_v2_uefi;
typedef struct hcsref_v2_uefi_boot_entry hcsref_v2_uefi_boot_entry;
typedef struct hcsref_v2_linux_kernel_direct hcsref_v2_linux_kernel_direct;
typedef struct hcsref_v2_firmware_file hcsref_v2_firmware_file;
typedef struct hcsref_v2_topology hcsref_v2_topology;
typedef struct hcsref_v2_memory2 hcsref_v2_memory2;
typedef struct hcsref_v2_virtual_machine_memory hcsref_v2_virtual_machine_memory;
typedef struct hcsref_v2_processor2 hcsref_v2_processor2;
typedef struct hcsref_v2_cpu_group hcsref_v2_cpu_group;
typedef struct hcsref_v2_virtual_machine_processor hcsref_v2_virtual_machine_processor;
typedef struct hcsref_v2_numa_processors hcsref_v2_numa_processors;
typedef struct hcsref_v2_range hcsref_v2_range;
typedef struct hcsref_v2_numa hcsref_v2_numa;
typedef struct hcsref_v2_numa_setting hcsref_v2_numa_setting;
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
typedef struct hcsref_v2_guest_state hcsref_v2_guest_state;
typedef struct hcsref_v2_restore_state hcsref_v2_restore_state;
typedef struct hcsref_v2_debug_options hcsref_v2_debug_options;
typedef struct hcsref_v2_guest_connection hcsref_v2_guest_connection;
typedef struct hcsref_v2_security_settings hcsref_v2_security_settings;
typedef struct hcsref_v2_isolation_settings hcsref_v2_isolation_settings;
typedef struct hcsref_v2_migration_initialize_options hcsref_v2_migration_initialize_options;
typedef struct hcsref_v2_memory_migration_transfer_throttle_params hcsref_v2_memory_migration_transfer_throttle_params;
typedef struct hcsref_v2_migration_compression_settings hcsref_v2_migration_compression_settings;
typedef struct hcsref_v2_compatibility_info hcsref_v2_compatibility_info;
typedef struct hcsref_v2_memory_information_for_vm hcsref_v2_memory_information_for_vm;
typedef struct hcsref_v2_vm_memory hcsref_v2_vm_memory;
typedef struct hcsref_v2_virtual_node_info hcsref_v2_virtual_node_info;
typedef struct hcsref_v2_shared_memory_region_info hcsref_v2_shared_memory_region_info;
typedef struct hcsref_v2_guest_connection_info hcsref_v2_guest_connection_info;

/** A utility VM, or any other virtual machine: what takes the container's place in a create document. */
struct hcsref_v2_virtual_machine {
  hcsref_v2_version *version;
  bool stop_on_reset;
  hcsref_v2_chipset *chipset;
  hcsref_v2_topology *compute_topology;
  hcsref_v2_devices *devices;
  hcsref_v2_guest_state *guest_state;
  hcsref_v2_restore_state *restore_state;
  hcsref_v2_registry_changes *registry_changes;
  hcsref_v2_storage_qos *storage_qos;
  hcsref_v2_debug_options *debug_options;
  hcsref_v2_guest_connection *guest_connection;
  hcsref_v2_security_settings *security_settings;
  hcsref_str resource_partition_id;
  hcsref_v2_migration_initialize_options *migration_options;
};

/** Firmware and what it boots. */
struct hcsref_v2_chipset {
  hcsref_v2_uefi *uefi;
  bool is_num_lock_disabled;
  hcsref_str base_board_serial_number;
  hcsref_str chassis_serial_number;
  hcsref_str chassis_asset_tag;
  bool use_utc;
  hcsref_v2_linux_kernel_direct *linux_kernel_direct;
  hcsref_v2_firmware_file *firmware_file;
};

/** UEFI firmware. */
struct hcsref_v2_uefi {
  bool enable_debugger;
  hcsref_str apply_secure_boot_template;
  hcsref_str secure_boot_template_id;
  hcsref_v2_uefi_boot_entry *boot_this;
  hcsref_str console;
};

/** What UEFI boots: a file of a VmbFs share, a disk or a network adapter. */
struct hcsref_v2_uefi_boot_entry {
  hcsref_str device_type;
  hcsref_str device_path;
  int32_t disk_number;
  hcsref_str optional_data;
  hcsref_str vmb_fs_root_path;
};

/** A Linux kernel that is booted without firmware. */
struct hcsref_v2_linux_kernel_direct {
  hcsref_str kernel_file_path;
  hcsref_str init_rd_path;
  hcsref_str kernel_cmd_line;
};

/** Parameters of the firmware. */
struct hcsref_v2_firmware_file {
  hcsref_str parameters; /* decoded */
};

/** Processors and memory. Until hcsshim 0.13.0-rc.2 in the types of schema 2.1's first form. */
struct hcsref_v2_topology {
  hcsref_v2_memory2 *memory2;
  hcsref_v2_virtual_machine_memory *memory;
  hcsref_v2_processor2 *processor2;
  hcsref_v2_virtual_machine_processor *processor;
  hcsref_v2_numa *numa;
};

/** Memory of a VM, as hcsshim before 0.13.0-rc.2 has it. */
struct hcsref_v2_memory2 {
  uint64_t size_in_mb;
  bool allow_overcommit;
  bool enable_hot_hint;
  bool enable_cold_hint;
  bool enable_epf;
  bool enable_deferred_commit;
  bool enable_cold_discard_hint;
  uint64_t low_mmio_gap_in_mb;
  uint64_t high_mmio_base_in_mb;
  uint64_t high_mmio_gap_in_mb;
};

/** Memory of a VM. */
struct hcsref_v2_virtual_machine_memory {
  uint64_t size_in_mb;
  hcsref_str *backing;
  bool allow_overcommit;
  bool enable_hot_hint;
  bool enable_cold_hint;
  bool enable_cold_discard_hint;
  bool enable_deferred_commit;
  uint64_t low_mmio_gap_in_mb;
  uint64_t high_mmio_base_in_mb;
  uint64_t high_mmio_gap_in_mb;
  hcsref_str *slit_type;
};

/** Processors of a VM, as hcsshim before 0.13.0-rc.2 has them: negative numbers stay negative. */
struct hcsref_v2_processor2 {
  int32_t count;
  int32_t limit;
  int32_t weight;
  bool expose_virtualization_extensions;
  hcsref_v2_cpu_group *cpu_group;
};

/** The group of processors that the VM runs on. */
struct hcsref_v2_cpu_group {
  hcsref_str id;
};

/** Processors of a VM. */
struct hcsref_v2_virtual_machine_processor {
  uint32_t count;
  uint64_t limit;
  uint64_t weight;
  uint64_t reservation;
  hcsref_v2_cpu_group *cpu_group;
  hcsref_v2_numa_processors *numa_processors_settings;
};

/** A range of numbers. */
struct hcsref_v2_range {
  uint32_t max;
};

/** Processors of each virtual NUMA node. */
struct hcsref_v2_numa_processors {
  hcsref_v2_range count_per_node;
  uint32_t node_per_socket;
};

/** Virtual NUMA nodes. */
struct hcsref_v2_numa {
  uint8_t virtual_node_count;
  hcsref_slice preferred_physical_nodes; /* []int64 */
  hcsref_slice settings;                 /* []NumaSetting */
  uint64_t max_size_per_node;
};

/** One virtual NUMA node. */
struct hcsref_v2_numa_setting {
  uint32_t virtual_node_number;
  uint32_t physical_node_number;
  uint32_t virtual_socket_number;
  uint32_t count_of_processors;
  uint64_t count_of_memory_blocks;
  hcsref_str memory_backing_type;
};

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

/** Where the VM's own state is kept. */
struct hcsref_v2_guest_state {
  hcsref_str guest_state_file_path;
  hcsref_str guest_state_file_type;
  hcsref_str runtime_state_file_path;
  bool force_transient_state;
};

/** What the VM is restored from. */
struct hcsref_v2_restore_state {
  hcsref_str save_state_file_path;
  hcsref_str template_system_id;
};

/** Where the VM's state is saved when the guest crashes. */
struct hcsref_v2_debug_options {
  hcsref_str bugcheck_saved_state_file_name;
  hcsref_str bugcheck_no_crashdump_saved_state_file_name;
  hcsref_str triple_fault_saved_state_file_name;
  hcsref_str firmware_dump_file_name;
};

/** The bridge to the guest that the service itself makes. */
struct hcsref_v2_guest_connection {
  bool use_vsock;
  bool use_connected_suspend;
};

/** TPM and isolation. */
struct hcsref_v2_security_settings {
  bool enable_tpm;
  hcsref_v2_isolation_settings *isolation;
};

/** Isolation from the host (confidential computing). */
struct hcsref_v2_isolation_settings {
  hcsref_str isolation_type;
  hcsref_str debug_host;
  int64_t debug_port;
  hcsref_str launch_data;
  bool *hcl_enabled;
};

/** Live migration, at its destination. */
struct hcsref_v2_migration_initialize_options {
  hcsref_str origin;
  hcsref_str memory_transport;
  hcsref_v2_memory_migration_transfer_throttle_params *memory_transfer_throttle_params;
  hcsref_v2_migration_compression_settings *compression_settings;
  bool checksum_verification;
  bool perf_tracing_enabled;
  bool cancel_if_blackout_threshold_exceeds;
  bool prepare_memory_transfer_mode;
  hcsref_v2_compatibility_info *compatibility_data;
};

/** How a migration slows the VM down. */
struct hcsref_v2_memory_migration_transfer_throttle_params {
  bool *skip_throttling;
  double *throttling_scale;
  uint8_t *minimum_throttle_percentage;
  uint32_t *target_number_of_brownout_transfer_passes;
  uint32_t *starting_brownout_pass_number_for_throttling;
  uint32_t *maximum_number_of_brownout_transfer_passes;
  uint32_t *target_blackout_transfer_time;
  uint32_t *blackout_time_threshold_for_cancelling_migration;
};

/** How a migration compresses. */
struct hcsref_v2_migration_compression_settings {
  uint32_t *throttle_worker_count;
};

/** What a migration must be compatible with. */
struct hcsref_v2_compatibility_info {
  hcsref_str data; /* decoded */
};

/** Memory of a VM. */
struct hcsref_v2_memory_information_for_vm {
  uint32_t virtual_node_count;
  hcsref_v2_vm_memory *virtual_machine_memory;
  hcsref_slice virtual_nodes; /* []VirtualNodeInfo */
};

/** Memory of a VM, in units of pages. */
struct hcsref_v2_vm_memory {
  int32_t available_memory;
  int32_t available_memory_buffer;
  uint64_t reserved_memory;
  uint64_t assigned_memory;
  bool slp_active;
  bool balancing_enabled;
  bool dm_operation_in_progress;
};

/** Memory of a virtual NUMA node. */
struct hcsref_v2_virtual_node_info {
  int32_t virtual_node_index;
  int32_t physical_node_number;
  int32_t virtual_processor_count;
  int32_t memory_usage_in_pages;
};

/** A region of shared memory. */
struct hcsref_v2_shared_memory_region_info {
  hcsref_str section_name;
  int32_t guest_physical_address;
};

/** What the guest says of itself. */
struct hcsref_v2_guest_connection_info {
  hcsref_slice supported_schema_versions; /* []Version */
  int32_t protocol_version;
  hcsref_value *guest_defined_capabilities; /* any JSON */
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

HCSREF_API extern const hcsref_type hcsref_type_v2_virtual_machine;
HCSREF_API extern const hcsref_type hcsref_type_v2_chipset;
HCSREF_API extern const hcsref_type hcsref_type_v2_uefi;
HCSREF_API extern const hcsref_type hcsref_type_v2_uefi_boot_entry;
HCSREF_API extern const hcsref_type hcsref_type_v2_linux_kernel_direct;
HCSREF_API extern const hcsref_type hcsref_type_v2_firmware_file;
HCSREF_API extern const hcsref_type hcsref_type_v2_topology;
HCSREF_API extern const hcsref_type hcsref_type_v2_memory2;
HCSREF_API extern const hcsref_type hcsref_type_v2_virtual_machine_memory;
HCSREF_API extern const hcsref_type hcsref_type_v2_processor2;
HCSREF_API extern const hcsref_type hcsref_type_v2_cpu_group;
HCSREF_API extern const hcsref_type hcsref_type_v2_virtual_machine_processor;
HCSREF_API extern const hcsref_type hcsref_type_v2_numa_processors;
HCSREF_API extern const hcsref_type hcsref_type_v2_range;
HCSREF_API extern const hcsref_type hcsref_type_v2_numa;
HCSREF_API extern const hcsref_type hcsref_type_v2_numa_setting;
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
HCSREF_API extern const hcsref_type hcsref_type_v2_guest_state;
HCSREF_API extern const hcsref_type hcsref_type_v2_restore_state;
HCSREF_API extern const hcsref_type hcsref_type_v2_debug_options;
HCSREF_API extern const hcsref_type hcsref_type_v2_guest_connection;
HCSREF_API extern const hcsref_type hcsref_type_v2_security_settings;
HCSREF_API extern const hcsref_type hcsref_type_v2_isolation_settings;
HCSREF_API extern const hcsref_type hcsref_type_v2_migration_initialize_options;
HCSREF_API extern const hcsref_type hcsref_type_v2_memory_migration_transfer_throttle_params;
HCSREF_API extern const hcsref_type hcsref_type_v2_migration_compression_settings;
HCSREF_API extern const hcsref_type hcsref_type_v2_compatibility_info;
HCSREF_API extern const hcsref_type hcsref_type_v2_memory_information_for_vm;
HCSREF_API extern const hcsref_type hcsref_type_v2_vm_memory;
HCSREF_API extern const hcsref_type hcsref_type_v2_virtual_node_info;
HCSREF_API extern const hcsref_type hcsref_type_v2_shared_memory_region_info;
HCSREF_API extern const hcsref_type hcsref_type_v2_guest_connection_info;

#ifdef __cplusplus
}
#endif

#endif
