#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""hcsproof explain of cases, on the suite of this repository."""
import os
import tempfile

from kit import equal, main, one_line, run


def says(done, *parts):
    for part in parts:
        if part not in done.stdout.decode():
            raise AssertionError("%r is not in %s" % (part, done.stdout.decode()))


def explains_a_case_by_its_id(command, source):
    done = run(command, "explain", "cpu/all-three", cwd=source)
    equal(done.returncode, 0, done.stderr)
    says(done, "cpu/all-three: ", "What breaks when this is wrong",
         "ConvertCPULimits in https://github.com/microsoft/hcsshim/blob/0af576d29/internal/hcsoci/hcsdoc_wcow.go",
         '"count": 3', "mutually exclusive", "hcsproof run golden/cpu/all-three.json --testee 'COMMAND'")


def explains_what_a_glob_or_a_file_holds(command, source):
    done = run(command, "explain", "clean-path/*", cwd=source)
    old = run(command, "explain", "path/unc-server-only", cwd=source)
    says(old, "--testee 'COMMAND' --profile baseline --compare bytes")
    says(done, "clean-path/", "Play it", "golden/recorded/clean-path.jsonl --id clean-path/")
    done = run(command, "explain", os.path.join(source, "golden/cpu/all-three.json"))
    says(done, "cpu/all-three: ")


def an_error_without_a_text_has_its_reason(command, source):
    for name, reason in (("cpu/null-spec", "the original crashes here"),
                         ("cpu-limits/ae2b557f9b", "the original's JSON reader refuses the question")):
        says(run(command, "explain", name, cwd=source), "Expected: an error, whatever its text\n  " + reason)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, *name.split("/")) + ".json"
            os.mkdir(os.path.dirname(path))
            with open(path, "w", encoding="utf-8") as file:
                file.write("{}")
            done = run(command, "run", "--profile", "baseline", "--id", name, "--documents", folder, cwd=source)
            says(done, "a result where an error was expected: " + reason)


def every_case_can_be_explained(command, source):
    done = run(command, "explain", "*", cwd=source)
    equal(done.returncode, 0, done.stderr)


def suggests_the_nearest_id(command, source):
    done = run(command, "explain", "cpu/all-tree", cwd=source)
    equal(done.returncode, 1)
    one_line(done.stderr, "no case is named 'cpu/all-tree'; did you mean 'cpu/all-three'?")
    for path in ("shim.log", "./shim.json", "C:\\logs\\shim.txt"):
        done = run(command, "explain", path, cwd=source)
        equal((done.returncode, done.stderr.decode()), (1, "hcsproof explain: the file '%s' does not exist\n" % path))
    equal(run(command, "explain", "cpu/all-three", cwd="/").returncode, 0, "the suite of the checkout that it is in")
    with tempfile.TemporaryDirectory() as folder:
        done = run(command, "explain", folder)
        equal((done.returncode, done.stderr.decode()), (1, "hcsproof explain: there are no cases in %s\n" % folder))


main([explains_a_case_by_its_id, explains_what_a_glob_or_a_file_holds, an_error_without_a_text_has_its_reason,
      every_case_can_be_explained, suggests_the_nearest_id])
