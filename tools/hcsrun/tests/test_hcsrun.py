#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test_hcsrun.py BUILD SOURCE: hcsrun under Wine against the simulated Host Compute Service.

Every test has a service state and a root folder of its own, and looks in the end whether anything is left: containers,
layers, namespaces, handles, notes, scratch folders. HCSRUN_SOAK is the number of containers of the soak test;
HCSRUN_SWEEP=full lets each call fail with each of the five codes in turn, not with one of them."""
import concurrent.futures
import fcntl
import functools
import glob
import itertools
import json
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
import unittest.mock
import xml.etree.ElementTree as ElementTree

BUILD, SOURCE = sys.argv[1:3]
PREFIX = os.path.join(SOURCE, "build", "wine-hcs")
DRIVE = os.path.join(PREFIX, "drive_c")
WINE = os.path.join(SOURCE, "tools", "mingw", "wine")
SERVER = os.path.join(SOURCE, "tools", "mingw", "server")
HCSRUN = os.path.join(BUILD, "bin", "hcsrun.exe")
LAYERS = ["--layers", r"C:\hcssim\layers\base"]
# Access denied, out of memory, invalid state, connection timeout, what vmcompute.dll says of an unexpected exit.
CODES = ("0x80070005", "0x8007000e", "0x80370105", "0x80370109", "0xc0370106")
numbers = itertools.count()


class WineFailed(Exception):
    """A program ended by a Unix signal, or with 1 and without a word. No program of Windows ends by a signal and hcsrun
    always says why: Wine 8 sometimes crashes when a process begins or ends, about once in two thousand on a busy machine."""


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

    def run(self, command, *arguments, limit=60, stdin=None, **more):
        if stdin is not None:
            more["stdin"] = subprocess.PIPE
        process = self.start(command, *arguments, **more)
        try:
            out, err = process.communicate(stdin, timeout=limit)
        except subprocess.TimeoutExpired:
            process.kill() # its own children may keep the pipes: they are not waited for
            raise AssertionError("%s did not end within %d s" % ((command, *arguments), limit)) from None
        if process.returncode < 0 or (process.returncode == 1 and not out + err):
            raise WineFailed("%s ended with %d" % ((command, *arguments), process.returncode))
        return process.returncode, out.decode().replace("\r", ""), err.decode().replace("\r", "")

    def lines(self):
        if not os.path.exists(self.record):
            return []
        with open(self.record) as file:
            return [json.loads(line) for line in file]

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


class Commands(Test):
    def test_output_ends_with_its_program(self):
        # Wine's services go a second after the last program, and would come again with the streams of the next one but one.
        probe = [WINE, os.path.join(BUILD, "bin", "probe", "hcsprobe.exe"), "sleep"]
        environment = dict(os.environ, HCSPROOF_WINEPREFIX=PREFIX)
        quiet = dict(env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(1.1)
        other = subprocess.Popen([*probe, "20000"], **quiet)
        try:
            time.sleep(1)
            subprocess.run([WINE, HCSRUN, "doctor"], env=environment, capture_output=True, timeout=10)
        finally:
            other.kill()
            other.wait()

    def test_help_teaches(self):
        for command in ("doctor", "run", "smoke", "create", "cleanup"):
            process = subprocess.run([WINE, HCSRUN, command, "--help"], capture_output=True, timeout=60,
                                     env=dict(os.environ, HCSPROOF_WINEPREFIX=PREFIX))
            self.assertEqual(process.returncode, 0)
            self.assertIn(b"hcsrun " + command.encode(), process.stdout)

    def test_doctor_finds_everything(self):
        process = subprocess.run([WINE, HCSRUN, "doctor"], env=dict(os.environ, HCSPROOF_WINEPREFIX=PREFIX),
                                 capture_output=True, timeout=60)
        self.assertEqual(process.returncode, 0, process.stdout)
        self.assertIn(b"Containers can be run here.", process.stdout)
        self.assertIn(b"simulated", process.stdout)

    def test_doctor_says_what_is_missing(self):
        process = subprocess.run([WINE, HCSRUN, "doctor"], capture_output=True, timeout=120,
                                 env={k: v for k, v in os.environ.items() if k != "HCSPROOF_WINEPREFIX"})
        self.assertEqual(process.returncode, 1, process.stdout)
        self.assertIn(b"vmcompute.dll is not in System32", process.stdout)
        self.assertIn(b"-> Install-WindowsFeature -Name Containers", process.stdout)

    def test_run_passes_streams_and_exit_code_on(self):
        for api in ("computecore", "vmcompute"):
            result = self.world.run("run", "--api", api, "--", "cmd", "/c", "echo out& echo err 1>&2& exit 42")
            self.check(result, 42)
            self.assertEqual((result[1].strip(), result[2].strip()), ("out", "err"))
        self.nothing_left()

    def test_run_passes_stdin_on(self):
        probe = "source=Z:%s,target=C:\\probe" % os.path.join(BUILD, "bin", "probe").replace("/", "\\")
        result = self.world.run("run", "--mount", probe, "--", "C:\\probe\\hcsprobe.exe", "cat", stdin=b"one\ntwo\n")
        self.check(result, 0)
        self.assertEqual(result[1], "one\ntwo\n")
        self.nothing_left()

    def test_run_takes_a_spec(self):
        spec = {"ociVersion": "1.0.2", "process": {"args": ["cmd", "/c", "echo %COLOUR% %COMPUTERNAME%"], "cwd": "C:\\",
                                                   "env": ["COLOUR=blue"]},
                "hostname": "spec-host", "windows": {"layerFolders": ["x", "y"]}}
        path = os.path.join(self.world.folder, "config.json")
        with open(path, "w") as file:
            json.dump(spec, file)
        self.check(self.world.run("run", "--spec", "C:\\%s\\config.json" % self.world.name), 0, "blue SPEC-HOST")
        self.nothing_left()

    def test_a_console_has_its_size(self):
        spec = {"ociVersion": "1.0.2", "windows": {}, "process": {
            "args": ["cmd", "/c", "exit 0"], "cwd": "C:\\", "terminal": True, "consoleSize": {"height": 25, "width": 80}}}
        with open(os.path.join(self.world.folder, "config.json"), "w") as file:
            json.dump(spec, file)
        for more in ([], ["--schema", "1"]):
            self.check(self.world.run("run", "--spec", "C:\\%s\\config.json" % self.world.name, *more), 0)
        made = [line["in"]["parameters"] for line in self.world.lines() if line.get("call") == "HcsCreateProcess"]
        self.assertEqual([(p["EmulateConsole"], p["ConsoleSize"], p.get("CreateStdErrPipe")) for p in made],
                         [(True, [25, 80], None)] * 2)
        self.nothing_left()

    def test_wrong_use_is_told(self):
        run = self.world.run
        self.check(run("run", "--", "cmd", options=[]), 125, "give --image or --layers")
        self.check(run("run", "--", "cmd", options=["--layers", "C:\\none"]), 125, "C:\\none is not a folder")
        self.check(run("run", "--image", "no/such:image", "--", "cmd", options=[]), 125, "no/such:image")
        self.check(run("run"), 125, "no command")
        self.check(run("run", "--mount", "C:\\x", "--", "cmd"), 2, "source=PATH")
        self.check(run("run", "--pipe", "a=b", "--", "cmd"), 2, "HOST=CONTAINER")
        self.check(run("run", "--env", "A", "--", "cmd"), 2, "NAME=VALUE")
        self.check(run("run", "--cpus", "1", "--cpu-weight", "5", "--", "cmd"), 125, "cpu-limits-exclusive")
        self.check(run("run", "--spec", "C:\\none.json", "--", "cmd"), 2, "C:\\none.json")
        self.check(run("run", "--schema", "1", "--api", "computecore", "--", "cmd"), 2, "vmcompute")
        self.check(run("run", "--", "C:\\none.exe"), 125, "HcsCreateProcess: 0x80070002 (ERROR_FILE_NOT_FOUND)")
        self.check(run("smoke", "--filter", "nothing/*"), 2, "--list")
        self.check(run("create"), 2, "--dry-run")
        self.nothing_left()

    def test_an_image_of_docker(self):
        """The top layer from docker, its parents from the layer's own list; docker is a stand-in."""
        world = self.world
        inside = "C:\\%s\\" % world.name
        for name in ("top", "middle", "base"):
            os.mkdir(os.path.join(world.folder, name))
        with open(os.path.join(world.folder, "top", "layerchain.json"), "w") as file:
            json.dump([inside + "middle", inside + "base"], file)
        answer = os.path.join(world.folder, "inspect.json")
        stand_in = {"WINEPATH": "Z:" + os.path.join(os.path.abspath(BUILD), "bin", "stand-in"), "STAND_IN_IMAGE": "nano:1",
                    "STAND_IN_ANSWER": "Z:" + answer}
        with unittest.mock.patch.dict(os.environ, stand_in):
            with open(answer, "w") as file:
                json.dump([{"GraphDriver": {"Name": "windowsfilter", "Data": {"dir": inside + "top"}}}], file)
            image = ["--image", "nano:1"]
            self.check(world.run("run", "--", "cmd", "/c", "exit 3", options=image), 3)
            created = next(line for line in world.lines() if line.get("call") == "HcsCreateComputeSystem")
            self.assertEqual([layer["Path"] for layer in created["in"]["configuration"]["Container"]["Storage"]["Layers"]],
                             [inside + "top", inside + "middle", inside + "base"])
            self.check(world.run("run", "--", "cmd", options=["--image", "nano:2"]), 125, "docker has no image nano:2")
            for text, words in ((b"[]", "does not say where the layers"), (b"{", "[json"),
                                (b'[{"GraphDriver":{"Data":{"dir":"C:\\\\none"}}}]', "C:\\none is not a folder")):
                with open(answer, "wb") as file:
                    file.write(text)
                self.check(world.run("run", "--", "cmd", options=image), 125, words)
        self.nothing_left()

    def test_a_profile_makes_the_documents(self):
        result = self.world.run("create", "--dry-run", "--profile", "hcsshim-0.13.0", "--", "cmd")
        self.check(result, 0, "documents as hcsshim-0.13.0 makes them")
        self.check(self.world.run("create", "--dry-run", "--profile", "hcsshim-99", "--", "cmd"), 2, "profile-unknown")
        self.check(self.world.run("create", "--dry-run", "--profile", "moby-28.5.2", "--", "cmd"), 2, "has no hcsshim")

    def test_a_dry_run_makes_nothing(self):
        result = self.world.run("create", "--dry-run", "--cpus", "2", "--hostname", "h", "--network", "--", "cmd")
        self.check(result, 0, "ActivateLayer", "HcnCreateNamespace", "HcsStartComputeSystem")
        document = json.loads(result[1])
        self.assertRegex(document["Owner"], "^hcsproof[.]hcsrun:[-0-9a-f]{36}$")
        self.assertEqual(document["Container"]["Processor"], {"Count": 2})
        self.assertEqual(document["Container"]["GuestOs"], {"HostName": "h"})
        self.assertEqual(set(self.world.calls()), {"NameToGuid"})
        order = [line.split()[1] for line in result[2].splitlines()]
        self.assertLess(order.index("PrepareLayer"), order.index("HcsCreateComputeSystem"))
        self.assertGreater(order.index("DestroyLayer"), order.index("HcsCloseComputeSystem"))
        self.nothing_left()

    def test_options_become_the_document(self):
        os.mkdir(os.path.join(self.world.folder, "data"))
        data = "C:\\%s\\data" % self.world.name
        rows = [
            (["--pipe", r"\\.\pipe\out=\\.\pipe\in"], "MappedPipes",
             [{"ContainerPipeName": "in", "HostPath": r"\\.\pipe\out"}]),
            (["--mount", "source=%s,target=C:\\x,readonly" % data], "MappedDirectories",
             [{"HostPath": data, "ContainerPath": "C:\\x", "ReadOnly": True}]),
            (["--cpu-maximum", "5000"], "Processor", {"Maximum": 5000}), (["--cpu-weight", "7"], "Processor", {"Weight": 7}),
            (["--memory", "1G"], "Memory", {"SizeInMB": 1024})]
        for arguments, member, expected in rows:
            result = self.world.run("create", "--dry-run", *arguments, "--", "cmd")
            self.check(result, 0)
            # A mount's source is resolved: its volume is named, not its drive.
            found = re.sub(r'\\\\\\\\[?]\\\\Volume[{][-0-9a-f]+[}]', "C:", result[1])
            self.assertEqual(json.loads(found)["Container"][member], expected)
        self.nothing_left()

    def test_a_recording_has_every_document(self):
        self.check(self.world.run("run", "--memory", "256M", "--", "cmd", "/c", "exit 0"), 0)
        created = [line for line in self.world.lines() if line.get("call") == "HcsCreateComputeSystem"]
        self.assertEqual(len(created), 1)
        self.assertEqual(created[0]["dll"], "computecore")
        self.assertEqual(created[0]["in"]["configuration"]["Container"]["Memory"], {"SizeInMB": 256})
        self.assertEqual(created[0]["result"], "0x00000000")
        self.nothing_left()

    def test_a_recording_is_checked(self):
        """As a vendor does: the runtime under Wine, then hcsproof check with the bundle."""
        config = os.path.join(self.world.folder, "config.json")
        with open(config, "w") as file:
            json.dump({"ociVersion": "1.0.2", "process": {"args": ["cmd", "/c", "exit 0"], "cwd": "C:\\"}, "hostname": "h",
                       "windows": {"resources": {"memory": {"limit": 268435456}}}}, file)
        check = [WINE, os.path.join(BUILD, "bin", "hcsproof.exe"), "check", "Z:" + self.world.record, "--profile", "newest",
                 "--bundle", "Z:" + config]
        for api, schema in (("computecore", "2"), ("vmcompute", "2"), ("vmcompute", "1")):
            self.check(self.world.run("run", "--api", api, "--schema", schema, "--spec", "C:\\%s\\config.json" % self.world.name), 0)
            done = subprocess.run(check, capture_output=True, timeout=60, env=dict(os.environ, HCSPROOF_WINEPREFIX=PREFIX))
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertIn(b"containers compared with the reference: 1, not compared: 0; 0 errors", done.stdout)
            with open(self.world.record) as file:
                text = file.read()
            with open(self.world.record, "w") as file:
                file.write(text.replace('"SizeInMB":256', '"SizeInMB":257').replace('"MemoryMaximumInMB":256', '"MemoryMaximumInMB":1'))
            done = subprocess.run(check, capture_output=True, timeout=60, env=dict(os.environ, HCSPROOF_WINEPREFIX=PREFIX))
            self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
            self.assertIn(b"InMB: error: value: the reference has 256, the recording ", done.stdout)
            os.remove(self.world.record)
        self.nothing_left()


class Smoke(Test):
    def smoke(self, *arguments):
        report = os.path.join(self.world.folder, "smoke.xml")
        result = self.world.run("smoke", "-j4", "--timeout", "60", "--report", "junit=C:\\%s\\smoke.xml" % self.world.name,
                                "--report", "tap=C:\\%s\\smoke.tap" % self.world.name, *arguments, limit=240)
        print(*re.findall(r"^skipped .*\n +.*", result[1], re.M), sep="\n")
        failed = re.findall(r"^FAILED .*\n(?: +.*\n)*", result[1], re.M)
        self.assertEqual(failed, [])
        self.check(result, 0, "(simulated service)")
        self.assertGreaterEqual(len(list(ElementTree.parse(report).iter("testcase"))), 24)
        self.nothing_left()
        return result[1]

    def test_over_computecore(self):
        self.assertIn("32 passed, 0 failed", self.smoke("--api", "computecore"))

    def test_over_vmcompute(self):
        self.assertIn("32 passed, 0 failed", self.smoke("--api", "vmcompute"))

    def test_with_schema_1(self):
        self.assertIn("28 passed, 0 failed", self.smoke("--schema", "1"))

    def on_build(self, build):
        key = r"HKLM\Software\Microsoft\Windows NT\CurrentVersion"
        for name in ("CurrentBuild", "CurrentBuildNumber"):
            subprocess.run([WINE, "reg", "add", key, "/v", name, "/d", build, "/f"], check=True, timeout=60,
                           env=dict(os.environ, HCSPROOF_WINEPREFIX=PREFIX), stdin=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def test_on_other_builds(self):
        self.addCleanup(self.on_build, "20348")
        for build, passed in (("14393", 27), ("26100", 32)):
            self.on_build(build)
            self.assertIn("%d passed, 0 failed, %d skipped" % (passed, 37 - passed), self.smoke())
            with open(self.world.record) as file:
                self.assertIn('"build":%s' % build, file.readline())
            os.remove(self.world.record)

    def test_refusals_are_recorded_and_expected(self):
        record = os.path.join(self.world.folder, "refusals.jsonl")
        name = "C:\\%s\\refusals.jsonl" % self.world.name
        only = ["--filter", "refused/*", "--filter", "cpu/exclusive"]
        self.check(self.world.run("smoke", *only, "--record", name), 0, "5 passed")
        with open(record) as file:
            lines = [json.loads(line) for line in file]
        self.assertEqual(lines[0]["host"]["build"], 20348)
        codes = {line["scenario"]: line["result"] for line in lines[1:]}
        self.assertEqual(codes["refused/bad-json"], "0x8037010d")
        self.assertEqual(len(codes), 5)
        # The other DLL has other forms of the same codes.
        self.check(self.world.run("smoke", *only, "--api", "vmcompute", "--refusals", name), 0, "5 passed")
        with open(record, "w") as file:
            for line in lines:
                file.write(json.dumps(line).replace("0x8037010d", "0x80070057") + "\n")
        self.check(self.world.run("smoke", *only, "--refusals", name), 1, "FAILED   refused/bad-json",
                   "not the recorded refusal", "0x80070057", "4 passed, 1 failed")
        with open(record, "a") as file:
            file.write('{"scenario":"x","result":"none"}\n')
        self.check(self.world.run("smoke", *only, "--refusals", name), 2, 'line 7: "none" is not a result')
        self.check(self.world.run("smoke", *only, "--refusals", "C:\\none"), 2, "C:\\none")
        self.nothing_left()

    KINDS = ("tap", "junit", "json", "html", "markdown", "github", "sarif", "badge")

    def reports(self, *arguments, status, **more):
        """What a run of two scenarios writes, by kind."""
        folder = os.path.join(self.world.folder, "reports")
        os.makedirs(folder, exist_ok=True)
        asked = [word for kind in self.KINDS
                 for word in ("--report", "%s=C:\\%s\\reports\\%s" % (kind, self.world.name, kind))]
        self.check(self.world.run("smoke", "--filter", "process/exit-code", "--filter", "mount/read-only", *asked,
                                  *arguments, **more), status)
        found = {}
        for kind in self.KINDS:
            with open(os.path.join(folder, kind)) as file:
                found[kind] = file.read()
        return found

    def test_reports_are_of_scenarios(self):
        """Nothing in them speaks of a testee, a profile, a comparison or the kit's cases."""
        texts = self.reports(status=0)
        for kind, text in texts.items():
            # The JSON format has members of these names, and the page's style names of its own.
            names = ("asked", "testee") if kind != "json" else ()
            for word in ("hcsproof run", "conform", "compared", "profile", "semantic", *names):
                self.assertNotIn(word, text.split("</style>")[-1], (kind, word))
        host = "Windows build 20348, computecore.dll, documents of schema 2, the simulated service"
        for kind in ("tap", "junit", "html", "markdown"):
            self.assertIn(host, texts[kind])
        self.assertIn("<title>hcsrun smoke: 1 passed, 1 skipped</title>", texts["html"])
        self.assertTrue(texts["markdown"].startswith("## hcsrun smoke: 1 passed, 1 skipped\n"))
        self.assertEqual(ElementTree.fromstring(texts["junit"]).get("name"), "hcsrun smoke")
        self.assertEqual(texts["github"], "")
        badge = json.loads(texts["badge"])
        self.assertEqual((badge["label"], badge["color"]), ("hcsrun smoke", "green"))
        self.assertEqual(json.loads(texts["sarif"])["runs"][0]["tool"]["driver"]["name"], "hcsrun smoke")
        report = json.loads(texts["json"])
        self.assertEqual((report["mode"], report["status"], report["outcome"]),
                         ("containers", 0, "passed"))
        self.assertNotEqual(report["started"], "")

    def test_reports_tell_a_failure(self):
        texts = self.reports(status=1, faults="HcsStartComputeSystem 1 fail 0x80370105\n")
        failed = [r for r in json.loads(texts["json"])["results"] if r["verdict"] == "fail"]
        self.assertEqual([r["id"] for r in failed], ["process/exit-code"])
        for text in texts.values():
            self.assertNotIn("hcsproof run", text)
        # A scenario is in no file.
        self.assertIn("::error title=process/exit-code::", texts["github"])
        self.assertIn("::error title=hcsrun smoke::0 of 2 scenarios passed", texts["github"])
        result = json.loads(texts["sarif"])["runs"][0]["results"][0]
        self.assertNotIn("locations", result)
        self.assertNotIn("Asked", result["message"]["text"])
        self.assertIn("HCS_E_INVALID_STATE", result["message"]["text"])
        self.assertEqual(json.loads(texts["badge"])["color"], "red")

    def test_a_report_that_cannot_be_written_is_told_first(self):
        tap = "C:\\%s\\tap" % self.world.name
        for request, status in (("junit=C:\\%s\\none\\x.xml" % self.world.name, 1), ("pdf=C:\\x.pdf", 2), ("json=" + tap, 2)):
            self.check(self.world.run("smoke", "--filter", "process/exit-code", "--report", "tap=" + tap, "--report", request),
                       status, request.split("=")[-1])
        self.assertEqual([call for call in self.world.calls() if call.startswith("HcsCreate")], [])
        self.assertFalse(os.path.exists(os.path.join(self.world.folder, "tap")))
        self.nothing_left()

    def test_a_failing_scenario_fails(self):
        result = self.world.run("smoke", "--filter", "process/exit-code", faults="HcsStartComputeSystem 1 fail 0x80370105\n")
        self.check(result, 1, "FAILED   process/exit-code", "HCS_E_INVALID_STATE")
        self.nothing_left()


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
        process = self.world.start("run", "--", "cmd", "/c", "ping -n 4 127.0.0.1")
        notes = os.path.join(self.world.folder, "root", "notes")
        end = time.monotonic() + 20
        while time.monotonic() < end and not (os.path.isdir(notes) and os.listdir(notes)):
            time.sleep(0.05)
        self.check(self.world.run("cleanup", options=[]), 0, "1 running")
        process.communicate(timeout=60)
        self.nothing_left()

    def test_an_interrupt_leaves_nothing(self):
        """Ctrl-C on a terminal, while a program that the command started holds its output."""
        terminal, other = pty.openpty()
        environment = dict(os.environ, HCSPROOF_WINEPREFIX=PREFIX, HCSSIM_STATE="C:\\%s\\state" % self.world.name,
                           HCSSIM_RECORD="C:\\%s\\record.jsonl" % self.world.name)

        def own_terminal():
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        process = subprocess.Popen([WINE, HCSRUN, "run", "--root", self.world.root, *LAYERS, "--", "cmd", "/c",
                                    "ping -n 60 127.0.0.1"], env=environment, stdin=other, stdout=other, stderr=other,
                                   start_new_session=True, preexec_fn=own_terminal)
        os.close(other)
        end = time.monotonic() + 30
        while time.monotonic() < end and "HcsWaitForProcessExit" not in self.world.calls():
            time.sleep(0.2)
        os.write(terminal, b"\x03")
        said, end = b"", time.monotonic() + 30
        while process.poll() is None and time.monotonic() < end:
            if terminal in select.select([terminal], [], [], 0.2)[0]:
                try:
                    said += os.read(terminal, 65536)
                except OSError: # nobody has it open any more
                    time.sleep(0.2)
        os.close(terminal)
        if process.poll() is None:
            process.kill()
        status = process.wait(timeout=20)
        self.assertEqual(status, 130, said)
        self.nothing_left()

    def test_what_holds_the_output_ends_with_the_container(self):
        result = self.world.run("run", "--", "cmd", "/c", "start /b ping -n 60 127.0.0.1 & exit 5", limit=40)
        self.check(result, 5)
        self.nothing_left()

    def test_the_service_goes_away(self):
        for fault in ("HcsStartComputeSystem 1 disconnect\n", "HcsWaitForProcessExit 1 disconnect\n"):
            world = World()
            self.addCleanup(world.remove)
            result = world.run("run", "--timeout", "3", "--", "cmd", "/c", "exit 0", faults=fault)
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

    @tried_again
    def one(self, api, call, number, fault):
        world = World()
        what = "%s: %s %d %s" % (api, call, number, fault)
        try:
            began = time.monotonic()
            status, out, err = world.run("run", "--api", api, "--network", "--timeout", "1", "--", "cmd", "/c", "exit 7",
                                         faults="%s %d %s\n" % (call, number, fault), limit=60)
            what += ": status %d, %s" % (status, err.strip())
            if status not in (7, 125):
                return what
            if status == 125 and not err.strip():
                return what + ": no word"
            if time.monotonic() - began > 45:
                return what + ": took too long"
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
                              capture_output=True, timeout=180, env=settings)
        ways = [b"vmcompute", b"computecore", b"built", b"several", b"layers", b"service", b"update"]
        self.assertEqual((done.returncode, done.stdout.splitlines()), (0, [b"ok " + way for way in ways]), done)
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
        self.assertEqual(process.returncode, 0, out + err)
        self.assertIn(b"%d passed, 0 failed" % count, out)
        self.nothing_left()
        middle, last = samples[len(samples) // 3], samples[-1]
        print("%d containers, 16 at a time: after a third and at the end: %d and %d kB, %d and %d threads, %d and %d files"
              % (count, middle[0], last[0], middle[1], last[1], middle[2], last[2]))
        self.assertLess(last[0], middle[0] + 4096)
        self.assertLessEqual(last[1], 4)
        self.assertLessEqual(last[2], middle[2] + 8)


def setUpModule():
    subprocess.run([os.path.join(SOURCE, "tools", "hcssim-prefix"), PREFIX], check=True,
                   env=dict(os.environ, HCSSIM_DLLS=os.path.join(BUILD, "hcssim")))
    subprocess.run([SERVER, "start", PREFIX], check=True)


def tearDownModule():
    subprocess.run([SERVER, "stop", PREFIX], check=True)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
