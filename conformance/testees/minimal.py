#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A minimal testee in Python: two operations, each a function of `params`, and "unsupported" for the rest.

    hcsproof run --testee 'python3 minimal.py' --op is-named-pipe --op dump-type
"""
import json
import sys

DUMP_TYPES = {"": 2, "mini": 1, "full": 2}


def is_named_pipe(params):
    return {"is_pipe": params["path"].startswith("\\\\.\\pipe\\")}


def dump_type(params):
    name = (params["annotations"] or {}).get("io.microsoft.wcow.processdumptype", "")
    if name not in DUMP_TYPES:
        raise ValueError('unknown dump type specified, valid values are "mini" or "full"')
    return {"type": DUMP_TYPES[name]}


OPERATIONS = {"is-named-pipe": is_named_pipe, "dump-type": dump_type}


def answer(frame):
    if "hello" in frame:
        return {"hello": {"protocol": 1, "name": "minimal", "version": "1.0", "language": "python",
                          "ops": list(OPERATIONS)}}
    if frame["op"] not in OPERATIONS:
        return {"id": frame["id"], "unsupported": "no " + frame["op"]}
    try:
        return {"id": frame["id"], "ok": OPERATIONS[frame["op"]](frame["params"])}
    except Exception as error:  # one bad question must not end the testee
        return {"id": frame["id"], "error": {"message": str(error)}}


for line in sys.stdin.buffer:
    text = json.dumps(answer(json.loads(line)), ensure_ascii=False, separators=(",", ":"))
    sys.stdout.buffer.write(text.encode() + b"\n")
    sys.stdout.buffer.flush()
