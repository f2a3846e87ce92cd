#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The Go files of the kit are Go, laid out as gofmt does. Skipped (status 77) where gofmt is missing."""
import glob
import os
import shutil
import subprocess
import sys

if shutil.which("gofmt") is None:
    print("skipped: gofmt is missing")
    sys.exit(77)
files = sorted(glob.glob(os.path.join(sys.argv[2], "conformance", "**", "*.go"), recursive=True))
assert len(files) == 37, files
done = subprocess.run(["gofmt", "-l", "-e", *files], capture_output=True, text=True, timeout=500)
print(done.stdout + done.stderr, end="")
sys.exit(1 if done.returncode != 0 or done.stdout else 0)
