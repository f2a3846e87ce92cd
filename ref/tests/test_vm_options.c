/* SPDX-License-Identifier: Apache-2.0 */
/* From the shim's create call to the options and the document of a VM, on both sides of each change. */
#include "vm_stage.h"

#include <stdio.h>

#define FILES                                                                                                          \
  "\"files\":{\"L\":{\"dir\":true},\"L\\\\UtilityVM\":{\"dir\":true},\"L\\\\UtilityVM\\\\Files\":{\"dir\":true},"      \
  "\"L\\\\UtilityVM\\\\SystemTemplate.vhdx\":\"\",\"S\":{\"dir\":true},\"S\\\\sandbox.vhdx\":\"\","                    \
  "\"S\\\\vm\":{\"dir\":true},\"S\\\\vm\\\\sandbox.vhdx\":\"\",\"L\\\\UtilityVM\\\\SystemTemplateBase.vhdx\":\"\"}"
#define HOST        "{" FILES "}"
#define BUILD(more) "{" FILES "," more "}"
#define POD         "\"io.kubernetes.cri.container-type\":\"sandbox\",\"io.kubernetes.cri.sandbox-id\":\"p\""
#define SPEC(annotations)                                                                                              \
  "{\"annotations\":{" POD annotations "},\"windows\":{\"layerFolders\":[\"L\",\"S\"],\"hyperv\":{}}}"
#define VM "\"io.microsoft.virtualmachine."

typedef struct run {
  vm_stage stage;
  hcsref_oci_spec spec;
  hcsref_uvm_settings settings;
  hcsref_shim_options shim;
} run;

static void begin(run *r, const char *profile, const char *host, const char *spec) {
  memset(r, 0, sizeof *r);
  vm_stage_init(&r->stage, profile, host);
  vm_decode(&r->stage.arena, spec, &hcsref_type_oci_spec, &r->spec);
  r->settings.profile = r->stage.profile;
  r->settings.id = HCSREF_LIT("p");
  r->settings.bundle = HCSREF_LIT("C:\\b");
  r->settings.shim_path = HCSREF_LIT("C:\\shim.exe");
}

static bool options(run *r, hcsref_uvm_options **out) {
  return hcsref_uvm_options_of(&r->stage.arena, &r->spec, &r->settings, &r->stage.host, out, &r->stage.err);
}

/* The document as text, or "CODE: MESSAGE". */
static hcsref_str document(run *r) {
  const hcsref_rules *rules = hcsref_profile_rules(r->stage.profile, HCSREF_PROGRAM_HCSSHIM);
  hcsref_v2_compute_system *system;
  hcsref_str text;
  if (!hcsref_uvm_document(&r->stage.arena, &r->spec, &r->settings, &r->stage.host, &system, &r->stage.err))
    assert_true(hcsref_format(&r->stage.arena, &text, "%s: %v", r->stage.err.code, r->stage.err.message));
  else
    assert_true(hcsref_json_encode_as(&r->stage.arena, rules, &hcsref_type_v2_compute_system, system, &text, NULL));
  return text;
}

static bool contains(hcsref_str text, const char *part) {
  const hcsref_str wanted = hcsref_cstr(part);
  for (size_t i = 0; i + wanted.len <= text.len; i++)
    if (memcmp(text.data + i, wanted.data, wanted.len) == 0)
      return true;
  return false;
}

/* Each row: a spec's document has the text, or has it not. */
typedef struct row {
  const char *profile, *host, *annotations, *part;
  bool there;
} row;

static void check_rows(const row *rows, size_t count) {
  for (size_t i = 0; i < count; i++) {
    run r;
    char spec[2048];
    hcsref_str text;
    (void)snprintf(spec, sizeof spec, SPEC("%s"), rows[i].annotations);
    begin(&r, rows[i].profile, rows[i].host, spec);
    text = document(&r);
    if (contains(text, rows[i].part) != rows[i].there)
      fail_msg("row %zu, %s: %s%s in\n%.*s", i, rows[i].profile, rows[i].there ? "no " : "", rows[i].part,
               (int)text.len, text.data);
    vm_stage_free(&r.stage);
  }
}

#define BLOCKS "\"Memory\":{\"SizeInMB\":1024"
#define REGKEYS                                                                                                        \
  "," VM "additional-reg-keys\":\"[{\\\"Key\\\":{\\\"Hive\\\":\\\"System\\\",\\\"Name\\\":\\\"k\\\"},"                 \
  "\\\"Name\\\":\\\"n\\\",\\\"Type\\\":\\\"String\\\",\\\"StringValue\\\":\\\"v\\\"}]\""
#define PARTITION "," VM "resource-partition-id\":\"11111111-2222-3333-4444-555555555555\""
#define NUMA                                                                                                           \
  ",\"io.microsoft.virtualmachine.fullyphysicallybacked\":\"true\"," VM                                                \
  "computetopology.numa.mapped-physical-nodes\":\"0,1\"," VM "computetopology.numa.count-of-processors\":\"1,1\""      \
  "," VM "computetopology.numa.count-of-memory-blocks\":\"512,512\""

static void each_release_has_its_document(void **state) {
  static const row rows[] = {
      {V0_11, HOST, "", "\"Owner\":\"C:\\\\shim.exe\"", false},
      {V0_12, HOST, "", "\"ComputeTopology\":{\"Memory\":{\"SizeInMB\":1024", true},
      {V_MAIN, HOST, "", BLOCKS, true},
      {V0_13, HOST, "," VM "computetopology.memory.sizeinmb\":\"2048\"", "\"SizeInMB\":2048", true},
      {V0_13, HOST, "," VM "computetopology.memory.sizeinmb\":\"-1\"", "\"SizeInMB\":1024", true},
      {V0_11, HOST, "," VM "computetopology.processor.count\":\"1\"", "\"Processor\":{\"Count\":1", true},
      {V_MAIN, HOST, PARTITION, "ResourcePartitionId\":\"11111111", true},
      {V0_14, HOST, PARTITION, "ResourcePartitionId", false},
      {V_MAIN, HOST, "," VM "resource-partition-id\":\"x\"", "resource-partition: ", true},
      {V0_13, BUILD("\"os_build\":26100"), NUMA, "\"Numa\":{", true},
      {V0_12, BUILD("\"os_build\":26100"), NUMA, "\"Numa\":{", false},
      {V0_13, BUILD("\"os_build\":26099"), NUMA, "\"Numa\":{", false},
      {V0_11, BUILD("\"os_build\":19042"), "," VM "cpugroup.id\":\"11111111-2222-3333-4444-555555555555\"",
       "vm-cpu-group: error in preparing config doc: cpu group assignment on create requires a build of 19043", true},
      {V_MAIN, BUILD("\"os_build\":19043"), "," VM "cpugroup.id\":\"11111111-2222-3333-4444-555555555555\"",
       "\"CpuGroup\":{\"Id\":\"11111111-2222-3333-4444-555555555555\"}", true},
      {V_MAIN, BUILD("\"os_build\":17134"), "", "pod-build: ", true},
      {V_MAIN, BUILD("\"processor_error\":\"no\""), "", "vm-processors: ", true},
      {V_MAIN, "{}", "", "vm-folder: ", true},
      {V_MAIN, HOST, ",\"io.microsoft.wcow.debug\":\"true\"",
       "debug-mode: \"io.microsoft.wcow.debug\" is only supported for confidential WCOW", true},
      {V0_14, HOST, ",\"io.microsoft.wcow.debug\":\"true\"", "debug-mode", false},
  };
  (void)state;
  check_rows(rows, COUNT_OF(rows));
}

static void a_pod_has_its_annotations(void **state) {
  static const struct {
    const char *annotations, *code;
    bool task;
  } rows[] = {
      {POD, NULL, false},
      {"", "pod-annotations", false},
      {"\"io.kubernetes.cri.container-type\":\"sandbox\"", "pod-annotations", false},
      {"\"io.kubernetes.cri.sandbox-id\":\"p\"", "pod-annotations", false},
      {"\"io.kubernetes.cri.container-type\":\"sandbox\",\"io.kubernetes.cri.sandbox-id\":\"q\"", "pod-annotations",
       false},
      {"\"io.kubernetes.cri.container-type\":\"container\",\"io.kubernetes.cri.sandbox-id\":\"p\"", "pod-annotations",
       false},
      {POD, "task-annotations", true},
      {"", NULL, true},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    run r;
    char spec[512];
    hcsref_uvm_options *out = NULL;
    (void)snprintf(spec, sizeof spec,
                   "{\"annotations\":{%s},\"windows\":{\"layerFolders\":[\"L\",\"S\"],\"hyperv\":{}}}",
                   rows[i].annotations);
    begin(&r, V_MAIN, HOST, spec);
    r.settings.task = rows[i].task;
    if (options(&r, &out) != (rows[i].code == NULL))
      fail_msg("row %zu: %s", i, r.stage.err.code);
    if (rows[i].code != NULL)
      assert_string_equal(r.stage.err.code, rows[i].code);
    else
      assert_text(out->id, "p@vm");
    vm_stage_free(&r.stage);
  }
}

/* Runtime options that contradict the spec: since 0.14.0-rc.1 an error. */
static void runtime_options_are_compared(void **state) {
  static const struct {
    const char *profile, *platform, *code;
    int32_t isolation;
  } rows[] = {
      {V0_13, "", NULL, 0},
      {V0_14, "", "shim-isolation", 0},
      {V_MAIN, "", "shim-isolation", 2},
      {V_MAIN, "windows/amd64", NULL, 1},
      {V_MAIN, "freebsd", "shim-platform", 1},
      {V_MAIN, "bad/", "shim-platform", 1},
      {V0_13, "bad/", NULL, 1},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    run r;
    hcsref_uvm_options *out;
    begin(&r, rows[i].profile, HOST, SPEC(""));
    r.shim.sandbox_isolation = rows[i].isolation;
    r.shim.sandbox_platform = hcsref_cstr(rows[i].platform);
    r.shim.vm_processor_count = 2;
    r.settings.shim = &r.shim;
    if (options(&r, &out) != (rows[i].code == NULL))
      fail_msg("row %zu: %s", i, r.stage.err.code);
    if (rows[i].code != NULL)
      assert_string_equal(r.stage.err.code, rows[i].code);
    vm_stage_free(&r.stage);
  }
}

static void there_is_a_vm_or_none(void **state) {
  run r;
  hcsref_uvm_options *out = NULL;
  (void)state;
  begin(&r, V_MAIN, HOST, "{\"windows\":{\"layerFolders\":[\"L\",\"S\"]},\"annotations\":{" POD "}}");
  assert_true(options(&r, &out));
  assert_null(out);
  vm_stage_free(&r.stage);
  begin(&r, "hcsshim-0.10.0-rc.7+go-1.19.8", HOST, SPEC(""));
  assert_false(options(&r, &out));
  assert_string_equal(r.stage.err.code, "vm-program");
  vm_stage_free(&r.stage);
  begin(&r, V_MAIN, HOST, "{\"linux\":{},\"windows\":{\"hyperv\":{}},\"annotations\":{" POD "}}");
  assert_false(options(&r, &out));
  assert_string_equal(r.stage.err.code, "vm-linux");
  vm_stage_free(&r.stage);
}

/* ---- every allocation refused in turn -------------------------------------------------------------------------- */

static void every_refused_allocation_is_an_error(void **state) {
  static const char *const profiles[] = {V0_11, V0_13, V_MAIN};
  (void)state;
  for (size_t p = 0; p < COUNT_OF(profiles); p++) {
    bool done = false;
    for (size_t limit = 0; !done; limit += 64) {
      counting_allocator counter;
      hcsref_arena arena;
      hcsref_v2_compute_system *system;
      run r;
      begin(&r, profiles[p], BUILD("\"os_build\":26100"),
            SPEC("," VM "cpugroup.id\":\"11111111-2222-3333-4444-555555555555\"" REGKEYS NUMA));
      counting_arena(&arena, &counter, SIZE_MAX);
      arena.limit = limit;
      done = hcsref_uvm_document(&arena, &r.spec, &r.settings, &r.stage.host, &system, &r.stage.err);
      if (!done)
        assert_string_equal(r.stage.err.code, "out-of-memory");
      hcsref_arena_free(&arena);
      assert_int_equal(counter.live, 0);
      vm_stage_free(&r.stage);
      assert_true(limit < 262144);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_release_has_its_document),        cmocka_unit_test(a_pod_has_its_annotations),
      cmocka_unit_test(runtime_options_are_compared),         cmocka_unit_test(there_is_a_vm_or_none),
      cmocka_unit_test(every_refused_allocation_is_an_error),
  };
  return cmocka_run_group_tests_name("options and document of a VM", tests, NULL, NULL);
}
