/* SPDX-License-Identifier: Apache-2.0 */
#include "layer_list.h"

#include <string.h>

#define NOTHING (hcsref_str_from(NULL, 0))

/* What docker says of an image, as far as it matters. */
typedef struct docker_data {
  hcsref_str dir;
} docker_data;
typedef struct docker_driver {
  docker_data data;
} docker_driver;
typedef struct docker_image {
  docker_driver driver;
} docker_image;

#define ROW(s, member, name, type)                                                                                     \
  { name, sizeof(name) - 1, offsetof(s, member), &(type), NULL, false, 0, 0, NULL }
#define TABLE(s, name, fields)                                                                                         \
  { HCSREF_STRUCT, name, sizeof(s), NULL, fields, sizeof(fields) / sizeof((fields)[0]), 0, NULL, 0 }
static const hcsref_field data_fields[] = {ROW(docker_data, dir, "dir", hcsref_type_string)};
static const hcsref_type data_type = TABLE(docker_data, "GraphDriver.Data", data_fields);
static const hcsref_field driver_fields[] = {ROW(docker_driver, data, "Data", data_type)};
static const hcsref_type driver_type = TABLE(docker_driver, "GraphDriver", driver_fields);
static const hcsref_field image_fields[] = {ROW(docker_image, driver, "GraphDriver", driver_type)};
static const hcsref_type image_type = TABLE(docker_image, "Image", image_fields);
static const hcsref_type images_type = {HCSREF_SLICE, "[]Image", sizeof(hcsref_slice), &image_type, NULL, 0, 0,
                                        NULL,         0};

/* Windows would end it at a NUL. */
static bool is_folder_name(hcsref_str folder) {
  return folder.len > 0 && memchr(folder.data, '\0', folder.len) == NULL;
}

bool layer_list_chain(hcsref_arena *arena, hcsref_str text, hcsref_slice *out, hcsref_error *err) {
  hcsref_slice chain = {NULL, 0, 0};
  const hcsref_str *folders;
  if (!hcsref_json_decode(arena, text, &hcsref_type_strings, HCSREF_JSON_WHOLE, &chain, err))
    return false;
  folders = chain.items;
  for (size_t i = 0; i < chain.len; i++)
    if (!is_folder_name(folders[i]))
      return hcsref_fail(arena, err, "layers", NOTHING, "layerchain.json: entry %u is not a folder: %q", (uint64_t)i,
                         folders[i]);
  *out = chain;
  return true;
}

bool layer_list_docker(hcsref_arena *arena, hcsref_str answer, hcsref_str image, hcsref_str *folder,
                       hcsref_error *err) {
  hcsref_slice images = {NULL, 0, 0};
  hcsref_str dir;
  if (!hcsref_json_decode(arena, answer, &images_type, HCSREF_JSON_WHOLE, &images, err))
    return false;
  dir = images.len == 0 ? NOTHING : ((const docker_image *)images.items)->driver.data.dir;
  if (!is_folder_name(dir))
    return hcsref_fail(arena, err, "image", NOTHING,
                       "docker does not say where the layers of %v are: its storage is not windowsfilter", image);
  *folder = dir;
  return true;
}
