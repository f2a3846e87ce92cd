#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The JSON Schemas hold of what the kit reads and writes, and refuse what they should; judged by an independent
validator (python3-jsonschema). Skipped (status 77) where that is missing."""
import copy
import glob
import json
import os
import subprocess
import sys
import tempfile
import warnings

from kit import PATIENCE, recorded_cases

warnings.simplefilter("ignore", DeprecationWarning)  # RefResolver: Debian has no other yet

try:
    import jsonschema
except ImportError:
    if os.path.exists("/usr/bin/python3") and "--again" not in sys.argv:
        os.execv("/usr/bin/python3", ["python3", "-B", *sys.argv, "--again"])
    print("skipped: python3-jsonschema is missing")
    sys.exit(77)

HCSPROOF, SOURCE = sys.argv[1], sys.argv[2]
TESTS = os.path.join(SOURCE, "conformance", "tests")
CASES = os.path.join(TESTS, "data", "cases.jsonl")
TESTEE = os.path.join(TESTS, "testees", "testee.py")


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


SCHEMAS = {os.path.basename(path)[:-5]: load(path)
           for path in glob.glob(os.path.join(SOURCE, "conformance", "schemas", "*.json"))}
STORE = {schema["$id"]: schema for schema in SCHEMAS.values()}
validators = {}


def validator(name, pointer=""):
    key = name + "#" + pointer
    if key not in validators:
        schema = SCHEMAS[name]
        resolver = jsonschema.RefResolver(schema["$id"], schema, store=STORE)
        validators[key] = jsonschema.Draft202012Validator({"$ref": schema["$id"] + "#" + pointer}, resolver=resolver)
    return validators[key]


def good(name, value, what, pointer=""):
    errors = list(validator(name, pointer).iter_errors(value))
    if errors:
        raise AssertionError("%s: %s at %s" % (what, errors[0].message, list(errors[0].absolute_path)))


def bad(name, value, what, pointer=""):
    if validator(name, pointer).is_valid(value):
        raise AssertionError("%s is accepted" % what)


def without(value, *path):
    changed = copy.deepcopy(value)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    return changed


def schemas_are_schemas():
    assert sorted(SCHEMAS) == ["case", "expectation", "manifest", "protocol", "report"], SCHEMAS.keys()
    for schema in SCHEMAS.values():
        jsonschema.Draft202012Validator.check_schema(schema)


def cases():
    count = 0
    for case in recorded_cases(SOURCE, "**/*.jsonl"):
        good("case", case, case["id"])
        count += 1
    for path in sorted(glob.glob(os.path.join(SOURCE, "golden", "*", "*.json"))):
        good("case", load(path), path)
        count += 1
    assert count >= 1019, count
    manifest = os.path.join(SOURCE, "golden", "manifest.json")
    if os.path.exists(manifest):
        good("manifest", load(manifest), manifest)
    case = {"op": "clean-path", "params": {}, "expect": {"ok": {}}}
    good("case", case, "a small case")
    for name in case:
        bad("case", without(case, name), "a case without " + name)
    for change in ({"level": "can"}, {"expect": {}}, {"expect": {"ok": 1, "error": {}}}, {"op": "fly"}, {"titel": "x"},
                   {"expect": {"error": {}, "text": "x"}}, {"links": ["http"]}, {"id": "noarea"}):
        bad("case", {**case, **change}, change)


def report():
    path = os.path.join(tempfile.mkdtemp(prefix="hcsproof-schemas-"), "report.json")
    for mode, target in (("good", ""), ("dies", "echo/two"), ("no-hello", ""), ("duplicate-id", "echo/one"),
                         ("unsupported", "echo/one"), ("wrong-host-calls", "host/one"), ("wrong-value", "echo/one")):
        command = "%s -S -B '%s' %s '%s' %s" % (sys.executable, TESTEE, mode, CASES, target)
        timeout = "2" if mode == "no-hello" else "300"
        subprocess.run([HCSPROOF, "run", CASES, "--profile", "baseline", "--timeout", timeout, "--testee", command, "--report", "json=" + path],
                       stdout=subprocess.DEVNULL, timeout=PATIENCE)
        value = load(path)
        good("report", value, mode)
        assert value["totals"]["played"] == len(value["results"]), mode
        os.remove(path)
    os.rmdir(os.path.dirname(path))
    bad("report", without(value, "totals"), "a report without totals")
    bad("report", without(value, "results", 0, "verdict"), "a result without verdict")
    bad("report", without(value, "results", 0, "class"), "a failure without class")


def protocol():
    """Both sides of a talk with the reference."""
    question = {"id": 1, "op": "clean-path", "params": {"path": "C:\\a\\.."}}
    hello = {"hello": {"protocol": 1, "kit": "test", "profile": "baseline"}}
    lines = "".join(json.dumps(frame) + "\n" for frame in (hello, question, {**question, "id": 2, "params": {"path": 5}}))
    done = subprocess.run([HCSPROOF, "serve"], input=lines.encode(), capture_output=True, timeout=PATIENCE)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == 3, done.stdout
    for frame in (hello, question, *answers):
        good("protocol", frame, frame)
    good("protocol", answers[0], "hello", "/$defs/testee-hello")
    good("protocol", answers[1], "answer", "/$defs/answer")
    assert answers[2]["error"]["where"] == "/path", answers[2]
    for where in (5, "path", "/a~2"):
        bad("protocol", {"id": 1, "error": {"where": where}}, "an error at %r" % where)
    bad("protocol", {"id": 1}, "an answer without any")
    bad("protocol", {"id": 1, "ok": {}, "unsupported": "x"}, "two answers at once")
    bad("protocol", {"id": 0, "op": "clean-path", "params": {}}, "id 0")
    bad("protocol", {"hello": {"protocol": 2}}, "protocol 2")


def expectation():
    entry = {"case": "a/*", "class": "difference", "reason": "x", "issue": "https://example.org", "expires": "2026-12-31"}
    good("expectation", entry, "an entry")
    for name in ("case", "class", "reason"):
        bad("expectation", without(entry, name), "an entry without " + name)
    bad("expectation", {**entry, "expires": "soon"}, "expires soon")
    bad("expectation", {**entry, "class": "fail"}, "an unknown class")


for check in (schemas_are_schemas, cases, report, protocol, expectation):
    check()
    print("ok", check.__name__)
