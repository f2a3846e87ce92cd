#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""tools/circles: this build has no circle of files but those that are listed, and a new one is found.

    python3 test_circles.py SOURCE BUILD CC"""
import os
import subprocess
import sys
import tempfile
import unittest

SOURCE, BUILD, CC = sys.argv[1:4]


def circles(build):
    return subprocess.run([sys.executable, "-B", os.path.join(SOURCE, "tools/circles"), build], capture_output=True, text=True, check=False)


class Circles(unittest.TestCase):
    def made(self, **sources):
        """A build folder with objects of these sources of ref/."""
        with tempfile.TemporaryDirectory() as build:
            folder = os.path.join(build, "ref/CMakeFiles/hcsref.dir/base")
            os.makedirs(folder)
            for name, text in sources.items():
                path = os.path.join(folder, name + ".c")
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
                subprocess.run([CC, "-c", "-o", path + ".o", path], check=True)
            return circles(build)

    def test_this_build(self):
        done = circles(BUILD)
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
        self.assertNotIn("needless", done.stdout)

    def test_a_circle_of_two(self):
        done = self.made(one="int b(void); int a(void) { return b(); }", two="int a(void); int b(void) { return a(); }")
        self.assertEqual(done.returncode, 1)
        self.assertIn("circle: ref/base/one.c, ref/base/two.c\n  ref/base/one.c needs ref/base/two.c for b\n", done.stdout)

    def test_one_way_is_no_circle(self):
        done = self.made(one="int b(void); int a(void) { return b(); }", two="int b(void) { return 1; }")
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_no_objects(self):
        with tempfile.TemporaryDirectory() as build:
            self.assertEqual(circles(build).returncode, 2)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
