# SPDX-License-Identifier: Apache-2.0
"""tools/arrows: what it allows, what it refuses, and that this checkout keeps to its table.

    python3 test_arrows.py SOURCE
"""

import pathlib
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(sys.argv.pop(1))
TABLE = """# Architecture

## Folders, and who may know whom

    ref/include     the public headers     knows nobody
    ref/base        memory                 knows nobody
    ref/path        paths                  knows base
    ref/cri         stage 1                knows path; not hcs
    ref/hcs         stage 2                knows path, ref/base/secret.h
    conformance     the command            knows ref/include, ref/base/secret.h
    golden          cases

Words.
"""


class Arrows(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.top = pathlib.Path(temporary.name)
        self.write("docs/architecture.md", TABLE)
        self.write("ref/include/hcsref/a.h", "")
        self.write("ref/base/secret.h", "")
        for folder in "base", "path", "cri", "hcs":
            self.write("ref/%s/%s.h" % (folder, folder), '#include "hcsref/a.h"\n')
        # An include for each arrow of the table.
        self.write("ref/path/arrows.c", '#include "base/base.h"\n')
        self.write("ref/cri/arrows.c", '#include "path/path.h"\n')
        self.write("ref/hcs/arrows.c", '#include "path/path.h"\n#include "base/secret.h"\n')
        self.write("conformance/arrows.c", '#include "hcsref/a.h"\n#include "base/secret.h"\n')
        self.write("conformance/run/run.h", "")
        self.write("golden/case.json", "")

    def write(self, name, text):
        path = self.top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def arrows(self, *options):
        return subprocess.run([sys.executable, "-B", str(SOURCE / "tools/arrows"), *options, str(self.top)], text=True,
                              capture_output=True, check=False)

    def allows(self, file, text):
        self.write(file, text)
        done = self.arrows()
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def refuses(self, file, text, words):
        self.write(file, text)
        done = self.arrows()
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn(words, done.stdout)

    def test_what_the_table_names(self):
        self.allows("ref/cri/x.c", '#include <string.h>\n#include "path/path.h"\n#include "cri.h"\n')

    def test_what_those_know(self):
        self.allows("ref/cri/x.c", '#include "base/base.h"\n')

    def test_upward(self):
        self.refuses("ref/path/x.c", '\n#  include "cri/cri.h"\n',
                     'ref/path/x.c:2: #include "cri/cri.h": ref/path may not know ref/cri')

    def test_sideways(self):
        self.refuses("ref/cri/x.c", '#include "hcs/hcs.h"\n', "ref/cri may not know ref/hcs")

    def test_past_the_public_headers(self):
        self.refuses("conformance/run/x.c", '#include "base/base.h"\n', "conformance may not know ref/base")

    def test_a_file_that_the_table_names(self):
        self.allows("conformance/run/x.c", '#include "base/secret.h"\n#include "run.h"\n')

    def test_a_path_that_climbs(self):
        self.refuses("conformance/run/x.c", '#include "../../ref/base/base.h"\n', "conformance may not know ref/base")

    def test_a_folder_without_a_row(self):
        self.refuses("ref/new/x.c", '#include "base/base.h"\n', "ref/new is in no folder of the table")

    def test_a_row_without_a_folder(self):
        (self.top / "golden/case.json").unlink()
        (self.top / "golden").rmdir()
        self.refuses("ref/base/x.c", "", "golden: the table has it, and there is no such folder")

    def test_an_arrow_that_nothing_follows(self):
        self.refuses("ref/cri/arrows.c", "", "ref/cri knows ref/path: the table has it, and no file includes any of it")
        self.refuses("ref/hcs/arrows.c", '#include "path/path.h"\n', "ref/hcs knows ref/base/secret.h: the table has it")

    def test_only_headers_of_c(self):
        self.refuses("ref/base/x.c", "#include <unistd.h>\n", "neither ours nor C's")

    def test_windows_headers_where_they_belong(self):
        self.allows("ref/base/windows.c", "#include <windows.h>\n")

    def test_circles_are_said(self):
        self.write("conformance/run/x.c", '#include "report/r.h"\n')
        self.write("conformance/report/r.h", '#include "run/run.h"\n')
        done = self.arrows("--circles")
        self.assertEqual(done.returncode, 0)
        self.assertIn("circle: conformance/report, conformance/run\n", done.stdout)

    def test_a_row_that_knows_a_stranger(self):
        self.write("docs/architecture.md", TABLE.replace("knows path; not hcs", "knows pathes"))
        done = self.arrows()
        self.assertEqual(done.returncode, 2)
        self.assertIn("ref/cri knows ref/pathes, which is neither a row nor a file", done.stderr)

    def test_no_table(self):
        self.write("docs/architecture.md", "# Architecture\n")
        self.assertEqual(self.arrows().returncode, 2)

    def test_no_source_is_no_success(self):
        for path in sorted(self.top.rglob("*.[ch]")):
            path.write_text("")
        done = self.arrows()
        self.assertEqual(done.returncode, 1)
        self.assertIn("0 includes", done.stdout)

    def test_this_checkout(self):
        done = subprocess.run([sys.executable, "-B", str(SOURCE / "tools/arrows")], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
