/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON of a scripted host. */
#include "host/script.h"

static const hcsref_type int32_ptr = {HCSREF_POINTER, "*int32", sizeof(void *), &hcsref_type_int32, NULL, 0, 0,
                                      NULL,           0};
static const hcsref_type uint32_ptr = {HCSREF_POINTER, "*uint32", sizeof(void *), &hcsref_type_uint32, NULL, 0, 0,
                                       NULL,           0};
static const hcsref_type any_map = {
    HCSREF_MAP, "map[string]interface {}", sizeof(hcsref_map), &hcsref_type_any, NULL, 0, 0,
    NULL,       sizeof(hcsref_value_entry)};

#define FIELD(member, type)                                                                                            \
  { #member, sizeof(#member) - 1, offsetof(script_document, member), &(type), NULL, true, 0, 0, NULL }

static const hcsref_field document_fields[] = {
    FIELD(processor_count, int32_ptr),
    FIELD(os_build, uint32_ptr),
    FIELD(layer_ids, any_map),
    FIELD(resolve, any_map),
    FIELD(cim_volume, hcsref_type_string),
    FIELD(uvm_folder, hcsref_type_any),
    FIELD(files, any_map),
    FIELD(paths, any_map),
};

const hcsref_type hcsref_type_script_document = {HCSREF_STRUCT,
                                                 "host",
                                                 sizeof(script_document),
                                                 NULL,
                                                 document_fields,
                                                 sizeof(document_fields) / sizeof(document_fields[0]),
                                                 0,
                                                 NULL,
                                                 0};

/* One of the script's maps: the form of its values, and where its index is. */
typedef struct map_rule {
  const char *member;
  size_t map, index;
  const script_form *form;
} map_rule;

static const map_rule map_rules[] = {
    {"layer_ids", offsetof(script_document, layer_ids), offsetof(hcsref_script, layer_ids), &hcsref_form_layer_id},
    {"resolve", offsetof(script_document, resolve), offsetof(hcsref_script, resolve), &hcsref_form_resolve},
    {"files", offsetof(script_document, files), offsetof(hcsref_script, files), &hcsref_form_file},
    {"paths", offsetof(script_document, paths), offsetof(hcsref_script, paths), &hcsref_form_path},
};

static bool load_map(hcsref_arena *arena, hcsref_script *script, const map_rule *rule, hcsref_error *err) {
  const hcsref_map *map = (const hcsref_map *)(const void *)((const char *)&script->document + rule->map);
  hcsref_index *index = (hcsref_index *)(void *)((char *)script + rule->index);
  return hcsref_script_settle_map(arena, map, rule->form, rule->member, index, err);
}

bool hcsref_script_load(hcsref_arena *arena, hcsref_str text, hcsref_script **out, hcsref_error *err) {
  hcsref_script *script = hcsref_arena_alloc(arena, sizeof(*script));
  if (script == NULL)
    return hcsref_fail_memory(err);
  script->arena = arena;
  if (text.len != 0 &&
      !hcsref_json_decode(arena, text, &hcsref_type_script_document, HCSREF_JSON_WHOLE, &script->document, err))
    return false;
  for (size_t i = 0; i < sizeof(map_rules) / sizeof(map_rules[0]); i++)
    if (!load_map(arena, script, &map_rules[i], err))
      return false;
  if (!hcsref_script_settle(arena, &script->document.uvm_folder, &hcsref_form_uvm_folder, "uvm_folder", NULL, err))
    return false;
  *out = script;
  return true;
}
