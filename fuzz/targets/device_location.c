/* SPDX-License-Identifier: Apache-2.0 */
/* Location paths of devices: the input is the path. */
#include "support.h"

/* The number that the digits at the end spell, as long as it fits. */
static bool is_index(hcsref_str text, uint16_t index) {
  uint32_t value = 0;
  for (size_t i = 0; i < text.len; i++) {
    if (text.data[i] < '0' || text.data[i] > '9')
      return false;
    value = value * 10 + (uint32_t)(text.data[i] - '0');
    if (value > UINT16_MAX)
      return false;
  }
  return text.len != 0 && value == index;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str path = fuzz_text(data, size), device, again, base, folder;
  uint16_t index, index_again;
  REQUIRE(hcsref_device_location(fuzz_arena(FUZZ_USUAL), path, &device, &index), "memory");
  REQUIRE(hcsref_device_location(fuzz_arena(FUZZ_FRESH), path, &again, &index_again), "memory");
  REQUIRE(index == index_again, "memory does not show");
  REQUIRE_SAME(again, device, "memory does not show");
  if (fuzz_is_lean(path)) {
    hcsref_arena *lean = fuzz_arena(FUZZ_LEAN);
    fuzz_tighten(lean, path);
    if (hcsref_device_location(lean, path, &again, &index_again))
      REQUIRE_SAME(again, device, "without memory");
  }
  REQUIRE(hcsref_path_base(fuzz_arena(FUZZ_FRESH), path, &base), "memory");
  if (is_index(base, index)) {
    REQUIRE(hcsref_path_dir(fuzz_arena(FUZZ_SCRATCH), path, &folder), "memory");
    REQUIRE_SAME(device, folder, "what is before the index is the device");
    return 0;
  }
  REQUIRE(index == 0, "%q does not end in %u", path, (uint64_t)index);
  REQUIRE_SAME(device, path, "a path without an index is the device");
  return 0;
}
