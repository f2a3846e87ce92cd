#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Completions do what they should in bash and are sound in the shells that are here; every command has a man page that
mandoc and groff have nothing to say about; the action runs the suite."""
import json
import os
import re
import select
import shutil
import subprocess
import tempfile
import time

from kit import PATIENCE, equal, main, run

try:
    import pty
except ImportError: # Windows
    pty = None
try:
    import yaml
except ImportError:
    yaml = None


def with_command(command, **more):
    """An environment whose shells find the command by its name, as those of users do."""
    return dict(os.environ, PATH=os.path.dirname(command) + os.pathsep + os.environ["PATH"], **more)


def complete(command, source, *words):
    """What bash offers for the last of the words."""
    script = ('source <(hcsproof completions bash); COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); compopt() { :; }; _hcsproof;'
              'printf "%s\\n" "${COMPREPLY[@]}"')
    done = subprocess.run(["bash", "-c", script, "bash", *words], capture_output=True, text=True, timeout=PATIENCE, cwd=source,
                          env=with_command(command))
    equal(done.stderr, "", words)
    return done.stdout.split()


def bash_completes(command, source):
    def offers(*words):
        return complete(command, source, "hcsproof", *words)
    equal(offers("gol"), ["golden"])
    equal(offers("golden", "f"), ["fmt"])
    equal(offers("run", "--compa"), ["--compare"])
    equal(offers("run", "--compare", ""), ["semantic", "canonical", "bytes"])
    equal(offers("run", "--errors", "m"), ["message"])
    equal(offers("golden", "fmt", "--ch"), ["--check"])
    equal("--max-restarts" in offers("run", "golden", "--"), True)
    # bash parts words at equals signs
    equal(offers("run", "--compare", "="), ["semantic", "canonical", "bytes"])
    equal(offers("run", "--compare", "=", "c"), ["canonical"])


def bash_completes_values(command, source):
    def offers(*words):
        return complete(command, source, "hcsproof", *words)
    for words, wanted in ((("run", "--op", "clean-m"), ["clean-mount-path"]), (("serve", "--one-shot", "cpu-l"), ["cpu-limits"]),
                          (("fuzz", "--op", "sort"), ["sort-mounts"]), (("lint", "--schema", "hcs-v2-ho"), ["hcs-v2-hosted"]),
                          (("schema", "process-v2"), ["process-v2"]), (("run", "--report", "sa"), ["sarif="]),
                          (("run", "--profile", "hcsshim-0.13.0-rc.1"), ["hcsshim-0.13.0-rc.1"]),
                          (("translate", "--profile", "base"), ["baseline"]), (("changes", "newe"), ["newest"]),
                          (("profiles", "moby-m"), ["moby-main"]), (("help", "proto"), ["protocol"]), (("help", "trans"), ["translate"]),
                          (("man", "gol"), ["golden"]), (("completions", "power"), ["powershell"]),
                          (("run", "--area", "pip"), ["pipe"]), (("run", "-x", "cpu/all-t"), ["cpu/all-three"]),
                          (("explain", "cpu/all-t"), ["cpu/all-three"]), (("run", "golden/cpu/all-t"), ["golden/cpu/all-three.json"])):
        equal(offers(*words), wanted, words)
    equal("golden/cpu" in offers("run", "--documents", "golden/c"), True)
    equal(offers("run", "--testee", ""), [])


def other_shells_accept_theirs(command, source):
    for shell in ("zsh", "fish"):
        text = run(command, "completions", shell).stdout
        equal(len(text) > 2000, True, shell)
        if shutil.which(shell):
            with tempfile.NamedTemporaryFile() as file:
                file.write(text)
                file.flush()
                done = subprocess.run([shell, "-n", file.name], capture_output=True)
                equal((done.returncode, done.stderr), (0, b""), shell)
    equal(b"Register-ArgumentCompleter" in run(command, "completions", "powershell").stdout, True)
    equal(run(command, "completions", "csh").returncode, 2)


def fish_completes(command, source):
    """What fish offers, as bash does above."""
    if not shutil.which("fish"):
        return
    with tempfile.TemporaryDirectory() as home:
        with open(home + "/hcsproof.fish", "wb") as file:
            file.write(run(command, "completions", "fish").stdout)
        for line, wanted in (("hcsproof gol", ["golden"]), ("hcsproof golden f", ["fmt"]),
                             ("hcsproof run --compa", ["--compare"]), ("hcsproof run --errors m", ["message"]),
                             ("hcsproof run --compare ", ["bytes", "canonical", "semantic"]),
                             ("hcsproof run --op clean-m", ["clean-mount-path"]), ("hcsproof run --area=pip", ["--area=pipe"]),
                             ("hcsproof run --profile base", ["baseline"]), ("hcsproof schema process-v2", ["process-v2"]),
                             ("hcsproof help proto", ["protocol"]), ("hcsproof run --report sa", ["sarif="]),
                             ("hcsproof explain cpu/all-t", ["cpu/all-three"]), ("hcsproof completions power", ["powershell"]),
                             ("hcsproof golden fmt --ch", ["--check"])):
            done = subprocess.run(["fish", "-c", "source %s/hcsproof.fish; complete -C '%s'" % (home, line)], cwd=source,
                                  capture_output=True, text=True, env=with_command(command, HOME=home), timeout=PATIENCE)
            equal([offer.split("\t")[0] for offer in done.stdout.splitlines()], wanted, line + done.stderr)


def zsh_says(environment, folder, line, wanted):
    """Types a line and Tab into zsh until what it shows holds `wanted`."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        os.execvpe("zsh", ["zsh", "-i"], environment)
    shown, end = b"", time.monotonic() + PATIENCE
    typed = False
    while wanted.encode() not in shown and time.monotonic() < end:
        if not typed and b"READY" in shown:
            os.write(terminal, line.encode() + b"\t")
            typed, shown = True, b""
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                shown += os.read(terminal, 65536)
            except OSError:
                break
    os.close(terminal)
    os.waitpid(process, 0)
    equal(wanted.encode() in shown, True, (line, shown))


def zsh_completes(command, source):
    if not shutil.which("zsh") or pty is None:
        return
    with tempfile.TemporaryDirectory() as home:
        with open(home + "/hcsproof.zsh", "wb") as file:
            file.write(run(command, "completions", "zsh").stdout)
        with open(home + "/.zshrc", "w", encoding="utf-8") as file:
            file.write("unsetopt prompt_cr zle_bracketed_paste; autoload -Uz compinit; compinit -u -D; LISTMAX=0\n"
                       "source %s/hcsproof.zsh; PROMPT='READY '\n" % home)
        environment = with_command(command, HOME=home, ZDOTDIR=home, TERM="dumb", COLUMNS="200")
        for line, wanted in (("hcsproof golden f", "mt"), ("hcsproof run --compare ", "canonical"), ("hcsproof run --compare=can", "onical"),
                             ("hcsproof run --op clean-m", "ount-path"), ("hcsproof run --area pip", "e"),
                             ("hcsproof run --profile base", "line"), ("hcsproof schema process-v", "process-v1"),
                             ("hcsproof explain cpu/all-t", "hree"), ("hcsproof run --report sa", "rif="), ("hcsproof help proto", "col")):
            zsh_says(environment, source, line, wanted)


def commands_of(command, *path):
    """Every command with its words, from --help."""
    text = run(command, *path, "--help").stdout.decode()
    section = re.search(r"^Commands:\n(.*?)(\n\n|\Z)", text, re.S | re.M)
    found = [path]
    for line in section.group(1).splitlines() if section else []:
        name = line.split()[0] if re.match(r"  \S", line) else None
        if name:
            found += commands_of(command, *path, name)
    return found


def topics_of(command):
    text = run(command, "help").stdout.decode()
    return re.findall(r"^  (\w[\w-]*) ", text[text.index("\nTopics:\n"):], re.M)


def is_sound(path):
    if shutil.which("mandoc"):
        done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", path], capture_output=True, text=True)
        equal([x for x in done.stdout.splitlines() if "missing date" not in x], [], path)
    if shutil.which("groff"):
        done = subprocess.run(["groff", "-man", "-ww", "-Tutf8", path], capture_output=True, text=True)
        equal(done.stderr, "", path)


def every_command_and_topic_has_a_page(command, source):
    with tempfile.TemporaryDirectory() as folder:
        equal(run(command, "man", "--folder", folder).returncode, 0)
        commands = sorted("-".join(("hcsproof",) + words) + ".1" for words in commands_of(command))
        topics = sorted("hcsproof-%s.7" % topic for topic in topics_of(command))
        equal(sorted(os.listdir(folder + "/man1")), commands)
        equal(sorted(os.listdir(folder + "/man7")), topics)
        equal((len(commands) > 15, "hcsproof-refused.7" in topics), (True, True), commands + topics)
        for page in ["man1/" + name for name in commands] + ["man7/" + name for name in topics]:
            is_sound(os.path.join(folder, page))
    equal(run(command, "man", "golden", "fmt").stdout.startswith(b".TH hcsproof\\-golden\\-fmt 1"), True)
    equal(run(command, "man", "refused").stdout.startswith(b".TH hcsproof\\-refused 7"), True)
    equal(b"hcsproof\\-refused" in run(command, "man").stdout, True)
    equal(run(command, "man", "nothing").returncode, 2)


def the_action_runs_the_suite(command, source):
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, HCSPROOF=command, REPORTS=folder + "/reports", GITHUB_OUTPUT=folder + "/output",
                           GITHUB_STEP_SUMMARY=folder + "/summary", CASES=source + "/golden/recorded",
                           TESTEE="'%s' serve" % command, OPTIONS="--op clean-path --op cpu-limits")
        script = os.path.join(source, "tools/action/run")
        done = subprocess.run([script], env=environment, capture_output=True, text=True, timeout=PATIENCE)
        equal(done.returncode, 0, done.stdout + done.stderr)
        with open(folder + "/output", encoding="utf-8") as file:
            equal(file.read(), "status=0\n")
        with open(folder + "/summary", encoding="utf-8") as file:
            equal(file.read().startswith("## hcsproof: conforms"), True)
        equal(sorted(os.listdir(folder + "/reports")),
              ["annotations.txt", "badge.json", "report.html", "report.json", "report.sarif", "report.xml", "summary.md"])
        done = subprocess.run([script], env=dict(environment, TESTEE="false"), capture_output=True, text=True)
        equal(done.returncode, 3, done.stdout)
        equal("::error title=hcsproof::testee is broken" in done.stdout, True, done.stdout)


def expand(text, inputs, outputs):
    """GitHub's ${{ }} as far as the action uses it."""
    def value(found):
        scope, _, name = found.group(1).partition(".")
        return inputs[name] if scope == "inputs" else outputs[name.split(".")[-1]]
    return re.sub(r"\$\{\{ (inputs\.[\w-]+|steps\.[\w.]+) \}\}", value, text)


def write_program(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write("#!/bin/sh\n" + text)
    os.chmod(path, 0o755)


def run_action(command, source, folder, **given):
    """Runs the steps of action.yml as a runner of GitHub would, with cmake, apt-get and sudo that only take notes: the
    build is this one. Returns the statuses of the steps, the action's outputs, and the notes."""
    with open(os.path.join(source, "tools/action/action.yml"), encoding="utf-8") as file:
        action = yaml.safe_load(file)
    inputs = {name: given.get(name.replace("-", "_"), field.get("default", "")) for name, field in action["inputs"].items()}
    os.makedirs(folder + "/bin")
    for name in ("sudo", "apt-get", "cmake"):
        write_program(folder + "/bin/" + name, 'echo "%s $*" >>"$RUNNER_TEMP/notes"\n' % name)
    with open(folder + "/bin/cmake", "a", encoding="utf-8") as file:
        file.write('mkdir -p "$RUNNER_TEMP/hcsproof/bin"; ln -sf %s "$RUNNER_TEMP/hcsproof/bin/hcsproof"\n' % command)
    environment = dict(os.environ, RUNNER_TEMP=folder, GITHUB_ACTION_PATH=os.path.join(source, "tools/action"),
                       GITHUB_OUTPUT=folder + "/output", GITHUB_STEP_SUMMARY=folder + "/summary",
                       PATH=folder + "/bin" + os.pathsep + os.environ["PATH"])
    statuses = []
    for step in action["runs"]["steps"]:
        equal(step["shell"], "bash")
        if "if" in step:
            equal(step["if"], "inputs.hcsproof == ''")
            if inputs["hcsproof"]:
                continue
        own = {name: expand(text, inputs, {}) for name, text in step.get("env", {}).items()}
        write_program(folder + "/step", expand(step["run"], inputs, {}))
        done = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", folder + "/step"], cwd=folder,
                              env={**environment, **own}, capture_output=True, text=True, timeout=PATIENCE)
        statuses.append(done.returncode)
    with open(folder + "/output", encoding="utf-8") as file:
        outputs = dict(line.rstrip("\n").split("=", 1) for line in file)
    notes = open(folder + "/notes", encoding="utf-8").read() if os.path.exists(folder + "/notes") else ""
    return statuses, {name: expand(field["value"], inputs, outputs) for name, field in action["outputs"].items()}, notes


def the_steps_of_the_action_run(command, source):
    if yaml is None:
        return
    cases = source + "/golden/recorded/clean-path.jsonl"
    serve = "'%s' serve" % command
    with tempfile.TemporaryDirectory() as folder:
        statuses, outputs, notes = run_action(command, source, folder + "/1", testee=serve, cases=cases)
        equal((statuses, outputs), ([0, 0], {"status": "0", "reports": "hcsproof-reports"}))
        equal(["--target hcsproof" in line for line in notes.splitlines() if line.startswith("cmake --build")], [True])
        equal(os.path.exists(folder + "/1/hcsproof-reports/report.html"), True)
        statuses, outputs, notes = run_action(command, source, folder + "/2", one_shot="false", cases=cases,
                                              hcsproof=command, reports="mine", options="--max-fail 1 --allow-skip")
        equal((statuses, outputs, notes), ([1], {"status": "1", "reports": "mine"}, ""))
        equal(os.path.exists(folder + "/2/mine/report.xml"), True)
        # Quotes are understood, and nothing else of a shell.
        statuses, outputs, _ = run_action(command, source, folder + "/3", testee=serve, hcsproof=command, cases="'path/*' \"cpu/*\"",
                                          options="--exclude 'cpu/*'  --max-diff \"3\" --allow-skip")
        with open(folder + "/3/hcsproof-reports/report.json", encoding="utf-8") as file:
            ids = [result["id"] for result in json.load(file)["results"]]
        equal((statuses, len(ids) > 20, [i for i in ids if not i.startswith("path/")]), ([0], True, []))
        status = subprocess.run([source + "/tools/action/run"], env={**os.environ, "OPTIONS": "--id 'x", "HCSPROOF": command}, capture_output=True,
                                text=True, cwd=folder)
        equal((status.returncode, "::error::a quote is not closed: --id 'x" in status.stdout), (2, True), status.stdout)


main([bash_completes, bash_completes_values, fish_completes, zsh_completes, other_shells_accept_theirs, every_command_and_topic_has_a_page, the_action_runs_the_suite,
      the_steps_of_the_action_run])
