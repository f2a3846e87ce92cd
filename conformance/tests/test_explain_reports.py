#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""hcsproof explain of messages like those in public reports, rewritten with other names: the code that is meant, and advice
for what was being done."""
import json

from kit import equal, main, one_line, run

NETWORK = "a gateway outside the subnet"
# (message, words that the page has, words that would mislead)
MESSAGES = [
    # the network service
    ("Error response from daemon: hnsCall failed in Win32: The parameter is incorrect. (0x57)", [NETWORK], ["C:\\Windows"]),
    ("Handler for POST /v1.25/networks/create returned error: HNS failed with error : The parameter is incorrect. ", [NETWORK],
     ["C:\\Windows"]),
    ('hcnCreateNetwork failed in Win32: The parameter is incorrect. (0x57) {"Success":false,"Error":"The parameter is incorrect. ",'
     '"ErrorCode":2147942487}', ["creating a network", NETWORK], ["C:\\Windows"]),
    ("error while ProvisionEndpoint(a_net,B,c): failed to find HNSEndpoint a_net: Endpoint a_net not found",
     ["HCN_E_ENDPOINT_NOT_FOUND", "CNI plugin"], []),
    ("failed to create HNSNetwork cbr0: hnsCall failed in\n Win32: A network with this name already exists. (0x803b0010)",
     ["HCN_E_NETWORK_ALREADY_EXISTS"], []),
    ('"Source Vip endpoint creation failed" err="hcnCreateEndpoint failed in Win32: An address provided is invalid or reserved. "',
     ["HCN_E_ADDR_INVALID_OR_RESERVED"], []),
    ("Error response from daemon: failed to create endpoint shop on network nat: hnsCall failed in Win32: O arquivo j\u00e1 est\u00e1 "
     "sendo usado por outro processo. (0x20).", ["ERROR_SHARING_VIOLATION", "port"], ["scratch disk"]),
    ("failed to create endpoint shop on network nat: HNS failed with error : \u4e0d\u80fd\u6253\u5f00\u6587\u4ef6\u3002",
     ["creating a network endpoint", "no code", "Microsoft-Windows-Host-Network-Service-Admin"], []),
    ("[7] Failed to initialize key-value store of network plugin, err:timed out locking store.", ["azure-vnet"], []),
    ("Error response from daemon: network host not found", ["does not exist on Windows"], []),
    ("netplugin failed but error parsing its diagnostic message \"\": unexpected end of JSON input", ["CNI plugin ended"], []),
    ("NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized",
     ["conf_dir"], []),
    # layers
    ('re-exec error: exit status 1: output: time="t" level=error msg="hcsshim::ImportLayer failed in Win32: The system cannot find '
     'the file specified. (0x2) layerId=x"', ["ERROR_FILE_NOT_FOUND", "newer build of Windows"], ["CommandLine"]),
    ("failed to register layer: re-exec error: exit status 1: output: ProcessBaseLayer C:\\d\\84: The system cannot find the path "
     "specified.", ["ERROR_PATH_NOT_FOUND", "a Linux image"], ["WorkingDirectory"]),
    ("hcsshim::ImportLayer failed in Win32: The system has attempted to load or restore a file into the registry, but the specified "
     "file is not in a registry file format. (0x3f9)", ["ERROR_NOT_REGISTRY_FILE", "another build of Windows"], []),
    ("hcsshim::UnprepareLayer failed in Win32: Text of Windows. (0x3ff)",
     ["0x800703FF is not among the codes", "Win32 error 1023", "Microsoft-Windows-Hyper-V-Compute-Admin"], []),
    ("failed to bind target \"C:\\\\x\": Zugriff verweigert", ["ERROR_ACCESS_DENIED", "bindflt"], ["HcsGrantVmAccess"]),
    ("failed to create scratch layer: no parent layers present: unknown", ["FROM scratch"], []),
    ("failed to create shim task: invalid OCI spec - Type 'windows-layer' not supported: unknown", ["hcsproof explain mount-type"],
     []),
    # processes
    ('level=fatal msg="starting the container \\"5\\": rpc error: desc = failed to start containerd task \\"5\\": '
     'hcs::System::CreateProcess 5: The system cannot find the file specified.: unknown"',
     ["starting a process", "not in the image or not in its PATH"], ["source of a mount"]),
    ("kind: Event\napiVersion: v1\nreason: Failed\nmessage: >-\n  Error: failed to start containerd task \"a\":\n  "
     "hcs::System::CreateProcess a: The directory name is invalid.:\n  unknown\n", ["ERROR_DIRECTORY", "workingDir"], []),
    ('Message: failed to start containerd task "9": failed to get application name from commandline "pwsh.exe -c x": unknown',
     ["CONTAINER_SANDBOX_MOUNT_POINT"], []),
    ("failed to create shim task: failed to create user process token: failed to logon user: Access is denied.: unknown",
     ["Only Local System"], ["HcsGrantVmAccess"]),
    # what the runtimes say themselves
    ("docker: failed to start service utility VM (createreadwrite): kernel 'C:\\Program Files\\Linux Containers\\kernel' not found.",
     ["a Linux container"], []),
    ('Failed to create pod sandbox: rpc error: code = Unknown desc = failed to reserve sandbox name "a_1": name "a_1" is reserved '
     'for "f3"', ["earlier attempt"], []),
    ("connection error: desc = \"transport: Error while dialing open //./pipe/containerd-containerd: The system cannot find the "
     "file specified.\"", ["connecting to containerd", "The daemon is not running"], ["source of a mount"]),
    ("no matching manifest for windows/amd64 10.0.20348 in the manifest list entries", ["for Linux only"], []),
    ("failed to create shim task: failed to mount container storage: guest modify: guest RPC failure: The virtual machine or "
     "container JSON document is invalid.", ["changing something inside the VM", "newer than the build of the image"], ["a missing quote"]),
    ("Failed to start the virtual machine 'X' because one of the Hyper-V components is not running (Virtual machine ID E7).",
     ["The hypervisor is not running", "hypervisorlaunchtype"], []),
    ("credential spec 'C:\\ProgramData\\docker\\CredentialSpecs\\shop.json' for container f0 as the file could not be read: \"open "
     "shop.json: The system cannot find the file specified.\"", ["ERROR_FILE_NOT_FOUND", "folder CredentialSpecs"], ["Layers[]"]),
    ("ttrpc: closed: unknown", ["The shim ended"], []),
    ("Error response from daemon: CreateComputeSystem 0a: The locale specific resource for the desired message is not present.",
     ["hides what happened"], []),
    ("failed to generate spec: failed to mkdir \"Q:\\\\d\": mkdir Q:: The system cannot find the path specified.",
     ["hcsproof explain mount-mkdir"], []),
    ("invalid mount config for type \"bind\": bind source path does not exist: c:\\data.", ["hcsproof explain docker-mount"], []),
    # VMs
    ("Error code: Wsl/Service/CreateInstance/MountVhd/HCS/0x80070032", ["ERROR_NOT_SUPPORTED", "network drive"], ["AssignedDevices"]),
    ("'A' could not initialize memory: Incorrect function. (0x80070001).\n(Virtual machine ID A)", ["its memory"], ["PrepareLayer"]),
    ("Error code: Wsl/InstallDistro/Service/RegisterDistro/CreateVm/HCS/0x80040155", ["REGDB_E_IIDNOTREG", "partly installed"], []),
    ("L'opération n'a pas pu être démarrée car une fonctionnalité requise n'est pas installée.", ["HCS_E_HYPERV_NOT_INSTALLED"], []),
    # the event log, as Get-WinEvent | Format-List shows it
    ("TimeCreated  : 5/4/2022\nProviderName : Microsoft-Windows-Hyper-V-Compute\nId           : 11507\nMessage      : Failed to setup "
     "the external credentials for Container 'a': The RPC server is unavailable.\n (0xC0020017).",
     ["Event 11507 of the compute service", "RPC_NT_SERVER_UNAVAILABLE", "group managed service account"], []),
    ("Container Credential Guard failed to instantiate the plugin: {A}. Error: The server process could not be started because the "
     "configured identity is incorrect.", ["COM server"], []),
    # numbers
    ("hcs::CreateComputeSystem 5: winapi error #3489661095.", ["0xD00000A7 STATUS_BAD_VALIDATION_CLASS"], []),
    ("hcs::CreateComputeSystem 5: winapi error #3489661096.", ["0xD00000A8", "It is the NTSTATUS 0xC00000A8"], []),
    ("failed with HRESULT 0x80370199: x", ["comes from the Host Compute Service"], []),
    ("container exited with code 3762504530", ["EXCEPTION_COMPLUS", "nothing caught"], []),
    ("Exited (3221226356) 2 seconds ago", ["STATUS_HEAP_CORRUPTION"], []),
    ("Exited (1067) 3 minutes ago", ["ERROR_PROCESS_ABORTED"], []),
    # quoted, as mail and Markdown do
    ("> failed: exited unexpectedly. (0xc0370106) (extra info: {\"SystemType\":\"Contai\n> ner\",\"Name\":\"a\",\"Owner\":\"o\"})\n",
     ["HCS_E_UNEXPECTED_EXIT", "schema 1"], []),
]


def messages_get_the_advice_that_they_need(command, _):
    for text, wanted, misleading in MESSAGES:
        done = run(command, "explain", "-", stdin=text.encode())
        equal(done.returncode, 0, "%s: %s" % (text, done.stderr))
        page = " ".join(done.stdout.decode().split())
        for words in wanted:
            equal(words in page, True, "%s: %s is not in %s" % (text, words, page))
        for words in misleading:
            equal(words in page, False, "%s: %s is in %s" % (text, words, page))


def every_result_of_several_is_read(command, _):
    text = '{"Error":-1070137082,"ErrorMessage":"a"}\n{"Error":-2147024809,"ErrorMessage":"b"}\n'
    page = run(command, "explain", "-", stdin=text.encode()).stdout.decode()
    equal(("HCS_E_UNEXPECTED_EXIT" in page, "ERROR_INVALID_PARAMETER" in page), (True, True), page)


def records_of_a_guest_are_read(command, _):
    answer = {"Result": -1070137078, "ActivityId": "a", "ErrorMessage": "x",
              "ErrorRecords": [{"Result": -2147024894, "Message": "The system cannot find the file specified.", "Line": 3}]}
    page = run(command, "explain", "-", stdin=json.dumps(answer).encode()).stdout.decode()
    equal(("HCS_E_CONNECTION_CLOSED" in page, "ERROR_FILE_NOT_FOUND" in page), (True, True), page)


def success_is_no_failure(command, _):
    page = run(command, "explain", "-", stdin=b'{"Error":0}').stdout.decode()
    equal("this is not a failure" in page, True, page)


def a_document_tells_what_was_being_done(command, _):
    text = 'failed: The system cannot find the file specified. (0x2) extra info: {"CommandLine":"a.exe","WorkingDirectory":"C:\\\\"}'
    page = " ".join(run(command, "explain", "-", stdin=text.encode()).stdout.decode().split())
    equal("not in the image or not in its PATH" in page, True, page)


def a_number_that_nobody_calls_a_result_is_unknown(command, _):
    for text in ("the id is 3489661096", "id 0x80370199"):
        done = run(command, "explain", "-", stdin=text.encode())
        equal(done.returncode, 1, text)
        one_line(done.stderr, "nothing is known about")


main([messages_get_the_advice_that_they_need, every_result_of_several_is_read, records_of_a_guest_are_read, success_is_no_failure,
      a_document_tells_what_was_being_done, a_number_that_nobody_calls_a_result_is_unknown])
