#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""hcsproof lint has nothing to say of the documents that the golden cases expect, but where one breaks a rule: the cases
hold what upstream does with odd inputs, too. BROKEN lists those rules by the operation; a rule that no document of its
operation breaks any more fails the test."""
import collections
import json
import os
import tempfile

from kit import curated_cases, main, recorded_cases, run

# What lint finds in documents that a case expects, by operation: the case is about a value that no host takes, or about
# a value that stands for another (a namespace "ns", a device "D0", a path "R(x)").
BROKEN = {
    "oci-to-hcs": {
        "host-path-relative", "pipe-directory", "memory-unit", "cpu-range", "cpu-exclusive", "namespace-form",
        "path-slashes", "path-dots", "path-character", "container-path-relative", "container-path-repeated", "guid-form",
        "pipe-name-empty", "pipe-host-path", "device-class", "volume-path", "host-name", "layer-path", "credential-spec",
        "storage-range"},
    "create-document": {
        "host-path-relative", "pipe-directory", "memory-unit", "cpu-range", "cpu-exclusive", "namespace-form",
        "container-path-relative", "container-path-repeated", "guid-form", "no-layers", "layer-folder-missing",
        "volume-path", "registry-type", "host-name", "storage-range", "path-character"},
    "create-container": {"layer-folder-missing"},
    # Base specs that stage 1 alone takes: no Windows section, no root, limits that exclude each other.
    "cri-to-oci": {"refused", "mount-root", "container-path-repeated", "credential-spec", "credential-spec-object",
                   "hyperv-root", "path-reserved"},
    "cri-container-spec": {"refused", "container-path-repeated", "process-user", "credential-spec"},
    # containerd 1.5 names no sandbox in the spec of a pod.
    "cri-sandbox-spec": {"process-user", "credential-spec", "refused"},
    "docker-to-oci": {"refused", "process-user", "credential-spec"},
    "uvm-document": {"vm-processor", "guid-form", "vm-disk", "registry-key", "registry-type", "vm-memory-step",
                     "vm-share", "vm-isolation"},
    "guest-requests": {"guid-form", "request-settings", "vm-device", "path-character"},
    "update-document": {"vm-memory-step", "vm-processor"},
    "process-document": {"console-stderr", "command-exclusive", "working-directory", "path-dots", "process-text", "console-size"},
    "oci-to-process": {"command-exclusive", "working-directory", "process-text"},
}
MEMBERS = {"create-document": "document", "create-container": "document", "cri-to-oci": "spec",
           "cri-container-spec": "spec", "cri-sandbox-spec": "spec", "docker-to-oci": "spec", "oci-to-process": "process"}


def cases(source):
    yield from (case for _, case in curated_cases(source))
    yield from recorded_cases(source, "**/*.jsonl")


def documents(case):
    """What of a case's answer lint takes."""
    op, ok = case["op"], case["expect"].get("ok")
    if not ok or op not in BROKEN:
        return
    if op == "oci-to-hcs":
        yield {key: ok[key] for key in ("v1", "v2") if key in ok}
    elif op == "guest-requests":
        yield from (step["requests"] for step in ok if step["requests"])
    elif op in MEMBERS:
        yield ok[MEMBERS[op]]
    else:
        yield ok


def profile_of(case):
    """The newest release whose answer it is, for operations that a release answers; else any."""
    recorded = [name for name in case.get("recorded", []) if name != "baseline"]
    return recorded[-1] if recorded else None


def only_what_is_broken_is_found(command, source):
    operations, paths, seen, found = {}, collections.defaultdict(list), set(), collections.defaultdict(set)
    with tempfile.TemporaryDirectory() as folder:
        for case in cases(source):
            for document in documents(case):
                path = os.path.join(folder, "%d.json" % len(operations))
                with open(path, "w", encoding="utf-8") as file:
                    json.dump(document, file)
                operations[path] = (case["op"], case["title"] if "title" in case else case.get("id", ""))
                paths[profile_of(case)].append(path)
        for profile, names in paths.items():
            options = ("--profile", profile) if profile else ()
            for i in range(0, len(names), 500):
                done = run(command, "lint", "--format", "json", *options, *names[i:i + 500])
                if done.returncode not in (0, 1):
                    raise AssertionError("%s: %s" % (profile, done.stderr[-1000:]))
                for finding in json.loads(done.stdout):
                    op, title = operations[finding["file"]]
                    if finding["severity"] == "note":
                        continue
                    found[op].add(finding["rule"])
                    if finding["rule"] not in BROKEN[op]:
                        seen.add("%s (%s): %s: %s [%s]" % (op, title, finding["pointer"], finding["message"],
                                                            finding["rule"]))
    if len(operations) < 3000:
        raise AssertionError("only %d documents were looked at" % len(operations))
    if seen:
        raise AssertionError("%d findings that are not listed:\n%s" % (len(seen), "\n".join(sorted(seen)[:40])))
    stale = {op: rules - found[op] for op, rules in BROKEN.items() if rules - found[op]}
    if stale:
        raise AssertionError("listed, but nothing breaks it: %s" % stale)


main([only_what_is_broken_is_found])
