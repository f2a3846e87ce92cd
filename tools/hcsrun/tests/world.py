# SPDX-License-Identifier: Apache-2.0
"""What the tests of hcsrun under Wine share: a simulated Host Compute Service with a state of its own, and what is left in
it. The script that imports this is called with BUILD and SOURCE."""
import functools
import itertools
import json
import os
import shutil
import subprocess
import sys
import time
import unittest

BUILD, SOURCE = sys.argv[1:3]
PREFIX = os.path.join(SOURCE, "build", "wine-hcs")
DRIVE = os.path.join(PREFIX, "drive_c")
WINE = os.path.join(SOURCE, "tools", "mingw", "wine")
SERVER = os.path.join(SOURCE, "tools", "mingw", "server")
HCSRUN = os.path.join(BUILD, "bin", "hcsrun.exe")
LAYERS = ["--layers", r"C:\hcssim\layers\base"]
numbers = itertools.count()
# Seconds, however slow the machine is: only what never ends reaches them.
PATIENCE = 300


def wait_until(holds, what):
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise AssertionError("not within %d s: %s" % (PATIENCE, what))
        time.sleep(0.05)


class WineFailed(Exception):
    """A program ended by a Unix signal, with 1 and without a word, or by an assertion of Wine's own. No program of Windows
    ends by a signal and hcsrun always says why: Wine 8 sometimes crashes when a process begins or ends, about once in two
    thousand on a busy machine."""


def is_wine_s(err):
    """Is this Wine's own complaint? Such as: dlls/ntdll/unix/server.c:1046: server_get_unix_fd: Assertion `…' failed."""
    return b"dlls/ntdll/unix/" in err and b"Assertion" in err


def status_of(ended):
    """How a program ended that ended by itself."""
    if ended.returncode < 0 or (isinstance(ended.stderr, bytes) and is_wine_s(ended.stderr)):
        raise WineFailed("%s ended with %d" % (ended.args, ended.returncode))
    return ended.returncode


def tried_again(run):
    """`run`, a second and third time when Wine failed."""
    @functools.wraps(run)
    def trying(*arguments):
        for attempt in range(3):
            try:
                return run(*arguments)
            except WineFailed as failure:
                if attempt == 2:
                    raise
                print("%s: %s; tried again" % (run.__name__, failure))
    return trying


class World:
    """A service with a state of its own, and a root for hcsrun."""

    def __init__(self):
        self.name = "t%d-%d" % (os.getpid(), next(numbers))
        self.folder = os.path.join(DRIVE, self.name)
        os.makedirs(self.folder)
        self.root = "C:\\%s\\root" % self.name
        self.record = os.path.join(self.folder, "record.jsonl")

    def start(self, command, *arguments, faults=None, options=LAYERS, **more):
        environment = dict(os.environ, HCSPROOF_WINEPREFIX=PREFIX, HCSSIM_STATE="C:\\%s\\state" % self.name,
                           HCSSIM_RECORD="C:\\%s\\record.jsonl" % self.name)
        if faults is not None:
            with open(os.path.join(self.folder, "faults"), "w") as file:
                file.write(faults)
            environment["HCSSIM_FAULTS"] = "C:\\%s\\faults" % self.name
        line = [WINE, HCSRUN, command, "--root", more.get("root", self.root), *options, *arguments]
        return subprocess.Popen(line, env=environment, stdin=more.get("stdin", subprocess.DEVNULL),
                                stdout=more.get("output", subprocess.PIPE), cwd=more.get("cwd"),
                                stderr=more.get("output", subprocess.PIPE),
                                preexec_fn=more.get("preexec_fn"))

    def run(self, command, *arguments, limit=PATIENCE, stdin=None, **more):
        if stdin is not None:
            more["stdin"] = subprocess.PIPE
        process = self.start(command, *arguments, **more)
        try:
            out, err = process.communicate(stdin, timeout=limit)
        except subprocess.TimeoutExpired:
            process.kill() # its own children may keep the pipes: they are not waited for
            raise AssertionError("%s did not end within %d s" % ((command, *arguments), limit)) from None
        if process.returncode < 0 or (process.returncode == 1 and not out + err) or is_wine_s(err):
            raise WineFailed("%s ended with %d" % ((command, *arguments), process.returncode))
        return process.returncode, out.decode().replace("\r", ""), err.decode().replace("\r", "")

    def lines(self):
        if not os.path.exists(self.record):
            return []
        with open(self.record) as file:
            # Who looks meanwhile may see the beginning of the last one.
            return [json.loads(line) for line in file if line.endswith("\n")]

    def left(self):
        """What is left, as a list of words."""
        found = []
        for kind in ("systems", "layers", "namespaces"):
            folder = os.path.join(self.folder, "state", kind)
            names = os.listdir(folder) if os.path.isdir(folder) else []
            # The simulated service is in the process that is killed: what it was just writing has another ending.
            found += [kind for name in names if name.endswith(".json")]
        for kind in ("notes", "mounts"):
            folder = os.path.join(self.folder, "root", kind)
            found += [kind for _ in (os.listdir(folder) if os.path.isdir(folder) else [])]
        root = os.path.join(self.folder, "root")
        found += [name for name in (os.listdir(root) if os.path.isdir(root) else []) if name not in ("notes", "mounts")]
        for line in self.lines():
            found += ["handle to " + kind for kind, count in line.get("exit", {}).items() if count]
        return found

    def calls(self):
        return [line["call"] for line in self.lines() if "call" in line]

    def remove(self):
        shutil.rmtree(self.folder)


class Test(unittest.TestCase):
    def __init_subclass__(cls):
        def anew(test):
            @tried_again
            @functools.wraps(test)
            def run(self):
                self.world = World()
                self.addCleanup(self.world.remove)
                test(self)
            return run
        for name, test in list(vars(cls).items()):
            if name.startswith("test_"):
                setattr(cls, name, anew(test))

    def check(self, result, status, *texts):
        got, out, err = result
        self.assertEqual(got, status, out + err)
        for text in texts:
            self.assertIn(text, out + err)

    def nothing_left(self):
        self.assertEqual(self.world.left(), [])


def store(world, kind, key, value):
    """An object in the simulated service's state, under the name that it would give it."""
    number = 14695981039346656037
    for byte in key.lower().replace("/", "\\").encode():
        number = (number ^ byte) * 1099511628211 % 2**64
    folder = os.path.join(world.folder, "state", kind)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "%016x.json" % number), "w") as file:
        json.dump(value, file)


def add_namespace(world, guid):
    store(world, "namespaces", guid, {"ID": guid, "Type": "Host", "SchemaVersion": {"Major": 2, "Minor": 0}})


def add_system(world, name, owner):
    store(world, "systems", name, {"Id": name, "Owner": owner, "State": "Running", "Creator": 1, "CreatorStarted": 1,
                                   "ShouldTerminateOnLastHandleClosed": False, "Running": []})


def snapshot(*folders):
    """Everything below the folders, with what the files hold."""
    found = {}
    for folder in folders:
        for at, names, files in os.walk(folder):
            for name in names:
                found[os.path.join(at, name)] = None
            for name in files:
                with open(os.path.join(at, name), "rb") as file:
                    found[os.path.join(at, name)] = file.read()
    return found


def setUpModule():
    subprocess.run([os.path.join(SOURCE, "tools", "hcssim-prefix"), PREFIX], check=True,
                   env=dict(os.environ, HCSSIM_DLLS=os.path.join(BUILD, "hcssim")))
    subprocess.run([SERVER, "start", PREFIX], check=True)


def tearDownModule():
    subprocess.run([SERVER, "stop", PREFIX], check=True)
