/* SPDX-License-Identifier: Apache-2.0 */
/* Names of profiles, and ranges of releases: the first line is a name, each other one a range. What is refused never
 * holds, a range and its opposite never hold together, and the full name of a profile is a name of it. */
#include "support.h"

#define RANGES 32

/* "hcsshim >=X" and "hcsshim <X": one of the two holds, unless X is a commit. */
static void check_opposites(hcsref_arena *arena, const hcsref_profile *profile, hcsref_str version) {
  hcsref_str newer, older;
  if (!hcsref_format(arena, &newer, "hcsshim >=%v", version) || !hcsref_format(arena, &older, "hcsshim <%v", version))
    return;
  REQUIRE(!(hcsref_profile_in_range(profile, HCSREF_PROGRAM_HCSSHIM, newer) &&
            hcsref_profile_in_range(profile, HCSREF_PROGRAM_HCSSHIM, older)),
          "before and after %v at once", version);
}

static void check_range(hcsref_arena *arena, const hcsref_profile *profile, hcsref_str range) {
  hcsref_error err = {0};
  bool form = hcsref_range_check(arena, range, &err);
  if (!form)
    fuzz_check_error(&err);
  for (int program = 0; program < HCSREF_PROGRAM_COUNT; program++) {
    bool holds = hcsref_profile_in_range(profile, (hcsref_program)program, range);
    REQUIRE(form || !holds, "what is no range holds: %v", range);
  }
  check_opposites(arena, profile, range);
}

static void check_name(hcsref_arena *arena, const hcsref_profile *profile) {
  hcsref_error err = {0};
  hcsref_str name = hcsref_profile_name(profile);
  const hcsref_profile *again = hcsref_profile_find(arena, name, &err);
  REQUIRE(again != NULL, "the full name is one: %v", name);
  REQUIRE_SAME(hcsref_profile_name(again), name, "the full name of the full name");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str lines[RANGES], text = fuzz_text(data, size);
  hcsref_arena *arena = fuzz_arena(FUZZ_USUAL);
  hcsref_error err = {0};
  size_t count = fuzz_lines(text, lines, RANGES);
  const hcsref_profile *profile = count == 0 ? NULL : hcsref_profile_find(arena, lines[0], &err);
  if (count != 0 && profile == NULL) {
    fuzz_check_error(&err);
    return 0;
  }
  if (profile != NULL)
    check_name(arena, profile);
  for (size_t i = 1; i < count; i++)
    check_range(arena, profile, lines[i]);
  return 0;
}
