/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of HCS schema 2: hcsshim internal/hcs/schema2. */
#include "hcsref/schema2.h"

#include "schema/table.h"

static const hcsref_type process_modify_operation =
    NAMED(HCSREF_STRING, hcsref_str, "guestrequest.ProcessModifyOperation");
static const hcsref_type stdio_handle = NAMED(HCSREF_STRING, hcsref_str, "guestrequest.STDIOHandle");
static const hcsref_type request_type = NAMED(HCSREF_STRING, hcsref_str, "guestrequest.RequestType");
static const hcsref_type guest_os_ptr = POINTER_TO(hcsref_type_v2_guest_os, "*hcsschema.GuestOs");
static const hcsref_type storage_ptr = POINTER_TO(hcsref_type_v2_storage, "*hcsschema.Storage");
static const hcsref_type mapped_directory_list =
    SLICE_OF(hcsref_type_v2_mapped_directory, "[]hcsschema.MappedDirectory");
static const hcsref_type mapped_pipe_list = SLICE_OF(hcsref_type_v2_mapped_pipe, "[]hcsschema.MappedPipe");
static const hcsref_type memory_ptr = POINTER_TO(hcsref_type_v2_memory, "*hcsschema.Memory");
static const hcsref_type processor_ptr = POINTER_TO(hcsref_type_v2_processor, "*hcsschema.Processor");
static const hcsref_type networking_ptr = POINTER_TO(hcsref_type_v2_networking, "*hcsschema.Networking");
static const hcsref_type hv_socket_ptr = POINTER_TO(hcsref_type_v2_hv_socket, "*hcsschema.HvSocket");
static const hcsref_type container_credential_guard_state_ptr =
    POINTER_TO(hcsref_type_v2_container_credential_guard_state, "*hcsschema.ContainerCredentialGuardState");
static const hcsref_type registry_changes_ptr =
    POINTER_TO(hcsref_type_v2_registry_changes, "*hcsschema.RegistryChanges");
static const hcsref_type device_list = SLICE_OF(hcsref_type_v2_device, "[]hcsschema.Device");
static const hcsref_type container_definition_device_ptr =
    POINTER_TO(hcsref_type_v2_container_definition_device, "*hcsschema.ContainerDefinitionDevice");
static const hcsref_type version_ptr = POINTER_TO(hcsref_type_v2_version, "*hcsschema.Version");
static const hcsref_type container_ptr = POINTER_TO(hcsref_type_v2_container, "*hcsschema.Container");
static const hcsref_type any_ptr = POINTER_TO(hcsref_type_any, "*VirtualMachine");
static const hcsref_type layer_list = SLICE_OF(hcsref_type_v2_layer, "[]hcsschema.Layer");
static const hcsref_type storage_qos_ptr = POINTER_TO(hcsref_type_v2_storage_qos, "*hcsschema.StorageQoS");
static const hcsref_type hv_socket_system_config_ptr =
    POINTER_TO(hcsref_type_v2_hv_socket_system_config, "*hcsschema.HvSocketSystemConfig");
static const hcsref_type registry_value_list = SLICE_OF(hcsref_type_v2_registry_value, "[]hcsschema.RegistryValue");
static const hcsref_type registry_key_list = SLICE_OF(hcsref_type_v2_registry_key, "[]hcsschema.RegistryKey");
static const hcsref_type registry_key_ptr = POINTER_TO(hcsref_type_v2_registry_key, "*hcsschema.RegistryKey");
static const hcsref_type device_type = NAMED(HCSREF_STRING, hcsref_str, "hcsschema.DeviceType");
static const hcsref_type device_extension_list =
    SLICE_OF(hcsref_type_v2_device_extension, "[]hcsschema.DeviceExtension");
static const hcsref_type device_category_ptr = POINTER_TO(hcsref_type_v2_device_category, "*hcsschema.DeviceCategory");
static const hcsref_type device_extension_namespace_ptr =
    POINTER_TO(hcsref_type_v2_device_extension_namespace, "*hcsschema.DeviceExtensionNamespace");
static const hcsref_type interface_class_list = SLICE_OF(hcsref_type_v2_interface_class, "[]hcsschema.InterfaceClass");
static const hcsref_type device_category_list = SLICE_OF(hcsref_type_v2_device_category, "[]hcsschema.DeviceCategory");
static const hcsref_type device_instance_list = SLICE_OF(hcsref_type_v2_device_instance, "[]hcsschema.DeviceInstance");
static const hcsref_type object_namespace_ptr =
    POINTER_TO(hcsref_type_v2_object_namespace, "*hcsschema.ObjectNamespace");
static const hcsref_type device_namespace_ptr =
    POINTER_TO(hcsref_type_v2_device_namespace, "*hcsschema.DeviceNamespace");
static const hcsref_type object_symlink_list = SLICE_OF(hcsref_type_v2_object_symlink, "[]hcsschema.ObjectSymlink");
static const hcsref_type object_directory_list =
    SLICE_OF(hcsref_type_v2_object_directory, "[]hcsschema.ObjectDirectory");
static const hcsref_type hv_socket_service_config_map =
    MAP_TO(hcsref_type_v2_hv_socket_service_config, hcsref_v2_hv_socket_service_config_entry, NULL,
           "map[string]hcsschema.HvSocketServiceConfig");
static const hcsref_type int32_list = SLICE_OF(hcsref_type_int32, "[]int32");
static const hcsref_type console_size_ptr = POINTER_TO(hcsref_type_v2_console_size, "*hcsschema.ConsoleSize");
static const hcsref_type close_handle_ptr = POINTER_TO(hcsref_type_v2_close_handle, "*hcsschema.CloseHandle");
static const hcsref_type statistics_ptr = POINTER_TO(hcsref_type_v2_statistics, "*hcsschema.Statistics");
static const hcsref_type process_details_list = SLICE_OF(hcsref_type_v2_process_details, "[]hcsschema.ProcessDetails");
static const hcsref_type any_list = SLICE_OF(hcsref_type_any, "[]SharedMemoryRegionInfo");
static const hcsref_type property_type = NAMED(HCSREF_STRING, hcsref_str, "hcsschema.PropertyType");
static const hcsref_type property_type_list = SLICE_OF(property_type, "[]hcsschema.PropertyType");
static const hcsref_type processor_stats_ptr = POINTER_TO(hcsref_type_v2_processor_stats, "*hcsschema.ProcessorStats");
static const hcsref_type memory_stats_ptr = POINTER_TO(hcsref_type_v2_memory_stats, "*hcsschema.MemoryStats");
static const hcsref_type storage_stats_ptr = POINTER_TO(hcsref_type_v2_storage_stats, "*hcsschema.StorageStats");
static const hcsref_type raw_list = SLICE_OF(hcsref_type_raw, "[]json.RawMessage");
static const hcsref_type container_credential_guard_hv_socket_service_config_ptr =
    POINTER_TO(hcsref_type_v2_container_credential_guard_hv_socket_service_config,
               "*hcsschema.ContainerCredentialGuardHvSocketServiceConfig");
static const hcsref_type hv_socket_service_config_ptr =
    POINTER_TO(hcsref_type_v2_hv_socket_service_config, "*hcsschema.HvSocketServiceConfig");
static const hcsref_type container_credential_guard_modify_operation =
    NAMED(HCSREF_STRING, hcsref_str, "hcsschema.ContainerCredentialGuardModifyOperation");
static const hcsref_type container_credential_guard_instance_list =
    SLICE_OF(hcsref_type_v2_container_credential_guard_instance, "[]hcsschema.ContainerCredentialGuardInstance");

static const hcsref_field container_fields[] = {
    OMIT(hcsref_v2_container, guest_os, "GuestOs", guest_os_ptr),
    OMIT(hcsref_v2_container, storage, "Storage", storage_ptr),
    OMIT(hcsref_v2_container, mapped_directories, "MappedDirectories", mapped_directory_list),
    OMIT(hcsref_v2_container, mapped_pipes, "MappedPipes", mapped_pipe_list),
    OMIT(hcsref_v2_container, memory, "Memory", memory_ptr),
    OMIT(hcsref_v2_container, processor, "Processor", processor_ptr),
    OMIT(hcsref_v2_container, networking, "Networking", networking_ptr),
    OMIT(hcsref_v2_container, hv_socket, "HvSocket", hv_socket_ptr),
    OMIT(hcsref_v2_container, container_credential_guard, "ContainerCredentialGuard",
         container_credential_guard_state_ptr),
    OMIT(hcsref_v2_container, registry_changes, "RegistryChanges", registry_changes_ptr),
    OMIT(hcsref_v2_container, assigned_devices, "AssignedDevices", device_list),
    OMIT(hcsref_v2_container, additional_device_namespace, "AdditionalDeviceNamespace",
         container_definition_device_ptr),
};
const hcsref_type hcsref_type_v2_container = STRUCT(hcsref_v2_container, "hcsschema.Container", container_fields);

static const hcsref_field compute_system_fields[] = {
    OMIT(hcsref_v2_compute_system, owner, "Owner", hcsref_type_string),
    OMIT(hcsref_v2_compute_system, schema_version, "SchemaVersion", version_ptr),
    OMIT(hcsref_v2_compute_system, hosting_system_id, "HostingSystemId", hcsref_type_string),
    OMIT(hcsref_v2_compute_system, hosted_system, "HostedSystem", hcsref_type_any),
    OMIT(hcsref_v2_compute_system, container, "Container", container_ptr),
    OMIT(hcsref_v2_compute_system, virtual_machine, "VirtualMachine", any_ptr),
    OMIT(hcsref_v2_compute_system, should_terminate_on_last_handle_closed, "ShouldTerminateOnLastHandleClosed",
         hcsref_type_bool),
};
const hcsref_type hcsref_type_v2_compute_system =
    STRUCT(hcsref_v2_compute_system, "hcsschema.ComputeSystem", compute_system_fields);

static const hcsref_field hosted_system_fields[] = {
    OMIT(hcsref_v2_hosted_system, schema_version, "SchemaVersion", version_ptr),
    OMIT(hcsref_v2_hosted_system, container, "Container", container_ptr),
};
const hcsref_type hcsref_type_v2_hosted_system =
    STRUCT(hcsref_v2_hosted_system, "hcsschema.HostedSystem", hosted_system_fields);

static const hcsref_field version_fields[] = {
    OMIT(hcsref_v2_version, major, "Major", hcsref_type_int32),
    OMIT(hcsref_v2_version, minor, "Minor", hcsref_type_int32),
};
const hcsref_type hcsref_type_v2_version = STRUCT(hcsref_v2_version, "hcsschema.Version", version_fields);

static const hcsref_field guest_os_fields[] = {
    OMIT(hcsref_v2_guest_os, host_name, "HostName", hcsref_type_string),
};
const hcsref_type hcsref_type_v2_guest_os = STRUCT(hcsref_v2_guest_os, "hcsschema.GuestOs", guest_os_fields);

static const hcsref_field storage_fields[] = {
    OMIT(hcsref_v2_storage, layers, "Layers", layer_list),
    OMIT(hcsref_v2_storage, path, "Path", hcsref_type_string),
    OMIT(hcsref_v2_storage, qos, "QoS", storage_qos_ptr),
};
const hcsref_type hcsref_type_v2_storage = STRUCT(hcsref_v2_storage, "hcsschema.Storage", storage_fields);

static const hcsref_field storage_qos_fields[] = {
    OMIT(hcsref_v2_storage_qos, iops_maximum, "IopsMaximum", hcsref_type_int32),
    OMIT(hcsref_v2_storage_qos, bandwidth_maximum, "BandwidthMaximum", hcsref_type_int32),
};
const hcsref_type hcsref_type_v2_storage_qos =
    STRUCT(hcsref_v2_storage_qos, "hcsschema.StorageQoS", storage_qos_fields);

static const hcsref_field layer_fields[] = {
    OMIT(hcsref_v2_layer, id, "Id", hcsref_type_string),
    OMIT(hcsref_v2_layer, path, "Path", hcsref_type_string),
    OMIT(hcsref_v2_layer, path_type, "PathType", hcsref_type_string),
    OMIT(hcsref_v2_layer, cache, "Cache", hcsref_type_string),
};
const hcsref_type hcsref_type_v2_layer = STRUCT(hcsref_v2_layer, "hcsschema.Layer", layer_fields);

static const hcsref_field mapped_directory_fields[] = {
    OMIT(hcsref_v2_mapped_directory, host_path, "HostPath", hcsref_type_string),
    OMIT(hcsref_v2_mapped_directory, host_path_type, "HostPathType", hcsref_type_string),
    OMIT(hcsref_v2_mapped_directory, container_path, "ContainerPath", hcsref_type_string),
    OMIT(hcsref_v2_mapped_directory, read_only, "ReadOnly", hcsref_type_bool),
};
const hcsref_type hcsref_type_v2_mapped_directory =
    STRUCT(hcsref_v2_mapped_directory, "hcsschema.MappedDirectory", mapped_directory_fields);

static const hcsref_field mapped_pipe_fields[] = {
    OMIT(hcsref_v2_mapped_pipe, container_pipe_name, "ContainerPipeName", hcsref_type_string),
    OMIT(hcsref_v2_mapped_pipe, host_path, "HostPath", hcsref_type_string),
    OMIT(hcsref_v2_mapped_pipe, host_path_type, "HostPathType", hcsref_type_string),
};
const hcsref_type hcsref_type_v2_mapped_pipe =
    STRUCT(hcsref_v2_mapped_pipe, "hcsschema.MappedPipe", mapped_pipe_fields);

static const hcsref_field memory_fields[] = {
    OMIT(hcsref_v2_memory, size_in_mb, "SizeInMB", hcsref_type_uint64),
};
const hcsref_type hcsref_type_v2_memory = STRUCT(hcsref_v2_memory, "hcsschema.Memory", memory_fields);

static const hcsref_field processor_fields[] = {
    OMIT(hcsref_v2_processor, count, "Count", hcsref_type_int32),
    OMIT(hcsref_v2_processor, maximum, "Maximum", hcsref_type_int32),
    OMIT(hcsref_v2_processor, weight, "Weight", hcsref_type_int32),
};
const hcsref_type hcsref_type_v2_processor = STRUCT(hcsref_v2_processor, "hcsschema.Processor", processor_fields);

static const hcsref_field networking_fields[] = {
    OMIT(hcsref_v2_networking, allow_unqualified_dns_query, "AllowUnqualifiedDnsQuery", hcsref_type_bool),
    OMIT(hcsref_v2_networking, dns_search_list, "DnsSearchList", hcsref_type_string),
    OMIT(hcsref_v2_networking, network_shared_container_name, "NetworkSharedContainerName", hcsref_type_string),
    OMIT(hcsref_v2_networking, name_space, "Namespace", hcsref_type_string),
    OMIT(hcsref_v2_networking, network_adapters, "NetworkAdapters", hcsref_type_strings),
};
const hcsref_type hcsref_type_v2_networking = STRUCT(hcsref_v2_networking, "hcsschema.Networking", networking_fields);

static const hcsref_field hv_socket_fields[] = {
    OMIT(hcsref_v2_hv_socket, config, "Config", hv_socket_system_config_ptr),
    OMIT(hcsref_v2_hv_socket, enable_power_shell_direct, "EnablePowerShellDirect", hcsref_type_bool),
};
const hcsref_type hcsref_type_v2_hv_socket = STRUCT(hcsref_v2_hv_socket, "hcsschema.HvSocket", hv_socket_fields);

static const hcsref_field container_credential_guard_state_fields[] = {
    OMIT(hcsref_v2_container_credential_guard_state, cookie, "Cookie", hcsref_type_string),
    OMIT(hcsref_v2_container_credential_guard_state, rpc_endpoint, "RpcEndpoint", hcsref_type_string),
    OMIT(hcsref_v2_container_credential_guard_state, transport, "Transport", hcsref_type_string),
    OMIT(hcsref_v2_container_credential_guard_state, credential_spec, "CredentialSpec", hcsref_type_string),
};
const hcsref_type hcsref_type_v2_container_credential_guard_state =
    STRUCT(hcsref_v2_container_credential_guard_state, "hcsschema.ContainerCredentialGuardState",
           container_credential_guard_state_fields);

static const hcsref_field registry_changes_fields[] = {
    OMIT(hcsref_v2_registry_changes, add_values, "AddValues", registry_value_list),
    OMIT(hcsref_v2_registry_changes, delete_keys, "DeleteKeys", registry_key_list),
};
const hcsref_type hcsref_type_v2_registry_changes =
    STRUCT(hcsref_v2_registry_changes, "hcsschema.RegistryChanges", registry_changes_fields);

static const hcsref_field registry_key_fields[] = {
    OMIT(hcsref_v2_registry_key, hive, "Hive", hcsref_type_string),
    OMIT(hcsref_v2_registry_key, name, "Name", hcsref_type_string),
    OMIT(hcsref_v2_registry_key, is_volatile, "Volatile", hcsref_type_bool),
};
const hcsref_type hcsref_type_v2_registry_key =
    STRUCT(hcsref_v2_registry_key, "hcsschema.RegistryKey", registry_key_fields);

static const hcsref_field registry_value_fields[] = {
    OMIT(hcsref_v2_registry_value, key, "Key", registry_key_ptr),
    OMIT(hcsref_v2_registry_value, name, "Name", hcsref_type_string),
    OMIT(hcsref_v2_registry_value, type, "Type", hcsref_type_string),
    OMIT(hcsref_v2_registry_value, string_value, "StringValue", hcsref_type_string),
    OMIT(hcsref_v2_registry_value, binary_value, "BinaryValue", hcsref_type_string),
    OMIT(hcsref_v2_registry_value, d_word_value, "DWordValue", hcsref_type_int32),
    OMIT(hcsref_v2_registry_value, q_word_value, "QWordValue", hcsref_type_int32),
    OMIT(hcsref_v2_registry_value, custom_type, "CustomType", hcsref_type_int32),
};
const hcsref_type hcsref_type_v2_registry_value =
    STRUCT(hcsref_v2_registry_value, "hcsschema.RegistryValue", registry_value_fields);

static const hcsref_field device_fields[] = {
    OMIT(hcsref_v2_device, type, "Type", device_type),
    OMIT(hcsref_v2_device, interface_class_guid, "InterfaceClassGuid", hcsref_type_string),
    OMIT(hcsref_v2_device, location_path, "LocationPath", hcsref_type_string),
};
const hcsref_type hcsref_type_v2_device = STRUCT(hcsref_v2_device, "hcsschema.Device", device_fields);

static const hcsref_field container_definition_device_fields[] = {
    OMIT(hcsref_v2_container_definition_device, device_extension, "device_extension", device_extension_list),
};
const hcsref_type hcsref_type_v2_container_definition_device = STRUCT(
    hcsref_v2_container_definition_device, "hcsschema.ContainerDefinitionDevice", container_definition_device_fields);

static const hcsref_field device_extension_fields[] = {
    OMIT(hcsref_v2_device_extension, device_category, "device_category", device_category_ptr),
    OMIT(hcsref_v2_device_extension, name_space, "namespace", device_extension_namespace_ptr),
};
const hcsref_type hcsref_type_v2_device_extension =
    STRUCT(hcsref_v2_device_extension, "hcsschema.DeviceExtension", device_extension_fields);

static const hcsref_field device_category_fields[] = {
    OMIT(hcsref_v2_device_category, name, "name", hcsref_type_string),
    OMIT(hcsref_v2_device_category, interface_class, "interface_class", interface_class_list),
};
const hcsref_type hcsref_type_v2_device_category =
    STRUCT(hcsref_v2_device_category, "hcsschema.DeviceCategory", device_category_fields);

static const hcsref_field device_instance_fields[] = {
    OMIT(hcsref_v2_device_instance, id, "id", hcsref_type_string),
    OMIT(hcsref_v2_device_instance, location_path, "location_path", hcsref_type_string),
    OMIT(hcsref_v2_device_instance, port_name, "port_name", hcsref_type_string),
    OMIT(hcsref_v2_device_instance, interface_class, "interface_class", interface_class_list),
};
const hcsref_type hcsref_type_v2_device_instance =
    STRUCT(hcsref_v2_device_instance, "hcsschema.DeviceInstance", device_instance_fields);

static const hcsref_field device_namespace_fields[] = {
    OMIT(hcsref_v2_device_namespace, requires_driverstore, "requires_driverstore", hcsref_type_bool),
    OMIT(hcsref_v2_device_namespace, device_category, "device_category", device_category_list),
    OMIT(hcsref_v2_device_namespace, device_instance, "device_instance", device_instance_list),
};
const hcsref_type hcsref_type_v2_device_namespace =
    STRUCT(hcsref_v2_device_namespace, "hcsschema.DeviceNamespace", device_namespace_fields);

static const hcsref_field interface_class_fields[] = {
    OMIT(hcsref_v2_interface_class, type, "type", hcsref_type_string),
    OMIT(hcsref_v2_interface_class, identifier, "identifier", hcsref_type_string),
    OMIT(hcsref_v2_interface_class, recurse, "recurse", hcsref_type_bool),
};
const hcsref_type hcsref_type_v2_interface_class =
    STRUCT(hcsref_v2_interface_class, "hcsschema.InterfaceClass", interface_class_fields);

static const hcsref_field device_extension_namespace_fields[] = {
    OMIT(hcsref_v2_device_extension_namespace, ob, "ob", object_namespace_ptr),
    OMIT(hcsref_v2_device_extension_namespace, device, "device", device_namespace_ptr),
};
const hcsref_type hcsref_type_v2_device_extension_namespace = STRUCT(
    hcsref_v2_device_extension_namespace, "hcsschema.DeviceExtensionNamespace", device_extension_namespace_fields);

static const hcsref_field object_directory_fields[] = {
    OMIT(hcsref_v2_object_directory, name, "name", hcsref_type_string),
    OMIT(hcsref_v2_object_directory, clonesd, "clonesd", hcsref_type_string),
    OMIT(hcsref_v2_object_directory, shadow, "shadow", hcsref_type_string),
    OMIT(hcsref_v2_object_directory, symlink, "symlink", object_symlink_list),
    OMIT(hcsref_v2_object_directory, objdir, "objdir", object_directory_list),
};
const hcsref_type hcsref_type_v2_object_directory =
    STRUCT(hcsref_v2_object_directory, "hcsschema.ObjectDirectory", object_directory_fields);

static const hcsref_field object_namespace_fields[] = {
    OMIT(hcsref_v2_object_namespace, shadow, "shadow", hcsref_type_string),
    OMIT(hcsref_v2_object_namespace, symlink, "symlink", object_symlink_list),
    OMIT(hcsref_v2_object_namespace, objdir, "objdir", object_directory_list),
};
const hcsref_type hcsref_type_v2_object_namespace =
    STRUCT(hcsref_v2_object_namespace, "hcsschema.ObjectNamespace", object_namespace_fields);

static const hcsref_field object_symlink_fields[] = {
    OMIT(hcsref_v2_object_symlink, name, "name", hcsref_type_string),
    OMIT(hcsref_v2_object_symlink, path, "path", hcsref_type_string),
    OMIT(hcsref_v2_object_symlink, scope, "scope", hcsref_type_string),
    OMIT(hcsref_v2_object_symlink, pathtoclone, "pathtoclone", hcsref_type_string),
    OMIT(hcsref_v2_object_symlink, access_mask, "access_mask", hcsref_type_int32),
};
const hcsref_type hcsref_type_v2_object_symlink =
    STRUCT(hcsref_v2_object_symlink, "hcsschema.ObjectSymlink", object_symlink_fields);

static const hcsref_field hv_socket2_fields[] = {
    OMIT(hcsref_v2_hv_socket2, hv_socket_config, "HvSocketConfig", hv_socket_system_config_ptr),
};
const hcsref_type hcsref_type_v2_hv_socket2 = STRUCT(hcsref_v2_hv_socket2, "hcsschema.HvSocket2", hv_socket2_fields);

static const hcsref_field hv_socket_system_config_fields[] = {
    OMIT(hcsref_v2_hv_socket_system_config, default_bind_security_descriptor, "DefaultBindSecurityDescriptor",
         hcsref_type_string),
    OMIT(hcsref_v2_hv_socket_system_config, default_connect_security_descriptor, "DefaultConnectSecurityDescriptor",
         hcsref_type_string),
    OMIT(hcsref_v2_hv_socket_system_config, service_table, "ServiceTable", hv_socket_service_config_map),
};
const hcsref_type hcsref_type_v2_hv_socket_system_config =
    STRUCT(hcsref_v2_hv_socket_system_config, "hcsschema.HvSocketSystemConfig", hv_socket_system_config_fields);

static const hcsref_field hv_socket_service_config_fields[] = {
    OMIT(hcsref_v2_hv_socket_service_config, bind_security_descriptor, "BindSecurityDescriptor", hcsref_type_string),
    OMIT(hcsref_v2_hv_socket_service_config, connect_security_descriptor, "ConnectSecurityDescriptor",
         hcsref_type_string),
    OMIT(hcsref_v2_hv_socket_service_config, allow_wildcard_binds, "AllowWildcardBinds", hcsref_type_bool),
    OMIT(hcsref_v2_hv_socket_service_config, disabled, "Disabled", hcsref_type_bool),
};
const hcsref_type hcsref_type_v2_hv_socket_service_config =
    STRUCT(hcsref_v2_hv_socket_service_config, "hcsschema.HvSocketServiceConfig", hv_socket_service_config_fields);

static const hcsref_field process_parameters_fields[] = {
    OMIT(hcsref_v2_process_parameters, application_name, "ApplicationName", hcsref_type_string),
    OMIT(hcsref_v2_process_parameters, command_line, "CommandLine", hcsref_type_string),
    OMIT(hcsref_v2_process_parameters, command_args, "CommandArgs", hcsref_type_strings),
    OMIT(hcsref_v2_process_parameters, user, "User", hcsref_type_string),
    OMIT(hcsref_v2_process_parameters, working_directory, "WorkingDirectory", hcsref_type_string),
    OMIT(hcsref_v2_process_parameters, environment, "Environment", hcsref_type_string_map),
    OMIT(hcsref_v2_process_parameters, restricted_token, "RestrictedToken", hcsref_type_bool),
    OMIT(hcsref_v2_process_parameters, emulate_console, "EmulateConsole", hcsref_type_bool),
    OMIT(hcsref_v2_process_parameters, create_std_in_pipe, "CreateStdInPipe", hcsref_type_bool),
    OMIT(hcsref_v2_process_parameters, create_std_out_pipe, "CreateStdOutPipe", hcsref_type_bool),
    OMIT(hcsref_v2_process_parameters, create_std_err_pipe, "CreateStdErrPipe", hcsref_type_bool),
    OMIT(hcsref_v2_process_parameters, console_size, "ConsoleSize", int32_list),
    OMIT(hcsref_v2_process_parameters, use_existing_login, "UseExistingLogin", hcsref_type_bool),
    OMIT(hcsref_v2_process_parameters, use_legacy_console, "UseLegacyConsole", hcsref_type_bool),
};
const hcsref_type hcsref_type_v2_process_parameters =
    STRUCT(hcsref_v2_process_parameters, "hcsschema.ProcessParameters", process_parameters_fields);

static const hcsref_field process_status_fields[] = {
    OMIT(hcsref_v2_process_status, process_id, "ProcessId", hcsref_type_uint32),
    OMIT(hcsref_v2_process_status, exited, "Exited", hcsref_type_bool),
    OMIT(hcsref_v2_process_status, exit_code, "ExitCode", hcsref_type_uint32),
    OMIT(hcsref_v2_process_status, last_wait_result, "LastWaitResult", hcsref_type_int32),
};
const hcsref_type hcsref_type_v2_process_status =
    STRUCT(hcsref_v2_process_status, "hcsschema.ProcessStatus", process_status_fields);

static const hcsref_field process_details_fields[] = {
    OMIT(hcsref_v2_process_details, process_id, "ProcessId", hcsref_type_int32),
    OMIT(hcsref_v2_process_details, image_name, "ImageName", hcsref_type_string),
    OMIT(hcsref_v2_process_details, create_timestamp, "CreateTimestamp", hcsref_type_time),
    OMIT(hcsref_v2_process_details, user_time_100ns, "UserTime100ns", hcsref_type_int32),
    OMIT(hcsref_v2_process_details, kernel_time_100ns, "KernelTime100ns", hcsref_type_int32),
    OMIT(hcsref_v2_process_details, memory_commit_bytes, "MemoryCommitBytes", hcsref_type_int32),
    OMIT(hcsref_v2_process_details, memory_working_set_private_bytes, "MemoryWorkingSetPrivateBytes",
         hcsref_type_int32),
    OMIT(hcsref_v2_process_details, memory_working_set_shared_bytes, "MemoryWorkingSetSharedBytes", hcsref_type_int32),
};
const hcsref_type hcsref_type_v2_process_details =
    STRUCT(hcsref_v2_process_details, "hcsschema.ProcessDetails", process_details_fields);

static const hcsref_field process_modify_request_fields[] = {
    OMIT(hcsref_v2_process_modify_request, operation, "Operation", process_modify_operation),
    OMIT(hcsref_v2_process_modify_request, console_size, "ConsoleSize", console_size_ptr),
    OMIT(hcsref_v2_process_modify_request, close_handle, "CloseHandle", close_handle_ptr),
};
const hcsref_type hcsref_type_v2_process_modify_request =
    STRUCT(hcsref_v2_process_modify_request, "hcsschema.ProcessModifyRequest", process_modify_request_fields);

static const hcsref_field close_handle_fields[] = {
    OMIT(hcsref_v2_close_handle, handle, "Handle", stdio_handle),
};
const hcsref_type hcsref_type_v2_close_handle =
    STRUCT(hcsref_v2_close_handle, "hcsschema.CloseHandle", close_handle_fields);

static const hcsref_field console_size_fields[] = {
    OMIT(hcsref_v2_console_size, height, "Height", hcsref_type_uint16),
    OMIT(hcsref_v2_console_size, width, "Width", hcsref_type_uint16),
};
const hcsref_type hcsref_type_v2_console_size =
    STRUCT(hcsref_v2_console_size, "hcsschema.ConsoleSize", console_size_fields);

static const hcsref_field properties_fields[] = {
    OMIT(hcsref_v2_properties, id, "Id", hcsref_type_string),
    OMIT(hcsref_v2_properties, system_type, "SystemType", hcsref_type_string),
    OMIT(hcsref_v2_properties, runtime_os_type, "RuntimeOsType", hcsref_type_string),
    OMIT(hcsref_v2_properties, name, "Name", hcsref_type_string),
    OMIT(hcsref_v2_properties, owner, "Owner", hcsref_type_string),
    OMIT(hcsref_v2_properties, runtime_id, "RuntimeId", hcsref_type_string),
    OMIT(hcsref_v2_properties, runtime_template_id, "RuntimeTemplateId", hcsref_type_string),
    OMIT(hcsref_v2_properties, state, "State", hcsref_type_string),
    OMIT(hcsref_v2_properties, stopped, "Stopped", hcsref_type_bool),
    OMIT(hcsref_v2_properties, exit_type, "ExitType", hcsref_type_string),
    OMIT(hcsref_v2_properties, memory, "Memory", any_ptr),
    OMIT(hcsref_v2_properties, statistics, "Statistics", statistics_ptr),
    OMIT(hcsref_v2_properties, process_list, "ProcessList", process_details_list),
    OMIT(hcsref_v2_properties, terminate_on_last_handle_closed, "TerminateOnLastHandleClosed", hcsref_type_bool),
    OMIT(hcsref_v2_properties, hosting_system_id, "HostingSystemId", hcsref_type_string),
    OMIT(hcsref_v2_properties, shared_memory_region_info, "SharedMemoryRegionInfo", any_list),
    OMIT(hcsref_v2_properties, guest_connection_info, "GuestConnectionInfo", any_ptr),
    OMIT(hcsref_v2_properties, lcow_metrics, "LCOWMetrics", any_ptr),
};
const hcsref_type hcsref_type_v2_properties = STRUCT(hcsref_v2_properties, "hcsschema.Properties", properties_fields);

static const hcsref_field property_query_fields[] = {
    OMIT(hcsref_v2_property_query, property_types, "PropertyTypes", property_type_list),
};
const hcsref_type hcsref_type_v2_property_query =
    STRUCT(hcsref_v2_property_query, "hcsschema.PropertyQuery", property_query_fields);

static const hcsref_field statistics_fields[] = {
    OMIT(hcsref_v2_statistics, timestamp, "Timestamp", hcsref_type_time),
    OMIT(hcsref_v2_statistics, container_start_time, "ContainerStartTime", hcsref_type_time),
    OMIT(hcsref_v2_statistics, uptime_100ns, "Uptime100ns", hcsref_type_uint64),
    OMIT(hcsref_v2_statistics, processor, "Processor", processor_stats_ptr),
    OMIT(hcsref_v2_statistics, memory, "Memory", memory_stats_ptr),
    OMIT(hcsref_v2_statistics, storage, "Storage", storage_stats_ptr),
};
const hcsref_type hcsref_type_v2_statistics = STRUCT(hcsref_v2_statistics, "hcsschema.Statistics", statistics_fields);

static const hcsref_field memory_stats_fields[] = {
    OMIT(hcsref_v2_memory_stats, memory_usage_commit_bytes, "MemoryUsageCommitBytes", hcsref_type_uint64),
    OMIT(hcsref_v2_memory_stats, memory_usage_commit_peak_bytes, "MemoryUsageCommitPeakBytes", hcsref_type_uint64),
    OMIT(hcsref_v2_memory_stats, memory_usage_private_working_set_bytes, "MemoryUsagePrivateWorkingSetBytes",
         hcsref_type_uint64),
};
const hcsref_type hcsref_type_v2_memory_stats =
    STRUCT(hcsref_v2_memory_stats, "hcsschema.MemoryStats", memory_stats_fields);

static const hcsref_field processor_stats_fields[] = {
    OMIT(hcsref_v2_processor_stats, total_runtime_100ns, "TotalRuntime100ns", hcsref_type_uint64),
    OMIT(hcsref_v2_processor_stats, runtime_user_100ns, "RuntimeUser100ns", hcsref_type_uint64),
    OMIT(hcsref_v2_processor_stats, runtime_kernel_100ns, "RuntimeKernel100ns", hcsref_type_uint64),
};
const hcsref_type hcsref_type_v2_processor_stats =
    STRUCT(hcsref_v2_processor_stats, "hcsschema.ProcessorStats", processor_stats_fields);

static const hcsref_field storage_stats_fields[] = {
    OMIT(hcsref_v2_storage_stats, read_count_normalized, "ReadCountNormalized", hcsref_type_uint64),
    OMIT(hcsref_v2_storage_stats, read_size_bytes, "ReadSizeBytes", hcsref_type_uint64),
    OMIT(hcsref_v2_storage_stats, write_count_normalized, "WriteCountNormalized", hcsref_type_uint64),
    OMIT(hcsref_v2_storage_stats, write_size_bytes, "WriteSizeBytes", hcsref_type_uint64),
};
const hcsref_type hcsref_type_v2_storage_stats =
    STRUCT(hcsref_v2_storage_stats, "hcsschema.StorageStats", storage_stats_fields);

static const hcsref_field service_properties_fields[] = {
    OMIT(hcsref_v2_service_properties, properties, "Properties", raw_list),
};
const hcsref_type hcsref_type_v2_service_properties =
    STRUCT(hcsref_v2_service_properties, "hcsschema.ServiceProperties", service_properties_fields);

static const hcsref_field modify_setting_request_fields[] = {
    OMIT(hcsref_v2_modify_setting_request, resource_path, "ResourcePath", hcsref_type_string),
    OMIT(hcsref_v2_modify_setting_request, request_type, "RequestType", request_type),
    OMIT(hcsref_v2_modify_setting_request, settings, "Settings", hcsref_type_any),
    OMIT(hcsref_v2_modify_setting_request, guest_request, "GuestRequest", hcsref_type_any),
};
const hcsref_type hcsref_type_v2_modify_setting_request =
    STRUCT(hcsref_v2_modify_setting_request, "hcsschema.ModifySettingRequest", modify_setting_request_fields);

static const hcsref_field container_credential_guard_instance_fields[] = {
    OMIT(hcsref_v2_container_credential_guard_instance, id, "Id", hcsref_type_string),
    OMIT(hcsref_v2_container_credential_guard_instance, credential_guard, "CredentialGuard",
         container_credential_guard_state_ptr),
    OMIT(hcsref_v2_container_credential_guard_instance, hv_socket_config, "HvSocketConfig",
         container_credential_guard_hv_socket_service_config_ptr),
};
const hcsref_type hcsref_type_v2_container_credential_guard_instance =
    STRUCT(hcsref_v2_container_credential_guard_instance, "hcsschema.ContainerCredentialGuardInstance",
           container_credential_guard_instance_fields);

static const hcsref_field container_credential_guard_add_instance_request_fields[] = {
    OMIT(hcsref_v2_container_credential_guard_add_instance_request, id, "Id", hcsref_type_string),
    OMIT(hcsref_v2_container_credential_guard_add_instance_request, credential_spec, "CredentialSpec",
         hcsref_type_string),
    OMIT(hcsref_v2_container_credential_guard_add_instance_request, transport, "Transport", hcsref_type_string),
};
const hcsref_type hcsref_type_v2_container_credential_guard_add_instance_request = STRUCT(
    hcsref_v2_container_credential_guard_add_instance_request, "hcsschema.ContainerCredentialGuardAddInstanceRequest",
    container_credential_guard_add_instance_request_fields);

static const hcsref_field container_credential_guard_remove_instance_request_fields[] = {
    OMIT(hcsref_v2_container_credential_guard_remove_instance_request, id, "Id", hcsref_type_string),
};
const hcsref_type hcsref_type_v2_container_credential_guard_remove_instance_request =
    STRUCT(hcsref_v2_container_credential_guard_remove_instance_request,
           "hcsschema.ContainerCredentialGuardRemoveInstanceRequest",
           container_credential_guard_remove_instance_request_fields);

static const hcsref_field container_credential_guard_hv_socket_service_config_fields[] = {
    OMIT(hcsref_v2_container_credential_guard_hv_socket_service_config, service_id, "ServiceId", hcsref_type_string),
    OMIT(hcsref_v2_container_credential_guard_hv_socket_service_config, service_config, "ServiceConfig",
         hv_socket_service_config_ptr),
};
const hcsref_type hcsref_type_v2_container_credential_guard_hv_socket_service_config =
    STRUCT(hcsref_v2_container_credential_guard_hv_socket_service_config,
           "hcsschema.ContainerCredentialGuardHvSocketServiceConfig",
           container_credential_guard_hv_socket_service_config_fields);

static const hcsref_field container_credential_guard_operation_request_fields[] = {
    OMIT(hcsref_v2_container_credential_guard_operation_request, operation, "Operation",
         container_credential_guard_modify_operation),
    OMIT(hcsref_v2_container_credential_guard_operation_request, operation_details, "OperationDetails",
         hcsref_type_any),
};
const hcsref_type hcsref_type_v2_container_credential_guard_operation_request =
    STRUCT(hcsref_v2_container_credential_guard_operation_request, "hcsschema.ContainerCredentialGuardOperationRequest",
           container_credential_guard_operation_request_fields);

static const hcsref_field container_credential_guard_system_info_fields[] = {
    OMIT(hcsref_v2_container_credential_guard_system_info, instances, "Instances",
         container_credential_guard_instance_list),
};
const hcsref_type hcsref_type_v2_container_credential_guard_system_info =
    STRUCT(hcsref_v2_container_credential_guard_system_info, "hcsschema.ContainerCredentialGuardSystemInfo",
           container_credential_guard_system_info_fields);
