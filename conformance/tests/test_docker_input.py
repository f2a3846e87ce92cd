#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""hcsproof translate of what docker users have: docker inspect, and the body of docker's API call."""
import json
import os
import subprocess
import sys
import tempfile

from kit import PATIENCE

HCSPROOF = sys.argv[1]

WEB = {
    "Id": "5f1c0e77aa10", "Platform": "windows", "State": {"Status": "running"},
    "GraphDriver": {"Name": "windowsfilter", "Data": {"dir": "C:\\ProgramData\\docker\\windowsfilter\\5f1c"}},
    "Mounts": [{"Type": "volume", "Name": "logs", "Source": "C:\\vol\\logs\\_data", "Destination": "c:\\logs", "RW": True},
               {"Type": "bind", "Source": "c:\\site", "Destination": "c:\\inetpub", "RW": False}],
    "Config": {"Hostname": "web", "Cmd": ["w3wp"], "Env": ["A=1"], "Image": "iis"},
    "HostConfig": {"Isolation": "process", "Binds": ["logs:C:\\logs", "C:\\Site:C:\\inetpub:ro"], "Memory": 536870912,
                   "SecurityOpt": ["credentialspec=file://web.json"], "NetworkMode": "nat"},
    "NetworkSettings": {"Networks": {"nat": {"EndpointID": "e"}}},
}


def translate(document, *options, status=0):
    text = document if isinstance(document, str) else json.dumps(document)
    done = subprocess.run([HCSPROOF, "translate", *options, "-"], input=text, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == status, done
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def dockerd_makes_the_document():
    (document,), said = translate([WEB])
    assert document["Owner"] == "docker" and document["Name"] == "5f1c0e77aa10", document
    assert document["LayerFolderPath"] == "C:\\ProgramData\\docker\\windowsfilter\\5f1c", document
    assert document["MemoryMaximumInMB"] == 512 and document["HostName"] == "web", document
    assert [(d["HostPath"], d["ReadOnly"]) for d in document["MappedDirectories"]] == [
        ("C:\\vol\\logs\\_data", False), ("c:\\site", True)], document
    assert document["Credentials"] == "{credential spec}", document
    for words in ("read as the output of docker inspect", "CredentialSpecs\\web.json", "layers", "endpoint", "moby-"):
        assert words in said, (words, said)


def a_shim_makes_it_where_the_profile_has_one():
    (document,), said = translate([WEB], "--profile", "containerd-2.2.7")
    assert document["GuestOs"] == {"HostName": "web"} and "Owner" not in document, document
    assert "uses containerd" in said, said


def releases_differ():
    clean = {**WEB, "Config": {**WEB["Config"], "WorkingDir": "C:\\a\\..\\b"}}
    translate([clean], "--profile", "moby-25.0.5")
    device = {**WEB, "HostConfig": {**WEB["HostConfig"], "Devices": [{"PathOnHost": "gpu://x"}]}}
    _, said = translate([device], "--profile", "moby-20.10.27", status=1)
    assert "/HostConfig/Devices/0/PathOnHost: invalid device assignment type: 'gpu:' should be 'class'" in said, said
    _, said = translate([device], status=1)
    assert "device assignment of type 'gpu' is not supported" in said, said


def several_containers_are_several_lines():
    broken = {"Id": "b", "Config": {}, "HostConfig": {}}
    documents, said = translate([WEB, broken, {**WEB, "Id": "c"}], status=1)
    assert [d["Name"] for d in documents] == ["5f1c0e77aa10", "c"], documents
    assert said.count("read as") == 1 and "/1/Config/Cmd: no command specified" in said, said
    assert "/0/NetworkSettings/Networks: " in said and "/2/NetworkSettings/Networks: " in said, said
    refused = {**WEB, "HostConfig": {"CpuCount": -1}}
    _, said = translate(json.dumps([WEB, refused], indent=1), status=1)
    assert "/1/HostConfig/CpuCount: invalid CPUCount" in said and '"CpuCount": -1' in said, said


def the_body_of_the_call_is_validated():
    body = {"Image": "iis", "Cmd": "cmd", "HostConfig": {"Isolation": "hyperv"}}
    (document,), _ = translate(body, "--id", "x", "--host", HOST)
    assert document["HvPartition"] and document["Name"] == "x", document
    (document,), said = translate({"Image": "iis", "Cmd": ["cmd"], "Env": ["A=1"], "Hostname": "h"})
    assert document["HostName"] == "h" and "read as the body of docker's API call" in said, (document, said)
    _, said = translate({**body, "HostConfig": {"Privileged": True}}, status=1)
    assert "/HostConfig/Privileged: invalid option: privileged mode" in said, said
    _, said = translate({**body, "Cmd": 1}, status=1)
    assert "/Cmd" in said and "json-type" in said, said
    _, said = translate(body, "--profile", "moby-b985e2313", status=1)
    assert "/Cmd" in said, said


def an_image_completes_the_body():
    body = {"Image": "iis", "Env": ["B=2"], "HostConfig": {"Isolation": "process"}}
    config = {"Cmd": ["w3wp.exe"], "Env": ["A=1", "B=1"], "WorkingDir": "C:\\inetpub", "User": "ContainerUser"}
    shown = {"docker image inspect": [{"Id": "sha256:1", "Os": "windows", "Architecture": "amd64", "Config": config, "RootFS": {}}],
             "an OCI image config": {"os": "windows", "architecture": "amd64", "config": config},
             "crictl inspecti": {"status": {"id": "i"}, "info": {"imageSpec": {"os": "windows", "config": config}}}}
    for name, image in shown.items():
        (process,), said = translate(body, "--part", "process", "--image", written("image.json", image))
        assert process["CommandLine"] == "w3wp.exe" and process["User"] == "ContainerUser", (name, process)
        assert process["Environment"] == {"A": "1", "B": "2"} and process["WorkingDirectory"] == "C:\\inetpub", (name, process)
        assert "not used" not in said, (name, said)
    _, said = translate(body, status=1)
    assert "no command specified; --image gives the command of the image" in said, said
    linux = written("linux.json", [{"Os": "linux", "Config": config}])
    _, said = translate(body, "--image", linux, status=1)
    assert linux in said and "operating system is not supported" in said, said
    _, said = translate([WEB], "--image", linux)
    assert "--image is not used" in said, said


def the_network_that_is_there_by_itself_answers_short_names():
    def flag(container, *options):
        return translate(container, "--id", "x", *options)[0][0].get("AllowUnqualifiedDNSQuery")

    for networks, expected in (({"nat": {}}, True), ({"own": {}, "nat": {}}, True), ({"own": {}}, None), ({"none": {}}, None),
                               ({}, None), (None, None)):
        assert flag([{**WEB, "NetworkSettings": {"Networks": networks}}]) is expected, networks
    for mode, expected in (("", True), ("default", True), ("nat", True), ("none", None), ("own", None)):
        assert flag({"Image": "iis", "Cmd": ["cmd"], "HostConfig": {"NetworkMode": mode}}) is expected, mode


def containers_of_others_are_told_apart():
    linux = {**WEB, "Platform": "linux", "HostConfig": {"CapAdd": ["NET_ADMIN"]}}
    documents, said = translate([WEB, linux], status=1)
    assert len(documents) == 1 and "/1/Platform: a Linux container" in said and "[not-a-spec]" in said, said
    nerdctl = {**WEB, "Path": "cmd", "Args": ["/c", "ver"], "Config": {"Hostname": "h"}}
    (process,), said = translate([nerdctl], "--part", "process")
    assert process["CommandLine"] == "cmd /c ver" and "/0/Path: " in said, (process, said)


def what_is_noted_may_be_an_error():
    _, said = translate([WEB], "--strict", status=1)
    assert "stand in" in said, said


def written(name, document):
    with open(os.path.join(FOLDER, name), "w") as file:
        json.dump(document, file)
    return file.name


with tempfile.TemporaryDirectory() as folder:
    FOLDER = folder
    HOST = os.path.join(folder, "host.json")
    with open(HOST, "w") as host:
        json.dump({"uvm_folder": "C:\\layers\\base",
                   "layer_ids": {"C:\\layers\\base": "11111111-2222-3333-4444-555555555555"}}, host)
    tests = [dockerd_makes_the_document, a_shim_makes_it_where_the_profile_has_one, releases_differ,
             several_containers_are_several_lines, the_body_of_the_call_is_validated, an_image_completes_the_body,
             the_network_that_is_there_by_itself_answers_short_names, containers_of_others_are_told_apart,
             what_is_noted_may_be_an_error]
    for test in tests:
        test()
        print(f"ok   {test.__name__}")
print(f"{len(tests)} passed, 0 failed")
