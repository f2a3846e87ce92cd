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


def right_ones_have_no_finding(command, _):
    for document, what, schema in RIGHT:
        equal(lint(command, document), ([], 0), document)
        equal(lint(command, document, "--schema", schema), ([], 0), document)
        done = run(command, "lint", "-", stdin=json.dumps(document).encode())
        equal(("read as " + what) in done.stderr.decode(), True, done.stderr)


def each_fault_is_found_and_nothing_else(command, _):
    for document, path, value, rule, *more in FAULTS:
        below = more.pop(0) if more and more[0].startswith("/") else ""
        place = "".join("/" + step for step in path) + below
        equal(lint(command, changed(document, path, value), *more), ([(rule, place)], 1), (path, value))


main([right_ones_have_no_finding, each_fault_is_found_and_nothing_else])
