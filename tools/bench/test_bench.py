#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test_bench.py BENCH SOURCE: what it reports, not how fast."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

BENCH, SOURCE = sys.argv[1:3]
QUICK = ["--rounds", "1", "--batch-ms", "1"]
SPEC = os.path.join(SOURCE, "docs", "examples", "config.json")


def bench(*arguments):
    return subprocess.run([BENCH, *arguments], capture_output=True, text=True, timeout=120, check=False)


def rows(*arguments):
    done = bench("--json", *QUICK, *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["rows"]


class Bench(unittest.TestCase):
    def test_rows(self):
        found = rows()
        self.assertEqual([row["name"] for row in found], ["1kB", "4kB", "64kB", "4kB, newest", "64kB, newest",
                                                          "4kB, its VM", "64kB, its VM", "4kB, from CRI", "64kB, from CRI",
                                                          "4kB, from docker", "64kB, from docker", "10 mounts", "100 mounts", "1000 mounts", "10000 mounts"])
        self.assertEqual([row["spec_bytes"] for row in found[:11]], [1024, 4096, 65536] + [4096, 65536] * 4)
        for row in found:
            self.assertEqual(row["allocations"], 0, row["name"])
            self.assertEqual("ns_per_mount" in row, row["name"].endswith("mounts"))
            self.assertGreater(row["docs_per_s"], 0)
            self.assertGreater(row["jansson_docs_per_s"], 0)
            self.assertGreater(row["memcpy_docs_per_s"], 0)
            self.assertGreater(row["ratio_to_jansson"], 0)

    def test_stages_of_own_spec_and_host(self):
        with tempfile.TemporaryDirectory() as folder:
            host = os.path.join(folder, "host.json")
            with open(host, "w", encoding="utf-8") as file:
                json.dump({"layer_ids": {"base": "5e52bb3b-4c4f-5b6c-9a5a-0d8b1b3a7f11"},
                           "resolve": {"D:\\site": "D:\\site"}}, file)
            for extra in ([], ["--host", host]):
                (row,) = rows("--stages", "--spec", SPEC, *extra)
                self.assertEqual(row["name"], SPEC)
                self.assertEqual(row["spec_bytes"], os.path.getsize(SPEC))
                self.assertEqual(set(row["stages_ns"]), {"decode", "map", "encode"})

    def test_table(self):
        done = bench(*QUICK, "--stages", "--spec", SPEC)
        self.assertEqual(done.returncode, 0, done.stderr)
        heading, row = done.stdout.splitlines()
        self.assertEqual(len(heading), len(heading.rstrip()))
        self.assertIn(SPEC, row)

    def test_help(self):
        done = bench("--help")
        self.assertEqual(done.returncode, 0)
        for option in ("--spec", "--host", "--stages", "--json", "Example", "Exit status"):
            self.assertIn(option, done.stdout)

    def refused(self, status, *arguments):
        done = bench(*arguments)
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        self.assertNotIn("{", done.stdout)
        return done.stderr

    def test_wrong_usage(self):
        for arguments in (["--no-such"], ["--rounds"], ["--rounds", "0"], ["--rounds", "-1"], ["--rounds", "1x"],
                          ["--rounds", "1001"], ["--host", SPEC]):
            self.refused(2, *arguments)

    def test_bad_input(self):
        self.assertIn("cannot be opened", self.refused(1, "--json", "--spec", "/no/such/file"))
        self.refused(1, "--json", "--spec", "/")
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            file.write('{"windows": {"layerFolders": 5}}')
            file.flush()
            self.assertIn("/windows/layerFolders", self.refused(1, "--json", *QUICK, "--spec", file.name))
            self.refused(1, "--json", *QUICK, "--spec", SPEC, "--host", file.name + ".none")
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            file.write('{"layer_ids": 5}')
            file.flush()
            self.assertIn(file.name + ":", self.refused(1, "--json", *QUICK, "--spec", SPEC, "--host", file.name))


class Compare(unittest.TestCase):
    def stand_in(self, **rates):
        """A program that says what was measured: {name: (documents per second, ratio to jansson)}."""
        told = {"rows": [{"name": name, "docs_per_s": rate, "ratio_to_jansson": ratio} for name, (rate, ratio) in rates.items()]}
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        path = os.path.join(folder, "bench")
        with open(path, "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\ncat <<'EOF'\n%s\nEOF\n" % json.dumps(told))
        os.chmod(path, 0o755)
        return path

    def compare(self, *words):
        done = subprocess.run([sys.executable, "-B", os.path.join(SOURCE, "tools", "bench", "compare"), "--turns", "2", *words],
                              capture_output=True, text=True, timeout=60, check=False)
        return done.returncode, done.stdout, done.stderr

    def test_rows_of_two_builds(self):
        old = self.stand_in(**{"4kB": (100, 10), "only old": (1, 1)})
        status, told, _ = self.compare(old, self.stand_in(**{"4kB": (200, 9.6)}))
        self.assertEqual(status, 0, told)
        self.assertIn("96.0 %  4kB", told)
        self.assertNotIn("only old", told)
        status, told, _ = self.compare(old, self.stand_in(**{"4kB": (200, 9.4)}))
        self.assertEqual(status, 1, told)
        self.assertIn("94.0 %  4kB   <-- below 95 %", told)

    def test_rows_of_one_build(self):
        fine = {"4kB": (100, 10), "4kB, newest": (96, 10), "4kB, its VM": (50, 10)}
        for changed, status in (({}, 0), ({"4kB, newest": (94, 10)}, 1), ({"4kB, its VM": (100, 9)}, 1)):
            program = self.stand_in(**{**fine, **changed})
            self.assertEqual(self.compare(program, program)[0], status, changed)

    def test_wrong_usage(self):
        for words in (["--turns", "0"], ["--no-such"], ["a", "b", "c"], ["/no/such/program"], ["/bin/true"]):
            status, told, why = self.compare(*words)
            self.assertEqual((status, told, len(why.splitlines())), (2, "", 1), words)


unittest.main(argv=sys.argv[:1], verbosity=2)
