#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""hcsproof lint on what the Host Compute Service itself is asked to change: nothing is wrong with right requests, and the
one fault of each wrong one is found, and nothing else."""
import json

from kit import changed, equal, lint_strictly as lint, main, run

GROUP = "11111111-2222-3333-4444-555555555555"
SPEC = json.dumps({"CmsPlugins": ["ActiveDirectory"], "DomainJoinConfig": {"DnsName": "example.com"}})


def groups(operation, **details):
    return {"PropertyType": "CpuGroup", "Settings": {"Operation": operation, "OperationDetails": details}}


def guard(operation, **details):
    return {"PropertyType": "ContainerCredentialGuard", "Settings": {"Operation": operation, "OperationDetails": details}}


CREATE = groups("CreateGroup", GroupId=GROUP, LogicalProcessorCount=2, LogicalProcessors=[0, 1])
DELETE = groups("DeleteGroup", GroupId=GROUP)
SET = groups("SetProperty", GroupId=GROUP, PropertyCode=0x10000, PropertyValue=32768)
ADD = guard("AddInstance", Id="web", CredentialSpec=SPEC, Transport="LRPC")
REMOVE = guard("RemoveInstance", Id="web")
# A request, what it is read as, and the name of the schema.
RIGHT = [
    *((request, "a change to settings of the Host Compute Service", "service-settings") for request in (
        CREATE, DELETE, SET, ADD, REMOVE)),
    (CREATE["Settings"], "a request that changes CPU groups", "cpu-group-operation"),
    (ADD["Settings"], "a gMSA credential guard request", "credential-guard-operation"),
    ({"CpuGroups": [{"GroupId": GROUP, "Affinity": {"LogicalProcessorCount": 1, "LogicalProcessors": [0]}}]},
     "the CPU groups of a host", "cpu-groups"),
]
DETAILS = ("Settings", "OperationDetails")
# A right request, the place of the fault, what stands there (None: nothing), the rule, and where it is told if elsewhere.
FAULTS = [
    (CREATE, ("PropertyType",), "CpuGroups", "service-settings"),
    (CREATE, ("PropertyType",), None, "service-settings", "--schema", "service-settings"),
    (CREATE, ("Settings",), None, "service-settings"),
    (CREATE, ("Settings", "Operation"), None, "service-settings"),
    (CREATE, ("Settings", "Operation"), "AddInstance", "service-settings"),
    (ADD, ("Settings", "Operation"), "CreateGroup", "service-settings"),
    (ADD, ("Settings", "OperationDetails"), None, "service-settings"),
    (ADD, ("Settings", "OperationDetail"), {}, "field-unknown"),
    (CREATE, DETAILS + ("GroupId",), None, "guid-form"),
    (CREATE, DETAILS + ("GroupId",), "{%s}" % GROUP, "guid-form"),
    (DELETE, DETAILS + ("GroupId",), "g", "guid-form"),
    (DELETE, DETAILS + ("LogicalProcessors",), [0], "field-unknown"),
    (SET, DETAILS + ("GroupId",), None, "guid-form"),
    (SET, DETAILS + ("PropertyCode",), 1, "cpu-group-property"),
    (SET, DETAILS + ("PropertyCode",), None, "cpu-group-property"),
    (SET, DETAILS + ("PropertyValue",), -1, "integer-range"),
    (CREATE, DETAILS + ("LogicalProcessors",), ["0", 1], "type", "/0"),
    (CREATE, DETAILS + ("LogicalProcessors",), [0], "cpu-group-processors"),
    (CREATE, DETAILS + ("LogicalProcessors",), [1, 1], "cpu-group-processors"),
    (CREATE, DETAILS + ("LogicalProcessors",), None, "cpu-group-processors"),
    (ADD, DETAILS + ("Id",), None, "service-settings"),
    (ADD, DETAILS + ("CredentialSpec",), None, "service-settings"),
    (ADD, DETAILS + ("CredentialSpec",), "file://spec.json", "credential-spec"),
    (ADD, DETAILS + ("Transport",), "HvSockets", "service-settings"),
    (REMOVE, DETAILS + ("Id",), "", "service-settings"),
    (REMOVE, DETAILS + ("Transport",), "LRPC", "field-unknown"),
]


VERSION = {"Major": 2, "Minor": 0}
ACL = {"Protocols": "6", "Action": "allow", "Direction": "In", "LocalAddresses": "a-set", "RuleType": "Switch"}
ENDPOINT = {
    "Name": "e", "HostComputeNetwork": GROUP, "MacAddress": "00-15-5D-01-02-03", "Dns": {"ServerList": ["10.0.0.2"]},
    "IpConfigurations": [{"IpAddress": "10.0.0.5", "PrefixLength": 24}, {"IpAddress": "fd00::5", "PrefixLength": 64}],
    "Routes": [{"NextHop": "10.0.0.1", "DestinationPrefix": "0.0.0.0/0"}], "SchemaVersion": VERSION, "Policies": [
        {"Type": "PortMapping", "Settings": {"Protocol": 6, "InternalPort": 80}}, {"Type": "ACL", "Settings": ACL},
        {"Type": "SDNRoute", "Settings": {"DestinationPrefix": "fd00::/8", "NeedEncap": True}}]}
NETWORK = {
    "Name": "n", "Type": "l2bridge", "SchemaVersion": VERSION, "Ipams": [{"Type": "Static", "Subnets": [
        {"IpAddressPrefix": "10.0.0.0/24", "Policies": [{"Type": "VLAN", "Settings": {"IsolationId": 5}}]}]}],
    "MacPool": {"Ranges": [{"StartMacAddress": "00-15-5D-00-00-00", "EndMacAddress": "00-15-5D-00-0F-FF"}]}}
SPACE = {"NamespaceId": 1, "Type": "Host", "SchemaVersion": VERSION, "Resources": [
    {"Type": "Endpoint", "Data": {"Id": GROUP}}]}
BALANCER = {"HostComputeEndpoints": [GROUP], "FrontendVIPs": ["10.0.0.4"], "SchemaVersion": VERSION, "PortMappings": [
    {"Protocol": 6, "InternalPort": 80, "ExternalPort": 80}]}
HNS_NETWORK = {"Name": "nat", "Type": "nat", "Subnets": [{"AddressPrefix": "172.16.0.0/24", "GatewayAddress": "172.16.0.1"}]}
HNS_ENDPOINT = {
    "Name": "e", "VirtualNetwork": GROUP, "IPAddress": "172.16.0.5", "PrefixLength": 24, "DNSServerList": "10.0.0.1, ::1",
    "Policies": [{"Type": "NAT", "Protocol": "TCP", "InternalPort": 80}, {"Type": "ACL", "Action": "Block", "Direction": "In"}]}
ATTACH = {"ResourceType": "Endpoint", "RequestType": "Add", "Settings": {"EndpointId": GROUP}}
RESIZE = {"Operation": "ConsoleSize", "ConsoleSize": {"Height": 25, "Width": 80}}
CLOSE = {"Operation": "CloseHandle", "CloseHandle": {"Handle": "StdIn"}}
POLICY = ("Policies", 1, "Settings")
SUBNET = ("Ipams", 0, "Subnets", 0)
# The same of what else services are asked. A document that is right, the place, what stands there, the rule.
ASKED = [
    (ENDPOINT, ("ID",), "e", "guid-form"),
    (ENDPOINT, ("IpConfigurations", 0, "IpAddress"), "10.0.0", "address-form"),
    (ENDPOINT, ("IpConfigurations", 0, "IpAddress"), "10.0.0.5/24", "address-form"),
    (ENDPOINT, ("IpConfigurations", 0, "PrefixLength"), 64, "address-form"),
    (ENDPOINT, ("Routes", 0, "DestinationPrefix"), "0.0.0.0", "address-form"),
    (ENDPOINT, ("Routes", 0, "DestinationPrefix"), "0.0.0.0/33", "address-form"),
    (ENDPOINT, ("Dns", "ServerList", 0), "dns.example", "address-form"),
    (ENDPOINT, ("Policies", 0, "Type"), "PortMap", "value-unknown"),
    (ENDPOINT, ("Policies", 0, "Settings", "Protocol"), 256, "integer-range"),
    (ENDPOINT, POLICY + ("Action",), "Deny", "value-unknown"),
    (ENDPOINT, POLICY + ("Direction",), "Inbound", "value-unknown"),
    (ENDPOINT, POLICY + ("RuleType",), "Port", "value-unknown"),
    (ENDPOINT, ("Policies", 2, "Settings", "DestinationPrefix"), "fd00::/129", "address-form"),
    (NETWORK, ("Type",), "bridge", "value-unknown"),
    (NETWORK, ("Ipams", 0, "Type"), "Fixed", "value-unknown"),
    (NETWORK, SUBNET + ("IpAddressPrefix",), "10.0.0.0", "address-form"),
    (NETWORK, SUBNET + ("Policies", 0, "Settings", "IsolationId"), 4095, "integer-range"),
    (NETWORK, SUBNET + ("Policies", 0, "Settings", "IsolationId"), 3000000000, "integer-range"),
    (NETWORK, ("MacPool", "Ranges", 0, "StartMacAddress"), "00:15:5D:00:00:00", "mac-form"),
    (NETWORK, ("Policies",), [{"Type": "NetAdapter"}], "value-unknown", "/0/Type"),
    (SPACE, ("Type",), "Container", "value-unknown"),
    (SPACE, ("Resources", 0, "Type"), "Endpoints", "value-unknown"),
    (BALANCER, ("HostComputeEndpoints", 0), "e", "guid-form"),
    (BALANCER, ("FrontendVIPs", 0), "web", "address-form"),
    (BALANCER, ("PortMappings", 0, "DistributionType"), 3, "integer-range"),
    (HNS_NETWORK, ("Type",), "bridge", "value-unknown"),
    (HNS_NETWORK, ("Subnets", 0, "AddressPrefix"), "172.16.0.0/240", "address-form"),
    (HNS_ENDPOINT, ("VirtualNetwork",), "nat", "guid-form"),
    (HNS_ENDPOINT, ("PrefixLength",), 33, "address-form"),
    (HNS_ENDPOINT, ("DNSServerList",), "10.0.0.1 10.0.0.2", "address-form"),
    (HNS_ENDPOINT, ("Policies", 0, "Protocol"), "SCTP", "value-unknown"),
    (HNS_ENDPOINT, ("Policies", 1, "Action"), "Deny", "value-unknown"),
    (ATTACH, ("RequestType",), "add", "value-unknown"),
    (ATTACH, ("Settings",), None, "request-settings"),
    (ATTACH, ("Settings", "EndpointId"), "e", "guid-form"),
    (RESIZE, ("ConsoleSize",), None, "request-settings"),
    (RESIZE, ("Operation",), "Resize", "value-unknown"),
    (CLOSE, ("CloseHandle", "Handle"), "Stdin", "value-unknown"),
    (CLOSE, ("CloseHandle",), None, "request-settings"),
    ({"Signal": "CtrlC"}, ("Signal",), "SIGTERM", "value-unknown"),
    ({"PropertyTypes": ["Memory"]}, ("PropertyTypes", 0), "Disk", "value-unknown"),
    ({"Types": ["Container"]}, ("Types", 0), "Containers", "value-unknown"),
]


def right_ones_have_no_finding(command, _):
    for document, what, schema in RIGHT:
        equal(lint(command, document), ([], 0), document)
        equal(lint(command, document, "--schema", schema), ([], 0), document)
        done = run(command, "lint", "-", stdin=json.dumps(document).encode())
        equal(("read as " + what) in done.stderr.decode(), True, done.stderr)


def other_right_ones_have_none(command, _):
    for document in (ENDPOINT, NETWORK, SPACE, BALANCER, HNS_NETWORK, HNS_ENDPOINT, ATTACH, RESIZE, CLOSE):
        equal(lint(command, document), ([], 0), document)


def each_fault_is_found_and_nothing_else(command, _):
    for document, path, value, rule, *more in FAULTS + ASKED:
        below = more.pop(0) if more and more[0].startswith("/") else ""
        place = "".join("/" + str(step) for step in path) + below
        equal(lint(command, changed(document, path, value), *more), ([(rule, place)], 1), (path, value))


main([right_ones_have_no_finding, other_right_ones_have_none, each_fault_is_found_and_nothing_else])
