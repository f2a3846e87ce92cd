# SPDX-License-Identifier: Apache-2.0
"""What translate makes of bundles, CRI, crictl, ctr and docker files as in public reports."""
import json
import os
import sys
import tempfile

from kit import as_baseline, equal, main, run

WORKING = {"ctr-empty-root.json", "bom.json", "utf16.json", "sandbox-size.json", "affinity.json", "credential-object.json"}
FOLDER = tempfile.TemporaryDirectory()


def write_inputs(source):
    """Makes files of field/translate.json: an object is JSON, a text may be UTF-16."""
    with open(os.path.join(source, "conformance", "tests", "field", "translate.json"), encoding="utf-8") as file:
        inputs = json.load(file)
    for name, data in inputs.items():
        if isinstance(data, dict) and list(data) == ["utf16"]:
            data = data["utf16"].encode("utf-16")
        with open(os.path.join(FOLDER.name, name), "wb") as out:
            out.write(data if isinstance(data, bytes) else data.encode() if isinstance(data, str)
                      else json.dumps(data, separators=(",", ":")).encode())


def translate(command, source, name, *arguments, status=0):
    path = os.path.join(FOLDER.name, name)
    done = run(command, "translate", *as_baseline(arguments), path)
    said = done.stderr.decode().replace(path, name)
    equal(done.returncode, status, said)
    return json.loads(done.stdout) if done.stdout else None, said


def with_base(command, source, name, *arguments, status=0):
    folder = FOLDER.name
    return translate(command, source, "ctr-empty-root.json", "--cri", os.path.join(folder, name), *arguments, status=status)


def says(text, *parts):
    for part in parts:
        if part not in text:
            raise AssertionError(f"{part!r} is not in {text!r}")


def bundles_that_work_give_a_document(command, source):
    for name in sorted(WORKING):
        document, _ = translate(command, source, name)
        equal(document["Storage"]["Layers"][0]["Path"], "C:\\snap\\7", name)
    for name in ("bom.json", "utf16.json"):
        equal(translate(command, source, name)[0]["GuestOs"], {"HostName": "b"})


def what_a_bundle_loses_is_said(command, source):
    rows = [("affinity.json", "/windows/resources/cpu/affinity: ", "hcsshim 0.15.0-rc.2 and newer"),
            ("credential-object.json", "/windows/credentialSpec: ", "an object", "runs without its account"),
            ("sandbox-size.json", "/windows/resources/storage/sandboxSize: ", "no document has it"),
            ("unread.json", "/linux: hcsshim takes a spec that has this for a Linux container's (LCOW)", "/hooks: ", "/process/rlimits: ",
             "/process/niceness: is ignored", "/windows/network/endpointList: ", "--ccg-state")]
    for name, *parts in rows:
        document, said = translate(command, source, name)
        equal(document is not None, True, name)
        says(said, f"{name}: ", "[note]", *parts)
        document, said = translate(command, source, name, "--strict", status=1)
        equal(document, None, name)
    _, said = translate(command, source, "affinity.json", "--profile", "hcsshim-main")
    equal("affinity" in said, False, said)
    _, said = translate(command, source, "unread.json", "--part", "v1")
    equal("--ccg-state" in said or "endpointList" in said, False, said)


def a_host_process_container_has_a_job(command, source):
    document, said = translate(command, source, "hostprocess.json", status=6)
    equal(document, None)
    says(said, "job object", "--part job", "[host-process]")
    job, _ = translate(command, source, "hostprocess.json", "--part", "job", "--id", "j")
    equal(job["Job"], {"Name": "JobContainer_j", "Silo": True, "Limits": {"CPULimit": 2500, "MemoryLimitInBytes": 1073741824}})
    equal(job["RootfsLocation"], "C:\\hpc\\")
    equal(job["Mounts"], [{"Source": "C:\\var\\token", "Destination": "C:\\etc\\token", "ReadOnly": True}])
    equal((job["InheritUser"], job["Process"]["CommandLine"]), (True, "cmd /c cmd.exe /c ver"))
    equal(job["Process"]["Environment"], {"CONTAINER_SANDBOX_MOUNT_POINT": "C:\\hpc\\"})
    parts, _ = translate(command, source, "hostprocess.json", "--part", "all", "--id", "j")
    equal((parts["job"], parts["v2"], parts["vm"]), (job, None, None))
    equal(translate(command, source, "hyperv.json", "--part", "job")[0], None)


def hyper_v_isolation_means_the_vm_of_the_same_call(command, source):
    document, said = translate(command, source, "hyperv.json")
    says(said, "/windows/hyperv: ", "--part all", "--hosting-system", "[note]")
    equal(document["Storage"]["Layers"][0]["Path"].startswith("\\\\?\\VMSMB\\"), True)
    equal(document["Networking"]["Namespace"], "7c1f0f0e-0d63-4b5c-9a4e-2a6b4e9b1d11")
    envelope, _ = translate(command, source, "hyperv.json", "--part", "envelope")
    equal(envelope, {"SchemaVersion": {"Major": 2, "Minor": 1}, "Container": document})
    parts, _ = translate(command, source, "hyperv.json", "--part", "all")
    equal(list(parts), ["spec", "options", "vm", "requests", "v1", "v2", "envelope", "process", "job"])
    equal((parts["v2"], parts["envelope"], parts["v1"], parts["job"]), (document, envelope, None, None))
    equal(parts["spec"]["windows"]["hyperv"], {})
    equal(parts["requests"][-1]["to"], "guest-create")
    both, _ = translate(command, source, "hyperv.json", "--schema", "both")
    equal((both["v2"], "Name" in both["v1"]), (document, True))


def mistakes_are_errors(command, source):
    for name, *parts in [("habits.json", "/windows/layerFolders: ", "[layer-folders-missing]"),
                         ("layer-mount.json", "/mounts/0/type: ", "'windows-layer' not supported", "[mount-type]"),
                         ("pod.yaml", "/kind: a Pod of the Kubernetes API", "crictl inspect", "[kubernetes-object]"),
                         ("go-text.txt", "Go's own notation", "crictl inspect", "[go-text]"),
                         ("credential-spec.json", "read as a credential spec", "windows.credentialSpec", "[not-a-spec]")]:
        document, said = translate(command, source, name, status=1)
        equal(document, None, name)
        says(said, name, *parts)


def places_are_shown(command, source):
    _, said = translate(command, source, "backslash.json", status=1)
    says(said, "backslash.json: ", "[json-syntax]", "\nbackslash.json:2:", "^", "hint: ", "backslash")
    _, said = translate(command, source, "layer-mount.json", status=1)
    says(said, "\nlayer-mount.json:1:", '"type":"windows-layer"')


def what_newer_releases_pass_over_is_said(command, source):
    document, said = translate(command, source, "layer-mount.json", "--profile", "hcsshim-0.13.0")
    equal(document is not None, True)
    says(said, "layer-mount.json: /mounts/0/type: is ignored: since 0.13.0, ", "[note]")
    spec = {"ociVersion": "1.1.0", "root": {"path": "rootfs"}, "windows": {"layerFolders": ["C:\\a", "C:\\s"], "hyperv": {}}}
    with open(os.path.join(FOLDER.name, "rooted.json"), "w", encoding="utf-8") as out:
        json.dump(spec, out)
    _, said = translate(command, source, "rooted.json", status=1)
    says(said, "rooted.json: /root/path: the OCI specification forbids a root path with Hyper-V isolation")


def missing_layers_are_stood_in_for(command, source):
    document, said = translate(command, source, "no-layers.json")
    says(said, "C:\\layers\\base and C:\\layers\\scratch stand in for them (--layers) [note]")
    equal(document["Storage"]["Layers"][0]["Path"], "C:\\layers\\base")
    for layers in (["--layers", "C:\\a,C:\\b,C:\\s"], ["--layers", "C:\\a", "--layers", "C:\\b", "--layers", "C:\\s"]):
        document, said = translate(command, source, "no-layers.json", *layers)
        equal(([layer["Path"] for layer in document["Storage"]["Layers"]], said), (["C:\\a", "C:\\b"], ""))


def cri_configs_lose_what_crictl_and_containerd_lose(command, source):
    document, said = translate(command, source, "camel.json")
    says(said, "read as a CRI container config", "/mounts/0/containerPath: crictl does not read this name",
         "/windows/resources/memoryLimitInBytes: crictl does not read this name")
    equal("Memory" in document, False)
    rows = [("linux-habits.json", "/linux: containerd does not read this"),
            ("csi-parent.json", "C:\\windows is a folder of the image"),
            ("devices.json", "/devices: ", "containerd 1.7.0 and newer do")]
    for name, *parts in rows:
        says(translate(command, source, name)[1], *parts)
    says(translate(command, source, "devices.json")[1], "/affinity_cpus: is ignored", "containerd 2.1.0 and newer do")
    document, said = translate(command, source, "devices.json", "--profile", "containerd-2.3")
    equal(document["AssignedDevices"][0]["InterfaceClassGuid"], "5B45201D-F2F2-4F3B-85BB-30FF1F953599")
    document, _ = translate(command, source, "sandbox-mount.json")
    equal(document["MappedDirectories"][0]["HostPath"], "sandbox:\\state")


def with_cri_notes_and_errors_name_the_config(command, source):
    _, said = with_base(command, source, "devices.json")
    says(said, "devices.json: /devices: this release does not pass devices on")
    _, said = with_base(command, source, "linux-habits.json")
    says(said, "linux-habits.json: /linux: ")
    _, said = with_base(command, source, "credential.json")
    says(said, "credential.json: /windows/security_context/credential_spec: ", "--ccg-state")
    _, said = with_base(command, source, "exclusive.json", status=1)
    says(said, "exclusive.json: /windows/resources/cpu_shares: ", "[cpu-limits-exclusive]")
    _, said = translate(command, source, "exclusive.json", status=1)
    says(said, "exclusive.json: /windows/resources/cpu_shares: ", "[cpu-limits-exclusive]")
    _, said = translate(command, source, "csi-parent.json")
    says(said, "csi-parent.json: /mounts/0/container_path: ")
    _, said = translate(command, source, "crictl.json", "--root", "C:\\x", status=1)
    says(said, "crictl.json: /info/runtimeSpec/root/path: ", "[root-path-not-volume]")
    _, said = with_base(command, source, "crictl.json", status=1)
    says(said, "is the output of crictl inspect, not a CRI container config", "[not-a-config]")
    _, said = with_base(command, source, "go-text.txt", status=1)
    says(said, "[go-text]")


def crictl_inspect_holds_two_ways(command, source):
    ran, said = translate(command, source, "crictl.json")
    says(said, "read as the output of crictl inspect")
    equal((ran["Memory"], ran["MappedDirectories"]), ({"SizeInMB": 256}, [{"HostPath": "C:\\m", "ContainerPath": "E:\\m"}]))
    spec, _ = translate(command, source, "crictl.json", "--part", "spec")
    equal(spec["windows"]["layerFolders"], ["C:\\snap\\7", "C:\\snap\\9"])
    made, said = translate(command, source, "crictl.json", "--from", "config", "--profile", "containerd-2.2")
    equal((made["Memory"], made["MappedDirectories"]), (ran["Memory"], ran["MappedDirectories"]))
    says(said, "the spec made of info.config by containerd-2.2", "differs from info.runtimeSpec", "/windows/layerFolders")
    _, said = translate(command, source, "ctr-empty-root.json", "--from", "config", status=1)
    says(said, "[no-config]")


def docker_makes_its_own_document(command, source):
    document, said = translate(command, source, "docker.json")
    says(said, "read as the output of docker inspect", "stand in", "CredentialSpecs\\app.json")
    equal((document["Owner"], document["MemoryMaximumInMB"], document["HostName"]), ("docker", 1024, "app"))
    parts, _ = translate(command, source, "docker.json", "--part", "all")
    equal((parts["v1"], parts["v2"], parts["vm"], parts["process"]["CommandLine"]), (document, None, None, "app.exe"))
    _, said = translate(command, source, "docker.json", "--part", "v2", status=1)
    says(said, "dockerd makes documents of schema 1 only")
    document, _ = translate(command, source, "ctr-empty-root.json", "--profile", "moby-28.5.2", "--root",
                            "\\\\?\\Volume{7c1f0f0e-0d63-4b5c-9a4e-2a6b4e9b1d11}\\")
    equal(document["Owner"], "docker")
    document, said = translate(command, source, "ctr-empty-root.json", "--profile", "go-1.22.12")
    says(said, "has no hcsshim: translated by the shim of containerd-")


def fields_are_explained(command, source):
    folder = FOLDER.name

    def explain(name, *arguments):
        path = os.path.join(folder, name)
        done = run(command, "translate", "--explain=json", *arguments, path)
        equal(done.returncode, 0, done.stderr)
        return {line["pointer"]: line for line in map(json.loads, done.stdout.decode().splitlines())}

    fields = explain("crictl.json")
    equal((fields["/Memory/SizeInMB"]["value"], fields["/Memory/SizeInMB"]["source"]["pointer"]),
          (256, "/info/runtimeSpec/windows/resources/memory/limit"))
    equal(fields["/Memory/SizeInMB"]["source"]["line"], 1)
    equal(fields["/Storage/Layers/0/Id"]["source"], {"host": "layer_id C:\\snap\\7"})
    equal([pointer for pointer, field in fields.items() if field["rule"] is None], [])
    fields = explain("crictl.json", "--from", "config", "--layers", "C:\\a,C:\\s")
    equal(fields["/Memory/SizeInMB"]["source"]["pointer"], "/info/config/windows/resources/memory_limit_in_bytes")
    equal(fields["/Storage/Layers/0/Path"]["source"], {"option": "layers"})
    equal(explain("hyperv.json")["/Storage/Layers/0/Path"]["source"]["pointer"], "/windows/layerFolders/0")
    for part in ("v1", "envelope", "process", "spec"):
        equal([p for p, field in explain("ctr-empty-root.json", "--part", part).items() if field["rule"] is None], [], part)
    done = run(command, "translate", "--explain", os.path.join(folder, "sandbox-size.json"))
    says(done.stdout.decode(), "/Storage/Path  ", "sandbox-size.json:1:", "constant")
    equal(run(command, "translate", "--explain", "--jsonl", "-").returncode, 2)


def changes_says_which_containers_change(command, source):
    folder = FOLDER.name

    def changes(start, end, *names, status):
        done = run(command, "changes", start, end, *(os.path.join(folder, name) for name in names))
        equal(done.returncode, status, done.stderr)
        return done.stdout.decode()

    said = changes("containerd-2.1.9", "containerd-2.3.4", "devices.json", "hyperv.json", "ctr-empty-root.json", status=1)
    says(said, "devices.json\n  spec: ", "/windows/resources/cpu\n      before (nothing)\n      after  ", "should containerd.affinity.step, with containerd-2.2.0\n    A container's CPU",
         "hyperv.json\n  options of the VM: ", "document of the VM: 1 difference", "2 of 3 containers change")
    equal("ctr-empty-root.json" in said, False)
    # Where only versions differ, no change is to blame.
    said = changes("containerd-1.6.39", "containerd-2.3.4", "devices.json", status=1)
    says(said, "must containerd.devices, with containerd-1.7.0", "containerd-2.0.0 by itself, which writes its own versions")
    equal("spec.freebsd" in said or "hcsshim.gmsa.disable" in said, False, said)
    says(changes("moby-25.0.5", "moby-28.5.2", "docker.json", status=1), "  spec: 1 difference", "/ociVersion")
    says(changes("hcsshim-0.13.0", "hcsshim-0.13.0", "layer-mount.json", status=0), "0 of 1 containers change")
    says(changes("hcsshim-0.12.9", "hcsshim-0.13.0", "layer-mount.json", status=1), "  document\n    before, it is refused: ", "[mount-type]",
         "    after,  it is made", "hcsshim.mounts.type-unchecked")
    equal(run(command, "changes", "containerd-2.1.9", "containerd-2.3.4", os.path.join(folder, "none.json")).returncode, 4)
    done = run(command, "changes", "containerd-2.1.9", "containerd-2.3.4", os.path.join(folder, "pod.yaml"))
    equal(done.returncode, 2)
    says(done.stderr.decode(), "pod.yaml: /kind: a Pod of the Kubernetes API", "[kubernetes-object]")
    says(done.stdout.decode(), "0 of 0 containers change")


if __name__ == "__main__":
    write_inputs(sys.argv[2])
    main([bundles_that_work_give_a_document, what_a_bundle_loses_is_said, a_host_process_container_has_a_job,
          hyper_v_isolation_means_the_vm_of_the_same_call, mistakes_are_errors, what_newer_releases_pass_over_is_said, places_are_shown, missing_layers_are_stood_in_for,
          cri_configs_lose_what_crictl_and_containerd_lose, with_cri_notes_and_errors_name_the_config,
          crictl_inspect_holds_two_ways, docker_makes_its_own_document, fields_are_explained, changes_says_which_containers_change])
