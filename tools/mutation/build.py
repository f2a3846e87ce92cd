# SPDX-License-Identifier: Apache-2.0
"""Builds the reference with faults. The checkout is only read: all that is written is below the work folder."""
import glob
import os
import shutil
import signal
import subprocess
import threading

from mutation import choice
from mutation.switched import Switched, faulty_lines

# Of one compiler run or one test, in seconds; far more than either takes.
LONGEST = 120
# gcc's sanitizer lets an overflow pass that clang's notices.
COMPILER = shutil.which("clang") or "cc"
# What uses a variable that is not set is no fault that gets as far as a test.
WARNINGS = ["-Wno-everything", "-Werror=uninitialized"] if COMPILER.endswith("clang") else ["-w"]
# All errors of a file at once, each with its line alone.
ERRORS = ["-ferror-limit=0", "-fno-caret-diagnostics"] if COMPILER.endswith("clang") else ["-fmax-errors=0", "-fno-diagnostics-show-caret"]
LINKER = ["-fuse-ld=lld"] if COMPILER.endswith("clang") and shutil.which("ld.lld") else []
# Which preset builds the parts without a fault, and how the part with one is compiled. What survives the quick build is
# played with the sanitizers: a read behind the end of a list is noticed, and so is an overflow.
BUILDS = {"quick": ("dev", []), "sanitized": ("asan", ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"])}
COMMAND_LIBRARIES = (":hcsproof-kit", ":hcsproof-mutator", ":hcsref", "jansson", "yaml", "pthread")
TEST_LIBRARIES = (":hcsref", "cmocka", "jansson")


class Broken(Exception):
    """The tools fail, not the mutant."""


def bounded(command, cwd, environment=None):
    """Runs with its children in a group that is ended in time. Returns (status or None when it took too long, output)."""
    with subprocess.Popen(command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, start_new_session=True) as process:
        try:
            output, _ = process.communicate(timeout=LONGEST)
            return process.returncode, output.decode("utf-8", "replace")
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return None, ""


class Builder:
    """Of one build ("quick" or "sanitized"): the parts without a fault are in its folder once `prepare` has run."""

    def __init__(self, top, work, build):
        self.top, self.build = top, build
        self.folder = os.path.join(work, build)
        self.preset, self.flags = BUILDS[build]
        self.tests, self.lock = set(), threading.Lock()
        self.includes = ["-I", os.path.join(top, "ref"), "-I", os.path.join(top, "ref", "include")]

    def compile(self, path, out, more=(), include=None):
        return bounded([COMPILER, "-std=c11", "-O0", *WARNINGS, *ERRORS, *self.flags, "-DHCSREF_STATIC", "-DHCSREF_BUILDING",
                        '-DHCSPROOF_SOURCE_DIR="%s"' % self.top, *(["-I", include] if include else []), *self.includes, *more,
                        "-c", path, "-o", out], self.folder)

    def link(self, program, objects, libraries):
        """The changed objects come first, so that those of the library are not taken."""
        status, output = bounded(
            [COMPILER, *LINKER, *self.flags, "-o", program, *objects, *(
                os.path.join(self.folder, "lib", "lib%s.a" % name[1:]) if name[0] == ":" else "-l" + name for name in libraries)],
            self.folder)
        if status != 0:
            raise Broken("the mutant could not be linked:\n" + output)

    def link_command(self, program, objects):
        self.link(program, [os.path.join(self.folder, "main.o"), *objects], COMMAND_LIBRARIES)

    def link_test(self, program, name, objects):
        """Compiles a test of the library when it is first wanted."""
        path = os.path.join(self.folder, name + ".o")
        with self.lock:
            if name not in self.tests:
                status, output = self.compile(os.path.join(self.top, "ref", "tests", name + ".c"), path)
                if status != 0:
                    raise Broken("ref/tests/%s.c\n%s" % (name, output))
                self.tests.add(name)
        self.link(program, [path, *objects], TEST_LIBRARIES)

    def prepare(self):
        """Builds the command without faults."""
        # As the preset compiles, so that a compiler cache has it for both.
        for command in (["cmake", "--preset", self.preset, "-B", self.folder, "-DCMAKE_C_COMPILER=" + COMPILER, "-DHCSPROOF_TESTS=OFF"],
                        ["cmake", "--build", self.folder, "--target", "hcsproof"]):
            done = subprocess.run(command, cwd=self.top, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            if done.returncode != 0:
                raise Broken(" ".join(command) + "\n" + done.stdout)
        found = [path for path in glob.glob(os.path.join(self.folder, "**", "main.c.o"), recursive=True) if "hcsproof.dir" in path]
        if len(found) != 1:
            raise Broken("no object of the command's main in " + self.folder)
        link_object(found[0], os.path.join(self.folder, "main.o"))

    # ---- all faults of a file at once ----

    def compile_switched(self, file, text, mutants):
        """(object, numbers that are in it, numbers that do not compile); the others cannot be built in this way."""
        switched = Switched(text, mutants)
        inside, refused = set(mutants) - switched.left, set()
        path = os.path.join(self.folder, "planted", file)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        while True:
            with open(path, "w", encoding="utf-8") as out:
                out.write(switched.whole)
            own = os.path.join(self.top, "ref", os.path.dirname(file))
            status, output = self.compile(path, path[:-2] + ".o", ["-iquote", own])
            if status == 0:
                return path[:-2] + ".o", inside - refused, refused
            found = {switched.number_at(line) for line in faulty_lines(output, path)}
            if not found or None in found:
                raise Broken("ref/%s with its faults\n%s" % (file, output))
            refused |= found
            switched = switched.without(found)

    # ---- one fault ----

    def users_of(self, file):
        """The sources that a change of `file` changes."""
        if file.endswith(".c"):
            return [file]
        return [source for folder in choice.FOLDERS
                for source in sorted(os.path.relpath(path, os.path.join(self.top, "ref"))
                                     for path in glob.glob(os.path.join(self.top, "ref", folder, "*.c")))]

    def compile_one(self, folder, file, text):
        """The objects of what uses the file, with this text in its place; None when it does not compile."""
        include = os.path.join(folder, "ref")
        changed = os.path.join(include, file)
        os.makedirs(os.path.dirname(changed), exist_ok=True)
        with open(changed, "w", encoding="utf-8") as out:
            out.write(text)
        try:
            objects = []
            for source in self.users_of(file):
                objects.append(os.path.join(folder, source.replace("/", "-")[:-2] + ".o"))
                path = changed if source == file else os.path.join(self.top, "ref", source)
                if self.compile(path, objects[-1], include=include)[0] != 0:
                    return None
            return objects
        finally:
            os.remove(changed)


def link_object(path, link):
    if os.path.lexists(link):
        os.remove(link)
    os.symlink(path, link)
