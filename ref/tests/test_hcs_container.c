/* SPDX-License-Identifier: Apache-2.0 */
/* The shim's whole way from a spec to the request that creates a container, release by release. */
#include "released.h"

static bool create(stage *s) {
  return hcsref_create_container(&s->arena, &s->spec, &s->options, &s->fake.host, &s->request, &s->documents, &s->err);
}

/* A line feed ends the message of an error, so that a row can have all of it. */
static hcsref_str request_text(stage *s, bool created) {
  hcsref_str text;
  if (created)
    return encode(s, s->request.document_type, s->request.document);
  assert_true(hcsref_format(&s->arena, &text, "error %s: %v\n", s->err.code, s->err.message));
  return text;
}

static void check_requests(const released *rows, size_t count, bool process_annotations, const fake_answer *answers) {
  for (size_t i = 0; i < count; i++) {
    stage s;
    stage_init(&s, rows[i].spec, 2, 1, rows[i].hosted, answers);
    s.options.profile = shim_of(&s.arena, rows[i].release);
    s.options.process_annotations = process_annotations;
    s.fake.vm.confidential = true;
    check_text(&rows[i], request_text(&s, create(&s)));
    hcsref_arena_free(&s.arena);
  }
}

#define ANNOTATIONS(members) ",\"annotations\":{" members "}"
#define GMSA                 "\"io.microsoft.container.wcow.gmsa.disable\":\"true\""
#define UNSAFE               "\"io.microsoft.disable-unsafe-operations\":\"true\""
#define TYPE(value)          "\"io.kubernetes.cri.container-type\":\"" value "\""
#define POD(value)           "\"io.kubernetes.cri.sandbox-id\":\"" value "\""
#define SECRET               ",\"credentialSpec\":\"c\""

static void what_is_refused(void **state) {
  static const released rows[] = {
      {"0.9.12", ARGON(SECRET, ANNOTATIONS(GMSA)), false, "\"Owner\":\"own\"", "error"},
      {"0.10.0-rc.0", ARGON(SECRET, ANNOTATIONS(GMSA)), false,
       "error gmsa-disabled: container config validation failed: gMSA credentials are disabled: operation denied",
       NULL},
      {"0.9.12", ARGON("", ANNOTATIONS(TYPE("x"))), false,
       "error container-type: invalid 'io.kubernetes.cri.container-type': 'x'\n", NULL},
      {"0.14.1", ARGON("", ANNOTATIONS(TYPE("x") "," POD("p"))), false, "error container-type: invalid", NULL},
      {"0.14.1", ARGON("", ANNOTATIONS(TYPE("sandbox"))), false,
       "error container-type: cannot specify 'io.kubernetes.cri.container-type' without 'io.kubernetes.cri.sandbox-id'",
       NULL},
      {"0.14.1", ARGON("", ANNOTATIONS(TYPE("container") "," POD(""))), false,
       "error container-type: cannot specify 'io.kubernetes.cri.container-type' without", NULL},
      {"0.14.1", ARGON("", ANNOTATIONS(POD("p"))), false,
       "error container-type: cannot specify 'io.kubernetes.cri.sandbox-id' without "
       "'io.kubernetes.cri.container-type'",
       NULL},
      {"0.14.1", ARGON("", ANNOTATIONS(POD(""))), false, "\"Owner\":\"own\"", "error"},
      {"0.14.1", ARGON("", ANNOTATIONS(TYPE("container") "," POD("p"))), false, "\"Owner\":\"own\"", "error"},
      {"0.12.9", "{\"windows\":{}}", false,
       "error layer-folders-missing: field 'Spec.Windows.Layerfolders' is not populated\n", NULL},
      {"0.12.9", "{\"windows\":{\"layerFolders\":[]}}", false, "error layer-folders-missing", NULL},
      {"0.13.0", "{\"windows\":{}}", false, "error layers-invalid: must pass either a rootfs mount or", NULL},
      {"0.12.9", ARGON("", ",\"mounts\":[{\"source\":\"s\",\"destination\":\"d\",\"type\":\"bind\"}]"), false,
       "error mount-type", NULL},
      {"0.13.0", ARGON("", ",\"mounts\":[{\"source\":\"s\",\"destination\":\"d\",\"type\":\"bind\"}]"), false,
       "\"ContainerPath\":\"d\"", "error"},
      {"0.14.1", "{\"windows\":{\"layerFolders\":[\"a\",\"b\"]}}", false,
       "error root-path-not-volume: invalid container spec - Root.Path ''", NULL},
  };
  (void)state;
  check_requests(rows, COUNT_OF(rows), false, NULL);
}

/* Of two things that are wrong the one that upstream meets first is told. */
static void the_order_of_refusals(void **state) {
  static const fake_answer no_id[] = {{"id C:\\l2", "!no id"}, {NULL, NULL}};
  static const released rows[] = {
      {"0.13.0", "{\"windows\":{\"layerFolders\":[\"a\"],\"credentialSpec\":\"c\"}" ANNOTATIONS(GMSA) "}", false,
       "error layers-invalid", NULL},
      {"0.13.0", ARGON(SECRET, ANNOTATIONS(GMSA "," TYPE("x"))), false, "error gmsa-disabled", NULL},
      {"0.13.0", ARGON("", ANNOTATIONS(TYPE("x"))), false, "error container-type", NULL},
      {"0.13.0", ARGON("", ",\"mounts\":[{}]"), false, "error layer-id", NULL},
      {"0.12.9", ARGON("", ",\"mounts\":[{}]"), false, "error mount-incomplete", NULL},
      {"0.12.9", "{\"windows\":{}" ANNOTATIONS(TYPE("x")) "}", false, "error container-type", NULL},
  };
  (void)state;
  check_requests(rows, COUNT_OF(rows), false, no_id);
}

static void annotations_are_processed_when_asked(void **state) {
  static const released rows[] = {
      {"0.9.12", ARGON(SECRET, ANNOTATIONS(UNSAFE)), false, NULL, "error"},
      {"0.10.0-rc.0", ARGON(SECRET, ANNOTATIONS(UNSAFE)), false, "error gmsa-disabled", NULL},
      {"0.10.0-rc.0", ARGON(SECRET, ANNOTATIONS(UNSAFE ",\"io.microsoft.container.wcow.gmsa.disable\":\"false\"")),
       false, "error annotation-conflict: unable to process OCI Spec annotations: annotation expansion conflict\n",
       NULL},
      {"0.13.0",
       "{\"windows\":{\"layerFolders\":[\"a\"]}" ANNOTATIONS(
           UNSAFE ",\"io.microsoft.container.wcow.gmsa.disable\":\"false\"") "}",
       false, "error annotation-conflict", NULL},
  };
  static const released unprocessed[] = {
      {"0.14.1", ARGON(SECRET, ANNOTATIONS(UNSAFE)), false, NULL, "error"},
  };
  (void)state;
  check_requests(rows, COUNT_OF(rows), true, NULL);
  check_requests(unprocessed, COUNT_OF(unprocessed), false, NULL);
}

static void clones_of_containers(void **state) {
  static const char clone[] = ANNOTATIONS("\"io.microsoft.virtualmachine.templateid\":\"t\"");
  static const struct {
    const char *release;
    bool hosted;
    const char *has;
  } rows[] = {
      {"0.10.0-rc.7", true,
       "error container-cloned: container config validation failed: a container can not be cloned inside a non cloned "
       "POD"},
      {"0.10.0-rc.7", false, "error container-cloned"},
      {"0.10.0-rc.8", true, "\"Container\""},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    char spec[512];
    const released row = {rows[i].release, spec, rows[i].hosted, rows[i].has, NULL};
    snprintf(spec, sizeof spec, rows[i].hosted ? XENON("", "%s") : ARGON("", "%s"), clone);
    check_requests(&row, 1, false, NULL);
  }
}

static void confidential_guests_get_the_spec(void **state) {
  static const released rows[] = {
      {"0.14.1", XENON("", ",\"hostname\":\"h\""), true, "{\"SchemaVersion\"", "\"Spec\""},
      {"0.15.0-rc.1", XENON("", ",\"hostname\":\"h\""), true,
       "{\"Spec\":{\"ociVersion\":\"\",\"root\":{\"path\":\"C:\\\\c\\\\1\"},\"hostname\":\"h\",", NULL},
      {"0.15.0-rc.1", XENON("", ""), true,
       "}},\"CWCOWHostedSystem\":{\"SchemaVersion\":{\"Major\":2,\"Minor\":1},\"Container\":{", NULL},
  };
  (void)state;
  check_requests(rows, COUNT_OF(rows), false, NULL);
}

static void affinity_comes_last(void **state) {
  static const struct {
    const char *release;
    int32_t minor;
    const char *code;
    const char *mounts;
  } rows[] = {{"0.15.0-rc.1", 1, NULL, ""},
              {"0.15.0-rc.2", 1, "cpu-affinity", ""},
              {"0.15.0-rc.2", 5, NULL, ""},
              {"0.15.0-rc.2", 1, "mount-incomplete", ",\"mounts\":[{}]"}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_oci_windows_cpu_group_affinity none = {0, 0};
    hcsref_oci_windows_cpu_resources cpu = {.affinity = {&none, 1, 1}};
    hcsref_oci_windows_resources resources = {.cpu = &cpu};
    bool created;
    char spec[512];
    stage s;
    snprintf(spec, sizeof spec, ARGON("", "%s"), rows[i].mounts);
    stage_init(&s, spec, 2, rows[i].minor, false, NULL);
    s.spec.windows->resources = &resources;
    s.options.profile = shim_of(&s.arena, rows[i].release);
    created = create(&s);
    assert_int_equal(created, rows[i].code == NULL);
    if (!created)
      assert_string_equal(s.err.code, rows[i].code);
    hcsref_arena_free(&s.arena);
  }
}

static void schema_2_5_came_with_0_10(void **state) {
  static const struct {
    const char *release;
    bool has_storage;
  } rows[] = {{"0.9.12", true}, {"0.10.0-rc.0", false}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    stage s;
    stage_init(&s, ARGON("", ""), 2, 5, false, NULL);
    s.options.profile = shim_of(&s.arena, rows[i].release);
    assert_true(create(&s));
    assert_int_equal(s.documents.v2->storage->path.len != 0, rows[i].has_storage);
    hcsref_arena_free(&s.arena);
  }
}

static void a_failure_leaves_the_spec_as_it_was(void **state) {
  stage s;
  size_t annotations;
  (void)state;
  stage_init(&s, "{\"windows\":{\"layerFolders\":[\"a\",\"b\"]}" ANNOTATIONS(UNSAFE) "}", 2, 1, false, NULL);
  annotations = s.spec.annotations.len;
  s.options.process_annotations = true;
  assert_false(create(&s));
  assert_string_equal(s.err.code, "root-path-not-volume");
  assert_null(s.spec.root);
  assert_int_equal(s.spec.annotations.len, annotations);
  assert_null(s.request.document);
  hcsref_arena_free(&s.arena);
}

static void a_spec_and_a_shim_are_needed(void **state) {
  stage s;
  (void)state;
  stage_init(&s, "{}", 2, 1, false, NULL);
  assert_false(hcsref_create_container(&s.arena, NULL, &s.options, &s.fake.host, &s.request, NULL, &s.err));
  assert_string_equal(s.err.code, "spec-missing");
  assert_true(hcsref_str_equal(s.err.message, HCSREF_LIT("spec must be supplied")));
  s.options.profile = hcsref_profile_find(&s.arena, HCSREF_LIT("go-1.22.12"), NULL);
  assert_non_null(s.options.profile);
  assert_false(create(&s));
  assert_string_equal(s.err.code, "unsupported");
  assert_false(hcsref_create_document(&s.arena, &s.spec, &s.options, &s.fake.host, &s.request, &s.err));
  assert_string_equal(s.err.code, "unsupported");
  hcsref_arena_free(&s.arena);
}

static void a_rootfs_needs_a_windows_section(void **state) {
  hcsref_rootfs_mount mount = {.type = HCSREF_LIT("windows-layer"), .source = HCSREF_LIT("s")};
  stage s;
  (void)state;
  stage_init(&s, "{}", 2, 1, false, NULL);
  s.options.profile = shim_of(&s.arena, "0.13.0");
  s.options.rootfs.items = &mount;
  s.options.rootfs.len = 1;
  assert_false(create(&s));
  assert_string_equal(s.err.code, "windows-missing");
  hcsref_arena_free(&s.arena);
}

/* ---- no memory ------------------------------------------------------------------------------------------------- */

/* One way through it all; the n-th request for memory is refused. */
static bool create_refused(size_t refuse_at, const char *spec, bool hosted, const hcsref_slice *rootfs) {
  counting_allocator c;
  hcsref_arena arena;
  bool created;
  stage s;
  stage_init(&s, spec, 2, 1, hosted, NULL);
  s.options.profile = shim_of(&s.arena, "0.15.0-rc.4");
  s.options.process_annotations = true;
  s.options.rootfs = *rootfs;
  s.fake.vm.confidential = true;
  counting_arena(&arena, &c, SIZE_MAX);
  arena.limit = refuse_at;
  created = hcsref_create_container(&arena, &s.spec, &s.options, &s.fake.host, &s.request, &s.documents, &s.err);
  if (!created)
    assert_string_equal(s.err.code, "out-of-memory");
  hcsref_arena_free(&arena);
  assert_int_equal(c.live, 0);
  hcsref_arena_free(&s.arena);
  return created;
}

static void want_of_memory_is_told(void **state) {
  static const char full[] = XENON(
      "",
      ANNOTATIONS(UNSAFE ",\"microsoft.com/hostprocess-rootfs-location\":\"C:/h\",\"io.microsoft.container.wcow.test-"
                         "registry-annotation\":\"[{\\\"Key\\\":{\\\"Hive\\\":\\\"Software\\\",\\\"Name\\\":\\\"k\\\"},"
                         "\\\"Name\\\":\\\"n\\\",\\\"Type\\\":\\\"None\\\"}]\"") MOUNTS);
  hcsref_str options[2] = {HCSREF_LIT("parentCimPaths=[\"C:\\\\a\\\\1\",\"C:\\\\a\\\\2\"]"),
                           HCSREF_LIT("blockCIMType=file")};
  hcsref_str merged[3] = {options[0], options[1], HCSREF_LIT("mergedCIMPath=C:\\m\\n")};
  hcsref_rootfs_mount mount = {.type = HCSREF_LIT("BlockCIM"), .options = {merged, 3, 3}};
  const hcsref_slice rootfs = {&mount, 1, 1}, none = {NULL, 0, 0};
  (void)state;
  for (size_t limit = 1; !create_refused(limit, full, true, &none); limit += 48)
    assert_true(limit < 100000);
  for (size_t limit = 1; !create_refused(limit, "{\"root\":{\"path\":\"" VOLUME "\"},\"windows\":{}}", false, &rootfs);
       limit += 48)
    assert_true(limit < 100000);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_refused),
      cmocka_unit_test(the_order_of_refusals),
      cmocka_unit_test(annotations_are_processed_when_asked),
      cmocka_unit_test(clones_of_containers),
      cmocka_unit_test(confidential_guests_get_the_spec),
      cmocka_unit_test(affinity_comes_last),
      cmocka_unit_test(schema_2_5_came_with_0_10),
      cmocka_unit_test(a_failure_leaves_the_spec_as_it_was),
      cmocka_unit_test(a_spec_and_a_shim_are_needed),
      cmocka_unit_test(a_rootfs_needs_a_windows_section),
      cmocka_unit_test(want_of_memory_is_told),
  };
  return cmocka_run_group_tests_name("create a container", tests, NULL, NULL);
}
