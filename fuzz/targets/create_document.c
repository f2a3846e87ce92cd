/* SPDX-License-Identifier: Apache-2.0 */
/* The create envelope: the params of a case "create-document". */
#include "envelope.h"
#include "params.h"

static hcsref_str create(int which, hcsref_str text) {
  hcsref_arena *arena = fuzz_arena(which);
  const document_params *in = params_read(arena, text, &params_document);
  hcsref_create_options options;
  fuzz_host host;
  if (in == NULL || !params_options(arena, &in->options, in->host, &host, &options))
    return hcsref_str_from(NULL, 0);
  return envelope_check(arena, text, in->spec, &options, &host.host);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size), usual = create(FUZZ_USUAL, text);
  REQUIRE_SAME(create(FUZZ_FRESH, text), usual, "memory does not show");
  fuzz_lean_too(create, text, usual);
  return 0;
}
