#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Completions do what they should in bash and are sound in the shells that are here; every command has a man page that
mandoc and groff have nothing to say about; the action runs the suite."""
import os
import re
import shutil
import subprocess
import tempfile

from kit import equal, main, run


def complete(command, *words):
    """What bash offers for the last of the words."""
    script = ('source <("$0" completions bash); COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); compopt() { :; }; _hcsproof;'
              'printf "%s\\n" "${COMPREPLY[@]}"')
    done = subprocess.run(["bash", "-c", script, command, *words], capture_output=True, text=True, timeout=20)
    equal(done.stderr, "", words)
    return done.stdout.split()


def bash_completes(command, source):
    equal(complete(command, "hcsproof", "gol"), ["golden"])
    equal(complete(command, "hcsproof", "golden", "f"), ["fmt"])
    equal(complete(command, "hcsproof", "run", "--compa"), ["--compare"])
    equal(complete(command, "hcsproof", "run", "--compare", ""), ["semantic", "canonical", "bytes"])
    equal(complete(command, "hcsproof", "run", "--errors", "m"), ["message"])
    equal(complete(command, "hcsproof", "golden", "fmt", "--ch"), ["--check"])
    equal(complete(command, "hcsproof", "run", "-x", "golden"), [])
    equal("--max-restarts" in complete(command, "hcsproof", "run", "golden", "--"), True)


def other_shells_accept_theirs(command, source):
    for shell in ("zsh", "fish"):
        text = run(command, "completions", shell).stdout
        equal(len(text) > 2000, True, shell)
        if shutil.which(shell):
            with tempfile.NamedTemporaryFile() as file:
                file.write(text)
                file.flush()
                done = subprocess.run([shell, "-n", file.name], capture_output=True)
                equal((done.returncode, done.stderr), (0, b""), shell)
    equal(b"Register-ArgumentCompleter" in run(command, "completions", "powershell").stdout, True)
    equal(run(command, "completions", "csh").returncode, 2)


def commands_of(command, *path):
    """Every command with its words, from --help."""
    text = run(command, *path, "--help").stdout.decode()
    section = re.search(r"^Commands:\n(.*?)(\n\n|\Z)", text, re.S | re.M)
    found = [path]
    for line in section.group(1).splitlines() if section else []:
        name = line.split()[0] if re.match(r"  \S", line) else None
        if name:
            found += commands_of(command, *path, name)
    return found


def every_command_has_a_page(command, source):
    with tempfile.TemporaryDirectory() as folder:
        equal(run(command, "man", "--folder", folder + "/man1").returncode, 0)
        pages = sorted(os.listdir(folder + "/man1"))
        wanted = sorted("-".join(("hcsproof",) + words) + ".1" for words in commands_of(command))
        equal(pages, wanted)
        equal(len(pages) > 15, True, pages)
        for page in pages:
            path = os.path.join(folder, "man1", page)
            if shutil.which("mandoc"):
                done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", path], capture_output=True, text=True)
                equal([x for x in done.stdout.splitlines() if "missing date" not in x], [], page)
            if shutil.which("groff"):
                done = subprocess.run(["groff", "-man", "-ww", "-Tutf8", path], capture_output=True, text=True)
                equal(done.stderr, "", page)
    equal(run(command, "man", "golden", "fmt").stdout.startswith(b".TH hcsproof\\-golden\\-fmt 1"), True)
    equal(run(command, "man", "nothing").returncode, 2)


def the_action_runs_the_suite(command, source):
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, HCSPROOF=command, REPORTS=folder + "/reports", GITHUB_OUTPUT=folder + "/output",
                           GITHUB_STEP_SUMMARY=folder + "/summary", CASES=source + "/golden/recorded",
                           TESTEE="'%s' serve" % command, OPTIONS="--op clean-path --op cpu-limits")
        script = os.path.join(source, "tools/action/run")
        done = subprocess.run([script], env=environment, capture_output=True, text=True, timeout=60)
        equal(done.returncode, 0, done.stdout + done.stderr)
        with open(folder + "/output", encoding="utf-8") as file:
            equal(file.read(), "status=0\n")
        with open(folder + "/summary", encoding="utf-8") as file:
            equal(file.read().startswith("## hcsproof: conforms"), True)
        equal(sorted(os.listdir(folder + "/reports")),
              ["annotations.txt", "badge.json", "report.html", "report.json", "report.sarif", "report.xml", "summary.md"])
        done = subprocess.run([script], env=dict(environment, TESTEE="false"), capture_output=True, text=True)
        equal(done.returncode, 3, done.stdout)
        equal("::error title=hcsproof::testee is broken" in done.stdout, True, done.stdout)


main([bash_completes, other_shells_accept_theirs, every_command_has_a_page, the_action_runs_the_suite])
