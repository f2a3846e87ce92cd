/* SPDX-License-Identifier: Apache-2.0 */
/* The tables that have a name of their own. */
#include "hcsref/cri_spec.h"
#include "hcsref/hcn.h"
#include "hcsref/oci.h"
#include "hcsref/schema.h"
#include "hcsref/schema1.h"
#include "hcsref/schema2_live.h"

static const hcsref_schema schemas[] = {
    {"oci", "OCI runtime spec 1.1.0, as hcsshim reads it", &hcsref_type_oci_spec},
    {"oci-cri", "OCI runtime spec 1.0.2-dev, as containerd's CRI plugin writes it", &hcsref_type_oci_spec_cri},
    {"cri", "CRI container config, the part that matters on Windows", &hcsref_type_cri_container_config},
    {"cri-resources", "CRI limits of a Windows container", &hcsref_type_cri_windows_container_resources},
    {"cri-pod", "CRI pod config", &hcsref_type_cri_pod_sandbox_config},
    {"hcs-v1", "HCS schema 1 container document", &hcsref_type_v1_container_config},
    {"hcs-v2", "HCS schema 2 container", &hcsref_type_v2_container},
    {"hcs-v2-system", "HCS schema 2 create document, as handed to the HCS", &hcsref_type_v2_compute_system},
    {"hcs-v2-hosted", "HCS schema 2 create document, as handed to a utility VM", &hcsref_type_v2_hosted_system},
    {"hv-socket-device", "HCS schema 2 Hyper-V socket device of a utility VM", &hcsref_type_v2_hv_socket2},
    {"device-extension", "Device extension file", &hcsref_type_v2_device_extension},
    {"process-v1", "HCS schema 1 process to start", &hcsref_type_v1_process_config},
    {"process-v2", "HCS schema 2 process to start", &hcsref_type_v2_process_parameters},
    {"process-modify", "Change to a running process: console size, closed stream",
     &hcsref_type_v2_process_modify_request},
    {"process-status", "State of a process", &hcsref_type_v2_process_status},
    {"signal-options", "Signal to a process of a Windows container", &hcsref_type_v2_signal_options},
    {"property-query-v1", "HCS schema 1 question for properties", &hcsref_type_v1_property_query},
    {"property-query-v2", "HCS schema 2 question for properties", &hcsref_type_v2_property_query},
    {"properties-v1", "HCS schema 1 properties of a compute system", &hcsref_type_v1_container_properties},
    {"properties-v2", "HCS schema 2 properties of a compute system", &hcsref_type_v2_properties},
    {"service-properties", "Properties of the Host Compute Service", &hcsref_type_v2_service_properties},
    {"system-query-v1", "HCS schema 1 enumeration of compute systems", &hcsref_type_v1_compute_system_query},
    {"system-query-v2", "HCS schema 2 enumeration of compute systems", &hcsref_type_v2_system_query},
    {"modify-v1", "HCS schema 1 change to a running system", &hcsref_type_v1_resource_modification_request_response},
    {"modify-v2", "HCS schema 2 change to a running system", &hcsref_type_v2_modify_setting_request},
    {"credential-guard-operation", "gMSA credential guard request",
     &hcsref_type_v2_container_credential_guard_operation_request},
    {"credential-guard-add", "Details of a credential guard request that adds an instance",
     &hcsref_type_v2_container_credential_guard_add_instance_request},
    {"credential-guard-remove", "Details of a credential guard request that removes an instance",
     &hcsref_type_v2_container_credential_guard_remove_instance_request},
    {"credential-guard-system", "All gMSA credential guard instances",
     &hcsref_type_v2_container_credential_guard_system_info},
    {"result-error", "Result document of a failed HCS call", &hcsref_type_v2_result_error},
    {"system-exit-status", "How a compute system ended", &hcsref_type_v2_system_exit_status},
    {"hcn-namespace", "HCN network namespace", &hcsref_type_hcn_namespace},
    {"hcn-modify-namespace", "Change to an HCN network namespace", &hcsref_type_hcn_modify_namespace},
    {"hcn-query", "HCN question for properties", &hcsref_type_hcn_query},
    {"hns-response", "Answer of an HNS call", &hcsref_type_hns_response},
    {"image-config", "What an image says about running it", &hcsref_type_image_config},
    {"hcs-v2-confidential", "HCS schema 2 create document, as handed to a confidential utility VM",
     &hcsref_type_v2_confidential_system},
};

#define SCHEMA_COUNT (sizeof(schemas) / sizeof(schemas[0]))

const hcsref_schema *hcsref_schemas(size_t *count) {
  *count = SCHEMA_COUNT;
  return schemas;
}

const hcsref_schema *hcsref_schema_find(hcsref_str name) {
  for (size_t i = 0; i < SCHEMA_COUNT; i++)
    if (hcsref_str_equal(name, hcsref_cstr(schemas[i].name)))
      return &schemas[i];
  return NULL;
}
