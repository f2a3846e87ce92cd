#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test_trouble.py BUILD SOURCE: hcsrun when the service fails, hangs or goes away, and what many containers in a row leave.

HCSRUN_SOAK is the number of containers of the soak test; HCSRUN_SWEEP=full lets each call fail with each of the five
codes in turn, not with one of them."""
import concurrent.futures
import fcntl
import glob
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import termios
import time
import unittest

from world import (BUILD, HCSRUN, LAYERS, PATIENCE, PREFIX, SOURCE, WINE, Test, World, status_of, tried_again, setUpModule, tearDownModule,
                   wait_until)

__all__ = ["setUpModule", "tearDownModule"]  # which unittest looks for in this module

# Access denied, out of memory, invalid state, connection timeout, what vmcompute.dll says of an unexpected exit.
CODES = ("0x80070005", "0x8007000e", "0x80370105", "0x80370109", "0xc0370106")


class Trouble(Test):
    def test_a_crash_is_cleaned_up(self):
        world = self.world
        self.check(world.run("run", "--network", "--", "cmd", "/c", "exit 0", faults="HcsStartComputeSystem 1 kill\n"), 99)
        os.remove(world.record)
        self.assertEqual(sorted(set(world.left()) & {"layers", "namespaces", "notes"}), ["layers", "namespaces", "notes"])
        self.check(world.run("cleanup", "--dry-run", options=[]), 0, "1 found")
        self.assertIn("layers", world.left())
        self.check(world.run("cleanup", options=[]), 0, "1 removed")
        self.nothing_left()
        self.check(world.run("cleanup", options=[]), 0, "0 removed")

    def test_a_running_container_is_left_alone(self):
        process = self.world.start("run", "--", "cmd", "/c", "set /p x=", stdin=subprocess.PIPE)
        notes = os.path.join(self.world.folder, "root", "notes")
        wait_until(lambda: os.path.isdir(notes) and os.listdir(notes), "a note")
        self.check(self.world.run("cleanup", options=[]), 0, "1 running")
        process.communicate(b"\n", timeout=PATIENCE)
        self.nothing_left()

    def test_an_interrupt_leaves_nothing(self):
        """Ctrl-C on a terminal, while a program that the command started holds its output."""
        terminal, other = pty.openpty()
        environment = dict(os.environ, HCSPROOF_WINEPREFIX=PREFIX, HCSSIM_STATE="C:\\%s\\state" % self.world.name,
                           HCSSIM_RECORD="C:\\%s\\record.jsonl" % self.world.name)

        def own_terminal():
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        process = subprocess.Popen([WINE, HCSRUN, "run", "--root", self.world.root, *LAYERS, "--", "cmd", "/c",
                                    "ping -n 600 127.0.0.1"], env=environment, stdin=other, stdout=other, stderr=other,
                                   start_new_session=True, preexec_fn=own_terminal)
        os.close(other)
        wait_until(lambda: "HcsWaitForProcessExit" in self.world.calls(), "the command waits")
        os.write(terminal, b"\x03")
        said, end = b"", time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < end:
            if terminal in select.select([terminal], [], [], 0.2)[0]:
                try:
                    said += os.read(terminal, 65536)
                except OSError: # nobody has it open any more
                    time.sleep(0.2)
        os.close(terminal)
        if process.poll() is None:
            process.kill()
            self.fail("hcsrun did not end: %s" % said)
        self.assertEqual(status_of(process), 130, said)
        self.nothing_left()

    def test_what_holds_the_output_ends_with_the_container(self):
        result = self.world.run("run", "--", "cmd", "/c", "start /b ping -n 600 127.0.0.1 & exit 5")
        self.check(result, 5)
        self.nothing_left()

    def test_the_service_goes_away(self):
        for fault in ("HcsStartComputeSystem 1 disconnect\n", "HcsWaitForProcessExit 1 disconnect\n"):
            world = World()
            self.addCleanup(world.remove)
            result = world.run("run", "--timeout", "60", "--", "cmd", "/c", "exit 0", faults=fault)
            self.check(result, 125, "HCS_E_SERVICE_DISCONNECT")

    def test_a_fault_that_can_never_come_ends_the_program(self):
        faults = "HcsStartComputeSystem * late 10\nHcsCreateComputeSystm 1 fail 0x80370112\n"
        result = self.world.run("run", "--", "cmd", "/c", "exit 0", faults=faults)
        self.check(result, 98, "faults: line 2: the simulator has no call 'HcsCreateComputeSystm'")

    def test_late_answers_are_waited_for(self):
        faults = "HcsCreateComputeSystem * late 300\nHcsStartComputeSystem * late 200\nPrepareLayer 1 late 200\n"
        for api in ("computecore", "vmcompute"):
            self.check(self.world.run("run", "--api", api, "--", "cmd", "/c", "exit 4", faults=faults), 4)
        self.nothing_left()

    def test_prepare_is_tried_again(self):
        faults = "PrepareLayer 1 fail 0x80070015\nPrepareLayer 2 fail 0x8007048f\n"
        self.check(self.world.run("run", "--", "cmd", "/c", "exit 4", faults=faults), 4)
        self.assertEqual(self.world.calls().count("ActivateLayer"), 3)
        self.nothing_left()


UNDOING = re.compile(r"Close|Unregister|^(UnprepareLayer|DeactivateLayer|DestroyLayer|HcnDeleteNamespace)$")


class Sweep(Test):
    """Each call of a whole run fails in turn, and hangs in turn."""

    def one(self, api, call, number, fault):
        """A call that hangs is waited for as long as any other may take, which a busy machine makes longer."""
        wrong = None
        for seconds in (1, 15, 60) if fault == "hang" else (60,):
            wrong = self.with_fault(api, call, number, fault, seconds)
            if wrong is None:
                break
            print(wrong)
        return wrong

    @tried_again
    def with_fault(self, api, call, number, fault, seconds):
        world = World()
        what = "%s: %s %d %s" % (api, call, number, fault)
        try:
            status, out, err = world.run("run", "--api", api, "--network", "--timeout", str(seconds), "--", "cmd", "/c", "exit 7",
                                         faults="%s %d %s\n" % (call, number, fault))
            what += ": status %d, %s" % (status, err.strip())
            if status not in (7, 125):
                return what
            if status == 125 and not err.strip():
                return what + ": no word"
            left = [word for word in world.left() if not (fault == "hang" or UNDOING.search(call)) or "handle" not in word]
            if left and not UNDOING.search(call):
                return what + ": left %s" % left
            if left:
                code, out, err = world.run("cleanup", options=[])
                os.remove(world.record)
                if code != 0 or world.left():
                    return what + ": cleanup left %s: %s" % (world.left(), out + err)
            return None
        except AssertionError as error:
            return what + ": %s" % error
        finally:
            world.remove()

    def sweep(self, api, faults, together=4):
        """`faults` gives the faults of the call with a number."""
        self.check(self.world.run("run", "--api", api, "--network", "--", "cmd", "/c", "exit 7"), 7)
        calls = self.world.calls()
        self.assertGreater(len(calls), 15)
        jobs = [(api, call, calls[:i + 1].count(call), fault) for i, call in enumerate(calls) for fault in faults(i)]
        began = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(together) as pool:
            wrong = [text for text in pool.map(lambda job: self.one(*job), jobs) if text]
        self.assertEqual(wrong, [])
        print("%s: %d calls, %d faults, %d s" % (api, len(calls), len(jobs), time.monotonic() - began))

    def failing(self, api):
        full = os.environ.get("HCSRUN_SWEEP") == "full"
        self.sweep(api, lambda i: ["fail " + code for code in (CODES if full else [CODES[i % len(CODES)]])])

    def test_failing_over_computecore(self):
        self.failing("computecore")

    def test_failing_over_vmcompute(self):
        self.failing("vmcompute")

    def test_hanging_over_computecore(self):
        self.sweep("computecore", lambda i: ["hang"], together=8)

    def test_hanging_over_vmcompute(self):
        self.sweep("vmcompute", lambda i: ["hang"], together=8)


@unittest.skipUnless(shutil.which("go"), "there is no Go")
class Client(Test):
    """The simulator under a program that shares nothing with hcsrun."""

    def test_a_go_client_over_either_dll(self):
        program = os.path.join(BUILD, "hcssim-client.exe")
        settings = dict(os.environ, GO111MODULE="off", GOOS="windows", GOARCH="amd64", CGO_ENABLED="0",
                        GOCACHE=os.path.abspath(os.path.join(BUILD, "go-cache")))
        sources = sorted(glob.glob(os.path.join(SOURCE, "tools/hcssim/tests/client/*.go")))
        subprocess.run(["go", "build", "-o", program, *sources], check=True, timeout=300, env=settings)
        world = self.world
        settings = dict(os.environ, HCSPROOF_WINEPREFIX=PREFIX, HCSSIM_STATE="C:\\%s\\state" % world.name,
                        HCSSIM_RECORD="C:\\%s\\record.jsonl" % world.name)
        done = subprocess.run([WINE, program, LAYERS[1], "C:\\%s\\scratch" % world.name], stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=PATIENCE, env=settings)
        ways = [b"vmcompute", b"computecore", b"built", b"several", b"layers", b"service", b"update", b"networks", b"docker",
                b"machine"]
        self.assertEqual((status_of(done), done.stdout.splitlines()), (0, [b"ok " + way for way in ways]), done)
        self.assertFalse(os.path.exists(os.path.join(world.folder, "scratch")))
        # The one in the place of `runhcs create` ends with both open, as that does (hcsshim cmd/runhcs).
        self.assertEqual(self.world.left(), ["handle to Systems", "handle to Callbacks"])


class Soak(Test):
    def held(self, pid):
        with open("/proc/%d/status" % pid) as file:
            status = file.read()
        number = lambda key: int(re.search(r"^%s:\s+(\d+)" % key, status, re.M).group(1))
        return number("VmRSS"), number("Threads"), len(os.listdir("/proc/%d/fd" % pid))

    def test_nothing_grows(self):
        count = int(os.environ.get("HCSRUN_SOAK", "60"))
        process = self.world.start("smoke", "--filter", "process/exit-code", "--repeat", str(count), "-j16")
        samples = []
        while process.poll() is None:
            try:
                samples.append(self.held(process.pid))
            except (FileNotFoundError, AttributeError, ProcessLookupError):
                break
            time.sleep(0.2)
        out, err = process.communicate(timeout=600)
        self.assertEqual(status_of(process), 0, out + err)
        self.assertIn(b"%d passed, 0 failed" % count, out)
        self.nothing_left()
        middle, last = samples[len(samples) // 3], samples[-1]
        print("%d containers, 16 at a time: after a third and at the end: %d and %d kB, %d and %d threads, %d and %d files"
              % (count, middle[0], last[0], middle[1], last[1], middle[2], last[2]))
        self.assertLess(last[0], middle[0] + 4096)
        self.assertLessEqual(last[1], 4)
        self.assertLessEqual(last[2], middle[2] + 8)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
