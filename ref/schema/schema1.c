/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of HCS schema 1: hcsshim internal/hcs/schema1/schema1.go. */
#include "hcsref/schema1.h"

#include "schema/table.h"

static const hcsref_type uint_array2 = ARRAY_OF(hcsref_type_uint, uint64_t, 2, "[2]uint");
static const hcsref_type raw_ptr = POINTER_TO(hcsref_type_raw, "*json.RawMessage");
static const hcsref_type layer_list = SLICE_OF(hcsref_type_v1_layer, "[]schema1.Layer");
static const hcsref_type mapped_dir_list = SLICE_OF(hcsref_type_v1_mapped_dir, "[]schema1.MappedDir");
static const hcsref_type mapped_pipe_list = SLICE_OF(hcsref_type_v1_mapped_pipe, "[]schema1.MappedPipe");
static const hcsref_type hv_runtime_ptr = POINTER_TO(hcsref_type_v1_hv_runtime, "*schema1.HvRuntime");
static const hcsref_type mapped_virtual_disk_list =
    SLICE_OF(hcsref_type_v1_mapped_virtual_disk, "[]schema1.MappedVirtualDisk");
static const hcsref_type assigned_device_list = SLICE_OF(hcsref_type_v1_assigned_device, "[]schema1.AssignedDevice");
static const hcsref_type property_type = NAMED(HCSREF_STRING, hcsref_str, "schema1.PropertyType");
static const hcsref_type property_type_list = SLICE_OF(property_type, "[]schema1.PropertyType");
static const hcsref_type process_list_item_list =
    SLICE_OF(hcsref_type_v1_process_list_item, "[]schema1.ProcessListItem");
static const hcsref_type mapped_virtual_disk_controller_by_int =
    MAP_TO(hcsref_type_v1_mapped_virtual_disk_controller, hcsref_v1_mapped_virtual_disk_controller_entry,
           &hcsref_type_int, "map[int]schema1.MappedVirtualDiskController");
static const hcsref_type network_stats_list = SLICE_OF(hcsref_type_v1_network_stats, "[]schema1.NetworkStats");
static const hcsref_type mapped_virtual_disk_by_int =
    MAP_TO(hcsref_type_v1_mapped_virtual_disk, hcsref_v1_mapped_virtual_disk_entry, &hcsref_type_int,
           "map[int]schema1.MappedVirtualDisk");
static const hcsref_type v2_version_list = SLICE_OF(hcsref_type_v2_version, "[]hcsschema.Version");
static const hcsref_type resource_type = NAMED(HCSREF_STRING, hcsref_str, "schema1.ResourceType");
static const hcsref_type request_type = NAMED(HCSREF_STRING, hcsref_str, "schema1.RequestType");

static const hcsref_field process_config_fields[] = {
    OMIT(hcsref_v1_process_config, application_name, "ApplicationName", hcsref_type_string),
    OMIT(hcsref_v1_process_config, command_line, "CommandLine", hcsref_type_string),
    OMIT(hcsref_v1_process_config, command_args, "CommandArgs", hcsref_type_strings),
    OMIT(hcsref_v1_process_config, user, "User", hcsref_type_string),
    OMIT(hcsref_v1_process_config, working_directory, "WorkingDirectory", hcsref_type_string),
    OMIT(hcsref_v1_process_config, environment, "Environment", hcsref_type_string_map),
    OMIT(hcsref_v1_process_config, emulate_console, "EmulateConsole", hcsref_type_bool),
    OMIT(hcsref_v1_process_config, create_std_in_pipe, "CreateStdInPipe", hcsref_type_bool),
    OMIT(hcsref_v1_process_config, create_std_out_pipe, "CreateStdOutPipe", hcsref_type_bool),
    OMIT(hcsref_v1_process_config, create_std_err_pipe, "CreateStdErrPipe", hcsref_type_bool),
    OMIT(hcsref_v1_process_config, console_size, "ConsoleSize", uint_array2),
    OMIT(hcsref_v1_process_config, create_in_utility_vm, "CreateInUtilityVm", hcsref_type_bool),
    OMIT(hcsref_v1_process_config, oci_specification, "OCISpecification", raw_ptr),
};
const hcsref_type hcsref_type_v1_process_config =
    STRUCT(hcsref_v1_process_config, "schema1.ProcessConfig", process_config_fields);

static const hcsref_field layer_fields[] = {
    KEEP(hcsref_v1_layer, id, "ID", hcsref_type_string),
    KEEP(hcsref_v1_layer, path, "Path", hcsref_type_string),
};
const hcsref_type hcsref_type_v1_layer = STRUCT(hcsref_v1_layer, "schema1.Layer", layer_fields);

static const hcsref_field mapped_dir_fields[] = {
    KEEP(hcsref_v1_mapped_dir, host_path, "HostPath", hcsref_type_string),
    KEEP(hcsref_v1_mapped_dir, container_path, "ContainerPath", hcsref_type_string),
    KEEP(hcsref_v1_mapped_dir, read_only, "ReadOnly", hcsref_type_bool),
    KEEP(hcsref_v1_mapped_dir, bandwidth_maximum, "BandwidthMaximum", hcsref_type_uint64),
    KEEP(hcsref_v1_mapped_dir, iops_maximum, "IOPSMaximum", hcsref_type_uint64),
    KEEP(hcsref_v1_mapped_dir, create_in_utility_vm, "CreateInUtilityVM", hcsref_type_bool),
    OMIT(hcsref_v1_mapped_dir, linux_metadata, "LinuxMetadata", hcsref_type_bool),
};
const hcsref_type hcsref_type_v1_mapped_dir = STRUCT(hcsref_v1_mapped_dir, "schema1.MappedDir", mapped_dir_fields);

static const hcsref_field mapped_pipe_fields[] = {
    KEEP(hcsref_v1_mapped_pipe, host_path, "HostPath", hcsref_type_string),
    KEEP(hcsref_v1_mapped_pipe, container_pipe_name, "ContainerPipeName", hcsref_type_string),
};
const hcsref_type hcsref_type_v1_mapped_pipe = STRUCT(hcsref_v1_mapped_pipe, "schema1.MappedPipe", mapped_pipe_fields);

static const hcsref_field hv_runtime_fields[] = {
    OMIT(hcsref_v1_hv_runtime, image_path, "ImagePath", hcsref_type_string),
    OMIT(hcsref_v1_hv_runtime, skip_template, "SkipTemplate", hcsref_type_bool),
    OMIT(hcsref_v1_hv_runtime, linux_initrd_file, "LinuxInitrdFile", hcsref_type_string),
    OMIT(hcsref_v1_hv_runtime, linux_kernel_file, "LinuxKernelFile", hcsref_type_string),
    OMIT(hcsref_v1_hv_runtime, linux_boot_parameters, "LinuxBootParameters", hcsref_type_string),
    OMIT(hcsref_v1_hv_runtime, boot_source, "BootSource", hcsref_type_string),
    OMIT(hcsref_v1_hv_runtime, writable_boot_source, "WritableBootSource", hcsref_type_bool),
};
const hcsref_type hcsref_type_v1_hv_runtime = STRUCT(hcsref_v1_hv_runtime, "schema1.HvRuntime", hv_runtime_fields);

static const hcsref_field mapped_virtual_disk_fields[] = {
    OMIT(hcsref_v1_mapped_virtual_disk, host_path, "HostPath", hcsref_type_string),
    KEEP(hcsref_v1_mapped_virtual_disk, container_path, "ContainerPath", hcsref_type_string),
    OMIT(hcsref_v1_mapped_virtual_disk, create_in_utility_vm, "CreateInUtilityVM", hcsref_type_bool),
    OMIT(hcsref_v1_mapped_virtual_disk, read_only, "ReadOnly", hcsref_type_bool),
    OMIT(hcsref_v1_mapped_virtual_disk, cache, "Cache", hcsref_type_string),
    OMIT(hcsref_v1_mapped_virtual_disk, attach_only, "AttachOnly", hcsref_type_bool),
};
const hcsref_type hcsref_type_v1_mapped_virtual_disk =
    STRUCT(hcsref_v1_mapped_virtual_disk, "schema1.MappedVirtualDisk", mapped_virtual_disk_fields);

static const hcsref_field assigned_device_fields[] = {
    OMIT(hcsref_v1_assigned_device, interface_class_guid, "InterfaceClassGuid", hcsref_type_string),
};
const hcsref_type hcsref_type_v1_assigned_device =
    STRUCT(hcsref_v1_assigned_device, "schema1.AssignedDevice", assigned_device_fields);

static const hcsref_field container_config_fields[] = {
    KEEP(hcsref_v1_container_config, system_type, "SystemType", hcsref_type_string),
    KEEP(hcsref_v1_container_config, name, "Name", hcsref_type_string),
    OMIT(hcsref_v1_container_config, owner, "Owner", hcsref_type_string),
    OMIT(hcsref_v1_container_config, volume_path, "VolumePath", hcsref_type_string),
    OMIT(hcsref_v1_container_config, ignore_flushes_during_boot, "IgnoreFlushesDuringBoot", hcsref_type_bool),
    OMIT(hcsref_v1_container_config, layer_folder_path, "LayerFolderPath", hcsref_type_string),
    KEEP(hcsref_v1_container_config, layers, "Layers", layer_list),
    OMIT(hcsref_v1_container_config, credentials, "Credentials", hcsref_type_string),
    OMIT(hcsref_v1_container_config, processor_count, "ProcessorCount", hcsref_type_uint32),
    OMIT(hcsref_v1_container_config, processor_weight, "ProcessorWeight", hcsref_type_uint64),
    OMIT(hcsref_v1_container_config, processor_maximum, "ProcessorMaximum", hcsref_type_int64),
    OMIT(hcsref_v1_container_config, storage_iops_maximum, "StorageIOPSMaximum", hcsref_type_uint64),
    OMIT(hcsref_v1_container_config, storage_bandwidth_maximum, "StorageBandwidthMaximum", hcsref_type_uint64),
    OMIT(hcsref_v1_container_config, storage_sandbox_size, "StorageSandboxSize", hcsref_type_uint64),
    OMIT(hcsref_v1_container_config, memory_maximum_in_mb, "MemoryMaximumInMB", hcsref_type_int64),
    OMIT(hcsref_v1_container_config, host_name, "HostName", hcsref_type_string),
    OMIT(hcsref_v1_container_config, mapped_directories, "MappedDirectories", mapped_dir_list),
    OMIT(hcsref_v1_container_config, mapped_pipes, "MappedPipes", mapped_pipe_list),
    KEEP(hcsref_v1_container_config, hv_partition, "HvPartition", hcsref_type_bool),
    OMIT(hcsref_v1_container_config, network_shared_container_name, "NetworkSharedContainerName", hcsref_type_string),
    OMIT(hcsref_v1_container_config, endpoint_list, "EndpointList", hcsref_type_strings),
    OMIT(hcsref_v1_container_config, hv_runtime, "HvRuntime", hv_runtime_ptr),
    OMIT(hcsref_v1_container_config, servicing, "Servicing", hcsref_type_bool),
    OMIT(hcsref_v1_container_config, allow_unqualified_dns_query, "AllowUnqualifiedDNSQuery", hcsref_type_bool),
    OMIT(hcsref_v1_container_config, dns_search_list, "DNSSearchList", hcsref_type_string),
    OMIT(hcsref_v1_container_config, container_type, "ContainerType", hcsref_type_string),
    OMIT(hcsref_v1_container_config, terminate_on_last_handle_closed, "TerminateOnLastHandleClosed", hcsref_type_bool),
    OMIT(hcsref_v1_container_config, mapped_virtual_disks, "MappedVirtualDisks", mapped_virtual_disk_list),
    OMIT(hcsref_v1_container_config, assigned_devices, "AssignedDevices", assigned_device_list),
};
const hcsref_type hcsref_type_v1_container_config =
    STRUCT(hcsref_v1_container_config, "schema1.ContainerConfig", container_config_fields);

static const hcsref_field compute_system_query_fields[] = {
    OMIT(hcsref_v1_compute_system_query, ids, "Ids", hcsref_type_strings),
    OMIT(hcsref_v1_compute_system_query, types, "Types", hcsref_type_strings),
    OMIT(hcsref_v1_compute_system_query, names, "Names", hcsref_type_strings),
    OMIT(hcsref_v1_compute_system_query, owners, "Owners", hcsref_type_strings),
};
const hcsref_type hcsref_type_v1_compute_system_query =
    STRUCT(hcsref_v1_compute_system_query, "schema1.ComputeSystemQuery", compute_system_query_fields);

static const hcsref_field property_query_fields[] = {
    OMIT(hcsref_v1_property_query, property_types, "PropertyTypes", property_type_list),
};
const hcsref_type hcsref_type_v1_property_query =
    STRUCT(hcsref_v1_property_query, "schema1.PropertyQuery", property_query_fields);

static const hcsref_field container_properties_fields[] = {
    KEEP(hcsref_v1_container_properties, id, "Id", hcsref_type_string),
    KEEP(hcsref_v1_container_properties, state, "State", hcsref_type_string),
    KEEP(hcsref_v1_container_properties, name, "Name", hcsref_type_string),
    KEEP(hcsref_v1_container_properties, system_type, "SystemType", hcsref_type_string),
    OMIT(hcsref_v1_container_properties, runtime_os_type, "RuntimeOsType", hcsref_type_string),
    KEEP(hcsref_v1_container_properties, owner, "Owner", hcsref_type_string),
    OMIT(hcsref_v1_container_properties, silo_guid, "SiloGuid", hcsref_type_string),
    OMIT(hcsref_v1_container_properties, runtime_id, "RuntimeId", hcsref_type_guid),
    OMIT(hcsref_v1_container_properties, is_runtime_template, "IsRuntimeTemplate", hcsref_type_bool),
    OMIT(hcsref_v1_container_properties, runtime_image_path, "RuntimeImagePath", hcsref_type_string),
    OMIT(hcsref_v1_container_properties, stopped, "Stopped", hcsref_type_bool),
    OMIT(hcsref_v1_container_properties, exit_type, "ExitType", hcsref_type_string),
    OMIT(hcsref_v1_container_properties, are_updates_pending, "AreUpdatesPending", hcsref_type_bool),
    OMIT(hcsref_v1_container_properties, ob_root, "ObRoot", hcsref_type_string),
    OMIT(hcsref_v1_container_properties, statistics, "Statistics", hcsref_type_v1_statistics),
    OMIT(hcsref_v1_container_properties, process_list, "ProcessList", process_list_item_list),
    OMIT(hcsref_v1_container_properties, mapped_virtual_disk_controllers, "MappedVirtualDiskControllers",
         mapped_virtual_disk_controller_by_int),
    OMIT(hcsref_v1_container_properties, guest_connection_info, "GuestConnectionInfo",
         hcsref_type_v1_guest_connection_info),
};
const hcsref_type hcsref_type_v1_container_properties =
    STRUCT(hcsref_v1_container_properties, "schema1.ContainerProperties", container_properties_fields);

static const hcsref_field memory_stats_fields[] = {
    OMIT(hcsref_v1_memory_stats, memory_usage_commit_bytes, "MemoryUsageCommitBytes", hcsref_type_uint64),
    OMIT(hcsref_v1_memory_stats, memory_usage_commit_peak_bytes, "MemoryUsageCommitPeakBytes", hcsref_type_uint64),
    OMIT(hcsref_v1_memory_stats, memory_usage_private_working_set_bytes, "MemoryUsagePrivateWorkingSetBytes",
         hcsref_type_uint64),
};
const hcsref_type hcsref_type_v1_memory_stats =
    STRUCT(hcsref_v1_memory_stats, "schema1.MemoryStats", memory_stats_fields);

static const hcsref_field processor_stats_fields[] = {
    OMIT(hcsref_v1_processor_stats, total_runtime_100ns, "TotalRuntime100ns", hcsref_type_uint64),
    OMIT(hcsref_v1_processor_stats, runtime_user_100ns, "RuntimeUser100ns", hcsref_type_uint64),
    OMIT(hcsref_v1_processor_stats, runtime_kernel_100ns, "RuntimeKernel100ns", hcsref_type_uint64),
};
const hcsref_type hcsref_type_v1_processor_stats =
    STRUCT(hcsref_v1_processor_stats, "schema1.ProcessorStats", processor_stats_fields);

static const hcsref_field storage_stats_fields[] = {
    OMIT(hcsref_v1_storage_stats, read_count_normalized, "ReadCountNormalized", hcsref_type_uint64),
    OMIT(hcsref_v1_storage_stats, read_size_bytes, "ReadSizeBytes", hcsref_type_uint64),
    OMIT(hcsref_v1_storage_stats, write_count_normalized, "WriteCountNormalized", hcsref_type_uint64),
    OMIT(hcsref_v1_storage_stats, write_size_bytes, "WriteSizeBytes", hcsref_type_uint64),
};
const hcsref_type hcsref_type_v1_storage_stats =
    STRUCT(hcsref_v1_storage_stats, "schema1.StorageStats", storage_stats_fields);

static const hcsref_field network_stats_fields[] = {
    OMIT(hcsref_v1_network_stats, bytes_received, "BytesReceived", hcsref_type_uint64),
    OMIT(hcsref_v1_network_stats, bytes_sent, "BytesSent", hcsref_type_uint64),
    OMIT(hcsref_v1_network_stats, packets_received, "PacketsReceived", hcsref_type_uint64),
    OMIT(hcsref_v1_network_stats, packets_sent, "PacketsSent", hcsref_type_uint64),
    OMIT(hcsref_v1_network_stats, dropped_packets_incoming, "DroppedPacketsIncoming", hcsref_type_uint64),
    OMIT(hcsref_v1_network_stats, dropped_packets_outgoing, "DroppedPacketsOutgoing", hcsref_type_uint64),
    OMIT(hcsref_v1_network_stats, endpoint_id, "EndpointId", hcsref_type_string),
    OMIT(hcsref_v1_network_stats, instance_id, "InstanceId", hcsref_type_string),
};
const hcsref_type hcsref_type_v1_network_stats =
    STRUCT(hcsref_v1_network_stats, "schema1.NetworkStats", network_stats_fields);

static const hcsref_field statistics_fields[] = {
    OMIT(hcsref_v1_statistics, timestamp, "Timestamp", hcsref_type_time),
    OMIT(hcsref_v1_statistics, container_start_time, "ContainerStartTime", hcsref_type_time),
    OMIT(hcsref_v1_statistics, uptime_100ns, "Uptime100ns", hcsref_type_uint64),
    OMIT(hcsref_v1_statistics, memory, "Memory", hcsref_type_v1_memory_stats),
    OMIT(hcsref_v1_statistics, processor, "Processor", hcsref_type_v1_processor_stats),
    OMIT(hcsref_v1_statistics, storage, "Storage", hcsref_type_v1_storage_stats),
    OMIT(hcsref_v1_statistics, network, "Network", network_stats_list),
};
const hcsref_type hcsref_type_v1_statistics = STRUCT(hcsref_v1_statistics, "schema1.Statistics", statistics_fields);

static const hcsref_field process_list_item_fields[] = {
    OMIT(hcsref_v1_process_list_item, create_timestamp, "CreateTimestamp", hcsref_type_time),
    OMIT(hcsref_v1_process_list_item, image_name, "ImageName", hcsref_type_string),
    OMIT(hcsref_v1_process_list_item, kernel_time_100ns, "KernelTime100ns", hcsref_type_uint64),
    OMIT(hcsref_v1_process_list_item, memory_commit_bytes, "MemoryCommitBytes", hcsref_type_uint64),
    OMIT(hcsref_v1_process_list_item, memory_working_set_private_bytes, "MemoryWorkingSetPrivateBytes",
         hcsref_type_uint64),
    OMIT(hcsref_v1_process_list_item, memory_working_set_shared_bytes, "MemoryWorkingSetSharedBytes",
         hcsref_type_uint64),
    OMIT(hcsref_v1_process_list_item, process_id, "ProcessId", hcsref_type_uint32),
    OMIT(hcsref_v1_process_list_item, user_time_100ns, "UserTime100ns", hcsref_type_uint64),
};
const hcsref_type hcsref_type_v1_process_list_item =
    STRUCT(hcsref_v1_process_list_item, "schema1.ProcessListItem", process_list_item_fields);

static const hcsref_field mapped_virtual_disk_controller_fields[] = {
    OMIT(hcsref_v1_mapped_virtual_disk_controller, mapped_virtual_disks, "MappedVirtualDisks",
         mapped_virtual_disk_by_int),
};
const hcsref_type hcsref_type_v1_mapped_virtual_disk_controller =
    STRUCT(hcsref_v1_mapped_virtual_disk_controller, "schema1.MappedVirtualDiskController",
           mapped_virtual_disk_controller_fields);

static const hcsref_field guest_defined_capabilities_fields[] = {
    OMIT(hcsref_v1_guest_defined_capabilities, namespace_add_request_supported, "NamespaceAddRequestSupported",
         hcsref_type_bool),
    OMIT(hcsref_v1_guest_defined_capabilities, signal_process_supported, "SignalProcessSupported", hcsref_type_bool),
    OMIT(hcsref_v1_guest_defined_capabilities, dump_stacks_supported, "DumpStacksSupported", hcsref_type_bool),
    OMIT(hcsref_v1_guest_defined_capabilities, delete_container_state_supported, "DeleteContainerStateSupported",
         hcsref_type_bool),
    OMIT(hcsref_v1_guest_defined_capabilities, update_container_supported, "UpdateContainerSupported",
         hcsref_type_bool),
};
const hcsref_type hcsref_type_v1_guest_defined_capabilities =
    STRUCT(hcsref_v1_guest_defined_capabilities, "schema1.GuestDefinedCapabilities", guest_defined_capabilities_fields);

static const hcsref_field guest_connection_info_fields[] = {
    OMIT(hcsref_v1_guest_connection_info, supported_schema_versions, "SupportedSchemaVersions", v2_version_list),
    OMIT(hcsref_v1_guest_connection_info, protocol_version, "ProtocolVersion", hcsref_type_uint32),
    OMIT(hcsref_v1_guest_connection_info, guest_defined_capabilities, "GuestDefinedCapabilities",
         hcsref_type_v1_guest_defined_capabilities),
};
const hcsref_type hcsref_type_v1_guest_connection_info =
    STRUCT(hcsref_v1_guest_connection_info, "schema1.GuestConnectionInfo", guest_connection_info_fields);

static const hcsref_field resource_modification_request_response_fields[] = {
    KEEP(hcsref_v1_resource_modification_request_response, resource_type, "ResourceType", resource_type),
    KEEP(hcsref_v1_resource_modification_request_response, settings, "Settings", hcsref_type_any),
    OMIT(hcsref_v1_resource_modification_request_response, request_type, "RequestType", request_type),
};
const hcsref_type hcsref_type_v1_resource_modification_request_response =
    STRUCT(hcsref_v1_resource_modification_request_response, "schema1.ResourceModificationRequestResponse",
           resource_modification_request_response_fields);
