/* SPDX-License-Identifier: Apache-2.0 */
/* Profiles by name. Source of the grammar: design, "Releases". */
#include "release/members.h"
#include "release/version.h"

#include <string.h>

/* What stands for the newest lines that are recorded. */
#define NEWEST "containerd-2.3.4+moby-28.5.2"
/* The Go that the library knows: what comes later writes JSON with another engine. */
#define OLDEST_GO "1.13.0"
#define BEYOND_GO "1.27.0"

static const char *const names[HCSREF_PROGRAM_COUNT] = {"containerd", "hcsshim", "moby", "go"};

const char *hcsref_program_name(hcsref_program program) {
  return names[program];
}

/* ---- releases -------------------------------------------------------------------------------------------------- */

/* "2.1" of "2.1.9": with the dot that follows. */
static bool is_of_line(const hcsref_release *release, hcsref_str line) {
  hcsref_str name = hcsref_cstr(release->counts_as);
  return name.len > line.len && name.data[line.len] == '.' && hcsref_str_has_prefix(name, line);
}

/* The release of that name; else the newest whose line it is, or that counts as "main". */
static const hcsref_release *find_release(hcsref_program program, hcsref_str version) {
  const hcsref_release *newest = NULL;
  size_t count;
  const hcsref_release *releases = hcsref_releases(program, &count);
  bool line = version.len > 0 && memchr(version.data, '.', version.len) != NULL;
  for (size_t i = 0; i < count; i++) {
    if (hcsref_str_equal(version, hcsref_cstr(releases[i].name)))
      return &releases[i];
    if (hcsref_str_equal(version, hcsref_cstr(releases[i].counts_as)) || (line && is_of_line(&releases[i], version)))
      newest = &releases[i];
  }
  return newest;
}

static bool is_known_go(hcsref_str text) {
  hcsref_version v, least, beyond;
  return hcsref_version_parse(text, &v) && hcsref_version_parse(HCSREF_LIT(OLDEST_GO), &least) &&
         hcsref_version_parse(HCSREF_LIT(BEYOND_GO), &beyond) && hcsref_version_compare(&v, &least) >= 0 &&
         hcsref_version_compare(&v, &beyond) < 0;
}

/* ---- rules ----------------------------------------------------------------------------------------------------- */

/* The commit pseudo-versions of runtime-spec are all builds of 1.0.2-dev. */
static const char *oci_version(const char *runtime_spec) {
  return strncmp(runtime_spec, "1.0.3-0.", 8) == 0 ? "1.0.2-dev" : runtime_spec;
}

/* The version of the part that a program's rules go by. False: the program has no such part. */
static bool version_of_part(hcsref_part part, hcsref_program program, const hcsref_member *m, hcsref_version *out) {
  if (!hcsref_part_concerns(part, program))
    return false;
  if (part == HCSREF_PART_GO)
    return hcsref_version_parse(m->go, out);
  if (m->release == NULL)
    return false;
  return hcsref_version_parse(
      hcsref_cstr(part == HCSREF_PART_RUNTIME_SPEC ? m->release->runtime_spec : m->release->counts_as), out);
}

static void fill_rules(hcsref_program program, hcsref_member *m) {
  hcsref_version versions[HCSREF_PART_COUNT];
  bool known[HCSREF_PART_COUNT];
  for (int i = 0; i < HCSREF_PART_COUNT; i++)
    known[i] = version_of_part((hcsref_part)i, program, m, &versions[i]);
  m->rules.oci_version = m->release == NULL ? "" : oci_version(m->release->runtime_spec);
  for (int i = 1; i < HCSREF_CHANGE_COUNT; i++) {
    const hcsref_change_row *row = &hcsref_change_rows[i];
    m->rules.in_force[i] = known[row->part] && hcsref_version_in_force(row->since, row->until, &versions[row->part]);
  }
}

/* ---- names ----------------------------------------------------------------------------------------------------- */

static void put_release(hcsref_profile *profile, hcsref_program program, const hcsref_release *release, hcsref_str go) {
  hcsref_member *m = &profile->members[program];
  m->present = true;
  m->release = release;
  m->go = go;
}

/* Every program of it is built with that Go, and so is what joins later. */
static void put_go(hcsref_profile *profile, hcsref_str go) {
  for (int i = 0; i < HCSREF_PROGRAM_COUNT; i++)
    profile->members[i].go = go;
  profile->members[HCSREF_PROGRAM_GO].present = true;
}

static void put_program(hcsref_profile *profile, hcsref_program program, const hcsref_release *release) {
  hcsref_member *go = &profile->members[HCSREF_PROGRAM_GO];
  hcsref_str built_with = hcsref_cstr(release->go);
  if (!go->present) {
    go->present = true;
    go->go = built_with;
  } else if (program == HCSREF_PROGRAM_HCSSHIM) {
    built_with = go->go;
  }
  put_release(profile, program, release, built_with);
  if (release->shim[0] != '\0')
    put_release(profile, HCSREF_PROGRAM_HCSSHIM, find_release(HCSREF_PROGRAM_HCSSHIM, hcsref_cstr(release->shim)),
                built_with);
  if (profile->members[HCSREF_PROGRAM_HCSSHIM].release == NULL)
    profile->members[HCSREF_PROGRAM_HCSSHIM].present = false;
}

/* Which program "containerd-…" names; the rest is its version. */
static bool split_name(hcsref_str text, hcsref_program *program, hcsref_str *version) {
  for (int i = 0; i < HCSREF_PROGRAM_COUNT; i++) {
    hcsref_str name = hcsref_cstr(names[i]);
    if (hcsref_str_has_prefix(text, name) && text.len > name.len + 1 && text.data[name.len] == '-') {
      *program = (hcsref_program)i;
      *version = hcsref_str_skip(text, name.len + 1);
      return true;
    }
  }
  return false;
}

/* Adds one part of a name. False: it is not known. */
static bool add_part(hcsref_profile *profile, hcsref_str text, hcsref_buf *full) {
  hcsref_program program;
  hcsref_str version;
  const hcsref_release *release = NULL;
  if (!split_name(text, &program, &version))
    return false;
  if (program != HCSREF_PROGRAM_GO)
    release = find_release(program, version);
  if (release == NULL && (program != HCSREF_PROGRAM_GO || !is_known_go(version)))
    return false;
  if (full->len > 0)
    hcsref_buf_append_char(full, '+');
  hcsref_buf_append(full, hcsref_cstr(names[program]));
  hcsref_buf_append_char(full, '-');
  hcsref_buf_append(full, release == NULL ? version : hcsref_cstr(release->name));
  if (release == NULL)
    put_go(profile, version);
  else
    put_program(profile, program, release);
  return true;
}

/* Adds the parts between "+". False: one is not known, or empty. */
static bool add_parts(hcsref_profile *profile, hcsref_str name, hcsref_buf *full) {
  for (size_t begin = 0, i = 0; i <= name.len; i++) {
    if (i < name.len && name.data[i] != '+')
      continue;
    if (!add_part(profile, hcsref_str_from(name.data + begin, i - begin), full))
      return false;
    begin = i + 1;
  }
  return true;
}

static void make_baseline(hcsref_profile *profile) {
  put_release(profile, HCSREF_PROGRAM_CONTAINERD, find_release(HCSREF_PROGRAM_CONTAINERD, HCSREF_LIT("2bc77b8a2")),
              HCSREF_LIT("1.19.13"));
  put_release(profile, HCSREF_PROGRAM_HCSSHIM, find_release(HCSREF_PROGRAM_HCSSHIM, HCSREF_LIT("0af576d29")),
              HCSREF_LIT("1.19.13"));
  put_release(profile, HCSREF_PROGRAM_GO, NULL, HCSREF_LIT("1.19.13"));
  for (int i = 0; i < HCSREF_PROGRAM_COUNT; i++)
    profile->members[i].rules = hcsref_baseline[i];
  profile->name = HCSREF_LIT("baseline");
}

static const hcsref_profile *no_memory(hcsref_error *err) {
  hcsref_fail_memory(err);
  return NULL;
}

/* The profile keeps pieces of its name, so it has a copy. */
const hcsref_profile *hcsref_profile_find(hcsref_arena *arena, hcsref_str name, hcsref_error *err) {
  hcsref_profile *profile = hcsref_arena_alloc(arena, sizeof(*profile));
  hcsref_buf full = {.arena = arena};
  bool newest = hcsref_str_equal(name, HCSREF_LIT("newest"));
  hcsref_str owned;
  if (profile == NULL || !hcsref_str_copy(arena, newest ? HCSREF_LIT(NEWEST) : name, &owned))
    return no_memory(err);
  if (hcsref_str_equal(name, HCSREF_LIT("baseline"))) {
    make_baseline(profile);
    return profile;
  }
  if (!add_parts(profile, owned, &full)) {
    hcsref_fail(arena, err, "profile-unknown", HCSREF_LIT(""), "unknown profile %q", name);
    return NULL;
  }
  for (int i = 0; i < HCSREF_PROGRAM_COUNT; i++)
    if (profile->members[i].present)
      fill_rules((hcsref_program)i, &profile->members[i]);
  profile->name = hcsref_buf_str(&full);
  return full.failed ? no_memory(err) : profile;
}

const hcsref_profile *hcsref_profile_turn(hcsref_arena *arena, const hcsref_profile *profile, size_t i,
                                          hcsref_error *err) {
  hcsref_profile *turned = hcsref_arena_alloc(arena, sizeof(*turned));
  if (turned == NULL)
    return no_memory(err);
  if (profile == NULL)
    make_baseline(turned);
  else
    *turned = *profile;
  for (int p = 0; p < HCSREF_PROGRAM_COUNT; p++)
    if (turned->members[p].present && hcsref_change_concerns(i, (hcsref_program)p))
      turned->members[p].rules.in_force[i + 1] = !turned->members[p].rules.in_force[i + 1];
  return turned;
}

/* ---- questions -------------------------------------------------------------------------------------------------- */

hcsref_str hcsref_profile_name(const hcsref_profile *profile) {
  return profile == NULL ? HCSREF_LIT("baseline") : profile->name;
}

hcsref_str hcsref_profile_release(const hcsref_profile *profile, hcsref_program program) {
  static const char *const baseline[HCSREF_PROGRAM_COUNT] = {"2bc77b8a2", "0af576d29", "", "1.19.13"};
  const hcsref_member *m;
  if (profile == NULL)
    return hcsref_cstr(baseline[program]);
  m = &profile->members[program];
  if (!m->present)
    return HCSREF_LIT("");
  return program == HCSREF_PROGRAM_GO ? m->go : hcsref_cstr(m->release->name);
}

const hcsref_rules *hcsref_profile_rules(const hcsref_profile *profile, hcsref_program program) {
  if (profile == NULL)
    return program == HCSREF_PROGRAM_MOBY ? NULL : &hcsref_baseline[program];
  return profile->members[program].present ? &profile->members[program].rules : NULL;
}

int hcsref_profile_performer(const hcsref_profile *profile, unsigned programs) {
  for (int i = 0; i < HCSREF_PROGRAM_COUNT; i++)
    if ((programs >> i & 1u) != 0 && hcsref_profile_rules(profile, (hcsref_program)i) != NULL)
      return i;
  return HCSREF_PROGRAM_COUNT;
}
