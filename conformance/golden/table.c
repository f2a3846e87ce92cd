/* SPDX-License-Identifier: Apache-2.0 */
#include "golden/table.h"

#include <string.h>

#define MOST_GO   64u      /* bits of a set of them */
#define OLDEST_GO "1.13.0" /* of the table of releases */

/* What one release answers alike with: a bit for each Go. */
typedef struct row {
  const char *name, *counts_as;
  golden_build build;
  uint64_t alike;
} row;

struct golden_table {
  hcsref_arena *arena;
  /* The versions of Go with which something changes, oldest first, each up to the next. */
  hcsref_str go[MOST_GO], go_rules[MOST_GO];
  size_t go_count;
  row *rows[HCSREF_PROGRAM_COUNT];
  size_t row_count[HCSREF_PROGRAM_COUNT];
};

/* ---- what the table says ---------------------------------------------------------------------------------------- */

static const char *runtime_spec_of(const hcsref_profile *profile, hcsref_program program) {
  hcsref_str name = hcsref_profile_release(profile, program);
  size_t count;
  const hcsref_release *releases = hcsref_releases(program, &count);
  for (size_t i = 0; i < count; i++)
    if (hcsref_str_equal(name, hcsref_cstr(releases[i].name)))
      return releases[i].runtime_spec;
  return "";
}

/* A '1' for each change in force: those of Go, or the others and the runtime-spec, whose version is in documents. */
static bool write_rules(hcsref_arena *arena, const hcsref_profile *profile, hcsref_program program, bool of_go,
                        hcsref_str *out) {
  const hcsref_rules *rules = hcsref_profile_rules(profile, program);
  hcsref_buf buf = {.arena = arena};
  for (size_t i = 0; rules != NULL && i < hcsref_change_count(); i++)
    if (hcsref_change_concerns(i, program) && (strcmp(hcsref_change_at(i).part, "go") == 0) == of_go)
      hcsref_buf_append_char(&buf, hcsref_rules_have(rules, i) ? '1' : '0');
  if (!of_go)
    hcsref_buf_append(&buf, hcsref_cstr(runtime_spec_of(profile, program)));
  *out = hcsref_buf_str(&buf);
  return !buf.failed;
}

bool golden_table_look(golden_table *table, const hcsref_profile *profile, hcsref_program program, golden_build *out) {
  out->profile = profile;
  out->program = program;
  return write_rules(table->arena, profile, program, false, &out->release) &&
         write_rules(table->arena, profile, program, true, &out->go);
}

bool golden_builds_equal(const golden_build *a, const golden_build *b) {
  return a->program == b->program && hcsref_str_equal(a->release, b->release) && hcsref_str_equal(a->go, b->go);
}

/* ---- versions of Go ---------------------------------------------------------------------------------------------- */

/* Null in `*out`: the library does not know that Go. False: out of memory. */
static bool find_go(hcsref_arena *arena, hcsref_str version, const hcsref_profile **out) {
  hcsref_error err = {0};
  hcsref_str name;
  if (!hcsref_format(arena, &name, "go-%v", version))
    return false;
  *out = hcsref_profile_find(arena, name, &err);
  return *out != NULL || strcmp(err.code, "out-of-memory") != 0;
}

/* Puts a version into its place, once. False: out of memory. */
static bool add_go(golden_table *table, hcsref_str version) {
  const hcsref_profile *profile;
  size_t at = 0;
  if (!find_go(table->arena, version, &profile))
    return false;
  if (profile == NULL || table->go_count == MOST_GO)
    return true;
  for (; at < table->go_count; at++) {
    hcsref_str range;
    if (hcsref_str_equal(table->go[at], version))
      return true;
    if (!hcsref_format(table->arena, &range, "go <%v", table->go[at]))
      return false;
    if (hcsref_profile_in_range(profile, HCSREF_PROGRAM_GO, range))
      break;
  }
  memmove(&table->go[at + 1], &table->go[at], (table->go_count - at) * sizeof(table->go[0]));
  table->go[at] = version;
  table->go_count++;
  return true;
}

static bool add_versions(golden_table *table, const char *list) {
  for (size_t length; *list != '\0'; list += length + (list[length] == ' ')) {
    length = strcspn(list, " ");
    if (!add_go(table, hcsref_str_from(list, length)))
      return false;
  }
  return true;
}

static bool find_all_go(golden_table *table) {
  if (!add_go(table, HCSREF_LIT(OLDEST_GO)))
    return false;
  for (size_t i = 0; i < hcsref_change_count(); i++) {
    hcsref_change_info info = hcsref_change_at(i);
    if (strcmp(info.part, "go") == 0 && (!add_versions(table, info.since) || !add_versions(table, info.until)))
      return false;
  }
  for (size_t i = 0; i < table->go_count; i++) {
    const hcsref_profile *profile;
    if (!find_go(table->arena, table->go[i], &profile) ||
        !write_rules(table->arena, profile, HCSREF_PROGRAM_GO, true, &table->go_rules[i]))
      return false;
  }
  return true;
}

/* ---- releases ---------------------------------------------------------------------------------------------------- */

static bool find_rows(golden_table *table, hcsref_program program) {
  size_t count;
  const hcsref_release *releases = hcsref_releases(program, &count);
  row *rows = hcsref_arena_array(table->arena, count, sizeof(*rows));
  table->rows[program] = rows;
  table->row_count[program] = count;
  for (size_t i = 0; rows != NULL && i < count; i++) {
    const hcsref_profile *profile;
    hcsref_str name;
    rows[i].name = releases[i].name;
    rows[i].counts_as = releases[i].counts_as;
    if (!hcsref_format(table->arena, &name, "%s-%s", hcsref_program_name(program), releases[i].name))
      return false;
    profile = hcsref_profile_find(table->arena, name, NULL);
    if (profile == NULL || !golden_table_look(table, profile, program, &rows[i].build))
      return false;
  }
  return rows != NULL || count == 0;
}

golden_table *golden_table_new(hcsref_arena *arena) {
  golden_table *table = hcsref_arena_alloc(arena, sizeof(*table));
  if (table == NULL)
    return NULL;
  table->arena = arena;
  for (int i = 0; i < HCSREF_PROGRAM_GO; i++)
    if (!find_rows(table, (hcsref_program)i))
      return NULL;
  return find_all_go(table) ? table : NULL;
}

/* ---- ranges ------------------------------------------------------------------------------------------------------ */

static bool add_range(golden_table *table, hcsref_slice *out, hcsref_str text) {
  hcsref_str *range = hcsref_slice_push(table->arena, out, sizeof(*range));
  if (range != NULL)
    *range = text;
  return range != NULL;
}

/* Which versions of Go leave a release with the answer of one of the builds. */
static uint64_t find_alike(const golden_table *table, hcsref_program program, const hcsref_str *release,
                           const golden_build *builds, size_t count) {
  uint64_t alike = 0;
  for (size_t g = 0; g < table->go_count; g++)
    for (size_t i = 0; i < count; i++)
      if (builds[i].program == program && (release == NULL || hcsref_str_equal(builds[i].release, *release)) &&
          hcsref_str_equal(builds[i].go, table->go_rules[g]))
        alike |= (uint64_t)1 << g;
  return alike;
}

/* `releases` with each run of versions of Go in `alike`, or without any when all of them are in it. */
static bool add_with_go(golden_table *table, hcsref_slice *out, hcsref_str releases, uint64_t alike) {
  const char *space = releases.len == 0 ? "" : " ";
  for (size_t from = 0, to; from < table->go_count; from = to + 1) {
    hcsref_str range, end = {0};
    for (to = from; to < table->go_count && (alike >> to & 1) != 0; to++)
      continue;
    if (to == from)
      continue;
    if (to < table->go_count && !hcsref_format(table->arena, &end, " <%v", table->go[to]))
      return false;
    if (from == 0 && to == table->go_count && releases.len > 0)
      range = releases;
    else if (!hcsref_format(table->arena, &range, "%v%sgo >=%v%v", releases, space, table->go[from], end))
      return false;
    if (!add_range(table, out, range))
      return false;
  }
  return true;
}

static bool is_numbered(const row *r) {
  return strcmp(r->name, r->counts_as) == 0;
}

static bool add_single(golden_table *table, hcsref_program program, const row *r, hcsref_slice *out) {
  hcsref_str text;
  return hcsref_format(table->arena, &text, "%s =%s", hcsref_program_name(program), r->name) &&
         add_with_go(table, out, text, r->alike);
}

/* The release after row `at`, commits left out: a numbered one, or main; null behind all. */
static const row *next_release(const golden_table *table, hcsref_program program, size_t at) {
  const row *rows = table->rows[program];
  for (at++; at < table->row_count[program]; at++)
    if (is_numbered(&rows[at]) || strcmp(rows[at].counts_as, "main") == 0)
      return &rows[at];
  return NULL;
}

/* The run of numbered releases from `*from` on, which all answer alike with the same Go; `*from` becomes its last. What
 * comes after the newest release is only claimed when main answers alike too. */
static bool add_run(golden_table *table, hcsref_program program, size_t *from, hcsref_slice *out) {
  const row *first = &table->rows[program][*from], *next;
  const char *name = hcsref_program_name(program);
  const uint64_t alike = first->alike;
  hcsref_str text;
  for (next = next_release(table, program, *from); next != NULL && next->alike == alike && is_numbered(next);
       next = next_release(table, program, *from))
    *from = (size_t)(next - table->rows[program]);
  if (next != NULL && is_numbered(next))
    return hcsref_format(table->arena, &text, "%s >=%s <%s", name, first->name, next->name) &&
           add_with_go(table, out, text, alike);
  if (next != NULL && next->alike == alike) {
    *from = (size_t)(next - table->rows[program]);
    table->rows[program][*from].alike = 0; /* main is told */
    return hcsref_format(table->arena, &text, "%s >=%s", name, first->name) && add_with_go(table, out, text, alike);
  }
  for (; first <= &table->rows[program][*from]; first++)
    if (is_numbered(first) && !add_single(table, program, first, out))
      return false;
  return true;
}

/* The ranges of the rows that are alike. */
static bool add_rows(golden_table *table, hcsref_program program, hcsref_slice *out) {
  row *rows = table->rows[program];
  for (size_t i = 0; i < table->row_count[program]; i++)
    if (rows[i].alike != 0 && is_numbered(&rows[i]) && !add_run(table, program, &i, out))
      return false;
  /* Commits are only equal to themselves. */
  for (size_t i = 0; i < table->row_count[program]; i++)
    if (rows[i].alike != 0 && !is_numbered(&rows[i]) && !add_single(table, program, &rows[i], out))
      return false;
  return true;
}

static bool add_program(golden_table *table, hcsref_program program, const golden_build *builds, size_t count,
                        hcsref_slice *out) {
  row *rows = table->rows[program];
  for (size_t i = 0; i < table->row_count[program]; i++)
    rows[i].alike = find_alike(table, program, &rows[i].build.release, builds, count);
  return add_rows(table, program, out);
}

static bool add_baseline(golden_table *table, const golden_build *builds, size_t count, hcsref_slice *out) {
  const hcsref_profile *baseline = hcsref_profile_find(table->arena, HCSREF_LIT("baseline"), NULL);
  if (baseline == NULL)
    return false;
  for (size_t i = 0; i < count; i++) {
    golden_build build;
    if (hcsref_profile_rules(baseline, builds[i].program) == NULL)
      continue;
    if (!golden_table_look(table, baseline, builds[i].program, &build))
      return false;
    if (golden_builds_equal(&build, &builds[i]))
      return add_range(table, out, HCSREF_LIT("baseline"));
  }
  return true;
}

bool golden_table_ranges(golden_table *table, const golden_build *builds, size_t count, hcsref_slice *out) {
  if (!add_baseline(table, builds, count, out) ||
      !add_with_go(table, out, HCSREF_LIT(""), find_alike(table, HCSREF_PROGRAM_GO, NULL, builds, count)))
    return false;
  for (int i = 0; i < HCSREF_PROGRAM_GO; i++)
    if (!add_program(table, (hcsref_program)i, builds, count, out))
      return false;
  return true;
}

/* ---- cells ------------------------------------------------------------------------------------------------------- */

size_t golden_table_release_count(const golden_table *table, hcsref_program program) {
  return program == HCSREF_PROGRAM_GO ? 1 : table->row_count[program];
}

size_t golden_table_go_count(const golden_table *table) {
  return table->go_count;
}

const hcsref_profile *golden_table_cell(golden_table *table, hcsref_program program, size_t i, size_t g) {
  hcsref_str name;
  bool ok = program == HCSREF_PROGRAM_GO
                ? hcsref_format(table->arena, &name, "go-%v", table->go[g])
                : hcsref_format(table->arena, &name, "%s-%s+go-%v", hcsref_program_name(program),
                                table->rows[program][i].name, table->go[g]);
  return ok ? hcsref_profile_find(table->arena, name, NULL) : NULL;
}

bool golden_table_cell_ranges(golden_table *table, hcsref_program program, const uint64_t *sets, hcsref_slice *out) {
  if (program == HCSREF_PROGRAM_GO)
    return add_with_go(table, out, HCSREF_LIT(""), sets[0]);
  for (size_t i = 0; i < table->row_count[program]; i++)
    table->rows[program][i].alike = sets[i];
  return add_rows(table, program, out);
}

void golden_append_range(hcsref_buf *buf, hcsref_str range) {
  hcsref_buf_append_char(buf, '"');
  hcsref_buf_append(buf, range);
  hcsref_buf_append_char(buf, '"');
}
