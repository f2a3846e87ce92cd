/* SPDX-License-Identifier: Apache-2.0 */
/* An OCI spec into both documents: the params of a case "oci-to-hcs". */
#include "documents.h"
#include "params.h"

static hcsref_str convert(int which, hcsref_str text) {
  hcsref_arena *arena = fuzz_arena(which);
  const document_params *in = params_read(arena, text, &params_document);
  hcsref_create_options options;
  hcsref_documents documents = {NULL, NULL};
  hcsref_error err = {0};
  fuzz_host host;
  hcsref_str root = {0};
  bool ok;
  if (in == NULL || !params_options(arena, &in->options, in->host, &host, &options))
    return hcsref_str_from(NULL, 0);
  if (in->spec != NULL && in->spec->root != NULL)
    root = in->spec->root->path;
  if (which == FUZZ_FRESH) /* what is noted changes nothing */
    options.provenance = hcsref_provenance_new(arena);
  fuzz_tighten(arena, text);
  ok = hcsref_oci_to_hcs(arena, in->spec, &options, &host.host, &documents, &err);
  fuzz_loosen(arena);
  if (ok) {
    documents_check(in->spec, &options, &documents);
    if (options.provenance != NULL)
      REQUIRE(!hcsref_provenance_whole(options.provenance) ||
                  hcsref_provenance_find(options.provenance, &documents.v1->name, sizeof documents.v1->name) != NULL,
              "the name is noted");
    return documents_text(arena, &documents);
  }
  fuzz_check_error(&err);
  REQUIRE(documents.v1 == NULL && documents.v2 == NULL, "a failure leaves the documents untouched");
  if (in->spec != NULL && in->spec->root != NULL)
    REQUIRE_SAME(in->spec->root->path, root, "a failure leaves the spec untouched");
  return err.message;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size), usual = convert(FUZZ_USUAL, text);
  REQUIRE_SAME(convert(FUZZ_FRESH, text), usual, "memory does not show");
  fuzz_lean_too(convert, text, usual);
  return 0;
}
