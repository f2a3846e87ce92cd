/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Networks, load balancers and routes of the Host Compute Network service (HCN), and what their changes are asked
 * with. Source: hcsshim hcn/hcnnetwork.go, hcnendpoint.go, hcnloadbalancer.go, hcnroute.go.
 */
#ifndef HCSREF_HCN_NETWORK_H
#define HCSREF_HCN_NETWORK_H

#include "hcsref/hcn_endpoint.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A policy of a network. */
typedef struct hcsref_hcn_network_policy {
  hcsref_str type;
  hcsref_str settings;
} hcsref_hcn_network_policy;

/** From one to another, "00-15-5D-52-C0-00". */
typedef struct hcsref_hcn_mac_range {
  hcsref_str start_mac_address;
  hcsref_str end_mac_address;
} hcsref_hcn_mac_range;

/** The hardware addresses that endpoints get. */
typedef struct hcsref_hcn_mac_pool {
  hcsref_slice ranges; /* []MacRange */
} hcsref_hcn_mac_pool;

/** A subnet and the routes that its endpoints get. */
typedef struct hcsref_hcn_subnet {
  hcsref_str ip_address_prefix;
  hcsref_slice policies; /* []RawMessage */
  hcsref_slice routes;   /* []Route */
  uint32_t flags;
} hcsref_hcn_subnet;

/** Where addresses come from: "Static" from subnets, or "DHCP". */
typedef struct hcsref_hcn_ipam {
  hcsref_str type;
  hcsref_slice subnets; /* []Subnet */
} hcsref_hcn_ipam;

/** A network. Source: HostComputeNetwork. */
typedef struct hcsref_hcn_network {
  hcsref_str id;
  hcsref_str name;
  hcsref_str type;
  hcsref_slice policies; /* []NetworkPolicy */
  hcsref_hcn_mac_pool mac_pool;
  hcsref_hcn_dns dns;
  hcsref_slice ipams; /* []Ipam */
  uint32_t flags;
  hcsref_hcn_health health;
  hcsref_hcn_version schema_version;
} hcsref_hcn_network;

/** A port that a load balancer maps. */
typedef struct hcsref_hcn_port_mapping {
  uint32_t protocol;
  uint16_t internal_port;
  uint16_t external_port;
  uint32_t distribution_type;
  uint32_t flags;
} hcsref_hcn_port_mapping;

/** A load balancer. */
typedef struct hcsref_hcn_load_balancer {
  hcsref_str id;
  hcsref_slice host_compute_endpoints; /* []string */
  hcsref_str source_vip;
  hcsref_slice frontend_vips; /* []string */
  hcsref_slice port_mappings; /* []LoadBalancerPortMapping */
  hcsref_hcn_version schema_version;
  uint32_t flags;
} hcsref_hcn_load_balancer;

/** Routes of the software-defined network. */
typedef struct hcsref_hcn_sdn_route {
  hcsref_str id;
  hcsref_slice host_compute_endpoints; /* []string */
  hcsref_slice setting;                /* []SDNRoutePolicySetting */
  hcsref_hcn_version schema_version;
} hcsref_hcn_sdn_route;

/** A policy of a subnet. */
typedef struct hcsref_hcn_subnet_policy {
  hcsref_str type;
  hcsref_str settings;
} hcsref_hcn_subnet_policy;

/** Changes a network. */
typedef struct hcsref_hcn_modify_network {
  hcsref_str resource_type;
  hcsref_str request_type;
  hcsref_str settings;
} hcsref_hcn_modify_network;

/** Changes an endpoint. */
typedef struct hcsref_hcn_modify_endpoint {
  hcsref_str resource_type;
  hcsref_str request_type;
  hcsref_str settings;
} hcsref_hcn_modify_endpoint;

/** The settings of a change to the policies of a network. */
typedef struct hcsref_hcn_network_policies {
  hcsref_slice policies; /* []NetworkPolicy */
} hcsref_hcn_network_policies;

/** The settings of a change to the policies of an endpoint. */
typedef struct hcsref_hcn_endpoint_policies {
  hcsref_slice policies; /* []EndpointPolicy */
} hcsref_hcn_endpoint_policies;

/** The settings of a change that gives an endpoint a port of a VM. */
typedef struct hcsref_hcn_vm_port {
  hcsref_guid port_id;
  hcsref_str virtual_nic_name;
  hcsref_guid virtual_machine_id;
} hcsref_hcn_vm_port;

HCSREF_API extern const hcsref_type hcsref_type_hcn_network_policy, hcsref_type_hcn_subnet, hcsref_type_hcn_network,
    hcsref_type_hcn_load_balancer, hcsref_type_hcn_sdn_route, hcsref_type_hcn_subnet_policy,
    hcsref_type_hcn_modify_network, hcsref_type_hcn_modify_endpoint, hcsref_type_hcn_network_policies,
    hcsref_type_hcn_endpoint_policies, hcsref_type_hcn_vm_port;

#ifdef __cplusplus
}
#endif

#endif
