#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How the work of hcsproof explain grows with a text, counted in instructions, which no load of the machine changes.

A text twice as long may take MOST times the work, and a text of plain words no more than BUDGET for each byte. Valgrind
counts; it is skipped without it."""
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

from hostile import documents
from kit import PATIENCE, main

SIZE = 12 << 10
MOST = 2.3
# In a build without optimisation, in which 9 000 were counted (30 000 before names were looked up once a word).
BUDGET = 15000
NOISE = 1_500_000


def plain(size):
    """Words without a meaning."""
    choose = random.Random(9)
    words = ["".join(choose.choices("abcdefghijklmnopqrstuvwxyz", k=choose.randint(2, 9))) for _ in range(500)]
    text = ""
    while len(text) < size:
        text += choose.choice(words) + choose.choice("    \n")
    return text[:size]


def repeated(part, size):
    return part * (size // len(part))


def texts(size):
    """What people paste, over and over, beside some of the documents that are hostile to every command."""
    hostile = documents(size)
    return {
        **{name: hostile[name] for name in ("short values", "deep objects", "repeated keys", "unknown fields",
                                            "mapped directories", "mounts", "no JSON", "short lines")},
        "plain words": plain(size),
        "codes": repeated("failed: 0xC0370106 and -1070137082\n", size),
        "calls": repeated("hcsshim::CreateComputeSystem failed in Win32 ", size),
        "events": repeated('[Event Detail: x Provider: 17103e3f-3c6e-4677-bb17-3b267eb5be57 EventID: 11000] ', size),
        "documents": repeated('(extra info: {"SystemType":"Container"}) ', size),
        "quoted documents": repeated('json="{\\"SystemType\\":\\"Container\\"}" ', size),
        "beginnings of documents": repeated('{"a":', size),
        "beginnings of quoted ones": repeated('{\\"a\\":', size),
        "messages of the CRI": repeated("&ContainerConfig{Metadata:&ContainerMetadata{Name:a,Attempt:0,},} ", size),
        "beginnings of messages": repeated("&ContainerConfig{Mounts:[]*Mount{", size),
        "text form of messages": repeated('config:{metadata:{name:"a"} mounts:{container_path:"C:\\\\a"}} ', size),
        "beginnings of the text form": repeated('config:{metadata:{name:"a" ', size),
        "paths": repeated("$.VirtualMachine.Devices ", size),
        "braces": "{" * size,
        "backslashes": '{' + "\\" * size,
        "lines of a log in JSON": repeated('{"level":"error","msg":"failed: 0xC0370106"}\n', size),
    }


def instructions(hcsproof, path):
    done = subprocess.run(["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", hcsproof,
                           "explain", path], capture_output=True, timeout=PATIENCE, check=False)
    count = re.search(rb"I +refs: +([0-9,]+)", done.stderr)
    if count is None:
        raise AssertionError(f"no count: {done.stderr[-500:]!r}")
    return int(count.group(1).replace(b",", b""))


def counted(hcsproof, folder, text):
    path = os.path.join(folder, "text")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return instructions(hcsproof, path)


def twice_the_text_takes_about_twice_the_work(hcsproof, _):
    bad = []
    with tempfile.TemporaryDirectory() as folder:
        start = counted(hcsproof, folder, "x")
        halves, wholes = texts(SIZE // 2), texts(SIZE)
        for name, whole in wholes.items():
            half, all_of_it = (counted(hcsproof, folder, text) - start for text in (halves[name], whole))
            print(f"{all_of_it / max(half, 1):5.2f} {all_of_it:12d}  {name}")
            if all_of_it > MOST * half + NOISE:
                bad.append(name)
            if name == "plain words" and all_of_it > BUDGET * SIZE:
                bad.append(f"{name}: {all_of_it // SIZE} instructions for each byte")
    if bad:
        raise AssertionError(f"they grow faster than the text: {bad}")


if __name__ == "__main__":
    if shutil.which("valgrind") is None:
        print("skipped: no valgrind")
        sys.exit(77)
    main([twice_the_text_takes_about_twice_the_work])
