/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The settings of each kind of policy of the Host Compute Network service (HCN). Source: hcsshim hcn/hcnpolicy.go.
 */
#ifndef HCSREF_HCN_POLICY_H
#define HCSREF_HCN_POLICY_H

#include "hcsref/hcn_network.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Settings of a policy. Source: PortMappingPolicySetting. */
typedef struct hcsref_hcn_policy_port_mapping {
  uint32_t protocol;
  uint16_t internal_port;
  uint16_t external_port;
  hcsref_str vip;
  uint32_t flags;
} hcsref_hcn_policy_port_mapping;

/** Settings of a policy. Source: AclPolicySetting. */
typedef struct hcsref_hcn_policy_acl {
  hcsref_str protocols;
  hcsref_str action;
  hcsref_str direction;
  hcsref_str local_addresses;
  hcsref_str remote_addresses;
  hcsref_str local_ports;
  hcsref_str remote_ports;
  hcsref_str rule_type;
  uint16_t priority;
} hcsref_hcn_policy_acl;

/** Settings of a policy. Source: QosPolicySetting. */
typedef struct hcsref_hcn_policy_qos {
  uint64_t maximum_outgoing_bandwidth_in_bytes;
} hcsref_hcn_policy_qos;

/** Settings of a policy. Source: OutboundNatPolicySetting. */
typedef struct hcsref_hcn_policy_outbound_nat {
  hcsref_str virtual_ip;
  hcsref_slice exceptions;   /* []string */
  hcsref_slice destinations; /* []string */
  uint32_t flags;
  uint16_t max_port_pool_usage;
} hcsref_hcn_policy_outbound_nat;

/** Settings of a policy. Source: SDNRoutePolicySetting. */
typedef struct hcsref_hcn_policy_sdn_route {
  hcsref_str destination_prefix;
  hcsref_str next_hop;
  bool need_encap;
} hcsref_hcn_policy_sdn_route;

/** Settings of a policy. Source: NetworkACLPolicySetting. */
typedef struct hcsref_hcn_policy_network_acl {
  hcsref_str protocols;
  hcsref_str action;
  hcsref_str direction;
  hcsref_str local_addresses;
  hcsref_str remote_addresses;
  hcsref_str local_ports;
  hcsref_str remote_ports;
  hcsref_str rule_type;
  uint16_t priority;
} hcsref_hcn_policy_network_acl;

/** What traffic is meant. */
typedef struct hcsref_hcn_five_tuple {
  hcsref_str protocols;
  hcsref_str local_addresses;
  hcsref_str remote_addresses;
  hcsref_str local_ports;
  hcsref_str remote_ports;
  uint16_t priority;
} hcsref_hcn_five_tuple;

/** What traffic is left alone. */
typedef struct hcsref_hcn_proxy_exceptions {
  hcsref_slice ip_address_exceptions; /* []string */
  hcsref_slice port_exceptions;       /* []string */
} hcsref_hcn_proxy_exceptions;

/** Settings of a policy. Source: L4WfpProxyPolicySetting. */
typedef struct hcsref_hcn_policy_l4_wfp_proxy {
  hcsref_str inbound_proxy_port;
  hcsref_str outbound_proxy_port;
  hcsref_hcn_five_tuple filter_tuple;
  hcsref_str user_sid;
  hcsref_hcn_proxy_exceptions inbound_exceptions;
  hcsref_hcn_proxy_exceptions outbound_exceptions;
} hcsref_hcn_policy_l4_wfp_proxy;

/** Settings of a policy. Source: PortnameEndpointPolicySetting. */
typedef struct hcsref_hcn_policy_port_name {
  hcsref_str name;
} hcsref_hcn_policy_port_name;

/** Settings of a policy. Source: EncapOverheadEndpointPolicySetting. */
typedef struct hcsref_hcn_policy_encap_overhead {
  uint16_t overhead;
} hcsref_hcn_policy_encap_overhead;

/** Settings of a policy. Source: IovPolicySetting. */
typedef struct hcsref_hcn_policy_iov {
  uint32_t iov_offload_weight;
  uint32_t queue_pairs_requested;
  uint32_t interrupt_moderation;
} hcsref_hcn_policy_iov;

/** Settings of a policy. Source: ProviderAddressEndpointPolicySetting. */
typedef struct hcsref_hcn_policy_endpoint_provider_address {
  hcsref_str provider_address;
} hcsref_hcn_policy_endpoint_provider_address;

/** Settings of a policy. Source: InterfaceConstraintPolicySetting. */
typedef struct hcsref_hcn_policy_interface_constraint {
  hcsref_str interface_guid;
  uint64_t interface_luid;
  uint32_t interface_index;
  uint32_t interface_media_type;
  hcsref_str interface_alias;
  hcsref_str interface_description;
} hcsref_hcn_policy_interface_constraint;

/** Settings of a policy. Source: SourceMacAddressNetworkPolicySetting. */
typedef struct hcsref_hcn_policy_source_mac_address {
  hcsref_str source_mac_address;
} hcsref_hcn_policy_source_mac_address;

/** Settings of a policy. Source: NetAdapterNameNetworkPolicySetting. */
typedef struct hcsref_hcn_policy_net_adapter_name {
  hcsref_str network_adapter_name;
} hcsref_hcn_policy_net_adapter_name;

/** Settings of a policy. Source: ProviderAddressNetworkPolicySetting. */
typedef struct hcsref_hcn_policy_network_provider_address {
  hcsref_str provider_address;
} hcsref_hcn_policy_network_provider_address;

/** Settings of a policy. Source: VSwitchExtensionNetworkPolicySetting. */
typedef struct hcsref_hcn_policy_vswitch_extension {
  hcsref_str extension_id;
  bool enable;
} hcsref_hcn_policy_vswitch_extension;

/** Settings of a policy. Source: DrMacAddressNetworkPolicySetting. */
typedef struct hcsref_hcn_policy_dr_mac_address {
  hcsref_str address;
} hcsref_hcn_policy_dr_mac_address;

/** Settings of a policy. Source: AutomaticDNSNetworkPolicySetting. */
typedef struct hcsref_hcn_policy_automatic_dns {
  bool enable;
} hcsref_hcn_policy_automatic_dns;

/** Settings of a policy. Source: LayerConstraintNetworkPolicySetting. */
typedef struct hcsref_hcn_policy_layer_constraint {
  hcsref_str layer_id;
} hcsref_hcn_policy_layer_constraint;

/** Settings of a policy. Source: VlanPolicySetting. */
typedef struct hcsref_hcn_policy_vlan {
  uint32_t isolation_id;
} hcsref_hcn_policy_vlan;

/** Settings of a policy. Source: VsidPolicySetting. */
typedef struct hcsref_hcn_policy_vsid {
  uint32_t isolation_id;
} hcsref_hcn_policy_vsid;

/** Settings of a policy. Source: RemoteSubnetRoutePolicySetting. */
typedef struct hcsref_hcn_policy_remote_subnet_route {
  hcsref_str destination_prefix;
  uint16_t isolation_id;
  hcsref_str provider_address;
  hcsref_str distributed_router_mac_address;
} hcsref_hcn_policy_remote_subnet_route;

/** Settings of a policy. Source: SetPolicySetting. */
typedef struct hcsref_hcn_policy_set_policy {
  hcsref_str id;
  hcsref_str name;
  hcsref_str policy_type;
  hcsref_str values;
} hcsref_hcn_policy_set_policy;

/** Settings of a policy. Source: VxlanPortPolicySetting. */
typedef struct hcsref_hcn_policy_vxlan_port {
  uint16_t port;
} hcsref_hcn_policy_vxlan_port;

/** Settings of a policy. Source: L4ProxyPolicySetting. */
typedef struct hcsref_hcn_policy_l4_proxy {
  hcsref_str ip;
  hcsref_str port;
  uint32_t protocol;
  hcsref_slice exceptions; /* []string */
  hcsref_str destination;
  bool outbound_nat;
} hcsref_hcn_policy_l4_proxy;

/** A rule of a tier. */
typedef struct hcsref_hcn_tier_acl_rule {
  hcsref_str id;
  hcsref_str protocols;
  hcsref_str tier_acl_rule_action;
  hcsref_str local_addresses;
  hcsref_str remote_addresses;
  hcsref_str local_ports;
  hcsref_str remote_ports;
  uint16_t priority;
} hcsref_hcn_tier_acl_rule;

/** Settings of a policy. Source: TierAclPolicySetting. */
typedef struct hcsref_hcn_policy_tier_acl {
  hcsref_str name;
  hcsref_str direction;
  uint16_t order;
  hcsref_slice tier_acl_rules; /* []TierAclRule */
} hcsref_hcn_policy_tier_acl;

HCSREF_API extern const hcsref_type hcsref_type_hcn_policy_port_mapping, hcsref_type_hcn_policy_acl,
    hcsref_type_hcn_policy_qos, hcsref_type_hcn_policy_outbound_nat, hcsref_type_hcn_policy_sdn_route,
    hcsref_type_hcn_policy_network_acl, hcsref_type_hcn_policy_l4_wfp_proxy, hcsref_type_hcn_policy_port_name,
    hcsref_type_hcn_policy_encap_overhead, hcsref_type_hcn_policy_iov, hcsref_type_hcn_policy_endpoint_provider_address,
    hcsref_type_hcn_policy_interface_constraint, hcsref_type_hcn_policy_source_mac_address,
    hcsref_type_hcn_policy_net_adapter_name, hcsref_type_hcn_policy_network_provider_address,
    hcsref_type_hcn_policy_vswitch_extension, hcsref_type_hcn_policy_dr_mac_address,
    hcsref_type_hcn_policy_automatic_dns, hcsref_type_hcn_policy_layer_constraint, hcsref_type_hcn_policy_vlan,
    hcsref_type_hcn_policy_vsid, hcsref_type_hcn_policy_remote_subnet_route, hcsref_type_hcn_policy_set_policy,
    hcsref_type_hcn_policy_vxlan_port, hcsref_type_hcn_policy_l4_proxy, hcsref_type_hcn_policy_tier_acl;

/**
 * The type of a value that the table leaves open (json.RawMessage), because another member decides.
 * @param holder  type of the object that has the member
 * @param member  its name: "Settings", or "Policies" for each element of that array
 * @param kind    what decides: the holder's Type or ResourceType; for "Policies" the element's own Type
 * @return null when the tables know of none
 */
HCSREF_API const hcsref_type *hcsref_hcn_open_type(const hcsref_type *holder, hcsref_str member, hcsref_str kind);

#ifdef __cplusplus
}
#endif

#endif
