/* SPDX-License-Identifier: Apache-2.0 */
/* Updates of running tasks, and the document of a process. */
#include "vm_stage.h"

#include "hcsref/process.h"

typedef struct row {
  const char *profile;
  hcsref_update_kind kind;
  const char *resources;
  const char *vm;          /* null: process isolation; "linux": of a Linux container */
  bool owns_host, sandbox; /* else a container */
  const char *code;        /* null: done */
  const char *requests;    /* or the message */
} row;

#define CPU_HCS "hcs {\"ResourcePath\":\"VirtualMachine/ComputeTopology/Processor/Limits\",\"Settings\":{"

static const row rows[] = {
    {V_MAIN, HCSREF_UPDATE_WINDOWS, "{\"cpu\":{\"maximum\":5000}}", NULL, false, false, NULL,
     "container "
     "{\"ResourcePath\":\"Container/Processor\",\"RequestType\":\"Update\",\"Settings\":{\"Maximum\":5000}}\n"},
    {V_MAIN, HCSREF_UPDATE_WINDOWS, "{\"memory\":{\"limit\":2097152}}", NULL, false, false, NULL,
     "container {\"ResourcePath\":\"Container/Memory/SizeInMB\",\"RequestType\":\"Update\",\"Settings\":2}\n"},
    {V_MAIN, HCSREF_UPDATE_WINDOWS, "{\"cpu\":{\"affinity\":[]}}", NULL, false, false, "update-cpu",
     "invalid cpu resources request for container c: &{<nil> <nil> <nil> []}"},
    {V0_13, HCSREF_UPDATE_WINDOWS, "{\"cpu\":{\"affinity\":[]}}", NULL, false, false, "update-cpu",
     "invalid cpu resources request for container c: &{<nil> <nil> <nil>}"},
    {V_MAIN, HCSREF_UPDATE_LINUX, "{}", NULL, false, false, "update-refused",
     "update resources must be of type *WindowsResources or *LinuxResources"},
    {V_MAIN, HCSREF_UPDATE_OTHER, "{}", "{}", true, false, "update-refused",
     "update resources must be of type *WindowsResources or *LinuxResources"},
    {V_MAIN, HCSREF_UPDATE_WINDOWS, "{}", NULL, false, true, "update-refused", "task is not isolated"},
    {V0_11, HCSREF_UPDATE_WINDOWS, "{\"cpu\":{\"maximum\":5000}}", "{}", true, false, NULL, ""},
    {V0_12, HCSREF_UPDATE_WINDOWS, "{\"cpu\":{\"maximum\":5000}}", "{}", true, false, NULL,
     CPU_HCS "\"Limit\":5000}}\n"},
    {V_MAIN, HCSREF_UPDATE_LINUX, "{\"memory\":{}}", "{}", true, false, "update-memory", NULL},
    {V0_14, HCSREF_UPDATE_POLICY_FRAGMENT, "{\"fragment\":\"f\"}", "{}", true, false, "update-refused",
     "not supported"},
    {V_MAIN, HCSREF_UPDATE_POLICY_FRAGMENT, "{\"fragment\":\"f\",\"mediaType\":\"m\"}", "{}", true, false, NULL,
     "guest {\"RequestType\":\"Add\",\"ResourceType\":\"SecurityPolicyFragment\",\"Settings\":{\"Fragment\":\"f\","
     "\"MediaType\":\"m\"}}\n"},
    {V0_11, HCSREF_UPDATE_LINUX, "{\"memory\":{\"limit\":1048576},\"unified\":{\"a<b\":\"1\"}}", "linux", false, false,
     NULL,
     "container {\"RequestType\":\"Update\",\"ResourceType\":\"ContainerConstraints\",\"Settings\":{\"Windows\":{},"
     "\"Linux\":{\"memory\":{\"limit\":1048576},\"unified\":{\"a<b\":\"1\"}}}}\n"},
    {V_MAIN, HCSREF_UPDATE_LINUX, "{\"cpu\":{\"shares\":2}}", "linux", false, false, NULL,
     "container {\"RequestType\":\"Update\",\"ResourceType\":\"ContainerConstraints\",\"Settings\":{\"Windows\":{},"
     "\"Linux\":{\"cpu\":{\"shares\":2}}}}\n"},
    {V_MAIN, HCSREF_UPDATE_WINDOWS, "{\"cpu\":{\"shares\":2}}", "linux", false, false, "update-refused",
     "must have resources be non-nil and type *LinuxResources when updating a lcow container"},
    {V_MAIN, HCSREF_UPDATE_MOUNT, "{\"HostPath\":\"C:\\\\d\",\"ContainerPath\":\"C:\\\\x\"}", "{}", true, false,
     "update-mount", "invalid resource: &{HostPath:C:\\d ContainerPath:C:\\x ReadOnly:false Type:}"},
    {V_MAIN, HCSREF_UPDATE_MOUNT, "{\"HostPath\":\"\",\"ContainerPath\":\"C:\\\\x\"}", NULL, false, false,
     "update-mount", "invalid OCI spec - a mount must have both host and container path set"},
    {V_MAIN, HCSREF_UPDATE_MOUNT, "{\"HostPath\":\"C:\\\\d\",\"ContainerPath\":\"C:\\\\x\",\"Type\":\"bind\"}", NULL,
     false, false, "update-mount",
     "invalid mount type bind. Currently only host volumes/directories can be mounted to running containers"},
};

static const hcsref_type *const types[] = {
    [HCSREF_UPDATE_WINDOWS] = &hcsref_type_oci_windows_resources,
    [HCSREF_UPDATE_LINUX] = &hcsref_type_oci_linux_resources,
    [HCSREF_UPDATE_POLICY_FRAGMENT] = &hcsref_type_policy_fragment,
    [HCSREF_UPDATE_MOUNT] = &hcsref_type_container_mount,
    [HCSREF_UPDATE_OTHER] = &hcsref_type_container_mount,
};

static bool update(vm_stage *s, hcsref_arena *arena, const row *r) {
  hcsref_update update = {.profile = s->profile, .kind = r->kind, .task_id = HCSREF_LIT("c")};
  hcsref_vm_facts facts = {.id = HCSREF_LIT("p@vm"), .os = HCSREF_LIT("windows"), .processor_count = 2};
  void *resources = hcsref_arena_alloc(&s->arena, types[r->kind]->size);
  assert_true(hcsref_json_decode_as(&s->arena, hcsref_profile_rules(s->profile, HCSREF_PROGRAM_HCSSHIM),
                                    hcsref_cstr(r->resources), types[r->kind], HCSREF_JSON_WHOLE, resources, &s->err));
  update.windows = resources;
  update.linux_ = resources;
  update.fragment = resources;
  update.mount = resources;
  update.owns_host = r->owns_host;
  update.sandbox = r->sandbox;
  update.linux_task = r->vm != NULL && strcmp(r->vm, "linux") == 0;
  update.vm = r->vm == NULL ? NULL : &facts;
  return hcsref_update_task(arena, &update, &s->host, &s->err);
}

static void each_update_is_what_upstream_asks(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    vm_stage s;
    bool done;
    vm_stage_init(&s, rows[i].profile, "{\"files\":{\"C:\\\\d\":{\"dir\":true}}}");
    done = update(&s, &s.arena, &rows[i]);
    if (done != (rows[i].code == NULL))
      fail_msg("row %zu: %s: %.*s", i, done ? "done" : s.err.code, (int)s.err.message.len, s.err.message.data);
    if (done)
      assert_text(vm_requests(&s, 0), rows[i].requests);
    else
      assert_string_equal(s.err.code, rows[i].code);
    if (!done && rows[i].requests != NULL)
      assert_text(s.err.message, rows[i].requests);
    vm_stage_free(&s);
  }
}

static void what_was_asked_before_a_failure_stays(void **state) {
  const row both = {V_MAIN,
                    HCSREF_UPDATE_WINDOWS,
                    "{\"memory\":{\"limit\":2097152},\"cpu\":{\"maximum\":1}}",
                    NULL,
                    false,
                    false,
                    NULL,
                    NULL};
  vm_stage s;
  (void)state;
  vm_stage_init(&s, V_MAIN, "{\"modify_errors\":{\"1\":\"no\"}}");
  assert_false(update(&s, &s.arena, &both));
  assert_string_equal(s.err.code, "update-failed");
  assert_text(s.err.message, "no");
  assert_int_equal(vm_count(&s), 2);
  vm_stage_free(&s);
}

static void every_refused_allocation_is_an_error(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    bool done = false;
    for (size_t limit = 0; !done; limit += 16) {
      counting_allocator counter;
      hcsref_arena arena;
      vm_stage s;
      vm_stage_init(&s, rows[i].profile, "{\"files\":{\"C:\\\\d\":{\"dir\":true}}}");
      counting_arena(&arena, &counter, SIZE_MAX);
      arena.limit = limit;
      s.err.code = "";
      done = update(&s, &arena, &rows[i]) || (rows[i].code != NULL && strcmp(s.err.code, rows[i].code) == 0);
      if (!done)
        assert_string_equal(s.err.code, "out-of-memory");
      hcsref_arena_free(&arena);
      assert_int_equal(counter.live, 0);
      vm_stage_free(&s);
      assert_true(limit < 65536);
    }
  }
}

/* ---- processes -------------------------------------------------------------------------------------------------- */

static void a_process_has_its_document(void **state) {
  static const struct {
    const char *process, *document;
  } cases[] = {
      {"{\"args\":[\"a b\",\"c\"],\"cwd\":\"C:\\\\w\"}",
       "{\"CommandLine\":\"\\\"a b\\\" c\",\"WorkingDirectory\":\"C:\\\\w\",\"CreateStdInPipe\":true,"
       "\"CreateStdOutPipe\":true}"},
      {"{\"commandLine\":\"x y\",\"args\":[\"z\"],\"cwd\":\"/w\",\"env\":[\"A=1\",\"B\",\"C=x=y\"],"
       "\"user\":{\"username\":\"u\"}}",
       "{\"CommandLine\":\"x y\",\"User\":\"u\",\"WorkingDirectory\":\"/w\",\"Environment\":{\"A\":\"1\","
       "\"C\":\"x=y\"},\"CreateStdInPipe\":true,\"CreateStdOutPipe\":true}"},
  };
  const hcsref_process_streams streams = {true, true, false};
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    hcsref_oci_process process = {0};
    hcsref_v2_process_parameters *out;
    hcsref_str text;
    hcsref_error err = {0};
    vm_decode(*state, cases[i].process, &hcsref_type_oci_process, &process);
    assert_true(hcsref_process_document(*state, NULL, &process, NULL, &streams, &out, &err));
    assert_true(hcsref_json_encode(*state, &hcsref_type_v2_process_parameters, out, &text, &err));
    assert_text(text, cases[i].document);
  }
}

static void there_must_be_a_process(void **state) {
  const hcsref_process_streams streams = {true, true, true};
  hcsref_v2_process_parameters *out;
  hcsref_error err = {0};
  assert_false(hcsref_process_document(*state, NULL, NULL, NULL, &streams, &out, &err));
  assert_string_equal(err.code, "process-missing");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_update_is_what_upstream_asks),
      cmocka_unit_test(what_was_asked_before_a_failure_stays),
      cmocka_unit_test(every_refused_allocation_is_an_error),
      arena_test(a_process_has_its_document),
      arena_test(there_must_be_a_process),
  };
  return cmocka_run_group_tests_name("updates and processes", tests, NULL, NULL);
}
