#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""tools/calls: this checkout is in order, and each kind of call that has a place of its own is found elsewhere."""
import os
import subprocess
import sys
import tempfile

TOP = sys.argv[1]
CALLS = os.path.join(TOP, "tools", "calls")
FORBIDDEN = [
    ("run", 'FILE *f = fopen("x", "r");'), ("golden", "remove(path);"), ("report", "f = tmpfile();"),
    ("run", "m = json_load_file(path, 0, NULL);"), ("io", "rename(a, b);"), ("run", "SetEnvironmentVariableA(a, b);"),
    ("platform", "CreateFileA(a, 0, 0, NULL, 0, 0, NULL);"), ("golden", '#include "platform/new_file.h"'),
    ("run", 'printf("%s\\n", id);'), ("lint", 'fprintf(stderr,\n  "a: %.*s", 1, id);'), ("serve", "fputs(text, stderr);"),
    ("check", "puts(name);"),
]
ALLOWED = [
    ("platform", 'FILE *f = fopen("x", "r");'), ("report", 'printf("%s", id);'), ("run", "/* fopen(path) printf(\"%s\") */"),
    ("run", 'snprintf(text, size, "%s", id);'), ("run", 'kit_print(stderr, "%s", id);'), ("run", 'printf("%d", 1);'),
    ("io", "kit_path_exists(path); platform_open(path, 0);"), ("run", 'fputs("ours", stderr);'),
]


def look(folder, text):
    with tempfile.TemporaryDirectory() as top:
        os.makedirs(os.path.join(top, "conformance", folder))
        with open(os.path.join(top, "conformance", folder, "x.c"), "w", encoding="utf-8") as file:
            file.write("\n" + text + "\n")
        return subprocess.run([sys.executable, "-B", CALLS, top], capture_output=True, text=True, check=False)


def main():
    failed = 0
    checks = [(folder, text, 1) for folder, text in FORBIDDEN] + [(folder, text, 0) for folder, text in ALLOWED]
    for folder, text, status in checks:
        done = look(folder, text)
        good = done.returncode == status and (status == 0 or "conformance/%s/x.c:2: " % folder in done.stdout)
        failed += not good
        print("%s %s: %s" % ("ok  " if good else "FAIL", folder, text.replace("\n", " ")))
    done = subprocess.run([sys.executable, "-B", CALLS], capture_output=True, text=True, check=False)
    failed += done.returncode != 0
    for words, status, text in (["--help"], 0, "Exit status"), (["/nowhere"], 2, ""), ([TOP, TOP], 2, ""):
        told = subprocess.run([sys.executable, "-B", CALLS] + words, capture_output=True, text=True, check=False)
        good = told.returncode == status and text in told.stdout
        failed += not good
        print("%s %s" % ("ok  " if good else "FAIL", words))
    print("%s this checkout %s" % ("ok  " if done.returncode == 0 else "FAIL", done.stdout))
    sys.exit(1 if failed else 0)


main()
