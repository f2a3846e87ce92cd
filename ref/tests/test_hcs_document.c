/* SPDX-License-Identifier: Apache-2.0 */
/* Stage 2: from an OCI spec to both HCS documents and the envelope. */
#include "fake_host.h"
#include "hcsref/pipeline.h"

#define VOLUME "\\\\\\\\?\\\\Volume{11111111-2222-3333-4444-555555555555}"

/* A spec with `root`, members of `windows` after the layer folders, and more members of the spec. */
#define SPEC(root, windows, more)                                                                                      \
  "{\"root\":{\"path\":\"" root "\"},\"windows\":{\"layerFolders\":[\"C:\\\\l1\",\"C:\\\\l2\",\"C:\\\\s\"]" windows    \
  "}" more "}"
#define ARGON(windows, more) SPEC(VOLUME "\\\\", windows, more)
#define XENON(windows, more) SPEC("C:\\\\c\\\\1", ",\"hyperv\":{}" windows, more)

#define REGISTRY_BEGIN                                                                                                 \
  "\"RegistryChanges\":{\"AddValues\":[{\"Key\":{\"Hive\":\"System\",\"Name\":\"ControlSet001\\\\Control\"},\"Name\":" \
  "\"WaitToKillServiceTimeout\",\"Type\":\"String\",\"StringValue\":\"2147483647\"}"
#define REGISTRY REGISTRY_BEGIN "]}"

typedef struct stage {
  hcsref_arena arena;
  fake_host fake;
  hcsref_oci_spec spec;
  hcsref_create_options options;
  hcsref_documents documents;
  hcsref_create_request request;
  hcsref_error err;
} stage;

static void stage_init_str(stage *s, hcsref_str spec, int32_t major, int32_t minor, bool hosted,
                           const fake_answer *answers) {
  hcsref_error err;
  memset(s, 0, sizeof *s);
  hcsref_arena_init(&s->arena, NULL, 0);
  fake_host_init(&s->fake, answers);
  if (!hcsref_json_decode(&s->arena, spec, &hcsref_type_oci_spec, HCSREF_JSON_WHOLE, &s->spec, &err))
    fail_msg("%.*s in %.*s", (int)err.message.len, err.message.data, (int)spec.len, spec.data);
  s->options.id = HCSREF_LIT("cid");
  s->options.owner = HCSREF_LIT("own");
  s->options.has_schema = true;
  s->options.schema.major = major;
  s->options.schema.minor = minor;
  if (hosted)
    s->options.hosting_system = &s->fake.vm;
}

static void stage_init(stage *s, const char *spec, int32_t major, int32_t minor, bool hosted,
                       const fake_answer *answers) {
  stage_init_str(s, hcsref_cstr(spec), major, minor, hosted, answers);
}

static bool build(stage *s) {
  return hcsref_oci_to_hcs(&s->arena, &s->spec, &s->options, &s->fake.host, &s->documents, &s->err);
}

static hcsref_str encode(stage *s, const hcsref_type *type, const void *value) {
  hcsref_str text;
  assert_true(hcsref_json_encode(&s->arena, type, value, &text, NULL));
  return text;
}

static hcsref_str v1_text(stage *s) {
  return encode(s, &hcsref_type_v1_container_config, s->documents.v1);
}

static hcsref_str v2_text(stage *s) {
  return encode(s, &hcsref_type_v2_container, s->documents.v2);
}

/* ---- the kinds ------------------------------------------------------------------------------------------------- */

#define V1_BEGIN "{\"SystemType\":\"Container\",\"Name\":\"cid\",\"Owner\":\"own\","
#define V1_ARGON                                                                                                       \
  V1_BEGIN "\"VolumePath\":\"" VOLUME "\",\"LayerFolderPath\":\"C:\\\\s\",\"Layers\":[{\"ID\":\"" FAKE_ID              \
           "\",\"Path\":\"C:\\\\l1\"},{\"ID\":\"" FAKE_ID "\",\"Path\":\"C:\\\\l2\"}],\"HvPartition\":false}"
#define V1_NO_KIND V1_BEGIN "\"LayerFolderPath\":\"C:\\\\s\",\"Layers\":null,\"HvPartition\":false}"
#define V1_XENON(image)                                                                                                \
  V1_BEGIN                                                                                                             \
  "\"LayerFolderPath\":\"C:\\\\s\",\"Layers\":null,\"HvPartition\":true,\"HvRuntime\":{\"ImagePath\":\"" image "\"}}"
#define V2_ARGON                                                                                                       \
  "{\"Storage\":{\"Layers\":[{\"Id\":\"" FAKE_ID "\",\"Path\":\"C:\\\\l1\"},{\"Id\":\"" FAKE_ID                        \
  "\",\"Path\":\"C:\\\\l2\"}],\"Path\":\"" VOLUME "\\\\\"},\"Processor\":{}," REGISTRY "}"
#define V2_XENON                                                                                                       \
  "{\"Storage\":{\"Layers\":[{\"Id\":\"" FAKE_ID "\",\"Path\":\"V:C:\\\\l1\"},{\"Id\":\"" FAKE_ID                      \
  "\",\"Path\":\"V:C:\\\\l2\"}],\"Path\":\"C:\\\\c\\\\1\"},\"Processor\":{}," REGISTRY "}"
#define V2_NO_KIND "{\"Storage\":{},\"Processor\":{}," REGISTRY "}"

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

/* ---- names and numbers ------------------------------------------------------------------------------------------- */

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

/* ---- network and credentials ----------------------------------------------------------------------------------- */

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

/* ---- mounts ------------------------------------------------------------------------------------------------------ */

#define MOUNTS                                                                                                         \
  ",\"mounts\":[{\"source\":\"C:\\\\a\",\"destination\":\"C:\\\\x\",\"options\":[\"rw\",\"Ro\",\"rw\"]},"              \
  "{\"source\":\"\\\\\\\\.\\\\pipe\\\\p\",\"destination\":\"\\\\\\\\.\\\\pipe\\\\q\"},"                                \
  "{\"source\":\"C:\\\\disk\",\"destination\":\"C:\\\\y\",\"type\":\"virtual-disk\",\"options\":[\" ro\"]},"           \
  "{\"source\":\"\\\\\\\\.\\\\pipe\\\\\",\"destination\":\"r\"},"                                                      \
  "{\"source\":\"sandbox:///m\",\"destination\":\"C:\\\\z\"}]"
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

/* ---- devices, extensions, dumps ---------------------------------------------------------------------------------- */

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

/* ---- errors --------------------------------------------------------------------------------------------------------
 */

#define BAD_TAIL ",\"devices\":[{\"id\":\"i\",\"idType\":\"gpu\"}]}," BAD_ANNOTATIONS
#define BAD_ANNOTATIONS                                                                                                \
  "\"annotations\":{\"io.microsoft.container.wcow.deviceextensions\":\"e\","                                           \
  "\"io.microsoft.container.processdumplocation\":\"d\",\"io.microsoft.wcow.processdumptype\":\"x\","                  \
  "\"io.microsoft.wcow.processdumpcount\":\"0\"}}"
#define BAD_MOUNTS                                                                                                     \
  "\"mounts\":[{\"source\":\"C:\\\\ok\"},{\"source\":\"C:\\\\bad\"},{\"source\":\"\\\\\\\\.\\\\pipe\\\\p\"}],"

/* Each row is wrong in one way less than the row before: what is told is what upstream meets first. */
static const fake_answer none_good[] = {{"id C:\\b", "!no id"},
                                        {"resolve C:\\bad", "!no \"path\""},
                                        {"stat e", "!no extension"},
                                        {"stat C:\\a\\UtilityVM", "!denied"},
                                        {"vsmb ro C:\\a", "!not attached"},
                                        {0}};
static const fake_answer ids_good[] = {
    {"resolve C:\\bad", "!no \"path\""}, {"stat e", "!no extension"}, {"vsmb rw C:\\bad", "!no share"}, {0}};
static const fake_answer paths_good[] = {{"stat e", "!no extension"}, {0}};
static const fake_answer extensions_good[] = {{"read e", "{}"}, {0}};
static const fake_answer no_uvm[] = {
    {"stat C:\\a\\UtilityVM", "-"}, {"stat C:\\b\\UtilityVM", "-"}, {"stat s\\UtilityVM", "-"}, {0}};
static const fake_answer uvm_fails[] = {{"uvm", "!cannot tell"}, {0}};
static const struct {
  const char *spec;
  int32_t major, minor;
  bool hosted;
  uint32_t build;
  const fake_answer *answers;
  const char *code, *where, *message;
} wrong_specs[] = {
    {"{\"root\":{\"readonly\":true}}", 2, 1, false, 0, none_good, "windows-missing", "/windows",
     "cannot create HCS container document - OCI spec Windows section is missing "},
    {"{\"windows\":{\"layerFolders\":[\"a\"],\"resources\":{\"cpu\":{\"count\":1,\"shares\":1}}}}", 2, 1, false, 0,
     none_good, "layer-folders-missing", "/windows/layerFolders", "invalid spec - not enough layer folders supplied"},
    {"{\"windows\":{\"layerFolders\":[\"a\",\"b\"],\"resources\":{\"cpu\":{\"count\":1,\"shares\":1}}}}", 2, 1, false,
     0, none_good, "cpu-limits-exclusive", "/windows/resources/cpu/shares",
     "invalid spec - Windows Container CPU Count: '1', Limit: '0', and Weight: '1' are mutually exclusive"},
    {"{\"windows\":{\"layerFolders\":[\"a\",\"b\"]}}", 2, 1, false, 0, none_good, "root-missing", "/root",
     "spec is invalid - root isn't populated"},
    {"{\"root\":{\"path\":\"x\",\"readonly\":true},\"windows\":{\"layerFolders\":[\"a\",\"b\"]}}", 2, 1, false, 0,
     none_good, "root-readonly", "/root/readonly",
     "invalid container spec - readonly is not supported for Windows containers"},
    {"{\"root\":{\"path\":\"C:\\\\x\"},\"windows\":{\"layerFolders\":[\"C:\\\\a\",\"C:\\\\b\",\"s\"]}}", 2, 1, false, 0,
     none_good, "root-path-not-volume", "/root/path",
     "invalid container spec - Root.Path 'C:\\x' must be a volume GUID path in the format '\\\\?\\Volume{GUID}\\'"},
    {"{\"root\":{\"path\":\"" VOLUME "\"},\"windows\":{\"layerFolders\":[\"C:\\\\a\",\"C:\\\\b\",\"s\"]" BAD_TAIL, 2, 1,
     false, 0, none_good, "layer-id", "/windows/layerFolders/1", "no id"},
    {"{\"root\":{}," BAD_MOUNTS "\"windows\":{\"layerFolders\":[\"C:\\\\a\",\"C:\\\\b\",\"s\"],\"hyperv\":{}" BAD_TAIL,
     1, 0, true, 0, none_good, "uvm-folder", "/windows/layerFolders/0", "denied"},
    {"{\"root\":{}," BAD_MOUNTS "\"windows\":{\"layerFolders\":[\"C:\\\\a\",\"C:\\\\b\",\"s\"],\"hyperv\":{}" BAD_TAIL,
     1, 0, true, 0, no_uvm, "uvm-folder-missing", "/windows/layerFolders",
     "utility VM folder could not be found in layers"},
    {"{\"root\":{}," BAD_MOUNTS "\"windows\":{\"layerFolders\":[\"\",\"s\"],\"hyperv\":{}" BAD_TAIL, 1, 0, true, 0,
     NULL, "uvm-folder-missing", "/windows/layerFolders", "utility VM folder could not be found in layers"},
    {"{\"root\":{}," BAD_MOUNTS "\"windows\":{\"layerFolders\":[\"a\",\"s\"],\"hyperv\":{}" BAD_TAIL, 1, 0, true, 0,
     uvm_fails, "uvm-folder", "/windows/layerFolders", "cannot tell"},
    {"{\"root\":{}," BAD_MOUNTS "\"windows\":{\"layerFolders\":[\"C:\\\\a\",\"C:\\\\b\",\"s\"]" BAD_TAIL, 2, 1, true, 0,
     none_good, "vsmb-path", "/windows/layerFolders/0", "not attached"},
    {"{\"root\":{}," BAD_MOUNTS "\"windows\":{\"layerFolders\":[\"C:\\\\a\",\"C:\\\\b\",\"s\"]" BAD_TAIL, 2, 1, true, 0,
     ids_good, "vsmb-path", "/mounts/1/source", "no share"},
    {"{\"root\":{\"path\":\"" VOLUME "\"}," BAD_MOUNTS
     "\"windows\":{\"layerFolders\":[\"C:\\\\a\",\"C:\\\\b\",\"s\"]" BAD_TAIL,
     2, 1, false, 0, ids_good, "mount-resolve", "/mounts/1/source",
     "failed to resolve path for mount source \"C:\\\\bad\": no \"path\""},
    {"{\"root\":{\"path\":\"" VOLUME "\"}," BAD_MOUNTS
     "\"windows\":{\"layerFolders\":[\"C:\\\\a\",\"C:\\\\b\",\"s\"]" BAD_TAIL,
     2, 1, false, 16298, paths_good, "pipes-unsupported", "/mounts/2/source",
     "named pipe mounts are not supported on this version of Windows"},
    {"{\"root\":{\"path\":\"" VOLUME "\"}," BAD_MOUNTS
     "\"windows\":{\"layerFolders\":[\"C:\\\\a\",\"C:\\\\b\",\"s\"]" BAD_TAIL,
     2, 1, false, 16299, paths_good, "device-type", "/windows/devices/0/idType",
     "specified device i has unsupported type gpu"},
    {"{\"root\":{},\"windows\":{\"layerFolders\":[\"C:\\\\a\",\"C:\\\\b\",\"s\"]}," BAD_ANNOTATIONS, 2, 5, false, 20348,
     paths_good, "extension-stat", "/annotations/io.microsoft.container.wcow.deviceextensions",
     "failed to find path to driver extensions at e: no extension"},
    {"{\"root\":{},\"windows\":{\"layerFolders\":[\"C:\\\\a\",\"C:\\\\b\",\"s\"]}," BAD_ANNOTATIONS, 2, 5, false, 20348,
     extensions_good, "dump-type", "/annotations/io.microsoft.wcow.processdumptype",
     "unknown dump type specified, valid values are \"mini\" or \"full\""},
    {"{\"root\":{},\"windows\":{\"layerFolders\":[\"C:\\\\a\",\"C:\\\\b\",\"s\"]},\"annotations\":{"
     "\"io.microsoft.container.processdumplocation\":\"d\",\"io.microsoft.wcow.processdumpcount\":\"0\"}}",
     2, 5, false, 20348, NULL, "dump-count", "/annotations/io.microsoft.wcow.processdumpcount",
     "invaid dump count specified: 0"},
};

static void the_first_error_is_upstreams(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(wrong_specs); i++) {
    hcsref_documents before;
    hcsref_str root = {NULL, 0};
    stage s;
    stage_init(&s, wrong_specs[i].spec, wrong_specs[i].major, wrong_specs[i].minor, wrong_specs[i].hosted,
               wrong_specs[i].answers);
    s.fake.build = wrong_specs[i].build;
    before = s.documents;
    if (s.spec.root != NULL)
      root = s.spec.root->path;
    assert_false(build(&s));
    assert_string_equal(s.err.code, wrong_specs[i].code);
    assert_text(s.err.where, wrong_specs[i].where);
    assert_text(s.err.message, wrong_specs[i].message);
    assert_memory_equal(&s.documents, &before, sizeof before);
    if (s.spec.root != NULL)
      assert_same(s.spec.root->path, root);
    hcsref_arena_free(&s.arena);
  }
}

static void a_missing_spec_is_told(void **state) {
  stage s;
  (void)state;
  stage_init(&s, "{}", 2, 1, false, NULL);
  assert_false(hcsref_oci_to_hcs(&s.arena, NULL, &s.options, &s.fake.host, &s.documents, &s.err));
  assert_string_equal(s.err.code, "spec-missing");
  assert_text(s.err.message, "cannot create HCS container document - OCI spec is missing");
  assert_false(hcsref_oci_to_hcs(&s.arena, NULL, &s.options, &s.fake.host, &s.documents, NULL));
  hcsref_arena_free(&s.arena);
}

static void a_utility_vm_without_processors_is_told(void **state) {
  stage s;
  (void)state;
  stage_init(&s, XENON(",\"resources\":{\"cpu\":{\"maximum\":1}}", ""), 2, 1, true, NULL);
  s.fake.vm.processor_count = 0;
  assert_true(build(&s));
  s.options.scale_cpu_limits_to_sandbox = true;
  assert_false(build(&s));
  assert_string_equal(s.err.code, "uvm-processor-count");
  hcsref_arena_free(&s.arena);
}

/* A host that has no memory left for an answer, nor for saying so. */
static void a_host_may_run_out_of_memory(void **state) {
  static const struct {
    const char *spec;
    int32_t major, minor;
    bool hosted;
    fake_answer answers[2];
  } rows[] = {
      {ARGON("", ""), 2, 1, false, {{"id C:\\l1", "?"}, {0}}},
      {XENON("", ""), 2, 1, true, {{"vsmb ro C:\\l1", "?"}, {0}}},
      {XENON("", ""), 1, 0, true, {{"uvm", "?"}, {0}}},
      {XENON("", ""), 1, 0, true, {{"stat C:\\l1\\UtilityVM", "?"}, {0}}},
      {ARGON("", ",\"mounts\":[{\"source\":\"m\"}]"), 2, 1, false, {{"resolve m", "?"}, {0}}},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    stage s;
    stage_init(&s, rows[i].spec, rows[i].major, rows[i].minor, rows[i].hosted, rows[i].answers);
    assert_false(build(&s));
    assert_string_equal(s.err.code, "out-of-memory");
    hcsref_arena_free(&s.arena);
  }
}

/* ---- the envelope --------------------------------------------------------------------------------------------------
 */

static bool create(stage *s) {
  return hcsref_create_document(&s->arena, &s->spec, &s->options, &s->fake.host, &s->request, &s->err);
}

#define SYSTEM(container)                                                                                              \
  "{\"Owner\":\"own\",\"SchemaVersion\":{\"Major\":2,\"Minor\":1},\"Container\":" container                            \
  ",\"ShouldTerminateOnLastHandleClosed\":true}"

static void the_schema_depends_on_build_and_vm(void **state) {
  static const struct {
    int32_t major, minor; /* -1: none asked for */
    uint32_t build;
    bool hosted;
    const char *kind, *document;
  } rows[] = {
      {-1, 0, 17762, false, "hcs", V1_ARGON},
      {-1, 0, 17763, false, "hcs", SYSTEM(V2_ARGON)},
      {1, 0, 20348, false, "hcs", V1_ARGON},
      {2, 1, 17762, false, "hcs", V1_ARGON},
      {2, 1, 17763, false, "hcs", SYSTEM(V2_ARGON)},
      {2, 5, 20347, false, "hcs", SYSTEM(V2_ARGON)},
      {2, 5, 20348, false, "hcs", SYSTEM(V2_NO_KIND)},
      {3, 0, 20348, false, "hcs", SYSTEM(V2_ARGON)},
      {2, 0, 14393, false, "hcs", V1_ARGON},
      {1, 0, 14393, true, "gcs", "{\"SchemaVersion\":{\"Major\":2,\"Minor\":1},\"Container\":" V2_XENON "}"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    stage s;
    stage_init(&s, rows[i].hosted ? XENON("", "") : ARGON("", ""), rows[i].major, rows[i].minor, rows[i].hosted, NULL);
    s.options.has_schema = rows[i].major >= 0;
    s.fake.build = rows[i].build;
    assert_true(create(&s));
    assert_string_equal(s.request.kind, rows[i].kind);
    assert_text(s.request.id, "cid");
    assert_text(s.request.owner, "own");
    assert_text(encode(&s, s.request.document_type, s.request.document), rows[i].document);
    hcsref_arena_free(&s.arena);
  }
}

static void a_namespace_is_for_schema_2_1(void **state) {
  static const struct {
    int32_t minor;
    const char *name;
  } rows[] = {{1, "ns"}, {5, ""}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    stage s;
    stage_init(&s, ARGON(",\"network\":{}", ""), 2, rows[i].minor, false, NULL);
    s.options.network_namespace = HCSREF_LIT("ns");
    assert_true(create(&s));
    assert_text(((const hcsref_v2_compute_system *)s.request.document)->container->networking->name_space,
                rows[i].name);
    hcsref_arena_free(&s.arena);
  }
}

static void credentials_can_be_forbidden(void **state) {
  static const struct {
    const char *spec;
    bool created;
  } rows[] = {
      {ARGON(",\"credentialSpec\":\"\"", ",\"annotations\":{\"io.microsoft.container.wcow.gmsa.disable\":\"True\"}"),
       false},
      {ARGON(",\"credentialSpec\":\"c\"", ",\"annotations\":{\"io.microsoft.container.wcow.gmsa.disable\":\"1\"}"),
       true},
      {ARGON(",\"credentialSpec\":{}", ",\"annotations\":{\"io.microsoft.container.wcow.gmsa.disable\":\"true\"}"),
       true},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    stage s;
    stage_init(&s, rows[i].spec, 2, 1, false, NULL);
    assert_int_equal(create(&s), rows[i].created);
    if (!rows[i].created) {
      assert_string_equal(s.err.code, "gmsa-disabled");
      assert_text(s.err.message, "container config validation failed: gMSA credentials are disabled: operation denied");
      assert_text(s.err.where, "/windows/credentialSpec");
    }
    hcsref_arena_free(&s.arena);
  }
}

static void creation_needs_a_spec_an_id_and_an_owner(void **state) {
  stage s;
  (void)state;
  stage_init(&s, ARGON("", ""), 2, 1, false, NULL);
  assert_false(hcsref_create_document(&s.arena, NULL, &s.options, &s.fake.host, &s.request, &s.err));
  assert_string_equal(s.err.code, "spec-missing");
  assert_text(s.err.message, "spec must be supplied");
  s.options.id = HCSREF_LIT("");
  assert_false(create(&s));
  assert_string_equal(s.err.code, "id-required");
  s.options.actual_id = HCSREF_LIT("made up");
  s.options.owner = HCSREF_LIT("");
  assert_false(create(&s));
  assert_string_equal(s.err.code, "owner-required");
  s.options.actual_owner = HCSREF_LIT("program");
  assert_null(s.request.document);
  assert_true(create(&s));
  assert_text(s.request.id, "made up");
  assert_text(s.request.owner, "program");
  s.spec.windows = NULL;
  assert_false(create(&s));
  assert_string_equal(s.err.code, "windows-missing");
  hcsref_arena_free(&s.arena);
}

/* ---- every allocation refused in turn ------------------------------------------------------------------------------
 */

#define EVERYTHING                                                                                                     \
  ",\"network\":{\"DNSSearchList\":[\"a\",\"b\"]},\"devices\":[{\"id\":\"i\",\"idType\":\"class\"}]",                  \
      MOUNTS ",\"annotations\":{\"io.microsoft.container.processdumplocation\":\"d{container_id}\","                   \
             "\"io.microsoft.container.wcow.deviceextensions\":\"e,f\"}"
#define EVERY(macro, ...) macro(__VA_ARGS__)

/* The arena ends a little later each time, until all fits; every result short of that is an error that says so, or
 * the error of the spec itself. */
static void refuse_each(const char *spec, int32_t major, int32_t minor, bool hosted, const char *code) {
  static const fake_answer answers[] = {{"read e", "{\"device_category\":{\"name\":\"n\"}}"},
                                        {"read f", "{}"},
                                        {"stat C:\\l1\\UtilityVM", "-"},
                                        {"resolve bad", "!no"},
                                        {0}};
  bool done = false;
  for (size_t limit = 0; !done; limit += 16) {
    counting_allocator counter;
    hcsref_arena arena;
    stage s;
    stage_init(&s, spec, major, minor, hosted, answers);
    counting_arena(&arena, &counter, SIZE_MAX);
    arena.limit = limit;
    s.err.code = "";
    done = hcsref_create_document(&arena, &s.spec, &s.options, &s.fake.host, &s.request, &s.err) ||
           strcmp(s.err.code, code) == 0;
    if (done)
      assert_string_equal(s.err.code, code);
    else
      assert_string_equal(s.err.code, "out-of-memory");
    hcsref_arena_free(&arena);
    assert_int_equal(counter.live, 0);
    hcsref_arena_free(&s.arena);
    assert_true(limit < 65536);
  }
}

static void every_refused_allocation_is_an_error(void **state) {
  (void)state;
  refuse_each(EVERY(SPEC, VOLUME, EVERYTHING), 2, 1, false, "");
  refuse_each(EVERY(XENON, EVERYTHING), 2, 1, true, "");
  refuse_each(EVERY(XENON, EVERYTHING), 2, 5, false, "");
  refuse_each(ARGON("", ",\"mounts\":[{\"source\":\"bad\"}]"), 2, 1, false, "mount-resolve");
  refuse_each(ARGON("", ",\"annotations\":{\"io.microsoft.container.processdumplocation\":\"d\","
                        "\"io.microsoft.wcow.processdumptype\":\"x\"}"),
              2, 1, false, "dump-type");
  refuse_each("{}", 2, 1, false, "windows-missing");
}

/* The envelope never has schema 1.0 with a utility VM, the documents may. */
static void every_refused_allocation_of_a_v1_xenon_is_an_error(void **state) {
  static const fake_answer answers[] = {{"stat C:\\l1\\UtilityVM", "-"}, {0}};
  bool done = false;
  (void)state;
  for (size_t limit = 0; !done; limit += 16) {
    hcsref_arena arena;
    stage s;
    stage_init(&s, XENON("", ""), 1, 0, true, answers);
    hcsref_arena_init(&arena, NULL, 1);
    arena.limit = limit;
    done = hcsref_oci_to_hcs(&arena, &s.spec, &s.options, &s.fake.host, &s.documents, &s.err);
    if (!done)
      assert_string_equal(s.err.code, "out-of-memory");
    hcsref_arena_free(&arena);
    hcsref_arena_free(&s.arena);
    assert_true(limit < 65536);
  }
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
      cmocka_unit_test(the_first_error_is_upstreams),
      cmocka_unit_test(a_missing_spec_is_told),
      cmocka_unit_test(a_utility_vm_without_processors_is_told),
      cmocka_unit_test(a_host_may_run_out_of_memory),
      cmocka_unit_test(the_schema_depends_on_build_and_vm),
      cmocka_unit_test(a_namespace_is_for_schema_2_1),
      cmocka_unit_test(credentials_can_be_forbidden),
      cmocka_unit_test(creation_needs_a_spec_an_id_and_an_owner),
      cmocka_unit_test(every_refused_allocation_is_an_error),
      cmocka_unit_test(every_refused_allocation_of_a_v1_xenon_is_an_error),
  };
  return cmocka_run_group_tests_name("documents", tests, NULL, NULL);
}
