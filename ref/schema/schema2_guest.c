/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of changes to a running VM and its guest. Source: hcsshim internal/hcs/schema2, internal/hcs/resourcepaths,
 * internal/protocol. */
#include "hcsref/schema2_guest.h"

#include "release/changes.h"
#include "schema/table.h"

const hcsref_type hcsref_type_guest_request_type = NAMED(HCSREF_STRING, hcsref_str, "guestrequest.RequestType");
static const hcsref_type resource_type = NAMED(HCSREF_STRING, hcsref_str, "guestrequest.ResourceType");
static const hcsref_type filter_type = NAMED(HCSREF_STRING, hcsref_str, "hcsschema.FileSystemFilterType");
static const hcsref_type layer_list = SLICE_OF(hcsref_type_v2_layer, "[]hcsschema.Layer");

static const hcsref_field modification_fields[] = {
    OMIT(hcsref_v2_modification, resource_path, "ResourcePath", hcsref_type_string),
    OMIT(hcsref_v2_modification, request_type, "RequestType", hcsref_type_guest_request_type),
    OMIT(hcsref_v2_modification, settings, "Settings", hcsref_type_raw),
};
const hcsref_type hcsref_type_v2_modification =
    STRUCT(hcsref_v2_modification, "hcsschema.ModifySettingRequest", modification_fields);

static const hcsref_field guest_modification_fields[] = {
    OMIT(hcsref_guest_modification, request_type, "RequestType", hcsref_type_guest_request_type),
    OMIT(hcsref_guest_modification, resource_type, "ResourceType", resource_type),
    OMIT(hcsref_guest_modification, settings, "Settings", hcsref_type_raw),
};
const hcsref_type hcsref_type_guest_modification =
    STRUCT(hcsref_guest_modification, "guestrequest.ModificationRequest", guest_modification_fields);

static const hcsref_field guest_request_fields[] = {
    OMIT(hcsref_guest_request, request_type, "RequestType", hcsref_type_guest_request_type),
    OMIT(hcsref_guest_request, resource_type, "ResourceType", resource_type),
    OMIT(hcsref_guest_request, settings, "Settings", hcsref_type_any),
};
const hcsref_type hcsref_type_guest_request =
    STRUCT(hcsref_guest_request, "guestrequest.ModificationRequest", guest_request_fields);

static const hcsref_field network_fields[] = {
    OMIT(hcsref_guest_network_modification, adapter_id, "AdapterId", hcsref_type_string),
    OMIT(hcsref_guest_network_modification, request_type, "RequestType", hcsref_type_guest_request_type),
    OMIT(hcsref_guest_network_modification, settings, "Settings", hcsref_type_raw),
};
const hcsref_type hcsref_type_guest_network_modification =
    STRUCT(hcsref_guest_network_modification, "guestrequest.NetworkModifyRequest", network_fields);

static const hcsref_field network_rs4_fields[] = {
    OMIT(hcsref_guest_network_modification_rs4, adapter_instance_id, "AdapterInstanceId", hcsref_type_string),
    OMIT(hcsref_guest_network_modification_rs4, request_type, "RequestType", hcsref_type_guest_request_type),
    OMIT(hcsref_guest_network_modification_rs4, settings, "Settings", hcsref_type_raw),
};
const hcsref_type hcsref_type_guest_network_modification_rs4 =
    STRUCT(hcsref_guest_network_modification_rs4, "guestrequest.RS4NetworkModifyRequest", network_rs4_fields);

static const hcsref_field combined_layers_fields[] = {
    OMIT(hcsref_guest_combined_layers, container_root_path, "ContainerRootPath", hcsref_type_string),
    OMIT(hcsref_guest_combined_layers, layers, "Layers", layer_list),
    OMIT(hcsref_guest_combined_layers, scratch_path, "ScratchPath", hcsref_type_string),
    SINCE(hcsref_guest_combined_layers, filter_type, "FilterType", filter_type, true, HCSREF_CHANGE_VM_CONFIDENTIAL),
};
const hcsref_type hcsref_type_guest_combined_layers =
    STRUCT(hcsref_guest_combined_layers, "guestresource.WCOWCombinedLayers", combined_layers_fields);

static const hcsref_field mapped_virtual_disk_fields[] = {
    OMIT(hcsref_guest_mapped_virtual_disk, container_path, "ContainerPath", hcsref_type_string),
    OMIT(hcsref_guest_mapped_virtual_disk, lun, "Lun", hcsref_type_int32),
};
const hcsref_type hcsref_type_guest_mapped_virtual_disk =
    STRUCT(hcsref_guest_mapped_virtual_disk, "guestresource.WCOWMappedVirtualDisk", mapped_virtual_disk_fields);

static const hcsref_field policy_fragment_fields[] = {
    OMIT(hcsref_guest_policy_fragment, fragment, "Fragment", hcsref_type_string),
    SINCE(hcsref_guest_policy_fragment, media_type, "MediaType", hcsref_type_string, true,
          HCSREF_CHANGE_VM_POLICY_MEDIA_TYPE),
};
const hcsref_type hcsref_type_guest_policy_fragment =
    STRUCT(hcsref_guest_policy_fragment, "guestresource.SecurityPolicyFragment", policy_fragment_fields);

static const hcsref_field hv_socket_address_fields[] = {
    OMIT(hcsref_guest_hv_socket_address, local_address, "LocalAddress", hcsref_type_string),
    OMIT(hcsref_guest_hv_socket_address, parent_address, "ParentAddress", hcsref_type_string),
};
const hcsref_type hcsref_type_guest_hv_socket_address =
    STRUCT(hcsref_guest_hv_socket_address, "hcsschema.HvSocketAddress", hv_socket_address_fields);

static const hcsref_field processor_limits_fields[] = {
    OMIT(hcsref_v2_processor_limits, limit, "Limit", hcsref_type_uint64),
    OMIT(hcsref_v2_processor_limits, weight, "Weight", hcsref_type_uint64),
    OMIT(hcsref_v2_processor_limits, reservation, "Reservation", hcsref_type_uint64),
    OMIT(hcsref_v2_processor_limits, maximum_frequency_mhz, "MaximumFrequencyMHz", hcsref_type_uint32),
};
const hcsref_type hcsref_type_v2_processor_limits =
    STRUCT(hcsref_v2_processor_limits, "hcsschema.ProcessorLimits", processor_limits_fields);

/* ---- what belongs to which resource ---- */

static const hcsref_resource paths[] = {
    {"VirtualMachine/ComputeTopology/Memory/SizeInMB", &hcsref_type_uint64},
    {"VirtualMachine/ComputeTopology/Processor/Limits", &hcsref_type_v2_processor_limits},
    {"VirtualMachine/ComputeTopology/Processor/CpuGroup", &hcsref_type_v2_cpu_group},
    {"VirtualMachine/Devices/VirtualSmb/Shares", &hcsref_type_v2_virtual_smb_share},
    {"VirtualMachine/Devices/Plan9/Shares", &hcsref_type_v2_plan9_share},
    {"VirtualMachine/Devices/Scsi/", &hcsref_type_v2_attachment},
    {"VirtualMachine/Devices/NetworkAdapters/", &hcsref_type_v2_network_adapter},
    {"VirtualMachine/Devices/VirtualPci/", &hcsref_type_v2_virtual_pci_device},
    {"VirtualMachine/Devices/VirtualPMem/Devices/", &hcsref_type_v2_virtual_pmem_device},
    {"VirtualMachine/Devices/HvSocket/HvSocketConfig/ServiceTable/", &hcsref_type_v2_hv_socket_service_config},
    {"Container/Memory/SizeInMB", &hcsref_type_uint64},
    {"Container/Processor", &hcsref_type_v2_processor},
    {"Container/MappedDirectories", &hcsref_type_v2_mapped_directory},
    {"Container/MappedPipes", &hcsref_type_v2_mapped_pipe},
};

static const hcsref_resource guest_types[] = {
    {"CombinedLayers", &hcsref_type_guest_combined_layers},
    {"MappedVirtualDisk", &hcsref_type_guest_mapped_virtual_disk},
    {"MappedDirectory", &hcsref_type_v2_mapped_directory},
    {"Network", &hcsref_type_guest_network_modification},
    {"HvSocket", &hcsref_type_guest_hv_socket_address},
    {"SecurityPolicyFragment", &hcsref_type_guest_policy_fragment},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const hcsref_resource *hcsref_settings_types(size_t *count) {
  *count = COUNT(paths);
  return paths;
}

const hcsref_resource *hcsref_guest_settings_types(size_t *count) {
  *count = COUNT(guest_types);
  return guest_types;
}

const hcsref_type *hcsref_settings_type(hcsref_str resource_path) {
  for (size_t i = 0; i < COUNT(paths); i++) {
    hcsref_str name = hcsref_cstr(paths[i].name);
    if (name.data[name.len - 1] == '/' ? hcsref_str_has_prefix(resource_path, name)
                                       : hcsref_str_equal(resource_path, name))
      return paths[i].type;
  }
  return NULL;
}

const hcsref_type *hcsref_guest_settings_type(hcsref_str wanted) {
  for (size_t i = 0; i < COUNT(guest_types); i++)
    if (hcsref_str_equal(wanted, hcsref_cstr(guest_types[i].name)))
      return guest_types[i].type;
  return NULL;
}
