#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""hcsproof copy, on the suite of this repository."""
import json
import os
import tempfile

from kit import equal, main, one_line, run


def copies_the_suite_and_copies_it_again(command, source):
    with tempfile.TemporaryDirectory() as folder:
        target = os.path.join(folder, "suite")
        whole = run(command, "copy", os.path.join(folder, "whole"), cwd=source)
        for _ in range(2):
            done = run(command, "copy", target, "--profile", "baseline", cwd=source)
            equal(done.returncode, 0, done.stderr)
        count = int(done.stdout.split()[0])
        equal(int(whole.stdout.split()[0]) > count, True, "the whole suite has more than the baseline's cases")
        equal(run(command, "golden", "verify", "--suite", target).returncode, 0)
        played = run(command, "run", target, "--profile", "baseline", "--testee", command + " serve", "--report", "json=" + folder + "/r.json")
        equal(played.returncode, 0, played.stdout)
        with open(folder + "/r.json", encoding="utf-8") as file:
            report = json.load(file)
        equal(report["totals"]["pass"], count)
        with open(os.path.join(target, ".gitattributes"), encoding="utf-8") as file:
            equal(file.read().splitlines()[-1], "* -text")
        os.rename(os.path.join(target, "cpu/all-three.json"), os.path.join(target, "cpu/mine.json"))
        equal(run(command, "copy", target, "--no-recorded", cwd=source).returncode, 0)
        equal(os.path.exists(os.path.join(target, "recorded/clean-path.jsonl")), False, "an old file is still there")


def leaves_other_folders_alone(command, source):
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "mine"), "w", encoding="utf-8"):
            pass
        done = run(command, "copy", folder, cwd=source)
        equal((done.returncode, os.listdir(folder)), (2, ["mine"]))
        one_line(done.stderr, "holds something other than an earlier copy")
        equal(run(command, "copy", folder + "/new", "--profile", "none", cwd=source).returncode, 2)


main([copies_the_suite_and_copies_it_again, leaves_other_folders_alone])
