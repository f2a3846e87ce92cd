#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""hcsproof lint and hcsproof diff: what is right has no finding, and each rule finds what it is about."""
import copy
import glob
import json
import os
import tempfile

from kit import equal, main, one_line, run

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


def lint(command, document, *more):
    """The rules and pointers that are told of a document (or a text), and the exit status."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        file.write(document if isinstance(document, str) else json.dumps(document))
        file.flush()
        done = run(command, "lint", "--format", "json", *more, file.name)
    return [(f["rule"], f["pointer"]) for f in json.loads(done.stdout)], done.returncode


def changed(document, path, value):
    document = copy.deepcopy(document)
    inner = document
    for step in path[:-1]:
        inner = inner[step]
    if value is None:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return document


def nothing_is_wrong_with_right_documents(command, source):
    for document in (V1, CONTAINER, V2, HOSTED, INNER, PROCESS, MACHINE, {"v1": V1, "v2": CONTAINER}):
        equal(lint(command, document, "--strict"), ([], 0), document)
    for folder in glob.glob(os.path.join(source, "ref/tests/data/specs/*/")):
        with open(os.path.join(folder, "expected.json"), encoding="utf-8") as file:
            expected = json.load(file)
        documents = {key: expected[key] for key in ("v1", "v2") if key in expected}
        if documents:
            equal([f for f in lint(command, documents)[0] if f[0] not in KNOWN_OF_SAMPLES], [], folder)


# The samples are hosts' own data: a sandbox:// source stays as it is in the document that is not used.
KNOWN_OF_SAMPLES = {"host-path-relative", "namespace-form"}

WRONG = [
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
    ("container-path-repeated", CONTAINER, ["MappedDirectories", 1, "ContainerPath"], "c:\\C",
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
    ("system-type", V1, ["SystemType"], "container", "/SystemType"),
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
    ("device-class", CONTAINER, ["AssignedDevices", 0, "InterfaceClassGuid"], None,
     "/AssignedDevices/0/InterfaceClassGuid"),
    ("vm-memory", MACHINE, TOPOLOGY + ["Memory", "SizeInMB"], 1025, "/VirtualMachine/ComputeTopology/Memory/SizeInMB"),
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
TEXTS = [
    ("key-repeated", '{"SchemaVersion":{"Major":2,"Major":2},"Owner":"o","Container":{}}', "/SchemaVersion/Major"),
    ("utf8", b'{"SystemType":"\xff"}'.decode("utf-8", "surrogateescape"), ""),
    ("depth", '{"ociVersion":"1","windows":{"credentialSpec":' + "[" * 300 + "]" * 300 + "}}",
     "/windows/credentialSpec" + "/0" * 254),
    ("more", json.dumps({"SystemType": "Container", **{"x%d" % i: 1 for i in range(1200)}}), ""),
]


def every_rule_finds_its_fault(command, source):
    seen = set()
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
    equal(found[-1]["message"], "there are 19003 more findings")


def says_what_may_have_been_meant(command, source):
    done = run(command, "lint", "-", stdin=json.dumps(changed(V2, ["Container", "Storrage"], {})).encode())
    equal(done.stdout.decode().count("\n"), 1)
    one_line(done.stdout, "standard input: /Container/Storrage: error: ", "did you mean Storage? [field-unknown]")


def a_member_in_another_case_is_looked_into(command, source):
    document = changed(changed(CONTAINER, ["GuestOs"], None), ["guestos"], {"HostName": 1, "HostNam": "h"})
    equal(lint(command, document), ([("field-case", "/guestos"), ("type", "/guestos/HostName"),
                                     ("field-unknown", "/guestos/HostNam")], 1))


def warnings_count_only_when_strict(command, source):
    document = changed(V1, ["LayerFolderPath"], None)
    equal(lint(command, document)[1], 0)
    equal(lint(command, document, "--strict")[1], 1)


def bad_input_is_told(command, source):
    for text, status, part in ((b"{", 1, "byte"), (b"{}", 2, "cannot tell what it is")):
        done = run(command, "lint", "-", stdin=text)
        equal(done.returncode, status)
        one_line(done.stderr, part)
    equal(run(command, "lint", "/nowhere").returncode, 4)
    equal(run(command, "lint").returncode, 2)
    equal(run(command, "lint", "-", "--schema", "x", stdin=b"{}").returncode, 2)
    depth = 10000
    done = run(command, "lint", "-", "--schema", "oci",
               stdin=b'{"ociVersion":"1","windows":{"credentialSpec":' + b"[" * depth + b"]" * depth + b"}}")
    equal(done.returncode, 0, done.stderr)


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
        for part in ("/v2/Storage/Path  value", 'expected "x"', 'actual   "y"', "1 difference;"):
            if part not in done.stdout.decode():
                raise AssertionError("%r is not in %s" % (part, done.stdout))
        equal(run(command, "diff", a, c, "--quiet").stdout, b"")
        equal(run(command, "diff", a, "/nowhere").returncode, 4)
        equal(run(command, "diff", a).returncode, 2)
        equal(run(command, "diff", a, b, "--schema", "x").returncode, 2)


main([nothing_is_wrong_with_right_documents, every_rule_finds_its_fault, findings_are_bounded, says_what_may_have_been_meant,
      a_member_in_another_case_is_looked_into, warnings_count_only_when_strict, bad_input_is_told,
      diff_compares_as_the_runner])
