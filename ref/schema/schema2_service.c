/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of HCS schema 2: what the service itself is asked to change. Source: hcsref/schema2_service.h says. */
#include "hcsref/schema2_service.h"

#include "schema/table.h"

static const hcsref_type cpu_group_operation = NAMED(HCSREF_STRING, hcsref_str, "hcsschema.CPUGroupOperation");
static const hcsref_type uint32_list = SLICE_OF(hcsref_type_uint32, "[]uint32");
static const hcsref_type int32_list = SLICE_OF(hcsref_type_int32, "[]int32");
static const hcsref_type affinity_ptr = POINTER_TO(hcsref_type_v2_cpu_group_affinity, "*hcsschema.CpuGroupAffinity");
static const hcsref_type property_list = SLICE_OF(hcsref_type_v2_cpu_group_property, "[]hcsschema.CpuGroupProperty");
static const hcsref_type config_list = SLICE_OF(hcsref_type_v2_cpu_group_config, "[]hcsschema.CpuGroupConfig");

static const hcsref_field modification_request_fields[] = {
    OMIT(hcsref_v2_modification_request, property_type, "PropertyType", hcsref_type_v2_property_type),
    OMIT(hcsref_v2_modification_request, settings, "Settings", hcsref_type_any),
};
const hcsref_type hcsref_type_v2_modification_request =
    STRUCT(hcsref_v2_modification_request, "hcsschema.ModificationRequest", modification_request_fields);

static const hcsref_field host_processor_modification_request_fields[] = {
    OMIT(hcsref_v2_host_processor_modification_request, operation, "Operation", cpu_group_operation),
    OMIT(hcsref_v2_host_processor_modification_request, operation_details, "OperationDetails", hcsref_type_any),
};
const hcsref_type hcsref_type_v2_host_processor_modification_request =
    STRUCT(hcsref_v2_host_processor_modification_request, "hcsschema.HostProcessorModificationRequest",
           host_processor_modification_request_fields);

static const hcsref_field create_group_operation_fields[] = {
    OMIT(hcsref_v2_create_group_operation, group_id, "GroupId", hcsref_type_string),
    OMIT(hcsref_v2_create_group_operation, logical_processor_count, "LogicalProcessorCount", hcsref_type_uint32),
    OMIT(hcsref_v2_create_group_operation, logical_processors, "LogicalProcessors", uint32_list),
};
const hcsref_type hcsref_type_v2_create_group_operation =
    STRUCT(hcsref_v2_create_group_operation, "hcsschema.CreateGroupOperation", create_group_operation_fields);

static const hcsref_field delete_group_operation_fields[] = {
    OMIT(hcsref_v2_delete_group_operation, group_id, "GroupId", hcsref_type_string),
};
const hcsref_type hcsref_type_v2_delete_group_operation =
    STRUCT(hcsref_v2_delete_group_operation, "hcsschema.DeleteGroupOperation", delete_group_operation_fields);

static const hcsref_field set_property_operation_fields[] = {
    OMIT(hcsref_v2_set_property_operation, group_id, "GroupId", hcsref_type_string),
    OMIT(hcsref_v2_set_property_operation, property_code, "PropertyCode", hcsref_type_uint32),
    OMIT(hcsref_v2_set_property_operation, property_value, "PropertyValue", hcsref_type_uint64),
};
const hcsref_type hcsref_type_v2_set_property_operation =
    STRUCT(hcsref_v2_set_property_operation, "hcsschema.SetPropertyOperation", set_property_operation_fields);

static const hcsref_field cpu_group_property_fields[] = {
    OMIT(hcsref_v2_cpu_group_property, property_code, "PropertyCode", hcsref_type_uint32),
    OMIT(hcsref_v2_cpu_group_property, property_value, "PropertyValue", hcsref_type_uint32),
};
const hcsref_type hcsref_type_v2_cpu_group_property =
    STRUCT(hcsref_v2_cpu_group_property, "hcsschema.CpuGroupProperty", cpu_group_property_fields);

static const hcsref_field cpu_group_affinity_fields[] = {
    OMIT(hcsref_v2_cpu_group_affinity, logical_processor_count, "LogicalProcessorCount", hcsref_type_int32),
    OMIT(hcsref_v2_cpu_group_affinity, logical_processors, "LogicalProcessors", int32_list),
};
const hcsref_type hcsref_type_v2_cpu_group_affinity =
    STRUCT(hcsref_v2_cpu_group_affinity, "hcsschema.CpuGroupAffinity", cpu_group_affinity_fields);

static const hcsref_field cpu_group_config_fields[] = {
    OMIT(hcsref_v2_cpu_group_config, group_id, "GroupId", hcsref_type_string),
    OMIT(hcsref_v2_cpu_group_config, affinity, "Affinity", affinity_ptr),
    OMIT(hcsref_v2_cpu_group_config, group_properties, "GroupProperties", property_list),
    OMIT(hcsref_v2_cpu_group_config, hypervisor_group_id, "HypervisorGroupId", hcsref_type_uint64),
};
const hcsref_type hcsref_type_v2_cpu_group_config =
    STRUCT(hcsref_v2_cpu_group_config, "hcsschema.CpuGroupConfig", cpu_group_config_fields);

static const hcsref_field cpu_group_configurations_fields[] = {
    OMIT(hcsref_v2_cpu_group_configurations, cpu_groups, "CpuGroups", config_list),
};
const hcsref_type hcsref_type_v2_cpu_group_configurations =
    STRUCT(hcsref_v2_cpu_group_configurations, "hcsschema.CpuGroupConfigurations", cpu_group_configurations_fields);

/* ---- what belongs to which property and operation --------------------------------------------------------------- */

static const hcsref_resource settings[] = {
    {"CpuGroup", &hcsref_type_v2_host_processor_modification_request},
    {"ContainerCredentialGuard", &hcsref_type_v2_container_credential_guard_operation_request},
};

static const hcsref_resource group_operations[] = {
    {"CreateGroup", &hcsref_type_v2_create_group_operation},
    {"DeleteGroup", &hcsref_type_v2_delete_group_operation},
    {"SetProperty", &hcsref_type_v2_set_property_operation},
};

static const hcsref_resource guard_operations[] = {
    {"AddInstance", &hcsref_type_v2_container_credential_guard_add_instance_request},
    {"RemoveInstance", &hcsref_type_v2_container_credential_guard_remove_instance_request},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const hcsref_told_member *hcsref_service_told(const hcsref_type *holder) {
  static const hcsref_told_member members[] = {
      {&hcsref_type_v2_modification_request, "Settings", "PropertyType", settings, COUNT(settings)},
      {&hcsref_type_v2_host_processor_modification_request, "OperationDetails", "Operation", group_operations,
       COUNT(group_operations)},
      {&hcsref_type_v2_container_credential_guard_operation_request, "OperationDetails", "Operation", guard_operations,
       COUNT(guard_operations)},
  };
  for (size_t i = 0; i < COUNT(members); i++)
    if (members[i].holder == holder)
      return &members[i];
  return NULL;
}

const hcsref_type *hcsref_told_type(const hcsref_told_member *member, hcsref_str value) {
  for (size_t i = 0; i < member->count; i++)
    if (hcsref_str_equal(value, hcsref_cstr(member->types[i].name)))
      return member->types[i].type;
  return NULL;
}
