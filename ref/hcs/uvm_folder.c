/* SPDX-License-Identifier: Apache-2.0 */
/* Source: hcsshim internal/uvmfolder/locate.go LocateUVMFolder, which is given all layer folders, the scratch too. */
#include "hcs/uvm_folder.h"

#include "host/message.h"

#include "hcsref/path.h"

static bool join_image(hcsref_builder *b, hcsref_str folder, hcsref_str *image) {
  hcsref_str parts[2];
  parts[0] = folder;
  parts[1] = HCSREF_LIT("UtilityVM");
  return hcsref_path_join(b->arena, parts, 2, image) || hcsref_fail_memory(b->err);
}

static bool fail_missing(hcsref_builder *b) {
  return hcsref_fail(b->arena, b->err, "uvm-folder-missing", HCSREF_LIT("/windows/layerFolders"),
                     "utility VM folder could not be found in layers");
}

/* Asks for each image in turn. A folder of no name is as good as none to upstream, even when its image exists. */
static bool search_folders(hcsref_builder *b, hcsref_str *image) {
  const hcsref_str *folders = b->windows->layer_folders.items;
  for (size_t i = 0; i < b->windows->layer_folders.len; i++) {
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
static bool ask_for_folder(hcsref_builder *b, hcsref_str *image, bool *answered) {
  const hcsref_slice *folders = &b->windows->layer_folders;
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
  if (b->host->ops->uvm_folder != NULL && !ask_for_folder(b, image, &answered))
    return false;
  return answered || search_folders(b, image);
}
