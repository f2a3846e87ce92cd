#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""hcsproof lint on the documents of utility VMs and what is asked of them: nothing is wrong with right ones, and the one
fault of each wrong one is found, and nothing else."""
import copy

from kit import changed, equal, lint_strictly as lint, main

GUID = "11111111-2222-3333-4444-555555555555"
DISK = {"Type": "VirtualDisk", "Path": "C:\\vm\\disk.vhdx"}
WINDOWS = {
    "Owner": "o", "SchemaVersion": {"Major": 2, "Minor": 1}, "ShouldTerminateOnLastHandleClosed": True,
    "VirtualMachine": {
        "StopOnReset": True,
        "Chipset": {"Uefi": {"BootThis": {"DeviceType": "ScsiDrive", "DevicePath": "Primary", "DiskNumber": 0}}},
        "ComputeTopology": {"Memory": {"SizeInMB": 4096, "AllowOvercommit": True}, "Processor": {"Count": 2}},
        "Devices": {
            "Scsi": {"Primary": {"Attachments": {"0": DISK}}},
            "NetworkAdapters": {GUID: {"EndpointId": GUID, "MacAddress": "00-15-5D-00-00-01"}},
            "VirtualSmb": {"Shares": [{"Name": "os", "Path": "C:\\image"}, {"Name": "data", "Path": "C:\\data"}]},
            "HvSocket": {"HvSocketConfig": {"DefaultBindSecurityDescriptor": "D:P(A;;FA;;;BA)", "ServiceTable": {
                GUID: {"BindSecurityDescriptor": "D:P(A;;FA;;;WD)", "AllowWildcardBinds": True}}}}},
        "GuestState": {"GuestStateFilePath": "C:\\vm\\state.vmgs"}}}
LINUX = copy.deepcopy(WINDOWS)
LINUX["VirtualMachine"]["Chipset"] = {"LinuxKernelDirect": {"KernelFilePath": "C:\\vm\\kernel", "KernelCmdLine": "x"}}
SILO = copy.deepcopy(WINDOWS)
SILO["VirtualMachine"]["Chipset"] = {"Uefi": {"BootThis": {"DeviceType": "VmbFs", "DevicePath": "\\EFI\\boot.efi"}}}
NODE = {"VirtualNodeNumber": 0, "PhysicalNodeNumber": 0, "VirtualSocketNumber": 0, "CountOfProcessors": 1,
        "CountOfMemoryBlocks": 2048, "MemoryBackingType": "Physical"}
NUMA = copy.deepcopy(SILO)
NUMA["VirtualMachine"]["ComputeTopology"] = {
    "Memory": {"SizeInMB": 4096}, "Processor": {"Count": 2},
    "Numa": {"VirtualNodeCount": 2, "Settings": [NODE, {**NODE, "VirtualNodeNumber": 1, "VirtualSocketNumber": 1}]}}
OTHER = "22222222-3333-4444-5555-666666666666"
MANY = copy.deepcopy(SILO)
MANY["VirtualMachine"]["Chipset"]["Uefi"].update(
    {"ApplySecureBootTemplate": "Apply", "SecureBootTemplateId": GUID,
     "BootThis": {"DeviceType": "VmbFs", "DevicePath": "\\EFI\\Microsoft\\Boot\\BOOTMGFW.efi"}})
MANY["VirtualMachine"]["Devices"].update({
    "NetworkAdapters": {GUID: {"EndpointId": GUID, "MacAddress": "00-15-5D-00-00-0A"},
                        OTHER: {"EndpointId": OTHER, "MacAddress": "00-15-5D-00-00-0B"}},
    "ComPorts": {"0": {"NamedPipe": "\\\\.\\pipe\\a"}, "1": {"NamedPipe": "\\\\.\\pipe\\b"}},
    "VirtualPci": {GUID: {"Functions": [{"DeviceInstancePath": "PCIP\\1"}]},
                   OTHER: {"Functions": [{"DeviceInstancePath": "PCIP\\1", "VirtualFunction": 1}]}},
    "VirtualPMem": {"Devices": {"127": {"HostPath": "C:\\p.vhd", "ImageFormat": "Vhd1", "ReadOnly": True}}},
    "GuestCrashReporting": {"WindowsCrashSettings": {"DumpFileName": "C:\\d\\crash", "DumpType": "Full"}}})
MANY["VirtualMachine"]["Devices"]["VirtualSmb"]["Shares"].append(
    {"Name": "file", "Path": "C:\\f", "AllowedFiles": ["c:\\F\\a.txt", "b.txt"], "Options": {"RestrictFileAccess": True}})
MANY["VirtualMachine"].update({
    "DebugOptions": {"BugcheckSavedStateFileName": "C:\\d\\a", "BugcheckNoCrashdumpSavedStateFileName": "C:\\d\\b"},
    "GuestState": {"GuestStateFilePath": "C:\\g.vmgs", "GuestStateFileType": "BlockStorage"},
    "SecuritySettings": {"Isolation": {"IsolationType": "SecureNestedPaging", "LaunchData": "QUI="}},
    "RegistryChanges": {"DeleteKeys": [{"Hive": "Software", "Name": "X"}]}})
ADD_SHARE = {"ResourcePath": "VirtualMachine/Devices/VirtualSmb/Shares", "RequestType": "Add",
             "Settings": {"Name": "s1", "Path": "C:\\layer"}}
ADD_DISK = {"ResourcePath": "VirtualMachine/Devices/Scsi/%s/Attachments/1" % GUID, "RequestType": "Add",
            "Settings": DISK, "GuestRequest": {"ResourceType": "MappedVirtualDisk", "RequestType": "Add",
                                               "Settings": {"ContainerPath": "C:\\mounts\\m0", "Lun": 1}}}
MEMORY = {"ResourcePath": "VirtualMachine/ComputeTopology/Memory/SizeInMB", "RequestType": "Update", "Settings": 2048}
LAYERS = {"ResourceType": "CombinedLayers", "RequestType": "Add", "Settings": {
    "ContainerRootPath": "C:\\mounts\\m0", "Layers": [{"Id": GUID, "Path": "C:\\mounts\\l1"}]}}
ADAPTER = {"ResourceType": "Network", "RequestType": "Add", "Settings": {"AdapterId": GUID, "RequestType": "PreAdd"}}
NAMESPACE = {"ResourceType": "NetworkNamespace", "RequestType": "Add", "Settings": {"ID": GUID}}
FOLDER = {"ResourcePath": "Container/MappedDirectories", "RequestType": "Add",
          "Settings": {"HostPath": "C:\\h", "ContainerPath": "C:\\c"}}
ADDRESS = {"ResourceType": "HvSocket", "RequestType": "Update", "Settings": {
    "LocalAddress": GUID, "ParentAddress": GUID}}
PATH = "VirtualMachine/"
LIMITS = {"ResourcePath": PATH + "ComputeTopology/Processor/Limits", "RequestType": "Update",
          "Settings": {"Limit": 50000, "Weight": 100}}
GROUP = {"ResourcePath": PATH + "ComputeTopology/Processor/CpuGroup", "RequestType": "Update", "Settings": {"Id": GUID}}
PIPE = {"ResourcePath": PATH + "Devices/MappedPipes/\\\\.\\pipe\\p", "RequestType": "Add"}
NIC = {"ResourcePath": PATH + "Devices/NetworkAdapters/" + GUID, "RequestType": "Add",
       "Settings": {"EndpointId": GUID, "MacAddress": "00-15-5D-00-00-01"}}
SERVICE = {"ResourcePath": PATH + "Devices/HvSocket/HvSocketConfig/ServiceTable/" + GUID, "RequestType": "Update",
           "Settings": {"BindSecurityDescriptor": "D:P(A;;FA;;;WD)"}}
PCI = {"ResourcePath": PATH + "Devices/VirtualPci/" + GUID, "RequestType": "Add",
       "Settings": {"Functions": [{"DeviceInstancePath": "PCIP\\1"}]}}
HOSTED = {"SchemaVersion": {"Major": 2, "Minor": 1}, "Container": {
    "Storage": {"Layers": [{"Id": GUID, "Path": "\\\\?\\VMSMB\\VSMB-{%s}\\s1" % GUID}], "Path": "C:\\mounts\\m0"}}}
PROCESS_ISOLATED = {"Storage": {"Layers": [{"Id": GUID, "Path": "C:\\l"}], "Path": "\\\\?\\Volume{%s}\\" % GUID}}
RIGHT = [WINDOWS, LINUX, SILO, NUMA, MANY, ADD_SHARE, ADD_DISK, MEMORY, LIMITS, GROUP, PIPE, NIC, SERVICE, PCI, LAYERS, ADAPTER, NAMESPACE, FOLDER, ADDRESS, HOSTED,
         [{"to": "hcs", "request": ADD_SHARE}, {"to": "guest", "request": LAYERS}, {"to": "guest-create", "request": HOSTED}]]

VM, CHIPSET = ("VirtualMachine",), ("VirtualMachine", "Chipset")
DEVICES, TOPOLOGY = VM + ("Devices",), VM + ("ComputeTopology",)
SOCKET = DEVICES + ("HvSocket", "HvSocketConfig")
NODES = TOPOLOGY + ("Numa", "Settings")
BOOT, PLACE = CHIPSET + ("Uefi", "BootThis"), DEVICES + ("Scsi", "Primary", "Attachments")
# (what it is changed of, where, to what (None: taken away), the rule, where it is told when that is elsewhere, options)
FAULTS = [
    (WINDOWS, DEVICES + ("VirtioConsole",), [], "field-unknown"),
    (WINDOWS, DEVICES + ("Vsock",), {}, "field-unknown"),
    (WINDOWS, DEVICES + ("NetworkAdapter",), {}, "field-unknown"),
    (WINDOWS, TOPOLOGY + ("Processor", "Maximum"), 5000, "field-unknown"),
    (WINDOWS, TOPOLOGY + ("Memory", "SizeInBytes"), 1, "field-unknown"),
    (WINDOWS, VM + ("Scsi",), {}, "field-misplaced"),
    (WINDOWS, VM + ("Owner",), "o", "field-misplaced"),
    (WINDOWS, ("Chipset",), {}, "field-misplaced"),
    (WINDOWS, ("Storage",), {"Layers": []}, "vm-container-field"),
    (WINDOWS, ("MappedDirectories",), [], "vm-container-field"),
    (WINDOWS, ("Container",), PROCESS_ISOLATED, "envelope", ()),
    (WINDOWS, TOPOLOGY + ("Memory", "SizeInMB"), 4097, "vm-memory"),
    (WINDOWS, TOPOLOGY + ("Memory", "SizeInMB"), 0, "vm-memory"),
    (WINDOWS, TOPOLOGY + ("Memory", "SizeInMB"), 8006, "vm-memory-step"),
    (WINDOWS, DEVICES + ("NetworkAdapters", GUID, "MacAddress"), "00:15:5D:00:00:01", "mac-form"),
    (WINDOWS, DEVICES + ("NetworkAdapters", GUID, "MacAddress"), "00155D000001", "mac-form"),
    (WINDOWS, DEVICES + ("NetworkAdapters", GUID, "EndpointId"), "nat", "guid-form"),
    (LINUX, DEVICES + ("Plan9",), {"Shares": [{"Name": "s", "AccessName": "s", "Path": "C:\\a\\..\\b", "Port": 564}]}, "path-dots",
     DEVICES + ("Plan9", "Shares", 0, "Path")),
    (LINUX, DEVICES + ("Plan9",), {"Shares": [{"Name": "../s", "Path": "C:\\a"}]}, "vm-share",
     DEVICES + ("Plan9", "Shares", 0, "Name")),
    (LINUX, DEVICES + ("Plan9",), {"Shares": [{"Name": "s", "Path": "/mnt/a"}]}, "vm-share",
     DEVICES + ("Plan9", "Shares", 0, "Path")),
    (LINUX, DEVICES + ("Plan9",), {"Shares": [{"Name": "s", "Path": "C:\\a", "Port": 70000}]}, "vm-share",
     DEVICES + ("Plan9", "Shares", 0, "Port")),
    (WINDOWS, DEVICES + ("ComPorts",), {"0": {"NamedPipe": "C:\\com"}}, "pipe-host-path", DEVICES + ("ComPorts", "0", "NamedPipe")),
    (LINUX, DEVICES + ("VirtualPMem",), {"Devices": {"0": {"HostPath": "rootfs.vhd", "ImageFormat": "Vhd1"}}}, "vm-disk",
     DEVICES + ("VirtualPMem", "Devices", "0", "HostPath")),
    (WINDOWS, TOPOLOGY + ("Memory", "SizeInMB"), 4294967296, "memory-unit"),
    (WINDOWS, TOPOLOGY + ("Memory", "SizeInMB"), "4096", "type"),
    (WINDOWS, TOPOLOGY + ("Processor", "Limit"), 100001, "vm-processor"),
    (WINDOWS, TOPOLOGY + ("Processor", "Count"), 0, "vm-processor"),
    (WINDOWS, BOOT + ("DevicePath",), "Secondary", "vm-boot"),
    (WINDOWS, BOOT + ("DiskNumber",), 1, "vm-boot", BOOT + ("DevicePath",)),
    (WINDOWS, BOOT + ("DeviceType",), "Scsi", "vm-boot"),
    (WINDOWS, DEVICES + ("Scsi",), None, "vm-boot", BOOT + ("DevicePath",)),
    (SILO, DEVICES + ("VirtualSmb",), None, "vm-boot", BOOT + ("DeviceType",)),
    (WINDOWS, BOOT, {"DeviceType": "Network"}, None),
    (LINUX, CHIPSET + ("LinuxKernelDirect", "KernelFilePath"), None, "vm-firmware"),
    (LINUX, CHIPSET + ("LinuxKernelDirect", "KernelFilePath"), "kernel", "vm-firmware"),
    (LINUX, CHIPSET + ("Uefi",), {}, "vm-firmware"),
    (LINUX, CHIPSET + ("LinuxKernelDirect", "InitrdPath"), "C:\\i", "field-case"),
    (LINUX, (), None, "field-build", CHIPSET + ("LinuxKernelDirect",), "--build", "17763"),
    (WINDOWS, PLACE + ("64",), {"Type": "Iso", "Path": "C:\\i.iso"}, "vm-scsi-lun"),
    (WINDOWS, PLACE + ("1",), {"Type": "VirtualDisk", "Path": "c:\\VM\\disk.vhdx"}, "vm-scsi-lun",
     PLACE + ("1", "Path")),
    (WINDOWS, PLACE + ("0", "Type"), "Vhdx", "vm-disk"),
    (WINDOWS, PLACE + ("0", "Path"), "disk.vhdx", "vm-disk"),
    (WINDOWS, PLACE + ("0", "Path"), "C:\\vm\\disk\t.vhdx", "path-character"),
    (WINDOWS, PLACE + ("0", "Path"), "C:\\vm\\..\\disk.vhdx", "path-dots"),
    (WINDOWS, DEVICES + ("VirtualSmb", "Shares", 1, "Name"), "OS", "vm-share-repeated"),
    (WINDOWS, DEVICES + ("VirtualSmb", "Shares", 1, "Path"), "data", "vm-share"),
    (WINDOWS, DEVICES + ("VirtualSmb", "Shares", 1, "AllowedFiles"), ["x"], "vm-share-files"),
    (WINDOWS, SOCKET + ("ServiceTable", "log"), {}, "vm-socket"),
    (WINDOWS, SOCKET + ("DefaultBindSecurityDescriptor",), "everyone", "vm-socket"),
    (WINDOWS, VM + ("GuestState", "GuestStateFilePath"), "state.vmgs", "vm-guest-state"),
    (WINDOWS, TOPOLOGY + ("Processor", "CpuGroup"), {"Id": "group"}, "guid-form", TOPOLOGY + (
        "Processor", "CpuGroup", "Id")),
    (WINDOWS, TOPOLOGY + ("Processor", "CpuGroup"), {"Id": GUID}, "field-build", None, "--build", "19041"),
    (ADD_SHARE, ("ResourcePath",), "Devices/VirtualSmb/Shares", "request-path"),
    (ADD_SHARE, ("ResourcePath",), None, "request-path", None, "--schema", "modify-v2"),
    (ADD_SHARE, ("RequestType",), "Create", "request-type"),
    (ADD_SHARE, ("Settings",), None, "request-settings"),
    (ADD_SHARE, ("Settings", "Path"), "layer", "vm-share"),
    (ADD_SHARE, ("Settings", "Option"), {}, "field-unknown"),
    (ADD_DISK, ("Settings", "Type"), "Disk", "vm-disk"),
    (ADD_DISK, ("GuestRequest", "Settings", "Lun"), 64, "vm-scsi-lun"),
    (ADD_DISK, ("GuestRequest", "Settings", "ContainerPath"), "mounts", "container-path-relative"),
    (MEMORY, ("Settings",), 2047, "vm-memory"),
    (MEMORY, ("Settings",), {"SizeInMB": 2048}, "type"),
    (LAYERS, ("ResourceType",), "CombinedLayer", "guest-resource"),
    (LAYERS, ("Settings", "FilterType"), "WCIFS", "filter-type"),
    (LAYERS, ("Settings", "FilterType"), "WCIFS", "filter-type-build", None, "--build", "20348"),
    (LAYERS, ("Settings", "Layers", 0, "Id"), None, "layer-path"),
    (LAYERS, ("Settings", "ScratchFolder"), "x", "field-unknown"),
    (ADAPTER, ("Settings", "AdapterId"), "eth0", "guid-form"),
    (ADDRESS, ("Settings", "LocalAddress"), "0.0.0.0", "guid-form"),
    (HOSTED, ("Container", "Storage", "Layers", 0, "Path"), "layer", "layer-path"),
    # Requests that their resource does not take, or that name none.
    (MEMORY, ("RequestType",), "Add", "request-type"),
    (MEMORY, ("ResourcePath",), "VirtualMachine/ComputeTopology/Memory/SizeInMb", "request-path-unknown", ("ResourcePath",)),
    (ADD_SHARE, ("ResourcePath",), "VirtualMachine/Devices/VirtualSmb/Share", "request-path-unknown"),
    (ADD_DISK, ("ResourcePath",), "VirtualMachine/Devices/Scsi/%s/Attachments/64" % GUID, "vm-scsi-lun"),
    (ADD_DISK, ("ResourcePath",), "VirtualMachine/Devices/Scsi/%s/Attachments/01" % GUID, "vm-scsi-lun"),
    (ADD_DISK, ("ResourcePath",), "VirtualMachine/Devices/Scsi/%s/1" % GUID, "request-path"),
    (LIMITS, ("Settings", "Limit"), 100001, "vm-processor"),
    (LIMITS, ("Settings", "Weight"), 10001, "vm-processor"),
    (LIMITS, ("RequestType",), "Remove", "request-type"),
    (GROUP, ("Settings", "Id"), "", "guid-form"),
    (GROUP, ("Settings", "Id"), "group1", "guid-form"),
    (PIPE, ("ResourcePath",), "VirtualMachine/Devices/MappedPipes/docker_engine", "request-path"),
    (PIPE, ("RequestType",), "Update", "request-type"),
    (NIC, ("Settings", "EndpointId"), None, "vm-device"),
    (NIC, ("Settings", "MacAddress"), "00:15:5D:00:00:01", "mac-form"),
    (SERVICE, ("ResourcePath",), "VirtualMachine/Devices/HvSocket/HvSocketConfig/ServiceTable/gcs", "vm-socket"),
    (SERVICE, ("Settings", "BindSecurityDescriptor"), "everyone", "vm-socket"),
    (PCI, ("Settings", "Functions"), [], "vm-device"),
    (PCI, ("RequestType",), "PreAd", "request-type"),
    # Guests.
    (LAYERS, ("Settings", "Layers"), None, "request-settings"),
    (LAYERS, ("Settings", "ContainerRootPath"), None, "request-settings"),
    (LAYERS, ("Settings", "FilterType"), "WCIFS", "filter-type-build", None, "--build", "17763"),
    (ADD_DISK, ("GuestRequest", "Settings", "Lun"), -1, "vm-scsi-lun"),
    (ADD_DISK, ("GuestRequest", "Settings", "ContainerPath"), None, "request-settings"),
    (ADAPTER, ("Settings", "AdapterId"), None, "request-settings"),
    (NAMESPACE, ("Settings", "ID"), "", "request-settings"),
    (FOLDER, ("Settings", "ContainerPath"), None, "request-settings"),
    (FOLDER, ("Settings", "HostPath"), None, "request-settings"),
    (NIC, ("Settings", "MacAddress"), "01-15-5D-00-00-01", "mac-form"),
    # Documents.
    (WINDOWS, TOPOLOGY + ("Memory",), {"SizeInMB": 4096, "EnableDeferredCommit": True}, "vm-memory",
     TOPOLOGY + ("Memory", "EnableDeferredCommit")),
    (WINDOWS, PLACE + ("007",), {"Type": "PassThru", "Path": "d"}, "vm-scsi-lun"),
    (WINDOWS, DEVICES + ("NetworkAdapters", GUID, "EndpointId"), None, "vm-device"),
    (WINDOWS, DEVICES + ("VirtualPci",), {GUID: {"Functions": []}}, "vm-device",
     DEVICES + ("VirtualPci", GUID, "Functions")),
    (WINDOWS, VM + ("StorageQoS",), {"IopsMaximum": -1}, "storage-range", VM + ("StorageQoS", "IopsMaximum")),
    (WINDOWS, VM + ("StorageQoS",), {"BandwidthMaximum": -5}, "storage-range", VM + ("StorageQoS", "BandwidthMaximum")),
    (WINDOWS, VM + ("SecuritySettings",), {"Isolation": {"IsolationType": "SNP"}}, "vm-isolation",
     VM + ("SecuritySettings", "Isolation", "IsolationType")),
    (WINDOWS, VM + ("GuestState",), {"GuestStateFileType": "BlockStorage"}, "vm-guest-state",
     VM + ("GuestState", "GuestStateFilePath")),
    # Parts that contradict each other.
    (NUMA, TOPOLOGY + ("Processor", "Count"), 4, "vm-numa", NODES),
    (NUMA, TOPOLOGY + ("Memory", "SizeInMB"), 8192, "vm-numa", NODES),
    (NUMA, TOPOLOGY + ("Memory", "AllowOvercommit"), True, "vm-numa", TOPOLOGY + ("Numa",)),
    (NUMA, NODES + (1, "VirtualNodeNumber"), 0, "vm-numa"),
    (NUMA, NODES + (1, "PhysicalNodeNumber"), 64, "vm-numa"),
    (NUMA, NODES + (1, "PhysicalNodeNumber"), 255, "vm-numa", NODES),
    (NUMA, NODES + (1, "MemoryBackingType"), "physical", "vm-numa"),
    (MANY, DEVICES + ("NetworkAdapters", OTHER, "MacAddress"), "00-15-5d-00-00-0a", "vm-device"),
    (MANY, DEVICES + ("NetworkAdapters", OTHER, "EndpointId"), GUID, "vm-device"),
    (MANY, DEVICES + ("ComPorts", "1", "NamedPipe"), "\\\\.\\pipe\\A", "vm-device"),
    (MANY, DEVICES + ("ComPorts", "2"), {"NamedPipe": "\\\\.\\pipe\\c"}, "vm-device"),
    (MANY, DEVICES + ("VirtualPci", "gpu"), {"Functions": [{"DeviceInstancePath": "PCIP\\2"}]}, "vm-device"),
    (MANY, DEVICES + ("VirtualPci", OTHER, "Functions", 0, "VirtualFunction"), 0, "vm-device",
     DEVICES + ("VirtualPci", OTHER, "Functions", 0, "DeviceInstancePath")),
    (MANY, DEVICES + ("VirtualPci", OTHER, "Functions", 0, "DeviceInstancePath"), "", "vm-device"),
    (MANY, DEVICES + ("VirtualPMem", "Devices", "128"), {"HostPath": "C:\\q.vhd"}, "vm-device"),
    (MANY, DEVICES + ("VirtualPMem", "Devices", "127", "ImageFormat"), "vhd", "vm-disk"),
    (MANY, DEVICES + ("Plan9",), {"Shares": [{"Name": "s", "Path": "C:\\a", "Port": 564}]}, "vm-device"),
    (LINUX, DEVICES + ("Plan9",), {"Shares": [{"Name": "s", "Path": "C:\\a"}, {"Name": "S", "Path": "C:\\b"}]},
     "vm-share-repeated", DEVICES + ("Plan9", "Shares", 1, "Name")),
    (MANY, DEVICES + ("GuestCrashReporting", "WindowsCrashSettings", "DumpFileName"), "crash", "vm-guest-state"),
    (MANY, DEVICES + ("GuestCrashReporting", "WindowsCrashSettings", "DumpType"), "full", "vm-guest-state"),
    (MANY, DEVICES + ("VirtualSmb", "Shares", 2, "AllowedFiles", 0), "C:\\g\\a.txt", "vm-share-files"),
    (MANY, DEVICES + ("VirtualSmb", "Shares", 2, "Name"), "..\\os", "vm-share"),
    (MANY, VM + ("DebugOptions", "BugcheckSavedStateFileName"), "a", "vm-guest-state"),
    (MANY, VM + ("DebugOptions", "BugcheckNoCrashdumpSavedStateFileName"), "C:\\D\\A", "vm-guest-state"),
    (MANY, VM + ("GuestState", "GuestStateFileType"), "Block", "vm-guest-state"),
    (MANY, VM + ("SecuritySettings", "Isolation", "LaunchData"), "QUI", "vm-isolation"),
    (MANY, VM + ("RegistryChanges", "DeleteKeys", 0, "Hive"), "HKLM", "registry-key"),
    (MANY, CHIPSET + ("Uefi", "ApplySecureBootTemplate"), "yes", "vm-firmware"),
    (MANY, CHIPSET + ("Uefi", "SecureBootTemplateId"), None, "vm-firmware"),
    (MANY, CHIPSET + ("Uefi", "SecureBootTemplateId"), "MicrosoftWindows", "guid-form"),
    (LINUX, CHIPSET + ("LinuxKernelDirect", "InitRdPath"), "initrd.img", "vm-firmware"),
    (WINDOWS, SOCKET + ("ServiceTable", "abcdefab-2222-3333-4444-555555555555"), {"ConnectSecurityDescriptor": "D:P(A;;FA;;;SY"},
     "vm-socket", SOCKET + ("ServiceTable", "abcdefab-2222-3333-4444-555555555555", "ConnectSecurityDescriptor")),
    (LAYERS, ("Settings", "Layers"), [{"Id": GUID, "Path": "C:\\mounts\\l1"}, {"Id": GUID, "Path": "C:\\mounts\\l2"}],
     "layer-path", ("Settings", "Layers", 1, "Id")),
    (PCI, ("ResourcePath",), "VirtualMachine/Devices/VirtualPci/gpu", "vm-device"),
    # Names of devices, registry keys without a name, values that no build knows.
    (WINDOWS, PLACE + ("0", "Path"), "C:\\vm\\nul.vhdx", "path-reserved"),
    (WINDOWS, PLACE + ("0", "Path"), "C:\\com1 .x\\d.vhdx", "path-reserved"),
    (WINDOWS, PLACE + ("0", "CachingMode"), "None", "value-unknown"),
    (WINDOWS, DEVICES + ("VirtualSmb", "Shares", 1, "Path"), "C:\\AUX", "path-reserved"),
    (WINDOWS, DEVICES + ("VirtualSmb", "Shares", 1, "Name"), "a:b", "vm-share"),
    (WINDOWS, DEVICES + ("NetworkAdapters", GUID, "ConnectionState"), "On", "value-unknown"),
    (WINDOWS, DEVICES + ("NetworkAdapters", GUID, "IovSettings"), {"InterruptModeration": "Fast"}, "value-unknown",
     DEVICES + ("NetworkAdapters", GUID, "IovSettings", "InterruptModeration")),
    (WINDOWS, DEVICES + ("VideoMonitor",), {"ConnectionOptions": {"NamedPipe": "x"}}, "pipe-host-path",
     DEVICES + ("VideoMonitor", "ConnectionOptions", "NamedPipe")),
    (WINDOWS, DEVICES + ("FlexibleIov",), {"x": {"EmulatorId": GUID, "HostingModel": "In"}}, "value-unknown",
     DEVICES + ("FlexibleIov", "x", "HostingModel")),
    (WINDOWS, TOPOLOGY + ("Memory", "BackingPageSize"), "Huge", "value-unknown"),
    (WINDOWS, CHIPSET + ("Uefi", "Console"), "COM1", "value-unknown"),
    (WINDOWS, VM + ("RestoreState",), {"SaveStateFilePath": "x"}, "vm-guest-state", VM + ("RestoreState", "SaveStateFilePath")),
    (SILO, BOOT + ("DevicePath",), "EFI/boot.efi", "vm-boot"),
    (MANY, DEVICES + ("VirtualPMem", "Backing"), "Real", "value-unknown"),
    (MANY, DEVICES + ("VirtualPMem", "MaximumCount"), 129, "integer-range"),
    (MANY, VM + ("RegistryChanges", "DeleteKeys", 0, "Name"), None, "registry-key"),
    (MANY, VM + ("RegistryChanges", "DeleteKeys", 0, "Name"), "HKEY_LOCAL_MACHINE\\X", "registry-key"),
    (ADD_SHARE, ("Settings", "Path"), "C:\\con", "path-reserved"),
    (ADD_DISK, ("Settings", "Path"), "C:\\lpt9.vhdx", "path-reserved"),
    (LAYERS, ("Settings", "ContainerRootPath"), "C:\\aux", "path-reserved"),
    (LAYERS, ("Settings", "Layers", 0, "Path"), "C:\\nul", "path-reserved"),
    (FOLDER, ("Settings", "HostPath"), "C:\\h\\prn.txt", "path-reserved"),
    (WINDOWS, ("SchemaVersion", "Minor"), 6, "schema-version", ("SchemaVersion",), "--build", "20348"),
    (WINDOWS, ("SchemaVersion", "Minor"), 2, "schema-version", ("SchemaVersion",), "--build", "17763"),
    (WINDOWS, ("SchemaVersion", "Minor"), 5, None, None, "--build", "20348"),
]


def pointer(path):
    return "".join("/" + str(step) for step in path)


def right_ones_have_no_finding(command, _):
    for document in RIGHT:
        equal(lint(command, document), ([], 0), document)
    for document in (WINDOWS, SILO, ADD_SHARE, LAYERS, MEMORY):
        equal(lint(command, document, "--build", "26100"), ([], 0), document)


def each_fault_is_found_and_nothing_else(command, _):
    equal(len([row for row in FAULTS if row[3]]) >= 120, True)
    for document, path, value, rule, *more in FAULTS:
        place = more[0] if more and more[0] is not None else path
        expected = ([(rule, pointer(place))], 1) if rule else ([], 0)
        equal(lint(command, changed(document, path, value), *more[1:]), expected, (path, value))


main([right_ones_have_no_finding, each_fault_is_found_and_nothing_else])
