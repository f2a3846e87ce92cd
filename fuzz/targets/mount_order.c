/* SPDX-License-Identifier: Apache-2.0 */
/* The order of mounts: a container path a line. */
#include "support.h"

#include <string.h>

#define MOST_MOUNTS 256

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str paths[MOST_MOUNTS];
  size_t order[MOST_MOUNTS], parts[MOST_MOUNTS], again[MOST_MOUNTS], separators;
  bool seen[MOST_MOUNTS] = {false};
  size_t count = fuzz_lines(fuzz_text(data, size), paths, MOST_MOUNTS);
  REQUIRE(hcsref_cri_mount_order(fuzz_arena(FUZZ_USUAL), NULL, paths, count, order, parts, NULL), "memory");
  REQUIRE(hcsref_cri_mount_order(fuzz_arena(FUZZ_FRESH), NULL, paths, count, again, NULL, NULL), "memory");
  if (fuzz_is_lean(fuzz_text(data, size))) {
    hcsref_arena *lean = fuzz_arena(FUZZ_LEAN);
    hcsref_error err = {0};
    fuzz_tighten(lean, fuzz_text(data, size));
    if (hcsref_cri_mount_order(lean, NULL, paths, count, again, NULL, &err))
      REQUIRE(memcmp(again, order, count * sizeof(*order)) == 0, "without memory");
    else
      REQUIRE_SAME(err.message, HCSREF_LIT("out of memory"), "without memory");
  }
  for (size_t i = 0; i < count; i++) {
    REQUIRE(order[i] == again[i], "memory does not show");
    REQUIRE(order[i] < count && !seen[order[i]], "every mount is placed once");
    seen[order[i]] = true;
    REQUIRE(hcsref_path_parts(fuzz_arena(FUZZ_FRESH), paths[order[i]], &separators) && parts[i] == separators,
            "%q has %u parts, not %u", paths[order[i]], (uint64_t)separators, (uint64_t)parts[i]);
    REQUIRE(i == 0 || parts[i - 1] < parts[i] || (parts[i - 1] == parts[i] && order[i - 1] < order[i]),
            "place %u is out of order", (uint64_t)i);
  }
  return 0;
}
