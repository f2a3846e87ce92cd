/* SPDX-License-Identifier: Apache-2.0 */
/* computestorage.dll. Source of the signatures: hcsshim computestorage; mingw-w64 computestorage.h. Layers are folders
 * here: what would change a file system or a disk checks its arguments and succeeds. */
#include "dll/shim.h"

#include <string.h>

typedef struct layer_list {
  hcsref_value schema_version;
  hcsref_slice layers; /* of hcsref_v2_layer */
} layer_list;

static const hcsref_type *layers_type(void) {
  const hcsref_field *field = hcsref_type_field(&hcsref_type_v2_storage, HCSREF_LIT("Layers"));
  return field->type;
}

/* The layers of {"SchemaVersion":…,"Layers":[…]} are to be there. */
static void check_layers(sim_call *call, hcsref_str text) {
  hcsref_field fields[2];
  hcsref_type type;
  layer_list list;
  const hcsref_v2_layer *layers;
  memset(fields, 0, sizeof(fields));
  memset(&type, 0, sizeof(type));
  memset(&list, 0, sizeof(list));
  fields[0].name = "SchemaVersion";
  fields[0].name_len = 13;
  fields[0].offset = offsetof(layer_list, schema_version);
  fields[0].type = &hcsref_type_any;
  fields[1].name = "Layers";
  fields[1].name_len = 6;
  fields[1].offset = offsetof(layer_list, layers);
  fields[1].type = layers_type();
  type.kind = HCSREF_STRUCT;
  type.go_name = "computestorage.LayerData";
  type.size = sizeof(list);
  type.fields = fields;
  type.field_count = 2;
  if (!sim_read_document(call, text, &type, &list))
    return;
  layers = list.layers.items;
  for (size_t i = 0; i < list.layers.len && sim_going(call); i++) {
    bool exists = false;
    sim_layer_exists(call, layers[i].path, &exists);
    if (!exists)
      sim_fail(call, HCSREF_ERROR_PATH_NOT_FOUND, "There is no layer %q.", layers[i].path);
  }
}

static void check_folder(sim_call *call, hcsref_str path) {
  bool exists = false;
  sim_layer_exists(call, path, &exists);
  if (sim_going(call) && (path.len == 0 || !exists))
    sim_fail(call, HCSREF_ERROR_PATH_NOT_FOUND, "There is no folder %q.", path);
}

/* A folder that is to exist, and the layers below it. */
static hcsref_hresult with_layers(const char *name, const hcsref_wchar *path, const hcsref_wchar *data,
                                  const hcsref_wchar *options) {
  sim_call call;
  shim_begin(&call, SIM_STORAGE, name, false);
  check_folder(&call, shim_text(&call, "path", path, false));
  if (data != NULL)
    check_layers(&call, shim_text(&call, "layerData", data, true));
  shim_text(&call, "options", options, true);
  return shim_end(&call, NULL);
}

hcsref_hresult HCSREF_WINAPI storage_HcsImportLayer(const hcsref_wchar *path, const hcsref_wchar *source,
                                                    const hcsref_wchar *data) {
  sim_call call;
  shim_begin(&call, SIM_STORAGE, "HcsImportLayer", false);
  shim_text(&call, "path", path, false);
  check_folder(&call, shim_text(&call, "source", source, false));
  check_layers(&call, shim_text(&call, "layerData", data, true));
  return shim_end(&call, NULL);
}

hcsref_hresult HCSREF_WINAPI storage_HcsExportLayer(const hcsref_wchar *path, const hcsref_wchar *target,
                                                    const hcsref_wchar *data, const hcsref_wchar *options) {
  (void)target;
  return with_layers("HcsExportLayer", path, data, options);
}

hcsref_hresult HCSREF_WINAPI storage_HcsExportLegacyWritableLayer(const hcsref_wchar *mount, const hcsref_wchar *path,
                                                                  const hcsref_wchar *target,
                                                                  const hcsref_wchar *data) {
  (void)mount;
  (void)target;
  return with_layers("HcsExportLegacyWritableLayer", path, data, NULL);
}

hcsref_hresult HCSREF_WINAPI storage_HcsDestroyLayer(const hcsref_wchar *path) {
  sim_call call;
  shim_begin(&call, SIM_STORAGE, "HcsDestroyLayer", false);
  sim_layer_destroy(&call, shim_text(&call, "path", path, false));
  return shim_end(&call, NULL);
}

hcsref_hresult HCSREF_WINAPI storage_HcsSetupBaseOSLayer(const hcsref_wchar *path, hcsref_os_handle disk,
                                                         const hcsref_wchar *options) {
  (void)disk;
  return with_layers("HcsSetupBaseOSLayer", path, NULL, options);
}

hcsref_hresult HCSREF_WINAPI storage_HcsSetupBaseOSVolume(const hcsref_wchar *path, const hcsref_wchar *volume,
                                                          const hcsref_wchar *options) {
  (void)volume;
  return with_layers("HcsSetupBaseOSVolume", path, NULL, options);
}

hcsref_hresult HCSREF_WINAPI storage_HcsInitializeWritableLayer(const hcsref_wchar *path, const hcsref_wchar *data,
                                                                const hcsref_wchar *options) {
  return with_layers("HcsInitializeWritableLayer", path, data, options);
}

hcsref_hresult HCSREF_WINAPI storage_HcsInitializeLegacyWritableLayer(const hcsref_wchar *mount,
                                                                      const hcsref_wchar *path,
                                                                      const hcsref_wchar *data,
                                                                      const hcsref_wchar *options) {
  (void)mount;
  return with_layers("HcsInitializeLegacyWritableLayer", path, data, options);
}

hcsref_hresult HCSREF_WINAPI storage_HcsAttachLayerStorageFilter(const hcsref_wchar *path, const hcsref_wchar *data) {
  return with_layers("HcsAttachLayerStorageFilter", path, data, NULL);
}

hcsref_hresult HCSREF_WINAPI storage_HcsDetachLayerStorageFilter(const hcsref_wchar *path) {
  return with_layers("HcsDetachLayerStorageFilter", path, NULL, NULL);
}

hcsref_hresult HCSREF_WINAPI storage_HcsFormatWritableLayerVhd(hcsref_os_handle disk) {
  sim_call call;
  shim_begin(&call, SIM_STORAGE, "HcsFormatWritableLayerVhd", false);
  shim_handle(&call, "disk", disk);
  return shim_end(&call, NULL);
}
