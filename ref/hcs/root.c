/* SPDX-License-Identifier: Apache-2.0 */
/* The root of the container: a volume on the host, a folder in the utility VM, or the image of a utility VM that
 * the HCS starts itself. Source: hcsshim internal/hcsoci/hcsdoc_wcow.go createWindowsContainerDocument. */
#include "base/arena.h"
#include "hcs/document.h"
#include "hcs/uvm_folder.h"

#include "hcsref/path.h"

#include <string.h>

/* The spec may leave out the last backslash; v2 wants it and v1 does not. */
static bool with_backslash(hcsref_builder *b, hcsref_str path, hcsref_str *out) {
  char *text;
  if (hcsref_str_has_suffix(path, HCSREF_LIT("\\"))) {
    *out = path;
    return true;
  }
  text = hcsref_arena_take(b->arena, path.len + 1);
  if (text == NULL)
    return hcsref_fail_memory(b->err);
  memcpy(text, path.data, path.len);
  text[path.len] = '\\';
  *out = hcsref_str_from(text, path.len + 1);
  return true;
}

static bool build_argon_root(hcsref_builder *b) {
  const hcsref_str given = b->spec->root->path;
  hcsref_str path = HCSREF_LIT(""); /* for clang-tidy, which does not follow failures */
  if (!hcsref_is_volume_path(given))
    return hcsref_fail(b->arena, b->err, "root-path-not-volume", HCSREF_LIT("/root/path"),
                       "invalid container spec - Root.Path '%v' must be a volume GUID path in the format "
                       "'\\\\?\\Volume{GUID}\\'",
                       given);
  if (!with_backslash(b, given, &path))
    return false;
  b->root_path = path;
  b->parts->v1.volume_path = hcsref_str_first(path, path.len - 1);
  b->parts->storage.path = path;
  HCSREF_NOTE(b, b->parts->v1.volume_path, "createWindowsContainerDocument: without the last backslash", "/root/path");
  HCSREF_NOTE(b, b->parts->storage.path, "createWindowsContainerDocument: with a backslash at the end", "/root/path");
  return true;
}

/* Upstream also checks that there is a Hyper-V section; without one this kind is not reached. */
static bool build_v1_xenon_root(hcsref_builder *b) {
  hcsref_v1_hv_runtime *runtime = &b->parts->hv_runtime;
  b->parts->v1.hv_partition = true;
  b->parts->v1.hv_runtime = runtime;
  runtime->image_path = b->windows->hyperv->utility_vm_path;
  HCSREF_NOTE(b, b->parts->v1.hv_partition, "createWindowsContainerDocument: Hyper-V isolation", "/windows/hyperv");
  if (runtime->image_path.len != 0)
    HCSREF_NOTE(b, runtime->image_path, "createWindowsContainerDocument: as it is", "/windows/hyperv/utilityVMPath");
  else
    HCSREF_NOTE(b, runtime->image_path, "LocateUVMFolder: the first layer with a UtilityVM folder",
                "host stat UtilityVM");
  return runtime->image_path.len != 0 || hcsref_locate_uvm_image(b, &runtime->image_path);
}

bool hcsref_build_root(hcsref_builder *b) {
  const hcsref_oci_root *root = b->spec->root;
  const hcsref_slice *folders = &b->windows->layer_folders;
  if (root == NULL)
    return hcsref_fail(b->arena, b->err, "root-missing", HCSREF_LIT("/root"), "spec is invalid - root isn't populated");
  if (root->readonly)
    return hcsref_fail(b->arena, b->err, "root-readonly", HCSREF_LIT("/root/readonly"),
                       "invalid container spec - readonly is not supported for Windows containers");
  b->root_path = root->path;
  if (!hcsref_has(b->rules, HCSREF_CHANGE_LAYERS_PARSED_FIRST))
    b->parts->v1.layer_folder_path = ((const hcsref_str *)folders->items)[folders->len - 1]; /* the scratch */
  HCSREF_NOTE(b, b->parts->v1.layer_folder_path, "createWindowsContainerDocument: the last folder, the scratch",
              "/windows/layerFolders");
  switch (b->kind) {
  case HCSREF_KIND_V1_ARGON:
  case HCSREF_KIND_V2_ARGON:
    return build_argon_root(b);
  case HCSREF_KIND_V1_XENON:
    return build_v1_xenon_root(b);
  case HCSREF_KIND_V2_XENON:
    b->parts->storage.path = root->path;
    HCSREF_NOTE(b, b->parts->storage.path, "createWindowsContainerDocument: as it is", "/root/path");
    return true;
  case HCSREF_KIND_NONE:
  default:
    return true;
  }
}
