#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""hcsproof lint on what people brought to public trackers (field/lint/inputs.py): nobody is misled."""
import json

from field.lint.inputs import INPUTS
from kit import equal, main, run


def each_is_taken_for_what_it_is(command, _):
    for name, document, kind, _, _ in INPUTS:
        done = run(command, "lint", "-", stdin=json.dumps(document).encode())
        if kind not in done.stderr.decode():
            raise AssertionError("%s: %s" % (name, done.stderr.decode()))


def what_is_wrong_is_said_and_nothing_else(command, _):
    for name, document, _, found, words in INPUTS:
        text = json.dumps(document).encode()
        told = json.loads(run(command, "lint", "--format", "json", "-", stdin=text).stdout)
        equal({(f["rule"], f["pointer"]) for f in told}, found, name)
        if words not in run(command, "lint", "-", stdin=text).stdout.decode():
            raise AssertionError("%s: %r is not said" % (name, words))


def yaml_and_marks_change_nothing(command, _):
    for name, document, kind, found, _ in INPUTS:
        text = json.dumps(document).encode("utf-8-sig")
        told = json.loads(run(command, "lint", "--format", "json", "-", stdin=text).stdout)
        equal({(f["rule"], f["pointer"]) for f in told if f["rule"] != "encoding"}, found, name)
    done = run(command, "lint", "-", stdin=b"apiVersion: v1\nkind: Pod\nspec:\n  hostNetwork: true\n")
    equal((done.returncode, b"Kubernetes" in done.stderr), (2, True))


main([each_is_taken_for_what_it_is, what_is_wrong_is_said_and_nothing_else, yaml_and_marks_change_nothing])
