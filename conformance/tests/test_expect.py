# SPDX-License-Identifier: Apache-2.0
"""Expectation files when only some of the cases are played: what a run did not look at stays, and is not out of date."""
import json
import os
import sys
import tempfile

from kit import as_baseline, equal, main, run

ANSWER = """
import json, os, sys
sick = os.environ.get("SICK", "").split()
print(json.dumps({"hello": {"protocol": 1, "name": "x", "version": "1", "ops": os.environ.get("OPS", "clean-path join-path").split()}}), flush=True)
sys.stdin.readline()
for line in sys.stdin:
    q = json.loads(line)
    path = q["params"].get("path", "joined")
    print(json.dumps({"id": q["id"], "unsupported": "no long paths"} if path == "long" else
                     {"id": q["id"], "ok": {"path": "wrong" if path in sick else path}}), flush=True)
"""


def case(path, op="clean-path", **more):
    return {"title": "t", "why": "w", "level": "must", "op": op, "profiles": ["baseline"], "tags": [],
            "params": {"path": path}, "expect": {"ok": {"path": path}}, **more}


def new_suite(**cases):
    """A folder with ./golden of those cases (area__name) and a testee."""
    folder = tempfile.mkdtemp()
    cases = cases or {"cpu__a": case("a"), "cpu__b": case("b"), "pipe__c": case("c"), "pipe__d": case("d"),
                      "next__e": case("e", profiles=["go >=1.20.0"])}
    for name, value in (*cases.items(), ("manifest", {"suite": "hcsproof", "version": "1.0.0", "files": {}})):
        path = os.path.join(folder, "golden", *name.split("__")) + ".json"
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(value, file)
    with open(os.path.join(folder, "testee.py"), "w", encoding="utf-8") as file:
        file.write(ANSWER)
    return folder


def play(command, folder, *arguments, sick="", **more):
    environment = dict(os.environ, SICK=sick, NO_COLOR="1", **more)
    return run(command, "run", *as_baseline(arguments), "--testee", "'%s' -S -B testee.py" % sys.executable, "--expect", "known",
               cwd=folder, env=environment)


def write(folder, *entries):
    with open(os.path.join(folder, "known"), "w", encoding="utf-8") as file:
        file.write("".join((e if isinstance(e, str) else json.dumps(e)) + "\n" for e in entries))


def entry(case, failure="difference", reason="known for a reason", **more):
    return {"case": case, "class": failure, "reason": reason, **more}


def text(folder):
    with open(os.path.join(folder, "known"), encoding="utf-8") as file:
        return file.read()


ALL = ("# by hand", entry("cpu/a"), entry("pipe/c"), entry("next/e"))
NARROW = (("golden/cpu",), ("golden/cpu/a.json",), ("--id", "cpu/*"), ("--profile", "hcsshim-0.13.0"), ("cpu/b",),
          ("--fail-fast", "--window", "1"))


def what_was_not_played_is_not_stale(command, source):
    for arguments in NARROW:
        folder = new_suite()
        write(folder, *ALL)
        done = play(command, folder, *arguments, sick="a c e")
        equal((done.returncode, b"STALE" in done.stdout), (0, False), f"{arguments} {done.stdout.decode()}")


def what_was_not_played_stays_in_an_update(command, source):
    for arguments in NARROW:
        folder = new_suite()
        write(folder, *ALL)
        before = text(folder)
        play(command, folder, *arguments, "--expect-update", sick="a c e")
        equal(text(folder), before, str(arguments))


def what_no_suite_has_is_stale(command, source):
    for arguments in ((), ("golden/cpu",), ("--id", "cpu/*")):
        folder = new_suite()
        write(folder, *ALL, entry("cpu/gone"), entry("gone/*"))
        done = play(command, folder, *arguments, sick="a c e")
        equal((done.returncode, done.stdout.count(b"STALE")), (5, 2), f"{arguments} {done.stdout.decode()}")
        play(command, folder, *arguments, "--expect-update", sick="a c e")
        equal("gone" in text(folder), False, str(arguments))


def an_entry_outlives_a_run_of_other_files(command, source):
    """The cases played are in no suite: the suite beside them still has what the entries name."""
    folder = new_suite()
    write(folder, *ALL)
    with open(os.path.join(folder, "own.jsonl"), "w", encoding="utf-8") as file:
        file.write(json.dumps({"id": "own/x", **case("x")}) + "\n")
    equal(play(command, folder, "own.jsonl").returncode, 0)


def a_case_that_passes_ends_its_entry(command, source):
    folder = new_suite()
    write(folder, *ALL)
    done = play(command, folder, "golden/cpu", sick="c")
    equal((done.returncode, b"FIXED  cpu/a" in done.stdout), (5, True), done.stdout.decode())
    play(command, folder, "golden/cpu", "--expect-update", sick="c")
    equal("cpu/a" in text(folder), False)
    equal("pipe/c" in text(folder) and "next/e" in text(folder), True)


def a_glob_of_which_one_passes_keeps_the_others(command, source):
    """cpu/a passes, cpu/b fails, pipe/c and pipe/d are not played."""
    folder = new_suite()
    write(folder, "# all", entry("*", reason="broken", issue="https://example.org/1"))
    play(command, folder, "golden/cpu", "--expect-update", sick="b")
    equal([e["case"] for e in lines_of_entries(folder)], ["cpu/b", "next/e", "pipe/c", "pipe/d"])
    equal({(e["reason"], e["issue"]) for e in lines_of_entries(folder)}, {("broken", "https://example.org/1")})
    equal(text(folder).startswith("# all\n"), True)


def lines_of_entries(folder):
    return [json.loads(line) for line in text(folder).splitlines() if not line.startswith("#")]


def another_class_replaces_the_entry_of_one_case(command, source):
    folder = new_suite()
    write(folder, entry("cpu/a", "died"), entry("cpu/*", "timeout"))
    done = play(command, folder, "golden/cpu/a.json", "--expect-update", sick="a")
    equal(done.returncode, 1)
    equal([(e["case"], e["class"]) for e in lines_of_entries(folder)], [("cpu/*", "timeout"), ("cpu/a", "difference")])


def an_operation_that_is_skipped_is_one_entry(command, source):
    cases = {"cpu__%d" % i: case("p%d" % i, op="join-path") for i in range(5)}
    folder = new_suite(path__a=case("a"), path__long=case("long"), **cases)
    arguments = (command, folder, "--expect-update")
    equal(play(*arguments, sick="a", OPS="clean-path").returncode, 1)
    found = lines_of_entries(folder)
    equal(found[0], {"case": "*", "op": "join-path", "class": "unsupported",
                     "reason": "the testee does not list the operation join-path"})
    equal([(e["case"], e["class"]) for e in found[1:]], [("path/a", "difference"), ("path/long", "unsupported")])
    equal(found[1]["reason"].startswith("not explained yet: "), True, found[1]["reason"])
    equal(found[2]["reason"], "no long paths")
    equal(play(command, folder, sick="a", OPS="clean-path").returncode, 0, "the file says all there is")
    done = play(command, folder, sick="a")
    equal((done.returncode, done.stdout.count(b"FIXED")), (5, 5), done.stdout.decode())


def allowed_skips_are_not_listed(command, source):
    folder = new_suite(path__a=case("a"), cpu__x=case("x", op="join-path"), cpu__y=case("y", op="join-path"))
    play(command, folder, "--allow-skip", "--expect-update", sick="a", OPS="clean-path")
    equal([e["case"] for e in lines_of_entries(folder)], ["path/a"])


def an_operation_is_a_member_of_an_entry(command, source):
    folder = new_suite()
    write(folder, entry("*", op="join-*"))
    done = play(command, folder, "golden/cpu", sick="a")
    equal(done.returncode, 1, "the entry is for other operations")
    write(folder, entry("*", op="clean-path"))
    equal(play(command, folder, "golden/cpu", sick="a b").returncode, 0)


def seconds_of(command, folder, *arguments):
    """Of processors, the testee's included: others may be using them too. And the run."""
    before = os.times()
    done = run(command, "run", "cases.jsonl", "--profile", "baseline", *arguments, cwd=folder)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system, done


def many_ids_cost_little(command, source):
    folder = tempfile.mkdtemp()
    with open(os.path.join(folder, "cases.jsonl"), "w", encoding="utf-8") as file:
        for i in range(20000):
            file.write('{"id":"a/n%06d","op":"x","params":{},"expect":{"ok":{}}}\n' % i)
    ids = [part for i in range(8000) for part in ("--id", "a/n%06d" % (2 * i))]
    took, done = seconds_of(command, folder, "--list", *ids, "-x", "a/n000000")
    equal(len(done.stdout.splitlines()), 7999)
    equal(took < 3, True, "seconds for 8000 ids: %.1f" % took)


def many_entries_cost_little(command, source):
    """100 000 cases with 10 000 entries, ids and globs, take at most half as long again as without."""
    folder = tempfile.mkdtemp()
    with open(os.path.join(folder, "cases.jsonl"), "w", encoding="utf-8") as file:
        for i in range(100000):
            file.write('{"id":"a%d/n%06d","op":"clean-path","params":{"path":"a/b"},"expect":{"ok":{"path":"%s"}}}\n'
                       % (i % 7, i, "wrong" if i % 10 == 0 else "a\\\\b"))
    with open(os.path.join(folder, "known"), "w", encoding="utf-8") as file:
        for i in range(0, 100000, 10):
            name = "a%d/n%06d" % (i % 7, i)
            file.write(json.dumps(entry(name if i % 20 else name[:-1] + "?")) + "\n")

    # Globs of six characters and ? match ten cases each, nine of which pass: the run is told so, and takes its time all
    # the same. What else the machine does costs processor time, too: the least of several turns counts.
    without = took = float("inf")
    for _ in range(10):
        without = min(without, seconds_of(command, folder, "-q", "--testee", command + " serve")[0])
        more, done = seconds_of(command, folder, "-q", "--testee", command + " serve", "--expect", "known")
        took = min(took, more)
        equal(done.returncode in (1, 5), True)
        if took <= 1.5 * without + 0.05:
            break
    print("     %.2f s without, %.2f s with 10 000 entries" % (without, took))
    if took > 1.5 * without + 0.05:
        raise AssertionError("%.2f s with entries, %.2f s without" % (took, without))


def a_wrong_line_is_told_with_what_is_wrong(command, source):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "expect.jsonl")
        for line, words in (('{"case":"cpu/x","class":"difference","reason":"r","colour":1}', 'unknown member "colour"'),
                            ('{"case":"cpu/x" "class":"difference"}', "is not JSON (one object per line; comments begin with #): "),
                            ('{"case":1,"class":"difference","reason":"r"}', '"case" should be a string')):
            with open(path, "w", encoding="utf-8") as file:
                file.write("# a comment\n" + line + "\n")
            done = run(command, "run", os.path.join(source, "golden/cpu"), "--testee", "false", "--expect", path)
            equal((done.returncode, f"{path}:2: " in done.stderr.decode(), words in done.stderr.decode()), (4, True, True), done.stderr)


main([a_wrong_line_is_told_with_what_is_wrong, what_was_not_played_is_not_stale, what_was_not_played_stays_in_an_update, what_no_suite_has_is_stale,
      an_entry_outlives_a_run_of_other_files, a_case_that_passes_ends_its_entry,
      a_glob_of_which_one_passes_keeps_the_others, another_class_replaces_the_entry_of_one_case,
      an_operation_that_is_skipped_is_one_entry, allowed_skips_are_not_listed, an_operation_is_a_member_of_an_entry,
      many_ids_cost_little, many_entries_cost_little])
