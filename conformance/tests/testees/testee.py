#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A testee that knows all answers, because it reads them from the cases, and that misbehaves on request.

    testee.py MODE CASES.jsonl [ID]      one of the functions below; ID: the case at which it does so
"""
import json
import os
import signal
import sys
import time

MODE, CASES = sys.argv[1], sys.argv[2]
TARGET = sys.argv[3] if len(sys.argv) > 3 else ""
out = sys.stdout.buffer

cases = {}
with open(CASES, "rb") as lines:
    for line in lines:
        case = json.loads(line)
        cases[case["op"] + json.dumps(case["params"], sort_keys=True)] = case


def say(frame):
    if "text" in frame:
        out.write(b'{"id":%d,"ok":%s}\n' % (frame["id"], frame["text"].encode("utf-8", "surrogateescape")))
        out.flush()
        return
    out.write(json.dumps(frame, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogateescape") + b"\n")
    out.flush()


def hello(**changes):
    frame = {"protocol": 1, "name": "testee.py", "version": "1", "language": "python"}
    frame.update(changes)
    say({"hello": frame})


def right_answer(question):
    case = cases[question["op"] + json.dumps(question["params"], sort_keys=True)]
    expect = case["expect"]
    frame = {"id": question["id"]}
    if "error" in expect:
        frame["error"] = {"code": "x", "message": "x", **expect["error"]}
    elif "text" in expect:
        frame["text"] = expect["text"]
    else:
        frame["ok"] = expect["ok"]
    if "host_calls" in expect:
        frame["host_calls"] = expect["host_calls"]
    return frame, case


def questions():
    for line in sys.stdin.buffer:
        question = json.loads(line)
        if "hello" not in question:
            yield question


def is_target(case):
    return case["id"] == TARGET


def answer_all(at_target=None):
    """Right answers; at the target what at_target(frame) says."""
    for question in questions():
        frame, case = right_answer(question)
        if at_target is not None and is_target(case):
            frame = at_target(frame)
        if frame is not None:
            say(frame)


def good():
    hello()
    answer_all()


def changed(change):
    def apply(frame):
        change(frame)
        return frame
    hello()
    answer_all(apply)


def wrong_value():
    changed(lambda f: f["ok"].update(a=[1, 2, {"b": 4}]))


def wrong_type():
    changed(lambda f: f["ok"].update(a="x"))


def missing():
    changed(lambda f: f["ok"].pop("a"))


def extra():
    changed(lambda f: f["ok"].update(zzz=1))


def wrong_order():
    changed(lambda f: f["ok"].update(a=[{"b": 3}, 2, 1]))


def no_error():
    def change(frame):
        del frame["error"]
        frame["ok"] = {}
    changed(change)


def error_instead():
    def change(frame):
        del frame["ok"]
        frame["error"] = {"message": "cannot"}
    changed(change)


def wrong_message():
    changed(lambda f: f["error"].update(message="something else"))


def wrong_host_calls():
    changed(lambda f: f.update(host_calls=["stat C:\\other"]))


def unsupported():
    def change(frame):
        frame.pop("ok", None)
        frame.pop("error", None)
        frame["unsupported"] = "not on this platform"
    changed(change)


def number_form():
    raw(b'{"id":%d,"ok":{"n":1.8446744073709551615e19,"s":"<"}}\n')


def escape_form():
    raw(b'{"id":%d,"ok":{"n":18446744073709551615,"s":"\\u003c"}}\n')


def out_of_order():
    """The later a question came, the sooner it is answered."""
    import threading # here, since the others start sooner without it
    hello()
    for n, question in enumerate(questions()):
        frame, _ = right_answer(question)
        threading.Timer(max(0.3 - 0.03 * n, 0), say, [frame]).start()


def mixed_up():
    """The target gets the right answer to the first question, and gets it before that one."""
    hello()
    first = None
    for question in questions():
        frame, case = right_answer(question)
        if first is None:
            first = frame
        elif is_target(case):
            say({"id": frame["id"], "ok": first["ok"]})
            say(first)
        else:
            say(frame)


def no_hello():
    answer_all()


def silent():
    time.sleep(600)


def wrong_version():
    hello(protocol=2)
    answer_all()


def babble_hello():
    print("Starting up...", flush=True)
    hello()
    answer_all()


def some_ops():
    hello(ops=["echo"])
    answer_all()


def dies_at_once():
    print("cannot find my configuration", file=sys.stderr)
    sys.exit(9)


def dies():
    def at(_):
        print("about to crash", file=sys.stderr, flush=True)
        os.kill(os.getpid(), signal.SIGSEGV)
    hello()
    answer_all(at)


def dies_buffered():
    """Crashes with answers to other questions not yet written."""
    import threading
    hello()
    held = []
    for question in questions():
        frame, case = right_answer(question)
        if is_target(case):
            os._exit(3)
        held.append(frame)
        if len(held) == 4:
            for one in held:
                say(one)
            held = []
        threading.Timer(0.2, lambda: [say(held.pop(0)) for _ in list(held)]).start()


def dies_after_answer():
    hello()
    for question in questions():
        frame, case = right_answer(question)
        say(frame)
        if is_target(case):
            os._exit(4)


def hangs():
    hello()
    answer_all(lambda _: time.sleep(600))


def always_hangs():
    hello()
    time.sleep(600)


def never_reads():
    hello()
    time.sleep(600)


def floods_stderr():
    def at(frame):
        for _ in range(4000):
            sys.stderr.write("x" * 1000 + "\n")
        return frame
    hello()
    answer_all(at)


def floods_stderr_forever():
    def at(_):
        while True:
            sys.stderr.write("x" * 1000 + "\n")
            time.sleep(0.001)
    hello()
    answer_all(at)


def floods_stdout():
    def at(_):
        while True:
            out.write(b"lorem ipsum\n")
    hello()
    answer_all(at)


def floods_frames():
    def at(_):
        while True:
            out.write(b'{"id":999999999,"ok":{}}\n')
    hello()
    answer_all(at)


def endless_line():
    def at(_):
        while True:
            out.write(b'{"id":1,"ok":"' + b"x" * 65536)
    hello()
    answer_all(at)


def huge_answer():
    def at(frame):
        out.write(b'{"id":%d,"ok":"' % frame["id"])
        block = b"x" * (1 << 20)
        for _ in range(2048):
            out.write(block)
        out.write(b'"}\n')
        out.flush()
    hello()
    answer_all(at)


def raw(text):
    def at(frame):
        out.write(text % frame["id"] if b"%d" in text else text)
        out.flush()
    hello()
    answer_all(at)


def bad_json():
    raw(b'{"id":%d,"ok":{]}\n')


def bad_utf8():
    raw(b'{"id":%d,"ok":{"a":"\xff\xfe"}}\n')


def no_answer_in_frame():
    raw(b'{"id":%d}\n')


def two_answers_in_frame():
    raw(b'{"id":%d,"ok":{},"unsupported":"x"}\n')


def duplicate_id():
    def at(frame):
        say(frame)
        return frame
    hello()
    answer_all(at)


def unknown_id():
    def at(frame):
        say({"id": 777777, "ok": {}})
        return frame
    hello()
    answer_all(at)


def wrong_id():
    def at(frame):
        frame["id"] += 1000000
        return frame
    hello()
    answer_all(at)


def exits_nonzero():
    good()
    sys.exit(7)


def does_not_end():
    good()
    time.sleep(600)


def leaves_child():
    """Children in its group and outside it, which hold its pipes open."""
    import subprocess
    hello()
    subprocess.Popen(["sleep", os.environ["LEFT_BEHIND"]])
    subprocess.Popen(["sleep", os.environ["LEFT_BEHIND"]], start_new_session=True)
    answer_all()


def ignores_sigterm():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    hangs()


def deep():
    raw(b'{"id":%d,"ok":' + b"[" * 200000 + b"]" * 200000 + b"}\n")


def one_shot_good():
    """The same as a command a case."""
    frame, case = right_answer({"op": os.environ["HCSPROOF_OP"], "params": json.load(sys.stdin), "id": 0})
    if "error" in frame:
        sys.exit(frame["error"]["message"])
    sys.stdout.write(frame.get("text") or json.dumps(frame["ok"]))


def one_shot_skips():
    sys.stderr.write("not here\n")
    sys.exit(77)


def one_shot_dies():
    os.kill(os.getpid(), signal.SIGSEGV)


def one_shot_hangs():
    time.sleep(600)


def one_shot_floods():
    while True:
        out.write(b"x" * 65536)


def one_shot_babbles():
    print("hello")


globals()[MODE.replace("-", "_")]()
