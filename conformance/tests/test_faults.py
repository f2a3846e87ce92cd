#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every command that writes files, killed at each of its writes and told at each that the disk is full: what was there is
whole, what is there is old or new, nothing temporary is left after an end of its own, and the next run mends it.

strace makes the faults: it kills at, or refuses, the nth call of a kind."""
import concurrent.futures
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

from kit import equal, main, run

HCSPROOF = sys.argv[1]
RECORDING = os.path.join(sys.argv[2], "conformance", "tests", "data", "recording.jsonl")
# What changes something on a disk. Of openat only what makes a file.
CALLS = ("write", "pwrite64", "fsync", "openat", "mkdir", "rename", "renameat2", "link", "linkat", "unlink", "rmdir",
         "fchmod", "fchown", "ftruncate")
# No disk is too full for these; what cannot be removed stays.
REMOVALS = ("unlink", "rmdir")
# Of many calls of one kind: the first and last ones, and some between.
MOST = 6
QUIET = {**os.environ, "NO_COLOR": "1", "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"}
CASE = {
    "title": "a drive letter alone gets a dot", "why": "C: means the current folder of that drive.", "level": "must",
    "op": "clean-path", "profiles": ["baseline"], "tags": ["path"],
    "upstream": [{"file": "path/filepath/path.go", "symbol": "Clean", "commit": "go1.19.8"}], "source": "rule",
    "params": {"path": "C:"}, "expect": {"ok": {"path": "C:."}},
}
SPEC = '{"ociVersion":"1.0.2","process":{"args":["cmd"]},"windows":{"layerFolders":["C:\\\\l","C:\\\\s"]}}'
# Answers every question, wrongly. A shell's, because it starts in no time.
WRONG = """#!/bin/sh
echo '{"hello":{"protocol":1,"name":"x","version":"1"}}'
exec sed -u -n 's/^{"id":\\([0-9]*\\),.*/{"id":\\1,"ok":{"path":"wrong"}}/p'
"""


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def case(**changes):
    return json.dumps({**CASE, **changes}, indent=2) + "\n"


def make_suite(root, version):
    write(f"{root}/a/same.json", case())
    write(f"{root}/a/changed.json", case(title="changed " + version))
    write(f"{root}/{version}/only.json", case(title="only in " + version))
    run(HCSPROOF, "golden", "update", "--suite", root)


def tree(path, hidden=True):
    found = {}
    for place, _, names in os.walk(path):
        for name in names:
            full = os.path.join(place, name)
            with open(full, encoding="utf-8") as file:
                found[os.path.relpath(full, path)] = file.read()
    return found


# ---- the commands ------------------------------------------------------------------------------------------------

class Command:
    """Makes a folder, changes it with one command line, and knows what it may look like in between."""
    status = (0,)
    # What a run may also end with beside others of the same target.
    beside = ()
    threads = False

    def prepare(self, f):
        raise NotImplementedError

    def arguments(self, f):
        raise NotImplementedError

    # Of a text that differs from run to run (times) only the beginning and the end are compared.
    ends = None

    def same(self, a, b):
        if self.ends is not None and isinstance(a, str) and isinstance(b, str):
            return a.startswith(self.ends[0]) == b.startswith(self.ends[0]) and a.endswith(self.ends[1]) == \
                b.endswith(self.ends[1])
        return a == b

    def check(self, there, before, after, where):
        """Each file is as before or as after."""
        for name in set(there) | set(before) | set(after):
            now = there.get(name)
            if now is not None and name not in before and name not in after and ".tmp" in name:
                continue
            if not self.same(now, before.get(name)) and not self.same(now, after.get(name)):
                raise AssertionError(f"{where}: {name} is neither old nor new: {str(now)[:500]!r}")


class Translate(Command):
    def prepare(self, f):
        write(f + "/in.json", SPEC)
        write(f + "/out.json", "old\n")

    def arguments(self, f):
        return ["translate", "--profile", "baseline", f + "/in.json", "-o", f + "/out.json"]


class TranslateLines(Command):
    threads = True

    def prepare(self, f):
        write(f + "/in.jsonl", (SPEC + "\n") * 40)
        write(f + "/out.jsonl", "old\n")

    def arguments(self, f):
        return ["translate", "--profile", "baseline", "--jsonl", f + "/in.jsonl", "-o", f + "/out.jsonl", "-j", "1"]


class Reports(Command):
    status = (1,)
    ends = ("<", ">\n")

    def prepare(self, f):
        write(f + "/area/cases.jsonl", (json.dumps(CASE) + "\n") * 30)
        os.chmod(write(f + "/testee", WRONG), 0o755)
        write(f + "/out.html", "old\n")

    def arguments(self, f):
        return ["run", "--profile", "baseline", f + "/area/cases.jsonl", "--testee", f + "/testee", "--quiet",
                "--report", f"html={f}/out.html", "--report", f"junit={f}/new.xml"]


class Expectations(Reports):
    status = (0, 1, 5)
    ends = None

    def prepare(self, f):
        super().prepare(f)
        write(f + "/known.jsonl", '# mine\n{"case": "nothing/*", "class": "difference", "reason": "old"}\n')

    def arguments(self, f):
        return ["run", "--profile", "baseline", f + "/area/cases.jsonl", "--testee", f + "/testee", "--quiet",
                "--suite", f + "/area", "--expect", f + "/known.jsonl", "--expect-update"]


class Findings(Reports):
    ends = None

    def arguments(self, f):
        return ["fuzz", f + "/area/cases.jsonl", "--testee", f + "/testee", "--seed", "5", "--runs",
                "10", "--attempts", "20", "--jobs", "1", "--out", f + "/found"]


class GoldenUpdate(Command):
    def prepare(self, f):
        make_suite(f + "/suite", "old")
        write(f + "/suite/a/more.json", case(title="more"))

    def arguments(self, f):
        return ["golden", "update", "--suite", f + "/suite"]


class GoldenFmt(Command):
    def prepare(self, f):
        for name in ("x", "y", "z"):
            write(f"{f}/suite/a/{name}.json", json.dumps(CASE))

    def arguments(self, f):
        return ["golden", "fmt", "--suite", f + "/suite"]


class GoldenFmtRecorded(Command):
    """Cases on lines, which fmt packs."""
    def prepare(self, f):
        lines = ('{"id":"clean-path/%d", "title": "%s", "params": {"path":"D:"}}\n' % (number, "long " * 20)
                 for number in range(40))
        write(f + "/suite/recorded/clean-path.jsonl", "".join(lines))

    def arguments(self, f):
        return ["golden", "fmt", "--suite", f + "/suite"]


class GoldenRanges(Command):
    def prepare(self, f):
        for name in ("x", "y"):
            write(f"{f}/suite/a/{name}.json", case(recorded=["go-1.19.8", "go-1.22.12"]))

    def arguments(self, f):
        return ["golden", "ranges", "--write", "--suite", f + "/suite"]


class GoldenWiden(Command):
    def prepare(self, f):
        limit = {"op": "memory-limit", "params": {"spec": {"windows": {"resources": {"memory": {"limit": 1048576}}}}},
                 "expect": {"ok": {"mb": 1}}, "recorded": ["hcsshim-0.12.9+go-1.22.12"], "profiles": ["hcsshim =0.12.9"]}
        write(f + "/suite/a/limit.json", case(**limit))
        write(f + "/suite/recorded/memory-limit.jsonl", json.dumps({"id": "memory-limit/one", "title": "A", **limit}) + "\n")

    def arguments(self, f):
        return ["golden", "widen", "--write", "--suite", f + "/suite"]


class GoldenNew(Command):
    def prepare(self, f):
        write(f + "/params.json", '{"path":"D:"}')
        write(f + "/suite/b/c.json", case())

    def arguments(self, f):
        return ["golden", "new", "b/c", "--accept", "--op", "clean-path", "--params", f + "/params.json", "--suite",
                f + "/suite"]


class GoldenNewArea(GoldenNew):
    def arguments(self, f):
        return ["golden", "new", "d/e", "--op", "clean-path", "--params", f + "/params.json", "--suite", f + "/suite"]


class CopyFresh(Command):
    def prepare(self, f):
        make_suite(f + "/new", "new")

    def arguments(self, f):
        return ["copy", f + "/copy", "--suite", f + "/new"]

    def check(self, there, before, after, where):
        """All or nothing."""
        now = {name for name in there if name.startswith("copy/")}
        whole = {name for name in after if name.startswith("copy/")}
        equal(now in (set(), whole), True, f"{where}: {now}")
        super().check(there, before, after, where)


class CopyOver(Command):
    def prepare(self, f):
        make_suite(f + "/new", "new")
        make_suite(f + "/old", "old")
        run(HCSPROOF, "copy", f + "/copy", "--suite", f + "/old")
        write(f + "/copy/own/mine.json", case(title="mine"))

    def arguments(self, f):
        return ["copy", f + "/copy", "--suite", f + "/new"]

    def check(self, there, before, after, where):
        # The note of what is to come is there while it is needed.
        super().check({name: text for name, text in there.items() if name != "copy/.hcsproof-copy.json"}, before, after,
                      where)


class Manual(Command):
    def prepare(self, f):
        write(f + "/man/hcsproof.1", "old\n")

    def arguments(self, f):
        return ["man", "--folder", f + "/man"]


class Record(Reports):
    status = (0,)
    ends = None

    def arguments(self, f):
        return ["record", f + "/area/cases.jsonl", "--testee", f + "/testee", "--quiet", "-o", f + "/mine.jsonl"]


class Scrub(Command):
    def prepare(self, f):
        shutil.copy(RECORDING, f + "/run.jsonl")
        write(f + "/shared.jsonl", "old\n")

    def arguments(self, f):
        return ["check", "--scrub", f + "/run.jsonl", "-o", f + "/shared.jsonl"]


class Matrix(Command):
    report = None # one for all folders: it holds times

    def prepare(self, f):
        if Matrix.report is None:
            with tempfile.TemporaryDirectory() as folder:
                Reports().prepare(folder)
                run(HCSPROOF, *Reports().arguments(folder), "--report", f"json={folder}/report.json")
                with open(folder + "/report.json", encoding="utf-8") as file:
                    Matrix.report = file.read()
        write(f + "/report.json", Matrix.report)
        write(f + "/matrix.html", "old\n")

    def arguments(self, f):
        return ["matrix", f + "/report.json", "-o", f + "/matrix.html"]


WRITERS = (Translate, TranslateLines, Reports, Expectations, Findings, GoldenUpdate, GoldenFmt, GoldenFmtRecorded,
           GoldenRanges, GoldenWiden, GoldenNew, GoldenNewArea, CopyFresh, CopyOver, Manual, Record, Scrub, Matrix)


# ---- faults ------------------------------------------------------------------------------------------------------

def made(command):
    folder = tempfile.mkdtemp(prefix="hcsproof-faults-")
    command.prepare(folder)
    return folder


def traced(command, f, *more):
    follow = ["-f"] if command.threads else []
    return run("strace", "-qq", *follow, "-o", f + ".trace", *more, HCSPROOF, *command.arguments(f), env=QUIET)


def relevant(command, f):
    """The numbers of the calls that change something, by kind."""
    done = traced(command, f, "-e", "trace=" + ",".join("?" + call for call in CALLS))
    equal(done.returncode in command.status, True, done.stderr)
    numbers = {}
    counts = dict.fromkeys(CALLS, 0)
    with open(f + ".trace", encoding="utf-8", errors="replace") as trace:
        for line in trace:
            found = re.match(r"(?:\d+ +)?(\w+)\(", line)
            if found is None or found.group(1) not in counts:
                continue
            counts[found.group(1)] += 1
            if found.group(1) != "openat" or "O_CREAT" in line:
                numbers.setdefault(found.group(1), []).append(counts[found.group(1)])
    return numbers


def some(numbers):
    if len(numbers) <= MOST:
        return numbers
    half = MOST // 2
    return sorted(set(numbers[:half - 1] + numbers[1 - half:] + numbers[::max(1, len(numbers) // 3)]))


def leftovers(f):
    return [os.path.join(place, name) for place, folders, names in os.walk(f) for name in names + folders
            if name.endswith(".tmp")]


def break_it(command, call, number, fault, before, after):
    f = made(command)
    where = f"{type(command).__name__}: {call} {number} {fault}"
    try:
        done = traced(command, f, "-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={number}")
        there = relocated(f)
        command.check(there, before, after, where)
        if done.returncode >= 0 and "KILL" not in fault:
            equal(leftovers(f), [], where)
            if done.returncode in command.status and done.returncode == 0:
                command.check(there, after, after, where + ": status 0, and not done")
        for path in leftovers(f):
            if os.path.isdir(path):
                shutil.rmtree(path)
            elif os.path.exists(path):
                os.remove(path)
        done = run(HCSPROOF, *command.arguments(f), env=QUIET)
        equal(done.returncode in (*command.status, 0, 1), True, f"{where}: again: {done.stderr}")
        command.check(relocated(f), after, after, where + ": again")
    finally:
        shutil.rmtree(f)
        os.remove(f + ".trace")


def relocated(f):
    """What is in the folder, as if it had another name."""
    return {name: text.replace(f, "FOLDER") for name, text in tree(f).items()}


def stands(command):
    f = made(command)
    before = relocated(f)
    numbers = relevant(command, f)
    after = relocated(f)
    shutil.rmtree(f)
    os.remove(f + ".trace")
    faults = [(call, number, fault) for call, list_ in numbers.items() for number in some(list_)
              for fault in ("signal=KILL", "error=ENOSPC") if fault == "signal=KILL" or call not in REMOVALS]
    equal(len(faults) >= 6, True, "it writes something")
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(break_it, command, *fault, before, after) for fault in faults]:
            done.result()
    print("    %d faults" % len(faults))


def check_for(kind):
    def check(_, __):
        stands(kind())
    check.__name__ = "%s_stands_faults" % re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
    return check


def unwritable_targets_are_told(command, source):
    """Status 4, a line that names the place, and nothing changes."""
    for kind in WRITERS:
        f = made(kind())
        before = relocated(f)
        arguments = kind().arguments(f)
        places = sorted({place for place, _, _ in os.walk(f)}, reverse=True)
        try:
            for place in places:
                os.chmod(place, 0o555)
            done = as_nobody(f, arguments)
            if done is None:
                return
            equal(done.returncode, 4, f"{kind.__name__}: {done.stderr}")
            equal(f.encode() in done.stderr, True, f"{kind.__name__}: {done.stderr}")
            equal(relocated(f), before, kind.__name__)
        finally:
            for place in places:
                os.chmod(place, 0o755)
            shutil.rmtree(f)


def several_at_once_make_one_whole(command, source):
    """Each file is as one run alone leaves it, whoever was the last; a run that could not do its part says so."""
    for kind in WRITERS:
        f = made(kind())
        before, arguments = relocated(f), kind().arguments(f)
        alone = made(kind())
        run(HCSPROOF, *kind().arguments(alone), env=QUIET)
        after = relocated(alone)
        try:
            with concurrent.futures.ThreadPoolExecutor(6) as pool:
                for done in pool.map(lambda _: run(HCSPROOF, *arguments, env=QUIET), range(12)):
                    equal(done.returncode in (*kind.status, *kind.beside), True, f"{kind.__name__}: {done.stderr}")
            kind().check(relocated(f), after, after, kind.__name__)
            equal(leftovers(f), [], kind.__name__)
            equal(before == after, False, kind.__name__)
        finally:
            shutil.rmtree(f)
            shutil.rmtree(alone)


def a_copy_is_put_on_the_disk_once(command, source):
    """Not each of its thousands of files."""
    f = made(CopyFresh())
    try:
        calls = relevant(CopyFresh(), f)
        equal((len(calls["fsync"]), len(tree(f + "/copy")) > 4), (1, True), calls)
    finally:
        shutil.rmtree(f)
        os.remove(f + ".trace")


def a_second_interrupt_leaves_nothing_unfinished(command, source):
    """The first comes while the second finding is brought to the disk, the second before it has its name."""
    f = made(Findings())
    try:
        done = traced(Findings(), f, "-e", "trace=fsync,link", "-e", "inject=fsync:signal=TERM:when=2", "-e",
                      "inject=link:signal=TERM:when=2")
        equal((done.returncode, leftovers(f)), (-signal.SIGTERM, []), done.stderr)
    finally:
        shutil.rmtree(f)
        os.remove(f + ".trace")


def as_nobody(f, arguments):
    """Root may write everywhere."""
    if os.geteuid() != 0:
        return run(HCSPROOF, *arguments, env=QUIET)
    if shutil.which("setpriv") is None:
        return None
    return run("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", HCSPROOF, *arguments, env=QUIET)


if shutil.which("strace") is None or subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"],
                                                    check=False).returncode != 0:
    print("strace cannot be used here")
    sys.exit(77)
main([check_for(kind) for kind in WRITERS] + [unwritable_targets_are_told, several_at_once_make_one_whole,
                                           a_copy_is_put_on_the_disk_once,
                                           a_second_interrupt_leaves_nothing_unfinished])
