/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of the network namespace documents. Source: hcsshim hcn/hcn.go, hcnglobals.go, hcnnamespace.go. */
#include "hcsref/hcn.h"

#include "schema/table.h"

static const hcsref_type namespace_resource_type = NAMED(HCSREF_STRING, hcsref_str, "hcn.NamespaceResourceType");
static const hcsref_type namespace_type = NAMED(HCSREF_STRING, hcsref_str, "hcn.NamespaceType");
static const hcsref_type namespace_resource_list =
    SLICE_OF(hcsref_type_hcn_namespace_resource, "[]hcn.NamespaceResource");
static const hcsref_type query_flags = NAMED(HCSREF_UINT32, uint32_t, "hcn.HostComputeQueryFlags");
const hcsref_type hcsref_type_hcn_request_type = NAMED(HCSREF_STRING, hcsref_str, "hcn.RequestType");

static const hcsref_field version_fields[] = {
    KEEP(hcsref_hcn_version, major, "Major", hcsref_type_int),
    KEEP(hcsref_hcn_version, minor, "Minor", hcsref_type_int),
};
const hcsref_type hcsref_type_hcn_version = STRUCT(hcsref_hcn_version, "hcn.Version", version_fields);

static const hcsref_field namespace_resource_fields[] = {
    KEEP(hcsref_hcn_namespace_resource, type, "Type", namespace_resource_type),
    KEEP(hcsref_hcn_namespace_resource, data, "Data", hcsref_type_raw),
};
const hcsref_type hcsref_type_hcn_namespace_resource =
    STRUCT(hcsref_hcn_namespace_resource, "hcn.NamespaceResource", namespace_resource_fields);

static const hcsref_field namespace_fields[] = {
    OMIT(hcsref_hcn_namespace, id, "ID", hcsref_type_string),
    OMIT(hcsref_hcn_namespace, namespace_id, "NamespaceId", hcsref_type_uint32),
    OMIT(hcsref_hcn_namespace, type, "Type", namespace_type),
    OMIT(hcsref_hcn_namespace, resources, "Resources", namespace_resource_list),
    OMIT(hcsref_hcn_namespace, schema_version, "SchemaVersion", hcsref_type_hcn_version),
};
const hcsref_type hcsref_type_hcn_namespace =
    STRUCT(hcsref_hcn_namespace, "hcn.HostComputeNamespace", namespace_fields);

static const hcsref_field query_fields[] = {
    KEEP(hcsref_hcn_query, schema_version, "SchemaVersion", hcsref_type_hcn_version),
    OMIT(hcsref_hcn_query, flags, "Flags", query_flags),
    OMIT(hcsref_hcn_query, filter, "Filter", hcsref_type_string),
};
const hcsref_type hcsref_type_hcn_query = STRUCT(hcsref_hcn_query, "hcn.HostComputeQuery", query_fields);

static const hcsref_field modify_namespace_fields[] = {
    OMIT(hcsref_hcn_modify_namespace, resource_type, "ResourceType", namespace_resource_type),
    OMIT(hcsref_hcn_modify_namespace, request_type, "RequestType", hcsref_type_hcn_request_type),
    OMIT(hcsref_hcn_modify_namespace, settings, "Settings", hcsref_type_raw),
};
const hcsref_type hcsref_type_hcn_modify_namespace =
    STRUCT(hcsref_hcn_modify_namespace, "hcn.ModifyNamespaceSettingRequest", modify_namespace_fields);

static const hcsref_field endpoint_settings_fields[] = {
    KEEP(hcsref_hcn_endpoint_settings, endpoint_id, "EndpointId", hcsref_type_string),
};
const hcsref_type hcsref_type_hcn_endpoint_settings =
    STRUCT(hcsref_hcn_endpoint_settings, "hcn.endpointSettings", endpoint_settings_fields);

static const hcsref_field hns_response_fields[] = {
    KEEP(hcsref_hns_response, success, "Success", hcsref_type_bool),
    KEEP(hcsref_hns_response, error, "Error", hcsref_type_string),
    KEEP(hcsref_hns_response, output, "Output", hcsref_type_raw),
};
const hcsref_type hcsref_type_hns_response = STRUCT(hcsref_hns_response, "hcn.hnsResponse", hns_response_fields);
