/* SPDX-License-Identifier: Apache-2.0 */
/* Memory and storage limits, and the check of mounts: the params of their cases. */
#include "params.h"

#include <string.h>

#define MB 1048576u

static const hcsref_str *annotation(const hcsref_oci_spec *spec, hcsref_str key) {
  return hcsref_map_find(&spec->annotations, key);
}

static uint64_t number(const hcsref_oci_spec *spec, hcsref_str key) {
  return hcsref_annotation_uint64(&spec->annotations, key, 0);
}

static void check_memory(const hcsref_oci_spec *spec) {
  const hcsref_str key = HCSREF_LIT("io.microsoft.container.memory.sizeinmb");
  const hcsref_oci_windows_resources *resources = spec->windows == NULL ? NULL : spec->windows->resources;
  const uint64_t *limit = resources == NULL || resources->memory == NULL ? NULL : resources->memory->limit;
  uint64_t mb = hcsref_memory_limit_mb(NULL, spec);
  if (number(spec, key) != 0)
    REQUIRE(mb == number(spec, key), "the annotation counts: %u", mb);
  else
    REQUIRE(mb == (limit == NULL ? 0 : *limit / MB), "the spec counts in bytes: %u", mb);
}

static void check_storage(const hcsref_oci_spec *spec) {
  const hcsref_str bps_key = HCSREF_LIT("io.microsoft.container.storage.qos.bandwidthmaximum");
  const hcsref_str iops_key = HCSREF_LIT("io.microsoft.container.storage.qos.iopsmaximum");
  const hcsref_oci_windows_resources *resources = spec->windows == NULL ? NULL : spec->windows->resources;
  const hcsref_oci_windows_storage_resources *storage = resources == NULL ? NULL : resources->storage;
  int32_t bps, iops;
  uint64_t expected;
  hcsref_storage_limits(NULL, spec, &bps, &iops);
  expected = number(spec, bps_key);
  if (expected == 0 && storage != NULL && storage->bps != NULL)
    expected = *storage->bps;
  REQUIRE((uint32_t)bps == (uint32_t)expected, "%d bytes a second of %u", (int64_t)bps, expected);
  expected = number(spec, iops_key);
  if (expected == 0 && storage != NULL && storage->iops != NULL)
    expected = *storage->iops;
  REQUIRE((uint32_t)iops == (uint32_t)expected, "%d operations a second of %u", (int64_t)iops, expected);
  REQUIRE(annotation(spec, bps_key) != NULL || number(spec, bps_key) == 0, "no annotation, no number");
}

/* Both ends, and none of the types that were refused up to hcsshim 0.12. Source: hcsshim internal/hcsoci
 * resources_wcow.go setupMounts. */
static bool is_mount(const hcsref_oci_mount *mount) {
  static const char *const types[] = {"", "physical-disk", "virtual-disk", "extensible-virtual-disk"};
  if (mount->source.len == 0 || mount->destination.len == 0)
    return false;
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (hcsref_str_equal(mount->type, hcsref_cstr(types[i])))
      return true;
  return false;
}

static void check_mounts(const hcsref_oci_spec *spec) {
  const hcsref_oci_mount *mounts = spec->mounts.items;
  hcsref_error err = {0};
  bool good = true;
  for (size_t i = 0; i < spec->mounts.len; i++)
    good = good && is_mount(&mounts[i]);
  REQUIRE(hcsref_check_mounts(fuzz_arena(FUZZ_FRESH), NULL, spec, &err) == good, "%s: %v",
          err.code == NULL ? "taken" : err.code, err.message);
  if (!good)
    fuzz_check_error(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const limits_params *in = params_read(fuzz_arena(FUZZ_USUAL), fuzz_text(data, size), &params_limits);
  if (in == NULL || in->spec == NULL)
    return 0;
  check_memory(in->spec);
  check_storage(in->spec);
  check_mounts(in->spec);
  return 0;
}
