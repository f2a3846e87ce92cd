/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of the shim's create call and of the options of a VM. Source: hcsshim
 * cmd/containerd-shim-runhcs-v1/options runhcs.proto, in protobuf's JSON names; internal/uvm OptionsWCOW. */
#include "hcsref/uvm.h"
#include "hcsref/vm.h"

#include "release/changes.h"
#include "schema/table.h"

static const hcsref_field shim_options_fields[] = {
    OMIT(hcsref_shim_options, sandbox_isolation, "sandbox_isolation", hcsref_type_int32),
    OMIT(hcsref_shim_options, sandbox_platform, "sandbox_platform", hcsref_type_string),
    OMIT(hcsref_shim_options, boot_files_root_path, "boot_files_root_path", hcsref_type_string),
    OMIT(hcsref_shim_options, vm_processor_count, "vm_processor_count", hcsref_type_int32),
    OMIT(hcsref_shim_options, vm_memory_size_in_mb, "vm_memory_size_in_mb", hcsref_type_int32),
    OMIT(hcsref_shim_options, nc_proxy_addr, "NCProxyAddr", hcsref_type_string),
    OMIT(hcsref_shim_options, default_container_annotations, "default_container_annotations", hcsref_type_string_map),
};
const hcsref_type hcsref_type_shim_options = STRUCT(hcsref_shim_options, "options.Options", shim_options_fields);

static const hcsref_type uint32_list = SLICE_OF(hcsref_type_uint32, "[]uint32");
static const hcsref_type uint64_list = SLICE_OF(hcsref_type_uint64, "[]uint64");
static const hcsref_type registry_value_list = SLICE_OF(hcsref_type_v2_registry_value, "[]hcsschema.RegistryValue");
static const hcsref_type service_map =
    MAP_TO(hcsref_type_v2_hv_socket_service_config, hcsref_v2_hv_socket_service_config_entry, NULL,
           "map[string]hcsschema.HvSocketServiceConfig");

#define OPTION(member, name, type) OMIT(hcsref_uvm_options, member, name, hcsref_type_##type)

static const hcsref_field uvm_options_fields[] = {
    OPTION(id, "ID", string),
    OPTION(owner, "Owner", string),
    OPTION(memory_size_in_mb, "MemorySizeInMB", uint64),
    OPTION(low_mmio_gap_in_mb, "LowMMIOGapInMB", uint64),
    OPTION(high_mmio_base_in_mb, "HighMMIOBaseInMB", uint64),
    OPTION(high_mmio_gap_in_mb, "HighMMIOGapInMB", uint64),
    OPTION(allow_overcommit, "AllowOvercommit", bool),
    OPTION(fully_physically_backed, "FullyPhysicallyBacked", bool),
    OPTION(enable_deferred_commit, "EnableDeferredCommit", bool),
    OPTION(processor_count, "ProcessorCount", int32),
    OPTION(processor_limit, "ProcessorLimit", int32),
    OPTION(processor_weight, "ProcessorWeight", int32),
    OPTION(storage_qos_iops_maximum, "StorageQoSIopsMaximum", int32),
    OPTION(storage_qos_bandwidth_maximum, "StorageQoSBandwidthMaximum", int32),
    OPTION(dump_directory_path, "DumpDirectoryPath", string),
    OPTION(cpu_group_id, "CPUGroupID", string),
    OPTION(resource_partition_id, "ResourcePartitionID", string),
    OPTION(network_config_proxy, "NetworkConfigProxy", string),
    OPTION(process_dump_location, "ProcessDumpLocation", string),
    OPTION(no_writable_file_shares, "NoWritableFileShares", bool),
    OPTION(disable_compartment_namespace, "DisableCompartmentNamespace", bool),
    OPTION(scsi_controller_count, "SCSIControllerCount", uint32),
    OPTION(enable_graphics_console, "EnableGraphicsConsole", bool),
    OPTION(console_pipe, "ConsolePipe", string),
    OPTION(max_processors_per_numa_node, "MaxProcessorsPerNumaNode", uint32),
    UNTIL(hcsref_uvm_options, max_memory_size_per_numa_node, "MaxSizePerNode", hcsref_type_uint64, true,
          HCSREF_CHANGE_VM_NUMA_SIZE_NAME),
    SINCE(hcsref_uvm_options, max_memory_size_per_numa_node, "MaxMemorySizePerNumaNode", hcsref_type_uint64, true,
          HCSREF_CHANGE_VM_NUMA_SIZE_NAME),
    OMIT(hcsref_uvm_options, preferred_physical_numa_nodes, "PreferredPhysicalNumaNodes", uint32_list),
    OMIT(hcsref_uvm_options, numa_mapped_physical_nodes, "NumaMappedPhysicalNodes", uint32_list),
    OMIT(hcsref_uvm_options, numa_processor_counts, "NumaProcessorCounts", uint32_list),
    OMIT(hcsref_uvm_options, numa_memory_blocks_counts, "NumaMemoryBlocksCounts", uint64_list),
    OMIT(hcsref_uvm_options, additional_hyper_v_config, "AdditionalHyperVConfig", service_map),
    OPTION(no_direct_map, "NoDirectMap", bool),
    OPTION(no_inherit_host_timezone, "NoInheritHostTimezone", bool),
    OMIT(hcsref_uvm_options, additional_registry_keys, "AdditionalRegistryKeys", registry_value_list),
    OPTION(writable_efi, "WritableEFI", bool),
    OPTION(boot_files_root_path, "BootFilesRootPath", string),
    OPTION(log_forwarding_enabled, "LogForwardingEnabled", bool),
    OPTION(default_log_sources_enabled, "DefaultLogSourcesEnabled", bool),
    OPTION(log_sources, "LogSources", string),
    OPTION(security_policy_enabled, "SecurityPolicyEnabled", bool),
    OPTION(security_policy, "SecurityPolicy", string),
    OPTION(security_policy_enforcer, "SecurityPolicyEnforcer", string),
    OPTION(isolation_type, "IsolationType", string),
    OPTION(disable_secure_boot, "DisableSecureBoot", bool),
    OPTION(firmware_parameters, "FirmwareParameters", string),
    OPTION(guest_state_file_path, "GuestStateFilePath", string),
    OPTION(uvm_reference_info_file, "UVMReferenceInfoFile", string),
    OPTION(uvm_hash_envelope_reference_info_file, "UVMHashEnvelopeReferenceInfoFile", string),
    OPTION(debug_mode, "DebugMode", bool),
    OPTION(debug_data_path, "DebugDataPath", string),
};
const hcsref_type hcsref_type_uvm_options = STRUCT(hcsref_uvm_options, "uvm.OptionsWCOW", uvm_options_fields);

#define FACT(member, type) OMIT(hcsref_vm_facts, member, #member, hcsref_type_##type)

static const hcsref_field vm_facts_fields[] = {
    FACT(id, string),
    FACT(os, string),
    FACT(processor_count, int32),
    FACT(devices_physically_backed, bool),
    FACT(no_direct_map, bool),
    FACT(no_writable_file_shares, bool),
    FACT(no_namespace_requests, bool),
    FACT(internal_bridge, bool),
};
const hcsref_type hcsref_type_vm_facts = STRUCT(hcsref_vm_facts, "uvm", vm_facts_fields);

static const hcsref_field vm_endpoint_fields[] = {
    OMIT(hcsref_vm_endpoint, nic_id, "nic_id", hcsref_type_string),
    OMIT(hcsref_vm_endpoint, endpoint, "endpoint", hcsref_type_raw),
};
const hcsref_type hcsref_type_vm_endpoint = STRUCT(hcsref_vm_endpoint, "endpoint", vm_endpoint_fields);

static const hcsref_field container_mount_fields[] = {
    KEEP(hcsref_container_mount, host_path, "HostPath", hcsref_type_string),
    KEEP(hcsref_container_mount, container_path, "ContainerPath", hcsref_type_string),
    KEEP(hcsref_container_mount, read_only, "ReadOnly", hcsref_type_bool),
    KEEP(hcsref_container_mount, type, "Type", hcsref_type_string),
};
const hcsref_type hcsref_type_container_mount =
    STRUCT(hcsref_container_mount, "ctrdtaskapi.ContainerMount", container_mount_fields);

static const hcsref_field policy_fragment_fields[] = {
    OMIT(hcsref_policy_fragment, fragment, "fragment", hcsref_type_string),
    SINCE(hcsref_policy_fragment, media_type, "mediaType", hcsref_type_string, true,
          HCSREF_CHANGE_VM_POLICY_MEDIA_TYPE),
};
const hcsref_type hcsref_type_policy_fragment =
    STRUCT(hcsref_policy_fragment, "ctrdtaskapi.PolicyFragment", policy_fragment_fields);
