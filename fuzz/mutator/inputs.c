/* SPDX-License-Identifier: Apache-2.0 */
#include "mutator/inputs.h"

#include "hcsref/hcn_network.h"
#include "hcsref/hcsref.h"
#include "hcsref/hns.h"
#include "hcsref/schema2_service.h"
#include "hcsref/uvm.h"
#include "hcsref/vm.h"
#include "mutator/kinds.h"
#include "mutator/table.h"

#include <string.h>

/* A struct that is only described. */
typedef char described;
#define ROW(name, type)                                                                                                \
  { name, sizeof(name) - 1, 0, &(type), NULL, false, 0, 0, NULL }
#define SHAPE(fields) OBJECT(described, fields)

static const hcsref_type string_pointer = POINTER(hcsref_type_string);
static const hcsref_type guid_map = MAP(hcsref_type_guid, hcsref_string_entry);

/* ---- host --------------------------------------------------------------------------------------------------- */

static const hcsref_field extension_file_fields[] = {
    ROW("data", hcsref_type_string),
    ROW("dir", hcsref_type_bool),
    ROW("error", hcsref_type_string),
    ROW("read_error", hcsref_type_string),
};
static const hcsref_type file_shape = SHAPE(extension_file_fields);
static const hcsref_type files_shape = MAP(file_shape, hcsref_string_entry);

static const hcsref_field path_fields[] = {
    ROW("stat", hcsref_type_string),
    ROW("mkdir", hcsref_type_string),
    ROW("resolve", hcsref_type_string),
};
static const hcsref_type path_shape = SHAPE(path_fields);
static const hcsref_type paths_shape = MAP(path_shape, hcsref_string_entry);

static const hcsref_field host_fields[] = {
    ROW("processor_count", hcsref_type_int32),
    ROW("os_build", hcsref_type_uint32),
    ROW("layer_ids", guid_map),
    ROW("resolve", hcsref_type_string_map),
    ROW("uvm_folder", hcsref_type_string),
    ROW("cim_volume", hcsref_type_string),
    ROW("files", files_shape),
    ROW("paths", paths_shape),
};
static const hcsref_type host_shape = SHAPE(host_fields);

static const hcsref_field share_fields[] = {
    ROW("host_path", hcsref_type_string),
    ROW("read_only", hcsref_type_bool),
    ROW("name", hcsref_type_string),
    ROW("file", hcsref_type_bool),
};
static const hcsref_type share_shape = SHAPE(share_fields);
static const hcsref_type shares_shape = LIST(share_shape);

static const hcsref_field vm_fields[] = {
    ROW("id", hcsref_type_string),
    ROW("os", hcsref_type_string),
    ROW("process_dump_location", hcsref_type_string),
    ROW("processor_count", hcsref_type_int32),
    ROW("vsmb", hcsref_type_string_map),
    ROW("vsmb_shares", shares_shape),
    ROW("confidential", hcsref_type_bool),
};
static const hcsref_type vm_shape = SHAPE(vm_fields);

/* ---- params ------------------------------------------------------------------------------------------------- */

static const hcsref_type mounts_shape = LIST(hcsref_type_cri_mount);
static const hcsref_type directories_shape = LIST(hcsref_type_v2_mapped_directory);
static const hcsref_type devices_shape = LIST(hcsref_type_oci_windows_device);

static const hcsref_field docker_volume_fields[] = {
    ROW("source", hcsref_type_string),
    ROW("destination", hcsref_type_string),
    ROW("rw", hcsref_type_bool),
};
static const hcsref_type docker_volume_shape = SHAPE(docker_volume_fields);
static const hcsref_type docker_volumes_shape = LIST(docker_volume_shape);

static const hcsref_field docker_host_fields[] = {
    ROW("processor_count", hcsref_type_int32), ROW("os_build", hcsref_type_uint32),
    ROW("client", hcsref_type_bool),           ROW("registry", hcsref_type_string_map),
    ROW("registry_error", hcsref_type_string), ROW("files", hcsref_type_string_map),
    ROW("paths", hcsref_type_string_map),
};
static const hcsref_type docker_host_shape = SHAPE(docker_host_fields);

static const hcsref_field docker_fields[] = {
    ROW("release", hcsref_type_uint32),
    ROW("config", hcsref_type_docker_config),
    ROW("host_config", hcsref_type_docker_host_config),
    ROW("image_config", hcsref_type_docker_config),
    ROW("host", docker_host_shape),
    ROW("image_os", hcsref_type_string),
    ROW("default_isolation", hcsref_type_string),
    ROW("layer_folders", hcsref_type_strings),
    ROW("volumes", docker_volumes_shape),
};
static const hcsref_type docker_shape = SHAPE(docker_fields);

static const hcsref_field options_fields[] = {
    ROW("id", hcsref_type_string),
    ROW("owner", hcsref_type_string),
    ROW("actual_id", hcsref_type_string),
    ROW("actual_owner", hcsref_type_string),
    ROW("network_namespace", hcsref_type_string),
    ROW("schema", hcsref_type_v2_version),
    ROW("hosting_system", vm_shape),
    ROW("ccg_state", hcsref_type_v2_container_credential_guard_state),
    ROW("additional_mounts", directories_shape),
    ROW("scale_cpu_limits_to_sandbox", hcsref_type_bool),
};
static const hcsref_type options_shape = SHAPE(options_fields);

static const hcsref_field document_fields[] = {
    ROW("spec", hcsref_type_oci_spec),
    ROW("options", options_shape),
    ROW("host", host_shape),
};
static const hcsref_type document_shape = SHAPE(document_fields);

static const hcsref_field rootfs_fields[] = {
    ROW("type", hcsref_type_string),
    ROW("source", hcsref_type_string),
    ROW("target", hcsref_type_string),
    ROW("options", hcsref_type_strings),
};
static const hcsref_type rootfs_shape = SHAPE(rootfs_fields);
static const hcsref_type rootfs_list_shape = LIST(rootfs_shape);

static const hcsref_field container_fields[] = {
    ROW("profile", hcsref_type_uint32), ROW("spec", hcsref_type_oci_spec),
    ROW("options", options_shape),      ROW("host", host_shape),
    ROW("rootfs", rootfs_list_shape),   ROW("root_preset", hcsref_type_bool),
};
static const hcsref_type container_shape = SHAPE(container_fields);

static const hcsref_field shim_fields[] = {
    ROW("annotations", hcsref_type_string_map),
    ROW("rootfs", rootfs_list_shape),
    ROW("layer_folders", hcsref_type_strings),
    ROW("path", hcsref_type_string),
};
static const hcsref_type shim_shape = SHAPE(shim_fields);

#define CRI_ROWS                                                                                                       \
  ROW("config", hcsref_type_cri_container_config), ROW("extra_mounts", mounts_shape),                                  \
      ROW("spec", hcsref_type_oci_spec_cri), ROW("network_namespace", string_pointer),                                 \
      ROW("credential_spec", string_pointer), ROW("sandbox_shares", hcsref_type_bool),                                 \
      ROW("resources", hcsref_type_cri_windows_container_resources), ROW("host", host_shape)

static const hcsref_field cri_fields[] = {CRI_ROWS};
static const hcsref_type cri_shape = SHAPE(cri_fields);

static const hcsref_field specs_fields[] = {
    ROW("profile", hcsref_type_uint32),
    ROW("id", hcsref_type_string),
    ROW("sandbox_id", hcsref_type_string),
    ROW("image_name", hcsref_type_string),
    ROW("network_namespace", hcsref_type_string),
    ROW("container_root", hcsref_type_string),
    ROW("config", hcsref_type_cri_container_config),
    ROW("sandbox_config", hcsref_type_cri_pod_sandbox_config),
    ROW("image_config", hcsref_type_image_config),
    ROW("extra_mounts", mounts_shape),
    ROW("pod_annotations", hcsref_type_strings),
    ROW("container_annotations", hcsref_type_strings),
    ROW("base_runtime_spec", hcsref_type_oci_spec),
    ROW("host", host_shape),
};
static const hcsref_type specs_shape = SHAPE(specs_fields);

/* ---- VMs ---------------------------------------------------------------------------------------------------- */

static const hcsref_field vm_file_fields[] = {
    ROW("dir", hcsref_type_bool),           ROW("error", hcsref_type_string),
    ROW("mkdir_error", hcsref_type_string), ROW("copy_error", hcsref_type_string),
    ROW("grant_error", hcsref_type_string), ROW("file_id", hcsref_type_string),
    ROW("resolve", hcsref_type_string),
};
static const hcsref_type vm_file_shape = SHAPE(vm_file_fields);
static const hcsref_type vm_files_shape = MAP(vm_file_shape, hcsref_string_entry);
static const hcsref_field vm_host_fields[] = {
    ROW("processor_count", hcsref_type_int32),
    ROW("cpus", hcsref_type_int32),
    ROW("processor_error", hcsref_type_string),
    ROW("os_build", hcsref_type_uint32),
    ROW("shim_path", hcsref_type_string),
    ROW("files", vm_files_shape),
    ROW("grant_errors", hcsref_type_string_map),
    ROW("modify_errors", hcsref_type_string_map),
    ROW("layer_ids", guid_map),
};
static const hcsref_type vm_host_shape = SHAPE(vm_host_fields);

static const hcsref_field vm_options_fields[] = {
    ROW("id", hcsref_type_string), ROW("bundle", hcsref_type_string),     ROW("overrides", hcsref_type_uvm_options),
    ROW("task", hcsref_type_bool), ROW("shim", hcsref_type_shim_options), ROW("rootfs", rootfs_list_shape),
};
static const hcsref_type vm_options_shape = SHAPE(vm_options_fields);
static const hcsref_field vm_document_fields[] = {
    ROW("profile", hcsref_type_uint32),
    ROW("spec", hcsref_type_oci_spec),
    ROW("options", vm_options_shape),
    ROW("host", vm_host_shape),
};
static const hcsref_type vm_document_shape = SHAPE(vm_document_fields);

static const hcsref_field vm_container_fields[] = {ROW("id", hcsref_type_string), ROW("spec", hcsref_type_oci_spec)};
static const hcsref_type vm_container_shape = SHAPE(vm_container_fields);
static const hcsref_type vm_containers_shape = LIST(vm_container_shape);
static const hcsref_field vm_endpoint_fields[] = {ROW("nic_id", hcsref_type_string),
                                                  ROW("endpoint", hcsref_type_hcn_endpoint)};
static const hcsref_type vm_endpoint_shape = SHAPE(vm_endpoint_fields);
static const hcsref_type vm_endpoints_shape = LIST(vm_endpoint_shape);
static const hcsref_field vm_requests_fields[] = {
    ROW("profile", hcsref_type_uint32),   ROW("uvm", hcsref_type_vm_facts), ROW("containers", vm_containers_shape),
    ROW("endpoints", vm_endpoints_shape), ROW("host", vm_host_shape),
};
static const hcsref_type vm_requests_shape = SHAPE(vm_requests_fields);

static const hcsref_field pipeline_fields[] = {CRI_ROWS, ROW("options", options_shape)};
static const hcsref_type pipeline_shape = SHAPE(pipeline_fields);

static const hcsref_field limits_fields[] = {
    ROW("spec", hcsref_type_oci_spec),   ROW("max_cpu_count", hcsref_type_int32), ROW("limit", hcsref_type_int32),
    ROW("host_cpus", hcsref_type_int32), ROW("uvm_cpus", hcsref_type_int32),
};
static const hcsref_type limits_shape = SHAPE(limits_fields);

static const hcsref_field extensions_fields[] = {
    ROW("annotations", hcsref_type_string_map),
    ROW("files", files_shape),
    ROW("os_build", hcsref_type_uint32),
};
static const hcsref_type extensions_shape = SHAPE(extensions_fields);

static const hcsref_field assigned_fields[] = {ROW("devices", devices_shape)};
static const hcsref_type assigned_shape = SHAPE(assigned_fields);

/* ---- the kit ------------------------------------------------------------------------------------------------ */

/* The params of all document operations together. */
static const hcsref_field frame_fields[] = {
    ROW("id", hcsref_type_uint64),
    ROW("op", hcsref_type_string),
    ROW("params", pipeline_shape),
};
static const hcsref_type frame_shape = SHAPE(frame_fields);

static const hcsref_field reply_error_fields[] = {ROW("code", hcsref_type_string), ROW("message", hcsref_type_string)};
static const hcsref_type reply_error_shape = SHAPE(reply_error_fields);

static const hcsref_field reply_fields[] = {
    ROW("id", hcsref_type_uint64),          ROW("ok", hcsref_type_any),
    ROW("error", reply_error_shape),        ROW("unsupported", hcsref_type_string),
    ROW("host_calls", hcsref_type_strings), ROW("hello", hcsref_type_any),
};
static const hcsref_type reply_shape = SHAPE(reply_fields);

static const hcsref_field expect_fields[] = {
    ROW("ok", hcsref_type_any),
    ROW("text", hcsref_type_string),
    ROW("error", reply_error_shape),
    ROW("host_calls", hcsref_type_strings),
};
static const hcsref_type expect_shape = SHAPE(expect_fields);

static const hcsref_field case_fields[] = {
    ROW("id", hcsref_type_string),    ROW("title", hcsref_type_string), ROW("why", hcsref_type_string),
    ROW("level", hcsref_type_string), ROW("op", hcsref_type_string),    ROW("profiles", hcsref_type_strings),
    ROW("tags", hcsref_type_strings), ROW("upstream", hcsref_type_any), ROW("links", hcsref_type_strings),
    ROW("params", pipeline_shape),    ROW("expect", expect_shape),
};
static const hcsref_type case_shape = SHAPE(case_fields);

static const hcsref_field profile_fields[] = {ROW("title", hcsref_type_string), ROW("hcsshim", hcsref_type_string),
                                              ROW("containerd", hcsref_type_string), ROW("go", hcsref_type_string)};
static const hcsref_type profile_shape = SHAPE(profile_fields);
static const hcsref_type profiles_shape = MAP(profile_shape, hcsref_string_entry);
static const hcsref_type areas_shape = MAP(hcsref_type_uint64, hcsref_string_entry);
static const hcsref_field counts_fields[] = {ROW("curated", hcsref_type_uint64), ROW("recorded", hcsref_type_uint64),
                                             ROW("areas", areas_shape)};
static const hcsref_type counts_shape = SHAPE(counts_fields);
static const hcsref_field manifest_fields[] = {
    ROW("suite", hcsref_type_string),       ROW("version", hcsref_type_string),
    ROW("profiles", profiles_shape),        ROW("counts", counts_shape),
    ROW("renames", hcsref_type_string_map), ROW("tombstones", hcsref_type_string_map),
    ROW("files", hcsref_type_string_map),
};
static const hcsref_type manifest_shape = SHAPE(manifest_fields);

static const hcsref_type v1_pointer = POINTER(hcsref_type_v1_container_config);
static const hcsref_type v2_pointer = POINTER(hcsref_type_v2_container);
static const hcsref_field payload_fields[] = {ROW("v1", v1_pointer), ROW("v2", v2_pointer)};
static const hcsref_type payload_shape = SHAPE(payload_fields);

static const hcsref_type *choose_payload(uint8_t first) {
  (void)first;
  return &payload_shape;
}

/* In the order of the target's names. */
static const hcsref_type *choose_document(uint8_t first) {
  static const hcsref_type *const types[] = {
      &payload_shape,
      &hcsref_type_v1_container_config,
      &hcsref_type_v2_container,
      &hcsref_type_v2_compute_system,
      &hcsref_type_v2_hosted_system,
      &hcsref_type_oci_spec,
      &hcsref_type_cri_container_config,
      &hcsref_type_hcn_network,
      &hcsref_type_hcn_endpoint,
      &hcsref_type_hns_endpoint,
      &hcsref_type_hcn_modify_endpoint,
      &payload_shape, /* of no known name */
      &hcsref_type_v2_modify_setting_request,
      &hcsref_type_guest_modification,
      &payload_shape, /* tables of lint's own */
      &payload_shape,
  };
  return types[first % (sizeof(types) / sizeof(types[0]))];
}

/* ---- by the first byte -------------------------------------------------------------------------------------- */
/* The last choice, so that a new schema leaves inputs what they are. */
#define KINDS_CHOICE 0x7Fu

const hcsref_type *inputs_schema(uint8_t first) {
  size_t count;
  const hcsref_schema *schemas = hcsref_schemas(&count);
  return (first & 0x7Fu) == KINDS_CHOICE ? &kinds_type : schemas[(first & 0x7Fu) % count].type;
}

const hcsref_type *inputs_answer(uint8_t first) {
  static const hcsref_type *const answers[] = {
      &hcsref_type_v2_result_error,       &hcsref_type_v2_process_status, &hcsref_type_v1_container_properties,
      &hcsref_type_v2_properties,         &hcsref_type_v2_error_event,    &hcsref_type_v2_system_exit_status,
      &hcsref_type_v2_service_properties, &hcsref_type_hns_response,      &hcsref_type_hcn_namespace,
      &hcsref_type_v2_process_details,
  };
  return answers[first % (sizeof(answers) / sizeof(answers[0]))];
}

/* ---- layers ------------------------------------------------------------------------------------------------- */

static const hcsref_field docker_data_fields[] = {ROW("dir", hcsref_type_string)};
static const hcsref_type docker_data_shape = SHAPE(docker_data_fields);
static const hcsref_field docker_driver_fields[] = {ROW("Data", docker_data_shape), ROW("Name", hcsref_type_string)};
static const hcsref_type docker_driver_shape = SHAPE(docker_driver_fields);
static const hcsref_field docker_image_fields[] = {ROW("GraphDriver", docker_driver_shape)};
static const hcsref_type docker_image_shape = SHAPE(docker_image_fields);
static const hcsref_type docker_images_shape = LIST(docker_image_shape);

static const hcsref_type *choose_layers(uint8_t first) {
  return first % 2 != 0 ? &docker_images_shape : &hcsref_type_strings;
}

/* ---- the simulated service ---------------------------------------------------------------------------------- */

static const hcsref_field stored_process_fields[] = {
    ROW("Number", hcsref_type_uint32), ROW("Started", hcsref_type_uint64), ROW("Of", hcsref_type_uint32),
    ROW("Created", hcsref_type_uint64), ROW("Image", hcsref_type_string)};
static const hcsref_type stored_process_shape = SHAPE(stored_process_fields);
static const hcsref_type stored_processes_shape = LIST(stored_process_shape);
static const hcsref_field stored_system_fields[] = {
    ROW("Id", hcsref_type_string),
    ROW("Owner", hcsref_type_string),
    ROW("State", hcsref_type_string),
    ROW("Creator", hcsref_type_uint32),
    ROW("CreatorStarted", hcsref_type_uint64),
    ROW("ShouldTerminateOnLastHandleClosed", hcsref_type_bool),
    ROW("Running", stored_processes_shape),
};
static const hcsref_type stored_system_shape = SHAPE(stored_system_fields);

static const hcsref_field stored_layer_fields[] = {
    ROW("Path", hcsref_type_string),
    ROW("Volume", hcsref_type_string),
    ROW("Prepared", hcsref_type_bool),
};
static const hcsref_type stored_layer_shape = SHAPE(stored_layer_fields);

static const hcsref_field stored_endpoint_fields[] = {
    ROW("Endpoint", hcsref_type_hcn_endpoint),    ROW("EnableInternalDNS", hcsref_type_bool),
    ROW("DisableICC", hcsref_type_bool),          ROW("EnableLowMetric", hcsref_type_bool),
    ROW("SharedContainers", hcsref_type_strings),
};
static const hcsref_type stored_endpoint_shape = SHAPE(stored_endpoint_fields);

/* In the order of the target's kinds. */
static const hcsref_type *choose_service(uint8_t first) {
  static const hcsref_type *const types[] = {
      &hcsref_type_v2_compute_system,
      &hcsref_type_v1_container_config,
      &hcsref_type_v2_process_parameters,
      &hcsref_type_v1_process_config,
      &hcsref_type_v2_property_query,
      &hcsref_type_v2_system_query,
      &hcsref_type_v2_signal_options,
      &hcsref_type_v2_process_modify_request,
      &hcsref_type_hcn_namespace,
      &hcsref_type_hcn_modify_namespace,
      &hcsref_type_hcn_query,
      &stored_system_shape,
      &stored_layer_shape,
      &hcsref_type_hcn_namespace,
      &hcsref_type_hcn_network,
      &hcsref_type_hcn_endpoint,
      &hcsref_type_hcn_modify_network,
      &hcsref_type_hcn_modify_endpoint,
      &hcsref_type_hcn_query,
      &hcsref_type_hcn_load_balancer,
      &hcsref_type_hcn_sdn_route,
      &hcsref_type_hns_network,
      &hcsref_type_hns_endpoint,
      &hcsref_type_hns_endpoint,
      &hcsref_type_hns_attach,
      &hcsref_type_hns_policy_list,
      &hcsref_type_hcn_network,
      &stored_endpoint_shape,
      &hcsref_type_v2_compute_system, /* a machine */
      &hcsref_type_v2_modify_setting_request,
      &hcsref_type_v2_modification_request,
      &hcsref_type_v2_cpu_group_config,
      &hcsref_type_v2_container_credential_guard_instance,
  };
  return types[first % (sizeof(types) / sizeof(types[0]))];
}

static const input_format formats[] = {
    {"assigned_devices", &assigned_shape, NULL, false},
    {"cpu_limits", &limits_shape, NULL, false},
    {"create_document", &document_shape, NULL, false},
    {"cri_decode", &hcsref_type_cri_container_config, NULL, false},
    {"cri_specs", &specs_shape, NULL, false},
    {"cri_stage", &cri_shape, NULL, false},
    {"device_extensions", &extensions_shape, NULL, false},
    {"docker_spec", &docker_shape, NULL, false},
    {"gojson_decode", NULL, inputs_schema, false},
    {"gojson_round_trip", NULL, inputs_schema, true},
    {"hcs_answers", NULL, inputs_answer, false},
    {"hcs_container", &container_shape, NULL, false},
    {"host_script", &host_shape, NULL, true},
    {"kit_case", &case_shape, NULL, false},
    {"kit_diff", NULL, choose_payload, true},
    {"kit_lint", NULL, choose_document, false},
    {"kit_manifest", &manifest_shape, NULL, false},
    {"kit_reply", &reply_shape, NULL, false},
    {"kit_serve", &frame_shape, NULL, false},
    {"layerchain", NULL, choose_layers, false},
    {"memory_storage", &limits_shape, NULL, false},
    {"mount_merge", &cri_shape, NULL, false},
    {"oci_decode", &hcsref_type_oci_spec, NULL, false},
    {"oci_to_hcs", &document_shape, NULL, false},
    {"pipeline", &pipeline_shape, NULL, false},
    {"shim_rules", &shim_shape, NULL, false},
    {"sim_documents", NULL, choose_service, false},
    {"vm_document", &vm_document_shape, NULL, false},
    {"vm_requests", &vm_requests_shape, NULL, false},
};

#define FORMAT_COUNT (sizeof(formats) / sizeof(formats[0]))

const input_format *inputs_all(size_t *count) {
  *count = FORMAT_COUNT;
  return formats;
}

const input_format *inputs_find(const char *target) {
  for (size_t i = 0; i < FORMAT_COUNT; i++)
    if (strcmp(formats[i].target, target) == 0)
      return &formats[i];
  return NULL;
}
