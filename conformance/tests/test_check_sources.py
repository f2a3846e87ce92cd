#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""hcsproof check: where containers came from (state folders, inspections, CRI configs), whose documents they are
compared with, what is not shown, and two recordings."""
import copy
import json
import os
import tempfile

from kit import equal, main, one_line, run

ID = "hcsrun-02c9436d-19d1-4e4c-b2cb-efcc4705c9ad"
CREATE = "HcsCreateComputeSystem"
SECRET = "hunter2-and-more"


def data(source, name):
    return os.path.join(source, "conformance/tests/data", name)


def lines_of_recording(source, name="recording"):
    with open(data(source, name + ".jsonl"), encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def bundle_of(source):
    with open(data(source, "recorded-bundle.json"), encoding="utf-8") as file:
        return json.load(file)


def text_of(lines):
    return "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines).encode()


def line_of(lines, call):
    return next(line for line in lines if line.get("call") == call)


def put(folder, name, content):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(content if isinstance(content, str) else json.dumps(content))
    return path


def check(command, lines, *options):
    done = run(command, "check", *options, "-", stdin=text_of(lines))
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def has(text, *parts):
    for part in parts:
        if part not in text:
            raise AssertionError(f"{part!r} is not in {text!r}")


# ---- where containers came from

def state_folders_have_the_bundles(command, source):
    lines, bundle = lines_of_recording(source), bundle_of(source)
    with tempfile.TemporaryDirectory() as folder:
        task = "io.containerd.runtime.v2.task/k8s.io/"
        put(folder, task + ID + "/config.json", bundle)
        put(folder, task + "other/config.json", "{")  # of no container here: nobody reads it
        put(folder, "root/snapshots/1/Files/" + ID + "/config.json", "{")  # what is in layers is nobody's bundle
        status, out, err = check(command, lines, "--state", folder, "--profile", "baseline")
        equal((status, err), (0, ""), out)
        has(out, "compared with the reference: 1, not compared: 0; 0 errors")
        bundle["windows"]["resources"]["memory"]["limit"] = 1 << 30
        put(folder, task + ID + "/config.json", bundle)
        status, out, err = check(command, lines, "--state", folder)
        equal(status, 1)
        has(out, "/Container/Memory/SizeInMB: error: value: the reference has 1024, the recording 256")
        # --bundle comes before it
        equal(check(command, lines, "--state", folder, "--profile", "baseline", "--bundle",
                    ID + "=" + data(source, "recorded-bundle.json"))[0], 2)
        put(folder, "io.containerd.runtime.v2.task/default/" + ID + "/config.json", bundle)
        status, out, err = check(command, lines, "--state", folder)
        equal(status, 4)
        has(err, "is not the only bundle of this container")
        os.remove(os.path.join(folder, task + ID + "/config.json"))
        put(folder, "io.containerd.runtime.v2.task/default/" + ID + "/config.json", "{")
        status, out, err = check(command, lines, "--state", folder)
        has(out, "[reference-refuses]")


def a_state_folder_that_has_nothing_is_told(command, source):
    lines = lines_of_recording(source)
    with tempfile.TemporaryDirectory() as folder:
        status, _, err = check(command, lines, "--state", folder)
        equal(status, 4)
        has(err, "there are no bundles in it")
        put(folder, "other/config.json", bundle_of(source))
        status, _, err = check(command, lines, "--state", folder)
        equal(status, 2)
        has(err, "none of its bundles is of a container that the recording creates")
        status, _, err = check(command, lines, "--state", os.path.join(folder, "nowhere"))
        equal(status, 4)


def links_in_a_state_folder_are_not_followed(command, source):
    lines = lines_of_recording(source)
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as elsewhere:
        put(elsewhere, ID + "/config.json", bundle_of(source))
        try:
            os.symlink(elsewhere, os.path.join(folder, "link"))
        except OSError:  # Windows without the right to make links
            return
        status, _, err = check(command, lines, "--state", folder)
        equal(status, 4, err)
        has(err, "there are no bundles in it")


def inspections_are_bundles(command, source):
    lines, bundle = lines_of_recording(source), bundle_of(source)
    crictl = {"status": {"id": ID, "state": "CONTAINER_RUNNING"}, "info": {"runtimeSpec": bundle, "config": {}}}
    ctr = {"ID": ID, "Runtime": {"Name": "io.containerd.runhcs.v1"}, "Spec": bundle}
    with tempfile.TemporaryDirectory() as folder:
        for name, document in (("crictl.json", crictl), ("ctr.json", ctr)):
            path = put(folder, name, document)
            status, out, err = check(command, lines, "--bundle", path, "--profile", "baseline")
            equal((status, err), (0, ""), out)
            has(out, "compared with the reference: 1,")
            text = json.dumps(document).replace(ID, "another")
            status, out, err = check(command, lines, "--bundle", put(folder, name, text))
            equal(status, 2, "it names another container")
            has(err, "the recording creates no container for this bundle")
            status, out, err = check(command, lines, "--profile", "baseline", "--bundle", ID + "=" + path)
            equal((status, err), (0, ""), "an id that is given comes first")
        utf16 = os.path.join(folder, "powershell.json")
        with open(utf16, "wb") as file:
            file.write(json.dumps(ctr).encode("utf-16"))
        equal(check(command, lines, "--bundle", utf16, "--profile", "baseline")[0], 0)


def cri_configs_are_bundles(command, source):
    """The spec that containerd makes of a config."""
    lines = lines_of_recording(source)
    config = {"metadata": {"name": "web"}, "image": {"image": "web"}, "command": ["cmd"],
              "windows": {"resources": {"memory_limit_in_bytes": 268435456, "cpu_count": 2}, "security_context": {}},
              "mounts": [{"container_path": "C:\\srv", "host_path": "C:\\site", "readonly": True}]}
    pod = {"metadata": {"name": "web", "namespace": "n", "uid": "u"}, "hostname": "web-1", "windows": {}}
    with tempfile.TemporaryDirectory() as folder:
        options = ("--bundle", put(folder, "container.json", config), "--pod", put(folder, "pod.json", pod))
        status, out, err = check(command, lines, *options)
        equal((status, err), (0, ""), out)
        has(out, "compared with the reference: 1,")
        config["windows"]["resources"]["memory_limit_in_bytes"] *= 2
        put(folder, "container.json", config)
        has(check(command, lines, *options)[1], "/Container/Memory/SizeInMB")


DOCKER = {
    "Id": "5f1c0e77aa10", "Platform": "windows", "State": {"Status": "running"},
    "Mounts": [{"Type": "volume", "Name": "logs", "Source": "C:\\ProgramData\\docker\\volumes\\logs\\_data",
                "Destination": "c:\\logs", "RW": True}],
    "Config": {"Hostname": "web", "Cmd": ["w3wp"], "Env": ["A=1"], "Image": "iis"},
    "HostConfig": {"Isolation": "process", "Binds": ["logs:C:\\logs"], "Memory": 536870912, "NetworkMode": "nat"},
}


def docker_lines(command, container=DOCKER):
    """The recording of a dockerd that makes what the reference says, on facts of its own."""
    document = json.loads(run(command, "translate", "--profile", "moby-28.5.2", "-", stdin=json.dumps([container]).encode()).stdout)
    document.update(VolumePath="\\\\?\\Volume{813a9972-69a5-5f56-b6f9-1a4217078a0d}", LayerFolderPath="C:\\d\\5f1c",
                    Layers=[{"ID": "680ea806-0cc0-5eb0-b835-3a2deedd6052", "Path": "C:\\d\\iis"}],
                    EndpointList=["3f0a5653-479c-4cd9-a8d1-6026cf7246ee"])
    return [{"process": 1, "host": {"build": 20348, "processors": 2}},
            {"process": 1, "call": "NameToGuid", "in": {"name": "iis"}, "result": "0x00000000",
             "out": {"guid": "680ea806-0cc0-5eb0-b835-3a2deedd6052"}},
            {"process": 1, "call": CREATE, "in": {"id": DOCKER["Id"], "configuration": document}, "result": "0xc0370103",
             "out": {"system": 16}}]


def dockers_containers_are_compared(command, source):
    lines = docker_lines(command)
    own = {"ID": DOCKER["Id"], "Config": DOCKER["Config"], "MountPoints": {"c:\\logs": {
        "Type": "volume", "Name": "logs", "Source": "", "Destination": "c:\\logs", "RW": True}}}
    with tempfile.TemporaryDirectory() as folder:
        inspected = put(folder, "inspect.json", [{**DOCKER, "Id": "other"}, DOCKER])
        state = os.path.join(folder, "docker")
        put(state, "containers/5f1c0e77aa10/config.v2.json", own)
        put(state, "containers/5f1c0e77aa10/hostconfig.json", DOCKER["HostConfig"])
        status, out, err = check(command, lines, "--bundle", DOCKER["Id"] + "=" + inspected, "--profile", "moby-28.5.2")
        equal((status, err), (0, ""), out)
        has(out, "compared with the reference: 1,", "the reference is moby-28.5.2")
        status, out, err = check(command, lines, "--state", state)
        equal((status, err), (0, ""), out)
        has(out, "compared with the reference: 1,")
        lines[2]["in"]["configuration"]["MemoryMaximumInMB"] = 256
        for options in (("--state", state), ("--bundle", DOCKER["Id"] + "=" + inspected)):
            status, out, err = check(command, lines, *options)
            equal(status, 1)
            has(out, "/MemoryMaximumInMB: error: value: the reference has 512, the recording 256")
        put(state, "containers/5f1c0e77aa10/hostconfig.json", "{")
        status, out, err = check(command, lines, "--state", state)
        equal(status, 4)
        has(err, "is not JSON")


def networks_have_a_say(command, source):
    """Of the network that is there by itself the driver is known; of another one the recording tells."""
    for name, flag, expected in (("nat", True, 0), ("nat", None, 1), ("own", True, 0), ("own", None, 0)):
        networks = {"Networks": {name: {"NetworkID": "n", "EndpointID": "e"}}}
        lines = docker_lines(command, {**DOCKER, "NetworkSettings": networks})
        document = lines[2]["in"]["configuration"]
        equal(document.pop("AllowUnqualifiedDNSQuery", None), True if name == "nat" else None)
        if flag:
            document["AllowUnqualifiedDNSQuery"] = flag
        with tempfile.TemporaryDirectory() as folder:
            put(folder, "containers/5f1c0e77aa10/config.v2.json",
                {"ID": DOCKER["Id"], "Config": DOCKER["Config"], "NetworkSettings": networks, "MountPoints": {"c:\\logs": {
                    "Type": "volume", "Name": "logs", "Source": "", "Destination": "c:\\logs", "RW": True}}})
            put(folder, "containers/5f1c0e77aa10/hostconfig.json", DOCKER["HostConfig"])
            inspected = put(folder, "inspect.json", [{**DOCKER, "NetworkSettings": networks}])
            for options in (("--state", folder), ("--bundle", inspected)):
                status, out, err = check(command, lines, *options, "--profile", "moby-28.5.2")
                equal((status, err), (expected, ""), (name, flag, out))
                has(out, "compared with the reference: 1,")


def one_bundle_for_several_is_hinted_at(command, source):
    lines = lines_of_recording(source)
    lines = lines + copy.deepcopy(lines)
    status, _, err = check(command, lines, "--bundle", data(source, "recorded-bundle.json"), "--profile", "baseline")
    equal(status, 0)
    has(err, "2 containers were compared with one bundle")


# ---- whose documents

def program(name="containerd-shim-runhcs-v1.exe", version=None, go="go1.22.12", **more):
    modules = [] if version is None else [{"path": "github.com/Microsoft/hcsshim", "version": version}]
    return {"path": "C:\\bin\\" + name, "go": {"version": go, "modules": modules, **more}}


SHIM = "github.com/Microsoft/hcsshim/cmd/containerd-shim-runhcs-v1"
CLIENTS = (
    (program(version="v0.12.9", path=SHIM), "hcsshim-0.12.9+go-1.22.12 (containerd-shim-runhcs-v1.exe)"),
    (program(version="v0.12.9", go="go1.999"), "hcsshim-0.12.9 (containerd-shim-runhcs-v1.exe)"),
    (program(version="v0.13.0+incompatible", go=""), "hcsshim-0.13.0 (containerd-shim-runhcs-v1.exe)"),
    (program(version="v0.12.0-rc.1.0.20231101120000-0af576d29abc", go=""),
     "hcsshim-0af576d29 (containerd-shim-runhcs-v1.exe)"),
    (program(version="(devel)", go="", path=SHIM, revision="0af576d29abcdef"),
     "hcsshim-0af576d29 (containerd-shim-runhcs-v1.exe)"),
    (program("hcsrun.exe"), "baseline (hcsrun.exe)"),
    (program("dockerd.exe", path="github.com/docker/docker/cmd/dockerd", go=""), "containerd-"),
    ({"path": "C:\\dockerd.exe", "version": "28.5.2.0", "go": {"path": "github.com/docker/docker/cmd/dockerd"}},
     "moby-28.5.2 (dockerd.exe)"),
    (program("mine.exe"), "containerd-"),
    ({}, "containerd-"),
    ("nonsense", "containerd-"),
)


def the_client_says_which_release_it_is(command, source):
    for described, expected in CLIENTS:
        lines = lines_of_recording(source)
        lines[0]["program"] = described
        bundle = ("--bundle", data(source, "recorded-bundle.json"))
        _, out, err = check(command, lines, *bundle)
        has(out, "; the reference is " + expected)
        _, out, err = check(command, lines, *bundle, "--profile", "baseline")
        has(out, "; the reference is baseline\n")
    lines[0]["program"] = program(version="v0.12.9", go="")
    _, out, err = check(command, lines, *bundle, "--format", "json")
    has(err, "comparing with the reference as hcsshim-0.12.9 (containerd-shim-runhcs-v1.exe)")
    _, out, err = check(command, lines)
    has(out, "; the reference is containerd-")  # nothing was compared


def a_release_that_is_not_known_is_told(command, source):
    lines = lines_of_recording(source)
    lines[0]["program"] = program(version="v0.99.0")
    status, out, _ = check(command, lines, "--bundle", data(source, "recorded-bundle.json"))
    has(out, "note: containerd-shim-runhcs-v1.exe says it is hcsshim-0.99.0, which no profile is: comparing with "
             "containerd-", "[client-unknown]")
    equal(status, 0, out)


# ---- secrets

def with_secrets(source):
    lines = lines_of_recording(source)
    parameters = line_of(lines, "HcsCreateProcess")["in"]["parameters"]
    parameters["Environment"]["DB_PASSWORD"] = SECRET
    parameters["WorkingDirectory"] = "dir"  # something to tell
    document = line_of(lines, CREATE)["in"]["configuration"]
    document["Container"]["ContainerCredentialGuard"] = {"Cookie": SECRET, "RpcEndpoint": SECRET, "CredentialSpec": SECRET}
    return lines


def nothing_secret_is_shown(command, source):
    lines = with_secrets(source)
    bundle = ("--bundle", data(source, "recorded-bundle.json"))
    for options in ((), bundle, ("--format", "json"), ("--format", "json", *bundle)):
        status, out, err = check(command, lines, *options)
        equal((status, SECRET in out + err), (1, False), out)
    has(check(command, lines, *bundle)[1], "<scrubbed>")
    has(check(command, lines, *bundle, "--keep-secrets")[1], SECRET)
    # what is wrong with a secret is told, and the excerpt is masked where it was
    lines = lines_of_recording(source)
    line_of(lines, "HcsCreateProcess")["in"]["parameters"]["Environment"] = {"A": [SECRET], "B": SECRET}
    status, out, _ = check(command, lines)
    has(out, "/Environment/A: error:", "***")
    equal((status, SECRET in out), (1, False), out)


SECRETS = (
    {"Environment": {"A": SECRET, "B": "x"}},
    {"environment": {"A": SECRET}},
    {"OCISpecification": {"process": {"env": ["A=" + SECRET, SECRET]}}},
    {"OCISpecification": json.dumps({"process": {"env": ["A=" + SECRET]}})},
    {"Credentials": SECRET},
    {"Container": {"ContainerCredentialGuard": {"Cookie": SECRET, "CredentialSpec": json.dumps({"x": SECRET})}}},
    {"Settings": {"OperationDetails": {"CredentialSpec": {"a": [SECRET, {"b": SECRET}]}}}},
    {"UserPassword": SECRET, "AccessToken": SECRET, "ApiKey": SECRET},
    json.dumps({"Environment": {"A": SECRET}}, indent=1),
    json.dumps(json.dumps({"Environment": {"A": SECRET}})),
    '{"Environment": {"A": "' + SECRET,  # cut short
)


def a_copy_can_be_shared(command, source):
    for secrets in SECRETS:
        line = {"process": 1, "call": "HcsCreateProcess", "in": {"system": 1, "parameters": secrets}, "result": "0x00000000",
                "out": {}}
        done = run(command, "check", "--scrub", "-", stdin=text_of([line]))
        equal((done.returncode, done.stderr), (0, b""))
        equal(SECRET in done.stdout.decode(), False, done.stdout)
        told = json.loads(done.stdout)
        equal(told["call"], "HcsCreateProcess")
        has(done.stdout.decode(), "scrubbed")
        equal(run(command, "check", "--scrub", "-", stdin=done.stdout).stdout, done.stdout, "nothing is left to do")


def the_rest_of_a_copy_is_the_recording(command, source):
    lines = lines_of_recording(source)
    del line_of(lines, "HcsCreateProcess")["in"]["parameters"]["Environment"]
    text = text_of(lines)
    equal(run(command, "check", "--scrub", "-", stdin=text).stdout, text)
    names = {"process": 1, "call": "HcsCreateProcess", "in": {"parameters": {"Environment": {"NAME": SECRET}, "CreateStdInPipe":
             True, "RestrictedToken": True, "ConsoleSize": [1, 2]}}, "result": "0x00000000", "out": {}}
    told = json.loads(run(command, "check", "--scrub", "-", stdin=text_of([names])).stdout)
    names["in"]["parameters"]["Environment"]["NAME"] = "<scrubbed>"
    equal(told, names)
    told = json.loads(run(command, "check", "--scrub", "-", stdin=b"{ damaged " + SECRET.encode() + b"\n").stdout)
    equal((SECRET in told, "26 bytes" in told), (False, True), told)


def the_copy_is_a_file_of_its_own(command, source):
    with tempfile.TemporaryDirectory() as folder:
        recording, copied = os.path.join(folder, "r.jsonl"), os.path.join(folder, "copy.jsonl")
        text = text_of(with_secrets(source))
        with open(recording, "wb") as file:
            file.write(text)
        done = run(command, "check", recording, "--scrub", "-o", copied)
        equal((done.returncode, done.stdout, done.stderr), (0, b"", b""))
        with open(copied, "rb") as file:
            equal(SECRET.encode() in file.read(), False)
        done = run(command, "check", recording, "--scrub", "-o", recording)
        equal(done.returncode, 2)
        one_line(done.stderr, "is the recording itself")
        with open(recording, "rb") as file:
            equal(file.read(), text, "the recording keeps what it has")
        for options in (("--scrub", "--keep-secrets"), ("--scrub", "--with", recording), ("-o", copied),
                        ("--with", recording, "--state", folder)):
            equal(run(command, "check", recording, *options).returncode, 2, options)
        equal(run(command, "check", recording, "--scrub", "-o", os.path.join(folder, "no/where")).returncode, 4)


# ---- two recordings

def compare(command, lines, others, *options):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "other.jsonl")
        with open(path, "wb") as file:
            file.write(text_of(others))
        done = run(command, "check", "-", "--with", path, "--format", "json", *options, stdin=text_of(lines))
        return done.returncode, json.loads(done.stdout or "[]"), done.stderr.decode()


def the_same_work_is_the_same(command, source):
    lines = lines_of_recording(source)
    text = json.dumps(lines)
    for guid, other in (("02c9436d-19d1-4e4c-b2cb-efcc4705c9ad", "11111111-2222-3333-4444-555555555555"),
                        ("3f0a5653-479c-4cd9-a8d1-6026cf7246ee", "21111111-2222-3333-4444-555555555555"),
                        ("813a9972-69a5-5f56-b6f9-1a4217078a0d", "31111111-2222-3333-4444-555555555555")):
        equal(guid in text, True)
        text = text.replace(guid, other)
    equal(compare(command, lines, lines), (0, [], ""))
    equal(compare(command, lines, json.loads(text)), (0, [], ""))
    # A GUID that both have is none of a run's own: another in its place is a difference.
    others = lines_of_recording(source)
    line_of(others, "PrepareLayer")["in"]["parents"][0]["Id"] = "11111111-2222-3333-4444-555555555555"
    status, found, _ = compare(command, lines, others)
    equal((status, [(f["call"], f["pointer"]) for f in found]), (1, [("PrepareLayer", "/0/Id")]))


def what_an_upgrade_changed_is_told(command, source):
    lines, others = lines_of_recording(source), lines_of_recording(source)
    line_of(others, CREATE)["in"]["configuration"]["Container"]["Memory"]["SizeInMB"] = 512
    at = lines.index(line_of(lines, CREATE)) + 1
    status, found, _ = compare(command, lines, others)
    equal((status, [(f["call"], f["line"], f["with_line"], f["pointer"], f["message"]) for f in found]),
          (1, [(CREATE, at, at, "/Container/Memory/SizeInMB", "value: 256, and in the other 512")]))
    # A document more, in the middle of others: the others are still held against their own.
    query = line_of(others, "HcnQueryNamespaceProperties")
    more = copy.deepcopy(query)
    more["in"]["query"] = {"SchemaVersion": {"Major": 2, "Minor": 0}, "Filter": "{}"}
    lines = lines_of_recording(source)
    others = copy.deepcopy(lines)
    others.insert(others.index(query) if query in others else 0, more)
    status, found, _ = compare(command, lines, others)
    equal((status, [(f["call"], f["pointer"], f["message"]) for f in found]), (1, [
        ("HcnQueryNamespaceProperties", "", "only the other recording has the document"),
        ("HcnQueryNamespaceProperties", "", "1 call, and in the other 2")]))
    status, found, _ = compare(command, others, lines)
    equal(found[0]["message"], "only this recording has the document")


def secrets_of_both_are_kept(command, source):
    lines, others = with_secrets(source), with_secrets(source)
    line_of(others, "HcsCreateProcess")["in"]["parameters"]["Environment"]["DB_PASSWORD"] = SECRET + "3"
    status, found, _ = compare(command, lines, others)
    equal((status, SECRET in json.dumps(found), len(found)), (1, False, 1), found)
    status, found, _ = compare(command, lines, others, "--keep-secrets")
    equal((status, SECRET in json.dumps(found)), (1, True), found)


def nothing_compared_is_not_green(command, source):
    lines = lines_of_recording(source)
    status, _, err = compare(command, lines, lines[:1])
    equal(status, 2)
    has(err, "none of its calls hands over a document")
    equal(compare(command, [], lines)[0], 2)


main([state_folders_have_the_bundles, a_state_folder_that_has_nothing_is_told, links_in_a_state_folder_are_not_followed,
      inspections_are_bundles, cri_configs_are_bundles, dockers_containers_are_compared, networks_have_a_say, one_bundle_for_several_is_hinted_at,
      the_client_says_which_release_it_is, a_release_that_is_not_known_is_told, nothing_secret_is_shown, a_copy_can_be_shared,
      the_rest_of_a_copy_is_the_recording, the_copy_is_a_file_of_its_own, the_same_work_is_the_same,
      what_an_upgrade_changed_is_told, secrets_of_both_are_kept, nothing_compared_is_not_green])
