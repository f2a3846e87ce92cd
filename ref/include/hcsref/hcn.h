/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Network namespaces: what the Host Compute Network service (HCN) and its predecessor (HNS) are asked and answer.
 * Source: hcsshim hcn/hcn.go, hcnglobals.go, hcnnamespace.go.
 */
#ifndef HCSREF_HCN_H
#define HCSREF_HCN_H

#include "hcsref/json.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Version of the HCN schema. Both numbers are written always: {"Major":2,"Minor":0}. */
typedef struct hcsref_hcn_version {
  int64_t major;
  int64_t minor;
} hcsref_hcn_version;

/** Something that is in a namespace. */
typedef struct hcsref_hcn_namespace_resource {
  hcsref_str type; /* "Endpoint" or "Container" */
  hcsref_str data; /* JSON text: {"ID":GUID} */
} hcsref_hcn_namespace_resource;

/** A namespace: created with the schema version alone, answered with the rest. Source: HostComputeNamespace. */
typedef struct hcsref_hcn_namespace {
  hcsref_str id;          /* GUID */
  uint32_t namespace_id;  /* number of the network compartment */
  hcsref_str type;        /* "Host", "HostDefault", "Guest", "GuestDefault" */
  hcsref_slice resources; /* []NamespaceResource */
  hcsref_hcn_version schema_version;
} hcsref_hcn_namespace;

/** Asks for properties. Source: HostComputeQuery. */
typedef struct hcsref_hcn_query {
  hcsref_hcn_version schema_version;
  uint32_t flags;    /* 1: all properties */
  hcsref_str filter; /* JSON text as a string */
} hcsref_hcn_query;

/** Adds something to a namespace or removes it. Source: ModifyNamespaceSettingRequest. */
typedef struct hcsref_hcn_modify_namespace {
  hcsref_str resource_type; /* "Endpoint" or "Container" */
  hcsref_str request_type;  /* "Add", "Remove", "Update", "Refresh" */
  hcsref_str settings;      /* JSON text: {"EndpointId":GUID} */
} hcsref_hcn_modify_namespace;

/** The settings of a request about an endpoint. Source: hcnnamespace.go AddNamespaceEndpoint. */
typedef struct hcsref_hcn_endpoint_settings {
  hcsref_str endpoint_id; /* GUID */
} hcsref_hcn_endpoint_settings;

/** The answer of HNSCall. Source: hcnglobals.go hnsResponse. */
typedef struct hcsref_hns_response {
  bool success;
  hcsref_str error;
  hcsref_str output; /* JSON text */
} hcsref_hns_response;

HCSREF_API extern const hcsref_type hcsref_type_hcn_version;
HCSREF_API extern const hcsref_type hcsref_type_hcn_namespace_resource;
HCSREF_API extern const hcsref_type hcsref_type_hcn_namespace;
HCSREF_API extern const hcsref_type hcsref_type_hcn_query;
/** "Add", "Remove", "Update" or "Refresh": what a change does. */
HCSREF_API extern const hcsref_type hcsref_type_hcn_request_type;
HCSREF_API extern const hcsref_type hcsref_type_hcn_modify_namespace;
HCSREF_API extern const hcsref_type hcsref_type_hcn_endpoint_settings;
HCSREF_API extern const hcsref_type hcsref_type_hns_response;

#ifdef __cplusplus
}
#endif

#endif
