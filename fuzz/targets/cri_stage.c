/* SPDX-License-Identifier: Apache-2.0 */
/* All of stage 1: the params of a case "cri-to-oci". */
#include "params.h"

/* What the settings say must stand in the spec. */
static void check_spec(const cri_params *in) {
  const hcsref_oci_windows *windows = in->spec->windows;
  const hcsref_oci_windows_resources *resources = windows == NULL ? NULL : windows->resources;
  if (in->network_namespace != NULL) {
    REQUIRE(windows != NULL && windows->network != NULL, "a network namespace needs a network");
    REQUIRE_SAME(windows->network->network_namespace, *in->network_namespace, "the network namespace");
  }
  if (in->credential_spec != NULL) {
    REQUIRE(windows != NULL && windows->credential_spec.kind == HCSREF_VALUE_STRING, "a credential spec is a string");
    REQUIRE_SAME(windows->credential_spec.as.string, *in->credential_spec, "the credential spec");
  }
  if (in->resources != NULL && in->resources->memory_limit_in_bytes > 0)
    REQUIRE(resources != NULL && resources->memory != NULL && resources->memory->limit != NULL &&
                *resources->memory->limit == (uint64_t)in->resources->memory_limit_in_bytes,
            "the memory limit");
  if (in->sandbox_shares && in->resources == NULL)
    REQUIRE(resources != NULL && resources->cpu != NULL && resources->cpu->shares != NULL, "a sandbox has shares");
}

static hcsref_str convert(int which, hcsref_str text) {
  hcsref_arena *arena = fuzz_arena(which);
  const cri_params *in = params_read(arena, text, &params_cri);
  hcsref_cri_settings settings;
  hcsref_error err = {0};
  fuzz_host host;
  bool ok;
  if (in == NULL || !fuzz_host_load(arena, in->host, HCSREF_LIT(""), &host))
    return hcsref_str_from(NULL, 0);
  fuzz_host_for_cri(&host);
  settings = params_settings(in);
  fuzz_tighten(arena, text);
  ok = hcsref_cri_to_oci(arena, in->spec, &settings, &host.host, &err);
  fuzz_loosen(arena);
  if (ok) {
    if (in->spec == NULL)
      return hcsref_str_from(NULL, 0);
    check_spec(in);
    return fuzz_encode(arena, &hcsref_type_oci_spec_cri, in->spec);
  }
  fuzz_check_error(&err);
  return err.message;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size), usual = convert(FUZZ_USUAL, text);
  REQUIRE_SAME(convert(FUZZ_FRESH, text), usual, "memory does not show");
  fuzz_lean_too(convert, text, usual);
  return 0;
}
