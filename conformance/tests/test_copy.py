#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""hcsproof copy: nothing of anybody's is lost, whatever is in the way and whenever it is killed."""
import contextlib
import json
import os
import shutil
import subprocess
import tempfile

from kit import equal, main, one_line, run

CASE = {
    "title": "a drive letter alone gets a dot", "why": "C: means the current folder of that drive.", "level": "must",
    "op": "clean-path", "profiles": ["baseline"], "tags": ["path"],
    "upstream": [{"file": "path/filepath/path.go", "symbol": "Clean", "commit": "go1.19.8"}], "source": "rule",
    "params": {"path": "C:"}, "expect": {"ok": {"path": "C:."}},
}


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def case(**changes):
    return json.dumps({**CASE, **changes}, indent=2) + "\n"


@contextlib.contextmanager
def suites(command):
    """A folder with two versions of a suite, old and new, and a copy of the old one in `copy`."""
    folder = tempfile.mkdtemp(prefix="hcsproof-copy-")
    try:
        for name in ("old", "new"):
            write(f"{folder}/{name}/a/same.json", case())
            write(f"{folder}/{name}/a/changed.json", case(title="changed " + name))
            write(f"{folder}/{name}/{name}/only.json", case(title="only in " + name))
            write(f"{folder}/{name}/recorded/clean-path.jsonl", json.dumps({**CASE, "title": name}) + "\n")
            equal(run(command, "golden", "update", "--suite", f"{folder}/{name}").returncode, 0)
        equal(copy(command, folder, "old").returncode, 0)
        yield folder
    finally:
        shutil.rmtree(folder)


def copy(command, folder, suite, target="copy", **more):
    return run(command, "copy", os.path.join(folder, target), "--suite", os.path.join(folder, suite), **more)


def tree(path):
    """What is there: the text of each file, where each link leads."""
    found = {}
    for place, folders, names in os.walk(path):
        for name in names + folders:
            full = os.path.join(place, name)
            if os.path.islink(full):
                found[os.path.relpath(full, path)] = "-> " + os.readlink(full)
            elif os.path.isfile(full):
                found[os.path.relpath(full, path)] = read(full)
    return found


def expected(folder, suite):
    return {**tree(f"{folder}/{suite}"), ".gitattributes": read(f"{folder}/copy/.gitattributes")}


def a_newer_copy_takes_the_place_of_an_older_one(command, _):
    with suites(command) as f:
        done = copy(command, f, "new")
        equal((done.returncode, done.stderr), (0, b""))
        equal(tree(f + "/copy"), expected(f, "new"))
        equal(os.path.exists(f + "/copy/old"), False, "an empty folder is left")
        equal(run(command, "golden", "verify", "--suite", f + "/copy").returncode, 0)
        equal(sorted(os.listdir(f)), ["copy", "new", "old"])


def suite_and_copy_do_not_overlap(command, _):
    with suites(command) as f:
        before = tree(f)
        os.symlink("old", f + "/link")
        for suite, target in (("old", "old"), ("old", "old/inside"), ("old", "old/in/side"), ("old", "link"),
                              ("old", "old/../old/"), ("old", "."), ("link", "old"), ("link/", "old/x")):
            done = copy(command, f, suite, target)
            equal(done.returncode, 2, (suite, target))
            one_line(done.stderr, "[overlap]")
        done = run(command, "copy", "golden", "--suite", ".", cwd=f + "/old")
        equal(done.returncode, 2)
        os.remove(f + "/link")
        equal(tree(f), before)


def a_copy_that_comes_to_nothing_changes_nothing(command, _):
    with suites(command) as f:
        before = tree(f)
        equal(run(command, "copy", f + "/copy", "--suite", f + "/new", "--profile", "basline").returncode, 2)
        write(f + "/new/zz/bad.json", "")
        os.remove(f + "/new/zz/bad.json")
        os.symlink("nowhere", f + "/new/zz/bad.json")
        equal(copy(command, f, "new").returncode, 4)
        shutil.rmtree(f + "/new/zz")
        equal(tree(f), before)
        equal(copy(command, f, "nowhere").returncode, 4)
        equal(tree(f), before)


def edited_and_own_files_stay_and_are_named(command, _):
    with suites(command) as f:
        write(f + "/copy/a/changed.json", "edited")
        write(f + "/copy/old/only.json", "edited too")
        write(f + "/copy/mine/x.json", case(title="mine"))
        write(f + "/copy/README.md", "mine")
        write(f + "/copy/.gitattributes", "mine")
        for _ in range(3):
            done = copy(command, f, "new")
            equal(done.returncode, 1, done.stderr)
            for name in ("a/changed.json", "old/only.json", "mine/x.json"):
                equal(f"copy/{name}: ".encode() in done.stderr, True, done.stderr)
            there = tree(f + "/copy")
            equal([there[name] for name in ("a/changed.json", "old/only.json", "mine/x.json", "README.md",
                                            ".gitattributes")],
                  ["edited", "edited too", case(title="mine"), "mine", "mine"])
            equal("mine/x.json" in json.loads(there["manifest.json"])["files"], False)
        os.remove(f + "/copy/a/changed.json")
        equal(copy(command, f, "new").returncode, 0)


def no_link_leads_out(command, _):
    with suites(command) as f:
        shutil.rmtree(f + "/copy/a")
        write(f + "/precious/same.json", read(f + "/old/a/same.json"))
        write(f + "/precious/gone.json", case())
        os.symlink("../precious", f + "/copy/a")
        before = tree(f)
        done = copy(command, f, "new")
        equal(done.returncode, 4)
        one_line(done.stderr, "copy/a: is a link")
        equal(tree(f), before)
        os.remove(f + "/copy/a")
        os.makedirs(f + "/copy/a")
        os.symlink("../../precious/same.json", f + "/copy/a/same.json")
        done = copy(command, f, "new")
        equal(done.returncode, 1, done.stderr)
        equal(read(f + "/precious/same.json"), case())
        equal(os.path.islink(f + "/copy/a/same.json"), True)


def an_edited_manifest_removes_nothing_that_it_does_not_know(command, _):
    with suites(command) as f:
        manifest = json.loads(read(f + "/copy/manifest.json"))
        manifest["files"]["mine/x.json"] = "00"
        write(f + "/copy/mine/x.json", case(title="mine"))
        write(f + "/copy/manifest.json", json.dumps(manifest))
        done = copy(command, f, "new")
        equal(done.returncode, 0, done.stderr)
        equal(read(f + "/copy/mine/x.json"), case(title="mine"))


def two_at_the_same_time_make_one_whole_copy(command, _):
    with suites(command) as f:
        for target in ("fresh", "copy"):
            started = [subprocess.Popen([command, "copy", f"{f}/{target}", "--suite", f + "/new"],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(4)]
            ends = [(process.communicate()[1], process.returncode) for process in started]
            equal({code for _, code in ends} <= {0, 4}, True, ends)
            equal(copy(command, f, "new", target).returncode, 0)
            equal(tree(f"{f}/{target}"), expected(f, "new"))
        equal(sorted(os.listdir(f)), ["copy", "fresh", "new", "old"])


main([a_newer_copy_takes_the_place_of_an_older_one, suite_and_copy_do_not_overlap,
      a_copy_that_comes_to_nothing_changes_nothing, edited_and_own_files_stay_and_are_named, no_link_leads_out,
      an_edited_manifest_removes_nothing_that_it_does_not_know, two_at_the_same_time_make_one_whole_copy])
