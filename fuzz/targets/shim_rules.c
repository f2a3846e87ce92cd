/* SPDX-License-Identifier: Apache-2.0 */
/* The parsers around a document, in the newest release that has each: the params of "process-annotations",
 * "parse-layers" and "sanitize-path" in one object. */
#include "mutator/table.h"
#include "params.h"
#include "support.h"

#include "hcsref/pipeline.h"

typedef struct rules_params {
  hcsref_map annotations;
  hcsref_slice rootfs, layer_folders;
  hcsref_str path;
} rules_params;

static const hcsref_field fields[] = {
    FIELD(rules_params, annotations, "annotations", hcsref_type_string_map),
    FIELD(rules_params, rootfs, "rootfs", params_rootfs_table),
    FIELD(rules_params, layer_folders, "layer_folders", hcsref_type_strings),
    FIELD(rules_params, path, "path", hcsref_type_string),
};
static const hcsref_type rules_type = OBJECT(rules_params, fields);

static const hcsref_rules *rules_of(const char *name) {
  return hcsref_profile_rules(fuzz_profile(name), HCSREF_PROGRAM_HCSSHIM);
}

/* None is lost or changed, and there is nothing left to add. */
static void check_annotations(const char *release, const hcsref_map *given) {
  hcsref_arena *arena = fuzz_arena(FUZZ_FRESH);
  const hcsref_string_entry *entries = given->entries;
  const hcsref_rules *rules = rules_of(release);
  hcsref_map processed = *given, again;
  hcsref_error err = {0};
  if (!hcsref_process_annotations(arena, rules, &processed, &err)) {
    fuzz_check_error(&err);
    REQUIRE(processed.entries == given->entries && processed.len == given->len, "a failure leaves the map untouched");
    return;
  }
  for (size_t i = 0; i < given->len; i++)
    REQUIRE_SAME(*hcsref_map_find(&processed, entries[i].key), *hcsref_map_find(given, entries[i].key),
                 "an annotation");
  again = processed;
  REQUIRE(hcsref_process_annotations(arena, rules, &again, NULL) && again.len == processed.len, "done is done");
}

static void check_layers(const rules_params *in) {
  hcsref_layers layers;
  hcsref_error err = {0};
  if (!hcsref_parse_layers(fuzz_arena(FUZZ_FRESH), rules_of("hcsshim-0.14.1"), &in->rootfs, &in->layer_folders, &layers,
                           &err)) {
    fuzz_check_error(&err);
    return;
  }
  REQUIRE((in->rootfs.len == 1) != (in->layer_folders.len >= 2), "layers of one kind");
  REQUIRE(layers.kind == HCSREF_LAYERS_FORKED_CIM || layers.cims.len == 0, "cims");
  REQUIRE(layers.kind != HCSREF_LAYERS_FORKED_CIM || layers.cims.len == layers.folders.len, "a folder a cim");
  REQUIRE((layers.kind == HCSREF_LAYERS_BLOCK_CIM) == (layers.block_cims.len != 0), "block cims");
  REQUIRE((layers.merged != NULL) == (layers.block_cims.len > 1), "several are merged");
}

static void check_path(hcsref_str path) {
  hcsref_arena *arena = fuzz_arena(FUZZ_FRESH);
  const hcsref_rules *rules = rules_of("hcsshim-0.15.0-rc.4+go-1.26.10");
  hcsref_str clean, again;
  hcsref_error err = {0};
  if (!hcsref_sanitize_path(arena, rules, path, &clean, &err)) {
    fuzz_check_error(&err);
    return;
  }
  REQUIRE(clean.len >= 3 && clean.data[1] == ':' && clean.data[2] == '\\', "%q has no root", clean);
  REQUIRE(hcsref_sanitize_path(arena, rules, clean, &again, NULL), "%q was clean", clean);
  REQUIRE_SAME(again, clean, "clean is clean");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size);
  rules_params in = {0};
  if (!hcsref_json_decode(fuzz_arena(FUZZ_USUAL), text, &rules_type, HCSREF_JSON_WHOLE, &in, NULL))
    return 0;
  check_annotations("hcsshim-0.12.9", &in.annotations);
  check_annotations("hcsshim-0.14.1", &in.annotations);
  check_layers(&in);
  check_path(in.path);
  return 0;
}
