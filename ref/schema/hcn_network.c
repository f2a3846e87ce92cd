/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of networks, load balancers and routes. Source: hcsshim hcn/hcnnetwork.go, hcnendpoint.go,
 * hcnloadbalancer.go, hcnroute.go. */
#include "hcsref/hcn_network.h"
#include "hcsref/hcn_policy.h"

#include "schema/table.h"

static const hcsref_type network_policy_type = NAMED(HCSREF_STRING, hcsref_str, "hcn.NetworkPolicyType");
static const hcsref_type subnet_flags = NAMED(HCSREF_UINT32, uint32_t, "hcn.SubnetFlags");
static const hcsref_type network_type = NAMED(HCSREF_STRING, hcsref_str, "hcn.NetworkType");
static const hcsref_type network_flags = NAMED(HCSREF_UINT32, uint32_t, "hcn.NetworkFlags");
static const hcsref_type load_balancer_distribution = NAMED(HCSREF_UINT32, uint32_t, "hcn.LoadBalancerDistribution");
static const hcsref_type load_balancer_port_mapping_flags =
    NAMED(HCSREF_UINT32, uint32_t, "hcn.LoadBalancerPortMappingFlags");
static const hcsref_type load_balancer_flags = NAMED(HCSREF_UINT32, uint32_t, "hcn.LoadBalancerFlags");
static const hcsref_type subnet_policy_type = NAMED(HCSREF_STRING, hcsref_str, "hcn.SubnetPolicyType");
static const hcsref_type network_resource_type = NAMED(HCSREF_STRING, hcsref_str, "hcn.NetworkResourceType");
static const hcsref_type endpoint_resource_type = NAMED(HCSREF_STRING, hcsref_str, "hcn.EndpointResourceType");
static const hcsref_type hcn_policy_sdn_route_list =
    SLICE_OF(hcsref_type_hcn_policy_sdn_route, "[]hcn.SDNRoutePolicySetting");
static const hcsref_type raw_list = SLICE_OF(hcsref_type_raw, "[]json.RawMessage");
static const hcsref_type hcn_route_list = SLICE_OF(hcsref_type_hcn_route, "[]hcn.Route");
static const hcsref_type hcn_endpoint_policy_list = SLICE_OF(hcsref_type_hcn_endpoint_policy, "[]hcn.EndpointPolicy");

static const hcsref_field hcn_network_policy_fields[] = {
    KEEP(hcsref_hcn_network_policy, type, "Type", network_policy_type),
    OMIT(hcsref_hcn_network_policy, settings, "Settings", hcsref_type_raw),
};
const hcsref_type hcsref_type_hcn_network_policy =
    STRUCT(hcsref_hcn_network_policy, "hcn.NetworkPolicy", hcn_network_policy_fields);
static const hcsref_type hcn_network_policy_list = SLICE_OF(hcsref_type_hcn_network_policy, "[]hcn.NetworkPolicy");

static const hcsref_field hcn_mac_range_fields[] = {
    OMIT(hcsref_hcn_mac_range, start_mac_address, "StartMacAddress", hcsref_type_string),
    OMIT(hcsref_hcn_mac_range, end_mac_address, "EndMacAddress", hcsref_type_string),
};
static const hcsref_type hcn_mac_range_type = STRUCT(hcsref_hcn_mac_range, "hcn.MacRange", hcn_mac_range_fields);
static const hcsref_type hcn_mac_range_list = SLICE_OF(hcn_mac_range_type, "[]hcn.MacRange");

static const hcsref_field hcn_mac_pool_fields[] = {
    OMIT(hcsref_hcn_mac_pool, ranges, "Ranges", hcn_mac_range_list),
};
static const hcsref_type hcn_mac_pool_type = STRUCT(hcsref_hcn_mac_pool, "hcn.MacPool", hcn_mac_pool_fields);

static const hcsref_field hcn_subnet_fields[] = {
    OMIT(hcsref_hcn_subnet, ip_address_prefix, "IpAddressPrefix", hcsref_type_string),
    OMIT(hcsref_hcn_subnet, policies, "Policies", raw_list),
    OMIT(hcsref_hcn_subnet, routes, "Routes", hcn_route_list),
    OMIT(hcsref_hcn_subnet, flags, "Flags", subnet_flags),
};
const hcsref_type hcsref_type_hcn_subnet = STRUCT(hcsref_hcn_subnet, "hcn.Subnet", hcn_subnet_fields);
static const hcsref_type hcn_subnet_list = SLICE_OF(hcsref_type_hcn_subnet, "[]hcn.Subnet");

static const hcsref_field hcn_ipam_fields[] = {
    OMIT(hcsref_hcn_ipam, type, "Type", hcsref_type_string),
    OMIT(hcsref_hcn_ipam, subnets, "Subnets", hcn_subnet_list),
};
static const hcsref_type hcn_ipam_type = STRUCT(hcsref_hcn_ipam, "hcn.Ipam", hcn_ipam_fields);
static const hcsref_type hcn_ipam_list = SLICE_OF(hcn_ipam_type, "[]hcn.Ipam");

static const hcsref_field hcn_network_fields[] = {
    OMIT(hcsref_hcn_network, id, "ID", hcsref_type_string),
    OMIT(hcsref_hcn_network, name, "Name", hcsref_type_string),
    OMIT(hcsref_hcn_network, type, "Type", network_type),
    OMIT(hcsref_hcn_network, policies, "Policies", hcn_network_policy_list),
    OMIT(hcsref_hcn_network, mac_pool, "MacPool", hcn_mac_pool_type),
    OMIT(hcsref_hcn_network, dns, "Dns", hcsref_type_hcn_dns),
    OMIT(hcsref_hcn_network, ipams, "Ipams", hcn_ipam_list),
    OMIT(hcsref_hcn_network, flags, "Flags", network_flags),
    OMIT(hcsref_hcn_network, health, "Health", hcsref_type_hcn_health),
    OMIT(hcsref_hcn_network, schema_version, "SchemaVersion", hcsref_type_hcn_version),
};
const hcsref_type hcsref_type_hcn_network = STRUCT(hcsref_hcn_network, "hcn.HostComputeNetwork", hcn_network_fields);

static const hcsref_field hcn_port_mapping_fields[] = {
    OMIT(hcsref_hcn_port_mapping, protocol, "Protocol", hcsref_type_uint32),
    OMIT(hcsref_hcn_port_mapping, internal_port, "InternalPort", hcsref_type_uint16),
    OMIT(hcsref_hcn_port_mapping, external_port, "ExternalPort", hcsref_type_uint16),
    OMIT(hcsref_hcn_port_mapping, distribution_type, "DistributionType", load_balancer_distribution),
    OMIT(hcsref_hcn_port_mapping, flags, "Flags", load_balancer_port_mapping_flags),
};
static const hcsref_type hcn_port_mapping_type =
    STRUCT(hcsref_hcn_port_mapping, "hcn.LoadBalancerPortMapping", hcn_port_mapping_fields);
static const hcsref_type hcn_port_mapping_list = SLICE_OF(hcn_port_mapping_type, "[]hcn.LoadBalancerPortMapping");

static const hcsref_field hcn_load_balancer_fields[] = {
    OMIT(hcsref_hcn_load_balancer, id, "ID", hcsref_type_string),
    OMIT(hcsref_hcn_load_balancer, host_compute_endpoints, "HostComputeEndpoints", hcsref_type_strings),
    OMIT(hcsref_hcn_load_balancer, source_vip, "SourceVIP", hcsref_type_string),
    OMIT(hcsref_hcn_load_balancer, frontend_vips, "FrontendVIPs", hcsref_type_strings),
    OMIT(hcsref_hcn_load_balancer, port_mappings, "PortMappings", hcn_port_mapping_list),
    OMIT(hcsref_hcn_load_balancer, schema_version, "SchemaVersion", hcsref_type_hcn_version),
    OMIT(hcsref_hcn_load_balancer, flags, "Flags", load_balancer_flags),
};
const hcsref_type hcsref_type_hcn_load_balancer =
    STRUCT(hcsref_hcn_load_balancer, "hcn.HostComputeLoadBalancer", hcn_load_balancer_fields);

static const hcsref_field hcn_sdn_route_fields[] = {
    OMIT(hcsref_hcn_sdn_route, id, "ID", hcsref_type_string),
    OMIT(hcsref_hcn_sdn_route, host_compute_endpoints, "HostComputeEndpoints", hcsref_type_strings),
    OMIT(hcsref_hcn_sdn_route, setting, "Setting", hcn_policy_sdn_route_list),
    OMIT(hcsref_hcn_sdn_route, schema_version, "SchemaVersion", hcsref_type_hcn_version),
};
const hcsref_type hcsref_type_hcn_sdn_route =
    STRUCT(hcsref_hcn_sdn_route, "hcn.HostComputeRoute", hcn_sdn_route_fields);

static const hcsref_field hcn_subnet_policy_fields[] = {
    KEEP(hcsref_hcn_subnet_policy, type, "Type", subnet_policy_type),
    OMIT(hcsref_hcn_subnet_policy, settings, "Settings", hcsref_type_raw),
};
const hcsref_type hcsref_type_hcn_subnet_policy =
    STRUCT(hcsref_hcn_subnet_policy, "hcn.SubnetPolicy", hcn_subnet_policy_fields);

static const hcsref_field hcn_modify_network_fields[] = {
    OMIT(hcsref_hcn_modify_network, resource_type, "ResourceType", network_resource_type),
    OMIT(hcsref_hcn_modify_network, request_type, "RequestType", hcsref_type_hcn_request_type),
    OMIT(hcsref_hcn_modify_network, settings, "Settings", hcsref_type_raw),
};
const hcsref_type hcsref_type_hcn_modify_network =
    STRUCT(hcsref_hcn_modify_network, "hcn.ModifyNetworkSettingRequest", hcn_modify_network_fields);

static const hcsref_field hcn_modify_endpoint_fields[] = {
    OMIT(hcsref_hcn_modify_endpoint, resource_type, "ResourceType", endpoint_resource_type),
    OMIT(hcsref_hcn_modify_endpoint, request_type, "RequestType", hcsref_type_hcn_request_type),
    OMIT(hcsref_hcn_modify_endpoint, settings, "Settings", hcsref_type_raw),
};
const hcsref_type hcsref_type_hcn_modify_endpoint =
    STRUCT(hcsref_hcn_modify_endpoint, "hcn.ModifyEndpointSettingRequest", hcn_modify_endpoint_fields);

static const hcsref_field hcn_network_policies_fields[] = {
    OMIT(hcsref_hcn_network_policies, policies, "Policies", hcn_network_policy_list),
};
const hcsref_type hcsref_type_hcn_network_policies =
    STRUCT(hcsref_hcn_network_policies, "hcn.PolicyNetworkRequest", hcn_network_policies_fields);

static const hcsref_field hcn_endpoint_policies_fields[] = {
    OMIT(hcsref_hcn_endpoint_policies, policies, "Policies", hcn_endpoint_policy_list),
};
const hcsref_type hcsref_type_hcn_endpoint_policies =
    STRUCT(hcsref_hcn_endpoint_policies, "hcn.PolicyEndpointRequest", hcn_endpoint_policies_fields);

static const hcsref_field hcn_vm_port_fields[] = {
    OMIT(hcsref_hcn_vm_port, port_id, "PortId", hcsref_type_guid),
    OMIT(hcsref_hcn_vm_port, virtual_nic_name, "VirtualNicName", hcsref_type_string),
    OMIT(hcsref_hcn_vm_port, virtual_machine_id, "VirtualMachineId", hcsref_type_guid),
};
const hcsref_type hcsref_type_hcn_vm_port = STRUCT(hcsref_hcn_vm_port, "hcn.VmEndpointRequest", hcn_vm_port_fields);
