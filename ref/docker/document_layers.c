/* SPDX-License-Identifier: Apache-2.0 */
/* The read-only layers, and the image of the utility VM that one of them holds. Source: moby
 * libcontainerd/local/local_windows.go createWindows; hcsshim layer.go NameToGuid. */
#include "docker/document.h"

#include "gojson/text.h"
#include "host/message.h"

#include "hcsref/path.h"

#define LAYER_FOLDERS "/windows/layerFolders"

/* The host's own words, or want of memory when it had none. */
static bool fail_host(hcsref_docker_builder *b, const char *code, size_t index, hcsref_str message) {
  if (hcsref_is_no_message(message))
    return hcsref_fail_memory(b->err);
  return hcsref_fail_item(b->arena, b->err, code, LAYER_FOLDERS, index, NULL, "%v", message);
}

/* ---- layers ----------------------------------------------------------------------------------------------- */

static bool read_layer(hcsref_docker_builder *b, size_t index, hcsref_str folder, hcsref_v1_layer *layer) {
  hcsref_guid guid;
  hcsref_buf text = {.arena = b->arena};
  hcsref_str message = hcsref_no_message();
  if (!b->host->ops->layer_id(b->host->ctx, b->arena, folder, &guid, &message))
    return fail_host(b, "layer-id", index, message);
  hcsref_guid_append(&text, &guid);
  layer->id = hcsref_buf_str(&text);
  layer->path = folder;
  return !text.failed || hcsref_fail_memory(b->err);
}

bool hcsref_docker_build_layers(hcsref_docker_builder *b) {
  const hcsref_str *folders = b->windows->layer_folders.items;
  size_t count = b->windows->layer_folders.len - 1;
  hcsref_v1_layer *layers = hcsref_arena_array(b->arena, count, sizeof *layers);
  if (layers == NULL)
    return hcsref_fail_memory(b->err);
  for (size_t i = 0; i < count; i++)
    if (!read_layer(b, i, folders[i], &layers[i]))
      return false;
  b->out->layers.items = layers;
  b->out->layers.len = b->out->layers.cap = count;
  return true;
}

/* ---- the utility VM --------------------------------------------------------------------------------------- */

static bool join_image(hcsref_docker_builder *b, hcsref_str folder, hcsref_str *image) {
  hcsref_str parts[2];
  parts[0] = folder;
  parts[1] = HCSREF_LIT("UtilityVM");
  return hcsref_path_join_as(b->arena, b->rules, parts, 2, image) || hcsref_fail_memory(b->err);
}

/* What the host knows of images before a file is looked at: the folder that has one, or why it cannot tell. */
typedef struct image_answer {
  bool answered, failed;
  hcsref_str image, message;
} image_answer;

static bool ask_for_image(hcsref_docker_builder *b, image_answer *answer) {
  const hcsref_slice *folders = &b->windows->layer_folders;
  hcsref_str folder;
  answer->answered = answer->failed = false;
  answer->message = hcsref_no_message();
  if (b->host->ops->uvm_folder == NULL)
    return true;
  answer->failed = !b->host->ops->uvm_folder(b->host->ctx, b->arena, folders->items, folders->len, &folder,
                                             &answer->message, &answer->answered);
  return !answer->answered || answer->failed || join_image(b, folder, &answer->image);
}

static hcsref_path_status stat_image(hcsref_docker_builder *b, const image_answer *answer, hcsref_str image,
                                     hcsref_str *message) {
  if (!answer->answered)
    return b->host->ops->stat(b->host->ctx, b->arena, image, NULL, message);
  *message = answer->message;
  if (answer->failed)
    return HCSREF_PATH_FAILED;
  return hcsref_str_equal(image, answer->image) ? HCSREF_PATH_OK : HCSREF_PATH_NOT_EXIST;
}

static bool find_image(hcsref_docker_builder *b, hcsref_str *image) {
  const hcsref_str *folders = b->windows->layer_folders.items;
  image_answer answer;
  if (!ask_for_image(b, &answer))
    return false;
  for (size_t i = 0; i + 1 < b->windows->layer_folders.len; i++) {
    hcsref_str message = hcsref_no_message();
    hcsref_path_status status;
    if (!join_image(b, folders[i], image))
      return false;
    status = stat_image(b, &answer, *image, &message);
    if (status == HCSREF_PATH_OK)
      return true;
    if (status != HCSREF_PATH_NOT_EXIST)
      return fail_host(b, "uvm-folder", i, message);
  }
  return hcsref_docker_fail(b, "uvm-folder-missing", LAYER_FOLDERS, "utility VM image could not be found");
}

bool hcsref_docker_build_vm(hcsref_docker_builder *b) {
  hcsref_v1_hv_runtime *runtime;
  hcsref_str image;
  if (b->windows->hyperv->utility_vm_path.len != 0)
    return hcsref_docker_fail(b, "uvm-path-given", "/windows/hyperv/utilityVMPath",
                              "runtime does not support an explicit utility VM path for Hyper-V containers");
  if (!find_image(b, &image))
    return false;
  runtime = hcsref_arena_alloc(b->arena, sizeof *runtime);
  if (runtime == NULL)
    return hcsref_fail_memory(b->err);
  runtime->image_path = image;
  b->out->hv_runtime = runtime;
  return true;
}
