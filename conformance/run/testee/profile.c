/* SPDX-License-Identifier: Apache-2.0 */
#include "run/testee/profile.h"

#include "cli/profile.h"

#include <string.h>

/* ---- releases ------------------------------------------------------------------------------------------------ */

/* Null in `*out`: it is not known. False: out of memory. */
static bool find(hcsref_arena *arena, hcsref_str name, const hcsref_profile **out, hcsref_error *err) {
  hcsref_error unknown = {0};
  *out = hcsref_profile_find(arena, name, &unknown);
  return *out != NULL || strcmp(unknown.code, "out-of-memory") != 0 || hcsref_fail_memory(err);
}

/* A release that the hello says the testee is: "hcsshim-0.13.0". */
typedef struct declared {
  hcsref_str name;               /* empty: it does not say */
  const hcsref_profile *profile; /* null: the kit does not know it */
} declared;

static bool read_declared(hcsref_arena *arena, const kit_hello *hello, int program, declared *out, hcsref_error *err) {
  const char *name = hcsref_program_name((hcsref_program)program);
  hcsref_str release = hello->releases == NULL ? HCSREF_LIT("") : kit_json_get_string(hello->releases, name);
  memset(out, 0, sizeof(*out));
  if (release.len == 0)
    return true;
  return (hcsref_format(arena, &out->name, "%s-%v", name, release) || hcsref_fail_memory(err)) &&
         find(arena, out->name, &out->profile, err);
}

/* The newest release of the table, main aside. */
static bool find_newest(hcsref_arena *arena, int program, const hcsref_profile **out, hcsref_error *err) {
  size_t count;
  const hcsref_release *releases = hcsref_releases((hcsref_program)program, &count);
  hcsref_str name;
  while (count > 1 && strcmp(releases[count - 1].counts_as, "main") == 0)
    count--;
  return (hcsref_format(arena, &name, "%s-%s", hcsref_program_name((hcsref_program)program),
                        releases[count - 1].name) ||
          hcsref_fail_memory(err)) &&
         find(arena, name, out, err);
}

/* Is an unknown release newer than all of the table? Commits, and what is no version, are not. */
static bool is_beyond(hcsref_arena *arena, int program, hcsref_str release, const hcsref_profile *newest, bool *out,
                      hcsref_error *err) {
  const char *name = hcsref_program_name((hcsref_program)program);
  hcsref_str range;
  if (!hcsref_format(arena, &range, "%s <%v", name, hcsref_str_skip(release, strlen(name) + 1)))
    return hcsref_fail_memory(err);
  *out = hcsref_profile_in_range(newest, (hcsref_program)program, range);
  return true;
}

/* ---- contradictions ------------------------------------------------------------------------------------------ */

/* A release that the kit does not know contradicts nothing. */
static bool agrees(hcsref_arena *arena, const kit_hello *hello, const hcsref_profile *chosen, const char *by,
                   hcsref_error *err) {
  for (int i = 0; i < HCSREF_PROGRAM_GO; i++) {
    hcsref_str ours = hcsref_profile_release(chosen, (hcsref_program)i);
    declared theirs;
    if (!read_declared(arena, hello, i, &theirs, err))
      return false;
    if (ours.len > 0 && theirs.profile != NULL &&
        !hcsref_str_equal(ours, hcsref_profile_release(theirs.profile, (hcsref_program)i)))
      return hcsref_fail(arena, err, "profile-contradiction", HCSREF_LIT(""),
                         "the testee says that it is %v, but %s %v", theirs.name, by, hcsref_profile_name(chosen));
  }
  return true;
}

/* ---- choosing ------------------------------------------------------------------------------------------------ */

static bool choose(kit_choice *out, const hcsref_profile *profile, hcsref_str why) {
  out->profile = profile;
  out->why = why;
  return true;
}

static bool choose_newest(hcsref_arena *arena, kit_choice *out, hcsref_str why, hcsref_error *err) {
  const hcsref_profile *newest;
  return find(arena, HCSREF_LIT("newest"), &newest, err) && choose(out, newest, why);
}

/* One of its programs is of a release that the kit does not know. */
static bool choose_for_unknown(hcsref_arena *arena, int program, hcsref_str release, kit_choice *out,
                               hcsref_error *err) {
  const hcsref_profile *newest = NULL;
  bool beyond = false;
  hcsref_str why;
  if (program < HCSREF_PROGRAM_GO &&
      (!find_newest(arena, program, &newest, err) || !is_beyond(arena, program, release, newest, &beyond, err)))
    return false;
  if (!hcsref_format(arena, &why,
                     beyond ? "the newest in the table: the testee is %v, which is newer"
                            : "the newest: the testee is %v, which the table does not have",
                     release))
    return hcsref_fail_memory(err);
  return beyond ? choose(out, newest, why) : choose_newest(arena, out, why, err);
}

/* All that the hello says it is, "containerd-1.7.34+hcsshim-0.11.7+go-1.19.8"; `*decides` says that it was enough. */
static bool choose_by_releases(hcsref_arena *arena, const kit_hello *hello, kit_choice *out, bool *decides,
                               hcsref_error *err) {
  hcsref_buf all = {.arena = arena};
  const hcsref_profile *found;
  for (int i = 0; i < HCSREF_PROGRAM_COUNT; i++) {
    declared one;
    if (!read_declared(arena, hello, i, &one, err))
      return false;
    *decides = one.name.len > 0 && one.profile == NULL;
    if (*decides)
      return choose_for_unknown(arena, i, one.name, out, err);
    if (all.len > 0 && one.name.len > 0)
      hcsref_buf_append_char(&all, '+');
    hcsref_buf_append(&all, one.name);
  }
  *decides = all.len > 0;
  if (all.failed)
    return hcsref_fail_memory(err);
  return !*decides ||
         (find(arena, hcsref_buf_str(&all), &found, err) && choose(out, found, HCSREF_LIT("the testee's releases")));
}

/* By place in the table: is `a` older? Of what has no program in common neither is. */
static bool is_older(const hcsref_profile *a, const hcsref_profile *b) {
  for (int program = 0; program < HCSREF_PROGRAM_GO; program++) {
    hcsref_str first = hcsref_profile_release(a, (hcsref_program)program),
               second = hcsref_profile_release(b, (hcsref_program)program);
    size_t count;
    const hcsref_release *releases = hcsref_releases((hcsref_program)program, &count);
    if (first.len == 0 || second.len == 0 || hcsref_str_equal(first, second))
      continue;
    for (size_t i = 0; i < count; i++)
      if (hcsref_str_equal(first, hcsref_cstr(releases[i].name)) ||
          hcsref_str_equal(second, hcsref_cstr(releases[i].name)))
        return hcsref_str_equal(first, hcsref_cstr(releases[i].name));
  }
  return false;
}

/* Null in `*out`: it lists none that the kit knows. */
static bool find_listed(hcsref_arena *arena, const kit_json *list, const hcsref_profile **out, hcsref_error *err) {
  *out = NULL;
  for (const kit_json *item = list == NULL ? NULL : list->first; item != NULL; item = item->next) {
    const hcsref_profile *profile = NULL;
    if (item->kind == KIT_JSON_STRING && !find(arena, item->text, &profile, err))
      return false;
    if (profile != NULL && (*out == NULL || is_older(*out, profile)))
      *out = profile;
  }
  return true;
}

static bool choose_by_hello(hcsref_arena *arena, const kit_hello *hello, kit_choice *out, hcsref_error *err) {
  const hcsref_profile *found;
  bool decided;
  if (!find(arena, hello->profile, &found, err))
    return false;
  if (found != NULL)
    return choose(out, found, HCSREF_LIT("the testee answers as it")) &&
           agrees(arena, hello, found, "its own hello names the profile", err);
  if (!choose_by_releases(arena, hello, out, &decided, err))
    return false;
  if (decided)
    return true;
  if (!find_listed(arena, hello->profiles, &found, err))
    return false;
  return found != NULL ? choose(out, found, HCSREF_LIT("the newest that the testee lists"))
                       : choose_newest(arena, out, HCSREF_LIT(KIT_NO_RELEASE_SAID), err);
}

bool kit_choose_profile(hcsref_arena *arena, const char *named, const kit_hello *hello, kit_choice *out,
                        hcsref_error *err) {
  const hcsref_profile *profile;
  if (named == NULL)
    return hello != NULL ? choose_by_hello(arena, hello, out, err)
                         : choose_newest(arena, out, HCSREF_LIT("the newest"), err);
  profile = cli_profile_find(arena, hcsref_cstr(named), err);
  return profile != NULL && choose(out, profile, HCSREF_LIT("--profile")) &&
         (hello == NULL || agrees(arena, hello, profile, "it is asked to be", err));
}

bool kit_lists_profile(const kit_hello *hello, const hcsref_profile *profile, bool *listed) {
  hcsref_arena arena;
  bool ok = true;
  *listed = hello->profiles == NULL;
  hcsref_arena_init(&arena, NULL, 0);
  for (const kit_json *item = *listed ? NULL : hello->profiles->first; ok && !*listed && item != NULL;
       item = item->next) {
    const hcsref_profile *found = NULL;
    ok = item->kind != KIT_JSON_STRING || find(&arena, item->text, &found, NULL);
    *listed = found != NULL && cli_profile_same(found, profile);
  }
  hcsref_arena_free(&arena);
  return ok;
}
