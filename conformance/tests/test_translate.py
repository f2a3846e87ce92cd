# SPDX-License-Identifier: Apache-2.0
"""hcsproof translate: the samples, both stages, every kind of bad input, whole outputs, order under many threads."""
import json
import os
import random
import signal
import subprocess
import tempfile
import time
import uuid

from kit import as_baseline, equal, lines_of, main, run, samples, write_parts

SPACE = uuid.UUID("8d0c6f52-0c5e-5e0b-9d0e-2a6a5d1f7c11")
SMALL = {"ociVersion": "1.0.2", "windows": {"layerFolders": ["C:\\layers\\base", "C:\\layers\\scratch"]}}
BOM = b"\xef\xbb\xbf"


def small(**more):
    return json.dumps({**SMALL, **more}).encode()


def translate(command, *arguments, stdin=b"", status=0, **more):
    done = run(command, "translate", *as_baseline(arguments), stdin=stdin, **more)
    equal(done.returncode, status, done.stderr.decode())
    return done


def one_error(text, *parts):
    """Standard error is one message that has all the parts; the place in the file may follow it."""
    message, *place = text.decode().split("\n")
    equal([line for line in place if line.startswith("hcsproof: ")], [], "one message")
    for part in parts:
        if part not in message:
            raise AssertionError(f"{part!r} is not in {message!r}")


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


def bad_inputs(folder):
    """(file, exit status, parts of the line on standard error)"""
    def file(name, data):
        path = os.path.join(folder, name)
        with open(path, "wb") as out:
            out.write(data)
        return path
    deep = b"[" * 10001
    yield os.path.join(folder, "missing.json"), 4, ("missing.json: ", "[not-found]")
    yield folder, 4, ("is a folder", "[is-a-folder]")
    yield os.path.join(file("plain", b"x"), "below"), 4, ("plain/below: ", "[read-failed]")
    yield file("empty.json", b""), 1, ("unexpected end of JSON input", "[json-syntax]")
    yield file("blank.json", b" \n"), 1, ("unexpected end of JSON input", "[json-syntax]")
    yield file("cut.json", small()[:-5]), 1, ("unexpected end of JSON input", "[json-syntax]")
    yield file("more.json", small() + b"x"), 1, ("invalid character 'x' after top-level value", "[json-syntax]")
    yield file("bom.json", BOM + small()), 0, ()
    yield file("utf16.json", small().decode().encode("utf-16")), 0, ()
    yield file("half.json", small().decode().encode("utf-16") + b"{"), 1, ("half a UTF-16 character", "[input-encoding]")
    yield file("binary.json", bytes(range(256))), 1, ("invalid character '\\x00'", "[json-syntax]")
    yield file("deep.json", b'{"x":' + deep), 1, ("exceeded max depth", "[json-syntax]")
    yield file("null.json", b"null"), 1, ("'Spec.Windows.Layerfolders' is not populated", "[layer-folders-missing]")
    yield file("array.json", b"[{}]"), 1, ("cannot unmarshal array", "[json-type]")
    yield file("nothing.json", b"[]"), 1, ("an empty list", "[spec-missing]")
    yield file("bare.json", b"{}"), 1, ("'Spec.Windows.Layerfolders' is not populated", "[layer-folders-missing]")
    yield file("escape\x1b[31m\n.json", b"["), 1, ("escape\\x1b[31m\\x0a.json: ", "[json-syntax]")
    yield file("control.json", small(mounts=[{"destination": "\x1b]0;x\x07", "type": "\n"}])), 1, (
        "/mounts/0/source: invalid OCI spec - a mount must have both source and a destination", "[mount-incomplete]")
    large = os.path.join(folder, "large.json")
    with open(large, "wb") as out:
        out.truncate(100 * 1024 * 1024)
    yield large, 1, ("is larger than 67108864 bytes (--max-input)", "[too-large]")


def bad_input_is_one_line(command, source):
    with tempfile.TemporaryDirectory() as folder:
        for path, status, parts in bad_inputs(folder):
            done = translate(command, path, status=status)
            if status != 0:
                equal(done.stdout, b"", path)
                one_error(done.stderr, "hcsproof: ", *parts)


WRONG_TYPES = {"string": '"s"', "number": "7", "fraction": "1.5", "bool": "true", "array": "[[]]", "object": '{"x":{}}'}


def wrong_types_name_the_field(command, source):
    fields = {
        "/ociVersion": "string", "/hostname": "string", "/annotations": "object", "/mounts": "array",
        "/root": "object", "/root/path": "string", "/root/readonly": "bool", "/windows": "object",
        "/windows/layerFolders": "array", "/windows/devices": "array", "/windows/resources": "object",
        "/windows/resources/memory/limit": "number", "/windows/resources/cpu/count": "number",
        "/windows/resources/cpu/shares": "number", "/windows/resources/cpu/maximum": "number",
        "/windows/resources/storage/iops": "number", "/windows/resources/storage/bps": "number",
        "/windows/hyperv": "object", "/windows/hyperv/utilityVMPath": "string", "/windows/network": "object",
        "/windows/network/endpointList": "array", "/windows/network/allowUnqualifiedDNSQuery": "bool",
        "/windows/network/DNSSearchList": "array", "/windows/network/networkSharedContainerName": "string",
        "/windows/network/networkNamespace": "string", "/windows/ignoreFlushesDuringBoot": "bool",
        "/windows/servicing": "bool", "/process": "object", "/process/args": "array", "/process/cwd": "string",
        "/process/user/uid": "number", "/process/env": "array", "/process/terminal": "bool", "/hooks": "object",
        "/linux": "object", "/solaris": "object", "/vm": "object",
    }
    lines, expected = [], []
    for pointer, right in fields.items():
        for kind, value in WRONG_TYPES.items():
            if kind == right:
                continue
            text = value
            for name in reversed(pointer.split("/")[1:]):
                text = '{"%s":%s}' % (name, text)
            lines.append(text)
            expected.append(pointer)
    done = translate(command, "--jsonl", "-", stdin="\n".join(lines).encode(), status=1)
    results = [json.loads(line) for line in done.stdout.splitlines()]
    equal(len(results), len(lines))
    for text, pointer, result in zip(lines, expected, results):
        equal((result["error"]["code"], result["error"].get("where", "")[:len(pointer)]), ("json-type", pointer), text)


def setup_files_are_named(command, source):
    with tempfile.TemporaryDirectory() as folder:
        bad = os.path.join(folder, "bad.json")
        with open(bad, "w", encoding="utf-8") as file:
            file.write('{"processor_count":"x"}')
        done = translate(command, "--host", bad, "-", stdin=small(), status=1)
        one_error(done.stderr, f"hcsproof: {bad}: /processor_count: ", "[json-type]")
        done = translate(command, "--hosting-system", bad, "-", stdin=small(), status=1)
        one_error(done.stderr, f"hcsproof: {bad}: /processor_count: ", "[json-type]")
        with open(bad, "w", encoding="utf-8") as file:
            file.write('{"mounts":[{"host_path":1}]}')
        done = translate(command, "--cri", bad, "-", stdin=small(), status=1)
        one_error(done.stderr, f"hcsproof: {bad}: /mounts/0/host_path: ", "[json-type]")
        done = translate(command, "--cri", bad + "x", "-", stdin=small(), status=4)
        one_error(done.stderr, f"hcsproof: {bad}x: ", "[not-found]")


def wrong_lines_are_usage(command, source):
    rows = [
        ((), "missing operand"),
        (("-", "-"), "standard input ('-') can be given only once"),
        (("--cri", "-", "-"), "standard input ('-') can be given only once"),
        (("--envelope", "--schema", "both", "x"), "--envelope requires one document"),
        (("--jsonl", "--pretty", "x"), "cannot be used together"),
        (("--schema", "v3", "x"), "'v3' is not one of v1|v2|both"),
        (("--prety", "x"), "did you mean '--pretty'?"),
    ]
    for arguments, part in rows:
        done = translate(command, *arguments, status=2)
        equal(done.stdout, b"")
        one_error(done.stderr, part)
    done = run(command, "transalte", "x")
    equal((done.returncode, done.stdout), (2, b""))
    one_error(done.stderr, "did you mean 'translate'?")


def others_go_on_when_one_fails(command, source):
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for i, data in enumerate([small(hostname="a"), b"{", small(hostname="c")]):
            paths.append(os.path.join(folder, f"{i}.json"))
            with open(paths[-1], "wb") as file:
                file.write(data)
        done = translate(command, *paths, status=1)
        names = [json.loads(line)["GuestOs"]["HostName"] for line in done.stdout.splitlines()]
        equal(names, ["a", "c"])
        one_error(done.stderr, f"hcsproof: {paths[1]}: unexpected end of JSON input [json-syntax]")
        out = os.path.join(folder, "out.json")
        translate(command, *paths, "-o", out, status=1)
        equal(os.path.exists(out), False)
        done = translate(command, paths[0], paths[2], "-o", out)
        equal(done.stdout, b"")
        with open(out, "rb") as file:
            equal(file.read(), translate(command, paths[0], paths[2]).stdout)


def an_output_is_whole_or_as_it_was(command, source):
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out.json")
        with open(out, "w", encoding="utf-8") as file:
            file.write("before")
        translate(command, "-", "-o", out, stdin=b"{", status=1)
        with open(out, encoding="utf-8") as file:
            equal(file.read(), "before")
        equal(os.listdir(folder), ["out.json"])
        link = os.path.join(folder, "link.json")
        os.symlink(out, link)
        translate(command, "-", "-o", link, stdin=small())
        equal(os.path.islink(link), True)
        with open(out, "rb") as file:
            equal(file.read(), translate(command, "-", stdin=small()).stdout)
        equal(sorted(os.listdir(folder)), ["link.json", "out.json"])
        done = translate(command, "-", "-o", folder, stdin=small(), status=4)
        one_error(done.stderr, folder, "[write-failed]")
        done = translate(command, "-", "-o", os.path.join(folder, "no", "x"), stdin=small(), status=4)
        one_error(done.stderr, "No such file", "[write-failed]")
    done = translate(command, "-", "-o", "/dev/stdout", stdin=small())
    equal(done.stdout, translate(command, "-", stdin=small()).stdout)


def wait_for(condition):
    """True as soon as it holds; False when it does not within ten seconds."""
    for _ in range(1000):
        if condition():
            return True
        time.sleep(0.01)
    return False


def an_interrupt_leaves_nothing_behind(command, source):
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        for more in ([], ["--jsonl"]):
            with tempfile.TemporaryDirectory() as folder:
                out = os.path.join(folder, "out.json")
                with open(out, "w", encoding="utf-8") as file:
                    file.write("before")
                with subprocess.Popen([command, "translate", "--profile", "baseline", *more, "-", "-o", out], stdin=subprocess.PIPE) as process:
                    equal(wait_for(lambda: len(os.listdir(folder)) == 2), True, "a file beside the target")
                    process.send_signal(number)
                    equal(process.wait(10), -number, "ended by the signal")
                equal(os.listdir(folder), ["out.json"])
                with open(out, encoding="utf-8") as file:
                    equal(file.read(), "before")


def an_ignored_signal_stays_ignored(command, source):
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out.json")
        with subprocess.Popen(["nohup", command, "translate", "--profile", "baseline", "-", "-o", out], stdin=subprocess.PIPE,
                              stderr=subprocess.DEVNULL) as process:
            equal(wait_for(lambda: os.listdir(folder)), True, "a file beside the target")
            process.send_signal(signal.SIGHUP)
            process.communicate(small(), timeout=10)
            equal(process.returncode, 0)
        with open(out, "rb") as file:
            equal(file.read(), translate(command, "-", stdin=small()).stdout)


def a_full_disk_is_told(command, source):
    if not os.path.exists("/dev/full"):
        return
    with open("/dev/full", "wb") as full:
        for arguments in (["-"], ["--jsonl", "-"]):
            done = subprocess.run([command, "translate", *as_baseline(arguments)], input=small(), stdout=full, stderr=subprocess.PIPE, timeout=20)
            equal(done.returncode, 4)
            one_error(done.stderr, "standard output", "[write-failed]")
    done = translate(command, "-", "-o", "/dev/full", stdin=small(), status=4)
    one_error(done.stderr, "/dev/full: ", "[write-failed]")


def the_first_value_of_a_stream(command, source):
    data = small(hostname="h")
    equal(translate(command, "--stream", "-", stdin=data + b" garbage").stdout, translate(command, "-", stdin=data).stdout)
    one_error(translate(command, "--stream", "-", stdin=b"", status=1).stderr, "EOF [json-syntax]")
    one_error(translate(command, "--stream", "-", stdin=data[:-1], status=1).stderr, "unexpected EOF [json-syntax]")


def limits_can_be_moved(command, source):
    data = small()
    translate(command, "--max-input", len(data), "-", stdin=data)
    done = translate(command, "--max-input", len(data) - 1, "-", stdin=data, status=1)
    one_error(done.stderr, f"is larger than {len(data) - 1} bytes", "[too-large]")


def lines_keep_their_order(command, source):
    dice = random.Random(7)
    lines, expected = [], []
    for i in range(20000):
        kind = dice.random()
        if kind < 0.9:
            padding = "p" * dice.choice([0, 0, 0, 10, 1000, 20000 if i % 50 == 0 else 0])
            lines.append(small(hostname=f"h{i}", annotations={"x": padding}))
            expected.append(f"h{i}")
        else:
            lines.append(dice.choice([b"", b"{", b"null", b'{"hostname":%d}' % i]))
            expected.append(None)
    data = b"\n".join(lines) + b"\n"
    first = None
    for jobs in (1, 2, 7, 64):
        done = translate(command, "--jsonl", "--jobs", jobs, "-", stdin=data, status=1)
        if first is None:
            first = done.stdout
            results = [json.loads(line) for line in first.splitlines()]
            equal([r["ok"]["GuestOs"]["HostName"] if "ok" in r else None for r in results], expected)
        equal(done.stdout == first, True, f"--jobs {jobs} gives the same bytes")
        one_error(done.stderr, f"{expected.count(None)} of 20000 specifications could not be translated")


def line_results_are_those_of_single_files(command, source):
    lines = [small(hostname="h"), b"[]"]
    done = translate(command, "--jsonl", "-", stdin=b"\n".join(lines), status=1)
    ok, error = done.stdout.splitlines()
    equal(ok, b'{"ok":' + translate(command, "-", stdin=lines[0]).stdout.rstrip(b"\n") + b"}")
    equal(json.loads(error)["error"]["code"], "json-type")


def long_lines_fail_alone(command, source):
    long = small(annotations={"x": "y" * 300000})
    data = b"\n".join([small(), long, small(), long, long, small()])
    done = translate(command, "--jsonl", "--max-input", "1k", "-", stdin=data, status=1)
    results = [json.loads(line) for line in done.stdout.splitlines()]
    equal([r.get("error", {}).get("code") for r in results], [None, "too-large", None, "too-large", "too-large", None])


def lines_are_answered_while_input_is_open(command, source):
    process = subprocess.Popen([command, "translate", "--profile", "baseline", "--jsonl", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        for i in range(3):
            process.stdin.write(small(hostname=f"h{i}") + b"\n")
            process.stdin.flush()
            equal(json.loads(process.stdout.readline())["ok"]["GuestOs"]["HostName"], f"h{i}")
        process.stdin.close()
        equal(process.wait(timeout=20), 0)
    finally:
        process.kill()


def lines_of_several_files(command, source):
    with tempfile.TemporaryDirectory() as folder:
        for name in "ab":
            with open(os.path.join(folder, name), "wb") as file:
                file.write(small(hostname=name) + b"\n")
        out = os.path.join(folder, "out")
        translate(command, "--jsonl", os.path.join(folder, "a"), os.path.join(folder, "b"), "-o", out)
        equal([r["ok"]["GuestOs"]["HostName"] for r in lines_of(out)], ["a", "b"])
        done = translate(command, "--jsonl", os.path.join(folder, "a"), os.path.join(folder, "c"), status=4)
        equal(done.stdout.count(b"\n"), 1)
        one_error(done.stderr, "[not-found]")
        done = translate(command, "--jsonl", folder, status=4)
        one_error(done.stderr, "[is-a-folder]")


main([samples_give_what_is_expected, one_document_by_default, the_default_host_answers,
      the_root_is_left_alone_when_it_is_there, the_kinds_of_document, the_network_namespace_is_the_specs_unless_given,
      stage_1_goes_first, parts_of_a_vm, the_runtime_adds_mounts_and_shares, what_windows_gave_is_handed_on, the_faulty_file_is_named,
      pretty_keeps_every_value, bad_input_is_one_line, wrong_types_name_the_field,
      setup_files_are_named, wrong_lines_are_usage, others_go_on_when_one_fails, an_output_is_whole_or_as_it_was,
      an_interrupt_leaves_nothing_behind, an_ignored_signal_stays_ignored, a_full_disk_is_told,
      the_first_value_of_a_stream, limits_can_be_moved, lines_keep_their_order,
      line_results_are_those_of_single_files, long_lines_fail_alone, lines_are_answered_while_input_is_open,
      lines_of_several_files])
