/* SPDX-License-Identifier: Apache-2.0 */
/* Stage 2: which error comes first, and want of memory. */
#include "hcs_stage.h"

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

/* ---- every allocation refused in turn -------------------------------------------------------------------------- */

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
      cmocka_unit_test(the_first_error_is_upstreams),
      cmocka_unit_test(a_missing_spec_is_told),
      cmocka_unit_test(a_utility_vm_without_processors_is_told),
      cmocka_unit_test(a_host_may_run_out_of_memory),
      cmocka_unit_test(every_refused_allocation_is_an_error),
      cmocka_unit_test(every_refused_allocation_of_a_v1_xenon_is_an_error),
  };
  return cmocka_run_group_tests_name("errors of documents", tests, NULL, NULL);
}
