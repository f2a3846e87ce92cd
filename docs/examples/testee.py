#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A testee in a few lines: cleans Windows paths as Python does. Play the cases against it to see where Go differs:

    hcsproof run golden/recorded/clean-path.jsonl --testee 'python3 docs/examples/testee.py'
"""
import json
import ntpath
import sys

HELLO = {"protocol": 1, "name": "ntpath", "version": sys.version.split()[0], "language": "python",
         "ops": ["clean-path"]}


def answer(question):
    if question["op"] != "clean-path":
        return {"unsupported": "only clean-path"}
    return {"ok": {"path": ntpath.normpath(question["params"]["path"])}}


for line in sys.stdin:
    message = json.loads(line)
    reply = {"hello": HELLO} if "hello" in message else {"id": message["id"], **answer(message)}
    print(json.dumps(reply), flush=True)
