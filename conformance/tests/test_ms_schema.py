#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test_ms_schema.py HCSPROOF SOURCE [FOLDER]: Microsoft's published JSON Schemas as an independent judge of every v2
document that the reference answers to the cases, of what the cases expect as the document of a utility VM and as that
which a VM, its guest, its containers and its processes are asked, and of the documents of the sample specifications.

The schemas are not part of the project. FOLDER has them (the JSON_files of MicrosoftDocs/Virtualization-Documentation,
named windows-*.json); without it, $HCSPROOF_HCS_SCHEMAS, or ../shared/data/hcs-schema beside the source. Skipped
(status 77) where they or python3-jsonschema are missing.

As published they catch little; made strict here: no other properties than those listed, and integer formats are
ranges. A document is held against every schema, a request against that of the build of its case. What upstream emits
all the same is listed in KNOWN, each with its reason; an entry that nothing needs fails."""
import collections
import copy
import glob
import json
import os
import re
import subprocess
import sys

from kit import PATIENCE, curated_cases, recorded_cases, samples

try:
    import jsonschema
except ImportError:
    if os.path.exists("/usr/bin/python3") and "--again" not in sys.argv:
        os.execv("/usr/bin/python3", ["python3", "-B", *sys.argv, "--again"])
    print("skipped: python3-jsonschema is missing")
    sys.exit(77)

ARGUMENTS = [argument for argument in sys.argv[1:] if argument != "--again"]
HCSPROOF, SOURCE = ARGUMENTS[0], os.path.abspath(ARGUMENTS[1])
FOLDER = (ARGUMENTS[2:] + [os.environ.get("HCSPROOF_HCS_SCHEMAS")])[0]
FOLDER = FOLDER or os.path.join(SOURCE, "..", "shared", "data", "hcs-schema")
FILES = sorted(glob.glob(os.path.join(FOLDER, "windows-*.json")))
if not FILES:
    print("skipped: Microsoft's schemas are not in %s (give their folder, or set HCSPROOF_HCS_SCHEMAS)" % FOLDER)
    sys.exit(77)

# The first build that a schema is of.
BUILDS = {"windows-10-1809": 17763, "windows-10-1903": 18362, "windows-10-2004": 19041, "windows-10-2104": 20348,
          "windows-11-21H2": 22000}
RANGES = {"uint8": (0, 2**8 - 1), "uint16": (0, 2**16 - 1), "uint32": (0, 2**32 - 1), "uint64": (0, 2**64 - 1),
          "int32": (-2**31, 2**31 - 1), "int64": (-2**63, 2**63 - 1)}

# Patterns of what is refused (JSON pointer, keyword, and the member or value), in which schemas, and why upstream's
# documents have it all the same.
Known = collections.namedtuple("Known", "pointer keyword value schemas reason")
NEGATIVE = r"-\d+"
ANY = ".*"
KNOWN = [
    Known("/Processor/Count", "minimum", NEGATIVE, ANY,
          "hcsshim cuts a count of 64 bits to int32 and clamps positive ones only (ParseAnnotationsCPUCount)"),
    Known("/Storage/QoS/(IopsMaximum|BandwidthMaximum)", "minimum", NEGATIVE, ANY,
          "hcsshim cuts 64 bits to int32, and writes both as soon as one is positive"),
    Known(r"/RegistryChanges/AddValues/\d+/DWordValue", "minimum", NEGATIVE, ANY,
          "parseDumpCount checks 64 bits and then cuts to int32"),
    Known(r"/AssignedDevices/\d+/InterfaceClassGuid", "pattern", '"(ID|a|c|D0|D1)"', ANY,
          "parseAssignedDevices hands an id of the spec on as it is; these cases have ids that are no GUID"),
    Known(r"/AdditionalDeviceNamespace/device_extension/\d+/namespace/.*/(shadow|scope|type)", "enum", '"(s|global|a)"',
          ANY, "getDeviceExtensions knows no enumerations; this case has made-up words"),
    Known(r"/AdditionalDeviceNamespace/device_extension/\d+/namespace/ob/symlink/\d+/access_mask", "minimum", NEGATIVE,
          ANY, "hcsshim's access_mask is int32, Microsoft's uint32"),
    Known(r"/AssignedDevices/\d+", "additionalProperties", "Type|LocationPath", "windows-10-1809",
          "came with schema 2.2 (build 18362); hcsshim writes them under 2.1 too"),
    Known("", "additionalProperties", "AdditionalDeviceNamespace", "windows-10-(1809|1903|2004)",
          "in the schemas from 2104 on; hcsshim writes it from build 20348 on"),
    Known("/VirtualMachine/ComputeTopology/Processor", "additionalProperties", "CpuGroup", "windows-10-(1809|1903|2004)",
          "in the schemas from 2104 on; hcsshim writes it from build 19043 on"),
    Known("/VirtualMachine/ComputeTopology/Processor/CpuGroup/Id", "pattern", '"not a guid & <x>"', ANY,
          "the annotation is handed on as it is; this case has one that is no GUID"),
    Known("/VirtualMachine/ComputeTopology/Memory", "additionalProperties", "(Low|High)Mmio(Gap|Base)InMB",
          "windows-10-(1809|1903)", "in the schemas from 2004 on; hcsshim writes them when annotations ask for it"),
    Known("/VirtualMachine/Chipset", "additionalProperties", "FirmwareFile", ANY,
          "hcsshim has it (internal/hcs/schema2 Chipset), the published schemas end before"),
    Known("/VirtualMachine/ComputeTopology", "additionalProperties", "Numa", ANY,
          "hcsshim has it for build 26100 and later (internal/hcs/schema2), the published schemas end before"),
    Known("/VirtualMachine/ComputeTopology/Memory", "additionalProperties", "SlitType", ANY,
          "hcsshim has it for build 26100 and later (internal/hcs/schema2), the published schemas end before"),
    Known("/VirtualMachine/ComputeTopology/Processor", "additionalProperties", "NumaProcessorsSettings", ANY,
          "hcsshim has it for build 26100 and later (internal/hcs/schema2), the published schemas end before"),
    Known("/VirtualMachine", "additionalProperties", "DebugOptions|ResourcePartitionId", ANY,
          "hcsshim has them (internal/hcs/schema2), the published schemas end before"),
    Known("/VirtualMachine/Devices/GuestCrashReporting/WindowsCrashSettings", "additionalProperties", "DumpType", ANY,
          "hcsshim has it (internal/hcs/schema2), the published schemas end before"),
    Known("/VirtualMachine/Devices/HvSocket/HvSocketConfig/ServiceTable/[-0-9a-f]+", "additionalProperties", "Disabled",
          ANY, "hcsshim has it (internal/hcs/schema2), the published schemas end before"),
    Known("/VirtualMachine/ComputeTopology/Processor/(Count|Weight)", "minimum", NEGATIVE, ANY,
          "hcsshim before 0.13.0 has signed numbers, and writes what the annotations say"),
    Known("/VirtualMachine/Chipset/Uefi", "additionalProperties", "ApplySecureBootTemplate", "windows-10-(1809|1903)",
          "confidential VMs are of schema 2.5, which these builds do not have"),
    Known("/VirtualMachine", "additionalProperties", "Version", "windows-10-(1809|1903|2004)",
          "confidential VMs are of schema 2.5, which these builds do not have"),
    Known("/VirtualMachine", "additionalProperties", "SecuritySettings", ANY,
          "hcsshim has it (internal/hcs/schema2), the published schemas end before"),
    Known("/VirtualMachine/GuestState", "additionalProperties", "GuestStateFileType", ANY,
          "hcsshim has it (internal/hcs/schema2), the published schemas end before"),
    Known("/Type", "enum", '"ExtensibleVirtualDisk"', ANY,
          "hcsshim has it (MountTypeExtensibleVirtualDisk), Microsoft does not"),
    Known("", "additionalProperties", "ExtensibleVirtualDiskType", ANY,
          "hcsshim has it (internal/hcs/schema2 Attachment), Microsoft does not"),
    Known("/ResourceType", "enum", '"(Network|PodCgroupMemoryLimit|SecurityPolicyFragment)"', ANY,
          "hcsshim has them (internal/protocol/guestresource), Microsoft publishes no such resource of a guest"),
    Known("/EndpointId", "pattern", '"ep-1"', ANY, "these cases have a made-up name for an id"),
    Known("", "additionalProperties", "AdapterInstanceId", "windows-10-1809",
          "for guests before build 17763, which no schema is of (guestrequest.RS4NetworkModifyRequest)"),
    Known(r"/ConsoleSize/\d", "maximum", "65536", ANY,
          "hcsshim's size is int32, Microsoft's uint16; this case has a large one"),
]


def strict(node):
    """A copy in which objects are closed and integer formats are ranges."""
    if isinstance(node, list):
        return [strict(item) for item in node]
    if not isinstance(node, dict):
        return node
    closed = {key: strict(value) for key, value in node.items()}
    if node.get("type") == "object" and isinstance(node.get("properties"), dict) and "additionalProperties" not in node:
        closed["additionalProperties"] = False
    if node.get("type") == "integer" and node.get("format") in RANGES:
        closed["minimum"], closed["maximum"] = RANGES[node["format"]]
    return closed


class Judge:
    def __init__(self, path):
        self.name = os.path.basename(path)[:-len(".json")]
        with open(path, encoding="utf-8") as file:
            definitions = strict(json.load(file)["definitions"])
        self.definitions = definitions
        self.validators = {}

    def validator(self, name):
        if name not in self.validators:
            self.validators[name] = jsonschema.Draft7Validator(
                {"$ref": "#/definitions/" + name, "definitions": self.definitions})
        return self.validators[name]

    def refusals(self, name, document):
        """(pointer, keyword, member or value) of each."""
        for error in self.validator(name).iter_errors(document):
            pointer = "".join("/%s" % step for step in error.absolute_path)
            if error.validator == "additionalProperties":
                for member in sorted(set(error.instance) - set(error.schema["properties"])):
                    yield pointer, error.validator, member
            else:
                yield pointer, error.validator, json.dumps(error.instance)


def cases():
    for path, case in curated_cases(SOURCE):
        yield {**case, "id": "/".join(path[:-len(".json")].split(os.sep)[-2:])}
    yield from recorded_cases(SOURCE, "*.jsonl")


def expected(operations):
    """(case, payload) of each case of every release; an error's payload is what was asked before it."""
    for case in [*cases(), *recorded_cases(SOURCE, "releases/*.jsonl")]:
        payload = case["expect"].get("ok", case["expect"].get("requests"))
        if case["op"] in operations and payload is not None:
            yield case, payload


def answered(operations, profile):
    """(id, payload) of each case that the reference has one for."""
    asked = [case for case in cases() if case["op"] in operations]
    lines = ['{"hello":{"protocol":1,"kit":"test","profile":"%s"}}' % profile]
    lines += [json.dumps({"id": i + 1, "op": case["op"], "params": case["params"]}) for i, case in enumerate(asked)]
    done = subprocess.run([HCSPROOF, "serve"], input="\n".join(lines).encode() + b"\n", capture_output=True, timeout=PATIENCE,
                          check=True)
    frames = [json.loads(line) for line in done.stdout.splitlines()][1:]
    assert len(frames) == len(asked), "the reference left questions open"
    for frame in frames:
        if "ok" in frame:
            yield asked[frame["id"] - 1]["id"], frame["ok"]


def documents():
    """(name of the case or sample, definition, document)."""
    for case, ok in expected(["uvm-document"]):
        yield case["id"], "ComputeSystem", ok
    for name, ok in answered(["oci-to-hcs", "create-document"], "baseline"):
        if "v2" in ok:
            yield name, "Container", ok["v2"]
        elif ok["kind"] == "gcs":
            yield name, "HostedSystem", ok["document"]
        elif "SchemaVersion" in ok["document"]:  # else a v1 document, for which there is no schema
            yield name, "ComputeSystem", ok["document"]
    for name, parts in samples(SOURCE):
        yield "sample " + name, "Container", parts["expected"]["v2"]


# What the settings of a request are; in the newer schemas some have another name. A number has no definition. Of what
# Microsoft publishes nowhere (pipes of a VM, the guest's networks and policies), only the request itself is judged.
HOST_SETTINGS = [
    (r"VirtualMachine/Devices/VirtualSmb/Shares", ["VirtualSmbShare"]),
    (r"VirtualMachine/Devices/Scsi/[-0-9a-f]+/Attachments/\d+", ["Attachment"]),
    (r"VirtualMachine/Devices/NetworkAdapters/[^/]+", ["NetworkAdapter"]),
    (r"VirtualMachine/ComputeTopology/Processor/Limits", ["ProcessorLimits"]),
    (r"VirtualMachine/ComputeTopology/Processor/CpuGroup", ["CpuGroup"]),
    (r"Container/Processor", ["Container_Processor", "Processor"]),
    (r"Container/MappedDirectories", ["MappedDirectory"]),
    (r"VirtualMachine/Devices/MappedPipes/.*|.*/Memory/SizeInMB", []),
]
GUEST_SETTINGS = {"CombinedLayers": ["CombinedLayers"], "MappedVirtualDisk": ["MappedVirtualDisk"],
                  "MappedDirectory": ["MappedDirectory"], "Network": ["NetworkModifySettingRequest"],
                  "NetworkNamespace": [], "PodCgroupMemoryLimit": [], "SecurityPolicyFragment": [], None: []}


def settings_of(request, to):
    if to == "guest":
        return GUEST_SETTINGS[request.get("ResourceType")]
    for path, names in HOST_SETTINGS:
        if re.fullmatch(path, request["ResourcePath"]):
            return names
    raise AssertionError("unknown resource %s" % request["ResourcePath"])


def request_parts(to, request):
    """(possible definitions, what is to satisfy one of them) of a request: the frame, and its settings."""
    if to == "guest-create":
        yield ["HostedSystem"], request
    elif to not in ("affinity", "guest-exec"):  # calls: a case says only what they are given
        settings = request.get("Settings")
        yield ["GuestModifySettingRequest" if to == "guest" else "ModifySettingRequest"], {
            **request, "Settings": {} if settings is None or isinstance(settings, int) else settings}
        names = settings_of(request, to)
        if names and settings is not None:
            yield names, settings


def requests():
    """(name of the case, build, possible definitions, part of a request)."""
    for case, ok in expected(["guest-requests", "update-document", "process-document"]):
        build = case["params"].get("host", {}).get("os_build", 20348)
        if case["op"] == "process-document":
            yield case["id"], build, ["ProcessParameters"], ok
            continue
        asked = [item for step in ok for item in step["requests"]] if case["op"] == "guest-requests" else ok
        for item in asked:
            for names, part in request_parts(item["to"], item["request"]):
                yield case["id"], build, names, part


def find_known(judge, pointer, keyword, value):
    for i, known in enumerate(KNOWN):
        if (re.fullmatch(known.pointer, pointer) and known.keyword == keyword and re.fullmatch(known.value, value)
                and re.fullmatch(known.schemas, judge.name)):
            return i
    return None


def judge_of(judges, build):
    """The schema of a build: the newest that is not newer."""
    return [judge for judge in judges if BUILDS[judge.name] <= build or judge is judges[0]][-1]


def judge_documents(judges):
    """Returns how many documents and parts of requests were looked at; fails on a refusal that is not known."""
    used = [set() for _ in KNOWN]
    wrong = collections.OrderedDict()
    counts = [0, 0]

    def hold(judge, name, definition, document):
        for refusal in judge.refusals(definition, document):
            found = find_known(judge, *refusal)
            if found is None:
                wrong.setdefault((re.sub(r"/\d+", "/N", refusal[0]), *refusal[1:]), []).append((judge.name, name))
            else:
                used[found].add(name)

    for name, definition, document in documents():
        counts[0] += 1
        for judge in judges:
            hold(judge, name, definition, document)
    for name, build, definitions, part in requests():
        judge = judge_of(judges, build)
        known = [definition for definition in definitions if definition in judge.definitions]
        if known:
            counts[1] += 1
            hold(judge, name, known[0], part)
    for (pointer, keyword, value), places in wrong.items():
        print("FAIL %s: %s %s: %s, in %s" % (pointer or "(whole)", keyword, value, places[0][1],
                                             ", ".join(sorted({schema for schema, _ in places}))))
    for known, names in zip(KNOWN, used):
        print("known: %s %s %s: %d documents: %s" % (known.pointer, known.keyword, known.value, len(names), known.reason))
        if not names:
            print("FAIL nothing needs this entry any more")
    assert not wrong and all(used)
    return tuple(counts)


def faults_are_seen(judge):
    """What makes the schemas strict does so."""
    good = {"Storage": {"Layers": [{"Id": "18955d65-d45a-557b-bf1c-49d6dfefc526", "Path": "C:\\a"}]},
            "Processor": {"Count": 2}, "Memory": {"SizeInMB": 4}}
    assert not list(judge.refusals("Container", good)), judge.name
    for change in (lambda d: d.update(IsolationType="x"), lambda d: d["Processor"].update(Count=-1),
                   lambda d: d["Processor"].update(Count=2**32), lambda d: d["Memory"].update(SizeInMB=2**64),
                   lambda d: d["Storage"]["Layers"][0].update(Id="{18955d65-d45a-557b-bf1c-49d6dfefc526}"),
                   lambda d: d["Storage"]["Layers"][0].update(ID="x"), lambda d: d.update(Storage=[]),
                   lambda d: d.update(RegistryChanges={"AddValues": [{"Type": "Dword"}]})):
        faulty = copy.deepcopy(good)
        change(faulty)
        assert len(list(judge.refusals("Container", faulty))) == 1, (judge.name, faulty)


def request_faults_are_seen(judge):
    """The same for requests."""
    layers = {"RequestType": "Add", "ResourceType": "CombinedLayers",
              "Settings": {"ContainerRootPath": "c:\\m", 
                           "Layers": [{"Id": "18955d65-d45a-557b-bf1c-49d6dfefc526", "Path": "C:\\a"}]}}
    share = {"ResourcePath": "VirtualMachine/Devices/VirtualSmb/Shares", "RequestType": "Add",
             "Settings": {"Name": "s1", "Path": "C:\\a", "Options": {"ReadOnly": True}}}

    def count(to, request):
        return sum(len(list(judge.refusals(names[0], part))) for names, part in request_parts(to, request))

    assert count("guest", layers) == count("hcs", share) == 0
    layers["Settings"]["FilterType"] = "UnionFS"
    assert count("guest", layers) == 1
    layers["RequestType"] = "Push"
    assert count("guest", layers) == 2
    share["Settings"]["Options"]["NoRead"] = True
    share["GuestRequests"] = {}
    assert count("hcs", share) == 2


JUDGES = [Judge(path) for path in FILES]

for one in JUDGES:
    faults_are_seen(one)
    request_faults_are_seen(one)
print("ok: %d documents and %d requests against %s" % (*judge_documents(JUDGES), ", ".join(one.name for one in JUDGES)))
