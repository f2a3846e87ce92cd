# SPDX-License-Identifier: Apache-2.0
"""Builds the reference with one fault and plays the curated cases against it. The checkout is only read: all that is
written is below the work folder."""
import glob
import hashlib
import os
import shlex
import shutil
import signal
import subprocess

# Of one compiler run or one play, in seconds; far more than either takes.
LONGEST = 60
# Of one answer: a fault may be an endless loop.
ANSWER_SECONDS = 5
MOST_MEMORY = "1024"  # MB
# gcc's sanitizer lets an overflow pass that clang's notices.
COMPILER = shutil.which("clang") or "cc"
# What uses a variable that is not set is no fault that gets as far as a test.
WARNINGS = ["-Wno-everything", "-Werror=uninitialized"] if COMPILER.endswith("clang") else ["-w"]
# A read behind the end of a list is noticed, and so is an overflow.
SANITIZERS = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
FOLDERS = ("path", "cri", "hcs")


class Broken(Exception):
    """The tools fail, not the mutant."""


def bounded(command, cwd):
    """Runs with its children in a group that is ended in time. Returns (status or None when it took too long, output)."""
    environment = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0:hard_rss_limit_mb=" + MOST_MEMORY, "NO_COLOR": "1"}
    process = subprocess.Popen(command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, start_new_session=True)
    try:
        output, _ = process.communicate(timeout=LONGEST)
        return process.returncode, output.decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return None, ""


class Player:
    """One at a time; several may share a build."""

    def __init__(self, top, build, name):
        self.top, self.build = top, build
        self.folder = os.path.join(build, "mutant-" + name)
        os.makedirs(self.folder, exist_ok=True)
        self.program = os.path.join(self.folder, "hcsproof")
        areas = sorted(glob.glob(os.path.join(top, "golden", "*/")))
        self.areas = [area for area in areas if os.path.basename(area[:-1]) != "recorded"]

    def compile(self, text_of, sources):
        """Compiles `sources`, files below ref/, with the texts of `text_of` in place of those of the checkout."""
        include = os.path.join(self.folder, "ref")
        for file, text in text_of.items():
            path = os.path.join(include, file)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as out:
                out.write(text)
        objects = []
        for file in sources:
            changed = os.path.join(include, file)
            objects.append(os.path.join(self.folder, file.replace("/", "-")[:-2] + ".o"))
            status, output = bounded(
                [COMPILER, "-std=c11", "-O0", *WARNINGS, *SANITIZERS, "-DHCSREF_STATIC", "-DHCSREF_BUILDING", "-I", include,
                 "-I", os.path.join(self.top, "ref"), "-I", os.path.join(self.top, "ref", "include"), "-c",
                 changed if file in text_of else os.path.join(self.top, "ref", file), "-o", objects[-1]], self.folder)
            if status != 0:
                return None, output
        return objects, ""

    def link(self, objects):
        """The changed objects come first, so that those of the library are not taken."""
        status, output = bounded(
            [COMPILER, *SANITIZERS, "-o", self.program, os.path.join(self.build, "main.o"), *objects,
             *(os.path.join(self.build, "lib", "lib%s.a" % name) for name in ("hcsproof-kit", "hcsproof-mutator", "hcsref")),
             "-ljansson", "-lyaml", "-lpthread"], self.folder)
        if status != 0:
            raise Broken("the mutant could not be linked:\n" + output)

    def play(self):
        """"survived", or what happened first: "failed", "broken" or "hung", and the first lines about it."""
        status, output = bounded(
            [os.path.join(self.build, "bin", "hcsproof"), "run", *self.areas, "--testee",
             shlex.quote(self.program) + " serve", "--profile", "baseline", "--compare", "bytes", "--errors", "message", "--fail-fast",
             "--timeout", str(ANSWER_SECONDS)], self.top)
        if status is None:
            return "hung", ""
        if status not in (0, 1, 3):
            raise Broken("the cases could not be played:\n" + output)
        return {0: "survived", 1: "failed", 3: "broken"}[status], output.split("\n", 1)[0]

    def users_of(self, file):
        """The sources that a change of `file` changes."""
        if file.endswith(".c"):
            return [file]
        return [source for folder in FOLDERS
                for source in sorted(os.path.relpath(path, os.path.join(self.top, "ref"))
                                     for path in glob.glob(os.path.join(self.top, "ref", folder, "*.c")))]

    def judge(self, mutant, text):
        changed = text[:mutant.start] + mutant.text + text[mutant.end:]
        objects, _ = self.compile({mutant.file: changed}, self.users_of(mutant.file))
        copy = os.path.join(self.folder, "ref", mutant.file)
        try:
            if objects is None:
                return "not built", ""
            self.link(objects)
            return self.play()
        finally:
            os.remove(copy)


def prepare(top, build):
    """Builds the reference without faults and sees that it passes. Returns the digest of all that a result depends on."""
    # As the preset asan compiles, so that a compiler cache has it for both.
    for command in (["cmake", "--preset", "asan", "-B", build, "-DCMAKE_C_COMPILER=" + COMPILER, "-DHCSPROOF_TESTS=OFF"],
                    ["cmake", "--build", build, "--target", "hcsproof"]):
        done = subprocess.run(command, cwd=top, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode != 0:
            raise Broken(" ".join(command) + "\n" + done.stdout)
    main = glob.glob(os.path.join(build, "**", "main.c.o"), recursive=True)
    own = [path for path in main if "hcsproof.dir" in path]
    if len(own) != 1:
        raise Broken("no object of the command's main in " + build)
    link = os.path.join(build, "main.o")
    if os.path.lexists(link):
        os.remove(link)
    os.symlink(own[0], link)
    digest = hashlib.sha256()
    for pattern in ("ref/**/*.[ch]", "conformance/*/*.[ch]", "golden/*/*.json", "tools/mutation/*.py"):
        for path in sorted(glob.glob(os.path.join(top, pattern), recursive=True)):
            if "/test" not in path[len(top):]:
                with open(path, "rb") as file:
                    digest.update(path[len(top):].encode() + b"\0" + hashlib.sha256(file.read()).digest())
    return digest.hexdigest()
