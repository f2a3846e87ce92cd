/* SPDX-License-Identifier: Apache-2.0 */
/* Stage 2: from an OCI spec to both HCS documents. */
#include "hcs_stage.h"

/* ---- the kinds ---- */

static const fake_answer uvm_known[] = {{"uvm", "C:\\l/.."}, {0}};
static const fake_answer uvm_second[] = {{"stat C:\\l1\\UtilityVM", "-"}, {0}};

static void each_kind_has_its_documents(void **state) {
  static const struct {
    const char *spec;
    int32_t major, minor;
    bool hosted;
    const fake_answer *answers;
    const char *v1, *v2, *log;
  } rows[] = {
      {ARGON("", ""), 2, 1, false, NULL, V1_ARGON, V2_ARGON, "id C:\\l1\nid C:\\l2\n"},
      {ARGON("", ""), 1, 0, false, NULL, V1_ARGON, V2_ARGON, "id C:\\l1\nid C:\\l2\n"},
      {SPEC(VOLUME, "", ""), 2, 1, false, NULL, V1_ARGON, V2_ARGON, "id C:\\l1\nid C:\\l2\n"},
      /* a Hyper-V section makes no Xenon without a utility VM: schema 2.1 does not look at it, 1.0 knows no kind */
      {ARGON(",\"hyperv\":{}", ""), 2, 1, false, NULL, V1_ARGON, V2_ARGON, "id C:\\l1\nid C:\\l2\n"},
      {ARGON(",\"hyperv\":{}", ""), 1, 0, false, NULL, V1_NO_KIND, V2_NO_KIND, ""},
      /* nor does a utility VM with schema 1.0 without the section */
      {ARGON("", ""), 1, 0, true, NULL, V1_ARGON, V2_ARGON, "id C:\\l1\nid C:\\l2\n"},
      {XENON("", ""), 2, 1, true, NULL, V1_NO_KIND, V2_XENON, "vsmb ro C:\\l1\nid C:\\l1\nvsmb ro C:\\l2\nid C:\\l2\n"},
      {XENON("", ""), 1, 0, true, uvm_known, V1_XENON("C:\\\\UtilityVM"), V2_NO_KIND, "uvm\n"},
      {XENON("", ""), 1, 0, true, uvm_second, V1_XENON("C:\\\\l2\\\\UtilityVM"), V2_NO_KIND,
       "uvm\nstat C:\\l1\\UtilityVM\nstat C:\\l2\\UtilityVM\n"},
      {SPEC("x", ",\"hyperv\":{\"utilityVMPath\":\"U/..\"}", ""), 1, 0, true, NULL, V1_XENON("U/.."), V2_NO_KIND, ""},
      {XENON("", ""), 2, 5, true, NULL, V1_NO_KIND, V2_NO_KIND, ""},
      {ARGON("", ""), 2, 5, false, NULL, V1_NO_KIND, V2_NO_KIND, ""},
      {ARGON("", ""), 0, 0, false, NULL, V1_NO_KIND, V2_NO_KIND, ""},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    stage s;
    stage_init(&s, rows[i].spec, rows[i].major, rows[i].minor, rows[i].hosted, rows[i].answers);
    assert_true(build(&s));
    assert_text(v1_text(&s), rows[i].v1);
    assert_text(v2_text(&s), rows[i].v2);
    assert_string_equal(s.fake.log, rows[i].log);
    hcsref_arena_free(&s.arena);
  }
}

static void the_spec_gets_the_backslash_of_its_root(void **state) {
  stage s;
  (void)state;
  stage_init(&s, SPEC(VOLUME, "", ""), 2, 1, false, NULL);
  assert_true(build(&s));
  assert_text(s.spec.root->path, "\\\\?\\Volume{11111111-2222-3333-4444-555555555555}\\");
  hcsref_arena_free(&s.arena);
}

static void a_linux_utility_vm_gets_no_layers(void **state) {
  stage s;
  (void)state;
  stage_init(&s, XENON("", ""), 2, 1, true, NULL);
  s.fake.vm.os = HCSREF_LIT("linux");
  assert_true(build(&s));
  assert_text(v2_text(&s), "{\"Storage\":{\"Path\":\"C:\\\\c\\\\1\"},\"Processor\":{}," REGISTRY "}");
  hcsref_arena_free(&s.arena);
}

/* ---- names and numbers ---- */

static void names_go_into_v1_and_the_id_into_dumps(void **state) {
  stage s;
  (void)state;
  stage_init(&s,
             ARGON(",\"ignoreFlushesDuringBoot\":true",
                   ",\"hostname\":\"h\",\"annotations\":{\"io.microsoft.container.processdumplocation\":"
                   "\"{container_id}\"}"),
             2, 5, false, NULL);
  s.options.actual_id = HCSREF_LIT("actual");
  s.options.actual_owner = HCSREF_LIT("other");
  assert_true(build(&s));
  assert_text(v1_text(&s), "{\"SystemType\":\"Container\",\"Name\":\"actual\",\"Owner\":\"other\","
                           "\"IgnoreFlushesDuringBoot\":true,\"LayerFolderPath\":\"C:\\\\s\",\"Layers\":null,"
                           "\"HostName\":\"h\",\"HvPartition\":false}");
  assert_text(s.documents.v2->guest_os->host_name, "h");
  assert_text(((hcsref_v2_registry_value *)s.documents.v2->registry_changes->add_values.items)[1].string_value, "cid");
  hcsref_arena_free(&s.arena);
}

static void numbers_keep_their_sign_where_go_widens_them(void **state) {
  static const struct {
    const char *spec, *v1, *v2;
  } rows[] = {
      {ARGON(",\"resources\":{\"cpu\":{\"count\":18446744073709551615}}", ""),
       V1_BEGIN "\"LayerFolderPath\":\"C:\\\\s\",\"Layers\":null,\"ProcessorCount\":4294967295,\"HvPartition\":false}",
       "{\"Storage\":{},\"Processor\":{\"Count\":-1}," REGISTRY "}"},
      {ARGON("", ",\"annotations\":{\"io.microsoft.container.processor.weight\":\"4294967294\","
                 "\"io.microsoft.container.processor.limit\":\"4294967293\","
                 "\"io.microsoft.container.memory.sizeinmb\":\"18446744073709551615\","
                 "\"io.microsoft.container.storage.qos.bandwidthmaximum\":\"4294967295\","
                 "\"io.microsoft.container.storage.qos.iopsmaximum\":\"5\"}"),
       V1_BEGIN "\"LayerFolderPath\":\"C:\\\\s\",\"Layers\":null,\"ProcessorWeight\":18446744073709551614,"
                "\"ProcessorMaximum\":-3,\"StorageIOPSMaximum\":5,\"StorageBandwidthMaximum\":18446744073709551615,"
                "\"MemoryMaximumInMB\":-1,\"HvPartition\":false}",
       "{\"Storage\":{\"QoS\":{\"IopsMaximum\":5,\"BandwidthMaximum\":-1}},\"Memory\":{\"SizeInMB\":"
       "18446744073709551615},\"Processor\":{\"Maximum\":-3,\"Weight\":-2}," REGISTRY "}"},
      /* nothing above 0: no quality of service */
      {ARGON(",\"resources\":{\"storage\":{\"bps\":4294967295}}", ""), V1_NO_KIND, V2_NO_KIND},
      {ARGON(",\"resources\":{\"cpu\":{\"count\":9}}", ""),
       V1_BEGIN "\"LayerFolderPath\":\"C:\\\\s\",\"Layers\":null,\"ProcessorCount\":8,\"HvPartition\":false}",
       "{\"Storage\":{},\"Processor\":{\"Count\":8}," REGISTRY "}"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    stage s;
    stage_init(&s, rows[i].spec, 2, 5, false, NULL);
    assert_true(build(&s));
    assert_text(v1_text(&s), rows[i].v1);
    assert_text(v2_text(&s), rows[i].v2);
    hcsref_arena_free(&s.arena);
  }
}

static void a_utility_vm_has_its_own_processors(void **state) {
  static const struct {
    const char *cpu;
    bool hosted, scale;
    int32_t count, maximum;
  } rows[] = {
      {"\"count\":5", true, false, 2, 0},          {"\"maximum\":1250", true, true, 0, 5000},
      {"\"maximum\":1250", true, false, 0, 1250},  {"\"maximum\":1250", false, true, 0, 1250},
      {"\"maximum\":60000", true, true, 0, 10000}, {"\"maximum\":60000", true, false, 0, 60000},
      {"\"maximum\":0", true, true, 0, 0},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    stage s;
    hcsref_arena arena;
    hcsref_str spec;
    hcsref_arena_init(&arena, NULL, 0);
    assert_true(hcsref_format(&arena, &spec,
                              "{\"root\":{},\"windows\":{\"layerFolders\":[\"\",\"\"],\"resources\":{"
                              "\"cpu\":{%s}}}}",
                              rows[i].cpu));
    stage_init_str(&s, spec, 2, 5, rows[i].hosted, NULL);
    s.options.scale_cpu_limits_to_sandbox = rows[i].scale;
    assert_true(build(&s));
    assert_int_equal(s.documents.v2->processor->count, rows[i].count);
    assert_int_equal(s.documents.v2->processor->maximum, rows[i].maximum);
    hcsref_arena_free(&s.arena);
    hcsref_arena_free(&arena);
  }
}

/* ---- network and credentials ---- */

static void networks_go_by_endpoint_and_by_namespace(void **state) {
  static const struct {
    const char *network, *v1, *v2;
  } rows[] = {
      {"{}", "\"Layers\":null,\"HvPartition\":false}", "\"Networking\":{\"Namespace\":\"ns\"}"},
      {"{\"DNSSearchList\":[],\"endpointList\":[],\"networkNamespace\":\"not this\"}",
       "\"Layers\":null,\"HvPartition\":false}", "\"Networking\":{\"Namespace\":\"ns\"}"},
      {"{\"DNSSearchList\":[\"\",\"b,c\",\"\"],\"endpointList\":[\"e\",\"\"],\"allowUnqualifiedDNSQuery\":true,"
       "\"networkSharedContainerName\":\"sh\"}",
       "\"Layers\":null,\"HvPartition\":false,\"NetworkSharedContainerName\":\"sh\",\"EndpointList\":[\"e\",\"\"],"
       "\"AllowUnqualifiedDNSQuery\":true,\"DNSSearchList\":\",b,c,\"}",
       "\"Networking\":{\"AllowUnqualifiedDnsQuery\":true,\"DnsSearchList\":\",b,c,\",\"NetworkSharedContainerName\":"
       "\"sh\",\"Namespace\":\"ns\"}"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_arena arena;
    hcsref_str spec, expected;
    stage s;
    hcsref_arena_init(&arena, NULL, 0);
    assert_true(hcsref_format(&arena, &spec, "{\"root\":{},\"windows\":{\"layerFolders\":[\"\",\"s\"],\"network\":%s}}",
                              rows[i].network));
    stage_init_str(&s, spec, 2, 5, false, NULL);
    s.options.network_namespace = HCSREF_LIT("ns");
    assert_true(build(&s));
    assert_true(hcsref_format(&arena, &expected, V1_BEGIN "\"LayerFolderPath\":\"s\",%s", rows[i].v1));
    assert_same(v1_text(&s), expected);
    assert_true(hcsref_format(&arena, &expected, "{\"Storage\":{},\"Processor\":{},%s," REGISTRY "}", rows[i].v2));
    assert_same(v2_text(&s), expected);
    hcsref_arena_free(&s.arena);
    hcsref_arena_free(&arena);
  }
}

static void only_a_string_is_a_credential_spec(void **state) {
  static const struct {
    const char *spec, *credentials;
    bool guarded;
  } rows[] = {
      {ARGON("", ""), "", false},
      {ARGON(",\"credentialSpec\":{\"a\":1}", ""), "", false},
      {ARGON(",\"credentialSpec\":\"\"", ""), "", true},
      {ARGON(",\"credentialSpec\":\"{}\"", ""), "{}", true},
  };
  static const hcsref_v2_container_credential_guard_state state_of_guard = {
      {"ck", 2}, {"rpc", 3}, {"LRPC", 4}, {"cs", 2}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    stage s;
    stage_init(&s, rows[i].spec, 2, 1, false, NULL);
    assert_true(build(&s));
    assert_text(s.documents.v1->credentials, rows[i].credentials);
    assert_null(s.documents.v2->container_credential_guard);
    s.options.ccg_state = &state_of_guard;
    assert_true(build(&s));
    assert_int_equal(s.documents.v2->container_credential_guard != NULL, rows[i].guarded);
    if (s.documents.v2->container_credential_guard != NULL)
      assert_text(s.documents.v2->container_credential_guard->cookie, "ck");
    hcsref_arena_free(&s.arena);
  }
}

/* ---- mounts ---- */

#define V1_DIR(host, container, read_only)                                                                             \
  "{\"HostPath\":\"" host "\",\"ContainerPath\":\"" container "\",\"ReadOnly\":" read_only                             \
  ",\"BandwidthMaximum\":0,\"IOPSMaximum\":0,\"CreateInUtilityVM\":false}"
#define V1_PIPES(prefix)                                                                                               \
  "\"MappedPipes\":[{\"HostPath\":\"" prefix "p\",\"ContainerPipeName\":\"q\"},{\"HostPath\":\"" prefix                \
  "\",\"ContainerPipeName\":\"r\"}],"
#define V2_PIPES(prefix)                                                                                               \
  "\"MappedPipes\":[{\"ContainerPipeName\":\"q\",\"HostPath\":\"" prefix "p\"},{\"ContainerPipeName\":\"r\","          \
  "\"HostPath\":\"" prefix "\"}],"
#define PIPE    "\\\\\\\\.\\\\pipe\\\\"
#define VM_PIPE "\\\\\\\\?\\\\VMSMB\\\\VSMB-{dcc079ae-60ba-4d07-847c-3493609c0870}\\\\IPC$\\\\"

static void mounts_are_directories_and_pipes(void **state) {
  static const fake_answer answers[] = {{"resolve C:\\a", "R"}, {0}};
  static const struct {
    bool hosted;
    const char *v1, *v2, *log;
  } rows[] = {
      {false,
       V1_BEGIN "\"LayerFolderPath\":\"C:\\\\s\",\"Layers\":null,\"MappedDirectories\":[" V1_DIR(
           "C:\\\\a", "C:\\\\x",
           "true") "," V1_DIR("C:\\\\disk", "C:\\\\y",
                              "false") "," V1_DIR("sandbox:///m", "C:\\\\z",
                                                  "false") "]," V1_PIPES(PIPE) "\"HvPartition\":false}",
       "{\"Storage\":{},\"MappedDirectories\":[{\"HostPath\":\"R\",\"ContainerPath\":\"C:\\\\x\",\"ReadOnly\":true},"
       "{\"HostPath\":\"C:\\\\disk\",\"ContainerPath\":\"C:\\\\y\"},{\"HostPath\":\"sandbox:///m\",\"ContainerPath\":"
       "\"C:\\\\z\"},{\"HostPath\":\"add\",\"ContainerPath\":\"ed\"}]," V2_PIPES(PIPE) "\"Processor\":{}," REGISTRY "}",
       "resolve C:\\a\nresolve C:\\disk\nresolve sandbox:///m\n"},
      {true,
       V1_BEGIN "\"LayerFolderPath\":\"C:\\\\s\",\"Layers\":null,\"MappedDirectories\":[" V1_DIR(
           "C:\\\\a", "C:\\\\x", "true") "," V1_DIR("sandbox:///m", "C:\\\\z",
                                                    "false") "]," V1_PIPES(VM_PIPE) "\"HvPartition\":false}",
       "{\"Storage\":{},\"MappedDirectories\":[{\"HostPath\":\"V:C:\\\\a\",\"ContainerPath\":\"C:\\\\x\",\"ReadOnly\":"
       "true},{\"HostPath\":\"C:\\\\SandboxMounts\\\\m\",\"ContainerPath\":\"C:\\\\z\"},{\"HostPath\":\"add\","
       "\"ContainerPath\":\"ed\"}]," V2_PIPES(VM_PIPE) "\"Processor\":{}," REGISTRY "}",
       "vsmb ro C:\\a\n"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_v2_mapped_directory additional = {{"add", 3}, {NULL, 0}, {"ed", 2}, false};
    stage s;
    stage_init(&s, XENON("", MOUNTS), 2, 5, rows[i].hosted, answers);
    s.options.additional_mounts.items = &additional;
    s.options.additional_mounts.len = 1;
    assert_true(build(&s));
    assert_text(v1_text(&s), rows[i].v1);
    assert_text(v2_text(&s), rows[i].v2);
    assert_string_equal(s.fake.log, rows[i].log);
    hcsref_arena_free(&s.arena);
  }
}

/* ---- devices, extensions, dumps ---- */

static void devices_are_for_schema_2_1_only(void **state) {
  static const char spec[] =
      ARGON(",\"devices\":[{\"id\":\"i\",\"idType\":\"class\"},{\"id\":\"\",\"idType\":\"bad\"}]", "");
  stage s;
  (void)state;
  stage_init(&s, spec, 1, 0, false, NULL);
  assert_true(build(&s));
  assert_int_equal(s.documents.v2->assigned_devices.len, 0);
  s.options.schema.minor = 5;
  assert_true(build(&s));
  s.options.schema.major = 2;
  assert_true(build(&s));
  s.options.schema.minor = 1;
  assert_false(build(&s));
  assert_string_equal(s.err.code, "device-type");
  hcsref_arena_free(&s.arena);
}

static void dumps_are_registry_values(void **state) {
  static const struct {
    const char *annotations, *vm_location, *values; /* null: none */
  } rows[] = {
      {"", "", NULL},
      {"\"io.microsoft.wcow.processdumptype\":\"ignored without a folder\"", "", NULL},
      {"", "C:\\vm\\{container_id}", "\"StringValue\":\"C:\\\\vm\\\\cid\"|2|10"},
      {"\"io.microsoft.container.processdumplocation\":\"\"", "C:\\vm", NULL},
      {"\"io.microsoft.container.processdumplocation\":\"C:\\\\d\",\"io.microsoft.wcow.processdumptype\":\"mini\","
       "\"io.microsoft.wcow.processdumpcount\":\"4294967296\"",
       "C:\\vm", "\"StringValue\":\"C:\\\\d\"|1|0"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_arena arena;
    hcsref_str spec, text, expected = {NULL, 0};
    const hcsref_v2_registry_value *values;
    stage s;
    hcsref_arena_init(&arena, NULL, 0);
    assert_true(hcsref_format(&arena, &spec,
                              "{\"root\":{},\"windows\":{\"layerFolders\":[\"\",\"s\"]},\"annotations\":{%s}}",
                              rows[i].annotations));
    stage_init_str(&s, spec, 2, 5, true, NULL);
    s.fake.vm.process_dump_location = hcsref_cstr(rows[i].vm_location);
    assert_true(build(&s));
    values = s.documents.v2->registry_changes->add_values.items;
    assert_int_equal(s.documents.v2->registry_changes->add_values.len, rows[i].values == NULL ? 1 : 4);
    if (rows[i].values != NULL) {
      text = encode(&s, &hcsref_type_v2_registry_value, &values[1]);
      assert_true(
          hcsref_format(&arena, &expected,
                        "{\"Key\":{\"Hive\":\"Software\",\"Name\":\"Microsoft\\\\Windows\\\\Windows Error "
                        "Reporting\\\\LocalDumps\"},\"Name\":\"DumpFolder\",\"Type\":\"String\",%v}",
                        hcsref_str_from(rows[i].values, (size_t)(strchr(rows[i].values, '|') - rows[i].values))));
      assert_same(text, expected);
      assert_text(values[2].name, "DumpType");
      assert_text(values[2].type, "DWord");
      assert_text(values[3].name, "DumpCount");
      assert_true(
          hcsref_format(&arena, &text, "|%d|%d", (int64_t)values[2].d_word_value, (int64_t)values[3].d_word_value));
      assert_text(text, strchr(rows[i].values, '|'));
    }
    hcsref_arena_free(&s.arena);
    hcsref_arena_free(&arena);
  }
}

/* ---- what made a field ---- */

static const hcsref_origin *noted(const stage *s, const void *field, size_t size) {
  const hcsref_origin *origin = hcsref_provenance_find(s->options.provenance, field, size);
  assert_non_null(origin);
  return origin;
}

static void each_field_has_its_place(void **state) {
  static const char spec[] = SPEC(
      VOLUME "\\\\", ",\"resources\":{\"memory\":{\"limit\":1048576},\"cpu\":{\"shares\":5},\"storage\":{\"iops\":3}}",
      ",\"hostname\":\"h\",\"mounts\":[{\"source\":\"\\\\\\\\.\\\\pipe\\\\p\",\"destination\":"
      "\"\\\\\\\\.\\\\pipe\\\\p\"},{\"source\":\"C:\\\\m\",\"destination\":\"C:\\\\d\"}],\"annotations\":{"
      "\"io.microsoft.container.storage.qos.iopsmaximum\":\"7\"}");
  static const fake_answer answers[] = {{"resolve C:\\m", "C:\\m"}, {0}};
  stage s, plain;
  const hcsref_v2_container *v2;
  (void)state;
  stage_init(&plain, spec, 2, 1, false, answers);
  stage_init(&s, spec, 2, 1, false, answers);
  s.options.provenance = hcsref_provenance_new(&s.arena);
  assert_non_null(s.options.provenance);
  assert_true(build(&s) && build(&plain));
  assert_true(hcsref_provenance_whole(s.options.provenance));
  assert_true(hcsref_str_equal(v2_text(&s), v2_text(&plain)) && hcsref_str_equal(v1_text(&s), v1_text(&plain)));
  v2 = s.documents.v2;
  assert_text(noted(&s, &v2->memory->size_in_mb, sizeof(uint64_t))->where, "/windows/resources/memory/limit");
  assert_text(noted(&s, &v2->processor->weight, sizeof(int32_t))->where, "/windows/resources/cpu/shares");
  assert_text(noted(&s, &v2->guest_os->host_name, sizeof(hcsref_str))->where, "/hostname");
  assert_text(noted(&s, &v2->storage->qos->iops_maximum, sizeof(int32_t))->where,
              "/annotations/io.microsoft.container.storage.qos.iopsmaximum");
  assert_text(noted(&s, v2->mapped_directories.items, sizeof(hcsref_str))->where, "/mounts/1/source");
  assert_text(noted(&s, v2->mapped_pipes.items, sizeof(hcsref_str))->where, "/mounts/0");
  assert_text(noted(&s, &s.documents.v1->system_type, sizeof(hcsref_str))->where, "");
  assert_null(hcsref_provenance_find(s.options.provenance, &s, 1));
  hcsref_arena_free(&s.arena);
  hcsref_arena_free(&plain.arena);
}

static void notes_without_memory_are_not_whole(void **state) {
  hcsref_arena arena;
  hcsref_provenance *notes;
  int field = 0;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  notes = hcsref_provenance_new(&arena);
  for (int i = 0; i < 100; i++)
    hcsref_provenance_note(notes, &field, sizeof field, "rule", "/%u", (uint64_t)i);
  assert_text(hcsref_provenance_find(notes, &field, sizeof field)->where, "/99");
  assert_true(hcsref_provenance_whole(notes));
  arena.limit = arena.used;
  for (int i = 0; i < 1000; i++)
    hcsref_provenance_note(notes, &field, sizeof field, "rule", "/a/place/that/needs/memory/%u", (uint64_t)i);
  assert_false(hcsref_provenance_whole(notes));
  assert_null(hcsref_provenance_new(&arena));
  hcsref_arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_kind_has_its_documents),
      cmocka_unit_test(the_spec_gets_the_backslash_of_its_root),
      cmocka_unit_test(a_linux_utility_vm_gets_no_layers),
      cmocka_unit_test(names_go_into_v1_and_the_id_into_dumps),
      cmocka_unit_test(numbers_keep_their_sign_where_go_widens_them),
      cmocka_unit_test(a_utility_vm_has_its_own_processors),
      cmocka_unit_test(networks_go_by_endpoint_and_by_namespace),
      cmocka_unit_test(only_a_string_is_a_credential_spec),
      cmocka_unit_test(mounts_are_directories_and_pipes),
      cmocka_unit_test(devices_are_for_schema_2_1_only),
      cmocka_unit_test(dumps_are_registry_values),
      cmocka_unit_test(each_field_has_its_place),
      cmocka_unit_test(notes_without_memory_are_not_whole),
  };
  return cmocka_run_group_tests_name("documents", tests, NULL, NULL);
}
