#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""hcsproof run against testees that misbehave in every way: verdict, exit status, bounded time and memory, and no
process left behind."""
import concurrent.futures
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from kit import PATIENCE, as_baseline, wait_for, with_more_time

HCSPROOF, SOURCE = sys.argv[1], sys.argv[2]
TESTS = os.path.join(SOURCE, "conformance", "tests")
FOLDER = tempfile.mkdtemp(prefix="hcsproof-runner-")
CASES = "cases.jsonl"
TESTEE = os.path.join(TESTS, "testees", "testee.py")
failures = []
checks = []


def new_folder():
    """A folder of a check's own: its path in a command line tells whose process it is."""
    folder = tempfile.mkdtemp(dir=FOLDER)
    shutil.copy(os.path.join(TESTS, "data", CASES), folder)
    os.makedirs(os.path.join(folder, "documents", "echo"))
    return folder


def processes(folder):
    """The command lines that belong to a check and are still alive."""
    marks = (folder, "sleep " + left_behind(folder))
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/%s/cmdline" % pid, "rb") as file:
                line = file.read().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        if any(mark in line for mark in marks):
            found.append(line)
    return found


def left_behind(folder):
    """How long the children sleep that a testee leaves: a number of the check's own."""
    return "3%d.%d" % (sum(map(ord, folder)), os.getpid())


def environment(folder):
    return dict(os.environ, LEFT_BEHIND=left_behind(folder), NO_COLOR="1", FOLDER=folder)


def command(mode, target=""):
    return "%s -S -B '%s' %s '{folder}/%s' %s" % (sys.executable, TESTEE, mode, CASES, target)


def run(folder, arguments):
    done = subprocess.run([HCSPROOF, "run", *as_baseline([a.replace("{folder}", folder) for a in arguments])], capture_output=True,
                          env=environment(folder), timeout=PATIENCE, cwd=folder, stdin=subprocess.DEVNULL)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


def left_by(folder):
    """The processes that stay. What was killed is gone in a moment, which is longer on a busy machine; what is not
    would stay for minutes."""
    end = time.monotonic() + 60
    while processes(folder) and time.monotonic() < end:
        time.sleep(0.05)
    return processes(folder)


def carry_out(name, arguments, status, texts, without, prepare):
    """Runs, and compares exit status and output; returns what to print, and what is wrong."""
    problems = []

    def once(seconds):
        line, problem = with_limit(name, [seconds if a == SHORT else a for a in arguments], status,
                                   [text.replace("SECONDS", seconds) for text in texts], without, prepare)
        problems[:] = [problem] if problem else []
        assert problem is None, problem
        return line

    try:
        return with_more_time(once) if SHORT in arguments else once(PATIENT), None
    except AssertionError:
        return "not ok " + name, problems[0]


def with_limit(name, arguments, status, texts, without, prepare):
    folder = new_folder()
    if prepare is not None:
        prepare(folder)
    started = time.monotonic()
    try:
        got, output = run(folder, arguments)
    except subprocess.TimeoutExpired:
        return "not ok " + name, "%s: not over after %d s" % (name, PATIENCE)
    problems = []
    if got != status:
        problems.append("exit status %d, not %d" % (got, status))
    problems += ["no %r in its output" % text for text in texts if text not in output]
    problems += ["%r in its output" % text for text in without if text in output]
    problems += ["left behind: " + line for line in left_by(folder)]
    line = "%s %s (%.1f s)" % ("not ok" if problems else "ok", name, time.monotonic() - started)
    return line, "%s: %s\n%s" % (name, "; ".join(problems), output[-3000:]) if problems else None


def check(name, arguments, status, *texts, without=(), prepare=None):
    checks.append((name, arguments, status, texts, without, prepare))


# Seconds that the runner waits: short only where waiting is what is tested, for a busy machine may take long to
# start a testee.
SHORT, PATIENT = "as few as will do", "100"
HANGING = {"no-hello", "silent", "hangs", "ignores-sigterm", "always-hangs", "never-reads", "floods-stderr-forever",
           "wrong-id", "does-not-end", "one-shot-hangs"}


def waiting(mode):
    return ["--timeout", SHORT if mode in HANGING else PATIENT]


def play(mode, target, status, *texts, extra=(), **more):
    check(mode, [CASES, *waiting(mode), "--testee", command(mode, target), *extra], status, *texts, **more)


STRICT = ["--compare", "bytes", "--errors", "message"]
GIVEN_UP = "STOPPED the testee was abandoned"

# Right answers, and wrong ones of each kind.
play("good", "", 0, "8 cases: 8 passed")
play("good", "", 0, "8 cases: 8 passed", extra=["--jobs", "3", "--window", "1"])
play("out-of-order", "", 0, "8 cases: 8 passed")
play("mixed-up", "echo/three", 1, "FAIL   echo/three: /a: [1,2,{\"b\":3}], expected 1 (and 1 more difference)", "/c  extra", "7 passed, 1 failed")
play("wrong-value", "echo/one", 1, "FAIL   echo/one: /a/2/b: 4, expected 3", "asked: {\"n\":1}", "/a/2/b  value", "expected 3", "actual   4",
     "repro: hcsproof run cases.jsonl --id echo/one --testee", "7 passed, 1 failed")
play("wrong-type", "echo/one", 1, "/a  type")
play("missing", "echo/one", 1, "/a  missing", "(nothing)")
play("extra", "echo/one", 1, "/zzz  extra")
play("wrong-order", "echo/one", 1, "/a  order")
play("no-error", "fail/one", 1, "FAIL   fail/one: a result where an error was expected: it cannot be")
play("error-instead", "echo/one", 1, "FAIL   echo/one: an error where a result was expected: cannot")
play("wrong-message", "fail/one", 0)
play("wrong-message", "fail/one", 1, "the error has a different message", "/error/message  value",
     extra=["--errors", "message"])
play("wrong-host-calls", "host/one", 1, "the questions to the host differ", "/host_calls/0  value")
play("number-form", "text/one", 0)
play("number-form", "text/one", 1, "/n  number form", "the texts first differ at byte 6", extra=["--id", "text/*", *STRICT])
play("escape-form", "text/one", 0)
play("escape-form", "text/one", 1, "/s  escape", extra=["--id", "text/*", *STRICT])

# Skipped is not passed.
play("unsupported", "echo/one", 1, "7 passed, 1 skipped (1 of them must)", without=["FAIL"])
play("unsupported", "echo/one", 0, extra=["--allow-skip"])
play("unsupported", "echo/three", 0, "1 skipped")
play("some-ops", "", 1, "4 passed, 4 skipped (3 of them must)")

# Broken from the start.
play("no-hello", "", 3, "STOPPED the testee did not say hello: it gave no answer within SECONDS s (--timeout); does it flush its standard output?")
play("silent", "", 3, "STOPPED the testee did not say hello")
play("wrong-version", "", 3, "it speaks protocol version 2, and this kit version 1")
play("babble-hello", "", 3, "the first line is not JSON", "Starting up...")
play("dies-at-once", "", 3, "it exited with status 9", "cannot find my configuration")
check("not there", [CASES, "--testee", "/nowhere/at/all"], 3, "could not be started: /nowhere/at/all: No such file")

# Broken on the way: the right case gets the blame, and the others pass.
ONE_BROKEN = "7 passed, 1 broken"
play("dies", "echo/two", 3, "BROKEN echo/two: the testee was ended by signal 11", "| about to crash", ONE_BROKEN)
play("dies-buffered", "echo/three", 3, "BROKEN echo/three: the testee exited with status 3", ONE_BROKEN)
play("dies-after-answer", "echo/two", 3, "BREACH the testee exited with status 4", "8 passed")
play("hangs", "echo/two", 3, "BROKEN echo/two: the testee gave no answer within SECONDS s", ONE_BROKEN)
play("ignores-sigterm", "echo/two", 3, "BROKEN echo/two: the testee gave no answer within SECONDS s", ONE_BROKEN)
play("always-hangs", "", 3, GIVEN_UP)
play("never-reads", "", 3, GIVEN_UP)
play("floods-stderr", "echo/two", 0, "8 passed")
play("floods-stderr-forever", "echo/two", 3, "BROKEN echo/two: the testee gave no answer", "| xxx", ONE_BROKEN)
play("floods-stdout", "echo/two", 3, "BROKEN echo/two: the testee wrote a line that is not an answer", "lorem ipsum",
     ONE_BROKEN)
play("floods-frames", "echo/two", 3, "BROKEN echo/two: the testee answered questions that it was not asked",
     ONE_BROKEN)
play("endless-line", "echo/two", 3, "BROKEN echo/two: the testee wrote a line of more than 16777216 bytes", ONE_BROKEN)
play("huge-answer", "echo/two", 3, "BROKEN echo/two: the testee wrote a line of more than 16777216 bytes", ONE_BROKEN)
play("bad-json", "echo/two", 3, "BROKEN echo/two: the testee wrote a line that is not an answer", ONE_BROKEN)
play("bad-utf8", "echo/two", 3, "BROKEN echo/two: the answer is not UTF-8", ONE_BROKEN)
play("deep", "echo/two", 3, "BROKEN echo/two: the testee wrote a line that is not an answer", "nest deeper", ONE_BROKEN)
play("no-answer-in-frame", "echo/two", 3, "BROKEN echo/two: the answer breaks the protocol", ONE_BROKEN)
play("two-answers-in-frame", "echo/two", 3, "BROKEN echo/two: the answer breaks the protocol", ONE_BROKEN)
play("duplicate-id", "echo/two", 3, "BREACH the testee answered question 2 twice", "8 passed")
play("unknown-id", "echo/two", 3, "BREACH the testee answered question 777777, which it was never asked", "8 passed")
play("wrong-id", "echo/two", 3, "BROKEN echo/two: the testee gave no answer", ONE_BROKEN)
play("exits-nonzero", "", 3, "BREACH the testee exited with status 7 after its standard input was closed", "8 passed")
play("does-not-end", "", 3, "BREACH the testee did not end when its standard input was closed", "8 passed")
play("leaves-child", "", 0, "8 passed")

# A command a case.
def shot(mode, status, *texts, extra=()):
    check(mode, [CASES, *waiting(mode), "--one-shot", command(mode), *extra], status, *texts)


shot("one-shot-good", 0, "8 passed")
shot("one-shot-good", 0, "8 passed", extra=["--jobs", "2", "--errors", "message"])
shot("one-shot-skips", 2, "8 skipped", "nothing was compared")
shot("one-shot-dies", 3, "BROKEN echo/one: the command was ended by signal 11", "8 broken")
shot("one-shot-hangs", 3, "BROKEN echo/one: the command did not end within SECONDS s", "STOPPED the command was abandoned")
shot("one-shot-floods", 3, "BROKEN echo/one: the command wrote more than 16777216 bytes", extra=["--id", "*/one"])
shot("one-shot-babbles", 3, "BROKEN echo/one: what it wrote is not JSON")

# What is played.
GOOD = ["--timeout", PATIENT, "--testee", command("good")]
check("id", [CASES, "--id", "fail/*", *GOOD], 0, "2 cases: 2 passed")
check("exclude", [CASES, "-x", "fail/*", *GOOD], 0, "6 cases: 6 passed")
check("tags", [CASES, "--tags", "a and not b", *GOOD], 0, "1 case: 1 passed")
check("area", [CASES, "--area", "host", *GOOD], 0, "1 case: 1 passed")
check("level", [CASES, "--level", "should", "--level", "may", *GOOD], 0, "2 cases: 2 passed")
check("profile", [CASES, "--profile", "hcsshim-0.13.0", *GOOD], 0, "2 cases: 2 passed")
check("op", [CASES, "--op", "refuse", *GOOD], 0, "2 cases: 2 passed")
check("no match", [CASES, "--id", "nothing*", *GOOD], 2, "--id nothing*: no case has this id")
check("no match, listed", [CASES, "--id", "nothing*", "--list"], 2, "--id nothing*: no case has this id")
check("list", [CASES, "--tags", "a", "--list"], 0, "echo/one\necho/two\n")
check("dry run", [CASES, "--dry-run"], 0, "8 cases match; nothing was played")
check("bad tags", [CASES, "--tags", "a and (b", *GOOD], 2, "a closing parenthesis is missing")
check("no file", ["/nowhere.jsonl", *GOOD], 2, "/nowhere.jsonl: no such file or folder")
check("no testee", [CASES], 2, "give one of --testee, --one-shot or --documents")
check("report folder", [CASES, "--report", "json=" + os.path.dirname(os.path.abspath(CASES)), *GOOD], 4, ": is a folder, not a file")
check("open quote", [CASES, "--testee", "'x"], 2, "a quote is not closed")
check("fail fast", [CASES, "--window", "1", "--fail-fast", "--testee", command("some-ops", "")], 1,
      "4 skipped")
check("max fail", [CASES, "--window", "1", "--max-fail", "1", "--testee", command("missing", "echo/one")], 1,
      "STOPPED enough cases failed")

# Files that were produced earlier.
def write_documents(folder):
    for name, text in (("one", '{"c":"x","a":[1,2,{"b":3}]}'), ("two", '{"ok":{"a":null,"c":"z"}}'), ("three", "{")):
        with open(os.path.join(folder, "documents", "echo", name + ".json"), "w") as file:
            file.write(text)


check("documents", [CASES, "--documents", "documents", "--area", "echo"], 3, "1 passed, 1 failed, 1 broken, 1 skipped",
      "/c  value", "the document is not JSON", prepare=write_documents)


# A case that cannot be read is named, and the others are played.
def write_bad_cases(folder):
    with open(os.path.join(folder, CASES)) as good, open(os.path.join(folder, "bad.jsonl"), "w") as bad:
        bad.write('{"id":"x/y","op":"echo"}\n\n' + good.read() + "{\n")


check("bad cases", ["bad.jsonl", *GOOD], 4, "bad.jsonl:1: params should be an object", "bad.jsonl:12: ", "8 passed",
      prepare=write_bad_cases)


# Expectations.
def listing(*lines):
    def write(folder):
        with open(os.path.join(folder, "known"), "w") as file:
            file.write("".join(line + "\n" for line in lines))
    return write


ONE = '{"case": "echo/one", "class": "difference", "reason": "the list is sorted", "issue": "https://example.org/1"}'
KNOWN = ["--expect", "known"]
play("missing", "echo/one", 0, "7 passed, 1 failed (1 as listed)", extra=KNOWN, prepare=listing("# a comment", "", ONE))
play("missing", "echo/one", 0, "KNOWN  echo/one", "the list is sorted (https://example.org/1)", extra=[*KNOWN, "-v"],
     prepare=listing(ONE))
play("good", "", 5, "FIXED  echo/one", "1 passed although listed", extra=KNOWN, prepare=listing(ONE))
play("good", "", 5, "STALE  known:1: the entry for nothing/* matches no case of the suite", extra=KNOWN,
     prepare=listing(ONE.replace("echo/one", "nothing/*")))
play("good", "", 0, extra=[*KNOWN, "--id", "fail/*"], prepare=listing(ONE))
play("missing", "echo/one", 1, "STALE  known:1: the entry for echo/one has expired", extra=KNOWN,
     prepare=listing(ONE.replace("}", ', "expires": "2001-01-01"}')))
play("missing", "echo/one", 1, "as died, but this is difference", extra=KNOWN,
     prepare=listing(ONE.replace('"difference"', '"died"')))
play("dies", "echo/two", 0, "1 broken (1 as listed)", extra=KNOWN,
     prepare=listing('{"case": "echo/t*o", "class": "died", "reason": "x"}'))
play("unsupported", "echo/one", 0, extra=KNOWN, prepare=listing(ONE.replace("difference", "unsupported")))
play("good", "", 4, "known:2: \"class\" should be one of", extra=KNOWN,
     prepare=listing("#", '{"case": "a", "class": "b", "reason": "c"}'))
play("good", "", 2, "--expect-update needs --expect FILE", extra=["--expect-update"])

# Reports that cannot be written are told before anything is played.
play("good", "", 4, "/nowhere/x: No such file", extra=["--report", "tap=/nowhere/x"], without=["passed"])
play("good", "", 2, "should be KIND=PATH, with KIND one of tap|junit", extra=["--report", "text=x"], without=["passed"])
play("good", "", 2, "--report html=x: another report is written there", extra=["--report", "tap=x", "--report", "html=x"], without=["passed"])
play("good", "", 2, "--report json=-: another report is written there", extra=["--report", "tap=-", "--report", "json=-"], without=["passed"])


def update_expectations():
    """What holds stays with its comments, what does not goes, and what is new is added."""
    folder = new_folder()
    listing("# kept", "", ONE, '{"case": "gone", "class": "died", "reason": "x"}', "# at the end")(folder)
    arguments = [CASES, "--testee", command("no-error", "fail/one"), *KNOWN, "--expect-update"]
    status, output = run(folder, arguments)
    with open(os.path.join(folder, "known")) as file:
        text = file.read()
    wanted = '# kept\n\n# at the end\n{"case": "fail/one", "class": "no-error", "reason": "not explained yet: a result where an error was expected: it cannot be"}\n'
    if text != wanted or status != 1 or run(folder, arguments[:-1])[0] != 0:
        failures.append("expect-update: %d\n%s\n%s" % (status, text, output))


def interrupt():
    """Nothing is left behind, and the signal is what ends the program."""
    folder = new_folder()
    running = subprocess.Popen([HCSPROOF, "run", CASES, "--profile", "baseline", "--report", "tap=report.tap", "--testee",
                                command("always-hangs").replace("{folder}", folder)],
                               stdout=subprocess.DEVNULL, env=environment(folder), cwd=folder)
    wait_for(lambda: any(line.startswith(sys.executable) for line in processes(folder)))
    running.send_signal(signal.SIGINT)
    status, left = running.wait(PATIENCE), left_by(folder)
    files = sorted(os.listdir(folder))
    if status != -signal.SIGINT or left or files != [CASES, "documents"]:
        failures.append("interrupt: status %r, left behind %r, files %r" % (status, left, files))


with concurrent.futures.ThreadPoolExecutor(6) as pool:
    alone = [pool.submit(update_expectations), pool.submit(interrupt)]
    for line, failure in pool.map(lambda one: carry_out(*one), checks):
        print(line)
        if failure:
            failures.append(failure)
    for one in alone:
        one.result()

# What the sanitizers keep aside counts as the program's.
with open(HCSPROOF, "rb") as program:
    most = 1000 if b"__asan_init" in program.read() else 100
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
print("largest process: %d MB" % peak)
if peak > most:
    failures.append("a process took %d MB" % peak)

shutil.rmtree(FOLDER)
for failure in failures:
    print("FAILED " + failure)
sys.exit(1 if failures else 0)
