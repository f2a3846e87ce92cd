/* SPDX-License-Identifier: Apache-2.0 */
/* Join: a part a line. */
#include "support.h"

#define MOST_PARTS 64

static hcsref_str join(int which, const hcsref_str *parts, size_t count) {
  hcsref_str out;
  REQUIRE(hcsref_path_join(fuzz_arena(which), parts, count, &out), "out of memory");
  return out;
}

static size_t first_with_text(const hcsref_str *parts, size_t count) {
  size_t first = 0;
  while (first < count && parts[first].len == 0)
    first++;
  return first;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str parts[MOST_PARTS], joined, clean;
  size_t count = fuzz_lines(fuzz_text(data, size), parts, MOST_PARTS), first = first_with_text(parts, count);
  if (fuzz_is_lean(fuzz_text(data, size))) {
    hcsref_arena *lean = fuzz_arena(FUZZ_LEAN);
    fuzz_tighten(lean, fuzz_text(data, size));
    if (hcsref_path_join(lean, parts, count, &joined))
      REQUIRE_SAME(join(FUZZ_FRESH, parts, count), joined, "without memory");
  }
  joined = join(FUZZ_FRESH, parts, count);
  REQUIRE((joined.len == 0) == (first == count), "only empty parts give nothing");
  REQUIRE_SAME(join(FUZZ_USUAL, parts + first, count - first), joined, "empty parts at the beginning do not count");
  if (first == count)
    return 0;
  REQUIRE(fuzz_count(joined, '/') == 0, "%q has a slash", joined);
  REQUIRE(hcsref_path_clean(fuzz_arena(FUZZ_USUAL), parts[first], &clean), "out of memory");
  if (first + 1 == count && !(parts[first].len == 2 && parts[first].data[1] == ':'))
    REQUIRE_SAME(joined, clean, "joining one part cleans it");
  REQUIRE(hcsref_path_volume(clean).len > 2 || hcsref_path_volume(joined).len <= 2, "%q became a share", joined);
  return 0;
}
