#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every rule of lint and every error code of the reference has an entry for hcsproof explain."""
import glob
import os
import re

from kit import equal, main, run

ENTRY = re.compile(r'^(RULE|ERROR)\(\s*"([a-z0-9-]+)"', re.M)
CALL = re.compile(r"\b\w*(?:fail|refuse|remember|vm_send|precondition|failure)\w*\(")
SLUG = re.compile(r'"([a-z][a-z0-9]*(?:-[a-z0-9]+)*)"$')
# Codes of one word. Others that stand in such a call are words of a message.
SHORT = {"bridge", "scratch", "unsupported"}


def entries(source, name):
    with open(os.path.join(source, "conformance/explain", name), encoding="utf-8") as file:
        return [match[2] for match in ENTRY.finditer(file.read())]


def arguments(text, start):
    """The arguments of the call whose parenthesis ends before `start`."""
    parts, depth, at, begin = [], 1, start, start
    while at < len(text) and depth > 0:
        if text[at] == '"':
            at = re.compile(r'(?:\\.|[^"\\])*"', re.S).match(text, at + 1).end() - 1
        elif text[at] in "([{":
            depth += 1
        elif text[at] in ")]}":
            depth -= 1
        elif text[at] == "," and depth == 1:
            parts.append(text[begin:at].strip())
            begin = at + 1
        at += 1
    return parts + [text[begin:at - 1].strip()]


def codes_in(text):
    found = set(re.findall(r'\bcode(?:\[\])? = "([a-z][a-z0-9-]+)"', text))
    for call in CALL.finditer(text):
        for argument in arguments(text, call.end()):
            slugs = [match[1] for match in map(SLUG.match, (word.strip() for word in re.split("[?:]", argument))) if match]
            if slugs:
                found.update(slugs)
                break
    return {code for code in found if "-" in code or code in SHORT}


def codes_of_the_reference(source):
    found = set()
    for folder in ("ref/*", "conformance/input", "conformance/translate"):
        for path in glob.glob(os.path.join(source, folder, "*.c")):
            if "/ref/tests/" not in path.replace(os.sep, "/"):
                with open(path, encoding="utf-8") as file:
                    found |= codes_in(file.read())
    return found


def every_rule_of_lint_has_a_row(command, source):
    rules = [line.split()[0] for line in run(command, "lint", "--rules").stdout.decode().splitlines()]
    equal(len(rules) > 30, True)
    missing = sorted(set(rules) - set(entries(source, "rules.def")))
    equal(missing, [], "add a row RULE(id, reason, wrong, right, source) to conformance/explain/rules.def for each of these")
    equal(sorted(set(entries(source, "rules.def")) - set(rules)), [], "conformance/explain/rules.def has rules that lint lacks")


def every_error_code_has_a_row(_, source):
    codes = codes_of_the_reference(source)
    equal(len(codes) > 120, True)
    missing = sorted(codes - set(entries(source, "errors.def")))
    equal(missing, [], "add a row ERROR(code, rule, reason, wrong, right, source) to conformance/explain/errors.def for each")


def no_row_is_there_twice_and_each_is_explained(command, source):
    for name in ("rules.def", "errors.def"):
        rows = entries(source, name)
        equal(sorted(rows), sorted(set(rows)), name)
        done = run(command, "explain", *rows)
        equal(done.returncode, 0, done.stderr)


def an_entry_says_what_and_why(command, _):
    page = run(command, "explain", "root-readonly").stdout.decode()
    for part in ("an error code", "root.readonly is not set", "Windows has no read-only root", "Wrong", "Right", "hcsdoc_wcow.go"):
        equal(part in page, True, part)
    page = run(command, "explain", "cpu-exclusive").stdout.decode()
    for part in ("a rule of lint", "Wrong", '"Maximum":5000', "ConvertCPULimits"):
        equal(part in page, True, part)


main([every_rule_of_lint_has_a_row, every_error_code_has_a_row, no_row_is_there_twice_and_each_is_explained,
      an_entry_says_what_and_why])
