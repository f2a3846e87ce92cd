# SPDX-License-Identifier: Apache-2.0
"""Hyper-V isolation that a runtime handler asks for, not the spec: in --runtime, and in what crictl inspect prints."""
import json
import os
import tempfile

from kit import equal, main, run

FOLDER = tempfile.TemporaryDirectory()
CONFIG = {"metadata": {"name": "web"}, "image": {"image": "iis"}, "args": ["cmd"],
          "windows": {"resources": {"cpu_maximum": 5000}}}
POD = {"metadata": {"name": "p", "namespace": "n", "uid": "u"}, "windows": {"security_context": {}}}
SPEC = {"ociVersion": "1.1.0", "process": {"cwd": "C:\\", "args": ["cmd"]}, "annotations": {"a": "b"},
        "windows": {"layerFolders": ["C:\\a", "C:\\s"], "network": {"networkNamespace": "n"}}}


def write(name, document):
    path = os.path.join(FOLDER.name, name)
    with open(path, "w", encoding="utf-8") as out:
        out.write(document if isinstance(document, str) else json.dumps(document))
    return path


def translate(command, *arguments, status=0):
    done = run(command, "translate", *arguments)
    said = done.stderr.decode().replace(FOLDER.name + os.sep, "")
    equal(done.returncode, status, said[-2000:])
    return json.loads(done.stdout) if done.stdout else None, said


def says(text, *parts):
    for part in parts:
        if part not in text:
            raise AssertionError(f"{part!r} is not in {text!r}")


def is_hosted(document):
    return document["Storage"]["Layers"][0]["Path"].startswith("\\\\?\\VMSMB\\")


HANDLERS = {
    "configuration": {"runtime_type": "io.containerd.runhcs.v1", "container_annotations": ["*"],
                      "options": {"SandboxIsolation": 1, "SandboxPlatform": "windows/amd64", "VmProcessorCount": 4,
                                  "VmMemorySizeInMb": 3072, "ScaleCpuLimitsToSandbox": True}},
    "protobuf": {"options": {"sandbox_isolation": 1, "sandbox_platform": "windows/amd64", "vm_processor_count": 4,
                             "vm_memory_size_in_mb": 3072, "scale_cpu_limits_to_sandbox": True}},
    "yaml": "options:\n  SandboxIsolation: 1\n  VmProcessorCount: 4\n  VmMemorySizeInMb: 3072\n  ScaleCpuLimitsToSandbox: true\n",
}


def a_handler_isolates_pod_and_container(command, source):
    container, pod = write("container.json", CONFIG), write("pod.json", POD)
    for name, handler in HANDLERS.items():
        runtime = write("runtime-" + name, handler)
        document, said = translate(command, "--pod", pod, "--runtime", runtime, container)
        equal(is_hosted(document), True, name)
        says(said, "Hyper-V isolation", "--part all")
        equal("options: is ignored" in said, False, said)
        vm, _ = translate(command, "--pod", pod, "--runtime", runtime, "--part", "vm")
        equal(vm["VirtualMachine"]["ComputeTopology"]["Processor"]["Count"], 4, name)
        equal(vm["VirtualMachine"]["ComputeTopology"]["Memory"]["SizeInMB"], 3072, name)
        spec, _ = translate(command, "--pod", pod, "--runtime", runtime, "--part", "spec", container)
        equal("hyperv" in spec["windows"], False, "containerd's spec does not say")


def without_a_handler_nothing_isolates(command, source):
    container, pod = write("container.json", CONFIG), write("pod.json", POD)
    runtime = write("process.json", {"options": {"SandboxIsolation": 0, "SandboxPlatform": "windows/amd64", "Debug": True}})
    document, said = translate(command, "--pod", pod, "--runtime", runtime, container)
    equal(is_hosted(document), False)
    says(said, "/options/Debug: is ignored", "SandboxIsolation")


def a_wrong_option_is_named(command, source):
    container, pod = write("container.json", CONFIG), write("pod.json", POD)
    runtime = write("wrong.json", {"options": {"SandboxIsolation": "HYPERVISOR"}})
    _, said = translate(command, "--pod", pod, "--runtime", runtime, container, status=1)
    says(said, "wrong.json: /options/SandboxIsolation: ", '"HYPERVISOR"')


def crictl_tells_the_handler(command, source):
    for state, pod in (("CONTAINER_RUNNING", False), ("SANDBOX_READY", True)):
        inspected = {"status": {"state": state}, "info": {"runtimeHandler": "runhcs-wcow-hypervisor", "runtimeSpec": SPEC,
                     "runtimeOptions": {"sandbox_isolation": 1, "sandbox_platform": "windows/amd64"},
                     "config": POD if pod else CONFIG}}
        path = write("inspect.json", inspected)
        document, said = translate(command, path)
        equal(is_hosted(document), True, state)
        document, said = translate(command, "--from", "config", path)
        equal(is_hosted(document), True, state)
        del inspected["info"]["runtimeOptions"]["sandbox_isolation"]
        document, said = translate(command, write("inspect.json", inspected))
        equal(is_hosted(document), False, state)


def options_that_cannot_be_read_are_said(command, source):
    inspected = {"status": {"state": "CONTAINER_RUNNING"}, "info": {"runtimeSpec": SPEC, "runtimeOptions": {"sandbox_isolation": "H"}}}
    document, said = translate(command, write("inspect.json", inspected))
    equal(is_hosted(document), False)
    says(said, "/info/runtimeOptions: is ignored", "[note]")


main([a_handler_isolates_pod_and_container, without_a_handler_nothing_isolates, a_wrong_option_is_named,
      crictl_tells_the_handler, options_that_cannot_be_read_are_said])
