# SPDX-License-Identifier: Apache-2.0
"""The tables of ref/release as they are written there."""
import re
from pathlib import Path

TABLES = Path(__file__).resolve().parent.parent / "ref" / "release"


def text_of(literals):
    return "".join(re.sub(r"\\(.)", r"\1", part) for part in re.findall(r'"((?:[^"\\]|\\.)*)"', literals))


def rows(table, macro):
    """The rows of a .def file: lists of their arguments, strings without their quotes."""
    text = re.sub(r"/\*.*?\*/", "", (TABLES / table).read_text(encoding="utf-8"), flags=re.S)
    for call in re.findall(macro + r"\(((?:[^()\"]|\"(?:[^\"\\]|\\.)*\")*)\)", text):
        arguments = re.findall(r'(?:"(?:[^"\\]|\\.)*"\s*)+|[^,\s"]+', call)
        yield [text_of(a) if '"' in a else a for a in arguments]


def changes():
    """All changes: {slug: (what, upstream)}."""
    found = {}
    for table in sorted(TABLES.glob("changes_*.def")):
        found.update((row[2], (row[7], row[8])) for row in rows(table.name, "HCSREF_CHANGE"))
    return found
