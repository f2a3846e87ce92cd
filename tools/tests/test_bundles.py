# SPDX-License-Identifier: Apache-2.0
"""tools/bundles/bundles.py: which files are compiled as one, and which are kept apart. test_bundles.py TOP"""
import os
import subprocess
import sys
import tempfile
import unittest

TOP = sys.argv.pop(1)


class Bundles(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def bundle(self, texts, work="work"):
        """[[bundle, file, ...]] of {name: text}; headers are among the texts, and no source."""
        for name, text in texts.items():
            with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        listed = os.path.join(self.folder, "list")
        with open(listed, "w", encoding="utf-8") as file:
            file.write("".join(os.path.join(self.folder, name) + "\n" for name in texts if name.endswith(".c")))
        out = subprocess.run([sys.executable, "-B", os.path.join(TOP, "tools/bundles/bundles.py"), self.folder,
                              os.path.join(self.folder, work), listed], stdout=subprocess.PIPE, text=True, check=True).stdout
        return [line.split("\t") for line in out.splitlines()]

    def groups(self, texts):
        return [[os.path.basename(name) for name in line[1:]] for line in self.bundle(texts)]

    def test_strangers_go_together(self):
        self.assertEqual(self.groups({"a.c": "int a(void) {\n  return 1;\n}\n", "b.c": "int b;\n"}), [["a.c", "b.c"]])

    def test_a_name_in_both_keeps_them_apart(self):
        for one in ("static int same(void) {\n  return 1;\n}\n", "static const int same[] = {1};\n",
                    "struct same {\n  int x;\n};\n",
                    "typedef struct {\n  int x;\n} same;\n", "enum { OTHER, same = 2 };\n", "typedef int (*same)(void);\n"):
            with self.subTest(one):
                self.assertEqual(self.groups({"a.c": one, "b.c": "static int same;\n"}), [["a.c"], ["b.c"]])

    def test_a_name_of_the_others_header_keeps_them_apart(self):
        texts = {"x.h": "struct same {\n  int x;\n};\n", "a.c": '#include "x.h"\nint a;\n', "b.c": "static int same;\n"}
        self.assertEqual(self.groups(texts), [["a.c"], ["b.c"]])
        texts = {"x.h": "int shared(void);\n", "a.c": '#include "x.h"\nint shared(void) {\n  return 1;\n}\n',
                 "b.c": '#include "x.h"\nint b;\n'}
        self.assertEqual(self.groups(texts), [["a.c", "b.c"]])

    def test_a_type_has_its_members_in_one_place(self):
        texts = {"x.h": "struct same;\n", "y.h": '#include "x.h"\nstruct same {\n  int x;\n};\n', "a.c": '#include "y.h"\nint a;\n',
                 "b.c": '#include "x.h"\nstruct same {\n  int y;\n};\n', "c.c": '#include "x.h"\nstruct same {\n  int z;\n};\n'}
        self.assertEqual(self.groups(texts), [["a.c"], ["b.c"], ["c.c"]])

    def test_macros_end_with_their_file(self):
        (line,) = self.bundle({"a.c": "#define SIZE 1\nint a = SIZE;\n", "b.c": "#define SIZE 2\nint b = SIZE;\n"})
        with open(line[0], encoding="utf-8") as file:
            self.assertEqual(file.read().count("#undef SIZE"), 2)
        texts = {"x.h": "#define SIZE 3\n", "a.c": '#include "x.h"\nint a = SIZE;\n', "b.c": "#define SIZE 2\nint b = SIZE;\n"}
        self.assertEqual(self.groups(texts), [["a.c"], ["b.c"]])

    def test_what_is_defined_before_a_header_stays_alone(self):
        texts = {"a.c": "#define _GNU_SOURCE\n#include <stdio.h>\nint a;\n", "b.c": "#include <stdio.h>\nint b;\n"}
        self.assertEqual(self.groups(texts), [["a.c"], ["b.c"]])

    def test_headers_of_the_system_are_the_same_in_a_bundle(self):
        texts = {"a.c": "#include <windows.h>\nint a;\n", "b.c": "#include <stdio.h>\nint b;\n",
                 "c.c": "#include <windows.h>\nint c;\n", "windows.h": "int d;\n"}
        self.assertEqual(self.groups(texts), [["a.c", "c.c"], ["b.c"]])

    def test_words_in_comments_and_texts_are_no_names(self):
        self.assertEqual(self.groups({"a.c": '/*\nint same;\n*/\nstatic const char a[] = "same";\n', "b.c": "int same;\n"}),
                         [["a.c", "b.c"]])

    def test_no_more_than_sixteen(self):
        found = self.groups({"f%02d.c" % i: "int f%02d;\n" % i for i in range(20)})
        self.assertEqual([len(files) for files in found], [16, 4])

    def test_a_name_tells_what_is_inside(self):
        texts = {"a.c": "int a;\n", "b.c": "int b;\n"}
        first, second = (self.bundle(texts, work)[0][0] for work in ("one", "two"))
        self.assertEqual(os.path.basename(first), os.path.basename(second))


unittest.main()
