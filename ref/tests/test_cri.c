/* SPDX-License-Identifier: Apache-2.0 */
/* Stage 1: from a CRI config to an OCI spec. */
#include "cri/path_set.h"
#include "fake_host.h"
#include "hcsref/pipeline.h"
#include "hcsref/schema.h"

/* A config, extra mounts and a spec as texts; what they become. */
typedef struct stage {
  hcsref_arena arena;
  fake_host fake;
  hcsref_oci_spec spec;
  hcsref_cri_container_config config, extra; /* the mounts of `extra` are the extra ones */
  hcsref_error err;
} stage;

static void decode(hcsref_arena *arena, const char *text, const hcsref_type *type, void *out) {
  hcsref_error err;
  if (!hcsref_json_decode(arena, hcsref_cstr(text), type, HCSREF_JSON_WHOLE, out, &err))
    fail_msg("%.*s in %s", (int)err.message.len, err.message.data, text);
}

static void stage_init(stage *s, const char *spec, const fake_answer *answers) {
  memset(s, 0, sizeof *s);
  hcsref_arena_init(&s->arena, NULL, 0);
  fake_host_init(&s->fake, answers);
  decode(&s->arena, spec, &hcsref_type_oci_spec, &s->spec);
}

static hcsref_str spec_text(stage *s) {
  hcsref_str text;
  assert_true(hcsref_json_encode(&s->arena, &hcsref_type_oci_spec, &s->spec, &text, &s->err));
  return text;
}

static bool place_mounts(stage *s, const char *mounts, const char *extra) {
  hcsref_str text;
  assert_true(hcsref_format(&s->arena, &text, "{\"mounts\":%s}", mounts));
  assert_true(
      hcsref_json_decode(&s->arena, text, &hcsref_type_cri_container_config, HCSREF_JSON_WHOLE, &s->config, &s->err));
  assert_true(hcsref_format(&s->arena, &text, "{\"mounts\":%s}", extra));
  assert_true(
      hcsref_json_decode(&s->arena, text, &hcsref_type_cri_container_config, HCSREF_JSON_WHOLE, &s->extra, &s->err));
  return hcsref_cri_mounts(&s->arena, &s->spec, &s->config, &s->extra.mounts, &s->fake.host, &s->err);
}

/* ---- mounts -------------------------------------------------------------------------------------------------- */

#define MOUNTED(list)           "{\"ociVersion\":\"1\",\"mounts\":[" list "]}"
#define RW(source, destination) "{\"destination\":\"" destination "\",\"source\":\"" source "\",\"options\":[\"rw\"]}"

static void mounts_are_merged_ordered_and_cleaned(void **state) {
  static const struct {
    const char *mounts, *extra, *defaults, *result;
  } rows[] = {
      {"null", "null", "[]", "{\"ociVersion\":\"1\"}"},
      {"[{\"container_path\":\"/c/d\",\"host_path\":\"C:/h/../i\"}]", "[]", "[]",
       MOUNTED(RW("C:\\\\i", "C:\\\\c\\\\d"))},
      {"[{\"container_path\":\"\",\"host_path\":\"C:\\\\h\"}]", "[]", "[]", MOUNTED(RW("C:\\\\h", "."))},
      {"[{\"container_path\":\"D:\",\"host_path\":\"C:\\\\h\"}]", "[]", "[]", MOUNTED(RW("C:\\\\h", "D:."))},
      {"[{\"container_path\":\"C:\\\\d\",\"host_path\":\"C:\\\\h\",\"readonly\":true}]", "[]", "[]",
       MOUNTED("{\"destination\":\"C:\\\\d\",\"source\":\"C:\\\\h\",\"options\":[\"ro\"]}")},
      /* a pipe source keeps both as they are, even when the destination is no pipe */
      {"[{\"container_path\":\"/a/../b\",\"host_path\":\"\\\\\\\\.\\\\pipe\\\\x\"}]", "[]", "[]",
       MOUNTED(RW("\\\\\\\\.\\\\pipe\\\\x", "/a/../b"))},
      /* a pipe destination of another source is cleaned like any path */
      {"[{\"container_path\":\"\\\\\\\\.\\\\pipe\\\\x\",\"host_path\":\"C:\\\\h\"}]", "[]", "[]",
       MOUNTED(RW("C:\\\\h", "C:\\\\pipe\\\\x"))},
      /* deeper ones later, equal ones in their order, duplicates stay */
      {"[{\"container_path\":\"/a/b\",\"host_path\":\"1\"},{\"container_path\":\"/z\",\"host_path\":\"2\"},"
       "{\"container_path\":\"/a\",\"host_path\":\"3\"},{\"container_path\":\"/z\",\"host_path\":\"4\"}]",
       "[]", "[]",
       MOUNTED(RW("2", "C:\\\\z") "," RW("3", "C:\\\\a") "," RW("4", "C:\\\\z") "," RW("1", "C:\\\\a\\\\b"))},
      /* an extra mount gives way to a CRI mount of the same clean path, but not to another extra one */
      {"[{\"container_path\":\"/a/./b\",\"host_path\":\"1\"}]",
       "[{\"container_path\":\"\\\\a\\\\b\\\\\",\"host_path\":\"2\"},{\"container_path\":\"/c/d\",\"host_path\":\"3\"},"
       "{\"container_path\":\"/c/d\",\"host_path\":\"4\"},{\"container_path\":\"C:\\\\a\\\\b\",\"host_path\":\"5\"}]",
       "[]",
       MOUNTED(RW("1", "C:\\\\a\\\\b") "," RW("3", "C:\\\\c\\\\d") "," RW("4", "C:\\\\c\\\\d") "," RW("5",
                                                                                                      "C:\\\\a\\\\b"))},
      /* a default mount gives way to both, the others come first and are not touched */
      {"[{\"container_path\":\"/a\",\"host_path\":\"1\"}]", "[{\"container_path\":\"/b\",\"host_path\":\"2\"}]",
       "[{\"destination\":\"/x/../"
       "y\",\"source\":\"s\",\"options\":[\"RO\"]},{\"destination\":\"\\\\b\\\\.\",\"source\":"
       "\"t\"},{\"destination\":\"//a\",\"source\":\"u\"},{\"destination\":\"C:\\\\a\",\"source\":\"v\"}]",
       MOUNTED("{\"destination\":\"/x/../y\",\"source\":\"s\",\"options\":[\"RO\"]},{\"destination\":\"C:\\\\a\","
               "\"source\":\"v\"}," RW("1", "C:\\\\a") "," RW("2", "C:\\\\b"))},
      /* a pipe path is compared as it is */
      {"[{\"container_path\":\"\\\\pipe\\\\x\",\"host_path\":\"1\"}]", "[]",
       "[{\"destination\":\"\\\\\\\\.\\\\pipe\\\\x\",\"source\":\"s\"}]",
       MOUNTED("{\"destination\":\"\\\\\\\\.\\\\pipe\\\\x\",\"source\":\"s\"}," RW("1", "C:\\\\pipe\\\\x"))},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    stage s;
    hcsref_str spec;
    stage_init(&s, "{\"ociVersion\":\"1\"}", NULL);
    assert_true(hcsref_format(&s.arena, &spec, "{\"mounts\":%s}", rows[i].defaults));
    assert_true(hcsref_json_decode(&s.arena, spec, &hcsref_type_oci_spec, HCSREF_JSON_WHOLE, &s.spec, &s.err));
    assert_true(place_mounts(&s, rows[i].mounts, rows[i].extra));
    assert_text(spec_text(&s), rows[i].result);
    hcsref_arena_free(&s.arena);
  }
}

static void the_host_is_asked_in_order(void **state) {
  static const fake_answer answers[] = {{"stat C:\\new", "-"}, {"resolve C:\\new", "\\\\?\\Volume{g}\\a/..\\b"}, {0}};
  stage s;
  (void)state;
  stage_init(&s, "{\"ociVersion\":\"1\"}", answers);
  assert_true(place_mounts(&s,
                           "[{\"container_path\":\"/deep/er\",\"host_path\":\"C:\\\\old\"},{\"container_path\":\"/p\","
                           "\"host_path\":\"\\\\\\\\.\\\\pipe\\\\p\"},{\"container_path\":\"/d\",\"host_path\":\"C:"
                           "\\\\new\"}]",
                           "[]"));
  assert_string_equal(s.fake.log, "stat C:\\new\nmkdir C:\\new\nresolve C:\\new\nstat C:\\old\nresolve C:\\old\n");
  assert_text(spec_text(&s), MOUNTED(RW("\\\\\\\\.\\\\pipe\\\\p", "/p") "," RW(
                                 "\\\\\\\\?\\\\Volume{g}\\\\b", "C:\\\\d") "," RW("C:\\\\old", "C:\\\\deep\\\\er")));
  hcsref_arena_free(&s.arena);
}

static void mounts_fail_with_upstreams_words(void **state) {
  static const fake_answer answers[] = {
      {"stat a\"b", "!denied"}, {"stat m", "-"}, {"mkdir m", "!no room"}, {"resolve r", "!gone"}, {"stat e", "!"},
      {"stat o", "?"},          {"stat n", "-"}, {"mkdir n", "?"},        {"resolve q", "?"},     {0}};
  static const struct {
    const char *mounts, *extra, *code, *message, *where;
  } rows[] = {
      {"[{\"host_path\":\"x\"},{\"host_path\":\"a\\\"b\"}]", "[]", "mount-stat", "failed to stat \"a\\\"b\": denied",
       "/mounts/1/host_path"},
      {"[]", "[{\"host_path\":\"m\"}]", "mount-mkdir", "failed to mkdir \"m\": no room", "/extra_mounts/0/host_path"},
      {"[{\"host_path\":\"r\"}]", "[]", "mount-resolve", "failed to resolve symlink \"\": gone", "/mounts/0/host_path"},
      {"[{\"host_path\":\"e\"}]", "[]", "mount-stat", "failed to stat \"e\": ", "/mounts/0/host_path"},
      {"[{},null]", "[]", "cri-null-mount", "a mount is null", "/mounts/1"},
      {"[]", "[null]", "cri-null-mount", "a mount is null", "/extra_mounts/0"},
      {"[{\"host_path\":\"o\"}]", "[]", "out-of-memory", "out of memory", ""},
      {"[{\"host_path\":\"n\"}]", "[]", "out-of-memory", "out of memory", ""},
      {"[{\"host_path\":\"q\"}]", "[]", "out-of-memory", "out of memory", ""},
  };
  static const char spec[] = "{\"ociVersion\":\"1\",\"mounts\":[{\"destination\":\"d\"}]}";
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    stage s;
    stage_init(&s, spec, answers);
    assert_false(place_mounts(&s, rows[i].mounts, rows[i].extra));
    assert_string_equal(s.err.code, rows[i].code);
    assert_text(s.err.message, rows[i].message);
    assert_text(s.err.where, rows[i].where);
    assert_text(spec_text(&s), spec);
    hcsref_arena_free(&s.arena);
  }
}

static void no_config_and_no_extra_mounts_are_fine(void **state) {
  stage s;
  (void)state;
  stage_init(&s, "{\"ociVersion\":\"1\",\"mounts\":[{\"destination\":\"d\"}]}", NULL);
  assert_true(hcsref_cri_mounts(&s.arena, &s.spec, NULL, NULL, &s.fake.host, &s.err));
  assert_text(spec_text(&s), "{\"ociVersion\":\"1\",\"mounts\":[{\"destination\":\"d\"}]}");
  hcsref_arena_free(&s.arena);
}

/* Every path is another, so that every step has to look at all of them. */
static void thousands_of_mounts_are_merged(void **state) {
  enum { COUNT = 3000 };
  hcsref_cri_mount *pointers[2][COUNT];
  stage s;
  hcsref_oci_mount *placed;
  (void)state;
  stage_init(&s, "{\"ociVersion\":\"1\"}", NULL);
  s.spec.mounts.items = hcsref_arena_array(&s.arena, COUNT, sizeof(hcsref_oci_mount));
  s.spec.mounts.len = s.spec.mounts.cap = COUNT;
  for (size_t i = 0; i < COUNT; i++) {
    for (size_t list = 0; list < 2; list++) {
      pointers[list][i] = hcsref_arena_alloc(&s.arena, sizeof(hcsref_cri_mount));
      assert_true(hcsref_format(&s.arena, &pointers[list][i]->container_path, "/m/%u", (uint64_t)(i * 7919 % COUNT)));
      pointers[list][i]->host_path = HCSREF_LIT("\\\\.\\pipe\\p");
    }
    assert_true(hcsref_format(&s.arena, &((hcsref_oci_mount *)s.spec.mounts.items)[i].destination, "\\m\\%u",
                              (uint64_t)(i + 1)));
  }
  s.config.mounts.items = pointers[0];
  s.extra.mounts.items = pointers[1];
  s.config.mounts.len = COUNT;
  s.extra.mounts.len = COUNT;
  assert_true(hcsref_cri_mounts(&s.arena, &s.spec, &s.config, &s.extra.mounts, &s.fake.host, &s.err));
  placed = s.spec.mounts.items;
  assert_int_equal(s.spec.mounts.len, COUNT + 1);
  assert_text(placed[0].destination, "\\m\\3000");
  assert_same(placed[1].destination, pointers[0][0]->container_path);
  assert_same(placed[COUNT].destination, pointers[0][COUNT - 1]->container_path);
  hcsref_arena_free(&s.arena);
}

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

/* ---- order ------------------------------------------------------------------------------------------------------- */

static void order_is_stable_by_parts(void **state) {
  const hcsref_str paths[] = {HCSREF_LIT("/a/b"),  HCSREF_LIT("C:\\x"), HCSREF_LIT("D:"), HCSREF_LIT("\\\\.\\pipe\\p"),
                              HCSREF_LIT("/a//c"), HCSREF_LIT("rel"),   HCSREF_LIT("/y")};
  const size_t expected[] = {2, 5, 1, 6, 0, 3, 4}, depth[] = {0, 0, 1, 1, 2, 2, 2};
  size_t order[COUNT_OF(paths)], parts[COUNT_OF(paths)];
  hcsref_arena arena;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  assert_true(hcsref_cri_mount_order(&arena, NULL, paths, COUNT_OF(paths), order, parts, NULL));
  assert_memory_equal(order, expected, sizeof order);
  assert_memory_equal(parts, depth, sizeof parts);
  assert_true(hcsref_cri_mount_order(&arena, NULL, paths, COUNT_OF(paths), order, NULL, NULL));
  assert_true(hcsref_cri_mount_order(&arena, NULL, NULL, 0, order, parts, NULL));
  hcsref_arena_free(&arena);
}

static hcsref_str path_of_depth(size_t depth) {
  static const char text[] = "\\a\\a\\a\\a\\a\\a\\a\\a";
  return hcsref_str_from(text, 2 * depth);
}

/* Against an order that is plainly right: each depth in turn, from front to back. */
static void order_is_right_for_any_length(void **state) {
  enum { LONGEST = 200, DEPTHS = 7 };
  uint32_t random = 1;
  (void)state;
  for (size_t count = 0; count <= LONGEST; count++) {
    hcsref_str paths[LONGEST];
    size_t depths[LONGEST], order[LONGEST], parts[LONGEST], placed = 0;
    hcsref_arena arena;
    hcsref_arena_init(&arena, NULL, 0);
    for (size_t i = 0; i < count; i++) {
      random = random * 1664525u + 1013904223u;
      depths[i] = 1 + random / 65536 % DEPTHS;
      paths[i] = path_of_depth(depths[i]);
    }
    assert_true(hcsref_cri_mount_order(&arena, NULL, paths, count, order, parts, NULL));
    for (size_t depth = 1; depth <= DEPTHS; depth++)
      for (size_t i = 0; i < count; i++)
        if (depths[i] == depth) {
          assert_int_equal(order[placed], i);
          assert_int_equal(parts[placed++], depth);
        }
    assert_int_equal(placed, count);
    hcsref_arena_free(&arena);
  }
}

/* ---- the set of paths -------------------------------------------------------------------------------------------- */

static hcsref_str numbered_path(hcsref_arena *arena, size_t number) {
  hcsref_str path;
  assert_true(hcsref_format(arena, &path, "C:\\dir\\%u", (uint64_t)number));
  return path;
}

/* Even numbers are in, each of them twice in a list of which the halves are in opposite order. */
static void a_set_knows_its_paths(void **state) {
  enum { MOST = 500 };
  (void)state;
  for (size_t count = 0; count <= MOST; count += count < 20 ? 1 : 60) {
    hcsref_str paths[2 * MOST];
    hcsref_path_set set;
    hcsref_arena arena;
    hcsref_arena_init(&arena, NULL, 0);
    for (size_t i = 0; i < count; i++)
      paths[i] = paths[2 * count - 1 - i] = numbered_path(&arena, 2 * i);
    assert_true(hcsref_path_set_make(&arena, paths, 2 * count, &set));
    for (size_t i = 0; i < 2 * count + 2; i++)
      assert_int_equal(hcsref_path_set_has(&set, numbered_path(&arena, i)), i % 2 == 0 && i < 2 * count);
    assert_false(hcsref_path_set_has(&set, HCSREF_LIT("")));
    hcsref_arena_free(&arena);
  }
}

static void an_empty_set_has_nothing(void **state) {
  const hcsref_path_set empty = {NULL, NULL, 0};
  (void)state;
  assert_false(hcsref_path_set_has(&empty, HCSREF_LIT("")));
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
      cmocka_unit_test(mounts_are_merged_ordered_and_cleaned),
      cmocka_unit_test(the_host_is_asked_in_order),
      cmocka_unit_test(mounts_fail_with_upstreams_words),
      cmocka_unit_test(no_config_and_no_extra_mounts_are_fine),
      cmocka_unit_test(thousands_of_mounts_are_merged),
      cmocka_unit_test(resources_are_cut_to_their_width),
      cmocka_unit_test(no_resources_change_nothing),
      cmocka_unit_test(small_steps_make_what_they_need),
      cmocka_unit_test(a_spec_is_needed),
      cmocka_unit_test(order_is_stable_by_parts),
      cmocka_unit_test(order_is_right_for_any_length),
      cmocka_unit_test(a_set_knows_its_paths),
      cmocka_unit_test(an_empty_set_has_nothing),
      cmocka_unit_test(every_refused_allocation_is_an_error),
      cmocka_unit_test(what_is_given_goes_before_the_config),
      cmocka_unit_test(stage_1_without_memory_is_an_error),
      cmocka_unit_test(a_step_without_memory_changes_nothing),
      cmocka_unit_test(an_order_without_memory_is_an_error),
  };
  return cmocka_run_group_tests_name("cri", tests, NULL, NULL);
}
