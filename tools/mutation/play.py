# SPDX-License-Identifier: Apache-2.0
"""Judges faults: which case notices each, if one does."""
import collections
import hashlib
import glob
import os
import shlex
import subprocess
import threading

from mutation import choice
from mutation.answers import MOST_MEMORY, Play, limits
from mutation.build import Broken, Builder, bounded
from mutation.switched import VARIABLE

# What a testee cannot show: ranges, which the runner alone reads, and the bytes of a frame. By the beginning of the file,
# the test of the library that is asked first.
TESTS = {"release/": "test_release", "uvm/frame": "test_vm_bridge"}
# The tests of the library that are asked of what all cases leave. No operation tells how giving back fails, which the shim
# only logs, that nothing is known of a profile's VMs, or what the calls do that the command does not make.
TESTS_AFTERWARDS = {"path/": "test_path*", "cri/": "test_cri*", "docker/": "test_docker_*", "hcs/": "test_hcs_*",
                    "hcs": "test_*_releases", "uvm/": "test_vm_*"}



def tests_of(top, file, tests):
    """The names of the tests that `tests` has for a file."""
    return [os.path.basename(path)[:-2] for start, pattern in tests.items() if file.startswith(start)
            for path in sorted(glob.glob(os.path.join(top, "ref", "tests", pattern + ".c")))]


def environment_of(number):
    environment = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0:hard_rss_limit_mb=%d" % MOST_MEMORY, "NO_COLOR": "1"}
    if number is not None:
        environment[VARIABLE] = str(number)
    return environment


class Programs:
    """What is started with a fault: the command, and tests of the library, made when one is first wanted."""

    def __init__(self, builder, folder, objects):
        self.builder, self.folder, self.objects = builder, folder, objects
        os.makedirs(folder, exist_ok=True)
        self.command = os.path.join(folder, "hcsproof")
        builder.link_command(self.command, objects)
        self.tests, self.lock = {}, threading.Lock()

    def test(self, name):
        with self.lock:
            if name not in self.tests:
                self.builder.link_test(os.path.join(self.folder, name), name, self.objects)
                self.tests[name] = os.path.join(self.folder, name)
            return self.tests[name]


class Judge:
    """Of the faults of one build. `plays`: {folder of ref/: [Play]}."""

    def __init__(self, builder, work, plays):
        self.builder, self.work, self.plays = builder, work, plays
        self.refused = set()
        self.switched, self.inside = None, set()

    def plant(self, texts, mutants, map_):
        """Builds one program with all of these that can be in it. `mutants`: {number: mutant}; `map_` runs side by side."""
        by_file = collections.defaultdict(dict)
        for number, mutant in mutants.items():
            if mutant.file.endswith(".c"):
                by_file[mutant.file][number] = mutant
        built = list(map_(lambda file: self.builder.compile_switched(file, texts[file], by_file[file]), sorted(by_file)))
        for _, inside, refused in built:
            self.inside |= inside
            self.refused |= refused
        if built:
            self.switched = Programs(self.builder, os.path.join(self.builder.folder, "planted"), [one[0] for one in built])

    def judge(self, number, mutant, text, worker, every=False):
        """(result, names of the cases that notice it: the first ones, or all curated ones with `every`)."""
        if number in self.refused:
            return "not built", []
        if number in self.inside:
            return self.judge_with(self.switched, number, mutant, worker, every)
        changed = text[:mutant.start] + mutant.text + text[mutant.end:]
        folder = os.path.join(self.builder.folder, "one-" + worker)
        os.makedirs(folder, exist_ok=True)
        objects = self.builder.compile_one(folder, mutant.file, changed)
        if objects is None:
            return "not built", []
        return self.judge_with(Programs(self.builder, folder, objects), None, mutant, worker, every)

    def judge_with(self, programs, number, mutant, worker, every):
        if self.test_notices(programs, number, mutant, TESTS):
            return "library", []
        result = self.play_all(programs.command, number, mutant.file.split("/")[0], worker, every)
        if result[0] == "survived" and self.test_notices(programs, number, mutant, TESTS_AFTERWARDS):
            return "library", []
        return result

    def test_notices(self, programs, number, mutant, tests):
        command = ["sh", "-c", limits(self.builder.build) + 'exec "$@"', "sh"]
        return any(bounded([*command, programs.test(name)], self.work, environment_of(number))[0] != 0
                   for name in tests_of(self.builder.top, mutant.file, tests))

    def play_all(self, command, number, folder, worker, every):
        """As one release after the other, until one notices: "recorded" when no curated case did."""
        out, environment, found, first = os.path.join(self.work, "answers-" + worker), environment_of(number), [], "survived"
        for play in self.plays[folder]:
            if every and play.kind == "recorded":
                break
            result, names = play.judge(self.builder.build, command, out, environment, every)
            found += names
            first = result if first == "survived" else first
            if first != "survived" and not every:
                return ("recorded" if play.kind == "recorded" else first), found[:1]
        return first, found


def digest_of(top):
    """Of all that a result depends on."""
    digest = hashlib.sha256()
    for pattern in ("ref/**/*.[ch]", "ref/**/*.def", "conformance/*/*.[ch]", "golden/*/*.json", "golden/recorded/**/*.jsonl", "tools/mutation/*.py"):
        for path in sorted(glob.glob(os.path.join(top, pattern), recursive=True)):
            with open(path, "rb") as file:
                digest.update(path[len(top):].encode() + b"\0" + hashlib.sha256(file.read()).digest())
    return digest.hexdigest()


def pass_cases(top, runner, play):
    """Whether the reference without faults passes them, byte for byte."""
    done = subprocess.run(
        [runner, "run", play.cases, "--testee", shlex.quote(runner) + " serve", "--profile", play.profile, "--strict",
         "--compare", "bytes", "--errors", "message", "--fail-fast"], cwd=top, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        check=False)
    return done.returncode == 0


def prepare(top, work, folders):
    """Builds the reference without faults. Returns (digest, {folder of ref/: [Play]}), of these folders."""
    builder = Builder(top, work, "quick")
    builder.prepare()
    runner = os.path.join(builder.folder, "bin", "hcsproof")
    digest = digest_of(top)
    try:
        chosen = choice.plays(top, work, runner, digest)
    except choice.Failed as error:
        raise Broken(str(error)) from error
    plays = {folder: [Play(*one) for one in chosen[folder]] for folder in folders}
    for play in (play for folder in folders for play in plays[folder]):
        if not pass_cases(top, runner, play) or not play.learn(runner, os.path.join(work, "answers")):
            raise Broken("the reference does not pass the cases; mend that first")
    return digest, plays
