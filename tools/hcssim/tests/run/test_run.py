#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test_run.py SOURCE [BUILD]: tools/hcssim-run. Without BUILD, a cross-build, only what needs no Wine."""
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

SOURCE = sys.argv[1]
BUILD = sys.argv[2] if len(sys.argv) > 2 else None
TOOL = os.path.join(SOURCE, "tools", "hcssim-run")


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, *names):
        return os.path.join(self.folder.name, *names)

    def run_tool(self, *arguments, **more):
        return subprocess.run([TOOL, *arguments], cwd=self.folder.name, capture_output=True, text=True, check=False,
                              stdin=subprocess.DEVNULL, timeout=600, env=dict(os.environ, **more))


class Usage(Case):
    def test_help_names_every_status(self):
        done = self.run_tool("--help")
        self.assertEqual(done.returncode, 0)
        for text in ("--containerd DIR", "Exit status: 0", "--faults FILE"):
            self.assertIn(text, done.stdout)

    def test_what_is_missing_is_named(self):
        for arguments, status, text in (
                ((), 2, "no command to run"),
                (("--containerd", "a", "--dockerd", "b", "--", "x"), 2, "not allowed with"),
                (("--time", "0", "--", "x"), 2, "--time is at least 1"),
                (("--containerd", "none", "--", "x"), 4, "none/containerd.exe: there is no such program"),
                (("--image", "none.tar", "--", "x"), 4, "none.tar: there is no such file"),
                (("--commands", "none.txt"), 4, "none.txt: No such file"),
                (("--hcsproof", "none", "--", "x"), 4, "there is no hcsproof")):
            done = self.run_tool(*arguments)
            self.assertEqual((done.returncode, done.stdout), (status, ""), arguments)
            self.assertIn(text, done.stderr)
            self.assertFalse(os.path.exists(self.path("hcssim-run")))

    def test_a_line_that_is_no_command_is_refused(self):
        with open(self.path("commands"), "w", encoding="utf-8") as file:
            file.write("ctr 'version\n")
        done = self.run_tool("--commands", "commands")
        self.assertEqual(done.returncode, 2)
        self.assertIn("commands: No closing quotation", done.stderr)


class Runs(Case):
    @classmethod
    def setUpClass(cls):
        cls.programs = tempfile.TemporaryDirectory()
        shutil.copy(os.path.join(BUILD, "bin", "stand-in", "containerd.exe"), cls.programs.name)
        shutil.copy(os.path.join(BUILD, "bin", "hcsrun.exe"), cls.programs.name)
        cls.checker = os.path.join(cls.programs.name, "hcsproof")
        with open(cls.checker, "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\nexec %s/tools/mingw/wine %s/bin/hcsproof.exe \"$@\"\n" % (SOURCE, BUILD))
        os.chmod(cls.checker, stat.S_IRWXU)

    @classmethod
    def tearDownClass(cls):
        cls.programs.cleanup()

    def go(self, *arguments, daemon=True, **more):
        options = ["--containerd", self.programs.name, "--no-image"] if daemon else []
        environment = dict({"HCSSIM_DLLS": os.path.join(BUILD, "hcssim")}, **more)
        return self.run_tool(*options, "--hcsproof", self.checker, "--prefix", os.path.join(SOURCE, "build", "wine-run"),
                             *arguments, **environment)

    def report(self):
        with open(self.path("hcssim-run", "report.json"), encoding="utf-8") as file:
            return json.load(file)

    def test_a_client_s_calls_are_recorded_and_checked(self):
        done = self.go("--", "hcsrun", "run", "--layers", r"C:\hcssim\layers\base", "--", "cmd", "/c", "echo one")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("one", done.stdout)
        self.assertIn("1 commands, 0 failed", done.stdout)
        report = self.report()
        self.assertEqual((report["daemon"], report["check"]["status"]), ("containerd", 0))
        self.assertEqual(report["calls"]["HcsCreateComputeSystem"], 1)
        self.assertIn("0 errors", report["check"]["says"])
        with open(self.path("hcssim-run", "command-1.log"), encoding="utf-8") as file:
            self.assertIn("one", file.read())

    def test_commands_that_fail_or_hang_are_told(self):
        with open(self.path("commands"), "w", encoding="utf-8") as file:
            file.write("# three\ncmd /c exit 7\n\ncmd /c echo 'a b' C:\\x\ncmd /c ping -n 1000 127.0.0.1\n")
        for seconds in "8", "60":  # on a busy machine, the first two may take as long as the fewest
            done = self.go("--commands", "commands", "--time", seconds, daemon=False)
            if done.stderr.count("did not end") == 1:
                break
        self.assertEqual(done.returncode, 1)
        self.assertIn("exit 7: ended with 7", done.stderr)
        self.assertIn("did not end within %s s" % seconds, done.stderr)
        self.assertIn("no program called the service", done.stderr)
        self.assertEqual(self.report()["commands"][1]["command"], ["cmd", "/c", "echo", "a b", "C:\\x"])
        self.assertEqual([command["status"] for command in self.report()["commands"]], [7, 0, "timed out"])

    def test_a_planned_fault_reaches_the_client(self):
        with open(self.path("faults"), "w", encoding="utf-8") as file:
            file.write("HcsStartComputeSystem 1 fail 0x80370110\n")
        done = self.go("--faults", "faults", "--", "hcsrun", "run", "--layers", r"C:\hcssim\layers\base", "--", "cmd")
        self.assertEqual(done.returncode, 1)
        self.assertIn("ended with 125", done.stderr)

    def test_a_daemon_that_does_not_answer_is_told_with_its_last_words(self):
        done = self.go("--", "cmd", "/c", "echo never", HCSSIM_TEST_DAEMON="dies")
        self.assertEqual((done.returncode, done.stdout), (3, ""))
        self.assertIn("containerd ended with 7", done.stderr)
        self.assertIn("the last words", done.stderr)
        done = self.go("--time", "3", "--", "cmd", "/c", "echo never", HCSSIM_TEST_DAEMON="silent")
        self.assertEqual((done.returncode, done.stdout), (3, ""))
        self.assertIn("did not answer within 3 s", done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2, defaultTest=["Usage", "Runs"] if BUILD else ["Usage"])
