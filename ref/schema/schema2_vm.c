/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of HCS schema 2: virtual machines, but for their devices. Source: hcsshim internal/hcs/schema2. */
#include "hcsref/schema2_vm.h"

#include "release/changes.h"
#include "schema/table.h"

static const hcsref_type version_ptr = POINTER_TO(hcsref_type_v2_version, "*hcsschema.Version");
static const hcsref_type chipset_ptr = POINTER_TO(hcsref_type_v2_chipset, "*hcsschema.Chipset");
static const hcsref_type topology_ptr = POINTER_TO(hcsref_type_v2_topology, "*hcsschema.Topology");
static const hcsref_type devices_ptr = POINTER_TO(hcsref_type_v2_devices, "*hcsschema.Devices");
static const hcsref_type guest_state_ptr = POINTER_TO(hcsref_type_v2_guest_state, "*hcsschema.GuestState");
static const hcsref_type restore_state_ptr = POINTER_TO(hcsref_type_v2_restore_state, "*hcsschema.RestoreState");
static const hcsref_type registry_changes_ptr =
    POINTER_TO(hcsref_type_v2_registry_changes, "*hcsschema.RegistryChanges");
static const hcsref_type storage_qos_ptr = POINTER_TO(hcsref_type_v2_storage_qos, "*hcsschema.StorageQoS");
static const hcsref_type debug_options_ptr = POINTER_TO(hcsref_type_v2_debug_options, "*hcsschema.DebugOptions");
static const hcsref_type guest_connection_ptr =
    POINTER_TO(hcsref_type_v2_guest_connection, "*hcsschema.GuestConnection");
static const hcsref_type security_settings_ptr =
    POINTER_TO(hcsref_type_v2_security_settings, "*hcsschema.SecuritySettings");
static const hcsref_type migration_initialize_options_ptr =
    POINTER_TO(hcsref_type_v2_migration_initialize_options, "*hcsschema.MigrationInitializeOptions");
static const hcsref_type uefi_ptr = POINTER_TO(hcsref_type_v2_uefi, "*hcsschema.Uefi");
static const hcsref_type linux_kernel_direct_ptr =
    POINTER_TO(hcsref_type_v2_linux_kernel_direct, "*hcsschema.LinuxKernelDirect");
static const hcsref_type firmware_file_ptr = POINTER_TO(hcsref_type_v2_firmware_file, "*hcsschema.FirmwareFile");
static const hcsref_type uefi_boot_entry_ptr = POINTER_TO(hcsref_type_v2_uefi_boot_entry, "*hcsschema.UefiBootEntry");
static const hcsref_type memory2_ptr = POINTER_TO(hcsref_type_v2_memory2, "*hcsschema.Memory2");
static const hcsref_type virtual_machine_memory_ptr =
    POINTER_TO(hcsref_type_v2_virtual_machine_memory, "*hcsschema.VirtualMachineMemory");
static const hcsref_type processor2_ptr = POINTER_TO(hcsref_type_v2_processor2, "*hcsschema.Processor2");
static const hcsref_type virtual_machine_processor_ptr =
    POINTER_TO(hcsref_type_v2_virtual_machine_processor, "*hcsschema.VirtualMachineProcessor");
static const hcsref_type numa_ptr = POINTER_TO(hcsref_type_v2_numa, "*hcsschema.Numa");
static const hcsref_type memory_backing_type = NAMED(HCSREF_STRING, hcsref_str, "hcsschema.MemoryBackingType");
static const hcsref_type memory_backing_type_ptr = POINTER_TO(memory_backing_type, "*hcsschema.MemoryBackingType");
static const hcsref_type virtual_slit_type = NAMED(HCSREF_STRING, hcsref_str, "hcsschema.VirtualSlitType");
static const hcsref_type virtual_slit_type_ptr = POINTER_TO(virtual_slit_type, "*hcsschema.VirtualSlitType");
static const hcsref_type cpu_group_ptr = POINTER_TO(hcsref_type_v2_cpu_group, "*hcsschema.CpuGroup");
static const hcsref_type numa_processors_ptr = POINTER_TO(hcsref_type_v2_numa_processors, "*hcsschema.NumaProcessors");
static const hcsref_type int64_list = SLICE_OF(hcsref_type_int64, "[]int64");
static const hcsref_type numa_setting_list = SLICE_OF(hcsref_type_v2_numa_setting, "[]hcsschema.NumaSetting");
static const hcsref_type isolation_settings_ptr =
    POINTER_TO(hcsref_type_v2_isolation_settings, "*hcsschema.IsolationSettings");
static const hcsref_type bool_ptr = POINTER_TO(hcsref_type_bool, "*bool");

static const hcsref_field virtual_machine_fields[] = {
    SINCE(hcsref_v2_virtual_machine, version, "Version", version_ptr, true, HCSREF_CHANGE_VM_TOPOLOGY),
    OMIT(hcsref_v2_virtual_machine, stop_on_reset, "StopOnReset", hcsref_type_bool),
    OMIT(hcsref_v2_virtual_machine, chipset, "Chipset", chipset_ptr),
    OMIT(hcsref_v2_virtual_machine, compute_topology, "ComputeTopology", topology_ptr),
    OMIT(hcsref_v2_virtual_machine, devices, "Devices", devices_ptr),
    OMIT(hcsref_v2_virtual_machine, guest_state, "GuestState", guest_state_ptr),
    OMIT(hcsref_v2_virtual_machine, restore_state, "RestoreState", restore_state_ptr),
    OMIT(hcsref_v2_virtual_machine, registry_changes, "RegistryChanges", registry_changes_ptr),
    OMIT(hcsref_v2_virtual_machine, storage_qos, "StorageQoS", storage_qos_ptr),
    SINCE(hcsref_v2_virtual_machine, debug_options, "DebugOptions", debug_options_ptr, true, HCSREF_CHANGE_VM_TOPOLOGY),
    OMIT(hcsref_v2_virtual_machine, guest_connection, "GuestConnection", guest_connection_ptr),
    OMIT(hcsref_v2_virtual_machine, security_settings, "SecuritySettings", security_settings_ptr),
    UNTIL(hcsref_v2_virtual_machine, debug_options, "DebugOptions", debug_options_ptr, true, HCSREF_CHANGE_VM_TOPOLOGY),
    SINCE(hcsref_v2_virtual_machine, resource_partition_id, "ResourcePartitionId", hcsref_type_string, true,
          HCSREF_CHANGE_VM_RESOURCE_PARTITION_FIELD),
    SINCE(hcsref_v2_virtual_machine, migration_options, "MigrationOptions", migration_initialize_options_ptr, true,
          HCSREF_CHANGE_VM_MIGRATION),
};
const hcsref_type hcsref_type_v2_virtual_machine =
    STRUCT(hcsref_v2_virtual_machine, "hcsschema.VirtualMachine", virtual_machine_fields);

static const hcsref_field chipset_fields[] = {
    OMIT(hcsref_v2_chipset, uefi, "Uefi", uefi_ptr),
    OMIT(hcsref_v2_chipset, is_num_lock_disabled, "IsNumLockDisabled", hcsref_type_bool),
    OMIT(hcsref_v2_chipset, base_board_serial_number, "BaseBoardSerialNumber", hcsref_type_string),
    OMIT(hcsref_v2_chipset, chassis_serial_number, "ChassisSerialNumber", hcsref_type_string),
    OMIT(hcsref_v2_chipset, chassis_asset_tag, "ChassisAssetTag", hcsref_type_string),
    OMIT(hcsref_v2_chipset, use_utc, "UseUtc", hcsref_type_bool),
    OMIT(hcsref_v2_chipset, linux_kernel_direct, "LinuxKernelDirect", linux_kernel_direct_ptr),
    SINCE(hcsref_v2_chipset, firmware_file, "FirmwareFile", firmware_file_ptr, true, HCSREF_CHANGE_VM_TOPOLOGY),
};
const hcsref_type hcsref_type_v2_chipset = STRUCT(hcsref_v2_chipset, "hcsschema.Chipset", chipset_fields);

static const hcsref_field uefi_fields[] = {
    OMIT(hcsref_v2_uefi, enable_debugger, "EnableDebugger", hcsref_type_bool),
    OMIT(hcsref_v2_uefi, apply_secure_boot_template, "ApplySecureBootTemplate", hcsref_type_string),
    OMIT(hcsref_v2_uefi, secure_boot_template_id, "SecureBootTemplateId", hcsref_type_string),
    OMIT(hcsref_v2_uefi, boot_this, "BootThis", uefi_boot_entry_ptr),
    OMIT(hcsref_v2_uefi, console, "Console", hcsref_type_string),
};
const hcsref_type hcsref_type_v2_uefi = STRUCT(hcsref_v2_uefi, "hcsschema.Uefi", uefi_fields);

static const hcsref_field uefi_boot_entry_fields[] = {
    OMIT(hcsref_v2_uefi_boot_entry, device_type, "DeviceType", hcsref_type_string),
    OMIT(hcsref_v2_uefi_boot_entry, device_path, "DevicePath", hcsref_type_string),
    OMIT(hcsref_v2_uefi_boot_entry, disk_number, "DiskNumber", hcsref_type_int32),
    OMIT(hcsref_v2_uefi_boot_entry, optional_data, "OptionalData", hcsref_type_string),
    OMIT(hcsref_v2_uefi_boot_entry, vmb_fs_root_path, "VmbFsRootPath", hcsref_type_string),
};
const hcsref_type hcsref_type_v2_uefi_boot_entry =
    STRUCT(hcsref_v2_uefi_boot_entry, "hcsschema.UefiBootEntry", uefi_boot_entry_fields);

static const hcsref_field linux_kernel_direct_fields[] = {
    OMIT(hcsref_v2_linux_kernel_direct, kernel_file_path, "KernelFilePath", hcsref_type_string),
    OMIT(hcsref_v2_linux_kernel_direct, init_rd_path, "InitRdPath", hcsref_type_string),
    OMIT(hcsref_v2_linux_kernel_direct, kernel_cmd_line, "KernelCmdLine", hcsref_type_string),
};
const hcsref_type hcsref_type_v2_linux_kernel_direct =
    STRUCT(hcsref_v2_linux_kernel_direct, "hcsschema.LinuxKernelDirect", linux_kernel_direct_fields);

static const hcsref_field firmware_file_fields[] = {
    OMIT(hcsref_v2_firmware_file, parameters, "Parameters", hcsref_type_bytes),
};
const hcsref_type hcsref_type_v2_firmware_file =
    STRUCT(hcsref_v2_firmware_file, "hcsschema.FirmwareFile", firmware_file_fields);

static const hcsref_field topology_fields[] = {
    UNTIL(hcsref_v2_topology, memory2, "Memory", memory2_ptr, true, HCSREF_CHANGE_VM_TOPOLOGY),
    SINCE(hcsref_v2_topology, memory, "Memory", virtual_machine_memory_ptr, true, HCSREF_CHANGE_VM_TOPOLOGY),
    UNTIL(hcsref_v2_topology, processor2, "Processor", processor2_ptr, true, HCSREF_CHANGE_VM_TOPOLOGY),
    SINCE(hcsref_v2_topology, processor, "Processor", virtual_machine_processor_ptr, true, HCSREF_CHANGE_VM_TOPOLOGY),
    SINCE(hcsref_v2_topology, numa, "Numa", numa_ptr, true, HCSREF_CHANGE_VM_TOPOLOGY),
};
const hcsref_type hcsref_type_v2_topology = STRUCT(hcsref_v2_topology, "hcsschema.Topology", topology_fields);

static const hcsref_field memory2_fields[] = {
    OMIT(hcsref_v2_memory2, size_in_mb, "SizeInMB", hcsref_type_uint64),
    OMIT(hcsref_v2_memory2, allow_overcommit, "AllowOvercommit", hcsref_type_bool),
    OMIT(hcsref_v2_memory2, enable_hot_hint, "EnableHotHint", hcsref_type_bool),
    OMIT(hcsref_v2_memory2, enable_cold_hint, "EnableColdHint", hcsref_type_bool),
    OMIT(hcsref_v2_memory2, enable_epf, "EnableEpf", hcsref_type_bool),
    OMIT(hcsref_v2_memory2, enable_deferred_commit, "EnableDeferredCommit", hcsref_type_bool),
    OMIT(hcsref_v2_memory2, enable_cold_discard_hint, "EnableColdDiscardHint", hcsref_type_bool),
    OMIT(hcsref_v2_memory2, low_mmio_gap_in_mb, "LowMmioGapInMB", hcsref_type_uint64),
    OMIT(hcsref_v2_memory2, high_mmio_base_in_mb, "HighMmioBaseInMB", hcsref_type_uint64),
    OMIT(hcsref_v2_memory2, high_mmio_gap_in_mb, "HighMmioGapInMB", hcsref_type_uint64),
};
const hcsref_type hcsref_type_v2_memory2 = STRUCT(hcsref_v2_memory2, "hcsschema.Memory2", memory2_fields);

static const hcsref_field virtual_machine_memory_fields[] = {
    OMIT(hcsref_v2_virtual_machine_memory, size_in_mb, "SizeInMB", hcsref_type_uint64),
    OMIT(hcsref_v2_virtual_machine_memory, backing, "Backing", memory_backing_type_ptr),
    OMIT(hcsref_v2_virtual_machine_memory, allow_overcommit, "AllowOvercommit", hcsref_type_bool),
    OMIT(hcsref_v2_virtual_machine_memory, enable_hot_hint, "EnableHotHint", hcsref_type_bool),
    OMIT(hcsref_v2_virtual_machine_memory, enable_cold_hint, "EnableColdHint", hcsref_type_bool),
    OMIT(hcsref_v2_virtual_machine_memory, enable_cold_discard_hint, "EnableColdDiscardHint", hcsref_type_bool),
    OMIT(hcsref_v2_virtual_machine_memory, enable_deferred_commit, "EnableDeferredCommit", hcsref_type_bool),
    OMIT(hcsref_v2_virtual_machine_memory, low_mmio_gap_in_mb, "LowMmioGapInMB", hcsref_type_uint64),
    OMIT(hcsref_v2_virtual_machine_memory, high_mmio_base_in_mb, "HighMmioBaseInMB", hcsref_type_uint64),
    OMIT(hcsref_v2_virtual_machine_memory, high_mmio_gap_in_mb, "HighMmioGapInMB", hcsref_type_uint64),
    OMIT(hcsref_v2_virtual_machine_memory, slit_type, "SlitType", virtual_slit_type_ptr),
};
const hcsref_type hcsref_type_v2_virtual_machine_memory =
    STRUCT(hcsref_v2_virtual_machine_memory, "hcsschema.VirtualMachineMemory", virtual_machine_memory_fields);

static const hcsref_field processor2_fields[] = {
    OMIT(hcsref_v2_processor2, count, "Count", hcsref_type_int32),
    OMIT(hcsref_v2_processor2, limit, "Limit", hcsref_type_int32),
    OMIT(hcsref_v2_processor2, weight, "Weight", hcsref_type_int32),
    OMIT(hcsref_v2_processor2, expose_virtualization_extensions, "ExposeVirtualizationExtensions", hcsref_type_bool),
    OMIT(hcsref_v2_processor2, cpu_group, "CpuGroup", cpu_group_ptr),
};
const hcsref_type hcsref_type_v2_processor2 = STRUCT(hcsref_v2_processor2, "hcsschema.Processor2", processor2_fields);

static const hcsref_field cpu_group_fields[] = {
    OMIT(hcsref_v2_cpu_group, id, "Id", hcsref_type_string),
};
const hcsref_type hcsref_type_v2_cpu_group = STRUCT(hcsref_v2_cpu_group, "hcsschema.CpuGroup", cpu_group_fields);

static const hcsref_field virtual_machine_processor_fields[] = {
    OMIT(hcsref_v2_virtual_machine_processor, count, "Count", hcsref_type_uint32),
    OMIT(hcsref_v2_virtual_machine_processor, limit, "Limit", hcsref_type_uint64),
    OMIT(hcsref_v2_virtual_machine_processor, weight, "Weight", hcsref_type_uint64),
    OMIT(hcsref_v2_virtual_machine_processor, reservation, "Reservation", hcsref_type_uint64),
    OMIT(hcsref_v2_virtual_machine_processor, cpu_group, "CpuGroup", cpu_group_ptr),
    OMIT(hcsref_v2_virtual_machine_processor, numa_processors_settings, "NumaProcessorsSettings", numa_processors_ptr),
};
const hcsref_type hcsref_type_v2_virtual_machine_processor =
    STRUCT(hcsref_v2_virtual_machine_processor, "hcsschema.VirtualMachineProcessor", virtual_machine_processor_fields);

static const hcsref_field numa_processors_fields[] = {
    OMIT(hcsref_v2_numa_processors, count_per_node, "count_per_node", hcsref_type_v2_range),
    OMIT(hcsref_v2_numa_processors, node_per_socket, "node_per_socket", hcsref_type_uint32),
};
const hcsref_type hcsref_type_v2_numa_processors =
    STRUCT(hcsref_v2_numa_processors, "hcsschema.NumaProcessors", numa_processors_fields);

static const hcsref_field range_fields[] = {
    OMIT(hcsref_v2_range, max, "max", hcsref_type_uint32),
};
const hcsref_type hcsref_type_v2_range = STRUCT(hcsref_v2_range, "hcsschema.Range", range_fields);

static const hcsref_field numa_fields[] = {
    OMIT(hcsref_v2_numa, virtual_node_count, "VirtualNodeCount", hcsref_type_uint8),
    OMIT(hcsref_v2_numa, preferred_physical_nodes, "PreferredPhysicalNodes", int64_list),
    OMIT(hcsref_v2_numa, settings, "Settings", numa_setting_list),
    OMIT(hcsref_v2_numa, max_size_per_node, "MaxSizePerNode", hcsref_type_uint64),
};
const hcsref_type hcsref_type_v2_numa = STRUCT(hcsref_v2_numa, "hcsschema.Numa", numa_fields);

static const hcsref_field numa_setting_fields[] = {
    OMIT(hcsref_v2_numa_setting, virtual_node_number, "VirtualNodeNumber", hcsref_type_uint32),
    OMIT(hcsref_v2_numa_setting, physical_node_number, "PhysicalNodeNumber", hcsref_type_uint32),
    OMIT(hcsref_v2_numa_setting, virtual_socket_number, "VirtualSocketNumber", hcsref_type_uint32),
    OMIT(hcsref_v2_numa_setting, count_of_processors, "CountOfProcessors", hcsref_type_uint32),
    OMIT(hcsref_v2_numa_setting, count_of_memory_blocks, "CountOfMemoryBlocks", hcsref_type_uint64),
    OMIT(hcsref_v2_numa_setting, memory_backing_type, "MemoryBackingType", memory_backing_type),
};
const hcsref_type hcsref_type_v2_numa_setting =
    STRUCT(hcsref_v2_numa_setting, "hcsschema.NumaSetting", numa_setting_fields);

static const hcsref_field guest_state_fields[] = {
    OMIT(hcsref_v2_guest_state, guest_state_file_path, "GuestStateFilePath", hcsref_type_string),
    OMIT(hcsref_v2_guest_state, guest_state_file_type, "GuestStateFileType", hcsref_type_string),
    OMIT(hcsref_v2_guest_state, runtime_state_file_path, "RuntimeStateFilePath", hcsref_type_string),
    OMIT(hcsref_v2_guest_state, force_transient_state, "ForceTransientState", hcsref_type_bool),
};
const hcsref_type hcsref_type_v2_guest_state =
    STRUCT(hcsref_v2_guest_state, "hcsschema.GuestState", guest_state_fields);

static const hcsref_field restore_state_fields[] = {
    OMIT(hcsref_v2_restore_state, save_state_file_path, "SaveStateFilePath", hcsref_type_string),
    OMIT(hcsref_v2_restore_state, template_system_id, "TemplateSystemId", hcsref_type_string),
};
const hcsref_type hcsref_type_v2_restore_state =
    STRUCT(hcsref_v2_restore_state, "hcsschema.RestoreState", restore_state_fields);

static const hcsref_field debug_options_fields[] = {
    OMIT(hcsref_v2_debug_options, bugcheck_saved_state_file_name, "BugcheckSavedStateFileName", hcsref_type_string),
    OMIT(hcsref_v2_debug_options, bugcheck_no_crashdump_saved_state_file_name, "BugcheckNoCrashdumpSavedStateFileName",
         hcsref_type_string),
    OMIT(hcsref_v2_debug_options, triple_fault_saved_state_file_name, "TripleFaultSavedStateFileName",
         hcsref_type_string),
    OMIT(hcsref_v2_debug_options, firmware_dump_file_name, "FirmwareDumpFileName", hcsref_type_string),
};
const hcsref_type hcsref_type_v2_debug_options =
    STRUCT(hcsref_v2_debug_options, "hcsschema.DebugOptions", debug_options_fields);

static const hcsref_field guest_connection_fields[] = {
    OMIT(hcsref_v2_guest_connection, use_vsock, "UseVsock", hcsref_type_bool),
    OMIT(hcsref_v2_guest_connection, use_connected_suspend, "UseConnectedSuspend", hcsref_type_bool),
};
const hcsref_type hcsref_type_v2_guest_connection =
    STRUCT(hcsref_v2_guest_connection, "hcsschema.GuestConnection", guest_connection_fields);

static const hcsref_field security_settings_fields[] = {
    OMIT(hcsref_v2_security_settings, enable_tpm, "EnableTpm", hcsref_type_bool),
    OMIT(hcsref_v2_security_settings, isolation, "Isolation", isolation_settings_ptr),
};
const hcsref_type hcsref_type_v2_security_settings =
    STRUCT(hcsref_v2_security_settings, "hcsschema.SecuritySettings", security_settings_fields);

static const hcsref_field isolation_settings_fields[] = {
    OMIT(hcsref_v2_isolation_settings, isolation_type, "IsolationType", hcsref_type_string),
    OMIT(hcsref_v2_isolation_settings, debug_host, "DebugHost", hcsref_type_string),
    OMIT(hcsref_v2_isolation_settings, debug_port, "DebugPort", hcsref_type_int64),
    OMIT(hcsref_v2_isolation_settings, launch_data, "LaunchData", hcsref_type_string),
    OMIT(hcsref_v2_isolation_settings, hcl_enabled, "HclEnabled", bool_ptr),
};
const hcsref_type hcsref_type_v2_isolation_settings =
    STRUCT(hcsref_v2_isolation_settings, "hcsschema.IsolationSettings", isolation_settings_fields);
