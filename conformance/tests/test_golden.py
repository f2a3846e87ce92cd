#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""hcsproof golden: the suite is in order, and a suite that is not is told so."""
import contextlib
import hashlib
import json
import os
import shutil
import tempfile

from kit import equal, main, run

CASE = {
    "title": "a drive letter alone gets a dot", "why": "C: means the current folder of that drive.", "level": "must",
    "op": "clean-path", "profiles": ["baseline"], "tags": ["path"],
    "upstream": [{"file": "path/filepath/path.go", "symbol": "Clean", "commit": "go1.19.8"}], "source": "rule",
    "params": {"path": "C:"}, "expect": {"ok": {"path": "C:."}},
}


@contextlib.contextmanager
def suite(**cases):
    """A suite of its own: area__name=changes to CASE, or text."""
    folder = tempfile.mkdtemp(prefix="hcsproof-golden-")
    try:
        for name, changes in cases.items():
            path = os.path.join(folder, name.replace("__", "/").replace("_", "-") + ".json")
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(changes if isinstance(changes, str) else json.dumps({**CASE, **changes}, indent=2) + "\n")
        yield folder
    finally:
        shutil.rmtree(folder)


def golden(command, name, folder, *more, status=0, says=()):
    done = run(command, "golden", name, *more, "--suite", folder)
    text = (done.stdout + done.stderr).decode()
    equal(done.returncode, status, text)
    for part in says:
        if part not in text:
            raise AssertionError("no %r in %s" % (part, text))
    return text


def read(folder, file):
    with open(os.path.join(folder, file), encoding="utf-8") as text:
        return text.read()


def the_suite_is_in_order(command, source):
    folder = os.path.join(source, "golden")
    golden(command, "fmt", folder, "--check")
    golden(command, "lint", folder, says=["0 complaints"])
    golden(command, "ranges", folder, os.path.join(folder, "cpu"), says=[" 0 to change, 0 complaints"])
    if os.path.exists(os.path.join(folder, "manifest.json")):
        golden(command, "verify", folder, says=["as the manifest says"])


def fmt_orders_fields_and_keeps_spelling(command, source):
    text = '{"expect":{"text":"x","ok":1.0e2},"zz":[],"op":"a","title":"\\u0041é"}'
    with suite(a__b=text) as folder:
        golden(command, "fmt", folder, "--check", status=1, says=["a/b.json"])
        equal(read(folder, "a/b.json"), text)
        golden(command, "fmt", folder, says=["a/b.json"])
        equal(read(folder, "a/b.json"), '{\n  "title": "\\u0041é",\n  "op": "a",\n  "expect": {\n    "ok": 1.0e2,\n'
              '    "text": "x"\n  },\n  "zz": []\n}\n')
        golden(command, "fmt", folder, "--check")


def fmt_removes_a_text_that_says_what_ok_does(command, source):
    """Whether a text is needed is decided by what the kit would write, with Go's escapes."""
    del source
    for ok, text, stays in (('{"a":"<"}', '{"a":"\\u003c"}', False), ('{"a":"<"}', '{"a":"<"}', True),
                            ('{"a":"\\u003c"}', '{"a":"\\u003c"}', False), ('{"a": 1.0}', '{"a":1.0}', False),
                            ('{"a":1.0}', '{"a":1}', True)):
        case = '{"op":"a","expect":{"ok":%s,"text":%s}}' % (ok, json.dumps(text))
        with suite(a__b=case) as folder:
            path = os.path.join(folder, "recorded", "a.jsonl")
            os.makedirs(os.path.dirname(path))
            with open(path, "w", encoding="utf-8") as file:
                file.write(case + "\n")
            golden(command, "fmt", folder)
            for file in ("a/b.json", "recorded/a.jsonl"):
                equal('"text"' in read(folder, file), stays, file + " " + case)


def fmt_spares_lines_and_spaces_in_long_cases(command, source):
    del source
    tags = ["x"] * 12
    one_line_each = "[\n    " + ",\n    ".join(['"x"'] * 12) + "\n  ]"
    for length, indent, shown in ((3700, 2, one_line_each), (3850, 2, json.dumps(tags)), (4100, 1, json.dumps(tags))):
        why, link, pad = "w" * length, "l" * 120, " " * indent
        with suite(a__b=json.dumps({"why": why, "tags": tags, "links": [link]})) as folder:
            golden(command, "fmt", folder)
            equal(read(folder, "a/b.json"), '{\n%s"why": "%s",\n%s"tags": %s,\n%s"links": [\n%s"%s"\n%s]\n}\n'
                  % (pad, why, pad, shown, pad, pad * 2, link, pad))
            golden(command, "fmt", folder, "--check")


def values_that_cases_share_have_names(command, source):
    del source
    host = {"processor_count": 8, "layer_ids": {"C:\\layers\\base": "11111111-2222-3333-4444-555555555555"}}
    lines = [{"id": "memory-limit/%d" % number, "op": "memory-limit", "profiles": ["baseline", "hcsshim >=0.9.0"],
              "params": {"spec": {"windows": {"resources": {"memory": {"limit": number << 20}}}}, "host": host},
              "expect": {"ok": {"mb": number}}} for number in range(1, 6)]
    full = "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines)
    named = '{"$":"host-1","value":%s}' % json.dumps(host, separators=(",", ":"))
    with suite(path__one={}) as folder:
        path = os.path.join(folder, "recorded", "memory-limit.jsonl")
        os.makedirs(os.path.dirname(path))
        with open(path, "w", encoding="utf-8") as file:
            file.write("".join(json.dumps(line) + "\n" for line in lines))
        golden(command, "update", folder)
        equal(json.loads(read(folder, "manifest.json"))["format"], 2)
        golden(command, "fmt", folder, "--check", status=1, says=["recorded/memory-limit.jsonl"])
        golden(command, "fmt", folder, says=["recorded/memory-limit.jsonl"])
        packed = read(folder, "recorded/memory-limit.jsonl")
        equal(packed.splitlines()[:2], [
            named, '{"$":"case-2","value":{"op":"memory-limit","profiles":["baseline","hcsshim >=0.9.0"]}}'])
        equal((packed.count(',"$":"case-2",'), packed.count('"host":{"$":"host-1"}')), (5, 5))
        golden(command, "fmt", folder, "--check")
        golden(command, "verify", folder, status=1, says=["named values or repeated texts, which need format 3 [format]"])
        golden(command, "update", folder)
        golden(command, "verify", folder)
        manifest = json.loads(read(folder, "manifest.json"))
        equal((manifest["format"], manifest["counts"]["recorded"]), (3, 5))
        done = run(command, "run", folder, "--profile", "baseline", "--testee", command + " serve")
        equal((done.returncode, b"6 passed" in done.stdout), (0, True), done.stdout)
        for what in ("memory-limit/3", path):
            told = run(command, "explain", what, "--suite", folder) if what != path else run(command, "explain", what)
            equal((told.returncode, b"memory-limit/3" in told.stdout), (0, True), told.stderr)
        done = run(command, "copy", folder + "-copy", "--suite", folder)
        equal(done.stdout, b"6 cases in 2 files\n", done.stderr)
        with open(folder + "-copy/recorded/memory-limit.jsonl", encoding="utf-8") as file:
            equal(file.read(), full, "whoever reads a copy need not know of named values")
        equal(json.loads(read(folder + "-copy", "manifest.json"))["format"], 2)
        shutil.rmtree(folder + "-copy")


def texts_that_repeat_themselves(command, source):
    """Played, explained and copied in full; kept by fmt; told to older kits by the format."""
    del source
    case = {"title": "long", "op": "clean-path", "profiles": ["baseline"], "params": {"path": {"$": ["C:", ["\\\\d", 999]]}},
            "expect": {"ok": {"path": {"$": ["C:", ["\\d", 999]]}}}}
    with suite(path__one=json.dumps(case), path__two={}) as folder:
        golden(command, "fmt", folder)
        golden(command, "fmt", folder, "--check")
        equal(json.loads(read(folder, "path/one.json")), case)
        golden(command, "update", folder)
        equal(json.loads(read(folder, "manifest.json"))["format"], 3)
        done = run(command, "run", folder, "--profile", "baseline", "--testee", command + " serve", "--compare", "bytes")
        equal((done.returncode, b"2 passed" in done.stdout), (0, True), done.stdout)
        done = run(command, "copy", folder + "-copy", "--suite", folder)
        equal(done.stdout, b"2 cases in 2 files\n", done.stderr)
        full = json.loads(read(folder + "-copy", "path/one.json"))
        equal((full["params"]["path"], full["expect"]["ok"]["path"]), ("C:" + "\\\\d" * 999, "C:" + "\\d" * 999))
        equal(json.loads(read(folder + "-copy", "manifest.json"))["format"], 2)
        shutil.rmtree(folder + "-copy")
        with open(os.path.join(folder, "path", "one.json"), "w", encoding="utf-8") as file:
            file.write(json.dumps(case).replace("999", "-1"))
        golden(command, "lint", folder, status=1, says=["path/one.json", "[repeat-form]"])


def named_values_that_are_wrong_are_told(command, source):
    del source
    case = '{"id":"clean-path/%d","op":"clean-path","profiles":["baseline"],"params":%s,"expect":{"ok":{"path":"a"}}}\n'
    lines = [case % (1, '{"$":"params-1"}'), '{"$":"params-1","value":{"path":"a"}}\n', case % (3, '{"$":"params-1"}'),
             '{"$":"params-1","value":{}}\n', '{"$":"bad","value":{}\n', case % (6, '{"path":"a"}')]
    with suite(path__one={}) as folder:
        path = os.path.join(folder, "recorded", "clean-path.jsonl")
        os.makedirs(os.path.dirname(path))
        with open(path, "w", encoding="utf-8") as file:
            file.write("".join(lines))
        done = run(command, "run", path, "--profile", "baseline", "--testee", command + " serve")
        equal((done.returncode, b"2 passed" in done.stdout), (4, True), done.stdout)
        for number, words in ((1, 'no line above names a value "params-1"'), (4, 'another line above names a value "params-1"'),
                              (5, "unexpected end of JSON input")):
            equal(f"clean-path.jsonl:{number}: {words}".encode() in done.stdout + done.stderr, True, done.stderr)
        for name, status in (("fmt", 1), ("widen", 1)):
            golden(command, name, folder, status=status, says=["line 1: no line above names a value"])
        golden(command, "lint", folder, status=1, says=["clean-path.jsonl:1: no line above names a value", "[value-name]"])
        equal(read(folder, "recorded/clean-path.jsonl"), "".join(lines), "it is left alone")
        done = run(command, "copy", folder + "-copy", "--suite", folder)
        equal((done.returncode, os.path.exists(folder + "-copy")), (4, False), done.stderr)


def lint_names_file_and_rule(command, source):
    wrong = {
        "title-stop": {"title": "It ends."}, "why-sentence": {"why": "no full stop"}, "wording": {"why": "TODO."},
        "op-unknown": {"op": "fly"}, "tag-form": {"tags": ["Not A Tag"]}, "link-form": {"links": ["http://x"]},
        "upstream-missing": {"upstream": []}, "upstream-form": {"upstream": [{"file": "x"}]},
        "source-form": {"source": "guess"}, "vector-missing": {"source": "recorded"},
        "vector-unknown": {"source": "recorded", "vector": "a/b"}, "field-unknown": {"titel": "x"},
        "text-differs": {"expect": {"ok": {"path": "C:."}, "text": '{"path":"D:"}'}},
        "text-form": {"expect": {"ok": 1, "text": "{"}}, "case-form": {"params": 1},
        "profile-form": {"profiles": ["Base"]},
    }
    for rule, changes in wrong.items():
        with suite(path__one=changes) as folder:
            golden(command, "lint", folder, status=1, says=["path/one.json: ", "[%s]" % rule])
    for changes, says in (({}, ""), ({"params": {"path": "D:"}}, "was asked something else [vector-differs]"),
                          ({"expect": {"error": {}}}, "was answered differently [vector-differs]"),
                          ({"expect": {"ok": {"path": "C:"}}}, "was answered differently [vector-differs]")):
        with suite(path__one={"source": "recorded", "vector": "clean-path/1", **changes}) as folder:
            os.mkdir(os.path.join(folder, "recorded"))
            with open(os.path.join(folder, "recorded/clean-path.jsonl"), "w", encoding="utf-8") as file:
                file.write('{"id":"clean-path/1","op":"clean-path","params":{"path":"C:"},"expect":{"ok":{"path":"C:."}}}\n')
            golden(command, "fmt", folder)
            golden(command, "lint", folder, status=1 if says else 0, says=[says])
    with suite(path__One={}) as folder:
        golden(command, "lint", folder, status=1, says=["[id-form]"])
    with suite(path__one={}, path__two={"params": {"path": "D:"}}) as folder:
        golden(command, "lint", folder, status=1, says=["path/two.json: has the title of path/one [title-repeated]"])
    with suite(path__one={}, path__two={"title": "other", "expect": {"ok": {"path": "C:"}}}) as folder:
        golden(command, "lint", folder, status=1, says=["[case-contradicts]"])
    with suite(path__one={key: value for key, value in CASE.items()}) as folder:
        golden(command, "lint", folder, says=["1 case, 0 complaints"])


def manifest_keeps_watch(command, source):
    with suite(path__one={}, path__two={"title": "other"}, pipe__one={"title": "third"}) as folder:
        golden(command, "verify", folder, status=4, says=["manifest.json"])
        golden(command, "update", folder)
        golden(command, "verify", folder, says=["3 files"])
        manifest = json.loads(read(folder, "manifest.json"))
        equal(manifest["counts"], {"curated": 3, "recorded": 0, "areas": {"path": 2, "pipe": 1}})
        equal(manifest["files"]["pipe/one.json"],
              hashlib.sha256(read(folder, "pipe/one.json").encode()).hexdigest(), "digest")
        with open(os.path.join(folder, "pipe/one.json"), "a", encoding="utf-8") as file:
            file.write(" ")
        golden(command, "verify", folder, status=1, says=["pipe/one.json: does not have the digest"])
        golden(command, "update", folder, "--version", "1.0.0")
        os.rename(os.path.join(folder, "path/two.json"), os.path.join(folder, "path/three.json"))
        golden(command, "verify", folder, status=1, says=["path/three.json: is not in the manifest",
                                                          "path/two.json: is in the manifest, but not there"])
        golden(command, "update", folder, status=1, says=["path/two is gone: give --renamed path/two=NEW"])
        golden(command, "update", folder, "--renamed", "path/two=path/nowhere", status=1, says=["[rename]"])
        golden(command, "update", folder, "--renamed", "path/two=path/three")
        os.remove(os.path.join(folder, "pipe/one.json"))
        golden(command, "update", folder, "--removed", "pipe/one=asked the same as path/one")
        golden(command, "verify", folder, says=["suite 1.0.0: as the manifest says"])
        manifest = json.loads(read(folder, "manifest.json"))
        equal((manifest["renames"], manifest["tombstones"]),
              ({"path/two": "path/three"}, {"pipe/one": "asked the same as path/one"}))
        golden(command, "update", folder, "--removed", "path/one=it is there", status=1, says=["[tombstone]"])


def manifest_is_looked_at(command, source):
    """A manifest is somebody else's file: what it says is checked, and it leads nowhere but into its folder."""
    wrong = [("[]", "the manifest: should be an object"), ("{", "line 1"), ('{"suite": 1}', "/suite: should be a string"),
             ('{"files": []}', "/files: should be an object"), ('{"renames": {"a": 1}}', "/renames/a: should be a string"),
             ('{"a": 1, "a": 2}', "duplicate")]
    for name in ("../out.json", "path/../../out.json", "/out.json", "C:\\\\out.json", "out.json", "path/.json", "a/b.txt", "a:/b.json",
                 "a\\\\..\\\\b/c.json", "x" * 500 + "/b.json"):
        wrong.append(('{"suite": "hcsproof", "files": {"%s": "0"}}' % name, "is not a file of a suite"))
    for text, says in wrong:
        with suite(path__one={}) as folder:
            with open(os.path.join(folder, "manifest.json"), "w", encoding="utf-8") as file:
                file.write(text)
            golden(command, "verify", folder, status=4, says=["manifest.json: ", says])


def digests_of_every_length(command, source):
    """Around the end of a block."""
    with suite() as folder:
        os.mkdir(os.path.join(folder, "a"))
        texts = {"a/n%d.json" % n: b"x" * n for n in (0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 1000)}
        for file, text in texts.items():
            with open(os.path.join(folder, file), "wb") as out:
                out.write(text)
        golden(command, "update", folder)
        files = json.loads(read(folder, "manifest.json"))["files"]
        equal(files, {file: hashlib.sha256(text).hexdigest() for file, text in texts.items()})


def new_drafts_and_never_overwrites(command, source):
    with suite(path__old={"expect": {"ok": {"path": "D:"}}}) as folder:
        params = os.path.join(folder, "in.json")
        with open(params, "w", encoding="utf-8") as file:
            file.write('{"path": "C:/<a>/.."}')
        golden(command, "new", folder, "path/fresh", status=2, says=["needs --op and --params"])
        golden(command, "new", folder, "path/fresh", "--op", "fly", "--params", params, status=4, says=["no operation"])
        golden(command, "new", folder, "path/fresh", "--op", "clean-path", "--params", params, "--title", "T", "--tag",
               "path", says=["was written", "work it out"])
        case = json.loads(read(folder, "path/fresh.json"))
        equal((case["title"], case["tags"], case["params"], case["expect"]),
              ("T", ["path"], {"path": "C:/<a>/.."}, {"ok": {"path": "C:\\"}}))
        golden(command, "new", folder, "path/fresh", says=["is what the reference answers"])
        before = read(folder, "path/old.json")
        golden(command, "new", folder, "path/old", status=1, says=["/ok/path  value", "nothing was changed"])
        equal(read(folder, "path/old.json"), before)
        golden(command, "new", folder, "path/old", "--accept", says=["was written"])
        equal(json.loads(read(folder, "path/old.json")), {**CASE})


def new_takes_only_what_an_id_may_be(command, source):
    """Nothing is written outside of the suite, or where no command plays it."""
    with suite(a__b={}) as folder:
        params = os.path.join(folder, "params")
        with open(params, "w", encoding="utf-8") as file:
            file.write('{"path":"D:"}')
        options = ["--op", "clean-path", "--params", params]
        before = sorted(os.listdir(folder))
        for name in ("../outside", "flat", "A B/C*", "a/b/c", "a/", "/a", "a/..", "recorded/x", "con/x", "a/nul", "a/b."):
            golden(command, "new", folder, name, *options, status=2, says=["an id is AREA/NAME"])
            golden(command, "update", folder, "--renamed", "a/b=" + name, status=2, says=["an id is AREA/NAME"])
            if name != "flat":
                golden(command, "update", folder, "--removed", name + "=why", status=2)
        equal(sorted(os.listdir(folder)), before)
        equal(os.path.exists(os.path.join(os.path.dirname(folder), "outside.json")), False)
        golden(command, "new", folder, "fresh/since-0.13", *options, says=["was written"])
        golden(command, "new", folder, "fresh/since-0.13", says=["is what the reference answers"])


def a_manifest_lists_only_plain_names(command, source):
    for name in ("con/x.json", "a/nul.jsonl", "a /x.json", "a./x.json", "a/com1.json", "a/../x.json", "a/b/c.json"):
        manifest = json.dumps({"suite": "hcsproof", "version": "1", "files": {name: "00"}})
        with suite(a__b={}, manifest=manifest) as folder:
            golden(command, "verify", folder, status=4, says=["is not a file of a suite"])


SHIM = {"op": "dump-count", "tags": ["dumps"], "params": {"annotations": {}}, "expect": {"ok": {"count": 10}}}


def ranges_follow_from_evidence_and_table(command, source):
    """What the table tells nothing apart of is one range; what another change divides is none."""
    with suite(path__one={"profiles": ["baseline"], "recorded": ["go-1.19.8", "go-1.22.12"]}) as folder:
        before = read(folder, "path/one.json")
        text = golden(command, "ranges", folder, status=1, says=["1 case with evidence, 1 to change, 0 complaints"])
        equal('path/one.json: also holds for "go >=1.19.6 <1.20.0"' in text, True, text)
        equal('path/one.json: also holds for "go >=1.22.0 <1.' in text, True, text)
        equal(read(folder, "path/one.json"), before)
        golden(command, "ranges", folder, "--write", says=["1 case with evidence, 1 changed, 0 complaints"])
        case = json.loads(read(folder, "path/one.json"))
        equal((case["profiles"][0], len(case["profiles"]), {**case, "profiles": 0}),
              ("baseline", 3, {**CASE, "recorded": ["go-1.19.8", "go-1.22.12"], "profiles": 0}))
        golden(command, "ranges", folder, says=["0 to change, 0 complaints"])
        golden(command, "fmt", folder, "--check")
        golden(command, "lint", folder, says=["0 complaints"])
    with suite(dumps__one={**SHIM, "recorded": ["hcsshim-0.12.9", "hcsshim-0af576d29+go-1.19.8"]}) as folder:
        golden(command, "ranges", folder, "--write")
        found = json.loads(read(folder, "dumps/one.json"))["profiles"]
        equal(any(r.startswith("hcsshim >=0.12.") and "<0.13.0-rc.1" in r for r in found), True, found)
        equal(any(r.startswith("hcsshim =0af576d29 go >=1.19") for r in found), True, found)
        golden(command, "lint", folder, says=["0 complaints"])
    with suite(path__one={}) as folder:
        golden(command, "ranges", folder, says=["0 cases with evidence, 0 to change, 0 complaints"])


def ranges_reach_main_only_with_its_evidence(command, source):
    for evidence, ends in ((["hcsshim-7c9ff7f48", "hcsshim-0.15.0-rc.4"], False), (["hcsshim-0.15.0-rc.4"], True)):
        with suite(dumps__one={**SHIM, "recorded": evidence}) as folder:
            golden(command, "ranges", folder, "--write")
            found = json.loads(read(folder, "dumps/one.json"))["profiles"]
            equal(any("=7c9ff7f48" in r or (r.startswith("hcsshim >=") and "<" not in r.split(" go")[0]) for r in found)
                  or ends, True, found)


def ranges_name_what_a_recording_contradicts(command, source):
    other = {"title": "other", "expect": {"ok": {"path": "C:"}}}
    answers = (
        ({"profiles": ["go >=1.13.0"]}, {**other, "profiles": ["baseline"], "recorded": ["go-1.24.4"]},
         "path/one.json: holds for go-1.24.4, which answered as path/two says [recorded-contradicts]"),
        ({"recorded": ["go-1.24.4"]}, {**other, "recorded": ["go-1.24.5"]},
         "the table has no change between its evidence and go-1.24.5, which answered as path/two says [change-missing]"),
        ({**SHIM, "profiles": ["hcsshim =0.12.8"]}, {**SHIM, "title": "other", "expect": {"ok": {"count": 9}},
                                                     "recorded": ["hcsshim-0.12.9+go-1.21.13"]},
         "path/one.json: holds for hcsshim-0.12.8, which by the table answers as path/two says [table-contradicts]"),
    )
    for one, two, says in answers:
        with suite(path__one=one, path__two=two) as folder:
            before = read(folder, "path/one.json")
            golden(command, "ranges", folder, "--write", status=1, says=[says])
            equal(read(folder, "path/one.json"), before)
    for name in ("hcsshim-99.0.0", "moby-28.5.2+x", "hcsshim"):
        with suite(dumps__one={**SHIM, "recorded": [name]}) as folder:
            golden(command, "ranges", folder, status=1, says=["[recorded-form]", name])
    with suite(dumps__one={**SHIM, "recorded": ["moby-28.5.2"]}) as folder:
        golden(command, "ranges", folder, status=1, says=["not a profile with a program for dump-count"])


def ranges_change_only_what_is_asked_for(command, source):
    evidence = {"recorded": ["go-1.19.8"]}
    with suite(path__one=evidence, pipe__two={**evidence, "title": "other"}) as folder:
        for path in ("/nowhere", "/pa", "/path/one.jso", "/path/one.json/x"):
            golden(command, "ranges", folder, folder + path, status=2, says=["is not a case in the suite"])
        golden(command, "ranges", folder, folder + "\\path\\", "--write", says=["1 case with evidence, 1 changed"])
        golden(command, "ranges", folder, folder + "/path/one.json", says=["1 case with evidence, 0 to change"])
        equal(json.loads(read(folder, "pipe/two.json"))["profiles"], ["baseline"])
        golden(command, "ranges", folder, status=1, says=["pipe/two.json: also holds for", "1 to change"])
    golden(command, "ranges", "/nowhere", status=4)
    with suite(path__one=evidence, manifest='{"format": 4}') as folder:
        golden(command, "ranges", folder, "--write", status=4, says=["the suite has format 4"])
        equal(json.loads(read(folder, "path/one.json"))["profiles"], ["baseline"])


def changes_are_shown_on_either_side(command, source):
    del source
    kept = {"title": "a pipe is left alone", "profiles": ["go >=1.20.0 <1.20.11"], "params": {"path": r"\\.\pipe\x"},
            "expect": {"ok": {"path": r"\\.\pipe\x"}}}
    cleaned = {"profiles": ["go >=1.19.6 <1.20.0"], "params": kept["params"], "expect": {"ok": {"path": r"\pipe\x"}}}
    change = "go.volume-devices"
    with suite(path__kept=kept, path__other={}) as folder:
        text = golden(command, "changes", folder, change, status=1, says=["with     path/kept\n", "without  none\n"])
        if "what without %s does [change-uncased]" % change not in text or "path/other" in text:
            raise AssertionError(text)
        golden(command, "changes", folder, status=1, says=["%s\n  with     path/kept" % change, "complaints"])
        golden(command, "changes", folder, "go.such-change", status=2, says=["[change-unknown]"])
    with suite(path__kept=kept, path__cleaned=cleaned) as folder:
        golden(command, "changes", folder, change, says=["with     path/kept", "without  path/cleaned", "0 complaints"])
    golden(command, "changes", "/nowhere", status=4)


def changes_without_cases_need_a_reason(command, source):
    del source
    kept = {"profiles": ["go >=1.20.0 <1.20.11"], "params": {"path": r"\\.\pipe\x"}, "expect": {"ok": {"path": r"\\.\pipe\x"}}}
    change = "go.volume-devices"
    with suite(path__kept=kept) as folder, tempfile.TemporaryDirectory() as other:
        reasons = os.path.join(other, "reasons")
        for line, says in ((change + " | without | no such Go", None), (change + " | with | no such Go", "[reason-over]"),
                           (change + " | before | no such Go", "[reason-form]"), (change + " | with", "[reason-form]"),
                           ("go.such-change | with | no such Go", "[reason-form]")):
            with open(reasons, "w", encoding="utf-8") as file:
                file.write("# which, why\n\n" + line + "\n")
            golden(command, "changes", folder, change, "--reasons", reasons, status=1 if says else 0,
                   says=[says or "without  none: no such Go"])
        golden(command, "changes", folder, change, "--reasons", other + "/nowhere", status=4)


def changes_name_what_a_case_could_be_made_of(command, source):
    del source
    short, long = r"\\.\pipe\x", r"\\.\pipe\longer"
    with suite() as folder:
        os.makedirs(os.path.join(folder, "recorded"))
        with open(os.path.join(folder, "recorded", "clean-path.jsonl"), "w", encoding="utf-8") as file:
            for number, path in enumerate((long, short, long)):
                file.write(json.dumps({**CASE, "id": "clean-path/%d" % number, "profiles": ["go >=1.20.0 <1.20.11"],
                                       "params": {"path": path}, "expect": {"ok": {"path": path}}}) + "\n")
        golden(command, "changes", folder, "go.volume-devices", "--recorded", status=1,
               says=["with     none, but recorded/clean-path/1"])


def cases_are_widened_across_what_they_do_not_show(command, source):
    del source
    count = {"op": "dump-count", "params": {"annotations": {"io.microsoft.wcow.processdumpcount": "+"}},
             "expect": {"error": {"message": 'strconv.Atoi: parsing "+": invalid syntax'}}, "recorded": ["hcsshim-0.11.7+go-1.19.8"],
             "profiles": ["baseline", "hcsshim >=0.11.3 <0.12.0-rc.0 go >=1.19.6 <1.20.0"]}
    limit = {"op": "memory-limit", "params": {"spec": {"windows": {"resources": {"memory": {"limit": 1048576}}}}},
             "expect": {"ok": {"mb": 1}}, "recorded": ["hcsshim-0.12.9+go-1.22.12"], "profiles": ["hcsshim =0.12.9"]}
    plain = {"title": "no evidence", "profiles": ["hcsshim =0.12.9"], "op": "memory-limit", "params": limit["params"],
             "expect": limit["expect"]}
    with suite(cpu__count={**count, "title": "of Atoi"}, cpu__limit={**limit, "title": "a limit"}, cpu__plain=plain) as folder:
        os.makedirs(os.path.join(folder, "recorded"))
        with open(os.path.join(folder, "recorded", "memory-limit.jsonl"), "w", encoding="utf-8") as file:
            file.write('{"id":"memory-limit/one","title":"\\u0041"%s\n' % (", " + json.dumps(limit)[1:]))
        before = read(folder, "cpu/limit.json")
        golden(command, "widen", folder, "cpu", status=1, says=["cpu/limit.json: 1 case holds for more", "2 cases to widen"])
        equal(read(folder, "cpu/limit.json"), before)
        golden(command, "widen", folder, "--write", says=["3 cases widened"])
        golden(command, "widen", folder, says=["0 cases to widen"])
        equal(json.loads(read(folder, "cpu/limit.json"))["profiles"], ["hcsshim >=0.9.0", "hcsshim =0af576d29"])
        equal(json.loads(read(folder, "cpu/count.json"))["profiles"],
              ["baseline", "hcsshim >=0.11.3 <0.12.0-rc.0", "hcsshim >=0.12.0-rc.1 <0.12.0-rc.2", "hcsshim =0af576d29"])
        equal(json.loads(read(folder, "cpu/plain.json"))["profiles"], ["hcsshim =0.12.9"])
        text = read(folder, "recorded/memory-limit.jsonl")
        if '"title":"\\u0041"' not in text or '"profiles":["hcsshim >=0.9.0","hcsshim =0af576d29"]' not in text:
            raise AssertionError(text)
        golden(command, "fmt", folder, "--check")
        with open(os.path.join(folder, "recorded", "memory-limit.jsonl"), "w", encoding="utf-8") as file:
            file.write("{}\n")
        golden(command, "widen", folder, "recorded", status=1, says=["[case-form]"])
    golden(command, "widen", "/nowhere", status=4)


def the_evidence_of_what_was_asked_before_an_error(command, source):
    params = {"type": "windows", "resources": {"cpu": {"shares": 5}}, "task": {"id": "c1", "owns_host": True},
              "host": {"modify_errors": {"0": "no"}}, "uvm": {"id": "p1@vm", "os": "windows", "processor_count": 2}}
    del source
    with suite() as folder:
        path = os.path.join(folder, "params")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(params, file)
        golden(command, "new", folder, "update/refused", "--op", "update-document", "--params", path)
        expect = json.loads(read(folder, "update/refused.json"))["expect"]
        equal([request["to"] for request in expect["requests"]], ["hcs"], expect)


main([the_suite_is_in_order, fmt_orders_fields_and_keeps_spelling, fmt_removes_a_text_that_says_what_ok_does,
      fmt_spares_lines_and_spaces_in_long_cases, values_that_cases_share_have_names, texts_that_repeat_themselves,
      named_values_that_are_wrong_are_told, lint_names_file_and_rule, manifest_keeps_watch,
      manifest_is_looked_at, digests_of_every_length, new_drafts_and_never_overwrites,
      new_takes_only_what_an_id_may_be, a_manifest_lists_only_plain_names, ranges_follow_from_evidence_and_table,
      ranges_reach_main_only_with_its_evidence, ranges_name_what_a_recording_contradicts,
      ranges_change_only_what_is_asked_for, changes_are_shown_on_either_side, changes_without_cases_need_a_reason,
      changes_name_what_a_case_could_be_made_of, cases_are_widened_across_what_they_do_not_show,
      the_evidence_of_what_was_asked_before_an_error])
