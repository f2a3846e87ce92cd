#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test_version.py SOURCE: pages and examples name no other version of the kit than CMakeLists.txt sets."""
import glob
import os
import re
import sys
import unittest

SOURCE = os.path.abspath(sys.argv[1])
NAMED = re.compile(r'(?:hcsproof[ _-]|"name":"hcsproof","version":")(\d+\.\d+\.\d+)|find_package\(hcsref (\d+\.\d+)')
HISTORY = {"CHANGELOG.md"}


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


class Version(unittest.TestCase):
    def test_the_pages_name_it(self):
        version = re.search(r"project\(hcsproof VERSION (\d+\.\d+\.\d+)", read(os.path.join(SOURCE, "CMakeLists.txt"))).group(1)
        pages = [os.path.join(SOURCE, "README.md"), os.path.join(SOURCE, "docs", "examples", "CMakeLists.txt"),
                 *glob.glob(os.path.join(SOURCE, "docs", "*.md"))]
        seen = 0
        for page in pages:
            if os.path.basename(page) in HISTORY:
                continue
            for whole, short in NAMED.findall(read(page)):
                seen += 1
                self.assertEqual(whole or short, version if whole else version.rpartition(".")[0], page)
        self.assertGreaterEqual(seen, 5)

    def test_the_changelog_has_it_first(self):
        version = re.search(r"project\(hcsproof VERSION (\S+)", read(os.path.join(SOURCE, "CMakeLists.txt"))).group(1)
        self.assertEqual(re.search(r"^## (\S+)", read(os.path.join(SOURCE, "docs", "CHANGELOG.md")), re.M).group(1), version)


unittest.main(argv=sys.argv[:1], verbosity=2)
