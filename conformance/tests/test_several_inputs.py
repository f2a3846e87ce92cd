# SPDX-License-Identifier: Apache-2.0
"""Several containers in one file: crictl inspect A B prints a list or, in older versions, one document after another;
docker inspect always prints a list."""
import base64
import json
import os
import tempfile

from kit import equal, main, run

FOLDER = tempfile.TemporaryDirectory()
COUNT = 1500


def inspected(name, **spec):
    return {"status": {"id": name, "state": "CONTAINER_RUNNING", "metadata": {"name": name}},
            "info": {"pid": 7, "runtimeSpec": {"ociVersion": "1.1.0", "process": {"cwd": "C:\\", "args": ["cmd"]},
                                               "hostname": name, "windows": {"layerFolders": ["C:\\a", "C:\\s"]}, **spec}}}


def docker(name, **host_config):
    return {"Id": name, "Platform": "windows", "Config": {"Hostname": name, "Cmd": ["cmd"], "Image": "i"},
            "HostConfig": {"Isolation": "process", **host_config}, "State": {}}


REFUSED = inspected("b", mounts=[{"destination": "C:\\x", "source": ""}])


def write(name, text):
    path = os.path.join(FOLDER.name, name)
    with open(path, "w", encoding="utf-8") as out:
        out.write(text if isinstance(text, str) else json.dumps(text))
    return path


def one_after_another(*documents):
    return "".join(json.dumps(d, indent=2) + "\n" for d in documents)


def translate(command, path, *arguments, status=0, **more):
    done = run(command, "translate", "--profile", "hcsshim-0.12.9", *arguments, path, **more)
    said = done.stderr.decode().replace(path, "FILE")
    equal(done.returncode, status, said[-2000:])
    return [json.loads(line) for line in done.stdout.splitlines()], said


def says(text, *parts):
    for part in parts:
        if part not in text:
            raise AssertionError(f"{part!r} is not in {text!r}")


def crictl_prints_a_list_or_documents(command, source):
    for text in (json.dumps([inspected("a"), inspected("c")]), one_after_another(inspected("a"), inspected("c"))):
        documents, said = translate(command, write("two.json", text))
        equal([d["GuestOs"]["HostName"] for d in documents], ["a", "c"], said)
        equal(said.count("read as the output of crictl inspect"), 1, said)


def pods_and_containers_may_be_mixed(command, source):
    pod = inspected("p")
    pod["status"]["state"] = "SANDBOX_READY"
    documents, said = translate(command, write("mixed.json", one_after_another(inspected("a"), pod)))
    equal([d["GuestOs"]["HostName"] for d in documents], ["a", "p"], said)
    says(said, "read as the output of crictl inspect\n", "read as the output of crictl inspectp\n")


def places_are_those_of_the_file(command, source):
    for text in (json.dumps([inspected("a"), REFUSED], indent=2), one_after_another(inspected("a"), REFUSED)):
        documents, said = translate(command, write("refused.json", text), status=1)
        equal(len(documents), 1)
        says(said, "FILE: /1/info/runtimeSpec/mounts/0/source: ", '"source": ""')
        path = write("refused.json", text)
        done = run(command, "lint", path)
        equal(done.returncode, 1)
        says(done.stdout.decode(), "error: /1/info/runtimeSpec/mounts/0/source: ")


def a_refused_spec_of_one_container_is_where_it_is(command, source):
    done = run(command, "lint", write("one.json", REFUSED))
    says(done.stdout.decode(), "error: /info/runtimeSpec/mounts/0/source: ")


def what_has_no_spec_is_named_by_its_place(command, source):
    text = [inspected("a"), {"status": {"state": "CONTAINER_EXITED"}, "info": {}}]
    _, said = translate(command, write("none.json", text), status=1)
    says(said, "FILE: /1/info/runtimeSpec: ", "has no runtime spec")
    _, said = translate(command, write("networks.json", [docker("a"), {"Name": "nat", "Id": "n", "Driver": "nat"}]), status=1)
    says(said, "FILE: /1: ")


def an_empty_list_is_said_to_be_one(command, source):
    _, said = translate(command, write("empty.json", "[]\n"), status=1)
    says(said, "an empty list", "docker inspect", "[spec-missing]")


def two_specs_are_no_list(command, source):
    spec = inspected("a")["info"]["runtimeSpec"]
    _, said = translate(command, write("specs.json", one_after_another(spec, spec)), status=1)
    says(said, "[json-syntax]", "after top-level value")
    documents, _ = translate(command, write("specs.json", one_after_another(spec, spec)), "--stream")
    equal(len(documents), 1)


def other_lists_are_named(command, source):
    for name, document, words in (
            ("networks", [{"Name": "nat", "Id": "n", "Scope": "local", "Driver": "nat", "IPAM": {}}], "docker network inspect"),
            ("images", [{"Id": "sha256:1", "RepoTags": ["i"], "Os": "windows", "Config": {"Cmd": ["c"]}, "RootFS": {}}],
             "an image completes a container config"),
            ("crictl's image", {"status": {"id": "i", "repoTags": ["i"]}, "info": {"imageSpec": {"config": {}}}},
             "an image completes a container config"),
            ("configs", [{"metadata": {"name": "c"}, "image": {"image": "i"}}], "nothing in it is a container"),
            ("host config", {"Binds": None, "NetworkMode": "nat", "Isolation": "process"}, "docker's host config alone"),
            ("pods", {"items": [{"id": "a", "metadata": {"name": "p"}, "state": "SANDBOX_READY"}]}, "crictl pods")):
        documents, said = translate(command, write("other.json", document), status=1)
        equal(documents, [], name)
        says(said, words, "[not-a-spec]")


def less_than_usual_is_told_from_nothing(command, source):
    _, said = translate(command, write("status.json", {"status": {"id": "a", "state": "CONTAINER_EXITED"}}), status=1)
    says(said, "crictl inspect", "/info/runtimeSpec: ", "[spec-missing]")
    ctr = {"ID": "c", "Labels": {}, "Image": "i", "Runtime": {"Name": "io.containerd.runhcs.v1"}, "Snapshotter": "windows"}
    _, said = translate(command, write("null.json", {**ctr, "Spec": None}), status=1)
    says(said, "ctr containers info", "/Spec: ", "[spec-missing]")
    spec = json.dumps(inspected("h")["info"]["runtimeSpec"]).encode()
    wrapped = {"type_url": "types.containerd.io/opencontainers/runtime-spec/1/Spec", "value": base64.b64encode(spec).decode()}
    (document,), _ = translate(command, write("any.json", {**ctr, "Spec": wrapped}))
    equal(document["GuestOs"], {"HostName": "h"})
    for value in ("?", base64.b64encode(b"no").decode(), 1):
        _, said = translate(command, write("any.json", {**ctr, "Spec": {**wrapped, "value": value}}), status=1)
        says(said, "/Spec/value: ", "base64")


def made_anew_each_by_itself(command, source):
    both = []
    for name in "ac":
        one = inspected(name)
        one["info"]["config"] = {"metadata": {"name": name}, "image": {"image": "i"}, "args": ["cmd"], "windows": {}}
        both.append(one)
    documents, said = translate(command, write("anew.json", both), "--from", "config")
    equal(len(documents), 2)
    equal(said.count("the spec made of info.config"), 2, said)


def one_image_is_not_taken_for_another_in_silence(command, source):
    def container(image):
        return json.dumps({"metadata": {"name": "c"}, "image": {"image": image}, "command": ["cmd"], "windows": {}})

    image = write("image.json", {"os": "windows", "config": {"Env": ["A=1"]}})
    web, log = write("web.json", container("web:1")), write("log.json", container("log:2"))
    for second, notes in ((web, 0), (log, 1)):
        done = run(command, "translate", "--part", "spec", "--image", image, web, second)
        equal(done.returncode, 0, done.stderr)
        equal(done.stderr.decode().count("log.json: /image/image: log:2 is another image than web:1, the first one here, "
                                         "and is completed with the same --image [note]"), notes, done.stderr)
    equal(run(command, "translate", "--part", "spec", web, log).stderr.decode().count("another image"), 0)


def changes_counts_all(command, source):
    path = write("changes.json", one_after_another(inspected("a"), inspected("c")))
    done = run(command, "changes", "containerd-1.7.34", "containerd-2.3.4", path)
    says(done.stdout.decode(), "of 2 containers change")


def thousands_take_no_longer_each(command, source):
    """Each container is read once: a file is not gone through again for each of its containers."""
    for name, one in (("docker", lambda i: docker(f"c{i}")), ("crictl", lambda i: inspected(f"c{i}"))):
        path = write("many.json", [one(i) for i in range(COUNT)])
        documents, _ = translate(command, path, "--profile", "newest")
        equal(len(documents), COUNT, name)


main([crictl_prints_a_list_or_documents, pods_and_containers_may_be_mixed, places_are_those_of_the_file,
      a_refused_spec_of_one_container_is_where_it_is, what_has_no_spec_is_named_by_its_place,
      an_empty_list_is_said_to_be_one, other_lists_are_named, less_than_usual_is_told_from_nothing, two_specs_are_no_list, made_anew_each_by_itself,
      one_image_is_not_taken_for_another_in_silence, changes_counts_all,
      thousands_take_no_longer_each])
