# SPDX-License-Identifier: Apache-2.0
"""The sample specifications of ref/tests/data/specs, through serve and through translate."""
import json
import tempfile

from kit import as_baseline, equal, main, run, samples, write_parts

HELLO = {"hello": {"protocol": 1, "kit": "test", "profile": "baseline"}}


def ask(command, questions):
    """The ok payloads of (operation, params) pairs, in order."""
    frames = [HELLO] + [{"id": i, "op": op, "params": params} for i, (op, params) in enumerate(questions)]
    done = run(command, "serve", stdin="".join(json.dumps(frame) + "\n" for frame in frames).encode())
    equal(done.returncode, 0, done.stderr.decode())
    answers = [json.loads(line) for line in done.stdout.decode("utf-8").split("\n")[1:-1]]
    equal(len(answers), len(questions))
    return [answer.get("ok", answer) for answer in answers]


def there_are_samples(command, source):
    equal(len(list(samples(source))) >= 25, True, "samples")


def stage_1(command, source):
    found = [(name, files) for name, files in samples(source) if "cri" in files]
    equal(len(found) > 0, True, "samples with a ContainerConfig")
    questions = [
        ("cri-to-oci", {"config": files["cri"], "spec": files["config"], "host": files["host"]}) for _, files in found
    ]
    for (name, files), answer in zip(found, ask(command, questions)):
        equal(answer["spec"], files["expected-oci"], name)


def stage_2(command, source):
    found = list(samples(source))
    questions = []
    for _, files in found:
        options = {**files["options"], "hosting_system": files.get("hosting-system")}
        spec = files.get("expected-oci", files["config"])
        questions.append(("oci-to-hcs", {"spec": spec, "options": options, "host": files["host"]}))
    for (name, files), answer in zip(found, ask(command, questions)):
        equal(answer, files["expected"], name)


def translate(command, source):
    """The document of the sample's own schema."""
    for name, files in samples(source):
        with tempfile.TemporaryDirectory() as folder:
            write_parts(folder, files)
            translate_one(command, name, folder, files)


def translate_one(command, name, folder, files):
    options = files["options"]
    arguments = ["--host", f"{folder}/host.json", "--id", options["id"], "--owner", options["owner"]]
    arguments += ["--schema", options["schema"]]
    if "network_namespace" in options:
        arguments += ["--network-namespace", options["network_namespace"]]
    if options.get("scale_cpu_limits_to_sandbox"):
        arguments.append("--scale-cpu-limits")
    if "hosting-system" in files:
        arguments += ["--hosting-system", f"{folder}/hosting-system.json"]
    if "cri" in files:
        arguments += ["--cri", f"{folder}/cri.json"]
    for option in {"ccg_state", "additional_mounts"} & set(options):
        write_parts(folder, {option: options[option]})
        arguments += ["--" + option.replace("_", "-"), f"{folder}/{option}.json"]
    done = run(command, "translate", *as_baseline(arguments), f"{folder}/config.json")
    if name == "cri-host-process":  # the shim never asks for the documents that the library builds of it
        equal((done.returncode, done.stdout), (6, b""), name)
        return
    equal(done.returncode, 0, f"{name}: {done.stderr.decode()}")
    equal(json.loads(done.stdout), files["expected"][options["schema"]], name)


main([there_are_samples, stage_1, stage_2, translate])
