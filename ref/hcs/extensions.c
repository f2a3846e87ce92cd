/* SPDX-License-Identifier: Apache-2.0 */
/* Device extensions: files that an annotation names. Source: hcsshim internal/hcsoci/devices.go
 * getDeviceExtensionPaths, getDeviceExtensions. */
#include "hcs/document.h"
#include "host/message.h"

typedef struct extension_reader {
  hcsref_arena *arena;
  const hcsref_host *host;
  hcsref_error *err;
} extension_reader;

static bool fail_file(const extension_reader *r, const char *code, const char *what, hcsref_str path,
                      hcsref_str message) {
  if (hcsref_is_no_message(message))
    return hcsref_fail_memory(r->err);
  return hcsref_fail(r->arena, r->err, code, hcsref_annotation_pointer(HCSREF_ANNOTATION_DEVICE_EXTENSIONS),
                     "failed to %s at %v: %v", what, path, message);
}

/* All paths are looked at before the first is read. */
static bool check_paths(const extension_reader *r, const hcsref_str *paths, size_t count) {
  for (size_t i = 0; i < count; i++) {
    hcsref_str message = hcsref_no_message();
    if (r->host->ops->stat(r->host->ctx, r->arena, paths[i], NULL, &message) != HCSREF_PATH_OK)
      return fail_file(r, "extension-stat", "find path to driver extensions", paths[i], message);
  }
  return true;
}

static bool check_build(const extension_reader *r) {
  uint32_t build = r->host->ops->os_build(r->host->ctx);
  return build >= HCSREF_BUILD_LTSC2022 ||
         hcsref_fail(r->arena, r->err, "extensions-unsupported",
                     hcsref_annotation_pointer(HCSREF_ANNOTATION_DEVICE_EXTENSIONS),
                     "device extensions are not supported on this build (%u)", (uint64_t)build);
}

static bool read_extension(const extension_reader *r, hcsref_str path, hcsref_v2_device_extension *out) {
  hcsref_str data, message = hcsref_no_message();
  hcsref_error problem;
  if (!r->host->ops->read_file(r->host->ctx, r->arena, path, &data, &message))
    return fail_file(r, "extension-read", "read extension file", path, message);
  if (hcsref_json_decode(r->arena, data, &hcsref_type_v2_device_extension, HCSREF_JSON_WHOLE, out, &problem))
    return true;
  if (hcsref_str_equal(hcsref_cstr(problem.code), HCSREF_LIT("out-of-memory")))
    return hcsref_fail_memory(r->err);
  return fail_file(r, "extension-json", "unmarshal extension file", path, problem.message);
}

static bool read_extensions(const extension_reader *r, const hcsref_str *paths, size_t count,
                            hcsref_v2_container_definition_device **out) {
  hcsref_v2_container_definition_device *device = hcsref_arena_alloc(r->arena, sizeof *device);
  hcsref_v2_device_extension *extensions = hcsref_arena_array(r->arena, count, sizeof *extensions);
  if (device == NULL || extensions == NULL)
    return hcsref_fail_memory(r->err);
  for (size_t i = 0; i < count; i++)
    if (!read_extension(r, paths[i], &extensions[i]))
      return false;
  device->device_extension.items = extensions;
  device->device_extension.len = device->device_extension.cap = count;
  *out = device;
  return true;
}

static bool device_extensions(const extension_reader *r, const hcsref_annotations *annotations,
                              hcsref_v2_container_definition_device **out) {
  hcsref_slice paths;
  if (!hcsref_read_list(r->arena, annotations->values[HCSREF_ANNOTATION_DEVICE_EXTENSIONS], &paths))
    return hcsref_fail_memory(r->err);
  if (paths.len == 0) {
    *out = NULL;
    return true;
  }
  return check_paths(r, paths.items, paths.len) && check_build(r) && read_extensions(r, paths.items, paths.len, out);
}

bool hcsref_device_extensions(hcsref_arena *arena, const hcsref_map *annotations, const hcsref_host *host,
                              hcsref_v2_container_definition_device **out, hcsref_error *err) {
  const extension_reader r = {arena, host, err};
  hcsref_annotations found;
  hcsref_annotations_find(HCSREF_BASELINE, annotations, &found);
  return device_extensions(&r, &found, out);
}

bool hcsref_build_extensions(hcsref_builder *b) {
  const extension_reader r = {b->arena, b->host, b->err};
  HCSREF_NOTE(b, b->parts->v2.additional_device_namespace,
              "getDeviceExtensions: the contents of the files that the annotation names", "%v",
              hcsref_annotation_pointer(HCSREF_ANNOTATION_DEVICE_EXTENSIONS));
  return device_extensions(&r, &b->annotations, &b->parts->v2.additional_device_namespace);
}
