#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test_mutation.py SOURCE-FOLDER: which faults are planted in a piece of C, which are left out, and that each row of
docs/mutants.md is about a fault that is still planted; and which are chosen for a sample."""
import argparse
import collections
import contextlib
import importlib.machinery
import importlib.util
import io
import json
import os
import sys
import tempfile

sys.dont_write_bytecode = True
TOP = os.path.abspath(sys.argv[1])
sys.path.insert(0, os.path.join(TOP, "tools"))

from mutation import choice  # noqa: E402
from mutation.answers import Play, tells_apart  # noqa: E402
from mutation.plant import plant  # noqa: E402
from mutation.switched import PRELUDE, Switched, faulty_lines  # noqa: E402

PIECE = """
/* if (a < b) in a comment */
#define LIMIT 10
static const char *const names[] = {"ro"};

static int first(int a, int b) {
  int n = a < b ? a : b;
  if (a == 1)
    return 2;
  if (!check(a) && read(b) > LIMIT)
    return hcsref_fail(err, "some-slug", "/a", "bad thing");
  done(a, 'x');
  return n + 1;
}

static bool take(arena *arena, size_t len) {
  char *text = hcsref_arena_take(arena, len + 7);
  if (text == NULL)
    return false;
  if (!copy(arena, text))
    return false;
  return true;
}

static void note_limit(const builder *b) {
  b->noted = 31;
}

static void make(const builder *b) {
  HCSREF_NOTE(b, field, "a rule: 32", "/x/%u", 33);
  made_for_limit(b, 34);
  b.provenance = 35;
  for (size_t i = 36; i < 37; i++)
    HCSREF_NOTE(b, items[i], "a rule", "/x");
  *why = hcsref_no_message();
}
"""


def told(mutant, text):
    return "%s %s>%s" % (mutant.operator, text[mutant.start:mutant.end], mutant.text)


def planted_in_a_piece():
    mutants, left_out = plant("piece.c", PIECE)
    found = [told(m, PIECE) for m in mutants]
    for wanted in ("constant 10>11", 'constant "ro">"ro~"', "bound <><=", "comparison <>>", "condition a : b>b : a",
                   "comparison ==>!=", "constant 1>2", "constant 2>3", "negation !>", "logic &&>||", "comparison >><",
                   "bound >>>=", 'constant "bad thing">"bad thing~"', "constant 'x'>'~'", "arithmetic +>-",
                   "constant true>false", "statement done(a, 'x');>;", "order !check(a) && read(b) > LIMIT>read(b) > LIMIT && !check(a)",
                   "condition !check(a) && read(b) > LIMIT>!(!check(a) && read(b) > LIMIT)"):
        assert wanted in found, (wanted, found)
    constants = "\n".join(line for line in found if line.startswith("constant"))
    for unwanted in ("some-slug", '"/a', "8", "comment", "false>", "31", "32", "33", "34", "35", "36", "37"):
        assert unwanted not in constants, (unwanted, constants)
    assert left_out >= 3, left_out
    assert not [line for line in found if line.startswith("statement") and "done(" not in line and "if (" not in line], found
    assert [m.start for m in mutants] == sorted(m.start for m in mutants)
    assert all(PIECE[m.start:m.end] != m.text for m in mutants)
    assert len({(m.start, m.end, m.text) for m in mutants}) == len(mutants), "the same fault twice"
    assert [m.line for m in mutants if told(m, PIECE) == "constant 10>11"] == [3]


def load():
    path = os.path.join(TOP, "tools", "mutants")
    loader = importlib.machinery.SourceFileLoader("mutants", path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("mutants", loader))
    loader.exec_module(module)
    return module


def every_listed_survivor_is_planted():
    module = load()
    _, mutants, _ = module.plant_all(None)
    assert len(mutants) > 1000, len(mutants)
    places = collections.defaultdict(set)
    for mutant in mutants:
        places[module.place(mutant)].add((mutant.before, mutant.after))
    listed = module.listed_survivors()
    assert listed, "docs/mutants.md lists none"
    stale = sorted(set(listed) - set(places))
    assert not stale, "docs/mutants.md lists what is not planted: %s" % stale
    vague = [row for row in listed if len(places[row]) > 1]
    assert not vague, "docs/mutants.md shows too little of a fault to tell it from another: %s" % vague


def no_survivor_is_listed_twice():
    twice = [row for row, count in collections.Counter(load().listed_survivors()).items() if count > 1]
    assert not twice, "docs/mutants.md lists twice: %s" % twice


def a_fault_is_named_by_where_it_differs():
    module = load()
    fault = collections.namedtuple("Mutant", "file function before after")

    def named(before, after):
        return module.place(fault("f", "g", before, after))[2:]
    assert named("a < b", "a <= b") == ("a < b", "a <= b")
    words = "word " * 10
    assert named(words + "< " + words, words + "<= " + words) == (
        "…word word word word word < word word word word word…", "…word word word word word <= word word word word word…")
    assert named("return x(%s);" % ("y" * 200), ";") == ("return x(" + "y" * 36 + "…" + "y" * 28 + ");", ";")


def changed_files_come_first():
    module = load()
    _, mutants, _ = module.plant_all(["hcs/cpu", "path/clean"])
    chosen = module.choose(mutants, 10, 1, {"hcs/cpu.c"})
    assert len(chosen) == 10 and all(m.file == "hcs/cpu.c" for m in chosen), chosen
    assert chosen == module.choose(mutants, 10, 1, {"hcs/cpu.c"})
    assert {m.file for m in module.choose(mutants, len(mutants) - 1, 1, {"hcs/cpu.c"})} == {"hcs/cpu.c", "path/clean.c"}
    assert len(module.choose(mutants, len(mutants) + 1, 1, set())) == len(mutants)
    assert module.changed_since("no-such-commit") == set()


def survivors_are_found_again():
    module = load()
    _, mutants, _ = module.plant_all(["path/clean"])

    class Results:
        @staticmethod
        def find(mutant):
            return "survived" if mutant in mutants[3:5] else "failed", ""
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report.json")
        module.write_json(report, mutants, Results, 0)
        found = module.survivors_of(report, mutants)
        assert set(mutants[3:5]) <= set(found), found
        assert {(m.function, m.before, m.after) for m in found} == {(m.function, m.before, m.after) for m in mutants[3:5]}
        assert module.survivors_of(report, mutants[10:11]) == []


def few_releases_hold_all_cases():
    holds = {"old": {"a", "b"}, "new": {"b", "c", "d"}, "newest": {"c", "d"}, "none": set()}
    assert choice.cover(holds, {"a", "b", "c", "d"}) == [("new", ["b", "c", "d"]), ("old", ["a"])]
    assert choice.cover(holds, {"a", "x"}) == [("old", ["a"])], "x holds for none of them"
    assert choice.cover(holds, set()) == []


def an_empty_text_is_left_alone():
    mutants, _ = plant("piece.c", "void f(void) {\n  hcsref_str word = {0};\n  thing other = {0};\n}\n")
    assert [m.line for m in mutants if m.operator == "constant"] == [3], mutants


def bytes_behind_a_count_are_left_alone():
    text = 'static const hcsref_str words[] = {{"\\xC2\\x85", 2}};\nstatic const pair pairs[] = {{"b", 2}};\n'
    mutants, _ = plant("piece.c", text)
    assert [told(m, text) for m in mutants] == ["constant 2>3", 'constant "b">"b~"', "constant 2>3"], mutants


def nothing_planted_is_never_green():
    module = load()

    class Unbuilt:
        @staticmethod
        def find(_):
            return "not built", ""
    options = argparse.Namespace(json=None, only=["hcs/cpu"], survivors=None, sample=None, minimum=95.0, verbose=False)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as told:
        assert module.report(module.plant_all(["hcs/cpu"])[1], Unbuilt, options, 0, set()) == 4
    assert "not one of" in told.getvalue()


SWITCHED = """static int twice(const int *list, int n[2], bool (*f)(void));

static int at_most(const int *list, size_t len) {
  return list[len - 1] < 3 ? 1 : 0;
}

HCSREF_API void hcsref_end(void) {
  count = 1;
}

int sum(int first, ...) {
  return first + 1;
}
"""


def each_fault_has_a_copy_of_its_function():
    mutants = dict(enumerate(plant("piece.c", SWITCHED)[0], 1))
    switched = Switched(SWITCHED, mutants)
    named = {number: mutant.function for number, mutant in mutants.items()}
    inside = [number for number, mutant in mutants.items() if "return list" in mutant.before or "count" in mutant.before]
    assert sorted(set(mutants) - switched.left) == inside, (switched.left, mutants)
    assert named and len(inside) > 8 and switched.left, "a list of arguments without an end cannot be handed on"
    assert switched.whole.startswith(PRELUDE)
    lines = switched.whole.split("\n")
    for number in inside:
        first, last = next((first, last) for first, last, own in switched.lines if own == number)
        copy = "\n".join(lines[first - 1:last])
        mutant = mutants[number]
        assert mutant.after.strip() in " ".join(copy.split()), (mutant, copy)
        assert copy.startswith(("static int at_most__%d(const int *list, size_t len) {" % number,
                                "static  void hcsref_end__%d(void) {" % number)), copy
        assert switched.number_at(first) == switched.number_at(last) == number
    assert "return at_most__%d(list, len);" % inside[0] in switched.whole
    assert "hcsref_end__%d(); return;" % inside[-1] in switched.whole
    assert switched.number_at(1) is None and switched.number_at(len(lines)) is None
    fewer = switched.without({inside[0]})
    assert "at_most__%d(" % inside[0] not in fewer.whole and "at_most__%d(" % inside[1] in fewer.whole


def errors_of_a_compiler_have_lines():
    output = "/w/a.c:7:3: error: no\n/w/b.c:8:3: error: no\n/w/a.c:9:1: warning: x\n/w/a.c:12:1: fatal error: y\n"
    assert faulty_lines(output, "/w/a.c") == {7, 12}


def a_case_tells_what_it_names():
    ok, error = b'{"id":1,"ok":{"a":1},"host_calls":["stat a"]}', b'{"id":1,"error":{"code":"x","message":"no"}}'
    for expect, wanted, given, told in (
            ({"ok": {}}, ok, ok, False),
            ({"ok": {}}, ok, ok.replace(b'"a":1', b'"a":2'), True),
            ({"ok": {}}, ok, ok.replace(b'"a":1', b'"\\u0061":1'), True),
            ({"ok": {}}, ok, ok.replace(b"stat a", b"stat b"), False),
            ({"ok": {}, "host_calls": []}, ok, ok.replace(b"stat a", b"stat b"), True),
            ({"ok": {}}, ok, error, True),
            ({"ok": {}}, ok, b'{"id":1,"ok"', True),
            ({"error": {}}, error, error.replace(b"no", b"yes"), False),
            ({"error": {"message": "no"}}, error, error.replace(b"no", b"yes"), True),
            ({"error": {"message": "no"}}, error, error.replace(b'"x"', b'"y"'), False),
            ({"error": {}, "message_prefix": "no"}, error, error.replace(b"no", b"not"), False),
            ({"error": {}, "message_prefix": "no"}, error, error.replace(b"no", b"yes"), True)):
        assert tells_apart(expect, wanted, given) == told, (expect, wanted, given)


def an_end_is_put_down_to_the_cases_that_end_the_program():
    with tempfile.TemporaryDirectory() as folder:
        cases = os.path.join(folder, "cases")
        with open(cases, "w", encoding="utf-8") as out:
            for number in range(7):
                out.write(json.dumps({"id": "a/%d" % number, "op": "o", "params": {}, "expect": {"ok": 1}}) + "\n")
        play = Play("curated", "newest", cases)
    play.wanted = [b"hello"] + [b'{"id":%d,"ok":1}' % number for number in range(7)]

    def ask(numbers):  # ends at 2 and 5, and answers 6 in another way; nothing that was said before an end arrives
        if {2, 5} & set(numbers):
            return -11, []
        return 0, [b'{"id":%d,"ok":%d}' % (number, 1 + (number == 6)) for number in numbers]
    assert play.apart(range(7), ask) == [2, 5, 6]


def twins_are_of_one_area():
    noticed = {"a/x": {1, 2}, "a/y": {2, 1}, "a/z": {1}, "b/x": {1, 2}}
    assert load().twins(noticed) == [("a", ["a/x", "a/y"])]


def a_matrix_reaches_what_the_steps_stand_on():
    mutants = load()
    plain, below = list(mutants.sources(below=False)), list(mutants.sources(below=True))
    assert below[:len(plain)] == plain and "hcs/mounts.c" in plain, plain
    assert {file.split("/")[0] for file in below[len(plain):]} == {"base", "gojson", "schema"}
    assert all(file.endswith(".c") for file in below[len(plain):]), "of a header, all that use it would be built for each fault"
    assert not mutants.plant_all(["gojson/integer.c"])[1] and mutants.plant_all(["gojson/integer.c"], below=True)[1]


each_fault_has_a_copy_of_its_function()
errors_of_a_compiler_have_lines()
a_case_tells_what_it_names()
an_end_is_put_down_to_the_cases_that_end_the_program()
twins_are_of_one_area()
a_matrix_reaches_what_the_steps_stand_on()
few_releases_hold_all_cases()
an_empty_text_is_left_alone()
bytes_behind_a_count_are_left_alone()
nothing_planted_is_never_green()
planted_in_a_piece()
changed_files_come_first()
survivors_are_found_again()
every_listed_survivor_is_planted()
no_survivor_is_listed_twice()
a_fault_is_named_by_where_it_differs()
print("ok")
