/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of HCS schema 2: what a virtual machine answers of itself. Source: hcsshim internal/hcs/schema2. */
#include "hcsref/schema2_vm.h"

#include "schema/table.h"

static const hcsref_type vm_memory_ptr = POINTER_TO(hcsref_type_v2_vm_memory, "*hcsschema.VmMemory");
static const hcsref_type virtual_node_info_list =
    SLICE_OF(hcsref_type_v2_virtual_node_info, "[]hcsschema.VirtualNodeInfo");
static const hcsref_type version_list = SLICE_OF(hcsref_type_v2_version, "[]hcsschema.Version");
static const hcsref_type any_ptr = POINTER_TO(hcsref_type_any, "*interface {}");

static const hcsref_field memory_information_for_vm_fields[] = {
    OMIT(hcsref_v2_memory_information_for_vm, virtual_node_count, "VirtualNodeCount", hcsref_type_uint32),
    OMIT(hcsref_v2_memory_information_for_vm, virtual_machine_memory, "VirtualMachineMemory", vm_memory_ptr),
    OMIT(hcsref_v2_memory_information_for_vm, virtual_nodes, "VirtualNodes", virtual_node_info_list),
};
const hcsref_type hcsref_type_v2_memory_information_for_vm =
    STRUCT(hcsref_v2_memory_information_for_vm, "hcsschema.MemoryInformationForVm", memory_information_for_vm_fields);

static const hcsref_field vm_memory_fields[] = {
    OMIT(hcsref_v2_vm_memory, available_memory, "AvailableMemory", hcsref_type_int32),
    OMIT(hcsref_v2_vm_memory, available_memory_buffer, "AvailableMemoryBuffer", hcsref_type_int32),
    OMIT(hcsref_v2_vm_memory, reserved_memory, "ReservedMemory", hcsref_type_uint64),
    OMIT(hcsref_v2_vm_memory, assigned_memory, "AssignedMemory", hcsref_type_uint64),
    OMIT(hcsref_v2_vm_memory, slp_active, "SlpActive", hcsref_type_bool),
    OMIT(hcsref_v2_vm_memory, balancing_enabled, "BalancingEnabled", hcsref_type_bool),
    OMIT(hcsref_v2_vm_memory, dm_operation_in_progress, "DmOperationInProgress", hcsref_type_bool),
};
const hcsref_type hcsref_type_v2_vm_memory = STRUCT(hcsref_v2_vm_memory, "hcsschema.VmMemory", vm_memory_fields);

static const hcsref_field virtual_node_info_fields[] = {
    OMIT(hcsref_v2_virtual_node_info, virtual_node_index, "VirtualNodeIndex", hcsref_type_int32),
    OMIT(hcsref_v2_virtual_node_info, physical_node_number, "PhysicalNodeNumber", hcsref_type_int32),
    OMIT(hcsref_v2_virtual_node_info, virtual_processor_count, "VirtualProcessorCount", hcsref_type_int32),
    OMIT(hcsref_v2_virtual_node_info, memory_usage_in_pages, "MemoryUsageInPages", hcsref_type_int32),
};
const hcsref_type hcsref_type_v2_virtual_node_info =
    STRUCT(hcsref_v2_virtual_node_info, "hcsschema.VirtualNodeInfo", virtual_node_info_fields);

static const hcsref_field shared_memory_region_info_fields[] = {
    OMIT(hcsref_v2_shared_memory_region_info, section_name, "SectionName", hcsref_type_string),
    OMIT(hcsref_v2_shared_memory_region_info, guest_physical_address, "GuestPhysicalAddress", hcsref_type_int32),
};
const hcsref_type hcsref_type_v2_shared_memory_region_info =
    STRUCT(hcsref_v2_shared_memory_region_info, "hcsschema.SharedMemoryRegionInfo", shared_memory_region_info_fields);

static const hcsref_field guest_connection_info_fields[] = {
    OMIT(hcsref_v2_guest_connection_info, supported_schema_versions, "SupportedSchemaVersions", version_list),
    OMIT(hcsref_v2_guest_connection_info, protocol_version, "ProtocolVersion", hcsref_type_int32),
    OMIT(hcsref_v2_guest_connection_info, guest_defined_capabilities, "GuestDefinedCapabilities", any_ptr),
};
const hcsref_type hcsref_type_v2_guest_connection_info =
    STRUCT(hcsref_v2_guest_connection_info, "hcsschema.GuestConnectionInfo", guest_connection_info_fields);
