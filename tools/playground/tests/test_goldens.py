#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The WebAssembly build, run in Node, and the native command are asked the question of every case of golden/, as the
first and the last release whose answer is recorded in it. Each answer has to be the same, byte for byte.

    test_goldens.py HCSPROOF HCSPROOF.wasm SOURCE

Skipped (status 77) where there is no native hcsproof or no Node."""
import collections
import json
import os
import shutil
import subprocess
import sys

NATIVE, WASM, SOURCE = sys.argv[1:4]
sys.path.insert(0, os.path.join(SOURCE, "tools"))

from recorded import case_of, cases_of  # noqa: E402 (where it is, is an argument)


def cases():
    for folder, _, names in os.walk(os.path.join(SOURCE, "golden")):
        for name in sorted(names):
            if name in ("manifest.json", "branches.json") or not name.endswith((".json", ".jsonl")):
                continue
            if name.endswith(".jsonl"):
                yield from cases_of(os.path.join(folder, name))
                continue
            yield case_of(os.path.join(folder, name))


def profiles_of(case):
    """Releases that the case holds for: of those recorded the first and the last, else one that its ranges begin with."""
    recorded = case.get("recorded") or ["baseline" if "baseline" in case.get("profiles", ["baseline"]) else "newest"]
    return {recorded[0], recorded[-1]}


def questions():
    """{profile: lines of a session}"""
    sessions = collections.defaultdict(list)
    for case in cases():
        for profile in profiles_of(case):
            lines = sessions[profile]
            lines.append(json.dumps({"id": len(lines) + 1, "op": case["op"], "params": case["params"]}))
    return sessions


def ask(command, profile, lines):
    hello = json.dumps({"hello": {"protocol": 1, "kit": "hcsproof", "profile": profile}})
    answered = subprocess.run([*command, "serve"], input="\n".join([hello, *lines, ""]), stdout=subprocess.PIPE, text=True,
                              timeout=300)
    if answered.returncode != 0:
        raise AssertionError("%s: status %d" % (command[-1], answered.returncode))
    return answered.stdout.split("\n")[:-1]  # an answer may hold what splitlines takes for the end of a line


def same(profile, lines):
    """How many answers are the same; an AssertionError unless all are."""
    wasm = ask([os.path.join(SOURCE, "tools", "playground", "wasi"), WASM], profile, lines)
    native = ask([NATIVE], profile, lines)
    for ours, theirs in zip(wasm, native):
        if ours != theirs:
            raise AssertionError("WebAssembly: %.2000s\n     native:      %.2000s" % (ours, theirs))
    if not len(wasm) == len(native) == len(lines) + 1:
        raise AssertionError("%d and %d answers to %d questions" % (len(wasm), len(native), len(lines)))
    return len(lines)


def main():
    for what, there in (("native hcsproof at " + NATIVE, os.path.exists(NATIVE)), ("node", shutil.which("node"))):
        if not there:
            print("skipped: there is no " + what)
            sys.exit(77)
    total = failed = 0
    for profile, lines in sorted(questions().items()):
        try:
            total += same(profile, lines)
            print("ok   %s: %d answers" % (profile, len(lines)))
        except AssertionError as error:
            failed += 1
            print("FAIL %s: %s" % (profile, error))
    print("     %d answers in all" % total)
    sys.exit(1 if failed or not total else 0)


main()
