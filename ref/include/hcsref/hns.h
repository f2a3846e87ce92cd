/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What the Host Network Service (HNS), the predecessor of HCN, is asked and answers, besides endpoints and
 * namespaces. Source: hcsshim internal/hns.
 */
#ifndef HCSREF_HNS_H
#define HCSREF_HNS_H

#include "hcsref/hcn_endpoint.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The hardware addresses that endpoints get. */
typedef struct hcsref_hns_mac_pool {
  hcsref_str start_mac_address;
  hcsref_str end_mac_address;
} hcsref_hns_mac_pool;

/** A subnet with its gateway. */
typedef struct hcsref_hns_subnet {
  hcsref_str address_prefix;
  hcsref_str gateway_address;
  hcsref_slice policies; /* []RawMessage */
} hcsref_hns_subnet;

/** A network of HNS. */
typedef struct hcsref_hns_network {
  hcsref_str id;
  hcsref_str name;
  hcsref_str type;
  hcsref_str network_adapter_name;
  hcsref_str source_mac;
  hcsref_slice policies;  /* []RawMessage */
  hcsref_slice mac_pools; /* []MacPool */
  hcsref_slice subnets;   /* []Subnet */
  hcsref_str dns_suffix;
  hcsref_str dns_server_list;
  uint32_t dns_server_compartment;
  hcsref_str management_ip;
  bool automatic_dns;
} hcsref_hns_network;

/** Load balancers and routes of HNS. */
typedef struct hcsref_hns_policy_list {
  hcsref_str id;
  hcsref_slice references; /* []string */
  hcsref_slice policies;   /* []RawMessage */
} hcsref_hns_policy_list;

/** Attaches an endpoint to the host or a container. */
typedef struct hcsref_hns_attach {
  hcsref_str container_id;
  hcsref_str system_type;
  uint16_t compartment_id;
  hcsref_str virtual_nic_name;
} hcsref_hns_attach;

/** What passed through an endpoint. */
typedef struct hcsref_hns_endpoint_stats {
  uint64_t bytes_received;
  uint64_t bytes_sent;
  uint64_t dropped_packets_incoming;
  uint64_t dropped_packets_outgoing;
  hcsref_str endpoint_id;
  hcsref_str instance_id;
  uint64_t packets_received;
  uint64_t packets_sent;
} hcsref_hns_endpoint_stats;

/** One of them. */
typedef struct hcsref_hns_mac_address {
  hcsref_str mac_address;
} hcsref_hns_mac_address;

/** Addresses that accelerated networking leaves alone. */
typedef struct hcsref_hns_mac_list {
  hcsref_slice mac_address_list; /* []HNSNnvManagementMacAddress */
} hcsref_hns_mac_list;

/** Settings of a policy. Source: NatPolicy. */
typedef struct hcsref_hns_policy_nat {
  hcsref_str type;
  hcsref_str protocol;
  uint16_t internal_port;
  uint16_t external_port;
  bool external_port_reserved;
} hcsref_hns_policy_nat;

/** Settings of a policy. Source: QosPolicy. */
typedef struct hcsref_hns_policy_qos {
  hcsref_str type;
  uint64_t maximum_outgoing_bandwidth_in_bytes;
} hcsref_hns_policy_qos;

/** Settings of a policy. Source: IsolationPolicy. */
typedef struct hcsref_hns_policy_isolation {
  hcsref_str type;
  uint64_t vlan;
  uint64_t vsid;
  bool in_default_isolation;
} hcsref_hns_policy_isolation;

/** Settings of a policy. Source: VlanPolicy. */
typedef struct hcsref_hns_policy_vlan {
  hcsref_str type;
  uint64_t vlan;
} hcsref_hns_policy_vlan;

/** Settings of a policy. Source: VsidPolicy. */
typedef struct hcsref_hns_policy_vsid {
  hcsref_str type;
  uint64_t vsid;
} hcsref_hns_policy_vsid;

/** Settings of a policy. Source: PaPolicy. */
typedef struct hcsref_hns_policy_pa {
  hcsref_str type;
  hcsref_str pa;
} hcsref_hns_policy_pa;

/** Settings of a policy. Source: OutboundNatPolicy. */
typedef struct hcsref_hns_policy_outbound_nat {
  hcsref_str type;
  hcsref_str vip;
  hcsref_slice exception_list; /* []string */
  hcsref_slice destinations;   /* []string */
  uint16_t max_port_pool_usage;
} hcsref_hns_policy_outbound_nat;

/** Settings of a policy. Source: ProxyPolicy. */
typedef struct hcsref_hns_policy_proxy {
  hcsref_str type;
  hcsref_str ip;
  hcsref_str port;
  hcsref_slice exception_list; /* []string */
  hcsref_str destination;
  bool outbound_nat;
} hcsref_hns_policy_proxy;

/** Settings of a policy. Source: ACLPolicy. */
typedef struct hcsref_hns_policy_acl {
  hcsref_str type;
  hcsref_str id;
  uint16_t protocol;
  hcsref_str protocols;
  uint16_t internal_port;
  hcsref_str action;
  hcsref_str direction;
  hcsref_str local_addresses;
  hcsref_str remote_addresses;
  hcsref_str local_ports;
  uint16_t local_port;
  hcsref_str remote_ports;
  uint16_t remote_port;
  hcsref_str rule_type;
  uint16_t priority;
  hcsref_str service_name;
} hcsref_hns_policy_acl;

/** Settings of a policy. Source: RoutePolicy. */
typedef struct hcsref_hns_policy_route {
  hcsref_str type;
  hcsref_str destination_prefix;
  hcsref_str next_hop;
  bool need_encap;
} hcsref_hns_policy_route;

/** Settings of a policy. Source: ELBPolicy. */
typedef struct hcsref_hns_policy_elb {
  hcsref_str type;
  uint16_t protocol;
  uint16_t internal_port;
  uint16_t external_port;
  hcsref_str source_vip;
  hcsref_slice vips; /* []string */
  bool ilb;
  bool is_dsr;
} hcsref_hns_policy_elb;

HCSREF_API extern const hcsref_type hcsref_type_hns_subnet, hcsref_type_hns_network, hcsref_type_hns_policy_list,
    hcsref_type_hns_attach, hcsref_type_hns_endpoint_stats, hcsref_type_hns_mac_list, hcsref_type_hns_policy_nat,
    hcsref_type_hns_policy_qos, hcsref_type_hns_policy_isolation, hcsref_type_hns_policy_vlan,
    hcsref_type_hns_policy_vsid, hcsref_type_hns_policy_pa, hcsref_type_hns_policy_outbound_nat,
    hcsref_type_hns_policy_proxy, hcsref_type_hns_policy_acl, hcsref_type_hns_policy_route, hcsref_type_hns_policy_elb;

#ifdef __cplusplus
}
#endif

#endif
