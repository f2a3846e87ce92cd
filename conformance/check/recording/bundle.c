/* SPDX-License-Identifier: Apache-2.0 */
#include "check/recording/bundle.h"

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
  options->ccg_state = facts_credential(f, c->id);
}

static hcsref_str volume_of(const created *c) {
  return created_is_v1(c) ? kit_json_get_string(c->tree, "VolumePath")
                          : kit_json_get_string(kit_json_get(kit_json_get(c->tree, "Container"), "Storage"), "Path");
}

static bool complete(hcsref_arena *arena, const facts *f, const created *c, hcsref_oci_spec *spec) {
  const fact_layer *layer;
  if (spec->windows == NULL)
    return true;
  layer = facts_layer(f, c->process, volume_of(c), last_folder(spec));
  return fill_folders(arena, spec, layer) && fill_root(arena, spec, layer);
}

/* ---- docker's inputs --------------------------------------------------------------------------------------------- */

static bool push_text(hcsref_arena *arena, hcsref_slice *list, hcsref_str text) {
  hcsref_str *entry = hcsref_slice_push(arena, list, sizeof(*entry));
  if (entry != NULL)
    *entry = text;
  return entry != NULL;
}

static const kit_json *first_of(const kit_json *tree, const char *name) {
  const kit_json *list = kit_json_get(tree, name);
  return list != NULL && list->kind == KIT_JSON_ARRAY ? list->first : NULL;
}

/* The layers of the document itself, where no call before it told them. */
static bool take_folders(hcsref_arena *arena, const created *c, hcsref_oci_spec *spec) {
  for (const kit_json *layer = first_of(c->tree, "Layers"); layer != NULL; layer = layer->next)
    if (!push_text(arena, &spec->windows->layer_folders, kit_json_get_string(layer, "Path")))
      return false;
  return push_text(arena, &spec->windows->layer_folders, kit_json_get_string(c->tree, "LayerFolderPath"));
}

/* Networks beside the one that is there by itself: no input of docker's tells their driver, which has a say. */
static bool has_other_networks(const kit_json *container) {
  const kit_json *networks = kit_json_get(kit_json_get(container, "NetworkSettings"), "Networks");
  for (const kit_json *one = networks == NULL ? NULL : networks->first; one != NULL; one = one->next)
    if (!hcsref_str_equal(one->key, HCSREF_LIT("nat")))
      return true;
  return false;
}

/* Neither docker's inspection nor its API tells the layers, the volume, the endpoints of the network service or what is
 * in a credential spec's file: those are facts. dockerd cuts the last byte off the root's path (moby
 * libcontainerd/local/local_windows.go createWindows). */
static bool complete_docker(hcsref_arena *arena, const facts *f, const created *c, const kit_json *container,
                            hcsref_oci_spec *spec) {
  hcsref_oci_windows *windows = spec->windows;
  const fact_layer *layer = facts_layer(f, c->process, volume_of(c), kit_json_get_string(c->tree, "LayerFolderPath"));
  hcsref_str credentials = kit_json_get_string(c->tree, "Credentials");
  if (windows == NULL || spec->root == NULL)
    return true;
  windows->layer_folders.len = 0;
  if (layer != NULL ? !fill_folders(arena, spec, layer) : !take_folders(arena, c, spec))
    return false;
  if (windows->credential_spec.kind == HCSREF_VALUE_STRING && credentials.len > 0)
    windows->credential_spec.as.string = credentials;
  if (windows->network != NULL) {
    windows->network->endpoint_list.len = 0;
    if (has_other_networks(container))
      windows->network->allow_unqualified_dns_query =
          kit_json_is_true(kit_json_get(c->tree, "AllowUnqualifiedDNSQuery"));
    for (const kit_json *endpoint = first_of(c->tree, "EndpointList"); endpoint != NULL; endpoint = endpoint->next)
      if (!push_text(arena, &windows->network->endpoint_list, endpoint->text))
        return false;
  }
  return hcsref_format(arena, &spec->root->path, "%v\\", volume_of(c));
}

static bool is_docker(input_kind kind) {
  return kind == INPUT_DOCKER_INSPECT || kind == INPUT_DOCKER_CREATE;
}

/* ---- documents --------------------------------------------------------------------------------------------------- */

typedef struct work {
  hcsref_arena *arena;
  const facts *f;
  const created *c;
  const hcsref_host *host;
  hcsref_error *err;
} work;

static bool shim_document(const work *w, const hcsref_profile *profile, hcsref_oci_spec *spec, hcsref_str *out) {
  hcsref_create_options options = {0};
  hcsref_create_request request;
  fill_options(w->f, w->c, spec, &options);
  options.profile = profile;
  return hcsref_create_document(w->arena, spec, &options, w->host, &request, w->err) &&
         hcsref_json_encode_as(w->arena, hcsref_profile_rules(profile, HCSREF_PROGRAM_HCSSHIM), request.document_type,
                               request.document, out, w->err);
}

static bool dockerd_document(const work *w, const hcsref_profile *profile, const hcsref_oci_spec *spec,
                             hcsref_str *out) {
  hcsref_v1_container_config *document;
  return hcsref_docker_document(w->arena, spec, w->c->id, profile, w->host, &document, w->err) &&
         hcsref_json_encode_as(w->arena, hcsref_profile_rules(profile, HCSREF_PROGRAM_MOBY),
                               &hcsref_type_v1_container_config, document, out, w->err);
}

/* dockerd by itself writes documents of schema 1 only. */
static const hcsref_profile *dockerd_of(const input_spec *read, const created *c, const hcsref_profile *profile) {
  const bool shim = hcsref_profile_rules(profile, HCSREF_PROGRAM_HCSSHIM) != NULL;
  if (read->dockerd != NULL)
    return created_is_v1(c) || !shim ? read->dockerd : NULL;
  return shim ? NULL : profile;
}

static bool make_document(const work *w, const input_spec *read, const hcsref_profile *profile, hcsref_str *out) {
  const hcsref_profile *dockerd = dockerd_of(read, w->c, profile);
  const hcsref_rules *rules = hcsref_profile_rules(dockerd == NULL ? profile : dockerd,
                                                   dockerd == NULL ? HCSREF_PROGRAM_HCSSHIM : HCSREF_PROGRAM_MOBY);
  hcsref_oci_spec *spec = hcsref_arena_alloc(w->arena, sizeof(*spec));
  if (spec == NULL)
    return hcsref_fail_memory(w->err);
  /* The shim takes the first value of config.json and ignores what follows. */
  if (!hcsref_json_decode_as(w->arena, rules, read->text, &hcsref_type_oci_spec, HCSREF_JSON_STREAM, spec, w->err))
    return false;
  if (dockerd == NULL && read->shim != NULL &&
      !hcsref_shim_complete_spec(w->arena, profile, &read->shim->options, spec, w->err))
    return false;
  if (is_docker(read->kind) && created_is_v1(w->c) ? !complete_docker(w->arena, w->f, w->c, read->container, spec)
                                                   : !complete(w->arena, w->f, w->c, spec))
    return hcsref_fail_memory(w->err);
  return dockerd != NULL ? dockerd_document(w, dockerd, spec, out) : shim_document(w, profile, spec, out);
}

bool bundle_document(hcsref_arena *arena, const facts *f, const created *c, const hcsref_profile *profile,
                     const bundle_source *source, const bundle_setup *setup, hcsref_str *out, hcsref_error *err) {
  const kit_json *container = created_is_v1(c) ? c->tree : kit_json_get(c->tree, "Container");
  facts_host facts_of = {f, kit_json_get(container, "MappedDirectories")};
  hcsref_host host = facts_as_host(&facts_of);
  const work w = {arena, f, c, &host, err};
  input_setup input = {.profile = profile, .id = c->id, .place = source->place};
  input_spec read;
  input_source where;
  input.network_namespace = facts_namespace(f, c->process);
  input.pod = setup->pod;
  input.image = setup->image;
  input.runtime = setup->runtime;
  return input_read_spec(arena, &input, source->text, &host, &read, &where, err) &&
         make_document(&w, &read, profile, out);
}
