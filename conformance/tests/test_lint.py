#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""hcsproof lint and hcsproof diff: what is right has no finding, and each rule finds what it is about."""
import json
import os
import tempfile

from kit import changed, equal, main, one_line, run, samples

GUID = "11111111-2222-3333-4444-555555555555"
VOLUME = "\\\\?\\Volume{" + GUID + "}"
V1 = {
    "SystemType": "Container", "Name": "c", "Owner": "o", "VolumePath": VOLUME, "LayerFolderPath": "C:\\scratch",
    "Layers": [{"ID": GUID, "Path": "C:\\layers\\1"}], "ProcessorCount": 2, "HvPartition": False,
    "MappedDirectories": [{"HostPath": "C:\\h", "ContainerPath": "C:\\c", "ReadOnly": True}],
    "MappedPipes": [{"HostPath": "\\\\.\\pipe\\p", "ContainerPipeName": "p"}],
}
CONTAINER = {
    "GuestOs": {"HostName": "h"}, "Storage": {"Layers": [{"Id": GUID, "Path": "C:\\layers\\1"}], "Path": VOLUME + "\\"},
    "MappedDirectories": [{"HostPath": "C:\\h", "ContainerPath": "C:\\c"}, {"HostPath": "C:\\h", "ContainerPath": "E:"}],
    "MappedPipes": [{"HostPath": "\\\\.\\pipe\\p", "ContainerPipeName": "p"}], "Processor": {"Maximum": 10000},
    "Networking": {"Namespace": GUID}, "AssignedDevices": [{"Type": "ClassGuid", "InterfaceClassGuid": GUID}],
    "RegistryChanges": {"AddValues": [{"Key": {"Hive": "System", "Name": "n"}, "Name": "v", "Type": "DWord",
                                       "DWordValue": 1}]},
}
V2 = {"Owner": "o", "SchemaVersion": {"Major": 2, "Minor": 1}, "Container": CONTAINER,
      "ShouldTerminateOnLastHandleClosed": True}
INNER = {"SchemaVersion": {"Major": 2, "Minor": 1}, "Container": {**CONTAINER, "Storage": {"Path": "C:\\in\\the\\vm"}}}
HOSTED = {"Owner": "o", "SchemaVersion": {"Major": 2, "Minor": 1}, "HostingSystemId": "vm", "HostedSystem": INNER}
MACHINE = {"Owner": "o", "SchemaVersion": {"Major": 2, "Minor": 1}, "VirtualMachine": {
    "ComputeTopology": {"Memory": {"SizeInMB": 1024}, "Processor": {"Count": 2, "Limit": 100000, "Weight": 100},
                        "Numa": {"VirtualNodeCount": 1, "Settings": [{"CountOfMemoryBlocks": 1024}]}},
    "Devices": {"Scsi": {"0": {"Attachments": {"0": {"Type": "VirtualDisk", "Path": "C:\\s.vhdx"}}}},
                "VirtualSmb": {"Shares": [{"Name": "os", "Path": "C:\\l", "AllowedFiles": ["a"],
                                           "Options": {"RestrictFileAccess": True}}]}}}}
TOPOLOGY, DEVICES = ["VirtualMachine", "ComputeTopology"], ["VirtualMachine", "Devices"]
DISK, SHARE = DEVICES + ["Scsi", "0", "Attachments", "0"], DEVICES + ["VirtualSmb", "Shares", 0]
PROCESS = {"CommandLine": "cmd", "WorkingDirectory": "C:\\", "EmulateConsole": True, "CreateStdInPipe": True,
           "ConsoleSize": [25, 80]}


def told(command, document, *more):
    """What is told of a document (or a text), and the exit status."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        file.write(document if isinstance(document, str) else json.dumps(document))
        file.flush()
        done = run(command, "lint", "--format", "json", *more, file.name)
    return json.loads(done.stdout), done.returncode


def lint(command, document, *more):
    """The rules and pointers."""
    found, status = told(command, document, *more)
    return [(f["rule"], f["pointer"]) for f in found], status


KEY = ["RegistryChanges", "AddValues", 0, "Key", "Name"]
ENDPOINT = {"HostComputeNetwork": GUID, "Routes": [{"NextHop": "::1", "DestinationPrefix": "::/0"}]}
# As docker run --isolation=hyperv --cpus=1.5 makes it.
PARTITION = {
    "SystemType": "Container", "Name": "c", "Owner": "docker", "LayerFolderPath": "C:\\scratch", "HvPartition": True,
    "Layers": [{"ID": GUID, "Path": "C:\\layers\\1"}], "HvRuntime": {"ImagePath": "C:\\layers\\1\\UtilityVM"},
    "ProcessorCount": 2, "ProcessorMaximum": 7500,
}


def nothing_is_wrong_with_right_documents(command, source):
    for document in (V1, PARTITION, CONTAINER, V2, HOSTED, INNER, PROCESS, MACHINE, {"v1": V1, "v2": CONTAINER}):
        equal(lint(command, document, "--strict"), ([], 0), document)
    for name, parts in samples(source):
        documents = {key: parts["expected"][key] for key in ("v1", "v2") if key in parts["expected"]}
        if documents:
            equal([f for f in lint(command, documents)[0] if f[0] not in KNOWN_OF_SAMPLES], [], name)


# The samples are hosts' own data: a sandbox:// source stays as it is in the document that is not used.
KNOWN_OF_SAMPLES = {"host-path-relative", "namespace-form"}

WRONG = [
    ("path-reserved", CONTAINER, ["MappedDirectories", 0, "HostPath"], "C:\\a\\Nul.txt", "/MappedDirectories/0/HostPath"),
    ("path-reserved", V1, ["MappedDirectories", 0, "ContainerPath"], "C:\\lpt\u00b2 .x\\y",
     "/MappedDirectories/0/ContainerPath"),
    ("path-reserved", V1, ["LayerFolderPath"], "C:\\prn", "/LayerFolderPath"),
    ("path-dots", CONTAINER, ["MappedDirectories", 0, "HostPath"], "C:\\a.\\b", "/MappedDirectories/0/HostPath"),
    ("path-character", CONTAINER, ["MappedDirectories", 0, "HostPath"], "C:\\a:b", "/MappedDirectories/0/HostPath"),
    ("path-character", V1, ["MappedPipes", 0, "ContainerPipeName"], "a\\b", "/MappedPipes/0/ContainerPipeName"),
    ("pipe-host-path", V1, ["MappedPipes", 0, "HostPath"], "\\\\.\\pipe\\", "/MappedPipes/0/HostPath"),
    ("host-path-relative", V1, ["MappedDirectories", 0, "HostPath"], None, "/MappedDirectories/0/HostPath"),
    ("container-path-relative", V1, ["MappedDirectories", 0, "ContainerPath"], None,
     "/MappedDirectories/0/ContainerPath"),
    ("container-path-repeated", V1, ["MappedPipes"], [V1["MappedPipes"][0], {**V1["MappedPipes"][0], "ContainerPipeName": "P"}],
     "/MappedPipes/1/ContainerPipeName"),
    ("layer-path", V1, ["Layers"], [V1["Layers"][0], {"ID": GUID, "Path": "C:\\b"}], "/Layers/1/ID"),
    ("layer-path", CONTAINER, ["Storage", "Layers"], [{"Id": GUID, "Path": "C:\\a"}, {"Id": GUID, "Path": "C:\\b"}],
     "/Storage/Layers/1/Id"),
    ("layer-path", V1, ["LayerFolderPath"], "f", "/LayerFolderPath"),
    ("host-path-relative", V1, ["MappedVirtualDisks"], [{"ContainerPath": "e:"}], "/MappedVirtualDisks/0/HostPath"),
    ("container-path-relative", V1, ["MappedVirtualDisks"], [{"HostPath": "C:\\d.vhdx", "ContainerPath": "d"}],
     "/MappedVirtualDisks/0/ContainerPath"),
    ("hv-runtime", PARTITION, ["HvRuntime"], {}, "/HvRuntime/ImagePath"),
    ("credential-spec", V1, ["Credentials"], "x", "/Credentials"),
    ("credential-spec", CONTAINER, ["ContainerCredentialGuard"], {"CredentialSpec": "x"},
     "/ContainerCredentialGuard/CredentialSpec"),
    ("host-name", V1, ["HostName"], "-w", "/HostName"),
    ("registry-key", CONTAINER, KEY, None, "/RegistryChanges/AddValues/0/Key/Name"),
    ("registry-key", CONTAINER, KEY, "HKLM\\X", "/RegistryChanges/AddValues/0/Key/Name"),
    ("registry-key", CONTAINER, KEY, "\\X", "/RegistryChanges/AddValues/0/Key/Name"),
    ("registry-key", CONTAINER, KEY, "a/b", "/RegistryChanges/AddValues/0/Key/Name"),
    ("storage-range", CONTAINER, ["Storage", "QoS"], {"IopsMaximum": -1}, "/Storage/QoS/IopsMaximum"),
    ("value-unknown", CONTAINER, ["Storage", "Layers", 0, "Cache"], "On", "/Storage/Layers/0/Cache"),
    ("value-unknown", CONTAINER, ["MappedDirectories", 0, "HostPathType"], "absolutepath",
     "/MappedDirectories/0/HostPathType"),
    ("value-unknown", CONTAINER, ["AssignedDevices", 0, "Type"], "Gpu", "/AssignedDevices/0/Type"),
    ("integer-range", V2, ["SchemaVersion", "Minor"], -1, "/SchemaVersion/Minor"),
    ("console-size", PROCESS, ["ConsoleSize"], [25, 32768], "/ConsoleSize"),
    ("process-text", PROCESS, ["CommandLine"], "x" * 32767, "/CommandLine"),
    ("process-text", PROCESS, ["CommandLine"], "x\0y", "/CommandLine"),
    ("process-text", PROCESS, ["Environment"], {"A=B": "x"}, "/Environment/A=B"),
    ("process-text", PROCESS, ["Environment"], {"Path": "a", "PATH": "b"}, "/Environment/PATH"),
    ("address-form", ENDPOINT, ["Routes", 0, "NextHop"], "10.0.0.256", "/Routes/0/NextHop"),
    ("type", V1, ["Name"], 1, "/Name"),
    ("type", V2, ["Container", "Storage", "Layers"], {}, "/Container/Storage/Layers"),
    ("integer-range", CONTAINER, ["Processor"], {"Count": 2147483648}, "/Processor/Count"),
    ("integer-form", CONTAINER, ["Processor"], {"Count": 1.5}, "/Processor/Count"),
    ("field-unknown", V2, ["Container", "Storrage"], {}, "/Container/Storrage"),
    ("field-case", V1, ["hostname"], "h", "/hostname"),
    ("cpu-exclusive", CONTAINER, ["Processor", "Count"], 1, "/Processor"),
    ("cpu-exclusive", V1, ["ProcessorWeight"], 1, ""),
    ("cpu-range", CONTAINER, ["Processor", "Maximum"], 10001, "/Processor/Maximum"),
    ("volume-path", V1, ["VolumePath"], VOLUME + "\\", "/VolumePath"),
    ("volume-path", V1, ["VolumePath"], None, "/VolumePath"),
    ("volume-path", CONTAINER, ["Storage", "Path"], VOLUME, "/Storage/Path"),
    ("volume-path", V2, ["Container", "Storage", "Path"], "C:\\x", "/Container/Storage/Path"),
    ("guid-form", V1, ["Layers", 0, "ID"], "{" + GUID + "}", "/Layers/0/ID"),
    ("layer-path", CONTAINER, ["Storage", "Layers", 0, "Path"], "layers", "/Storage/Layers/0/Path"),
    ("layer-path", V1, ["Layers", 0, "Path"], None, "/Layers/0/Path"),
    ("container-path-relative", V1, ["MappedDirectories", 0, "ContainerPath"], "c", "/MappedDirectories/0/ContainerPath"),
    ("host-path-relative", HOSTED, ["HostedSystem", "Container", "MappedDirectories", 0, "HostPath"], "\\h",
     "/HostedSystem/Container/MappedDirectories/0/HostPath"),
    ("container-path-repeated", CONTAINER, ["MappedDirectories", 1, "ContainerPath"], "c:\\C\\",
     "/MappedDirectories/1/ContainerPath"),
    ("pipe-name-prefix", V1, ["MappedPipes", 0, "ContainerPipeName"], "\\\\.\\pipe\\p",
     "/MappedPipes/0/ContainerPipeName"),
    ("pipe-name-empty", CONTAINER, ["MappedPipes", 0, "ContainerPipeName"], "", "/MappedPipes/0/ContainerPipeName"),
    ("pipe-host-path", CONTAINER, ["MappedPipes", 0, "HostPath"], "C:\\p", "/MappedPipes/0/HostPath"),
    ("registry-key", CONTAINER, ["RegistryChanges", "AddValues", 0, "Key", "Hive"], "HKLM",
     "/RegistryChanges/AddValues/0/Key"),
    ("registry-type", CONTAINER, ["RegistryChanges", "AddValues", 0, "Type"], "REG_DWORD",
     "/RegistryChanges/AddValues/0/Type"),
    ("registry-type", CONTAINER, ["RegistryChanges", "AddValues", 0, "StringValue"], "x",
     "/RegistryChanges/AddValues/0/StringValue"),
    ("namespace-form", CONTAINER, ["Networking", "Namespace"], "ns", "/Networking/Namespace"),
    ("system-type", V1, ["SystemType"], "Silo", "/SystemType"),
    ("field-misplaced", V2, ["Processor"], {"Count": 1}, "/Processor"),
    ("field-misplaced", CONTAINER, ["Owner"], "o", "/Owner"),
    ("field-misplaced", MACHINE, ["VirtualMachine", "Scsi"], {}, "/VirtualMachine/Scsi"),
    ("no-layers", CONTAINER, ["Storage", "Layers"], [], "/Storage/Layers"),
    ("no-layers", CONTAINER, ["Storage"], None, "/Storage"),
    ("no-layers", V1, ["Layers"], None, "/Layers"),
    ("volume-path", CONTAINER, ["Storage", "Path"], None, "/Storage/Path"),
    ("memory-unit", CONTAINER, ["Memory"], {"SizeInMB": 1073741824}, "/Memory/SizeInMB"),
    ("memory-unit", V1, ["MemoryMaximumInMB"], -1, "/MemoryMaximumInMB"),
    ("memory-unit", MACHINE, TOPOLOGY + ["Memory", "SizeInMB"], 1 << 32,
     "/VirtualMachine/ComputeTopology/Memory/SizeInMB"),
    ("process-user", PROCESS, ["User"], "1000:1000", "/User"),
    ("path-character", CONTAINER, ["MappedDirectories", 0, "HostPath"], "C:\temp", "/MappedDirectories/0/HostPath"),
    ("path-character", V1, ["Layers", 0, "Path"], "C:\\a|b", "/Layers/0/Path"),
    ("path-dots", V1, ["MappedDirectories", 0, "HostPath"], "C:\\a\\..\\b", "/MappedDirectories/0/HostPath"),
    ("path-slashes", CONTAINER, ["MappedDirectories", 0, "HostPath"], "C:/a", "/MappedDirectories/0/HostPath"),
    ("mount-root", CONTAINER, ["MappedDirectories", 0, "ContainerPath"], "C:\\", "/MappedDirectories/0/ContainerPath"),
    ("mount-over-system", V1, ["MappedDirectories", 0, "ContainerPath"], "c:\\windows\\",
     "/MappedDirectories/0/ContainerPath"),
    ("mount-below-drive", CONTAINER, ["MappedDirectories", 0, "ContainerPath"], "e:\\x",
     "/MappedDirectories/0/ContainerPath"),
    ("pipe-directory", CONTAINER, ["MappedDirectories", 0, "HostPath"], "\\\\.\\pipe\\p",
     "/MappedDirectories/0/HostPath"),
    ("pipe-host-path", CONTAINER, ["MappedPipes", 0, "HostPath"], "//./pipe/p", "/MappedPipes/0/HostPath"),
    ("hv-runtime", V1, ["HvRuntime"], {"ImagePath": "C:\\u"}, "/HvRuntime"),
    ("layer-folder-missing", V1, ["LayerFolderPath"], None, "/LayerFolderPath"),
    ("schema-version", V2, ["SchemaVersion", "Major"], 1, "/SchemaVersion"),
    ("envelope", V2, ["VirtualMachine"], {}, ""),
    ("hosting-system", HOSTED, ["HostingSystemId"], None, "/HostingSystemId"),
    ("owner-missing", V2, ["Owner"], "", "/Owner"),
    ("command-exclusive", PROCESS, ["CommandArgs"], ["cmd"], ""),
    ("console-size", PROCESS, ["ConsoleSize"], [80], "/ConsoleSize"),
    ("console-stderr", PROCESS, ["CreateStdErrPipe"], True, "/CreateStdErrPipe"),
    ("working-directory", PROCESS, ["WorkingDirectory"], "dir", "/WorkingDirectory"),
    ("command-linux", PROCESS, ["CommandLine"], "/bin/sh -c ls", "/CommandLine"),
    ("process-user", PROCESS, ["User"], "root", "/User"),
    ("device-class", CONTAINER, ["AssignedDevices", 0, "InterfaceClassGuid"], None,
     "/AssignedDevices/0/InterfaceClassGuid"),
    ("vm-memory", MACHINE, TOPOLOGY + ["Memory", "SizeInMB"], 1025, "/VirtualMachine/ComputeTopology/Memory/SizeInMB"),
    ("vm-memory-step", MACHINE, TOPOLOGY + ["Memory", "SizeInMB"], 8006,
     "/VirtualMachine/ComputeTopology/Memory/SizeInMB"),
    ("guid-form", V1, ["EndpointList"], [GUID, "nat"], "/EndpointList/1"),
    ("host-name", V1, ["HostName"], "web server", "/HostName"),
    ("host-name", CONTAINER, ["GuestOs"], {"HostName": "w" * 64}, "/GuestOs/HostName"),
    ("host-path-relative", V1, ["MappedVirtualDisks"], [{"HostPath": "d.vhdx", "ContainerPath": "e:"}],
     "/MappedVirtualDisks/0/HostPath"),
    ("vm-processor", MACHINE, TOPOLOGY + ["Processor", "Weight"], 10001,
     "/VirtualMachine/ComputeTopology/Processor/Weight"),
    ("vm-processor", MACHINE, TOPOLOGY + ["Processor", "Limit"], 100001,
     "/VirtualMachine/ComputeTopology/Processor/Limit"),
    ("vm-numa", MACHINE, TOPOLOGY + ["Numa", "VirtualNodeCount"], 2,
     "/VirtualMachine/ComputeTopology/Numa/VirtualNodeCount"),
    ("vm-disk", MACHINE, DISK + ["Type"], "Disk", "/VirtualMachine/Devices/Scsi/0/Attachments/0/Type"),
    ("vm-disk", MACHINE, DISK + ["Type"], "ExtensibleVirtualDisk",
     "/VirtualMachine/Devices/Scsi/0/Attachments/0/ExtensibleVirtualDiskType"),
    ("vm-disk", MACHINE, DISK + ["ExtensibleVirtualDiskType"], "space",
     "/VirtualMachine/Devices/Scsi/0/Attachments/0/ExtensibleVirtualDiskType"),
    ("vm-share", MACHINE, SHARE + ["Path"], "l", "/VirtualMachine/Devices/VirtualSmb/Shares/0/Path"),
    ("vm-share", MACHINE, SHARE + ["Name"], None, "/VirtualMachine/Devices/VirtualSmb/Shares/0/Name"),
    ("vm-share-files", MACHINE, SHARE + ["AllowedFiles"], None,
     "/VirtualMachine/Devices/VirtualSmb/Shares/0/AllowedFiles"),
]
NOTES = [
    ("system-type-case", V1, ["SystemType"], "container", "/SystemType"),
    ("field-release", V1, ["IsDummy"], False, "/IsDummy"),
    ("mount-drive", CONTAINER, ["MappedDirectories", 0, "ContainerPath"], "G:\\x", "/MappedDirectories/0/ContainerPath"),
]
TEXTS = [
    ("key-repeated", '{"SchemaVersion":{"Major":2,"Major":2},"Owner":"o","Container":{}}', "/SchemaVersion/Major"),
    ("utf8", b'{"SystemType":"\xff"}'.decode("utf-8", "surrogateescape"), ""),
    ("depth", '{"ociVersion":"1","windows":{"credentialSpec":' + "[" * 300 + "]" * 300 + "}}",
     "/windows/credentialSpec" + "/0" * 254),
    ("more", json.dumps({"SystemType": "Container", **{"x%d" % i: 1 for i in range(1200)}}), ""),
]


# The rules of specs, requests and the like; those of VMs and requests are tested in test_lint_vm.py, too.
ELSEWHERE = {"syntax", "encoding", "cri-field-name", "field-build", "refused", "no-document", "translate-note", "credential-spec",
             "credential-spec-object", "layer-chain", "mount-type-refused", "mount-source", "hyperv-root", "spec-platform", "cpu-group-partition",
             "vm-device", "vm-isolation", "storage-range", "request-path-unknown",
             "vm-share-repeated", "vm-container-field", "vm-boot", "vm-firmware", "vm-scsi-lun", "vm-socket",
             "vm-guest-state", "mac-form", "request-type", "request-path", "request-settings", "guest-resource", "filter-type",
             "filter-type-build", "service-settings", "cpu-group-processors", "cpu-group-property"}


def every_rule_finds_its_fault(command, source):
    seen = set(ELSEWHERE)
    for rule, document, path, value, pointer in NOTES:
        equal(lint(command, changed(document, path, value), "--strict"), ([(rule, pointer)], 0), (rule, path))
        seen.add(rule)
    for rule, document, path, value, pointer in WRONG:
        found, status = lint(command, changed(document, path, value), "--strict")
        equal((found, status), ([(rule, pointer)], 1), (rule, path))
        seen.add(rule)
    for rule, text, pointer in TEXTS:
        with tempfile.NamedTemporaryFile("wb", suffix=".json") as file:
            file.write(text.encode("utf-8", "surrogateescape"))
            file.flush()
            found = json.loads(run(command, "lint", "--format", "json", file.name).stdout)
        if (rule, pointer) not in [(f["rule"], f["pointer"]) for f in found]:
            raise AssertionError("%s is not told: %s" % (rule, found))
        seen.add(rule)
    rules = {line.split()[0].decode() for line in run(command, "lint", "--rules").stdout.splitlines()}
    equal(rules - seen, set(), "rules without a test")


def findings_are_bounded(command, source):
    """Deep inside, where each has a long pointer, twenty thousand findings cost neither memory nor the reader's time."""
    text = '{"SystemType":"Container","x":' + "[" * 200 + ",".join(['{"k":1,"k":1}'] * 20000) + "]" * 200 + "}"
    done = run(command, "lint", "--format", "json", "-", stdin=text.encode())
    found = json.loads(done.stdout)
    equal((len(found), found[-1]["rule"], done.returncode), (1001, "more", 1))
    equal(found[-1]["message"], "there are 19004 more findings")


def many_members_of_one_name_cost_no_time(command, source):
    """Neither a request's settings nor what an unknown member could be are searched for again and again."""
    for schema, member, count, told in (("guest-request", '"Settings":1', 160000, 2),
                                        ("hcs-v2", '"Path":"C"', 90000, 1001)):
        text = '{"Storage1":1,' + ",".join([member] * count) + "}"
        done = run(command, "lint", "--schema", schema, "--format", "json", "-", stdin=text.encode())
        equal((len(json.loads(done.stdout)), done.returncode), (told, 1), schema)


def text_of(command, document, *more):
    text = document if isinstance(document, str) else json.dumps(document, indent=1)
    return run(command, "lint", *more, "-", stdin=text.encode()).stdout.decode()


def says_where_and_shows_the_line(command, source):
    text = text_of(command, '{"v2":\n {"Storrage": {}, "Processor": {"Maximum": "x"}}}')
    equal(text.splitlines(), [
        'standard input:2:3: error: /v2/Storrage: unknown field Storrage in v2; did you mean Storage? [field-unknown]',
        '     2 |  {"Storrage": {}, "Processor": {"Maximum": "x"}}}',
        '       |   ^~~~~~~~~~',
        'standard input:2:44: error: /v2/Processor/Maximum: should be a number, not a string [type]',
        '     2 |  {"Storrage": {}, "Processor": {"Maximum": "x"}}}',
        '       |                                            ^~~'])
    equal(text_of(command, "metadata:\n  name: 1\nimage:\n  image: y\n"), "")
    yaml = text_of(command, "metadata: {name: c}\nmounts:\n- containerPath: D:\\d\n")
    if "standard input:3:3: error: /mounts/0/containerPath: " not in yaml:
        raise AssertionError(yaml)


MEANT = [
    (CONTAINER, ["Processor"], {"Limit": 1}, "did you mean Maximum"),
    (CONTAINER, ["Networking"], {"NetworkNamespace": GUID}, "did you mean Namespace"),
    (CONTAINER, ["Memory"], {"SizeInBytes": 1}, "did you mean SizeInMB"),
    (V2, ["Container", "Process"], {"CommandLine": "x"}, "HcsCreateProcess"),
    (V2, ["Memory"], {"SizeInMB": 1}, "one level down, in Container"),
    (HOSTED, ["HostedSystem"], {"SchemaVersion": {"Major": 2}, **INNER["Container"]}, "one level down, in Container"),
    (CONTAINER, ["HostingSystemId"], "x", "one level up, beside Container"),
    (V1, ["Storage"], {}, "schema 2"), (CONTAINER, ["HvPartition"], False, "schema 1"),
    (CONTAINER, ["Layers"], [], "Storage.Layers"),
    (MACHINE, DEVICES + ["Vsock"], [], "HvSocket"),
]
FAR = [(CONTAINER, ["Proc"], {}), (CONTAINER, ["Net"], {}), (V2, ["Runtime"], {}), (PROCESS, ["Us"], "x"),
       (CONTAINER, ["Zzzzzzz"], 1)]


def says_what_was_meant_and_never_what_was_not(command, source):
    for document, path, value, words in MEANT:
        text = text_of(command, changed(document, path, value))
        if words not in text:
            raise AssertionError("%s: %s" % (words, text))
    for document, path, value in FAR:
        text = text_of(command, changed(document, path, value))
        if "did you mean" in text or "unknown field" not in text:
            raise AssertionError("%s: %s" % (path, text))


def values_are_shown_as_they_are(command, source):
    text = text_of(command, changed(V2, ["Container", "Storage", "Path"], VOLUME))
    if '"%s" lacks the backslash at its end' % VOLUME not in text:
        raise AssertionError(text)


def a_member_in_another_case_is_looked_into(command, source):
    document = changed(changed(CONTAINER, ["GuestOs"], None), ["guestos"], {"HostName": 1, "HostNam": "h"})
    equal(lint(command, document), ([("field-case", "/guestos"), ("type", "/guestos/HostName"),
                                     ("field-unknown", "/guestos/HostNam")], 1))


def warnings_count_only_when_strict(command, source):
    document = changed(V1, ["LayerFolderPath"], None)
    equal(lint(command, document)[1], 0)
    equal(lint(command, document, "--strict")[1], 1)


SYNTAX = [
    ('{"Owner": "o",}', "1:15", "no comma after"), ('{"a": "C:\\data"}', "1:10", "written twice"),
    ('{"a": 1 // c\n}', "1:9", "no comments"), ("{", "1:2", "cut off"), ("a: 1\n\tb: 2\n", "2:1", "tabs"),
    ("access denied", "1:1", "neither JSON nor YAML"), ("MZ\x90\0\3\0", "1:1", "not text"), ('{"a": \0}', "1:7", "not text"),
]


def bad_input_is_told(command, source):
    for text, place, hint in SYNTAX:
        done = run(command, "lint", "-", stdin=text.encode())
        shown = done.stdout.decode()
        equal(done.returncode, 1, text)
        for part in ("standard input:%s: error: " % place, "[syntax]", "= hint: ", hint):
            if part not in shown:
                raise AssertionError("%r is not in %s" % (part, shown))
    for text, part in ((b"{}", "not a known kind of document"), (b'{"config":{},"rootfs":{}}', "the config of an image"),
                       (b'{"kind":"Pod","apiVersion":"v1"}', "Kubernetes"),
                       (b'{"op":"x","expect":{}}', "a case"), (b'{"cniVersion":"1","name":"n","type":"t"}', "CNI"), (b'{"call":"x"}', "a recording")):
        done = run(command, "lint", "-", stdin=text)
        equal(done.returncode, 2)
        one_line(done.stderr, part)
    equal(run(command, "lint", "/nowhere").returncode, 4)
    equal(run(command, "lint").returncode, 2)
    done = run(command, "lint", "-", "--schema", "hcs-v2-sytem", stdin=b"{}")
    equal(done.returncode, 2)
    one_line(done.stderr, "unknown schema 'hcs-v2-sytem'; did you mean 'hcs-v2-system'? (see 'hcsproof schema --list')")
    depth = 10000
    done = run(command, "lint", "-", "--schema", "oci",
               stdin=b'{"ociVersion":"1","windows":{"credentialSpec":' + b"[" * depth + b"]" * depth + b"}}")
    equal((done.returncode, b"[depth]" in done.stdout, b"[refused]" in done.stdout), (1, True, True), done.stderr)


def encodings_are_read_and_told(command, source):
    text = json.dumps(V2, indent=1)
    for data, words in ((text.encode("utf-8-sig"), "byte-order mark"), (text.encode("utf-16"), "UTF-16")):
        done = run(command, "lint", "-", stdin=data)
        equal((done.returncode, done.stdout.decode().count(": error: ")), (1, 1))
        if words not in done.stdout.decode():
            raise AssertionError(done.stdout)
        done = run(command, "lint", "--fix", "-", stdin=data)
        equal((done.returncode, done.stdout), (0, text.encode()))
    answer = json.dumps({"Error": -1070137082, "ErrorMessage": "x"}).encode("utf-16")
    equal(run(command, "lint", "-", stdin=answer).returncode, 0)


MENDED = [
    ('{"Owner":"o","SchemaVersion":{"Major":2},"ShouldTerminateOnLastHandleClosed":true,"container":%s}',
     '{"Owner":"o","SchemaVersion":{"Major":2},"ShouldTerminateOnLastHandleClosed":true,"Container":%s}'),
    ('%s // c', "%s "), ('/* c */ %s', " %s"),
]


def what_is_certain_is_mended(command, source):
    container = json.dumps(CONTAINER)
    for wrong, right in MENDED:
        done = run(command, "lint", "--fix", "-", stdin=(wrong % container).encode())
        equal((done.returncode, done.stdout.decode()), (0, right % container), wrong)
    for path, wrong, right in ((["Storage", "Path"], VOLUME, VOLUME + "\\"),
                               (["Storage", "Layers", 0, "Id"], "{" + GUID + "}", GUID),
                               (["MappedDirectories", 0, "HostPath"], "C:/a", "C:\\a"),
                               (["MappedPipes", 0, "HostPath"], "//./pipe/p", "\\\\.\\pipe\\p"),
                               (["MappedPipes", 0, "ContainerPipeName"], "\\\\.\\pipe\\p", "p")):
        done = run(command, "lint", "--fix", "-", stdin=json.dumps(changed(CONTAINER, path, wrong)).encode())
        equal((done.returncode, json.loads(done.stdout)), (0, changed(CONTAINER, path, right)), path)
    done = run(command, "lint", "--fix", "-", stdin=json.dumps(changed(CONTAINER, ["Storage"], None)).encode())
    equal((done.returncode, b"no-layers" in done.stderr), (1, True))
    equal(run(command, "lint", "--fix", "-", stdin=b"metadata: {name: c}\ncommand: [a]\n").returncode, 2)
    equal(run(command, "lint", "--fix", "a", "b").returncode, 2)


def formats_are_for_tools(command, source):
    wrong = changed(V2, ["Container", "Storrage"], {})
    log = json.loads(text_of(command, wrong, "--format", "sarif"))
    result = log["runs"][0]["results"][0]
    equal((result["ruleId"], result["level"]), ("field-unknown", "error"))
    equal(log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]["id"], "field-unknown")
    region = result["locations"][0]["physicalLocation"]["region"]
    found = json.loads(text_of(command, wrong, "--format", "json"))[0]
    equal((found["line"], found["column"]), (region["startLine"], region["startColumn"]))
    line = text_of(command, wrong, "--format", "github")
    if not line.startswith("::error file=standard input,line=%d,col=%d,title=field-unknown::" % (
            found["line"], found["column"])):
        raise AssertionError(line)
    equal(json.loads(text_of(command, V2, "--format", "sarif"))["runs"][0]["results"], [])


def releases_and_builds_are_asked_for(command, source):
    spec = {"ociVersion": "1.3.0", "process": {"args": ["c"], "cwd": "C:\\"}, "windows": {
        "layerFolders": ["C:\\1", "C:\\2"], "resources": {"cpu": {"affinity": [{"mask": 1, "group": 0}]}}}}
    at = "/windows/resources/cpu/affinity"
    equal(lint(command, spec), ([], 0))
    equal(("field-release", at) in lint(command, spec, "--profile", "hcsshim-0.13.0")[0], True)
    equal(("field-release", at) in lint(command, spec, "--profile", "hcsshim-main")[0], False)
    equal(run(command, "lint", "-", "--profile", "nothing", stdin=b"{}").returncode, 2)
    kernel = changed(changed(MACHINE, TOPOLOGY + ["Numa"], None), ["VirtualMachine", "Chipset"], {"LinuxKernelDirect": {"KernelFilePath": "C:\\k"}})
    equal(lint(command, kernel), ([], 0))
    equal(lint(command, kernel, "--build", "18362"), ([], 0))
    equal(lint(command, kernel, "--build", "17763"),
          ([("field-build", "/VirtualMachine/Chipset/LinuxKernelDirect")], 1))


def diff_compares_as_the_runner(command, source):
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, text in (("a", '{"v2":{"Storage":{"Path":"x"}}}'),
                           ("b", '{ "v2": {"Memory":null, "Storage":{"Layers":[],"Path":"x"}}}'),
                           ("c", '{"v2":{"Storage":{"Path":"y"}}}')):
            paths.append(os.path.join(folder, name))
            with open(paths[-1], "w", encoding="utf-8") as file:
                file.write(text)
        a, b, c = paths
        equal(run(command, "diff", a, b).returncode, 0)
        equal(run(command, "diff", a, b, "--tier", "canonical").returncode, 1)
        equal(run(command, "diff", a, a, "--tier", "bytes").returncode, 0)
        done = run(command, "diff", a, c)
        equal(done.returncode, 1)
        for part in ("/v2/Storage/Path  value", 'expected "x"', 'actual   "y"', "1 difference;",
                     "at %s:1:26 and %s:1:26" % (a, c)):
            if part not in done.stdout.decode():
                raise AssertionError("%r is not in %s" % (part, done.stdout))
        equal(run(command, "diff", a, c, "--quiet").stdout, b"")
        yaml = run(command, "diff", a, "-", stdin="v2:\n  Storage: {Path: x}\n".encode("utf-16"))
        equal((yaml.returncode, yaml.stderr), (0, b""))
        equal(run(command, "diff", a, b, "--profile", "hcsshim-0.13.0").returncode, 0)
        equal(run(command, "diff", a, b, "--profile", "none").returncode, 2)
        broken = run(command, "diff", a, "-", stdin=b'{"v2":\n{"Path":"C:\\data"}}')
        equal(broken.returncode, 4)
        for part in (b"standard input:2:12: ", b"= hint: ", b"^"):
            equal(part in broken.stderr, True, broken.stderr)
        equal(run(command, "diff", a, "/nowhere").returncode, 4)
        equal(run(command, "diff", a).returncode, 2)
        done = run(command, "diff", a, b, "--schema", "hcs-v2-sytem")
        equal(done.returncode, 2)
        one_line(done.stderr, "unknown schema 'hcs-v2-sytem'; did you mean 'hcs-v2-system'? (see 'hcsproof schema --list')")


main([nothing_is_wrong_with_right_documents, every_rule_finds_its_fault, findings_are_bounded, many_members_of_one_name_cost_no_time,
      says_where_and_shows_the_line, says_what_was_meant_and_never_what_was_not, values_are_shown_as_they_are,
      encodings_are_read_and_told, what_is_certain_is_mended, formats_are_for_tools, releases_and_builds_are_asked_for,
      a_member_in_another_case_is_looked_into, warnings_count_only_when_strict, bad_input_is_told,
      diff_compares_as_the_runner])
