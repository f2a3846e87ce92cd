# SPDX-License-Identifier: Apache-2.0
"""hcsproof translate: the samples, both stages, the parts of a document, and whose fault it is."""
import json
import os
import tempfile
import uuid

from kit import equal, main, samples, write_parts
from translating import SMALL, one_error, small, translate

SPACE = uuid.UUID("8d0c6f52-0c5e-5e0b-9d0e-2a6a5d1f7c11")


def sample_arguments(folder, parts):
    """The options of a sample whose parts are in the folder, or null when they cannot be said on the command line."""
    options = parts["options"]
    if set(options) - {"id", "owner", "schema", "network_namespace", "scale_cpu_limits_to_sandbox"}:
        return None
    arguments = ["--host", os.path.join(folder, "host.json"), "--id", options["id"], "--owner", options.get("owner", "")]
    arguments += ["--network-namespace", options.get("network_namespace", "")]
    for name in ("hosting-system", "cri"):
        if name in parts:
            arguments += ["--" + name, os.path.join(folder, name + ".json")]
    if options.get("scale_cpu_limits_to_sandbox"):
        arguments.append("--scale-cpu-limits")
    return arguments + [os.path.join(folder, "config.json")], options["schema"]


def is_host_process(spec):
    """The library builds its documents, as upstream's function would; the shim never asks for them."""
    return spec.get("annotations", {}).get("microsoft.com/hostprocess-container") == "true"


def sample_gives_what_is_expected(command, name, folder, parts):
    """Is the sample one that can be said on the command line?"""
    said = sample_arguments(folder, parts)
    if said is None:
        return False
    arguments, schema = said
    if is_host_process(parts["config"]):
        equal(translate(command, "--schema", schema, *arguments, status=6).stdout, b"", name)
        return True
    done = translate(command, "--schema", schema, *arguments)
    equal(json.loads(done.stdout), parts["expected"][schema], name)
    if schema == "v2":
        done = translate(command, "--schema", "both", *arguments)
        equal(json.loads(done.stdout), parts["expected"], name)
    return True


def samples_give_what_is_expected(command, source):
    count = 0
    for name, parts in samples(source):
        with tempfile.TemporaryDirectory() as folder:
            write_parts(folder, parts)
            count += sample_gives_what_is_expected(command, name, folder, parts)
    equal(count >= 25, True, f"{count} samples")


def one_document_by_default(command, source):
    done = translate(command, "-", stdin=small(hostname="h"))
    document = json.loads(done.stdout)
    equal(document["GuestOs"], {"HostName": "h"})
    equal(document["Storage"], {
        "Layers": [{"Id": str(uuid.uuid5(SPACE, "base")), "Path": "C:\\layers\\base"}],
        "Path": "\\\\?\\Volume{%s}\\" % uuid.uuid5(SPACE, "scratch")})
    equal(done.stdout.count(b"\n"), 1)
    equal(done.stderr, b"")


def the_default_host_answers(command, source):
    mounts = [{"source": "C:\\data", "destination": "C:\\d"}]
    cpu = {"resources": {"cpu": {"count": 99}}, **SMALL["windows"]}
    document = json.loads(translate(command, "-", stdin=small(mounts=mounts, windows=cpu)).stdout)
    equal(document["MappedDirectories"], [{"HostPath": "C:\\data", "ContainerPath": "C:\\d"}])
    equal(document["Processor"], {"Count": 8})
    annotations = {"io.microsoft.container.wcow.deviceextensions": "C:\\e.json"}
    done = translate(command, "-", stdin=small(annotations=annotations), status=1)
    one_error(done.stderr, "the default host has no files", "[extension-read]")


def the_root_is_left_alone_when_it_is_there(command, source):
    volume = "\\\\?\\Volume{11111111-2222-3333-4444-555555555555}\\"
    document = json.loads(translate(command, "-", stdin=small(root={"path": volume})).stdout)
    equal(document["Storage"]["Path"], volume)
    done = translate(command, "-", stdin=small(root={"path": "C:\\x"}), status=1)
    one_error(done.stderr, "standard input: /root/path: invalid container spec - Root.Path 'C:\\x' must be")
    with tempfile.TemporaryDirectory() as folder:
        host = os.path.join(folder, "host.json")
        with open(host, "w", encoding="utf-8") as file:
            file.write("{}")
        for profile in ("newest", "hcsshim-0.12.9"):
            options = ("--profile", profile, "-")
            equal(translate(command, "--host", host, *options, stdin=small()).stdout,
                  translate(command, *options, stdin=small()).stdout, profile)
    equal(json.loads(translate(command, "--root", volume, "-", stdin=small()).stdout)["Storage"]["Path"], volume)


def what_the_shim_refuses_is_refused(command, source):
    for mode in ((), ("--envelope",)):
        bind = [{"source": "C:\\s", "destination": "C:\\d", "type": "bind"}]
        done = translate(command, *mode, "-", stdin=small(mounts=bind), status=1)
        one_error(done.stderr, "/mounts/0/type: invalid OCI spec - Type 'bind' not supported", "[mount-type]")
        unsafe = {"io.microsoft.disable-unsafe-operations": "true"}
        other = {"io.microsoft.container.wcow.gmsa.disable": "false", **unsafe}
        done = translate(command, *mode, "-", stdin=small(annotations=other), status=1)
        one_error(done.stderr, "/annotations/io.microsoft.container.wcow.gmsa.disable: unable to process OCI Spec "
                 "annotations: annotation expansion conflict", "[annotation-conflict]")
        spec = json.loads(small(annotations=unsafe))
        spec["windows"]["credentialSpec"] = "{}"
        done = translate(command, *mode, "-", stdin=json.dumps(spec).encode(), status=1)
        one_error(done.stderr, "gMSA credentials are disabled", "[gmsa-disabled]")
        pod = {"io.kubernetes.cri.container-type": "container"}
        done = translate(command, *mode, "-", stdin=small(annotations=pod), status=1)
        one_error(done.stderr, "cannot specify 'io.kubernetes.cri.container-type' without", "[container-type]")


def the_kinds_of_document(command, source):
    data = small(hostname="h")
    v1 = json.loads(translate(command, "--schema", "v1", "--id", "x", "-", stdin=data).stdout)
    equal((v1["SystemType"], v1["Name"], v1["Owner"]), ("Container", "x", "containerd-shim-runhcs-v1.exe"))
    v2 = json.loads(translate(command, "-", stdin=data).stdout)
    equal(json.loads(translate(command, "--schema=both", "--id=x", "-", stdin=data).stdout), {"v1": v1, "v2": v2})
    system = json.loads(translate(command, "--envelope", "--owner", "me", "-", stdin=data).stdout)
    equal(system, {"Owner": "me", "SchemaVersion": {"Major": 2, "Minor": 1}, "Container": v2,
                   "ShouldTerminateOnLastHandleClosed": True})
    equal(json.loads(translate(command, "--envelope", "--schema", "v1", "--id", "x", "-", stdin=data).stdout), v1)
    with tempfile.TemporaryDirectory() as folder:
        vm = os.path.join(folder, "vm.json")
        with open(vm, "w", encoding="utf-8") as file:
            json.dump({"id": "vm", "os": "windows", "processor_count": 2,
                       "vsmb": {"C:\\layers\\base": "\\\\?\\VMSMB\\s1"}}, file)
        hosted = json.loads(translate(command, "--envelope", "--hosting-system", vm, "-",
                                      stdin=small(windows={**SMALL["windows"], "hyperv": {}})).stdout)
        equal(list(hosted), ["SchemaVersion", "Container"])
        equal(hosted["Container"]["Storage"]["Path"], "C:\\mounts\\m0")


def the_network_namespace_is_the_specs_unless_given(command, source):
    data = small(windows={**SMALL["windows"], "network": {"networkNamespace": "ns-1"}})
    equal(json.loads(translate(command, "-", stdin=data).stdout)["Networking"], {"Namespace": "ns-1"})
    given = translate(command, "--network-namespace", "ns-2", "-", stdin=data)
    equal(json.loads(given.stdout)["Networking"], {"Namespace": "ns-2"})


def stage_1_goes_first(command, source):
    config = {"mounts": [{"container_path": "/d", "host_path": "C:\\h", "readonly": True}],
              "windows": {"resources": {"cpu_shares": 5}, "security_context": {"credential_spec": "cs"}}}
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "cri.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(config, file)
        done = translate(command, "--cri", path, "--network-namespace", "ns", "-", stdin=small())
        document = json.loads(done.stdout)
        equal(document["MappedDirectories"], [{"HostPath": "C:\\h", "ContainerPath": "C:\\d", "ReadOnly": True}])
        equal(document["Processor"], {"Weight": 5})
        equal(document["Networking"], {"Namespace": "ns"})
        config["mounts"].append(None)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(config, file)
        done = translate(command, "--cri", path, "-", stdin=small(), status=1)
        one_error(done.stderr, "hcsproof: " + path + ": /mounts/1: ", "[cri-null-mount]")


POD = {"io.kubernetes.cri.container-type": "sandbox", "io.kubernetes.cri.sandbox-id": "p"}


def parts_of_a_vm(command, source):
    isolated = {"layerFolders": ["C:\\l\\top", "C:\\l\\s"], "hyperv": {}}
    process = {"args": ["cmd", "a b"], "cwd": "C:\\"}
    pod = small(windows=isolated, annotations=POD, process=process)
    options = json.loads(translate(command, "--part", "options", "-", stdin=pod).stdout)
    equal((options["ID"], options["MemorySizeInMB"], options["ProcessorCount"]), ("p@vm", 1024, 2))
    system = json.loads(translate(command, "--part", "vm", "-", stdin=pod).stdout)
    equal(system["VirtualMachine"]["ComputeTopology"]["Memory"]["SizeInMB"], 1024)
    requests = json.loads(translate(command, "--part", "requests", "-", stdin=pod).stdout)
    equal([request["to"] for request in requests], ["hcs", "hcs", "guest", "guest", "guest-create"])
    equal(json.loads(translate(command, "--part", "process", "-", stdin=pod).stdout)["CommandLine"], 'cmd "a b"')
    whole = json.loads(translate(command, "--part", "all", "-", stdin=pod).stdout)
    equal(whole["options"], options)
    equal(whole["vm"], system)
    equal(whole["requests"], requests)
    newest = json.loads(translate(command, "--part", "requests", "--profile", "hcsshim-main", "-", stdin=pod).stdout)
    equal(newest[2]["request"]["Settings"]["ContainerPath"], "c:\\mounts\\scsi\\m0")
    container = small(windows=isolated, annotations={**POD, "io.kubernetes.cri.container-type": "container"})
    equal(translate(command, "--part", "vm", "-", stdin=container).stdout, b"null\n")
    equal(translate(command, "--part", "requests", "-", stdin=small()).stdout, b"null\n")
    refused = {"modify_errors": {"0": "no"}, "files": {"C:\\l\\top": {"dir": True}, "C:\\l\\s": {"dir": True},
                                                      "C:\\l\\s\\sandbox.vhdx": ""}}
    with tempfile.TemporaryDirectory() as folder:
        host = os.path.join(folder, "host.json")
        with open(host, "w", encoding="utf-8") as file:
            json.dump(refused, file)
        error = translate(command, "--part", "requests", "--host", host, "-", stdin=pod, status=1).stderr.decode()
    assert "failed to add VSMB layer: no [vm-layers]" in error, error
    old = translate(command, "--part", "vm", "--profile", "hcsshim-0.10.0-rc.7", "-", stdin=pod, status=1)
    assert "[vm-program]" in old.stderr.decode(), old.stderr
    translate(command, "--part", "vm", "--envelope", "-", stdin=pod, status=2)
    translate(command, "--part", "none", "-", stdin=pod, status=2)


def with_files(command, *arguments, stdin=None, status=0, **files):
    """translate with an option --NAME FILE for each of `files`; the texts of standard output and standard error."""
    with tempfile.TemporaryDirectory() as folder:
        for name, value in files.items():
            path = os.path.join(folder, name)
            with open(path, "wb") as file:
                file.write(value if isinstance(value, bytes) else json.dumps(value).encode())
            arguments += ("--" + name.replace("_", "-"), path)
        done = translate(command, *arguments, "-", stdin=stdin or small(), status=status)
        return done.stdout.decode(), done.stderr.decode().replace(folder + os.sep, "")


def the_runtime_adds_mounts_and_shares(command, source):
    extra = [{"container_path": "C:\\data", "host_path": "D:\\volume", "readonly": True}]
    own = {"ContainerPath": "C:\\data", "HostPath": "D:\\own"}
    out, _ = with_files(command, extra_mounts=extra)
    equal(json.loads(out)["MappedDirectories"],
          [{"HostPath": "D:\\volume", "ContainerPath": "C:\\data", "ReadOnly": True}])
    cri = {"mounts": [{"container_path": "C:\\data", "host_path": "D:\\own"}]}
    equal(json.loads(with_files(command, extra_mounts=extra, cri=cri)[0])["MappedDirectories"], [own])
    out, _ = with_files(command, "--sandbox-shares")
    equal(json.loads(out)["Processor"], {"Weight": 2})


def what_windows_gave_is_handed_on(command, source):
    state = {"Cookie": "c", "RpcEndpoint": "r", "Transport": "LRPC", "CredentialSpec": "s"}
    disk = {"HostPath": "C:\\mounts\\m1", "ContainerPath": "C:\\disk"}
    mounts = [{"source": "D:\\a", "destination": "C:\\a"}]
    data = small(mounts=mounts, windows={**SMALL["windows"], "credentialSpec": "s"})
    out = json.loads(with_files(command, stdin=data, ccg_state=state, additional_mounts=[disk])[0])
    equal(out["ContainerCredentialGuard"], state)
    equal(out["MappedDirectories"], [{"HostPath": "D:\\a", "ContainerPath": "C:\\a"}, disk])
    out = json.loads(with_files(command, "--schema", "v1", stdin=data, additional_mounts=[disk])[0])
    equal([folder["HostPath"] for folder in out["MappedDirectories"]], ["D:\\a"])


def the_faulty_file_is_named(command, source):
    for name in ("cri", "extra_mounts", "ccg_state", "additional_mounts", "host", "hosting_system"):
        _, errors = with_files(command, status=1, **{name: b"{"})
        equal(errors.split(":")[:2], ["hcsproof", " " + name], errors)
    _, errors = with_files(command, status=1, extra_mounts=[None])
    equal(errors.split("\n")[0], "hcsproof: extra_mounts: /0: a mount is null [cri-null-mount]")
    _, errors = with_files(command, status=1, additional_mounts=[{"ReadOnly": 1}])
    equal(errors.split(": ")[1:3], ["additional_mounts", "/0/ReadOnly"], errors)


def pretty_keeps_every_value(command, source):
    data = small(hostname="<&\u2028\"\\", annotations={"io.microsoft.container.memory.sizeinmb": "18446744073709551615"})
    plain = translate(command, "--schema", "both", "-", stdin=data).stdout.decode()
    pretty = translate(command, "--schema", "both", "--pretty", "-", stdin=data).stdout.decode()
    decoder = json.JSONDecoder(object_pairs_hook=lambda pairs: pairs)
    equal(decoder.decode(pretty), decoder.decode(plain))
    equal(pretty, json.dumps(json.loads(plain), indent=2, ensure_ascii=False).replace("<", "\\u003c")
          .replace("&", "\\u0026").replace("\u2028", "\\u2028") + "\n")


main([samples_give_what_is_expected, one_document_by_default, the_default_host_answers,
      the_root_is_left_alone_when_it_is_there, what_the_shim_refuses_is_refused, the_kinds_of_document,
      the_network_namespace_is_the_specs_unless_given, stage_1_goes_first, parts_of_a_vm,
      the_runtime_adds_mounts_and_shares, what_windows_gave_is_handed_on, the_faulty_file_is_named,
      pretty_keeps_every_value])
