#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test_play_recorded.py SOURCE HCSPROOF: the reference gives every recorded answer of golden/recorded/releases,
tools/play-recorded finds what is wrong where something is, and each recorded release has enough cases."""
import json
import os
import subprocess
import sys
import tempfile
import unittest

# So many cases the suite has for each recorded release: those that have fewest, and docs/releases.md says why one has fewer.
ENOUGH = {"containerd-1.5.18": 1600, "containerd-2bc77b8a2": 3000, "containerd-1.6.0": 3000, "containerd-1.6.9": 3000,
          "hcsshim-0.9.12": 2300, "hcsshim-0.10.0-rc.7": 2300, "go-1.19.8": 500}
SOURCE, HCSPROOF = (os.path.abspath(path) for path in sys.argv[1:3])
RECORDED = os.path.join(SOURCE, "golden", "recorded", "releases")
sys.path.insert(0, os.path.join(SOURCE, "tools"))

from recorded import cases_of  # noqa: E402 (where it is, is an argument)


def play(*arguments):
    done = subprocess.run([sys.executable, "-B", os.path.join(SOURCE, "tools", "play-recorded"), "--hcsproof", HCSPROOF, *arguments],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def first(operation, wanted):
    """The first recorded case of the operation whose expectation has a member."""
    return next(case for case in cases_of(os.path.join(RECORDED, operation + ".jsonl")) if wanted in case["expect"])


class PlayRecorded(unittest.TestCase):
    def play_one(self, case, *arguments):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "one.jsonl")
            with open(path, "w", encoding="utf-8") as file:
                file.write(json.dumps(case) + "\n")
            return play(path, *arguments)

    def test_the_recorded_answers_are_right(self):
        status, told, errors = play(RECORDED)
        self.assertEqual((status, errors), (0, ""), told)
        asked, right = (int(word) for word in told.splitlines()[-1].split() if word.isdigit())
        self.assertEqual(asked, right)
        self.assertGreater(asked, 20000)

    def test_what_is_wrong_is_found(self):
        value = first("cri-to-oci", "ok")
        value["expect"] = {"ok": {"mkdir": [], "spec": {}}}
        text = first("create-document", "text")
        text["expect"]["text"] += " "
        asked = first("cri-to-oci", "host_calls")
        asked["expect"]["host_calls"] = ["stat nothing"]
        message = first("cri-container-spec", "error")
        message["expect"] = {"error": {"message": "another"}}
        error = first("cri-to-oci", "ok")
        error["expect"] = {"error": {}}
        payload = first("cri-container-spec", "error")
        payload["expect"] = {"ok": {}}
        for case, words in ((value, "value: "), (text, "text: "), (asked, "host_calls: "), (message, "message: "),
                            (error, "no error"), (payload, "no payload")):
            status, told, errors = self.play_one(case)
            self.assertEqual((status, errors), (1, ""), told)
            self.assertIn(words, told)
            self.assertIn("one.jsonl:1: ", told)

    def test_unsupported_is_wrong(self):
        case = first("cri-to-oci", "ok")
        case["recorded"] = ["hcsshim-0.13.0"]
        status, told, _ = self.play_one(case)
        self.assertEqual((status, "unsupported: " in told), (1, True), told)

    def test_names_may_stand_in_profiles(self):
        case = first("cri-to-oci", "ok")
        case["profiles"] = case.pop("recorded")
        status, told, _ = self.play_one(case)
        self.assertEqual((status, "%d asked, %d right" % ((len(case["profiles"]),) * 2) in told), (0, True), told)
        status, told, _ = self.play_one(case, "--profile", case["profiles"][0])
        self.assertEqual((status, "1 asked, 1 right" in told), (0, True), told)

    def test_nothing_to_play_is_never_green(self):
        status, told, errors = self.play_one(first("cri-to-oci", "ok"), "--op", "fly")
        self.assertEqual((status, told, "nothing to play" in errors), (2, "", True))

    def test_what_cannot_be_played_says_so(self):
        case = first("cri-to-oci", "ok")
        for change in ({"recorded": ["containerd-0.0.1"]}, {"op": None, "expect": None}):
            changed = {key: value for key, value in {**case, **change}.items() if value is not None}
            status, told, errors = self.play_one(changed)
            self.assertEqual((status, told, errors.startswith("play-recorded: ")), (4, "", True), errors)
        status, told, errors = play(os.path.join(RECORDED, "there-is-none.jsonl"))
        self.assertEqual((status, told, "there-is-none" in errors), (4, "", True))

    def test_each_recorded_release_has_enough_cases(self):
        for name, enough in ENOUGH.items():
            told = subprocess.run([HCSPROOF, "run", os.path.join(SOURCE, "golden"), "--profile", name, "--dry-run"],
                                  stdout=subprocess.PIPE, text=True, check=True).stdout
            self.assertGreaterEqual(int(told.splitlines()[-1].split()[0]), enough, name)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
