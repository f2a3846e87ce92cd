# SPDX-License-Identifier: Apache-2.0
"""Cases as they are meant: in a file of them, one per line (.jsonl), a value that several share stands once, with a name; a
text that repeats itself stands as its parts. docs/cases.md."""
import json
import re

NAMED = re.compile(r'\{"\$":"([A-Za-z0-9._-]+)","value":(.*)\}\s*')
REFERENCE = re.compile(r'\{"\$":"([A-Za-z0-9._-]+)"\}|,"\$":"([A-Za-z0-9._-]+)"')


def lines_of(path):
    """(number, text) of each case, in full. A ValueError: a name is not known."""
    values = {}

    def value_of(reference):
        name = reference[1] or reference[2]
        if name not in values:
            raise ValueError("no line above names a value '%s'" % name)
        return values[name] if reference[1] else "," + values[name][1:-1]  # the members of an object

    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            named = NAMED.fullmatch(line)
            if named:
                values[named[1]] = REFERENCE.sub(value_of, named[2])
            elif line.strip():
                yield number, REFERENCE.sub(value_of, line)


def written_out(members):
    """For json.load, as object_hook: {"$": ["a", ["bc", 2]]} is the text "abcbc"."""
    if members.keys() == {"$"} and isinstance(members["$"], list):
        return "".join(part if isinstance(part, str) else part[0] * part[1] for part in members["$"])
    return members


def cases_of(path):
    """The cases, each an object of its own."""
    for _, line in lines_of(path):
        yield json.loads(line, object_hook=written_out)


def case_of(path):
    """The one case of a file."""
    with open(path, encoding="utf-8") as file:
        return json.load(file, object_hook=written_out)
