#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""hcsproof explain of what people paste. The inputs in field/explain.json were written after public reports, with other names,
ids and paths."""
import json
import os
import tempfile

from kit import equal, main, one_line, run

FOLDER = tempfile.TemporaryDirectory()

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
    ("cut-off.txt", ["ERROR_INVALID_PARAMETER", "create document of schema 1", "docker's error", "Its end is missing", "cut off"]),
    ("missing-quote.txt", ["A document that is not JSON", "line 2, column", "opening quote"]),
]


def page_of(command, *arguments, **more):
    done = run(command, "explain", *arguments, **more)
    equal(done.returncode, 0, done.stderr)
    equal(done.stderr, b"")
    return " ".join(done.stdout.decode().split())


def fields(source):
    """The inputs by name."""
    with open(os.path.join(source, "conformance/tests/field/explain.json"), encoding="utf-8") as file:
        return json.load(file)


def field(source, name):
    """The input as a file."""
    path = os.path.join(FOLDER.name, name)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(fields(source)[name])
    return path


def each_input_gets_what_its_report_wanted(command, source):
    equal(sorted(fields(source)), sorted(name for name, _ in WANTED))
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
    for word in ("an OCI runtime spec", "The container document made from it", '"Layers"'):
        equal(word in page, True, word)
    page = page_of(command, "-", stdin=b"\xef\xbb\xbf" + spec.encode())
    equal("It begins with a byte-order mark" in page, True)
    page = page_of(command, "-", stdin=spec.replace("layerFolders", "layers").encode())
    equal("[field-unknown]" in page, True, page)
    page = page_of(command, "-", stdin=spec.replace('"windows"', '"root":{"path":"x","readonly":true},"windows"').encode())
    equal("No document can be made from it /root/readonly" in page and "no read-only root" in page, True, page)
    page = page_of(command, "-", stdin=b"apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n")
    equal("No runtime reads a Pod" in page, True)
    equal("Nothing: it follows" in page, False, "nothing was looked at")


def a_refusal_is_told_from_the_rule_behind_it(command, _):
    spec = {"ociVersion": "1.0.2", "process": {"args": ["cmd"], "cwd": "C:\\"}, "windows": {"layerFolders": ["C:\\a", "C:\\b"]},
            "annotations": {"microsoft.com/hostprocess-container": "true"}}
    page = page_of(command, "-", stdin=json.dumps(spec).encode())
    equal("The rule behind it The container is not a HostProcess container." in page, True, page)


def dockers_containers_have_a_document_of_schema_1(command, _):
    body = {"Image": "i", "Cmd": ["cmd"], "HostConfig": {"Isolation": "process", "Memory": 536870912}}
    page = page_of(command, "-", stdin=json.dumps(body).encode())
    for word in ("made from it (schema 1,", '"SystemType": "Container"', '"MemoryMaximumInMB": 512'):
        equal(word in page, True, page)
    body["HostConfig"]["Binds"] = ["C:\\a:/b"]
    page = page_of(command, "-", stdin=json.dumps(body).encode())
    equal("[docker-mount]" in page and "Nothing: it follows" not in page, True, page)


def a_profile_reads_and_makes_documents(command, _):
    spec = {"ociVersion": "1.1.0", "process": {"args": ["cmd"], "cwd": "C:\\"},
            "windows": {"layerFolders": ["C:\\a", "C:\\b"], "resources": {"cpu": {"affinity": [{"mask": 3}]}}}}
    text = json.dumps(spec).encode()
    page = page_of(command, "--profile", "containerd-1.7.13", "-", stdin=text)
    equal("As containerd-1.7.13 makes it:" in page and "affinity" in page, True, page)
    equal("As containerd-2" in page_of(command, "-", stdin=text), True)
    done = run(command, "explain", "--profile", "containerd-99", "0x57")
    equal((done.returncode, done.stdout), (2, b""))
    one_line(done.stderr, "--profile", "containerd-99")


def titles_are_sentences(command, _):
    guid = "11111111-2222-3333-4444-555555555555"
    for document, title in (({"CommandLine": "cmd", "WorkingDirectory": "C:\\"}, "These are the parameters of an HCS process"),
                            ({"Id": "c", "SystemType": "Container", "State": "Running", "RuntimeId": guid},
                             "These are properties of a compute system"),
                            ({"Type": "Container", "Data": {"Id": "c1"}}, "This is an HNS request that adds to a namespace"),
                            ({"HostComputeNetwork": guid, "SchemaVersion": {"Major": 2, "Minor": 0}},
                             "This is an HCN network endpoint")):
        page = page_of(command, "-", stdin=json.dumps(document).encode())
        equal(page.startswith(title + " "), True, page)
    page = page_of(command, "-", stdin=b'hcs: process {"CommandLine":"cmd","WorkingDirectory":"C:\\\\"}')
    equal("These are the parameters of an HCS process, found in the text." in page, True, page)


def what_is_no_config_is_unknown(command, _):
    """The process of a spec alone has members of a CRI config, and is none."""
    process = {"args": ["cmd"], "cwd": "C:\\", "user": {"username": "a"}, "env": ["A=b"]}
    equal(run(command, "explain", "-", stdin=json.dumps(process).encode()).returncode, 1)


def what_is_written_as_another_language_would_is_told_from_json(command, _):
    page = page_of(command, "-", stdin=b"{'SystemType': 'Container', 'Name': 'c1', 'Layers': []}")
    equal("A document that is not JSON" in page and "double quotes" in page, True, page)


def what_a_document_tells_of_its_system_is_said(command, _):
    namespace = {"ID": "a", "CompartmentId": 3, "Containers": ["c7"], "IsDefault": False, "ResourceList": [], "State": 4}
    page = page_of(command, "-", stdin=json.dumps(namespace).encode())
    equal("/Containers: c7: the namespace is still in use" in page, True, page)
    page = page_of(command, "-", stdin=json.dumps({**namespace, "Containers": []}).encode())
    equal("in use" in page, False, page)
    page = page_of(command, "-", stdin=b'{"CommandLine":"cmd","Environment":{"<scrubbed>":"<scrubbed>"}}')
    equal("/Environment: hcsshim's log leaves it out" in page, True, page)


def a_name_or_a_general_code_gives_the_code_that_is_meant(command, _):
    for text, title in (("Wsl/Service/CreateInstance/MountVhd/HCS/ERROR_FILE_NOT_FOUND", "0x80070002 ERROR_FILE_NOT_FOUND"),
                        ("Win32Exception (0x80004005): The parameter is incorrect.", "0x80070057 ERROR_INVALID_PARAMETER"),
                        ('{"Error":-2147467259,"ErrorMessage":"Access is denied."}', "0x80070005 ERROR_ACCESS_DENIED"),
                        ("a Windows version 10.0.26100-based image is incompatible with a 10.0.20348 host",
                         "0x80370101 HCS_E_IMAGE_MISMATCH"),
                        ("hcs::CreateComputeSystem x: The requested operation for attach namespace failed.",
                         "0x803B002E HCN_E_NAMESPACE_ATTACH_FAILED"),
                        ("hnsCall failed in Win32: A device attached to the system is not functioning. (0x1f)",
                         "0x8007001F ERROR_GEN_FAILURE"),
                        ('{"Success":false,"Error":"x","ErrorCode":"0x803b0013"}', "0x803B0013 HCN_E_PORT_ALREADY_EXISTS"),
                        ('[{"Error":-1070137082,"ErrorMessage":"x"}]', "0xC0370106 HCS_E_UNEXPECTED_EXIT"),
                        ('{"ProcessId":9,"Exited":true,"ExitCode":3221225794,"LastWaitResult":0}',
                         "0xC0000142 STATUS_DLL_INIT_FAILED")):
        page = page_of(command, "-", stdin=text.encode())
        equal(page.split(" The code", 1)[0].split(" What", 1)[0].endswith(title), True, page)


def a_result_with_an_unknown_code_shows_the_code(command, _):
    page = page_of(command, "-", stdin=b'{"Error":-2147022855,"ErrorMessage":"x"}')
    equal("0x800707F9 is not among the codes that are explained here. It is Win32 error 2041" in page, True, page)
    page = page_of(command, "-", stdin=b'{"Error":-1946091257,"ErrorMessage":"x"}')
    equal("0x8C010107 is not among the codes that are explained here." in page and "Win32" not in page, True, page)


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


def a_neighbour_is_not_below(command, _):
    for first, second, below in (("C:\\data", "C:\\data2", False), ("C:\\data", "c:\\DATA\\x", True)):
        paths = [{"HostPath": "D:\\h%d" % at, "ContainerPath": path} for at, path in enumerate((first, second))]
        text = "hcs::CreateComputeSystem: The parameter is incorrect. (extra info: %s)" % json.dumps(
            {"SystemType": "Container", "Name": "n", "Owner": "o", "MappedDirectories": paths})
        equal("lies below another" in page_of(command, text), below, second)


def a_result_that_says_nothing_known_is_unknown(command, _):
    done = run(command, "explain", "-", stdin=b'{"Error":-2143616499,"ErrorMessage":""}')
    equal((done.returncode, done.stdout), (1, b""))
    one_line(done.stderr, "nothing is known about")


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


def brackets_without_an_end_cost_no_time(command, _):
    done = run(command, "explain", "-", stdin=b"($[" * 330000)
    equal(done.returncode, 1)
    one_line(done.stderr, "nothing is known about")


def many_directories_cost_no_time(command, _):
    listed = [{"ContainerPath": "a%06d" % i} for i in range(60000)]
    inspect = {"status": {"id": "x", "reason": "Error", "message": "failed: 0x80070057"},
               "info": {"config": {"metadata": {"name": "a"}}, "runtimeSpec": {"ociVersion": "1.0", "windows": {}},
                        "x": listed}}
    page = page_of(command, "-", stdin=json.dumps(inspect).encode())
    equal("0x80070057" in page, True)


def files_of_other_programs_are_named(command, source):
    for text, what in (('{"cniVersion":"1.0.0","name":"nat","plugins":[{"type":"nat"}]}', "a CNI configuration"),
                       ("services:\n  web:\n    image: w\n", "a Compose file"),
                       ('{"data-root":"D:\\\\docker","hosts":["npipe://"]}', "dockerd's daemon.json"),
                       ('{"ID":"a","Containers":3,"Driver":"windowsfilter","ServerVersion":"28.0"}', "the output of docker info"),
                       ('{"auths":{"r":{"auth":"x"}}}', "docker's client configuration"),
                       ("version = 2\n[plugins]\n  [plugins.\"io.containerd.grpc.v1.cri\"]\n", "containerd's configuration"),
                       ("FROM nanoserver\nVOLUME D:\n", "a Dockerfile")):
        text = text.encode()
        page = page_of(command, "-", stdin=text)
        equal((f"This is {what}" in page, "Why it is not checked" in page, "Instead, " in page), (True, True, True), page)
        done = run(command, "lint", "-", stdin=text)
        equal((done.returncode, done.stdout), (2, b""), what)
        one_line(done.stderr, f"this is {what}", "which lint does not check")


def messages_of_the_cri_are_read_in_both_forms(command, source):
    for text in ('config &ContainerConfig{Metadata:&ContainerMetadata{Name:a,},Windows:&WindowsContainerConfig{Resources:'
                 '&WindowsContainerResources{CpuCount:2,CpuMaximum:5000,},},}',
                 'msg="config metadata:{name:\\"a\\"}  windows:{resources:{cpu_count:2 cpu_maximum:5000}}: failed"',
                 'metadata:{name:"a"} windows:{resources:{cpu_count:2 cpu_maximum:5000}}'):
        page = page_of(command, "-", stdin=text.encode())
        equal(("a CRI container config" in page, "[cpu-limits-exclusive]" in page), (True, True), page)


def a_code_behind_a_document_in_the_same_quotes_is_found(command, source):
    page = page_of(command, "-", stdin=b'msg="failed {\\"Owner\\":\\"a\\",\\"Container\\":{}}: 0xC0370106"')
    equal(("HCS_E_UNEXPECTED_EXIT" in page, "create document" in page), (True, True), page)


def an_exported_event_names_its_provider(command, source):
    page = page_of(command, "-", stdin=b"<Provider Name='x' Guid='{17103e3f-3c6e-4677-bb17-3b267eb5be57}'/><EventID>12030</EventID>")
    equal("Event 12030 of the compute service" in page, True, page)


def what_translate_refuses_is_not_called_right(command, source):
    spec = {"ociVersion": "1.1.0", "process": {"args": ["cmd"], "cwd": "C:\\\\"}, "root": {"path": "", "readonly": True},
            "windows": {"layerFolders": ["C:\\\\l", "C:\\\\s"]}}
    page = page_of(command, "-", stdin=json.dumps(spec).encode())
    equal(("[root-readonly]" in page, "Nothing:" in page, "--image" in page), (True, False, False), page)


LAYER = '"Layers":[{"ID":"0d1e2f30-4142-5354-a5a6-b7b8c9cadbec","Path":"C:\\\\w\\\\top"}]'
CUT = '{"SystemType":"Container","Name":"web",' + LAYER + ',"MappedDirectories":[{"HostPath":"c:\\\\a","ContainerPath":"c:\\\\users"},{"Ho'


def what_is_whole_of_a_cut_off_document_is_looked_at(command, _):
    message = "The parameter is incorrect. (0x57) (extra info: "
    page = page_of(command, "-", stdin=(message + CUT).encode())
    equal("/MappedDirectories/0/ContainerPath = c:\\users: a folder that Windows in the container needs" in page, True, page)
    equal("[mount-over-system]" in page, True, page)
    equal([word for word in ("volume-path", "layer-folder-missing", "Nothing:") if word in page], [], page)  # may follow
    escaped = json.dumps({"time": "7", "level": "error", "log": message + CUT + "x" * 40})
    page = page_of(command, "-", stdin=escaped[:-20].encode())
    equal(("/MappedDirectories/0/ContainerPath = c:\\users" in page, "0x80070057" in page), (True, True), page)
    page = page_of(command, "-", stdin=b'{"time":"7","message":"hcs::CreateComputeSystem a: Element not fou')
    equal("creating the container" in page, True, page)


def words_that_a_console_broke_are_read(command, _):
    for text in ("docker.exe: Error response from daemon: CreateComputeSystem 3: The container operating system does n\not match the"
                 " host", "Message : The container operating\n          system does not match the host operating system."):
        page = page_of(command, "-", stdin=text.encode())
        equal("HCS_E_IMAGE_MISMATCH" in page, True, page)
    equal("0xC0370106" in page_of(command, "-", stdin=b"it failed: (0xc037\r\n0106)"), True)


def an_exit_code_of_minus_one_counts_for_little(command, _):
    page = page_of(command, "-", stdin=b"container exited with code 4294967295 (0xffffffff)")
    equal("ended itself with -1" in page, True, page)
    page = page_of(command, "-", stdin=b"Wsl/Service/CreateInstance/CreateVm/HCS/0x80070032\n[process exited with code 4294967295]")
    equal(("ended itself" in page, "ERROR_NOT_SUPPORTED" in page), (False, True), page)


def what_was_being_done_decides_the_advice(command, _):
    rows = [("Invoke-HnsRequest : @{Error=The parameter is incorrect. ; ErrorCode=2147942487; Success=False}", "A subnet that overlaps"),
            ("PermissionError: [WinError 5] Access is denied: '\\\\\\\\.\\\\pipe\\\\docker_engine'", "the daemon's pipe"),
            ("failed to create containerd task: hcs::CreateComputeSystem g: Element not found.: unknown", "no device of the class"),
            ("Error code: Wsl/Service/CreateInstance/CreateVm/E_UNEXPECTED", "The VM's worker process"),
            ("failed to create default network: needs CNI plugin \"nat\" to be installed in CNI_PATH", "nat.exe")]
    for text, words in rows:
        page = page_of(command, "-", stdin=text.encode())
        equal(words in page, True, "%s: %s" % (text, page))


def a_pipe_in_its_place_is_not_suspicious(command, _):
    document = {"Owner": "a", "SchemaVersion": {"Major": 2, "Minor": 1}, "Container": {"MappedPipes": [
        {"ContainerPipeName": "\\\\.\\pipe\\x", "HostPath": "\\\\.\\pipe\\x"}]}}
    page = page_of(command, "-", stdin=("(0x57) document=" + json.dumps(document)).encode())
    equal(("among the directories" in page, "must be the name alone" in page), (False, True), page)
    document["Container"] = {"MappedDirectories": [{"HostPath": "\\\\.\\pipe\\x", "ContainerPath": "C:\\a\\.."}]}
    page = page_of(command, "-", stdin=("(0x57) document=" + json.dumps(document)).encode())
    equal(("among the directories" in page, "has . or .. in it" in page), (True, True), page)


POD = """apiVersion: v1
kind: ConfigMap
data: {}
---
apiVersion: apps/v1
kind: Deployment
spec:
  template:
    spec:
      securityContext: {runAsUser: 1000, windowsOptions: {hostProcess: true}, fsGroup: null}
      hostPID: true
      containers:
      - {name: a, image: b, securityContext: {readOnlyRootFilesystem: true, privileged: false}, volumeMounts: [{mountPropagation: None}]}
      volumes: [{emptyDir: {medium: Memory}}, {emptyDir: {}}]
"""


def members_of_a_pod_are_told_as_windows_takes_them(command, _):
    page = page_of(command, "-", stdin=POD.encode())
    at = "/items/1/spec/template/spec"
    for words in (at + "/securityContext/runAsUser: Windows has no numeric users", "/windowsOptions/hostProcess: a HostProcess container",
                  at + "/hostPID: ", at + "/containers/0/securityContext/readOnlyRootFilesystem: Windows has no read-only root",
                  at + "/volumes/0/emptyDir/medium: Windows has no volumes in memory"):
        equal(words in page, True, "%s: %s" % (words, page))
    equal([word for word in ("fsGroup", "privileged:", "mountPropagation", "volumes/1") if word in page], [], page)
    for linux in ("nodeSelector: {kubernetes.io/os: linux}", "os: {name: linux}"):
        page = page_of(command, "-", stdin=POD.replace("hostPID: true", linux).encode())
        equal("What Windows makes of it" in page, False, page)


def the_first_of_several_documents_is_said_to_be_that(command, _):
    page = page_of(command, "-", stdin=b"metadata: {name: a}\nimage: {image: b}\ncommand: [cmd]\nlog_path: a\n---\nmetadata: {}\n")
    equal("Only the first of its documents" in page, True, page)


main([what_is_whole_of_a_cut_off_document_is_looked_at, words_that_a_console_broke_are_read, an_exit_code_of_minus_one_counts_for_little,
      what_was_being_done_decides_the_advice, a_pipe_in_its_place_is_not_suspicious, members_of_a_pod_are_told_as_windows_takes_them,
      the_first_of_several_documents_is_said_to_be_that, a_profile_reads_and_makes_documents, what_translate_refuses_is_not_called_right, files_of_other_programs_are_named, messages_of_the_cri_are_read_in_both_forms,
      a_code_behind_a_document_in_the_same_quotes_is_found, an_exported_event_names_its_provider, each_input_gets_what_its_report_wanted, standard_input_and_an_operand_say_the_same, encodings_do_not_matter,
      tools_get_json, documents_are_named_linted_and_translated, a_refusal_is_told_from_the_rule_behind_it,
      dockers_containers_have_a_document_of_schema_1, titles_are_sentences, what_is_no_config_is_unknown,
      what_is_written_as_another_language_would_is_told_from_json,
      what_a_document_tells_of_its_system_is_said, a_name_or_a_general_code_gives_the_code_that_is_meant,
      a_result_with_an_unknown_code_shows_the_code, messages_without_a_number_are_known_by_their_words,
      what_prints_a_container_says_why_it_failed, records_of_attribution_are_read, calls_are_told,
      a_neighbour_is_not_below, a_result_that_says_nothing_known_is_unknown,
      brackets_without_an_end_cost_no_time, many_directories_cost_no_time, a_file_that_cannot_be_read_is_status_4,
      nothing_in_a_text_writes_on_the_terminal])
