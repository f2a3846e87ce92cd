/* SPDX-License-Identifier: Apache-2.0 */
/* Containers of a VM: what it is asked, what is undone, and both sides of each change. */
#include "vm_container_stage.h"

#define SPEC(more)     "{\"windows\":{\"layerFolders\":[\"L\",\"B\",\"S\"],\"hyperv\":{}}" more "}"
#define MOUNT(members) ",\"mounts\":[{" members "}]"

/* ---- disks ------------------------------------------------------------------------------------------------ */

static void a_release_names_the_scratch(void **state) {
  static const struct {
    const char *profile, *root, *second;
  } rows[] = {
      {V0_11, "C:\\c\\1", "C:\\c\\2"},
      {V0_12, "C:\\mounts\\m0", "C:\\mounts\\m0"},
      {V0_13, "C:\\mounts\\m0", "C:\\mounts\\m0"},
      {V0_14, "C:\\mounts\\m0", "C:\\mounts\\m0"},
      {V_MAIN, "c:\\mounts\\scsi\\m0", "c:\\mounts\\scsi\\m0"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    run r;
    begin(&r, rows[i].profile, HOST);
    make(&r, SPEC(""));
    assert_true(r.made);
    assert_text(r.spec.root->path, rows[i].root);
    assert_true(hcsref_vm_release_container(r.container, &r.stage.err));
    memset(&r.spec, 0, sizeof r.spec);
    make(&r, SPEC(""));
    assert_true(r.made);
    assert_text(r.spec.root->path, rows[i].second);
    vm_stage_free(&r.stage);
  }
}

/* The same scratch twice at once: one attachment, which goes with its last user, if the release counts well. */
static void a_disk_is_attached_once(void **state) {
  static const struct {
    const char *profile;
    bool detached;
  } rows[] = {{V0_11, true}, {V0_12, false}, {V0_13, true}, {V_MAIN, true}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    run r;
    hcsref_vm_container *first;
    size_t before;
    begin(&r, rows[i].profile, HOST);
    make(&r, SPEC(""));
    first = r.container;
    before = vm_count(&r.stage);
    memset(&r.spec, 0, sizeof r.spec);
    make(&r, SPEC(""));
    assert_true(r.made);
    assert_false(contains(vm_requests(&r.stage, before), "Attachments"));
    before = vm_count(&r.stage);
    assert_true(hcsref_vm_release_container(first, &r.stage.err));
    assert_false(contains(vm_requests(&r.stage, before), "Attachments"));
    assert_true(hcsref_vm_release_container(r.container, &r.stage.err));
    assert_int_equal(contains(vm_requests(&r.stage, before), "Attachments/1\",\"RequestType\":\"Remove\"}"),
                     rows[i].detached);
    vm_stage_free(&r.stage);
  }
}

static void a_disk_goes_where_its_mount_says(void **state) {
  static const struct {
    const char *profile, *mount, *attachment, *directory;
  } rows[] = {
      {V0_11, "\"source\":\"d.vhdx\",\"destination\":\"C:\\\\x\",\"type\":\"virtual-disk\",\"options\":[\"RO\"]",
       "Attachments/2\",\"RequestType\":\"Add\",\"Settings\":{\"Type\":\"VirtualDisk\",\"Path\":\"d.vhdx\","
       "\"ReadOnly\":true}}",
       "{\"HostPath\":\"C:\\\\mounts\\\\m1\",\"ContainerPath\":\"C:\\\\x\",\"ReadOnly\":true}"},
      {V0_12, "\"source\":\"\\\\\\\\.\\\\PHYSICALDRIVE1\",\"destination\":\"C:\\\\x\",\"type\":\"physical-disk\"",
       "Attachments/2\",\"RequestType\":\"Add\",\"Settings\":{\"Type\":\"PassThru\","
       "\"Path\":\"\\\\\\\\.\\\\PHYSICALDRIVE1\"}}",
       "{\"HostPath\":\"C:\\\\mounts\\\\m1\",\"ContainerPath\":\"C:\\\\x\"}"},
      {V_MAIN, "\"source\":\"evd://space/a/b\",\"destination\":\"C:\\\\x\",\"type\":\"extensible-virtual-disk\"",
       "Attachments/2\",\"RequestType\":\"Add\",\"Settings\":{\"Type\":\"ExtensibleVirtualDisk\",\"Path\":\"a/b\","
       "\"ExtensibleVirtualDiskType\":\"space\"}}",
       "{\"HostPath\":\"c:\\\\mounts\\\\scsi\\\\m1\",\"ContainerPath\":\"C:\\\\x\"}"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    run r;
    char spec[512];
    (void)snprintf(spec, sizeof spec, SPEC(MOUNT("%s")), rows[i].mount);
    begin(&r, rows[i].profile, HOST);
    make(&r, spec);
    assert_true(r.made);
    assert_contains(vm_requests(&r.stage, 0), rows[i].attachment);
    assert_contains(vm_requests(&r.stage, 0), rows[i].directory);
    vm_stage_free(&r.stage);
  }
}

/* The VM's own disk has the first place: 63 are left, the scratch is one. */
static void there_are_63_places_for_disks(void **state) {
  run r;
  hcsref_buf spec;
  (void)state;
  begin(&r, V_MAIN, HOST);
  memset(&spec, 0, sizeof spec);
  spec.arena = &r.stage.arena;
  hcsref_buf_append(&spec,
                    HCSREF_LIT("{\"windows\":{\"layerFolders\":[\"L\",\"B\",\"S\"],\"hyperv\":{}},\"mounts\":["));
  for (uint32_t i = 0; i < 63; i++) {
    hcsref_buf_append(&spec, i == 0 ? HCSREF_LIT("{\"destination\":\"D\",\"type\":\"virtual-disk\",\"source\":\"d")
                                    : HCSREF_LIT(",{\"destination\":\"D\",\"type\":\"virtual-disk\",\"source\":\"d"));
    hcsref_buf_append_uint(&spec, i);
    hcsref_buf_append(&spec, HCSREF_LIT("\"}"));
  }
  hcsref_buf_append(&spec, HCSREF_LIT("]}"));
  hcsref_buf_append_char(&spec, '\0');
  make(&r, hcsref_buf_str(&spec).data);
  assert_false(r.made);
  assert_string_equal(r.stage.err.code, "disk-attach");
  assert_contains(r.stage.err.message, "Source:d62");
  assert_contains(r.stage.err.message, ": no available location");
  vm_stage_free(&r.stage);
}

/* ---- failures ---------------------------------------------------------------------------------------------- */

static void what_was_done_is_undone(void **state) {
  static const struct {
    const char *profile, *host, *code, *message;
    size_t requests;
    const char *last;
  } rows[] = {
      {V0_11, HOST_REFUSING(0), "vm-layers", "failed to mount container storage: failed to add VSMB layer: no", 1,
       "Add"},
      {V0_11, HOST_REFUSING(2), "vm-layers",
       "failed to mount container storage: failed to add SCSI scratch VHD: failed to modify UVM with new SCSI mount: "
       "adding VM resources: no",
       5, "\"Name\":\"s2\""},
      {V0_11, HOST_REFUSING(3), "vm-layers",
       "failed to mount container storage: failed to add SCSI scratch VHD: failed to modify UVM with new SCSI mount: "
       "guest modify: no",
       7, "\"Name\":\"s2\""},
      {V0_12, HOST_REFUSING(2), "vm-layers",
       "failed to mount container storage: failed to add SCSI scratch VHD: attach VirtualDisk/S\\sandbox.vhdx at "
       "controller 0 lun 1: no",
       5, "\"Name\":\"s2\""},
      {V0_12, HOST_REFUSING(3), "vm-layers",
       "failed to mount container storage: failed to add SCSI scratch VHD: mount scsi controller 0 lun 1 at "
       "C:\\mounts\\m0: no",
       7, "\"Name\":\"s2\""},
      {V_MAIN, HOST_REFUSING(3), "vm-layers",
       "failed to mount container storage: failed to add SCSI scratch VHD: mount scsi controller 0 lun 1 at "
       "c:\\mounts\\scsi\\m0: no",
       5, "Attachments/1\",\"RequestType\":\"Remove\"}"},
      {V0_11, HOST_REFUSING(4), "vm-layers", "failed to mount container storage: guest modify: no", 9,
       "\"Name\":\"s2\""},
      {V_MAIN, HOST_REFUSING(4), "vm-layers", "failed to mount container storage: guest modify: no", 7,
       "Attachments/1\",\"RequestType\":\"Remove\"}"},
      {V_MAIN, HOST_REFUSING(5), "vm-create", "failed to create container c: no", 9,
       "Attachments/1\",\"RequestType\":\"Remove\"}"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    run r;
    begin(&r, rows[i].profile, rows[i].host);
    make(&r, SPEC(""));
    assert_false(r.made);
    assert_string_equal(r.stage.err.code, rows[i].code);
    assert_text(r.stage.err.message, rows[i].message);
    assert_int_equal(vm_count(&r.stage), rows[i].requests);
    assert_contains(vm_requests(&r.stage, rows[i].requests - 1), rows[i].last);
    vm_stage_free(&r.stage);
  }
}

/* What cannot be given back keeps the layers, and what the VM kept is used again. */
static void a_failed_release_is_told(void **state) {
  static const struct {
    const char *host, *message;
  } rows[] = {
      {HOST_REFUSING(7), "failed to release one or more container resources"},
      {HOST_REFUSING(8), "first error: guest modify: no"},
      {HOST_REFUSING(9), "first error: unmount scsi controller 0 lun 1 at path C:\\mounts\\m0: no"},
      {HOST_REFUSING(10), "first error: detach controller 0 lun 1: no"},
      {HOST_REFUSING(11), "first error: failed to remove VSMB share: failed to remove vsmb share L from p@vm: "
                          "&{ResourcePath:VirtualMachine/Devices/VirtualSmb/Shares RequestType:Remove "
                          "Settings:{Name:s1 Path: AllowedFiles:[] Options:<nil>} GuestRequest:<nil>}: no"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    run r;
    begin(&r, V0_12, rows[i].host);
    make(&r, SPEC(MOUNT("\"source\":\"C:\\\\d\",\"destination\":\"C:\\\\x\"")));
    assert_true(r.made);
    assert_int_equal(vm_count(&r.stage), 7);
    assert_false(hcsref_vm_release_container(r.container, &r.stage.err));
    assert_string_equal(r.stage.err.code, "vm-release");
    assert_text(r.stage.err.message, rows[i].message);
    memset(&r.spec, 0, sizeof r.spec);
    make(&r, SPEC(""));
    assert_true(r.made);
    vm_stage_free(&r.stage);
  }
}

/* Before 0.12.0-rc.2 a share of single files is looked for as a folder's, and stays. */
static void a_share_of_files_is_found_again(void **state) {
  static const struct {
    const char *profile;
    bool released;
  } rows[] = {{V0_11, false}, {V0_12, true}, {V_MAIN, true}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    run r;
    begin(&r, rows[i].profile, HOST);
    make(&r, SPEC(MOUNT("\"source\":\"C:\\\\f\\\\a.txt\",\"destination\":\"C:\\\\x\"")));
    assert_true(r.made);
    assert_contains(vm_requests(&r.stage, 0), "\"AllowedFiles\":[\"C:\\\\f\\\\a.txt\"]");
    assert_int_equal(hcsref_vm_release_container(r.container, &r.stage.err), rows[i].released);
    vm_stage_free(&r.stage);
  }
}

/* ---- layers, mounts, pods -------------------------------------------------------------------------------------- */

static void a_mount_is_checked(void **state) {
  static const struct {
    const char *profile, *mount, *code;
  } rows[] = {
      {V_MAIN, "\"source\":\"C:\\\\d\"", "mount-incomplete"},
      {V_MAIN, "\"source\":\"C:\\\\d\",\"destination\":\"C:\\\\x\",\"type\":\"bind\"", "mount-type"},
      {V_MAIN, "\"source\":\"uvm://C:\\\\d\",\"destination\":\"C:\\\\x\"", "mount-in-vm"},
      {V0_12, "\"source\":\"uvm://C:\\\\d\",\"destination\":\"C:\\\\x\"", "vsmb-share"},
      {V_MAIN, "\"source\":\"nothing\",\"destination\":\"C:\\\\x\"", "vsmb-share"},
      {V_MAIN, "\"source\":\"bad\",\"destination\":\"C:\\\\x\",\"type\":\"extensible-virtual-disk\"", "disk-attach"},
      {V_MAIN, "\"source\":\"/bad\",\"destination\":\"C:\\\\x\",\"type\":\"extensible-virtual-disk\"", "disk-attach"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    run r;
    char spec[512];
    (void)snprintf(spec, sizeof spec, SPEC(MOUNT("%s")), rows[i].mount);
    begin(&r, rows[i].profile, HOST);
    make(&r, spec);
    assert_false(r.made);
    assert_string_equal(r.stage.err.code, rows[i].code);
    vm_stage_free(&r.stage);
  }
}

static void pipes_and_folders_are_asked_for(void **state) {
  run r;
  (void)state;
  begin(&r, V0_12, HOST);
  make(&r, SPEC(",\"mounts\":[{\"source\":\"\\\\\\\\.\\\\pipe\\\\p\",\"destination\":\"\\\\\\\\.\\\\pipe\\\\q\"},"
                "{\"source\":\"sandbox:///a\",\"destination\":\"C:\\\\y\"}]"));
  assert_true(r.made);
  assert_contains(vm_requests(&r.stage, 5),
                  "hcs {\"ResourcePath\":\"VirtualMachine/Devices/MappedPipes/\\\\\\\\.\\\\pipe\\\\p\","
                  "\"RequestType\":\"Add\"}\n"
                  "guest-exec {\"args\":[\"cmd\",\"/c\",\"mkdir\",\"C:\\\\SandboxMounts\\\\a\",\"\\u0026\",\"dir\","
                  "\"C:\\\\SandboxMounts\\\\a\"]}\n");
  vm_stage_free(&r.stage);
}

static void the_pods_layers_go_with_the_vm(void **state) {
  run r;
  size_t before;
  (void)state;
  begin(&r, V_MAIN, HOST);
  make(&r, SPEC(",\"annotations\":{\"io.kubernetes.cri.container-type\":\"sandbox\","
                "\"io.kubernetes.cri.sandbox-id\":\"p\"}"));
  assert_true(r.made);
  before = vm_count(&r.stage);
  assert_true(hcsref_vm_release_container(r.container, &r.stage.err));
  assert_int_equal(vm_count(&r.stage), before);
  vm_stage_free(&r.stage);
}

static void layers_are_parsed_first_or_last(void **state) {
  static const struct {
    const char *profile, *code;
    size_t requests;
  } rows[] = {{V0_12, "layer-folders-missing", 6}, {V0_13, "layers-invalid", 0}, {V_MAIN, "layers-invalid", 0}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    run r;
    begin(&r, rows[i].profile, HOST);
    make(&r, "{\"windows\":{\"layerFolders\":[\"S\"],\"hyperv\":{}}}");
    assert_false(r.made);
    assert_string_equal(r.stage.err.code, rows[i].code);
    assert_int_equal(vm_count(&r.stage), rows[i].requests);
    vm_stage_free(&r.stage);
  }
}

static void a_root_of_ones_own_mounts_nothing(void **state) {
  static const struct {
    const char *profile, *code;
  } rows[] = {{V0_12, "vsmb-path"}, {V0_13, "layers-not-mounted"}, {V0_14, NULL}, {V_MAIN, NULL}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    run r;
    begin(&r, rows[i].profile, HOST);
    make(&r, SPEC(",\"root\":{\"path\":\"C:\\\\r\"}"));
    assert_int_equal(r.made, rows[i].code == NULL);
    if (rows[i].code != NULL)
      assert_string_equal(r.stage.err.code, rows[i].code);
    assert_int_equal(vm_count(&r.stage), rows[i].code == NULL);
    vm_stage_free(&r.stage);
  }
}

static void a_scratch_folder_is_made_but_no_disk(void **state) {
  run r;
  (void)state;
  begin(&r, V_MAIN, "{\"files\":{\"L\":{\"dir\":true},\"B\":{\"dir\":true}}}");
  make(&r, SPEC(""));
  assert_false(r.made);
  assert_contains(r.stage.err.message, "failed to mount container storage: failed to CreateSandboxLayer: ");
  assert_text(vm_calls(&r.stage), "stat S\nmkdir S\nstat S\\sandbox.vhdx\n");
  vm_stage_free(&r.stage);
  begin(&r, V0_12, "{\"files\":{\"S\":{\"mkdir_error\":\"no\",\"error\":\"gone\"}}}");
  make(&r, SPEC(""));
  assert_false(r.made);
  vm_stage_free(&r.stage);
}

/* ---- every allocation refused in turn -------------------------------------------------------------------------- */

static void refuse_each(const char *profile, const char *text) {
  bool done = false;
  for (size_t limit = 0; !done; limit += 32) {
    counting_allocator counter;
    hcsref_arena arena;
    vm_stage s;
    hcsref_vm_facts facts = {.id = HCSREF_LIT("p@vm"), .processor_count = 2};
    hcsref_oci_spec spec = {0};
    hcsref_vm *vm;
    hcsref_vm_container *container;
    vm_stage_init(&s, profile, HOST);
    vm_decode(&s.arena, text, &hcsref_type_oci_spec, &spec);
    counting_arena(&arena, &counter, SIZE_MAX);
    arena.limit = limit;
    s.err.code = "";
    done = hcsref_vm_open(&arena, s.profile, &facts, &s.host, &vm, &s.err) &&
           hcsref_vm_create_container(vm, HCSREF_LIT("c"), &spec, &container, &s.err) &&
           hcsref_vm_release_container(container, &s.err);
    if (!done && strcmp(s.err.code, "vm-release") != 0)
      assert_string_equal(s.err.code, "out-of-memory");
    hcsref_arena_free(&arena);
    assert_int_equal(counter.live, 0);
    vm_stage_free(&s);
    assert_true(limit < 262144);
  }
}

static void every_refused_allocation_is_an_error(void **state) {
  static const char spec[] = SPEC(",\"mounts\":[{\"source\":\"C:\\\\d\",\"destination\":\"C:\\\\x\"},"
                                  "{\"source\":\"d.vhdx\",\"destination\":\"C:\\\\y\",\"type\":\"virtual-disk\"},"
                                  "{\"source\":\"\\\\\\\\.\\\\pipe\\\\p\",\"destination\":\"\\\\\\\\.\\\\pipe\\\\q\"},"
                                  "{\"source\":\"sandbox:///a\",\"destination\":\"C:\\\\z\"}]");
  (void)state;
  refuse_each(V0_11, spec);
  refuse_each(V0_12, spec);
  refuse_each(V_MAIN, spec);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_release_names_the_scratch),
      cmocka_unit_test(a_disk_is_attached_once),
      cmocka_unit_test(a_disk_goes_where_its_mount_says),
      cmocka_unit_test(there_are_63_places_for_disks),
      cmocka_unit_test(what_was_done_is_undone),
      cmocka_unit_test(a_failed_release_is_told),
      cmocka_unit_test(a_share_of_files_is_found_again),
      cmocka_unit_test(a_mount_is_checked),
      cmocka_unit_test(pipes_and_folders_are_asked_for),
      cmocka_unit_test(the_pods_layers_go_with_the_vm),
      cmocka_unit_test(layers_are_parsed_first_or_last),
      cmocka_unit_test(a_root_of_ones_own_mounts_nothing),
      cmocka_unit_test(a_scratch_folder_is_made_but_no_disk),
      cmocka_unit_test(every_refused_allocation_is_an_error),
  };
  return cmocka_run_group_tests_name("containers of a VM", tests, NULL, NULL);
}
