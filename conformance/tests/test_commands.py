# SPDX-License-Identifier: Apache-2.0
"""hcsproof itself, and the small commands: help, schema, version."""
import json
import re

from kit import equal, main, one_line, run


def names_of(command):
    """The commands that the program's help lists."""
    text = run(command, "--help").stdout.decode()
    return re.findall(r"^  (\w[\w-]*) ", text[text.index("\nCommands:\n"):text.index("\nOptions:\n")], re.M)


def every_command_teaches(command, source):
    names = names_of(command)
    equal({"translate", "run", "serve", "schema", "help", "version"} - set(names), set())
    for name in names:
        done = run(command, name, "--help")
        equal((done.returncode, done.stderr), (0, b""))
        text = done.stdout.decode()
        for part in (f"hcsproof {name} - ", "\nUsage: ", "\nOptions:\n", "\nExamples:\n", "\nExit status:\n"):
            equal(part in text, True, f"{name}: {part!r}")
        long = [line for line in text.splitlines() if len(line) > 80 and not line.startswith("  hcsproof ")]
        equal(long, [], name)
        equal("Default: ." in " ".join(text.split()), False, name)
        equal(run(command, "help", name).stdout, done.stdout)


def topics_explain(command, source):
    text = run(command, "help").stdout.decode()
    topics = re.findall(r"^  (\w[\w-]*) ", text[text.index("\nTopics:\n"):], re.M)
    equal({"protocol", "host", "environment", "refused"} - set(topics), set())
    for topic in topics:
        done = run(command, "help", topic)
        equal((done.returncode, len(done.stdout) > 100), (0, True), topic)
        equal([line for line in done.stdout.decode().splitlines() if len(line) > 80], [], topic)
    done = run(command, "help", "protocl")
    equal((done.returncode, done.stdout), (2, b""))
    one_line(done.stderr, "did you mean 'protocol'?")


def schemas_are_json(command, source):
    done = run(command, "schema", "--list")
    names = [line.split()[0] for line in done.stdout.decode().splitlines()]
    equal({"oci", "cri", "hcs-v1", "hcs-v2", "hcs-v2-system", "hcs-v2-hosted", "device-extension"} - set(names), set())
    for name in names:
        done = run(command, "schema", name)
        equal((done.returncode, done.stderr), (0, b""))
        schema = json.loads(done.stdout)
        equal(schema["$schema"], "https://json-schema.org/draft/2020-12/schema")
        # What it accepts and Go refuses, or the other way round, is said.
        equal([w for w in ("letter case", "fraction", "fixed array", "integer key") if w not in schema["description"]], [], name)
    done = run(command, "schema", "hcs-v3")
    equal((done.returncode, done.stdout), (2, b""))
    one_line(done.stderr, "unknown schema 'hcs-v3'; did you mean 'hcs-v")
    done = run(command, "schema")
    equal((done.returncode, done.stdout), (2, b""))
    one_line(done.stderr, "missing operand: NAME")


def the_version_is_told(command, source):
    done = run(command, "version")
    equal((done.returncode, done.stdout.startswith(b"hcsproof ")), (0, True))
    equal(run(command, "--version").stdout, done.stdout)
    equal(run(command, "serve", "--version").stdout, done.stdout)


def nothing_is_a_usage_error(command, source):
    done = run(command)
    equal((done.returncode, done.stdout), (2, b""))
    one_line(done.stderr, "hcsproof: no command given (see 'hcsproof --help')")


main([every_command_teaches, topics_explain, schemas_are_json, the_version_is_told, nothing_is_a_usage_error])
