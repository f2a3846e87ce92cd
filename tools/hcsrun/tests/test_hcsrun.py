#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test_hcsrun.py BUILD SOURCE: the commands of hcsrun under Wine against the simulated Host Compute Service.

Every test has a service state and a root folder of its own, and looks in the end whether anything is left: containers,
layers, namespaces, handles, notes, scratch folders."""
import json
import os
import re
import subprocess
import sys
import time
import unittest
import unittest.mock
import xml.etree.ElementTree as ElementTree

from world import BUILD, HCSRUN, PATIENCE, PREFIX, WINE, Test, status_of, setUpModule, tearDownModule

__all__ = ["setUpModule", "tearDownModule"]  # which unittest looks for in this module

class Commands(Test):
    def test_output_ends_with_its_program(self):
        # Wine's services go a second after the last program, and would come again with the streams of the next one but one.
        probe = [WINE, os.path.join(BUILD, "bin", "probe", "hcsprobe.exe"), "sleep"]
        environment = dict(os.environ, HCSPROOF_WINEPREFIX=PREFIX)
        quiet = dict(env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(1.1)
        other = subprocess.Popen([*probe, str(2 * PATIENCE * 1000)], **quiet)
        try:
            time.sleep(1)
            subprocess.run([WINE, HCSRUN, "doctor"], env=environment, capture_output=True, timeout=PATIENCE)
        finally:
            other.kill()
            other.wait()

    def test_help_teaches(self):
        for command in ("doctor", "run", "smoke", "create", "cleanup"):
            process = subprocess.run([WINE, HCSRUN, command, "--help"], capture_output=True, timeout=PATIENCE,
                                     env=dict(os.environ, HCSPROOF_WINEPREFIX=PREFIX))
            self.assertEqual(status_of(process), 0)
            self.assertIn(b"hcsrun " + command.encode(), process.stdout)

    def test_doctor_finds_everything(self):
        process = subprocess.run([WINE, HCSRUN, "doctor"], env=dict(os.environ, HCSPROOF_WINEPREFIX=PREFIX),
                                 capture_output=True, timeout=PATIENCE)
        self.assertEqual(status_of(process), 0, process.stdout)
        self.assertIn(b"Containers can be run here.", process.stdout)
        self.assertIn(b"simulated", process.stdout)

    def test_doctor_says_what_is_missing(self):
        process = subprocess.run([WINE, HCSRUN, "doctor"], capture_output=True, timeout=PATIENCE,
                                 env={k: v for k, v in os.environ.items() if k != "HCSPROOF_WINEPREFIX"})
        self.assertEqual(status_of(process), 1, process.stdout)
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
        spec["windows"]["hyperv"] = {}
        with open(path, "w") as file:
            json.dump(spec, file)
        calls = len(self.world.calls())
        self.check(self.world.run("run", "--spec", "C:\\%s\\config.json" % self.world.name), 125, "/windows/hyperv: ",
                   "needs a utility VM, which hcsrun does not make")
        self.assertNotIn("HcsCreateComputeSystem", self.world.calls()[calls:])
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

    def test_the_last_line_waits_for_its_turn(self):
        """A process's last line of the recording comes when its threads are gone: on top of no other's line even so."""
        world = self.world
        path = "C:\\%s\\record.jsonl" % world.name
        programs = os.path.join(BUILD, "bin", "stand-in")
        settings = dict(os.environ, HCSPROOF_WINEPREFIX=PREFIX, HCSSIM_STATE="C:\\%s\\state" % world.name, HCSSIM_RECORD=path)

        def start(program, *arguments):
            process = subprocess.Popen([WINE, os.path.join(programs, program), *arguments], env=settings, stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE)
            self.addCleanup(process.__exit__, None, None, None)
            return process, process.stdout.readline().strip()

        caller, said = start("caller.exe")
        self.assertEqual(said, b"called")
        holder, said = start("holder.exe", path, "lock")
        self.assertEqual(said, b"holding")
        caller.stdin.close()
        with self.assertRaises(subprocess.TimeoutExpired):
            caller.wait(timeout=2)
        self.assertFalse([line for line in world.lines() if "exit" in line])
        holder.stdin.close()
        self.assertEqual((holder.wait(timeout=PATIENCE), caller.wait(timeout=PATIENCE)), (0, 0))
        self.assertIn("exit", world.lines()[-1])

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
            done = world.run("run", "--", "cmd", options=["--image", "nano:\x1b[2J"])
            self.check(done, 125, "docker: Error: No such image: nano:\\x1b[2J")
            self.assertNotIn("\x1b", done[2])
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
            done = subprocess.run(check, capture_output=True, timeout=PATIENCE, env=dict(os.environ, HCSPROOF_WINEPREFIX=PREFIX))
            self.assertEqual(status_of(done), 0, done.stdout + done.stderr)
            self.assertIn(b"containers compared with the reference: 1, not compared: 0; 0 errors", done.stdout)
            with open(self.world.record) as file:
                text = file.read()
            with open(self.world.record, "w") as file:
                file.write(text.replace('"SizeInMB":256', '"SizeInMB":257').replace('"MemoryMaximumInMB":256', '"MemoryMaximumInMB":1'))
            done = subprocess.run(check, capture_output=True, timeout=PATIENCE, env=dict(os.environ, HCSPROOF_WINEPREFIX=PREFIX))
            self.assertEqual(status_of(done), 1, done.stdout + done.stderr)
            self.assertIn(b"InMB: error: value: the reference has 256, the recording ", done.stdout)
            os.remove(self.world.record)
        self.nothing_left()


class Smoke(Test):
    def smoke(self, *arguments):
        report = os.path.join(self.world.folder, "smoke.xml")
        result = self.world.run("smoke", "-j4", "--timeout", "300", "--report", "junit=C:\\%s\\smoke.xml" % self.world.name,
                                "--report", "tap=C:\\%s\\smoke.tap" % self.world.name, *arguments, limit=380)
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
            subprocess.run([WINE, "reg", "add", key, "/v", name, "/d", build, "/f"], check=True, timeout=PATIENCE,
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


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
