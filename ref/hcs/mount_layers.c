/* SPDX-License-Identifier: Apache-2.0 */
/* What mounting the layers yields, from 0.13 on: their ids, and where each is. Source: hcsshim
 * internal/hcsoci/resources_wcow.go allocateWindowsResources, internal/layers/wcow_mount.go MountWCOWLayers,
 * MakeMountedWCOWLayers. */
#include "hcs/layers.h"
#include "hcs/options.h"

#define MOUNTING "failed to mount container storage: "
#define PRESET   "failed to use pre-mounted container storage: "

static hcsref_layer_source folders_of(const hcsref_builder *b, const hcsref_layers *layers, const char *failure) {
  hcsref_layer_source source = {b->options->rootfs.len != 0, failure, layers->folders.items, layers->folders.len};
  return source;
}

/* The layers as upstream's parser leaves them. It is asked when the caller gave what only it understands; else the
 * spec's folders are taken as they are, and too few of them are no layers. */
static bool parse_layers(const hcsref_builder *b, hcsref_layers *out) {
  const hcsref_slice *folders = &b->windows->layer_folders;
  const hcsref_layers none = {0};
  if (b->options->rootfs.len != 0 || b->options->root_preset)
    return hcsref_parse_layers(b->arena, b->rules, &b->options->rootfs, folders, out, b->err);
  *out = none;
  out->folders = *folders;
  out->folders.len -= folders->len != 0;
  return true;
}

/* A volume is its own id. Source: hcsshim internal/wclayer/cim LayerID. */
static bool layer_in_volume(hcsref_builder *b, hcsref_str volume, const char *failure) {
  const hcsref_str begin = HCSREF_LIT("\\\\?\\Volume{"), end = HCSREF_LIT("}\\");
  hcsref_v2_layer *layer = hcsref_arena_alloc(b->arena, sizeof *layer);
  if (layer == NULL)
    return hcsref_fail_memory(b->err);
  if (!hcsref_str_has_prefix(volume, begin) || !hcsref_str_has_suffix(volume, end))
    return hcsref_fail(b->arena, b->err, "cim-volume", HCSREF_LIT("/root/path"),
                       "%svolume path %v is not in the expected format", failure, volume);
  layer->id = hcsref_str_skip(volume, begin.len);
  layer->id = hcsref_str_first(layer->id, layer->id.len - end.len);
  layer->path = volume;
  hcsref_set_layers(b, layer, 1);
  return true;
}

/* The host's word for the volume is taken before the rule. */
static bool mount_cim(hcsref_builder *b) {
  const hcsref_host_ops *ops = b->host->ops;
  hcsref_str volume;
  if ((ops->cim_volume == NULL || !ops->cim_volume(b->host->ctx, &volume)) &&
      !hcsref_cim_volume(b->arena, b->rules, hcsref_actual_id(b->options), &volume, b->err))
    return false;
  return layer_in_volume(b, volume, MOUNTING);
}

static bool mount_cims(hcsref_builder *b, const hcsref_layers *layers) {
  if (b->vm != NULL && layers->kind == HCSREF_LAYERS_FORKED_CIM)
    return hcsref_fail(b->arena, b->err, "layers-invalid", HCSREF_LIT("/rootfs/0/type"),
                       MOUNTING "hyperv isolated containers aren't supported with forked cim layers");
  if (b->vm != NULL)
    return hcsref_fail(b->arena, b->err, "unsupported", HCSREF_LIT("/rootfs/0/type"),
                       "block cim layers in a utility VM are not reproduced");
  if (layers->kind == HCSREF_LAYERS_FORKED_CIM && layers->cims.len == 0) /* upstream crashes */
    return hcsref_fail(b->arena, b->err, "layers-invalid", HCSREF_LIT(HCSREF_ROOTFS_OPTIONS),
                       MOUNTING "there is no parent layer");
  return mount_cim(b);
}

/* What no document asks for has no id: layers of a Linux VM, or of one that HCS starts itself. */
static bool layers_without_ids(hcsref_builder *b, const hcsref_layer_source *source) {
  hcsref_v2_layer *layers = hcsref_arena_array(b->arena, source->count, sizeof *layers);
  if (layers == NULL)
    return hcsref_fail_memory(b->err);
  for (size_t i = 0; i < source->count; i++)
    layers[i].path = source->folders[i];
  hcsref_set_layers(b, layers, source->count);
  return true;
}

static bool mount_folders(hcsref_builder *b, const hcsref_layers *layers) {
  const hcsref_layer_source source = folders_of(b, layers, MOUNTING);
  hcsref_str volume;
  if (b->vm == NULL && b->host->ops->cim_volume != NULL && b->host->ops->cim_volume(b->host->ctx, &volume))
    return layer_in_volume(b, volume, MOUNTING);
  if (b->vm == NULL)
    return hcsref_layers_on_host(b, &source);
  if (b->kind == HCSREF_KIND_V2_XENON && hcsref_str_equal(b->vm->os, HCSREF_LIT("windows")))
    return hcsref_layers_in_vm(b, &source);
  return layers_without_ids(b, &source);
}

/* Layers that the client mounted are the host's, hosted or not. */
static bool use_preset_root(hcsref_builder *b, const hcsref_layers *layers) {
  const hcsref_layer_source source = folders_of(b, layers, PRESET);
  if (layers->kind != HCSREF_LAYERS_FOLDERS)
    return layer_in_volume(b, b->spec->root->path, PRESET);
  return hcsref_layers_on_host(b, &source);
}

bool hcsref_mount_layers(hcsref_builder *b) {
  const hcsref_oci_root *root = b->spec->root;
  bool preset = b->options->root_preset && root != NULL && root->path.len != 0;
  hcsref_layers layers;
  if (!hcsref_has(b->rules, HCSREF_CHANGE_LAYERS_PARSED_FIRST))
    return true;
  if (!parse_layers(b, &layers))
    return false;
  if ((b->vm == NULL && b->windows->hyperv != NULL) ||
      (preset && hcsref_has(b->rules, HCSREF_CHANGE_ROOT_PRESET_CRASH)))
    return true; /* the layers remain unknown */
  if (preset)
    return use_preset_root(b, &layers);
  return layers.kind == HCSREF_LAYERS_FOLDERS ? mount_folders(b, &layers) : mount_cims(b, &layers);
}
