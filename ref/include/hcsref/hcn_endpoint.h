/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Network endpoints as the Host Compute Network service (HCN) and its predecessor (HNS) describe them: the guest of a
 * VM is given one or the other. Source: hcsshim hcn/hcnendpoint.go, internal/hns/hnsendpoint.go.
 */
#ifndef HCSREF_HCN_ENDPOINT_H
#define HCSREF_HCN_ENDPOINT_H

#include "hcsref/hcn.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A policy of an endpoint. */
typedef struct hcsref_hcn_endpoint_policy {
  hcsref_str type;
  hcsref_str settings; /* JSON text */
} hcsref_hcn_endpoint_policy;

/** An address of an endpoint. */
typedef struct hcsref_hcn_ip_config {
  hcsref_str ip_address;
  uint8_t prefix_length;
} hcsref_hcn_ip_config;

/** How names are resolved. */
typedef struct hcsref_hcn_dns {
  hcsref_str domain;
  hcsref_slice search, server_list, options; /* []string */
} hcsref_hcn_dns;

/** A route. */
typedef struct hcsref_hcn_route {
  hcsref_str next_hop, destination_prefix;
  uint16_t metric;
} hcsref_hcn_route;

/** What the service says beside the endpoint. */
typedef struct hcsref_hcn_extra {
  hcsref_str resources, shared_containers; /* JSON text */
  hcsref_str layered_on, switch_guid, utility_vm, virtual_machine;
} hcsref_hcn_extra;

/** How an endpoint does. */
typedef struct hcsref_hcn_health {
  hcsref_value data; /* any JSON */
  hcsref_hcn_extra extra;
} hcsref_hcn_health;

/** An endpoint of HCN. Source: HostComputeEndpoint. */
typedef struct hcsref_hcn_endpoint {
  hcsref_str id, name;
  hcsref_str host_compute_network, host_compute_namespace; /* GUIDs */
  hcsref_slice policies;                                   /* []EndpointPolicy */
  hcsref_slice ip_configurations;                          /* []IpConfig */
  hcsref_hcn_dns dns;
  hcsref_slice routes; /* []Route */
  hcsref_str mac_address;
  uint32_t flags;
  hcsref_hcn_health health;
  hcsref_hcn_version schema_version;
} hcsref_hcn_endpoint;

/** The namespace of an endpoint of HNS. */
typedef struct hcsref_hns_namespace {
  hcsref_str id;
  bool is_default;
  hcsref_slice resource_list; /* []NamespaceResource */
  uint32_t compartment_id;
} hcsref_hns_namespace;

/** An endpoint of HNS. Source: HNSEndpoint. */
typedef struct hcsref_hns_endpoint {
  hcsref_str id, name, virtual_network, virtual_network_name;
  hcsref_slice policies; /* of JSON text */
  hcsref_str mac_address, ip_address, ipv6_address;
  hcsref_str dns_suffix, dns_server_list, dns_domain;
  hcsref_str gateway_address, gateway_address_v6;
  bool enable_internal_dns, disable_icc;
  uint8_t prefix_length, ipv6_prefix_length;
  bool is_remote_endpoint, enable_low_metric;
  hcsref_hns_namespace *ns;
  uint16_t encap_overhead;
  hcsref_slice shared_containers; /* []string */
  uint16_t state;
} hcsref_hns_endpoint;

HCSREF_API extern const hcsref_type hcsref_type_hcn_endpoint, hcsref_type_hcn_endpoint_policy, hcsref_type_hcn_dns,
    hcsref_type_hcn_route, hcsref_type_hcn_health;
HCSREF_API extern const hcsref_type hcsref_type_hns_endpoint, hcsref_type_hns_namespace,
    hcsref_type_hns_namespace_resource;

#ifdef __cplusplus
}
#endif

#endif
