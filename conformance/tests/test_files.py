#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the command does with files that are not its own, and what its children get to see of them."""
import contextlib
import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time

from kit import PATIENCE, equal, main, one_line, run, wait_for

CASES = os.path.join("conformance", "tests", "data", "cases.jsonl")
SPEC = b'{"ociVersion":"1.0.2","process":{"args":["cmd"]},"windows":{"layerFolders":["C:\\\\l","C:\\\\s"]}}'


@contextlib.contextmanager
def folder():
    path = tempfile.mkdtemp(prefix="hcsproof-files-")
    try:
        yield path
    finally:
        shutil.rmtree(path)


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def script(path, text):
    os.chmod(write(path, "#!/bin/sh\n" + text), 0o755)
    return path


def leftovers(path):
    return [name for _, _, names in os.walk(path) for name in names if name.endswith(".tmp")]


def translate(command, out, **more):
    return run(command, "translate", "--profile", "baseline", "-", "-o", out, stdin=SPEC, **more)


# ---- replaced files ----------------------------------------------------------------------------------------------

def a_replaced_file_keeps_its_mode_and_owner(command, _):
    with folder() as f:
        out = write(f + "/out.json", "old")
        for mode in (0o600, 0o640, 0o444, 0o755):
            os.chmod(out, mode)
            equal(translate(command, out).returncode, 0)
            equal(stat.S_IMODE(os.stat(out).st_mode), mode)
        if os.geteuid() == 0:
            os.chown(out, 65534, 65534)
            equal(translate(command, out).returncode, 0)
            equal((os.stat(out).st_uid, os.stat(out).st_gid), (65534, 65534))
        os.link(out, f + "/other-name.json")
        write(out, "before")
        equal(translate(command, out).returncode, 0)
        with open(f + "/other-name.json", encoding="utf-8") as file:
            equal(file.read(), "before", "another name of the old file keeps it")
        equal(leftovers(f), [])


def a_new_file_has_the_mode_of_the_mask(command, _):
    with folder() as f:
        equal(translate(command, f + "/out.json", umask=0o027).returncode, 0)
        equal(stat.S_IMODE(os.stat(f + "/out.json").st_mode), 0o640)


def nobody_else_reads_a_secret_while_it_is_written(command, _):
    """The file beside a target of mode 600 has that mode before anything is in it."""
    with folder() as f:
        os.chmod(write(f + "/out.json", "old"), 0o600)
        with subprocess.Popen([command, "translate", "--profile", "baseline", "--jsonl", "-", "-o", f + "/out.json"],
                              stdin=subprocess.PIPE) as process:
            wait_for(lambda: leftovers(f))
            equal([stat.S_IMODE(os.stat(os.path.join(f, name)).st_mode) for name in leftovers(f)], [0o600])
            process.communicate(b"")


def links_are_followed(command, _):
    with folder() as f:
        os.makedirs(f + "/real")
        write(f + "/real/there.json", "old")
        os.symlink("real/there.json", f + "/link")
        os.symlink("real/new.json", f + "/to-nothing")
        os.symlink("to-nothing", f + "/to-link")
        os.symlink("circle", f + "/circle")
        for name, target in (("link", "there"), ("to-link", "new"), ("to-nothing", "new")):
            equal(translate(command, f"{f}/{name}").returncode, 0)
            equal(os.path.islink(f"{f}/{name}"), True, name)
            json.load(open(f"{f}/real/{target}.json", encoding="utf-8"))
        equal(translate(command, f + "/circle").returncode, 4)
        equal(os.path.islink(f + "/circle"), True)
        equal(leftovers(f), [])


def a_file_that_grows_too_large_is_an_error(command, source):
    # A build that counts coverage would write more than that as well: it goes nowhere, and what is said of it is left out.
    limited = ["sh", "-c", 'export GCOV_PREFIX=/dev/null; ulimit -f 1; exec "$@"', "sh", command]
    with folder() as f:
        write(f + "/specs.jsonl", (SPEC.decode() + "\n") * 20)
        old = write(f + "/out.json", "old")
        done = run(*limited, "translate", "--profile", "baseline", "--jsonl", f + "/specs.jsonl", "-o", old)
        equal(done.returncode, 4, done.stderr)
        one_line(re.sub(rb"(?m)^(libgcov )?profiling.*\n", b"", done.stderr), old, "File too large")
        done = run(*limited, "run", "--profile", "baseline", os.path.join(source, CASES), "--testee", command + " serve",
                   "--report", "html=" + old)
        equal(done.returncode, 4, done.stderr)
        with open(old, encoding="utf-8") as file:
            equal(file.read(), "old")
        equal(leftovers(f), [])


def a_closed_standard_stream_stays_closed(command, _):
    """No output file takes its number."""
    with folder() as f:
        write(f + "/specs.jsonl", (SPEC.decode() + "\n") * 5 + "{\n")
        for closed in (0, 1, 2):
            done = run("sh", "-c", f'exec "$@" {closed}>&-', "sh", command, "translate", "--profile", "baseline", "--jsonl", f + "/specs.jsonl",
                       "-o", f + "/out.jsonl")
            equal(done.returncode, 1, done.stderr)
            with open(f + "/out.jsonl", encoding="utf-8") as file:
                lines = [json.loads(line) for line in file]
            equal(len(lines), 6, f"descriptor {closed} closed")
        equal(run("sh", "-c", 'exec "$@" >&-', "sh", command, "translate", "--profile", "baseline", "-", stdin=SPEC).returncode, 4)
        equal(run("sh", "-c", 'exec "$@" <&-', "sh", command, "translate", "--profile", "baseline", "-").returncode, 4)


# ---- findings of fuzz --------------------------------------------------------------------------------------------

# Refuses every question in other words, so that each is a finding of its own.
REFUSING = """
import json, sys
print(json.dumps({"hello": {"protocol": 1, "name": "x", "version": "1"}}), flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    if "id" in asked:
        word = "".join(chr(97 + int(digit)) for digit in str(asked["id"]))
        print(json.dumps({"id": asked["id"], "error": {"message": word}}), flush=True)
"""


def findings_survive_two_interrupts(command, source):
    with folder() as f:
        out = f + "/out"
        testee = f"{sys.executable} -S -B '{write(f + '/testee.py', REFUSING)}'"
        with subprocess.Popen([command, "fuzz", source + "/golden", "--testee", testee, "--runs", "2000", "--timeout", "100", "--errors",
                               "message", "--max-findings", "1000", "--seed", "5", "--attempts", "0", "--out", out],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            wait_for(lambda: len(json_files(out)) > 5)
            before = json_files(out)
            process.send_signal(signal.SIGTERM)
            time.sleep(0.005)
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)
        equal(len(before) > 5, True, "there are findings")
        equal(before - json_files(out), set(), "they are still there")
        for path in json_files(out):
            with open(path, encoding="utf-8") as file:
                json.load(file)
        equal(leftovers(out), [])


def json_files(path):
    return {os.path.join(place, name) for place, _, names in os.walk(path) for name in names if name.endswith(".json")}


# ---- what children get -------------------------------------------------------------------------------------------

def a_testee_inherits_no_file(command, source):
    with folder() as f:
        testee = script(f + "/testee", f'seen=$(ls -l /proc/$$/fd)\necho "$seen" >>"{f}/seen"\n'
                                       f'exec "{command}" serve\n')
        done = run(command, "run", "--profile", "baseline", os.path.join(source, CASES), "--testee", testee, "--jobs", "2", "--report",
                   f"html={f}/r.html", "--report", f"json={f}/r.json", "--expect", write(f + "/e.jsonl", ""))
        equal(done.returncode in (0, 1, 2), True, done.stderr)
        with open(f + "/seen", encoding="utf-8") as file:
            seen = [line.split(" -> ")[1].strip() for line in file if " -> " in line]
        equal(len(seen) > 0, True)
        equal([name for name in seen if not name.startswith("pipe:") and name != f + "/testee"], [])


def a_variable_of_the_kit_is_there_once(command, source):
    with folder() as f:
        testee = script(f + "/testee", f'tr "\\0" "\\n" </proc/$$/environ | grep ^HCSPROOF_OP= >>"{f}/raw"\n'
                                       f'echo "$HCSPROOF_OP" >>"{f}/seen"\nexit 77\n')
        run(command, "run", "--profile", "baseline", os.path.join(source, CASES), "--one-shot", testee,
            env={**os.environ, "HCSPROOF_OP": "outer", "HCSPROOF_CASE": "outer"})
        with open(f + "/seen", encoding="utf-8") as file:
            seen = file.read().split("\n")
        equal("outer" in seen, False, seen)
        with open(f + "/raw", encoding="utf-8") as file:
            equal("HCSPROOF_OP=outer" in file.read(), False)


def earlier_children_are_left_alone(command, source):
    with folder() as f:
        done = run("bash", "-c", f'sleep 300 >/dev/null 2>&1 & echo $! >"{f}/pid"; exec "$@"', "bash", command, "run", "--profile", "baseline",
                   os.path.join(source, CASES), "--testee", command + " serve")
        with open(f + "/pid", encoding="utf-8") as file:
            pid = int(file.read())
        os.kill(pid, 0)
        os.kill(pid, signal.SIGKILL)
        equal(done.returncode in (0, 1, 2), True, done.stderr)


def a_child_that_cannot_be_ended_is_given_up(command, source):
    """As with sudo: the signal is refused. strace refuses it in its place."""
    if shutil.which("strace") is None:
        return
    with folder() as f:
        testee = script(f + "/testee", f'echo $$ >>"{f}/pids"; exec sleep 3000\n')
        done = run("strace", "-qq", "-o", "/dev/null", "-e", "trace=kill", "-e", "inject=kill:error=EPERM", command,
                   "run", "--profile", "baseline", os.path.join(source, CASES), "--testee", testee, "--timeout", "0.2",
                   env=dict(os.environ, LSAN_OPTIONS="detect_leaks=0"))  # which does not work under strace
        equal(done.returncode, 3, done.stderr)
        with open(f + "/pids", encoding="utf-8") as file:
            for pid in file.read().split():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(pid), signal.SIGKILL)


# ---- names -------------------------------------------------------------------------------------------------------

CASE = {"op": "clean-path", "params": {"path": "C:"}, "expect": {"ok": {"path": "C:."}}}


def an_id_is_not_a_path(command, _):
    """Whatever a case file calls its case, nothing outside of the folder of documents is read."""
    with folder() as f:
        os.makedirs(f + "/documents/a")
        os.makedirs(f + "/secret")
        write(f + "/secret/config.json", '{"path":"SECRET"}')
        write(f + "/documents/a/good.json", '{"path":"C:."}')
        bad = ["../secret/config", "a/../../secret/config", "/etc/passwd", "a//b", "a/", "/a", ".", "a/..", "a\\..\\b", "C:x",
               "a\u0000b", "a\nb", "con/x", "a/NUL", "a/com1.x", "a/b.", "a/b ", "x" * 501]
        write(f + "/cases.jsonl", "".join(json.dumps({"id": name, **CASE}) + "\n" for name in ["a/good", *bad]))
        done = run(command, "run", "--profile", "baseline", f + "/cases.jsonl", "--documents", f + "/documents", "--report",
                   f"json={f}/report.json")
        output = done.stdout + done.stderr
        equal(b"SECRET" in output, False, output)
        equal(output.count(b"is not plain names separated"), len(bad), output)
        with open(f + "/report.json", encoding="utf-8") as file:
            text = file.read()
        equal("SECRET" in text, False)
        equal([case["id"] for case in json.loads(text)["results"]], ["a/good"])


def a_file_of_the_folder_above_can_be_played(command, _):
    with folder() as f:
        os.makedirs(f + "/in")
        write(f + "/x.json", json.dumps(CASE))
        for where, path in ((f + "/in", "../x.json"), (f, "./x.json"), (f, "x.json"), (f + "/in", "..")):
            done = run(command, "run", "--profile", "baseline", path, "--testee", command + " serve", "--verbose", cwd=where)
            equal((done.returncode, b"PASS   x" in done.stdout), (0, True), done.stdout + done.stderr)


def a_folder_is_gone_into_once(command, _):
    with folder() as f:
        os.makedirs(f + "/a/b")
        write(f + "/a/one.json", json.dumps(CASE))
        write(f + "/a/b/two.json", json.dumps(CASE))
        for name in ("l1", "l2", "b/l3"):
            os.symlink(f + "/a", f"{f}/a/{name}")
        os.symlink("a", f + "/other")
        for operands in ([f + "/a"], [f], [f + "/a", f + "/other", f + "/a/b"]):
            done = run(command, "run", "--profile", "baseline", "--list", *operands)
            equal(len(done.stdout.splitlines()), 2, done.stdout)


def folders_that_nest_too_deep_are_told(command, _):
    with folder() as f:
        os.makedirs(f + "/d" * 70)
        done = run(command, "run", "--profile", "baseline", "--list", f)
        equal(done.returncode, 4, done.stdout)
        one_line(done.stderr, "File name too long")


main([a_replaced_file_keeps_its_mode_and_owner, a_new_file_has_the_mode_of_the_mask,
      nobody_else_reads_a_secret_while_it_is_written, links_are_followed, a_file_that_grows_too_large_is_an_error,
      a_closed_standard_stream_stays_closed, findings_survive_two_interrupts, a_testee_inherits_no_file,
      a_variable_of_the_kit_is_there_once, earlier_children_are_left_alone, a_child_that_cannot_be_ended_is_given_up,
      an_id_is_not_a_path, a_file_of_the_folder_above_can_be_played, a_folder_is_gone_into_once,
      folders_that_nest_too_deep_are_told])
