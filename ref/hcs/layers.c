/* SPDX-License-Identifier: Apache-2.0 */
/* The read-only layers: all layer folders but the last, which is the scratch. Source: hcsshim
 * internal/hcsoci/hcsdoc_wcow.go createWindowsContainerDocument, internal/layers/layers.go GetHCSLayers,
 * internal/wclayer/layerid.go LayerID. */
#include "hcs/document.h"
#include "host/message.h"

#define LAYER_FOLDERS "/windows/layerFolders"

static bool read_layer_id(hcsref_builder *b, size_t index, hcsref_str folder, hcsref_str *id) {
  hcsref_guid guid;
  hcsref_str message = hcsref_no_message();
  if (!b->host->ops->layer_id(b->host->ctx, b->arena, folder, &guid, &message))
    return hcsref_fail_host(b, "layer-id", LAYER_FOLDERS, index, NULL, message);
  return hcsref_guid_text(b->arena, &guid, id) || hcsref_fail_memory(b->err);
}

/* On the host: the same folders in both documents. */
static bool build_argon_layers(hcsref_builder *b, const hcsref_str *folders, size_t count, hcsref_v2_layer *v2) {
  hcsref_v1_layer *v1 = hcsref_arena_array(b->arena, count, sizeof *v1);
  if (v1 == NULL)
    return hcsref_fail_memory(b->err);
  for (size_t i = 0; i < count; i++) {
    if (!read_layer_id(b, i, folders[i], &v2[i].id))
      return false;
    v2[i].path = v1[i].path = folders[i];
    v1[i].id = v2[i].id;
  }
  b->parts->v1.layers.items = v1;
  b->parts->v1.layers.len = b->parts->v1.layers.cap = count;
  return true;
}

/* In the utility VM: the folders as it sees them. */
static bool build_xenon_layers(hcsref_builder *b, const hcsref_str *folders, size_t count, hcsref_v2_layer *v2) {
  for (size_t i = 0; i < count; i++) {
    hcsref_str message = hcsref_no_message();
    if (!b->vm->ops->vsmb_path(b->vm->ctx, b->arena, folders[i], true, &v2[i].path, &message))
      return hcsref_fail_host(b, "vsmb-path", LAYER_FOLDERS, i, NULL, message);
    if (!read_layer_id(b, i, folders[i], &v2[i].id))
      return false;
  }
  return true;
}

bool hcsref_build_layers(hcsref_builder *b) {
  const hcsref_str *folders = b->windows->layer_folders.items;
  size_t count = b->windows->layer_folders.len - 1;
  bool on_host = b->kind == HCSREF_KIND_V1_ARGON || b->kind == HCSREF_KIND_V2_ARGON;
  bool in_vm = b->kind == HCSREF_KIND_V2_XENON && hcsref_str_equal(b->vm->os, HCSREF_LIT("windows"));
  hcsref_v2_layer *v2;
  if (!on_host && !in_vm)
    return true;
  v2 = hcsref_arena_array(b->arena, count, sizeof *v2);
  if (v2 == NULL)
    return hcsref_fail_memory(b->err);
  if (on_host ? !build_argon_layers(b, folders, count, v2) : !build_xenon_layers(b, folders, count, v2))
    return false;
  b->parts->storage.layers.items = v2;
  b->parts->storage.layers.len = b->parts->storage.layers.cap = count;
  return true;
}
