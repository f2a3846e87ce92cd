#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""hcsproof fuzz: every bug that is planted in a testee is found, made small and written as a case that shows it; the
reference has none; a seed tells it all."""
import concurrent.futures
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

from kit import PATIENCE, equal, main, one_line, run, wait_for, with_more_time

HCSPROOF, SOURCE = sys.argv[1], sys.argv[2]
PLANTED = os.path.join(SOURCE, "conformance", "tests", "testees", "planted.py")
GOLDEN = os.path.join(SOURCE, "golden")
FOLDER = tempfile.mkdtemp(prefix="hcsproof-fuzz-")
SERVE = "'%s' serve" % HCSPROOF


def testee(mode):
    return "%s -S -B '%s' %s '%s'" % (sys.executable, PLANTED, mode, HCSPROOF)


def fuzz(*arguments, out=None, limit=PATIENCE):
    out = out or tempfile.mkdtemp(dir=FOLDER)
    arguments = arguments if "--timeout" in arguments else ("--timeout", "100", *arguments)
    done = run(HCSPROOF, "fuzz", *arguments, "--out", out, timeout=limit, cwd=SOURCE,
               env=dict(os.environ, NO_COLOR="1"), stdin=b"")
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace"), out


def cases_in(folder):
    """The cases below a folder, by their path."""
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            with open(path, encoding="utf-8") as file:
                found[os.path.relpath(path, folder)] = json.load(file)
    return found


def expect(condition, text):
    if not condition:
        raise AssertionError(text)


# ---- planted bugs ------------------------------------------------------------------------------------------------

# Mode: operations that are fuzzed, further options, what is told, and the smallest params that show it where there is
# one answer to that. Those without a file are breaches that no single question answers for.
STRICT = ["--compare", "bytes"]
# Where waiting is what is found, which with_more_time says how long, once is enough.
HANG = ["--window", "1", "--max-findings", "1", "--attempts", "0"]
BUGS = {
    "wrong-value": (["clean-path"], [], "value at /path", {"path": ".."}),
    "wrong-type": (["normalize*"], [], "type at /count", None),
    "missing": (["oci-to-hcs"], [], "missing at /v2/MappedPipes", None),
    "extra": (["storage-limits"], [], "extra at /zzz", None),
    "wrong-order": (["sort-mounts"], [], "order at /mounts", None),
    "no-error": (["dump-type"], [], "no error: dump-type", None),
    "error-instead": (["split-path"], [], "error: no drives here", {"path": ":"}),
    "wrong-code": (["dump-count"], ["--errors", "code"], "code: dump-count, oops", None),
    "wrong-message": (["dump-count"], ["--errors", "message"], "message: dump-count, x", None),
    "wrong-host-calls": (["device-extensions"], [], "extra at /host_calls/*", None),
    "number-form": (["memory-limit"], STRICT, "number form at /mb", None),
    "escape-form": (["clean-path"], STRICT, "escape at /path", {"path": "a"}),
    "dies": (["join-path"], ["--max-findings", "1"], "the testee was ended by signal 11", {"parts": [".."]}),
    "dies-after-answer": (["join-path"], ["--runs", "60"], "BREACH the testee exited with status 4", None),
    "hangs": (["split-path"], HANG, "timeout", None),
    "floods-stderr-forever": (["split-path"], HANG, "timeout", None),
    "wrong-id": (["split-path"], HANG, "timeout", None),
    "floods-stdout": (["split-path"], ["--max-findings", "1"], "protocol", {"path": "?"}),
    "floods-frames": (["split-path"], ["--max-findings", "1"], "protocol", {"path": "?"}),
    "endless-line": (["split-path"], ["--max-answer", "1M", "--max-findings", "1"], "too-large", {"path": "?"}),
    "bad-json": (["is-named-pipe"], ["--max-findings", "1"], "protocol", {"path": "/"}),
    "bad-utf8": (["is-named-pipe"], [], "not-utf8", {"path": "/"}),
    "no-answer-in-frame": (["is-named-pipe"], [], "protocol", {"path": "/"}),
    "two-answers-in-frame": (["is-named-pipe"], [], "protocol", {"path": "/"}),
    "duplicate-id": (["is-named-pipe"], [], "BREACH the testee answered question", None),
    "unknown-id": (["is-named-pipe"], [], "BREACH the testee answered question 777777777", None),
    "exits-nonzero": (["is-named-pipe"], [], "BREACH the testee exited with status 7", None),
}
RUNS = "300"


def check_form(folder):
    """The only complaints are that the drafts are drafts."""
    equal(run(HCSPROOF, "golden", "fmt", "--check", "--suite", folder).returncode, 0, "canonical form")
    done = run(HCSPROOF, "golden", "lint", "--suite", folder)
    complaints = [line.rsplit("[", 1)[1] for line in done.stderr.decode().splitlines()]
    equal(set(complaints), {"upstream-missing]", "source-form]"}, done.stderr)


def again_options(options):
    """Those that hcsproof run has too."""
    pairs = zip(options[::2], options[1::2])
    return [word for pair in pairs if pair[0] not in ("--max-findings", "--attempts", "--runs") for word in pair]


def check_bug(mode):
    operations, options, told, smallest = BUGS[mode]
    if options is HANG:
        return with_more_time(lambda seconds: check(mode, operations, [*HANG, "--timeout", seconds], told, smallest))
    return check(mode, operations, options, told, smallest)


def check(mode, operations, options, told, smallest):
    named = [word for operation in operations for word in ("--op", operation)]
    # Their recorded cases alone: to read the whole suite for each bug takes longer than to find it.
    files = [file for operation in operations for file in glob.glob(os.path.join(GOLDEN, "recorded", operation + ".jsonl"))]
    started = time.monotonic()
    status, output, out = fuzz(*files, "--testee", testee(mode), *named, "--seed", "3", "--runs", RUNS, *options)
    equal(status, 1, "%s: %s" % (mode, output))
    cases = cases_in(out)
    if told.startswith("BREACH"):
        expect(told in output, "%s: no %r in %s" % (mode, told, output))
        return "%s (%.1f s)" % (mode, time.monotonic() - started)
    found = [case for case in cases.values() if case["title"].split(": ", 1)[1].startswith(told)]
    equal(len(found), 1, "%s: %s %s" % (mode, sorted(cases), output))
    if smallest is not None:
        equal(found[0]["params"], smallest, mode)
    check_form(out)
    # Each of them shows it again.
    again = run(HCSPROOF, "run", out, "--testee", testee(mode), *again_options(options))
    expect(again.returncode in (1, 3) and b": 0 passed" in again.stdout, "%s: %s" % (mode, again.stdout))
    return "%s (%.1f s)" % (mode, time.monotonic() - started)


def every_planted_bug_is_found(*_):
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        # Those that wait come first: the others are played meanwhile.
        for line in pool.map(check_bug, sorted(BUGS, key=lambda mode: BUGS[mode][1] is not HANG)):
            print("     ", line)


# ---- the rest -----------------------------------------------------------------------------------------------------

def the_reference_differs_in_nothing_from_itself(*_):
    status, output, out = fuzz("--testee", SERVE, "--seed", "1", "--runs", "1500", "--compare", "bytes", "--errors",
                               "message")
    equal(status, 0, output)
    expect("1500 cases: 1500 passed; " in output and "repro: hcsproof fuzz --testee" in output, output)
    equal(cases_in(out), {})
    status, output, _ = fuzz("--testee", testee("good"), "--seed", "1", "--runs", "300")
    equal(status, 0, output)


def same_seed_same_findings(*_):
    options = ["--testee", testee("wrong-value"), "--seed", "5", "--runs", "400", "--op", "*-path"]
    first = cases_in(fuzz(*options)[2])
    expect(first, "nothing was found")
    equal(cases_in(fuzz(*options)[2]), first)
    equal(cases_in(fuzz(*options, "--window", "3", "--jobs", "2")[2]), first, "whatever the timing")
    options[3] = "6"
    expect("seed 6\n" in fuzz(*options)[1], "the seed is printed")


def a_time_stops_it_and_its_runs_repeat_it(*_):
    for seconds in 0.5, 4, 32: # on a busy machine, the sanitizers let few inputs through in half a second
        status, output, out = fuzz("--testee", testee("wrong-value"), "--op", "clean-path", "--time", str(seconds), "--seed", "9")
        if status != 0:
            break
    equal(status, 1, output)
    repro = [line for line in output.splitlines() if line.startswith("repro: hcsproof fuzz")][0].split()
    status, output, again = fuzz("--testee", testee("wrong-value"), "--op", "clean-path", *repro[repro.index("--seed"):])
    equal(cases_in(again), cases_in(out))


def what_is_there_is_left_alone(*_):
    options = ["--testee", testee("wrong-value"), "--seed", "3", "--runs", RUNS, "--op", "clean-path"]
    _, _, out = fuzz(*options)
    path = os.path.join(out, *[name for name in cases_in(out)][:1])
    with open(path, "w", encoding="utf-8") as file:
        file.write("{}")
    status, output, _ = fuzz(*options, out=out)
    equal(status, 1)
    expect("(already there; left unchanged)" in output, output)
    with open(path, encoding="utf-8") as file:
        equal(file.read(), "{}")
    equal(os.listdir(os.path.dirname(path)), [os.path.basename(path)])


def cases_are_where_it_starts(*_):
    path = os.path.join(FOLDER, "one.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"op": "clean-path", "params": {"path": "a"}, "expect": {"ok": {"path": "a"}}}, file)
    status, output, _ = fuzz(path, "--testee", SERVE, "--runs", "50", "--op", "clean-path")
    equal(status, 0, output)
    with open(path, "w", encoding="utf-8") as file:
        file.write("{")
    status, output, _ = fuzz(path, "--testee", SERVE, "--runs", "50", "--op", "clean-path")
    equal(status, 4, output)
    expect("one.json" in output, output)


def one_question_is_one_case(*_):
    """An answer that is wrong at six places is one question, told once in full and written down once."""
    path = os.path.join(FOLDER, "six-places.py")
    with open(path, "w", encoding="utf-8") as file:
        file.write('import json, sys\n'
                   'print(json.dumps({"hello": {"protocol": 1, "name": "x", "version": "1"}}), flush=True)\n'
                   'sys.stdin.readline()\n'
                   'for line in sys.stdin:\n'
                   '    print(json.dumps({"id": json.loads(line)["id"], "ok": dict.fromkeys(["base", "dir", "is_abs", '
                   '"split_dir", "split_file", "volume"], 5)}), flush=True)\n')
    status, output, out = fuzz("--testee", "%s -S -B '%s'" % (sys.executable, path), "--op", "split-path", "--runs", "50",
                               "--seed", "1")
    equal(status, 1, output)
    equal(len(cases_in(out)), 1, output)
    equal((output.count("asked:"), output.count("the same question as split-path/")), (1, 5), output)


def few_kinds_are_enough(*_):
    status, output, out = fuzz("--testee", "sh '%s'" % empty_answers(), "--runs", "3000", "--seed", "1",
                               "--max-findings", "3", "--attempts", "0")
    equal(status, 1, output)
    equal(len(cases_in(out)), 3)
    expect("stopped after 3 kinds of difference" in output, output)


def empty_answers():
    """A testee that answers {} to everything."""
    path = os.path.join(FOLDER, "empty.sh")
    with open(path, "w", encoding="utf-8") as file:
        file.write('read a\necho \'{"hello":{"protocol":1}}\'\n'
                   'while read -r a; do a=${a#*:}; echo "{\\"id\\":${a%%,*},\\"ok\\":{}}"; done\n')
    return path


def testees_that_are_none(*_):
    for command, says, patience in (("/nowhere/at/all", "could not be started", "100"),
                                    ("sh -c 'exit 9'", "it exited with status 9", "100"),
                                    ("echo hi", "the first line is not JSON", "100"),
                                    ("sh -c 'sleep 600'", "it gave no answer within 0.3 s", "0.3")):
        status, output, out = fuzz("--testee", command, "--runs", "10", "--timeout", patience)
        equal(status, 3, output)
        expect(says in output, "no %r in %s" % (says, output))
        equal(cases_in(out), {})
    status, output, _ = fuzz("--testee", testee("unsupported"), "--runs", "50", "--op", "is-named-pipe")
    equal(status, 2, output)
    expect("the testee supports none of the operations" in output, output)
    status, output, _ = fuzz("--testee", testee("unsupported"), "--runs", "200", "--op", "is-*", "--op", "clean-*")
    equal(status, 0, output)
    expect("\nskipped by the testee: is-named-pipe\n" in output and "\nis-named-pipe " not in output, output)


def wrong_use_is_told(*_):
    for arguments, parts in ((["--runs", "1"], ["give --testee COMMAND"]),
                             (["--testee", "x", "--op", "clean-pth"], ["clean-pth", "did you mean 'clean-path'"]),
                             (["--testee", "x", "--seed", "-1"], ["--seed"]),
                             (["--testee", "x", "--seed", "4294967296"], ["--seed"]),
                             (["--testee", "x", "--seed", ""], ["--seed"]),
                             (["--testee", "x", "--runs", "0"], ["runs"]),
                             (["--testee", "x", "--time", "0"], ["time"]),
                             (["--testee", "x", "--compare", "loose"], ["loose"]),
                             (["--testee", "'x"], ["quote"]),
                             (["/no/such/cases", "--testee", "x"], ["/no/such/cases", "no such file"])):
        done = run(HCSPROOF, "fuzz", *arguments)
        equal(done.returncode, 2, arguments)
        one_line(done.stderr, *parts)
    blocked = os.path.join(FOLDER, "blocked")
    with open(blocked, "w", encoding="utf-8"):
        pass
    status, output, _ = fuzz("--testee", "sh '%s'" % empty_answers(), "--runs", "20", "--op", "clean-path", out=blocked)
    equal(status, 4, output)
    expect("hcsproof fuzz: " in output and "blocked/clean-path/" in output, output)


def an_interruption_loses_nothing(*_):
    out = tempfile.mkdtemp(dir=FOLDER)
    asked = os.path.join(out, "..", "asked")
    command = 'sh -c "tee %s | %s"' % (asked, testee("wrong-value"))
    process = subprocess.Popen([HCSPROOF, "fuzz", "--testee", command, "--op", "clean-path", "--time", "900", "--out", out],
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=SOURCE)
    wait_for(lambda: os.path.exists(asked) and os.path.getsize(asked) > 100000)  # hundreds of questions
    process.terminate()
    output = process.communicate(timeout=PATIENCE)[0].decode()
    equal(process.returncode, -15, output)
    equal(len(cases_in(out)), 1, output)
    expect("it was not asked again" in output and "repro: hcsproof fuzz" in output, output)


if __name__ == "__main__":
    if os.name != "posix":
        sys.exit(77)
    os.chdir(SOURCE)  # the suite
    try:
        main([every_planted_bug_is_found, the_reference_differs_in_nothing_from_itself, same_seed_same_findings,
              a_time_stops_it_and_its_runs_repeat_it, what_is_there_is_left_alone, cases_are_where_it_starts,
              one_question_is_one_case, few_kinds_are_enough, testees_that_are_none, wrong_use_is_told, an_interruption_loses_nothing])
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
