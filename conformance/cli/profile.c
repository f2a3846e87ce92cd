/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/profile.h"

#include "cli/options.h"

#include <string.h>

/* ---- names ------------------------------------------------------------------------------------------------- */

static size_t count_releases(void) {
  size_t sum = 0, count;
  for (int i = 0; i < HCSREF_PROGRAM_COUNT; i++) {
    (void)hcsref_releases((hcsref_program)i, &count);
    sum += count;
  }
  return sum;
}

static const char *name_of(hcsref_arena *arena, hcsref_program program, const char *release) {
  const hcsref_str end = hcsref_str_from("", 1);
  hcsref_str text;
  return hcsref_format(arena, &text, "%s-%s%v", hcsref_program_name(program), release, end) ? text.data : NULL;
}

const char *const *cli_profile_names(hcsref_arena *arena) {
  static const char *const words[] = {"newest", "baseline", "containerd-main", "hcsshim-main", "moby-main"};
  size_t at = CLI_COUNT(words), count;
  const char **names = hcsref_arena_array(arena, count_releases() + at + 1, sizeof(*names));
  if (names == NULL)
    return NULL;
  memcpy(names, words, sizeof(words));
  for (int i = 0; i < HCSREF_PROGRAM_COUNT; i++) {
    const hcsref_release *releases = hcsref_releases((hcsref_program)i, &count);
    for (size_t r = count; r > 0; r--) {
      names[at] = name_of(arena, (hcsref_program)i, releases[r - 1].name);
      if (names[at++] == NULL)
        return NULL;
    }
  }
  return names;
}

/* ---- finding ------------------------------------------------------------------------------------------------ */

/* The part of a name that is not known; all of it when the parts are. */
static hcsref_str unknown_part(hcsref_arena *arena, hcsref_str name) {
  for (size_t begin = 0, i = 0; i <= name.len; i++) {
    hcsref_str part;
    if (i < name.len && name.data[i] != '+')
      continue;
    part = hcsref_str_from(name.data + begin, i - begin);
    if (hcsref_profile_find(arena, part, NULL) == NULL)
      return part;
    begin = i + 1;
  }
  return name;
}

/* Null: none is near, or out of memory, which shows again when the message is made. */
static const char *nearest(hcsref_arena *arena, hcsref_str name) {
  const hcsref_str end = hcsref_str_from("", 1);
  const char *const *names = cli_profile_names(arena);
  hcsref_str word;
  if (names == NULL || !hcsref_format(arena, &word, "%v%v", unknown_part(arena, name), end))
    return NULL;
  return cli_nearest(word.data, names);
}

const hcsref_profile *cli_profile_find(hcsref_arena *arena, hcsref_str name, hcsref_error *err) {
  const hcsref_profile *found = hcsref_profile_find(arena, name, err);
  const char *near;
  if (found != NULL || strcmp(err->code, "profile-unknown") != 0)
    return found;
  near = nearest(arena, name);
  (void)hcsref_fail(arena, err, "profile-unknown", HCSREF_LIT(""), "%v%s%s%s (see 'hcsproof profiles')", err->message,
                    near == NULL ? "" : "; did you mean ", near == NULL ? "" : near, near == NULL ? "" : "?");
  return NULL;
}

bool cli_profile_same(const hcsref_profile *a, const hcsref_profile *b) {
  return hcsref_str_equal(hcsref_profile_name(a), hcsref_profile_name(b));
}
