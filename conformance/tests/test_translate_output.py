# SPDX-License-Identifier: Apache-2.0
"""hcsproof translate: whole outputs, interrupts, and order under many threads."""
import json
import os
import random
import signal
import subprocess
import tempfile

from kit import PATIENCE, as_baseline, equal, lines_of, main, wait_for
from translating import one_error, small, translate


def an_output_is_whole_or_as_it_was(command, source):
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out.json")
        with open(out, "w", encoding="utf-8") as file:
            file.write("before")
        translate(command, "-", "-o", out, stdin=b"{", status=1)
        with open(out, encoding="utf-8") as file:
            equal(file.read(), "before")
        equal(os.listdir(folder), ["out.json"])
        link = os.path.join(folder, "link.json")
        os.symlink(out, link)
        translate(command, "-", "-o", link, stdin=small())
        equal(os.path.islink(link), True)
        with open(out, "rb") as file:
            equal(file.read(), translate(command, "-", stdin=small()).stdout)
        equal(sorted(os.listdir(folder)), ["link.json", "out.json"])
        done = translate(command, "-", "-o", folder, stdin=small(), status=4)
        one_error(done.stderr, folder + ": is a folder, not a file [write-failed]")
        done = translate(command, "-", "-o", os.path.join(folder, "no", "x"), stdin=small(), status=4)
        one_error(done.stderr, "No such file", "[write-failed]")
    done = translate(command, "-", "-o", "/dev/stdout", stdin=small())
    equal(done.stdout, translate(command, "-", stdin=small()).stdout)


def an_interrupt_leaves_nothing_behind(command, source):
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        for more in ([], ["--jsonl"]):
            with tempfile.TemporaryDirectory() as folder:
                out = os.path.join(folder, "out.json")
                with open(out, "w", encoding="utf-8") as file:
                    file.write("before")
                with subprocess.Popen([command, "translate", "--profile", "baseline", *more, "-", "-o", out], stdin=subprocess.PIPE) as process:
                    wait_for(lambda: len(os.listdir(folder)) == 2)  # a file beside the target
                    process.send_signal(number)
                    equal(process.wait(PATIENCE), -number, "ended by the signal")
                equal(os.listdir(folder), ["out.json"])
                with open(out, encoding="utf-8") as file:
                    equal(file.read(), "before")


def an_ignored_signal_stays_ignored(command, source):
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out.json")
        with subprocess.Popen(["nohup", command, "translate", "--profile", "baseline", "-", "-o", out], stdin=subprocess.PIPE,
                              stderr=subprocess.DEVNULL) as process:
            wait_for(lambda: os.listdir(folder))  # a file beside the target
            process.send_signal(signal.SIGHUP)
            process.communicate(small(), timeout=PATIENCE)
            equal(process.returncode, 0)
        with open(out, "rb") as file:
            equal(file.read(), translate(command, "-", stdin=small()).stdout)


def a_full_disk_is_told(command, source):
    if not os.path.exists("/dev/full"):
        return
    with open("/dev/full", "wb") as full:
        for arguments in (["-"], ["--jsonl", "-"]):
            done = subprocess.run([command, "translate", *as_baseline(arguments)], input=small(), stdout=full, stderr=subprocess.PIPE, timeout=PATIENCE)
            equal(done.returncode, 4)
            one_error(done.stderr, "standard output", "[write-failed]")
    done = translate(command, "-", "-o", "/dev/full", stdin=small(), status=4)
    one_error(done.stderr, "/dev/full: ", "[write-failed]")


def the_first_value_of_a_stream(command, source):
    data = small(hostname="h")
    equal(translate(command, "--stream", "-", stdin=data + b" garbage").stdout, translate(command, "-", stdin=data).stdout)
    one_error(translate(command, "--stream", "-", stdin=b"", status=1).stderr, "EOF [json-syntax]")
    one_error(translate(command, "--stream", "-", stdin=data[:-1], status=1).stderr, "unexpected EOF [json-syntax]")


def limits_can_be_moved(command, source):
    data = small()
    translate(command, "--max-input", len(data), "-", stdin=data)
    done = translate(command, "--max-input", len(data) - 1, "-", stdin=data, status=1)
    one_error(done.stderr, f"is larger than {len(data) - 1} bytes", "[too-large]")


def lines_keep_their_order(command, source):
    dice = random.Random(7)
    lines, expected = [], []
    for i in range(20000):
        kind = dice.random()
        if kind < 0.9:
            padding = "p" * dice.choice([0, 0, 0, 10, 1000, 20000 if i % 50 == 0 else 0])
            lines.append(small(hostname=f"h{i}", annotations={"x": padding}))
            expected.append(f"h{i}")
        else:
            lines.append(dice.choice([b"", b"{", b"null", b'{"hostname":%d}' % i]))
            expected.append(None)
    data = b"\n".join(lines) + b"\n"
    first = None
    for jobs in (1, 2, 7, 64):
        done = translate(command, "--jsonl", "--jobs", jobs, "-", stdin=data, status=1)
        if first is None:
            first = done.stdout
            results = [json.loads(line) for line in first.splitlines()]
            equal([r["ok"]["GuestOs"]["HostName"] if "ok" in r else None for r in results], expected)
        equal(done.stdout == first, True, f"--jobs {jobs} gives the same bytes")
        one_error(done.stderr, f"{expected.count(None)} of 20000 specifications could not be translated")


def line_results_are_those_of_single_files(command, source):
    lines = [small(hostname="h"), b"[]"]
    done = translate(command, "--jsonl", "-", stdin=b"\n".join(lines), status=1)
    ok, error = done.stdout.splitlines()
    equal(ok, b'{"ok":' + translate(command, "-", stdin=lines[0]).stdout.rstrip(b"\n") + b"}")
    equal(json.loads(error)["error"]["code"], "json-type")


def long_lines_fail_alone(command, source):
    long = small(annotations={"x": "y" * 300000})
    data = b"\n".join([small(), long, small(), long, long, small()])
    done = translate(command, "--jsonl", "--max-input", "1k", "-", stdin=data, status=1)
    results = [json.loads(line) for line in done.stdout.splitlines()]
    equal([r.get("error", {}).get("code") for r in results], [None, "too-large", None, "too-large", "too-large", None])


def lines_are_answered_while_input_is_open(command, source):
    process = subprocess.Popen([command, "translate", "--profile", "baseline", "--jsonl", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        for i in range(3):
            process.stdin.write(small(hostname=f"h{i}") + b"\n")
            process.stdin.flush()
            equal(json.loads(process.stdout.readline())["ok"]["GuestOs"]["HostName"], f"h{i}")
        process.stdin.close()
        equal(process.wait(timeout=PATIENCE), 0)
    finally:
        process.kill()


def lines_of_several_files(command, source):
    with tempfile.TemporaryDirectory() as folder:
        for name in "ab":
            with open(os.path.join(folder, name), "wb") as file:
                file.write(small(hostname=name) + b"\n")
        out = os.path.join(folder, "out")
        translate(command, "--jsonl", os.path.join(folder, "a"), os.path.join(folder, "b"), "-o", out)
        equal([r["ok"]["GuestOs"]["HostName"] for r in lines_of(out)], ["a", "b"])
        done = translate(command, "--jsonl", os.path.join(folder, "a"), os.path.join(folder, "c"), status=4)
        equal(done.stdout.count(b"\n"), 1)
        one_error(done.stderr, "[not-found]")
        done = translate(command, "--jsonl", folder, status=4)
        one_error(done.stderr, "[is-a-folder]")


main([an_output_is_whole_or_as_it_was, an_interrupt_leaves_nothing_behind, an_ignored_signal_stays_ignored,
      a_full_disk_is_told, the_first_value_of_a_stream, limits_can_be_moved, lines_keep_their_order,
      line_results_are_those_of_single_files, long_lines_fail_alone, lines_are_answered_while_input_is_open,
      lines_of_several_files])
