# SPDX-License-Identifier: Apache-2.0
"""tools/steps/differ-on-windows: which files a compiler for Windows sees otherwise.

    python3 test_differ_on_windows.py SOURCE
"""

import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve() / "tools" / "steps" / "differ-on-windows"
ASKS = "#ifdef _WIN32\nint on_windows;\n#endif\n"


class Test(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.top = pathlib.Path(temporary.name)

    def differ(self, **texts):
        """Those of the files that differ; a name has __ for a slash and _h or _c at its end."""
        names = []
        for name, text in texts.items():
            path = self.top / (name[:-2].replace("__", "/") + "." + name[-1])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            names += [str(path.relative_to(self.top))] if path.suffix == ".c" else []
        done = subprocess.run([str(PROGRAM), "include"], cwd=self.top, input="\n".join(names) + "\n", capture_output=True,
                              text=True, check=True)
        return done.stdout.split()

    def test_a_file_asks_itself(self):
        self.assertEqual(self.differ(asks_c=ASKS, elif_c="#if 0\n#  elif defined(_WIN32)\n#endif\n", not_c="int _WIN32_;\n"),
                         ["asks.c", "elif.c"])

    def test_a_header_asks_however_far_it_is(self):
        self.assertEqual(self.differ(include__a__far_h=ASKS, include__near_h='#include "a/far.h"\n#include "near.h"\n',
                                     one_c='#include <near.h>\n', other_c='#include "far.h"\n#include <stdio.h>\n'), ["one.c"])

    def test_the_header_beside_a_file_is_the_one(self):
        self.assertEqual(self.differ(include__same_h=ASKS, x__same_h="\n", x__one_c='#include "same.h"\n',
                                     y__other_c='#include "same.h"\n'), ["y/other.c"])

    def test_attributes_of_the_public_headers_make_no_difference(self):
        self.assertEqual(self.differ(include__hcsref__base_h=ASKS, one_c='#include "hcsref/base.h"\n'), [])


if __name__ == "__main__":
    unittest.main()
