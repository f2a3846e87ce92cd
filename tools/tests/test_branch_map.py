#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test_branch_map.py SOURCE: what tools/branch-map says of changes that the map does not cover."""
import importlib.machinery
import importlib.util
import os
import sys
import unittest

sys.dont_write_bytecode = True
PATH = os.path.join(os.path.abspath(sys.argv[1]), "tools", "branch-map")
LOADER = importlib.machinery.SourceFileLoader("branch_map", PATH)
MAP = importlib.util.module_from_spec(importlib.util.spec_from_loader("branch_map", LOADER))
LOADER.exec_module(MAP)

TABLE = {"a.x": ("A pipe is taken.", "hcsshim 0123abc, #12")}
LINKS = {"a/new": ["https://github.com/microsoft/hcsshim/pull/12"], "a/old": ["https://github.com/microsoft/hcsshim/issues/12"]}
SHOWN = "a.x\n  with     a/new, a/newer\n  without  a/old\n1 change, 0 complaints\n"


def branch(*sides):
    return {"file": "f.go", "symbol": "F", "commit": "c", "change": "a.x",
            "sides": [{"side": str(number), "cases": list(cases)} for number, cases in enumerate(sides)]}


def uncovered(branches, shown=SHOWN, links=None, excused=(), table=None):
    return list(MAP.uncovered(branches, table or TABLE, MAP.read_witnesses(shown), LINKS if links is None else links, set(excused)))


class Changes(unittest.TestCase):
    def test_a_case_on_either_side_covers_a_change(self):
        self.assertEqual(uncovered([branch(["a/new"], ["a/old"])]), [])
        self.assertEqual(uncovered([branch(["a/other"], ["a/old"], ["a/newer"])]), [])

    def test_both_on_one_side_do_not(self):
        self.assertEqual(uncovered([branch(["a/new", "a/old"], ["a/other"])]), ["a.x: its cases are not on two sides of a branch"])

    def test_neither_do_two_branches(self):
        self.assertEqual(len(uncovered([branch(["a/new"], ["a/other"]), branch(["a/old"], ["a/other"])])), 1)

    def test_a_side_without_a_case_is_named(self):
        self.assertEqual(uncovered([branch(["a/new"])], "a.x\n  with     a/new\n  without  none\n"),
                         ["a.x: no case of the map shows what a release without it does"])
        self.assertEqual(uncovered([branch(["a/new"])], "a.x\n  with     a/new\n  without  none: why\n", excused=[("a.x", "without")]), [])

    def test_an_unknown_change_has_no_cases(self):
        self.assertEqual(len(uncovered([branch(["a/new"], ["a/old"])], "")), 2)

    def test_each_side_links_what_the_table_names(self):
        covered = [branch(["a/new"], ["a/old"])]
        other = {**LINKS, "a/old": ["https://github.com/microsoft/hcsshim/pull/123", "https://github.com/moby/moby/pull/12"]}
        self.assertEqual(uncovered(covered, links=other), ["a.x: no case of the map that shows a release without it links hcsshim 0123abc, #12"])
        self.assertEqual(len(uncovered(covered, links={})), 2)
        self.assertEqual(uncovered(covered, links={}, table={"a.x": ("", "hcsshim internal/uvm, by tag")}), [])

    def test_a_branch_is_of_a_change_of_the_table(self):
        self.assertEqual(len(list(MAP.problems([branch()], TABLE))), 0)
        self.assertEqual(list(MAP.problems([branch()], {})), ["f.go F: a.x: no change of the table"])
        self.assertIn("| `a.x`: A pipe is taken. | 0 |", MAP.page([branch(["a/new"])], TABLE))


unittest.main(argv=sys.argv[:1], verbosity=2)
