# SPDX-License-Identifier: Apache-2.0
"""What crictl inspect and docker inspect print of a running container becomes the document that its runtime handed over
when it was made. Each line of data/inspections.jsonl was recorded from a containerd or dockerd over the simulated service
(docs/real-runtimes.md); ids, times and paths are rewritten."""
import json
import os
import tempfile

from kit import equal, main, run


def pairs(source):
    with open(os.path.join(source, "conformance", "tests", "data", "inspections.jsonl"), encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def written(folder, name, value):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        json.dump(value, file)
    return file.name


def translate(command, pair, folder, *more):
    """On the facts that an inspection does not tell: processors, layers and their ids, the volume, what paths resolve to."""
    done = run(command, "translate", "--profile", pair["profile"], "--id", pair["id"], "--root", pair["root"],
               "--layers", ",".join(pair["layers"]), "--host", written(folder, "host.json", pair["host"]), *more,
               written(folder, "inspected.json", pair["inspected"]))
    equal(done.returncode, 0, done.stderr.decode())
    return done.stdout, done.stderr.decode()


def is_dockers(pair):
    return "endpoints" in pair


def crictls_is_the_recorded_document(command, source):
    """Byte for byte."""
    found = [pair for pair in pairs(source) if not is_dockers(pair)]
    equal(len(found), 4)
    for pair in found:
        with tempfile.TemporaryDirectory() as folder:
            out, _ = translate(command, pair, folder, "--envelope")
            equal(out.decode().strip(), json.dumps(pair["document"], separators=(",", ":")), pair["profile"])


def a_config_makes_what_ran(command, source):
    """The spec is made anew of info.config; only what the pod and the image say is not in the inspection."""
    for pair in (pair for pair in pairs(source) if not is_dockers(pair)):
        with tempfile.TemporaryDirectory() as folder:
            pod = {"metadata": {"name": "pod", "uid": "u1", "namespace": "default"}, "hostname": "pod-one", "windows": {}}
            out, said = translate(command, pair, folder, "--envelope", "--from", "config", "--pod", written(folder, "pod.json", pod),
                                  "--image", written(folder, "image.json", pair["image"]))
            equal(json.loads(out), pair["document"], pair["profile"])
            equal("differs from info.runtimeSpec" in said, False, said)


def dockers_lacks_only_the_endpoints(command, source):
    """HNS gives them when the container starts, and docker inspect does not show them: that is said."""
    found = [pair for pair in pairs(source) if is_dockers(pair)]
    equal(len(found), 3)
    for pair in found:
        with tempfile.TemporaryDirectory() as folder:
            out, said = translate(command, pair, folder)
            document = json.loads(out)
            equal({**document, "EndpointList": pair["endpoints"]}, pair["document"], pair["profile"])
            equal("/NetworkSettings/Networks: the document also names the endpoint" in said, True, said)


if __name__ == "__main__":
    main([crictls_is_the_recorded_document, a_config_makes_what_ran, dockers_lacks_only_the_endpoints])
