#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whatever names, ids, cases and testees say: no command writes a control or invisible character of theirs, and every
report stays well-formed."""
import json
import os
import re
import shutil
import sys
import tempfile
import unicodedata
import urllib.parse
import xml.dom.minidom

from kit import equal, main, run

# Escape sequence, C1 control, right-to-left override, zero width space, tag, byte-order mark, what XML lacks, bad UTF-8.
NASTY = "\x1b]0;x\x07\x9b31m\u202e\u200b\U000e0041\ufeff\ufffe\uffff\x7f"
CASE = {
    "title": "a drive letter alone gets a dot", "why": "C: means the current folder of that drive.", "level": "must",
    "op": "clean-path", "profiles": ["baseline"], "tags": ["path"],
    "upstream": [{"file": "path/filepath/path.go", "symbol": "Clean", "commit": "go1.19.8"}], "source": "rule",
    "params": {"path": "C:"}, "expect": {"ok": {"path": "C:."}},
}
TESTEE = """
import json, sys
nasty = %r
print(json.dumps({"hello": {"protocol": 1, "name": nasty, "version": nasty, "language": nasty}}, ensure_ascii=False), flush=True)
sys.stderr.write(nasty + "\\n")
for line in sys.stdin:
    asked = json.loads(line)
    if "id" in asked:
        answers = [{"ok": {nasty: nasty}}, {"error": {"code": nasty, "message": nasty}}, {"unsupported": nasty}, {nasty: 1}]
        print(json.dumps({"id": asked["id"], **answers[asked["id"] %% 4]}, ensure_ascii=False), flush=True)
"""


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", errors="surrogatepass") as file:
        file.write(text)
    return path


def dumps(value):
    return json.dumps(value, ensure_ascii=False)


def nasty_in(text, colours=False):
    """What of the text a terminal would obey or not show."""
    if colours:
        text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    return sorted({"%04x" % ord(c) for c in text if (unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") and c not in "\n\t")})


def expect_clean(what, *texts):
    for text in texts:
        text = text if isinstance(text, str) else text.decode("utf-8")
        equal(nasty_in(text), [], f"{what}: {text[:1500]!r}")


def commands_escape_what_they_are_given(command, _):
    f = tempfile.mkdtemp(prefix="hcsproof-foreign-")
    name = "n" + NASTY.replace("\ufffe", "").replace("\uffff", "")
    try:
        write(f + "/suite/a/b.json", dumps({**CASE, NASTY: 1, "vector": NASTY, "op": NASTY, "tags": [NASTY],
                                            "profiles": [NASTY], "links": [NASTY]}))
        write(f + "/suite/a/c.json", dumps({**CASE, "title": NASTY, "expect": {"ok": {NASTY: 1}, "text": '{"x":1}'}}))
        write(f + "/suite/a/d.json", "{" + NASTY)
        write(f + "/suite/manifest.json", dumps({"suite": "hcsproof", "version": NASTY, "files": {"a/gone.json": "00"},
                                                 "renames": {NASTY: NASTY, "a/b": "c/d"}, "tombstones": {NASTY: NASTY}}))
        write(f"{f}/{name}.json", dumps({"SystemType": NASTY, NASTY: [NASTY], "Storage": {NASTY: 1}}))
        write(f + "/other.json", dumps({"SystemType": 1, "x" + NASTY: NASTY}))
        write(f + "/recording.jsonl", dumps({"call": NASTY, "document": {NASTY: NASTY}}) + "\n{" + NASTY + "\n")
        write(f + "/cases.jsonl", dumps({**CASE, "id": "a/" + "\u202e" + "b"}) + "\n")
        write(f + "/expect.jsonl", dumps({"case": NASTY, "class": "difference", "reason": NASTY}) + "\n")
        suite = ["--suite", f + "/suite"]
        for line in (["golden", "lint", *suite], ["golden", "verify", *suite], ["golden", "update", *suite],
                     ["golden", "update", "--renamed", NASTY + "=x", *suite], ["golden", "new", NASTY, *suite],
                     ["golden", "fmt", "--check", *suite], ["copy", f"{f}/{name}.json", *suite],
                     ["copy", f + "/c", "--profile", NASTY, *suite], ["lint", f"{f}/{name}.json"],
                     ["lint", "--schema", NASTY, f + "/other.json"], ["lint", "--format", "json", f"{f}/{name}.json"],
                     ["diff", f"{f}/{name}.json", f + "/other.json"], ["diff", f + "/" + NASTY, f + "/other.json"],
                     ["check", f + "/recording.jsonl"], ["translate", f"{f}/{name}.json"], ["translate", NASTY],
                     ["explain", NASTY], ["explain", f + "/cases.jsonl"], ["schema", NASTY], ["help", NASTY], [NASTY],
                     ["run", NASTY], ["run", "--list", f + "/cases.jsonl"], ["run", "--" + NASTY], ["man", NASTY],
                     ["completions", NASTY], ["serve", "--op", NASTY], ["matrix", f + "/" + NASTY],
                     ["run", f + "/cases.jsonl", "--testee", NASTY, "--expect", f + "/expect.jsonl"],
                     ["run", f + "/cases.jsonl", "--testee", command + " serve", "--expect", f + "/expect.jsonl"],
                     ["fuzz", NASTY, "--testee", NASTY]):
            done = run(command, *line, env={**os.environ, "NO_COLOR": "1"})
            expect_clean(line[:2], done.stdout, done.stderr)
    finally:
        shutil.rmtree(f)


def play(command, folder, *more):
    testee = f"{sys.executable} -S -B '{write(folder + '/testee.py', TESTEE % NASTY)}'"
    return run(command, "run", folder + "/my cases", "--profile", "baseline", "--testee", testee, *more,
               env={**os.environ, "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8:surrogatepass"})


def reports_are_well_formed(command, _):
    f = tempfile.mkdtemp(prefix="hcsproof-foreign-")
    try:
        for i in range(8):
            write(f"{f}/my cases/a b/c#{i}%20ü.json", dumps({**CASE, "title": NASTY, "why": NASTY + "."}))
        kinds = ("tap", "junit", "json", "html", "markdown", "github", "sarif", "badge")
        done = play(command, f, *[word for kind in kinds for word in ("--report", f"{kind}={f}/{kind}")])
        expect_clean("console", done.stdout, done.stderr)
        texts = {}
        for kind in kinds:
            with open(f"{f}/{kind}", encoding="utf-8") as file:
                texts[kind] = file.read()
            expect_clean(kind, texts[kind])
        xml.dom.minidom.parseString(texts["junit"].encode("utf-8"))
        for kind in ("json", "sarif", "badge"):
            json.loads(texts[kind])
        equal(NASTY in json.dumps(json.loads(texts["json"]), ensure_ascii=False), False)
        equal([r["title"] for r in json.loads(texts["json"])["results"] if "title" in r][:1], [NASTY])
        for result in json.loads(texts["sarif"])["runs"][0]["results"]:
            uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            parts = urllib.parse.urlsplit(uri)
            equal(re.fullmatch(r"(?:[A-Za-z0-9._~/:-]|%[0-9A-F]{2})*", uri) is not None, True, uri)
            equal(os.path.exists(urllib.parse.unquote(parts.path)), True, uri)
            equal((parts.scheme, parts.query, parts.fragment), ("file", "", ""), uri)
    finally:
        shutil.rmtree(f)


main([commands_escape_what_they_are_given, reports_are_well_formed])
