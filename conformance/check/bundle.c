/* SPDX-License-Identifier: Apache-2.0 */
#include "check/bundle.h"

bool created_is_v1(const created *c) {
  return kit_json_get(c->tree, "SystemType") != NULL;
}

bool created_is_comparable(const created *c) {
  return c->tree->kind == KIT_JSON_OBJECT && kit_json_get(c->tree, "VirtualMachine") == NULL &&
         kit_json_get(c->tree, "HostingSystemId") == NULL && !kit_json_is_true(kit_json_get(c->tree, "HvPartition"));
}

static hcsref_str last_folder(const hcsref_oci_spec *spec) {
  const hcsref_slice *folders = &spec->windows->layer_folders;
  const hcsref_str *items = folders->items;
  return folders->len == 0 ? hcsref_str_from(NULL, 0) : items[folders->len - 1];
}

/* containerd's shim gets the layers beside the bundle: its config.json names none. Source: containerd
 * runtime/v2 bundles, hcsshim cmd/containerd-shim-runhcs-v1 service_internal.go. */
static bool fill_folders(hcsref_arena *arena, hcsref_oci_spec *spec, const fact_layer *layer) {
  hcsref_slice *folders = &spec->windows->layer_folders;
  if (folders->len > 0 || layer == NULL)
    return true;
  for (size_t i = 0; i <= layer->parent_count; i++) {
    hcsref_str *entry = hcsref_slice_push(arena, folders, sizeof(*entry));
    if (entry == NULL)
      return false;
    *entry = i < layer->parent_count ? layer->parents[i] : layer->scratch;
  }
  return true;
}

static bool fill_root(hcsref_arena *arena, hcsref_oci_spec *spec, const fact_layer *layer) {
  if (layer == NULL || (spec->root != NULL && spec->root->path.len > 0))
    return true;
  if (spec->root == NULL)
    spec->root = hcsref_arena_alloc(arena, sizeof(*spec->root));
  if (spec->root == NULL)
    return false;
  spec->root->path = layer->volume;
  return true;
}

static void fill_options(const facts *f, const created *c, const hcsref_oci_spec *spec,
                         hcsref_create_options *options) {
  const hcsref_oci_windows_network *network = spec->windows == NULL ? NULL : spec->windows->network;
  options->id = c->id;
  options->owner = kit_json_get_string(c->tree, "Owner");
  options->has_schema = true;
  options->schema.major = created_is_v1(c) ? 1 : 2;
  options->schema.minor = created_is_v1(c) ? 0 : 1;
  if (network != NULL)
    options->network_namespace =
        network->network_namespace.len > 0 ? network->network_namespace : facts_namespace(f, c->process);
}

static bool complete(hcsref_arena *arena, const facts *f, const created *c, hcsref_oci_spec *spec) {
  const kit_json *container = kit_json_get(c->tree, "Container");
  hcsref_str volume = created_is_v1(c) ? kit_json_get_string(c->tree, "VolumePath")
                                       : kit_json_get_string(kit_json_get(container, "Storage"), "Path");
  const fact_layer *layer;
  if (spec->windows == NULL)
    return true;
  layer = facts_layer(f, c->process, volume, last_folder(spec));
  return fill_folders(arena, spec, layer) && fill_root(arena, spec, layer);
}

bool bundle_document(hcsref_arena *arena, const facts *f, const created *c, const hcsref_profile *profile,
                     hcsref_str spec_text, hcsref_str *out, hcsref_error *err) {
  const hcsref_rules *rules = hcsref_profile_rules(profile, HCSREF_PROGRAM_HCSSHIM);
  const kit_json *container = created_is_v1(c) ? c->tree : kit_json_get(c->tree, "Container");
  facts_host facts_of = {f, kit_json_get(container, "MappedDirectories")};
  hcsref_host host = facts_as_host(&facts_of);
  hcsref_oci_spec *spec = hcsref_arena_alloc(arena, sizeof(*spec));
  hcsref_create_options options = {0};
  hcsref_create_request request;
  if (spec == NULL)
    return hcsref_fail_memory(err);
  /* The shim takes the first value of config.json and ignores what follows. */
  if (!hcsref_json_decode_as(arena, rules, spec_text, &hcsref_type_oci_spec, HCSREF_JSON_STREAM, spec, err))
    return false;
  if (!complete(arena, f, c, spec))
    return hcsref_fail_memory(err);
  fill_options(f, c, spec, &options);
  options.profile = profile;
  return hcsref_create_document(arena, spec, &options, &host, &request, err) &&
         hcsref_json_encode_as(arena, rules, request.document_type, request.document, out, err);
}
