#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How hcsproof behaves beside other programs: a reader that has had enough, a suite that is found from anywhere, help that
fits, a version that programs read."""
import fcntl
import json
import os
import pty
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios

from kit import PATIENCE, as_baseline, equal, main, run

HCSPROOF, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
FOLDER = tempfile.mkdtemp(prefix="hcsproof-manners-")


def contains(text, part):
    if part not in text:
        raise AssertionError("%r is not in %r" % (part, text[:2000]))


def environment(**more):
    kept = {name: value for name, value in os.environ.items() if name not in ("HCSPROOF_SUITE", "COLUMNS")}
    return {**kept, "NO_COLOR": "1", **more}


# ---- a reader that has had enough ------------------------------------------------------------------------------------

CONFIG = os.path.join(SOURCE, "docs", "examples", "config.json")
REPORT = ["run", "cpu/clamped", "--profile", "baseline", "--testee", "'%s' serve" % HCSPROOF, "--report", "json=-", "-q"]
TALKERS = (["--help"], ["-h"], ["help"], ["help", "protocol"], ["schema", "hcs-v2"], ["run", "--list"], ["version"],
           ["run", "cpu/*", "--profile", "baseline", "-v", "--testee", "'%s' serve" % HCSPROOF], ["explain", "cpu/clamped"], ["completions", "bash"],
           ["translate", "--profile", "baseline", CONFIG], ["translate", "--profile", "baseline", "--pretty", CONFIG], ["lint", "--rules"], ["man"],
           REPORT)


def a_reader_that_has_gone_is_no_error(*_):
    for words in TALKERS:
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run([HCSPROOF, *words], stdout=writer, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, cwd=SOURCE,
                              env=environment(), timeout=PATIENCE, check=False)
        os.close(writer)
        told = [line for line in done.stderr.decode().splitlines() if line.startswith("hcsproof ") or words != REPORT]
        equal((done.returncode, told), (-signal.SIGPIPE, []), words)


def a_server_whose_reader_has_gone_ends(*_):
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([HCSPROOF, "serve"], stdout=writer, stderr=subprocess.PIPE, env=environment(), timeout=PATIENCE, check=False,
                          input=b'{"hello":{"protocol":1,"kit":"x","profile":"baseline"}}\n')
    os.close(writer)
    equal((done.returncode, done.stderr), (-signal.SIGPIPE, b""))


def a_full_disk_is_one(*_):
    for words in TALKERS:
        with open("/dev/full", "wb") as full:
            done = subprocess.run([HCSPROOF, *words], stdout=full, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, cwd=SOURCE,
                                  env=environment(), timeout=PATIENCE, check=False)
        equal(done.returncode, 4, (words, done.stderr))
        told = [line for line in done.stderr.decode().splitlines() if line.startswith("hcsproof")]
        equal(len(told), 1, (words, done.stderr))
        contains(told[0], "standard output")


def what_a_testee_does_not_read_is_still_its_fault(*_):
    done = run(HCSPROOF, "run", "cpu/clamped", "--profile", "baseline", "--testee", "sh -c 'exec <&-; echo hi'", cwd=SOURCE, env=environment())
    equal(done.returncode, 3, done.stderr)


# ---- the suite -----------------------------------------------------------------------------------------------------

def new_suite(name):
    """A suite of one case."""
    folder = os.path.join(FOLDER, name)
    os.makedirs(os.path.join(folder, "path"))
    with open(os.path.join(folder, "path", name + ".json"), "w", encoding="utf-8") as file:
        json.dump({"title": name, "op": "clean-path", "level": "must", "params": {"path": "a/b"},
                   "expect": {"ok": {"path": "a\\b"}}}, file)
    with open(os.path.join(folder, "manifest.json"), "w", encoding="utf-8") as file:
        json.dump({"suite": name, "version": "1", "files": {"path/%s.json" % name: "0"}}, file)
    return folder


def listed(*arguments, cwd=FOLDER, **more):
    done = run(HCSPROOF, "run", "--list", *as_baseline(arguments), cwd=cwd, env=environment(**more))
    return done.returncode, done.stdout.decode().split(), done.stderr.decode()


def a_suite_is_found_from_anywhere(*_):
    """The command is in build/PRESET/bin of a checkout."""
    there, here, named = new_suite("there"), os.path.join(FOLDER, "here"), new_suite("named")
    status, ids, errors = listed("cpu/clamped")
    equal((status, ids), (0, ["cpu/clamped"]), errors)
    shown = run(HCSPROOF, "explain", "cpu/clamped", cwd=FOLDER, env=environment()).stdout.decode()
    contains(shown, "hcsproof run %s --testee" % os.path.join(os.path.realpath(SOURCE), "golden", "cpu", "clamped.json"))
    equal(listed(HCSPROOF_SUITE=there)[1], ["path/there"])
    equal(listed("--suite", named, HCSPROOF_SUITE=there)[1], ["path/named"])
    equal(listed("--suite", named, "path/*")[1], ["path/named"])
    os.mkdir(here)
    os.rename(new_suite("golden"), os.path.join(here, "golden"))
    equal(listed(cwd=here)[1], ["path/golden"])
    equal(listed(cwd=here, HCSPROOF_SUITE=there)[1], ["path/there"], "what is set is meant")
    equal(listed(os.path.join(there, "path"), "--suite", named)[1], ["path/there"], "files that are named are played")


def a_suite_that_is_not_there_is_named(*_):
    status, ids, errors = listed("--suite", "/no/such/suite")
    equal((status, ids), (2, []))
    equal(errors, "hcsproof run: --suite /no/such/suite: no such folder\n")
    status, ids, errors = listed(HCSPROOF_SUITE="/no/such/suite")
    equal((status, ids), (2, []))
    equal(errors, "hcsproof run: HCSPROOF_SUITE /no/such/suite: no such folder\n")


def without_a_suite_it_says_what_to_do(*_):
    alone = os.path.join(FOLDER, "a", "b", "bin")
    os.makedirs(alone)
    program = os.path.join(alone, "hcsproof")
    shutil.copy(HCSPROOF, program)
    for words in (["run", "--testee", "true"], ["copy", os.path.join(FOLDER, "copied")], ["fuzz", "--testee", "true"]):
        done = run(program, *words, cwd=alone, env=environment())
        equal(done.returncode, 2, words)
        equal(done.stderr.decode(), "hcsproof %s: there is no suite here; name one with --suite or HCSPROOF_SUITE, or start in a "
              "checkout\n" % words[0])


def fuzzing_starts_from_it(*_):
    suite = new_suite("fuzzed")
    done = run(HCSPROOF, "fuzz", "--suite", suite, "--testee", "'%s' serve" % HCSPROOF, "--runs", "20", "--seed", "1",
               cwd=FOLDER, env=environment())
    equal(done.returncode, 0, done.stdout + done.stderr)
    contains(done.stdout.decode(), "clean-path")
    if "oci-to-hcs" in done.stdout.decode():
        raise AssertionError("it started from another suite: " + done.stdout.decode())


# ---- help and version ----------------------------------------------------------------------------------------------

def on_terminal(columns, *words):
    """What the command prints on a terminal of so many columns."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = subprocess.Popen([HCSPROOF, *words], stdin=subprocess.DEVNULL, stdout=slave, stderr=slave, env=environment())
    os.close(slave)
    output = b""
    try:
        while True:
            part = os.read(master, 65536)
            if not part:
                break
            output += part
    except OSError:
        pass  # the terminal's other end has gone
    os.close(master)
    equal(process.wait(60), 0)
    return output.decode().replace("\r\n", "\n").splitlines()


COMMANDS = ([], ["run"], ["golden"], ["golden", "new"], ["fuzz"], ["translate"])


def help_fits_the_terminal(*_):
    plain = run(HCSPROOF, "run", "--help", env=environment()).stdout.decode().splitlines()
    for columns in (60, 80, 100, 200):
        for command in COMMANDS:
            for line in on_terminal(columns, *command, "--help"):
                # An example is one line, so that it can be copied, and a long word stays whole.
                if len(line) > columns and len(max(line.split(), key=len)) < columns // 2 and "hcsproof" not in line and \
                        "Example:" not in line and line.startswith(" "):
                    raise AssertionError("%d columns, not %d: %s" % (len(line), columns, line))
    equal(on_terminal(80, "run", "--help"), plain, "no terminal is like one of 80 columns")
    equal(max(map(len, on_terminal(200, "run", "--help"))) <= 100, True)


def short_help_is_short(*_):
    for command in COMMANDS:
        short, whole = (run(HCSPROOF, *command, option, env=environment()).stdout.decode() for option in ("-h", "--help"))
        contains(whole, "Exit status:")
        equal("Exit status:" in short or "Examples:" in short, False, short)
        contains(short, " --help' for details and examples.")
        names = [line.split()[0] for line in whole.splitlines() if line.startswith("      --")]
        for name in names:
            contains(short, name)
    equal(len(run(HCSPROOF, "run", "-h").stdout.splitlines()) < 60, True)


def programs_can_read_the_version(*_):
    value = json.loads(run(HCSPROOF, "version", "--json").stdout)
    equal(sorted(value), ["jansson", "name", "protocol", "version"])
    equal((value["name"], value["protocol"]), ("hcsproof", 1))
    plain = run(HCSPROOF, "version").stdout
    equal(plain.splitlines()[0].decode(), "hcsproof " + value["version"])
    equal(run(HCSPROOF, "--version").stdout, plain)
    equal(run(HCSPROOF, "run", "--version").stdout, plain)


# ---- progress -------------------------------------------------------------------------------------------------------


def on_a_terminal(*arguments):
    """What a command writes on standard error when that is a terminal."""
    leader, follower = pty.openpty()
    child = subprocess.Popen([HCSPROOF, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=follower,
                             cwd=SOURCE, env=environment())
    os.close(follower)
    text = b""
    while True:
        try:
            some = os.read(leader, 4096)
        except OSError:  # Linux: the last writer has gone
            some = b""
        if not some:
            break
        text += some
    os.close(leader)
    child.wait(60)
    return text.decode()


def progress_tells_skipped_from_wrong(*_):
    said = on_a_terminal("run", "golden/cpu", "--profile", "baseline", "--documents", FOLDER)
    contains(said, "\r\x1b[K16 played, 0 wrong, 16 skipped")


if __name__ == "__main__":
    try:
        main([a_reader_that_has_gone_is_no_error, a_server_whose_reader_has_gone_ends, a_full_disk_is_one,
              what_a_testee_does_not_read_is_still_its_fault, a_suite_is_found_from_anywhere,
              a_suite_that_is_not_there_is_named, without_a_suite_it_says_what_to_do, fuzzing_starts_from_it,
              help_fits_the_terminal, short_help_is_short, programs_can_read_the_version, progress_tells_skipped_from_wrong])
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
