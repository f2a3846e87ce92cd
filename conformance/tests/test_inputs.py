# SPDX-License-Identifier: Apache-2.0
"""hcsproof translate of what people have in hand: configs of crictl, the output of crictl and ctr."""
import json
import os
import tempfile

from kit import as_baseline, equal, main, run

CONTAINER = {"metadata": {"name": "web"}, "image": {"image": "registry.example/web:1"}, "command": ["web.exe", "--port", "80"],
             "mounts": [{"container_path": "D:\\data", "host_path": "C:\\ProgramData\\web", "readonly": True}],
             "windows": {"resources": {"memory_limit_in_bytes": 536870912}}}
POD = {"metadata": {"name": "web", "uid": "1b2c3d4e", "namespace": "prod"}, "hostname": "web-0"}
SPEC = {"ociVersion": "1.1.0", "windows": {"layerFolders": ["C:\\layers\\base", "C:\\layers\\scratch"],
                                           "resources": {"memory": {"limit": 536870912}}}}
YAML = """\
# as crictl takes it
metadata: {name: web}
image: {image: "registry.example/web:1"}
command: [web.exe, --port, 80]
annotations: {io.microsoft.container.storage.qos.iopsmaximum: 5}
windows:
  resources:
    memory_limit_in_bytes: 0x20000000
"""


class Files:
    """Files of one check, by name."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, name, data):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as out:
            out.write(data if isinstance(data, bytes) else data.encode() if isinstance(data, str)
                      else json.dumps(data).encode())
        return path


def translate(command, *arguments, status=0, stdin=b""):
    done = run(command, "translate", *as_baseline(arguments), stdin=stdin)
    equal(done.returncode, status, done.stderr.decode())
    return json.loads(done.stdout) if done.stdout else None, done.stderr.decode()


def says(text, *parts):
    for part in parts:
        if part not in text:
            raise AssertionError(f"{part!r} is not in {text!r}")


def is_silent_on(text, *parts):
    for part in parts:
        if part in text:
            raise AssertionError(f"{part!r} is in {text!r}")


def a_container_of_crictl_runs_down_to_its_document(command, source):
    with tempfile.TemporaryDirectory() as folder:
        file = Files(folder)
        document, notes = translate(command, "--pod", file("pod.json", POD), file("container.json", CONTAINER))
        equal(document["Memory"], {"SizeInMB": 512})
        equal(document["GuestOs"], {"HostName": "web-0"})
        equal(document["MappedDirectories"],
              [{"HostPath": "C:\\ProgramData\\web", "ContainerPath": "D:\\data", "ReadOnly": True}])
        says(notes, "container.json: read as a CRI container config", "stand in for them")
        is_silent_on(notes, "no --pod")


def yaml_is_read_as_crictl_reads_it(command, source):
    with tempfile.TemporaryDirectory() as folder:
        document, _ = translate(command, "--pod", Files(folder)("pod.yaml", "hostname: h\n"),
                                Files(folder)("c.yaml", YAML))
        equal(document["Memory"], {"SizeInMB": 512})
        equal(document["Storage"]["QoS"], {"IopsMaximum": 5})
        equal(document["GuestOs"], {"HostName": "h"})
        _, notes = translate(command, Files(folder)("bad.yaml", "metadata: {name: web\nimage: x\n"), status=1)
        says(notes, "bad.yaml: line 2, column 6: ", "[yaml-syntax]")


def a_pod_alone_gives_its_own_container(command, source):
    with tempfile.TemporaryDirectory() as folder:
        document, notes = translate(command, Files(folder)("pod.json", dict(POD, linux={}, annotations={"a": "b"})))
        says(notes, "/linux: containerd does not read this for a Windows pod [note]", "/annotations/a: is not passed on")
        equal(document["Processor"], {"Weight": 2})
        says(notes, "read as a CRI pod config", "no --image: the pause image is assumed to run /pause.exe")
        path = Files(folder)("pod.json", POD)
        equal(translate(command, "--pod", path), translate(command, path))
        equal(translate(command, "--pod", "-", stdin=json.dumps(POD).encode())[0], translate(command, path)[0])
        account = dict(POD, windows={"security_context": {"credential_spec": "{}"}})
        _, notes = translate(command, Files(folder)("pod.json", account))
        says(notes, "/windows/security_context/credential_spec: ", "--ccg-state")
        job = dict(POD, windows={"security_context": {"host_process": True}})
        _, notes = translate(command, Files(folder)("pod.json", job), status=6)
        says(notes, "pod.json: /windows/security_context/host_process: a HostProcess container", "[host-process]")


def a_host_process_container_is_one_by_its_config(command, source):
    with tempfile.TemporaryDirectory() as folder:
        job = {"metadata": {"name": "a"}, "command": ["a"], "windows": {"security_context": {"host_process": True}}}
        path = Files(folder)("c.json", json.dumps(job, indent=1))
        _, notes = translate(command, path, status=6)
        says(notes, "c.json: /windows/security_context/host_process: ", "c.json:10:20:")


def an_image_is_mounted_where_containerd_mounts_it(command, source):
    mount = {"container_path": "C:\\models", "image": {"image": "models:1"}, "readonly": True}
    container = {"metadata": {"name": "a"}, "command": ["a"]}
    volumes = "C:\\ProgramData\\containerd\\state\\io.containerd.grpc.v1.cri\\image-volumes\\sandbox\\{digest}"
    with tempfile.TemporaryDirectory() as folder:
        file = Files(folder)
        path, base = file("c.json", dict(container, mounts=[mount])), file("base.json", SPEC)
        for arguments in ([path], ["--cri", path, base]):
            document, notes = translate(command, "--profile", "containerd-2.1.9", *arguments)
            equal(document["MappedDirectories"], [{"HostPath": volumes, "ContainerPath": "C:\\models", "ReadOnly": True}])
            says(notes, "c.json: /mounts/0/image: ", "{digest} stands in for it [note]")
        _, notes = translate(command, "--profile", "containerd-2.0.11", path)
        says(notes, "/mounts/0/image: this release does not mount images: containerd 2.1.0 and newer do")
        document, _ = translate(command, "--profile", "containerd-2.3.4",
                                file("c.json", dict(container, mounts=[dict(mount, image_sub_path="a/b")])))
        equal(document["MappedDirectories"][0]["HostPath"], volumes + "\\a\\b")
        for change, place in [({"host_path": "C:\\h"}, "host_path: failed to mount image volume: hostpath must be empty"),
                              ({"readonly": False}, "readonly: failed to mount image volume: readonly must be true"),
                              ({"image": {}}, "image: failed to mount image volume: image not specified")]:
            broken = file("c.json", dict(container, mounts=[dict(mount, **change)]))
            _, notes = translate(command, "--profile", "containerd-2.1.9", broken, status=1)
            says(notes, "c.json: /mounts/0/" + place, "[image-mount]")


def an_image_completes_a_container(command, source):
    config = {"Entrypoint": ["app.exe"], "Volumes": {"C:\\data": {}}}
    shapes = [config, {"config": config, "rootfs": {}}, [{"Config": config, "RootFS": {}}],
              {"status": {}, "info": {"imageSpec": {"config": config}}}]
    container = {"metadata": {"name": "a"}, "image": {"image": "i"}}
    with tempfile.TemporaryDirectory() as folder:
        file = Files(folder)
        _, notes = translate(command, file("c.json", container), status=1)
        says(notes, "c.json: /command: ", "no command specified", "--image", "[command-missing]")
        for shape in shapes:
            document, notes = translate(command, "--image", file("image.json", shape), file("c.json", container))
            equal(document["MappedDirectories"][0]["ContainerPath"], "C:\\data")
            says(notes, "{id} stands in for it")


def names_that_crictl_does_not_read_are_reported(command, source):
    container = {"metadata": {"name": "a"}, "command": ["a"], "mounts": [{"containerPath": "C:\\d", "hostPath": "C:\\h"}],
                 "windows": {"resources": {"memoryLimitInBytes": 536870912}}}
    with tempfile.TemporaryDirectory() as folder:
        file = Files(folder)
        path, base = file("c.json", container), file("base.json", SPEC)
        for arguments in ([path], ["--cri", path, base]):
            document, notes = translate(command, *arguments)
            equal("Memory" in document, arguments[0] == "--cri")  # of the base alone
            says(notes, "/mounts/0/containerPath: crictl does not read this name; use container_path [note]",
                 "/windows/resources/memoryLimitInBytes: crictl does not read this name")
            document, notes = translate(command, "--strict", *arguments, status=1)
            equal(document, None)


def what_is_lost_is_said(command, source):
    container = {"metadata": {"name": "a"}, "command": ["a"], "linux": {"resources": {"cpu_quota": 1}},
                 "devices": [{"host_path": "class/G"}], "annotations": {"a.b/c": "1", "io.microsoft.container.memory.sizeinmb": "9"}}
    with tempfile.TemporaryDirectory() as folder:
        file = Files(folder)
        document, notes = translate(command, file("c.json", container))
        equal(document["Memory"], {"SizeInMB": 9})
        says(notes, "/linux: containerd does not read this for a Windows container [note]",
             "/annotations/a.b~1c: is not passed on")
        _, notes = translate(command, "--runtime", file("r.json", {"container_annotations": ["a.b/*"]}),
                             file("c.json", container))
        says(notes, "/annotations/io.microsoft.container.memory.sizeinmb: is not passed on")
        is_silent_on(notes, "a.b~1c")


def a_profile_decides(command, source):
    container = {"metadata": {"name": "a"}, "command": ["a"], "devices": [{"host_path": "class/G"}],
                 "windows": {"resources": {"affinity_cpus": [{"cpu_mask": 3}]}}}
    with tempfile.TemporaryDirectory() as folder:
        path = Files(folder)("c.json", container)
        document, notes = translate(command, "--profile", "containerd-2.1.9", path)
        equal(document["AssignedDevices"], [{"InterfaceClassGuid": "G"}])
        says(notes, "translating as containerd-2.1.9",
             "/windows/resources/affinity_cpus: this release does not pass CPU affinity on: containerd 2.2.0 and newer do")
        document, notes = translate(command, "--profile", "containerd-1.7.34", path)
        equal(document["AssignedDevices"], [{"InterfaceClassGuid": "G"}])
        document, notes = translate(command, path)
        equal("AssignedDevices" in document, False)
        says(notes, "/devices: this release does not pass devices on: containerd 1.7.0 and newer do")
        document, notes = translate(command, "--profile", "hcsshim-0.13.0", path)
        equal(document["AssignedDevices"], [{"InterfaceClassGuid": "G"}])
        says(notes, "the profile has no containerd: the spec is made as by containerd-2.3.4")
        _, notes = translate(command, "--profile", "containerd-2.1.99", path, status=2)
        says(notes, "did you mean containerd-2.1.9?")


def output_of_crictl_and_ctr_is_unwrapped(command, source):
    outputs = {"crictl inspect": {"status": {"state": "CONTAINER_RUNNING"}, "info": {"config": CONTAINER, "runtimeSpec": SPEC}},
               "crictl inspectp": {"status": {"state": "SANDBOX_READY"}, "info": {"runtimeSpec": SPEC}},
               "ctr containers info": {"ID": "i", "Runtime": {"Name": "io.containerd.runhcs.v1"}, "Spec": SPEC}}
    with tempfile.TemporaryDirectory() as folder:
        plain, _ = translate(command, Files(folder)("spec.json", SPEC))
        for name, output in outputs.items():
            document, notes = translate(command, "-", stdin=json.dumps(output, indent=1).encode())
            equal(document, plain, name)
            says(notes, "read as the output of " + name)
            _, notes = translate(command, "--cri", Files(folder)("o.json", output), Files(folder)("spec.json", SPEC), status=1)
            says(notes, "is the output of " + name + ", not a CRI container config [not-a-config]")
        _, notes = translate(command, "-", stdin=b'{"status":{},"info":{"config":{}}}', status=1)
        says(notes, "has no runtime spec; --from config makes one of info.config [spec-missing]")
        _, notes = translate(command, "-", stdin=b'{"status":{},"info":{}}', status=1)
        says(notes, "/info/runtimeSpec: the output of crictl inspect has no runtime spec [spec-missing]")


def other_things_are_named(command, source):
    _, notes = translate(command, "-", stdin=b'{"colours":{"web":{"image":"w"}}}', status=1)
    says(notes, "no member of this is one of an OCI runtime spec", "[not-a-spec]")
    _, notes = translate(command, "-", stdin=b'{"services":{"web":{"image":"w"}}}', status=1)
    says(notes, "this is a Compose file", "docker inspect", "[not-a-spec]")
    _, notes = translate(command, "--cri", "-", os.path.join(source, "docs/examples/config.json"),
                         stdin=b'{"cniVersion":"1.0.0"}', status=1)
    says(notes, "is a CNI configuration, not a CRI container config [not-a-config]")
    _, notes = translate(command, "-", stdin=b"apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n", status=1)
    says(notes, "/kind: a Pod of the Kubernetes API", "[kubernetes-object]")
    with tempfile.TemporaryDirectory() as folder:
        file = Files(folder)
        _, notes = translate(command, "--pod", file("p.json", SPEC), file("c.json", CONTAINER), status=1)
        says(notes, "p.json: is an OCI runtime spec, not a CRI pod config [not-a-config]")
        _, notes = translate(command, "--cri", file("p.json", POD), file("s.json", SPEC), status=1)
        says(notes, "p.json: is a CRI pod config, not a CRI container config [not-a-config]")
        both = {"metadata": {"name": "a"}, "windows": {}}  # either could be so
        translate(command, "--cri", file("b.json", both), file("s.json", SPEC))
        translate(command, "--pod", file("b.json", both), file("c.json", CONTAINER))
        _, notes = translate(command, "--image", file("i.json", CONTAINER), file("c.json", CONTAINER), status=1)
        says(notes, "i.json: is a CRI container config, not the config of an image [not-a-config]")


def errors_name_the_file_that_caused_them(command, source):
    with tempfile.TemporaryDirectory() as folder:
        file = Files(folder)
        container, pod = file("c.json", CONTAINER), file("p.json", POD)
        for option, data, parts in [
                ("--pod", {"metadata": {"name": "a", "attempt": "x"}}, ["x.json: /metadata/attempt: ", "[json-type]"]),
                ("--image", {"Entrypoint": 5}, ["x.json: /Entrypoint: ", "[json-type]"]),
                ("--image", {"User": "1000"}, ["x.json: /User: ", "[user-lookup]"]),
                ("--runtime", {"pod_annotations": "*"}, ["x.json: /pod_annotations: ", "[json-type]"])]:
            more = [] if option == "--pod" else ["--pod", pod]
            _, notes = translate(command, option, file("x.json", data), *more, container, status=1)
            says(notes, *parts)
        broken = dict(CONTAINER, mounts=[{"container_path": 5}])
        _, notes = translate(command, "--pod", pod, file("c.json", broken), status=1)
        says(notes, "c.json: /mounts/0/container_path: ", "[json-type]")


def what_is_given_in_vain_is_said(command, source):
    with tempfile.TemporaryDirectory() as folder:
        file = Files(folder)
        spec, pod, container = file("s.json", SPEC), file("p.json", POD), file("c.json", CONTAINER)
        _, notes = translate(command, "--pod", pod, spec)
        says(notes, "s.json: --pod is not used: it completes a CRI container config [note]")
        _, notes = translate(command, "--pod", pod, "--runtime", file("r.json", {"runtime_type": "io.containerd.runhcs.v1"}),
                             container)
        says(notes, "r.json: /runtime_type: is ignored: --runtime reads pod_annotations")
        done = run(command, "translate", "--layers", "C:\\a,", spec)
        equal(done.returncode, 2)
        says(done.stderr.decode(), "--layers names an empty folder")
        document, notes = translate(command, "--profile", "moby-28.5.2", "--pod", pod, container)
        equal(document["GuestOs"], {"HostName": "web-0"})
        says(notes, "has no containerd", "has no hcsshim")
        done = run(command, "translate", "--explain", "--part", "spec", "--pod", pod, container)
        says(done.stdout.decode(), '/ociVersion  "1.3.0"  spec /ociVersion  ', "p.json:1:")


def what_a_runtime_would_refuse_or_pass_over_is_said(command, _):
    spec = {**SPEC, "process": {"user": {"uid": 1000, "gid": 0}, "cwd": "C:\\"},
            "annotations": {"io.microsoft.container.memory.sizeinmb": "512MB", "io.microsoft.container.processor.count": "2"}}
    text = json.dumps(spec).encode()
    for bytes_, words in ((b"\xef\xbb\xbf" + text, "begins with a byte-order mark"), (text.decode().encode("utf-16"), "is UTF-16")):
        done = run(command, "translate", "-", stdin=bytes_)
        says(done.stderr.decode(), words, "/process/user/uid: Windows has no such ids",
             "/annotations/io.microsoft.container.memory.sizeinmb: is not a number")
        equal((done.returncode, b"/gid" in done.stderr, b"processor.count" in done.stderr), (0, False, False), done.stderr)
        equal(run(command, "translate", "--strict", "-", stdin=bytes_).returncode, 1)
    crictl = json.dumps({"status": {"state": "CONTAINER_RUNNING"}, "info": {"runtimeSpec": SPEC}})
    equal(b"byte-order" in run(command, "translate", "-", stdin=b"\xef\xbb\xbf" + crictl.encode()).stderr, False,
          "no runtime reads what crictl prints")


def hints_say_what_to_do(command, _):
    for text, words in (("", "the input is empty"), (" \n", "the input is empty"),
                        (json.dumps(SPEC) + "\n" + json.dumps(SPEC), "a second document begins here"),
                        (json.dumps({"ociVersion": "1.0.2", "id": "w", "status": "running", "bundle": "C:\\b"}), "config.json in its bundle")):
        done = run(command, "translate", "-", stdin=text.encode())
        equal(done.returncode, 1, text)
        says(done.stderr.decode(), words)


def a_linux_container_is_told_from_a_broken_one(command, _):
    spec = {"ociVersion": "1.2.0", "process": {"args": ["sh"], "cwd": "/"}, "root": {"path": "rootfs"}, "linux": {"namespaces": []}}
    words = "a Linux container: the spec has no windows section, and Windows is handed no document of it [not-a-spec]"
    for given, where in ((spec, "/linux"), (dict(spec, windows=None), "/linux"),
                         ({"status": {"id": "c"}, "info": {"pid": 1, "runtimeSpec": spec}}, "/info/runtimeSpec/linux"),
                         ({"ID": "c", "Image": "i", "Runtime": {"Name": "io.containerd.runc.v2"}, "SnapshotKey": "c", "Spec": spec}, "/Spec/linux")):
        done = run(command, "translate", "-", stdin=json.dumps(given).encode())
        equal(done.returncode, 1, given)
        says(done.stderr.decode(), f"{where}: {words}")
    # With both sections it is translated, and what hcsshim would do is said.
    done = run(command, "translate", "-", stdin=json.dumps(dict(SPEC, linux={})).encode())
    equal(done.returncode, 0, done.stderr)
    says(done.stderr.decode(), "/linux: hcsshim takes a spec that has this for a Linux container's (LCOW)")


def what_docker_inspect_prints_is_no_request(command, _):
    config = {"Id": "c", "Platform": "windows", "State": {}, "Config": {"Cmd": ["cmd"], "Image": "i"}, "HostConfig": {"CpuShares": "x"}}
    done = run(command, "translate", "-", stdin=json.dumps([config]).encode())
    says(done.stderr.decode(), "/0/HostConfig/CpuShares: json: cannot unmarshal string into Go struct field HostConfig.HostConfig.Resources.CpuShares")
    body = {"Image": "i", "Cmd": ["cmd"], "HostConfig": {"CpuShares": "x"}}
    done = run(command, "translate", "-", stdin=json.dumps(body).encode())
    says(done.stderr.decode(), "/HostConfig/CpuShares: invalid JSON: json: cannot unmarshal string")


if __name__ == "__main__":
    main([a_linux_container_is_told_from_a_broken_one, what_docker_inspect_prints_is_no_request, what_a_runtime_would_refuse_or_pass_over_is_said, hints_say_what_to_do, a_container_of_crictl_runs_down_to_its_document, yaml_is_read_as_crictl_reads_it,
          a_pod_alone_gives_its_own_container, a_host_process_container_is_one_by_its_config,
          an_image_is_mounted_where_containerd_mounts_it, an_image_completes_a_container,
          names_that_crictl_does_not_read_are_reported, what_is_lost_is_said, a_profile_decides, output_of_crictl_and_ctr_is_unwrapped,
          other_things_are_named, what_is_given_in_vain_is_said, errors_name_the_file_that_caused_them])
