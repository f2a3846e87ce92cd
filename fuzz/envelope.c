/* SPDX-License-Identifier: Apache-2.0 */
#include "envelope.h"

#include <string.h>

static void check_version(const hcsref_v2_version *version) {
  REQUIRE(version != NULL && version->major == 2 && version->minor == 1, "the envelope says 2.1");
}

static void check_request(const hcsref_create_options *options, const hcsref_create_request *request) {
  REQUIRE_SAME(request->id, options->actual_id.len != 0 ? options->actual_id : options->id, "the id");
  REQUIRE_SAME(request->owner, options->actual_owner.len != 0 ? options->actual_owner : options->owner, "the owner");
  if (request->document_type == &hcsref_type_v2_hosted_system) {
    const hcsref_v2_hosted_system *system = request->document;
    REQUIRE(options->hosting_system != NULL && strcmp(request->kind, "gcs") == 0, "%s", request->kind);
    REQUIRE(system->container != NULL, "a container");
    check_version(system->schema_version);
    return;
  }
  REQUIRE(strcmp(request->kind, "hcs") == 0, "%s", request->kind);
  if (request->document_type == &hcsref_type_v2_compute_system) {
    const hcsref_v2_compute_system *system = request->document;
    REQUIRE(options->hosting_system == NULL && system->container != NULL, "a container on the host");
    REQUIRE(system->should_terminate_on_last_handle_closed, "it ends with its owner");
    REQUIRE_SAME(system->owner, request->owner, "the owner is in the envelope");
    check_version(system->schema_version);
    return;
  }
  REQUIRE(request->document_type == &hcsref_type_v1_container_config, "a document of a known kind");
  REQUIRE_SAME(((const hcsref_v1_container_config *)request->document)->name, request->id, "v1 has the id");
}

hcsref_str envelope_check(hcsref_arena *arena, hcsref_str input, hcsref_oci_spec *spec,
                          const hcsref_create_options *options, const hcsref_host *host) {
  static const char untouched[] = "untouched";
  hcsref_create_request request = {untouched, {0}, {0}, NULL, NULL};
  hcsref_error err = {0};
  bool ok;
  fuzz_tighten(arena, input);
  ok = hcsref_create_document(arena, spec, options, host, &request, &err);
  fuzz_loosen(arena);
  if (ok) {
    check_request(options, &request);
    return fuzz_encode(arena, request.document_type, request.document);
  }
  fuzz_check_error(&err);
  REQUIRE(request.kind == untouched && request.document == NULL, "a failure leaves the request untouched");
  return err.message;
}
