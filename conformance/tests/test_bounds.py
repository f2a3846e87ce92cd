#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One megabyte of any input, for any command: 256 MB of memory, 512 kB of stack, bounded time, and an end of its own. A
testee may do no more."""
import concurrent.futures
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading

from hostile import documents
from kit import equal, main

HCSPROOF = sys.argv[1]
MEMORY = 256 << 20
STACK = 512 << 10

with open(HCSPROOF, "rb") as program:
    SANITIZED = b"__asan_init" in program.read() # their memory and stack are not the program's
SECONDS = 300
SIZE = 1 << (17 if SANITIZED else 20)  # they look at each byte, not at what many cost


def measured(*arguments, stdin=b""):
    """Exit status, output, and the most memory that the process had, in bytes."""
    line = " ".join("'%s'" % str(word).replace("'", "'\\''") for word in (HCSPROOF, *arguments))
    limit = "" if SANITIZED else "ulimit -s %d; " % (STACK >> 10)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as given:
        given.write(stdin)
        given.seek(0)
        process = subprocess.Popen(["sh", "-c", limit + "exec " + line], stdin=given, stdout=out,
                                   stderr=subprocess.STDOUT, env={**os.environ, "NO_COLOR": "1"})
        timer = threading.Timer(SECONDS, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        return process.returncode, out.read(20000), usage.ru_maxrss * 1024


def bounded(what, *arguments, statuses=(0, 1, 2, 4), stdin=b""):
    status, output, memory = measured(*arguments, stdin=stdin)
    equal(status in statuses, True, f"{what}: status {status}: {output[-800:]}")
    if not SANITIZED:
        equal(memory <= MEMORY, True, f"{what}: {memory >> 20} MB")
    return output


# ---- inputs ------------------------------------------------------------------------------------------------------

DOCUMENTS = documents(SIZE)
CASE = '{"op":"clean-path","params":{"path":"C:"},"expect":{"ok":{"path":"C:."}}}'


class Folder:
    """The documents as files, and what goes with them."""

    def __init__(self):
        self.path = tempfile.mkdtemp(prefix="hcsproof-bounds-")
        self.files = {name: self.write(name.replace(" ", "-") + ".json", text) for name, text in DOCUMENTS.items()}
        self.case = self.write("case.json", CASE)

    def write(self, name, text):
        path = os.path.join(self.path, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path


def in_parallel(calls):
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(bounded, *call, **more) for call, more in calls]:
            done.result()


def every_command_is_bounded(_, __):
    f = Folder()
    try:
        calls = []
        for name, path in f.files.items():
            text = DOCUMENTS[name]
            for words in (["lint"], ["lint", "--schema", "oci"], ["lint", "--format", "json"], ["check"], ["translate"],
                          ["translate", "--jsonl"], ["translate", "--cri"], ["explain"], ["run", "--list"],
                          ["golden", "fmt", "--check"], ["matrix"]):
                calls.append(((f"{words} {name}", *words, path), {}))
            calls.append(((f"diff {name}", "diff", path, f.case), {}))
            calls.append(((f"diff {name} and itself", "diff", path, path), {}))
            calls.append(((f"diff bytes {name}", "diff", "--compare", "bytes", f.case, path), {}))
            calls.append(((f"serve {name}", "serve"), {"stdin": text.encode(), "statuses": (0, 1, 2, 3, 4)}))
            calls.append(((f"expect {name}", "run", f.case, "--profile", "baseline", "--testee", HCSPROOF + " serve", "--expect", path), {}))
            calls.append(((f"params {name}", "golden", "new", "a/b", "--op", "oci-to-hcs", "--params", path, "--suite",
                           f.path + "/suite"), {}))
            f.write("documents/area/" + name.replace(" ", "-") + ".json", text)
            calls.append(((f"document {name}", "run", "--profile", "baseline", f.write("cases/area/" + name.replace(" ", "-") + ".json", CASE),
                           "--documents", f.path + "/documents", "--compare", "bytes"), {"statuses": (0, 1, 2, 3)}))
        in_parallel(calls)
    finally:
        shutil.rmtree(f.path)


# ---- testees -----------------------------------------------------------------------------------------------------

# Answers the third question with MODE megabytes of short values, and every other well.
TESTEE = """
import json, sys
mode, size = sys.argv[1], int(sys.argv[2])
print(json.dumps({"hello": {"protocol": 1, "name": "x", "version": "1"}}), flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    if "id" not in asked:
        continue
    path = json.dumps(asked["params"]["path"] + ".")
    if asked["params"]["path"] == "D:":
        item = {"values": "1", "deep": "[" * 50 + "1" + "]" * 50, "objects": "{}"}[mode]
        path = "[" + (item + ",") * (size // (len(item) + 1) - 1) + item + "]"
    print('{"id":%d,"ok":{"path":%s}}' % (asked["id"], path), flush=True)
"""


def a_huge_answer_is_its_cases_verdict(_, __):
    folder = tempfile.mkdtemp(prefix="hcsproof-bounds-")
    try:
        with open(folder + "/testee.py", "w", encoding="utf-8") as file:
            file.write(TESTEE)
        with open(folder + "/cases.jsonl", "w", encoding="utf-8") as file:
            for path in ["C:", "D:", "C:", "D:"] + ["C:"] * 4:
                file.write(json.dumps({"op": "clean-path", "params": {"path": path}, "expect": {"ok": {"path": path + "."}}}) + "\n")
        for mode, tier in (("values", "bytes"), ("deep", "semantic"), ("objects", "semantic")):
            for size, word in ((1 << 20, "difference"), (15 << 20, "too-large")):
                testee = f"{sys.executable} -S -B '{folder}/testee.py' {mode} {size}"
                report = f"{folder}/{mode}-{tier}-{size}.json"
                output = bounded(f"{mode} {tier} {size}", "run", folder + "/cases.jsonl", "--profile", "baseline", "--testee", testee,
                                 "--compare", tier, "--report", "json=" + report, "--quiet", "--max-restarts", "100",
                                 statuses=(1, 3))
                with open(report, encoding="utf-8") as file:
                    results = json.load(file)["results"]
                found = sorted((r["verdict"], r.get("class")) for r in results if r["verdict"] != "pass")
                equal((len(results), len(found)), (8, 2), output)
                if size > 1 << 20 and mode != "deep":
                    equal({kind for _, kind in found}, {word}, output)
    finally:
        shutil.rmtree(folder)


main([every_command_is_bounded, a_huge_answer_is_its_cases_verdict])
