# SPDX-License-Identifier: Apache-2.0
"""Builds the reference with one fault and plays the cases against it. The checkout is only read: all that is
written is below the work folder."""
import glob
import hashlib
import os
import shlex
import shutil
import signal
import subprocess

from mutation import choice

# Of one compiler run or one play, in seconds; far more than either takes.
LONGEST = 60
# Of one answer: a fault may be an endless loop.
ANSWER_SECONDS = 5
MOST_MEMORY = 1024  # MB
# gcc's sanitizer lets an overflow pass that clang's notices.
COMPILER = shutil.which("clang") or "cc"
# What uses a variable that is not set is no fault that gets as far as a test.
WARNINGS = ["-Wno-everything", "-Werror=uninitialized"] if COMPILER.endswith("clang") else ["-w"]
LINKER = ["-fuse-ld=lld"] if COMPILER.endswith("clang") and shutil.which("ld.lld") else []
# Which preset builds the parts without a fault, and how the part with one is compiled. What survives the quick build is
# played with the sanitizers: a read behind the end of a list is noticed, and so is an overflow.
BUILDS = {"quick": ("dev", []), "sanitized": ("asan", ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"])}
# What a testee cannot show: ranges, which the runner alone reads, and the bytes of a frame. By the beginning of the file,
# the test of the library that is asked first.
TESTS = {"release/": "test_release", "uvm/frame": "test_vm_bridge"}
# What no operation tells: how giving back fails, which the shim only logs, and that nothing is known of a profile's VMs. The
# test of the library that is asked of what all cases leave.
TESTS_AFTERWARDS = {"uvm/bridge": "test_vm_bridge", "uvm/call": "test_vm_options", "uvm/container": "test_vm_container",
                    "uvm/scsi": "test_vm_container", "uvm/update": "test_vm_update", "uvm/vsmb": "test_vm_container"}


class Broken(Exception):
    """The tools fail, not the mutant."""


def limited(build, command):
    """The command with a limit of memory; the sanitizers have their own, and reserve more than they use."""
    return command if BUILDS[build][1] else ["sh", "-c", 'ulimit -v %d && exec "$@"' % (MOST_MEMORY << 10), "sh", *command]


def bounded(command, cwd):
    """Runs with its children in a group that is ended in time. Returns (status or None when it took too long, output)."""
    environment = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0:hard_rss_limit_mb=%d" % MOST_MEMORY, "NO_COLOR": "1"}
    with subprocess.Popen(command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, start_new_session=True) as process:
        try:
            output, _ = process.communicate(timeout=LONGEST)
            return process.returncode, output.decode("utf-8", "replace")
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return None, ""


def runner_of(work):
    """The command without faults that plays: its own speed matters, so it is the quick one."""
    return os.path.join(work, "quick", "bin", "hcsproof")


def tests_of(file, tests):
    return [test for start, test in tests.items() if file.startswith(start)]


class Player:
    """One at a time; several may share the builds."""

    def __init__(self, top, work, name, plays):
        self.top, self.work, self.plays = top, work, plays
        self.folder = os.path.join(work, "mutant-" + name)
        os.makedirs(self.folder, exist_ok=True)
        self.program = os.path.join(self.folder, "hcsproof")

    def compile(self, build, text_of, sources):
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
                [COMPILER, "-std=c11", "-O0", *WARNINGS, *BUILDS[build][1], "-DHCSREF_STATIC", "-DHCSREF_BUILDING", "-I", include,
                 "-I", os.path.join(self.top, "ref"), "-I", os.path.join(self.top, "ref", "include"), "-c",
                 changed if file in text_of else os.path.join(self.top, "ref", file), "-o", objects[-1]], self.folder)
            if status != 0:
                return None, output
        return objects, ""

    def link(self, build, program, objects, libraries):
        """The changed objects come first, so that those of the library are not taken."""
        folder = os.path.join(self.work, build)
        status, output = bounded(
            [COMPILER, *LINKER, *BUILDS[build][1], "-o", program, *objects, *(
                os.path.join(folder, "lib", "lib%s.a" % name[1:]) if name[0] == ":" else "-l" + name for name in libraries)],
            self.folder)
        if status != 0:
            raise Broken("the mutant could not be linked:\n" + output)

    def test(self, build, name, objects):
        """What a test of the library says of the fault."""
        program = os.path.join(self.folder, name)
        self.link(build, program, [os.path.join(self.work, build, name + ".o"), *objects], (":hcsref", "cmocka"))
        status, _ = bounded(limited(build, [program]), self.folder)
        if status is None:
            return "hung", ""
        return ("survived", "") if status == 0 else ("failed", name)

    def play(self, build, profile, cases):
        """"survived", or what happened first: "failed", "broken" or "hung", and the first lines about it."""
        status, output = bounded(limited(build, [
            runner_of(self.work), "run", cases, "--testee", shlex.quote(self.program) + " serve", "--profile", profile,
            "--strict", "--compare", "bytes", "--errors", "message", "--fail-fast", "--timeout", str(ANSWER_SECONDS)]), self.top)
        if status is None:
            return "hung", ""
        if status not in (0, 1, 3):
            raise Broken("the cases could not be played:\n" + output)
        return {0: "survived", 1: "failed", 3: "broken"}[status], output.split("\n", 1)[0]

    def play_all(self, build, folder):
        """As one release after the other, until one notices: "recorded" when no curated case did."""
        for kind, profile, cases in self.plays[folder]:
            result, first = self.play(build, profile, cases)
            if result != "survived":
                return ("recorded" if kind == "recorded" else result), first
        return "survived", ""

    def users_of(self, file):
        """The sources that a change of `file` changes."""
        if file.endswith(".c"):
            return [file]
        return [source for folder in choice.FOLDERS
                for source in sorted(os.path.relpath(path, os.path.join(self.top, "ref"))
                                     for path in glob.glob(os.path.join(self.top, "ref", folder, "*.c")))]

    def judge_in(self, build, mutant, changed):
        objects, _ = self.compile(build, {mutant.file: changed}, self.users_of(mutant.file))
        if objects is None:
            return "not built", ""
        for test in tests_of(mutant.file, TESTS):
            result = self.test(build, test, objects)
            if result[0] != "survived":
                return result
        self.link(build, self.program, [os.path.join(self.work, build, "main.o"), *objects],
                  (":hcsproof-kit", ":hcsproof-mutator", ":hcsref", "jansson", "yaml", "pthread"))
        result = self.play_all(build, mutant.file.split("/")[0])
        if result[0] == "survived" and any(self.test(build, test, objects)[0] != "survived"
                                           for test in tests_of(mutant.file, TESTS_AFTERWARDS)):
            return "library", ""
        return result

    def judge(self, mutant, text):
        changed = text[:mutant.start] + mutant.text + text[mutant.end:]
        try:
            for build in BUILDS:
                result = self.judge_in(build, mutant, changed)
                if result[0] != "survived":
                    break
            return result
        finally:
            os.remove(os.path.join(self.folder, "ref", mutant.file))


def link_object(path, link):
    if os.path.lexists(link):
        os.remove(link)
    os.symlink(path, link)


def compile_tests(top, work):
    for build, (_, flags) in BUILDS.items():
        for name in {*TESTS.values(), *TESTS_AFTERWARDS.values()}:
            status, output = bounded(
                [COMPILER, "-std=c11", "-O0", *WARNINGS, *flags, "-DHCSREF_STATIC", "-DHCSPROOF_SOURCE_DIR=\"%s\"" % top, "-I",
                 os.path.join(top, "ref"), "-I", os.path.join(top, "ref", "include"), "-c",
                 os.path.join(top, "ref", "tests", name + ".c"), "-o", os.path.join(work, build, name + ".o")], top)
            if status != 0:
                raise Broken("ref/tests/%s.c\n%s" % (name, output))


def build_one(top, folder, preset):
    # As the preset compiles, so that a compiler cache has it for both.
    for command in (["cmake", "--preset", preset, "-B", folder, "-DCMAKE_C_COMPILER=" + COMPILER, "-DHCSPROOF_TESTS=OFF"],
                    ["cmake", "--build", folder, "--target", "hcsproof"]):
        done = subprocess.run(command, cwd=top, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode != 0:
            raise Broken(" ".join(command) + "\n" + done.stdout)
    main = [path for path in glob.glob(os.path.join(folder, "**", "main.c.o"), recursive=True) if "hcsproof.dir" in path]
    if len(main) != 1:
        raise Broken("no object of the command's main in " + folder)
    link_object(main[0], os.path.join(folder, "main.o"))


def digest_of(top):
    """Of all that a result depends on."""
    digest = hashlib.sha256()
    for pattern in ("ref/**/*.[ch]", "ref/**/*.def", "conformance/*/*.[ch]", "golden/*/*.json", "golden/recorded/**/*.jsonl", "tools/mutation/*.py"):
        for path in sorted(glob.glob(os.path.join(top, pattern), recursive=True)):
            if "/test" not in path[len(top):] or os.path.basename(path)[:-2] in {*TESTS.values(), *TESTS_AFTERWARDS.values()}:
                with open(path, "rb") as file:
                    digest.update(path[len(top):].encode() + b"\0" + hashlib.sha256(file.read()).digest())
    return digest.hexdigest()


def prepare(top, work):
    """Builds the reference without faults. Returns (the digest, which cases are played as which release for a folder)."""
    for build, (preset, _) in BUILDS.items():
        build_one(top, os.path.join(work, build), preset)
    compile_tests(top, work)
    digest = digest_of(top)
    try:
        return digest, choice.plays(top, work, runner_of(work), digest)
    except choice.Failed as error:
        raise Broken(str(error)) from error


def is_sound(top, work, plays, folders):
    """Whether the reference without faults passes what the mutants of these folders are played with."""
    sound = Player(top, work, "0", plays)
    for build in BUILDS:
        sound.program = os.path.join(work, build, "bin", "hcsproof")
        if any(sound.play_all(build, folder)[0] != "survived" for folder in folders):
            return False
    return True
