/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/params.h"

#include "serve/table.h"

static const hcsref_field rootfs_fields[] = {
    FIELD(hcsref_rootfs_mount, type, "type", hcsref_type_string),
    FIELD(hcsref_rootfs_mount, source, "source", hcsref_type_string),
    FIELD(hcsref_rootfs_mount, target, "target", hcsref_type_string),
    FIELD(hcsref_rootfs_mount, options, "options", hcsref_type_strings),
};
static const hcsref_type rootfs_mount_type = OBJECT(hcsref_rootfs_mount, "types.Mount", rootfs_fields);
const hcsref_type serve_rootfs_type = LIST(rootfs_mount_type, "[]types.Mount");

bool serve_fail_in(serve_request *request, const char *member) {
  hcsref_str where;
  if (request->err != NULL && hcsref_format(request->arena, &where, "%s%v", member, request->err->where))
    request->err->where = where;
  return false;
}

bool serve_decode_member(serve_request *request, hcsref_str raw, const char *member, const hcsref_type *type,
                         void *out) {
  return hcsref_json_decode_as(request->arena, request->rules, raw, type, HCSREF_JSON_WHOLE, out, request->err) ||
         serve_fail_in(request, member);
}

bool serve_decode_spec(serve_request *request, const serve_spec_params *params, const hcsref_type *type,
                       hcsref_oci_spec **spec) {
  bool raw_bytes = params->spec_base64.len > 0;
  hcsref_str text = raw_bytes ? params->spec_base64 : params->spec;
  // cppcheck-suppress redundantPointerOp ; the macro takes the address
  const hcsref_type pointer = POINTER(*type, "*specs.Spec"); /* null is no spec, as JSON and as bytes */
  *spec = NULL;
  if (!raw_bytes && text.len == 0)
    return true;
  return serve_decode_member(request, text, raw_bytes ? "/spec_base64" : "/spec", &pointer, spec);
}

bool serve_decode_required_spec(serve_request *request, const serve_spec_params *params, const hcsref_type *type,
                                hcsref_oci_spec **spec) {
  if (!serve_decode_spec(request, params, type, spec))
    return false;
  return *spec != NULL ||
         hcsref_fail(request->arena, request->err, "spec-missing", HCSREF_LIT("/spec"), "there is no spec");
}

bool serve_decode_schema(serve_request *request, hcsref_str raw, const char *member, hcsref_v2_version *version,
                         bool *given) {
  hcsref_str name = {0};
  *given = !serve_is_null(raw);
  version->major = 0;
  version->minor = 0;
  if (!*given)
    return true;
  if (raw.data[0] != '"')
    return serve_decode_member(request, raw, member, &hcsref_type_v2_version, version);
  if (!serve_decode_member(request, raw, member, &hcsref_type_string, &name))
    return false;
  if (hcsref_str_equal(name, HCSREF_LIT("v1"))) {
    version->major = 1;
  } else if (hcsref_str_equal(name, HCSREF_LIT("v2"))) {
    version->major = 2;
    version->minor = 1;
  } else {
    return hcsref_fail(request->arena, request->err, "bad-params", hcsref_cstr(member),
                       "the schema is \"v1\", \"v2\" or {\"Major\",\"Minor\"}, not %q", name);
  }
  return true;
}

bool serve_load_host(serve_request *request, hcsref_str raw) {
  if (!hcsref_script_load(request->arena, raw, &request->script, request->err))
    return serve_fail_in(request, "/host");
  hcsref_script_keep_calls(request->script);
  return true;
}

bool serve_load_hosting_system(serve_request *request, hcsref_str raw, const char *member,
                               const hcsref_hosting_system **out) {
  hcsref_script *script = request->script;
  hcsref_hosting_system *system = NULL;
  if (script == NULL && !hcsref_script_load(request->arena, HCSREF_LIT(""), &script, request->err))
    return false;
  if (!hcsref_script_hosting_system(request->arena, script, raw, &system, request->err))
    return serve_fail_in(request, member);
  *out = system;
  return true;
}

bool serve_load_vm_host(serve_request *request, hcsref_str raw, hcsref_vm_script **out) {
  if (!hcsref_vm_script_load(request->arena, raw, out, request->err))
    return serve_fail_in(request, "/host");
  request->script = hcsref_vm_script_base(*out);
  hcsref_script_keep_calls(request->script);
  return true;
}

bool serve_is_null(hcsref_str raw) {
  return raw.len == 0 || hcsref_str_equal(raw, HCSREF_LIT("null"));
}
