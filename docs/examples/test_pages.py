#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test_pages.py BIN-FOLDER SOURCE-FOLDER: what README and docs show is what the commands print.

In an indented block, "$ COMMAND" is run by one shell in the source folder; the lines below it are its output. "…"
stands for anything inside a line, and alone on a line for any lines."""
import glob
import os
import re
import subprocess
import sys

BIN, SOURCE = (os.path.abspath(path) for path in sys.argv[1:3])
ENVIRONMENT = {**os.environ, "PATH": BIN + os.pathsep + os.environ["PATH"], "NO_COLOR": "1"}


def blocks(text):
    """Runs of indented lines that hold a command, without the indentation."""
    for block in re.findall(r"(?:^    .*\n)+", text, re.M):
        lines = [line[4:] for line in block.splitlines()]
        if lines[0].startswith("$ "):
            yield lines


def commands(lines):
    """(command, lines of output) of a block."""
    found = []
    for line in lines:
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def pattern(lines):
    parts = [r"(?:.*\n)*" if line == "…" else re.escape(line).replace("…", ".*") + r"\n" for line in lines]
    return re.compile("".join(parts))


def check(page):
    with open(page, encoding="utf-8") as file:
        text = file.read()
    name = os.path.relpath(page, SOURCE)
    failed = 0
    for lines in blocks(text):
        status = 0
        for command, expected in commands(lines):
            done = subprocess.run(["sh", "-c", f"(exit {status}); {command}"], cwd=SOURCE, env=ENVIRONMENT,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120, check=False)
            status = done.returncode
            matches = pattern(expected).fullmatch(done.stdout)
            print("ok" if matches else "not ok", f"{name}: {command}")
            if not matches:
                failed += 1
                print(done.stdout)
    return failed


pages = [os.path.join(SOURCE, "README.md"), *sorted(glob.glob(os.path.join(SOURCE, "docs", "*.md")))]
sys.exit(1 if sum(check(page) for page in pages) else 0)
