/* SPDX-License-Identifier: Apache-2.0 */
/* The operations of containerd's CRI plugin. */
#include "serve/operation.h"
#include "serve/params.h"
#include "serve/table.h"

/* ---- cri-to-oci ------------------------------------------------------------------------- */

typedef struct cri_params {
  serve_spec_params spec;
  hcsref_cri_container_config *config;
  hcsref_slice extra_mounts; /* []*Mount */
  hcsref_str *network_namespace, *credential_spec;
  bool sandbox_shares;
  hcsref_cri_windows_container_resources *resources;
  hcsref_str host;
} cri_params;

static const hcsref_type string_pointer_type = POINTER(hcsref_type_string, "*string");
static const hcsref_type config_type = POINTER(hcsref_type_cri_container_config, "*runtime.ContainerConfig");
static const hcsref_type resources_type =
    POINTER(hcsref_type_cri_windows_container_resources, "*runtime.WindowsContainerResources");
static const hcsref_type mount_type = POINTER(hcsref_type_cri_mount, "*runtime.Mount");
static const hcsref_type mounts_type = LIST(mount_type, "[]*runtime.Mount");

static const hcsref_field cri_fields[] = {
    FIELD(cri_params, spec.spec, "spec", hcsref_type_raw),
    FIELD(cri_params, spec.spec_base64, "spec_base64", hcsref_type_bytes),
    FIELD(cri_params, config, "config", config_type),
    FIELD(cri_params, extra_mounts, "extra_mounts", mounts_type),
    FIELD(cri_params, network_namespace, "network_namespace", string_pointer_type),
    FIELD(cri_params, credential_spec, "credential_spec", string_pointer_type),
    FIELD(cri_params, sandbox_shares, "sandbox_shares", hcsref_type_bool),
    FIELD(cri_params, resources, "resources", resources_type),
    FIELD(cri_params, host, "host", hcsref_type_raw),
};
static const hcsref_type cri_type = OBJECT(cri_params, "cri-to-oci", cri_fields);

typedef struct cri_answer {
  hcsref_slice mkdir; /* []string */
  hcsref_oci_spec spec;
} cri_answer;

static const hcsref_field cri_answer_fields[] = {
    FIELD(cri_answer, mkdir, "mkdir", hcsref_type_strings),
    FIELD(cri_answer, spec, "spec", hcsref_type_oci_spec),
};
static const hcsref_type cri_answer_type = OBJECT(cri_answer, "cri-to-oci answer", cri_answer_fields);

/* Which the host was made to make; never null. */
static hcsref_slice folders_made(const serve_request *request) {
  hcsref_slice made = *hcsref_script_made(request->script);
  if (made.items == NULL)
    hcsref_slice_make_empty(&made);
  return made;
}

static bool cri_to_oci(serve_request *request, const void *params, void *answer) {
  const cri_params *in = params;
  cri_answer *out = answer;
  hcsref_oci_spec *spec;
  hcsref_host host;
  hcsref_cri_settings settings = {in->config,    in->extra_mounts,    in->network_namespace, in->sandbox_shares,
                                  in->resources, in->credential_spec, request->profile};
  if (!serve_decode_spec(request, &in->spec, &hcsref_type_oci_spec, &spec) || !serve_load_host(request, in->host))
    return false;
  if (spec != NULL)
    out->spec = *spec;
  host = hcsref_script_cri_host(request->script);
  if (!hcsref_cri_to_oci(request->arena, &out->spec, &settings, &host, request->err))
    return false;
  out->mkdir = folders_made(request);
  return true;
}

/* ---- the whole specs ------ */

static const hcsref_type pod_type = POINTER(hcsref_type_cri_pod_sandbox_config, "*runtime.PodSandboxConfig");

/* What containerd's configuration says about a runtime. */
typedef struct runtime_params {
  hcsref_slice pod_annotations, container_annotations; /* []string */
  hcsref_str base_runtime_spec;                        /* JSON text */
  bool base_runtime_spec_missing;
} runtime_params;

static const hcsref_field runtime_fields[] = {
    FIELD(runtime_params, pod_annotations, "pod_annotations", hcsref_type_strings),
    FIELD(runtime_params, container_annotations, "container_annotations", hcsref_type_strings),
    FIELD(runtime_params, base_runtime_spec, "base_runtime_spec", hcsref_type_raw),
    FIELD(runtime_params, base_runtime_spec_missing, "base_runtime_spec_missing", hcsref_type_bool),
};
static const hcsref_type runtime_type = OBJECT(runtime_params, "runtime", runtime_fields);

typedef struct container_params {
  hcsref_str id, sandbox_id, image_name, network_namespace, container_root, host;
  hcsref_str *container_name;
  hcsref_cri_container_config *config;
  hcsref_cri_pod_sandbox_config *sandbox_config;
  hcsref_image_config image_config;
  hcsref_slice extra_mounts; /* []*Mount */
  bool ignore_image_volumes;
  runtime_params runtime;
} container_params;

static const hcsref_field container_fields[] = {
    FIELD(container_params, id, "id", hcsref_type_string),
    FIELD(container_params, sandbox_id, "sandbox_id", hcsref_type_string),
    FIELD(container_params, container_name, "container_name", string_pointer_type),
    FIELD(container_params, image_name, "image_name", hcsref_type_string),
    FIELD(container_params, network_namespace, "network_namespace", hcsref_type_string),
    FIELD(container_params, config, "config", config_type),
    FIELD(container_params, sandbox_config, "sandbox_config", pod_type),
    FIELD(container_params, image_config, "image_config", hcsref_type_image_config),
    FIELD(container_params, extra_mounts, "extra_mounts", mounts_type),
    FIELD(container_params, container_root, "container_root", hcsref_type_string),
    FIELD(container_params, ignore_image_volumes, "ignore_image_volumes", hcsref_type_bool),
    FIELD(container_params, runtime, "runtime", runtime_type),
    FIELD(container_params, host, "host", hcsref_type_raw),
};
static const hcsref_type container_type = OBJECT(container_params, "cri-container-spec", container_fields);

typedef struct container_answer {
  hcsref_slice mkdir; /* []string */
  hcsref_map snapshot_labels;
  hcsref_oci_spec spec;
} container_answer;

static const hcsref_field container_answer_fields[] = {
    FIELD(container_answer, mkdir, "mkdir", hcsref_type_strings),
    OMIT(container_answer, snapshot_labels, "snapshot_labels", hcsref_type_string_map),
    FIELD(container_answer, spec, "spec", hcsref_type_oci_spec),
};
static const hcsref_type container_answer_type =
    OBJECT(container_answer, "cri-container-spec answer", container_answer_fields);

/* A base spec that is said to be missing has this name. */
static const hcsref_str *missing_name(const runtime_params *runtime) {
  static const hcsref_str name = {"base.json", sizeof("base.json") - 1};
  return runtime->base_runtime_spec_missing ? &name : NULL;
}

static bool read_base_spec(serve_request *request, hcsref_str raw, const hcsref_oci_spec **out) {
  hcsref_oci_spec *spec;
  if (serve_is_null(raw))
    return true;
  spec = hcsref_arena_alloc(request->arena, sizeof *spec);
  if (spec == NULL)
    return hcsref_fail_memory(request->err);
  *out = spec;
  return serve_decode_member(request, raw, "/runtime/base_runtime_spec", &hcsref_type_oci_spec, spec);
}

static bool read_container(serve_request *request, const container_params *in, hcsref_cri_container *out) {
  const hcsref_cri_container_metadata *metadata = in->config == NULL ? NULL : in->config->metadata;
  out->profile = request->profile;
  out->id = in->id;
  out->sandbox_id = in->sandbox_id;
  out->image_name = in->image_name;
  out->network_namespace = in->network_namespace;
  if (in->container_name != NULL)
    out->name = *in->container_name;
  else if (metadata != NULL)
    out->name = metadata->name;
  out->config = in->config;
  out->sandbox_config = in->sandbox_config;
  out->image_config = &in->image_config;
  out->extra_mounts = in->extra_mounts;
  if (!in->ignore_image_volumes)
    out->root = in->container_root;
  out->volume_id = HCSREF_LIT("{id}");
  out->runtime.pod_annotations = in->runtime.pod_annotations;
  out->runtime.container_annotations = in->runtime.container_annotations;
  out->runtime.missing_base_spec = missing_name(&in->runtime);
  return read_base_spec(request, in->runtime.base_runtime_spec, &out->runtime.base_spec);
}

/* A volume's folder is new, so it is not there before it is made. */
static bool load_container_host(serve_request *request, const container_params *in) {
  hcsref_str parts[2], volumes;
  if (!serve_load_host(request, in->host))
    return false;
  if (in->container_root.len == 0)
    return true;
  parts[0] = in->container_root;
  parts[1] = HCSREF_LIT("volumes");
  if (!hcsref_path_join_as(request->arena, hcsref_profile_rules(request->profile, HCSREF_PROGRAM_CONTAINERD), parts, 2,
                           &volumes) ||
      !hcsref_format(request->arena, &volumes, "%v\\", volumes))
    return hcsref_fail_memory(request->err);
  hcsref_script_set_new_folder(request->script, volumes);
  return true;
}

static bool cri_container_spec(serve_request *request, const void *params, void *answer) {
  const container_params *in = params;
  container_answer *out = answer;
  hcsref_cri_container container = {0};
  hcsref_host host;
  if (!read_container(request, in, &container) || !load_container_host(request, in))
    return false;
  host = hcsref_script_cri_host(request->script);
  if (!hcsref_cri_container_spec(request->arena, &container, &host, &out->spec, request->err))
    return false;
  out->mkdir = folders_made(request);
  return hcsref_cri_snapshot_labels(request->arena, &container, &out->snapshot_labels) ||
         hcsref_fail_memory(request->err);
}

typedef struct sandbox_params {
  hcsref_str id, network_namespace, sandbox_image;
  hcsref_cri_pod_sandbox_config *sandbox_config;
  hcsref_image_config image_config;
  runtime_params runtime;
} sandbox_params;

static const hcsref_field sandbox_fields[] = {
    FIELD(sandbox_params, id, "id", hcsref_type_string),
    FIELD(sandbox_params, network_namespace, "network_namespace", hcsref_type_string),
    FIELD(sandbox_params, sandbox_image, "sandbox_image", hcsref_type_string),
    FIELD(sandbox_params, sandbox_config, "sandbox_config", pod_type),
    FIELD(sandbox_params, image_config, "image_config", hcsref_type_image_config),
    FIELD(sandbox_params, runtime, "runtime", runtime_type),
};
static const hcsref_type sandbox_type = OBJECT(sandbox_params, "cri-sandbox-spec", sandbox_fields);

/* An answer that is a spec alone. */
typedef struct spec_answer {
  hcsref_oci_spec spec;
} spec_answer;

static const hcsref_field spec_answer_fields[] = {FIELD(spec_answer, spec, "spec", hcsref_type_oci_spec)};
static const hcsref_type spec_answer_type = OBJECT(spec_answer, "spec answer", spec_answer_fields);

static bool cri_sandbox_spec(serve_request *request, const void *params, void *answer) {
  const sandbox_params *in = params;
  const hcsref_cri_sandbox sandbox = {request->profile,           in->id,
                                      in->network_namespace,      in->sandbox_image,
                                      in->sandbox_config,         &in->image_config,
                                      in->runtime.pod_annotations};
  return hcsref_cri_sandbox_spec(request->arena, &sandbox, &((spec_answer *)answer)->spec, request->err);
}

typedef struct update_params {
  serve_spec_params spec;
  hcsref_cri_windows_container_resources *resources;
} update_params;

static const hcsref_field update_fields[] = {
    FIELD(update_params, spec.spec, "spec", hcsref_type_raw),
    FIELD(update_params, spec.spec_base64, "spec_base64", hcsref_type_bytes),
    FIELD(update_params, resources, "resources", resources_type),
};
static const hcsref_type update_type = OBJECT(update_params, "cri-update-resources", update_fields);

static bool cri_update_resources(serve_request *request, const void *params, void *answer) {
  const update_params *in = params;
  spec_answer *out = answer;
  hcsref_oci_spec *spec;
  if (!serve_decode_spec(request, &in->spec, &hcsref_type_oci_spec, &spec))
    return false;
  if (spec != NULL)
    out->spec = *spec;
  return hcsref_cri_update_resources(request->arena, request->profile, in->resources, &out->spec, request->err);
}

static const serve_operation operations[] = {
    {"cri-to-oci", SERVE_BY(CONTAINERD), &cri_type, &cri_answer_type, cri_to_oci},
    {"cri-container-spec", SERVE_BY(CONTAINERD), &container_type, &container_answer_type, cri_container_spec},
    {"cri-sandbox-spec", SERVE_BY(CONTAINERD), &sandbox_type, &spec_answer_type, cri_sandbox_spec},
    {"cri-update-resources", SERVE_BY(CONTAINERD), &update_type, &spec_answer_type, cri_update_resources},
};

const serve_operations serve_cri_operations = {operations, sizeof(operations) / sizeof(operations[0])};
