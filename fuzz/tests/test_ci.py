# SPDX-License-Identifier: Apache-2.0
"""The workflow examples of fuzz/ci, without GitHub: they have a workflow's shape, their shell is sound, and what they name
is there.

    python3 test_ci.py SOURCE
"""

import pathlib
import re
import shutil
import subprocess
import sys

try:
    import yaml
except ImportError:
    print("skipped: no python3-yaml")
    sys.exit(77)

SOURCE = pathlib.Path(sys.argv[1])
# What steps may use, by the commit of the version that the examples were written for: a tag can be moved.
PINS = {
    "actions/checkout": "11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2",
    "actions/cache": "5a3ec84eff668545956fd18022155c47e93e2684 # v4.2.3",
    "actions/cache/restore": "5a3ec84eff668545956fd18022155c47e93e2684 # v4.2.3",
    "actions/upload-artifact": "ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2",
    "actions/download-artifact": "d3f86a106a0bac45b974a628896c90dbdf5c8093 # v4.3.0",
}
ACTIONS = {"%s@%s" % (name, pin.split()[0]) for name, pin in PINS.items()}
CHECKOUT = "actions/checkout@" + PINS["actions/checkout"].split()[0]
WRITTEN = ("build/campaign/crashes", "build/campaign/corpus", "build/coverage/html", "corpus.patch")


def require(condition, message):
    if not condition:
        raise AssertionError(message)


def check_script(name, script):
    """Shell of a step: sound, and its scripts know the options that they are called with."""
    if shutil.which("shellcheck"):
        done = subprocess.run(["shellcheck", "--shell=bash", "-"], input=script.encode(), capture_output=True, check=False)
        require(done.returncode == 0, "%s: %s" % (name, done.stdout.decode()))
    for line in script.splitlines():
        words = line.split("|")[0].split()
        if not words or not words[0].startswith("tools/"):
            continue
        program = SOURCE / words[0]
        require(program.is_file(), "%s: there is no %s" % (name, words[0]))
        usage = program.read_text("utf-8").split("set -euo")[0]
        for word in words[1:]:
            if word.startswith("--"):
                require(word in usage, "%s: %s does not know %s" % (name, words[0], word))


def check_step(name, step):
    require(("run" in step) != ("uses" in step), "%s: a step runs something or uses something" % name)
    if "run" in step:
        check_script(name, step["run"])
        return
    require(step["uses"] in ACTIONS, "%s: uses %s" % (name, step["uses"]))
    if "path" in step.get("with", {}):
        require(step["with"]["path"] in WRITTEN, "%s: nothing writes %s" % (name, step["with"]["path"]))


def check_pins(path):
    """Every action of a workflow, and of the project's own, is named by its commit, with the tag beside it."""
    for name, pin in re.findall(r"^ *(?:- )?uses: ([^@ \n]+)@(.*)$", path.read_text("utf-8"), re.MULTILINE):
        require(PINS.get(name) == pin, "%s: uses %s@%s" % (path.name, name, pin))


def check_workflow(path):
    text = path.read_text("utf-8")
    workflow = yaml.safe_load(text)
    require(workflow["name"] and True in workflow, "%s: has a name and says when it runs" % path.name)  # YAML: on is true
    require(workflow["permissions"] == {"contents": "read"}, "%s: may only read" % path.name)
    require(not re.search(r"https?://|[a-z]+\.io/", text), "%s: names no host" % path.name)
    require(len(workflow["jobs"]) == 1, "%s: has one job" % path.name)
    for job in workflow["jobs"].values():
        require(job["timeout-minutes"] <= 240, "%s: ends in time" % path.name)
        require({"uses": CHECKOUT} in job["steps"][:2], "%s: begins with the sources" % path.name)
        for step in job["steps"]:
            check_step(path.name, step)


def main():
    files = sorted((SOURCE / "fuzz/ci").glob("*.yml"))
    require([file.stem for file in files] == ["coverage", "nightly", "prune", "pull-request"], "the four of them")
    for file in [*files, SOURCE / "tools/action/windows-2022.yml", SOURCE / "tools/action/action.yml"]:
        check_pins(file)
    for file in files:
        check_workflow(file)
    print("%d workflows are in order" % len(files))


main()
