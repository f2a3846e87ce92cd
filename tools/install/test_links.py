#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test_links.py SOURCE BUILD: each link of the pages leads to something, in the checkout and where they are installed."""
import os
import re
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

LINK = re.compile(r"(?<!\\)\]\(([^()\s]+)\)")
CODE = re.compile(r"^(?: {4}.*|```.*?^```)$|`[^`\n]*`", re.M | re.S)
HEADING = re.compile(r"^#+ +(.+)$", re.M)


def anchors(text):
    """As GitHub makes them of headings."""
    return {re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).replace(" ", "-") for heading in HEADING.findall(text)}


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def dead_links(root):
    """(pages read, links followed, ["page: link", …]) below a folder."""
    pages, followed, dead = 0, 0, []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in ("build", ".git")]
        for name in (name for name in names if name.endswith(".md")):
            pages += 1
            page = os.path.join(folder, name)
            for link in LINK.findall(CODE.sub("", read(page))):
                if re.match(r"[a-z]+:", link):
                    continue
                followed += 1
                path, _, anchor = urllib.parse.unquote(link).partition("#")
                target = os.path.normpath(os.path.join(folder, path)) if path else page
                if not os.path.exists(target) or (anchor and target.endswith(".md") and anchor not in anchors(read(target))):
                    dead.append("%s: %s" % (os.path.relpath(page, root), link))
    return pages, followed, dead


class Links(unittest.TestCase):
    def follow(self, root):
        pages, followed, dead = dead_links(root)
        self.assertEqual(dead, [])
        self.assertGreater(pages, 12)
        self.assertGreater(followed, 25)

    def test_in_the_checkout(self):
        self.follow(SOURCE)

    def test_where_they_are_installed(self):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(["cmake", "--install", BUILD, "--prefix", folder], stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, text=True, check=False)
            self.assertEqual(done.returncode, 0, done.stdout)
            self.follow(folder)
            for part in ("conformance/testees/minimal.py", "conformance/schemas/protocol.json", "tools/action/action.yml",
                         "docs/examples/translate.c"):
                self.assertTrue(os.path.isfile(os.path.join(folder, "share/doc/hcsproof", part)), part)
            for folder, _, names in os.walk(folder):
                self.assertEqual([name for name in names if name.startswith("test_")], [], folder)

    def test_a_dead_link_is_noticed(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "a.md"), "w", encoding="utf-8") as file:
                file.write("# One two\n[a](a.md#one-two) [b](b.md) [c](a.md#three) [d](https://example.org/x) `[e](e.md)`\n")
            self.assertEqual(dead_links(folder), (1, 3, ["a.md: b.md", "a.md: a.md#three"]))


if __name__ == "__main__":
    SOURCE, BUILD = (os.path.abspath(path) for path in sys.argv[1:3])
    del sys.argv[1:]
    unittest.main()
