/* SPDX-License-Identifier: Apache-2.0 */
/* The operations on utility VMs: options and document. */
#include "serve/operation.h"
#include "serve/params.h"
#include "serve/requests.h"
#include "serve/table.h"

#include "hcsref/uvm.h"

typedef struct vm_options {
  hcsref_str id, kind, bundle, overrides;
  hcsref_shim_options *shim;
  hcsref_slice rootfs;
} vm_options;

static const hcsref_type shim_type = POINTER(hcsref_type_shim_options, "*options.Options");

static const hcsref_field vm_options_fields[] = {
    FIELD(vm_options, id, "id", hcsref_type_string),         FIELD(vm_options, kind, "kind", hcsref_type_string),
    FIELD(vm_options, bundle, "bundle", hcsref_type_string), FIELD(vm_options, shim, "shim", shim_type),
    FIELD(vm_options, rootfs, "rootfs", serve_rootfs_type),  FIELD(vm_options, overrides, "overrides", hcsref_type_raw),
};
static const hcsref_type vm_options_type = OBJECT(vm_options, "options", vm_options_fields);

typedef struct vm_params {
  serve_spec_params spec;
  vm_options options;
  hcsref_str host;
} vm_params;

static const hcsref_field vm_fields[] = {
    FIELD(vm_params, spec.spec, "spec", hcsref_type_raw),
    FIELD(vm_params, spec.spec_base64, "spec_base64", hcsref_type_bytes),
    FIELD(vm_params, options, "options", vm_options_type),
    FIELD(vm_params, host, "host", hcsref_type_raw),
};
static const hcsref_type vm_type = OBJECT(vm_params, "vm", vm_fields);

/* What both operations start from. */
typedef struct vm_input {
  hcsref_oci_spec *spec;
  hcsref_uvm_settings settings;
  hcsref_vm_script *script;
  hcsref_vm_host host;
} vm_input;

static bool read_kind(serve_request *request, hcsref_str kind, bool *task) {
  *task = hcsref_str_equal(kind, HCSREF_LIT("task"));
  return *task || kind.len == 0 || hcsref_str_equal(kind, HCSREF_LIT("pod")) ||
         hcsref_fail(request->arena, request->err, "bad-params", HCSREF_LIT("/options/kind"),
                     "the kind is \"pod\" or \"task\", not %q", kind);
}

static bool load_input(serve_request *request, const vm_params *in, vm_input *out) {
  const vm_options *options = &in->options;
  if (!serve_decode_required_spec(request, &in->spec, &hcsref_type_oci_spec, &out->spec) ||
      !serve_load_vm_host(request, in->host, &out->script) || !read_kind(request, options->kind, &out->settings.task))
    return false;
  out->host = hcsref_vm_script_host(out->script);
  out->settings.profile = request->profile;
  out->settings.id = options->id;
  out->settings.bundle = options->bundle;
  out->settings.shim_path = hcsref_vm_script_shim_path(out->script);
  out->settings.shim = options->shim;
  out->settings.rootfs = options->rootfs;
  out->settings.overrides = serve_is_null(options->overrides) ? HCSREF_LIT("") : options->overrides;
  return true;
}

static bool append(serve_request *request, const hcsref_type *type, const void *value) {
  if (value == NULL)
    hcsref_buf_append(request->reply, HCSREF_LIT("null"));
  else if (!hcsref_json_append_as(request->reply, request->rules, type, value, request->err))
    return false;
  return !request->reply->failed || hcsref_fail_memory(request->err);
}

static bool oci_to_uvm_options(serve_request *request, const void *params, void *answer) {
  vm_input input = {0};
  hcsref_uvm_options *options;
  (void)answer;
  return load_input(request, params, &input) &&
         serve_settle_vm(request, hcsref_uvm_options_of(request->arena, input.spec, &input.settings, &input.host,
                                                        &options, request->err)) &&
         append(request, &hcsref_type_uvm_options, options);
}

static bool uvm_document(serve_request *request, const void *params, void *answer) {
  vm_input input = {0};
  hcsref_v2_compute_system *system;
  (void)answer;
  return load_input(request, params, &input) &&
         serve_settle_vm(request, hcsref_uvm_document(request->arena, input.spec, &input.settings, &input.host, &system,
                                                      request->err)) &&
         append(request, &hcsref_type_v2_compute_system, system);
}

static const serve_operation operations[] = {
    {"oci-to-uvm-options", SERVE_BY(HCSSHIM), &vm_type, NULL, oci_to_uvm_options},
    {"uvm-document", SERVE_BY(HCSSHIM), &vm_type, NULL, uvm_document},
};

const serve_operations serve_vm_operations = {operations, sizeof(operations) / sizeof(operations[0])};
