/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of the settings of policies. Source: hcsshim hcn/hcnpolicy.go. */
#include "hcsref/hcn_policy.h"

#include "schema/table.h"

static const hcsref_type nat_flags = NAMED(HCSREF_UINT32, uint32_t, "hcn.NatFlags");
static const hcsref_type action_type = NAMED(HCSREF_STRING, hcsref_str, "hcn.ActionType");
static const hcsref_type direction_type = NAMED(HCSREF_STRING, hcsref_str, "hcn.DirectionType");
static const hcsref_type rule_type = NAMED(HCSREF_STRING, hcsref_str, "hcn.RuleType");
static const hcsref_type set_policy_type = NAMED(HCSREF_STRING, hcsref_str, "hcn.SetPolicyType");
static const hcsref_type protocol_type = NAMED(HCSREF_UINT32, uint32_t, "hcn.ProtocolType");

static const hcsref_field hcn_policy_port_mapping_fields[] = {
    OMIT(hcsref_hcn_policy_port_mapping, protocol, "Protocol", hcsref_type_uint32),
    OMIT(hcsref_hcn_policy_port_mapping, internal_port, "InternalPort", hcsref_type_uint16),
    OMIT(hcsref_hcn_policy_port_mapping, external_port, "ExternalPort", hcsref_type_uint16),
    OMIT(hcsref_hcn_policy_port_mapping, vip, "VIP", hcsref_type_string),
    OMIT(hcsref_hcn_policy_port_mapping, flags, "Flags", nat_flags),
};
const hcsref_type hcsref_type_hcn_policy_port_mapping =
    STRUCT(hcsref_hcn_policy_port_mapping, "hcn.PortMappingPolicySetting", hcn_policy_port_mapping_fields);

static const hcsref_field hcn_policy_acl_fields[] = {
    OMIT(hcsref_hcn_policy_acl, protocols, "Protocols", hcsref_type_string),
    KEEP(hcsref_hcn_policy_acl, action, "Action", action_type),
    KEEP(hcsref_hcn_policy_acl, direction, "Direction", direction_type),
    OMIT(hcsref_hcn_policy_acl, local_addresses, "LocalAddresses", hcsref_type_string),
    OMIT(hcsref_hcn_policy_acl, remote_addresses, "RemoteAddresses", hcsref_type_string),
    OMIT(hcsref_hcn_policy_acl, local_ports, "LocalPorts", hcsref_type_string),
    OMIT(hcsref_hcn_policy_acl, remote_ports, "RemotePorts", hcsref_type_string),
    OMIT(hcsref_hcn_policy_acl, rule_type, "RuleType", rule_type),
    OMIT(hcsref_hcn_policy_acl, priority, "Priority", hcsref_type_uint16),
};
const hcsref_type hcsref_type_hcn_policy_acl =
    STRUCT(hcsref_hcn_policy_acl, "hcn.AclPolicySetting", hcn_policy_acl_fields);

static const hcsref_field hcn_policy_qos_fields[] = {
    KEEP(hcsref_hcn_policy_qos, maximum_outgoing_bandwidth_in_bytes, "MaximumOutgoingBandwidthInBytes",
         hcsref_type_uint64),
};
const hcsref_type hcsref_type_hcn_policy_qos =
    STRUCT(hcsref_hcn_policy_qos, "hcn.QosPolicySetting", hcn_policy_qos_fields);

static const hcsref_field hcn_policy_outbound_nat_fields[] = {
    OMIT(hcsref_hcn_policy_outbound_nat, virtual_ip, "VirtualIP", hcsref_type_string),
    OMIT(hcsref_hcn_policy_outbound_nat, exceptions, "Exceptions", hcsref_type_strings),
    OMIT(hcsref_hcn_policy_outbound_nat, destinations, "Destinations", hcsref_type_strings),
    OMIT(hcsref_hcn_policy_outbound_nat, flags, "Flags", nat_flags),
    OMIT(hcsref_hcn_policy_outbound_nat, max_port_pool_usage, "MaxPortPoolUsage", hcsref_type_uint16),
};
const hcsref_type hcsref_type_hcn_policy_outbound_nat =
    STRUCT(hcsref_hcn_policy_outbound_nat, "hcn.OutboundNatPolicySetting", hcn_policy_outbound_nat_fields);

static const hcsref_field hcn_policy_sdn_route_fields[] = {
    OMIT(hcsref_hcn_policy_sdn_route, destination_prefix, "DestinationPrefix", hcsref_type_string),
    OMIT(hcsref_hcn_policy_sdn_route, next_hop, "NextHop", hcsref_type_string),
    OMIT(hcsref_hcn_policy_sdn_route, need_encap, "NeedEncap", hcsref_type_bool),
};
const hcsref_type hcsref_type_hcn_policy_sdn_route =
    STRUCT(hcsref_hcn_policy_sdn_route, "hcn.SDNRoutePolicySetting", hcn_policy_sdn_route_fields);

static const hcsref_field hcn_policy_network_acl_fields[] = {
    OMIT(hcsref_hcn_policy_network_acl, protocols, "Protocols", hcsref_type_string),
    KEEP(hcsref_hcn_policy_network_acl, action, "Action", action_type),
    KEEP(hcsref_hcn_policy_network_acl, direction, "Direction", direction_type),
    OMIT(hcsref_hcn_policy_network_acl, local_addresses, "LocalAddresses", hcsref_type_string),
    OMIT(hcsref_hcn_policy_network_acl, remote_addresses, "RemoteAddresses", hcsref_type_string),
    OMIT(hcsref_hcn_policy_network_acl, local_ports, "LocalPorts", hcsref_type_string),
    OMIT(hcsref_hcn_policy_network_acl, remote_ports, "RemotePorts", hcsref_type_string),
    OMIT(hcsref_hcn_policy_network_acl, rule_type, "RuleType", rule_type),
    OMIT(hcsref_hcn_policy_network_acl, priority, "Priority", hcsref_type_uint16),
};
const hcsref_type hcsref_type_hcn_policy_network_acl =
    STRUCT(hcsref_hcn_policy_network_acl, "hcn.NetworkACLPolicySetting", hcn_policy_network_acl_fields);

static const hcsref_field hcn_five_tuple_fields[] = {
    OMIT(hcsref_hcn_five_tuple, protocols, "Protocols", hcsref_type_string),
    OMIT(hcsref_hcn_five_tuple, local_addresses, "LocalAddresses", hcsref_type_string),
    OMIT(hcsref_hcn_five_tuple, remote_addresses, "RemoteAddresses", hcsref_type_string),
    OMIT(hcsref_hcn_five_tuple, local_ports, "LocalPorts", hcsref_type_string),
    OMIT(hcsref_hcn_five_tuple, remote_ports, "RemotePorts", hcsref_type_string),
    OMIT(hcsref_hcn_five_tuple, priority, "Priority", hcsref_type_uint16),
};
static const hcsref_type hcn_five_tuple_type = STRUCT(hcsref_hcn_five_tuple, "hcn.FiveTuple", hcn_five_tuple_fields);

static const hcsref_field hcn_proxy_exceptions_fields[] = {
    OMIT(hcsref_hcn_proxy_exceptions, ip_address_exceptions, "IpAddressExceptions", hcsref_type_strings),
    OMIT(hcsref_hcn_proxy_exceptions, port_exceptions, "PortExceptions", hcsref_type_strings),
};
static const hcsref_type hcn_proxy_exceptions_type =
    STRUCT(hcsref_hcn_proxy_exceptions, "hcn.ProxyExceptions", hcn_proxy_exceptions_fields);

static const hcsref_field hcn_policy_l4_wfp_proxy_fields[] = {
    OMIT(hcsref_hcn_policy_l4_wfp_proxy, inbound_proxy_port, "InboundProxyPort", hcsref_type_string),
    OMIT(hcsref_hcn_policy_l4_wfp_proxy, outbound_proxy_port, "OutboundProxyPort", hcsref_type_string),
    OMIT(hcsref_hcn_policy_l4_wfp_proxy, filter_tuple, "FilterTuple", hcn_five_tuple_type),
    OMIT(hcsref_hcn_policy_l4_wfp_proxy, user_sid, "UserSID", hcsref_type_string),
    OMIT(hcsref_hcn_policy_l4_wfp_proxy, inbound_exceptions, "InboundExceptions", hcn_proxy_exceptions_type),
    OMIT(hcsref_hcn_policy_l4_wfp_proxy, outbound_exceptions, "OutboundExceptions", hcn_proxy_exceptions_type),
};
const hcsref_type hcsref_type_hcn_policy_l4_wfp_proxy =
    STRUCT(hcsref_hcn_policy_l4_wfp_proxy, "hcn.L4WfpProxyPolicySetting", hcn_policy_l4_wfp_proxy_fields);

static const hcsref_field hcn_policy_port_name_fields[] = {
    OMIT(hcsref_hcn_policy_port_name, name, "Name", hcsref_type_string),
};
const hcsref_type hcsref_type_hcn_policy_port_name =
    STRUCT(hcsref_hcn_policy_port_name, "hcn.PortnameEndpointPolicySetting", hcn_policy_port_name_fields);

static const hcsref_field hcn_policy_encap_overhead_fields[] = {
    OMIT(hcsref_hcn_policy_encap_overhead, overhead, "Overhead", hcsref_type_uint16),
};
const hcsref_type hcsref_type_hcn_policy_encap_overhead = STRUCT(
    hcsref_hcn_policy_encap_overhead, "hcn.EncapOverheadEndpointPolicySetting", hcn_policy_encap_overhead_fields);

static const hcsref_field hcn_policy_iov_fields[] = {
    OMIT(hcsref_hcn_policy_iov, iov_offload_weight, "IovOffloadWeight", hcsref_type_uint32),
    OMIT(hcsref_hcn_policy_iov, queue_pairs_requested, "QueuePairsRequested", hcsref_type_uint32),
    OMIT(hcsref_hcn_policy_iov, interrupt_moderation, "InterruptModeration", hcsref_type_uint32),
};
const hcsref_type hcsref_type_hcn_policy_iov =
    STRUCT(hcsref_hcn_policy_iov, "hcn.IovPolicySetting", hcn_policy_iov_fields);

static const hcsref_field hcn_policy_endpoint_provider_address_fields[] = {
    OMIT(hcsref_hcn_policy_endpoint_provider_address, provider_address, "ProviderAddress", hcsref_type_string),
};
const hcsref_type hcsref_type_hcn_policy_endpoint_provider_address =
    STRUCT(hcsref_hcn_policy_endpoint_provider_address, "hcn.ProviderAddressEndpointPolicySetting",
           hcn_policy_endpoint_provider_address_fields);

static const hcsref_field hcn_policy_interface_constraint_fields[] = {
    OMIT(hcsref_hcn_policy_interface_constraint, interface_guid, "InterfaceGuid", hcsref_type_string),
    OMIT(hcsref_hcn_policy_interface_constraint, interface_luid, "InterfaceLuid", hcsref_type_uint64),
    OMIT(hcsref_hcn_policy_interface_constraint, interface_index, "InterfaceIndex", hcsref_type_uint32),
    OMIT(hcsref_hcn_policy_interface_constraint, interface_media_type, "InterfaceMediaType", hcsref_type_uint32),
    OMIT(hcsref_hcn_policy_interface_constraint, interface_alias, "InterfaceAlias", hcsref_type_string),
    OMIT(hcsref_hcn_policy_interface_constraint, interface_description, "InterfaceDescription", hcsref_type_string),
};
const hcsref_type hcsref_type_hcn_policy_interface_constraint =
    STRUCT(hcsref_hcn_policy_interface_constraint, "hcn.InterfaceConstraintPolicySetting",
           hcn_policy_interface_constraint_fields);

static const hcsref_field hcn_policy_source_mac_address_fields[] = {
    OMIT(hcsref_hcn_policy_source_mac_address, source_mac_address, "SourceMacAddress", hcsref_type_string),
};
const hcsref_type hcsref_type_hcn_policy_source_mac_address =
    STRUCT(hcsref_hcn_policy_source_mac_address, "hcn.SourceMacAddressNetworkPolicySetting",
           hcn_policy_source_mac_address_fields);

static const hcsref_field hcn_policy_net_adapter_name_fields[] = {
    OMIT(hcsref_hcn_policy_net_adapter_name, network_adapter_name, "NetworkAdapterName", hcsref_type_string),
};
const hcsref_type hcsref_type_hcn_policy_net_adapter_name = STRUCT(
    hcsref_hcn_policy_net_adapter_name, "hcn.NetAdapterNameNetworkPolicySetting", hcn_policy_net_adapter_name_fields);

static const hcsref_field hcn_policy_network_provider_address_fields[] = {
    OMIT(hcsref_hcn_policy_network_provider_address, provider_address, "ProviderAddress", hcsref_type_string),
};
const hcsref_type hcsref_type_hcn_policy_network_provider_address =
    STRUCT(hcsref_hcn_policy_network_provider_address, "hcn.ProviderAddressNetworkPolicySetting",
           hcn_policy_network_provider_address_fields);

static const hcsref_field hcn_policy_vswitch_extension_fields[] = {
    OMIT(hcsref_hcn_policy_vswitch_extension, extension_id, "ExtensionID", hcsref_type_string),
    OMIT(hcsref_hcn_policy_vswitch_extension, enable, "Enable", hcsref_type_bool),
};
const hcsref_type hcsref_type_hcn_policy_vswitch_extension =
    STRUCT(hcsref_hcn_policy_vswitch_extension, "hcn.VSwitchExtensionNetworkPolicySetting",
           hcn_policy_vswitch_extension_fields);

static const hcsref_field hcn_policy_dr_mac_address_fields[] = {
    OMIT(hcsref_hcn_policy_dr_mac_address, address, "Address", hcsref_type_string),
};
const hcsref_type hcsref_type_hcn_policy_dr_mac_address =
    STRUCT(hcsref_hcn_policy_dr_mac_address, "hcn.DrMacAddressNetworkPolicySetting", hcn_policy_dr_mac_address_fields);

static const hcsref_field hcn_policy_automatic_dns_fields[] = {
    OMIT(hcsref_hcn_policy_automatic_dns, enable, "Enable", hcsref_type_bool),
};
const hcsref_type hcsref_type_hcn_policy_automatic_dns =
    STRUCT(hcsref_hcn_policy_automatic_dns, "hcn.AutomaticDNSNetworkPolicySetting", hcn_policy_automatic_dns_fields);

static const hcsref_field hcn_policy_layer_constraint_fields[] = {
    OMIT(hcsref_hcn_policy_layer_constraint, layer_id, "LayerId", hcsref_type_string),
};
const hcsref_type hcsref_type_hcn_policy_layer_constraint = STRUCT(
    hcsref_hcn_policy_layer_constraint, "hcn.LayerConstraintNetworkPolicySetting", hcn_policy_layer_constraint_fields);

static const hcsref_field hcn_policy_vlan_fields[] = {
    KEEP(hcsref_hcn_policy_vlan, isolation_id, "IsolationId", hcsref_type_uint32),
};
const hcsref_type hcsref_type_hcn_policy_vlan =
    STRUCT(hcsref_hcn_policy_vlan, "hcn.VlanPolicySetting", hcn_policy_vlan_fields);

static const hcsref_field hcn_policy_vsid_fields[] = {
    KEEP(hcsref_hcn_policy_vsid, isolation_id, "IsolationId", hcsref_type_uint32),
};
const hcsref_type hcsref_type_hcn_policy_vsid =
    STRUCT(hcsref_hcn_policy_vsid, "hcn.VsidPolicySetting", hcn_policy_vsid_fields);

static const hcsref_field hcn_policy_remote_subnet_route_fields[] = {
    KEEP(hcsref_hcn_policy_remote_subnet_route, destination_prefix, "DestinationPrefix", hcsref_type_string),
    KEEP(hcsref_hcn_policy_remote_subnet_route, isolation_id, "IsolationId", hcsref_type_uint16),
    KEEP(hcsref_hcn_policy_remote_subnet_route, provider_address, "ProviderAddress", hcsref_type_string),
    KEEP(hcsref_hcn_policy_remote_subnet_route, distributed_router_mac_address, "DistributedRouterMacAddress",
         hcsref_type_string),
};
const hcsref_type hcsref_type_hcn_policy_remote_subnet_route = STRUCT(
    hcsref_hcn_policy_remote_subnet_route, "hcn.RemoteSubnetRoutePolicySetting", hcn_policy_remote_subnet_route_fields);

static const hcsref_field hcn_policy_set_policy_fields[] = {
    KEEP(hcsref_hcn_policy_set_policy, id, "Id", hcsref_type_string),
    KEEP(hcsref_hcn_policy_set_policy, name, "Name", hcsref_type_string),
    KEEP(hcsref_hcn_policy_set_policy, policy_type, "PolicyType", set_policy_type),
    KEEP(hcsref_hcn_policy_set_policy, values, "Values", hcsref_type_string),
};
const hcsref_type hcsref_type_hcn_policy_set_policy =
    STRUCT(hcsref_hcn_policy_set_policy, "hcn.SetPolicySetting", hcn_policy_set_policy_fields);

static const hcsref_field hcn_policy_vxlan_port_fields[] = {
    KEEP(hcsref_hcn_policy_vxlan_port, port, "Port", hcsref_type_uint16),
};
const hcsref_type hcsref_type_hcn_policy_vxlan_port =
    STRUCT(hcsref_hcn_policy_vxlan_port, "hcn.VxlanPortPolicySetting", hcn_policy_vxlan_port_fields);

static const hcsref_field hcn_policy_l4_proxy_fields[] = {
    OMIT(hcsref_hcn_policy_l4_proxy, ip, "IP", hcsref_type_string),
    OMIT(hcsref_hcn_policy_l4_proxy, port, "Port", hcsref_type_string),
    OMIT(hcsref_hcn_policy_l4_proxy, protocol, "Protocol", protocol_type),
    OMIT(hcsref_hcn_policy_l4_proxy, exceptions, "Exceptions", hcsref_type_strings),
    KEEP(hcsref_hcn_policy_l4_proxy, destination, "Destination", hcsref_type_string),
    OMIT(hcsref_hcn_policy_l4_proxy, outbound_nat, "OutboundNAT", hcsref_type_bool),
};
const hcsref_type hcsref_type_hcn_policy_l4_proxy =
    STRUCT(hcsref_hcn_policy_l4_proxy, "hcn.L4ProxyPolicySetting", hcn_policy_l4_proxy_fields);

static const hcsref_field hcn_tier_acl_rule_fields[] = {
    OMIT(hcsref_hcn_tier_acl_rule, id, "Id", hcsref_type_string),
    OMIT(hcsref_hcn_tier_acl_rule, protocols, "Protocols", hcsref_type_string),
    KEEP(hcsref_hcn_tier_acl_rule, tier_acl_rule_action, "TierAclRuleAction", action_type),
    OMIT(hcsref_hcn_tier_acl_rule, local_addresses, "LocalAddresses", hcsref_type_string),
    OMIT(hcsref_hcn_tier_acl_rule, remote_addresses, "RemoteAddresses", hcsref_type_string),
    OMIT(hcsref_hcn_tier_acl_rule, local_ports, "LocalPorts", hcsref_type_string),
    OMIT(hcsref_hcn_tier_acl_rule, remote_ports, "RemotePorts", hcsref_type_string),
    OMIT(hcsref_hcn_tier_acl_rule, priority, "Priority", hcsref_type_uint16),
};
static const hcsref_type hcn_tier_acl_rule_type =
    STRUCT(hcsref_hcn_tier_acl_rule, "hcn.TierAclRule", hcn_tier_acl_rule_fields);
static const hcsref_type hcn_tier_acl_rule_list = SLICE_OF(hcn_tier_acl_rule_type, "[]hcn.TierAclRule");

static const hcsref_field hcn_policy_tier_acl_fields[] = {
    KEEP(hcsref_hcn_policy_tier_acl, name, "Name", hcsref_type_string),
    KEEP(hcsref_hcn_policy_tier_acl, direction, "Direction", direction_type),
    KEEP(hcsref_hcn_policy_tier_acl, order, "Order", hcsref_type_uint16),
    OMIT(hcsref_hcn_policy_tier_acl, tier_acl_rules, "TierAclRules", hcn_tier_acl_rule_list),
};
const hcsref_type hcsref_type_hcn_policy_tier_acl =
    STRUCT(hcsref_hcn_policy_tier_acl, "hcn.TierAclPolicySetting", hcn_policy_tier_acl_fields);
