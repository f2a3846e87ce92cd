#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test_packages.py SOURCE: the Debian package, the tar archive and the zip for Windows, each installed and used.

The zip is gone through under Wine against the simulated service, command by command as docs/windows.md has them: every
line "PS> .\\bin\\…" of it is run, with the base layer of the simulator in place of an image."""
import glob
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest

from test_links import dead_links

SOURCE = os.path.abspath(sys.argv[1])
PREFIX = os.path.join(SOURCE, "build", "wine-hcs")
LAYERS = r"--layers C:\hcssim\layers\base"


def run(*line, status=0, **more):
    done = subprocess.run(line, capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL, **more)
    if done.returncode != status:
        raise AssertionError("%s: status %d\n%s%s" % (line, done.returncode, done.stdout, done.stderr))
    return done.stdout


def newest(pattern):
    return max(glob.glob(os.path.join(SOURCE, "build", pattern)), key=os.path.getmtime)


class Packages(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(dir=os.path.join(SOURCE, "build"))
        self.addCleanup(shutil.rmtree, self.folder)

    def use(self, root):
        """What is below `root` works where it is, and from an empty folder."""
        hcsproof = os.path.join(root, "bin", "hcsproof")
        empty = os.path.join(self.folder, "empty")
        os.mkdir(empty)
        document = run(hcsproof, "translate", os.path.join(SOURCE, "docs/examples/config.json"), cwd=empty)
        self.assertIn('"HostName":"web-1"', document)
        totals = run(hcsproof, "run", "clean-path/*", "--testee", "'%s' serve" % hcsproof, "--errors", "message", cwd=empty)
        self.assertRegex(totals, r"(?m)^[1-9]\d* cases: \d+ passed; ")
        for part in ("share/man/man1/hcsproof.1", "share/man/man1/hcsproof-check.1", "share/man/man7/hcsproof-refused.7",
                     "include/hcsref/hcsref.h",
                     "share/bash-completion/completions/hcsproof", "share/doc/hcsproof/README.md",
                     "share/doc/hcsproof/docs/windows.md", "share/hcsproof/golden/recorded"):
            self.assertTrue(glob.glob(os.path.join(root, part + "*")), part)
        self.has_the_playground(root)
        self.lists_what_is_in_it(os.path.join(root, "share/doc/hcsproof"), "DYNAMIC_LINK")
        self.does_not_show_the_source(root)
        self.assertEqual(dead_links(root)[2], [])

    def lists_what_is_in_it(self, pages, linked):
        with open(os.path.join(pages, "sbom.spdx.json"), encoding="utf-8") as file:
            document = json.load(file)
        self.assertEqual(document["spdxVersion"], "SPDX-2.3")
        packages = {package["name"]: package for package in document["packages"]}
        self.assertEqual(set(packages), {"hcsproof", "jansson", "libyaml"})
        for package in packages.values():
            self.assertRegex(package["versionInfo"], r"^\d+\.\d+")
        self.assertEqual({(one["relationshipType"], one["relatedSpdxElement"]) for one in document["relationships"]},
                         {("DESCRIBES", "SPDXRef-hcsproof"), (linked, "SPDXRef-jansson"), (linked, "SPDXRef-libyaml")})

    def does_not_show_the_source(self, root):
        """Nothing that was compiled or configured has the name of the folder that it was built in."""
        for name in glob.glob(os.path.join(root, "bin", "*")) + glob.glob(os.path.join(root, "lib", "**"), recursive=True):
            if os.path.isfile(name):
                with open(name, "rb") as file:
                    self.assertNotIn((SOURCE + "/").encode(), file.read(), name)

    def has_the_playground(self, root):
        """With the licences of what is in it, if it is built."""
        for name in ("playground.html", "playground-licences.txt"):
            self.assertEqual(os.path.exists(os.path.join(root, "share", "hcsproof", name)),
                             os.path.exists(os.path.join(SOURCE, "build", "playground", name)), name)

    def test_the_debian_package(self):
        package = newest("package/hcsproof_*.deb")
        admin = os.path.join(self.folder, "var/lib/dpkg")
        os.makedirs(os.path.join(admin, "updates"))
        os.makedirs(os.path.join(admin, "info"))
        open(os.path.join(admin, "status"), "w").close()
        # Into a folder of its own: what it depends on is the machine's.
        run("dpkg", "--root=" + self.folder, "--force-not-root", "--force-depends", "--force-script-chrootless",
            "--log=/dev/null", "--install", package)
        self.assertIn("Status: install ok installed", run("dpkg", "--root=" + self.folder, "--status", "hcsproof"))
        self.assertRegex(run("dpkg", "--field", package, "Depends"), r"libc6 .*libjansson4")
        self.use(os.path.join(self.folder, "usr"))

    def test_the_tar_archive(self):
        run("tar", "-xzf", newest("package/hcsproof-*.tar.gz"), "-C", self.folder)
        self.use(glob.glob(os.path.join(self.folder, "hcsproof-*"))[0])

    def powershell(self, command, root):
        """A command as PowerShell splits it, which single and double quotes keep together and a backslash does not."""
        command = re.sub(r"--image \S+|--layers \S+", lambda _: LAYERS, command)
        program, *arguments = shlex.split(command.replace("\\", "\\\\"))
        program = os.path.join(root, program.replace("\\", "/"))
        return run(os.path.join(SOURCE, "tools/mingw/wine"), program, *arguments, cwd=root,
                   env=dict(os.environ, HCSPROOF_WINEPREFIX=PREFIX)).replace("\r", "")

    def test_the_zip_as_the_page_says(self):
        run("cmake", "-E", "tar", "xf", newest("mingw/hcsproof-*-windows-*.zip"), cwd=self.folder)
        for program in ("hcsproof.exe", "hcsrun.exe", "hcsprobe.exe"):
            path = glob.glob(os.path.join(self.folder, "**", program), recursive=True)[0]
            with open(path, "rb") as file:
                data = file.read()
            self.assertIn(b"longPathAware", data, program)
            self.assertIn("FileVersion".encode("utf-16-le"), data, program)
        root = glob.glob(os.path.join(self.folder, "hcsproof-*-windows-*"))[0]
        # What an earlier version of hcsrun made is not safe to this one.
        shutil.rmtree(os.path.join(PREFIX, "drive_c", "ProgramData", "hcsrun"), ignore_errors=True)
        run(os.path.join(SOURCE, "tools/hcssim-prefix"), PREFIX,
            env=dict(os.environ, HCSSIM_DLLS=os.path.join(root, "share/hcsproof/hcssim")))
        for name in ("README.md", "LICENSE", "smoke.ps1"):
            self.assertTrue(os.path.exists(os.path.join(root, name)), name)
        self.has_the_playground(root)
        self.lists_what_is_in_it(root, "STATIC_LINK")
        with open(os.path.join(root, "docs/windows.md"), encoding="utf-8") as file:
            commands = re.findall(r"^ +PS> (\.\\bin\\.*)$", file.read(), re.M)
        self.assertGreaterEqual(len(commands), 5)
        said = ""
        for command in commands:
            said += self.powershell(command, root)
        for text in ("Containers can be run here.", "32 passed, 0 failed, 5 skipped (simulated service)", "cases: "):
            self.assertIn(text, said)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[2:], verbosity=2)
