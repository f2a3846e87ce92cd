/* SPDX-License-Identifier: Apache-2.0 */
/* What a virtual machine's guest is asked, and the containers in it. */
#include "machine_world.h"

#define SHARE "\\\\\\\\?\\\\VMSMB\\\\VSMB-{dcc079ae-60ba-4d07-847c-3493609c0870}\\\\"

#define GUEST(type, resource, settings)                                                                                \
  "{\"GuestRequest\":{\"RequestType\":\"" type "\",\"ResourceType\":\"" resource "\",\"Settings\":" settings "}}"
#define LAYERS(root, name)                                                                                             \
  "{\"ContainerRootPath\":\"" root "\",\"Layers\":[{\"Id\":\"" ENDPOINT "\",\"Path\":\"" SHARE name "\"}]}"

typedef struct question {
  const char *request;
  uint32_t code;
  const char *says;
} question;

static void ask(world *w, hcsref_hcs_system system, const question *list, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const char *text;
    uint32_t code = modify(w, system, list[i].request, &text);
    if (code != list[i].code || (list[i].says != NULL && strstr(text, list[i].says) == NULL))
      fail_msg("%s: 0x%08lx %s", list[i].request, (unsigned long)code, text);
  }
}

static void guests_are_asked_in_order(void **state) {
  static const question questions[] = {
      {GUEST("Add", "MappedVirtualDisk", "{\"ContainerPath\":\"c:\\\\m\",\"Lun\":1}"), 0x80070490u, "No disk 1"},
      {"{\"ResourcePath\":\"" SCSI "1\",\"RequestType\":\"Add\",\"Settings\":{\"Type\":\"PassThru\",\"Path\":\"d\"}}",
       0, NULL},
      {GUEST("Add", "CombinedLayers", LAYERS("c:\\\\m", "os")), 0x80070003u, "No disk is mounted"},
      {GUEST("Add", "MappedVirtualDisk", "{\"ContainerPath\":\"c:\\\\m\",\"Lun\":1}"), 0, NULL},
      {GUEST("Add", "CombinedLayers", LAYERS("c:\\\\m", "s9")), 0x80370112u, "not shared"},
      {GUEST("Add", "CombinedLayers", "{\"ContainerRootPath\":\"c:\\\\m\"}"), 0x80370112u, "no layers"},
      {GUEST("Add", "CombinedLayers",
             "{\"ContainerRootPath\":\"c:\\\\m\",\"FilterType\":\"WCIFS\",\"Layers\":[{\"Path\":\"" SHARE "os\"}]}"),
       0x8037010Du, "[$.FilterType]"},
      {GUEST("Add", "CombinedLayers", "{\"Root\":\"c:\\\\m\"}"), 0x8037010Du, "[$.Root]"},
      {GUEST("Add", "CombinedLayers", LAYERS("c:\\\\m", "os")), 0, NULL},
      {GUEST("Remove", "MappedVirtualDisk", "{\"ContainerPath\":\"c:\\\\m\"}"), 0x80070020u, "combined"},
      {"{\"ResourcePath\":\"" SCSI "1\",\"RequestType\":\"Remove\"}", 0x80070020u, "The guest has the disk"},
      {GUEST("Remove", "CombinedLayers", "{\"ContainerRootPath\":\"c:\\\\m\"}"), 0, NULL},
      {GUEST("Remove", "MappedVirtualDisk", "{\"ContainerPath\":\"c:\\\\m\"}"), 0, NULL},
      {"{\"ResourcePath\":\"" SCSI "1\",\"RequestType\":\"Remove\"}", 0, NULL},
      {GUEST("Add", "Network", "{\"AdapterId\":\"n\",\"RequestType\":\"Add\"}"), 0x80070490u, "announced"},
      {GUEST("Add", "Network", "{\"AdapterId\":\"n\",\"RequestType\":\"PreAdd\",\"Settings\":{}}"), 0, NULL},
      {GUEST("Add", "Network", "{\"AdapterId\":\"n\",\"RequestType\":\"Add\"}"), 0x80070490u, "no adapter"},
      {"{\"GuestRequest\":{\"RequestType\":\"Remove\",\"Settings\":{\"AdapterId\":\"n\",\"RequestType\":\"Remove\"}}}",
       0, NULL},
      {GUEST("Add", "NetworkNamespace", "{\"ID\":\"" ENDPOINT "\"}"), 0, NULL},
      {GUEST("Remove", "NetworkNamespace", "{\"ID\":\"" ENDPOINT "\"}"), 0, NULL},
      {GUEST("Update", "HvSocket", "{\"LocalAddress\":\"" ENDPOINT "\"}"), 0, NULL},
      {GUEST("Add", "Teapot", "{}"), 0x80070032u, "Teapot"},
  };
  world *w = *state;
  hcsref_hcs_system system = running(w, ",\"GuestConnection\":{}");
  ask(w, system, questions, sizeof(questions) / sizeof(questions[0]));
  stop(w, system);
}

static void nobody_speaks_with_a_guest_without_a_connection(void **state) {
  world *w = *state;
  hcsref_hcs_system system = running(w, NULL);
  hcsref_hcs_operation operation = api->create_operation(NULL, NULL);
  hcsref_hcs_process process = NULL;
  const char *text;
  assert_code(modify(w, system, GUEST("Update", "HvSocket", "{}"), &text), 0x8037010Au);
  assert_code(api->create_process(system, process_parameters(w, SHELL("exit 0")), operation, NULL, &process), 0);
  assert_code(finish(w, operation, &text), 0x8037010Au);
  assert_null(process);
  stop(w, system);
}

static const char *hosted(const char *host, const char *root, const char *more) {
  static char text[2000];
  snprintf(
      text, sizeof text,
      "{\"Owner\":\"" SYSTEM_OWNER "\",\"SchemaVersion\":{\"Major\":2,\"Minor\":1},\"HostingSystemId\":\"%s\","
      "\"HostedSystem\":{\"SchemaVersion\":{\"Major\":2,\"Minor\":1},\"Container\":{\"Storage\":{\"Layers\":[{\"Id\":"
      "\"" ENDPOINT "\",\"Path\":\"" SHARE "os\"}],\"Path\":\"%s\"}%s}},\"ShouldTerminateOnLastHandleClosed\":true}",
      host, root, more);
  return text;
}

static void containers_run_in_a_machine(void **state) {
  static const question ready[] = {
      {"{\"ResourcePath\":\"" SCSI "1\",\"RequestType\":\"Add\",\"Settings\":{\"Type\":\"PassThru\",\"Path\":\"d\"},"
       "\"GuestRequest\":{\"RequestType\":\"Add\",\"ResourceType\":\"MappedVirtualDisk\",\"Settings\":{"
       "\"ContainerPath\":\"c:\\\\m\",\"Lun\":1}}}",
       0, NULL},
      {GUEST("Add", "CombinedLayers", LAYERS("c:\\\\m", "os")), 0, NULL},
  };
  world *w = *state;
  hcsref_hcs_system machine = running(w, ",\"GuestConnection\":{}"), container = NULL;
  hcsref_hcs_process process = NULL;
  hcsref_hcs_process_info info;
  hcsref_hcs_operation operation;
  hcsref_wchar *status = NULL;
  const char *text;
  assert_code(create(w, "c1", wide(w, hosted("p2@vm", "c:\\\\m", "")), &container, &text), 0x8037010Eu);
  assert_code(create(w, "c1", wide(w, hosted("p1@vm", "c:\\\\m", "")), &container, &text), 0x80370112u);
  assert_contains(text, "No layers were combined");
  ask(w, machine, ready, 2);
  assert_code(create(w, "c1", wide(w, hosted("p1@vm", "c:\\\\m", ",\"Memroy\":{}")), &container, &text), 0x8007000Du);
  assert_contains(text, "$.HostedSystem.Container.Memroy");
  assert_code(create(w, "c1", wide(w, hosted("p1@vm", "c:\\\\m", "")), &container, &text), 0);
  assert_code(act(w, api->start_compute_system, container), 0);
  assert_contains(properties(w, container, "{}"), "\"HostingSystemId\":\"p1@vm\"");
  operation = api->create_operation(NULL, NULL);
  assert_code(api->create_process(container, process_parameters(w, SHELL("exit 5")), operation, NULL, &process), 0);
  assert_code(api->wait_for_operation_result_and_process_info(operation, ENOUGH_MS, &info, &status), 0);
  text_of(w, status);
  api->close_operation(operation);
  os_stream_close(info.std_input);
  os_stream_close(info.std_output);
  os_stream_close(info.std_error);
  assert_code(api->wait_for_process_exit(process, ENOUGH_MS, &status), 0);
  assert_contains(text_of(w, status), "\"ExitCode\":5");
  api->close_process(process);
  assert_code(act(w, core_HcsPauseComputeSystem, container), HCSREF_ERROR_NOT_SUPPORTED);
  stop(w, machine); /* and with it what runs in it */
  assert_code(api->wait_for_compute_system_exit(container, ENOUGH_MS, &status), 0);
  assert_contains(text_of(w, status), "UnexpectedExit");
  api->close_compute_system(container);
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
      TEST(guests_are_asked_in_order),
      TEST(nobody_speaks_with_a_guest_without_a_connection),
      TEST(containers_run_in_a_machine),
  };
  return world_end(cmocka_run_group_tests(tests, NULL, NULL));
}
