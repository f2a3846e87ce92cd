/* SPDX-License-Identifier: Apache-2.0 */
/* Settings of the service itself, through either DLL: CPU groups and instances of the credential guard, as hcsshim's
 * internal/cpugroup and internal/credentials ask for them. */
#include "dll/core.h"
#include "world.h"

#include <stdio.h>

/* vmcompute.dll's, which no table has. */
hcsref_hresult HCSREF_WINAPI vm_HcsModifyServiceSettings(const hcsref_wchar *settings, hcsref_wchar **result);

#define GROUP   "11111111-2222-3333-4444-555555555555"
#define ANOTHER "11111111-2222-3333-4444-666666666666"

#define NOT_FOUND      0x80070490u
#define ALREADY_EXISTS 0x800700B7u
#define INVALID_DATA   0x8007000Du
#define INVALID        0x80070057u

#define CPU_GROUP(operation, details)                                                                                  \
  "{\"PropertyType\":\"CpuGroup\",\"Settings\":{\"Operation\":\"" operation "\",\"OperationDetails\":{" details "}}}"
#define GUARD(operation, details)                                                                                      \
  "{\"PropertyType\":\"ContainerCredentialGuard\",\"Settings\":{\"Operation\":\"" operation                            \
  "\",\"OperationDetails\":{" details "}}}"
#define CREATE(id)                                                                                                     \
  CPU_GROUP("CreateGroup", "\"GroupId\":\"" id "\",\"LogicalProcessorCount\":1,\"LogicalProcessors\":[0]")
#define DELETE(id) CPU_GROUP("DeleteGroup", "\"GroupId\":\"" id "\"")
#define SET(code, of)                                                                                                  \
  CPU_GROUP("SetProperty", "\"GroupId\":\"" GROUP "\",\"PropertyCode\":" code ",\"PropertyValue\":" of)
#define ADD(id, way)                                                                                                   \
  GUARD("AddInstance", "\"Id\":\"" id "\",\"CredentialSpec\":\"{\\\"CmsPlugins\\\":[]}\",\"Transport\":\"" way "\"")
#define REMOVE(id) GUARD("RemoveInstance", "\"Id\":\"" id "\"")

static const char *said; /* of the last call */

static uint32_t modify(world *w, const char *settings) {
  hcsref_wchar *text = NULL;
  hcsref_hresult code = core_HcsModifyServiceSettings(wide(w, settings), &text);
  said = text_of(w, text);
  return (uint32_t)code;
}

static const char *ask(world *w, const char *property) {
  char query[80];
  hcsref_wchar *text = NULL;
  snprintf(query, sizeof query, "{\"PropertyTypes\":[\"%s\"]}", property);
  assert_code(core_HcsGetServiceProperties(wide(w, query), &text), 0);
  return text_of(w, text);
}

static void groups_are_made_and_deleted(void **state) {
  world *w = *state;
  assert_string_equal(ask(w, "CpuGroup"), "{\"Properties\":[{}]}");
  assert_code(modify(w, CREATE(GROUP)), 0);
  assert_code(modify(w, CREATE(ANOTHER)), 0);
  assert_code(modify(w, CREATE(GROUP)), ALREADY_EXISTS);
  assert_contains(said, "\"Error\":-2147024713");
  assert_contains(ask(w, "CpuGroup"), "{\"GroupId\":\"" GROUP "\",\"Affinity\":{\"LogicalProcessorCount\":1,"
                                      "\"LogicalProcessors\":[0]},\"HypervisorGroupId\":");
  assert_code(modify(w, DELETE(GROUP)), 0);
  assert_code(modify(w, DELETE(GROUP)), NOT_FOUND);
  assert_null(strstr(ask(w, "CpuGroup"), GROUP));
  assert_contains(ask(w, "CpuGroup"), ANOTHER);
  assert_code(modify(w, DELETE(ANOTHER)), 0);
}

static void groups_have_properties(void **state) {
  world *w = *state;
  assert_code(modify(w, SET("65536", "5")), NOT_FOUND);
  assert_code(modify(w, CREATE(GROUP)), 0);
  assert_code(modify(w, SET("65536", "5")), 0);
  assert_code(modify(w, SET("131072", "7")), 0);
  assert_code(modify(w, SET("65536", "6")), 0);
  assert_contains(ask(w, "CpuGroup"), "\"GroupProperties\":[{\"PropertyCode\":65536,\"PropertyValue\":6},"
                                      "{\"PropertyCode\":131072,\"PropertyValue\":7}]");
  assert_code(modify(w, SET("1", "6")), INVALID);
  assert_code(modify(w, SET("65536", "4294967296")), INVALID); /* what the answer cannot say */
  assert_code(modify(w, DELETE(GROUP)), 0);
}

static void impossible_groups_are_refused(void **state) {
  static const char *const details[] = {
      "\"GroupId\":\"g\",\"LogicalProcessorCount\":1,\"LogicalProcessors\":[0]",
      "\"LogicalProcessorCount\":1,\"LogicalProcessors\":[0]",
      "\"GroupId\":\"" GROUP "\",\"LogicalProcessorCount\":2,\"LogicalProcessors\":[0]",
      "\"GroupId\":\"" GROUP "\"",
      "\"GroupId\":\"" GROUP "\",\"LogicalProcessorCount\":1,\"LogicalProcessors\":[4000000000]",
      "\"GroupId\":\"" GROUP "\",\"LogicalProcessorCount\":2,\"LogicalProcessors\":[0,0]",
  };
  world *w = *state;
  for (size_t i = 0; i < sizeof details / sizeof details[0]; i++) {
    char text[400];
    snprintf(text, sizeof text, CPU_GROUP("CreateGroup", "%s"), details[i]);
    assert_code(modify(w, text), INVALID);
  }
  assert_string_equal(ask(w, "CpuGroup"), "{\"Properties\":[{}]}");
}

/* Before a container with a credential spec is created, and after it is gone. */
static void guards_are_added_and_removed(void **state) {
  world *w = *state;
  const char *answer;
  assert_string_equal(ask(w, "ContainerCredentialGuard"), "{\"Properties\":[{}]}");
  assert_code(modify(w, ADD("one", "LRPC")), 0);
  assert_code(modify(w, ADD("one", "LRPC")), ALREADY_EXISTS);
  answer = ask(w, "ContainerCredentialGuard");
  assert_contains(answer, "{\"Properties\":[{\"Instances\":[{\"Id\":\"one\",\"CredentialGuard\":{\"Cookie\":\"");
  assert_contains(answer, "\"Transport\":\"LRPC\",\"CredentialSpec\":\"{\\\"CmsPlugins\\\":[]}\"}");
  assert_null(strstr(answer, "HvSocketConfig"));
  assert_code(modify(w, ADD("two", "HvSocket")), 0);
  assert_contains(ask(w, "ContainerCredentialGuard"), "\"HvSocketConfig\":{\"ServiceId\":\"");
  assert_code(modify(w, REMOVE("one")), 0);
  assert_code(modify(w, REMOVE("one")), NOT_FOUND);
  assert_code(modify(w, REMOVE("two")), 0);
  assert_string_equal(ask(w, "ContainerCredentialGuard"), "{\"Properties\":[{}]}");
}

static void impossible_guards_are_refused(void **state) {
  world *w = *state;
  assert_code(modify(w, ADD("", "LRPC")), INVALID);
  assert_code(modify(w, REMOVE("")), INVALID);
  assert_code(modify(w, ADD("one", "TCP")), INVALID);
  assert_code(modify(w, GUARD("AddInstance", "\"Id\":\"one\",\"CredentialSpec\":\"no JSON\"")), INVALID);
  assert_code(modify(w, GUARD("AddInstance", "\"Id\":\"one\"")), INVALID);
  assert_string_equal(ask(w, "ContainerCredentialGuard"), "{\"Properties\":[{}]}");
}

static void requests_are_read_strictly(void **state) {
  world *w = *state;
  assert_code(modify(w, "{\"PropertyType\":\"Colour\"}"), INVALID);
  assert_code(modify(w, "{}"), INVALID);
  assert_code(modify(w, CPU_GROUP("AddInstance", "\"Id\":\"one\"")), INVALID);
  assert_code(modify(w, CPU_GROUP("DeleteGroup", "\"GroupID\":\"" GROUP "\"")), INVALID_DATA);
  assert_contains(said, "'$.Settings.OperationDetails.GroupID'");
  assert_code(modify(w, CPU_GROUP("DeleteGroup", "\"GroupId\":1")), INVALID_DATA);
  assert_code(modify(w, GUARD("RemoveInstance", "\"Id\":\"one\",\"Transport\":\"LRPC\"")), INVALID_DATA);
  assert_code(modify(w, "{\"PropertyType\":\"CpuGroup\",\"Settings\":7}"), INVALID_DATA);
  modify(w, "[");
  assert_contains(said, "$");
}

/* What one process makes, the next one finds; vmcompute.dll has its own form of codes. */
static void settings_outlive_a_process(void **state) {
  world *w = *state;
  hcsref_wchar *text = NULL;
  assert_code(modify(w, CREATE(GROUP)), 0);
  assert_code(modify(w, ADD("one", "LRPC")), 0);
  world_restart(w, NULL);
  assert_contains(ask(w, "CpuGroup"), GROUP);
  assert_contains(ask(w, "ContainerCredentialGuard"), "\"Id\":\"one\"");
  assert_code(vm_HcsModifyServiceSettings(wide(w, DELETE(GROUP)), &text), 0);
  assert_code(vm_HcsModifyServiceSettings(wide(w, DELETE(GROUP)), &text), NOT_FOUND);
  text_of(w, text);
  assert_code(modify(w, REMOVE("one")), 0);
  assert_contains(recording(w),
                  "\"call\":\"HcsModifyServiceSettings\",\"in\":{\"settings\":{\"PropertyType\":\"CpuGroup\"");
}

static void there_are_not_too_many(void **state) {
  world *w = *state;
  char text[400];
  uint32_t code = 0;
  for (unsigned i = 0; i < SIM_MAX_SETTINGS && code == 0; i++) {
    snprintf(text, sizeof text, ADD("%u", "LRPC"), i);
    code = modify(w, text);
  }
  assert_code(code, 0);
  assert_code(modify(w, ADD("more", "LRPC")), HCSREF_ERROR_OUT_OF_MEMORY);
  assert_code(modify(w, REMOVE("0")), 0);
  assert_code(modify(w, ADD("more", "LRPC")), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(groups_are_made_and_deleted),  TEST(groups_have_properties),        TEST(impossible_groups_are_refused),
      TEST(guards_are_added_and_removed), TEST(impossible_guards_are_refused), TEST(requests_are_read_strictly),
      TEST(settings_outlive_a_process),   TEST(there_are_not_too_many),
  };
  return world_end(cmocka_run_group_tests(tests, NULL, NULL));
}
