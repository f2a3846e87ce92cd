/* SPDX-License-Identifier: Apache-2.0 */
/* Stage 1: mounts from a CRI config to an OCI spec. */
#include "base/go_sort.h"

#include "cri_stage.h"

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

/* Mounts that part badly come in an order of its own from each of Go's sorters. */
static void mounts_are_sorted_as_go_sorts(void **state) {
  static const struct {
    const char *profile;
    hcsref_go_sorter sorter;
  } rows[] = {
      {"containerd-1.6.20+go-1.18.10", HCSREF_GO_SORT_QUICK},
      {"containerd-1.6.20+go-1.23.4", HCSREF_GO_SORT_PDQ},
      {"containerd-1.6.20+go-1.24.4", HCSREF_GO_SORT_PDQ_MIXING},
  };
  static const size_t keys[14] = {2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1};
  hcsref_str paths[COUNT_OF(keys)];
  size_t order[COUNT_OF(rows)][COUNT_OF(keys)], wanted[COUNT_OF(keys)];
  for (size_t i = 0; i < COUNT_OF(keys); i++)
    paths[i] = keys[i] == 1 ? HCSREF_LIT("C:\\a") : HCSREF_LIT("C:\\a\\b");
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_error err = {0};
    const hcsref_profile *profile = hcsref_profile_find(*state, hcsref_cstr(rows[i].profile), &err);
    assert_true(hcsref_cri_mount_order(*state, profile, paths, COUNT_OF(keys), order[i], NULL, &err));
    hcsref_go_sort(rows[i].sorter, keys, COUNT_OF(keys), wanted);
    assert_memory_equal(order[i], wanted, sizeof wanted);
    for (size_t j = 0; j < i; j++)
      assert_memory_not_equal(order[i], order[j], sizeof wanted);
  }
}

static void an_empty_set_has_nothing(void **state) {
  const hcsref_path_set empty = {NULL, NULL, 0};
  (void)state;
  assert_false(hcsref_path_set_has(&empty, HCSREF_LIT("")));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(mounts_are_merged_ordered_and_cleaned),
      cmocka_unit_test(the_host_is_asked_in_order),
      cmocka_unit_test(mounts_fail_with_upstreams_words),
      cmocka_unit_test(no_config_and_no_extra_mounts_are_fine),
      cmocka_unit_test(thousands_of_mounts_are_merged),
      cmocka_unit_test(order_is_stable_by_parts),
      cmocka_unit_test(order_is_right_for_any_length),
      arena_test(mounts_are_sorted_as_go_sorts),
      cmocka_unit_test(a_set_knows_its_paths),
      cmocka_unit_test(an_empty_set_has_nothing),
  };
  return cmocka_run_group_tests_name("cri", tests, NULL, NULL);
}
