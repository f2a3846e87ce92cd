/* SPDX-License-Identifier: Apache-2.0 */
/** @file What others say of where layers are. Texts only: nothing here looks at a folder, so that it runs everywhere.
 */
#ifndef HCSRUN_LAYER_LIST_H
#define HCSRUN_LAYER_LIST_H

#include "hcsref/hcsref.h"

/** A layer's own list of its parents, nearest first: the text of its layerchain.json, a JSON array of folders, as a
 * slice of hcsref_str. Fails on what is no such list, with the codec's codes, and with "layers" on an entry that is
 * empty or has a NUL byte, which would cut it. Source: moby daemon/graphdriver/windows getLayerChain. */
bool layer_list_chain(hcsref_arena *arena, hcsref_str text, hcsref_slice *out, hcsref_error *err);

/** The folder of an image's top layer, from the answer of `docker image inspect IMAGE`. Error "image": it does not
 * tell, as with a storage that is not windowsfilter. Source: moby daemon/graphdriver/windows GetMetadata. */
bool layer_list_docker(hcsref_arena *arena, hcsref_str answer, hcsref_str image, hcsref_str *folder, hcsref_error *err);

#endif
