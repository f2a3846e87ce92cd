/* SPDX-License-Identifier: Apache-2.0 */
/* sandbox:// mounts: the input is the source. */
#include "support.h"

#define FOLDER HCSREF_LIT("C:\\SandboxMounts")

/* Is an element of it ".."? */
static bool goes_up(hcsref_str path) {
  size_t start = 0;
  for (size_t i = 0; i <= path.len; i++) {
    if (i < path.len && path.data[i] != '\\' && path.data[i] != '/')
      continue;
    if (hcsref_str_equal(hcsref_str_from(path.data + start, i - start), HCSREF_LIT("..")))
      return true;
    start = i + 1;
  }
  return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str path = fuzz_text(data, size), out, again, clean;
  hcsref_str tail =
      hcsref_str_has_prefix(path, HCSREF_SANDBOX_PREFIX) ? hcsref_str_skip(path, HCSREF_SANDBOX_PREFIX.len) : path;
  REQUIRE(hcsref_sandbox_mount_path(fuzz_arena(FUZZ_USUAL), path, &out), "memory");
  REQUIRE(hcsref_sandbox_mount_path(fuzz_arena(FUZZ_FRESH), path, &again), "memory");
  REQUIRE_SAME(again, out, "memory does not show");
  if (fuzz_is_lean(path)) {
    hcsref_arena *lean = fuzz_arena(FUZZ_LEAN);
    fuzz_tighten(lean, path);
    if (hcsref_sandbox_mount_path(lean, path, &again))
      REQUIRE_SAME(again, out, "without memory");
  }
  REQUIRE(hcsref_str_has_prefix(out, HCSREF_LIT("C:\\")), "%q became %q", path, out);
  REQUIRE(hcsref_path_clean(fuzz_arena(FUZZ_FRESH), out, &clean), "memory");
  REQUIRE_SAME(clean, out, "the path is clean");
  if (!goes_up(tail)) /* "..", as upstream has it, may leave the folder */
    REQUIRE(hcsref_str_equal(out, FOLDER) || hcsref_str_has_prefix(out, HCSREF_LIT("C:\\SandboxMounts\\")),
            "%q left the folder: %q", path, out);
  if (tail.len == 0)
    REQUIRE_SAME(out, FOLDER, "nothing is the folder itself");
  return 0;
}
