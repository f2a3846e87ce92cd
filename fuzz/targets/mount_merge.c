/* SPDX-License-Identifier: Apache-2.0 */
/* The mounts of a CRI config merged into those of a spec: the params of a case "cri-to-oci". */
#include "params.h"

static hcsref_str key_of(hcsref_str path) {
  hcsref_str clean;
  REQUIRE(hcsref_clean_mount_path(fuzz_arena(FUZZ_SCRATCH), path, &clean), "memory");
  return clean;
}

/* Same place in the container? Both keys must be at hand at once, so one is copied to the side. */
static bool same_place(hcsref_arena *arena, hcsref_str a, hcsref_str b) {
  hcsref_str copy;
  REQUIRE(hcsref_str_copy(arena, key_of(a), &copy), "memory");
  return hcsref_str_equal(copy, key_of(b));
}

static bool is_taken(hcsref_arena *arena, const hcsref_slice *mounts, hcsref_str path) {
  hcsref_cri_mount *const *items = mounts->items;
  for (size_t i = 0; i < mounts->len; i++)
    if (same_place(arena, items[i]->container_path, path))
      return true;
  return false;
}

/* All CRI mounts, the extra ones whose place no CRI mount has, the defaults whose place none of those has. */
static size_t expected_count(hcsref_arena *arena, const cri_params *in, const hcsref_slice *default_mounts) {
  static const hcsref_slice none = {NULL, 0, 0};
  const hcsref_slice *cri = in->config == NULL ? &none : &in->config->mounts;
  hcsref_cri_mount *const *extra = in->extra_mounts.items;
  const hcsref_oci_mount *defaults = default_mounts->items;
  size_t count = cri->len;
  for (size_t i = 0; i < in->extra_mounts.len; i++)
    count += !is_taken(arena, cri, extra[i]->container_path);
  for (size_t i = 0; i < default_mounts->len; i++)
    count +=
        !is_taken(arena, cri, defaults[i].destination) && !is_taken(arena, &in->extra_mounts, defaults[i].destination);
  return count;
}

/* Mounts that were supplied follow the defaults, with one option and a drive. */
static void check_placed(const hcsref_slice *mounts, size_t supplied) {
  const hcsref_oci_mount *items = mounts->items;
  for (size_t i = mounts->len - supplied; i < mounts->len; i++) {
    const hcsref_str *options = items[i].options.items;
    REQUIRE(items[i].options.len == 1, "%u options", (uint64_t)items[i].options.len);
    REQUIRE(hcsref_str_equal(options[0], HCSREF_LIT("ro")) || hcsref_str_equal(options[0], HCSREF_LIT("rw")), "%q",
            options[0]);
    REQUIRE(items[i].destination.len != 0 || hcsref_is_named_pipe(items[i].source), "no destination");
    REQUIRE(!hcsref_str_has_prefix(items[i].destination, HCSREF_LIT("\\")) || hcsref_is_named_pipe(items[i].source),
            "%q has no drive", items[i].destination);
  }
}

/* The check is quadratic, so only of few. */
#define MOST_MOUNTS 40

static void check_count(hcsref_arena *arena, const cri_params *in, const hcsref_slice *defaults) {
  size_t cri = in->config == NULL ? 0 : in->config->mounts.len, count = in->spec->mounts.len;
  REQUIRE(count >= cri && count <= cri + in->extra_mounts.len + defaults->len, "%u mounts", (uint64_t)count);
  if (cri + in->extra_mounts.len + defaults->len <= MOST_MOUNTS) {
    size_t expected = expected_count(arena, in, defaults);
    REQUIRE(count == expected, "%u mounts, not %u", (uint64_t)count, (uint64_t)expected);
  }
  check_placed(&in->spec->mounts, cri);
}

static hcsref_str merge(int which, hcsref_str text) {
  hcsref_arena *arena = fuzz_arena(which);
  const cri_params *in = params_read(arena, text, &params_cri);
  hcsref_str before;
  hcsref_slice defaults;
  hcsref_error err = {0};
  fuzz_host host;
  bool ok;
  if (in == NULL || in->spec == NULL || !fuzz_host_load(arena, in->host, HCSREF_LIT(""), &host))
    return hcsref_str_from(NULL, 0);
  fuzz_host_for_cri(&host);
  before = fuzz_encode(arena, &hcsref_type_oci_spec_cri, in->spec);
  defaults = in->spec->mounts;
  fuzz_tighten(arena, text);
  ok = hcsref_cri_mounts(arena, in->spec, in->config, &in->extra_mounts, &host.host, &err);
  fuzz_loosen(arena);
  if (ok) {
    check_count(arena, in, &defaults);
    return fuzz_encode(arena, &hcsref_type_oci_spec_cri, in->spec);
  }
  fuzz_check_error(&err);
  REQUIRE_SAME(fuzz_encode(arena, &hcsref_type_oci_spec_cri, in->spec), before, "a failure leaves the spec untouched");
  return err.message;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size), usual = merge(FUZZ_USUAL, text);
  REQUIRE_SAME(merge(FUZZ_FRESH, text), usual, "memory does not show");
  fuzz_lean_too(merge, text, usual);
  return 0;
}
