# SPDX-License-Identifier: Apache-2.0
"""What the tests of hcsproof translate share: a small spec, the call, and what an error looks like."""
import json

from kit import as_baseline, equal, run

SMALL = {"ociVersion": "1.0.2", "windows": {"layerFolders": ["C:\\layers\\base", "C:\\layers\\scratch"]}}


def small(**more):
    return json.dumps({**SMALL, **more}).encode()


def translate(command, *arguments, stdin=b"", status=0, **more):
    done = run(command, "translate", *as_baseline(arguments), stdin=stdin, **more)
    equal(done.returncode, status, done.stderr.decode())
    return done


def one_error(text, *parts):
    """Standard error is one message that has all the parts; the place in the file may follow it."""
    message, *place = text.decode().split("\n")
    equal([line for line in place if line.startswith("hcsproof: ")], [], "one message")
    for part in parts:
        if part not in message:
            raise AssertionError(f"{part!r} is not in {message!r}")
