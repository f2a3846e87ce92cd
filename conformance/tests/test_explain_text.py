#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""hcsproof explain of what people paste. The inputs in field/explain were written after public reports, with other names,
ids and paths."""
import json
import os
import tempfile

from kit import equal, main, one_line, run

# (file, words that the page must have)
WANTED = [
    ("docker-no-hypervisor.txt", ["0xC0351000 ERROR_HV_NOT_PRESENT", "Event 12001 of the compute service", "docker's error",
                                  "/HvPartition = true: asks for Hyper-V isolation", "What to look at first"]),
    ("event-log-settings.txt", ["the event log of Hyper-V-Compute", "create document", "Nothing: it follows the schema"]),
    ("event-log-export.xml", ["with its quotes as XML entities", "[cpu-exclusive]"]),
    ("shim-configuration.txt", ["0x801F000F ERROR_FLT_DO_NOT_ATTACH", "a field of the shim's log, with its quotes escaped",
                                "/Container/MappedDirectories/0/HostPath = S:\\share: is on another volume",
                                "creating the container or VM"]),
    ("shim-json.txt", ["a field of hcsshim's log", "an HCS create document of schema 1"]),
    ("json-log-line.jsonl", ["HCS_E_UNEXPECTED_EXIT", "/MappedDirectories/1/ContainerPath = D:\\s: lies below another"]),
    ("cri-go-struct.txt", ["a CRI container config", '"ContainerPath": "C:\\\\etc\\\\shop"', '"HostPath": "d:\\\\pods\\\\7\\\\cfg"',
                           '"Maximum": 2500']),
    ("result-construct.json", ["ERROR_ACCESS_DENIED", "Construct: the system was being built from its document",
                               "HcsGrantVmAccess"]),
    ("result-whole-document.json", ["0x8007000D ERROR_INVALID_DATA", "Event 11001", "$ is the whole document", "byte-order mark",
                                    "an empty string"]),
    ("result-power-on.json", ["ERROR_NOT_SUPPORTED", "1. Event 12030 of the VM worker", "2. Event 12010 of the VM worker",
                              "Synthetic Storage", "The event that names a device or a file is the cause"]),
    ("result-exited.json", ["0xC0370106 HCS_E_UNEXPECTED_EXIT"]),
    ("result-stuck.json", ["0xC0370105 HCS_E_INVALID_STATE", "listing all systems while one of them is stuck"]),
    ("hns-policy.json", ["0x803B000D HCN_E_INVALID_POLICY"]),
    ("path-and-document.txt", ["HCS_E_INVALID_JSON", "$.VirtualMachine.Devices.Scsi.Primary.Attachments is "
                               "/VirtualMachine/Devices/Scsi/Primary/Attachments of the document"]),
    ("gmsa-bridge.txt", ["0xD0020017 RPC_NT_SERVER_UNAVAILABLE", "HcsRpc_CreateProcess: starting a process", "CCG"]),
    ("kit-message.txt", ["At most one of cpu.count, cpu.maximum and cpu.shares is set",
                         "hcsproof explain cpu-limits-exclusive"]),
    ("cut-off.txt", ["ERROR_INVALID_PARAMETER", "Why it is not JSON", "docker's error", "cut off"]),
    ("missing-quote.txt", ["A document that is not JSON", "line 2, column", "opening quote"]),
]


def page_of(command, *arguments, **more):
    done = run(command, "explain", *arguments, **more)
    equal(done.returncode, 0, done.stderr)
    equal(done.stderr, b"")
    return " ".join(done.stdout.decode().split())


def field(source, name):
    return os.path.join(source, "conformance/tests/field/explain", name)


def each_input_gets_what_its_report_wanted(command, source):
    equal(sorted(os.listdir(os.path.join(source, "conformance/tests/field/explain"))), sorted(name for name, _ in WANTED))
    for name, words in WANTED:
        page = page_of(command, field(source, name))
        for word in words:
            equal(" ".join(word.split()) in page, True, "%s: %s is not in %s" % (name, word, page))


def standard_input_and_an_operand_say_the_same(command, source):
    for name in ("docker-no-hypervisor.txt", "result-exited.json"):
        with open(field(source, name), "rb") as file:
            text = file.read()
        page = page_of(command, field(source, name))
        equal(page_of(command, "-", stdin=text), page)
        equal(page_of(command, "--as", "text", text.decode()), page)


def encodings_do_not_matter(command, source):
    with open(field(source, "shim-configuration.txt"), encoding="utf-8") as file:
        text = file.read()
    page = page_of(command, field(source, "shim-configuration.txt"))
    for encoding in ("utf-16", "utf-8-sig", "utf-16-le"):
        equal(page_of(command, "-", stdin=text.encode(encoding)), page, encoding)


def tools_get_json(command, source):
    done = run(command, "explain", "--json", field(source, "docker-no-hypervisor.txt"), field(source, "result-exited.json"))
    pages = json.loads(done.stdout)
    equal([page["kind"] for page in pages], ["text", "result"])
    sections = {section["name"]: section["lines"] for section in pages[0]["sections"]}
    equal(sections["places"][0].startswith("/HvPartition"), True)


def documents_are_named_linted_and_translated(command, source):
    spec = '{"ociVersion":"1.1.0","process":{"args":["cmd"],"cwd":"C:\\\\"},"windows":{"layerFolders":["C:\\\\a","C:\\\\b"]}}'
    page = page_of(command, "-", stdin=spec.encode())
    for word in ("an OCI runtime spec", "What lint finds in it", "The container document made of it", '"Layers"'):
        equal(word in page, True, word)
    page = page_of(command, "-", stdin=b"\xef\xbb\xbf" + spec.encode())
    equal("It begins with a byte-order mark" in page, True)
    page = page_of(command, "-", stdin=spec.replace("layerFolders", "layers").encode())
    equal("[field-unknown]" in page, True, page)
    page = page_of(command, "-", stdin=spec.replace('"windows"', '"root":{"path":"x","readonly":true},"windows"').encode())
    equal("No document is made of it /root/readonly" in page and "no read-only root" in page, True, page)
    page = page_of(command, "-", stdin=b"apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n")
    equal("No runtime reads a Pod" in page, True)


def what_prints_a_container_says_why_it_failed(command, _):
    inspect = [{"Id": "a", "State": {"Status": "created", "Error": "hcs::CreateComputeSystem a: The parameter is incorrect."},
                "Config": {"Cmd": ["cmd"]}, "HostConfig": {"Binds": ["C:\\x:C:\\Users"], "Isolation": "process"}}]
    page = page_of(command, "-", stdin=json.dumps(inspect).encode())
    for word in ("docker inspect", "ERROR_INVALID_PARAMETER", "What usually causes it"):
        equal(word in page, True, word)


def records_of_attribution_are_read(command, _):
    result = {"Status": -1070137082, "ExitType": "UnexpectedExit",
              "Attribution": [{"WorkerExit": {"ExitCode": 3221225786, "Stage": "Running"}},
                              {"InvalidProperty": {"Path": "'$.VirtualMachine.Chipset'"}}]}
    page = page_of(command, "-", stdin=json.dumps(result).encode())
    for word in ("HCS_E_UNEXPECTED_EXIT", "STATUS_CONTROL_C_EXIT", "WorkerExit", "$.VirtualMachine.Chipset"):
        equal(word in page, True, word)


def messages_without_a_number_are_known_by_their_words(command, _):
    for text, word in (("docker: hcsshim::PrepareLayer failed: The device is not ready.", "ERROR_NOT_READY"),
                       ("failed: The user name or password is incorrect.", "ERROR_LOGON_FAILURE"),
                       ("container spec: Root.Path 'rootfs' must be a volume GUID path in the format", "root-path-not-volume"),
                       ("The container operating system does not match the host operating system.", "HCS_E_IMAGE_MISMATCH"),
                       ("hcs::System::Start: context deadline exceeded", "ERROR_TIMEOUT"),
                       ("process exited with code 1067", "ERROR_PROCESS_ABORTED"),
                       ("CreateVirtualDisk: E_INVALIDARG", "0x80070057 ERROR_INVALID_PARAMETER"),
                       ("network create: HNS failed with error : Element not found. ", "ERROR_NOT_FOUND")):
        equal(word in page_of(command, text), True, text)


def a_result_that_says_nothing_known_is_unknown(command, _):
    done = run(command, "explain", "-", stdin=b'{"Error":-2143616499,"ErrorMessage":""}')
    equal((done.returncode, done.stdout), (1, b""))
    one_line(done.stderr, "nothing is known of")


def calls_are_told(command, _):
    page = page_of(command, 'HcsShutDownComputeSystem(system, op, NULL) HcsCreateComputeSystem(L"x", L"", op, NULL, &s)')
    for word in ("HcsShutDownComputeSystem: shutting down", "HcsCreateComputeSystem: creating the container"):
        equal(word in page, True, word)
    equal(" CreateComputeSystem: " in page, False)


def a_file_that_cannot_be_read_is_status_4(command, _):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "big")
        with open(path, "wb") as file:
            file.truncate((64 << 20) + 1)
        done = run(command, "explain", path)
    equal(done.returncode, 4)
    one_line(done.stderr, "is larger than")


def nothing_in_a_text_writes_on_the_terminal(command, _):
    done = run(command, "explain", "-", stdin=b"error 0x80070005 \x1b[31m [Event Detail: \x1b]0;x\x07 Provider: x EventID: 11000]")
    equal(done.returncode, 0)
    equal(b"\x1b" in done.stdout, False)


main([each_input_gets_what_its_report_wanted, standard_input_and_an_operand_say_the_same, encodings_do_not_matter,
      tools_get_json, documents_are_named_linted_and_translated, messages_without_a_number_are_known_by_their_words,
      what_prints_a_container_says_why_it_failed, records_of_attribution_are_read, calls_are_told,
      a_result_that_says_nothing_known_is_unknown,
      a_file_that_cannot_be_read_is_status_4, nothing_in_a_text_writes_on_the_terminal])
