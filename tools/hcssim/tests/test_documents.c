/* SPDX-License-Identifier: Apache-2.0 */
/* What is refused as a container, with which code, and where the refusal points; what the recording keeps. */
#include "world.h"

#include <stdio.h>

/* Tries to create it; the result document in `*text`. */
static uint32_t try_create(world *w, const hcsref_wchar *document, const char **text) {
  hcsref_hcs_system system = NULL;
  hcsref_wchar *result = NULL;
  uint32_t code = (uint32_t)sim_vmcompute.create_compute_system(wide(w, "one"), document, NULL, &system, &result);
  const char *copy = text_of(w, result);
  if (text != NULL)
    *text = copy;
  if (system != NULL) {
    sim_vmcompute.close_compute_system(system);
    world_settle(w);
  }
  return code;
}

typedef struct refusal {
  const char *more; /* inside the container */
  uint32_t code;
  const char *says;
} refusal;

static void schema_2_is_strict(void **state) {
  static const refusal refusals[] = {
      {",\"Memroy\":{}", 0x8007000Du, "'$.Container.Memroy'"},
      {",\"memory\":{}", 0x8007000Du, "'$.Container.memory'"},
      {",\"Memory\":{\"SizeInMB\":\"5\"}", 0x8007000Du, "'$.Container.Memory.SizeInMB'"},
      {",\"Memory\":{\"SizeInMB\":-1}", 0x8007000Du, "'$.Container.Memory.SizeInMB'"},
      {",\"Memory\":[]", 0x8007000Du, "'$.Container.Memory'"},
      {",\"Memory\":{},\"Memory\":{}", 0x8007000Du, "'$.Container.Memory'"},
      {",\"Processor\":{\"Count\":2,\"Weight\":5}", 0x80070057u, "Only one of"},
      {",\"Processor\":{\"Count\":2,\"Maximum\":5}", 0x80070057u, "Only one of"},
      {",\"Processor\":{\"Maximum\":10001}", 0x80070057u, "range"},
      {",\"MappedDirectories\":[{\"HostPath\":\"/nowhere/at/all\",\"ContainerPath\":\"C:\\\\m\"}]", 0x80070003u,
       "HostPath"},
      {",\"MappedDirectories\":[{\"HostPath\":\".\",\"ContainerPath\":\"m\"}]", 0x80070057u, "ContainerPath"},
      {",\"MappedDirectories\":[{\"HostPath\":\".\",\"ContainerPath\":\"C:\\\\m\"},"
       "{\"HostPath\":\".\",\"ContainerPath\":\"c:\\\\M\"}]",
       0x800700B7u, "twice"},
      {",\"MappedPipes\":[{\"ContainerPipeName\":\"\\\\\\\\.\\\\pipe\\\\p\",\"HostPath\":\"\\\\\\\\.\\\\pipe\\\\p\"}]",
       0x80070057u, "bare name"},
      {",\"Networking\":{\"Namespace\":\"6e0c2b3a-0000-4000-8000-000000000001\"}", 0x80070490u, "namespace"},
      {",\"RegistryChanges\":{\"AddValues\":[{\"Key\":{\"Hive\":\"Users\",\"Name\":\"x\"},\"Type\":\"String\"}]}",
       0x80070057u, "hive"},
      {",\"RegistryChanges\":{\"AddValues\":[{\"Key\":{\"Hive\":\"System\",\"Name\":\"x\"},\"Type\":\"Text\"}]}",
       0x80070057u, "type"},
  };
  world *w = *state;
  const char *text;
  world_mount(w);
  for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
    assert_code(try_create(w, document2(w, refusals[i].more), &text), refusals[i].code);
    assert_contains(text, refusals[i].says);
  }
  assert_code(try_create(w, document2(w, ",\"Memory\":{\"SizeInMB\":64},\"Processor\":{\"Weight\":5}"), NULL),
              HCSREF_VMCOMPUTE_PENDING);
  world_unmount(w);
}

static void schema_1_is_strict(void **state) {
  static const refusal refusals[] = {
      {",\"Memory\":1", 0x8007000Du, "'$.Memory'"},
      {",\"ProcessorCount\":1,\"ProcessorWeight\":2", 0x80070057u, "Only one of"},
      {",\"MappedDirectories\":[{\"HostPath\":\"/nowhere/at/all\",\"ContainerPath\":\"C:\\\\m\"}]", 0x80070003u,
       "HostPath"},
  };
  world *w = *state;
  const char *text;
  world_mount(w);
  for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
    assert_code(try_create(w, document1(w, refusals[i].more), &text), refusals[i].code);
    assert_contains(text, refusals[i].says);
  }
  assert_code(try_create(w, document1(w, ",\"ProcessorCount\":1"), NULL), HCSREF_VMCOMPUTE_PENDING);
  world_unmount(w);
}

static void hyper_v_containers_of_schema_1(void **state) {
  static const refusal refusals[] = {
      {"", 0x80070057u, "ImagePath"},
      {",\"HvRuntime\":{}", 0x80070057u, "ImagePath"},
      {",\"HvRuntime\":{\"ImagePath\":\"/nowhere/at/all\"}", 0x80070003u, "ImagePath"},
      {",\"HvRuntime\":{\"ImagePath\":\".\"},\"VolumePath\":\"x\"", 0x80070057u, "VolumePath"},
      {",\"HvRuntime\":{\"ImagePath\":\".\"},\"ProcessorMaximum\":10001", 0x80070057u, "range"},
  };
  static const char limits[] = ",\"HvRuntime\":{\"ImagePath\":\".\"},\"ProcessorCount\":2,\"ProcessorMaximum\":7500";
  world *w = *state;
  const char *text;
  world_mount(w);
  for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
    assert_code(try_create(w, document_partition(w, w->scratch, refusals[i].more), &text), refusals[i].code);
    assert_contains(text, refusals[i].says);
  }
  assert_code(try_create(w, document_partition(w, w->base, limits), &text), 0x80070002u);
  assert_contains(text, "no scratch");
  assert_code(try_create(w, document_partition(w, "", limits), &text), 0x80070002u);
  assert_code(try_create(w, document_partition(w, w->scratch, limits), NULL), HCSREF_VMCOMPUTE_PENDING);
  world_unmount(w);
}

static void layers_must_be_there(void **state) {
  world *w = *state;
  const char *text;
  char volume[128];
  world_mount(w);
  assert_code(
      try_create(w,
                 wide(w, "{\"SchemaVersion\":{\"Major\":2,\"Minor\":1},\"Container\":{\"Storage\":{\"Layers\":[],"
                         "\"Path\":\"\"}}}"),
                 &text),
      0xC0370112u);
  assert_contains(text, "no layers");
  assert_code(try_create(w, wide(w, "{\"SchemaVersion\":{\"Major\":2,\"Minor\":1}}"), &text), 0x80070057u);
  assert_code(try_create(w, wide(w, "{\"SchemaVersion\":{\"Major\":2,\"Minor\":9},\"Container\":{}}"), &text),
              0x80070032u);
  snprintf(volume, sizeof volume, "%s", w->volume);
  snprintf(w->volume, sizeof w->volume, "%s", "\\\\?\\Volume{6e0c2b3a-0000-4000-8000-000000000001}");
  assert_code(try_create(w, document2(w, ""), &text), 0x80070003u);
  snprintf(w->volume, sizeof w->volume, "%s", "C:\\");
  assert_code(try_create(w, document2(w, ""), &text), 0x80070057u);
  snprintf(w->volume, sizeof w->volume, "%s", volume);
  world_unmount(w);
}

static void calls_are_recorded(void **state) {
  world *w = *state;
  const char *record;
  hcsref_str rest;
  size_t lines = 0;
  world_mount(w);
  try_create(w, document2(w, ",\"Memory\":{\"SizeInMB\":77}"), NULL);
  try_create(w, wide(w, "{\"not\njson"), NULL);
  world_unmount(w);
  record = recording(w);
  assert_contains(record, "\"call\":\"CreateSandboxLayer\"");
  assert_contains(record, "\"call\":\"HcsCreateComputeSystem\",\"in\":{\"id\":\"one\",\"configuration\":{\"Owner\"");
  assert_contains(record, "\"Memory\":{\"SizeInMB\":77}");
  assert_contains(record, "\"configuration\":\"{\\\"not\\njson\"");
  assert_contains(record, "\"host\":{\"build\":20348,\"processors\":");
  assert_contains(record, "\"call\":\"NameToGuid\",\"in\":{\"name\":");
  assert_contains(record, "\"out\":{\"guid\":\"");
  assert_contains(record, "\"parents\":[{\"Id\":\"");
  rest = hcsref_cstr(record);
  while (rest.len > 0) {
    const char *newline = memchr(rest.data, '\n', rest.len);
    assert_non_null(newline);
    assert_true(hcsref_json_valid(&w->arena, hcsref_str_first(rest, (size_t)(newline - rest.data)), HCSREF_JSON_WHOLE,
                                  NULL, NULL));
    rest = hcsref_str_skip(rest, (size_t)(newline - rest.data) + 1);
    lines++;
  }
  assert_true(lines >= 10);
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
      TEST(schema_2_is_strict),   TEST(schema_1_is_strict), TEST(hyper_v_containers_of_schema_1),
      TEST(layers_must_be_there), TEST(calls_are_recorded),
  };
  return world_end(cmocka_run_group_tests(tests, NULL, NULL));
}
