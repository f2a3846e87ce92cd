# SPDX-License-Identifier: Apache-2.0
"""hcsproof run --against: what one testee answers otherwise than another, and whose answers were expected."""
import json
import os
import sys
import tempfile

from kit import copied_cases, equal, main, run, with_more_time

# Bugs of testees/planted.py, and the operation that each is in.
PLANTED = {"wrong-value": "clean-path", "wrong-type": "normalize-processor-count", "missing": "oci-to-hcs",
           "extra": "storage-limits", "wrong-order": "sort-mounts", "no-error": "dump-type", "error-instead": "split-path",
           "wrong-code": "dump-count", "wrong-message": "dump-count", "wrong-host-calls": "device-extensions",
           "number-form": "memory-limit", "escape-form": "clean-path"}

CASES = (("a/one", "must", {"ok": {"path": "a"}}), ("a/two", "must", {"ok": {"path": "b"}}),
         ("a/three", "must", {"error": {"message": "no"}, "host_calls": ["stat C:\\"]}))


def new_cases():
    folder = tempfile.mkdtemp()
    with open(os.path.join(folder, "cases.jsonl"), "w", encoding="utf-8") as file:
        for name, level, expect in CASES:
            file.write(json.dumps({"id": name, "title": "the case " + name, "level": level, "op": "clean-path",
                                   "tags": ["path"], "params": {"path": name}, "expect": expect}) + "\n")
    return folder


def testee(source, mode):
    return "'%s' -S -B '%s/conformance/tests/testees/testee.py' %s cases.jsonl a/two" % (sys.executable, source, mode)


def play(command, folder, new, old, *arguments, seconds="100"):
    done = run(command, "run", "cases.jsonl", "--testee", new, "--against", old, "--timeout", seconds, "--compare", "bytes",
               "--errors", "message", *arguments, cwd=folder)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def the_same_agrees(command, source):
    for mode in ("good", "wrong_value"):
        status, told, errors = play(command, new_cases(), testee(source, mode), testee(source, mode))
        equal((status, errors), (0, ""), told)
        equal("3 of 3 cases, compared with testee.py 1\nmust    agrees: 3 passed\n" in told, True, told)


def what_differs_is_found(command, source):
    for new, old in (("wrong_value", "good"), ("good", "wrong_value"), ("no_error", "good"), ("wrong_message", "good"),
                     ("wrong_host_calls", "good"), ("error_instead", "good"), ("number_form", "good"), ("extra", "good")):
        folder = new_cases()
        command_of = {mode: testee(source, mode) for mode in (new, old)}
        if new in ("no_error", "wrong_message", "wrong_host_calls"):
            command_of[new] = command_of[new].replace("a/two", "a/three")
        status, told, _ = play(command, folder, command_of[new], command_of[old])
        equal((status, "must    does not agree: 2 passed, 1 failed" in told), (1, True), new + "\n" + told)


def what_the_cases_expect_is_not_asked(command, source):
    folder = new_cases()
    status, told, _ = play(command, folder, testee(source, "good"), testee(source, "wrong_value"))
    equal((status, "expected" in told, "a/two" in told), (1, True, True), told)


def what_the_old_does_not_answer_is_skipped(command, source):
    def check(mode, reason, seconds="100"):
        status, told, _ = play(command, new_cases(), testee(source, "good"), testee(source, mode), seconds=seconds)
        equal((status, "2 passed, 1 skipped" in told, reason in told), (0, True, True), mode + "\n" + told)

    check("unsupported", "not answered by testee.py 1: unsupported")
    check("dies", "not answered by testee.py 1: ")
    with_more_time(lambda seconds: check("hangs", "not answered by testee.py 1: ", seconds))


def what_the_new_no_longer_does_counts(command, source):
    status, told, _ = play(command, new_cases(), testee(source, "unsupported"), testee(source, "good"))
    equal((status, "(1 of them must)" in told), (1, True), told)
    equal(play(command, new_cases(), testee(source, "dies"), testee(source, "good"))[0], 3)


def nothing_compared_is_never_green(command, source):
    folder = new_cases()
    with open(os.path.join(folder, "cases.jsonl"), encoding="utf-8") as file:
        text = file.read()
    with open(os.path.join(folder, "cases.jsonl"), "w", encoding="utf-8") as file:
        file.write(text.replace("clean-path", "fly"))
    for new, old in ((command + " serve", testee(source, "good")), (testee(source, "good"), command + " serve")):
        status, told, errors = play(command, folder, new, old, "--allow-skip")
        equal((status, "nothing was compared" in errors), (2, True), told + errors)


def an_old_one_that_is_broken_ends_it(command, source):
    for mode in ("no_hello", "silent", "dies_at_once"):
        status, told, errors = play(command, new_cases(), testee(source, "good"), testee(source, mode),
                                    seconds="100" if mode == "dies_at_once" else "2")
        equal((status, told, errors.startswith("hcsproof run: --against: ")), (3, "", True), mode + told + errors)
    for old, status in (("'open", 2), ("there-is-no-such-program", 3)):
        equal(play(command, new_cases(), testee(source, "good"), old)[0], status)


def reports_say_so(command, source):
    folder = new_cases()
    kinds = ("json", "html", "markdown", "junit", "tap", "github", "sarif", "badge")
    reports = [part for kind in kinds for part in ("--report", "%s=report.%s" % (kind, kind))]
    equal(play(command, folder, testee(source, "wrong_value"), testee(source, "good"), *reports)[0], 1)
    texts = {kind: open(os.path.join(folder, "report." + kind), encoding="utf-8").read() for kind in kinds}
    report = json.loads(texts["json"])
    equal((report["scope"]["compared_with"], report["outcome"], report["profile"]), ("testee.py 1", "does not agree", "any"))
    for kind in ("html", "markdown", "junit", "tap", "github"):
        equal("compared with testee.py 1" in texts[kind], True, kind + texts[kind][:500])
    equal("does not agree" in json.loads(texts["badge"])["message"], True)


def a_matrix_says_so(command, source):
    folder = new_cases()
    for name, old in (("before", "good"), ("golden", None)):
        arguments = () if old is None else ("--against", testee(source, old))
        run(command, "run", "cases.jsonl", "--testee", testee(source, "good"), *arguments, "--report", "json=%s.json" % name,
            cwd=folder)
    for others, marked in ((("before.json", "before.json"), False), (("before.json", "golden.json"), True)):
        done = run(command, "matrix", "-o", "matrix.html", *others, cwd=folder)
        equal(done.returncode in (0, 1), True, done.stderr)
        with open(os.path.join(folder, "matrix.html"), encoding="utf-8") as file:
            page = file.read()
        equal(("These reports differ in suite" in page, "any, semantic, compared with testee.py 1" in page), (marked, True))


def report(profile, **verdicts):
    return {"report": 1, "profile": profile, "compare": "semantic", "errors": "any", "status": 0, "outcome": "o",
            "testee": {"name": "t", "version": "1"}, "results": [
                {"id": "a/" + name, "level": "must", "verdict": verdict} for name, verdict in verdicts.items()]}


def a_matrix_of_releases_totals_what_all_compared(command, source):
    """Each release has cases that the others have not: only the common ones tell which testee is better."""
    first, same = report("hcsshim-0.12.9", one="pass", two="fail", three="pass"), report("hcsshim-0.12.9", one="pass")
    other = report("hcsshim-0.13.0", one="pass", two="skip", four="pass", five="fail")
    alone = report("moby-28.5.2", six="pass")
    with tempfile.TemporaryDirectory() as folder:
        for reports, total in (((first, other), "1 of 1"), ((first, same), None), ((first, alone), "-"), ((first,), None)):
            for i, one in enumerate(reports):
                with open(os.path.join(folder, "%d.json" % i), "w", encoding="utf-8") as file:
                    json.dump(one, file)
            done = run(command, "matrix", *("%d.json" % i for i in range(len(reports))), cwd=folder)
            equal(done.returncode, 0, done.stderr)
            page = done.stdout.decode()
            row = page.partition("<tr><td>in all reports</td>")[2].partition("</tr>")[0]
            equal(row.count(">%s</td>" % total), 0 if total is None else len(reports), row)
            for one in reports if total is not None else ():
                equal(page.count('t 1<br><span class="kind">%s</span></th>' % one["profile"]), 3, "in each heading")
            equal(total is not None or "<br><span class=\"kind\">hcsshim-0.12.9</span></th>" not in page, True, page)


def two_releases_of_the_reference(command, source):
    old, new = (command + " serve --profile hcsshim-0." + release for release in ("12.9", "13.0"))
    done = run(command, "run", source + "/golden", "--op", "oci-to-hcs", "--testee", new, "--against", old, "--quiet")
    told = done.stdout.decode()
    equal(done.returncode, 1, told)
    equal("compared with hcsproof " in told and "(hcsshim-0.12.9)" in told, True, told)
    done = run(command, "run", source + "/golden", "--op", "oci-to-hcs", "--testee", old, "--against", old, "--quiet",
               "--compare", "bytes", "--errors", "message")
    equal((done.returncode, "failed" in done.stdout.decode()), (0, False), done.stdout)


def planted_bugs_are_found(command, source):
    planted = "'%s' -S -B '%s/conformance/tests/testees/planted.py' %%s '%s'" % (sys.executable, source, command)
    with tempfile.TemporaryDirectory() as folder:
        for bug, operation in PLANTED.items():
            done = run(command, "run", copied_cases(source, operation, folder), "--testee", planted % bug, "--against",
                       command + " serve", "--profile", "baseline", "--quiet", "--strict", "--compare", "bytes", "--errors", "message")
            equal(done.returncode, 1, bug + "\n" + done.stdout.decode() + done.stderr.decode())
        done = run(command, "run", copied_cases(source, "clean-path", folder), "--testee", planted % "good", "--against",
                   command + " serve", "--profile", "baseline", "--quiet", "--compare", "bytes", "--errors", "message")
    equal(done.returncode, 0, done.stdout)


def recorded(source, op):
    """Cases of one operation: to read the whole suite for each attempt takes longer than to play them."""
    return os.path.join(source, "golden", "recorded", op + ".jsonl")


def fuzz(command, cases, new, old, *arguments):
    folder = tempfile.mkdtemp()
    done = run(command, "fuzz", cases, "--testee", new, "--against", old, "--seed", "1", "--out", "found", *arguments,
               cwd=folder)
    found = []
    for path, _, names in os.walk(os.path.join(folder, "found")):
        for name in names:
            with open(os.path.join(path, name), encoding="utf-8") as file:
                found.append(json.load(file))
    return done.returncode, done.stdout.decode(), done.stderr.decode(), found


def planted_bugs_are_found_by_fuzzing(command, source):
    planted = "'%s' -S -B '%s/conformance/tests/testees/planted.py' %%s '%s'" % (sys.executable, source, command)
    old = command + " serve"
    for bug in PLANTED:
        status, told, errors, found = fuzz(command, recorded(source, PLANTED[bug]), planted % bug, old, "--profile", "baseline",
                                           "--op", PLANTED[bug], "--runs", "400", "--compare", "bytes", "--errors", "message")
        equal((status, len(found) > 0), (1, True), bug + "\n" + told + errors)
        equal({(case["op"], case["profiles"][0], case["source"]) for case in found}, {(PLANTED[bug], "baseline", "fuzzing")})
    status, told, errors, found = fuzz(command, recorded(source, "clean-path"), planted % "good", old, "--profile", "baseline",
                                       "--op", "clean-path", "--runs", "400", "--compare", "bytes", "--errors", "message")
    equal((status, found, errors), (0, [], ""), told)


def releases_are_compared_by_fuzzing(command, source):
    old, new = (command + " serve --profile hcsshim-0." + release for release in ("12.9", "13.0"))
    status, told, errors, found = fuzz(command, source + "/golden", new, old, "--op", "oci-to-hcs", "--runs", "60", "--max-findings", "2")
    equal((status, len(found), errors), (1, 2, ""), told)
    case = next(case for case in found if case["title"].startswith("oci-to-hcs: missing at /v1/LayerFolderPath"))
    equal(("LayerFolderPath" in case["expect"]["ok"]["v1"], "the testee of --against" in case["why"], "profiles" in case),
          (True, True, False), case)
    status, told, errors, found = fuzz(command, source + "/golden", old, old, "--op", "oci-to-hcs", "--runs", "60", "--compare", "bytes")
    equal((status, found, errors), (0, [], ""), told)


def an_old_one_that_is_broken_ends_fuzzing(command, source):
    for old, status, words in (("true", 3, "--against: it did not say hello"), ("/nowhere/at/all", 3, "could not be started"),
                               ("'open", 2, "quote")):
        got, told, errors, found = fuzz(command, source + "/golden", command + " serve", old, "--op", "clean-path", "--runs", "50")
        equal((got, found, words in errors), (status, [], True), told + errors)


main([planted_bugs_are_found_by_fuzzing, releases_are_compared_by_fuzzing, an_old_one_that_is_broken_ends_fuzzing, the_same_agrees, what_differs_is_found, what_the_cases_expect_is_not_asked, what_the_old_does_not_answer_is_skipped,
      what_the_new_no_longer_does_counts, nothing_compared_is_never_green, an_old_one_that_is_broken_ends_it,
      reports_say_so, a_matrix_says_so, a_matrix_of_releases_totals_what_all_compared, two_releases_of_the_reference, planted_bugs_are_found])
