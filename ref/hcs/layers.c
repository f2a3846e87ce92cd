/* SPDX-License-Identifier: Apache-2.0 */
/* The read-only layers in the documents. Before 0.13 the document finds them itself: all layer folders but the last,
 * which is the scratch. Source: hcsshim internal/hcsoci/hcsdoc_wcow.go createWindowsContainerDocument,
 * internal/layers/layers.go GetHCSLayers, ToHostHcsSchemaLayers. */
#include "hcs/layers.h"

#include "host/message.h"

#include "hcsref/path.h"

bool hcsref_read_layer_id(hcsref_builder *b, const hcsref_layer_source *source, size_t index, hcsref_str *id) {
  hcsref_guid guid;
  hcsref_str message = hcsref_no_message();
  if (b->host->ops->layer_id(b->host->ctx, b->arena, source->folders[index], &guid, &message))
    return hcsref_guid_text(b->arena, &guid, id) || hcsref_fail_memory(b->err);
  return hcsref_fail_layer(b, source, "layer-id", index, message);
}

bool hcsref_fail_layer(hcsref_builder *b, const hcsref_layer_source *source, const char *code, size_t index,
                       hcsref_str message) {
  if (hcsref_is_no_message(message))
    return hcsref_fail_memory(b->err);
  if (source->from_rootfs)
    return hcsref_fail(b->arena, b->err, code, HCSREF_LIT(HCSREF_ROOTFS_OPTIONS), "%s%v", source->failure, message);
  return hcsref_fail_item(b->arena, b->err, code, HCSREF_LAYER_FOLDERS, index, NULL, "%s%v", source->failure, message);
}

bool hcsref_layers_on_host(hcsref_builder *b, const hcsref_layer_source *source) {
  hcsref_v2_layer *layers = hcsref_arena_array(b->arena, source->count, sizeof *layers);
  if (layers == NULL)
    return hcsref_fail_memory(b->err);
  for (size_t i = 0; i < source->count; i++) {
    if (!hcsref_read_layer_id(b, source, i, &layers[i].id))
      return false;
    layers[i].path = source->folders[i];
  }
  hcsref_set_layers(b, layers, source->count);
  return true;
}

bool hcsref_layers_in_vm(hcsref_builder *b, const hcsref_layer_source *source) {
  hcsref_v2_layer *layers = hcsref_arena_array(b->arena, source->count, sizeof *layers);
  if (layers == NULL)
    return hcsref_fail_memory(b->err);
  for (size_t i = 0; i < source->count; i++) {
    hcsref_str message = hcsref_no_message();
    if (!b->vm->ops->vsmb_path(b->vm->ctx, b->arena, source->folders[i], true, &layers[i].path, &message))
      return hcsref_fail_layer(b, source, "vsmb-path", i, message);
    if (!hcsref_read_layer_id(b, source, i, &layers[i].id))
      return false;
  }
  hcsref_set_layers(b, layers, source->count);
  return true;
}

void hcsref_set_layers(hcsref_builder *b, hcsref_v2_layer *layers, size_t count) {
  b->layers_mounted = true;
  b->layers.items = count == 0 ? NULL : layers;
  b->layers.len = b->layers.cap = count;
}

/* ---- before 0.13 -------------------------------------------------------------------------------------------- */

/* The cim of a layer: cim-layers\NAME.cim beside its folder. Source: hcsshim internal/wclayer/cim common.go. */
static bool cim_path(hcsref_builder *b, hcsref_str folder, hcsref_str *out) {
  hcsref_str parts[3], name;
  parts[1] = HCSREF_LIT("cim-layers");
  return (hcsref_path_dir_as(b->arena, b->rules, folder, &parts[0]) &&
          hcsref_path_base_as(b->arena, b->rules, folder, &name) &&
          hcsref_format(b->arena, &parts[2], "%v.cim", name) &&
          hcsref_path_join_as(b->arena, b->rules, parts, 3, out)) ||
         hcsref_fail_memory(b->err);
}

/* All layers are in the cim of the topmost, by whose id they go. */
static bool layers_in_cim(hcsref_builder *b, const hcsref_layer_source *source, hcsref_str cim) {
  hcsref_v2_layer *layer = hcsref_arena_alloc(b->arena, sizeof *layer);
  if (layer == NULL)
    return hcsref_fail_memory(b->err);
  if (!b->host->ops->cim_volume(b->host->ctx, &layer->path))
    return hcsref_fail_item(b->arena, b->err, "cim-not-mounted", HCSREF_LAYER_FOLDERS, 0, NULL, "cim %v not mounted",
                            cim);
  if (!hcsref_read_layer_id(b, source, 0, &layer->id))
    return false;
  hcsref_set_layers(b, layer, 1);
  return true;
}

/* A layer whose cim is there is one. */
static bool find_host_layers(hcsref_builder *b, const hcsref_layer_source *source) {
  hcsref_str cim = HCSREF_LIT(""), message = hcsref_no_message();
  if (!hcsref_has(b->rules, HCSREF_CHANGE_CIM_LAYERS_MOUNTED) || b->host->ops->cim_volume == NULL)
    return hcsref_layers_on_host(b, source);
  if (!cim_path(b, source->folders[0], &cim))
    return false;
  if (b->host->ops->stat(b->host->ctx, b->arena, cim, NULL, &message) == HCSREF_PATH_OK)
    return layers_in_cim(b, source, cim);
  return hcsref_is_no_message(message) ? hcsref_fail_memory(b->err) : hcsref_layers_on_host(b, source);
}

static bool find_layers(hcsref_builder *b, bool on_host) {
  const hcsref_layer_source source = {false, "", b->windows->layer_folders.items, b->windows->layer_folders.len - 1};
  return on_host ? find_host_layers(b, &source) : hcsref_layers_in_vm(b, &source);
}

/* ---- the documents -------------------------------------------------------------------------------------------- */

static bool copy_to_v1(hcsref_builder *b) {
  const hcsref_v2_layer *layers = b->layers.items;
  hcsref_v1_layer *v1 = hcsref_arena_array(b->arena, b->layers.len, sizeof *v1);
  if (v1 == NULL)
    return hcsref_fail_memory(b->err);
  for (size_t i = 0; i < b->layers.len; i++) {
    v1[i].id = layers[i].id;
    v1[i].path = layers[i].path;
  }
  b->parts->v1.layers.items = b->layers.len == 0 ? NULL : v1;
  b->parts->v1.layers.len = b->parts->v1.layers.cap = b->layers.len;
  return true;
}

/* Folders are in the order of the spec; of cims, the place is that of all. */
static void note_layers(const hcsref_builder *b) {
  static const char path[] = "MountWCOWLayers: a folder of a read-only layer, as Windows or the VM sees it";
  static const char id[] = "LayerID: NameToGuid of the folder's last part";
  bool each = b->windows->layer_folders.len == b->layers.len + 1;
  hcsref_v2_layer *v2 = b->layers.items;
  hcsref_v1_layer *v1 = b->parts->v1.layers.items;
  for (size_t i = 0; i < b->layers.len; i++) {
    HCSREF_NOTE(b, v2[i].id, id, "host layer_id %v", v2[i].path);
    if (each)
      HCSREF_NOTE(b, v2[i].path, path, "/windows/layerFolders/%u", (uint64_t)i);
    else
      HCSREF_NOTE(b, v2[i].path, path, "/windows/layerFolders");
    if (i >= b->parts->v1.layers.len)
      continue;
    HCSREF_NOTE(b, v1[i].id, id, "host layer_id %v", v2[i].path);
    HCSREF_NOTE(b, v1[i].path, path, "/windows/layerFolders/%u", (uint64_t)i);
  }
}

bool hcsref_need_layers(const hcsref_builder *b) {
  return b->layers_mounted || hcsref_fail(b->arena, b->err, "layers-not-mounted", HCSREF_LIT("/windows"),
                                          "the layers have not been mounted");
}

bool hcsref_build_layers(hcsref_builder *b) {
  bool on_host = b->kind == HCSREF_KIND_V1_ARGON || b->kind == HCSREF_KIND_V2_ARGON;
  bool in_vm = b->kind == HCSREF_KIND_V2_XENON && hcsref_str_equal(b->vm->os, HCSREF_LIT("windows"));
  if (!on_host && !in_vm)
    return true;
  if (!hcsref_has(b->rules, HCSREF_CHANGE_LAYERS_PARSED_FIRST) && !find_layers(b, on_host))
    return false;
  if (!hcsref_need_layers(b) || (on_host && !copy_to_v1(b)))
    return false;
  b->parts->storage.layers = b->layers;
  if (b->options->provenance != NULL)
    note_layers(b);
  return true;
}
