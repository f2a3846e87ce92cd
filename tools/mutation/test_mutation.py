#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test_mutation.py SOURCE-FOLDER: which faults are planted in a piece of C, which are left out, and that each row of
docs/mutants.md is about a fault that is still planted; and which are chosen for a sample."""
import argparse
import contextlib
import importlib.machinery
import importlib.util
import io
import os
import sys
import tempfile

sys.dont_write_bytecode = True
TOP = os.path.abspath(sys.argv[1])
sys.path.insert(0, os.path.join(TOP, "tools"))

from mutation import choice  # noqa: E402
from mutation.plant import plant  # noqa: E402

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
    for unwanted in ("some-slug", '"/a', "8", "comment", "false>", "31", "32", "33", "34", "35"):
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
    places = {(m.file, m.function, m.before, m.after) for m in mutants}
    listed = module.listed_survivors()
    assert listed, "docs/mutants.md lists none"
    stale = sorted(listed - places)
    assert not stale, "docs/mutants.md lists what is not planted: %s" % stale


def no_survivor_is_listed_twice():
    module = load()
    rows = [line.rsplit(" | ", 1)[0] for line in module.read(module.PAGE).splitlines() if line.startswith("| `") and line.count("` | `") >= 2]
    twice = sorted({row for row in rows if rows.count(row) > 1})
    assert rows and not twice, "docs/mutants.md lists twice: %s" % twice


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


few_releases_hold_all_cases()
an_empty_text_is_left_alone()
bytes_behind_a_count_are_left_alone()
nothing_planted_is_never_green()
planted_in_a_piece()
changed_files_come_first()
survivors_are_found_again()
every_listed_survivor_is_planted()
no_survivor_is_listed_twice()
print("ok")
