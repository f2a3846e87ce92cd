# SPDX-License-Identifier: Apache-2.0
"""hcsproof record: a testee's own answers as cases that play at once, whatever the testee is like."""
import json
import os
import sys
import tempfile

from kit import as_baseline, equal, lines_of, main, one_line, run, with_more_time

CASES = (("a/one", {"ok": {"path": "a"}}), ("a/two", {"ok": {"path": "b"}}),
         ("a/three", {"error": {"message": "no"}, "host_calls": ["stat C:\\"]}), ("a/four", {"ok": {"path": "<&>\u00e9"}}))


def new_cases():
    folder = tempfile.mkdtemp()
    with open(os.path.join(folder, "cases.jsonl"), "w", encoding="utf-8") as file:
        for name, expect in CASES:
            file.write(json.dumps({"id": name, "title": "the case " + name, "level": "should", "op": "clean-path",
                                   "tags": ["path"], "params": {"path": name}, "expect": expect}) + "\n")
    return folder


def testee(source, mode, *more):
    return " ".join(("'%s' -S -B" % sys.executable, "'%s/conformance/tests/testees/testee.py'" % source, mode, "cases.jsonl", *more))


def record(command, folder, who, *arguments, seconds="100"):
    done = run(command, "record", "cases.jsonl", "--testee", who, "-o", "mine.jsonl", "--timeout", seconds, *arguments, cwd=folder)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def written(folder):
    path = os.path.join(folder, "mine.jsonl")
    return lines_of(path) if os.path.exists(path) else None


def play(command, folder, who, *arguments):
    done = run(command, "run", "mine.jsonl", "--testee", who, "--compare", "bytes", "--errors", "message",
               *(arguments if who.startswith(command) else as_baseline(arguments)), cwd=folder)
    return done.returncode, done.stdout.decode()


def what_it_says_is_written(command, source):
    folder = new_cases()
    status, told, errors = record(command, folder, testee(source, "good"))
    equal((status, errors), (0, ""))
    equal("mine.jsonl: 4 of 4 answers recorded, 0 unsupported, 0 broken\n" in told, True, told)
    equal(os.listdir(folder).count("mine.jsonl"), 1)
    equal(sorted(os.listdir(folder)), ["cases.jsonl", "mine.jsonl"])
    cases = written(folder)
    equal([case["id"] for case in cases], [name for name, _ in CASES])
    equal(cases[0], {"id": "a/one", "title": "the case a/one", "level": "should", "op": "clean-path", "tags": ["path"],
                     "source": "recorded", "params": {"path": "a/one"}, "expect": {"ok": {"path": "a"}}})
    equal(cases[2]["expect"], {"error": {"code": "x", "message": "no"}, "host_calls": ["stat C:\\"]})
    equal(cases[3]["expect"], {"ok": {"path": "<&>\u00e9"}, "text": '{"path":"<&>\u00e9"}'})
    equal(play(command, folder, testee(source, "good"))[0], 0)


def a_wrong_answer_is_its_own(command, source):
    folder = new_cases()
    equal(record(command, folder, testee(source, "wrong_value", "a/two"))[0], 0)
    equal(play(command, folder, testee(source, "wrong_value", "a/two"))[0], 0)
    status, told = play(command, folder, testee(source, "good"))
    equal((status, "3 passed, 1 failed" in told, "FAIL" in told and "a/two" in told), (1, True, True), told)


def what_it_leaves_out_is_told(command, source):
    def check(mode, verdict, status, seconds="100"):
        folder = new_cases()
        got, told, _ = record(command, folder, testee(source, mode, "a/two"), seconds=seconds)
        equal((got, "3 of 4 answers recorded, " + verdict in told), (status, True), mode + "\n" + told)
        equal([case["id"] for case in written(folder)], ["a/one", "a/three", "a/four"], mode)

    check("unsupported", "1 unsupported, 0 broken", 0)
    check("dies", "0 unsupported, 1 broken", 3)
    with_more_time(lambda seconds: check("hangs", "0 unsupported, 1 broken", 3, seconds))


def a_must_that_is_left_out_counts(command, source):
    folder = new_cases()
    path = os.path.join(folder, "cases.jsonl")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace('"should"', '"must"'))
    equal(record(command, folder, testee(source, "unsupported", "a/two"))[0], 1)
    equal(record(command, folder, testee(source, "unsupported", "a/two"), "--allow-skip")[0], 0)


def nothing_replaces_an_earlier_recording(command, source):
    for mode, status in (("no_hello", 3), ("silent", 3), ("dies_at_once", 3), ("some_ops", 2)):
        folder = new_cases()
        with open(os.path.join(folder, "mine.jsonl"), "w", encoding="utf-8") as file:
            file.write('{"old": true}\n')
        if mode == "some_ops":
            with open(os.path.join(folder, "cases.jsonl"), encoding="utf-8") as file:
                text = file.read().replace("clean-path", "fly")
            with open(os.path.join(folder, "cases.jsonl"), "w", encoding="utf-8") as file:
                file.write(text)
        got, told, errors = record(command, folder, testee(source, mode), seconds="2" if mode in ("no_hello", "silent") else "100")
        equal((got, written(folder)), (status, [{"old": True}]), mode + told + errors)
        equal(sorted(os.listdir(folder)), ["cases.jsonl", "mine.jsonl"])


def releases_are_its_evidence(command, source):
    folder = new_cases()
    serve = command + " serve --profile hcsshim-0.12.9"
    done = run(command, "record", source + "/golden/cpu", source + "/golden/recorded/oci-to-hcs.jsonl", "--testee", serve,
               "-o", "mine.jsonl", "--quiet", "--allow-skip", cwd=folder)
    equal((done.returncode, done.stderr), (0, b""), done.stdout)
    for case in written(folder):
        equal((case["profiles"], case["recorded"]), (["hcsshim =0.12.9"], ["hcsshim-0.12.9"]))
    last = done.stdout.decode().splitlines()[-1]
    equal(last.endswith(" --profile hcsshim-0.12.9"), True, last)
    equal(play(command, folder, serve, "--profile", "hcsshim-0.12.9")[0], 0)


def the_reference_as_it_is_plays_at_once(command, source):
    folder = new_cases()
    serve = command + " serve"
    done = run(command, "record", source + "/golden/mounts", "--testee", serve, "-o", "mine.jsonl", "--quiet", cwd=folder)
    equal((done.returncode, {case["profiles"][0] for case in written(folder)}), (0, {"hcsshim =0.15.0-rc.3"}), done.stdout)
    equal(play(command, folder, serve)[0], 0)


def what_cannot_be_written_is_told(command, source):
    folder = new_cases()
    for arguments, status, word in ((("-o", "gone/mine.jsonl"), 4, "gone/mine.jsonl: "), ((), 2, "-o")):
        done = run(command, "record", "cases.jsonl", "--testee", testee(source, "good"), *arguments, cwd=folder)
        equal(done.returncode, status)
        one_line(done.stderr, "hcsproof record: ", word)
    done = run(command, "record", "cases.jsonl", "-o", "mine.jsonl", cwd=folder)
    equal((done.returncode, written(folder)), (2, None))
    one_line(done.stderr, "give --testee")


def a_dash_is_standard_output(command, source):
    done = run(command, "record", "cases.jsonl", "--testee", testee(source, "good"), "-o", "-", cwd=new_cases())
    equal((done.returncode, len([json.loads(line) for line in done.stdout.splitlines()])), (0, 4))
    equal(b"standard output: 4 of 4 answers recorded" in done.stderr, True, done.stderr)


main([what_it_says_is_written, a_wrong_answer_is_its_own, what_it_leaves_out_is_told, a_must_that_is_left_out_counts,
      nothing_replaces_an_earlier_recording, releases_are_its_evidence, the_reference_as_it_is_plays_at_once,
      what_cannot_be_written_is_told, a_dash_is_standard_output])
