/* SPDX-License-Identifier: Apache-2.0 */
/* The scripted utility VM. */
#include "script_stage.h"

static void the_utility_vm_folder_may_be_given(void **state) {
  static const struct {
    const char *script;
    bool answered, ok;
    const char *text;
  } rows[] = {
      {"{}", false, true, ""},
      {"{\"uvm_folder\":null}", false, true, ""},
      {"{\"uvm_folder\":\"C:\\\\u\"}", true, true, "C:\\u"},
      {"{\"uvm_folder\":{\"error\":\"x\"}}", true, false, "x"},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_host host = hcsref_script_host(load(*state, rows[i].script));
    hcsref_str folder = {NULL, 0};
    hcsref_str message = {NULL, 0};
    bool answered;
    bool ok = host.ops->uvm_folder(host.ctx, *state, NULL, 0, &folder, &message, &answered);
    assert_int_equal(answered, rows[i].answered);
    assert_int_equal(ok, rows[i].ok);
    assert_text(ok ? folder : message, rows[i].text);
  }
}

static hcsref_hosting_system *load_uvm(hcsref_arena *arena, hcsref_script *script, const char *text) {
  hcsref_hosting_system *uvm = NULL;
  hcsref_error err;
  assert_true(hcsref_script_hosting_system(arena, script, hcsref_cstr(text), &uvm, &err));
  return uvm;
}

static void utility_vms_have_facts_and_shares(void **state) {
  hcsref_script *script = load(*state, "{}");
  hcsref_hosting_system *uvm;
  hcsref_str text = {NULL, 0};
  hcsref_str message = {NULL, 0};
  assert_null(load_uvm(*state, script, "null"));
  assert_null(load_uvm(*state, script, ""));
  assert_null(load_uvm(*state, script, " null\n"));
  uvm = load_uvm(*state, script,
                 "{\"id\":\"a@vm\",\"processor_count\":2,\"process_dump_location\":\"C:\\\\d\","
                 "\"vsmb\":{\"C:\\\\m\":\"guest\",\"C:\\\\e\":{\"error\":\"gone\"}}}");
  assert_text(uvm->id, "a@vm");
  assert_text(uvm->os, "windows");
  assert_text(uvm->process_dump_location, "C:\\d");
  assert_int_equal(uvm->processor_count, 2);
  assert_true(uvm->ops->vsmb_path(uvm->ctx, *state, HCSREF_LIT("C:\\m"), true, &text, &message));
  assert_text(text, "guest");
  assert_false(uvm->ops->vsmb_path(uvm->ctx, *state, HCSREF_LIT("C:\\e"), true, &text, &message));
  assert_text(message, "gone");
  assert_false(uvm->ops->vsmb_path(uvm->ctx, *state, HCSREF_LIT("C:\\x"), true, &text, &message));
  assert_text(message, "not attached");
  assert_false(uvm->ops->vsmb_path(uvm->ctx, *state, HCSREF_LIT(""), true, &text, &message));
  assert_text(message, "no hostPath passed to GetVSMBUvmPath");
}

#define SHARE(name) "\\\\?\\VMSMB\\VSMB-{dcc079ae-60ba-4d07-847c-3493609c0870}\\" name

static void shares_are_looked_up_as_upstream_does(void **state) {
  static const struct {
    const char *path;
    bool read_only, ok;
    const char *text;
  } rows[] = {
      {"", false, false, "no hostPath passed to GetVSMBUvmPath"},
      {"C:\\none", false, false, "CreateFile C:\\none: The system cannot find the file specified."},
      {"C:\\bad", false, false, "denied"},
      {"C:\\s", false, true, SHARE("s1")},
      {"C:/s/", false, true, SHARE("s1")},
      {"C:\\s", true, false, "not attached"},
      {"C:\\dir\\f.txt", true, true, SHARE("s2\\f.txt")},
      {"C:\\dir\\f.txt", false, false, "not attached"},
      {"C:\\dir", true, false, "not attached"},
  };
  hcsref_script *script = load(*state, "{\"files\":{\"C:\\\\s\":{\"dir\":true},\"C:/s/\":{\"dir\":true},"
                                       "\"C:\\\\dir\\\\f.txt\":\"\",\"C:\\\\dir\":{\"dir\":true},"
                                       "\"C:\\\\bad\":{\"error\":\"denied\"}}}");
  hcsref_hosting_system *uvm =
      load_uvm(*state, script,
               "{\"vsmb_shares\":[{\"host_path\":\"C:/s\",\"name\":\"s1\"},"
               "{\"host_path\":\"C:\\\\s\",\"read_only\":true,\"name\":\"s3\",\"file\":true},"
               "{\"host_path\":\"C:\\\\dir\",\"read_only\":true,\"name\":\"s2\",\"file\":true}]}");
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_str text = {NULL, 0};
    hcsref_str message = {NULL, 0};
    bool ok = uvm->ops->vsmb_path(uvm->ctx, *state, hcsref_cstr(rows[i].path), rows[i].read_only, &text, &message);
    assert_int_equal(ok, rows[i].ok);
    assert_text(ok ? text : message, rows[i].text);
  }
}

static void shares_of_no_known_form_are_refused(void **state) {
  hcsref_script *script = load(*state, "");
  hcsref_hosting_system *uvm = NULL;
  hcsref_error err;
  assert_false(hcsref_script_hosting_system(*state, script, HCSREF_LIT("{\"vsmb\":{\"a\":1}}"), &uvm, &err));
  assert_string_equal(err.code, "host-script");
  assert_text(err.where, "/vsmb/a");
  assert_text(err.message, "a share is a path in the utility VM or {\"error\": text}");
  assert_false(hcsref_script_hosting_system(*state, script, HCSREF_LIT("[]"), &uvm, &err));
  assert_string_equal(err.code, "json-type");
  assert_null(uvm);
}

/* The share of a file: its key, its folder cleaned and the path in the VM are written. */
static void shares_need_memory(void **state) {
  hcsref_script *script = load(*state, "{\"files\":{\"C:/d/f\":\"\"}}");
  hcsref_hosting_system *uvm =
      load_uvm(*state, script, "{\"vsmb_shares\":[{\"host_path\":\"C:/d\",\"name\":\"s1\",\"file\":true}]}");
  size_t room = 0;
  for (bool ok = false; !ok; room += 16) {
    hcsref_arena arena;
    hcsref_str path = {NULL, 0};
    hcsref_str message = hcsref_no_message();
    assert_true(room < 4096);
    tight_arena(&arena, room);
    ok = uvm->ops->vsmb_path(uvm->ctx, &arena, HCSREF_LIT("C:/d/f"), false, &path, &message);
    assert_true(hcsref_is_no_message(message));
    assert_text(path, ok ? SHARE("s1\\f") : "");
    hcsref_arena_free(&arena);
  }
  assert_true(room > 64);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      arena_test(the_utility_vm_folder_may_be_given),
      arena_test(utility_vms_have_facts_and_shares),
      arena_test(shares_are_looked_up_as_upstream_does),
      arena_test(shares_of_no_known_form_are_refused),
      arena_test(shares_need_memory),
  };
  return cmocka_run_group_tests_name("script", tests, NULL, NULL);
}
