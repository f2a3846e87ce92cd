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


def instructions(program, paths):
    """What explain takes for each file. One process of valgrind counts all: to start it takes longer than to count."""
    done = subprocess.run(["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", program, *paths],
                          capture_output=True, timeout=PATIENCE, check=False)
    counts = [int(count.replace(b",", b"")) for count in re.findall(rb"I +refs: +([0-9,]+)", done.stderr)]
    # The last is that of the process that starts the others.
    if done.returncode != 0 or len(counts) != len(paths) + 1:
        raise AssertionError(f"status {done.returncode}, {len(counts)} counts: {done.stderr[-500:]!r}")
    return counts[:-1]


def write_all(folder, contents):
    """A file for each text; their paths."""
    paths = [os.path.join(folder, str(number)) for number in range(len(contents))]
    for path, content in zip(paths, contents):
        with open(path, "w", encoding="utf-8") as file:
            file.write(content)
    return paths


def twice_the_text_takes_about_twice_the_work(hcsproof, _):
    bad = []
    halves, wholes = texts(SIZE // 2), texts(SIZE)
    program = os.path.join(os.path.dirname(hcsproof), "explain_each")
    with tempfile.TemporaryDirectory() as folder:
        start, *counts = instructions(program, write_all(folder, ["x", *halves.values(), *wholes.values()]))
    counts = [count - start for count in counts]
    for name, half, whole in zip(wholes, counts, counts[len(halves):]):
        print(f"{whole / max(half, 1):5.2f} {whole:12d}  {name}")
        if whole > MOST * half + NOISE:
            bad.append(name)
        if name == "plain words" and whole > BUDGET * SIZE:
            bad.append(f"{name}: {whole // SIZE} instructions for each byte")
    if bad:
        raise AssertionError(f"they grow faster than the text: {bad}")


if __name__ == "__main__":
    if shutil.which("valgrind") is None:
        print("skipped: no valgrind")
        sys.exit(77)
    main([twice_the_text_takes_about_twice_the_work])
