/* SPDX-License-Identifier: Apache-2.0 */
/* Mounts that can be no mounts. */
#include "annotated.h"

static void mounts_are_checked(void **state) {
  static const struct {
    const char *mount, *message, *where; /* of the second mount; null: fine */
  } rows[] = {
      {"{\"source\":\"a\",\"destination\":\"b\"}", NULL, NULL},
      {"{\"source\":\"a\",\"destination\":\"b\",\"type\":\"physical-disk\"}", NULL, NULL},
      {"{\"source\":\"a\",\"destination\":\"b\",\"type\":\"virtual-disk\"}", NULL, NULL},
      {"{\"source\":\"a\",\"destination\":\"b\",\"type\":\"extensible-virtual-disk\"}", NULL, NULL},
      {"{\"source\":\"a\",\"destination\":\"b\",\"type\":\"bind\"}", "invalid OCI spec - Type 'bind' not supported",
       "/mounts/1/type"},
      {"{\"source\":\"a\",\"type\":\"bind\",\"options\":[\"ro\",\"x "
       "y\"],\"uidMappings\":[{\"containerID\":1,\"hostID\":"
       "2,\"size\":3},{}],\"gidMappings\":[{\"size\":4294967295}]}",
       "invalid OCI spec - a mount must have both source and a destination: {Destination: Type:bind Source:a "
       "Options:[ro x y] UIDMappings:[{ContainerID:1 HostID:2 Size:3} {ContainerID:0 HostID:0 Size:0}] "
       "GIDMappings:[{ContainerID:0 HostID:0 Size:4294967295}]}",
       "/mounts/1/destination"},
      {"{\"destination\":\"d\"}",
       "invalid OCI spec - a mount must have both source and a destination: {Destination:d Type: Source: Options:[] "
       "UIDMappings:[] GIDMappings:[]}",
       "/mounts/1/source"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_arena arena;
    hcsref_oci_spec spec;
    hcsref_error err;
    hcsref_str text;
    hcsref_arena_init(&arena, NULL, 0);
    assert_true(
        hcsref_format(&arena, &text, "{\"mounts\":[{\"source\":\"s\",\"destination\":\"d\"},%s]}", rows[i].mount));
    memset(&spec, 0, sizeof spec);
    assert_true(hcsref_json_decode(&arena, text, &hcsref_type_oci_spec, HCSREF_JSON_WHOLE, &spec, NULL));
    assert_int_equal(hcsref_check_mounts(&arena, NULL, &spec, &err), rows[i].message == NULL);
    if (rows[i].message != NULL) {
      assert_string_equal(err.code, strstr(rows[i].message, "Type '") != NULL ? "mount-type" : "mount-incomplete");
      assert_text(err.message, rows[i].message);
      assert_text(err.where, rows[i].where);
    }
    hcsref_arena_free(&arena);
  }
}

/* An error has to be told, and that takes memory too. */
static void an_error_without_memory_says_so(void **state) {
  hcsref_arena arena;
  hcsref_oci_spec spec;
  const char *code = "";
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  spec = decode_spec(&arena, "{\"mounts\":[{\"destination\":\"d\"}]}");
  for (size_t limit = 1; strcmp(code, "mount-incomplete") != 0; limit += 16) {
    hcsref_error err;
    hcsref_arena small;
    hcsref_arena_init(&small, NULL, limit);
    assert_false(hcsref_check_mounts(&small, NULL, &spec, &err));
    code = err.code;
    assert_true(strcmp(code, "mount-incomplete") == 0 || strcmp(code, "out-of-memory") == 0);
    hcsref_arena_free(&small);
    assert_true(limit < 4096);
  }
  hcsref_arena_free(&arena);
}

static void a_spec_is_needed(void **state) {
  hcsref_error err;
  hcsref_arena arena;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  assert_false(hcsref_check_mounts(&arena, NULL, NULL, &err));
  assert_string_equal(err.code, "spec-missing");
  hcsref_arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(mounts_are_checked),
      cmocka_unit_test(an_error_without_memory_says_so),
      cmocka_unit_test(a_spec_is_needed),
  };
  return cmocka_run_group_tests_name("mount checks", tests, NULL, NULL);
}
