/* SPDX-License-Identifier: Apache-2.0 */
/* The operation on processes. */
#include "serve/operation.h"
#include "serve/params.h"
#include "serve/table.h"

#include "hcsref/process.h"

typedef struct process_options {
  hcsref_str kind;
  hcsref_process_streams streams;
} process_options;

static const hcsref_field options_fields[] = {
    FIELD(process_options, kind, "kind", hcsref_type_string),
    FIELD(process_options, streams.in, "stdin", hcsref_type_bool),
    FIELD(process_options, streams.out, "stdout", hcsref_type_bool),
    FIELD(process_options, streams.err, "stderr", hcsref_type_bool),
};
static const hcsref_type options_type = OBJECT(process_options, "options", options_fields);

typedef struct process_params {
  hcsref_oci_process *process;
  process_options options;
  serve_spec_params spec;
} process_params;

static const hcsref_type process_type = POINTER(hcsref_type_oci_process, "*specs.Process");

static const hcsref_field params_fields[] = {
    FIELD(process_params, process, "process", process_type),
    FIELD(process_params, options, "options", options_type),
    FIELD(process_params, spec.spec, "spec", hcsref_type_raw),
    FIELD(process_params, spec.spec_base64, "spec_base64", hcsref_type_bytes),
};
static const hcsref_type params_type = OBJECT(process_params, "process-document", params_fields);

/* Both kinds of process get the same document. */
static bool process_document(serve_request *request, const void *params, void *answer) {
  const process_params *in = params;
  hcsref_v2_process_parameters *document;
  hcsref_oci_spec *spec;
  if (!serve_decode_spec(request, &in->spec, &hcsref_type_oci_spec, &spec) ||
      !hcsref_process_document(request->arena, request->profile, in->process, spec, &in->options.streams, &document,
                               request->err))
    return false;
  *(hcsref_v2_process_parameters *)answer = *document;
  return true;
}

static const serve_operation operations[] = {
    {"process-document", SERVE_BY(HCSSHIM), &params_type, &hcsref_type_v2_process_parameters, process_document},
};

const serve_operations serve_process_operations = {operations, sizeof(operations) / sizeof(operations[0])};
