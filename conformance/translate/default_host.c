/* SPDX-License-Identifier: Apache-2.0 */
#include "translate/default_host.h"

const hcsref_guid default_host_space = {
    {0x8d, 0x0c, 0x6f, 0x52, 0x0c, 0x5e, 0x5e, 0x0b, 0x9d, 0x0e, 0x2a, 0x6a, 0x5d, 0x1f, 0x7c, 0x11}};

static hcsref_guid name_guid(hcsref_str folder) {
  hcsref_str dir, name;
  hcsref_path_split(folder, &dir, &name);
  return hcsref_guid_named(&default_host_space, name);
}

static int32_t processor_count(void *ctx) {
  (void)ctx;
  return DEFAULT_HOST_PROCESSORS;
}

static uint32_t os_build(void *ctx) {
  (void)ctx;
  return DEFAULT_HOST_BUILD;
}

static bool layer_id(void *ctx, hcsref_arena *arena, hcsref_str folder, hcsref_guid *id, hcsref_str *message) {
  (void)ctx;
  (void)arena;
  (void)message;
  *id = name_guid(folder);
  return true;
}

/* Is it the folder of a VM's image, in another layer than the one that has it? */
static bool lacks_image(const hcsref_str *image, hcsref_str path) {
  const hcsref_str folder = HCSREF_LIT("\\UtilityVM");
  return image != NULL && image->len != 0 && hcsref_str_has_suffix(path, folder) &&
         !hcsref_str_equal(hcsref_str_first(path, path.len - folder.len), *image);
}

static hcsref_path_status stat_path(void *ctx, hcsref_arena *arena, hcsref_str path, bool *is_dir,
                                    hcsref_str *message) {
  if (is_dir != NULL)
    *is_dir = true;
  if (!lacks_image(ctx, path))
    return HCSREF_PATH_OK;
  (void)hcsref_format(arena, message, "CreateFile %v: The system cannot find the file specified.", path);
  return HCSREF_PATH_NOT_EXIST;
}

static bool mkdir_all(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *message) {
  (void)ctx;
  (void)arena;
  (void)path;
  (void)message;
  return true;
}

static bool resolve(void *ctx, hcsref_arena *arena, hcsref_str path, int mode, hcsref_str *target,
                    hcsref_str *message) {
  (void)ctx;
  (void)arena;
  (void)mode;
  (void)message;
  *target = path;
  return true;
}

static bool read_file(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *data, hcsref_str *message) {
  (void)ctx;
  (void)data;
  hcsref_format(arena, message, "open %v: the default host has no files (--host gives one)", path);
  return false;
}

hcsref_host default_host(void) {
  return default_host_with(NULL);
}

hcsref_host default_host_with(const hcsref_str *image) {
  static const hcsref_host_ops ops = {.processor_count = processor_count,
                                      .os_build = os_build,
                                      .layer_id = layer_id,
                                      .stat = stat_path,
                                      .mkdir_all = mkdir_all,
                                      .resolve = resolve,
                                      .read_file = read_file};
  hcsref_host host = {.ops = &ops, .ctx = (void *)(uintptr_t)image};
  return host;
}

static bool volume_path(hcsref_arena *arena, hcsref_str folder, hcsref_str *out) {
  hcsref_guid id = name_guid(folder);
  hcsref_str text;
  return hcsref_guid_text(arena, &id, &text) && hcsref_format(arena, out, "\\\\?\\Volume{%v}\\", text);
}

bool default_host_mount_root(hcsref_arena *arena, hcsref_oci_spec *spec, bool hosted) {
  const hcsref_slice *layers = spec->windows == NULL ? NULL : &spec->windows->layer_folders;
  if (layers == NULL || layers->len == 0 || (spec->windows->hyperv != NULL && !hosted))
    return true;
  if (spec->root == NULL)
    spec->root = hcsref_arena_alloc(arena, sizeof(*spec->root));
  if (spec->root == NULL)
    return false;
  if (spec->root->path.len > 0)
    return true;
  if (!hosted)
    return volume_path(arena, ((const hcsref_str *)layers->items)[layers->len - 1], &spec->root->path);
  spec->root->path = HCSREF_LIT("C:\\mounts\\m0");
  return true;
}
