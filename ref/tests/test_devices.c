/* SPDX-License-Identifier: Apache-2.0 */
/* Assigned devices and device extensions. */
#include "annotated.h"
#include "fake_host.h"

#define EXTENSIONS_KEY KEY("wcow.deviceextensions")

static void device_extensions_are_read(void **state) {
  static const fake_answer answers[] = {
      {"read a", "{\"NAMESPACE\":{\"ob\":{\"objdir\":[{\"name\":\"n\"}]}},\"x\":1}"}, {"read b", "null"}, {0}};
  hcsref_string_entry entry;
  hcsref_v2_container_definition_device *device = NULL;
  hcsref_arena arena;
  hcsref_str text;
  hcsref_map map = one_annotation(&entry, EXTENSIONS_KEY, HCSREF_LIT("a,b"));
  fake_host fake;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  fake_host_init(&fake, answers);
  assert_true(hcsref_device_extensions(&arena, &map, &fake.host, &device, NULL));
  assert_string_equal(fake.log, "stat a\nstat b\nread a\nread b\n");
  assert_true(hcsref_json_encode(&arena, &hcsref_type_v2_container_definition_device, device, &text, NULL));
  assert_text(text, "{\"device_extension\":[{\"namespace\":{\"ob\":{\"objdir\":[{\"name\":\"n\"}]}}},{}]}");
  fake.build = 0;
  map = one_annotation(&entry, EXTENSIONS_KEY, HCSREF_LIT(""));
  assert_true(hcsref_device_extensions(&arena, &map, &fake.host, &device, NULL));
  assert_null(device);
  hcsref_arena_free(&arena);
}

static void device_extensions_fail_with_upstreams_words(void **state) {
  static const fake_answer answers[] = {{"read bad", "{\"a\":1,}"}, {"stat gone", "-"}, {"stat shut", "!denied"},
                                        {"read full", "?"},         {"stat oom", "?"},  {0}};
  static const struct {
    const char *paths;
    uint32_t build;
    const char *code, *message;
  } rows[] = {
      {"bad,gone", 0, "extension-stat", "failed to find path to driver extensions at gone: not there"},
      {"shut", 20348, "extension-stat", "failed to find path to driver extensions at shut: denied"},
      {"bad", 20347, "extensions-unsupported", "device extensions are not supported on this build (20347)"},
      {"file", 20348, "extension-read", "failed to read extension file at file: no such file"},
      {"bad,file", 20348, "extension-json",
       "failed to unmarshal extension file at bad: invalid character '}' looking for beginning of object key string"},
      {"full", 20348, "out-of-memory", "out of memory"},
      {"oom", 20348, "out-of-memory", "out of memory"},
  };
  hcsref_string_entry entry;
  hcsref_arena arena;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_v2_container_definition_device *device = NULL;
    hcsref_map map = one_annotation(&entry, EXTENSIONS_KEY, hcsref_cstr(rows[i].paths));
    hcsref_error err;
    fake_host fake;
    fake_host_init(&fake, answers);
    fake.build = rows[i].build;
    assert_false(hcsref_device_extensions(&arena, &map, &fake.host, &device, &err));
    assert_string_equal(err.code, rows[i].code);
    assert_text(err.message, rows[i].message);
    assert_text(err.where, strcmp(err.code, "out-of-memory") == 0 ? "" : "/annotations/" EXTENSIONS_KEY);
    assert_null(device);
  }
  hcsref_arena_free(&arena);
}

static void devices_are_converted(void **state) {
  static const hcsref_oci_windows_device devices[] = {{{"p", 1}, {"vpci-location-path", 18}},
                                                      {{"", 0}, {"class", 5}},
                                                      {{"g", 1}, {"vpci-class-guid", 15}},
                                                      {{"x", 1}, {"vpci", 4}}};
  hcsref_slice list = {(void *)(uintptr_t)devices, 3, 3}, out = {NULL, 0, 0};
  const hcsref_v2_device *made;
  hcsref_arena arena;
  hcsref_error err;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  assert_true(hcsref_assigned_devices(&arena, &list, &out, NULL));
  made = out.items;
  assert_int_equal(out.len, 3);
  assert_text(made[0].type, "DeviceInstance");
  assert_text(made[0].location_path, "p");
  assert_int_equal(made[0].interface_class_guid.len, 0);
  assert_int_equal(made[1].type.len, 0);
  assert_text(made[2].interface_class_guid, "g");
  assert_int_equal(made[2].type.len, 0);
  list.len = 4;
  assert_false(hcsref_assigned_devices(&arena, &list, &out, &err));
  assert_string_equal(err.code, "device-type");
  assert_text(err.message, "specified device x has unsupported type vpci");
  assert_text(err.where, "/windows/devices/3/idType");
  assert_ptr_equal(out.items, made);
  list.len = 0;
  assert_true(hcsref_assigned_devices(&arena, &list, &out, NULL));
  assert_non_null(out.items);
  assert_int_equal(out.len, 0);
  hcsref_arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(device_extensions_are_read),
      cmocka_unit_test(device_extensions_fail_with_upstreams_words),
      cmocka_unit_test(devices_are_converted),
  };
  return cmocka_run_group_tests_name("devices", tests, NULL, NULL);
}
