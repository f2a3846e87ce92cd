/* SPDX-License-Identifier: Apache-2.0 */
/* Ranges of releases, as cases name them. */
#include "release/members.h"
#include "release/version.h"

#include <string.h>

typedef enum comparison { AT_LEAST, BELOW, EQUAL } comparison;

static const struct {
  const char *sign;
  comparison comparison;
} signs[] = {{">=", AT_LEAST}, {"<", BELOW}, {"=", EQUAL}};

static const char *const parts[] = {
    [HCSREF_PART_GO] = "go",
    [HCSREF_PART_RUNTIME_SPEC] = "runtime-spec",
    [HCSREF_PART_CONTAINERD] = "containerd",
    [HCSREF_PART_HCSSHIM] = "hcsshim",
    [HCSREF_PART_MOBY] = "moby",
};

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static hcsref_str next_word(hcsref_str *rest) {
  size_t len = 0;
  hcsref_str word;
  while (len < rest->len && rest->data[len] != ' ')
    len++;
  word = hcsref_str_first(*rest, len);
  *rest = hcsref_str_skip(*rest, len + 1);
  return word;
}

static bool is_part(hcsref_str word, hcsref_part *out) {
  for (size_t i = 0; i < COUNT_OF(parts); i++)
    if (hcsref_str_equal(word, hcsref_cstr(parts[i]))) {
      *out = (hcsref_part)i;
      return true;
    }
  return false;
}

/* Splits ">=1.2.3"; the version is not looked at. */
static bool is_comparison(hcsref_str word, comparison *out, hcsref_str *version) {
  for (size_t i = 0; i < COUNT_OF(signs); i++)
    if (hcsref_str_has_prefix(word, hcsref_cstr(signs[i].sign))) {
      *out = signs[i].comparison;
      *version = hcsref_str_skip(word, strlen(signs[i].sign));
      return true;
    }
  return false;
}

/* ---- is it one? ------------------------------------------------------------------------------------------------ */

static bool refuse(hcsref_arena *arena, hcsref_str range, hcsref_str word, const char *what, hcsref_error *err) {
  if (err == NULL)
    return false;
  if (word.len == 0)
    return hcsref_fail(arena, err, "range-form", HCSREF_LIT(""), "range %q: %s", range, what);
  return hcsref_fail(arena, err, "range-form", HCSREF_LIT(""), "range %q: %s, not %q", range, what, word);
}

/* Commits can only be equal. */
static bool is_version_for(comparison how, hcsref_str version) {
  hcsref_version ignored;
  return hcsref_version_parse(version, &ignored) || (how == EQUAL && version.len > 0);
}

bool hcsref_range_check(hcsref_arena *arena, hcsref_str range, hcsref_error *err) {
  hcsref_str rest = range, version;
  hcsref_part part;
  bool in_part = false, compared = true;
  if (hcsref_str_equal(range, HCSREF_LIT("baseline")))
    return true;
  while (rest.len > 0) {
    hcsref_str word = next_word(&rest);
    comparison how;
    if (is_part(word, &part)) {
      if (!compared)
        return refuse(arena, range, word, "a part needs a comparison", err);
      in_part = true;
      compared = false;
    } else if (!is_comparison(word, &how, &version)) {
      return refuse(arena, range, word,
                    in_part ? "a comparison should be >=, < or = and a version"
                            : "it should begin with containerd, hcsshim, moby, go or runtime-spec",
                    err);
    } else if (!in_part || !is_version_for(how, version)) {
      return refuse(arena, range, word, in_part ? "a version should be like 1.2.3 or 1.2.3-rc.4" : "a part comes first",
                    err);
    } else {
      compared = true;
    }
  }
  return (in_part && compared) || refuse(arena, range, HCSREF_LIT(""), "a part needs a comparison", err);
}

/* ---- does it hold? --------------------------------------------------------------------------------------------- */

/* The version of a part; `*counts_as` is what it is compared as, empty for one that is only equal to itself. */
static bool version_of(const hcsref_profile *profile, hcsref_program program, hcsref_part part, hcsref_str *name,
                       hcsref_str *counts_as) {
  static const hcsref_part own[] = {HCSREF_PART_CONTAINERD, HCSREF_PART_HCSSHIM, HCSREF_PART_MOBY, HCSREF_PART_GO};
  const hcsref_member *m = &profile->members[program];
  if (part == HCSREF_PART_GO) {
    *name = *counts_as = m->go;
    return true;
  }
  if (m->release == NULL || (part != HCSREF_PART_RUNTIME_SPEC && part != own[program]))
    return false;
  *name = *counts_as = hcsref_cstr(part == HCSREF_PART_RUNTIME_SPEC ? m->release->runtime_spec : m->release->name);
  if (part == HCSREF_PART_RUNTIME_SPEC || strcmp(m->release->name, m->release->counts_as) == 0)
    return true;
  *counts_as = strcmp(m->release->counts_as, "main") == 0 ? HCSREF_LIT("main") : HCSREF_LIT("");
  return true;
}

static bool holds(hcsref_str name, hcsref_str counts_as, comparison how, hcsref_str version) {
  hcsref_version mine, other;
  int order;
  if (how == EQUAL && hcsref_str_equal(name, version))
    return true;
  if (!hcsref_version_parse(counts_as, &mine) || !hcsref_version_parse(version, &other))
    return false;
  order = hcsref_version_compare(&mine, &other);
  return how == AT_LEAST ? order >= 0 : how == BELOW ? order < 0 : order == 0;
}

bool hcsref_profile_in_range(const hcsref_profile *profile, hcsref_program program, hcsref_str range) {
  bool baseline = hcsref_str_equal(hcsref_profile_name(profile), HCSREF_LIT("baseline"));
  hcsref_str name = {0}, counts_as = {0}, version;
  if (baseline || hcsref_str_equal(range, HCSREF_LIT("baseline")))
    return baseline && hcsref_str_equal(range, HCSREF_LIT("baseline"));
  if (!profile->members[program].present || !hcsref_range_check(NULL, range, NULL))
    return false;
  while (range.len > 0) {
    hcsref_str word = next_word(&range);
    hcsref_part part;
    comparison how;
    if (is_part(word, &part) ? !version_of(profile, program, part, &name, &counts_as)
                             : !is_comparison(word, &how, &version) || !holds(name, counts_as, how, version))
      return false;
  }
  return true;
}
