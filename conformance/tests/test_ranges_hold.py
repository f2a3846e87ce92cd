#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The reference passes the curated cases as the first release of each range that one of them names: a range that begins
too early, or goes on over releases between, is noticed there. The recorded releases are played elsewhere. And no case of an
area asks what another does, for the same releases and with the same answer."""
import collections
import json
import os
import re
import tempfile

from kit import curated_cases, main, run


def curated(source):
    for path, case in curated_cases(source):
        yield {"id": os.path.relpath(path, os.path.join(source, "golden"))[:-len(".json")], **case}


def first_releases(cases):
    return sorted({part + "-" + version for case in cases for text in case.get("profiles", ())
                   for part, version in re.findall(r"\b(containerd|hcsshim|moby) >=(\S+)", text)})


def every_range_holds_where_it_begins(command, source):
    cases = list(curated(source))
    profiles = first_releases(cases)
    assert len(profiles) > 50, profiles
    with tempfile.TemporaryDirectory() as folder:
        suite = os.path.join(folder, "cases.jsonl")  # one file is read faster than two thousand
        with open(suite, "w", encoding="utf-8") as out:
            out.writelines(json.dumps(case) + "\n" for case in cases)
        for profile in profiles:
            done = run(command, "run", suite, "--testee", "'%s' serve" % command, "--profile", profile, "--strict",
                       "--errors", "message", "--compare", "bytes")
            assert done.returncode == 0, (profile, done.stdout.decode()[:2000], done.stderr.decode()[:500])


def no_question_stands_twice_in_an_area(_, source):
    seen = collections.defaultdict(list)
    for case in curated(source):
        seen[json.dumps([case["id"].split("/")[0], case["op"], case["params"], case["expect"], sorted(case.get("profiles", []))],
                        sort_keys=True)].append(case["id"])
    twice = [names for names in seen.values() if len(names) > 1]
    assert len(seen) > 1000 and not twice, twice


main([every_range_holds_where_it_begins, no_question_stands_twice_in_an_area])
