#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""hcsproof check: a recording that is right has no finding, and each planted fault is found where it is.

data/recording.jsonl and recording-v1.jsonl were written by the simulated service under Wine when hcsrun ran
data/recorded-bundle.json."""
import copy
import json
import os
import shutil
import tempfile

from kit import equal, main, one_line, run

CREATE = "HcsCreateComputeSystem"
NETWORK = "11111111-2222-3333-4444-555555555555"
ID = {"recording": "hcsrun-02c9436d-19d1-4e4c-b2cb-efcc4705c9ad"}


def data(source, name):
    return os.path.join(source, "conformance/tests/data", name)


def lines_of_recording(source, name="recording"):
    with open(data(source, name + ".jsonl"), encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def bundle_of(source):
    with open(data(source, "recorded-bundle.json"), encoding="utf-8") as file:
        return json.load(file)


def check(command, source, lines, *more, bundle=None):
    """The rules, pointers and lines that are told of a recording, and the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        if bundle is not None:
            path = os.path.join(folder, "config.json")
            with open(path, "w", encoding="utf-8") as file:
                json.dump(bundle, file)
            more = ("--bundle", path, *more)
        text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
        done = run(command, "check", "--format", "json", *more, "-", stdin=text.encode())
    return [(f["rule"], f["pointer"], f["line"]) for f in json.loads(done.stdout or "[]")], done.returncode


def line_of(lines, call):
    return next(i for i, line in enumerate(lines) if line.get("call") == call)


def creation(lines):
    at = line_of(lines, CREATE)
    return at + 1, lines[at]["in"]["configuration"]


def nothing_is_wrong_with_a_right_recording(command, source):
    for name in ("recording", "recording-v1"):
        path = data(source, name + ".jsonl")
        for tier in ("semantic", "canonical", "bytes"):
            done = run(command, "check", path, "--strict", "--compare", tier, "--profile", "baseline", "--bundle",
                       data(source, "recorded-bundle.json"))
            equal((done.returncode, done.stderr), (0, b""), done.stdout)
            one_line(done.stdout, "compared with the reference: 1, not compared: 0; 0 errors, 0 warnings; the reference is "
                     "baseline")
        done = run(command, "check", path)
        equal(done.returncode, 0)
        one_line(done.stdout, "compared with the reference: 0, not compared: 1; 0 errors")


def the_reference_is_of_the_profile(command, source):
    """From hcsshim 0.13.0-rc.1 on, a document of schema 1 has no LayerFolderPath; one of 0.12.9 has."""
    lines = lines_of_recording(source, "recording-v1")
    told = [("reference", "/LayerFolderPath", creation(lines)[0])]
    for profile, expected in (("baseline", []), ("hcsshim-0.12.9", []), ("hcsshim-0.13.0", told), ("containerd-1.7.34", []),
                              ("newest", told), (None, told)):
        more = () if profile is None else ("--profile", profile)
        equal(check(command, source, lines, *more, bundle=bundle_of(source)), (expected, 1 if expected else 0), profile)
    path, bundle = data(source, "recording.jsonl"), ("--bundle", data(source, "recorded-bundle.json"))
    one_line(run(command, "check", path, *bundle).stdout, "; the reference is containerd-")
    one_line(run(command, "check", path, *bundle, "--profile", "hcsshim-0.13").stdout, "; the reference is hcsshim-0.13.0")
    equal(run(command, "check", path, "--format", "json").stderr, b"", "nothing is compared")
    one_line(run(command, "check", path, *bundle, "--format", "json", "--profile", "hcsshim-0.13").stderr,
             "comparing with the reference as hcsshim-0.13.0")
    for profile, says in (("hcsshim-0.13.9", "did you mean"), ("go-1.22.12", "has no hcsshim"),
                          ("containerd-1.5.18", "has no hcsshim")):
        done = run(command, "check", path, *bundle, "--profile", profile)
        equal((done.returncode, done.stdout), (2, b""))
        one_line(done.stderr, profile, says)


def a_bundle_may_be_a_folder_and_have_an_id(command, source):
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(data(source, "recorded-bundle.json"), os.path.join(folder, "config.json"))
        for value in (folder, ID["recording"] + "=" + folder):
            done = run(command, "check", data(source, "recording.jsonl"), "--bundle", value)
            equal((done.returncode, done.stderr), (0, b""))
        done = run(command, "check", data(source, "recording.jsonl"), "--bundle", "other=" + folder)
        equal(done.returncode, 2)
        one_line(done.stderr, folder, "the recording creates no container for this bundle")


def what_became_of_a_credential_spec_is_in_the_recording(command, source):
    """hcsshim asks the service for it, before it makes the container."""
    bundle = bundle_of(source)
    bundle["windows"]["credentialSpec"] = "{}"
    guard = {"Cookie": "c", "RpcEndpoint": "e", "Transport": "LRPC", "CredentialSpec": "{}"}

    def told(asked, made, name=None):
        lines = lines_of_recording(source)
        creation(lines)[1]["Container"]["ContainerCredentialGuard"] = made
        name = name or lines[line_of(lines, CREATE)]["in"]["id"]
        answer = {"Properties": [{"Instances": [{"Id": "other", "CredentialGuard": {"Cookie": "o"}},
                                                {"Id": name, "CredentialGuard": asked}]}]}
        lines.insert(line_of(lines, CREATE), {**call("HcsGetServiceProperties"), "out": {"document": answer}})
        return [(rule, pointer) for rule, pointer, _ in check(command, source, lines, bundle=bundle)[0]]

    equal(told(guard, guard), [])
    equal(told(guard, {**guard, "Cookie": "x"}), [("reference", "/Container/ContainerCredentialGuard/Cookie")])
    equal(told(guard, guard, "another"), [("reference", "/Container/ContainerCredentialGuard")])
    equal(told("no object", guard), [("reference", "/Container/ContainerCredentialGuard")])


def a_container_in_a_vm_is_its_guest_s(command, source):
    """The shim hands its document to the guest, over the bridge."""
    message = json.dumps({"ContainerId": "inner", "ActivityId": ANOTHER_ID, "ContainerConfig": "{}"}) + "\n"
    lines = [*lines_of_recording(source), call("GuestCreate", message=message), call("GuestCreate", message="{"),
             call("GuestCreate")]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.write("".join(json.dumps(line) + "\n" for line in lines))
        file.flush()
        done = run(command, "check", file.name, "--bundle", "inner=" + data(source, "recorded-bundle.json"))
        equal((done.returncode, done.stderr), (0, b""), done.stdout)
        one_line(done.stdout, "compared with the reference: 0, not compared: 2; 0 errors")


def a_planted_document_is_found(command, source):
    bundle = bundle_of(source)
    lines = lines_of_recording(source)
    line, document = creation(lines)
    document["Container"]["Memory"]["SizeInMB"] = 512
    equal(check(command, source, lines), ([], 0), "no lint would know")
    equal(check(command, source, lines, bundle=bundle), ([("reference", "/Container/Memory/SizeInMB", line)], 1))
    document["Container"]["Processor"]["Weight"] = 5
    equal(check(command, source, lines)[0], [("cpu-exclusive", "/Container/Processor", line)])
    lines[line_of(lines, "HcsCreateProcess")]["in"]["parameters"]["WorkingDirectory"] = "dir"
    equal(check(command, source, lines)[0][1:],
          [("working-directory", "/WorkingDirectory", line_of(lines, "HcsCreateProcess") + 1)])


def documents_around_the_container_are_looked_at(command, source):
    for call, member in (("HcnCreateNamespace", "settings"), ("HcnQueryNamespaceProperties", "query"),
                         (CREATE, "configuration")):
        lines = lines_of_recording(source)
        at = line_of(lines, call)
        lines[at]["in"][member]["Nonsense"] = 1
        equal(check(command, source, lines), ([("field-unknown", "/Nonsense", at + 1)], 1), call)
    lines = lines_of_recording(source, "recording-v1")
    at = line_of(lines, "HcsCreateProcess")
    lines[at]["in"]["parameters"]["UseExistingLogin"] = True  # schema 2 has it, schema 1 has not
    equal(check(command, source, lines), ([("field-unknown", "/UseExistingLogin", at + 1)], 1))


VERSION = {"Major": 2, "Minor": 0}
NETWORK_CALLS = (
    ({"call": "HcnCreateNetwork", "in": {"settings": {"Type": "NAT", "Ipams": [{"Subnets": [
        {"IpAddressPrefix": "10.0.0.0/24", "Policies": [{"Type": "VLAN", "Settings": {"IsolationId": -1}}]}]}],
        "SchemaVersion": VERSION}}},
     [("integer-range", "/Ipams/0/Subnets/0/Policies/0/Settings/IsolationId")]),
    ({"call": "HcnCreateNetwork", "in": {"settings": {"Type": "NAT", "Ipams": []}}}, [("field-unknown", "/Ipams")]),
    ({"call": "HcnCreateEndpoint", "in": {"settings": {"Policies": [
        {"Type": "PortMapping", "Settings": {"Protocol": "TCP"}}], "SchemaVersion": VERSION}}},
     [("type", "/Policies/0/Settings/Protocol")]),
    ({"call": "HcnModifyEndpoint", "in": {"settings": {"ResourceType": "Policy", "RequestType": "Add", "Settings": {
        "Policies": [{"Type": "ACL", "Settings": {"Ports": "80"}}]}}}},
     [("field-unknown", "/Settings/Policies/0/Settings/Ports")]),
    ({"call": "HcnEnumerateNetworks", "in": {"query": {"Filters": ""}}}, [("field-unknown", "/Filters")]),
    ({"call": "HcnCreateLoadBalancer", "in": {"settings": "{"}}, [("document-json", "")]),
    ({"call": "HNSCall", "in": {"method": "POST", "path": "/endpoints/", "request": {
        "VirtualNetwork": NETWORK, "Policies": [{"Type": "NAT", "InternalPort": "80"}]}}},
     [("type", "/Policies/0/InternalPort")]),
    ({"call": "HNSCall", "in": {"method": "POST", "path": "/endpoints/e/attach", "request": {"Compartment": 1}}},
     [("field-unknown", "/Compartment")]),
    ({"call": "HNSCall", "in": {"method": "GET", "path": "/globals/version", "request": {"x": 1}}}, []),
)


def the_network_is_looked_at(command, source):
    for line, told in NETWORK_CALLS:
        line = {"process": 1, "result": "0x00000000", "out": {}, **line}
        equal(check(command, source, [line]), ([(*finding, 1) for finding in told], 1 if told else 0), line)


def call(name, result="0x00000000", **arguments):
    return {"process": 1, "call": name, "in": arguments, "result": result, "out": {}}


LAYER = {"Id": "680ea806-0cc0-5eb0-b835-3a2deedd6052", "Path": "C:\\l\\base"}
ANOTHER_ID = "11111111-2222-3333-4444-555555555555"
NAMED = {"process": 1, "call": "NameToGuid", "in": {"name": "base"}, "result": "0x00000000", "out": {"guid": LAYER["Id"]}}
SYSTEM_2 = {"SchemaVersion": {"Major": 2, "Minor": 1}, "Owner": "o"}
STORAGE = {"Layers": [LAYER], "Path": "\\\\?\\Volume{813a9972-69a5-5f56-b6f9-1a4217078a0d}\\"}
SYSTEM_1 = {"SystemType": "Container", "Name": "n", "Owner": "o", "VolumePath": STORAGE["Path"][:-1], "LayerFolderPath": "C:\\s",
            "Layers": [{"ID": LAYER["Id"], "Path": LAYER["Path"]}]}
DATA = {"SchemaVersion": {"Major": 2, "Minor": 1}, "Layers": [LAYER]}
# A document of each kind that is right, where the fault goes, the fault, and what is told of it.
PLANTED = (
    ("v2", call(CREATE, id="c", configuration={**SYSTEM_2, "Container": {"Storage": STORAGE, "Memory": {"SizeInMB": 1}}}),
     ("configuration", "Container", "Memory", "SizeInMb"), 1, ("field-case", "/Container/Memory/SizeInMb")),
    ("v2 type", call(CREATE, id="c", configuration={**SYSTEM_2, "Container": {"Storage": STORAGE, "Memory": {"SizeInMB": 1}}}),
     ("configuration", "Container", "Memory", "SizeInMB"), "1", ("type", "/Container/Memory/SizeInMB")),
    ("v1", call(CREATE, id="c", configuration=SYSTEM_1), ("configuration", "MemoryMaximumInMB"), "1",
     ("type", "/MemoryMaximumInMB")),
    ("v1 field", call(CREATE, id="c", configuration=SYSTEM_1), ("configuration", "Memory"), {}, ("field-unknown", "/Memory")),
    ("process", call("HcsCreateProcess", system=1, parameters={"CommandLine": "c"}), ("parameters", "Environment"), ["A=1"],
     ("type", "/Environment")),
    ("process change", call("HcsModifyProcess", process=1, settings={"Operation": "ConsoleSize", "ConsoleSize": {"Height": 1}}),
     ("settings", "ConsoleSize", "Heigth"), 1, ("field-unknown", "/ConsoleSize/Heigth")),
    ("signal", call("HcsSignalProcess", process=1, options={"Signal": "CtrlC"}), ("options", "Signal"), 2, ("type", "/Signal")),
    ("modify", call("HcsModifyComputeSystem", system=1, configuration={"ResourcePath": "Container/Processor", "RequestType":
                    "Update", "Settings": {"Maximum": 5000}}),
     ("configuration", "Settings", "Maximun"), 1, ("field-unknown", "/Settings/Maximun")),
    ("modify, a number", call("HcsModifyComputeSystem", system=1, configuration={
        "ResourcePath": "Container/Memory/SizeInMB", "RequestType": "Update", "Settings": 512}),
     ("configuration", "Settings"), "512", ("type", "/Settings")),
    ("query", call("HcsGetComputeSystemProperties", system=1, query={"PropertyTypes": ["Statistics"]}),
     ("query", "PropertyType"), [], ("field-unknown", "/PropertyType")),
    ("enumeration", call("HcsEnumerateComputeSystems", query={"Owners": ["o"]}), ("query", "Owners"), "o", ("type", "/Owners")),
    ("service settings", call("HcsModifyServiceSettings", settings={"PropertyType": "CpuGroup", "Settings": {
        "Operation": "DeleteGroup", "OperationDetails": {"GroupId": ANOTHER_ID}}}),
     ("settings", "Settings", "OperationDetails", "GroupID"), ANOTHER_ID,
     ("field-case", "/Settings/OperationDetails/GroupID")),
    ("service question", call("HcsGetServiceProperties", query={"PropertyTypes": ["CpuGroup"]}), ("query", "Types"), [],
     ("field-unknown", "/Types")),
    ("HCN network", call("HcnCreateNetwork", settings={"Type": "NAT", "SchemaVersion": VERSION}), ("settings", "Flags"), "1",
     ("type", "/Flags")),
    ("HCN endpoint", call("HcnCreateEndpoint", settings={"HostComputeNetwork": ANOTHER_ID, "SchemaVersion": VERSION}),
     ("settings", "IpConfigurations"), {}, ("type", "/IpConfigurations")),
    ("HCN namespace", call("HcnCreateNamespace", settings={"SchemaVersion": VERSION}), ("settings", "Id"), "x",
     ("field-case", "/Id")),
    ("HCN namespace change", call("HcnModifyNamespace", settings={"ResourceType": "Endpoint", "RequestType": "Add",
                                                                 "Settings": {"EndpointId": ANOTHER_ID}}),
     ("settings", "Settings", "EndpointID"), "x", ("field-case", "/Settings/EndpointID")),
    ("HCN load balancer", call("HcnCreateLoadBalancer", settings={"HostComputeEndpoints": [], "SchemaVersion": VERSION}),
     ("settings", "PortMappings"), [{"Protocol": "TCP"}], ("type", "/PortMappings/0/Protocol")),
    ("HCN route", call("HcnCreateSdnRoute", settings={"HostComputeEndpoints": [], "SchemaVersion": VERSION}),
     ("settings", "HostComputeEndpoints"), [1],
     ("type", "/HostComputeEndpoints/0")),
    ("HNS network", call("HNSCall", method="POST", path="/networks/", request={"Name": "nat", "Type": "nat"}),
     ("request", "Subnets"), [{"AddressPrefx": "x"}], ("field-unknown", "/Subnets/0/AddressPrefx")),
    ("HNS endpoint", call("HNSCall", method="POST", path="/endpoints/", request={"VirtualNetwork": NETWORK}),
     ("request", "EnableInternalDNS"), "yes", ("type", "/EnableInternalDNS")),
    ("HNS namespace", call("HNSCall", method="POST", path="/namespaces/n/addresource", request={"Type": "Endpoint"}),
     ("request", "Dta"), {}, ("field-unknown", "/Dta")),
    ("layers below a writable one", call("HcsInitializeWritableLayer", path="C:\\s", layerData=DATA),
     ("layerData", "Layers", 0, "path"), "x", ("field-case", "/Layers/0/path")),
    ("layers to attach", call("HcsAttachLayerStorageFilter", path="C:\\s", layerData=DATA), ("layerData", "Layer"), [],
     ("field-unknown", "/Layer")),
    ("how to export", call("HcsExportLayer", path="C:\\s", layerData=DATA, options={}), ("options", "IsWritableLayer"), 1,
     ("type", "/IsWritableLayer")),
    ("what to export", call("HcsExportLayer", path="C:\\s", layerData=DATA, options={}), ("layerData", "Layers"), {},
     ("type", "/Layers")),
    ("what to set up", call("HcsSetupBaseOSLayer", path="C:\\s", options={"Type": "Container"}), ("options", "Type"), [],
     ("type", "/Type")),
    ("a parent's id", call("PrepareLayer", id="C:\\s", parents=[LAYER]), ("parents", 0, "Id"), ANOTHER_ID,
     ("layer-parent", "/parents/0")),
    ("a parent's path", call("CreateSandboxLayer", id="C:\\s", parents=[LAYER]), ("parents", 0, "Path"), "",
     ("layer-parent", "/parents/0")),
    ("a parent twice", call("ImportLayer", id="C:\\s", parents=[{"Path": "C:\\l\\top", "Id": ANOTHER_ID}, LAYER]),
     ("parents", 1, "Path"), "C:\\L\\TOP", ("layer-parent", "/parents/1")),
)


def a_fault_in_each_kind_of_document_is_found(command, source):
    query = call("HcsGetComputeSystemProperties", system=1, query={})  # so that there is a document
    for kind, line, where, fault, told in PLANTED:
        lines = [NAMED, query, line]
        equal(check(command, source, lines, "--strict"), ([], 0), kind)
        changed = copy.deepcopy(line)
        place = changed["in"]
        for name in where[:-1]:
            place = place[name]
        place[where[-1]] = fault
        found, status = check(command, source, [NAMED, query, changed], "--strict")
        equal((told + (3,) in found, status), (True, 1), (kind, found))


def places_are_those_of_the_recording(command, source):
    line = {"process": 1, "call": "HcsModifyComputeSystem", "result": "0x00000000", "in": {"system": 1, "configuration": {
        "ResourcePath": "VirtualMachine/Devices/VirtualPci/11111111-2222-3333-4444-555555555555", "RequestType": "Add", "Settings": {"Functions": 1}}},
        "out": {}}
    text = json.dumps({"host": {}}) + "\n" + json.dumps(line) + "\n"
    column = text.splitlines()[1].index('{"Functions": 1}') + len('{"Functions": ') + 1
    found = json.loads(run(command, "check", "--format", "json", "-", stdin=text.encode()).stdout)
    equal([(f["rule"], f["line"], f["column"]) for f in found], [("type", 2, column)])
    done = run(command, "check", "-", stdin=text.encode()).stdout.decode()
    equal("standard input:2:%d: HcsModifyComputeSystem: /Settings/Functions: error: " % column in done, True, done)
    equal("       | " in done, True, done)
    found = json.loads(run(command, "check", "--format", "json", "--build", "17763", "-", stdin=text.encode()).stdout)
    equal([f["rule"] for f in found], ["field-build", "type"])


def facts_come_from_the_recording(command, source):
    bundle = bundle_of(source)
    # The default host would say 2 of 8 processors; this one has 1.
    lines = lines_of_recording(source)
    lines[0]["host"]["processors"] = 1
    line, document = creation(lines)
    equal(check(command, source, lines, bundle=bundle)[0], [("reference", "/Container/Processor/Count", line)])
    document["Container"]["Processor"]["Count"] = 1
    equal(check(command, source, lines, bundle=bundle), ([], 0))
    # A layer's id is what NameToGuid said.
    document["Container"]["Storage"]["Layers"][0]["Id"] = "11111111-2222-3333-4444-555555555555"
    equal(check(command, source, lines, bundle=bundle)[0],
          [("reference", "/Container/Storage/Layers/0/Id", line)])
    for entry in lines:
        if entry.get("call") == "NameToGuid":
            entry["out"]["guid"] = "11111111-2222-3333-4444-555555555555"
        for parent in entry.get("in", {}).get("parents", []):
            parent["Id"] = "11111111-2222-3333-4444-555555555555"
    equal(check(command, source, lines, bundle=bundle), ([], 0))
    # A source may be named by its volume; another path may not.
    mapped = document["Container"]["MappedDirectories"][0]
    mapped["HostPath"] = "\\\\?\\Volume{11111111-2222-3333-4444-555555555555}\\site"
    equal(check(command, source, lines, bundle=bundle), ([], 0))
    mapped["HostPath"] += "s"
    equal(check(command, source, lines, bundle=bundle)[0],
          [("reference", "/Container/MappedDirectories/0/HostPath", line)])


def the_spec_says_more_than_the_recording(command, source):
    lines = lines_of_recording(source)
    line, document = creation(lines)
    bundle = bundle_of(source)
    bundle["windows"]["layerFolders"] = ["C:\\other\\base", "C:\\scratch"]
    equal(check(command, source, lines, bundle=bundle)[0],
          [("reference", "/Container/Storage/Layers/0/Path", line)]) # the id is that of the last part, the same
    bundle = bundle_of(source)
    bundle["root"] = {"path": "\\\\?\\Volume{11111111-2222-3333-4444-555555555555}\\"}
    equal(check(command, source, lines, bundle=bundle)[0], [("reference", "/Container/Storage/Path", line)])
    bundle = bundle_of(source)
    bundle["windows"]["network"]["networkNamespace"] = "11111111-2222-3333-4444-555555555555"
    equal(check(command, source, lines, bundle=bundle)[0], [("reference", "/Container/Networking/Namespace", line)])
    bundle = bundle_of(source)
    bundle["windows"]["resources"]["cpu"]["shares"] = 5
    equal(check(command, source, lines, bundle=bundle), ([("reference-refuses", "", line)], 1))


def a_refusal_is_told_with_the_line_of_the_document(command, source):
    refusal = {"Error": -2147024883, "ErrorMessage": "The data is invalid.",
               "ErrorEvents": [{"Message": "The specified compute system configuration is invalid."}]}
    lines = lines_of_recording(source)
    at = line_of(lines, "HcsWaitForOperationResult")
    lines[at].update(result="0x8007000d", out={"document": refusal})
    equal(check(command, source, lines), ([("refused", "", at + 1)], 1))
    text = "\n".join(map(json.dumps, lines))
    done = run(command, "check", "-", stdin=text.encode())
    if b"the document of line %d with 0x8007000d: The data is invalid. The specified" % (line_of(lines, CREATE) + 1) \
            not in done.stdout:
        raise AssertionError(done.stdout)
    lines = lines_of_recording(source, "recording-v1")
    at = line_of(lines, CREATE)
    lines[at].update(result="0xc037010d", out={})
    equal(check(command, source, lines), ([("refused", "", at + 1)], 1))


def a_refusal_of_what_is_no_json_is_told_too(command, source):
    lines = lines_of_recording(source)
    line, _ = creation(lines)
    at = line_of(lines, "HcsWaitForOperationResult")
    for member, value in lines[line - 1]["in"].items():
        if isinstance(value, dict):
            lines[line - 1]["in"][member] = "{"
    lines[at].update(result="0x8007000d", out={})
    found, status = check(command, source, lines)
    equal((("document-json", "", line) in found, ("refused", "", at + 1) in found, status), (True, True, 1), found)


def utility_vms_are_not_compared(command, source):
    document = {"Owner": "o", "SchemaVersion": {"Major": 2, "Minor": 1}, "VirtualMachine": {}}
    line = {"process": 1, "call": CREATE, "in": {"id": "vm", "configuration": document}, "result": "0x00000000", "out": {}}
    equal(check(command, source, [line], bundle=bundle_of(source)), ([], 0))


def damage_is_told_and_the_rest_is_read(command, source):
    lines = lines_of_recording(source)
    line, document = creation(lines)
    document["Container"]["Processor"]["Weight"] = 5
    whole = [json.dumps(entry) for entry in lines]
    found, status = check(command, source, ["{", "[]", "3", *whole, whole[-1][:20]])
    equal(found, [("recording-line", "", 1), ("recording-line", "", 2), ("recording-line", "", 3),
                  ("cpu-exclusive", "/Container/Processor", line + 3), ("recording-line", "", len(whole) + 4)])
    equal(status, 1)
    done = run(command, "check", "-", stdin=b'{"a":C}')
    equal(b":1: error: column 6: no JSON value [recording-line]" in done.stdout, True, done.stdout)
    # No JSON, JSON with line ends in it, nothing that could create a system.
    for text, expected in (("{{", "document-json"), (json.dumps({"Nonsense": 1}, indent=1), "field-unknown")):
        lines = lines_of_recording(source)
        at = line_of(lines, CREATE)
        lines[at]["in"]["configuration"] = text
        found, status = check(command, source, lines)
        equal((expected in [f[0] for f in found], {f[2] for f in found}, status), (True, {at + 1}, 1))


def open_handles_are_a_warning(command, source):
    lines = lines_of_recording(source)
    lines[-1]["exit"]["Operations"] = 2
    equal(check(command, source, lines), ([("handle-left", "", len(lines))], 0))
    equal(check(command, source, lines, "--strict")[1], 1)


def wrong_use_is_told(command, source):
    equal(run(command, "check").returncode, 2)
    one_line(run(command, "check").stderr, "missing operand")
    equal(run(command, "check", "/nowhere").returncode, 4)
    equal(run(command, "check", data(source, "recording.jsonl"), "--bundle", "/nowhere").returncode, 4)
    for text in (b"", b"\n\n", b'{"process":1,"host":{"build":20348,"processors":2}}\n'):
        done = run(command, "check", "-", stdin=text)
        equal(done.returncode, 2)
        one_line(done.stderr, "standard input: none of its calls hands over a document")
    rules = run(command, "check", "--rules").stdout
    for rule in (b"recording-line", b"document-json", b"refused", b"reference", b"reference-refuses", b"handle-left"):
        if rule not in rules:
            raise AssertionError(rule)


def more_facts_than_are_kept(command, source):
    name = {"process": 1, "call": "NameToGuid", "in": {"name": "other"}, "result": "0x00000000",
            "out": {"guid": "11111111-2222-3333-4444-555555555555"}}
    layer = {"process": 1, "call": "PrepareLayer", "in": {"id": "C:\\s", "parents": []}, "result": "0x00000000", "out": {}}
    space = {"process": 1, "call": "HcnCreateNamespace", "in": {"id": "x"}, "result": "0x00000000", "out": {}}
    lines = [name, layer, space] * 3000 + lines_of_recording(source)
    equal(check(command, source, lines, bundle=bundle_of(source)), ([], 0))


def a_document_is_no_recording(command, source):
    done = run(command, "check", os.path.join(source, "docs/examples/config.json"))
    equal((done.returncode, done.stdout), (2, b""))
    one_line(done.stderr, "this is an OCI runtime spec, not a recording", "hcsproof lint")
    done = run(command, "check", "-", stdin=b'{"colour":\n1}')
    equal((done.returncode, done.stdout), (2, b""))
    one_line(done.stderr, "this is a JSON document, not a recording")
    for text, what in ((b'{"CmsPlugins":["ActiveDirectory"]}', "a credential spec"),
                       (b'[{"Id":"i","Config":{},"HostConfig":{}}]', "the output of docker inspect"),
                       (b"apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n", "an object of the Kubernetes API"),
                       (b"services:\n  web:\n    image: i\n", "a Compose file"),
                       (b"colour: 1\nshape: 2\n", "a YAML document"),
                       (b"# Web\nFROM image:1\nRUN build\n", "a Dockerfile")):
        done = run(command, "check", "-", stdin=text)
        equal((done.returncode, done.stdout), (2, b""))
        one_line(done.stderr, "this is " + what + ", not a recording")


main([a_document_is_no_recording, what_became_of_a_credential_spec_is_in_the_recording, the_network_is_looked_at, a_fault_in_each_kind_of_document_is_found, places_are_those_of_the_recording, nothing_is_wrong_with_a_right_recording, the_reference_is_of_the_profile, a_bundle_may_be_a_folder_and_have_an_id, a_container_in_a_vm_is_its_guest_s, a_planted_document_is_found,
      documents_around_the_container_are_looked_at, facts_come_from_the_recording, the_spec_says_more_than_the_recording,
      a_refusal_is_told_with_the_line_of_the_document, a_refusal_of_what_is_no_json_is_told_too, utility_vms_are_not_compared, damage_is_told_and_the_rest_is_read,
      open_handles_are_a_warning, wrong_use_is_told, more_facts_than_are_kept])
