/* SPDX-License-Identifier: Apache-2.0 */
/* Which table an open member has: another member of its object decides. The settings of a policy have that of its type.
 * Source: hcsshim hcn/hcnpolicy.go, hcnnetwork.go, hcnendpoint.go, internal/hns/hnspolicy.go. */
#include "hcsref/hcn_network.h"
#include "hcsref/hcn_policy.h"
#include "hcsref/hns.h"

/* A null kind stands for every one. */
static const struct {
  const hcsref_type *holder;
  const char *member, *kind;
  const hcsref_type *type;
} open_types[] = {
    {&hcsref_type_hcn_endpoint_policy, "Settings", "PortMapping", &hcsref_type_hcn_policy_port_mapping},
    {&hcsref_type_hcn_endpoint_policy, "Settings", "ACL", &hcsref_type_hcn_policy_acl},
    {&hcsref_type_hcn_endpoint_policy, "Settings", "QOS", &hcsref_type_hcn_policy_qos},
    {&hcsref_type_hcn_endpoint_policy, "Settings", "OutBoundNAT", &hcsref_type_hcn_policy_outbound_nat},
    {&hcsref_type_hcn_endpoint_policy, "Settings", "SDNRoute", &hcsref_type_hcn_policy_sdn_route},
    {&hcsref_type_hcn_endpoint_policy, "Settings", "L4Proxy", &hcsref_type_hcn_policy_l4_proxy},
    {&hcsref_type_hcn_endpoint_policy, "Settings", "L4WFPPROXY", &hcsref_type_hcn_policy_l4_wfp_proxy},
    {&hcsref_type_hcn_endpoint_policy, "Settings", "PortName", &hcsref_type_hcn_policy_port_name},
    {&hcsref_type_hcn_endpoint_policy, "Settings", "EncapOverhead", &hcsref_type_hcn_policy_encap_overhead},
    {&hcsref_type_hcn_endpoint_policy, "Settings", "Iov", &hcsref_type_hcn_policy_iov},
    {&hcsref_type_hcn_endpoint_policy, "Settings", "ProviderAddress",
     &hcsref_type_hcn_policy_endpoint_provider_address},
    {&hcsref_type_hcn_endpoint_policy, "Settings", "InterfaceConstraint", &hcsref_type_hcn_policy_interface_constraint},
    {&hcsref_type_hcn_endpoint_policy, "Settings", "TierAcl", &hcsref_type_hcn_policy_tier_acl},
    {&hcsref_type_hcn_network_policy, "Settings", "SourceMacAddress", &hcsref_type_hcn_policy_source_mac_address},
    {&hcsref_type_hcn_network_policy, "Settings", "NetAdapterName", &hcsref_type_hcn_policy_net_adapter_name},
    {&hcsref_type_hcn_network_policy, "Settings", "VSwitchExtension", &hcsref_type_hcn_policy_vswitch_extension},
    {&hcsref_type_hcn_network_policy, "Settings", "DrMacAddress", &hcsref_type_hcn_policy_dr_mac_address},
    {&hcsref_type_hcn_network_policy, "Settings", "AutomaticDNS", &hcsref_type_hcn_policy_automatic_dns},
    {&hcsref_type_hcn_network_policy, "Settings", "InterfaceConstraint", &hcsref_type_hcn_policy_interface_constraint},
    {&hcsref_type_hcn_network_policy, "Settings", "ProviderAddress", &hcsref_type_hcn_policy_network_provider_address},
    {&hcsref_type_hcn_network_policy, "Settings", "RemoteSubnetRoute", &hcsref_type_hcn_policy_remote_subnet_route},
    {&hcsref_type_hcn_network_policy, "Settings", "VxlanPort", &hcsref_type_hcn_policy_vxlan_port},
    {&hcsref_type_hcn_network_policy, "Settings", "SetPolicy", &hcsref_type_hcn_policy_set_policy},
    {&hcsref_type_hcn_network_policy, "Settings", "L4Proxy", &hcsref_type_hcn_policy_l4_proxy},
    {&hcsref_type_hcn_network_policy, "Settings", "LayerConstraint", &hcsref_type_hcn_policy_layer_constraint},
    {&hcsref_type_hcn_network_policy, "Settings", "NetworkACL", &hcsref_type_hcn_policy_network_acl},
    {&hcsref_type_hcn_subnet_policy, "Settings", "VLAN", &hcsref_type_hcn_policy_vlan},
    {&hcsref_type_hcn_subnet_policy, "Settings", "VSID", &hcsref_type_hcn_policy_vsid},
    {&hcsref_type_hcn_subnet, "Policies", NULL, &hcsref_type_hcn_subnet_policy},
    {&hcsref_type_hcn_modify_network, "Settings", "Policy", &hcsref_type_hcn_network_policies},
    {&hcsref_type_hcn_modify_network, "Settings", "DNS", &hcsref_type_hcn_dns},
    {&hcsref_type_hcn_modify_endpoint, "Settings", "Policy", &hcsref_type_hcn_endpoint_policies},
    {&hcsref_type_hcn_modify_endpoint, "Settings", "Port", &hcsref_type_hcn_vm_port},
    {&hcsref_type_hcn_modify_namespace, "Settings", "Endpoint", &hcsref_type_hcn_endpoint_settings},
};

/* HNS has the settings beside the type, wherever the policy is. */
static const struct {
  const char *kind;
  const hcsref_type *type;
} hns_policies[] = {
    {"NAT", &hcsref_type_hns_policy_nat},     {"ACL", &hcsref_type_hns_policy_acl},
    {"PA", &hcsref_type_hns_policy_pa},       {"VLAN", &hcsref_type_hns_policy_vlan},
    {"VSID", &hcsref_type_hns_policy_vsid},   {"Isolation", &hcsref_type_hns_policy_isolation},
    {"QOS", &hcsref_type_hns_policy_qos},     {"OutBoundNAT", &hcsref_type_hns_policy_outbound_nat},
    {"ELB", &hcsref_type_hns_policy_elb},     {"ROUTE", &hcsref_type_hns_policy_route},
    {"PROXY", &hcsref_type_hns_policy_proxy},
};

static const hcsref_type *find_hns_policy(hcsref_str kind) {
  for (size_t i = 0; i < sizeof(hns_policies) / sizeof(hns_policies[0]); i++)
    if (hcsref_str_equal_ascii_fold(kind, hcsref_cstr(hns_policies[i].kind)))
      return hns_policies[i].type;
  return NULL;
}

static bool has_hns_policies(const hcsref_type *holder) {
  return holder == &hcsref_type_hns_endpoint || holder == &hcsref_type_hns_network ||
         holder == &hcsref_type_hns_subnet || holder == &hcsref_type_hns_policy_list;
}

const hcsref_type *hcsref_hcn_open_type(const hcsref_type *holder, hcsref_str member, hcsref_str kind) {
  if (has_hns_policies(holder) && hcsref_str_equal(member, HCSREF_LIT("Policies")))
    return find_hns_policy(kind);
  for (size_t i = 0; i < sizeof(open_types) / sizeof(open_types[0]); i++)
    if (open_types[i].holder == holder && hcsref_str_equal(member, hcsref_cstr(open_types[i].member)) &&
        (open_types[i].kind == NULL || hcsref_str_equal_ascii_fold(kind, hcsref_cstr(open_types[i].kind))))
      return open_types[i].type;
  return NULL;
}
