# SPDX-License-Identifier: Apache-2.0
"""Files of cases, one per line (.jsonl), in which a value that several cases share stands once, with a name:
docs/cases.md."""
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


def cases_of(path):
    """The cases, each an object of its own."""
    for _, line in lines_of(path):
        yield json.loads(line)
