#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test_hostile.py BUILD SOURCE: what others could have put where an administrator's hcsrun works: notes, links, folders,
containers, namespaces, programs. Nothing but its own may be ended, removed or started.

Wine keeps no owners and no lists of rights: a folder of another Unix user stands for one of another owner, a folder that
all may write to for one with another list, a symbolic link for a junction."""
import concurrent.futures
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import unittest
import unittest.mock

from world import (BUILD, DRIVE, HCSRUN, LAYERS, PATIENCE, PREFIX, WINE, Test, World, add_namespace, add_system, snapshot, setUpModule,
                   status_of, tearDownModule, wait_until)

__all__ = ["setUpModule", "tearDownModule"]  # which unittest looks for in this module

# The same ones in every run: what a test is given is no accident.
GUIDS = ("%08x-0b5e-4c1d-9e2f-a1b2c3d4e5f6" % n for n in itertools.count(1))
new_guid = lambda: next(GUIDS)
NEW_ID = lambda: "hcsrun-" + new_guid()


class Hostile(Test):
    def setUp(self):
        super().setUp()
        self.addCleanup(os.umask, os.umask(0o077))

    def begin(self):
        """A root as hcsrun makes it, and somebody else's things."""
        world = self.world
        self.check(world.run("cleanup", options=[]), 0, "0 removed")
        self.root = os.path.join(world.folder, "root")
        self.notes = os.path.join(self.root, "notes")
        self.mounts = os.path.join(self.root, "mounts")
        self.victim = os.path.join(world.folder, "victim")
        os.makedirs(os.path.join(self.victim, "data"))
        for name in ("sandbox.vhdx", "data/sandbox.vhdx", "data/letter.txt"):
            with open(os.path.join(self.victim, name), "w") as file:
                file.write("precious")

    def note(self, name, **content):
        with open(os.path.join(self.notes, name), "w") as file:
            json.dump(content, file)

    def cleanup(self, status, *texts):
        """Nothing of the victim's and of the service's may change."""
        world = self.world
        folders = [self.victim, os.path.join(world.folder, "state")]
        before = snapshot(*folders)
        result = world.run("cleanup", options=[])
        self.check(result, status, *texts)
        self.assertEqual(snapshot(*folders), before)
        called = set(world.calls()) - {"HcsEnumerateComputeSystems", "HcnEnumerateNamespaces", "HcsOpenComputeSystem",
                                       "HcsGetComputeSystemProperties", "HcsCloseComputeSystem"}
        self.assertEqual({call for call in called if not re.search("Operation", call)}, set())
        return result

    def test_a_root_is_safe(self):
        world = self.world
        process = world.start("run", "--mount", "source=C:\\%s,target=C:\\x" % world.name, "--", "cmd", "/c",
                              "set /p x=", stdin=subprocess.PIPE)
        root = os.path.join(world.folder, "root")
        wait_until(lambda: "HcsStartComputeSystem" in world.calls(), "the start")
        scratch = [name for name in os.listdir(root) if name.startswith("hcsrun-")]
        self.assertEqual(len(scratch), 1)
        for folder in (root, *(os.path.join(root, name) for name in ("notes", "mounts", scratch[0]))):
            self.assertEqual(os.stat(folder).st_mode & 0o007, 0, folder)
        self.assertEqual(os.listdir(os.path.join(root, "notes")), [scratch[0] + ".json"])
        process.communicate(b"\n", timeout=PATIENCE)
        self.nothing_left()

    def test_an_unsafe_root_is_refused(self):
        world = self.world
        folders = {"root": "root", "notes": "root/notes", "mounts": "root/mounts"}
        damages = {"it is open to S-1-1-0": lambda path: os.chmod(path, 0o777),
                   "it is a link": lambda path: (os.rename(path, path + "-real"),
                                                 os.symlink(os.path.basename(path) + "-real", path)),
                   "it is not a folder": lambda path: (shutil.rmtree(path), open(path, "w").close())}
        if os.getuid() == 0:
            damages["it belongs to S-1-5-7"] = lambda path: os.chown(path, 4321, 4321)
        for name, folder in folders.items():
            for words, damage in damages.items():
                for command, more in (("run", ["--", "cmd"]), ("smoke", []), ("cleanup", [])):
                    with self.subTest(folder=name, words=words, command=command):
                        world = World()
                        self.addCleanup(world.remove)
                        root = os.path.join(world.folder, "root")
                        os.makedirs(os.path.join(root, "notes"), mode=0o700)
                        os.makedirs(os.path.join(root, "mounts"), mode=0o700)
                        damage(os.path.join(world.folder, folder))
                        before = snapshot(world.folder)
                        self.check(world.run(command, *more, options=LAYERS if more else []), 125, "is not safe to use",
                                   words, "--root")
                        self.assertEqual(world.calls(), [])
                        os.remove(world.record)
                        self.assertEqual(snapshot(world.folder), before)

    def test_doctor_knows_an_unsafe_root(self):
        folder = os.path.join(DRIVE, "ProgramData", "hcsrun")
        if os.path.exists(folder):
            os.rename(folder, folder + "-kept")
            self.addCleanup(os.rename, folder + "-kept", folder)
        os.mkdir(folder)
        os.chmod(folder, 0o777)
        self.addCleanup(os.rmdir, folder)
        result = subprocess.run([WINE, HCSRUN, "doctor"], capture_output=True, timeout=PATIENCE,
                                env=dict(os.environ, HCSPROOF_WINEPREFIX=PREFIX, ProgramData="C:\\elsewhere"))
        self.assertEqual(status_of(result), 1, result.stdout)
        self.assertRegex(result.stdout.decode(), r"MISSING +root folder +C:\\ProgramData\\hcsrun: it is open to S-1-1-0")

    def test_a_note_means_no_more_than_its_name(self):
        self.begin()
        guid, mine = new_guid(), NEW_ID()
        add_namespace(self.world, guid)
        victim = "C:\\%s\\victim" % self.world.name
        hostile = {"Id": "hcsrun-x\\..\\..\\victim\\data", "Scratch": victim + "\\data", "Namespace": guid, "Process": 0,
                   "Started": 0, "Mount": victim}
        self.note(mine + ".json", **hostile)
        strange = ["evil.json", "hcsrun-1.json", "hcsrun-%s.json" % new_guid().upper(), mine + "0.json",
                   mine[:-1] + "g.json", "x" + mine + ".json", mine + ".json.json", mine + ".txt",
                   "hcsrun-" + new_guid().replace("-", "") + ".json", "hcsrun-..json"]
        for name in strange:
            self.note(name, **hostile)
        os.mkdir(os.path.join(self.notes, NEW_ID() + ".json"))
        os.symlink(self.victim, os.path.join(self.notes, NEW_ID() + ".json"))
        os.symlink(os.path.join(self.victim, "sandbox.vhdx"), os.path.join(self.notes, NEW_ID() + ".json"))
        result = self.cleanup(1, "removed  " + mine, "1 removed, 0 running, %d left" % (len(strange) + 3))
        for name in strange:
            self.assertIn(name + " is not a note of hcsrun: left alone", result[2])
        self.assertEqual(len(os.listdir(self.notes)), len(strange) + 3)

    def test_links_and_folders_of_others_stay(self):
        self.begin()
        ids = [NEW_ID() for _ in range(7)]
        for name in ids:
            self.note(name + ".json")
        for folder, name in ((self.root, ids[0]), (self.mounts, ids[1])):
            os.symlink(self.victim, os.path.join(folder, name))
        for folder, name in ((self.root, ids[2]), (self.mounts, ids[3])):
            shutil.copytree(self.victim, os.path.join(folder, name))
            os.chmod(os.path.join(folder, name), 0o777)
        os.makedirs(os.path.join(self.mounts, ids[4], "a", "b"), mode=0o700)
        os.symlink(self.victim, os.path.join(self.mounts, ids[4], "a", "b", "link"))
        with open(os.path.join(self.root, ids[5]), "w") as file:
            file.write("a file")
        os.mkdir(os.path.join(self.mounts, ids[6]), mode=0o700)
        os.symlink(os.path.join(self.victim, "sandbox.vhdx"), os.path.join(self.mounts, ids[6], "link"))
        before = snapshot(self.root)
        result = self.cleanup(1, "0 removed, 0 running, 7 left")
        for name, words in zip(ids, ("link", "link", "S-1-1-0", "S-1-1-0", "could not be removed", "not a folder",
                                     "could not be removed")):
            self.assertRegex(result[2], name + "[^\n]*" + words)
        self.assertEqual(snapshot(self.root), before)

    def test_containers_of_others_stay(self):
        self.begin()
        noted, other = NEW_ID(), NEW_ID()
        owner = self.owner(self.world.root)
        self.note(noted + ".json")
        add_system(self.world, noted, "somebody")
        add_system(self.world, other, self.owner("C:\\elsewhere"))
        add_system(self.world, NEW_ID(), "hcsproof.hcsrun")
        add_system(self.world, "web-1", "containerd")
        add_system(self.world, "not-an-id", owner)
        self.cleanup(1, 'the container %s belongs to "somebody": left alone' % noted,
                     "the container not-an-id does not have an id of hcsrun: left alone", "0 removed, 0 running, 2 left")

    def owner(self, root):
        out = self.world.run("create", "--dry-run", "--", "cmd", root=root)[1]
        os.remove(self.world.record)
        return json.loads(out)["Owner"]

    def test_a_mount_goes_with_all_that_is_in_it(self):
        """Whatever a container put there: deep, many, read-only, with strange names."""
        self.begin()
        name = NEW_ID()
        self.note(name + ".json")
        mount = deep = os.path.join(self.mounts, name)
        os.mkdir(mount, mode=0o700)
        for _ in range(40):
            deep = os.path.join(deep, "x" * 90)
            os.mkdir(deep)
        for index in range(300):
            with open(os.path.join(mount, "путь %d" % index), "w") as file:
                file.write("x")
        os.chmod(os.path.join(mount, "путь 7"), 0o400)
        self.cleanup(0, "1 removed, 0 running, 0 left")
        self.assertEqual((os.listdir(self.mounts), os.listdir(self.notes)), ([], []))

    def test_a_file_that_is_open_for_a_moment_is_waited_for(self):
        self.begin()
        name = NEW_ID()
        self.note(name + ".json")
        for folder in (os.path.join(self.root, name), os.path.join(self.mounts, name)):
            with self.subTest(folder=folder):
                os.makedirs(folder, mode=0o700, exist_ok=True)
                with open(os.path.join(folder, "sandbox.vhdx"), "w") as file:
                    file.write("x")
                holder = self.hold(os.path.join(folder, "sandbox.vhdx"), 4500)
                self.check(self.world.run("cleanup", options=[]), 0, "removed  " + name, "0 left")
                holder.communicate(timeout=PATIENCE)
                self.assertFalse(os.path.exists(folder))
                self.note(name + ".json")

    def hold(self, path, milliseconds, *more):
        inside = "C:\\" + os.path.relpath(path, DRIVE).replace("/", "\\")
        holder = subprocess.Popen([WINE, os.path.join(BUILD, "bin", "stand-in", "holder.exe"), inside, str(milliseconds), *more],
                                  env=dict(os.environ, HCSPROOF_WINEPREFIX=PREFIX), stdout=subprocess.PIPE)
        self.assertEqual(holder.stdout.readline().strip(), b"holding")
        return holder

    def test_a_note_that_is_just_being_removed_is_waited_for(self):
        """As of an hcsrun that was killed when it had marked its note, and before Windows closed it. Wine calls it in use."""
        self.begin()
        name = NEW_ID()
        self.note(name + ".json")
        holder = self.hold(os.path.join(self.notes, name + ".json"), 2000, "gone")
        self.check(self.world.run("cleanup", options=[]), 0, "0 removed", "0 left")
        holder.communicate(timeout=PATIENCE)
        self.assertEqual(os.listdir(self.notes), [])

    def test_a_folder_that_is_just_being_removed_is_waited_for(self):
        for which in ("root", "mounts"):
            with self.subTest(folder=which):
                self.world = World()
                self.addCleanup(self.world.remove)
                self.begin()
                name = NEW_ID()
                self.note(name + ".json")
                folder = os.path.join(self.root if which == "root" else self.mounts, name)
                os.mkdir(folder, mode=0o700)
                holder = self.hold(folder, 2000, "gone")
                self.check(self.world.run("cleanup", options=[]), 0, "removed  " + name, "0 left")
                holder.communicate(timeout=PATIENCE)
                self.assertFalse(os.path.exists(folder))

    def test_own_things_go_beside_those_of_others(self):
        world = self.world
        self.begin()
        self.check(world.run("run", "--network", "--", "cmd", "/c", "exit 0", faults="HcsStartComputeSystem 1 kill\n"), 99)
        self.assertEqual(sorted(world.left()),
                         sorted(["systems", "layers", "namespaces", "notes",
                                 *(n for n in os.listdir(self.root) if n.startswith("hcsrun-"))]))
        orphan = NEW_ID()
        add_system(world, orphan, self.owner(world.root))
        add_system(world, "web-1", "containerd")
        add_namespace(world, new_guid())
        before = snapshot(self.victim)
        self.check(world.run("cleanup", options=[]), 0, "removed  %s (without a note)" % orphan,
                   "2 removed, 0 running, 0 left")
        self.assertEqual(world.left(), ["systems", "namespaces"])
        self.assertEqual(snapshot(self.victim), before)

    def test_another_root_is_another_hcsrun(self):
        world = self.world
        process = world.start("run", "--network", "--", "cmd", "/c", "set /p x=& exit 7", root=world.root,
                              stdin=subprocess.PIPE)
        wait_until(lambda: "HcsCreateProcess" in world.calls(), "the process")
        self.check(world.run("cleanup", options=[], root="C:\\%s\\other" % world.name), 0, "0 removed, 0 running, 0 left")
        self.check(world.run("cleanup", options=[]), 0, "0 removed, 1 running, 0 left")
        process.communicate(b"\n", timeout=PATIENCE)
        self.assertEqual(status_of(process), 7)
        self.nothing_left()

    def test_cleanup_beside_runs_that_begin_and_end(self):
        world = self.world
        self.check(world.run("cleanup", options=[]), 0)
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            runs = [pool.submit(world.run, "run", "--network", "--", "cmd", "/c", "exit 7") for _ in range(8)]
            cleanings = [pool.submit(world.run, "cleanup", options=[]) for _ in range(8)]
            for run in runs:
                self.check(run.result(), 7)
                self.assertEqual(run.result()[2], "")
            for cleaning in cleanings:
                self.check(cleaning.result(), 0, "0 removed")
        self.nothing_left()

    def test_a_root_may_be_spelled_in_many_ways(self):
        world = self.world
        layers = os.path.join(world.folder, "layers", "base")
        os.makedirs(layers)
        spellings = [world.root, world.root + "\\", world.root.replace("\\", "/"), world.root.upper(), "root", ".\\root\\.",
                     "layers\\..\\root", world.root[2:]]
        for index, spelling in enumerate(spellings):
            status, out, err = world.run("run", "--", "cmd", root=spelling, cwd=world.folder,
                                         options=["--layers", "layers\\base"],
                                         faults="HcsStartComputeSystem 1 kill\n")
            self.assertEqual(status, 99, spelling)
        created = [line["in"]["configuration"] for line in world.lines() if line.get("call") == "HcsCreateComputeSystem"]
        self.assertEqual(len({document["Owner"] for document in created}), 1)
        self.assertEqual({document["Container"]["Storage"]["Layers"][0]["Path"] for document in created},
                         {"C:\\%s\\layers\\base" % world.name})
        os.remove(world.record)
        self.check(world.run("cleanup", options=[]), 0, "%d removed, 0 running, 0 left" % len(spellings))
        self.nothing_left()
        for strange in ("\\\\server\\share\\root", "\\\\.\\C:\\root", "NUL"):
            self.check(world.run("cleanup", options=[], root=strange), 125, "is not safe to use")

    def test_a_program_here_is_not_docker(self):
        world = self.world
        shutil.copy(os.path.join(BUILD, "bin", "stand-in", "docker.exe"), world.folder)
        answer = os.path.join(world.folder, "inspect.json")
        with open(answer, "w") as file:
            json.dump([{"GraphDriver": {"Name": "windowsfilter", "Data": {"dir": LAYERS[1]}}}], file)
        inside = "C:\\" + world.name
        image = ["--image", "nano:1"]
        for path, status, words in ((".;", 125, "no docker in PATH"), (inside, 3, "")):
            with unittest.mock.patch.dict(os.environ, {"STAND_IN_IMAGE": "nano:1", "STAND_IN_ANSWER": "Z:" + answer,
                                                       "WINEPATH": path}):
                self.check(world.run("run", "--", "cmd", "/c", "exit 3", options=image, cwd=world.folder), status, words)
                done = subprocess.run([WINE, HCSRUN, "doctor"], cwd=world.folder, capture_output=True, timeout=PATIENCE,
                                      env=dict(os.environ, HCSPROOF_WINEPREFIX=PREFIX))
                self.assertIn(b"docker is not in PATH" if status == 125 else b"nano:1", done.stdout)
        self.nothing_left()

    def test_a_layer_names_its_parents_in_full(self):
        world = self.world
        os.makedirs(os.path.join(world.folder, "top"))
        with open(os.path.join(world.folder, "top", "layerchain.json"), "w") as file:
            json.dump(["..\\base"], file)
        self.check(world.run("run", "--", "cmd", options=["--layers", "C:\\%s\\top" % world.name]), 125,
                   "is not a full path")

    def test_what_others_wrote_is_shown_and_not_sent(self):
        self.begin()
        for name in ("\x1b[31mred.json", "a\u202etxt.json", "\u009b2J.json"):
            with open(os.path.join(self.notes, name), "w"):
                pass
        add_system(self.world, "web\x1b[2J", self.owner(self.world.root))
        result = self.cleanup(1, "4 left")
        self.assertEqual(re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f]", result[1] + result[2]), [])
        self.assertIn("\\x1b[31mred.json", result[2])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
