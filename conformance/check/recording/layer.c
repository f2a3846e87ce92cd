/* SPDX-License-Identifier: Apache-2.0 */
/* Source: hcsshim internal/computestorage (LayerData, ExportLayerOptions, OsLayerOptions);
 * internal/wclayer/layerutils.go layerPathsToDescriptors: the id of a parent is NameToGuid of its folder's name. */
#include "check/recording/layer.h"

#include "serve/table.h"

#include <string.h>

/* ---- documents of computestorage.dll ----------------------------------------------------------------------------- */

typedef struct layer_data {
  hcsref_v2_version *schema_version;
  hcsref_str filter_type;
  hcsref_slice layers; /* []hcsref_v2_layer */
} layer_data;

typedef struct export_options {
  bool is_writable_layer;
} export_options;

typedef struct os_options {
  hcsref_str type;
  bool disable_ci_cache_optimization, skip_update_bcd_for_boot;
} os_options;

static const hcsref_type version_type = POINTER(hcsref_type_v2_version, "*hcsschema.Version");
static const hcsref_type layers_type = LIST(hcsref_type_v2_layer, "[]hcsschema.Layer");
static const hcsref_field data_fields[] = {
    OMIT(layer_data, schema_version, "SchemaVersion", version_type),
    OMIT(layer_data, filter_type, "FilterType", hcsref_type_string),
    OMIT(layer_data, layers, "Layers", layers_type),
};
static const hcsref_type data_type = OBJECT(layer_data, "computestorage.LayerData", data_fields);
static const hcsref_field export_fields[] = {
    OMIT(export_options, is_writable_layer, "IsWritableLayer", hcsref_type_bool),
};
static const hcsref_type export_type = OBJECT(export_options, "computestorage.ExportLayerOptions", export_fields);
static const hcsref_field os_fields[] = {
    OMIT(os_options, type, "Type", hcsref_type_string),
    OMIT(os_options, disable_ci_cache_optimization, "DisableCiCacheOptimization", hcsref_type_bool),
    OMIT(os_options, skip_update_bcd_for_boot, "SkipUpdateBcdForBoot", hcsref_type_bool),
};
static const hcsref_type os_type = OBJECT(os_options, "computestorage.OsLayerOptions", os_fields);

#define LAYER_DATA(call)                                                                                               \
  { call, "layerData", "layer-data", &data_type }

const layer_argument layer_arguments[] = {
    LAYER_DATA("HcsImportLayer"),
    LAYER_DATA("HcsExportLayer"),
    LAYER_DATA("HcsExportLegacyWritableLayer"),
    LAYER_DATA("HcsInitializeWritableLayer"),
    LAYER_DATA("HcsInitializeLegacyWritableLayer"),
    LAYER_DATA("HcsAttachLayerStorageFilter"),
    LAYER_DATA("HcsAttachOverlayFilter"),
    LAYER_DATA("HcsDetachOverlayFilter"),
    {"HcsExportLayer", "options", "layer-export-options", &export_type},
    {"HcsSetupBaseOSLayer", "options", "layer-os-options", &os_type},
    {"HcsSetupBaseOSVolume", "options", "layer-os-options", &os_type},
    {NULL, NULL, NULL, NULL},
};

kit_document layer_document(const layer_argument *argument) {
  kit_document document = {.name = argument->name, .what = "what a call about layers is given"};
  document.shape.type = argument->type;
  return document;
}

/* A layer has at most as many as Windows takes; looking at all pairs of more would take long. */
#define LAYERS_LOOKED_AT 512u

/* ---- parents ----------------------------------------------------------------------------------------------------- */

static layer_problem check_parent(const facts *f, const kit_json *parent) {
  hcsref_str path = kit_json_get_string(parent, "Path");
  const hcsref_guid *known;
  hcsref_guid id;
  if (path.len == 0)
    return LAYER_NO_PATH;
  if (!facts_read_guid(f, kit_json_get(parent, "Id"), &id))
    return LAYER_NO_ID;
  known = facts_layer_id(f, path);
  return known == NULL || memcmp(known, &id, sizeof(id)) == 0 ? LAYER_FINE : LAYER_OTHER_ID;
}

static bool is_above(const kit_json *parents, const kit_json *parent) {
  for (const kit_json *above = parents->first; above != parent; above = above->next)
    if (hcsref_str_equal_ascii_fold(kit_json_get_string(above, "Path"), kit_json_get_string(parent, "Path")))
      return true;
  return false;
}

layer_problem layer_check_parents(const facts *f, const kit_json *parents, size_t *at) {
  *at = 0;
  if (parents == NULL || parents->kind != KIT_JSON_ARRAY)
    return LAYER_FINE;
  for (const kit_json *parent = parents->first; parent != NULL && *at < LAYERS_LOOKED_AT; parent = parent->next) {
    layer_problem problem = check_parent(f, parent);
    if (problem == LAYER_FINE && is_above(parents, parent))
      problem = LAYER_TWICE;
    if (problem != LAYER_FINE)
      return problem;
    ++*at;
  }
  return LAYER_FINE;
}

const char *layer_problem_text(layer_problem problem) {
  static const char *const texts[] = {
      [LAYER_FINE] = "",
      [LAYER_NO_PATH] = "the parent has no path",
      [LAYER_NO_ID] = "the parent has no id that is a GUID",
      [LAYER_OTHER_ID] = "the parent's id is not the one that NameToGuid gave for the name of its folder",
      [LAYER_TWICE] = "a parent above has the same path",
  };
  return texts[problem];
}
