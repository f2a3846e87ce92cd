/* SPDX-License-Identifier: Apache-2.0 */
/* The read-only layers of a container, on their way into the documents. */
#ifndef HCSREF_HCS_LAYERS_H
#define HCSREF_HCS_LAYERS_H

#include "hcs/document.h"

#define HCSREF_LAYER_FOLDERS  "/windows/layerFolders"
#define HCSREF_ROOTFS_OPTIONS "/rootfs/0/options"

/* Where layers come from, and what errors say of them. */
typedef struct hcsref_layer_source {
  bool from_rootfs;    /* not the spec's layer folders */
  const char *failure; /* begins every message */
  const hcsref_str *folders;
  size_t count;
} hcsref_layer_source;

/* The layers of a source, as the host sees them and as the utility VM does, which is asked for each folder first. */
bool hcsref_layers_on_host(hcsref_builder *b, const hcsref_layer_source *source);
bool hcsref_layers_in_vm(hcsref_builder *b, const hcsref_layer_source *source);
/* The GUID of a layer. Source: hcsshim internal/wclayer/layerid.go LayerID. */
bool hcsref_read_layer_id(hcsref_builder *b, const hcsref_layer_source *source, size_t index, hcsref_str *id);
bool hcsref_fail_layer(hcsref_builder *b, const hcsref_layer_source *source, const char *code, size_t index,
                       hcsref_str message);
void hcsref_set_layers(hcsref_builder *b, hcsref_v2_layer *layers, size_t count);
/* Error "layers-not-mounted" unless they are. */
bool hcsref_need_layers(const hcsref_builder *b);

#endif
