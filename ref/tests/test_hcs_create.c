/* SPDX-License-Identifier: Apache-2.0 */
/* Stage 2: the envelope that creates a container. */
#include "hcs_stage.h"

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

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_schema_depends_on_build_and_vm),
      cmocka_unit_test(a_namespace_is_for_schema_2_1),
      cmocka_unit_test(credentials_can_be_forbidden),
      cmocka_unit_test(creation_needs_a_spec_an_id_and_an_owner),
  };
  return cmocka_run_group_tests_name("envelopes", tests, NULL, NULL);
}
