/* SPDX-License-Identifier: Apache-2.0 */
/* The operations on whole documents: stage 2 and the create envelope. */
#include "serve/operation.h"
#include "serve/params.h"
#include "serve/table.h"

typedef struct options_params {
  hcsref_str id, owner, actual_id, actual_owner, network_namespace, schema, hosting_system;
  hcsref_v2_container_credential_guard_state *ccg_state;
  hcsref_slice additional_mounts, rootfs;
  bool root_preset, scale_cpu_limits_to_sandbox, want_spec;
} options_params;

static const hcsref_type ccg_type =
    POINTER(hcsref_type_v2_container_credential_guard_state, "*hcsschema.ContainerCredentialGuardState");
static const hcsref_type directories_type = LIST(hcsref_type_v2_mapped_directory, "[]hcsschema.MappedDirectory");

static const hcsref_field options_fields[] = {
    FIELD(options_params, id, "id", hcsref_type_string),
    FIELD(options_params, owner, "owner", hcsref_type_string),
    FIELD(options_params, actual_id, "actual_id", hcsref_type_string),
    FIELD(options_params, actual_owner, "actual_owner", hcsref_type_string),
    FIELD(options_params, network_namespace, "network_namespace", hcsref_type_string),
    FIELD(options_params, schema, "schema", hcsref_type_raw),
    FIELD(options_params, hosting_system, "hosting_system", hcsref_type_raw),
    FIELD(options_params, ccg_state, "ccg_state", ccg_type),
    FIELD(options_params, additional_mounts, "additional_mounts", directories_type),
    FIELD(options_params, rootfs, "rootfs", serve_rootfs_type),
    FIELD(options_params, root_preset, "root_preset", hcsref_type_bool),
    FIELD(options_params, scale_cpu_limits_to_sandbox, "scale_cpu_limits_to_sandbox", hcsref_type_bool),
    FIELD(options_params, want_spec, "want_spec", hcsref_type_bool),
};
static const hcsref_type options_type = OBJECT(options_params, "options", options_fields);

typedef struct document_params {
  serve_spec_params spec;
  options_params options;
  hcsref_str host;
} document_params;

static const hcsref_field document_fields[] = {
    FIELD(document_params, spec.spec, "spec", hcsref_type_raw),
    FIELD(document_params, spec.spec_base64, "spec_base64", hcsref_type_bytes),
    FIELD(document_params, options, "options", options_type),
    FIELD(document_params, host, "host", hcsref_type_raw),
};
static const hcsref_type document_type = OBJECT(document_params, "document", document_fields);

/* What both operations start from. */
typedef struct document_input {
  hcsref_oci_spec *spec;
  hcsref_create_options options;
  hcsref_host host;
} document_input;

static bool load_document_input(serve_request *request, const document_params *in, document_input *out) {
  const options_params *options = &in->options;
  if (!serve_decode_spec(request, &in->spec, &hcsref_type_oci_spec, &out->spec) || !serve_load_host(request, in->host))
    return false;
  out->host = hcsref_script_host(request->script);
  out->options.id = options->id;
  out->options.owner = options->owner;
  out->options.actual_id = options->actual_id;
  out->options.actual_owner = options->actual_owner;
  out->options.network_namespace = options->network_namespace;
  out->options.scale_cpu_limits_to_sandbox = options->scale_cpu_limits_to_sandbox;
  out->options.ccg_state = options->ccg_state;
  out->options.additional_mounts = options->additional_mounts;
  out->options.rootfs = options->rootfs;
  out->options.root_preset = options->root_preset;
  out->options.profile = request->profile;
  return serve_decode_schema(request, options->schema, "/options/schema", &out->options.schema,
                             &out->options.has_schema) &&
         serve_load_hosting_system(request, options->hosting_system, "/options/hosting_system",
                                   &out->options.hosting_system);
}

typedef struct document_answer {
  hcsref_documents documents;
  hcsref_oci_spec *spec;
} document_answer;

static const hcsref_type v1_type = POINTER(hcsref_type_v1_container_config, "*schema1.ContainerConfig");
static const hcsref_type v2_type = POINTER(hcsref_type_v2_container, "*hcsschema.Container");
static const hcsref_type spec_type = POINTER(hcsref_type_oci_spec, "*specs.Spec");

static const hcsref_field document_answer_fields[] = {
    FIELD(document_answer, documents.v1, "v1", v1_type),
    OMIT(document_answer, documents.v2, "v2", v2_type),
    OMIT(document_answer, spec, "spec", spec_type),
};
static const hcsref_type document_answer_type = OBJECT(document_answer, "documents", document_answer_fields);

static bool oci_to_hcs(serve_request *request, const void *params, void *answer) {
  const document_params *in = params;
  document_answer *out = answer;
  document_input input = {0};
  if (!load_document_input(request, in, &input))
    return false;
  if (hcsref_profile_rules(request->profile, HCSREF_PROGRAM_HCSSHIM) == NULL)
    return hcsref_docker_document(request->arena, input.spec, input.options.id, request->profile, &input.host,
                                  &out->documents.v1, request->err);
  if (!hcsref_oci_to_hcs(request->arena, input.spec, &input.options, &input.host, &out->documents, request->err))
    return false;
  if (in->options.want_spec)
    out->spec = input.spec;
  return true;
}

/* The document's table is only known now, so the payload is put together here. */
static bool append_request(serve_request *request, const hcsref_create_request *created) {
  hcsref_buf_append(request->reply, HCSREF_LIT("{\"kind\":\""));
  hcsref_buf_append(request->reply, hcsref_cstr(created->kind));
  hcsref_buf_append(request->reply, HCSREF_LIT("\",\"id\":"));
  hcsref_json_append_string_as(request->reply, request->rules, created->id);
  hcsref_buf_append(request->reply, HCSREF_LIT(",\"owner\":"));
  hcsref_json_append_string_as(request->reply, request->rules, created->owner);
  hcsref_buf_append(request->reply, HCSREF_LIT(",\"document\":"));
  if (!hcsref_json_append_as(request->reply, request->rules, created->document_type, created->document, request->err))
    return false;
  hcsref_buf_append_char(request->reply, '}');
  return !request->reply->failed || hcsref_fail_memory(request->err);
}

static bool create_document(serve_request *request, const void *params, void *answer) {
  document_input input = {0};
  hcsref_create_request created;
  (void)answer;
  return load_document_input(request, params, &input) &&
         hcsref_create_document(request->arena, input.spec, &input.options, &input.host, &created, request->err) &&
         append_request(request, &created);
}

static bool create_container(serve_request *request, const void *params, void *answer) {
  document_input input = {0};
  hcsref_create_request created;
  (void)answer;
  return load_document_input(request, params, &input) &&
         hcsref_create_container(request->arena, input.spec, &input.options, &input.host, &created, NULL,
                                 request->err) &&
         append_request(request, &created);
}

static const serve_operation operations[] = {
    {"oci-to-hcs", SERVE_BY(HCSSHIM) | SERVE_BY(MOBY), &document_type, &document_answer_type, oci_to_hcs},
    {"create-document", SERVE_BY(HCSSHIM), &document_type, NULL, create_document},
    {"create-container", SERVE_BY(HCSSHIM), &document_type, NULL, create_container},
};

const serve_operations serve_document_operations = {operations, sizeof(operations) / sizeof(operations[0])};
