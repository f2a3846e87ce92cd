#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test_killed.py BUILD SOURCE: files that hcsrun writes are whole or as they were, and what is left when it is killed is
cleaned up. HCSRUN_KILLS is how often it is killed, HCSRUN_SEED chooses other moments."""
import concurrent.futures
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
import unittest

from world import PATIENCE, Test, World, add_namespace, add_system, snapshot, setUpModule, tearDownModule, wait_until

__all__ = ["setUpModule", "tearDownModule"]  # which unittest looks for in this module

class Record(Test):
    """hcsrun smoke --record: the file before or the whole new one, whatever happens."""
    ONLY = ["--filter", "refused/bad-json"]

    def begin(self, content=b"the earlier one\n"):
        self.folder = os.path.join(self.world.folder, "out")
        self.path = os.path.join(self.folder, "refusals.jsonl")
        self.name = "C:\\%s\\out\\refusals.jsonl" % self.world.name
        os.makedirs(self.folder)
        with open(self.path, "wb") as file:
            file.write(content)

    def expect(self, content):
        with open(self.path, "rb") as file:
            self.assertEqual(file.read(), content)
        self.assertEqual(os.listdir(self.folder), ["refusals.jsonl"])

    def test_what_cannot_be_written_is_told_first(self):
        self.begin()
        for name in ("C:\\%s\\none\\x.jsonl" % self.world.name, "C:\\%s\\out" % self.world.name):
            self.check(self.world.run("smoke", *self.ONLY, "--record", name), 1, name, "[record]")
        self.assertEqual([call for call in self.world.calls() if call.startswith("HcsCreate")], [])
        self.expect(b"the earlier one\n")

    def test_a_full_disk_leaves_what_was_there(self):
        self.begin()

        def little_room():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

        result = self.world.run("smoke", "--filter", "refused/*", "--filter", "cpu/exclusive", "--record", self.name,
                                preexec_fn=little_room)
        if b"refused/no-layers" not in result[1].encode():
            self.skipTest("Wine does not run with little room: %s" % (result,))
        self.check(result, 1, self.name, "[record]")
        self.expect(b"the earlier one\n")

    def test_killed_at_any_moment(self):
        self.begin()
        began = time.monotonic()
        self.check(self.world.run("smoke", *self.ONLY, "--record", self.name), 0)
        takes = time.monotonic() - began
        with open(self.path, "rb") as file:
            whole = file.read()
        self.assertGreater(len(whole.splitlines()), 1)
        for step in range(12):
            with open(self.path, "wb") as file:
                file.write(b"the earlier one\n")
            process = self.world.start("smoke", *self.ONLY, "--record", self.name, output=subprocess.DEVNULL)
            time.sleep(takes * (0.3 + step * 0.06))
            process.kill()
            process.wait(timeout=PATIENCE)
            # Wine's server closes the files a moment later.
            wait_until(lambda: os.listdir(self.folder) == ["refusals.jsonl"], "what was killed leaves no file")
            with open(self.path, "rb") as file:
                self.assertIn(len(file.read().splitlines()), (1, 2))
        self.check(self.world.run("cleanup", options=[]), 0)
        os.remove(self.world.record)
        self.nothing_left()

    def test_two_at_once(self):
        self.begin()
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            for result in pool.map(lambda _: self.world.run("smoke", *self.ONLY, "--record", self.name), range(4)):
                self.check(result, 0)
        with open(self.path) as file:
            self.assertEqual([list(json.loads(line)) for line in file][1:],
                             [["scenario", "dll", "call", "in", "result", "out"]])
        self.assertEqual(os.listdir(self.folder), ["refusals.jsonl"])


class Killed(Test):
    """hcsrun smoke ends at any moment, as a loss of power ends it; hcsrun cleanup leaves nothing of it and touches nothing
    else: not a running container of another root, nor anybody's containers, namespaces and folders."""
    ONLY = [word for name in ("mount/*", "process/exit-code", "network/*", "refused/no-layers") for word in ("--filter", name)]

    def test_cleanup_after_being_killed(self):
        kills, workers = int(os.environ.get("HCSRUN_KILLS", "16")), 4
        seed = int(os.environ.get("HCSRUN_SEED", "1"))
        with concurrent.futures.ThreadPoolExecutor(workers) as pool:
            done = list(pool.map(self.worker, ((seed + n, kills // workers) for n in range(workers))))
        print("seed %d: killed %d times within %.1f s of the beginning: left to clean up: %s"
              % (seed, sum(n for n, _, _ in done), max(t for _, t, _ in done), sorted(sum((l for _, _, l in done), []))))
        self.assertGreater(sum(any(l) for _, _, l in done), 0)

    def worker(self, job):
        seed, kills = job
        rng = random.Random(seed)
        world = World()
        self.addCleanup(world.remove)
        other = world.start("run", "--network", "--", "cmd", "/c", "ping -n 600 127.0.0.1 >nul",
                            root="C:\\%s\\other" % world.name, output=subprocess.DEVNULL)
        try:
            wait_until(lambda: "HcsCreateProcess" in world.calls(), "the other one runs")
            return self.play(world, rng, kills)
        finally:
            other.kill()
            other.wait()

    def state(self, world):
        """Without what the simulated service, which is in the process that is killed, was just writing."""
        found = snapshot(os.path.join(world.folder, "state"), os.path.join(world.folder, "other"))
        return {path: content for path, content in found.items() if not path.endswith(".new")}

    def play(self, world, rng, kills):
        add_system(world, "web-1", "containerd")
        add_namespace(world, "6f1d2c3b-0b5e-4c1d-9e2f-a1b2c3d4e5f6")
        smoke = ["smoke", "-j8", *self.ONLY]
        began = time.monotonic()
        self.check(world.run(*smoke), 0)
        takes = time.monotonic() - began
        before, left = self.state(world), []
        notes = os.path.join(world.folder, "root", "notes")
        for n in range(kills):
            # A process of the container that the simulated service had not yet put into its job may stay and hold them.
            process = world.start(*smoke, output=subprocess.DEVNULL)
            if n == 0: # leaves something on any machine; the others leave what they happen to
                wait_until(lambda: os.listdir(notes) or process.poll() is not None, "it has a container")
            else:
                time.sleep(rng.uniform(0.1, takes))
            process.kill()
            process.wait(timeout=PATIENCE)
            left.append(len(os.listdir(notes)))
            self.check(world.run("cleanup", options=[]), 0, "0 running, 0 left")
            self.assertEqual(self.state(world), before)
            root = os.path.join(world.folder, "root")
            self.assertEqual(sorted(name for _, names, files in os.walk(root) for name in names + files),
                             ["mounts", "notes"])
        return kills, takes, left


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
