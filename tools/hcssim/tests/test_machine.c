/* SPDX-License-Identifier: Apache-2.0 */
/* Virtual machines: which documents are refused, their states, properties and devices. */
#include "machine_world.h"

hcsref_hresult HCSREF_WINAPI core_HcsResumeComputeSystem(hcsref_hcs_system system, hcsref_hcs_operation operation,
                                                         const hcsref_wchar *options);

hcsref_hresult HCSREF_WINAPI core_HcsSaveComputeSystem(hcsref_hcs_system system, hcsref_hcs_operation operation,
                                                       const hcsref_wchar *options);

/* ---- documents ---- */

typedef struct refusal {
  machine_parts parts;
  uint32_t code;
  const char *says;
} refusal;

static void documents_are_read_strictly(void **state) {
  static const refusal refusals[] = {
      {{.memory = "{\"SizeInMb\":1024}"}, 0x8007000Du, "'$.VirtualMachine.ComputeTopology.Memory.SizeInMb'"},
      {{.memory = "{\"SizeInMB\":-2}"}, 0x8007000Du, "'$.VirtualMachine.ComputeTopology.Memory.SizeInMB'"},
      {{.memory = "{\"SizeInMB\":1023}"}, 0x80070057u, "even"},
      {{.memory = "{}"}, 0x80070057u, "even"},
      {{.memory = "null"}, 0x80070057u, "no memory"},
      {{.processor = "{\"Count\":100000}"}, 0x80070057u, "more than the host"},
      {{.processor = "{\"Count\":-1}"}, 0x8007000Du, "'$.VirtualMachine.ComputeTopology.Processor.Count'"},
      {{.processor = "{\"Limit\":100001}"}, 0x80070057u, "limit"},
      {{.processor = "{\"Weight\":10001}"}, 0x80070057u, "limit"},
      {{.processor = "{\"CpuGroup\":{\"Id\":\"x\"}}"}, 0x80070057u, "CPU group"},
      {{.chipset = "\"Bios\":{}"}, 0x8007000Du, "'$.VirtualMachine.Chipset.Bios'"},
      {{.chipset = "\"Uefi\":{},\"LinuxKernelDirect\":{\"KernelFilePath\":\"C:\\\\k\"}"}, 0x80070057u, "not by both"},
      {{.chipset = "\"LinuxKernelDirect\":{}"}, 0x80070057u, "no kernel"},
      {{.chipset = "\"Uefi\":{\"BootThis\":{\"DeviceType\":\"Floppy\"}}"}, 0x80070057u, "boots from"},
      {{.chipset = "\"Uefi\":{\"BootThis\":{\"DeviceType\":\"Network\"}}"}, 0x80070057u, "network adapter"},
      {{.chipset = "\"Uefi\":{\"BootThis\":{\"DeviceType\":\"ScsiDrive\",\"DevicePath\":\"other\"}}"},
       0x80070057u,
       "not attached"},
      {{.devices = ""}, 0x80070057u, "nothing is shared"},
      {{.devices = "\"VirtualSmb\":{\"Shares\":[{\"Name\":\"os\",\"Path\":\"/nowhere/at/all\"}]}"},
       0x80070003u,
       "/nowhere/at/all"},
      {{.devices = "\"VirtualSmb\":{\"Shares\":[{\"Path\":\".\"}]}"}, 0x80070057u, "no name"},
      {{.devices = "\"VirtualSmb\":{\"Shares\":[{\"Name\":\"a\",\"Path\":\".\"},{\"Name\":\"A\",\"Path\":\".\"}]}"},
       0x800700B7u,
       "already a share"},
      {{.devices = "\"VirtualSmb\":{\"Shares\":[{\"Name\":\"a\",\"Path\":\".\",\"AllowedFiles\":[\"x\"]}]}"},
       0x80070057u,
       "AllowedFiles"},
      {{.devices = "\"Scsi\":{\"c\":{\"Attachments\":{\"64\":{\"Type\":\"PassThru\",\"Path\":\"x\"}}}}"},
       0x80070057u,
       "from 0 to 63"},
      {{.devices = "\"Scsi\":{\"c\":{\"Attachments\":{\"01\":{\"Type\":\"PassThru\",\"Path\":\"x\"}}}}"},
       0x80070057u,
       "from 0 to 63"},
      {{.devices = "\"Scsi\":{\"c\":{\"Attachments\":{\"1\":{\"Type\":\"Vhd\",\"Path\":\"x\"}}}}"},
       0x80070057u,
       "type"},
      {{.devices = "\"Scsi\":{\"c\":{\"Attachments\":{\"1\":{\"Type\":\"PassThru\"}}}}"}, 0x80070057u, "no path"},
      {{.devices = "\"Scsi\":{\"c\":{\"Attachments\":{\"1\":{\"Type\":\"VirtualDisk\",\"Path\":\"/no/disk\"}}}}"},
       0x80070002u,
       "no disk"},
      {{.devices = "\"Scsi\":{\"c\":{\"Attachments\":{\"1\":{\"Type\":\"PassThru\",\"Path\":\"x\"},"
                   "\"2\":{\"Type\":\"PassThru\",\"Path\":\"X\",\"ReadOnly\":true}}}}"},
       0x80070020u,
       "attached already"},
      {{.devices = "\"NetworkAdapters\":{\"n\":{\"EndpointId\":\"" ENDPOINT "\"}}"}, 0x80070490u, "no endpoint"},
      {{.devices = "\"ComPorts\":{\"0\":{\"NamedPipe\":\"COM1\"}}"}, 0x80070057u, "pipe"},
      {{.devices = "\"HvSocket\":{\"HvSocketConfig\":{\"ServiceTable\":{\"x\":{}}}}"}, 0x80070057u, "GUID"},
      {{.devices = "\"HvSocket\":{\"HvSocketConfig\":{\"ServiceTable\":{\"" ENDPOINT
                   "\":{\"BindSecurityDescriptor\":\"all\"}}}}"},
       0x80070057u,
       "SDDL"},
      {{.more = ",\"Storage\":{}"}, 0x8007000Du, "'$.VirtualMachine.Storage'"},
      {{.more = ",\"ResourcePartitionId\":\"x\""}, 0x80070057u, "partition"},
      {{.processor = "{\"CpuGroup\":{\"Id\":\"" ENDPOINT "\"}}", .more = ",\"ResourcePartitionId\":\"" ENDPOINT "\""},
       0x80070057u,
       "partition and a CPU group"},
      {{.more = ",\"RegistryChanges\":{\"AddValues\":[{\"Key\":{\"Hive\":\"Users\"},\"Type\":\"DWord\"}]}"},
       0x80070057u,
       "hive"},
  };
  world *w = *state;
  for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
    hcsref_hcs_system system = NULL;
    const char *text;
    uint32_t code = create(w, "p1@vm", wide(w, document(w, refusals[i].parts)), &system, &text);
    if (code != refusals[i].code || strstr(text, refusals[i].says) == NULL)
      fail_msg("%s: 0x%08lx %s", document(w, refusals[i].parts), (unsigned long)code, text);
    assert_null(system);
  }
}

/* What hcsshim's newest release may write besides. */
static void newer_members_are_known(void **state) {
  world *w = *state;
  hcsref_hcs_system system =
      running(w, ",\"Version\":{\"Major\":11},\"StorageQoS\":{\"IopsMaximum\":5},\"ResourcePartitionId\":\"" ENDPOINT
                 "\",\"RegistryChanges\":{\"AddValues\":[{\"Key\":{\"Hive\":\"System\",\"Name\":"
                 "\"CurrentControlSet\\\\Services\\\\gns\"},\"Name\":\"EnableCompartmentNamespace\",\"Type\":\"DWord\","
                 "\"DWordValue\":1}]},\"SecuritySettings\":{\"Isolation\":{\"IsolationType\":\"GuestStateOnly\"}},"
                 "\"DebugOptions\":{\"BugcheckSavedStateFileName\":\"C:\\\\d\"}");
  stop(w, system);
}

static void a_host_may_have_no_hypervisor(void **state) {
  world *w = *state;
  sim_settings settings = {w->folder, w->record, NULL, HCSREF_BUILD_LTSC2022, shim_calls(), NULL, true, NULL, false};
  hcsref_hcs_system system = NULL;
  hcsref_wchar *result = NULL;
  const char *text;
  sim_close(w->service);
  w->service = sim_open(&settings);
  shim_use(w->service);
  assert_code(create(w, "p1@vm", wide(w, document(w, (machine_parts){.more = NULL})), &system, &text), 0x80370102u);
  assert_contains(text, "no hypervisor");
  world_mount(w);
  assert_code(create(w, "one", document1(w, ",\"HvRuntime\":{}"), &system, &text), 0x8007000Du);
  assert_code(sim_vmcompute.create_compute_system(wide(w, "two"), document_partition(w, w->scratch, ""), NULL, &system,
                                                  &result),
              0xC0370102u);
  assert_contains(text_of(w, result), "no hypervisor");
  world_unmount(w);
}

/* ---- states and properties ---- */

static void machines_have_states(void **state) {
  world *w = *state;
  hcsref_hcs_system system = running(w, NULL);
  assert_code(act(w, core_HcsSaveComputeSystem, system), HCSREF_HCS_INVALID_STATE);
  assert_code(act(w, core_HcsResumeComputeSystem, system), HCSREF_HCS_INVALID_STATE);
  assert_code(act(w, core_HcsPauseComputeSystem, system), 0);
  assert_contains(properties(w, system, "{}"), "\"State\":\"Paused\"");
  assert_code(act(w, core_HcsPauseComputeSystem, system), HCSREF_HCS_INVALID_STATE);
  assert_code(
      modify(w, system, "{\"ResourcePath\":\"VirtualMachine/ComputeTopology/Memory/SizeInMB\",\"Settings\":2}", NULL),
      HCSREF_HCS_INVALID_STATE);
  assert_code(act(w, core_HcsResumeComputeSystem, system), 0);
  assert_code(act(w, core_HcsPauseComputeSystem, system), 0);
  assert_code(act(w, core_HcsSaveComputeSystem, system), 0);
  assert_contains(properties(w, system, "{}"), "\"State\":\"SavedAsTemplate\"");
  stop(w, system);
}

static void machines_say_what_they_are(void **state) {
  world *w = *state;
  hcsref_hcs_system system = running(w, NULL);
  const char *text = properties(w, system, "{\"PropertyTypes\":[\"Memory\",\"Statistics\"]}");
  assert_contains(text, "\"Id\":\"p1@vm\",\"SystemType\":\"VirtualMachine\",\"Name\":\"p1@vm\"");
  assert_contains(text, "\"RuntimeId\":\"");
  assert_contains(text, "\"VirtualNodeCount\":1");
  assert_contains(text, "\"AssignedMemory\":262144");
  assert_contains(text, "\"State\":\"Running\"");
  stop(w, system);
}

/* ---- changes ---- */

typedef struct change {
  const char *path, *type, *settings;
  uint32_t code;
  const char *says;
} change;

static void apply(world *w, hcsref_hcs_system system, const change *list, size_t count) {
  for (size_t i = 0; i < count; i++) {
    hcsref_str request = {NULL, 0};
    const char *text;
    uint32_t code;
    assert_true(hcsref_format(
        &w->arena, &request, "{\"ResourcePath\":%s%s%s%s%s}", quoted(w, list[i].path),
        list[i].type == NULL ? "" : ",\"RequestType\":", list[i].type == NULL ? "" : quoted(w, list[i].type),
        list[i].settings == NULL ? "" : ",\"Settings\":", list[i].settings == NULL ? "" : list[i].settings));
    code = modify(w, system, ended(w, request), &text);
    if (code != list[i].code || (list[i].says != NULL && strstr(text, list[i].says) == NULL))
      fail_msg("%s: 0x%08lx %s", ended(w, request), (unsigned long)code, text);
  }
}

static void resources_can_be_changed(void **state) {
  static const change changes[] = {
      {"VirtualMachine/ComputeTopology/Memory/SizeInMB", NULL, "2048", 0, NULL},
      {"VirtualMachine/ComputeTopology/Memory/SizeInMB", "Update", "2047", 0x80070057u, "even"},
      {"VirtualMachine/ComputeTopology/Memory/SizeInMB", "Add", "2048", 0x80070057u, "not possible"},
      {"VirtualMachine/ComputeTopology/Memory/SizeInMB", NULL, "\"2\"", 0x8007000Du, "$.Settings"},
      {"VirtualMachine/ComputeTopology/Processor/Limits", NULL, "{\"Limit\":5000}", 0, NULL},
      {"VirtualMachine/ComputeTopology/Processor/Limits", NULL, "{\"Limit\":100001}", 0x80070057u, "limit"},
      {"VirtualMachine/ComputeTopology/Processor/Limits", NULL, "{\"Maximum\":1}", 0x8007000Du, "$.Settings.Maximum"},
      {"VirtualMachine/ComputeTopology/Processor/CpuGroup", NULL, "{\"Id\":\"" ENDPOINT "\"}", 0, NULL},
      {"VirtualMachine/ComputeTopology/Processor/CpuGroup", NULL, "{\"Id\":\"x\"}", 0x80070057u, "GUID"},
      {"VirtualMachine/Devices/VirtualSmb/Shares", "Add", "{\"Name\":\"s1\",\"Path\":\".\"}", 0, NULL},
      {"VirtualMachine/Devices/VirtualSmb/Shares", "Add", "{\"Name\":\"s1\",\"Path\":\".\"}", 0x800700B7u, "already"},
      {"VirtualMachine/Devices/VirtualSmb/Shares", "Update", "{\"Name\":\"s1\",\"Path\":\".\"}", 0, NULL},
      {"VirtualMachine/Devices/VirtualSmb/Shares", "Update", "{\"Name\":\"s2\",\"Path\":\".\"}", 0x80070490u, "s2"},
      {"VirtualMachine/Devices/VirtualSmb/Shares", "Remove", "{\"Name\":\"s1\"}", 0, NULL},
      {"VirtualMachine/Devices/VirtualSmb/Shares", "Remove", "{\"Name\":\"s1\"}", 0x80070490u, "s1"},
      {SCSI "1", "Add", "{\"Type\":\"PassThru\",\"Path\":\"d1\"}", 0, NULL},
      {SCSI "1", "Add", "{\"Type\":\"PassThru\",\"Path\":\"d2\"}", 0x800700B7u, "already a disk"},
      {SCSI "2", "Add", "{\"Type\":\"PassThru\",\"Path\":\"d1\"}", 0x80070020u, "attached already"},
      {SCSI "2", "Add", "{\"Typ\":\"PassThru\"}", 0x8007000Du, "$.Settings.Typ"},
      {SCSI "1", "Update", "{\"Type\":\"Vhd\",\"Path\":\"d3\"}", 0x80070057u, "type"},
      {SCSI "1", "Add", "{\"Type\":\"PassThru\",\"Path\":\"d3\"}", 0x800700B7u, "already a disk"},
      {SCSI "1", "Update", "{\"Type\":\"PassThru\",\"Path\":\"d3\"}", 0, NULL},
      {SCSI "2", "Update", "{\"Type\":\"PassThru\",\"Path\":\"d4\"}", 0x80070490u, "no disk"},
      {SCSI "1", "Remove", NULL, 0, NULL},
      {SCSI "1", "Remove", NULL, 0x80070490u, "no disk"},
      {"VirtualMachine/Devices/Scsi/0", "Remove", NULL, 0x80070057u, "no attachment"},
      {"VirtualMachine/Devices/NetworkAdapters/n1", "Add", "{\"EndpointId\":\"" ENDPOINT "\"}", 0x80070490u,
       "no endpoint"},
      {"VirtualMachine/Devices/NetworkAdapters/n1", "Remove", NULL, 0x80070490u, "adapter"},
      {"VirtualMachine/Devices/MappedPipes/\\\\.\\pipe\\p", "Add", NULL, 0, NULL},
      {"VirtualMachine/Devices/MappedPipes/\\\\.\\pipe\\p", "Add", NULL, 0x800700B7u, "already a pipe"},
      {"VirtualMachine/Devices/MappedPipes/\\\\.\\pipe\\p", "Update", NULL, 0x80070057u, "not possible"},
      {"VirtualMachine/Devices/MappedPipes/\\\\.\\pipe\\p", "Remove", NULL, 0, NULL},
      {"VirtualMachine/Devices/MappedPipes/p", "Add", NULL, 0x80070057u, "not a pipe"},
      {"VirtualMachine/Devices/HvSocket/HvSocketConfig/ServiceTable/" ENDPOINT, "Update",
       "{\"AllowWildcardBinds\":true}", 0, NULL},
      {"VirtualMachine/Devices/HvSocket/HvSocketConfig/ServiceTable/" ENDPOINT, "Remove", NULL, 0, NULL},
      {"VirtualMachine/Devices/VirtualPci/" ENDPOINT, "Add", "{}", 0x80070057u, "no functions"},
      {"VirtualMachine/Devices/VirtualPci/" ENDPOINT, "Add", "{\"Functions\":[{\"DeviceInstancePath\":\"PCI\\\\X\"}]}",
       0, NULL},
      {"VirtualMachine/Devices/VirtualPci/" ENDPOINT, "Remove", NULL, 0, NULL},
      {"VirtualMachine/Devices/Floppy", "Add", NULL, 0x80070032u, "Floppy"},
      {"Container/Memory/SizeInMB", "Update", "5", 0x80070032u, "Container"},
      {"VirtualMachine/Devices/VirtualSmb/Shares", "Push", NULL, 0x80070057u, "Push"},
      {"", NULL, NULL, 0x80070057u, "empty"},
  };
  world *w = *state;
  hcsref_hcs_system system = running(w, NULL);
  apply(w, system, changes, sizeof(changes) / sizeof(changes[0]));
  stop(w, system);
}

static void adapters_need_an_endpoint(void **state) {
  static const change changes[] = {
      {"VirtualMachine/Devices/NetworkAdapters/n1", "Add", "{\"EndpointId\":\"" ENDPOINT "\"}", 0, NULL},
      {"VirtualMachine/Devices/NetworkAdapters/n1", "Update", "{\"EndpointId\":\"" ENDPOINT "\"}", 0, NULL},
      {"VirtualMachine/Devices/NetworkAdapters/n1", "Update", "{\"EndpointId\":\"x\"}", 0x80070490u, "that endpoint"},
      {"VirtualMachine/Devices/NetworkAdapters/n1", "Remove", NULL, 0, NULL},
  };
  world *w = *state;
  hcsref_hcn_handle network = NULL, endpoint = NULL;
  hcsref_wchar *error = NULL;
  hcsref_win_guid id = {0x6e0c2b3a, 0, 0x4000, {0x80, 0, 0, 0, 0, 0, 0, 2}};
  hcsref_win_guid of_network = {0x6e0c2b3a, 0, 0x4000, {0x80, 0, 0, 0, 0, 0, 0, 1}};
  hcsref_hcs_system system;
  assert_code(net_HcnCreateNetwork(&of_network,
                                   wide(w, "{\"Name\":\"nat\",\"Type\":\"NAT\",\"SchemaVersion\":{\"Major\":2}}"),
                                   &network, &error),
              0);
  assert_code(net_HcnCreateEndpoint(network, &id, wide(w, "{\"SchemaVersion\":{\"Major\":2}}"), &endpoint, &error), 0);
  system = running(w, NULL);
  apply(w, system, changes, sizeof(changes) / sizeof(changes[0]));
  stop(w, system);
  net_HcnCloseEndpoint(endpoint);
  net_HcnCloseNetwork(network);
  assert_code(net_HcnDeleteNetwork(&of_network, &error), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
      TEST(documents_are_read_strictly), TEST(newer_members_are_known),    TEST(a_host_may_have_no_hypervisor),
      TEST(machines_have_states),        TEST(machines_say_what_they_are), TEST(resources_can_be_changed),
      TEST(adapters_need_an_endpoint),
  };
  return world_end(cmocka_run_group_tests(tests, NULL, NULL));
}
