# SPDX-License-Identifier: Apache-2.0
"""What people brought to public trackers, written anew: an input a row, what it is to be taken for, and what is to be
said of it. FOUND: rules and pointers, notes among them; the last word says what the reader is told."""

G = "11111111-2222-3333-4444-555555555555"
VOLUME = "\\\\?\\Volume{" + G + "}"
LAYER = {"Id": G, "Path": "C:\\images\\base"}
SPEC = {"ociVersion": "1.1.0", "process": {"args": ["cmd"], "cwd": "C:\\"},
        "windows": {"layerFolders": ["C:\\layers\\1", "C:\\layers\\2"]}}
V1 = {"SystemType": "Container", "Name": "c", "Owner": "docker", "VolumePath": VOLUME, "LayerFolderPath": "C:\\f\\c",
      "Layers": [{"ID": G, "Path": "C:\\f\\base"}], "HvPartition": False}
V2 = {"Owner": "client", "SchemaVersion": {"Major": 2, "Minor": 1}, "ShouldTerminateOnLastHandleClosed": True}
DOMAIN = {"Sid": "S-1-5-21-4-5-6", "MachineAccountName": "app", "Guid": G, "DnsTreeName": "corp.example",
          "DnsName": "corp.example", "NetBiosName": "CORP"}
VM = {"Chipset": {"Uefi": {}}, "ComputeTopology": {"Memory": {"SizeInMB": 2048}, "Processor": {"Count": 2}},
      "Devices": {}}

# (name, document, kind, {(rule, pointer)}, words that the reader sees)
INPUTS = [
    ("affinity of OCI 1.3", {**SPEC, "windows": {**SPEC["windows"], "resources": {"cpu": {
        "affinity": [{"mask": 3, "group": 0}]}}}}, "OCI runtime spec", set(), ""),
    ("credential spec as an object", {**SPEC, "windows": {**SPEC["windows"], "credentialSpec": {
        "CmsPlugins": ["ActiveDirectory"]}}}, "OCI runtime spec", {("credential-spec-object", "/windows/credentialSpec"), ("translate-note", "/windows/credentialSpec")},
     "JSON string"),
    ("a bundle that works", {**SPEC, "root": {"path": ""}}, "OCI runtime spec", set(), ""),
    ("a HostProcess container", {**SPEC, "annotations": {"microsoft.com/hostprocess-container": "true"}},
     "OCI runtime spec", {("no-document", "/annotations/microsoft.com~1hostprocess-container")}, "job object"),
    ("Hyper-V without a root", {**SPEC, "windows": {**SPEC["windows"], "hyperv": {}}}, "OCI runtime spec",
     {("translate-note", "/windows/hyperv")}, ""),
    ("habits of Linux", {**SPEC, "root": {"path": "rootfs"}, "windows": {"layerFolders": ["C:\\one"], "hyperv": {}}},
     "OCI runtime spec", {("hyperv-root", "/root/path"), ("refused", "/windows/layerFolders")}, "at least two Windows.LayerFolders"),
    ("a spec for Linux", {"ociVersion": "1.0.2", "process": {"args": ["sh"], "cwd": "/"}, "root": {"path": "rootfs"},
                          "mounts": [{"destination": "/proc", "type": "proc", "source": "proc"}],
                          "linux": {"namespaces": [{"type": "pid"}]}}, "OCI runtime spec",
     {("spec-platform", "/windows"), ("refused", "/windows/layerFolders")}, "for Linux"),
    ("a mount of a snapshotter", {**SPEC, "mounts": [{"destination": "C:\\d", "type": "windows-layer", "source": "C:\\s"}]},
     "OCI runtime spec", {("mount-type-refused", "/mounts/0/type")}, "windows-layer"),
    ("a process in a container", {**V2, "Container": {
        "Storage": {"Layers": [{"Path": "C:\\images\\base"}], "SandboxPath": "C:\\images\\s"}, "NetworkEndpoints": [],
        "Process": {"CommandLine": "x"}}}, "create document of schema 2",
     {("volume-path", "/Container/Storage/Path"), ("layer-path", "/Container/Storage/Layers/0/Id"),
      ("field-unknown", "/Container/Storage/SandboxPath"), ("field-unknown", "/Container/NetworkEndpoints"),
      ("field-unknown", "/Container/Process")}, "HcsCreateProcess"),
    ("a .vhdx for a volume", {**V2, "Container": {"Storage": {"Layers": [LAYER], "Path": "D:\\scratch.vhdx"}}},
     "create document of schema 2", {("volume-path", "/Container/Storage/Path")}, '"D:\\scratch.vhdx" is not the volume'),
    ("a credential spec with wrong names", {"CmsPlugins": ["ActiveDirectory"], "DomainJoinConfig": {
        **DOMAIN, "MachineAccountName": "app$"}, "ActiveDirectoryConfig": {"GroupManagedServiceAccount": [
            {"Name": "app", "Scope": "corp.example"}]}}, "gMSA credential spec",
     {("credential-spec", "/DomainJoinConfig/MachineAccountName"),
      ("credential-spec", "/ActiveDirectoryConfig/GroupManagedServiceAccounts"),
      ("field-unknown", "/ActiveDirectoryConfig/GroupManagedServiceAccount")}, "did you mean GroupManagedServiceAccounts"),
    ("a credential spec that works", {"CmsPlugins": ["ActiveDirectory"], "DomainJoinConfig": DOMAIN,
                                      "ActiveDirectoryConfig": {"GroupManagedServiceAccounts": [
                                          {"Name": "app", "Scope": "corp.example"}, {"Name": "app", "Scope": "CORP"}],
                                          "HostAccountConfig": {"PortableCcgVersion": "1", "PluginGUID": "{%s}" % G,
                                                                "PluginInput": "x"}}}, "gMSA credential spec", set(), ""),
    ("a CRI config in camel case", {"metadata": {"name": "w"}, "mounts": [{"containerPath": "C:\\d", "hostPath": "C:\\h"}]},
     "CRI container config", {("cri-field-name", "/mounts/0/containerPath"), ("cri-field-name", "/mounts/0/hostPath")},
     "container_path"),
    ("a CRI config with credentials", {"metadata": {"name": "g"}, "windows": {"security_context": {
        "run_as_username": "app", "credential_spec": "{}"}}}, "CRI container config", set(), ""),
    ("a CRI config for Linux", {"metadata": {"name": "b"}, "image": {"image": "i"}, "command": ["top"],
                                "linux": {"resources": {"cpu_quota": 1}}}, "CRI container config",
     {("translate-note", "/linux")}, "does not read"),
    ("a volume over the users", {"metadata": {"name": "d"}, "mounts": [
        {"container_path": "/users/", "host_path": "c:\\v"}]}, "CRI container config",
     {("mount-over-system", "/mounts/0/container_path")}, "hides C:\\Users"),
    ("devices of CRI", {"metadata": {"name": "g"}, "devices": [{"host_path": "class/" + G}], "windows": {}},
     "CRI container config", set(), ""),
    ("a sandbox path", {"metadata": {"name": "s"}, "image": {"image": "i"}, "mounts": [
        {"host_path": "sandbox:///x", "container_path": "C:\\x"}]}, "CRI container config",
     {("mount-source", "/mounts/0/host_path")}, "sandbox:///x"),
    ("crictl inspect", {"status": {"id": "5f", "state": "CONTAINER_EXITED"}, "info": {
        "config": {"metadata": {"name": "w"}}, "runtimeSpec": SPEC}}, "crictl inspect", set(), ""),
    ("docker inspect", [{"Id": "41", "Path": "cmd", "Args": [], "HostConfig": {"Isolation": "process", "Memory": 1 << 30},
                         "Config": {"Hostname": "h", "Cmd": ["cmd"]},
                         "GraphDriver": {"Data": {"dir": "C:\\f\\41"}, "Name": "windowsfilter"}}], "docker inspect", set(), ""),
    ("a namespace in use", {"ID": G, "ActivityId": G, "CompartmentId": 3, "Containers": ["c"], "Health": {
        "LastErrorCode": 0, "LastUpdateTime": 1}, "IsDefault": False, "Policies": [], "ResourceList": [],
        "SchemaVersion": {"Major": 0, "Minor": 0}, "State": 4, "Version": 1}, "namespace", set(), ""),
    ("a resource of a namespace", {"Type": "Endpoint", "Data": {"Id": G}}, "namespace", set(), ""),
    ("an endpoint that failed", {"Success": False, "Error": "The policy is invalid. ", "ErrorCode": 2151350285},
     "answer of HNS", set(), ""),
    ("an odd memory for a VM", {"ResourcePath": "VirtualMachine/ComputeTopology/Memory/SizeInMB",
                                "RequestType": "Update", "Settings": 4095}, "change to a compute system",
     {("vm-memory", "/Settings")}, "odd"),
    ("two commands", {"CommandLine": "cmd", "CommandArgs": ["cmd"], "WorkingDirectory": "C:\\"},
     "parameters of an HCS process", {("command-exclusive", "")}, ""),
    ("a working folder of Linux", {"CommandLine": "top", "WorkingDirectory": "/home"}, "parameters of an HCS process",
     {("working-directory", "/WorkingDirectory")}, '"/home" is not an absolute path'),
    ("a scrubbed process", {"CommandLine": "cmd", "Environment": {"<scrubbed>": "<scrubbed>"}},
     "parameters of an HCS process", set(), ""),
    ("a result with an attribution", {"Error": -2147024891, "ErrorMessage": "", "Attribution": [
        {"OperationFailure": {"Detail": "Construct"}}]}, "result document", set(), ""),
    ("a result with a new member", {"Error": -1070137075, "ErrorMessage": "x", "Later": 1}, "result document", set(), ""),
    ("properties of a VM", {"Id": G, "SystemType": "VirtualMachine", "Owner": "o", "RuntimeId": G, "State": "Running",
                            "Later": {}}, "properties of a compute system", set(), ""),
    ("a list of systems", [{"Id": "a", "SystemType": "Container", "Owner": "o", "State": "Running"}],
     "properties of a compute system", set(), ""),
    ("docker for Linux", {**V1, "SystemType": "container", "ContainerType": "linux", "HvPartition": True,
                          "HvRuntime": {"ImagePath": "C:\\i"}, "TerminateOnLastHandleClosed": True},
     "create document of schema 1", {("system-type-case", "/SystemType")}, ""),
    ("a mount below a drive", {**V1, "MappedDirectories": [{"HostPath": "C:\\v", "ContainerPath": "e:"},
                                                           {"HostPath": "F:\\s", "ContainerPath": "E:\\s"}]},
     "create document of schema 1", {("mount-below-drive", "/MappedDirectories/1/ContainerPath")}, "0xC0370106"),
    ("a launcher of 2017", {**V1, "IsDummy": False, "ProcessorCount": 1, "ProcessorMaximum": 10000},
     "create document of schema 1", {("field-release", "/IsDummy"), ("cpu-exclusive", "")}, "2017"),
    ("a drive of a SAN", {**V1, "MappedDirectories": [{"HostPath": "s:\\", "ContainerPath": "c:\\san"}]},
     "create document of schema 1", set(), ""),
    ("a shim of 2019", {**V2, "Container": {"GuestOs": {"HostName": "h"}, "Processor": {}, "Storage": {
        "Layers": [LAYER], "Path": VOLUME + "\\"}, "Networking": {"Namespace": G}}}, "create document of schema 2", set(), ""),
    ("invented devices", {**V2, "VirtualMachine": {**VM, "Devices": {"VirtioConsole": [], "Vsock": []}}},
     "create document of schema 2", {("field-unknown", "/VirtualMachine/Devices/VirtioConsole"),
                                     ("field-unknown", "/VirtualMachine/Devices/Vsock")}, "HvSocket"),
    ("memory that was refused", {**V2, "VirtualMachine": {**VM, "ComputeTopology": {
        "Memory": {"SizeInMB": 7990}, "Processor": {"Count": 4}}}}, "create document of schema 2",
     {("vm-memory-step", "/VirtualMachine/ComputeTopology/Memory/SizeInMB")}, "0x80041008"),
    ("layers of a snapshot", ["C:\\layers\\2", "C:\\layers\\1"], "layerchain.json", set(), ""),
    ("layers that are relative", ["C:\\layers\\2", "layers\\1"], "layerchain.json", {("layer-chain", "/1")}, ""),
    ("layers that are not named", {**V2, "Container": {"Storage": {"Layers": [], "Path": VOLUME + "\\"}}},
     "create document of schema 2", {("no-layers", "/Container/Storage/Layers")}, "no layers"),
    ("a limit beside the container", {**V2, "Container": {"Storage": {"Layers": [LAYER], "Path": VOLUME + "\\"}},
                                      "Memory": {"SizeInMB": 512}}, "create document of schema 2",
     {("field-misplaced", "/Memory")}, "in Container"),
    ("a user of Linux", {"CommandLine": "x", "User": "0:0"}, "parameters of an HCS process", {("process-user", "/User")},
     "ContainerUser"),
]
