# SPDX-License-Identifier: Apache-2.0
"""What a run says of itself: nothing compared is never green, filters name something, levels have verdicts, and every
report tells what was played of what."""
import json
import os
import shutil
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

from kit import as_baseline, equal, main, run

ANSWER = """
import json, os, sys
print(json.dumps({"hello": {"protocol": 1, "name": "x", "version": "1"}}), flush=True)
sys.stdin.readline()
for line in sys.stdin:
    q = json.loads(line)
    path = q["params"]["path"]
    print(json.dumps({"id": q["id"], "unsupported": "no " + path} if path in os.environ.get("LACKS", "").split() else
                     {"id": q["id"], "ok": {"path": "?" if path in os.environ.get("SICK", "").split() else path}}), flush=True)
"""


def case(path, level="must", **more):
    made = {"title": "t", "why": "w", "level": level, "op": "clean-path", "profiles": ["baseline"], "tags": ["path"],
            "upstream": [], "source": "rule", "params": {"path": path}, "expect": {"ok": {"path": path}}, **more}
    return {name: value for name, value in made.items() if value is not None}


def new_suite(command=None):
    folder = tempfile.mkdtemp()
    cases = {"a/must": case("must"), "a/should": case("should", "should"), "b/may": case("may", "may"),
             "b/twin": case("judged", "may", vector="clean-path/1")}
    for name, value in cases.items():
        path = os.path.join(folder, "golden", name) + ".json"
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(value, file)
    os.mkdir(os.path.join(folder, "golden", "recorded"))
    with open(os.path.join(folder, "golden", "recorded", "clean-path.jsonl"), "w", encoding="utf-8") as file:
        for name, path, op, tags in (("1", "judged", "clean-path", []), ("2", "helper", "clean-path", []),
                                     ("3", "document", "oci-to-hcs", []), ("4", "cut", "oci-to-hcs", ["bytes", "truncated"]),
                                     ("5", "decoded", "oci-to-hcs", ["bytes", "num"])):
            file.write(json.dumps({"id": "clean-path/" + name, **case(path, None, op=op, tags=tags, title=None, why=None)}) + "\n")
    with open(os.path.join(folder, "testee.py"), "w", encoding="utf-8") as file:
        file.write(ANSWER)
    if command is not None:
        equal(run(command, "golden", "update", "--suite", "golden", cwd=folder).returncode, 0)
    return folder


REPORTS = ("json", "html", "markdown", "junit", "tap", "github", "sarif", "badge")


def play(command, folder, *arguments, sick="", lacks="", mode=("--testee", "'%s' -S -B testee.py" % sys.executable)):
    environment = dict(os.environ, SICK=sick, LACKS=lacks, NO_COLOR="1")
    reports = [part for kind in REPORTS for part in ("--report", "%s=report.%s" % (kind, kind))]
    done = run(command, "run", *as_baseline(arguments), *mode, *reports, cwd=folder, env=environment)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def report(folder, kind="json"):
    with open(os.path.join(folder, "report." + kind), encoding="utf-8") as file:
        return json.load(file) if kind in ("json", "badge", "sarif") else file.read()


def nothing_compared_is_never_green(command, source):
    everything = "must should may judged helper document cut decoded"
    documents = tempfile.mkdtemp()
    ways = ((("--allow-skip",), everything, None), ((), everything, None), (("--level", "may"), everything, None),
            (("--allow-skip",), "", ("--one-shot", "sh -c 'exit 77'")), (("--allow-skip",), "", ("--documents", documents)))
    for arguments, lacks, mode in ways:
        folder = new_suite()
        status, _, told = play(command, folder, *arguments, lacks=lacks, **({"mode": mode} if mode else {}))
        equal((status, "nothing was compared" in told), (2, True), f"{arguments} {mode} {told}")
        badge = report(folder, "badge")
        equal((badge["color"], badge["message"]), ("lightgrey", "nothing was compared"))
        equal("conforms" in report(folder, "markdown"), False)
        equal(report(folder)["outcome"], "nothing was compared")


def documents_must_be_there(command, source):
    folder = new_suite()
    for path, what in (("/nonexist", "no such folder"), ("testee.py", "is not a folder")):
        status, out, told = play(command, folder, "--allow-skip", mode=("--documents", path))
        equal((status, what in told and path in told, out), (4, True, ""), told)


def filters_that_name_nothing_are_told(command, source):
    folder = new_suite()
    rows = ((("--id", "a/must", "--id", "nope/x"), "--id nope/x: no case has this id"),
            (("--exclude", "nope/x"), "--exclude nope/x: no case has this id"),
            (("--op", "clean-pth"), "--op clean-pth: no case has this operation; did you mean 'clean-path'?"),
            (("--area", "nowhere"), "--area nowhere: no case has this area"),
            (("--tags", "path and not pth"), "--tags pth: no case has this tag; did you mean 'path'?"),
            (("golden/nosuch",), "golden/nosuch: no such file or folder, and no case has this id"),
            (("a",), "a: no such file or folder, and no case has this id; did you mean 'a/*'?"),
            (("a/must", "a/mus"), "a/mus: no such file or folder, and no case has this id; did you mean 'a/must'?"))
    for arguments, wanted in rows:
        for more in ((), ("--list",), ("--dry-run",)):
            status, out, told = play(command, folder, *arguments, *more)
            equal((status, told, out), (2, "hcsproof run: %s\n" % wanted, ""), f"{arguments} {more}")
    status, out, told = play(command, folder, "--id", "a/x", "--op", "x", "--level", "may")
    equal((status, told.count("\n")), (2, 2), "each of them")
    status, out, told = play(command, folder, "--area", "a", "--level", "may")
    equal((status, out, told), (2, "", "hcsproof run: no case matches\n"), "together they leave nothing")
    folder = new_suite(command)
    equal(play(command, folder, "golden/a", "--id", "a/*", "-x", "b/*", "--tags", "path")[0], 0, "they name something")


def a_case_that_cannot_be_read_may_be_the_one(command, source):
    folder = new_suite()
    with open(os.path.join(folder, "golden", "a", "broken.json"), "w", encoding="utf-8") as file:
        file.write("{")
    status, _, told = play(command, folder, "--id", "a/broken", "--id", "a/must")
    equal((status, "no case has this id" in told), (4, False), told)


def a_may_counts_only_when_strict(command, source):
    folder = new_suite(command)
    status, out, _ = play(command, folder, sick="may")
    equal((status, "FAIL   b/may" in out), (0, True), out)
    equal("may     does not conform: 3 passed, 1 failed (counts only with --strict)" in out, True, out)
    equal("must    conforms: 2 passed" in out, True, out)
    equal(report(folder)["levels"]["may"]["outcome"], "does not conform")
    equal("::notice" in report(folder, "github"), True)
    equal(report(folder, "sarif")["runs"][0]["results"][0]["level"], "note")
    equal("b/may" in report(folder, "markdown"), True)
    equal(play(command, folder, "--strict", sick="may")[0], 1)
    equal(play(command, folder, "--fail-fast", "--window", "1", sick="may")[1].count("STOPPED"), 0)
    for level in ("must", "should"):
        equal(play(command, folder, sick=level)[0], 1, level)
        equal(report(folder)["levels"][level]["outcome"], "does not conform")
        equal(report(folder)["levels"]["may"]["outcome"], "conforms")


def recorded_cases_have_a_level(command, source):
    folder = new_suite(command)
    play(command, folder)
    levels = {r["id"]: r["level"] for r in report(folder)["results"]}
    equal([levels["clean-path/%d" % i] for i in range(1, 6)], ["may", "should", "must", "may", "should"])
    equal(play(command, folder, "--level", "may", "--list")[1].split(), ["b/may", "b/twin", "clean-path/1", "clean-path/4"])


def the_suite_judges_its_recordings(command, source):
    """Every recorded case that a curated one judges has its level."""
    golden = os.path.join(source, "golden")
    done = run(command, "run", golden, "--profile", "baseline", "--level", "should", "--list")
    with open(os.path.join(golden, "pipe", "empty.json"), encoding="utf-8") as file:
        curated = json.load(file)
    equal(curated["vector"] in done.stdout.decode().split(), True)
    counts = run(command, "run", golden, "--profile", "baseline", "--level", "must", "--dry-run").stdout.decode().splitlines()[-1]
    equal(200 < int(counts.split()[0]) < int(run(command, "run", golden, "--profile", "baseline", "--dry-run").stdout.decode().splitlines()[-1].split()[0]) * 0.7, True, counts)


def every_report_says_what_was_played(command, source):
    folder = new_suite(command)
    equal(play(command, folder, "--op", "clean-path", "--exclude", "a/must")[0], 0)
    scope = report(folder)["scope"]
    equal((scope["played"], scope["of"], scope["filters"]), (5, 9, "--exclude a/must --op clean-path"))
    equal([(s["version"], len(s["digest"]), s["changed_files"]) for s in scope["suites"]], [("0.1.0", 64, 0)])
    short = "suite 0.1.0 (sha256 %s): 5 of 9 cases (--exclude a/must --op clean-path)" % scope["suites"][0]["digest"][:12]
    for kind in ("html", "tap"):
        equal(short in report(folder, kind), True, kind)
    equal(short.replace("_", "") in report(folder, "markdown").replace("&#95;", "_"), True, "markdown")
    properties = {p.get("name"): p.get("value") for p in ElementTree.parse(os.path.join(folder, "report.junit")).iter("property")}
    equal((properties["scope"], properties["level.may"]), (short, "conforms"))
    equal((report(folder, "badge")["message"], report(folder, "badge")["color"]), ("5/5 of 9 conforms", "green"))
    status, out, _ = play(command, folder, "golden/a", sick="must")
    equal("2 of 9 cases (golden/a)" in out and "2 of 9 cases (golden/a)" in report(folder, "github"), True, out)
    equal(report(folder, "badge")["message"], "1/2 of 9 does not conform")
    play(command, folder)
    equal((report(folder, "badge")["message"], report(folder, "badge")["color"]), ("9/9 conforms", "brightgreen"))
    play(command, folder, lacks="cut")
    equal(report(folder, "badge")["color"], "green", "something was skipped")
    _, out, _ = play(command, folder, "--fail-fast", "--window", "1", sick="must")
    equal("1 of 9 cases" in out and "STOPPED" in out, True, out)


def an_edited_suite_is_no_secret(command, source):
    folder = new_suite(command)
    with open(os.path.join(folder, "golden", "a", "must.json"), "a", encoding="utf-8") as file:
        file.write("\n")
    _, out, _ = play(command, folder)
    equal("; 1 file is not as its manifest says)" in out, True, out)
    shutil.copy(os.path.join(folder, "golden", "a", "must.json"), os.path.join(folder, "golden", "a", "own.json"))
    os.remove(os.path.join(folder, "golden", "b", "may.json"))
    _, out, _ = play(command, folder)
    equal("; 3 files are not as its manifest says)" in out, True, out)
    equal(report(folder)["scope"]["suites"][0]["changed_files"], 3)


def a_run_of_loose_files_counts_them(command, source):
    folder = new_suite()
    loose = os.path.join(folder, "loose.jsonl")
    shutil.copy(os.path.join(folder, "golden", "recorded", "clean-path.jsonl"), loose)
    _, out, _ = play(command, folder, "loose.jsonl", "--op", "oci-to-hcs")
    equal("no suite: 3 of 5 cases (loose.jsonl --op oci-to-hcs)" in out.replace("(--op", "(loose.jsonl --op"), True, out)


def a_case_named_twice_is_played_once(command, source):
    folder = new_suite()
    _, out, _ = play(command, folder, "golden/a/must.json", "golden/a/../a/must.json", "golden/a")
    equal("\n2 cases: 2 passed" in out, True, out)


def a_testee_that_does_not_start_makes_no_totals(command, source):
    folder = new_suite()
    status, out, _ = play(command, folder, mode=("--testee", "/nowhere"))
    equal((status, out.count("\n"), "STOPPED" in out), (3, 1, True), out)


main([nothing_compared_is_never_green, documents_must_be_there, filters_that_name_nothing_are_told,
      a_case_that_cannot_be_read_may_be_the_one, a_may_counts_only_when_strict, recorded_cases_have_a_level,
      the_suite_judges_its_recordings, every_report_says_what_was_played, an_edited_suite_is_no_secret,
      a_run_of_loose_files_counts_them,
      a_case_named_twice_is_played_once, a_testee_that_does_not_start_makes_no_totals])
