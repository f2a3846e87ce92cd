/* SPDX-License-Identifier: Apache-2.0 */
/* Stage 1: from a CRI config to an OCI spec; what is not about mounts. */
#include "cri_stage.h"

/* ---- resources, shares, network, credentials ------------------------------------------------------------------- */

static void resources_are_cut_to_their_width(void **state) {
  static const struct {
    const char *before, *resources, *after;
  } rows[] = {
      {"{}", "{}", "{\"ociVersion\":\"\",\"windows\":{\"layerFolders\":null,\"resources\":{\"memory\":{}}}}"},
      {"{}", "{\"cpu_shares\":65536,\"cpu_maximum\":-65536}",
       "{\"ociVersion\":\"\",\"windows\":{\"layerFolders\":null,\"resources\":{\"memory\":{}}}}"},
      {"{}", "{\"cpu_count\":-1,\"cpu_shares\":-1,\"cpu_maximum\":65537,\"memory_limit_in_bytes\":-1}",
       "{\"ociVersion\":\"\",\"windows\":{\"layerFolders\":null,\"resources\":{\"memory\":{\"limit\":"
       "18446744073709551615},\"cpu\":{\"count\":18446744073709551615,\"shares\":65535,\"maximum\":1}}}}"},
      {"{\"windows\":{\"layerFolders\":[\"l\"],\"resources\":{\"cpu\":{\"count\":3,\"shares\":4,\"maximum\":5},"
       "\"memory\":{\"limit\":6},\"storage\":{\"bps\":7}}}}",
       "{\"cpu_shares\":8}",
       "{\"ociVersion\":\"\",\"windows\":{\"layerFolders\":[\"l\"],\"resources\":{\"memory\":{\"limit\":6},\"cpu\":{"
       "\"count\":3,\"shares\":8,\"maximum\":5},\"storage\":{\"bps\":7}}}}"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    stage s;
    hcsref_cri_windows_container_resources resources = {0};
    stage_init(&s, rows[i].before, NULL);
    decode(&s.arena, rows[i].resources, &hcsref_type_cri_windows_container_resources, &resources);
    assert_true(hcsref_cri_resources(&s.arena, &s.spec, &resources, &s.err));
    assert_text(spec_text(&s), rows[i].after);
    hcsref_arena_free(&s.arena);
  }
}

static void no_resources_change_nothing(void **state) {
  stage s;
  (void)state;
  stage_init(&s, "{}", NULL);
  assert_true(hcsref_cri_resources(&s.arena, &s.spec, NULL, &s.err));
  assert_true(hcsref_cri_resources(&s.arena, NULL, NULL, &s.err));
  assert_null(s.spec.windows);
  hcsref_arena_free(&s.arena);
}

static void small_steps_make_what_they_need(void **state) {
  stage s;
  (void)state;
  stage_init(&s, "{}", NULL);
  assert_true(hcsref_cri_network_namespace(&s.arena, &s.spec, HCSREF_LIT(""), &s.err));
  assert_text(spec_text(&s), "{\"ociVersion\":\"\",\"windows\":{\"layerFolders\":null,\"network\":{}}}");
  assert_true(hcsref_cri_network_namespace(&s.arena, &s.spec, HCSREF_LIT("ns"), &s.err));
  assert_true(hcsref_cri_sandbox_shares(&s.arena, &s.spec, &s.err));
  assert_true(hcsref_cri_credential_spec(&s.arena, &s.spec, HCSREF_LIT("{}"), &s.err));
  assert_text(spec_text(&s),
              "{\"ociVersion\":\"\",\"windows\":{\"layerFolders\":null,\"resources\":{\"cpu\":{\"shares\":"
              "2}},\"credentialSpec\":\"{}\",\"network\":{\"networkNamespace\":\"ns\"}}}");
  hcsref_arena_free(&s.arena);
}

static void a_spec_is_needed(void **state) {
  const hcsref_cri_windows_container_resources resources = {0};
  stage s;
  (void)state;
  stage_init(&s, "{}", NULL);
  assert_false(hcsref_cri_mounts(&s.arena, NULL, NULL, NULL, &s.fake.host, &s.err));
  assert_string_equal(s.err.code, "spec-missing");
  assert_false(hcsref_cri_network_namespace(&s.arena, NULL, HCSREF_LIT(""), NULL));
  assert_false(hcsref_cri_resources(&s.arena, NULL, &resources, NULL));
  assert_false(hcsref_cri_sandbox_shares(&s.arena, NULL, NULL));
  assert_false(hcsref_cri_credential_spec(&s.arena, NULL, HCSREF_LIT(""), NULL));
  hcsref_arena_free(&s.arena);
}

/* ---- every allocation refused in turn -------------------------------------------------------------------------- */

#define FULL_SPEC                                                                                                      \
  "{\"ociVersion\":\"1\",\"mounts\":[{\"destination\":\"/default\",\"source\":\"s\"},{\"destination\":\"/a\"}]}"

/* All steps on a spec that has none of its sections; true when all succeed. */
static bool run_steps(hcsref_arena *arena, stage *s) {
  static const hcsref_cri_windows_container_resources resources = {.cpu_shares = 1, .memory_limit_in_bytes = 1 << 20};
  return hcsref_cri_network_namespace(arena, &s->spec, HCSREF_LIT("ns"), &s->err) &&
         hcsref_cri_mounts(arena, &s->spec, &s->config, &s->extra.mounts, &s->fake.host, &s->err) &&
         hcsref_cri_sandbox_shares(arena, &s->spec, &s->err) &&
         hcsref_cri_resources(arena, &s->spec, &resources, &s->err) &&
         hcsref_cri_credential_spec(arena, &s->spec, HCSREF_LIT("c"), &s->err);
}

/* The arena ends a little later each time, until all fits. */
static void every_refused_allocation_is_an_error(void **state) {
  bool done = false;
  (void)state;
  for (size_t limit = 0; !done; limit += 16) {
    counting_allocator counter;
    hcsref_arena arena;
    stage s;
    stage_init(&s, FULL_SPEC, NULL);
    assert_true(place_mounts(&s,
                             "[{\"container_path\":\"/b/c\",\"host_path\":\"C:/h/../x\"},{\"container_path\":\"/a\","
                             "\"host_path\":\"y\"}]",
                             "[{\"container_path\":\"/z/../e\",\"host_path\":\"z\"}]"));
    s.spec.windows = NULL;
    counting_arena(&arena, &counter, SIZE_MAX);
    arena.limit = limit;
    s.err.code = NULL;
    done = run_steps(&arena, &s);
    if (!done)
      assert_string_equal(s.err.code, "out-of-memory");
    hcsref_arena_free(&arena);
    assert_int_equal(counter.live, 0);
    hcsref_arena_free(&s.arena);
    assert_true(limit < 65536);
  }
}

/* All of stage 1 on "{}" with a config, extra mounts and what is given besides it. */
static hcsref_str apply_all(stage *s, const char *config, const hcsref_cri_settings *given) {
  hcsref_cri_settings settings = *given;
  stage_init(s, "{}", NULL);
  decode(&s->arena, config, &hcsref_type_cri_container_config, &s->config);
  settings.config = &s->config;
  assert_true(hcsref_cri_to_oci(&s->arena, &s->spec, &settings, &s->fake.host, &s->err));
  return spec_text(s);
}

static void what_is_given_goes_before_the_config(void **state) {
  static const char config[] = "{\"windows\":{\"resources\":{\"cpu_count\":2},"
                               "\"security_context\":{\"credential_spec\":\"of the config\"}}}";
  static const char empty[] = "{\"windows\":{\"security_context\":{\"credential_spec\":\"\"}}}";
  const hcsref_cri_windows_container_resources resources = {.cpu_count = 3};
  const hcsref_str credential_spec = HCSREF_LIT("given");
  const hcsref_str network_namespace = HCSREF_LIT("ns");
  const hcsref_cri_settings nothing = {0};
  const hcsref_cri_settings all = {.network_namespace = &network_namespace,
                                   .sandbox_shares = true,
                                   .resources = &resources,
                                   .credential_spec = &credential_spec};
  stage s;
  (void)state;
  assert_text(
      apply_all(&s, config, &nothing),
      "{\"ociVersion\":\"\",\"windows\":{\"layerFolders\":null,\"resources\":{\"memory\":{},\"cpu\":{\"count\":2}},"
      "\"credentialSpec\":\"of the config\"}}");
  hcsref_arena_free(&s.arena);
  assert_text(
      apply_all(&s, config, &all),
      "{\"ociVersion\":\"\",\"windows\":{\"layerFolders\":null,\"resources\":{\"memory\":{},\"cpu\":{\"count\":3,"
      "\"shares\":2}},\"credentialSpec\":\"given\",\"network\":{\"networkNamespace\":\"ns\"}}}");
  hcsref_arena_free(&s.arena);
  assert_text(apply_all(&s, empty, &nothing), "{\"ociVersion\":\"\"}");
  hcsref_arena_free(&s.arena);
}

/* Each step of stage 1 in turn meets the end of memory. */
static void stage_1_without_memory_is_an_error(void **state) {
  static const char config[] = "{\"mounts\":[{\"container_path\":\"/a\",\"host_path\":\"C:/b\"}]}";
  const hcsref_cri_windows_container_resources resources = {.cpu_count = 3};
  const hcsref_str text = HCSREF_LIT("x");
  hcsref_cri_settings settings = {
      .network_namespace = &text, .sandbox_shares = true, .resources = &resources, .credential_spec = &text};
  bool done = false;
  (void)state;
  for (size_t limit = 1; !done; limit += 16) {
    hcsref_arena arena;
    stage s;
    stage_init(&s, "{}", NULL);
    decode(&s.arena, config, &hcsref_type_cri_container_config, &s.config);
    settings.config = &s.config;
    hcsref_arena_init(&arena, NULL, limit);
    done = hcsref_cri_to_oci(&arena, &s.spec, &settings, &s.fake.host, &s.err);
    if (!done)
      assert_string_equal(s.err.code, "out-of-memory");
    hcsref_arena_free(&arena);
    hcsref_arena_free(&s.arena);
    assert_true(limit < 65536);
  }
}

/* Without a byte of memory no step changes the spec. */
static void a_step_without_memory_changes_nothing(void **state) {
  static const hcsref_cri_windows_container_resources resources = {
      .cpu_shares = 1, .cpu_count = 2, .cpu_maximum = 3, .memory_limit_in_bytes = 4};
  hcsref_arena none;
  stage s;
  (void)state;
  stage_init(&s, "{}", NULL);
  hcsref_arena_init(&none, NULL, 1);
  assert_false(hcsref_cri_network_namespace(&none, &s.spec, HCSREF_LIT("ns"), &s.err));
  assert_false(hcsref_cri_mounts(&none, &s.spec, NULL, NULL, &s.fake.host, &s.err));
  assert_false(hcsref_cri_sandbox_shares(&none, &s.spec, &s.err));
  assert_false(hcsref_cri_resources(&none, &s.spec, &resources, &s.err));
  assert_false(hcsref_cri_credential_spec(&none, &s.spec, HCSREF_LIT("c"), &s.err));
  assert_string_equal(s.err.code, "out-of-memory");
  assert_text(spec_text(&s), "{\"ociVersion\":\"\"}");
  hcsref_arena_free(&s.arena);
}

static void an_order_without_memory_is_an_error(void **state) {
  const hcsref_str paths[] = {HCSREF_LIT("/a/../b"), HCSREF_LIT("c//d")};
  bool done = false;
  (void)state;
  for (size_t limit = 1; !done; limit += 16) {
    size_t order[2] = {9, 9};
    hcsref_error err;
    hcsref_arena arena;
    hcsref_arena_init(&arena, NULL, limit);
    done = hcsref_cri_mount_order(&arena, NULL, paths, 2, order, NULL, &err);
    assert_int_equal(order[0], done ? 0 : 9);
    if (!done)
      assert_string_equal(err.code, "out-of-memory");
    hcsref_arena_free(&arena);
    assert_true(limit < 4096);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(resources_are_cut_to_their_width),     cmocka_unit_test(no_resources_change_nothing),
      cmocka_unit_test(small_steps_make_what_they_need),      cmocka_unit_test(a_spec_is_needed),
      cmocka_unit_test(every_refused_allocation_is_an_error), cmocka_unit_test(what_is_given_goes_before_the_config),
      cmocka_unit_test(stage_1_without_memory_is_an_error),   cmocka_unit_test(a_step_without_memory_changes_nothing),
      cmocka_unit_test(an_order_without_memory_is_an_error),
  };
  return cmocka_run_group_tests_name("cri", tests, NULL, NULL);
}
