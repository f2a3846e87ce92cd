#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Builds a minimal testee of conformance/testees and plays it, as docs/testees.md says. Skipped (status 77), with the
reason, where the toolchain is missing.

    minimal_testees.py HCSPROOF SOURCE LANGUAGE FOLDER      FOLDER: where to build
"""
import glob
import json
import os
import shutil
import subprocess
import sys

import kit

LANGUAGE, FOLDER = sys.argv[3], os.path.abspath(sys.argv[4])
TESTEES = os.path.join(sys.argv[2], "conformance", "testees")
TWO = ("--op", "is-named-pipe", "--op", "dump-type")


def skip(reason):
    print("skipped:", reason)
    sys.exit(77)


def need(*programs):
    for program in programs:
        if shutil.which(program) is None:
            skip("%s is missing" % program)


def flags_of(package):
    """What pkg-config says, for the compiler's command line."""
    need("pkg-config")
    done = subprocess.run(["pkg-config", "--cflags", "--libs", package], capture_output=True, text=True)
    if done.returncode != 0:
        skip("pkg-config knows no %s" % package)
    return done.stdout.split()


def source(name):
    return os.path.join(TESTEES, name)


def build(*command, **more):
    done = subprocess.run(command, cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=kit.PATIENCE,
                          **more)
    if done.returncode != 0:
        raise SystemExit("%s\n%s" % (" ".join(command), done.stdout))


def c():
    need("cc")
    build("cc", "-Wall", "-Wextra", "-Werror", "-o", "minimal-c", source("minimal.c"), *flags_of("jansson"))
    return os.path.join(FOLDER, "minimal-c")


def go():
    need("go")
    environment = {**os.environ, "GOCACHE": os.path.join(FOLDER, "go-cache"), "GO111MODULE": "off"}
    build("go", "vet", source("minimal.go"), env=environment)
    build("go", "build", "-o", "minimal-go", source("minimal.go"), env=environment)
    return os.path.join(FOLDER, "minimal-go")


def rust():
    """With the serde_json of Debian's librust-serde-json-dev: nothing is fetched."""
    need("cargo")
    if not glob.glob("/usr/share/cargo/registry/serde_json-1*"):
        skip("librust-serde-json-dev is missing")
    project = os.path.join(FOLDER, "rust")
    os.makedirs(project, exist_ok=True)
    for name in ("Cargo.toml", "minimal.rs"):
        shutil.copy2(source(name), project)
    build("cargo", "build", "--offline", "--quiet", "--manifest-path", os.path.join(project, "Cargo.toml"),
          "--config", 'source.crates-io.replace-with="debian"',
          "--config", 'source.debian.directory="/usr/share/cargo/registry"')
    return os.path.join(project, "target", "debug", "minimal")


def python():
    return "%s -B %s" % (sys.executable, source("minimal.py"))


def csharp():
    need("mcs", "mono")
    build("mcs", "-out:minimal.exe", *flags_of("newtonsoft-json"), source("minimal.cs"))
    return "mono " + os.path.join(FOLDER, "minimal.exe")


def powershell():
    need("pwsh")
    return "pwsh -NoProfile -NonInteractive -File " + source("minimal.ps1")


def shell():
    """Run once a case."""
    need("sh", "jq")
    return source("one-shot.sh") + " {op}"


LANGUAGES = {"c": c, "csharp": csharp, "go": go, "powershell": powershell, "python": python, "rust": rust,
             "shell": shell}
SUFFIXES = {"c": "c", "csharp": "cs", "go": "go", "powershell": "ps1", "python": "py", "rust": "rs"}
os.makedirs(FOLDER, exist_ok=True)
TESTEE = LANGUAGES[LANGUAGE]()
MODE = "--one-shot" if LANGUAGE == "shell" else "--testee"


def run(hcsproof, folder, *arguments):
    done = kit.run(hcsproof, "run", os.path.join(folder, "golden"), MODE, TESTEE, "--timeout", "300",
                   "--report", "json=-", *arguments)
    report = json.loads(done.stdout[done.stdout.index(b"{"):])
    return done.returncode, report["totals"]


def its_two_operations_pass_byte_for_byte(hcsproof, folder):
    status, totals = run(hcsproof, folder, *TWO, "--compare", "bytes", "--errors", "message", "--quiet")
    kit.equal(status, 0, totals)
    kit.equal(totals["pass"], totals["played"])
    assert totals["played"] >= 28, totals


def what_it_does_not_do_is_skipped_and_not_green(hcsproof, folder):
    for allowed, wanted in (((), 1), (("--allow-skip",), 0)):
        status, totals = run(hcsproof, folder, "--area", "dumps", "--quiet", *allowed)
        kit.equal(status, wanted, totals)
        kit.equal(totals["pass"] + totals["skip"], totals["played"])
        assert totals["skip"] > 0 and totals["pass"] > 0, totals


def it_answers_in_order_and_ends_well(_, __):
    """What the runner does not ask: an operation that the hello does not name."""
    hello = {"hello": {"protocol": 1, "kit": "test", "profile": "baseline"}}
    questions = [{"id": 1, "op": "cpu-limits", "params": {"spec": {}, "max_cpu_count": 4, "cid": "c"}},
                 {"id": 2, "op": "dump-type", "params": {"annotations": None}},
                 {"id": 3, "op": "dump-type", "params": {"annotations": {"io.microsoft.wcow.processdumptype": "é"}}}]
    lines = "".join(json.dumps(frame, ensure_ascii=False) + "\n" for frame in (hello, *questions))
    done = subprocess.run(TESTEE.split(), input=lines.encode(), capture_output=True, timeout=kit.PATIENCE)
    kit.equal(done.returncode, 0, done.stderr)
    assert b"\r" not in done.stdout and done.stdout.endswith(b"\n"), done.stdout
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    kit.equal(answers[0]["hello"]["protocol"], 1)
    kit.equal(answers[0]["hello"]["language"], LANGUAGE)
    kit.equal([answer["id"] for answer in answers[1:]], [1, 2, 3])
    assert "cpu-limits" in answers[1]["unsupported"], answers
    kit.equal(answers[2]["ok"], {"type": 2})
    kit.equal(answers[3]["error"]["message"], 'unknown dump type specified, valid values are "mini" or "full"')


def it_is_short(_, folder):
    with open(source("minimal." + SUFFIXES[LANGUAGE]), encoding="utf-8") as file:
        assert len(file.readlines()) < 60


CHECKS = [its_two_operations_pass_byte_for_byte, what_it_does_not_do_is_skipped_and_not_green]
if MODE == "--testee":
    CHECKS += [it_answers_in_order_and_ends_well, it_is_short]
kit.main(CHECKS)
