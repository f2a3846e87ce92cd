/* SPDX-License-Identifier: Apache-2.0 */
/* Versions, the table of changes, and profiles by name. */
#include "release/changes.h"
#include "release/version.h"
#include "support.h"

static hcsref_version version(const char *text) {
  hcsref_version v;
  if (!hcsref_version_parse(hcsref_cstr(text), &v))
    fail_msg("%s is a version", text);
  return v;
}

static void versions_are_in_order(void **state) {
  static const char *const rising[] = {"0.9.12",
                                       "0.10.0-2",
                                       "0.10.0-10",
                                       "0.10.0-20",
                                       "0.10.0-1a",
                                       "0.10.0-alpha",
                                       "0.10.0-alpha.1",
                                       "0.10.0-beta",
                                       "0.10.0-rc.2",
                                       "0.10.0-rc.10",
                                       "0.10.0",
                                       "1.0.3-0.20200929063507",
                                       "1.0.3-0.20210326190908",
                                       "1.0.3",
                                       "1.6.9",
                                       "1.6.10",
                                       "2.0.0",
                                       "main"};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rising); i++)
    for (size_t j = 0; j < COUNT_OF(rising); j++) {
      hcsref_version a = version(rising[i]), b = version(rising[j]);
      int order = hcsref_version_compare(&a, &b);
      if ((order > 0) != (i > j) || (order < 0) != (i < j))
        fail_msg("%s and %s", rising[i], rising[j]);
    }
}

static void versions_are_compared_by_value(void **state) {
  hcsref_version a = version("1.02.10"), b = version("1.2.010"), c = version("1.3.10");
  (void)state;
  assert_int_equal(hcsref_version_compare(&a, &b), 0);
  assert_true(hcsref_version_same_line(&a, &b));
  assert_false(hcsref_version_same_line(&a, &c));
  a = version("1.2.10-");
  assert_int_equal(hcsref_version_compare(&a, &b), 0);
  a = version("999999999999999999.0.0");
  assert_int_equal(a.major, 999999999999999999u);
  assert_false(hcsref_version_parse(HCSREF_LIT("1000000000000000000.0.0"), &a));
}

static void what_is_no_version_is_refused(void **state) {
  static const char *const texts[] = {"",       "1",    "1.2",     "1.2.",   "1.2.x", "1.2.3x",
                                      "v1.2.3", "1..3", "1.2.3.4", "-1.2.3", "Main"};
  hcsref_version v;
  (void)state;
  for (size_t i = 0; i < COUNT_OF(texts); i++)
    if (hcsref_version_parse(hcsref_cstr(texts[i]), &v))
      fail_msg("'%s' is no version", texts[i]);
}

static void a_change_holds_line_by_line(void **state) {
  static const struct {
    const char *since, *until, *release;
    bool in_force;
  } rows[] = {
      {"", "", "0.0.1", true},
      {"1.6.32 1.7.16 2.0.0", "", "1.5.18", false},
      {"1.6.32 1.7.16 2.0.0", "", "1.6.31", false},
      {"1.6.32 1.7.16 2.0.0", "", "1.6.32", true},
      {"1.6.32 1.7.16 2.0.0", "", "1.7.0", false},
      {"1.6.32 1.7.16 2.0.0", "", "1.8.0", true},
      {"1.6.32 1.7.16 2.0.0", "", "2.0.0-rc.1", false},
      {"1.6.32 1.7.16 2.0.0", "", "2.1.0", true},
      {"1.6.32 1.7.16 2.0.0", "", "main", true},
      {"1.6.34 1.7.19 2.0.0", "1.6.35", "1.6.34", true},
      {"1.6.34 1.7.19 2.0.0", "1.6.35", "1.6.35", false},
      {"1.6.34 1.7.19 2.0.0", "1.6.35", "1.7.0", false},
      {"1.6.34 1.7.19 2.0.0", "1.6.35", "1.7.19", true},
      {"1.6.34 1.7.19 2.0.0", "1.6.35", "2.3.0", true},
      {"1.6.38 1.7.27 2.0.4", "1.7.32 2.1.8", "1.6.39", true},
      {"1.6.38 1.7.27 2.0.4", "1.7.32 2.1.8", "1.7.31", true},
      {"1.6.38 1.7.27 2.0.4", "1.7.32 2.1.8", "1.7.32", false},
      {"1.6.38 1.7.27 2.0.4", "1.7.32 2.1.8", "2.1.7", true},
      {"1.6.38 1.7.27 2.0.4", "1.7.32 2.1.8", "2.1.8", false},
      {"1.6.38 1.7.27 2.0.4", "1.7.32 2.1.8", "2.2.0", false},
      {"", "0.10.0-rc.8", "0.9.12", true},
      {"", "0.10.0-rc.8", "0.10.0-rc.8", false},
      {"", "0.10.0-rc.8", "0.11.0", false},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_version v = version(rows[i].release);
    if (hcsref_version_in_force(rows[i].since, rows[i].until, &v) != rows[i].in_force)
      fail_msg("since '%s' until '%s': %s", rows[i].since, rows[i].until, rows[i].release);
  }
}

/* Each version of a list, one a line at most. */
static void check_list(const char *list, const char *slug) {
  char text[200], *word;
  hcsref_version before = {0};
  assert_true(strlen(list) < sizeof(text));
  memcpy(text, list, strlen(list) + 1);
  for (word = strtok(text, " "); word != NULL; word = strtok(NULL, " ")) {
    hcsref_version v = version(word);
    if (before.pre.data != NULL && hcsref_version_same_line(&before, &v))
      fail_msg("%s: two releases of one line in '%s'", slug, list);
    if (before.pre.data != NULL && hcsref_version_compare(&before, &v) >= 0)
      fail_msg("%s: '%s' is not in order", slug, list);
    before = v;
  }
}

static void the_table_is_well_formed(void **state) {
  (void)state;
  for (int i = 1; i < HCSREF_CHANGE_COUNT; i++) {
    const hcsref_change_row *row = &hcsref_change_rows[i];
    check_list(row->since, row->slug);
    check_list(row->until, row->slug);
    if (row->since[0] == '\0' && row->until[0] == '\0')
      fail_msg("%s changes nothing", row->slug);
    if (strlen(row->what) < 20 || row->what[strlen(row->what) - 1] != '.' || row->upstream[0] == '\0')
      fail_msg("%s: one sentence, and where it is from", row->slug);
    for (int j = 1; j < i; j++)
      assert_string_not_equal(row->slug, hcsref_change_rows[j].slug);
  }
}

static const hcsref_profile *find(hcsref_arena *arena, hcsref_str name) {
  hcsref_error err = {0};
  const hcsref_profile *found = hcsref_profile_find(arena, name, &err);
  if (found == NULL)
    fail_msg("%.*s: %.*s", (int)name.len, name.data, (int)err.message.len, err.message.data);
  return found;
}

static const hcsref_profile *profile(hcsref_arena *arena, const char *name) {
  return find(arena, hcsref_cstr(name));
}

/* The baseline's column says what the lists say of its commits, but for the sort (docs/fidelity.md). */
static void the_baseline_is_that_of_its_commits(void **state) {
  static const hcsref_program programs[] = {HCSREF_PROGRAM_CONTAINERD, HCSREF_PROGRAM_HCSSHIM, HCSREF_PROGRAM_GO};
  const hcsref_profile *seeds = profile(*state, "containerd-2bc77b8a2+hcsshim-0af576d29+go-1.19.13");
  for (size_t p = 0; p < COUNT_OF(programs); p++) {
    const hcsref_rules *of_lists = hcsref_profile_rules(seeds, programs[p]);
    const hcsref_rules *of_column = hcsref_profile_rules(NULL, programs[p]);
    for (int i = 1; i < HCSREF_CHANGE_COUNT; i++)
      if (i != HCSREF_CHANGE_MOUNTS_STABLE_SORT && of_lists->in_force[i] != of_column->in_force[i])
        fail_msg("%s of %s", hcsref_change_rows[i].slug, hcsref_program_name(programs[p]));
    assert_string_equal(of_lists->oci_version, of_column->oci_version);
  }
  assert_null(hcsref_profile_rules(NULL, HCSREF_PROGRAM_MOBY));
  for (size_t p = 0; p < COUNT_OF(programs); p++)
    assert_memory_equal(hcsref_profile_rules(profile(*state, "baseline"), programs[p]),
                        hcsref_profile_rules(NULL, programs[p]), sizeof(hcsref_rules));
  assert_text(hcsref_profile_release(NULL, HCSREF_PROGRAM_CONTAINERD), "2bc77b8a2");
  assert_text(hcsref_profile_release(NULL, HCSREF_PROGRAM_HCSSHIM), "0af576d29");
  assert_text(hcsref_profile_release(NULL, HCSREF_PROGRAM_MOBY), "");
  assert_text(hcsref_profile_release(NULL, HCSREF_PROGRAM_GO), "1.19.13");
}

/* What others see of the table is the table. */
static void the_public_view_is_the_table(void **state) {
  static const char *const parts[] = {"go", "runtime-spec", "containerd", "hcsshim", "moby"};
  const hcsref_profile *p = profile(*state, "containerd-1.7.34+moby-28.5.2");
  assert_int_equal(hcsref_change_count(), HCSREF_CHANGE_COUNT - 1);
  for (size_t i = 0; i < hcsref_change_count(); i++) {
    const hcsref_change_row *row = &hcsref_change_rows[i + 1];
    hcsref_change_info info = hcsref_change_at(i);
    assert_string_equal(info.slug, row->slug);
    assert_string_equal(info.part, parts[row->part]);
    assert_string_equal(info.since, row->since);
    assert_string_equal(info.what, row->what);
    assert_int_equal(info.level, row->level);
    for (int program = 0; program < HCSREF_PROGRAM_COUNT; program++) {
      const hcsref_rules *rules = hcsref_profile_rules(p, (hcsref_program)program);
      assert_int_equal(hcsref_change_concerns(i, (hcsref_program)program),
                       hcsref_part_concerns(row->part, (hcsref_program)program));
      assert_int_equal(hcsref_rules_have(rules, i), rules->in_force[i + 1]);
    }
  }
}

static void profiles_are_found_by_name(void **state) {
  static const struct {
    const char *name, *full, *containerd, *hcsshim, *moby, *go;
  } rows[] = {
      {"baseline", "baseline", "2bc77b8a2", "0af576d29", "", "1.19.13"},
      {"newest", "containerd-2.3.4+moby-28.5.2", "2.3.4", "0.15.0-rc.3", "28.5.2", "1.26.5"},
      {"containerd-2.1.9", "containerd-2.1.9", "2.1.9", "0.13.0", "", "1.25.11"},
      {"containerd-2.1", "containerd-2.1.9", "2.1.9", "0.13.0", "", "1.25.11"},
      {"containerd-1.7.13", "containerd-1.7.13", "1.7.13", "0.11.4", "", "1.20.13"},
      {"containerd-1.5.18", "containerd-1.5.18", "1.5.18", "", "", "1.19.6"},
      {"containerd-main", "containerd-301026e58", "301026e58", "0.15.0-rc.4", "", "1.26.6"},
      {"containerd-301026e58+go-1.26.10", "containerd-301026e58+go-1.26.10", "301026e58", "0.15.0-rc.4", "", "1.26.10"},
      {"containerd-1.6.39+go-1.24.4", "containerd-1.6.39+go-1.24.4", "1.6.39", "0.9.12", "", "1.24.4"},
      {"containerd-2.2.7+hcsshim-0.12.9", "containerd-2.2.7+hcsshim-0.12.9", "2.2.7", "0.12.9", "", "1.25.12"},
      {"hcsshim-0.13.0", "hcsshim-0.13.0", "", "0.13.0", "", "1.23.0"},
      {"hcsshim-0.10.0-rc.7+go-1.19.8", "hcsshim-0.10.0-rc.7+go-1.19.8", "", "0.10.0-rc.7", "", "1.19.8"},
      {"hcsshim-main", "hcsshim-7c9ff7f48", "", "7c9ff7f48", "", "1.26.3"},
      {"moby-28.5.2", "moby-28.5.2", "", "", "28.5.2", "1.24.9"},
      {"moby-b985e2313", "moby-b985e2313", "", "", "b985e2313", "1.26.7"},
      {"go-1.22.12", "go-1.22.12", "", "", "", "1.22.12"},
      {"go-1.13.0", "go-1.13.0", "", "", "", "1.13.0"},
      {"go-1.26.99", "go-1.26.99", "", "", "", "1.26.99"},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    const hcsref_profile *p = profile(*state, rows[i].name);
    assert_text(hcsref_profile_name(p), rows[i].full);
    assert_text(hcsref_profile_release(p, HCSREF_PROGRAM_CONTAINERD), rows[i].containerd);
    assert_text(hcsref_profile_release(p, HCSREF_PROGRAM_HCSSHIM), rows[i].hcsshim);
    assert_text(hcsref_profile_release(p, HCSREF_PROGRAM_MOBY), rows[i].moby);
    assert_text(hcsref_profile_release(p, HCSREF_PROGRAM_GO), rows[i].go);
  }
}

static void unknown_profiles_are_refused(void **state) {
  static const char *const names[] = {"",
                                      "base",
                                      "containerd",
                                      "containerd-",
                                      "containerd-9.9.9",
                                      "containerd-2",
                                      "kubernetes-2.1.9",
                                      "containerd-2.1.9+",
                                      "containerd-2.1.9++go-1.22.12",
                                      "+go-1.22.12",
                                      "go-2.0.0",
                                      "go-1.12.17",
                                      "go-1.27.0",
                                      "go-main",
                                      "docker-28.5.2",
                                      "hcsshim-0.8.25",
                                      "moby-19.03.0",
                                      "Baseline"};
  for (size_t i = 0; i < COUNT_OF(names); i++) {
    hcsref_error err = {0};
    if (hcsref_profile_find(*state, hcsref_cstr(names[i]), &err) != NULL)
      fail_msg("'%s' is no profile", names[i]);
    assert_string_equal(err.code, "profile-unknown");
  }
  hcsref_error err = {0};
  assert_null(hcsref_profile_find(*state, HCSREF_LIT("base"), &err));
  assert_text(err.message, "unknown profile \"base\"");
}

static void every_release_can_be_named(void **state) {
  for (int program = 0; program < HCSREF_PROGRAM_COUNT; program++) {
    size_t count;
    const hcsref_release *releases = hcsref_releases((hcsref_program)program, &count);
    for (size_t i = 0; i < count; i++) {
      hcsref_str name;
      assert_true(
          hcsref_format(*state, &name, "%s-%s", hcsref_program_name((hcsref_program)program), releases[i].name));
      assert_same(hcsref_profile_release(find(*state, name), (hcsref_program)program), hcsref_cstr(releases[i].name));
    }
  }
}

static void the_go_of_a_program_is_its_own(void **state) {
  const hcsref_profile *p = profile(*state, "containerd-1.7.34+moby-20.10.27");
  assert_true(hcsref_has(hcsref_profile_rules(p, HCSREF_PROGRAM_HCSSHIM), HCSREF_CHANGE_GO_SHORT_ESCAPES));
  assert_false(hcsref_has(hcsref_profile_rules(p, HCSREF_PROGRAM_MOBY), HCSREF_CHANGE_GO_SHORT_ESCAPES));
  assert_true(hcsref_has(hcsref_profile_rules(p, HCSREF_PROGRAM_CONTAINERD), HCSREF_CHANGE_DEVICES));
  assert_false(hcsref_has(hcsref_profile_rules(p, HCSREF_PROGRAM_HCSSHIM), HCSREF_CHANGE_DEVICES));
  p = profile(*state, "containerd-2.1.9+hcsshim-0.12.9"); /* a shim is built with what built containerd */
  assert_true(hcsref_has(hcsref_profile_rules(p, HCSREF_PROGRAM_HCSSHIM), HCSREF_CHANGE_GO_SORT_MIXING));
  p = profile(*state, "hcsshim-0.12.9");
  assert_false(hcsref_has(hcsref_profile_rules(p, HCSREF_PROGRAM_HCSSHIM), HCSREF_CHANGE_GO_SORT_MIXING));
  p = profile(*state, "containerd-1.7.34+moby-20.10.27+go-1.22.0");
  assert_true(hcsref_has(hcsref_profile_rules(p, HCSREF_PROGRAM_MOBY), HCSREF_CHANGE_GO_SHORT_ESCAPES));
}

static void ranges_hold_for_the_program_that_performs(void **state) {
  static const struct {
    const char *profile;
    hcsref_program program;
    const char *range;
    bool in_range;
  } rows[] = {
      {"baseline", HCSREF_PROGRAM_HCSSHIM, "baseline", true},
      {"baseline", HCSREF_PROGRAM_HCSSHIM, "hcsshim >=0.9.0", false},
      {"hcsshim-0.12.9", HCSREF_PROGRAM_HCSSHIM, "baseline", false},
      {"hcsshim-0.12.9", HCSREF_PROGRAM_HCSSHIM, "hcsshim >=0.12.0-rc.2 <0.13.0-rc.1", true},
      {"hcsshim-0.13.0-rc.1", HCSREF_PROGRAM_HCSSHIM, "hcsshim >=0.12.0-rc.2 <0.13.0-rc.1", false},
      {"hcsshim-0.12.0-rc.2", HCSREF_PROGRAM_HCSSHIM, "hcsshim >=0.12.0-rc.2", true},
      {"hcsshim-0.12.0-rc.1", HCSREF_PROGRAM_HCSSHIM, "hcsshim >=0.12.0-rc.2", false},
      {"hcsshim-0.12.9+go-1.22.12", HCSREF_PROGRAM_HCSSHIM, "hcsshim >=0.11.3 go >=1.22.0", true},
      {"hcsshim-0.12.9+go-1.19.8", HCSREF_PROGRAM_HCSSHIM, "hcsshim >=0.11.3 go >=1.22.0", false},
      {"hcsshim-0.12.9", HCSREF_PROGRAM_HCSSHIM, "runtime-spec >=1.2.0", true},
      {"hcsshim-0.11.7", HCSREF_PROGRAM_HCSSHIM, "runtime-spec >=1.1.0-rc.1", false},
      {"hcsshim-main", HCSREF_PROGRAM_HCSSHIM, "hcsshim >=0.15.0-rc.4", true},
      {"hcsshim-main", HCSREF_PROGRAM_HCSSHIM, "hcsshim <9.9.9", false},
      {"hcsshim-0af576d29", HCSREF_PROGRAM_HCSSHIM, "hcsshim >=0.9.0", false},
      {"hcsshim-0af576d29", HCSREF_PROGRAM_HCSSHIM, "hcsshim <9.9.9", false},
      {"hcsshim-0af576d29", HCSREF_PROGRAM_HCSSHIM, "hcsshim =0af576d29", true},
      {"containerd-2.1.9", HCSREF_PROGRAM_HCSSHIM, "hcsshim =0.13.0", true},
      {"containerd-2.1.9", HCSREF_PROGRAM_HCSSHIM, "containerd =2.1.9", false},
      {"containerd-2.1.9", HCSREF_PROGRAM_CONTAINERD, "containerd =2.1.9", true},
      {"containerd-2.1.9", HCSREF_PROGRAM_MOBY, "moby >=0.0.0", false},
      {"containerd-2.1.9", HCSREF_PROGRAM_CONTAINERD, "containerd =2.01.9", true},
      {"containerd-2.1.9", HCSREF_PROGRAM_CONTAINERD, "containerd =2.1.8", false},
      {"moby-28.5.2", HCSREF_PROGRAM_MOBY, "moby >=23.0.0", true},
      {"hcsshim-0.12.9", HCSREF_PROGRAM_HCSSHIM, "go >=1.20.0 moby >=1.0.0", false},
      {"go-1.22.12", HCSREF_PROGRAM_GO, "go >=1.22.0 <1.23.0", true},
      {"go-1.22.12", HCSREF_PROGRAM_GO, "runtime-spec >=0.0.1", false},
      {"hcsshim-0.12.9", HCSREF_PROGRAM_HCSSHIM, "hcsshim", false},
      {"hcsshim-0.12.9", HCSREF_PROGRAM_HCSSHIM, "", false},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++)
    if (hcsref_profile_in_range(profile(*state, rows[i].profile), rows[i].program, hcsref_cstr(rows[i].range)) !=
        rows[i].in_range)
      fail_msg("%s: '%s'", rows[i].profile, rows[i].range);
  assert_true(hcsref_profile_in_range(NULL, HCSREF_PROGRAM_GO, HCSREF_LIT("baseline")));
  assert_false(hcsref_profile_in_range(NULL, HCSREF_PROGRAM_GO, HCSREF_LIT("go >=1.19.0")));
}

static void what_is_no_range_is_explained(void **state) {
  static const struct {
    const char *range, *message; /* null: it is one */
  } rows[] = {
      {"baseline", NULL},
      {"hcsshim >=0.12.0-rc.2 <0.13.0-rc.1 go >=1.22.0", NULL},
      {"containerd =2bc77b8a2", NULL},
      {"containerd =7", NULL},
      {"", "range \"\": a part needs a comparison"},
      {"x", "range \"x\": it should begin with containerd, hcsshim, moby, go or runtime-spec, not \"x\""},
      {"containerd =", "range \"containerd =\": a version should be like 1.2.3 or 1.2.3-rc.4, not \"=\""},
      {"hcsshim", "range \"hcsshim\": a part needs a comparison"},
      {"hcsshim go >=1.2.3", "range \"hcsshim go >=1.2.3\": a part needs a comparison, not \"go\""},
      {">=1.2.3", "range \">=1.2.3\": a part comes first, not \">=1.2.3\""},
      {"hcsshim >0.12.0",
       "range \"hcsshim >0.12.0\": a comparison should be >=, < or = and a version, not \">0.12.0\""},
      {"shim >=0.12.0", "range \"shim >=0.12.0\": it should begin with containerd, hcsshim, moby, go or runtime-spec, "
                        "not \"shim\""},
      {"hcsshim >=0.12", "range \"hcsshim >=0.12\": a version should be like 1.2.3 or 1.2.3-rc.4, not \">=0.12\""},
      {"hcsshim <0af576d29",
       "range \"hcsshim <0af576d29\": a version should be like 1.2.3 or 1.2.3-rc.4, not \"<0af576d29\""},
      {"hcsshim  >=0.12.0", "range \"hcsshim  >=0.12.0\": a comparison should be >=, < or = and a version"},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_error err = {0};
    assert_int_equal(hcsref_range_check(*state, hcsref_cstr(rows[i].range), &err), rows[i].message == NULL);
    if (rows[i].message != NULL) {
      assert_string_equal(err.code, "range-form");
      assert_text(err.message, rows[i].message);
    }
  }
}

static void the_performer_is_the_first_that_is_there(void **state) {
  const unsigned both = 1u << HCSREF_PROGRAM_CONTAINERD | 1u << HCSREF_PROGRAM_HCSSHIM;
  assert_int_equal(hcsref_profile_performer(profile(*state, "containerd-2.1.9"), both), HCSREF_PROGRAM_CONTAINERD);
  assert_int_equal(hcsref_profile_performer(profile(*state, "hcsshim-0.13.0"), both), HCSREF_PROGRAM_HCSSHIM);
  assert_int_equal(hcsref_profile_performer(profile(*state, "go-1.22.12"), both), HCSREF_PROGRAM_COUNT);
  assert_int_equal(hcsref_profile_performer(NULL, both), HCSREF_PROGRAM_CONTAINERD);
}

/* The i of the row, counted as the public functions do. */
static size_t row_of(hcsref_change change) {
  return (size_t)change - 1;
}

static void one_change_can_be_turned_round(void **state) {
  const hcsref_profile *p = profile(*state, "containerd-2.1.9+moby-28.5.2");
  for (int c = 1; c < HCSREF_CHANGE_COUNT; c++) {
    const hcsref_profile *turned = hcsref_profile_turn(*state, p, row_of((hcsref_change)c), NULL);
    assert_same(hcsref_profile_name(turned), hcsref_profile_name(p));
    for (int program = 0; program < HCSREF_PROGRAM_COUNT; program++) {
      const hcsref_rules *before = hcsref_profile_rules(p, (hcsref_program)program);
      const hcsref_rules *after = hcsref_profile_rules(turned, (hcsref_program)program);
      assert_int_equal(before == NULL, after == NULL);
      for (int i = 1; before != NULL && i < HCSREF_CHANGE_COUNT; i++)
        assert_int_equal(before->in_force[i] != after->in_force[i],
                         i == c && hcsref_change_concerns(row_of((hcsref_change)c), (hcsref_program)program));
    }
  }
  p = hcsref_profile_turn(*state, NULL, row_of(HCSREF_CHANGE_DUMP_COUNT), NULL);
  assert_text(hcsref_profile_name(p), "baseline");
  assert_true(hcsref_has(HCSREF_BASELINE, HCSREF_CHANGE_DUMP_COUNT));
  assert_false(hcsref_has(hcsref_profile_rules(p, HCSREF_PROGRAM_HCSSHIM), HCSREF_CHANGE_DUMP_COUNT));
}

static void a_turned_profile_without_memory_says_so(void **state) {
  counting_allocator allocator;
  hcsref_error err = {0};
  hcsref_arena arena;
  (void)state;
  counting_arena(&arena, &allocator, 0);
  assert_null(hcsref_profile_turn(&arena, NULL, 0, &err));
  assert_string_equal(err.code, "out-of-memory");
  hcsref_arena_free(&arena);
}

static void a_profile_without_memory_says_so(void **state) {
  counting_allocator allocator;
  hcsref_error err = {0};
  const hcsref_profile *found = NULL;
  (void)state;
  for (size_t refuse_at = 0; found == NULL; refuse_at++) {
    hcsref_arena arena;
    counting_arena(&arena, &allocator, refuse_at);
    found = hcsref_profile_find(&arena, HCSREF_LIT("containerd-2.1.9+go-1.22.12"), &err);
    if (found == NULL)
      assert_string_equal(err.code, "out-of-memory");
    hcsref_arena_free(&arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(versions_are_in_order),
      cmocka_unit_test(versions_are_compared_by_value),
      cmocka_unit_test(what_is_no_version_is_refused),
      cmocka_unit_test(a_change_holds_line_by_line),
      cmocka_unit_test(the_table_is_well_formed),
      cmocka_unit_test_setup_teardown(the_baseline_is_that_of_its_commits, arena_setup, arena_teardown),
      arena_test(the_public_view_is_the_table),
      cmocka_unit_test_setup_teardown(profiles_are_found_by_name, arena_setup, arena_teardown),
      cmocka_unit_test_setup_teardown(unknown_profiles_are_refused, arena_setup, arena_teardown),
      cmocka_unit_test_setup_teardown(every_release_can_be_named, arena_setup, arena_teardown),
      cmocka_unit_test_setup_teardown(the_go_of_a_program_is_its_own, arena_setup, arena_teardown),
      arena_test(ranges_hold_for_the_program_that_performs),
      arena_test(what_is_no_range_is_explained),
      arena_test(the_performer_is_the_first_that_is_there),
      arena_test(one_change_can_be_turned_round),
      cmocka_unit_test(a_turned_profile_without_memory_says_so),
      cmocka_unit_test(a_profile_without_memory_says_so),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
