/* SPDX-License-Identifier: Apache-2.0 */
/* What a member's text or number may be, a row a member: one of some words, an address, a GUID, a pipe, a number of a
 * range. Sources: Microsoft's published schemas of HCS and its reference of HCN, with hcsshim's constants (hcn/,
 * internal/hns, internal/hcs/schema2) where these have more. */
#include "lint/checks.h"

#include "hcsref/docker_api.h"
#include "hcsref/path.h"

#include <string.h>

static bool has_colon(hcsref_str address) {
  return address.len != 0 && memchr(address.data, ':', address.len) != NULL;
}

/* ADDRESS/LENGTH */
static bool is_range(hcsref_str text) {
  const char *slash = text.len == 0 ? NULL : memchr(text.data, '/', text.len);
  hcsref_str address = slash == NULL ? text : hcsref_str_first(text, (size_t)(slash - text.data));
  hcsref_str length = hcsref_str_skip(text, address.len + (slash != NULL));
  unsigned bits = 0;
  for (size_t i = 0; i < length.len && bits <= 128; i++)
    bits = length.data[i] >= '0' && length.data[i] <= '9' ? bits * 10 + (unsigned)(length.data[i] - '0') : 129;
  return length.len != 0 && hcsref_is_ip_address(address) && bits <= (has_colon(address) ? 128 : 32);
}

/* Commas between them, perhaps with blanks. */
static bool are_addresses(hcsref_str text) {
  while (text.len != 0) {
    const char *comma = memchr(text.data, ',', text.len);
    hcsref_str one = comma == NULL ? text : hcsref_str_first(text, (size_t)(comma - text.data));
    text = hcsref_str_skip(text, one.len + (comma != NULL));
    while (hcsref_str_has_prefix(one, HCSREF_LIT(" ")))
      one = hcsref_str_skip(one, 1);
    while (hcsref_str_has_suffix(one, HCSREF_LIT(" ")))
      one.len--;
    if (!hcsref_is_ip_address(one))
      return false;
  }
  return true;
}

/* ---- forms ---- */

/* Of a member, or with a null `member` of an element, that is a text and not empty. */
typedef void (*form_check)(kit_linter *l, const kit_place *at, const char *member, const char *words, hcsref_str text);

static void tell_word(kit_linter *l, const kit_place *at, const char *member, const char *words, bool any_case,
                      hcsref_str text) {
  for (const char *word = words, *end; word != NULL; word = end == NULL ? NULL : end + 2) {
    hcsref_str one;
    end = strstr(word, ", ");
    one = end == NULL ? hcsref_cstr(word) : hcsref_str_from(word, (size_t)(end - word));
    if (!hcsref_str_equal_ascii_fold(text, one))
      continue;
    if (!any_case && !hcsref_str_equal(text, one))
      kit_lint_tell_text(l, at, member, one, "value-unknown", "\"%v\" is written %v", text, one);
    return;
  }
  kit_lint_tell(l, at, member, "value-unknown", "\"%v\" is none of the known values: %s", text, words);
}

static void check_word(kit_linter *l, const kit_place *at, const char *member, const char *words, hcsref_str text) {
  tell_word(l, at, member, words, false, text);
}

/* The words of HCN and HNS count in any case: moby sends "nat". */
static void check_name(kit_linter *l, const kit_place *at, const char *member, const char *words, hcsref_str text) {
  tell_word(l, at, member, words, true, text);
}

static void check_address(kit_linter *l, const kit_place *at, const char *member, const char *words, hcsref_str text) {
  (void)words;
  if (!hcsref_is_ip_address(text))
    kit_lint_tell(l, at, member, "address-form", "\"%v\" is not an IP address", text);
}

static void check_addresses(kit_linter *l, const kit_place *at, const char *member, const char *words,
                            hcsref_str text) {
  (void)words;
  if (!are_addresses(text))
    kit_lint_tell(l, at, member, "address-form", "\"%v\" is not a list of IP addresses, separated by commas", text);
}

static void check_range(kit_linter *l, const kit_place *at, const char *member, const char *words, hcsref_str text) {
  (void)words;
  if (!is_range(text))
    kit_lint_tell(l, at, member, "address-form", "\"%v\" is not a range of addresses, such as 10.0.0.0/8", text);
}

static void check_guid(kit_linter *l, const kit_place *at, const char *member, const char *words, hcsref_str text) {
  (void)words;
  if (!kit_is_guid(text))
    kit_lint_tell(l, at, member, "guid-form", "\"%v\" is not a GUID", text);
}

static void check_mac(kit_linter *l, const kit_place *at, const char *member, const char *words, hcsref_str text) {
  (void)words;
  kit_lint_mac(l, at, member, text);
}

static void check_pipe(kit_linter *l, const kit_place *at, const char *member, const char *words, hcsref_str text) {
  (void)words;
  if (!hcsref_is_named_pipe(text))
    kit_lint_tell(l, at, member, "pipe-host-path", "\"%v\" is not a named pipe, \\\\.\\pipe\\NAME", text);
}

void kit_lint_key_name(kit_linter *l, const kit_place *at, const kit_json *key) {
  hcsref_str name = kit_json_get_string(key, "Name");
  if (name.len == 0)
    kit_lint_tell(l, at, "Name", "registry-key", "the key has no name");
  else if (name.data[0] == '\\' || hcsref_str_has_prefix(name, HCSREF_LIT("HKEY_")) ||
           hcsref_str_has_prefix(name, HCSREF_LIT("HKLM\\")))
    kit_lint_tell(l, at, "Name", "registry-key",
                  "\"%v\" is not below the hive: a name has no root and no leading backslash", name);
  else if (memchr(name.data, '/', name.len) != NULL)
    kit_lint_tell(l, at, "Name", "registry-key", "\"%v\" has a slash, which separates no keys; write backslashes",
                  name);
}

/* ---- rows ---- */

#define POLICIES_ENDPOINT                                                                                              \
  "PortMapping, ACL, QOS, L2Driver, OutBoundNAT, SDNRoute, L4Proxy, L4WFPPROXY, PortName, EncapOverhead, Iov, "        \
  "ProviderAddress, InterfaceConstraint, TierAcl"
#define POLICIES_NETWORK                                                                                               \
  "SourceMacAddress, NetAdapterName, VSwitchExtension, DrMacAddress, AutomaticDNS, InterfaceConstraint, "              \
  "ProviderAddress, RemoteSubnetRoute, VxlanPort, HostRoute, SetPolicy, L4Proxy, LayerConstraint, NetworkACL"
#define PROPERTIES                                                                                                     \
  "Memory, GuestMemory, Statistics, ProcessList, TerminateOnLastHandleClosed, SharedMemoryRegion, GuestConnection, "   \
  "ICHeartbeatStatus, ProcessorTopology, CpuGroup, SystemGUID, ContainerCredentialGuard, Basic, QoSCapabilities"
#define SYSTEMS  "Container, VirtualMachine"
#define REQUESTS "Add, Remove, Update, Refresh"

static const struct {
  const char *type, *member;
  form_check check;
  const char *words;
} forms[] = {
    {"hcsschema.Attachment", "CachingMode", check_word, "Uncached, Cached, ReadOnlyCached"},
    {"hcsschema.CloseHandle", "Handle", check_word, "StdIn, StdOut, StdErr, All"},
    {"hcsschema.ContainerCredentialGuardState", "Transport", check_word, "LRPC, HvSocket"},
    {"hcsschema.Device", "Type", check_word, "ClassGuid, DeviceInstance, GpuMirror"},
    {"hcsschema.FlexibleIoDevice", "HostingModel", check_word, "Internal, External"},
    {"hcsschema.FlexibleIoDevice", "EmulatorId", check_guid, NULL},
    {"hcsschema.IovSettings", "InterruptModeration", check_word, "Default, Adaptive, Off, Low, Medium, High"},
    {"hcsschema.Layer", "Cache", check_word, "Disabled, Enabled, Private, PrivateAllowSharing"},
    {"hcsschema.Layer", "PathType", check_word, "AbsolutePath, VirtualSmbShareName"},
    {"hcsschema.MappedDirectory", "HostPathType", check_word, "AbsolutePath, VirtualSmbShareName"},
    {"hcsschema.MappedPipe", "HostPathType", check_word, "AbsolutePath, VirtualSmbPipeName"},
    {"hcsschema.Memory2", "BackingPageSize", check_word, "Small, Large"},
    {"hcsschema.NetworkAdapter", "ConnectionState", check_word, "Default, Disabled, Enabled"},
    {"hcsschema.ProcessModifyRequest", "Operation", check_word, "ConsoleSize, CloseHandle"},
    {"hcsschema.PropertyQuery", "PropertyTypes", check_word, PROPERTIES},
    {"hcsschema.SystemQuery", "Types", check_word, SYSTEMS},
    {"hcsschema.Uefi", "Console", check_word, "Default, Disabled, ComPort1, ComPort2"},
    {"hcsschema.RdpConnectionOptions", "NamedPipe", check_pipe, NULL},
    {"hcsschema.VirtualMachineMemory", "BackingPageSize", check_word, "Small, Large"},
    {"hcsschema.VirtualPMemController", "Backing", check_word, "Virtual, Physical"},
    {"guestresource.SignalProcessOptionsWCOW", "Signal", check_word,
     "CtrlC, CtrlBreak, CtrlClose, CtrlLogOff, CtrlShutdown"},
    {"schema1.ComputeSystemQuery", "Types", check_word, SYSTEMS},
    {"schema1.ContainerConfig", "ContainerType", check_name, "Windows, Linux"},
    {"schema1.PropertyQuery", "PropertyTypes", check_word,
     "Statistics, ProcessList, MappedVirtualDisk, GuestConnection"},
    {"hcn.AclPolicySetting", "Action", check_name, "Allow, Block, Pass"},
    {"hcn.AclPolicySetting", "Direction", check_name, "In, Out"},
    {"hcn.AclPolicySetting", "RuleType", check_name, "Host, Switch"},
    {"hcn.Dns", "ServerList", check_address, NULL},
    {"hcn.DrMacAddressNetworkPolicySetting", "Address", check_mac, NULL},
    {"hcn.EndpointPolicy", "Type", check_name, POLICIES_ENDPOINT},
    {"hcn.HostComputeEndpoint", "ID", check_guid, NULL},
    {"hcn.HostComputeEndpoint", "HostComputeNamespace", check_guid, NULL},
    {"hcn.HostComputeLoadBalancer", "FrontendVIPs", check_address, NULL},
    {"hcn.HostComputeLoadBalancer", "HostComputeEndpoints", check_guid, NULL},
    {"hcn.HostComputeLoadBalancer", "SourceVIP", check_address, NULL},
    {"hcn.HostComputeNamespace", "Type", check_name, "Host, HostDefault, Guest, GuestDefault"},
    {"hcn.HostComputeNetwork", "ID", check_guid, NULL},
    {"hcn.HostComputeNetwork", "Type", check_name, "NAT, Transparent, L2Bridge, L2Tunnel, ICS, Private, Overlay"},
    {"hcn.HostComputeRoute", "HostComputeEndpoints", check_guid, NULL},
    {"hcn.IpConfig", "IpAddress", check_address, NULL},
    {"hcn.Ipam", "Type", check_name, "Static, Dhcp"},
    {"hcn.MacRange", "EndMacAddress", check_mac, NULL},
    {"hcn.MacRange", "StartMacAddress", check_mac, NULL},
    {"hcn.ModifyEndpointSettingRequest", "RequestType", check_word, REQUESTS},
    {"hcn.ModifyNamespaceSettingRequest", "RequestType", check_word, REQUESTS},
    {"hcn.ModifyNetworkSettingRequest", "RequestType", check_word, REQUESTS},
    {"hcn.NamespaceResource", "Type", check_name, "Container, Endpoint"},
    {"hcn.NetworkACLPolicySetting", "Action", check_name, "Allow, Block, Pass"},
    {"hcn.NetworkACLPolicySetting", "Direction", check_name, "In, Out"},
    {"hcn.NetworkPolicy", "Type", check_name, POLICIES_NETWORK},
    {"hcn.OutboundNatPolicySetting", "VirtualIP", check_address, NULL},
    {"hcn.PortMappingPolicySetting", "VIP", check_address, NULL},
    {"hcn.ProviderAddressEndpointPolicySetting", "ProviderAddress", check_address, NULL},
    {"hcn.ProviderAddressNetworkPolicySetting", "ProviderAddress", check_address, NULL},
    {"hcn.RemoteSubnetRoutePolicySetting", "DestinationPrefix", check_range, NULL},
    {"hcn.RemoteSubnetRoutePolicySetting", "DistributedRouterMacAddress", check_mac, NULL},
    {"hcn.RemoteSubnetRoutePolicySetting", "ProviderAddress", check_address, NULL},
    {"hcn.Route", "DestinationPrefix", check_range, NULL},
    {"hcn.Route", "NextHop", check_address, NULL},
    {"hcn.SDNRoutePolicySetting", "DestinationPrefix", check_range, NULL},
    {"hcn.SDNRoutePolicySetting", "NextHop", check_address, NULL},
    {"hcn.SourceMacAddressNetworkPolicySetting", "SourceMacAddress", check_mac, NULL},
    {"hcn.Subnet", "IpAddressPrefix", check_range, NULL},
    {"hcn.SubnetPolicy", "Type", check_name, "VLAN, VSID"},
    {"hcn.endpointSettings", "EndpointId", check_guid, NULL},
    {"hns.ACLPolicy", "Action", check_name, "Allow, Block"},
    {"hns.ACLPolicy", "Direction", check_name, "In, Out"},
    {"hns.ACLPolicy", "RuleType", check_name, "Host, Switch"},
    {"hns.ELBPolicy", "SourceVIP", check_address, NULL},
    {"hns.ELBPolicy", "VIPs", check_address, NULL},
    {"hns.EndpointAttachDetachRequest", "SystemType", check_name, "Container, VirtualMachine, Host"},
    {"hns.HNSEndpoint", "DNSServerList", check_addresses, NULL},
    {"hns.HNSEndpoint", "GatewayAddress", check_address, NULL},
    {"hns.HNSEndpoint", "GatewayAddressV6", check_address, NULL},
    {"hns.HNSEndpoint", "IPAddress", check_address, NULL},
    {"hns.HNSEndpoint", "IPv6Address", check_address, NULL},
    {"hns.HNSEndpoint", "VirtualNetwork", check_guid, NULL},
    {"hns.HNSNetwork", "DNSServerList", check_addresses, NULL},
    {"hns.HNSNetwork", "ManagementIP", check_address, NULL},
    {"hns.HNSNetwork", "SourceMac", check_mac, NULL},
    {"hns.HNSNetwork", "Type", check_name, "NAT, Transparent, L2Bridge, L2Tunnel, ICS, Internal, Private, Overlay"},
    {"hns.MacPool", "EndMacAddress", check_mac, NULL},
    {"hns.MacPool", "StartMacAddress", check_mac, NULL},
    {"hns.NatPolicy", "Protocol", check_name, "TCP, UDP"},
    {"hns.PaPolicy", "PA", check_address, NULL},
    {"hns.RoutePolicy", "DestinationPrefix", check_range, NULL},
    {"hns.RoutePolicy", "NextHop", check_address, NULL},
    {"hns.Subnet", "AddressPrefix", check_range, NULL},
    {"hns.Subnet", "GatewayAddress", check_address, NULL},
};

/* Narrower than the field's type. */
static const struct {
  const char *type, *member;
  uint64_t most;
} limits[] = {
    {"hcsschema.Version", "Minor", UINT32_MAX},
    {"hcsschema.VirtualPMemController", "MaximumCount", 128}, /* hcsshim internal/uvm MaxVPMEMCount */
    {"hcn.LoadBalancerPortMapping", "DistributionType", 2},
    {"hcn.LoadBalancerPortMapping", "Protocol", 255},
    {"hcn.PortMappingPolicySetting", "Protocol", 255},
    {"hcn.VlanPolicySetting", "IsolationId", 4094},
    {"hcn.VsidPolicySetting", "IsolationId", 0xffffff},
    {"hns.VlanPolicy", "VLAN", 4094},
    {"hns.VsidPolicy", "VSID", 0xffffff},
};

/* ---- objects ---- */

static bool is_member(const hcsref_type *type, const char *name, const kit_json *object, const char *member) {
  return strcmp(type->go_name, name) == 0 && kit_json_get(object, member) != NULL;
}

static void check_form(kit_linter *l, const kit_place *at, size_t row, const kit_json *value) {
  const char *member = forms[row].member;
  const kit_place list = {at, hcsref_cstr(member), 0};
  size_t i = 0;
  if (value->kind == KIT_JSON_STRING && value->text.len != 0)
    forms[row].check(l, at, member, forms[row].words, value->text);
  if (value->kind != KIT_JSON_ARRAY)
    return;
  for (const kit_json *item = value->first; item != NULL; item = item->next, i++) {
    const kit_place here = {&list, {NULL, 0}, i};
    if (item->kind == KIT_JSON_STRING)
      forms[row].check(l, &here, NULL, forms[row].words, item->text);
  }
}

/* What the field cannot hold is told already. */
static void check_limit(kit_linter *l, const kit_place *at, size_t row, const hcsref_field *field,
                        const kit_json *value) {
  uint64_t number;
  if (field == NULL || value->kind != KIT_JSON_NUMBER || !kit_lint_holds(field->type->kind, value))
    return;
  if (!kit_json_uint(value, &number) || number > limits[row].most)
    kit_lint_tell(l, at, limits[row].member, "integer-range", "%v is not between 0 and %u", value->raw,
                  limits[row].most);
}

/* A length goes with the address beside it. */
static void check_length(kit_linter *l, const kit_place *at, const kit_json *object, const char *address) {
  uint64_t length;
  if (kit_json_uint(kit_json_get(object, "PrefixLength"), &length) && length > 32 &&
      !has_colon(kit_json_get_string(object, address)))
    kit_lint_tell(l, at, "PrefixLength", "address-form", "%u is longer than the 32 bits of an IPv4 address", length);
}

void kit_lint_forms(kit_linter *l, const kit_place *at, const hcsref_type *type, const kit_json *object) {
  for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
    if (is_member(type, forms[i].type, object, forms[i].member))
      check_form(l, at, i, kit_json_get(object, forms[i].member));
  for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
    if (is_member(type, limits[i].type, object, limits[i].member))
      check_limit(l, at, i, hcsref_type_field(type, hcsref_cstr(limits[i].member)),
                  kit_json_get(object, limits[i].member));
  if (strcmp(type->go_name, "hcn.IpConfig") == 0)
    check_length(l, at, object, "IpAddress");
  if (strcmp(type->go_name, "hns.HNSEndpoint") == 0)
    check_length(l, at, object, "IPAddress");
}
