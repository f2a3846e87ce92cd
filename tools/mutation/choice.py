# SPDX-License-Identifier: Apache-2.0
"""Which cases are played against the mutants of a folder, and as which releases: the curated ones, and after them the
recorded ones; each case once, as few releases as hold all of them."""
import fnmatch
import glob
import json
import os
import re
import subprocess

from recorded import case_of, cases_of

# The folders of ref/ that faults are planted in, and the operations that run through them.
FOLDERS = {
    "path": ("*",),
    "release": ("*",),
    "cri": ("cri-*", "sort-mounts", "clean-mount-path", "is-named-pipe"),
    "docker": ("docker-*", "oci-to-process", "oci-to-hcs"),
    "hcs": ("[!cdjs]*", "c[!lr]*", "create-*", "d[!o]*", "s[!op]*"),  # not those of cri, docker and path
    "uvm": ("oci-to-uvm-options", "uvm-document", "guest-requests", "bridge-messages", "update-document"),
}

# What the steps stand on. Only a matrix plants faults there, when one is asked for by name: some cases differ in how a number,
# a name or a text may be written.
BELOW = {"base": ("*",), "gojson": ("*",), "schema": ("*",)}

# Beside those that hold all cases: what differs from release to release shows in a case that holds for all of them only when
# it is played as each. The variants of Go's Clean and VolumeName (ref/release/changes_go.def).
ALSO = {"path": ("go-1.19.5", "go-1.19.8", "go-1.20.0", "go-1.20.11", "go-1.22.12")}

# Where the origin of a field is noted: no answer tells it. The library's test_provenance and test_explain look at it.
UNSEEN = ("docker/origins.c", "uvm/origins.c")


class Failed(Exception):
    """The cases could not be listed."""


def curated(top):
    """The cases by id."""
    cases = {}
    for path in sorted(glob.glob(os.path.join(top, "golden", "*", "*.json"))):
        name = os.path.relpath(path, os.path.join(top, "golden"))[:-len(".json")]
        cases[name] = {"id": name, **case_of(path)}
    return cases


def recorded(top):
    """The same."""
    cases = {}
    for path in sorted(glob.glob(os.path.join(top, "golden", "recorded", "**", "*.jsonl"), recursive=True)):
        cases.update((case["id"], case) for case in cases_of(path))
    return cases


def hcsproof(runner, *arguments):
    done = subprocess.run([runner, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise Failed("hcsproof %s: %s" % (" ".join(arguments), done.stderr))
    return done.stdout


def recorded_profiles(runner):
    lines = hcsproof(runner, "profiles").splitlines()
    return ["newest", "baseline"] + [line.split()[0] for line in lines if " recorded " in line]


def first_releases(cases):
    """Those that ranges begin with: for what holds for no recorded release."""
    found = {part + "-" + version for case in cases for text in case.get("profiles", ())
             for part, version in re.findall(r"\b(containerd|hcsshim|moby|go) >?=(\S+)", text)}
    return sorted(found)


def cover(holds, open_ones):
    """[(profile, ids)]: time and again the release that most of the open cases hold for, which are then no longer open."""
    chosen = []
    while open_ones:
        best = max(holds, key=lambda profile: len(holds[profile] & open_ones))
        if not holds[best] & open_ones:
            break
        chosen.append((best, sorted(holds[best] & open_ones)))
        open_ones = open_ones - holds[best]
    return chosen


def held(runner, suite, profile):
    return set(hcsproof(runner, "run", suite, "--profile", profile, "--list").split())


def all_holds(runner, suite, cases):
    """{profile: ids that hold for it}, of so many profiles that every case holds for one."""
    holds = {}
    for profiles in (recorded_profiles(runner), None):
        left = set(cases).difference(*holds.values())
        for profile in profiles or first_releases([cases[name] for name in left]):
            holds[profile] = held(runner, suite, profile)
    return holds


def write_cases(path, cases):
    with open(path, "w", encoding="utf-8") as out:
        for case in cases:
            json.dump(case, out, ensure_ascii=False)
            out.write("\n")


def write_plays(folder, kind, cases, holds, also):
    """Writes the cases of each play below `folder`. Returns {folder of ref/: [(kind, profile, file of cases)]}.
    `also`: what else is played, {folder of ref/: [(profile, ids)]}."""
    plays_of = {}
    for name, operations in {**FOLDERS, **BELOW}.items():
        wanted = {case for case in cases if any(fnmatch.fnmatch(cases[case]["op"], glob_) for glob_ in operations)}
        plays_of[name] = []
        for place, (profile, ids) in enumerate(cover(holds, wanted) + also.get(name, [])):
            path = os.path.join(folder, "%s-%s-%d-%s.jsonl" % (kind, name, place, profile))
            write_cases(path, [cases[case] for case in ids])
            plays_of[name].append((kind, profile, path))
    return plays_of


def plays(top, work, runner, digest):
    """{folder of ref/: [(kind, profile, file of cases)]}; kept below the work folder until a case or the reference changes."""
    kept, folder = os.path.join(work, "plays.json"), os.path.join(work, "cases")
    if os.path.exists(kept):
        with open(kept, encoding="utf-8") as file:
            known = json.load(file)
        if known["digest"] == digest:
            return known["plays"]
    os.makedirs(folder, exist_ok=True)
    known = {"digest": digest, "plays": {name: [] for name in (*FOLDERS, *BELOW)}}
    for kind, cases in (("curated", curated(top)), ("recorded", recorded(top))):
        suite = os.path.join(folder, kind + ".jsonl")
        write_cases(suite, cases.values())
        also = {name: [(profile, sorted(held(runner, suite, profile))) for profile in profiles] for name, profiles in ALSO.items()}
        for name, found in write_plays(folder, kind, cases, all_holds(runner, suite, cases), also).items():
            known["plays"][name] += found
    with open(kept + ".new", "w", encoding="utf-8") as out:
        json.dump(known, out)
    os.replace(kept + ".new", kept)
    return known["plays"]
