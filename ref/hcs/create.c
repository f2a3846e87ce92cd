/* SPDX-License-Identifier: Apache-2.0 */
/* The check of the config, and what is put around a document. Source: hcsshim internal/hcsoci/create.go
 * validateContainerConfig, CreateContainer. */
#include "hcs/annotations.h"
#include "hcs/kind.h"
#include "hcs/options.h"

/* validateContainerConfig */
static bool check_config(hcsref_arena *arena, const hcsref_oci_spec *spec, hcsref_error *err) {
  hcsref_annotations annotations;
  if (spec->windows == NULL || spec->windows->credential_spec.kind != HCSREF_VALUE_STRING)
    return true;
  hcsref_annotations_find(&spec->annotations, &annotations);
  if (!hcsref_read_bool(annotations.values[HCSREF_ANNOTATION_GMSA_DISABLED], false))
    return true;
  return hcsref_fail(arena, err, "gmsa-disabled", HCSREF_LIT("/windows/credentialSpec"),
                     "container config validation failed: gMSA credentials are disabled: operation denied");
}

/* The envelopes of schema 2. Both say 2.1, whatever was chosen. */
typedef struct envelope {
  hcsref_v2_version version;
  hcsref_v2_compute_system system;
  hcsref_v2_hosted_system hosted;
} envelope;

static void wrap_hosted(envelope *e, hcsref_v2_container *container, hcsref_create_request *out) {
  e->hosted.schema_version = &e->version;
  e->hosted.container = container;
  out->kind = "gcs";
  out->document_type = &hcsref_type_v2_hosted_system;
  out->document = &e->hosted;
}

static void wrap_system(envelope *e, hcsref_str owner, hcsref_v2_container *container, hcsref_create_request *out) {
  e->system.owner = owner;
  e->system.schema_version = &e->version;
  e->system.container = container;
  e->system.should_terminate_on_last_handle_closed = true;
  out->kind = "hcs";
  out->document_type = &hcsref_type_v2_compute_system;
  out->document = &e->system;
}

/* A document of schema 1 has no envelope. */
static void wrap(envelope *e, const hcsref_create_options *options, const hcsref_documents *documents,
                 hcsref_create_request *out) {
  out->id = options->actual_id;
  out->owner = options->actual_owner;
  e->version.major = 2;
  e->version.minor = 1;
  if (hcsref_is_schema(&options->schema, 1, 0)) {
    out->kind = "hcs";
    out->document_type = &hcsref_type_v1_container_config;
    out->document = documents->v1;
  } else if (options->hosting_system != NULL) {
    wrap_hosted(e, documents->v2, out);
  } else {
    wrap_system(e, options->actual_owner, documents->v2, out);
  }
}

bool hcsref_create_document(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_create_options *options,
                            const hcsref_host *host, hcsref_create_request *out, hcsref_error *err) {
  hcsref_create_options complete;
  hcsref_documents documents;
  envelope *e;
  if (spec == NULL)
    return hcsref_fail(arena, err, "spec-missing", HCSREF_LIT(""), "spec must be supplied");
  e = hcsref_arena_alloc(arena, sizeof *e);
  if (e == NULL)
    return hcsref_fail_memory(err);
  if (!hcsref_complete_options(arena, options, host, &complete, err) || !check_config(arena, spec, err) ||
      !hcsref_oci_to_hcs(arena, spec, &complete, host, &documents, err))
    return false;
  wrap(e, &complete, &documents, out);
  return true;
}
