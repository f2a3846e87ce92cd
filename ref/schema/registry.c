/* SPDX-License-Identifier: Apache-2.0 */
/* The tables that have a name of their own. */
#include "hcsref/bridge_messages.h"
#include "hcsref/cri_spec.h"
#include "hcsref/hcn_policy.h"
#include "hcsref/hns.h"
#include "hcsref/oci.h"
#include "hcsref/schema.h"
#include "hcsref/schema1.h"
#include "hcsref/schema2_guest.h"
#include "hcsref/schema2_live.h"

static const hcsref_schema schemas[] = {
    {"oci", "OCI runtime spec 1.1.0, as hcsshim reads it", &hcsref_type_oci_spec},
    {"oci-cri", "OCI runtime spec 1.0.2-dev, as containerd's CRI plugin writes it", &hcsref_type_oci_spec_cri},
    {"cri", "CRI container config, the part that matters on Windows", &hcsref_type_cri_container_config},
    {"cri-resources", "CRI limits of a Windows container", &hcsref_type_cri_windows_container_resources},
    {"cri-pod", "CRI pod config", &hcsref_type_cri_pod_sandbox_config},
    {"hcs-v1", "HCS schema 1 container document", &hcsref_type_v1_container_config},
    {"hcs-v2", "HCS schema 2 container", &hcsref_type_v2_container},
    {"hcs-v2-system", "HCS schema 2 create document, as handed to the HCS", &hcsref_type_v2_compute_system},
    {"hcs-v2-hosted", "HCS schema 2 create document, as handed to a utility VM", &hcsref_type_v2_hosted_system},
    {"hv-socket-device", "HCS schema 2 Hyper-V socket device of a utility VM", &hcsref_type_v2_hv_socket2},
    {"device-extension", "Device extension file", &hcsref_type_v2_device_extension},
    {"process-v1", "HCS schema 1 process to start", &hcsref_type_v1_process_config},
    {"process-v2", "HCS schema 2 process to start", &hcsref_type_v2_process_parameters},
    {"process-modify", "Change to a running process: console size, closed stream",
     &hcsref_type_v2_process_modify_request},
    {"process-status", "State of a process", &hcsref_type_v2_process_status},
    {"signal-options", "Signal to a process of a Windows container", &hcsref_type_v2_signal_options},
    {"property-query-v1", "HCS schema 1 question for properties", &hcsref_type_v1_property_query},
    {"property-query-v2", "HCS schema 2 question for properties", &hcsref_type_v2_property_query},
    {"properties-v1", "HCS schema 1 properties of a compute system", &hcsref_type_v1_container_properties},
    {"properties-v2", "HCS schema 2 properties of a compute system", &hcsref_type_v2_properties},
    {"service-properties", "Properties of the Host Compute Service", &hcsref_type_v2_service_properties},
    {"system-query-v1", "HCS schema 1 enumeration of compute systems", &hcsref_type_v1_compute_system_query},
    {"system-query-v2", "HCS schema 2 enumeration of compute systems", &hcsref_type_v2_system_query},
    {"modify-v1", "HCS schema 1 change to a running system", &hcsref_type_v1_resource_modification_request_response},
    {"modify-v2", "HCS schema 2 change to a running system", &hcsref_type_v2_modify_setting_request},
    {"credential-guard-operation", "gMSA credential guard request",
     &hcsref_type_v2_container_credential_guard_operation_request},
    {"credential-guard-add", "Details of a credential guard request that adds an instance",
     &hcsref_type_v2_container_credential_guard_add_instance_request},
    {"credential-guard-remove", "Details of a credential guard request that removes an instance",
     &hcsref_type_v2_container_credential_guard_remove_instance_request},
    {"credential-guard-system", "All gMSA credential guard instances",
     &hcsref_type_v2_container_credential_guard_system_info},
    {"result-error", "Result document of a failed HCS call", &hcsref_type_v2_result_error},
    {"system-exit-status", "How a compute system ended", &hcsref_type_v2_system_exit_status},
    {"hcn-namespace", "HCN network namespace", &hcsref_type_hcn_namespace},
    {"hcn-modify-namespace", "Change to an HCN network namespace", &hcsref_type_hcn_modify_namespace},
    {"hcn-query", "HCN question for properties", &hcsref_type_hcn_query},
    {"hns-response", "Answer of an HNS call", &hcsref_type_hns_response},
    {"image-config", "What an image says about running it", &hcsref_type_image_config},
    {"hcs-v2-confidential", "HCS schema 2 create document, as handed to a confidential utility VM",
     &hcsref_type_v2_confidential_system},
    {"hcn-network", "HCN network", &hcsref_type_hcn_network},
    {"hcn-endpoint", "HCN network endpoint", &hcsref_type_hcn_endpoint},
    {"hcn-load-balancer", "HCN load balancer", &hcsref_type_hcn_load_balancer},
    {"hcn-route", "HCN route of a software-defined network", &hcsref_type_hcn_sdn_route},
    {"hcn-modify-network", "Change to an HCN network", &hcsref_type_hcn_modify_network},
    {"hcn-modify-endpoint", "Change to an HCN network endpoint", &hcsref_type_hcn_modify_endpoint},
    {"hcn-network-policies", "Policies in a change to an HCN network", &hcsref_type_hcn_network_policies},
    {"hcn-endpoint-policies", "Policies in a change to an HCN network endpoint", &hcsref_type_hcn_endpoint_policies},
    {"hcn-vm-port", "Port of a VM in a change to an HCN network endpoint", &hcsref_type_hcn_vm_port},
    {"hcn-subnet-policy", "Policy of a subnet of an HCN network", &hcsref_type_hcn_subnet_policy},
    {"hcn-policy-port-mapping", "Settings of the HCN policy PortMapping", &hcsref_type_hcn_policy_port_mapping},
    {"hcn-policy-acl", "Settings of the HCN policy ACL", &hcsref_type_hcn_policy_acl},
    {"hcn-policy-qos", "Settings of the HCN policy QOS", &hcsref_type_hcn_policy_qos},
    {"hcn-policy-outbound-nat", "Settings of the HCN policy OutBoundNAT", &hcsref_type_hcn_policy_outbound_nat},
    {"hcn-policy-sdn-route", "Settings of the HCN policy SDNRoute", &hcsref_type_hcn_policy_sdn_route},
    {"hcn-policy-l4-proxy", "Settings of the HCN policy L4Proxy", &hcsref_type_hcn_policy_l4_proxy},
    {"hcn-policy-l4-wfp-proxy", "Settings of the HCN policy L4WFPPROXY", &hcsref_type_hcn_policy_l4_wfp_proxy},
    {"hcn-policy-port-name", "Settings of the HCN policy PortName", &hcsref_type_hcn_policy_port_name},
    {"hcn-policy-encap-overhead", "Settings of the HCN policy EncapOverhead", &hcsref_type_hcn_policy_encap_overhead},
    {"hcn-policy-iov", "Settings of the HCN policy Iov", &hcsref_type_hcn_policy_iov},
    {"hcn-policy-endpoint-provider-address", "Settings of the HCN policy ProviderAddress of an endpoint",
     &hcsref_type_hcn_policy_endpoint_provider_address},
    {"hcn-policy-interface-constraint", "Settings of the HCN policy InterfaceConstraint",
     &hcsref_type_hcn_policy_interface_constraint},
    {"hcn-policy-tier-acl", "Settings of the HCN policy TierAcl", &hcsref_type_hcn_policy_tier_acl},
    {"hcn-policy-source-mac-address", "Settings of the HCN policy SourceMacAddress",
     &hcsref_type_hcn_policy_source_mac_address},
    {"hcn-policy-net-adapter-name", "Settings of the HCN policy NetAdapterName",
     &hcsref_type_hcn_policy_net_adapter_name},
    {"hcn-policy-vswitch-extension", "Settings of the HCN policy VSwitchExtension",
     &hcsref_type_hcn_policy_vswitch_extension},
    {"hcn-policy-dr-mac-address", "Settings of the HCN policy DrMacAddress", &hcsref_type_hcn_policy_dr_mac_address},
    {"hcn-policy-automatic-dns", "Settings of the HCN policy AutomaticDNS", &hcsref_type_hcn_policy_automatic_dns},
    {"hcn-policy-network-provider-address", "Settings of the HCN policy ProviderAddress of a network",
     &hcsref_type_hcn_policy_network_provider_address},
    {"hcn-policy-remote-subnet-route", "Settings of the HCN policy RemoteSubnetRoute",
     &hcsref_type_hcn_policy_remote_subnet_route},
    {"hcn-policy-vxlan-port", "Settings of the HCN policy VxlanPort", &hcsref_type_hcn_policy_vxlan_port},
    {"hcn-policy-set-policy", "Settings of the HCN policy SetPolicy", &hcsref_type_hcn_policy_set_policy},
    {"hcn-policy-layer-constraint", "Settings of the HCN policy LayerConstraint",
     &hcsref_type_hcn_policy_layer_constraint},
    {"hcn-policy-network-acl", "Settings of the HCN policy NetworkACL", &hcsref_type_hcn_policy_network_acl},
    {"hcn-policy-vlan", "Settings of the HCN policy VLAN", &hcsref_type_hcn_policy_vlan},
    {"hcn-policy-vsid", "Settings of the HCN policy VSID", &hcsref_type_hcn_policy_vsid},
    {"hns-network", "HNS network", &hcsref_type_hns_network},
    {"hns-endpoint", "HNS network endpoint", &hcsref_type_hns_endpoint},
    {"hns-namespace", "HNS network namespace", &hcsref_type_hns_namespace},
    {"hns-policy-list", "HNS load balancers and routes", &hcsref_type_hns_policy_list},
    {"hns-attach", "HNS request that attaches an endpoint", &hcsref_type_hns_attach},
    {"hns-namespace-resource", "HNS request that adds to a namespace", &hcsref_type_hns_namespace_resource},
    {"hns-endpoint-stats", "Statistics of an HNS endpoint", &hcsref_type_hns_endpoint_stats},
    {"hns-mac-list", "HNS list of management addresses", &hcsref_type_hns_mac_list},
    {"hns-policy-nat", "HNS policy NAT", &hcsref_type_hns_policy_nat},
    {"hns-policy-acl", "HNS policy ACL", &hcsref_type_hns_policy_acl},
    {"hns-policy-pa", "HNS policy PA", &hcsref_type_hns_policy_pa},
    {"hns-policy-vlan", "HNS policy VLAN", &hcsref_type_hns_policy_vlan},
    {"hns-policy-vsid", "HNS policy VSID", &hcsref_type_hns_policy_vsid},
    {"hns-policy-isolation", "HNS policy Isolation", &hcsref_type_hns_policy_isolation},
    {"hns-policy-qos", "HNS policy QOS", &hcsref_type_hns_policy_qos},
    {"hns-policy-outbound-nat", "HNS policy OutBoundNAT", &hcsref_type_hns_policy_outbound_nat},
    {"hns-policy-elb", "HNS policy ELB", &hcsref_type_hns_policy_elb},
    {"hns-policy-route", "HNS policy ROUTE", &hcsref_type_hns_policy_route},
    {"hns-policy-proxy", "HNS policy PROXY", &hcsref_type_hns_policy_proxy},
    {"guest-request", "Change in the guest of a utility VM", &hcsref_type_guest_request},
    {"bridge-message", "Message to the guest of a VM: start, shut down, dump stacks", &hcsref_message_base},
    {"bridge-negotiate", "Message to the guest of a VM: NegotiateProtocol", &hcsref_message_negotiate},
    {"bridge-create", "Message to the guest of a VM: Create", &hcsref_message_create},
    {"bridge-execute-process", "Message to the guest of a VM: ExecuteProcess", &hcsref_message_exec_type},
    {"bridge-wait-for-process", "Message to the guest of a VM: WaitForProcess", &hcsref_message_wait},
    {"bridge-signal-process", "Message to the guest of a VM: SignalProcess", &hcsref_message_signal},
    {"bridge-resize-console", "Message to the guest of a VM: ResizeConsole", &hcsref_message_resize},
    {"bridge-get-properties", "Message to the guest of a VM: GetProperties", &hcsref_message_query},
    {"bridge-modify-settings", "Message to the guest of a VM: ModifySettings", &hcsref_message_modify},
};

#define SCHEMA_COUNT (sizeof(schemas) / sizeof(schemas[0]))

const hcsref_schema *hcsref_schemas(size_t *count) {
  *count = SCHEMA_COUNT;
  return schemas;
}

const hcsref_schema *hcsref_schema_find(hcsref_str name) {
  for (size_t i = 0; i < SCHEMA_COUNT; i++)
    if (hcsref_str_equal(name, hcsref_cstr(schemas[i].name)))
      return &schemas[i];
  return NULL;
}
