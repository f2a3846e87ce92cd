/* SPDX-License-Identifier: Apache-2.0 */
/* Source: hcsshim internal/uvmfolder/locate.go LocateUVMFolder, which is given all layer folders, the scratch too; from
 * 0.13 on the mounted layers, which are without it. */
#include "hcs/uvm_folder.h"

#include "hcs/layers.h"
#include "host/message.h"

#include "hcsref/path.h"

static bool join_image(hcsref_builder *b, hcsref_str folder, hcsref_str *image) {
  hcsref_str parts[2];
  parts[0] = folder;
  parts[1] = HCSREF_LIT("UtilityVM");
  return hcsref_path_join_as(b->arena, b->rules, parts, 2, image) || hcsref_fail_memory(b->err);
}

static bool fail_missing(hcsref_builder *b) {
  return hcsref_fail(b->arena, b->err, "uvm-folder-missing", HCSREF_LIT("/windows/layerFolders"),
                     "utility VM folder could not be found in layers");
}

/* Where the layers are, as far as upstream knows. */
static bool list_folders(hcsref_builder *b, hcsref_slice *out) {
  const hcsref_v2_layer *layers = b->layers.items;
  hcsref_str *folders;
  *out = b->windows->layer_folders;
  if (!hcsref_has(b->rules, HCSREF_CHANGE_LAYERS_PARSED_FIRST))
    return true;
  folders = hcsref_arena_array(b->arena, b->layers.len, sizeof *folders);
  if (folders == NULL)
    return hcsref_fail_memory(b->err);
  for (size_t i = 0; i < b->layers.len; i++)
    folders[i] = layers[i].path;
  out->items = folders;
  out->len = out->cap = b->layers.len;
  return hcsref_need_layers(b);
}

/* Asks for each image in turn. A folder of no name is as good as none to upstream, even when its image exists. */
static bool search_folders(hcsref_builder *b, const hcsref_slice *list, hcsref_str *image) {
  const hcsref_str *folders = list->items;
  for (size_t i = 0; i < list->len; i++) {
    hcsref_str message = hcsref_no_message();
    hcsref_path_status status;
    if (!join_image(b, folders[i], image))
      return false;
    status = b->host->ops->stat(b->host->ctx, b->arena, *image, NULL, &message);
    if (status == HCSREF_PATH_OK)
      return folders[i].len != 0 || fail_missing(b);
    if (status != HCSREF_PATH_NOT_EXIST)
      return hcsref_fail_host(b, "uvm-folder", "/windows/layerFolders", i, NULL, message);
  }
  return fail_missing(b);
}

/* A host that was told the folder; `*answered` is false when it was not. */
static bool ask_for_folder(hcsref_builder *b, const hcsref_slice *folders, hcsref_str *image, bool *answered) {
  hcsref_str folder, message = hcsref_no_message();
  bool found =
      b->host->ops->uvm_folder(b->host->ctx, b->arena, folders->items, folders->len, &folder, &message, answered);
  if (!*answered)
    return true;
  if (found)
    return join_image(b, folder, image);
  if (hcsref_is_no_message(message))
    return hcsref_fail_memory(b->err);
  return hcsref_fail(b->arena, b->err, "uvm-folder", HCSREF_LIT("/windows/layerFolders"), "%v", message);
}

bool hcsref_locate_uvm_image(hcsref_builder *b, hcsref_str *image) {
  bool answered = false;
  hcsref_slice folders;
  if (!list_folders(b, &folders))
    return false;
  if (b->host->ops->uvm_folder != NULL && !ask_for_folder(b, &folders, image, &answered))
    return false;
  return answered || search_folders(b, &folders, image);
}
