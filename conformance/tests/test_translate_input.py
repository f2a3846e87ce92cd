# SPDX-License-Identifier: Apache-2.0
"""hcsproof translate: every kind of bad input, in the operand and beside it."""
import json
import os
import tempfile

from kit import equal, main, run
from translating import one_error, small, translate

BOM = b"\xef\xbb\xbf"


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


main([bad_input_is_one_line, wrong_types_name_the_field, setup_files_are_named, wrong_lines_are_usage,
      others_go_on_when_one_fails])
