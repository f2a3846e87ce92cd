#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test_image.py SOURCE: the sample image is what containerd and docker read, and the same each time."""
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import unittest

TOOL = os.path.join(sys.argv.pop(), "tools", "hcssim-image")


def make(*arguments):
    return subprocess.run([TOOL, *arguments], capture_output=True, text=True, check=False)


class Image(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.probe = self.path("p.exe")
        with open(self.probe, "wb") as file:
            file.write(b"MZ probe")

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def read(self, *arguments):
        made = make(self.path("i.tar"), "--probe", self.probe, *arguments)
        self.assertEqual((made.returncode, made.stdout, made.stderr), (0, "", ""))
        with tarfile.open(self.path("i.tar")) as tar:
            return {member.name: tar.extractfile(member).read() for member in tar if member.isfile()}

    def test_every_blob_is_what_its_name_says(self):
        files = self.read()
        for name, data in files.items():
            if name.startswith("blobs/sha256/"):
                self.assertEqual(name.rpartition("/")[2], hashlib.sha256(data).hexdigest())

    def test_both_forms_name_the_same_layers(self):
        files = self.read("--build", "26100", "--name", "example.test/a:b")
        index = json.loads(files["index.json"])["manifests"][0]
        manifest = json.loads(files["blobs/sha256/" + index["digest"].partition(":")[2]])
        docker = json.loads(files["manifest.json"])[0]
        self.assertEqual(["blobs/sha256/" + layer["digest"].partition(":")[2] for layer in manifest["layers"]],
                         docker["Layers"])
        self.assertEqual(docker["RepoTags"], ["example.test/a:b"])
        self.assertEqual(index["annotations"]["io.containerd.image.name"], "example.test/a:b")
        config = json.loads(files[docker["Config"]])
        self.assertEqual((config["os"], config["os.version"]), ("windows", "10.0.26100.1"))
        self.assertEqual(config["rootfs"]["diff_ids"], [layer["digest"] for layer in manifest["layers"]])

    def test_layers_have_what_windows_wants_of_them(self):
        files = self.read("--add", self.probe)
        docker = json.loads(files["manifest.json"])[0]
        names = []
        for layer in docker["Layers"]:
            with tarfile.open(fileobj=io.BytesIO(files[layer])) as tar:
                names.append(tar.getnames())
        for hive in ("DEFAULT", "SAM", "SECURITY", "SOFTWARE", "SYSTEM"):
            self.assertIn("Files/Windows/System32/config/" + hive, names[0])
            self.assertIn("UtilityVM/Files/Windows/System32/config/" + hive, names[0])
        self.assertIn("Files/Windows/System32/probe.exe", names[0])
        self.assertIn("UtilityVM/Files/EFI/Microsoft/Boot/BCD", names[0])
        self.assertIn("Files/Windows/System32/p.exe", names[1])
        for layer in names:
            self.assertLess(layer.index("Files"), layer.index(next(name for name in layer if "/" in name)))

    def test_folders_are_named_as_in_windows_layers(self):
        """Without a slash behind: hcsshim compares the name of the utility VM's folder."""
        files = self.read()
        layer = files[json.loads(files["manifest.json"])[0]["Layers"][0]]
        folder = layer.index(b"UtilityVM/Files\0")
        self.assertEqual(folder % 512, 0)

    def test_what_it_runs_can_be_chosen(self):
        for options, words in (((), ["out", "hello from the sample image"]), (("--run", "sleep 5"), ["sleep", "5"])):
            files = self.read(*options)
            config = json.loads(files[json.loads(files["manifest.json"])[0]["Config"]])["config"]
            self.assertEqual((config["Entrypoint"], config["Cmd"]), (["C:\\Windows\\System32\\probe.exe"], words))
        self.assertEqual(make(self.path("i.tar"), "--run", " ").returncode, 2)

    def test_the_same_files_make_the_same_image(self):
        self.assertEqual(self.read(), self.read())

    def test_a_missing_program_is_named(self):
        made = make(self.path("i.tar"), "--probe", self.path("none"))
        self.assertEqual(made.returncode, 1)
        self.assertIn("none: No such file", made.stderr)
        self.assertFalse(os.path.exists(self.path("i.tar")))
        self.assertEqual(make().returncode, 2)
        self.assertIn("--build N", make("--help").stdout)


if __name__ == "__main__":
    unittest.main()
