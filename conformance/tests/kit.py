# SPDX-License-Identifier: Apache-2.0
"""What the scripts that drive the built command share: running it, and a list of checks that says what failed."""
import copy
import glob
import inspect
import json
import os
import shutil
import subprocess
import sys
import time
import traceback

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tools"))
from recorded import case_of, cases_of  # noqa: E402 the folder is only known now


# Seconds, however slow the machine is: only what never ends reaches them. ctest ends a test soon after.
PATIENCE = 500


def wait_for(condition):
    """Until it holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"not within {PATIENCE} s: {inspect.getsource(condition).strip()}")
        time.sleep(0.01)


def with_more_time(check):
    """Calls it with ever more seconds to give to a testee that hangs, until it holds: on a busy machine others may take
    as long as the fewest. The others' time limit is never short."""
    for seconds in "2", "20":
        try:
            return check(seconds)
        except AssertionError as error:
            print(f"with --timeout {seconds}: {error}")
    return check("100")


def run(command, *arguments, stdin=b"", timeout=PATIENCE, **more):
    """The finished process, with its output as bytes."""
    return subprocess.run([command, *map(str, arguments)], input=stdin, capture_output=True, timeout=timeout, **more)


def as_baseline(arguments):
    """The arguments, for cases and documents of the baseline: with --profile, unless they name one."""
    return list(arguments) if "--profile" in arguments else ["--profile", "baseline", *arguments]


def equal(actual, expected, what=""):
    if actual != expected:
        raise AssertionError(f"{what}\n  actual:   {str(actual)[:2000]}\n  expected: {str(expected)[:2000]}")


def one_line(text, *parts):
    """Standard error is one line that has all the parts."""
    line = text.decode()
    equal(line.count("\n"), 1, f"one line on standard error: {line!r}")
    for part in parts:
        if part not in line:
            raise AssertionError(f"{part!r} is not in {line!r}")


def lines_of(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def recorded_cases(source, pattern):
    """The cases of the files below golden/recorded that the pattern names."""
    for path in sorted(glob.glob(os.path.join(source, "golden", "recorded", pattern), recursive=True)):
        yield from cases_of(path)


def copied_cases(source, operation, folder):
    """The file of an operation's recorded cases as a copy outside of the suite: whoever plays a file of the suite has all
    of it read, for its levels and digests."""
    place = os.path.join(folder, operation)
    os.makedirs(place, exist_ok=True)
    return shutil.copy(os.path.join(source, "golden", "recorded", operation + ".jsonl"), place)


def curated_cases(source):
    """(path, case) of each file in another folder of golden/."""
    for path in sorted(glob.glob(os.path.join(source, "golden", "*", "*.json"))):
        yield path, case_of(path)


def samples(source):
    """(name, parts) of each sample specification: {"config": ..., "host": ..., ...}."""
    for path in sorted(glob.glob(os.path.join(source, "ref", "tests", "data", "specs", "*.json"))):
        with open(path, encoding="utf-8") as file:
            yield os.path.basename(path).removesuffix(".json"), json.load(file)


def write_parts(folder, parts):
    """Each part of a sample as a file PART.json."""
    for name, part in parts.items():
        with open(os.path.join(folder, name + ".json"), "w", encoding="utf-8") as file:
            json.dump(part, file)


def changed(document, path, value):
    """A copy in which the member that `path` leads to is `value`; None: it is gone. An empty path: the same."""
    document = inner = copy.deepcopy(document)
    for step in path[:-1]:
        inner = inner[step]
    if path and value is None:
        del inner[path[-1]]
    elif path:
        inner[path[-1]] = value
    return document


def lint_strictly(command, document, *more):
    """The rules and pointers of what lint finds, notes too, and its status."""
    done = run(command, "lint", "--strict", "--format", "json", *more, "-", stdin=json.dumps(document).encode())
    return [(f["rule"], f["pointer"]) for f in json.loads(done.stdout)], done.returncode


def forgotten(checks):
    """The names of functions of the script that look like checks and are neither listed nor called."""
    functions = {name: f for name, f in vars(sys.modules["__main__"]).items()
                 if inspect.isfunction(f) and f.__module__ == "__main__"}
    called = {name for f in functions.values() for name in f.__code__.co_names}
    return [name for name, f in functions.items()
            if list(inspect.signature(f).parameters) == ["command", "source"] and f not in checks and name not in called]


def main(checks):
    """Runs the checks, each with the command and the source folder, and ends with 1 when one failed or is in no list."""
    failed = 0
    for name in forgotten(checks):
        failed += 1
        print("FAIL", name, "(no list has it)")
    for check in checks:
        try:
            check(sys.argv[1], sys.argv[2])
            print("ok  ", check.__name__)
        except Exception:
            failed += 1
            print("FAIL", check.__name__)
            traceback.print_exc()
    sys.exit(1 if failed else 0)
