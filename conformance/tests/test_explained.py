# SPDX-License-Identifier: Apache-2.0
"""translate --explain tells of every field of every document where it comes from and by which rule, and takes no longer
for each of many."""
import json
import os
import tempfile

from kit import equal, main, run, samples

FOLDER = tempfile.TemporaryDirectory()
MOUNTS = 16000
PARTS = ["spec", "options", "vm", "v1", "v2", "envelope", "requests", "process", "job", "all"]


def write(name, document):
    path = os.path.join(FOLDER.name, name)
    with open(path, "w", encoding="utf-8") as out:
        json.dump(document, out, separators=(",", ":"))
    return path


def explain(command, path, *arguments, statuses=(0,)):
    done = run(command, "translate", "--explain=json", *arguments, path)
    equal(done.returncode in statuses, True, done.stderr.decode()[-1000:])
    return [json.loads(line) for line in done.stdout.splitlines()]


def by_pointer(fields):
    return {field["pointer"]: field for field in fields}


SPEC = {"ociVersion": "1.1.0", "process": {"cwd": "C:\\", "args": ["cmd"], "env": ["A=1"]}, "hostname": "h",
        "annotations": {"io.microsoft.virtualmachine.computetopology.memory.sizeinmb": "2048"},
        "mounts": [{"source": "C:\\m", "destination": "C:\\d"}, {"source": "\\\\.\\pipe\\a", "destination": "\\\\.\\pipe\\b"}],
        "windows": {"layerFolders": ["C:\\a", "C:\\s"], "resources": {"cpu": {"count": 2}, "memory": {"limit": 1073741824}},
                    "devices": [{"id": "{5B45201D-F2F2-4F3B-85BB-30FF1F953599}", "idType": "class"}],
                    "network": {"networkNamespace": "n"}}}
DOCKER = {"Id": "0123", "Platform": "windows", "Config": {"Hostname": "h", "Cmd": ["cmd"], "Env": ["A=1"], "Image": "i", "User": "u"},
          "HostConfig": {"Isolation": "process", "Memory": 536870912, "NanoCpus": 1000000000, "Binds": ["c:\\d:c:\\e:ro"]},
          "State": {}}


REQUESTS = {**SPEC, "windows": {"layerFolders": ["C:\\a", "C:\\b", "C:\\s"], "hyperv": {}},
            "mounts": [*SPEC["mounts"], {"source": "C:\\d.vhdx", "destination": "C:\\e", "type": "virtual-disk", "options": ["ro"]},
                       {"source": "evd://t/d", "destination": "C:\\f", "type": "extensible-virtual-disk"},
                       {"source": "sandbox://x", "destination": "C:\\g"}, {"source": "C:\\m", "destination": "C:\\h"}]}


def every_field_is_noted(command, source):
    specs = [write(name + ".json", parts["config"]) for name, parts in samples(source)]
    specs.append(write("spec.json", SPEC))
    specs.append(write("vm.json", {**SPEC, "windows": {**SPEC["windows"], "hyperv": {}, "devices": []}, "mounts": []}))
    specs.append(write("mounts.json", REQUESTS))
    specs.append(write("job.json", {**SPEC, "annotations": {"microsoft.com/hostprocess-container": "true"},
                                    "mounts": SPEC["mounts"][:1]}))
    specs.append(write("docker.json", DOCKER))
    seen = set()
    for path in specs:
        for part in PARTS:
            for field in explain(command, path, "--part", part, statuses=(0, 1, 6)):
                equal(field["rule"] is None, False, f"{path} {part} {field}")
                seen.add(field["part"])
    equal(seen >= {"spec", "options", "vm", "v1", "v2", "envelope", "requests", "process", "job"}, True, seen)


def places_of_a_vm(command, source):
    path = write("vm.json", {**SPEC, "windows": {**SPEC["windows"], "hyperv": {}, "devices": []}, "mounts": []})
    fields = by_pointer(explain(command, path, "--part", "vm"))
    memory = fields["/VirtualMachine/ComputeTopology/Memory/SizeInMB"]
    equal((memory["value"], memory["source"]["pointer"]),
          (2048, "/annotations/io.microsoft.virtualmachine.computetopology.memory.sizeinmb"))
    equal(memory["source"]["line"], 1)
    equal(fields["/VirtualMachine/ComputeTopology/Processor/Count"]["source"]["pointer"], "/windows/resources/cpu/count")
    equal(fields["/VirtualMachine/StopOnReset"]["source"], {})


def places_of_requests(command, source):
    path = write("requests.json", REQUESTS)
    fields = by_pointer(explain(command, path, "--part", "requests"))
    asked = json.loads(run(command, "translate", "--part", "requests", path).stdout)
    places = {}
    for number in range(len(asked)):
        for name in ("ResourcePath", "Settings/Path"):
            pointer = f"/{number}/request/{name}"
            if pointer in fields:
                places.setdefault(fields[pointer]["value"], fields[pointer]["source"].get("pointer"))
    equal([places[path] for path in ("C:\\a", "C:\\b", "C:\\s\\sandbox.vhdx", "C:\\m", "C:\\d.vhdx", "d")],
          ["/windows/layerFolders/0", "/windows/layerFolders/1", "/windows/layerFolders/2", "/mounts/0", "/mounts/2", "/mounts/3"])
    equal(places["VirtualMachine/Devices/MappedPipes/\\\\.\\pipe\\a"], "/mounts/1")
    layer = next(pointer for pointer in fields if pointer.endswith("/request/Settings/Layers/1/Id"))
    equal(fields[layer]["source"], {"host": "layer_id"})
    created = f"/{len(asked) - 1}/request/Container/MappedDirectories/0/ContainerPath"
    equal(fields[created]["source"]["pointer"], "/mounts/0/destination")
    equal(sorted({int(pointer[1:].partition("/")[0]) for pointer in fields}), list(range(len(asked))))


def places_of_dockers(command, source):
    path = write("docker.json", [DOCKER, {**DOCKER, "Id": "2"}])
    fields = explain(command, path)
    equal(len(fields) % 2, 0)
    second = by_pointer(fields[len(fields) // 2:])
    wanted = {"/MemoryMaximumInMB": "/1/HostConfig/Memory", "/HostName": "/1/Config/Hostname",
              "/ProcessorMaximum": "/1/HostConfig/NanoCpus", "/MappedDirectories/0/HostPath": "/1/HostConfig/Binds"}
    for pointer, place in wanted.items():
        equal(second[pointer]["source"].get("pointer"), place, pointer)
    spec = by_pointer(explain(command, write("body.json", {"Image": "i", **{k: v for k, v in DOCKER["Config"].items()},
                                                           "HostConfig": DOCKER["HostConfig"]}), "--part", "spec"))
    equal((spec["/process/user/username"]["source"]["pointer"], spec["/process/user/username"]["rule"]), ("/User", "createSpec"))
    equal(spec["/windows/resources/memory/limit"]["rule"], "setResourcesInSpec")


def steps_of_containerd(command, source):
    config = {"metadata": {"name": "c"}, "image": {"image": "i"}, "args": ["cmd"], "mounts": [{"host_path": "C:\\m", "container_path": "/d"}],
              "windows": {"resources": {"memory_limit_in_bytes": 1048576}}}
    spec = by_pointer(explain(command, write("cri.json", config), "--part", "spec"))
    wanted = {"/mounts/0/source": ("/mounts/0/host_path", "WithWindowsMounts"),
              "/windows/resources/memory/limit": ("/windows/resources/memory_limit_in_bytes", "WithWindowsResources")}
    for pointer, (place, rule) in wanted.items():
        equal((spec[pointer]["source"].get("pointer"), spec[pointer]["rule"]), (place, rule))


def mounts_of_images_and_read_only_ones(command, source):
    config = {"metadata": {"name": "c"}, "image": {"image": "i"}, "args": ["cmd"], "windows": {},
              "mounts": [{"container_path": "C:\\a", "image": {"image": "assets"}, "readonly": True}]}
    fields = by_pointer(explain(command, write("image-mount.json", config)))
    for member, place in (("HostPath", "image"), ("ContainerPath", "container_path"), ("ReadOnly", "readonly")):
        equal(fields["/MappedDirectories/0/" + member]["source"]["pointer"], "/mounts/0/" + place)


def thousands_of_mounts_take_no_longer_each(command, source):
    """Looked for one after the other, these take a minute; they took seconds with notes of every other."""
    mounts = [{"source": f"C:\\m{i}", "destination": f"C:\\d{i}", "type": "x"} for i in range(MOUNTS)]
    fields = explain(command, write("many.json", {**SPEC, "mounts": mounts}))
    equal(sum(field["pointer"].startswith("/MappedDirectories/") for field in fields) >= 2 * MOUNTS, True)
    config = {"metadata": {"name": "c"}, "image": {"image": "i"}, "args": ["cmd"], "windows": {},
              "mounts": [{"host_path": f"C:\\m{i}", "container_path": f"C:\\d{i}"} for i in range(MOUNTS)]}
    fields = by_pointer(explain(command, write("many-cri.json", config)))
    equal(fields[f"/MappedDirectories/{MOUNTS - 1}/HostPath"]["source"]["pointer"], f"/mounts/{MOUNTS - 1}/host_path")


main([every_field_is_noted, places_of_a_vm, places_of_requests, places_of_dockers, steps_of_containerd,
      mounts_of_images_and_read_only_ones, thousands_of_mounts_take_no_longer_each])
