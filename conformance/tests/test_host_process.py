#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""hcsproof translate of HostProcess containers: no document, a code and an exit status of their own."""
import json
import os
import subprocess
import sys
import tempfile

from kit import PATIENCE

HCSPROOF = sys.argv[1]
SPEC = {"ociVersion": "1.1.0", "process": {"args": ["cmd"], "cwd": "C:\\hpc"},
        "windows": {"layerFolders": ["C:\\l\\1", "C:\\l\\2"]},
        "annotations": {"microsoft.com/hostprocess-container": "true"}}


def translate(*specs, options=()):
    text = "".join(json.dumps(spec) + "\n" for spec in specs)
    return subprocess.run([HCSPROOF, "translate", *options, "-"], input=text, capture_output=True, text=True, timeout=PATIENCE)


def there_is_no_document():
    done = translate(SPEC)
    assert done.returncode == 6 and done.stdout == "", done
    assert "/annotations/microsoft.com~1hostprocess-container: a HostProcess container" in done.stderr, done
    assert "[host-process]" in done.stderr, done
    assert translate(SPEC, options=("--envelope",)).returncode == 6


def only_the_word_true_counts():
    for value in ("True", "1", "false", ""):
        done = translate({**SPEC, "annotations": {"microsoft.com/hostprocess-container": value}})
        assert done.returncode == 0 and done.stdout, (value, done)


def a_utility_vm_makes_it_an_ordinary_one_until_0_15():
    isolated = {**SPEC, "windows": {**SPEC["windows"], "hyperv": {}}}
    assert translate(isolated, options=("--schema", "v1")).returncode != 6


def releases_differ_in_a_linux_section():
    both = {**SPEC, "linux": {}}
    assert translate(both, options=("--profile", "hcsshim-0.13.0")).returncode == 6
    assert translate(both, options=("--profile", "hcsshim-0.14.1")).returncode != 6


def something_worse_is_told_by_the_status():
    broken = {"ociVersion": 1}
    done = translate(SPEC, broken, options=("--jsonl",))
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1 and lines[0]["error"]["code"] == "host-process" and "error" in lines[1], done


def a_host_without_processors_ends_nothing():
    """hcsshim does not limit a job by a count that is negative in 32 bits, and does not reduce it."""
    spec = {**SPEC, "windows": {**SPEC["windows"], "resources": {"cpu": {"count": 4294967295}}}}
    with tempfile.TemporaryDirectory() as folder:
        host = os.path.join(folder, "host.json")
        with open(host, "w", encoding="utf-8") as file:
            file.write('{"processor_count":0}')
        done = translate(spec, options=("--part", "job", "--host", host))
    assert done.returncode == 0 and "CPULimit" not in done.stdout, done


def mentions_of_the_root_are_bounded():
    """A small document does not become a huge one: each mention is a copy of the root's path."""
    root = "C:\\" + "r" * 100000
    many = "%CONTAINER_SANDBOX_MOUNT_POINT%" * 200
    spec = {**SPEC, "annotations": {**SPEC["annotations"], "microsoft.com/hostprocess-rootfs-location": root},
            "mounts": [{"source": "C:\\s", "destination": "C:\\d"}] * 200}
    for process in ({"args": ["cmd"], "cwd": "C:\\", "env": ["A=" + many]}, {"commandLine": many, "cwd": "C:\\"},
                    {"args": ["cmd"], "cwd": many}):
        done = translate({**spec, "mounts": [], "process": process}, options=("--part", "job"))
        assert done.returncode == 1 and done.stdout == "" and "[job-too-large]" in done.stderr, done.stderr[:500]
    with tempfile.TemporaryDirectory() as folder:
        host = os.path.join(folder, "host.json")
        with open(host, "w", encoding="utf-8") as file:
            file.write('{"os_build":17763}')
        done = translate(spec, options=("--part", "job", "--host", host))
    assert done.returncode == 1 and "[job-too-large]" in done.stderr, done.stderr[:500]


tests = [there_is_no_document, only_the_word_true_counts, a_utility_vm_makes_it_an_ordinary_one_until_0_15,
         releases_differ_in_a_linux_section, a_host_without_processors_ends_nothing, mentions_of_the_root_are_bounded,
         something_worse_is_told_by_the_status]
for test in tests:
    test()
    print(f"ok   {test.__name__}")
print(f"{len(tests)} passed, 0 failed")
