/* SPDX-License-Identifier: Apache-2.0 */
/* The operations on what the shim does around a document: annotations, layers, mounts, paths. */
#include "serve/operation.h"
#include "serve/params.h"
#include "serve/table.h"

/* ---- process-annotations ------------------------------------------------------------------------------------- */

typedef struct annotations_shape {
  hcsref_map annotations;
} annotations_shape;

static const hcsref_field annotations_fields[] = {
    FIELD(annotations_shape, annotations, "annotations", hcsref_type_string_map),
};
static const hcsref_type annotations_type = OBJECT(annotations_shape, "process-annotations", annotations_fields);

static bool process_annotations(serve_request *request, const void *params, void *answer) {
  annotations_shape *out = answer;
  *out = *(const annotations_shape *)params;
  return hcsref_process_annotations(request->arena, request->rules, &out->annotations, request->err);
}

/* ---- parse-layers -------------------------------------------------------------------------------------------- */

typedef struct layers_params {
  hcsref_slice rootfs, layer_folders;
} layers_params;

static const hcsref_field layers_fields[] = {
    FIELD(layers_params, rootfs, "rootfs", serve_rootfs_type),
    FIELD(layers_params, layer_folders, "layer_folders", hcsref_type_strings),
};
static const hcsref_type layers_type = OBJECT(layers_params, "parse-layers", layers_fields);

typedef struct folder_layers {
  hcsref_slice folders;
  hcsref_str scratch, type;
} folder_layers;

static const hcsref_field folder_layers_fields[] = {
    FIELD(folder_layers, folders, "layers", hcsref_type_strings),
    FIELD(folder_layers, scratch, "scratch", hcsref_type_string),
    FIELD(folder_layers, type, "type", hcsref_type_string),
};
static const hcsref_type folder_layers_type = OBJECT(folder_layers, "layers", folder_layers_fields);

typedef struct forked_layer {
  hcsref_str cim, folder;
} forked_layer;

static const hcsref_field forked_layer_fields[] = {
    FIELD(forked_layer, cim, "cim", hcsref_type_string),
    FIELD(forked_layer, folder, "layer", hcsref_type_string),
};
static const hcsref_type forked_layer_type = OBJECT(forked_layer, "layer", forked_layer_fields);
static const hcsref_type forked_list_type = LIST(forked_layer_type, "[]layer");
static const hcsref_field forked_layers_fields[] = {
    FIELD(folder_layers, folders, "layers", forked_list_type),
    FIELD(folder_layers, scratch, "scratch", hcsref_type_string),
    FIELD(folder_layers, type, "type", hcsref_type_string),
};
static const hcsref_type forked_layers_type = OBJECT(folder_layers, "layers", forked_layers_fields);

static const hcsref_field block_cim_fields[] = {
    FIELD(hcsref_block_cim, block_path, "BlockPath", hcsref_type_string),
    FIELD(hcsref_block_cim, name, "CimName", hcsref_type_string),
    FIELD(hcsref_block_cim, type, "Type", hcsref_type_uint32),
};
static const hcsref_type block_cim_type = OBJECT(hcsref_block_cim, "cimfs.BlockCIM", block_cim_fields);
static const hcsref_type block_cims_type = LIST(block_cim_type, "[]*cimfs.BlockCIM");
static const hcsref_type merged_type = POINTER(block_cim_type, "*cimfs.BlockCIM");

typedef struct block_layers {
  hcsref_slice layers;
  const hcsref_block_cim *merged;
  hcsref_str scratch, type;
} block_layers;

static const hcsref_field block_layers_fields[] = {
    FIELD(block_layers, layers, "layers", block_cims_type),
    FIELD(block_layers, merged, "merged", merged_type),
    FIELD(block_layers, scratch, "scratch", hcsref_type_string),
    FIELD(block_layers, type, "type", hcsref_type_string),
};
static const hcsref_type block_layers_type = OBJECT(block_layers, "layers", block_layers_fields);

static bool append_folders(serve_request *request, const hcsref_layers *layers) {
  const folder_layers shape = {layers->folders, layers->scratch, HCSREF_LIT("*layers.wcowWCIFSLayers")};
  return hcsref_json_append_as(request->reply, request->rules, &folder_layers_type, &shape, request->err);
}

static bool append_forked(serve_request *request, const hcsref_layers *layers) {
  folder_layers shape = {{NULL, 0, 0}, layers->scratch, HCSREF_LIT("*layers.wcowForkedCIMLayers")};
  const hcsref_str *cims = layers->cims.items, *folders = layers->folders.items;
  for (size_t i = 0; i < layers->cims.len; i++) {
    forked_layer *layer = hcsref_slice_push(request->arena, &shape.folders, sizeof(*layer));
    if (layer == NULL)
      return hcsref_fail_memory(request->err);
    layer->cim = cims[i];
    layer->folder = folders[i];
  }
  return hcsref_json_append_as(request->reply, request->rules, &forked_layers_type, &shape, request->err);
}

static bool append_block(serve_request *request, const hcsref_layers *layers) {
  const block_layers shape = {layers->block_cims, layers->merged, layers->scratch,
                              HCSREF_LIT("*layers.wcowBlockCIMLayers")};
  return hcsref_json_append_as(request->reply, request->rules, &block_layers_type, &shape, request->err);
}

/* By hcsref_layers_kind. */
static bool (*const append_layers[])(serve_request *request,
                                     const hcsref_layers *layers) = {append_folders, append_forked, append_block};

/* What layers look like depends on their kind, so the payload is put together here. */
static bool parse_layers(serve_request *request, const void *params, void *answer) {
  const layers_params *in = params;
  hcsref_layers layers;
  (void)answer;
  if (!hcsref_parse_layers(request->arena, request->rules, &in->rootfs, &in->layer_folders, &layers, request->err))
    return false;
  hcsref_buf_append(request->reply, HCSREF_LIT("{\"layers\":"));
  if (!append_layers[layers.kind](request, &layers))
    return false;
  hcsref_buf_append_char(request->reply, '}');
  return !request->reply->failed || hcsref_fail_memory(request->err);
}

/* ---- setup-mounts -------------------------------------------------------------------------------------------- */

typedef struct setup_params {
  serve_spec_params spec;
  hcsref_str hosting_system;
} setup_params;

static const hcsref_field setup_fields[] = {
    FIELD(setup_params, spec.spec, "spec", hcsref_type_raw),
    FIELD(setup_params, spec.spec_base64, "spec_base64", hcsref_type_bytes),
    FIELD(setup_params, hosting_system, "hosting_system", hcsref_type_raw),
};
static const hcsref_type setup_type = OBJECT(setup_params, "setup-mounts", setup_fields);

typedef struct setup_answer {
  hcsref_slice done, *pipes; /* []string */
} setup_answer;

static const hcsref_type pipes_type = POINTER(hcsref_type_strings, "*[]string");
static const hcsref_field setup_answer_fields[] = {
    FIELD(setup_answer, done, "done", hcsref_type_strings),
    OMIT(setup_answer, pipes, "pipes", pipes_type),
};
static const hcsref_type setup_answer_type = OBJECT(setup_answer, "setup-mounts", setup_answer_fields);

static const char *read_only_text(bool read_only) {
  return read_only ? "true" : "false";
}

static bool show_step(hcsref_arena *arena, const hcsref_setup_step *step, hcsref_str *out) {
  switch (step->kind) {
  case HCSREF_SETUP_PIPE:
    return hcsref_format(arena, out, "pipe %v", step->path);
  case HCSREF_SETUP_DISK:
    return hcsref_format(arena, out, "disk %v ro=%s", step->path, read_only_text(step->read_only));
  case HCSREF_SETUP_MAKE_FOLDER:
    return hcsref_format(arena, out, "exec [\"cmd\" \"/c\" \"mkdir\" %q \"&\" \"dir\" %q]", step->path, step->path);
  case HCSREF_SETUP_VSMB:
  default:
    return hcsref_format(arena, out, "vsmb %v ro=%s", step->path, read_only_text(step->read_only));
  }
}

static bool show_steps(serve_request *request, const hcsref_slice *steps, hcsref_slice *out) {
  const hcsref_setup_step *items = steps->items;
  hcsref_slice_make_empty(out);
  for (size_t i = 0; i < steps->len; i++) {
    hcsref_str *text = hcsref_slice_push(request->arena, out, sizeof(*text));
    if (text == NULL || !show_step(request->arena, &items[i], text))
      return hcsref_fail_memory(request->err);
  }
  return true;
}

static bool show_pipes(serve_request *request, const hcsref_slice *pipes, hcsref_slice **out) {
  const hcsref_named_pipe *items = pipes->items;
  hcsref_slice *list = hcsref_arena_alloc(request->arena, sizeof(*list));
  if (list == NULL)
    return hcsref_fail_memory(request->err);
  hcsref_slice_make_empty(list);
  for (size_t i = 0; i < pipes->len; i++) {
    hcsref_str *text = hcsref_slice_push(request->arena, list, sizeof(*text));
    if (text == NULL || !hcsref_format(request->arena, text, "%v -> %v uvm=%s", items[i].host_path,
                                       items[i].container_pipe, read_only_text(items[i].in_vm)))
      return hcsref_fail_memory(request->err);
  }
  *out = list;
  return true;
}

static bool setup_mounts(serve_request *request, const void *params, void *answer) {
  const setup_params *in = params;
  setup_answer *out = answer;
  const hcsref_hosting_system *vm = NULL;
  hcsref_oci_spec *spec;
  hcsref_mounts_setup setup;
  if (!serve_decode_spec(request, &in->spec, &hcsref_type_oci_spec, &spec) ||
      !serve_load_hosting_system(request, in->hosting_system, "/hosting_system", &vm) ||
      !hcsref_setup_mounts(request->arena, request->rules, spec, vm, &setup, request->err) ||
      !show_steps(request, &setup.steps, &out->done))
    return false;
  return setup.pipes.items == NULL || show_pipes(request, &setup.pipes, &out->pipes);
}

/* ---- cpu-affinity ------------------------------------------------------------------------------------------- */

typedef struct affinity_params {
  serve_spec_params spec;
  hcsref_str host;
} affinity_params;

static const hcsref_field affinity_fields[] = {
    FIELD(affinity_params, spec.spec, "spec", hcsref_type_raw),
    FIELD(affinity_params, spec.spec_base64, "spec_base64", hcsref_type_bytes),
    FIELD(affinity_params, host, "host", hcsref_type_raw),
};
static const hcsref_type affinity_type = OBJECT(affinity_params, "cpu-affinity", affinity_fields);

typedef struct affinity_answer {
  hcsref_slice affinity;
} affinity_answer;

static const hcsref_type affinity_list_type =
    LIST(hcsref_type_oci_windows_cpu_group_affinity, "[]specs.WindowsCPUGroupAffinity");
static const hcsref_field affinity_answer_fields[] = {FIELD(affinity_answer, affinity, "affinity", affinity_list_type)};
static const hcsref_type affinity_answer_type = OBJECT(affinity_answer, "cpu-affinity", affinity_answer_fields);

static bool cpu_affinity(serve_request *request, const void *params, void *answer) {
  const affinity_params *in = params;
  hcsref_oci_spec *spec;
  hcsref_host host;
  if (!serve_decode_spec(request, &in->spec, &hcsref_type_oci_spec, &spec) || !serve_load_host(request, in->host))
    return false;
  host = hcsref_script_host(request->script);
  return hcsref_check_cpu_affinity(request->arena, request->rules, spec, &host, &((affinity_answer *)answer)->affinity,
                                   request->err);
}

/* ---- paths ------------------------------------------------------------------------------------------------------ */

typedef struct path_shape {
  hcsref_str path;
} path_shape;

static const hcsref_field path_fields[] = {FIELD(path_shape, path, "path", hcsref_type_string)};
static const hcsref_type path_type = OBJECT(path_shape, "sanitize-path", path_fields);

static bool sanitize_path(serve_request *request, const void *params, void *answer) {
  return hcsref_sanitize_path(request->arena, request->rules, ((const path_shape *)params)->path,
                              &((path_shape *)answer)->path, request->err);
}

static const hcsref_field cid_fields[] = {FIELD(path_shape, path, "cid", hcsref_type_string)};
static const hcsref_type cid_type = OBJECT(path_shape, "cim-volume", cid_fields);
static const hcsref_field volume_fields[] = {FIELD(path_shape, path, "volume", hcsref_type_string)};
static const hcsref_type volume_type = OBJECT(path_shape, "cim-volume", volume_fields);

static bool cim_volume(serve_request *request, const void *params, void *answer) {
  return hcsref_cim_volume(request->arena, request->rules, ((const path_shape *)params)->path,
                           &((path_shape *)answer)->path, request->err);
}

static const serve_operation operations[] = {
    {"process-annotations", SERVE_BY(HCSSHIM), &annotations_type, &annotations_type, process_annotations},
    {"parse-layers", SERVE_BY(HCSSHIM), &layers_type, NULL, parse_layers},
    {"setup-mounts", SERVE_BY(HCSSHIM), &setup_type, &setup_answer_type, setup_mounts},
    {"cpu-affinity", SERVE_BY(HCSSHIM), &affinity_type, &affinity_answer_type, cpu_affinity},
    {"sanitize-path", SERVE_BY(HCSSHIM), &path_type, &path_type, sanitize_path},
    {"cim-volume", SERVE_BY(HCSSHIM), &cid_type, &volume_type, cim_volume},
};

const serve_operations serve_shim_operations = {operations, sizeof(operations) / sizeof(operations[0])};
