# SPDX-License-Identifier: Apache-2.0
"""fuzz/cover, fuzz/archive, fuzz/inputs and fuzz/affected: what is chosen, what is packed and comes back, that an archive
from anywhere does no harm, and which targets a change concerns.

    python3 test_corpus.py SOURCE BUILD
"""

import hashlib
import importlib.machinery
import importlib.util
import pathlib
import subprocess
import sys
import tempfile
import unittest
import zipfile

SOURCE, BUILD = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
del sys.argv[1:3]
sys.dont_write_bytecode = True


def sha1(content):
    return hashlib.sha1(content).hexdigest()


class InFolder(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.temporary.name)
        self.addCleanup(self.temporary.cleanup)

    def run_tool(self, tool, *arguments):
        return subprocess.run([sys.executable, str(SOURCE / "fuzz" / tool), *map(str, arguments)], capture_output=True,
                              text=True, check=False)


class Cover(InFolder):
    def inputs(self, *contents, names=None):
        paths = []
        for i, content in enumerate(contents):
            path = self.folder / (names[i] if names and names[i] else sha1(content))
            path.write_bytes(content)
            paths.append(path)
        return paths

    def control(self, name, paths, features):
        lines = [str(len(paths)), "0", *map(str, paths)]
        for i, found in enumerate(features):
            lines += ["STARTED %d 1" % i, "FT %d %s" % (i, " ".join(map(str, found))), "COV %d" % i]
        control = self.folder / name
        control.write_text("\n".join(lines) + "\n")
        return control

    def chosen(self, paths, edges, values, most):
        out = self.folder / "out"
        done = self.run_tool("cover", "--most", most, self.control("e", paths, edges), self.control("v", paths, values), out)
        self.assertEqual(done.returncode, 0, done.stderr)
        return {path.name for path in out.iterdir()}

    def test_the_fewest_that_reach_every_edge(self):
        paths = self.inputs(b"a", b"b", b"c")
        edges = [[1, 2], [3, 4], [1, 2, 3, 4]]
        self.assertEqual(self.chosen(paths, edges, edges, 9), {sha1(b"c")})

    def test_the_shorter_of_two_that_reach_the_same(self):
        paths = self.inputs(b"longer", b"b")
        self.assertEqual(self.chosen(paths, [[1], [1]], [[1], [1]], 9), {sha1(b"b")})

    def test_no_more_than_asked_for_and_the_best_of_them(self):
        paths = self.inputs(b"a", b"b", b"c")
        self.assertEqual(self.chosen(paths, [[1], [2, 3, 4], [5, 6]], [[], [], []], 2), {sha1(b"b"), sha1(b"c")})

    def test_a_named_input_stays_under_its_name(self):
        paths = self.inputs(b"a", b"b", names=["bug-x", None])
        self.assertEqual(self.chosen(paths, [[1], [1, 2]], [[1], [1, 2]], 9), {"bug-x", sha1(b"b")})
        self.assertEqual((self.folder / "out" / "bug-x").read_bytes(), b"a")

    def test_values_fill_half_of_what_is_wanted(self):
        paths = self.inputs(b"a", b"b", b"c", b"d")
        values = [[1], [2], [3], [4]]
        self.assertEqual(len(self.chosen(paths, [[1], [1], [1], [1]], values, 6)), 3)

    def test_a_control_file_that_is_none(self):
        (self.folder / "e").write_text("x\n")
        done = self.run_tool("cover", "--most", 3, self.folder / "e", self.folder / "e", self.folder / "out")
        self.assertEqual(done.returncode, 4)
        self.assertFalse((self.folder / "out").exists())


class Archive(InFolder):
    def test_there_and_back(self):
        old, new = self.folder / "old", self.folder / "new"
        old.mkdir()
        for content in b"one", b"two", b"":
            (old / ("name-" + sha1(content))).write_bytes(content)
        (old / "again").write_bytes(b"one")
        archive = self.folder / "a.zip"
        self.assertEqual(self.run_tool("archive", "pack", archive, old).stdout, "3\n")
        self.assertEqual(self.run_tool("archive", "unpack", archive, new).stdout, "3\n")
        self.assertEqual({path.name: path.read_bytes() for path in new.iterdir()},
                         {sha1(content): content for content in (b"one", b"two", b"")})
        self.assertEqual(self.run_tool("archive", "unpack", archive, new).stdout, "0\n")

    def test_the_same_inputs_make_the_same_bytes(self):
        (self.folder / "in").mkdir()
        (self.folder / "in" / "x").write_bytes(b"x" * 100)
        for name in "1.zip", "2.zip":
            self.run_tool("archive", "pack", self.folder / name, self.folder / "in")
        self.assertEqual((self.folder / "1.zip").read_bytes(), (self.folder / "2.zip").read_bytes())

    def test_names_in_an_archive_lead_nowhere(self):
        archive, out = self.folder / "a.zip", self.folder / "in" / "out"
        with zipfile.ZipFile(archive, "w") as target:
            target.writestr("../../planted", b"up")
            target.writestr("/tmp/planted", b"root")
            link = zipfile.ZipInfo("link")
            link.external_attr = 0o120777 << 16
            target.writestr(link, b"/etc/passwd")
        self.assertEqual(self.run_tool("archive", "unpack", archive, out).returncode, 0)
        self.assertEqual({path.name for path in out.iterdir()}, {sha1(c) for c in (b"up", b"root", b"/etc/passwd")})
        self.assertFalse(any(path.is_symlink() for path in out.iterdir()))
        self.assertEqual({path.name for path in self.folder.iterdir()}, {"a.zip", "in"})

    def test_a_file_that_swells_is_left_out(self):
        archive = self.folder / "a.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
            target.writestr("bomb", bytes((1 << 20) + 1))
            target.writestr("just", bytes(1 << 20))
        self.assertEqual(self.run_tool("archive", "unpack", archive, self.folder / "out").stdout, "1\n")

    def test_what_is_no_archive(self):
        archive = self.folder / "a.zip"
        archive.write_bytes(b"PK\x03\x04 no")
        done = self.run_tool("archive", "unpack", archive, self.folder / "out")
        self.assertEqual((done.returncode, done.stdout), (4, ""))
        self.assertIn("archive:", done.stderr)


class Inputs(InFolder):
    CONTENTS = {"bug-x": b"C:\\a", "deep-one": b"\n", sha1(b""): b"", sha1(bytes(range(256))): bytes(range(256))}

    def setUp(self):
        super().setUp()
        self.packed, self.old, self.new = (self.folder / name for name in ("t.inputs", "old", "new"))
        self.old.mkdir()
        for name, content in self.CONTENTS.items():
            (self.old / name).write_bytes(content)

    def ok(self, *arguments):
        done = self.run_tool("inputs", *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return int(done.stdout)

    def unpacked(self):
        self.ok("unpack", self.packed, self.new)
        return {path.name: path.read_bytes() for path in self.new.iterdir()}

    def test_there_and_back(self):
        self.assertEqual(self.ok("pack", self.packed, self.old), 4)
        lines = self.packed.read_text("ascii").splitlines()
        self.assertEqual(lines[:3], ["bug-x C:\\\\a", "deep-one \\n", "- "])
        self.assertEqual(len(lines), 4)
        self.assertEqual(self.unpacked(), self.CONTENTS)

    def test_more_of_them(self):
        self.ok("pack", self.packed, self.old)
        (self.folder / "0123456789").write_bytes(b"more")
        (self.folder / "bug-y").write_bytes(b"")
        self.assertEqual(self.ok("add", self.packed, self.folder / "0123456789", self.folder / "bug-y"), 5)
        wanted = {**self.CONTENTS, "bug-y": b"", sha1(b"more"): b"more"}
        del wanted[sha1(b"")]
        self.assertEqual(self.unpacked(), wanted)

    def test_what_is_there_already(self):
        long = bytes(range(0x30, 0x5c)) * 2
        for name, content in (("0", b"a" + long), ("1", b"b" + long[3:] + b"\\"), ("2", b"c" + long[:31])):
            (self.folder / name).write_bytes(content)
        self.assertEqual(self.ok("pack", self.packed, *(self.folder / name for name in "012")), 3)
        lines = self.packed.read_text("ascii").splitlines()
        self.assertEqual([len(line) for line in lines], [len("0 a") + 44 + len(r"\<44,44>"), len(r"1 b\<86,85>\\"), 34])
        self.assertEqual(lines[1], r"1 b\<86,85>\\")
        self.assertEqual(set(self.unpacked().values()), {b"a" + long, b"b" + long[3:] + b"\\", b"c" + long[:31]})

    def test_a_great_many(self):
        self.packed.write_text("- x\n" + "".join(r"- \<%d,%d>" % (1 << i, 1 << i) + "\n" for i in range(27)))
        done = self.run_tool("inputs", "unpack", self.packed, self.new)
        self.assertEqual((done.returncode, self.new.exists()), (4, False))
        self.assertIn(":28: ", done.stderr)

    def test_one_name_for_two(self):
        self.ok("pack", self.packed, self.old)
        before = self.packed.read_bytes()
        (self.folder / "bug-x").write_bytes(b"another")
        done = self.run_tool("inputs", "add", self.packed, self.folder / "bug-x")
        self.assertEqual((done.returncode, self.packed.read_bytes()), (4, before))
        self.assertIn("bug-x", done.stderr)

    def test_what_is_not_packed(self):
        for text, where in ((b"- a", "cut short"), (b"x\n", ":1:"), (b"- a\n../x b\n", ":2:"), (b"- \\q\n", ":1:"),
                            (b"- \xc3\n", ":1:"), (b"- \\x4\n", ":1:"), (b"- a\n- \\<2,1>\n", ":2:"), (b"- a\\<1,2>\n", ":1:"),
                            (b"- a\\<1,0>\n", ":1:"), (b"- a\\<1,\n", ":1:"), (b"\n", ":1:")):
            self.packed.write_bytes(text)
            done = self.run_tool("inputs", "unpack", self.packed, self.new)
            self.assertEqual((done.returncode, done.stdout, self.new.exists()), (4, "", False), text)
            self.assertIn(where, done.stderr)

    def test_the_driver_plays_what_is_packed(self):
        program = BUILD / "bin" / "fuzz_path"
        self.ok("pack", self.packed, self.old)
        done = subprocess.run([program, self.packed], capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stdout), (0, "4 inputs played\n"))
        self.packed.write_bytes(self.packed.read_bytes() + b"- \\q\n")
        done = subprocess.run([program, self.packed], capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stdout), (1, "4 inputs played\n"))
        self.assertIn("t.inputs:5: ", done.stderr)

    def test_every_target_has_inputs(self):
        self.assertEqual({path.stem for path in (SOURCE / "corpus").iterdir()},
                         {path.stem for path in (SOURCE / "fuzz" / "targets").glob("*.c")})
        self.assertEqual(self.ok("unpack-all", self.new), len(list(self.new.glob("*/*"))))


class Affected(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not (BUILD / ".ninja_deps").exists():
            raise unittest.SkipTest("built without ninja")
        loader = importlib.machinery.SourceFileLoader("affected", str(SOURCE / "fuzz" / "affected"))
        cls.module = importlib.util.module_from_spec(importlib.util.spec_from_loader("affected", loader))
        loader.exec_module(cls.module)
        cls.all = sorted(path.stem for path in (SOURCE / "fuzz" / "targets").glob("*.c"))

    def affected(self, *files):
        return self.module.affected(set(files), str(BUILD))

    def test_code_that_is_linked(self):
        found = self.affected("ref/hcs/cpu.c")
        self.assertLessEqual({"cpu_limits", "oci_to_hcs", "pipeline"}, set(found))
        self.assertFalse({"path", "gojson_decode", "arguments"} & set(found))

    def test_a_header(self):
        self.assertEqual(self.affected("ref/include/hcsref/base.h"), self.all)

    def test_a_target_and_its_inputs(self):
        self.assertEqual(self.affected("fuzz/targets/path.c"), ["path"])
        self.assertEqual(self.affected("corpus/path.inputs", "docs/fuzzing.md", "README.md"), ["path"])

    def test_nothing(self):
        self.assertEqual(self.affected(), [])

    def test_how_they_are_built(self):
        self.assertEqual(self.affected("ref/CMakeLists.txt"), self.all)


if __name__ == "__main__":
    unittest.main()
