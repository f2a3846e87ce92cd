/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of network endpoints. Source: hcsshim hcn/hcnendpoint.go, hcn/hcn.go, hcn/hcnnetwork.go,
 * internal/hns/hnsendpoint.go, internal/hns/namespace.go. */
#include "hcsref/hcn_endpoint.h"

#include "schema/table.h"

static const hcsref_type policy_type = NAMED(HCSREF_STRING, hcsref_str, "hcn.EndpointPolicyType");
static const hcsref_type endpoint_flags = NAMED(HCSREF_UINT32, uint32_t, "hcn.EndpointFlags");

static const hcsref_field policy_fields[] = {
    KEEP(hcsref_hcn_endpoint_policy, type, "Type", policy_type),
    OMIT(hcsref_hcn_endpoint_policy, settings, "Settings", hcsref_type_raw),
};
const hcsref_type hcsref_type_hcn_endpoint_policy =
    STRUCT(hcsref_hcn_endpoint_policy, "hcn.EndpointPolicy", policy_fields);
static const hcsref_type policy_list = SLICE_OF(hcsref_type_hcn_endpoint_policy, "[]hcn.EndpointPolicy");

static const hcsref_field ip_config_fields[] = {
    OMIT(hcsref_hcn_ip_config, ip_address, "IpAddress", hcsref_type_string),
    OMIT(hcsref_hcn_ip_config, prefix_length, "PrefixLength", hcsref_type_uint8),
};
static const hcsref_type ip_config = STRUCT(hcsref_hcn_ip_config, "hcn.IpConfig", ip_config_fields);
static const hcsref_type ip_config_list = SLICE_OF(ip_config, "[]hcn.IpConfig");

static const hcsref_field dns_fields[] = {
    OMIT(hcsref_hcn_dns, domain, "Domain", hcsref_type_string),
    OMIT(hcsref_hcn_dns, search, "Search", hcsref_type_strings),
    OMIT(hcsref_hcn_dns, server_list, "ServerList", hcsref_type_strings),
    OMIT(hcsref_hcn_dns, options, "Options", hcsref_type_strings),
};
const hcsref_type hcsref_type_hcn_dns = STRUCT(hcsref_hcn_dns, "hcn.Dns", dns_fields);

static const hcsref_field route_fields[] = {
    OMIT(hcsref_hcn_route, next_hop, "NextHop", hcsref_type_string),
    OMIT(hcsref_hcn_route, destination_prefix, "DestinationPrefix", hcsref_type_string),
    OMIT(hcsref_hcn_route, metric, "Metric", hcsref_type_uint16),
};
const hcsref_type hcsref_type_hcn_route = STRUCT(hcsref_hcn_route, "hcn.Route", route_fields);
static const hcsref_type route_list = SLICE_OF(hcsref_type_hcn_route, "[]hcn.Route");

static const hcsref_field extra_fields[] = {
    OMIT(hcsref_hcn_extra, resources, "Resources", hcsref_type_raw),
    OMIT(hcsref_hcn_extra, shared_containers, "SharedContainers", hcsref_type_raw),
    OMIT(hcsref_hcn_extra, layered_on, "LayeredOn", hcsref_type_string),
    OMIT(hcsref_hcn_extra, switch_guid, "SwitchGuid", hcsref_type_string),
    OMIT(hcsref_hcn_extra, utility_vm, "UtilityVM", hcsref_type_string),
    OMIT(hcsref_hcn_extra, virtual_machine, "VirtualMachine", hcsref_type_string),
};
static const hcsref_type extra = STRUCT(hcsref_hcn_extra, "hcn.ExtraParams", extra_fields);

static const hcsref_field health_fields[] = {
    OMIT(hcsref_hcn_health, data, "Data", hcsref_type_any),
    OMIT(hcsref_hcn_health, extra, "Extra", extra),
};
const hcsref_type hcsref_type_hcn_health = STRUCT(hcsref_hcn_health, "hcn.Health", health_fields);

static const hcsref_field endpoint_fields[] = {
    OMIT(hcsref_hcn_endpoint, id, "ID", hcsref_type_string),
    OMIT(hcsref_hcn_endpoint, name, "Name", hcsref_type_string),
    OMIT(hcsref_hcn_endpoint, host_compute_network, "HostComputeNetwork", hcsref_type_string),
    OMIT(hcsref_hcn_endpoint, host_compute_namespace, "HostComputeNamespace", hcsref_type_string),
    OMIT(hcsref_hcn_endpoint, policies, "Policies", policy_list),
    OMIT(hcsref_hcn_endpoint, ip_configurations, "IpConfigurations", ip_config_list),
    OMIT(hcsref_hcn_endpoint, dns, "Dns", hcsref_type_hcn_dns),
    OMIT(hcsref_hcn_endpoint, routes, "Routes", route_list),
    OMIT(hcsref_hcn_endpoint, mac_address, "MacAddress", hcsref_type_string),
    OMIT(hcsref_hcn_endpoint, flags, "Flags", endpoint_flags),
    OMIT(hcsref_hcn_endpoint, health, "Health", hcsref_type_hcn_health),
    OMIT(hcsref_hcn_endpoint, schema_version, "SchemaVersion", hcsref_type_hcn_version),
};
const hcsref_type hcsref_type_hcn_endpoint = STRUCT(hcsref_hcn_endpoint, "hcn.HostComputeEndpoint", endpoint_fields);

static const hcsref_type raw_list = SLICE_OF(hcsref_type_raw, "[]json.RawMessage");
static const hcsref_field resource_fields[] = {
    KEEP(hcsref_hcn_namespace_resource, type, "Type", hcsref_type_string),
    KEEP(hcsref_hcn_namespace_resource, data, "Data", hcsref_type_raw),
};
const hcsref_type hcsref_type_hns_namespace_resource =
    STRUCT(hcsref_hcn_namespace_resource, "hns.NamespaceResource", resource_fields);
static const hcsref_type resource_list = SLICE_OF(hcsref_type_hns_namespace_resource, "[]hns.NamespaceResource");
static const hcsref_type ip = NAMED(HCSREF_STRING, hcsref_str, "net.IP");
static const hcsref_type endpoint_state = NAMED(HCSREF_UINT16, uint16_t, "hns.EndpointState");

static const hcsref_field namespace_fields[] = {
    KEEP(hcsref_hns_namespace, id, "ID", hcsref_type_string),
    OMIT(hcsref_hns_namespace, is_default, "IsDefault", hcsref_type_bool),
    OMIT(hcsref_hns_namespace, resource_list, "ResourceList", resource_list),
    OMIT(hcsref_hns_namespace, compartment_id, "CompartmentId", hcsref_type_uint32),
};
const hcsref_type hcsref_type_hns_namespace = STRUCT(hcsref_hns_namespace, "hns.Namespace", namespace_fields);
static const hcsref_type hns_namespace_pointer = POINTER_TO(hcsref_type_hns_namespace, "*hns.Namespace");

static const hcsref_field hns_endpoint_fields[] = {
    OMIT(hcsref_hns_endpoint, id, "ID", hcsref_type_string),
    OMIT(hcsref_hns_endpoint, name, "Name", hcsref_type_string),
    OMIT(hcsref_hns_endpoint, virtual_network, "VirtualNetwork", hcsref_type_string),
    OMIT(hcsref_hns_endpoint, virtual_network_name, "VirtualNetworkName", hcsref_type_string),
    OMIT(hcsref_hns_endpoint, policies, "Policies", raw_list),
    OMIT(hcsref_hns_endpoint, mac_address, "MacAddress", hcsref_type_string),
    OMIT(hcsref_hns_endpoint, ip_address, "IPAddress", ip),
    OMIT(hcsref_hns_endpoint, ipv6_address, "IPv6Address", ip),
    OMIT(hcsref_hns_endpoint, dns_suffix, "DNSSuffix", hcsref_type_string),
    OMIT(hcsref_hns_endpoint, dns_server_list, "DNSServerList", hcsref_type_string),
    OMIT(hcsref_hns_endpoint, dns_domain, "DNSDomain", hcsref_type_string),
    OMIT(hcsref_hns_endpoint, gateway_address, "GatewayAddress", hcsref_type_string),
    OMIT(hcsref_hns_endpoint, gateway_address_v6, "GatewayAddressV6", hcsref_type_string),
    OMIT(hcsref_hns_endpoint, enable_internal_dns, "EnableInternalDNS", hcsref_type_bool),
    OMIT(hcsref_hns_endpoint, disable_icc, "DisableICC", hcsref_type_bool),
    OMIT(hcsref_hns_endpoint, prefix_length, "PrefixLength", hcsref_type_uint8),
    OMIT(hcsref_hns_endpoint, ipv6_prefix_length, "IPv6PrefixLength", hcsref_type_uint8),
    OMIT(hcsref_hns_endpoint, is_remote_endpoint, "IsRemoteEndpoint", hcsref_type_bool),
    OMIT(hcsref_hns_endpoint, enable_low_metric, "EnableLowMetric", hcsref_type_bool),
    OMIT(hcsref_hns_endpoint, ns, "Namespace", hns_namespace_pointer),
    OMIT(hcsref_hns_endpoint, encap_overhead, "EncapOverhead", hcsref_type_uint16),
    OMIT(hcsref_hns_endpoint, shared_containers, "SharedContainers", hcsref_type_strings),
    OMIT(hcsref_hns_endpoint, state, "State", endpoint_state),
};
const hcsref_type hcsref_type_hns_endpoint = STRUCT(hcsref_hns_endpoint, "hns.HNSEndpoint", hns_endpoint_fields);
