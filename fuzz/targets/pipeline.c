/* SPDX-License-Identifier: Apache-2.0 */
/* From a CRI config to what is handed over: the params of "cri-to-oci" with the options of "create-document". What
 * stage 1 writes goes through JSON to stage 2, as it does on a node, where the two are different programs. */
#include "envelope.h"
#include "params.h"

static hcsref_str second_stage(hcsref_arena *arena, hcsref_str input, const hcsref_oci_spec *first,
                               const hcsref_create_options *options, const hcsref_host *host) {
  hcsref_oci_spec *spec = hcsref_arena_alloc(arena, sizeof *spec);
  hcsref_str text = fuzz_encode(arena, &hcsref_type_oci_spec_cri, first);
  hcsref_error err = {0};
  REQUIRE(spec != NULL, "memory");
  if (text.data == NULL)
    return text;
  REQUIRE(hcsref_json_decode(arena, text, &hcsref_type_oci_spec, HCSREF_JSON_WHOLE, spec, &err),
          "stage 2 reads what stage 1 writes: %v", err.message);
  return envelope_check(arena, input, spec, options, host);
}

static hcsref_str run(int which, hcsref_str text) {
  hcsref_arena *arena = fuzz_arena(which);
  const pipeline_params *in = params_read(arena, text, &params_pipeline);
  hcsref_create_options options;
  hcsref_cri_settings settings;
  hcsref_error err = {0};
  fuzz_host host;
  bool ok;
  if (in == NULL || in->cri.spec == NULL || !params_options(arena, &in->options, in->cri.host, &host, &options))
    return hcsref_str_from(NULL, 0);
  fuzz_host_for_cri(&host);
  settings = params_settings(&in->cri);
  fuzz_tighten(arena, text);
  ok = hcsref_cri_to_oci(arena, in->cri.spec, &settings, &host.host, &err);
  fuzz_loosen(arena);
  if (!ok) {
    fuzz_check_error(&err);
    return err.message;
  }
  host.answers = hcsref_script_host(host.script);
  return second_stage(arena, text, in->cri.spec, &options, &host.host);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size), usual = run(FUZZ_USUAL, text);
  REQUIRE_SAME(run(FUZZ_FRESH, text), usual, "memory does not show");
  fuzz_lean_too(run, text, usual);
  return 0;
}
