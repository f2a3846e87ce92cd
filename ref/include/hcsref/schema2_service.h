/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What the Host Compute Service itself is asked to change (HcsModifyServiceSettings): its CPU groups and its instances
 * of the credential guard. Source: hcsshim 7c9ff7f48 internal/hcs/schema2, internal/cpugroup, internal/credentials;
 * SetPropertyOperation: Microsoft's published schema of Windows 11 21H2.
 */
#ifndef HCSREF_SCHEMA2_SERVICE_H
#define HCSREF_SCHEMA2_SERVICE_H

#include "hcsref/schema2_guest.h"
#include "hcsref/schema2_live.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Changes one kind of the service's settings. */
typedef struct hcsref_v2_modification_request {
  hcsref_str property_type; /* "CpuGroup" or "ContainerCredentialGuard" */
  hcsref_value settings;    /* HostProcessorModificationRequest or ContainerCredentialGuardOperationRequest */
} hcsref_v2_modification_request;

/** What is done to the CPU groups. */
typedef struct hcsref_v2_host_processor_modification_request {
  hcsref_str operation;           /* "CreateGroup", "DeleteGroup" or "SetProperty" */
  hcsref_value operation_details; /* one of the three below */
} hcsref_v2_host_processor_modification_request;

/** Details of CreateGroup. */
typedef struct hcsref_v2_create_group_operation {
  hcsref_str group_id; /* GUID */
  uint32_t logical_processor_count;
  hcsref_slice logical_processors; /* []uint32: their indices */
} hcsref_v2_create_group_operation;

/** Details of DeleteGroup. */
typedef struct hcsref_v2_delete_group_operation {
  hcsref_str group_id; /* GUID */
} hcsref_v2_delete_group_operation;

/** Details of SetProperty. */
typedef struct hcsref_v2_set_property_operation {
  hcsref_str group_id;     /* GUID */
  uint32_t property_code;  /* 0x00010000 capacity, 0x00020000 scheduling priority, 0x00030000 idle reserve */
  uint64_t property_value; /* depends on the code */
} hcsref_v2_set_property_operation;

/** One property of a group. */
typedef struct hcsref_v2_cpu_group_property {
  uint32_t property_code;
  uint32_t property_value;
} hcsref_v2_cpu_group_property;

/** The processors of a group. */
typedef struct hcsref_v2_cpu_group_affinity {
  int32_t logical_processor_count;
  hcsref_slice logical_processors; /* []int32 */
} hcsref_v2_cpu_group_affinity;

/** One CPU group. */
typedef struct hcsref_v2_cpu_group_config {
  hcsref_str group_id; /* GUID */
  hcsref_v2_cpu_group_affinity *affinity;
  hcsref_slice group_properties; /* []CpuGroupProperty */
  uint64_t hypervisor_group_id;
} hcsref_v2_cpu_group_config;

/** All CPU groups of the host: what the service answers for the property "CpuGroup". */
typedef struct hcsref_v2_cpu_group_configurations {
  hcsref_slice cpu_groups; /* []CpuGroupConfig */
} hcsref_v2_cpu_group_configurations;

HCSREF_API extern const hcsref_type hcsref_type_v2_modification_request,
    hcsref_type_v2_host_processor_modification_request, hcsref_type_v2_create_group_operation,
    hcsref_type_v2_delete_group_operation, hcsref_type_v2_set_property_operation, hcsref_type_v2_cpu_group_property,
    hcsref_type_v2_cpu_group_affinity, hcsref_type_v2_cpu_group_config, hcsref_type_v2_cpu_group_configurations;

/** A member of a structure whose type another member of it tells. */
typedef struct hcsref_told_member {
  const hcsref_type *holder;
  const char *name;             /**< "Settings" or "OperationDetails" */
  const char *by;               /**< the member that tells */
  const hcsref_resource *types; /**< by the value of that member */
  size_t count;
} hcsref_told_member;

/** That of a request to the service of this type; null: it has none. */
HCSREF_API const hcsref_told_member *hcsref_service_told(const hcsref_type *holder);
/** The type when the member that tells has this value; null: no such value is known. */
HCSREF_API const hcsref_type *hcsref_told_type(const hcsref_told_member *member, hcsref_str value);

#ifdef __cplusplus
}
#endif

#endif
