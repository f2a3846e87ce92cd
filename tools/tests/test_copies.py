#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""tools/copies: this tree has no code twice but where docs/architecture.md says why, and new copies are found.

    python3 test_copies.py SOURCE"""
import os
import subprocess
import sys
import tempfile
import unittest

SOURCE = sys.argv[1]
TABLE = "| these files are alike | copies | why they stay |\n|---|---:|---|\n"
STEPS = ["if ({0} > 1)", "return {0};", "{0} = call({0}, 2);", "for (;;)", "{0}--;", "while ({0} != 3)", "give({0});"]


def code(name, lines=13):
    return "void step(void) {{\n  {}\n}}\n".format("\n  ".join(STEPS[i % len(STEPS)].format(name) for i in range(lines - 1)))


class Copies(unittest.TestCase):
    def found(self, table="", **sources):
        """(status, output) of a tree with these files."""
        with tempfile.TemporaryDirectory() as tree:
            os.mkdir(os.path.join(tree, "docs"))
            for name, text in {"docs/architecture.md": TABLE + table, **{name + ".c": text for name, text in sources.items()}}.items():
                with open(os.path.join(tree, name), "w", encoding="utf-8") as file:
                    file.write(text)
            done = subprocess.run([sys.executable, "-B", os.path.join(SOURCE, "tools/copies"), tree], stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, text=True, check=False)
            return done.returncode, done.stdout

    def test_this_tree(self):
        done = subprocess.run([sys.executable, "-B", os.path.join(SOURCE, "tools/copies")], capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)

    def test_names_do_not_matter(self):
        self.assertEqual(self.found(a=code("x"), b=code("y")), (1, "a.c:1 and b.c:1: 13 lines\n"))

    def test_twelve_lines_are_short(self):
        self.assertEqual(self.found(a=code("x", 12), b=code("y", 12)), (0, ""))

    def test_twice_in_one_file(self):
        self.assertEqual(self.found(a=code("x") + "int z;\n" + code("y"))[0], 1)

    def test_a_table_is_no_code(self):
        table = "int rows[] = {\n" + code("x") + "};\n"
        self.assertEqual(self.found(a=table, b=table), (0, ""))
        rows = "  call(1);\n  call(2, 3);\n" * 7
        self.assertEqual(self.found(a=rows, b=rows), (0, ""))

    def test_a_row_says_why(self):
        self.assertEqual(self.found("| `a.c`, `[b-c].c` | 1 | so |\n", a=code("x"), b=code("y")), (0, ""))
        self.assertEqual(self.found("| `a.c`, `c.c` | 0 | so |\n", a=code("x"), b=code("y"))[0], 1)

    def test_a_row_counts(self):
        status, output = self.found("| `a.c`, `b.c` | 2 | so |\n", a=code("x"), b=code("y"))
        self.assertEqual((status, output), (1, "docs/architecture.md: a.c, b.c: 1 copies, not 2\n"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
