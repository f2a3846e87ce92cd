# SPDX-License-Identifier: Apache-2.0
"""tools/test with steps of its own: what it counts, what it calls failed, and that budgets hold.

    python3 test_test.py SOURCE
"""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

SOURCE = pathlib.Path(sys.argv.pop(1))
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("HCSPROOF_")}
STEPS = ("light", "arrows", "format", "dev", "recorded", "curated", "mingw", "package")


class Test(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.top = pathlib.Path(temporary.name)
        (self.top / "tools" / "steps").mkdir(parents=True)
        for name in "test", "common.sh", "steps/steps.sh":
            shutil.copy(SOURCE / "tools" / name, self.top / "tools" / name)
        self.program("setup-debian", "")
        for step in STEPS:
            self.step(step, "count 1 0 0")

    def program(self, name, body):
        path = self.top / "tools" / name
        path.write_text("#!/usr/bin/env bash\n# SPDX-License-Identifier: Apache-2.0\n# A step.\n" + body + "\n")
        path.chmod(0o755)

    def step(self, name, body):
        self.program("steps/" + name, 'set -euo pipefail\n. "$(dirname "$0")/steps.sh"\n' + body)

    def run_test(self, *arguments, budget="off"):
        """Budgets are off where they are not the question: tools/test then does not measure the machine first."""
        done = subprocess.run([str(self.top / "tools" / "test"), *arguments], capture_output=True, text=True, check=False,
                              env={**CLEAN, "HCSPROOF_BUDGET": budget})
        return done.returncode, done.stdout + done.stderr

    def test_counts_are_summed(self):
        self.step("light", "count 2 0 1\ncheck true")
        status, output = self.run_test("--only", "light", "--only", "format")
        self.assertEqual(status, 0, output)
        self.assertTrue(output.endswith("\n4 passed, 0 failed, 1 skipped\n"), output)

    def test_a_failed_check_fails(self):
        self.step("light", "check false || true\ncount 1 0 0")
        status, output = self.run_test("--only", "light")
        self.assertEqual(status, 1)
        self.assertTrue(output.endswith("\n1 passed, 1 failed, 0 skipped\n"), output)

    def test_a_step_that_breaks_before_it_counts_is_a_failure_and_shows_its_log(self):
        self.step("light", "echo what went wrong\nexit 3")
        status, output = self.run_test("--only", "light")
        self.assertEqual(status, 1)
        self.assertIn("what went wrong\n", output)
        self.assertTrue(output.endswith("\n0 passed, 1 failed, 0 skipped\n"), output)

    def over_budget(self):
        text = (self.top / "tools" / "test").read_text()
        self.assertIn("[light]=5 ", text)
        (self.top / "tools" / "test").write_text(text.replace("[light]=5 ", "[light]=0 "))
        # Work until the step has used more than a second of processor time, however busy the machine is.
        self.step("light", "python3 -c 'import time\nwhile time.process_time() < 1.2: pass'\ncount 1 0 0")

    def test_a_step_over_its_budget_fails(self):
        self.over_budget()
        status, output = self.run_test("--only", "light", budget="on")
        self.assertEqual(status, 1)
        self.assertRegex(output, "light took [1-9] s of processor time, and its budget is 0 s")

    def test_budgets_can_be_left_aside(self):
        self.over_budget()
        self.assertEqual(self.run_test("--only", "light", budget="off")[0], 0)

    def test_waiting_is_no_work(self):
        text = (self.top / "tools" / "test").read_text()
        (self.top / "tools" / "test").write_text(text.replace("[light]=5 ", "[light]=1 "))
        self.step("light", "sleep 2\ncount 1 0 0")
        self.assertEqual(self.run_test("--only", "light", budget="on")[0], 0)

    def test_what_only_reads_goes_on_beside_the_tests_and_counts_for_itself(self):
        # Each waits for the other; only one of them works.
        wait = "for i in {1..3000}; do [[ -e $top/%s ]] && break; sleep 0.1; done; [[ -e $top/%s ]]\n"
        self.step("light", "touch $top/light\n" + wait % ("dev", "dev") +
                  "python3 -c 'import time\nwhile time.process_time() < 1.2: pass'\ncount 1 0 0")
        self.step("dev", "touch $top/dev\n" + wait % ("light", "light") + "sleep 4\ncount 1 0 0")
        status, output = self.run_test("--only", "dev", "--only", "light")
        self.assertEqual(status, 0, output)
        self.assertRegex(output, r"(?m)^dev +\d+ s,   0 of")
        self.assertRegex(output, r"(?m)^light +\d+ s,   [1-9] of")

    def test_what_waits_goes_on_beside_the_other_tests(self):
        wait = "touch $top/%s\nfor i in {1..3000}; do [[ -e $top/%s ]] && break; sleep 0.1; done\ncheck test -e $top/%s"
        self.step("mingw", wait % ("mingw", "dev", "dev"))
        self.step("dev", wait % ("dev", "mingw", "mingw"))
        status, output = self.run_test("--only", "dev", "--only", "mingw")
        self.assertEqual(status, 0, output)
        self.assertTrue(output.endswith("\n2 passed, 0 failed, 0 skipped\n"), output)

    def test_what_fails_while_it_waits_fails(self):
        self.step("mingw", "count 0 1 0\nexit 1")
        status, output = self.run_test("--only", "dev", "--only", "mingw")
        self.assertEqual(status, 1)
        self.assertTrue(output.endswith("\n1 passed, 1 failed, 0 skipped\n"), output)

    def test_what_needs_others_waits_for_them_beside_the_tests(self):
        self.step("mingw", "sleep 2\ntouch $top/mingw\ncount 1 0 0")
        self.step("package", "check test -e $top/mingw")
        status, output = self.run_test("--only", "mingw", "--only", "package")
        self.assertEqual(status, 0, output)
        self.assertTrue(output.endswith("\n2 passed, 0 failed, 0 skipped\n"), output)

    def test_what_fails_beside_the_tests_fails(self):
        self.step("light", "sleep 1\ncount 0 1 0\nexit 1")
        status, output = self.run_test("--only", "dev", "--only", "light")
        self.assertEqual(status, 1)
        self.assertTrue(output.endswith("\n1 passed, 1 failed, 0 skipped\n"), output)

    @staticmethod
    def ended(process):
        """Whether it is no more, or waits for a parent that does not ask for its end, as in a container without init."""
        try:
            return process.read_text().rsplit(")", 1)[1].split()[0] == "Z"
        except (FileNotFoundError, ProcessLookupError):
            return True

    def test_a_run_that_is_ended_leaves_nothing_behind(self):
        self.step("light", "echo $$ >$top/light\nsleep 600")
        self.step("dev", "echo $$ >$top/dev\nsleep 600")
        run = subprocess.Popen([str(self.top / "tools" / "test"), "--only", "dev", "--only", "light"], env=CLEAN,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        while not all((self.top / name).exists() and (self.top / name).read_text() for name in ("light", "dev")):
            time.sleep(0.1)
        os.killpg(run.pid, signal.SIGTERM) # an interrupt may be ignored, by inheritance
        self.assertNotEqual(run.wait(300), 0)
        for name in "light", "dev":
            process = pathlib.Path("/proc", (self.top / name).read_text().strip(), "stat")
            for _ in range(3000):
                if self.ended(process):
                    break
                time.sleep(0.1)
            self.assertTrue(self.ended(process), name)

    def test_quick_says_so_to_its_steps(self):
        self.step("dev", '[[ $HCSPROOF_QUICK -eq 1 ]]\ncount 1 0 0')
        status, output = self.run_test("--quick")
        self.assertEqual(status, 0, output)
        self.assertTrue(output.endswith("\n3 passed, 0 failed, 0 skipped\n"), output)

    def test_every_step_has_a_budget_and_a_line(self):
        done = subprocess.run([str(SOURCE / "tools" / "test"), "--list"], capture_output=True, text=True, check=True)
        text = (SOURCE / "tools" / "test").read_text()
        page = (SOURCE / "docs" / "testing.md").read_text()
        for line in done.stdout.splitlines():
            name, what = line.split(None, 1)
            self.assertTrue(what.endswith("."), line)
            self.assertRegex(text, r"\[%s\]=[1-9]" % name)
            self.assertIn("\n| %s | " % name, page)


if __name__ == "__main__":
    unittest.main()
