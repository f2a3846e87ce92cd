/* SPDX-License-Identifier: Apache-2.0 */
/* The check of the config, and what is put around a document. Source: hcsshim internal/hcsoci/create.go
 * validateContainerConfig, CreateContainer. */
#include "hcs/create.h"

#include "hcs/document.h"
#include "hcs/options.h"
#include "hcs/rules.h"

#define CHECK_FAILED "container config validation failed: "

/* A clone of a template container needs a cloned VM, which nobody can have here. */
static bool check_clone(hcsref_arena *arena, const hcsref_oci_spec *spec, bool hosted, hcsref_error *err) {
  const hcsref_str key = HCSREF_LIT("io.microsoft.virtualmachine.templateid");
  const hcsref_str where = HCSREF_LIT("/annotations/io.microsoft.virtualmachine.templateid");
  const hcsref_str *template_id = hcsref_map_find(&spec->annotations, key);
  if (template_id == NULL || template_id->len == 0)
    return true;
  if (hosted)
    return hcsref_fail(arena, err, "container-cloned", where,
                       CHECK_FAILED "a container can not be cloned inside a non cloned POD");
  return hcsref_fail(arena, err, "container-cloned", where, /* upstream crashes */
                     CHECK_FAILED "a container without a utility VM can not be cloned");
}

static bool check_credentials(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_oci_spec *spec,
                              hcsref_error *err) {
  hcsref_annotations annotations;
  if (spec->windows == NULL || spec->windows->credential_spec.kind != HCSREF_VALUE_STRING)
    return true;
  hcsref_annotations_find(rules, &spec->annotations, &annotations);
  if (!hcsref_read_bool(rules, annotations.values[HCSREF_ANNOTATION_GMSA_DISABLED], false))
    return true;
  return hcsref_fail(arena, err, "gmsa-disabled", HCSREF_LIT("/windows/credentialSpec"),
                     CHECK_FAILED "gMSA credentials are disabled: operation denied");
}

/* validateContainerConfig */
static bool check_config(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_oci_spec *spec, bool hosted,
                         hcsref_error *err) {
  if (hcsref_has(rules, HCSREF_CHANGE_TEMPLATES) && !check_clone(arena, spec, hosted, err))
    return false;
  return !hcsref_has(rules, HCSREF_CHANGE_GMSA_DISABLE) || check_credentials(arena, rules, spec, err);
}

/* The envelopes of schema 2. Both say 2.1, whatever was chosen. */
typedef struct envelope {
  hcsref_v2_version version;
  hcsref_v2_compute_system system;
  hcsref_v2_hosted_system hosted;
  hcsref_v2_confidential_system confidential;
} envelope;

static void wrap_hosted(envelope *e, hcsref_v2_container *container, hcsref_create_request *out) {
  e->hosted.schema_version = &e->version;
  e->hosted.container = container;
  out->kind = "gcs";
  out->document_type = &hcsref_type_v2_hosted_system;
  out->document = &e->hosted;
}

/* The guest of a confidential VM gets the spec too, as the builder left it. */
static void wrap_confidential(envelope *e, const hcsref_oci_spec *spec, hcsref_create_request *out) {
  e->confidential.spec = *spec;
  e->confidential.hosted_system = e->hosted;
  out->document_type = &hcsref_type_v2_confidential_system;
  out->document = &e->confidential;
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
static void wrap(envelope *e, const hcsref_rules *rules, const hcsref_create_options *options,
                 const hcsref_oci_spec *spec, const hcsref_documents *documents, hcsref_create_request *out) {
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
    if (options->hosting_system->confidential && hcsref_has(rules, HCSREF_CHANGE_CONFIDENTIAL_ENVELOPE))
      wrap_confidential(e, spec, out);
  } else {
    wrap_system(e, options->actual_owner, documents->v2, out);
  }
}

bool hcsref_build_request(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_create_options *complete,
                          const hcsref_host *host, bool whole, hcsref_create_request *out, hcsref_documents *documents,
                          hcsref_error *err) {
  const hcsref_rules *rules = hcsref_profile_rules(complete->profile, HCSREF_PROGRAM_HCSSHIM);
  envelope *e = hcsref_arena_alloc(arena, sizeof *e);
  if (e == NULL)
    return hcsref_fail_memory(err);
  if (!hcsref_build_documents(arena, spec, complete, host, whole, documents, err))
    return false;
  wrap(e, rules, complete, spec, documents, out);
  if (complete->provenance != NULL) {
    hcsref_provenance_note(complete->provenance, &e->system.owner, sizeof e->system.owner,
                           "createHCSContainer: who creates it", "option owner");
    hcsref_provenance_note(complete->provenance, &e->version, sizeof e->version,
                           "CreateContainer: the schema version of the OS build", "host os_build");
    hcsref_provenance_note(complete->provenance, &e->system.should_terminate_on_last_handle_closed, sizeof(bool),
                           "createHCSContainer: always true", "");
  }
  return true;
}

bool hcsref_begin_request(hcsref_arena *arena, const hcsref_oci_spec *spec, const hcsref_create_options *options,
                          const hcsref_host *host, hcsref_create_options *complete, hcsref_error *err) {
  const hcsref_rules *rules = hcsref_shim_rules(arena, options->profile, err);
  if (rules == NULL)
    return false;
  if (spec == NULL)
    return hcsref_fail(arena, err, "spec-missing", HCSREF_LIT(""), "spec must be supplied");
  return hcsref_complete_options(arena, rules, options, host, complete, err) &&
         check_config(arena, rules, spec, complete->hosting_system != NULL, err);
}

bool hcsref_create_document(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_create_options *options,
                            const hcsref_host *host, hcsref_create_request *out, hcsref_error *err) {
  hcsref_create_options complete = {0};
  hcsref_documents documents = {0};
  return hcsref_begin_request(arena, spec, options, host, &complete, err) &&
         hcsref_build_request(arena, spec, &complete, host, false, out, &documents, err);
}
