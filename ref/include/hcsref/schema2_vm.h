/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * HCS schema 2: virtual machines. What hcsshim has for them, in every release from 0.11.0 on; a member that came or
 * went says so in its table. Source: hcsshim internal/hcs/schema2.
 */
#ifndef HCSREF_SCHEMA2_VM_H
#define HCSREF_SCHEMA2_VM_H

#include "hcsref/schema2.h"
#include "hcsref/schema2_vm_devices.h"

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
