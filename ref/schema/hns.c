/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of the Host Network Service. Source: hcsshim internal/hns/hnsnetwork.go, hnsendpoint.go, hnspolicylist.go,
 * hnsaccelnet.go. */
#include "hcsref/hns.h"

#include "schema/table.h"

static const hcsref_type system_type = NAMED(HCSREF_STRING, hcsref_str, "hns.SystemType");
static const hcsref_type policy_type = NAMED(HCSREF_STRING, hcsref_str, "hns.PolicyType");
static const hcsref_type action_type = NAMED(HCSREF_STRING, hcsref_str, "hns.ActionType");
static const hcsref_type direction_type = NAMED(HCSREF_STRING, hcsref_str, "hns.DirectionType");
static const hcsref_type rule_type = NAMED(HCSREF_STRING, hcsref_str, "hns.RuleType");
static const hcsref_type raw_list = SLICE_OF(hcsref_type_raw, "[]json.RawMessage");

static const hcsref_field hns_mac_pool_fields[] = {
    OMIT(hcsref_hns_mac_pool, start_mac_address, "StartMacAddress", hcsref_type_string),
    OMIT(hcsref_hns_mac_pool, end_mac_address, "EndMacAddress", hcsref_type_string),
};
static const hcsref_type hns_mac_pool_type = STRUCT(hcsref_hns_mac_pool, "hns.MacPool", hns_mac_pool_fields);
static const hcsref_type hns_mac_pool_list = SLICE_OF(hns_mac_pool_type, "[]hns.MacPool");

static const hcsref_field hns_subnet_fields[] = {
    OMIT(hcsref_hns_subnet, address_prefix, "AddressPrefix", hcsref_type_string),
    OMIT(hcsref_hns_subnet, gateway_address, "GatewayAddress", hcsref_type_string),
    OMIT(hcsref_hns_subnet, policies, "Policies", raw_list),
};
const hcsref_type hcsref_type_hns_subnet = STRUCT(hcsref_hns_subnet, "hns.Subnet", hns_subnet_fields);
static const hcsref_type hns_subnet_list = SLICE_OF(hcsref_type_hns_subnet, "[]hns.Subnet");

static const hcsref_field hns_network_fields[] = {
    OMIT(hcsref_hns_network, id, "ID", hcsref_type_string),
    OMIT(hcsref_hns_network, name, "Name", hcsref_type_string),
    OMIT(hcsref_hns_network, type, "Type", hcsref_type_string),
    OMIT(hcsref_hns_network, network_adapter_name, "NetworkAdapterName", hcsref_type_string),
    OMIT(hcsref_hns_network, source_mac, "SourceMac", hcsref_type_string),
    OMIT(hcsref_hns_network, policies, "Policies", raw_list),
    OMIT(hcsref_hns_network, mac_pools, "MacPools", hns_mac_pool_list),
    OMIT(hcsref_hns_network, subnets, "Subnets", hns_subnet_list),
    OMIT(hcsref_hns_network, dns_suffix, "DNSSuffix", hcsref_type_string),
    OMIT(hcsref_hns_network, dns_server_list, "DNSServerList", hcsref_type_string),
    OMIT(hcsref_hns_network, dns_server_compartment, "DNSServerCompartment", hcsref_type_uint32),
    OMIT(hcsref_hns_network, management_ip, "ManagementIP", hcsref_type_string),
    OMIT(hcsref_hns_network, automatic_dns, "AutomaticDNS", hcsref_type_bool),
};
const hcsref_type hcsref_type_hns_network = STRUCT(hcsref_hns_network, "hns.HNSNetwork", hns_network_fields);

static const hcsref_field hns_policy_list_fields[] = {
    OMIT(hcsref_hns_policy_list, id, "ID", hcsref_type_string),
    OMIT(hcsref_hns_policy_list, references, "References", hcsref_type_strings),
    OMIT(hcsref_hns_policy_list, policies, "Policies", raw_list),
};
const hcsref_type hcsref_type_hns_policy_list =
    STRUCT(hcsref_hns_policy_list, "hns.PolicyList", hns_policy_list_fields);

static const hcsref_field hns_attach_fields[] = {
    OMIT(hcsref_hns_attach, container_id, "ContainerId", hcsref_type_string),
    KEEP(hcsref_hns_attach, system_type, "SystemType", system_type),
    OMIT(hcsref_hns_attach, compartment_id, "CompartmentId", hcsref_type_uint16),
    OMIT(hcsref_hns_attach, virtual_nic_name, "VirtualNicName", hcsref_type_string),
};
const hcsref_type hcsref_type_hns_attach =
    STRUCT(hcsref_hns_attach, "hns.EndpointAttachDetachRequest", hns_attach_fields);

static const hcsref_field hns_endpoint_stats_fields[] = {
    KEEP(hcsref_hns_endpoint_stats, bytes_received, "BytesReceived", hcsref_type_uint64),
    KEEP(hcsref_hns_endpoint_stats, bytes_sent, "BytesSent", hcsref_type_uint64),
    KEEP(hcsref_hns_endpoint_stats, dropped_packets_incoming, "DroppedPacketsIncoming", hcsref_type_uint64),
    KEEP(hcsref_hns_endpoint_stats, dropped_packets_outgoing, "DroppedPacketsOutgoing", hcsref_type_uint64),
    KEEP(hcsref_hns_endpoint_stats, endpoint_id, "EndpointId", hcsref_type_string),
    KEEP(hcsref_hns_endpoint_stats, instance_id, "InstanceId", hcsref_type_string),
    KEEP(hcsref_hns_endpoint_stats, packets_received, "PacketsReceived", hcsref_type_uint64),
    KEEP(hcsref_hns_endpoint_stats, packets_sent, "PacketsSent", hcsref_type_uint64),
};
const hcsref_type hcsref_type_hns_endpoint_stats =
    STRUCT(hcsref_hns_endpoint_stats, "hns.EndpointStats", hns_endpoint_stats_fields);

static const hcsref_field hns_mac_address_fields[] = {
    OMIT(hcsref_hns_mac_address, mac_address, "MacAddress", hcsref_type_string),
};
static const hcsref_type hns_mac_address_type =
    STRUCT(hcsref_hns_mac_address, "hns.HNSNnvManagementMacAddress", hns_mac_address_fields);
static const hcsref_type hns_mac_address_list = SLICE_OF(hns_mac_address_type, "[]hns.HNSNnvManagementMacAddress");

static const hcsref_field hns_mac_list_fields[] = {
    OMIT(hcsref_hns_mac_list, mac_address_list, "MacAddressList", hns_mac_address_list),
};
const hcsref_type hcsref_type_hns_mac_list =
    STRUCT(hcsref_hns_mac_list, "hns.HNSNnvManagementMacList", hns_mac_list_fields);

static const hcsref_field hns_policy_nat_fields[] = {
    KEEP(hcsref_hns_policy_nat, type, "Type", policy_type),
    OMIT(hcsref_hns_policy_nat, protocol, "Protocol", hcsref_type_string),
    OMIT(hcsref_hns_policy_nat, internal_port, "InternalPort", hcsref_type_uint16),
    OMIT(hcsref_hns_policy_nat, external_port, "ExternalPort", hcsref_type_uint16),
    OMIT(hcsref_hns_policy_nat, external_port_reserved, "ExternalPortReserved", hcsref_type_bool),
};
const hcsref_type hcsref_type_hns_policy_nat = STRUCT(hcsref_hns_policy_nat, "hns.NatPolicy", hns_policy_nat_fields);

static const hcsref_field hns_policy_qos_fields[] = {
    KEEP(hcsref_hns_policy_qos, type, "Type", policy_type),
    KEEP(hcsref_hns_policy_qos, maximum_outgoing_bandwidth_in_bytes, "MaximumOutgoingBandwidthInBytes",
         hcsref_type_uint64),
};
const hcsref_type hcsref_type_hns_policy_qos = STRUCT(hcsref_hns_policy_qos, "hns.QosPolicy", hns_policy_qos_fields);

static const hcsref_field hns_policy_isolation_fields[] = {
    KEEP(hcsref_hns_policy_isolation, type, "Type", policy_type),
    KEEP(hcsref_hns_policy_isolation, vlan, "VLAN", hcsref_type_uint),
    KEEP(hcsref_hns_policy_isolation, vsid, "VSID", hcsref_type_uint),
    KEEP(hcsref_hns_policy_isolation, in_default_isolation, "InDefaultIsolation", hcsref_type_bool),
};
const hcsref_type hcsref_type_hns_policy_isolation =
    STRUCT(hcsref_hns_policy_isolation, "hns.IsolationPolicy", hns_policy_isolation_fields);

static const hcsref_field hns_policy_vlan_fields[] = {
    KEEP(hcsref_hns_policy_vlan, type, "Type", policy_type),
    KEEP(hcsref_hns_policy_vlan, vlan, "VLAN", hcsref_type_uint),
};
const hcsref_type hcsref_type_hns_policy_vlan =
    STRUCT(hcsref_hns_policy_vlan, "hns.VlanPolicy", hns_policy_vlan_fields);

static const hcsref_field hns_policy_vsid_fields[] = {
    KEEP(hcsref_hns_policy_vsid, type, "Type", policy_type),
    KEEP(hcsref_hns_policy_vsid, vsid, "VSID", hcsref_type_uint),
};
const hcsref_type hcsref_type_hns_policy_vsid =
    STRUCT(hcsref_hns_policy_vsid, "hns.VsidPolicy", hns_policy_vsid_fields);

static const hcsref_field hns_policy_pa_fields[] = {
    KEEP(hcsref_hns_policy_pa, type, "Type", policy_type),
    KEEP(hcsref_hns_policy_pa, pa, "PA", hcsref_type_string),
};
const hcsref_type hcsref_type_hns_policy_pa = STRUCT(hcsref_hns_policy_pa, "hns.PaPolicy", hns_policy_pa_fields);

static const hcsref_field hns_policy_outbound_nat_fields[] = {
    KEEP(hcsref_hns_policy_outbound_nat, type, "Type", policy_type),
    OMIT(hcsref_hns_policy_outbound_nat, vip, "VIP", hcsref_type_string),
    OMIT(hcsref_hns_policy_outbound_nat, exception_list, "ExceptionList", hcsref_type_strings),
    OMIT(hcsref_hns_policy_outbound_nat, destinations, "Destinations", hcsref_type_strings),
    OMIT(hcsref_hns_policy_outbound_nat, max_port_pool_usage, "MaxPortPoolUsage", hcsref_type_uint16),
};
const hcsref_type hcsref_type_hns_policy_outbound_nat =
    STRUCT(hcsref_hns_policy_outbound_nat, "hns.OutboundNatPolicy", hns_policy_outbound_nat_fields);

static const hcsref_field hns_policy_proxy_fields[] = {
    KEEP(hcsref_hns_policy_proxy, type, "Type", policy_type),
    OMIT(hcsref_hns_policy_proxy, ip, "IP", hcsref_type_string),
    OMIT(hcsref_hns_policy_proxy, port, "Port", hcsref_type_string),
    OMIT(hcsref_hns_policy_proxy, exception_list, "ExceptionList", hcsref_type_strings),
    OMIT(hcsref_hns_policy_proxy, destination, "Destination", hcsref_type_string),
    OMIT(hcsref_hns_policy_proxy, outbound_nat, "OutboundNat", hcsref_type_bool),
};
const hcsref_type hcsref_type_hns_policy_proxy =
    STRUCT(hcsref_hns_policy_proxy, "hns.ProxyPolicy", hns_policy_proxy_fields);

static const hcsref_field hns_policy_acl_fields[] = {
    KEEP(hcsref_hns_policy_acl, type, "Type", policy_type),
    OMIT(hcsref_hns_policy_acl, id, "Id", hcsref_type_string),
    OMIT(hcsref_hns_policy_acl, protocol, "Protocol", hcsref_type_uint16),
    OMIT(hcsref_hns_policy_acl, protocols, "Protocols", hcsref_type_string),
    OMIT(hcsref_hns_policy_acl, internal_port, "InternalPort", hcsref_type_uint16),
    KEEP(hcsref_hns_policy_acl, action, "Action", action_type),
    KEEP(hcsref_hns_policy_acl, direction, "Direction", direction_type),
    OMIT(hcsref_hns_policy_acl, local_addresses, "LocalAddresses", hcsref_type_string),
    OMIT(hcsref_hns_policy_acl, remote_addresses, "RemoteAddresses", hcsref_type_string),
    OMIT(hcsref_hns_policy_acl, local_ports, "LocalPorts", hcsref_type_string),
    OMIT(hcsref_hns_policy_acl, local_port, "LocalPort", hcsref_type_uint16),
    OMIT(hcsref_hns_policy_acl, remote_ports, "RemotePorts", hcsref_type_string),
    OMIT(hcsref_hns_policy_acl, remote_port, "RemotePort", hcsref_type_uint16),
    OMIT(hcsref_hns_policy_acl, rule_type, "RuleType", rule_type),
    OMIT(hcsref_hns_policy_acl, priority, "Priority", hcsref_type_uint16),
    OMIT(hcsref_hns_policy_acl, service_name, "ServiceName", hcsref_type_string),
};
const hcsref_type hcsref_type_hns_policy_acl = STRUCT(hcsref_hns_policy_acl, "hns.ACLPolicy", hns_policy_acl_fields);

static const hcsref_field hns_policy_route_fields[] = {
    KEEP(hcsref_hns_policy_route, type, "Type", policy_type),
    OMIT(hcsref_hns_policy_route, destination_prefix, "DestinationPrefix", hcsref_type_string),
    OMIT(hcsref_hns_policy_route, next_hop, "NextHop", hcsref_type_string),
    OMIT(hcsref_hns_policy_route, need_encap, "NeedEncap", hcsref_type_bool),
};
const hcsref_type hcsref_type_hns_policy_route =
    STRUCT(hcsref_hns_policy_route, "hns.RoutePolicy", hns_policy_route_fields);

static const hcsref_field hns_policy_elb_fields[] = {
    KEEP(hcsref_hns_policy_elb, type, "Type", policy_type),
    OMIT(hcsref_hns_policy_elb, protocol, "Protocol", hcsref_type_uint16),
    KEEP(hcsref_hns_policy_elb, internal_port, "InternalPort", hcsref_type_uint16),
    KEEP(hcsref_hns_policy_elb, external_port, "ExternalPort", hcsref_type_uint16),
    OMIT(hcsref_hns_policy_elb, source_vip, "SourceVIP", hcsref_type_string),
    OMIT(hcsref_hns_policy_elb, vips, "VIPs", hcsref_type_strings),
    OMIT(hcsref_hns_policy_elb, ilb, "ILB", hcsref_type_bool),
    OMIT(hcsref_hns_policy_elb, is_dsr, "IsDSR", hcsref_type_bool),
};
const hcsref_type hcsref_type_hns_policy_elb = STRUCT(hcsref_hns_policy_elb, "hns.ELBPolicy", hns_policy_elb_fields);
