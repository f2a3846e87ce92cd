/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of HCS schema 2: the documents that create a compute system. Source: hcsshim internal/hcs/schema2. */
#include "hcsref/schema2_vm.h"

#include "release/changes.h"
#include "schema/table.h"

static const hcsref_type virtual_machine_ptr = POINTER_TO(hcsref_type_v2_virtual_machine, "*hcsschema.VirtualMachine");
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
static const hcsref_type layer_list = SLICE_OF(hcsref_type_v2_layer, "[]hcsschema.Layer");
static const hcsref_type storage_qos_ptr = POINTER_TO(hcsref_type_v2_storage_qos, "*hcsschema.StorageQoS");
static const hcsref_type hv_socket_system_config_ptr =
    POINTER_TO(hcsref_type_v2_hv_socket_system_config, "*hcsschema.HvSocketSystemConfig");

static const hcsref_type device_type = NAMED(HCSREF_STRING, hcsref_str, "hcsschema.DeviceType");

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
    SINCE(hcsref_v2_container, isolation_type, "IsolationType", hcsref_type_string, true,
          HCSREF_CHANGE_HOSTPROCESS_HYPERV),
};
const hcsref_type hcsref_type_v2_container = STRUCT(hcsref_v2_container, "hcsschema.Container", container_fields);

static const hcsref_field compute_system_fields[] = {
    OMIT(hcsref_v2_compute_system, owner, "Owner", hcsref_type_string),
    OMIT(hcsref_v2_compute_system, schema_version, "SchemaVersion", version_ptr),
    OMIT(hcsref_v2_compute_system, hosting_system_id, "HostingSystemId", hcsref_type_string),
    OMIT(hcsref_v2_compute_system, hosted_system, "HostedSystem", hcsref_type_any),
    OMIT(hcsref_v2_compute_system, container, "Container", container_ptr),
    OMIT(hcsref_v2_compute_system, virtual_machine, "VirtualMachine", virtual_machine_ptr),
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

static const hcsref_field confidential_system_fields[] = {
    KEEP(hcsref_v2_confidential_system, spec, "Spec", hcsref_type_oci_spec),
    KEEP(hcsref_v2_confidential_system, hosted_system, "CWCOWHostedSystem", hcsref_type_v2_hosted_system),
};
const hcsref_type hcsref_type_v2_confidential_system =
    STRUCT(hcsref_v2_confidential_system, "guestresource.CWCOWHostedSystem", confidential_system_fields);

static const hcsref_field guest_os_fields[] = {
    OMIT(hcsref_v2_guest_os, host_name, "HostName", hcsref_type_string),
};
const hcsref_type hcsref_type_v2_guest_os = STRUCT(hcsref_v2_guest_os, "hcsschema.GuestOs", guest_os_fields);

static const hcsref_field storage_fields[] = {
    OMIT(hcsref_v2_storage, layers, "Layers", layer_list),
    OMIT(hcsref_v2_storage, path, "Path", hcsref_type_string),
    OMIT(hcsref_v2_storage, qos, "QoS", storage_qos_ptr),
    SINCE(hcsref_v2_storage, privileged_container_root_path, "PrivilegedContainerRootPath", hcsref_type_string, true,
          HCSREF_CHANGE_HOSTPROCESS_HYPERV),
};
const hcsref_type hcsref_type_v2_storage = STRUCT(hcsref_v2_storage, "hcsschema.Storage", storage_fields);

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

static const hcsref_field device_fields[] = {
    OMIT(hcsref_v2_device, type, "Type", device_type),
    OMIT(hcsref_v2_device, interface_class_guid, "InterfaceClassGuid", hcsref_type_string),
    OMIT(hcsref_v2_device, location_path, "LocationPath", hcsref_type_string),
};
const hcsref_type hcsref_type_v2_device = STRUCT(hcsref_v2_device, "hcsschema.Device", device_fields);
