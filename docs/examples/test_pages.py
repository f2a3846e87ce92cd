#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test_pages.py BIN-FOLDER SOURCE-FOLDER: what README and docs show is what the commands print.

In an indented block, "$ COMMAND" is run by one shell in the source folder; the lines below it are its output. "…"
stands for anything inside a line, and alone on a line for any lines. Of other lines that call hcsproof, commands and
options have to exist, and so has a script of the project that a line calls."""
import glob
import os
import re
import shlex
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


def calls(text):
    """The words of each line of a block without output that calls hcsproof or one of the project's scripts."""
    for block in re.findall(r"(?:^    .*\n)+", text, re.M):
        for line in block.splitlines() if not block.startswith("    $ ") else ():
            if not re.match(r"    (\S*hcsproof|tools/\S+)( |$)", line) or os.path.isdir(os.path.join(SOURCE, line.split()[0])):
                continue
            words = shlex.split(re.split(r"\s#|[|>&]", line)[0].replace("…", "x")) if "…}" not in line else []
            if words:
                yield words


def help_of(words):
    """The --help of the command and subcommand that the words begin with."""
    command = [os.path.join(BIN, "hcsproof")]
    for word in words[1:]:
        done = subprocess.run([*command, word, "--help"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=60, check=False)
        if word.startswith("-") or done.returncode != 0 or len(command) == 3:
            break
        command.append(word)
    done = subprocess.run([*command, "--help"], stdout=subprocess.PIPE, text=True, timeout=60, check=True)
    return done.stdout if len(command) > 1 or words[1].startswith("-") else ""


def problem(words):
    if words[0].startswith("tools/"):
        return "" if os.access(os.path.join(SOURCE, words[0]), os.X_OK) else "there is no " + words[0]
    text = help_of(words)
    known = set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", text)) | {"--help", "--version"}
    unknown = [word for word in words[1:] if word.startswith("-") and word != "-" and word.split("=")[0] not in known]
    return "no such command" if not text else "unknown: " + " ".join(unknown) if unknown else ""


def check_calls(name, text):
    failed = 0
    for words in calls(text):
        wrong = problem(words)
        print("not ok" if wrong else "ok", f"{name}: {' '.join(words)}", wrong)
        failed += bool(wrong)
    return failed


def check(page):
    with open(page, encoding="utf-8") as file:
        text = file.read()
    name = os.path.relpath(page, SOURCE)
    failed = check_calls(name, text)
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
