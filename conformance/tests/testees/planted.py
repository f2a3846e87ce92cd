#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A testee that answers as the reference does, which it asks, but for one planted bug.

    planted.py MODE HCSPROOF      a row of BUGS: the operation, when it happens, and what happens
"""
import json
import os
import signal
import sys
import time

MODE, HCSPROOF = sys.argv[1], sys.argv[2]
out = sys.stdout.buffer


def start(*command):
    """What writes to the program and what reads from it. Without the module subprocess, whose import takes a fifth of the
    time in which a testee starts: fuzzing starts some hundred."""
    (its_input, questions), (answers, its_output) = os.pipe(), os.pipe()
    os.posix_spawn(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, its_input, 0),
                                                                  (os.POSIX_SPAWN_DUP2, its_output, 1)])
    os.close(its_input)
    os.close(its_output)
    return os.fdopen(questions, "wb"), os.fdopen(answers, "rb")


to_reference, from_reference = start(HCSPROOF, "serve")


def write(data):
    out.write(data)
    out.flush()


def say(frame):
    write(json.dumps(frame, separators=(",", ":")).encode() + b"\n")


# ---- what happens: each gets the question, the right frame and its bytes -----------------------------------------

def changed(change):
    """Changes the payload."""
    def apply(_, frame, __):
        change(frame["ok"])
        say(frame)
    return apply


def instead(**answer):
    """Another answer altogether."""
    return lambda question, _, __: say({"id": question["id"], **answer})


def respelt(old, new):
    return lambda _, __, line: write(line.replace(old, new))


def raw(text):
    return lambda question, _, __: write(text % question["id"] if b"%d" in text else text)


def wrong_order(payload):
    payload["mounts"][-2:] = reversed(payload["mounts"][-2:])


def other_calls(_, frame, __):
    frame["host_calls"].append("stat C:\\other")
    say(frame)


def dies(*_):
    print("about to crash", file=sys.stderr, flush=True)
    os.kill(os.getpid(), signal.SIGSEGV)


def dies_after_answer(_, __, line):
    write(line)
    os._exit(4)


def hangs(*_):
    time.sleep(600)


def floods(stream, text, rest=0.0):
    def apply(*_):
        while True:
            stream.write(text)
            time.sleep(rest)
    return apply


def twice(_, __, line):
    write(line + line)


def stray(_, __, line):
    write(b'{"id":777777777,"ok":{}}\n' + line)


def wrong_id(question, frame, _):
    say({**frame, "id": question["id"] + 1000000})


# ---- when: each gets the params and the right frame ---------------------------------------------------------------

def always(*_):
    return True


def path_has(text):
    return lambda params, _: text in params["path"]


def is_error(_, frame):
    return "error" in frame


def many_mounts(params, _):
    return len(params["mounts"]) > 2 and len(set(params["mounts"][-3:])) == 3


BUGS = {
    "wrong-value": ("clean-path", path_has(".."), changed(lambda ok: ok.update(path=ok["path"] + "x"))),
    "wrong-type": ("normalize-processor-count", lambda p, _: p["requested"] > 5, changed(lambda ok: ok.update(count="5"))),
    "missing": ("oci-to-hcs", lambda _, f: (f.get("ok", {}).get("v2") or {}).get("MappedPipes"),
                changed(lambda ok: ok["v2"].pop("MappedPipes"))),
    "extra": ("storage-limits", lambda _, f: f.get("ok", {}).get("iops", 0) > 100, changed(lambda ok: ok.update(zzz=1))),
    "wrong-order": ("sort-mounts", many_mounts, changed(wrong_order)),
    "no-error": ("dump-type", is_error, instead(ok={"type": 0})),
    "error-instead": ("split-path", path_has(":"), instead(error={"message": "no drives here"})),
    "wrong-code": ("dump-count", is_error, instead(error={"code": "oops", "message": "x"})),
    "wrong-message": ("dump-count", is_error, instead(error={"message": "x"})),
    "wrong-host-calls": ("device-extensions", lambda _, f: f.get("host_calls"), other_calls),
    "number-form": ("memory-limit", lambda _, f: f.get("ok", {}).get("mb") == 1, respelt(b":1}", b":1.0}")),
    "escape-form": ("clean-path", path_has("a"), respelt(b"a\"}", b"\\u0061\"}")),
    "dies": ("join-path", lambda p, _: ".." in p["parts"], dies),
    "dies-after-answer": ("join-path", lambda p, _: len(p["parts"]) > 3, dies_after_answer),
    "hangs": ("split-path", path_has("?"), hangs),
    "floods-stderr-forever": ("split-path", path_has("?"), floods(sys.stderr, "x" * 1000 + "\n", 0.01)),
    "wrong-id": ("split-path", path_has("?"), wrong_id),
    "floods-stdout": ("split-path", path_has("?"), floods(out, b"lorem ipsum\n")),
    "floods-frames": ("split-path", path_has("?"), floods(out, b'{"id":999999999,"ok":{}}\n')),
    "endless-line": ("split-path", path_has("?"), floods(out, b'{"id":1,"ok":"' + b"x" * 65536)),
    "bad-json": ("is-named-pipe", path_has("/"), raw(b'{"id":%d,"ok":{]}\n')),
    "bad-utf8": ("is-named-pipe", path_has("/"), raw(b'{"id":%d,"ok":{"is_pipe":"\xff\xfe"}}\n')),
    "no-answer-in-frame": ("is-named-pipe", path_has("/"), raw(b'{"id":%d}\n')),
    "two-answers-in-frame": ("is-named-pipe", path_has("/"), raw(b'{"id":%d,"ok":{},"unsupported":"x"}\n')),
    "duplicate-id": ("is-named-pipe", path_has("/"), twice),
    "unknown-id": ("is-named-pipe", path_has("/"), stray),
    "unsupported": ("is-named-pipe", always, instead(unsupported="not on this platform")),
    "exits-nonzero": ("is-named-pipe", lambda *_: False, hangs),
    "good": ("is-named-pipe", lambda *_: False, hangs),
}


def answer(line):
    question = json.loads(line)
    to_reference.write(line)
    to_reference.flush()
    right = from_reference.readline()
    op, when, bug = BUGS[MODE]
    if question.get("op") == op:
        frame = json.loads(right)
        if when(question["params"], frame):
            bug(question, frame, right)
            return
    write(right)


for each in sys.stdin.buffer:
    answer(each)
if MODE == "exits-nonzero":
    sys.exit(7)
