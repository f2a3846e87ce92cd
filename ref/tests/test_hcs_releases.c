/* SPDX-License-Identifier: Apache-2.0 */
/* Stage 2 on both sides of each change of hcsshim. */
#include "released.h"

#define ANNOTATION(key, value) ",\"annotations\":{\"" key "\":\"" value "\"}"
#define MOUNT(source, destination, more)                                                                               \
  ",\"mounts\":[{\"source\":\"" source "\",\"destination\":\"" destination "\"" more "}]"
#define CONTAINER(name, value) ANNOTATION("io.microsoft.container." name, value)
#define PIPE                   "\\\\\\\\.\\\\pipe\\\\"

static void dumps(void **state) {
  static const char spec[] = ARGON("", ",\"annotations\":{\"io.microsoft.container.processdumplocation\":\"C:\\\\d\\\\{"
                                       "container_id}\",\"io.microsoft.wcow.processdumpcount\":\"x\"}");
  static const char counted[] = ARGON(
      "",
      ",\"annotations\":{\"io.microsoft.container.processdumplocation\":\"C:\\\\d\\\\{container_id}\",\"io.microsoft."
      "wcow.processdumpcount\":\"3\"}");
  static const released rows[] = {
      {"0.11.2", spec, false, "\"StringValue\":\"C:\\\\d\\\\{container_id}\"", "DumpCount"},
      {"0.11.3", spec, false, "error dump-count: strconv.Atoi: parsing \"x\": invalid syntax", NULL},
      {"0.12.0-rc.0", counted, false, "DumpType", "DumpCount"},
      {"0.12.0-rc.1", counted, false, "\"Name\":\"DumpCount\",\"Type\":\"DWord\",\"DWordValue\":3", "{container_id}"},
      {"0.12.0-rc.2", spec, false, "error dump-count: strconv.ParseInt: parsing \"x\": invalid syntax", NULL},
  };
  (void)state;
  check_released(rows, COUNT_OF(rows), NULL);
}

static void the_stop_timeout(void **state) {
  static const released rows[] = {
      {"0.9.6", ARGON("", ""), false, NULL, "RegistryChanges"},
      {"0.9.7", ARGON("", ""), false, "WaitToKillServiceTimeout", NULL},
      {"0.10.0-rc.3", ARGON("", ""), false, NULL, "RegistryChanges"},
      {"0.10.0-rc.4", ARGON("", ""), false, "WaitToKillServiceTimeout", NULL},
  };
  (void)state;
  check_released(rows, COUNT_OF(rows), NULL);
}

static void mount_sources(void **state) {
  static const fake_answer answers[] = {{"resolve C:\\a", "!gone"}, {NULL, NULL}};
  static const released rows[] = {
      {"0.10.0-rc.7", ARGON("", MOUNT("C:\\\\a", "C:\\\\x", "")), false,
       "error mount-resolve: failed to eval symlinks for mount source \"C:\\\\a\": gone", NULL},
      {"0.10.0-rc.8", ARGON("", MOUNT("C:\\\\a", "C:\\\\x", "")), false,
       "error mount-resolve: failed to resolve path for mount source \"C:\\\\a\": gone", NULL},
  };
  (void)state;
  check_released(rows, COUNT_OF(rows), answers);
}

/* The disk of a mount, and whether it is one of the additional mounts. */
static void disks_of_a_vm(void **state) {
  static const struct {
    const char *release, *source, *type, *attached, *has, *lacks;
  } rows[] = {
      {"0.10.0-rc.7", "C:\\\\d.vhdx", "virtual-disk", "C:\\x",
       "\"MappedDirectories\":[{\"HostPath\":\"C:\\\\disk\",\"ContainerPath\":\"C:\\\\x\"}]", NULL},
      {"0.10.0-rc.7", "C:\\\\d.vhdx", "virtual-disk", "C:\\x", "\"HostPath\":\"C:\\\\d.vhdx\"", NULL}, /* in v1 */
      {"0.10.0-rc.7", "C:\\\\d.vhdx", "physical-disk", "C:\\other", "error disk-path: not attached", NULL},
      {"0.10.0-rc.7", "evd://t/C:\\\\d", "extensible-virtual-disk", "C:\\x", "\"HostPath\":\"C:\\\\disk\"", NULL},
      {"0.10.0-rc.7", "t/", "extensible-virtual-disk", "C:\\x", "\"HostPath\":\"C:\\\\disk\"", NULL},
      {"0.10.0-rc.7", "evd:///p", "extensible-virtual-disk", "C:\\x",
       "error disk-path: invalid extensible vhd path: evd:///p", NULL},
      {"0.10.0-rc.7", "evd://p", "extensible-virtual-disk", "C:\\x",
       "error disk-path: invalid extensible vhd path: evd://p", NULL},
      {"0.10.0-rc.8", "C:\\\\d.vhdx", "virtual-disk", "C:\\x",
       "\"MappedDirectories\":[{\"HostPath\":\"C:\\\\disk\",\"ContainerPath\":\"C:\\\\x\"}]", "d.vhdx"},
      {"0.10.0-rc.8", "p", "extensible-virtual-disk", "C:\\other", "\"ContainerPath\":\"C:\\\\other\"", "error"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    const released row = {rows[i].release, NULL, true, rows[i].has, rows[i].lacks};
    hcsref_v2_mapped_directory disk = {.host_path = HCSREF_LIT("C:\\disk"),
                                       .container_path = hcsref_cstr(rows[i].attached)};
    char spec[512];
    stage s;
    snprintf(spec, sizeof spec, XENON("", MOUNT("%s", "C:\\\\x", ",\"type\":\"%s\"")), rows[i].source, rows[i].type);
    stage_init(&s, spec, 2, 1, true, NULL);
    s.options.profile = shim_of(&s.arena, rows[i].release);
    s.options.additional_mounts.items = &disk;
    s.options.additional_mounts.len = 1;
    check_text(&row, documents_text(&s, build(&s)));
    hcsref_arena_free(&s.arena);
  }
}

static void numbers_of_annotations(void **state) {
  static const released rows[] = {
      {"0.12.0-rc.1", ARGON("", CONTAINER("processor.count", "4294967297")), false, "\"Count\":1", NULL},
      {"0.12.0-rc.1", ARGON("", CONTAINER("processor.count", "+5")), false, NULL, "\"Count\""},
      {"0.12.0-rc.1", ARGON(",\"resources\":{\"cpu\":{\"count\":2}}", CONTAINER("processor.count", "4294967296")),
       false, "\"Processor\":{}", NULL},
      {"0.12.0-rc.2", ARGON("", CONTAINER("processor.count", "4294967297")), false, NULL, "\"Count\""},
      {"0.12.0-rc.2", ARGON("", CONTAINER("processor.count", "+5")), false, "\"Count\":5", NULL},
      {"0.12.0-rc.2", ARGON(",\"resources\":{\"cpu\":{\"count\":2}}", CONTAINER("processor.count", "4294967296")),
       false, "\"Count\":2", NULL},
      {"0.12.0-rc.2", ARGON(",\"resources\":{\"cpu\":{\"count\":2}}", CONTAINER("processor.count", "-5")), false,
       "\"Count\":-5", NULL},
      {"0.12.0-rc.2", ARGON(",\"resources\":{\"storage\":{\"iops\":7}}", CONTAINER("storage.qos.iopsmaximum", "0")),
       false, "\"IopsMaximum\":7", NULL},
      {"0.12.0-rc.1", ARGON("", CONTAINER("memory.sizeinmb", "9223372036854775808")), false,
       "\"MemoryMaximumInMB\":-9223372036854775808", NULL},
      {"0.12.0-rc.2", ARGON("", CONTAINER("memory.sizeinmb", "9223372036854775808")), false,
       "\"MemoryMaximumInMB\":9223372036854775807", NULL},
      {"0.12.0-rc.2", ARGON("", CONTAINER("memory.sizeinmb", "9223372036854775808")), false,
       "\"SizeInMB\":9223372036854775808", NULL},
      {"0.12.0-rc.2", ARGON("", CONTAINER("memory.sizeinmb", "+5")), false, NULL, "SizeInMB"},
  };
  (void)state;
  check_released(rows, COUNT_OF(rows), NULL);
}

/* Named pipes: which mounts are one, and what becomes of the others. */
static void pipes_of_the_host(void **state) {
  static const released rows[] = {
      {"0.13.0-rc.3", ARGON("", MOUNT(PIPE "p", "C:\\\\x", "")), false, "\"ContainerPipeName\":\"C:\\\\x\"", NULL},
      {"0.13.0", ARGON("", MOUNT(PIPE "p", "C:\\\\x", "")), false, NULL, "Mapped"},
      {"0.13.0", ARGON("", MOUNT(PIPE "p", PIPE "q", "")), false,
       "\"MappedPipes\":[{\"ContainerPipeName\":\"q\",\"HostPath\":\"" PIPE "p\"}]", NULL},
      {"0.13.0", ARGON("", MOUNT("uvm://" PIPE "p", PIPE "q", "")), false, NULL, "Mapped"},
      {"0.13.0-rc.3", ARGON("", MOUNT("uvm://" PIPE "p", PIPE "q", "")), false,
       "\"HostPath\":\"uvm://" PIPE "p\",\"ContainerPath\":\"" PIPE "q\"", NULL},
      {"0.13.0", ARGON("", MOUNT("uvm://C:\\\\p", "C:\\\\x", "")), false, "\"HostPath\":\"uvm://C:\\\\p\"", NULL},
  };
  (void)state;
  check_released(rows, COUNT_OF(rows), NULL);
}

static void pipes_of_a_vm(void **state) {
  static const released rows[] = {
      {"0.13.0-rc.3", XENON("", MOUNT(PIPE "p", PIPE "q", "")), true, "IPC$\\\\p\"", NULL},
      {"0.13.0", XENON("", MOUNT(PIPE "p", PIPE "q", "")), true, "IPC$\\\\p\"", NULL},
      {"0.13.0", XENON("", MOUNT("uvm://" PIPE "p", PIPE "q", "")), true, "\"HostPath\":\"" PIPE "vm\\\\p\"", NULL},
      {"0.13.0", XENON("", MOUNT("uvm://" PIPE "p", "C:\\\\q", "")), true, NULL, "Mapped"},
      {"0.13.0", XENON("", MOUNT(PIPE "p", PIPE "q", ",\"type\":\"virtual-disk\"")), true, NULL, "Mapped"},
      {"0.12.9", XENON("", MOUNT(PIPE "p", PIPE "q", ",\"type\":\"virtual-disk\"")), true, "MappedPipes", NULL},
  };
  (void)state;
  check_released(rows, COUNT_OF(rows), NULL);
}

static void a_pods_pipe_has_its_id(void **state) {
  static const struct {
    const char *id, *host;
  } rows[] = {{"p@vm", "\\\\.\\pipe\\p\\x"},
              {"p@vm@vm", "\\\\.\\pipe\\p@vm\\x"},
              {"p@VM", "\\\\.\\pipe\\p@VM\\x"},
              {"", "\\\\.\\pipe\\\\x"}};
  hcsref_arena arena;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    const hcsref_hosting_system vm = {.id = hcsref_cstr(rows[i].id), .os = HCSREF_LIT("windows")};
    hcsref_named_pipe pipe;
    bool is_pipe = false;
    assert_true(hcsref_map_named_pipe(&arena, rules_of(&arena, "0.13.0"), &vm, HCSREF_LIT("uvm://\\\\.\\pipe\\x"),
                                      HCSREF_LIT("\\\\.\\pipe\\"), &is_pipe, &pipe));
    assert_true(is_pipe && pipe.in_vm);
    assert_text(pipe.host_path, rows[i].host);
    assert_text(pipe.container_pipe, "");
  }
  hcsref_arena_free(&arena);
}

/* On a build before 16299 only pipes that are mapped matter. */
static void dropped_pipes_need_no_build(void **state) {
  static const struct {
    const char *release;
    bool built;
  } rows[] = {{"0.12.9", false}, {"0.13.0", true}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    stage s;
    stage_init(&s, ARGON("", MOUNT(PIPE "p", "C:\\\\x", "")), 1, 0, false, NULL);
    s.fake.build = 14393;
    s.options.profile = shim_of(&s.arena, rows[i].release);
    assert_int_equal(build(&s), rows[i].built);
    if (!rows[i].built)
      assert_text(s.err.where, "/mounts/0/source");
    hcsref_arena_free(&s.arena);
  }
}

#define TEST_VALUES(values) CONTAINER("wcow.test-registry-annotation", values)
#define VALUE(hive, key, more)                                                                                         \
  "[{\\\"Key\\\":{\\\"Hive\\\":\\\"" hive "\\\",\\\"Name\\\":\\\"" key                                                 \
  "\\\"},\\\"Name\\\":\\\"n\\\",\\\"Type\\\":\\\"DWord\\\"" more "}]"

#define NOTHING_MORE "\"StringValue\":\"2147483647\"}]}"

static void registry_values_for_tests(void **state) {
  static const released rows[] = {
      {"0.14.1", ARGON("", TEST_VALUES(VALUE("Software", "k", ""))), false, NULL, "\"n\""},
      {"0.15.0-rc.1", ARGON("", TEST_VALUES(VALUE("Software", "k", ""))), false,
       "{\"Key\":{\"Hive\":\"Software\",\"Name\":\"k\"},\"Name\":\"n\",\"Type\":\"DWord\"}]", NULL},
      {"0.15.0-rc.1", ARGON("", TEST_VALUES(VALUE("System", "currentcontrolset\\\\\\\\SERVICESx", ""))), false, "\"n\"",
       NULL},
      {"0.15.0-rc.1",
       ARGON("", TEST_VALUES(VALUE("System",
                                   "CurrentControlSet\\\\\\\\Serv\xC4\xB0"
                                   "ces",
                                   ""))),
       false, "\"n\"", NULL},
      {"0.15.0-rc.1", ARGON("", TEST_VALUES(VALUE("System", "ControlSet001", ""))), false, NULL, "\"n\""},
      {"0.15.0-rc.1", ARGON("", TEST_VALUES(VALUE("software", "k", ""))), false, NULL, "\"n\""},
      {"0.15.0-rc.1", ARGON("", TEST_VALUES(VALUE("Sam", "k", ""))), false, NULL, "\"n\""},
      {"0.15.0-rc.1", ARGON("", TEST_VALUES(VALUE("Software", "", ""))), false, NULL, "\"n\""},
      {"0.15.0-rc.1", ARGON("", TEST_VALUES(VALUE("Software", "k", ",\\\"DWordValue\\\":1,\\\"QWordValue\\\":1"))),
       false, NULL, "\"n\""},
      {"0.15.0-rc.1", ARGON("", TEST_VALUES(VALUE("Software", "k", ",\\\"DWordValue\\\":1,\\\"CustomType\\\":1"))),
       false, "\"DWordValue\":1,\"CustomType\":1", NULL},
      {"0.15.0-rc.1", ARGON("", TEST_VALUES(VALUE("Software", "k", ",\\\"DWordValue\\\":2147483648"))), false, NULL,
       "\"n\""},
      {"0.15.0-rc.1", ARGON("", TEST_VALUES(VALUE("Software", "k", ",\\\"Type\\\":\\\"dword\\\""))), false, NULL,
       "\"n\""},
      {"0.15.0-rc.1", ARGON("", TEST_VALUES("[{}]")), false, NOTHING_MORE, NULL},
      {"0.15.0-rc.1", ARGON("", TEST_VALUES("[1]")), false, NOTHING_MORE, NULL},
      {"0.15.0-rc.1", ARGON("", TEST_VALUES("null")), false, NOTHING_MORE, NULL},
      {"0.15.0-rc.1", ARGON("", TEST_VALUES("")), false, NOTHING_MORE, NULL},
  };
  (void)state;
  check_released(rows, COUNT_OF(rows), NULL);
}

#define HOSTPROCESS(root) ",\"annotations\":{\"microsoft.com/hostprocess-container\":\"true\"" root "}"
#define ROOT_AT(path)     ",\"microsoft.com/hostprocess-rootfs-location\":\"" path "\""

static void host_processes_in_a_vm(void **state) {
  static const released rows[] = {
      {"0.15.0-rc.1", XENON("", HOSTPROCESS("")), true, NULL, "IsolationType"},
      {"0.15.0-rc.2", XENON("", HOSTPROCESS("")), true, ",\"IsolationType\":\"HostProcess\"}", "Privileged"},
      {"0.15.0-rc.2", XENON("", HOSTPROCESS(ROOT_AT("C:/h/./x"))), true,
       "\"PrivilegedContainerRootPath\":\"C:\\\\h\\\\x\"}", NULL},
      {"0.15.0-rc.2", XENON("", HOSTPROCESS(ROOT_AT("C:\\\\Windows"))), true, "error unsafe-path: unsafe path detected",
       NULL},
      {"0.15.0-rc.2", XENON("", HOSTPROCESS("") ",\"linux\":{}"), true, NULL, "IsolationType"},
      {"0.15.0-rc.2", XENON("", ANNOTATION("microsoft.com/hostprocess-container", "True")), true, NULL,
       "IsolationType"},
      {"0.15.0-rc.2", ARGON("", HOSTPROCESS(ROOT_AT("x"))), false, NULL, "error"},
  };
  (void)state;
  check_released(rows, COUNT_OF(rows), NULL);
}

static void a_profile_without_a_shim_is_unsupported(void **state) {
  stage s;
  (void)state;
  stage_init(&s, ARGON("", ""), 2, 1, false, NULL);
  s.options.profile = hcsref_profile_find(&s.arena, HCSREF_LIT("go-1.22.12"), &s.err);
  assert_non_null(s.options.profile);
  assert_false(build(&s));
  assert_string_equal(s.err.code, "unsupported");
  assert_text(s.err.message, "profile go-1.22.12 has no hcsshim");
  hcsref_arena_free(&s.arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(dumps),
      cmocka_unit_test(the_stop_timeout),
      cmocka_unit_test(mount_sources),
      cmocka_unit_test(disks_of_a_vm),
      cmocka_unit_test(numbers_of_annotations),
      cmocka_unit_test(pipes_of_the_host),
      cmocka_unit_test(pipes_of_a_vm),
      cmocka_unit_test(a_pods_pipe_has_its_id),
      cmocka_unit_test(dropped_pipes_need_no_build),
      cmocka_unit_test(registry_values_for_tests),
      cmocka_unit_test(host_processes_in_a_vm),
      cmocka_unit_test(a_profile_without_a_shim_is_unsupported),
  };
  return cmocka_run_group_tests_name("stage 2 by release", tests, NULL, NULL);
}
