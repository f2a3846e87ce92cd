#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""wine_files.py BUILD SOURCE: what the command does with files on Windows, under Wine: names that are not ASCII, findings
that stay, what is replaced, what children get. Access lists, junctions and the folder for temporary files are not the
same there as on Windows; those were only read."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

from kit import PATIENCE, equal

BUILD, SOURCE = sys.argv[1:3]
WINE = os.path.join(SOURCE, "tools", "mingw", "wine")
HCSPROOF = os.path.join(BUILD, "bin", "hcsproof.exe")
WRONG = os.path.join(BUILD, "bin", "kit_wrong.exe")
CASE = {
    "title": "a drive letter alone gets a dot", "why": "C: means the current folder of that drive.", "level": "must",
    "op": "clean-path", "profiles": ["baseline"], "tags": ["path"],
    "upstream": [{"file": "path/filepath/path.go", "symbol": "Clean", "commit": "go1.19.8"}], "source": "rule",
    "params": {"path": "C:"}, "expect": {"ok": {"path": "C:."}},
}
NAME = "отчёт-ü"


def hcsproof(folder, *arguments, status=0):
    done = subprocess.run([WINE, HCSPROOF, *arguments], capture_output=True, cwd=folder, timeout=PATIENCE, check=False,
                          env={**os.environ, "NO_COLOR": "1"}, stdin=subprocess.DEVNULL)
    equal(done.returncode, status, (arguments, done.stdout[-1500:], done.stderr[-1500:]))
    return (done.stdout + done.stderr).decode("utf-8")


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def windows(path):
    return "Z:" + path.replace("/", "\\")


def files(path):
    return sorted(os.path.relpath(os.path.join(place, name), path) for place, _, names in os.walk(path) for name in names)


def findings_of_fuzz_stay(folder):
    write(folder + "/cases/a/b.json", json.dumps(CASE))
    output = hcsproof(folder, "fuzz", "cases", "--testee", windows(WRONG), "--runs", "40", "--seed", "5", "--attempts", "0",
                      "-o", "found", status=1)
    equal(len(files(folder + "/found")), output.count("case: "), output)
    equal(len(files(folder + "/found")) > 0, True, output)
    for name in files(folder + "/found"):
        json.loads(read(f"{folder}/found/{name}"))


def names_that_are_not_ascii_work_everywhere(folder):
    suite = folder + "/" + NAME
    write(suite + "/a/b.json", json.dumps(CASE, indent=2) + "\n")
    hcsproof(folder, "golden", "fmt", "--suite", NAME)
    hcsproof(folder, "golden", "update", "--suite", NAME)
    manifest = json.loads(read(suite + "/manifest.json"))
    manifest["renames"] = {"a/old": "a/b"}
    write(suite + "/manifest.json", json.dumps(manifest))
    for path in (f"{NAME}.json", f"{NAME}-2.json"):
        hcsproof(folder, "run", NAME, "--profile", "baseline", "--id", "a/old", "--testee", windows(HCSPROOF) + " serve", "--report", "json=" + path)
        equal(len(json.loads(read(f"{folder}/{path}"))["results"]), 1)
    hcsproof(folder, "matrix", f"{NAME}.json", f"{NAME}-2.json", "-o", f"{NAME}.html")
    equal("a/b" in read(f"{folder}/{NAME}.html"), True)
    hcsproof(folder, "copy", NAME + "-copy", "--suite", NAME)
    write(suite + "/a/c.json", json.dumps({**CASE, "params": {"path": "D:"}, "expect": {"ok": {"path": "D:."}}}))
    os.remove(suite + "/a/b.json")
    hcsproof(folder, "copy", NAME + "-copy", "--suite", NAME)
    equal(files(f"{folder}/{NAME}-copy"), [".gitattributes", "a/c.json", "manifest.json"])
    for target in (NAME, NAME + "/x", "."):
        equal("[overlap]" in hcsproof(folder, "copy", target, "--suite", NAME, status=2), True, target)
    write(f"{folder}/{NAME}.jsonl", "# mine\n")
    hcsproof(folder, "run", NAME, "--profile", "baseline", "--testee", windows(WRONG), "--expect", f"{NAME}.jsonl", "--expect-update", status=1)
    equal("a/c" in read(f"{folder}/{NAME}.jsonl"), True)
    equal([name for name in files(folder) if ".tmp" in name], [])


def a_file_is_replaced_whole(folder):
    write(folder + "/out.json", "old")
    write(folder + "/in.json", '{"ociVersion":"1.0.2","windows":{"layerFolders":["C:\\\\a","C:\\\\b"]}}')
    hcsproof(folder, "translate", "in.json", "-o", "out.json")
    json.loads(read(folder + "/out.json"))
    hcsproof(folder, "translate", "in.json", "-o", "nowhere/out.json", status=4)
    write(folder + "/bad.json", "{")
    before = read(folder + "/out.json")
    hcsproof(folder, "translate", "bad.json", "-o", "out.json", status=1)
    equal(read(folder + "/out.json"), before)
    equal(files(folder), ["bad.json", "in.json", "out.json"])


def a_command_gets_its_case_and_none_of_our_files(folder):
    write(f"{folder}/cases/{NAME}/b.json", json.dumps(CASE))
    hcsproof(folder, "run", "cases", "--profile", "baseline", "--one-shot", windows(WRONG) + " look", "--report", "json=r.json", "--report",
             "html=r.html", status=1)
    result = json.loads(read(folder + "/r.json"))["results"][0]
    seen = json.loads(result["differences"][0]["actual"])
    equal(seen[0], result["id"])
    equal(NAME in seen[0], True)
    equal([name for name in seen[1:] if name.endswith((".tmp", ".json", ".jsonl", ".html"))], [])


def main():
    failed = 0
    for check in (findings_of_fuzz_stay, names_that_are_not_ascii_work_everywhere, a_file_is_replaced_whole,
                  a_command_gets_its_case_and_none_of_our_files):
        folder = tempfile.mkdtemp(prefix="hcsproof-wine-")
        try:
            check(folder)
            print("ok  ", check.__name__)
        except Exception as problem: # each check is told
            failed += 1
            print("FAIL", check.__name__, problem)
        finally:
            shutil.rmtree(folder)
    sys.exit(1 if failed else 0)


main()
