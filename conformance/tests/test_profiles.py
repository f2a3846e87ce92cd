# SPDX-License-Identifier: Apache-2.0
"""hcsproof profiles and changes: which releases there are, and what differs between two."""
import json
import re
import sys
import tempfile

from kit import equal, main, one_line, run


def every_release_is_listed(command, source):
    lines = run(command, "profiles").stdout.decode().splitlines()
    equal(lines[0], "newest is containerd-2.3.4+moby-28.5.2")
    names = [line.split()[0] for line in lines[3:]]
    equal(len(names), len(set(names)))
    equal({"containerd-1.5.0", "containerd-2.3.4", "hcsshim-0.9.0", "hcsshim-0.15.0-rc.4", "moby-20.10.0",
           "moby-28.5.2"} - set(names), set())
    for line in lines[3:]:
        equal(bool(re.fullmatch(r"\S+ +(recorded|computed) +(hcsshim \S+, )?runtime-spec \S+, go \S+", line)), True, line)
    recorded = run(command, "profiles", "--recorded").stdout.decode().splitlines()[3:]
    equal(recorded, [line for line in lines[3:] if " recorded " in line])
    equal(len(recorded), 36)


def a_profile_is_explained(command, source):
    text = run(command, "profiles", "containerd-2.1").stdout.decode()
    equal(text.splitlines()[0], "containerd-2.1.9")
    equal("\n  hcsshim 0.13.0: " in text and "\n    hcsshim.pipes.both-ends\n" in text, True, text)
    equal("\n    hcsshim.hostprocess.hyperv\n" in text, False, text)


def an_unknown_profile_is_refused(command, source):
    for arguments in (("profiles", "containerd-2.9"), ("changes", "containerd-2.9", "newest"),
                      ("changes", "newest", "containerd-2.9")):
        done = run(command, *arguments)
        equal((done.returncode, done.stdout), (2, b""))
        one_line(done.stderr, "did you mean containerd-2.1.9?", "[profile-unknown]")


def changes_come_worst_first(command, source):
    done = run(command, "changes", "containerd-1.7.34", "containerd-2.3.4")
    text = done.stdout.decode()
    equal((done.returncode, done.stderr), (1, b""))
    levels = re.findall(r"^(must|should|may) ", text, re.M)
    equal(levels, sorted(levels, key=["must", "should", "may"].index))
    equal("must   hcsshim.pipes.both-ends\n" in text, True, text)
    equal([line for line in text.splitlines() if len(line) > 100], [])
    equal(text.splitlines()[-1], f"{len(levels)} changes, {levels.count('must')} of level must")


def what_went_is_no_longer_there(command, source):
    text = run(command, "changes", "hcsshim-0.14.0", "hcsshim-0.14.1").stdout.decode()
    equal("must   no longer: hcsshim.root.preset-crash\n" in text, True, text)


def nothing_of_level_must_is_fine(command, source):
    done = run(command, "changes", "containerd-2.1.8", "containerd-2.1.9")
    equal((done.returncode, done.stdout.decode().splitlines()[-1]), (0, "0 changes, 0 of level must"))
    done = run(command, "changes", "hcsshim-0.13.0", "moby-28.5.2+go-1.23.0")
    equal(done.returncode, 0, done.stdout)


def a_schema_is_that_of_the_release(command, source):
    for profile, known in (("hcsshim-0.13.0", False), ("hcsshim-0.14.1", True), ("baseline", False)):
        text = run(command, "schema", "oci", "--profile", profile).stdout.decode()
        equal("specs.WindowsCPUGroupAffinity" in text, known, profile)
    done = run(command, "schema", "oci", "--profile", "hcsshim-0.99.0")
    equal((done.returncode, done.stdout), (2, b""))
    one_line(done.stderr, "[profile-unknown]")


def what_holds_elsewhere_is_told(command, source):
    for more in ((), ("--list",)):
        done = run(command, "run", "golden/cpu-scale/off.json", "--testee", command + " serve",
                   "--profile", "go-1.22.12", *more, cwd=source)
        equal(done.returncode, 2, done.stdout)
        one_line(done.stderr, "no case that matches holds for go-1.22.12; cpu-scale/off, one of 1, holds for baseline, hcsshim ")


HELLO = """import json, sys
for line in sys.stdin:
    frame = json.loads(line)
    if "hello" in frame:
        print(json.dumps({"hello": {"protocol": 1, "name": "t", "version": "1", **json.loads(sys.argv[1])}}), flush=True)
    else:
        print(json.dumps({"id": frame["id"], "ok": {"path": "a"}}), flush=True)
"""


def played(command, hello, *arguments, path="C:/a/../b"):
    """The last words of a run of one case against a testee with that hello: status, output, errors."""
    with tempfile.TemporaryDirectory() as folder:
        with open(folder + "/testee.py", "w", encoding="utf-8") as file:
            file.write(HELLO)
        case = {"id": "a/b", "title": "t", "level": "may", "op": "clean-path", "tags": [], "params": {"path": path},
                "profiles": ["baseline", "go >=1.13.0"], "expect": {"ok": {"path": "a"}}}
        with open(folder + "/cases.jsonl", "w", encoding="utf-8") as file:
            file.write(json.dumps(case) + "\n")
        done = run(command, "run", "cases.jsonl", "--testee", "'%s' -S -B testee.py '%s'" % (sys.executable, json.dumps(hello)),
                   *arguments, cwd=folder)
        return done.returncode, done.stdout.decode(), done.stderr.decode()


def a_testee_is_played_as_what_it_is(command, source):
    newest = "containerd-2.3.4+moby-28.5.2"
    for hello, told in (
            ({}, newest + " (the newest: the testee does not say which release it is)"),
            ({"releases": {"hcsshim": "0.12.9"}}, "hcsshim-0.12.9 (the testee's releases)"),
            ({"releases": {"containerd": "1.7.34", "hcsshim": "0.12.9"}},
             "containerd-1.7.34+hcsshim-0.12.9 (the testee's releases)"),
            ({"profile": "containerd-2.1", "releases": {"go": "1.25.11"}}, "containerd-2.1.9 (the testee answers as it)"),
            ({"profiles": ["hcsshim-0.13.0", "hcsshim-0.14", "baseline", "x"]},
             "hcsshim-0.14.1 (the newest that the testee lists)"),
            ({"profiles": ["x"]}, newest + " (the newest: the testee does not say which release it is)"),
            ({"releases": {"hcsshim": "0.99.0"}},
             "hcsshim-0.15.0-rc.4 (the newest in the table: the testee is hcsshim-0.99.0, which is newer)"),
            ({"releases": {"containerd": "3.0.0-beta.1", "hcsshim": "0.12.9"}},
             "containerd-2.3.4 (the newest in the table: the testee is containerd-3.0.0-beta.1, which is newer)"),
            ({"releases": {"hcsshim": "0.12.9-mine"}},
             newest + " (the newest: the testee is hcsshim-0.12.9-mine, which the table does not have)")):
        status, out, errors = played(command, hello)
        listed = "profiles" not in hello or "x" != hello["profiles"][0]
        equal((status, "\nprofile " + told + "\n" in out, errors if listed else ""), (0 if listed else 2, True, ""),
              f"{hello} {out} {errors}")


def a_repro_names_the_release(command, source):
    status, out, _ = played(command, {"releases": {"hcsshim": "0.12.9"}}, path="b")
    equal(status, 0, out)
    out = played(command, {"releases": {"hcsshim": "0.12.9"}}, "--compare", "bytes", "-v")[1]
    equal("profile hcsshim-0.12.9 (the testee's releases)" in out, True, out)


def a_contradiction_is_refused(command, source):
    for hello, arguments, told in (
            ({"releases": {"hcsshim": "0.12.9"}}, ("--profile", "hcsshim-0.13.0"),
             "the testee says that it is hcsshim-0.12.9, but it is asked to be hcsshim-0.13.0"),
            ({"profile": "hcsshim-0.13.0", "releases": {"hcsshim": "0.12.9"}}, (),
             "the testee says that it is hcsshim-0.12.9, but its own hello names the profile hcsshim-0.13.0")):
        status, out, errors = played(command, hello, *arguments)
        equal((status, out), (2, ""), errors)
        one_line(errors.encode(), told)
    for hello in ({"releases": {"hcsshim": "0.13.0", "go": "1.19.8"}}, {"releases": {"containerd": "1.6.0"}},
                  {"releases": {"hcsshim": "0.13.0-mine"}}, {"releases": "x"}):
        status, out, errors = played(command, hello, "--profile", "hcsshim-0.13")
        equal((status, "\nprofile hcsshim-0.13.0 (--profile)\n" in out), (0, True), out + errors)


main([a_testee_is_played_as_what_it_is, a_repro_names_the_release, a_contradiction_is_refused, a_schema_is_that_of_the_release, every_release_is_listed, a_profile_is_explained, an_unknown_profile_is_refused,
      changes_come_worst_first,
      what_went_is_no_longer_there, nothing_of_level_must_is_fine, what_holds_elsewhere_is_told])
