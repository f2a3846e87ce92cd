/* SPDX-License-Identifier: Apache-2.0 */
/* What the shim does around a document, on both sides of each change of hcsshim. */
#include "shim_stage.h"

/* ---- annotations --------------------------------------------------------------------------------------------- */

#define UNSAFE       "\"io.microsoft.disable-unsafe-operations\":\"true\""
#define GMSA(value)  "\"io.microsoft.container.wcow.gmsa.disable\":\"" value "\""
#define SHARES       "\"io.microsoft.virtualmachine.fileshares.disablewritable\":\"true\""
#define DIRECT_MAP   "\"io.microsoft.virtualmachine.wcow.virtualSMB.nodirectmap\":\"true\""
#define NO_HPC       "\"microsoft.com/disable-hostprocess-container\":\"true\""
#define HPC          "\"microsoft.com/hostprocess-container\":\"true\""
#define CONFLICT     "annotation expansion conflict"
#define HPC_CONFLICT "specified annotations conflict"

static hcsref_map read_map(hcsref_arena *arena, const char *text) {
  hcsref_map map = {NULL, 0, 0};
  assert_true(hcsref_json_decode(arena, hcsref_cstr(text), &hcsref_type_string_map, HCSREF_JSON_WHOLE, &map, NULL));
  return map;
}

static void annotations_stand_for_others(void **state) {
  static const struct {
    const char *release, *annotations;
    const char *result; /* null: an error */
    const char *message, *where;
  } rows[] = {
      {"0.10.0-rc.0", "{}", "{}", NULL, NULL},
      {"0.12.9", "{" UNSAFE "}", "{" GMSA("true") "," UNSAFE "," SHARES "," DIRECT_MAP "}", NULL, NULL},
      {"0.13.0-rc.1", "{" UNSAFE "}", "{" GMSA("true") "," UNSAFE "," SHARES "," DIRECT_MAP "," NO_HPC "}", NULL, NULL},
      {"0.12.9", "{" NO_HPC "," HPC "}", "{" NO_HPC "," HPC "}", NULL, NULL},
      {"0.12.9", "{" UNSAFE "," GMSA("x") "}", NULL, CONFLICT, "/annotations/io.microsoft.container.wcow.gmsa.disable"},
      {"0.13.0-rc.1", "{" UNSAFE "," GMSA("x") "," HPC "}", NULL, HPC_CONFLICT,
       "/annotations/microsoft.com~1hostprocess-container"},
      {"0.14.0", "{" UNSAFE "," GMSA("x") "," HPC "}", NULL,
       CONFLICT ": \"io.microsoft.disable-unsafe-operations\" = \"true\" and "
                "\"io.microsoft.container.wcow.gmsa.disable\" = \"x\"\n" HPC_CONFLICT
                ": host process container annotations \"microsoft.com/disable-hostprocess-container\" = \"true\" and "
                "\"microsoft.com/hostprocess-container\" = \"true\"",
       "/annotations/microsoft.com~1hostprocess-container"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_arena arena;
    hcsref_error err;
    hcsref_map map;
    hcsref_str text;
    bool ok;
    hcsref_arena_init(&arena, NULL, 0);
    map = read_map(&arena, rows[i].annotations);
    ok = hcsref_process_annotations(&arena, rules_of(&arena, rows[i].release), &map, &err);
    assert_int_equal(ok, rows[i].result != NULL);
    assert_true(hcsref_json_encode(&arena, &hcsref_type_string_map, &map, &text, NULL));
    if (ok)
      assert_text(text, rows[i].result);
    else
      check_error(&err, "annotation-conflict", rows[i].message, rows[i].where);
    hcsref_arena_free(&arena);
  }
}

static void words_for_true(void **state) {
  static const struct {
    const char *text;
    int before, after; /* 0.13: true, false or -1 for the fallback */
  } rows[] = {{"tRuE", 1, -1}, {"true", 1, 1}, {"FALSE", 0, 0}, {"1", -1, 1},
              {"t", -1, 1},    {"F", -1, 0},   {" 1", -1, -1},  {"", -1, -1}};
  hcsref_string_entry entry = {HCSREF_LIT("k"), {NULL, 0}};
  const hcsref_map map = {&entry, 1, 1};
  hcsref_arena arena;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  for (size_t i = 0; i < COUNT_OF(rows); i++)
    for (int fallback = 0; fallback < 2; fallback++) {
      entry.value = hcsref_cstr(rows[i].text);
      assert_int_equal(hcsref_annotation_bool(rules_of(&arena, "0.12.9"), &map, entry.key, fallback != 0),
                       rows[i].before < 0 ? fallback : rows[i].before);
      assert_int_equal(hcsref_annotation_bool(rules_of(&arena, "0.13.0-rc.1"), &map, entry.key, fallback != 0),
                       rows[i].after < 0 ? fallback : rows[i].after);
    }
  hcsref_arena_free(&arena);
}

/* ---- functions that a release does not have ------------------------------------------------------------------- */

static void what_a_release_lacks_is_unsupported(void **state) {
  const hcsref_slice none = {NULL, 0, 0};
  fake_host fake;
  hcsref_map map = {NULL, 0, 0};
  hcsref_slice affinity;
  hcsref_layers layers;
  hcsref_oci_spec spec = {0};
  hcsref_arena arena;
  hcsref_error errors[6];
  hcsref_str text;
  int32_t count;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  fake_host_init(&fake, NULL);
  assert_false(hcsref_process_annotations(&arena, rules_of(&arena, "0.9.12"), &map, &errors[0]));
  assert_false(hcsref_dump_count(&arena, rules_of(&arena, "0.11.2"), &map, &count, &errors[1]));
  assert_false(hcsref_parse_layers(&arena, rules_of(&arena, "0.12.9"), &none, &none, &layers, &errors[2]));
  assert_false(hcsref_cim_volume(&arena, rules_of(&arena, "0.12.0-rc.1"), HCSREF_LIT("c"), &text, &errors[3]));
  assert_false(hcsref_sanitize_path(&arena, rules_of(&arena, "0.15.0-rc.1"), HCSREF_LIT("C:\\h"), &text, &errors[4]));
  assert_false(
      hcsref_check_cpu_affinity(&arena, rules_of(&arena, "0.15.0-rc.1"), &spec, &fake.host, &affinity, &errors[5]));
  for (size_t i = 0; i < COUNT_OF(errors); i++)
    assert_string_equal(errors[i].code, "unsupported");
  assert_text(errors[1].message, "this release of hcsshim does not read a dump count");
  hcsref_arena_free(&arena);
}

/* ---- mounts -------------------------------------------------------------------------------------------------- */

#define ONE_MOUNT(more)         "{\"mounts\":[{" more "}]}"
#define AT(source, destination) "\"source\":\"" source "\",\"destination\":\"" destination "\""
#define PIPE_P                  "\\\\\\\\.\\\\pipe\\\\p"

static hcsref_str steps_text(hcsref_arena *arena, const hcsref_mounts_setup *setup) {
  static const char *const kinds[] = {"vsmb", "pipe", "disk", "folder"};
  const hcsref_setup_step *steps = setup->steps.items;
  hcsref_buf buf = {.arena = arena};
  for (size_t i = 0; i < setup->steps.len; i++) {
    hcsref_buf_append(&buf, hcsref_cstr(kinds[steps[i].kind]));
    hcsref_buf_append(&buf, steps[i].read_only ? HCSREF_LIT(" ro ") : HCSREF_LIT(" "));
    hcsref_buf_append(&buf, steps[i].path);
  }
  return hcsref_buf_str(&buf);
}

static void mounts_are_set_up(void **state) {
  static const struct {
    const char *release, *spec;
    bool hosted, confidential;
    const char *steps, *code; /* of `code` null: done */
  } rows[] = {
      {"0.12.9", ONE_MOUNT(AT("C:\\\\s", "C:\\\\d") ",\"options\":[\"RO\"]"), true, false, "vsmb ro C:\\s", NULL},
      {"0.12.9", ONE_MOUNT(AT("C:\\\\s", "C:\\\\d")), false, false, "", NULL},
      {"0.12.9", ONE_MOUNT(AT("d", "C:\\\\d") ",\"type\":\"virtual-disk\""), true, false, "disk d", NULL},
      {"0.12.9", ONE_MOUNT(AT(PIPE_P, "C:\\\\d")), true, false, "pipe \\\\.\\pipe\\p", NULL},
      {"0.13.0", ONE_MOUNT(AT(PIPE_P, "C:\\\\d")), true, false, "vsmb \\\\.\\pipe\\p", NULL},
      {"0.13.0", ONE_MOUNT(AT(PIPE_P, PIPE_P)), true, false, "pipe \\\\.\\pipe\\p", NULL},
      {"0.13.0", ONE_MOUNT(AT("uvm://" PIPE_P, PIPE_P)), true, false, "", NULL},
      {"0.12.9", ONE_MOUNT(AT("uvm://x", "C:\\\\d")), true, false, "vsmb uvm://x", NULL},
      {"0.13.0", ONE_MOUNT(AT("uvm://x", "C:\\\\d")), true, false, NULL, "mount-in-vm"},
      {"0.13.0", ONE_MOUNT(AT("uvm://x", "C:\\\\d")), false, false, "", NULL},
      {"0.15.0-rc.3", ONE_MOUNT(AT("sandbox:///a", "C:\\\\d")), true, true, "folder C:\\SandboxMounts\\a", NULL},
      {"0.15.0-rc.4", ONE_MOUNT(AT("sandbox:///a", "C:\\\\d")), true, true, "", NULL},
      {"0.15.0-rc.4", ONE_MOUNT(AT("sandbox:///a", "C:\\\\d")), true, false, "folder C:\\SandboxMounts\\a", NULL},
      {"0.13.0-rc.3", ONE_MOUNT(AT("a", "b") ",\"type\":\"bind\""), false, false, NULL, "mount-type"},
      {"0.13.0", ONE_MOUNT(AT("a", "b") ",\"type\":\"bind\""), false, false, "", NULL},
      {"0.13.0", ONE_MOUNT(AT("a", "b") ",\"type\":\"bind\""), true, false, NULL, "mount-type"},
      {"0.12.9", ONE_MOUNT(AT("refused", "b")), true, false, NULL, "vsmb-share"},
  };
  static const fake_answer refused[] = {{"add rw refused", "!full"}, {NULL, NULL}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_mounts_setup setup;
    const hcsref_rules *rules;
    bool ok;
    stage s;
    stage_init(&s, rows[i].spec, 2, 1, rows[i].hosted, refused);
    s.fake.vm.confidential = rows[i].confidential;
    rules = rules_of(&s.arena, rows[i].release);
    ok = hcsref_setup_mounts(&s.arena, rules, &s.spec, s.options.hosting_system, &setup, &s.err);
    assert_int_equal(ok, rows[i].code == NULL);
    if (ok)
      assert_text(steps_text(&s.arena, &setup), rows[i].steps);
    else
      assert_string_equal(s.err.code, rows[i].code);
    hcsref_arena_free(&s.arena);
  }
}

/* What a mount looks like depends on the runtime-spec that the release vendors, back and forth. */
static void mounts_in_errors(void **state) {
  static const struct {
    const char *release, *message;
  } rows[] = {
      {"0.9.12", "{Destination:d Type: Source: Options:[]}"},
      {"0.10.0", "{Destination:d Type: Source: Options:[] UIDMappings:[] GIDMappings:[]}"},
      {"0.11.7", "{Destination:d Type: Source: Options:[]}"},
      {"0.12.9", "{Destination:d Type: Source: Options:[] UIDMappings:[] GIDMappings:[]}"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    stage s;
    stage_init(&s, ONE_MOUNT("\"destination\":\"d\""), 2, 1, false, NULL);
    assert_false(hcsref_check_mounts(&s.arena, rules_of(&s.arena, rows[i].release), &s.spec, &s.err));
    if (!contains(s.err.message, rows[i].message))
      fail_msg("%s: %.*s", rows[i].release, (int)s.err.message.len, s.err.message.data);
    hcsref_arena_free(&s.arena);
  }
}

/* ---- affinity and paths --------------------------------------------------------------------------------------- */

static void affinity_is_checked(void **state) {
  static const struct {
    const char *affinity;
    uint32_t build;
    const char *message, *where; /* null: fine */
  } rows[] = {
      {"[{\"mask\":1}]", 17763, NULL, NULL},
      {"[{\"mask\":1},{\"mask\":2,\"group\":1}]", 20348, NULL, NULL},
      {"[]", 17763, NULL, NULL},
      {"[{\"mask\":1},{}]", 20348, "cpu affinity mask must be non-zero: entry 1 has zero mask", "/1/mask"},
      {"[{\"mask\":1},{\"mask\":1}]", 20347,
       "cpu affinity with multiple processor groups requires Windows Server 2022 or later: 2 entries", ""},
      {"[{\"mask\":1,\"group\":65537}]", 20347,
       "cpu affinity with a non-zero processor group requires Windows Server 2022 or later: group 65537", "/0/group"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_slice affinity = {NULL, 0, 0};
    const hcsref_rules *rules;
    hcsref_str text, where;
    stage s;
    stage_init(&s, "{}", 2, 1, false, NULL);
    rules = rules_of(&s.arena, "0.15.0-rc.2");
    s.fake.build = rows[i].build;
    assert_true(
        hcsref_format(&s.arena, &text, "{\"windows\":{\"resources\":{\"cpu\":{\"affinity\":%s}}}}", rows[i].affinity));
    assert_true(hcsref_json_decode_as(&s.arena, rules, text, &hcsref_type_oci_spec, HCSREF_JSON_WHOLE, &s.spec, NULL));
    assert_int_equal(hcsref_check_cpu_affinity(&s.arena, rules, &s.spec, &s.fake.host, &affinity, &s.err),
                     rows[i].message == NULL);
    if (rows[i].message != NULL) {
      assert_true(hcsref_format(&s.arena, &where, "/windows/resources/cpu/affinity%s", rows[i].where));
      assert_text(s.err.message, rows[i].message);
      assert_same(s.err.where, where);
    }
    hcsref_arena_free(&s.arena);
  }
}

static void safe_paths(void **state) {
  static const struct {
    const char *path, *clean; /* null: refused */
  } rows[] = {
      {"C:\\h\\.\\x", "C:\\h\\x"},
      {"c:/h/", "c:\\h"},
      {"D:\\Windows", "D:\\Windows"},
      {"C:\\WindowsBackup", "C:\\WindowsBackup"},
      {"C:\\Windows.", "C:\\Windows."},
      {"C:\\", "C:\\"},
      {"", NULL},
      {".", NULL},
      {"C:", NULL},
      {"C:x", NULL},
      {"\\x", NULL},
      {"1:\\x", NULL},
      {"\\\\s\\h", NULL},
      {"//s/h", NULL},
      {"@:\\x", NULL},
      {"C:\\a\\..\\windows\\x", NULL},
      {"C:\\EFI", NULL},
      {"c:/mounts/a", NULL},
      {"C:\\SANDBOXMOUNTS", NULL},
      {"C:\\W\xC4\xB0ndows", NULL},
      {"\\\\?\\C:\\h", NULL},
  };
  hcsref_arena arena;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_str clean;
    hcsref_error err;
    bool ok = hcsref_sanitize_path(&arena, rules_of(&arena, "0.15.0-rc.2"), hcsref_cstr(rows[i].path), &clean, &err);
    if (ok != (rows[i].clean != NULL))
      fail_msg("%s", rows[i].path);
    if (ok)
      assert_text(clean, rows[i].clean);
    else
      assert_text(err.message, "unsafe path detected");
  }
  hcsref_arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(annotations_stand_for_others),
      cmocka_unit_test(words_for_true),
      cmocka_unit_test(what_a_release_lacks_is_unsupported),
      cmocka_unit_test(mounts_are_set_up),
      cmocka_unit_test(mounts_in_errors),
      cmocka_unit_test(affinity_is_checked),
      cmocka_unit_test(safe_paths),
  };
  return cmocka_run_group_tests_name("the shim by release", tests, NULL, NULL);
}
